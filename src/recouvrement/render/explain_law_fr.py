"""Reasons and doubts of the law in French words, by code: the twin of ``explain_law``."""

LAW = {
    # interest
    "penalties_between_businesses": "pénalités de retard entre professionnels, dues sans rappel",
    "interest_owed_by_public_bodies": "intérêts moratoires dus par une personne publique, sans demande",
    "rate_ecb_plus_margin": "{rate} % l'an : taux de la BCE du {snapshot_on}, majoré",
    "ecb_rate": "taux de refinancement de la BCE : {rate} % depuis le {in_force_from}",
    "margin": "majoration de {points:point|points}",
    "legal_interest_from_notice": "intérêt légal à compter du lendemain de la mise en demeure du {notice_on}",
    "legal_interest_rate": "taux de l'intérêt légal : {rate} % pour le semestre du {half_year}",
    "no_interest_before_notice": "aucun intérêt avant une mise en demeure",
    "penalties_bind_professionals_only": "les pénalités et l'indemnité ne lient que les professionnels",
    "paid_before_interest": "payé avant que des intérêts aient couru",
    "imputed_interest_first": "un paiement partiel éteint d'abord les intérêts",
    "debt_chosen_by_debtor": "le paiement {payment} va à la dette que le débiteur a désignée en payant",
    "imputed_principal_first": "un paiement partiel éteint d'abord le principal, avec l'accord du créancier",
    "interest_stopped_by_insolvency": "le cours des intérêts s'arrête à l'ouverture de la procédure, le {opened_on}",
    "not_late": "pas de retard avant le lendemain du {due_on}",
    "penalties_by_contract": "pénalités au taux du contrat : {clause}",
    "clause_rate": "{rate} % l'an par la clause {clause} (référence : {reference}, {reference_on})",
    "rate_as_given": "{rate} % l'an, pris tel qu'il est donné",
    "interest_on_a_judgment": (
        "intérêt légal sur une somme fixée par une décision exécutoire depuis le {enforceable_on}"
    ),
    "legal_rate_increased": "{rate} % l'an : taux légal et majoration, à compter du {increased_from}",
    "interest_compounded": "les intérêts dus pour une année entière portent intérêt, permis depuis le {allowed_from}",
    "day_count_by_contract": "jours comptés comme le contrat le dit : {day_count}",
    # indemnity
    "indemnity_per_invoice": "indemnité forfaitaire de recouvrement, une par facture, en retard depuis le {late_from}",
    "indemnity_owed_by_professionals_only": (
        "pas d'indemnité forfaitaire d'un débiteur de cette qualité ({debtor_kind})"
    ),
    "paid_in_time": "payé au plus tard le {due_on} : pas d'indemnité",
    "indemnity_barred_by_insolvency": ("pas d'indemnité : la procédure ouverte le {opened_on} interdisait de payer"),
    "indemnity_not_yet_in_force": (
        "pas d'indemnité : en retard depuis le {late_from}, la règle est en vigueur depuis le {in_force_from}"
    ),
    "indemnity_in_other_currency": "l'indemnité de 40 EUR n'est pas convertie en {currency}",
    "indemnity_owed_to_professionals_only": (
        "l'indemnité est due à un professionnel : le créancier est un particulier"
    ),
    "indemnity_left_to_the_decision": (
        "pas d'indemnité en plus d'une somme fixée par un juge : la décision dit ce qu'elle accorde"
    ),
    "extra_compensation": "les frais de recouvrement, {spent}, dépassent l'indemnité de {indemnity}",
    "proven_cost": "{amount} dépensés le {incurred_on}, justificatif : {proof}",
    # due dates
    "default_term": "aucun délai convenu : {days:jour|jours} à compter du {start} ({start_is})",
    "public_term": "délai légal d'une personne publique : {days:jour|jours} à compter du {start} ({start_is})",
    "term_start_unknown": "le délai ne peut pas être compté : il manque {missing}",
    "agreed_term": "convenu : {days:jour|jours} ({reading}) à compter du {start} ({start_is}), soit le {due_on}",
    "agreed_date": "date imprimée : {due_on}",
    "legal_maximum": "maximum légal ({cap}) : {latest}, compté du {start} ({start_is})",
    "maximum_extended": "maximum légal ({cap}) prolongé de {adds_days:jour|jours} : {latest}",
    "maximum_start_unknown": "le maximum légal ({rule}) ne peut pas être compté : il manque {missing}",
    "default_over_sector_maximum": (
        "délai à défaut d'accord jusqu'au {default_due_on} ; le secteur ne permet pas plus tard que le {due_on}"
    ),
    "overseas_start": (
        "outre-mer : le délai part le {start} (dédouanement : {cleared_on} ; mise à disposition en métropole : "
        "{made_available_on})"
    ),
    "delivery_unknown": (
        "réception des marchandises ou exécution non connue : le délai est compté du {start} ({start_is})"
    ),
    "clause_exceeds_cap_on_other_days": (
        "une clause de {days:jour|jours} dépasse le maximum ({cap}) d'autres jours : comptée du {counted_from}, elle "
        "donne le {would_be_due_on}, après le {would_be_lawful_until}"
    ),
    "clearance_unknown": "dédouanement non connu : le délai part au plus tard le {start}",
    "receipt_presumed": (
        "réception non enregistrée : la demande du {request_dated_on} est tenue pour reçue le {received_on}"
    ),
    "receipt_uncertain": "réception non connue : compté de l'exécution, le {start}",
    "public_contract_shortens": "le contrat donne le {agreed_due_on}, dans le délai légal du {lawful_latest}",
    "public_contract_cannot_lengthen": (
        "le contrat donne le {agreed_due_on}, mais la loi pas plus tard que le {lawful_latest}"
    ),
    "ambiguous_end_of_month": (
        "« fin de mois » se lit de deux façons : {first_reading} donne le {first_due_on}, {second_reading} donne le "
        "{second_due_on} ; la date prise est le {due_on}"
    ),
    "end_of_month_methods": "les deux façons de compter une fin de mois sont licites",
    "wording_undecidable": (
        "les conditions de paiement ne se lisent pas d'une seule façon ; date prudente : {cautious_due_on}"
    ),
    "due_before_issue": "la date imprimée, {due_on}, précède la facture du {issued_on}",
    "term_over_legal_maximum": ("échéance du {due_on}, {days:jour|jours} au-delà du maximum légal, le {lawful_latest}"),
    "cap_conditions": (
        "l'échéance du {due_on} repose sur un maximum particulier ({cap}), licite à ces seules conditions : "
        "{conditions} ; sinon : {otherwise}"
    ),
    "sector_not_used": "le secteur {sector} ne lie pas un débiteur de cette qualité ({debtor_kind}) : non appliqué",
    "no_default_term": "la loi ne fixe pas de délai de paiement pour un débiteur de cette qualité ({debtor_kind})",
    "public_body_unknown": "catégorie de personne publique non connue : traitée comme {treated_as}",
    # mentions of an invoice
    "mention_present": "{mention} : imprimée",
    "mention_missing": "{mention} : absente",
    "mention_if_needed": "{mention} : à imprimer s'il y en a ; la facture ne montre pas s'il y en a",
    "due_date_is_a_formula": "{mention} : un délai en toutes lettres n'est pas une date",
    "penalty_rate_not_stated": "{mention} : des pénalités sont annoncées sans taux lisible",
    "penalty_may_be_flat": (
        "{mention} : un pourcentage sans mot de durée, peut-être une pénalité forfaitaire ; dire le taux par an"
    ),
    "penalty_rate_below_floor": (
        "{mention} : sous le plancher des clauses, {rate} % contre {floor} % (semestre du {half_year})"
    ),
    "penalty_rate_equals_default": (
        "{mention} : {rate} % est le taux à défaut de clause, sous le plancher des clauses ({floor} %) ; dire que ce "
        "n'est pas une clause"
    ),
    "indemnity_amount_not_stated": "{mention} : le montant lui-même ({amount} €) doit être imprimé",
    "indemnity_above_the_law": (
        "{mention} : plus de {amount} € ne peuvent être imprimés ; le surplus est dû sur justificatif des frais"
    ),
    "indemnity_below_the_law": "{mention} : moins que les {amount} € de la loi",
    "discount_not_stated": "{mention} : ni les conditions, ni qu'il n'y en a pas",
    "discount_not_needed_if_cash": "{mention} : inutile si le client paie comptant ou par prélèvement",
    "indemnity_not_for_consumers": (
        "{mention} : un débiteur de cette qualité ({debtor_kind}) ne la doit pas ; la retirer de la facture"
    ),
    "penalty_rate_not_for_consumers": (
        "{mention} : un débiteur de cette qualité ({debtor_kind}) ne doit pas le taux entre professionnels ; le retirer"
    ),
    "penalty_clause_may_be_abusive": (
        "{mention} : contre un débiteur de cette qualité ({debtor_kind}), une clause pénale peut être abusive ; à "
        "faire vérifier"
    ),
    "mentions_between_businesses": "entre professionnels, ces mentions sont obligatoires",
    "mentions_not_required": (
        "aucune mention sur le paiement n'est exigée envers un débiteur de cette qualité ({debtor_kind})"
    ),
    "penalties_due_anyway": "l'oubli de la mention ne libère pas le débiteur des pénalités",
    "indemnity_due_anyway": "l'oubli de la mention ne libère pas le débiteur de l'indemnité forfaitaire",
    "clause_below_floor_not_applied": (
        "un taux sous le plancher ne peut pas être appliqué tel quel ; ce qui le remplace n'est pas tranché"
    ),
    "costs_stay_with_creditor": (
        "les frais de recouvrement amiable restent à la charge du créancier ; la clause contraire est réputée non "
        "écrite"
    ),
    "consumer_costs_offence": "demander de tels frais à un consommateur est une infraction",
    "language_not_read": "le texte n'est pas en français et n'a pas été lu : vérifier cette facture à la main",
    "several_penalty_rates": "plusieurs taux sont imprimés, qui ne conviennent pas tous : {printed}",
    "floor_tested_when": (
        "il n'est pas tranché si le plancher se vérifie à la signature ou au cours du temps : le jour de la facture "
        "est pris"
    ),
    "references_move_to_cibs": (
        "la version en vigueur à compter du {in_force_from} n'a pas été lue ; ses renvois passent au CIBS"
    ),
    # insolvency, prescription and gaps
    "insolvency_stop": "{kind} : procédure ouverte le {opened_on}, les dettes antérieures ne peuvent être réclamées",
    "rule_not_covered": "la règle {rule} n'est pas couverte ici",
    "weak_source": "{value} : {confidence}, à comparer avec la publication officielle",
    "rate_not_published": "{parameter} : valeur non publiée à compter du {from} (attendue : {expected_on})",
    "half_years_reading": "retard sur deux semestres : {reading}",
    "half_years_reading_unsettled": (
        "aucune juridiction n'a choisi entre deux lectures d'un retard sur deux semestres ; lecture prise : {reading}"
    ),
    "clause_below_floor": (
        "clause {clause} : {rate} %, sous le plancher de {floor} % (semestre du {half_year}), rien n'est compté"
    ),
    "rate_below_clause_floor": (
        "comme clause, {rate} % serait sous le plancher de {floor} % (semestre du {half_year})"
    ),
    "floor_unknown": "plancher des clauses non connu pour le semestre du {half_year} : {rate} % n'est pas vérifié",
    "clause_not_applied": "la clause {clause} n'est pas appliquée à un débiteur de cette qualité ({debtor_kind})",
    "rate_not_the_public_one": "{rate} % n'est pas le taux que la loi fixe aux personnes publiques",
    "notice_assumed": (
        "aucune mise en demeure n'est donnée : les intérêts sont comptés du {from} comme s'il n'en fallait pas"
    ),
    "private_creditor": ("le créancier est un particulier : les pénalités entre professionnels ne sont pas comptées"),
    "increase_of_granted_rate_unsettled": "la majoration de cinq points n'est pas ajoutée au taux accordé de {rate} %",
    "increase_may_be_reduced": "le juge peut écarter ou réduire la majoration de cinq points",
    "interest_before_judgment_not_counted": "les intérêts du {due_on} au {through} ne sont pas comptés ici",
    "compounding_anniversaries": (
        "que chaque anniversaire suivant capitalise sans nouvelle demande est énoncé de mémoire"
    ),
    "rate_not_frozen": "avant 2013, le taux n'était pas figé par semestre : il suit chaque opération de la BCE",
    "contract_date_unknown": (
        "les dix points valent pour les contrats conclus à compter du {from} ; la date du contrat n'est pas connue"
    ),
    "minimum_bid_rate": (
        "adjudication de la BCE à taux variable : le taux minimal de soumission est pris, le marginal peut être "
        "supérieur"
    ),
    "old_public_rule_not_read": ("avant mai 2013, le semestre qui régit un débiteur public est énoncé de mémoire"),
    "rule_changed_within_period": (
        "la règle {rule} a changé le {changed_on}, pendant la période {period} : aucun taux unique ne vaut"
    ),
    "public_contract_date_unknown": (
        "les huit points et l'indemnité valent pour les contrats publics conclus à compter du {from} ; la date du "
        "contrat n'est pas connue"
    ),
    "insolvency_exception_not_applied": (
        "le texte qui arrête les intérêts n'a pas été lu ; ses exceptions ne sont pas appliquées"
    ),
    "insolvency_stop_from_memory": "l'arrêt des intérêts en cas de surendettement est énoncé de mémoire",
    "costs_not_counted": (
        "frais non comptés, étrangers à cette dette en retard ou postérieurs à la procédure collective : {proofs}"
    ),
    "day_count_not_applied": "le décompte des jours du contrat ({day_count}) n'est pas appliqué à un taux légal",
    "interest_since_the_ruling": (
        "les intérêts entre le prononcé et la signification ne sont pas comptés : ils peuvent être dus"
    ),
    "indemnity_rank_unsettled": (
        "le rang de l'indemnité dans ce qu'un paiement éteint n'est pas tranché : elle est tenue à part"
    ),
    "compounding_after_payment": (
        "les intérêts qu'un paiement laisse dus sont tenus pour dus depuis moins d'un an : ils n'en portent pas encore"
    ),
    "dates_unknown": "sans dates : ni le plancher des clauses ni les semestres n'ont été regardés",
    "imputation_unsettled": (
        "il n'est pas tranché que les pénalités soient des intérêts pour l'imputation des paiements partiels"
    ),
    "notice_before_delay": "la mise en demeure du {notice_on} précède le retard (échéance du {due_on})",
    "delay_begun_before_indemnity": "en retard depuis le {late_from}, avant que l'indemnité existe ({in_force_from})",
    "late_invoice": "facturé tard : le temps est compté du {start}, non de l'échéance du {due_on}",
    "completion_unknown": "fin de l'exécution non connue : le temps est compté du {start}",
    "completion_or_due_date": (
        "exécuté le {delivered_on}, échéance le {due_on} : le plus ancien des deux fait partir le temps"
    ),
    "start_without_due_date": "pas d'échéance : le temps est compté du {start} ({start_is})",
    "february_ambiguity": "fin de février à partir du {start} : le jour le plus proche est pris, le {last_day}",
    "transitional_law_not_computed": (
        "le temps a commencé le {start}, sous le droit antérieur au {in_force_from}, qui n'est pas calculé ici"
    ),
    "year_of_right_assumed": "le droit est supposé acquis l'année de la facture (émise le {issued_on})",
    "public_accountant_unknown": ("on ne sait si le débiteur a un comptable public : le dernier jour peut en dépendre"),
}
