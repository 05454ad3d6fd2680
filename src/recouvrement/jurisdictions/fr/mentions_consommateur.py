"""What an invoice to somebody who is no professional prints about late payment, and may not claim."""

from decimal import Decimal

from recouvrement.domain.clauses import PenaltyKind
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Reason
from recouvrement.jurisdictions.fr.chiffres_de_facture import PrintedRate, indemnity_sum, penalty_rates
from recouvrement.jurisdictions.fr.lecture_de_facture import cites_law_of_businesses, excerpt, limits_to_professionals
from recouvrement.jurisdictions.fr.mentions_textes import finding, reason
from recouvrement.jurisdictions.fr.parametres import Edition
from recouvrement.jurisdictions.fr.textes_de_facture import Topic
from recouvrement.law.mentions import Finding, Mention, MentionsReport, MentionStatus, PrintedMentions


def consumer_report(printed: PrintedMentions, dated: Edition) -> MentionsReport:
    """Return what may not stand on the invoice; no mention about payment is required by C. com. art. L441-9.

    The fixed indemnity and the default rate between businesses are not owed by consumers. Another rate is a clause,
    whose validity the invoice does not show. Words that limit themselves to professional customers claim nothing.

    Sources:
        C. com. art. L441-10 and D441-5; CPCE art. L111-8; C. conso. art. R212-2.
    """
    day = printed.issued_on
    findings = (*_indemnity(printed), *_penalty(printed, dated))
    consequences: tuple[Reason, ...] = ()
    if any(found.status is MentionStatus.NOT_ALLOWED for found in findings):
        consequences = (reason("costs_stay_with_creditor", day),)
        if printed.debtor_kind is DebtorKind.CONSUMER:
            consequences = (*consequences, reason("consumer_costs_offence", day))
    return MentionsReport(
        complete=False if consequences else None if findings else True,
        findings=findings,
        fines=(),
        consequences=consequences,
        reasons=(reason(Mention.DUE_DATE, day, "mentions_not_required", debtor_kind=printed.debtor_kind),),
        doubts=(),
    )


def _indemnity(printed: PrintedMentions) -> tuple[Finding, ...]:
    text = printed.indemnity_text
    if text is None or limits_to_professionals(text):
        return ()
    found = indemnity_sum(text)
    return (
        finding(
            Mention.INDEMNITY,
            MentionStatus.NOT_ALLOWED,
            "businesses_only",
            printed.issued_on,
            code="indemnity_not_for_consumers",
            found=found.words if found else excerpt(text, Topic.INDEMNITY),
            debtor_kind=printed.debtor_kind,
        ),
    )


def _penalty(printed: PrintedMentions, dated: Edition) -> tuple[Finding, ...]:
    text, day = printed.penalty_text, printed.issued_on
    if text is None or limits_to_professionals(text):
        return ()
    margin = dated.parametre("penalites_marge_bce").on(day).value
    # Legal interest itself is what a consumer owes from the mise en demeure: it is no clause.
    rates = [rate for rate in penalty_rates(text) if not _is(rate, PenaltyKind.LEGAL_MULTIPLE, Decimal(1))]
    rates = [rate for rate in rates if rate.clause is not None]
    of_businesses = [rate for rate in rates if _is(rate, PenaltyKind.ECB_PLUS, margin)]
    if of_businesses or cites_law_of_businesses(text):
        status, rule, code = MentionStatus.NOT_ALLOWED, "businesses_only", "penalty_rate_not_for_consumers"
    elif rates:
        status, rule, code = MentionStatus.CANNOT_TELL, "abusive_penalty_clause", "penalty_clause_may_be_abusive"
    else:
        return ()
    words = next((rate.words for rate in (*of_businesses, *rates)), excerpt(text, Topic.PENALTY))
    return (finding(Mention.PENALTY_RATE, status, rule, day, code=code, found=words, debtor_kind=printed.debtor_kind),)


def _is(rate: PrintedRate, kind: PenaltyKind, figure: Decimal) -> bool:
    return rate.clause is not None and rate.clause.kind is kind and rate.clause.figure == figure
