"""The compulsory mentions of an invoice about payment (C. com. art. L441-9): what is missing, and what it costs."""

from collections.abc import Iterable
from datetime import date

from recouvrement.domain.decision import Doubt
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Reason
from recouvrement.jurisdictions.fr.chiffres_de_facture import indemnity_sum
from recouvrement.jurisdictions.fr.delais_convenus import due_date
from recouvrement.jurisdictions.fr.interets_legaux import debtor_kind_unknown
from recouvrement.jurisdictions.fr.lecture_de_facture import (
    DiscountTerms,
    Passages,
    excerpt,
    passages,
    printed_discount,
    quoted,
)
from recouvrement.jurisdictions.fr.mentions_consommateur import consumer_report
from recouvrement.jurisdictions.fr.mentions_langue import is_another_language, is_not_read, without_faults
from recouvrement.jurisdictions.fr.mentions_penalites import BELOW_FLOOR, below_floor_fines, penalty_finding
from recouvrement.jurisdictions.fr.mentions_textes import (
    doubt,
    finding,
    fines,
    in_french,
    not_covered,
    reason,
    refuse_uncovered,
    rule,
    to_print,
)
from recouvrement.jurisdictions.fr.parametres import PACKAGED, Edition, parametre
from recouvrement.jurisdictions.fr.textes_de_facture import Topic, laid_out
from recouvrement.law.mentions import PASSAGE, Finding, Mention, MentionsReport, MentionStatus, PrintedMentions
from recouvrement.law.terms import TermFacts


def read_mentions(
    lines: str | Iterable[str], *, debtor_kind: DebtorKind, issued_on: date, due_on: date | None = None
) -> PrintedMentions:
    """Return what the text of an invoice in French prints about payment; ``due_on`` when it is known otherwise.

    The text may be the whole invoice or its legal footer. One in another language is kept as it is in ``terms_text``,
    unread. "Indemnité 40 €", without more, is taken for the fixed indemnity when the sum is that of the law.

    Raises ``InvalidInput`` for a text that is too long.

    >>> printed = read_mentions(
    ...     ["À régler au plus tard le 31/12/2026. Pas d'escompte."],
    ...     debtor_kind=DebtorKind.BUSINESS,
    ...     issued_on=date(2026, 12, 1),
    ... )
    >>> printed.due_on, printed.discount_text, printed.penalty_text
    (datetime.date(2026, 12, 31), "Pas d'escompte.", None)
    """
    text = lines if isinstance(lines, str) else "\n".join(lines)
    found = passages(text, issued_on)
    unread = laid_out(text)[:PASSAGE].strip() if is_another_language(text) else None
    return PrintedMentions(
        debtor_kind=debtor_kind,
        issued_on=issued_on,
        due_on=due_on or found.due_on,
        terms_text=unread or found.terms,
        penalty_text=found.penalty,
        indemnity_text=found.indemnity or _bare_indemnity(found, issued_on),
        discount_text=found.discount,
        shows_billing_address=found.shows_billing_address,
        shows_order_number=found.shows_order_number,
    )


def _bare_indemnity(found: Passages, issued_on: date) -> str | None:
    """Return the words "indemnité 40 €" where the sum is that of the law: another may be owed for another cause."""
    fixed = parametre("indemnite_forfaitaire")
    printed = indemnity_sum(found.bare_indemnity) if found.bare_indemnity is not None else None
    is_legal = printed is not None and fixed.covers(issued_on) and printed.amount == fixed.on(issued_on).value
    return found.bare_indemnity if is_legal else None


def check_mentions(printed: PrintedMentions, dated: Edition = PACKAGED) -> MentionsReport:
    r"""Return, for each mention about payment that the law of the day of issue asks, whether it is there and will do.

    Between businesses: date of payment, discount even when there is none, rate of penalties, amount of the indemnity;
    since 1 October 2019 a different billing address and the number of the purchase order. From a debtor whose kind is
    not known nothing is called missing, nor in words that are not French. What invoices to public bodies must print was
    not read: nothing is said.

    Raises ``NotCovered`` for an invoice issued before 26 April 2019, whose rules were not read, or after 2027.

    >>> report = check_mentions(
    ...     PrintedMentions(
    ...         debtor_kind=DebtorKind.BUSINESS,
    ...         issued_on=date(2026, 11, 2),
    ...         due_on=date(2026, 12, 2),
    ...         penalty_text="3 fois le taux d'intérêt légal",
    ...         discount_text="pas d'escompte",
    ...     )
    ... )
    >>> [(found.mention.value, found.to_print) for found in report.findings if found.status.is_fault]
    [('indemnity', 'En cas de retard de paiement, indemnité forfaitaire pour frais de recouvrement\xa0: 40\xa0€.')]

    Sources:
        C. com. art. L441-9, L441-10 II and D441-5; CPCE art. L111-8 (consumers).
    """
    refuse_uncovered(printed.issued_on)
    if is_not_read(printed):
        # The words are left aside as a term: only a human can read them.
        return without_faults(_checked(PrintedMentions.model_validate({**dict(printed), "terms_text": None}), dated))
    return _checked(printed, dated)


