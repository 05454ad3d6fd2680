"""Sentences of the doubts a décompte prints, in French, by the code of the doubt."""

NOT_FROZEN_DOUBT = "half_years_reading_unsettled:not_frozen"
"""The doubt on half-years, where the rate was not yet frozen by half-year."""

DOUBTS = {
    "weak_source": "{value} : {confidence} ; à comparer avec la publication officielle.",
    "half_years_reading_unsettled": (
        "Aucune décision ne dit quel taux suit un retard à cheval sur deux semestres entre professionnels : {reading}."
    ),
    NOT_FROZEN_DOUBT: (
        "Aucune décision ne dit quel taux suit, entre professionnels, un retard au cours duquel le taux légal change : "
        "{reading}."
    ),
    "plan_interest_unsettled": (
        "Rien n'est dit d'un accord sur les intérêts pendant l'échéancier {plan_id} : ils ne sont comptés qu'à compter "
        "du lendemain de chaque échéance, et non de la facture (due le {due_on})."
    ),
    "imputation_unsettled": (
        "Il n'est pas tranché que les pénalités de retard soient des intérêts pour l'imputation des paiements : "
        "elles sont traitées ici comme tels, et éteintes d'abord."
    ),
    "rate_not_published": (
        "{parameter} : valeur non publiée{expected_on_phrase}. Aucun intérêt n'est compté à compter du {from}."
    ),
    "rule_not_covered": (
        "Une règle ou un montant légal n'est pas couvert{through_phrase}{from_phrase} : rien n'en est compté."
    ),
    "clause_below_floor": (
        "Semestre commençant le {half_year} : le taux de la clause ({rate}) est inférieur au plancher légal "
        "({floor}). Aucun intérêt n'y est compté."
    ),
    "floor_unknown": (
        "Semestre commençant le {half_year} : le plancher légal n'est pas connu, la clause n'y est pas vérifiée."
    ),
    "rate_below_clause_floor": (
        "Semestre commençant le {half_year} : une clause à {rate} serait inférieure au plancher légal ({floor})."
    ),
    "clause_not_applied": "La clause de pénalités n'est pas appliquée : elle ne lie pas un débiteur de cette qualité.",
    "rate_not_the_public_one": "Le taux fourni ({rate}) n'est pas celui que le texte fixe aux personnes publiques.",
    "notice_assumed": "Une mise en demeure est supposée : les intérêts sont comptés à compter du {from}.",
    "increase_of_granted_rate_unsettled": (
        "Il n'est pas tranché que la majoration du taux légal s'ajoute au taux accordé ({rate}) : non ajoutée."
    ),
    "notice_effect_unsettled": (
        "Les intérêts courent du lendemain de la mise en demeure du {notice_on} ; les sources divergent sur le jour "
        "où elle prend effet."
    ),
    "notice_before_delay": (
        "La mise en demeure du {notice_on} précède le retard (échéance le {due_on}) : aucun intérêt n'en court."
    ),
    "debtor_kind_unknown": "La qualité du débiteur n'est pas connue : il est traité comme un consommateur.",
    "private_creditor": (
        "Le créancier est un particulier : il est traité comme extérieur aux pénalités et à l'indemnité entre "
        "professionnels, faute de texte qui tranche."
    ),
    "interest_before_judgment_not_counted": (
        "Ce qui a pu courir entre l'échéance du {due_on} et le {through} n'est pas compté ici : la décision le dit."
    ),
    "increase_may_be_reduced": "Le juge de l'exécution peut réduire ou écarter la majoration du taux légal.",
    "compounding_anniversaries": (
        "La capitalisation est répétée à chaque anniversaire sans nouvelle demande ; aucun texte lu ne le dit."
    ),
    "rate_not_frozen": (
        "Le taux n'était pas encore figé par semestre : celui de la dernière opération connue chaque jour est pris."
    ),
    "contract_date_unknown": (
        "La majoration en vigueur depuis le {from} vaut pour les contrats conclus à compter de ce jour ; la date du "
        "contrat n'est pas connue."
    ),
    "public_contract_date_unknown": (
        "Les huit points et l'indemnité valent pour les contrats publics conclus à compter du {from} ; la date du "
        "contrat n'est pas connue."
    ),
    "insolvency_exception_not_applied": (
        "Le texte qui arrête le cours des intérêts à l'ouverture de la procédure n'a pas été lu ; ses exceptions, dont "
        "celle des paiements différés d'un an ou plus, ne sont pas appliquées."
    ),
    "insolvency_stop_from_memory": (
        "L'arrêt du cours des intérêts en cas de surendettement est donné sans source retrouvée : à vérifier."
    ),
    "costs_stay_with_creditor": (
        "Les frais de recouvrement amiable restent à la charge du créancier : non comptés ({proofs})."
    ),
    "costs_not_counted": (
        "Frais non comptés, faute d'avoir été engagés pour recouvrer cette créance en retard, avant toute procédure "
        "collective, contre un débiteur qui en doit : {proofs}."
    ),
    "day_count_not_applied": (
        "Le diviseur prévu au contrat ({day_count}) n'est pas appliqué à un taux fixé par la loi : 365 jours."
    ),
    "interest_since_the_ruling": (
        "Les intérêts entre le prononcé de la décision et le jour où elle est devenue exécutoire ne sont pas comptés : "
        "ils peuvent être dus."
    ),
    "indemnity_rank_unsettled": (
        "Il n'est pas tranché à quel rang un paiement éteint l'indemnité forfaitaire : elle est laissée à part."
    ),
    "compounding_after_payment": (
        "Les intérêts qu'un paiement laisse dus sont tenus pour courus depuis moins d'un an : ils ne portent pas "
        "encore intérêt."
    ),
    "minimum_bid_rate": "Le taux minimal de soumission est pris : le taux marginal de l'époque n'est pas connu.",
    "old_public_rule_not_read": "L'ancien texte applicable aux personnes publiques n'a pas été lu : à vérifier.",
    "dates_unknown": "Sans dates, ni le plancher des clauses ni le changement de semestre n'ont été vérifiés.",
    "credit_left_over": "{amount} de paiements ou d'avoirs restent sans emploi.",
    "credit_note_without_invoice": "L'avoir {credit_note} vise la facture {invoice}, qui n'est pas au dossier.",
    "allocation_without_invoice": "Le paiement {payment} vise la facture {invoice}, qui n'est pas au dossier.",
    "payment_applied_to_oldest": "La part du paiement {payment} sans affectation éteint d'abord les dettes anciennes.",
    "credit_applied_to_oldest": "Le reste de l'avoir {credit_note} éteint d'abord les dettes anciennes.",
    "due_date_unknown": "L'échéance n'est pas connue : la créance n'est pas comptée ici.",
    "direct_debit_silent": (
        "Le prélèvement attendu le {due_on} n'est ni encaissé ni rejeté : il n'est pas établi qu'il ait été présenté."
    ),
    "bank_data_date_unknown": (
        "Le dernier jour des mouvements bancaires connus n'est pas indiqué : les paiements sont tenus pour à jour."
    ),
    "scenario_not_pinned": "Le scénario appliqué ({used}) n'est pas celui du début du dossier ({pinned}).",
    "one_indemnity_per_invoice": (
        "La facture a plusieurs échéances : une seule indemnité est comptée, aucun texte ne dit s'il en faut une par "
        "échéance."
    ),
    "indemnity_in_other_currency": (
        "L'indemnité forfaitaire, fixée en euros, n'est pas convertie en {currency} : elle n'est pas comptée."
    ),
    "delay_begun_before_indemnity": (
        "Le retard a commencé le {late_from}, avant l'entrée en vigueur de l'indemnité forfaitaire ({in_force_from}) : "
        "elle n'est pas comptée."
    ),
    "ambiguous_end_of_month": (
        "« Fin de mois » se lit de deux façons, qui donnent le {first_due_on} et le {second_due_on} : la date la plus "
        "tardive est prise."
    ),
    "cap_conditions": (
        "L'échéance du {due_on} n'est permise que sous des conditions qui ne sont pas vérifiées ici "
        "({conditions}){otherwise_phrase}."
    ),
    "clause_exceeds_cap_on_other_days": (
        "Comptée du {counted_from}, la même clause de paiement donnerait le {would_be_due_on}, après le dernier jour "
        "alors permis ({would_be_lawful_until})."
    ),
    "clearance_unknown": "Le jour du dédouanement n'est pas connu : le délai part au plus tard du {start}.",
    "completion_or_due_date": (
        "Prestation exécutée le {delivered_on}, échéance le {due_on} : la prescription est comptée du plus ancien de "
        "ces deux jours, faute de règle établie."
    ),
    "completion_unknown": (
        "Le jour de l'exécution n'est pas connu : la prescription est comptée de l'échéance, le {start}."
    ),
    "delivery_unknown": (
        "Le jour de réception des marchandises ou d'exécution n'est pas connu : le délai de paiement est compté du "
        "{start}, jour de réception de la facture."
    ),
    "due_before_issue": "L'échéance imprimée, le {due_on}, précède l'émission de la facture, le {issued_on}.",
    "event_without_item": "L'événement {event} vise ce qui n'est pas au dossier ({names}) : cela reste sans effet.",
    "february_ambiguity": (
        "La prescription comptée du {start} finit en fin de février : de deux lectures, la plus prudente est prise, "
        "dont le dernier jour est le {last_day}."
    ),
    "floor_tested_when": (
        "Il n'est pas tranché si le plancher des clauses se vérifie à la signature ou au cours du temps : le jour "
        "d'émission de la facture est pris."
    ),
    "governing_law_assumed": (
        "L'adresse du débiteur est hors de France ({country}) : la loi française est supposée applicable."
    ),
    "language_not_read": "Le texte de la facture n'est pas en français et n'a pas été lu : à vérifier à la main.",
    "late_invoice": (
        "La facture du {issued_on} a été émise tard après l'exécution du {delivered_on} : la prescription est comptée "
        "du {start}, et non de l'échéance du {due_on}."
    ),
    "maximum_start_unknown": "Le délai maximal de paiement ne peut pas être compté : il manque {missing}.",
    "no_default_term": "La loi ne fixe pas de délai de paiement pour un débiteur de cette qualité.",
    "possible_interruption": (
        "Un paiement partiel ou une demande écrite a pu interrompre la prescription, dont le dernier jour est ici le "
        "{last_day} : l'interruption n'est pas calculée."
    ),
    "public_accountant_unknown": (
        "L'existence d'un comptable public chez le débiteur n'est pas connue : sans lui, la prescription finirait "
        "après le {last_day}, dernier jour retenu."
    ),
    "public_body_unknown": (
        "La catégorie de la personne publique n'est pas connue : le délai de paiement des entreprises publiques est "
        "pris."
    ),
    "publication_unknown": (
        "La publication du jugement d'ouverture du {opened_on} n'est pas connue : le délai pour déclarer la créance "
        "est à vérifier."
    ),
    "receipt_uncertain": (
        "La réception de la demande de paiement n'est pas connue : le délai est compté de l'exécution, le {start}."
    ),
    "references_move_to_cibs": (
        "La version du texte en vigueur à compter du {in_force_from} n'a pas été lue ; ses renvois passent au code des "
        "impositions sur les biens et services."
    ),
    "rule_changed_within_period": (
        "La règle a changé le {changed_on}, au cours du semestre : aucun taux unique ne vaut pour celui-ci."
    ),
    "scenario_not_for_kind": "Le scénario {scenario} n'est pas prévu pour un débiteur de cette qualité.",
    "sector_not_used": (
        "Le délai de paiement du secteur ne lie pas un débiteur de cette qualité : il n'est pas appliqué."
    ),
    "several_penalty_rates": "Plusieurs taux de pénalités sont imprimés, qui ne conviennent pas tous.",
    "start_without_due_date": (
        "L'échéance n'est pas connue : la prescription est comptée du {start}, jour de {start_is}."
    ),
    "term_over_legal_maximum": (
        "L'échéance convenue, le {due_on}, tombe après le dernier jour que la loi permet, le {lawful_latest}."
    ),
    "term_start_unknown": "Le délai de paiement ne peut pas être compté : il manque {missing}.",
    "transitional_law_not_computed": (
        "La prescription a commencé le {start}, avant la règle en vigueur depuis le {in_force_from} : le droit "
        "antérieur et les mesures transitoires ne sont pas calculés ici."
    ),
    "wording_undecidable": (
        "Les conditions de paiement ne peuvent pas être lues avec certitude{cautious_due_on_phrase}."
    ),
    "year_of_right_assumed": (
        "Le jour de l'exécution n'est pas connu : le droit est supposé acquis l'année de la facture du {issued_on} ; "
        "une exécution au cours d'une année antérieure avancerait la prescription."
    ),
}
"""The sentence of each doubt, by its code; the names in braces are inputs of its reason."""

