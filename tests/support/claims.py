"""Claims made by hand: each sum with its working, none taken from the program."""

from datetime import date
from decimal import Decimal

from recouvrement.domain.decision import AppliedPayment, Claim, ClaimItem, Segment
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.terms import DayCount

PENALTIES = Source(article="C. com. art. L441-10 II", confidence=Confidence.VERIFIED)
IMPUTATION = Source(article="C. civ. art. 1343-1", confidence=Confidence.SECONDARY)
INTEREST_FIRST = Reason.of("imputed_interest_first", Authority.LAW, source=IMPUTATION)
PRINCIPAL_FIRST = Reason.of("imputed_principal_first", Authority.CONTRACT, source=IMPUTATION)
COMPOUNDED = Reason.of(
    "interest_compounded",
    Authority.CONTRACT,
    source=Source(article="C. civ. art. 1343-2", confidence=PENALTIES.confidence),
)
INDEMNITY = Reason.of(
    "indemnity_per_invoice",
    Authority.LAW,
    source=Source(article="C. com. art. D441-5", confidence=PENALTIES.confidence),
)


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


def segment(
    from_: date,
    until: date,
    base: str,
    rate: str,
    amount: str,
    *,
    day_count: DayCount = DayCount.ACTUAL_365,
    item_id: str = "F2026-118",
) -> Segment:
    return Segment(
        item_id=item_id,
        from_=from_,
        until=until,
        principal=eur(base),
        rate=Decimal(rate),
        day_count=day_count,
        amount=eur(amount),
        source=PENALTIES,
    )


def payment(received_on: date, amount: str, to_interest: str, to_principal: str, surplus: str = "0") -> AppliedPayment:
    return AppliedPayment(
        received_on=received_on,
        amount=eur(amount),
        to_interest=eur(to_interest),
        to_principal=eur(to_principal),
        surplus=eur(surplus),
    )


def item(  # one keyword per fact of an item
    due_on: date,
    *,
    original: str = "10000",
    principal: str,
    interest: str,
    segments: tuple[Segment, ...] = (),
    payments: tuple[AppliedPayment, ...] = (),
    credited: str = "0",
    contested: str = "0",
    indemnity: str = "0",
    extra: str | None = None,
    reasons: tuple[Reason, ...] = (),
) -> ClaimItem:
    paid = sum((part.to_principal for part in payments), start=eur("0"))
    return ClaimItem(
        item_id="F2026-118",
        invoice_number="F2026-118",
        issued_on=date(2020, 1, 2),
        due_on=due_on,
        days_late=1,
        original=eur(original),
        credited=eur(credited),
        paid=paid,
        balance=eur(original) - eur(credited) - paid,
        contested=eur(contested),
        principal=eur(principal),
        late_interest=eur(interest),
        segments=segments,
        payments=payments,
        indemnity=eur(indemnity),
        extra_compensation=eur(extra) if extra is not None else None,
        interest_through=segments[-1].through if segments else None,
        reasons=reasons,
    )


def claim(*items: ClaimItem) -> Claim:
    zero = eur("0")
    principal = sum((one.principal for one in items), start=zero)
    interest = sum((one.late_interest for one in items), start=zero)
    indemnities = sum((one.indemnity + (one.extra_compensation or zero) for one in items), start=zero)
    return Claim(
        items=items,
        principal=principal,
        late_interest=interest,
        indemnities=indemnities,
        total=principal + interest + indemnities,
    )


def rebuilt_item(one: ClaimItem, **changes: object) -> ClaimItem:
    return ClaimItem.model_validate(dict(one) | changes)


def rebuilt(one: Claim, **changes: object) -> Claim:
    return Claim.model_validate(dict(one) | changes)


def part_02(*, interest_first: bool = True) -> ClaimItem:
    """PART-02: 10 000 € due on 31 January 2026, 12.15 %, 4 000 € paid on 2 March, account made on 1 April.

    28 days of February, then 1 and 2 March: 10000 x 0.1215 x 30 / 365 = 99.863 -> 99.86.
    Interest first: 4000 - 99.86 = 3900.14 on the principal, 6099.86 left; from 3 March to 1 April there are 30 days:
    6099.86 x 0.1215 x 30 / 365 = 60.915 -> 60.92.
    Principal first: 6000.00 left; 6000 x 0.1215 x 30 / 365 = 59.918 -> 59.92, and 99.86 + 59.92 = 159.78.
    """
    left = "6099.86" if interest_first else "6000"
    return item(
        date(2026, 1, 31),
        principal=left,
        interest="60.92" if interest_first else "159.78",
        segments=(
            segment(date(2026, 2, 1), date(2026, 3, 3), "10000", "12.15", "99.86"),
            segment(date(2026, 3, 3), date(2026, 4, 2), left, "12.15", "60.92" if interest_first else "59.92"),
        ),
        payments=(
            payment(date(2026, 3, 2), "4000", "99.86", "3900.14")
            if interest_first
            else payment(date(2026, 3, 2), "4000", "0", "4000"),
        ),
        indemnity="40",
        reasons=(INTEREST_FIRST if interest_first else PRINCIPAL_FIRST, INDEMNITY),
    )


def cap_01() -> ClaimItem:
    """CAP-01: 10 000 € at 10 % from 1 January 2023, compounded on 1 January 2024, account made on 31 December 2024.

    365 days: 10000 x 0.10 x 365 / 365 = 1000.00; then 366 days: 11000 x 0.10 x 366 / 365 = 1103.013 -> 1103.01.
    """
    return item(
        date(2022, 12, 31),
        principal="10000",
        interest="2103.01",
        segments=(
            segment(date(2023, 1, 1), date(2024, 1, 1), "10000", "10.00", "1000"),
            segment(date(2024, 1, 1), date(2025, 1, 1), "11000", "10.00", "1103.01"),
        ),
        reasons=(COMPOUNDED,),
    )
