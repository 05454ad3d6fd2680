"""Deadlines and routes in French words, by code: the twin of ``explain_deadlines``."""

DEADLINES: dict[str, str] = {
    "source_conflict_one_day": (
        "les sources publiées impriment le {sources_print} ; le compte strict donne le {last_day}"
    ),
    "suspension_convention": (
        "la façon de compter les jours quand le temps reprend le {until} est une convention de cette bibliothèque"
    ),
    "forclusion_extension_unsettled": (
        "un juge pourrait reporter la forclusion au {extended} ; le {last_day} est gardé"
    ),
    "forclusion_not_prescription": (
        "que cet acte ({act}) n'agisse pas sur une forclusion est énoncé de mémoire : aucun effet n'est compté"
    ),
    "filing_as_acknowledgement": "le dépôt ne compte que s'il reconnaît cette dette",
    "reminder_may_be_written": (
        "une relance écrite fait repartir le temps contre une personne publique : l'entrer comme réclamation écrite "
        "(written_claim)"
    ),
    "waiver_must_be_unequivocal": "une renonciation ne compte que sans équivoque et après l'expiration",
    "periodic_sums_excluded": ("un contrat ne le peut pas pour des sommes payables par année ou à termes plus courts"),
    "long_stop_while_stopped": "le temps est arrêté, mais non au-delà du délai butoir, le {long_stop}",
    "long_stop_or_term": "le délai butoir est le {long_stop}, sauf si un terme à venir a reporté le départ",
    "first_of_january_as_year_of_right": (
        "le {start} est lu comme le jour où le droit a été acquis ; si c'est le premier jour compté, la fin tombe un "
        "an plus tôt"
    ),
    "start_not_on_invoice": (
        "l'événement qui fait partir le temps ({needed}) n'est pas connu : compté du {start}, le jour le plus ancien"
    ),
    "special_regime_of_public_debtor": (
        "un régime ({regime}) finit le {last_day}, l'autre ({other}) le {other_last_day} : le plus proche est gardé"
    ),
    "end_not_used": "{act}, le {on} : prend effet en un jour, sa fin ({until}) n'est pas utilisée",
    "extension_not_relied_on": (
        "finit le {raw_end}, jour non ouvrable : le {last_day} en cas de report ; agir au plus tard le {safe_day}"
    ),
    "local_holiday_unsettled": (
        "qu'un jour férié local ({region}) déplace la fin n'est pas tranché : le {last_day} est gardé, non le {other}"
    ),
    "local_holidays_not_covered": (
        "les jours fériés locaux ({region}) de ces années ne sont pas connus : les jours nationaux sont pris"
    ),
    "holiday_disputed": "les sources ne s'accordent pas sur un jour férié ({region}) : {on} ou {other}",
    "holiday_depends_on_commune": "{on} : jour férié dans certaines communes seulement ({region}) : {condition}",
    "registry_may_be_closed": "{on} : entre deux jours non ouvrables, le greffe peut être fermé",
    "covid_window_not_counted": (
        "le {last_day} tombe dans la période protégée de 2020 : le temps qu'elle a ajouté n'est pas compté"
    ),
    "month_end_ambiguity": (
        "le mois atteint n'a pas ce quantième : le {last_day} est pris, une autre lecture donne le {other}"
    ),
    "abroad_or_overseas": (
        "{months} mois sont ajoutés pour une partie à l'étranger ; outre-mer, ce serait le {overseas}"
    ),
    "order_date_unknown": (
        "signifiée le {served_on}, date de l'ordonnance non connue : la règle prudente est prise ({rule})"
    ),
    "service_in_person_unknown": "vaut si la signification du {served_on} a été faite à personne",
    "opposition_not_begun": (
        "signifiée le {served_on}, non à personne : le temps d'opposition n'a pas commencé, l'opposition reste ouverte"
    ),
    "practice_not_law": ("{days} à {safe_days} jours sont un usage ; la loi dit seulement un délai raisonnable"),
    "unclaimed_lre_unsettled": (
        "aucune décision ne dit si une lettre recommandée électronique non réclamée est une mise en demeure"
    ),
    "l126_route_unverified": (
        "aucun décret d'application de la loi 2026-307 n'a été trouvé : que la voie soit ouverte n'est pas vérifié"
    ),
    "does_not_interrupt": "n'interrompt pas la prescription",
    "written_claim_restarts_four_years": (
        "une réclamation écrite à une personne publique fait repartir les quatre ans"
    ),
    "makes_legal_interest_run": "fait courir l'intérêt légal",
    "may_suspend_time": "une fois convenue, suspend la prescription",
    "free_of_charge": "gratuit",
    "businesses_and_public_buyers_only": ("pour les litiges entre entreprises et avec les acheteurs publics, gratuit"),
    "only_the_consumer_may_refer": "seul le consommateur peut saisir le médiateur",
    "name_the_mediator": "après une réclamation rejetée, donner le nom et le site du médiateur",
    "costs_stay_on_creditor": "sans titre exécutoire, les frais de recouvrement restent au créancier",
    "invoices_between_traders_excluded": "les factures entre commerçants sont exclues depuis le 25 avril 2026",
    "silence_is_refusal": "le silence ou le refus du débiteur y met fin",
    "contractual_or_statutory_origin": "la créance doit venir d'un contrat ou d'une obligation statutaire",
    "commandement_between_traders": (
        "entre commerçants seulement, pour une créance facturée, certaine, liquide et exigible"
    ),
    "implementing_decree_not_found": "ni décret d'application ni tarif n'ont été trouvés",
    "contest_ends_commandement": "toute contestation y met fin",
    "attempt_required": "une tentative amiable est exigée d'abord",
    "attempt_made": "tentative amiable faite le {made_on}",
    "no_attempt_required_yet": "aucune tentative amiable n'est exigée d'une instance du {on}",
    "attempt_only_before_tribunal_judiciaire": "aucune tentative amiable n'est exigée devant ce juge ({court})",
    "attempt_not_required_for_an_order": ("aucune tentative amiable n'est exigée avant une injonction de payer"),
    "amount_must_be_fixed": "le montant doit être déterminé",
    "bill_opens_the_order": "un effet de commerce l'ouvre",
    "court_of_the_debtors_home": "seul le juge du domicile du débiteur peut la rendre",
    "opposition_leads_to_trial": "l'opposition renvoie au jugement, qui remplace l'ordonnance",
    "only_service_interrupts": "c'est la signification de l'ordonnance qui interrompt la prescription, non la requête",
    "prefer_service_in_person": "sans signification à personne, l'opposition reste ouverte",
    "no_serious_dispute": "l'obligation ne doit pas être sérieusement contestable",
    "summons_must_be_lodged": "une assignation non remise à temps est caduque et n'interrompt rien",
    "lodged_at_tribunal_judiciaire": "devant le tribunal judiciaire seulement",
    "cross_border_only": ("litiges transfrontaliers de l'Union européenne seulement (débiteur : {country})"),
    "order_not_for_denmark": "pas avec le Danemark",
    "small_claims_not_for_denmark": "pas avec le Danemark",
    "certificate_of_non_payment": "un certificat de non-paiement signifié vaut commandement de payer",
    "costs_on_the_drawer": "les frais sont à la charge du tireur",
    "individual_suits_are_stopped": (
        "{kind} : procédure ouverte le {opened_on}, seule la déclaration de créance est ouverte"
    ),
    "over_indebtedness_stop": (
        "surendettement depuis le {opened_on} : ni exécution ni paiement des dettes antérieures"
    ),
    "barred_for_a_consumer": "prescrit depuis le {last_day} : rien ne peut être demandé à un consommateur",
    "barred_only_the_debtor_may_plead": "dernier jour : {last_day} ; seul le débiteur peut l'opposer",
    "barred_for_a_public_body": "dernier jour : {last_day} ; l'administration peut l'opposer ou y renoncer",
    "a_human_decides": "une personne décide",
    "due_without_request": "les intérêts et l'indemnité sont dus sans demande",
    "tribunal_de_commerce": "tribunal de commerce : entre commerçants",
    "tribunal_des_activites_economiques": ("tribunal des activités économiques de {town}, à titre expérimental"),
    "chambre_commerciale_du_tribunal_judiciaire": ("Alsace-Moselle : chambre commerciale du tribunal judiciaire"),
    "tribunal_judiciaire": "tribunal judiciaire : hors commerçants",
    "juge_des_contentieux_de_la_protection": (
        "juge des contentieux de la protection : loyer d'habitation ou crédit à la consommation"
    ),
    "within_threshold": "{tested} ne dépasse pas {threshold}",
    "over_threshold": "{tested} dépasse {threshold}",
    "threshold_in_another_currency": "{tested} ne peut être comparé à {threshold}",
    "lawyer_not_required": "pas d'avocat obligatoire jusqu'à {threshold}",
    "lawyer_may_be_required": "un avocat peut être obligatoire au-delà de {threshold}",
    "no_appeal": "pas d'appel jusqu'à {threshold}",
    "appeal_possible": "appel possible au-delà de {threshold}",
    "time_to_pay": "d'usage, {days_from} à {days_to} jours pour payer",
    "notice_already_given": "une mise en demeure a été présentée le {notice_on}",
    "no_officer_of_the_debtors_district": (
        "le débiteur est à l'étranger ({country}) : aucun commissaire de justice de son ressort"
    ),
    "not_yet_in_force": "en vigueur à compter du {in_force_from}",
    "not_covered": "non couvert pour un débiteur de cette qualité ({debtor_kind})",
    "not_due": "la dette n'est pas exigible",
    "no_unpaid_cheque": "pas de chèque impayé",
    "no_insolvency": "pas de procédure collective où déclarer",
    "not_a_public_body": "le débiteur n'est pas une personne publique",
    "declaration_de_creance": "déclarer au plus tard le {last_day}",
    "declaration_time_past": "le temps de déclarer a fini le {last_day}",
    "declaration_still_possible": "la créance peut encore être déclarée, jusqu'au {last_day}",
    "relief_time_past": "le temps de demander le relevé de forclusion a fini le {last_day}",
    "petites_creances_acceptance": "{months} mois au débiteur pour accepter, de l'envoi",
    "commandement_contest": "{months} mois au débiteur pour payer ou contester",
    "commandement_record": "{days:jour|jours} de plus avant le procès-verbal de non-contestation",
    "commandement_title_service": "titre à signifier dans les {months} mois",
    "conciliateur_first_meeting": "conciliateur tenu pour indisponible après {months} mois",
    "order_service": "ordonnance rendue à compter du {from} : à signifier dans les {months} mois",
    "opposition": "{months} mois pour former opposition, de la signification",
    "order_enforcement": ("ordonnance rendue à compter du {from} : exécutoire {months} mois après la signification"),
    "european_opposition": "{days:jour|jours} pour former opposition",
    "cheque_certificate": "certificat {days:jour|jours} après la première présentation",
    "cheque_title": "titre {days:jour|jours} après la signification du certificat",
    "releve_de_forclusion": "relevé de forclusion dans les {months} mois de la publication",
    "public_interest_payment": "à payer dans les {days:jour|jours} qui suivent le principal",
    "trader_assumed": "le débiteur est tenu pour un commerçant",
    "pilot_court_unknown": (
        "le juge du débiteur peut être un tribunal des activités économiques expérimental, avec une contribution"
    ),
    "chamber_rules_not_read": ("les règles de cette chambre n'ont pas été lues : la tentative amiable est demandée"),
    "attempt_before_refere_unsettled": ("qu'un référé exige la tentative amiable n'a pas été lu : elle est demandée"),
    "interest_in_threshold_unsettled": (
        "que les intérêts comptent n'a pas été lu : {demanded} avec eux, {threshold} permis"
    ),
    "threshold_may_have_changed": "{threshold}, lu la dernière fois le {seen_on} ; un changement est annoncé",
    "contested_part_not_demanded": "laisser la part contestée hors de la demande",
    "opposition_expected": "le débiteur conteste la créance : une opposition est à attendre",
    "international_jurisdiction_not_covered": (
        "débiteur à l'étranger ({country}) : qu'un juge français puisse en connaître n'a pas été lu"
    ),
    "cost_conflict": "les sources ne s'accordent pas sur ce coût ({cost}) : {amounts}",
    "contribution_start_unsettled": "premier jour de la contribution non tranché : {readings}",
    "contribution_exemption_unverified": ("dispense de contribution de l'injonction de payer non vérifiée"),
    "economic_contribution_depends": ("la contribution dépend de ceci : {missing} ; dispensés : {exempt}"),
    "born_before_opening_assumed": "la créance est supposée née avant l'ouverture du {opened_on}",
    "relies_on_working_day_extension": "le {last_day} est passé : à temps par le seul report au {until}",
    "creditor_abroad_has_longer": "un créancier à l'étranger a plus de temps que jusqu'au {last_day}",
    "relief_conditions_not_read": "les conditions du relevé de forclusion n'ont pas été lues",
    "title_during_over_indebtedness_not_read": (
        "qu'un juge puisse encore fixer la créance n'a pas été lu ; le temps court"
    ),
    "order_falls_with_opposition": (
        "la demande faite après la signification de l'ordonnance, le {served_on}, est lue comme l'opposition : avec "
        "elle l'ordonnance tombe"
    ),
    "time_left_after_obstacle": (
        "un obstacle levé alors qu'il restait du temps pour agir peut ne rien suspendre : s'en tenir au jour sans lui"
    ),
    "acts_after_day_asked": "{acts} : comptés bien que postérieurs au {on}, jour où ils n'étaient pas connus",
    "limitation_near": (
        "dernier jour le {last_day}, avant le {needed_until} : seul ceci arrête le temps : {interrupted_by}"
    ),
}
"""Reasons and doubts of prescription, procedure and routes."""