PHRASES = {
    "from": " à compter du {from}",
    "through": " jusqu'au {through}",
    "expected_on": " (attendue d'ici au {expected_on})",
    "otherwise": " ; sinon, le dernier jour permis est le {otherwise}",
    "cautious_due_on": " ; date prudente : le {cautious_due_on}",
}
"""What a sentence adds where the doubt holds that input."""

CONDITIONS = {
    "expressly_stipulated": "stipulation expresse au contrat",
    "no_manifest_abuse": "absence d'abus manifeste à l'égard du créancier",
    "buyer_not_large_company": "acheteur qui n'est pas une grande entreprise",
    "goods_exported": "biens réellement exportés",
    "delivered_before_season": "livraison avant le début de la saison",
}
"""Conditions of a longer payment term, by code."""

STARTS = {
    "issue": "l'émission de la facture",
    "completion": "l'exécution",
    "issued_on": "la date de la facture",
    "received_on": "la date de réception de la facture ou de la demande de paiement",
    "delivered_on": "la date de réception des marchandises ou d'exécution",
    "cleared_on": "la date de dédouanement",
}
"""Days a period starts on, or that are missing, by code."""

DAYS = frozenset(
    {
        "cautious_due_on",
        "changed_on",
        "counted_from",
        "delivered_on",
        "due_on",
        "expected_on",
        "first_due_on",
        "from",
        "half_year",
        "in_force_from",
        "issued_on",
        "last_day",
        "late_from",
        "lawful_latest",
        "notice_on",
        "opened_on",
        "otherwise",
        "second_due_on",
        "start",
        "through",
        "would_be_due_on",
        "would_be_lawful_until",
    }
)
"""Inputs that are days."""
