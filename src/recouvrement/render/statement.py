"""The statement of account of a document: one row per listed item, and totals that always add up.

Nothing is decided here: amounts come from the claim, and what does not add up is refused, because a debtor checks
the sum before anything else.
"""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim, ClaimItem, Segment
from recouvrement.domain.documents import Invoice, Item
from recouvrement.domain.money import Money
from recouvrement.domain.terms import DayCount
from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render.formats import NO_BREAK, unbroken
from recouvrement.render.french import FRENCH
from recouvrement.render.language import Language


class InvoiceRow(NamedTuple):
    """One listed item."""

    number: str
    """Invoice number, with the instalment when the invoice has several."""
    issued_on: str
    due_on: str
    delay: str
    """``12 jours``, or ``à échoir``."""
    original: str
    deducted: str
    """Payments and credit notes together."""
    balance: str
    cause: str
    """What the invoice was for, and the order it answers; empty when the file does not say."""


class SegmentRow(NamedTuple):
    """Interest of one item over days that share one base and one rate."""

    number: str
    from_: str
    """First day counted: ``du 31/10/2026``."""
    through: str
    """Last day counted: ``au 23/11/2026``."""
    days: str
    base: str
    rate: str
    article: str
    amount: str


class Settlement(NamedTuple):
    """Totals of the listed items; an empty string is an amount of zero, whose line is left out."""

    principal: str
    """What the books show: the balance the message asks for."""
    already_recorded: str
    """Payments and credit notes not shown in the rows."""
    contested: str
    """Part of the rows under dispute: not asked for, and bearing no interest here."""
    deferred: str
    """Part of the rows that a payment plan leaves to its dates: not asked for yet."""
    imputed: str
    """Part of the payments that went to interest first (C. civ. art. 1343-1)."""
    principal_due: str
    """``principal`` and ``imputed`` together."""
    interest_accrued: str
    interest_basis: str
    """How days become a year: ``nombre de jours rapporté à 365``."""
    interest_rate: str
    """The yearly rate now running: ``12,40 %``; empty where the claim does not reach the day of the letter."""
    interest_due: str
    interest_through: str
    interest_cut_short: str
    """The same day when interest stops before the date of the letter."""
    interest_uncounted: str
    """Items whose interest is not counted, named as in the table."""
    indemnities: str
    indemnity_detail: str
    """``40,00 € × 3 factures``."""
    total: str


class Statement(NamedTuple):
    """Rows and totals of one document."""

    invoice_rows: tuple[InvoiceRow, ...]
    segment_rows: tuple[SegmentRow, ...]
    settlement: Settlement
    numbers: tuple[str, ...]
    """Invoice numbers without repetition, in the order of the rows."""
    oldest_days_late: int | None
    """``None`` when nothing is overdue."""
    due_only: bool
    """Whether every listed item is overdue."""
    first_due_on: date | None
    total: Money
    """What is asked for, accessories included where the document claims them."""
    due: Money
    """Balance of the listed items that are overdue."""


class _Line(NamedTuple):
    item: Item
    invoice: Invoice
    due_on: date | None
    claimed: ClaimItem | None
    amount: Money


def statement(
    action: Action, case: Case, claim: Claim, *, accessories: bool, on: date, language: Language
) -> Statement:
    """Return the rows and totals of the items an action lists, oldest due date first.

    Without ``accessories`` neither interest nor indemnity appears, whatever the claim holds; nor do they when an item
    is not overdue.

    Raises ``RenderError`` when an item is not in the case, when a letter would show one without a due date,
    or when the amounts do not add up.
    """
    lines = _lines(action, case, claim)
    if action.document in _ABOUT_PAYMENTS:
        return _settled(action, lines, case, language)
    claimed = [line.claimed for line in lines if line.claimed is not None]
    overdue = [item for item in claimed if item.days_late > 0]
    due_only = len(overdue) == len(lines)
    accessories = accessories and (due_only or action.document is DocumentKind.CLAIM_DECLARATION)
    settlement, total = _settlement(action, lines, claimed if accessories else [], on=on, language=language)
    for item in claimed:
        _check_sums(item, interest=accessories)
    return Statement(
        invoice_rows=tuple(_invoice_row(line, case, language) for line in lines),
        segment_rows=tuple(
            _segment_row(segment, line, language)
            for line in lines
            if accessories and line.claimed is not None
            for segment in line.claimed.segments
        ),
        settlement=settlement,
        numbers=tuple(dict.fromkeys(line.item.invoice_number for line in lines)),
        oldest_days_late=max((item.days_late for item in overdue), default=None),
        due_only=due_only,
        first_due_on=lines[0].due_on,
        total=total,
        due=Money.from_minor(sum(item.balance.minor for item in overdue), case.currency),
    )


