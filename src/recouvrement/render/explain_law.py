"""Reasons and doubts of the law in English words, by code."""

LAW = {
    # interest
    "penalties_between_businesses": "late-payment penalties between professionals, due without reminder",
    "interest_owed_by_public_bodies": "interest owed by a public body, due without request",
    "rate_ecb_plus_margin": "{rate} % a year: ECB rate of {snapshot_on} plus the margin",
    "ecb_rate": "ECB main refinancing rate {rate} % as of {in_force_from}",
    "margin": "margin of {points} points",
    "legal_interest_from_notice": "legal interest from the day after the mise en demeure of {notice_on}",
    "legal_interest_rate": "legal interest rate {rate} % for {half_year}",
    "no_interest_before_notice": "no interest before a mise en demeure",
    "penalties_bind_professionals_only": "penalties and the indemnity bind professionals only",
    "paid_before_interest": "paid before any interest ran",
    "imputed_interest_first": "a part payment goes to interest first",
    "debt_chosen_by_debtor": "payment {payment} goes to the debt the debtor named when paying",
    "imputed_principal_first": "a part payment goes to principal first, by consent of the creditor",
    "interest_stopped_by_insolvency": "interest stops at the opening of insolvency on {opened_on}",
    "not_late": "not late before the day after {due_on}",
    "penalties_by_contract": "penalties at the rate of the contract: {clause}",
    "clause_rate": "{rate} % a year by the clause {clause} (reference {reference}, of {reference_on})",
    "rate_as_given": "{rate} % a year, taken as given",
    "interest_on_a_judgment": "legal interest on a sum fixed by a decision enforceable since {enforceable_on}",
    "legal_rate_increased": "{rate} % a year: legal rate and increase, from {increased_from}",
    "interest_compounded": "interest due for a whole year bears interest, allowed from {allowed_from}",
    "day_count_by_contract": "days counted {day_count}, as the contract says",
    # indemnity
    "indemnity_per_invoice": "fixed recovery indemnity, once per invoice, late since {late_from}",
    "indemnity_owed_by_professionals_only": "no fixed indemnity from a debtor of kind {debtor_kind}",
    "paid_in_time": "paid by {due_on}: no indemnity",
    "indemnity_barred_by_insolvency": "no indemnity: payment was barred by the insolvency of {opened_on}",
    "indemnity_not_yet_in_force": "no indemnity: late since {late_from}, the rule is in force since {in_force_from}",
    "indemnity_in_other_currency": "the indemnity of 40 EUR is not converted into {currency}",
    "indemnity_owed_to_professionals_only": "the indemnity is owed to professionals: the creditor is a private person",
    "indemnity_left_to_the_decision": "no indemnity on top of a sum fixed by a court: the decision says what it grants",
    "extra_compensation": "recovery costs of {spent} exceed the indemnity of {indemnity}",
    "proven_cost": "{amount} spent on {incurred_on}, proof: {proof}",
    # due dates
    "default_term": "no term agreed: {days} days from {start} ({start_is})",
    "public_term": "legal term of a public body: {days} days from {start} ({start_is})",
    "term_start_unknown": "the term cannot be counted: {missing} is missing",
    "agreed_term": "agreed: {days} days ({reading}) from {start} ({start_is}): {due_on}",
    "agreed_date": "date printed: {due_on}",
    "legal_maximum": "maximum {cap}: {latest}, counted from {start} ({start_is})",
    "maximum_extended": "{cap} adds {adds_days} days: {latest}",
    "maximum_start_unknown": "the maximum of {rule} cannot be counted: {missing} is missing",
    "default_over_sector_maximum": "default term until {default_due_on}; the sector allows no later than {due_on}",
    "overseas_start": "overseas: terms start on {start} (clearance {cleared_on}, mainland {made_available_on})",
    "delivery_unknown": "receipt of the goods or performance not known: counted from {start} ({start_is}) instead",
    "clause_exceeds_cap_on_other_days": (
        "a clause of {days} days exceeds {cap} on other days: counted from {counted_from} it gives {would_be_due_on}, "
        "past {would_be_lawful_until}"
    ),
    "clearance_unknown": "customs clearance not known: the start is at the latest {start}",
    "receipt_presumed": "receipt not recorded: request of {request_dated_on} taken as received on {received_on}",
    "receipt_uncertain": "receipt not known: counted from performance, {start}",
    "public_contract_shortens": "the contract gives {agreed_due_on}, within the legal {lawful_latest}",
    "public_contract_cannot_lengthen": "the contract gives {agreed_due_on}, but the law no more than {lawful_latest}",
    "ambiguous_end_of_month": (
        "“fin de mois” reads two ways: {first_reading} gives {first_due_on}, {second_reading} gives {second_due_on}; "
        "{due_on} is used"
    ),
    "end_of_month_methods": "both ways of counting an end of month are lawful",
    "wording_undecidable": "the terms cannot be read one way; cautious date: {cautious_due_on}",
    "due_before_issue": "the date printed, {due_on}, precedes the invoice of {issued_on}",
    "term_over_legal_maximum": "due on {due_on}, {days} days past the maximum of {lawful_latest}",
    "cap_conditions": "{due_on} relies on {cap}, lawful only if: {conditions}; otherwise {otherwise}",
    "sector_not_used": "sector {sector} does not bind a debtor of kind {debtor_kind}: not used",
    "no_default_term": "the law sets no payment term for a debtor of kind {debtor_kind}",
    "public_body_unknown": "the class of public body is not known: treated as {treated_as}",
    # mentions of an invoice
    "mention_present": "{mention}: printed",
    "mention_missing": "{mention}: not printed",
    "mention_if_needed": "{mention}: to print if there is one; the invoice does not show whether there is",
    "due_date_is_a_formula": "{mention}: a term in words is not a date",
    "penalty_rate_not_stated": "{mention}: penalties are mentioned without a rate that can be read",
    "penalty_may_be_flat": (
        "{mention}: a percentage with no word of time, perhaps a flat penalty: say the rate by year"
    ),
    "penalty_rate_below_floor": (
        "{mention}: below the floor of clauses; {rate} % against {floor} % (half-year of {half_year})"
    ),
    "penalty_rate_equals_default": (
        "{mention}: {rate} % is the default rate, below the floor of clauses ({floor} %): say that it is no clause"
    ),
    "indemnity_amount_not_stated": "{mention}: the amount itself ({amount} EUR) must be printed",
    "indemnity_above_the_law": (
        "{mention}: more than {amount} EUR may not be printed; the rest is due on proof of the costs"
    ),
    "indemnity_below_the_law": "{mention}: less than the {amount} EUR of the law",
    "discount_not_stated": "{mention}: neither the conditions nor that there is none",
    "discount_not_needed_if_cash": "{mention}: not needed if the customer pays cash or by direct debit",
    "indemnity_not_for_consumers": "{mention}: not owed by a debtor of kind {debtor_kind}: take it off the invoice",
    "penalty_rate_not_for_consumers": (
        "{mention}: the rate between businesses is not owed by a debtor of kind {debtor_kind}: take it off"
    ),
    "penalty_clause_may_be_abusive": (
        "{mention}: a penalty clause against a debtor of kind {debtor_kind} may be abusive: have it checked"
    ),
    "mentions_between_businesses": "between businesses these mentions are compulsory",
    "mentions_not_required": "no mention about payment is required towards a debtor of kind {debtor_kind}",
    "penalties_due_anyway": "a missing mention does not free the debtor from the penalties",
    "indemnity_due_anyway": "a missing mention does not free the debtor from the fixed indemnity",
    "clause_below_floor_not_applied": (
        "a rate below the floor cannot be applied as written; what replaces it is not settled"
    ),
    "costs_stay_with_creditor": (
        "the costs of amicable recovery stay with the creditor; a contrary clause is unwritten"
    ),
    "consumer_costs_offence": "asking a consumer for such costs is an offence",
    "language_not_read": "the words are not in French and were not read: check this invoice by hand",
    "several_penalty_rates": "several rates are printed, not all of which will do: {printed}",
    "floor_tested_when": (
        "whether the floor is tested at signature or through time is not settled: the issue of the invoice is taken"
    ),
    "references_move_to_cibs": (
        "the version in force from {in_force_from} was not read; its references move to the CIBS"
    ),
    # insolvency, prescription and gaps
    "insolvency_stop": "{kind} opened on {opened_on}: earlier debts may not be demanded",
    "rule_not_covered": "rule {rule} is not covered here",
    "weak_source": "the value {value} rests on a source marked {confidence}",
    "rate_not_published": "{parameter} is not published from {from} on (expected {expected_on})",
    "half_years_reading": "over two half-years: {reading}",
    "half_years_reading_unsettled": "no court has decided between two readings over two half-years; chosen: {reading}",
    "clause_below_floor": "clause {clause}: {rate} % below the floor of {floor} % ({half_year}): not counted",
    "rate_below_clause_floor": "as a clause, {rate} % would be below the floor of {floor} % (half-year of {half_year})",
    "floor_unknown": "the floor of clauses is not known in the half-year of {half_year}: {rate} % is not tested",
    "clause_not_applied": "clause {clause} is not applied to a debtor of kind {debtor_kind}",
    "rate_not_the_public_one": "{rate} % is not the rate that a public body owes by law",
    "notice_assumed": "no mise en demeure is given: interest is counted from {from} as if none were needed",
    "private_creditor": "the creditor is a private person: penalties between professionals are not counted",
    "increase_of_granted_rate_unsettled": "the increase of five points is not applied to a granted rate of {rate} %",
    "increase_may_be_reduced": "a court may waive or reduce the increase of five points",
    "interest_before_judgment_not_counted": "interest between {due_on} and {through} is not counted here",
    "compounding_anniversaries": "that each later anniversary compounds without a new demand rests on memory",
    "rate_not_frozen": "before 2013 the rate was not frozen by half-year: it follows each ECB operation",
    "contract_date_unknown": "ten points bind contracts concluded from {from}; the date of the contract is not known",
    "minimum_bid_rate": "ECB tender at a variable rate: the minimum bid is used, the marginal rate may be higher",
    "old_public_rule_not_read": "before May 2013 the half-year that governs a public debtor is stated from memory",
    "rule_changed_within_period": "rule {rule} changed on {changed_on}, within {period}: no single rate holds",
    "public_contract_date_unknown": (
        "eight points and the indemnity bind public contracts concluded from {from}; "
        "the date of the contract is not known"
    ),
    "insolvency_exception_not_applied": "the stop of interest is not read in its text; its exceptions are not applied",
    "insolvency_stop_from_memory": "the stop of interest of over-indebtedness rests on memory",
    "costs_not_counted": "costs are given that were not spent on this late debt, or came after insolvency: {proofs}",
    "day_count_not_applied": "the day count {day_count} of a contract is not applied to a rate of the law",
    "interest_since_the_ruling": "interest between the ruling and its service is not counted: it may be owed",
    "indemnity_rank_unsettled": "the rank of the indemnity among what a payment settles is not settled: kept apart",
    "compounding_after_payment": "interest left by a payment is taken as younger than a year: no interest on it yet",
    "dates_unknown": "no dates: neither the floor of clauses nor the half-years were looked at",
    "imputation_unsettled": "whether penalties count as interest for the imputation of part payments is not settled",
    "notice_before_delay": "the mise en demeure of {notice_on} came before the delay (due on {due_on})",
    "delay_begun_before_indemnity": "late since {late_from}, before the indemnity existed ({in_force_from})",
    "late_invoice": "invoiced late: time is counted from {start}, not from the due date {due_on}",
    "completion_unknown": "end of performance not known: time is counted from {start}",
    "completion_or_due_date": "performed on {delivered_on}, due on {due_on}: the earlier one starts the time",
    "start_without_due_date": "no due date: time is counted from {start} ({start_is})",
    "february_ambiguity": "end of February from {start}: the earlier day is taken, {last_day}",
    "transitional_law_not_computed": "time started on {start}, under the law before {in_force_from}, not computed here",
    "year_of_right_assumed": "the right is taken as acquired in the year of issue ({issued_on})",
    "public_accountant_unknown": "whether the debtor has a public accountant is not known: the last day may differ",
}