def _checked(printed: PrintedMentions, dated: Edition) -> MentionsReport:
    match printed.debtor_kind:
        case DebtorKind.BUSINESS:
            report = _between_businesses(printed, dated)
        case DebtorKind.UNKNOWN:
            report = _kind_unknown(_between_businesses(printed, dated))
        case DebtorKind.CONSUMER | DebtorKind.NON_PROFESSIONAL:
            report = consumer_report(printed, dated)
        case DebtorKind.PUBLIC:
            report = _not_read(printed)
    return report


def _between_businesses(printed: PrintedMentions, dated: Edition) -> MentionsReport:
    day = printed.issued_on
    penalty, doubts = penalty_finding(printed, dated)
    required = (_due_date(printed), penalty, _indemnity(printed, dated), _discount(printed))
    findings = (*required, *_billing_address(printed), *_order_number(printed))
    faults = [found for found in findings if found.status.is_fault]
    is_doubtful = any(found.status is MentionStatus.CANNOT_TELL for found in required)
    lacking = [found for found in faults if found.status is not MentionStatus.NOT_ALLOWED]
    is_below = penalty.reason.code == BELOW_FLOOR
    of_mentions = fines(day) if any(found.reason.code != BELOW_FLOOR for found in lacking) else ()
    of_clause = below_floor_fines(day) if is_below else ()
    if is_below and not of_clause:
        doubts = (*doubts, not_covered("fine_l441_16", {"from": day}))
    return MentionsReport(
        complete=False if faults else None if is_doubtful else True,
        findings=findings,
        fines=(*of_mentions, *of_clause),
        consequences=_consequences(printed, lacking),
        reasons=(reason(Mention.DUE_DATE, day, "mentions_between_businesses"),),
        doubts=(*_renumbered(printed), *doubts),
    )


def _due_date(printed: PrintedMentions) -> Finding:
    """A real date; the term in words is turned into one to print where it has a single reading, within the maximum."""
    mention, day = Mention.DUE_DATE, printed.issued_on
    if printed.due_on is not None:
        found = printed.due_on.isoformat()
        return finding(mention, MentionStatus.PRESENT, mention, day, code="mention_present", found=found)
    if printed.terms_text is None:
        words = to_print(mention, date="JJ/MM/AAAA")
        return finding(mention, MentionStatus.MISSING, mention, day, code="mention_missing", to_print=words)
    answer = due_date(printed.terms_text, TermFacts(DebtorKind.BUSINESS, issued_on=day))
    due_on, latest = answer.due_on, answer.lawful_latest
    is_sure = len(answer.readings) == 1 and not answer.doubts
    is_lawful = is_sure and due_on is not None and latest is not None and due_on <= latest
    words = to_print(mention, date=f"{due_on:%d/%m/%Y}" if is_lawful else "JJ/MM/AAAA")
    return finding(
        mention,
        MentionStatus.INSUFFICIENT,
        "formula_is_no_date",
        day,
        code="due_date_is_a_formula",
        found=quoted(printed.terms_text),
        to_print=words,
    )


def _indemnity(printed: PrintedMentions, dated: Edition) -> Finding:
    """The amount itself, that of the law: a higher flat sum may not be printed."""
    mention, day, text = Mention.INDEMNITY, printed.issued_on, printed.indemnity_text
    owed = dated.parametre("indemnite_forfaitaire").on(day).value
    words = to_print(mention, amount=in_french(owed))
    if text is None:
        return finding(mention, MentionStatus.MISSING, mention, day, code="mention_missing", to_print=words)
    found = indemnity_sum(text)
    status, name, code = MentionStatus.INSUFFICIENT, mention.value, "indemnity_amount_not_stated"
    if found is not None and found.amount == owed:
        return finding(mention, MentionStatus.PRESENT, mention, day, code="mention_present", found=found.words)
    if found is not None and found.amount > owed:
        status, name, code = MentionStatus.NOT_ALLOWED, "no_higher_sum", "indemnity_above_the_law"
    elif found is not None:
        code = "indemnity_below_the_law"
    shown = found.words if found else excerpt(text, Topic.INDEMNITY)
    return finding(mention, status, name, day, code=code, found=shown, to_print=words, amount=owed)