def _settled(action: Action, lines: list[_Line], case: Case, language: Language) -> Statement:
    """Return the statement of items that were paid: thanks and a receipt ask for nothing, accessories included.

    Raises ``RenderError`` when one of them still has a balance, and is thanked for.
    """
    open_ids = [line.item.id for line in lines if line.claimed is not None and line.claimed.balance]
    if open_ids and action.document is DocumentKind.THANK_YOU:
        raise RenderError(
            where=f"action {action.id}, listed",
            found=f"{', '.join(open_ids)} is not settled",
            hint="Render an action with the claim of the same decision; thanks are for what is paid.",
        )
    zero = Money.zero(case.currency)
    nothing = language.money(zero)
    rows = (_invoice_row(line, case, language) for line in lines)
    return Statement(
        invoice_rows=tuple(row._replace(delay="", deducted=row.original, balance=nothing) for row in rows),
        segment_rows=(),
        settlement=Settlement(**dict.fromkeys(Settlement._fields, "")),
        numbers=tuple(dict.fromkeys(line.item.invoice_number for line in lines)),
        oldest_days_late=None,
        due_only=False,
        first_due_on=None,
        total=zero,
        due=zero,
    )


_ABOUT_PAYMENTS = frozenset({DocumentKind.THANK_YOU, DocumentKind.RECEIPT})
_MAY_LACK_A_DATE = (
    INTERNAL_DOCUMENTS | _ABOUT_PAYMENTS | {DocumentKind.STATEMENT_OF_ACCOUNT, DocumentKind.CLAIM_DECLARATION}
)


def _lines(action: Action, case: Case, claim: Claim) -> list[_Line]:
    invoices = {invoice.number: invoice for invoice in case.invoices}
    items = {item.id: item for item in case.items}
    claimed = {item.item_id: item for item in claim.items}
    lines: list[_Line] = []
    for item_id in action.listed:
        item = items.get(item_id)
        if item is None:
            raise RenderError(
                where=f"action {action.id}, listed",
                found=f"{item_id} is not an item of case {case.id}",
                hint="Render an action with the case it was decided on.",
            )
        in_claim = claimed.get(item_id)
        due_on = in_claim.due_on if in_claim else item.due_on
        if due_on is None and action.document not in _MAY_LACK_A_DATE:
            raise RenderError(
                where=f"action {action.id}, listed",
                found=f"{item_id} has no due date",
                hint="Give the invoice a due date, or the creditor payment terms.",
            )
        amount = in_claim.balance if in_claim else Money.from_minor(item.amount_minor, case.currency)
        lines.append(_Line(item, invoices[item.invoice_number], due_on, in_claim, amount))
    if not lines:
        raise RenderError(
            where=f"action {action.id}, listed", found="no item is listed", hint="An action lists at least one item."
        )
    return sorted(lines, key=lambda line: (line.due_on or date.max, line.item.issued_on, line.item.id))


def _check_sums(item: ClaimItem, *, interest: bool) -> None:
    """Refuse an item whose figures would not add up on paper."""
    books = item.original.minor - item.credited.minor - item.paid.minor
    withheld = item.contested.minor + (item.deferred.minor if item.deferred else 0)
    imputed = item.principal.minor - (item.balance.minor - withheld)
    extinguished = sum(segment.amount.minor for segment in item.segments) - item.late_interest.minor
    if books != item.balance.minor or (interest and imputed != extinguished):
        currency = item.balance.currency
        raise RenderError(
            where=f"claim, item {item.item_id}",
            found=(
                f"{item.original} less {item.credited} credited and {item.paid} paid against a balance of "
                f"{item.balance}, {Money.from_minor(withheld, currency)} contested or deferred; "
                f"{Money.from_minor(imputed, currency)} imputed on interest against "
                f"{Money.from_minor(extinguished, currency)} of interest extinguished"
            ),
            hint="Report this decision as a bug: a letter whose table does not add up is never sent.",
        )


def _day(day: date | None, language: Language) -> str:
    return language.short_date(day) if day else ""


def _cause(invoice: Invoice, language: Language) -> str:
    order = language.words.order.format(reference=invoice.order_reference) if invoice.order_reference else ""
    return ", ".join(part for part in (invoice.description, order) if part)


def label(item: Item, case: Case, language: Language = FRENCH) -> str:
    """Return the number of the invoice, with the instalment when it has several."""
    invoice = next(invoice for invoice in case.invoices if invoice.number == item.invoice_number)
    return _label(item, invoice, language)


def _label(item: Item, invoice: Invoice, language: Language) -> str:
    number, parts = unbroken(item.invoice_number), len(invoice.items)
    if parts == 1:
        return number
    return language.words.instalment.format(number=number, position=item.position, parts=parts)


def _invoice_row(line: _Line, case: Case, language: Language) -> InvoiceRow:
    original = Money.from_minor(line.item.amount_minor, case.currency)
    return InvoiceRow(
        number=_label(line.item, line.invoice, language),
        issued_on=language.short_date(line.item.issued_on),
        due_on=_day(line.due_on, language),
        delay=_delay(line.claimed, language),
        original=language.money(original),
        deducted=language.money(original - line.amount),
        balance=language.money(line.amount),
        cause=_cause(line.invoice, language),
    )


def _delay(claimed: ClaimItem | None, language: Language) -> str:
    words = language.words
    if claimed is None or claimed.days_late <= 0:
        return words.not_yet_due
    return language.counted(claimed.days_late, words.day, words.days)