def _discount(printed: PrintedMentions) -> Finding:
    mention, day = Mention.DISCOUNT, printed.issued_on
    text = printed.discount_text or printed.terms_text
    found = printed_discount(text) if text is not None else None
    words = to_print(mention)
    if found is not None and found.terms is DiscountTerms.CASH:
        code, shown = "discount_not_needed_if_cash", found.words
        return finding(
            mention, MentionStatus.CANNOT_TELL, "no_discount_is_said", day, code=code, found=shown, to_print=words
        )
    if found is None or printed.discount_text is None:
        code = "mention_missing"
        return finding(mention, MentionStatus.MISSING, "no_discount_is_said", day, code=code, to_print=words)
    if found.terms is DiscountTerms.STATED:
        return finding(mention, MentionStatus.PRESENT, mention, day, code="mention_present", found=found.words)
    code, shown = "discount_not_stated", found.words
    return finding(mention, MentionStatus.INSUFFICIENT, mention, day, code=code, found=shown, to_print=words)


def _billing_address(printed: PrintedMentions) -> tuple[Finding, ...]:
    is_needed, is_shown = printed.has_other_billing_address, printed.shows_billing_address
    return _if_needed(Mention.BILLING_ADDRESS, printed, is_needed=is_needed, is_shown=is_shown)


def _order_number(printed: PrintedMentions) -> tuple[Finding, ...]:
    is_needed, is_shown = printed.has_purchase_order, printed.shows_order_number
    return _if_needed(Mention.ORDER_NUMBER, printed, is_needed=is_needed, is_shown=is_shown)


def _if_needed(
    mention: Mention, printed: PrintedMentions, *, is_needed: bool | None, is_shown: bool
) -> tuple[Finding, ...]:
    """Return a mention asked of some invoices; nothing before the rule existed or where it is known not to apply."""
    day = printed.issued_on
    if rule(mention, day) is None or is_needed is False:
        return ()
    if is_shown:
        return (finding(mention, MentionStatus.PRESENT, mention, day, code="mention_present"),)
    status, code = (
        (MentionStatus.MISSING, "mention_missing") if is_needed else (MentionStatus.CANNOT_TELL, "mention_if_needed")
    )
    return (finding(mention, status, mention, day, code=code, to_print=to_print(mention)),)


def _consequences(printed: PrintedMentions, lacking: list[Finding]) -> tuple[Reason, ...]:
    """What the fault changes besides the fine, and what it does not: the debtor is not freed."""
    if not lacking:
        return ()
    day = printed.issued_on
    freed = (reason("penalties_due_anyway", day), reason("indemnity_due_anyway", day))
    if any(found.reason.code == BELOW_FLOOR for found in lacking):
        return (reason("clause_floor", day, "clause_below_floor_not_applied"), *freed)
    return freed


def _renumbered(printed: PrintedMentions) -> tuple[Doubt, ...]:
    """Return a doubt for the version of 2027, which renumbers references and was not read in an official copy."""
    row = rule(Mention.DUE_DATE, printed.issued_on)
    if row is None or row.confidence.is_firm:
        return ()
    return (doubt(Mention.DUE_DATE, printed.issued_on, "references_move_to_cibs", in_force_from=row.from_),)


def _kind_unknown(report: MentionsReport) -> MentionsReport:
    """Return the report of a business without any fault: the debtor may be a consumer, from whom nothing is asked."""
    findings = tuple(
        found._replace(status=MentionStatus.CANNOT_TELL, to_print=None) if found.status.is_fault else found
        for found in report.findings
    )
    doubts = (debtor_kind_unknown(), *report.doubts)
    return MentionsReport(None, findings, (), (), report.reasons, doubts)


def _not_read(printed: PrintedMentions) -> MentionsReport:
    unread = not_covered("fr.mentions_obligatoires", {"debtor_kind": printed.debtor_kind})
    return MentionsReport(None, (), (), (), (), (unread,))