def _segment_row(segment: Segment, line: _Line, language: Language) -> SegmentRow:
    return SegmentRow(
        number=_label(line.item, line.invoice, language),
        from_=language.words.from_.format(day=language.short_date(segment.from_)),
        through=language.words.through.format(day=language.short_date(segment.through)),
        days=str(segment.days),
        base=language.money(segment.principal),
        rate=language.rate(segment.rate),
        article=language.article(segment.source.article),
        amount=language.money(segment.amount),
    )


def _settlement(
    action: Action, lines: list[_Line], claimed: list[ClaimItem], *, on: date, language: Language
) -> tuple[Settlement, Money]:
    """Return the totals, and the last of them as an amount; ``claimed`` is empty when no accessories are claimed."""
    currency = action.principal.currency
    asked = action.principal.minor
    shown = sum(line.amount.minor for line in lines)
    contested = sum(line.claimed.contested.minor for line in lines if line.claimed)
    deferred = sum(line.claimed.deferred.minor for line in lines if line.claimed and line.claimed.deferred)
    # A statement of account asks for nothing: it shows the whole of what is open, contested or not.
    withheld = 0 if action.document is DocumentKind.STATEMENT_OF_ACCOUNT else contested + deferred
    recorded = shown - withheld - asked
    if recorded < 0 or (recorded and all(line.claimed for line in lines)):
        raise RenderError(
            where=f"action {action.id}, principal",
            found=f"{action.principal} is asked for, the listed items come to {Money.from_minor(shown, currency)}, "
            f"of which {Money.from_minor(withheld, currency)} contested or deferred",
            hint="Render an action with the claim of the same decision.",
        )
    accrued = sum(segment.amount.minor for item in claimed for segment in item.segments)
    late_interest = sum(item.late_interest.minor for item in claimed)
    imputed = accrued - late_interest
    indemnities = sum(item.indemnity.minor for item in claimed)
    through = [item.interest_through for item in claimed if item.interest_through is not None]
    first_through = min(through, default=None)
    cut_short = language.long_date(first_through) if first_through and accrued and first_through < on else ""
    total = Money.from_minor(asked + imputed + late_interest + indemnities, currency)

    def written(minor: int) -> str:
        return language.money(Money.from_minor(minor, currency)) if minor else ""

    settlement = Settlement(
        principal=language.money(action.principal),
        already_recorded=written(recorded),
        contested=written(contested),
        deferred=written(deferred),
        imputed=written(imputed),
        principal_due=language.money(Money.from_minor(asked + imputed, currency)),
        interest_accrued=written(accrued),
        interest_basis=_basis(claimed, language),
        interest_rate=_rate_in_force(claimed, on=on, language=language),
        interest_due=written(late_interest),
        interest_through=language.long_date(max(through)) if through and accrued else "",
        interest_cut_short=cut_short,
        interest_uncounted=", ".join(
            _label(line.item, line.invoice, language)
            for line in lines
            if accrued and line.claimed is not None and _is_uncounted(line.claimed)
        ),
        indemnities=written(indemnities),
        indemnity_detail=_indemnity_detail([item.indemnity for item in claimed if item.indemnity], language),
        total=language.money(total),
    )
    return settlement, total


def _is_uncounted(item: ClaimItem) -> bool:
    """Whether interest is owed on the item but no day of it could be counted, for want of a published rate."""
    return item.interest_through is None and bool(item.principal) and item.days_late > 0


def _rate_in_force(claimed: list[ClaimItem], *, on: date, language: Language) -> str:
    """Return the rate of the last day of each item; several are told to go by invoice.

    Empty unless interest of every overdue item is counted through the day: no other rate is known to be in force.
    """
    last = [max(item.segments, key=lambda one: one.until) for item in claimed if item.segments and item.principal]
    bearing = [item for item in claimed if item.principal and item.days_late > 0]
    if len(last) < len(bearing) or any(one.until <= on for one in last):
        return ""
    rates = language.words.or_.join(language.rate(rate) for rate in sorted({one.rate for one in last}))
    return language.words.by_invoice.format(rates=rates) if len({one.rate for one in last}) > 1 else rates


def _basis(claimed: list[ClaimItem], language: Language) -> str:
    """Return how days become a year, and that the base holds interest where it was compounded."""
    conventions = {segment.day_count for item in claimed for segment in item.segments}
    words = f",{language.words.or_}".join(
        language.words.bases[convention] for convention in DayCount if convention in conventions
    )
    if any(reason.code == "interest_compounded" for item in claimed for reason in item.reasons):
        words += language.words.compounded
    return words


def _indemnity_detail(indemnities: list[Money], language: Language) -> str:
    """Return the unit amount and the number of invoices; empty when the amounts are not all the same."""
    if len(set(indemnities)) != 1:
        return ""
    number = language.counted(len(indemnities), language.words.invoice, language.words.invoices)
    return f"{language.money(indemnities[0])}{NO_BREAK}×{NO_BREAK}{number}"
