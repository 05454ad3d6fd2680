"""What the engine asks of a country's law. A country is a module that answers; the engine never names one."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple, Protocol, Self

from recouvrement.domain.address import PostalAddress
from recouvrement.domain.clauses import PenaltyClause
from recouvrement.domain.decision import AppliedPayment, Deadline, Doubt, Segment
from recouvrement.domain.documents import Invoice, Item
from recouvrement.domain.light import quick
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Creditor, Debtor, DebtorKind, Insolvency
from recouvrement.domain.reasons import Reason, Source
from recouvrement.domain.terms import DayCount, HalfYears, Imputation
from recouvrement.domain.values import CivilDate, Line, Value, Word
from recouvrement.law.courts import Holiday, ProceduralDay, Route, RouteFacts, Step, StepDeadline
from recouvrement.law.limitation import Act, LimitationAnswer, LimitationFacts, Regime
from recouvrement.law.mentions import MentionsReport, PrintedMentions
from recouvrement.law.parameters import DatedValue
from recouvrement.law.rates import RateSheet
from recouvrement.law.terms import TermAnswer, TermFacts, TermVerdict


class Receipt(NamedTuple):
    """Money applied to an item: the value date and the amount in minor units."""

    on: date
    minor: int


class ProvenCost(Value):
    """A recovery cost with the document that proves it; without proof nothing is claimed (C. com. art. L441-10 II)."""

    incurred_on: CivilDate
    amount: Money
    proof: Line
    """Reference of the document: invoice of a commissaire de justice, of a lawyer…"""


class Debt(NamedTuple):
    """One overdue item as the law looks at it on a date."""

    item_id: str
    due_on: date
    principal_minor: int
    """Amount of the item less credit notes."""
    receipts: tuple[Receipt, ...]
    """Payments applied to it, by value date, none after the date asked."""
    currency: str
    debtor_kind: DebtorKind
    creditor_is_natural_person: bool
    notice_on: date | None
    """First presentation of a mise en demeure, if one was proved."""
    insolvency_opened_on: date | None
    imputation: Imputation
    instalments: int = 1
    """Due dates of the invoice the item belongs to."""
    penalty: PenaltyClause | None = None
    """Rate of penalties set by the contract; tested against the floor of the law."""
    granted_rate: Decimal | None = None
    """Per cent a year, taken as it is: granted by a court, admitted by the debtor, or given to see what it makes."""
    day_count: DayCount = DayCount.ACTUAL_365
    half_years: HalfYears = HalfYears.RE_ANCHORED
    enforceable_on: date | None = None
    """Day on which the court decision that fixes the debt became enforceable; interest is then legal interest."""
    capitalised_from: date | None = None
    """Day from which contract or court lets interest due for a whole year bear interest (C. civ. art. 1343-2)."""
    costs: tuple[ProvenCost, ...] = ()
    """Recovery costs, each with its proof."""


class CountedDays(NamedTuple):
    """Interest over days that share one base and one rate, in minor units; a ``Segment`` before it is written."""

    from_: date
    until: date
    """First day not counted."""
    base_minor: int
    rate: Decimal
    """Per cent a year."""
    day_count: DayCount
    minor: int
    """Rounded half-up, once."""
    source: Source


class ImputedPayment(NamedTuple):
    """What a payment extinguished, in minor units."""

    on: date
    minor: int
    to_interest: int
    to_principal: int
    surplus: int


class Accrual(NamedTuple):
    """Interest on one debt. Figures are whole minor units; the properties write them as amounts."""

    item_id: str
    currency: str
    principal_minor: int
    """Still owed after imputation."""
    late_interest_minor: int
    """Accrued and not yet extinguished by a part payment."""
    days: Sequence[CountedDays]
    """All the days counted since interest began, those already extinguished included."""
    imputed: tuple[ImputedPayment, ...]
    """Every payment applied; those received before interest began went to principal."""
    reasons: tuple[Reason, ...]
    doubts: tuple[Doubt, ...]

    def explained(self, *, reasons: tuple[Reason, ...] = (), doubts: tuple[Doubt, ...] = ()) -> "Accrual":
        """Return the same account with more reasons and doubts, after its own."""
        if not reasons and not doubts:
            return self
        return quick(Accrual, (*self[:6], self.reasons + reasons, self.doubts + doubts))

    @property
    def principal(self) -> Money:
        """Still owed after imputation."""
        return Money.from_minor(self.principal_minor, self.currency)

    @property
    def late_interest(self) -> Money:
        """Accrued and not yet extinguished by a part payment."""
        return Money.from_minor(self.late_interest_minor, self.currency)

    @property
    def through(self) -> date | None:
        """Last day counted; ``None`` when nothing runs."""
        return self.days[-1].until - timedelta(days=1) if self.days else None

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The days counted, as the segments of a claim."""
        return tuple(
            Segment(
                item_id=self.item_id,
                from_=part.from_,
                until=part.until,
                principal=Money.from_minor(part.base_minor, self.currency),
                rate=part.rate,
                day_count=part.day_count,
                amount=Money.from_minor(part.minor, self.currency),
                source=part.source,
            )
            for part in self.days
        )

    @property
    def payments(self) -> tuple[AppliedPayment, ...]:
        """The payments applied, as a claim shows them."""
        return tuple(
            AppliedPayment(
                received_on=paid.on,
                amount=Money.from_minor(paid.minor, self.currency),
                to_interest=Money.from_minor(paid.to_interest, self.currency),
                to_principal=Money.from_minor(paid.to_principal, self.currency),
                surplus=Money.from_minor(paid.surplus, self.currency),
            )
            for paid in self.imputed
        )


class Indemnity(NamedTuple):
    """Fixed recovery indemnity for one invoice."""

    amount: Money
    extra: Money
    """Proven recovery costs beyond the indemnity."""
    reasons: tuple[Reason, ...]
    doubts: tuple[Doubt, ...]


class DueDate(NamedTuple):
    """A due date supplied by the law where neither invoice nor terms give one."""

    due_on: date | None
    reasons: tuple[Reason, ...]


class Limitation(NamedTuple):
    """The prescription of one item, and what is doubtful in it."""

    deadline: Deadline | None
    """``None`` while time does not run: proceedings or a suspension last."""
    doubts: tuple[Doubt, ...]


class EngineRule(Word):
    """Rules the engine applies whose text belongs to a country."""

    UNALLOCATED_MONEY = "unallocated_money"
    """Which debts are settled by money that names none."""
    CLAIM_GATE = "claim_gate"
    """What a claim needs before a formal demand or a court."""
    INTERRUPTION = "interruption"
    """What makes the time of prescription start again."""


class Jurisdiction(Protocol):
    """The law of one country, in one dated edition. Every answer is a pure function of its arguments."""

    @property
    def code(self) -> str:
        """ISO 3166-1 code in lower case, such as ``fr``."""
        ...

    @property
    def edition(self) -> str:
        """Name of the dated edition of the law files, recorded in every decision."""
        ...

    @property
    def entered(self) -> tuple[DatedValue, ...]:
        """Official values entered by an operator: with them the packaged law is this one again."""
        ...

    @property
    def compiled_on(self) -> date:
        """Day on which the law files were compiled."""
        ...

    def with_values(self, values: tuple[DatedValue, ...]) -> Self:
        """Return this law with official values entered by an operator; the edition then names them.

        Raises ``LawError`` when one contradicts a value of the edition, or belongs to no series that may be completed.
        """
        ...

    def rates(self, on: date) -> RateSheet:
        """Return the rates in force in the period of that day. Raises ``NotCovered`` where one is not known."""
        ...

    def due_date(self, wording: str | None, facts: TermFacts) -> TermAnswer:
        """Return the due date that printed terms give, or the law where there are none."""
        ...

    def check_term(self, wording: str | None, facts: TermFacts) -> TermVerdict:
        """Return whether agreed terms respect the maximum the law sets."""
        ...

    def read_mentions(
        self, lines: str | Iterable[str], *, debtor_kind: DebtorKind, issued_on: date, due_on: date | None = None
    ) -> PrintedMentions:
        """Return what the text of an invoice prints about payment; ``due_on`` when it is known otherwise.

        Raises ``InvalidInput`` for a text that is too long.
        """
        ...

    def check_mentions(self, printed: PrintedMentions) -> MentionsReport:
        """Return which mentions about payment an invoice lacks. Raises ``NotCovered`` where no rule is stated."""
        ...

    def rule_source(self, rule: EngineRule) -> Source:
        """Return the text a rule of the engine rests on."""
        ...

    def default_due_on(self, invoice: Invoice, debtor: Debtor) -> DueDate:
        """Return the due date the law gives an invoice without one, or ``None`` when it cannot be known."""
        ...

    def accrual(self, debt: Debt, on: date) -> Accrual:
        """Return the interest on a debt up to ``on`` included. Never raises for an unknown rate: stops and doubts."""
        ...

    def indemnity(self, debt: Debt, on: date) -> Indemnity:
        """Return the fixed indemnity the late payment of an invoice gives right to."""
        ...

    def prescription(
        self, item: Item, invoice: Invoice, debtor: Debtor, creditor: Creditor, acts: tuple[Act, ...] = ()
    ) -> Limitation:
        """Return the last day to act before the item is barred, the acts of the case taken into account."""
        ...

    def limitation(self, facts: LimitationFacts) -> LimitationAnswer:
        """Return the last day to act on a claim of a named regime. Raises ``InvalidInput`` for absurd facts."""
        ...

    def regimes(self, on: date) -> tuple[Regime, ...]:
        """Return the regimes of limitation with their period on that day."""
        ...

    def declaration_de_creance(self, insolvency: Insolvency) -> Deadline | None:
        """Return the last day to declare a claim in insolvency, or ``None`` when the publication is not known."""
        ...

    def has_declaration(self, insolvency: Insolvency) -> bool:
        """Whether claims are declared in proceedings of that kind."""
        ...

    def insolvency_stop(self, insolvency: Insolvency) -> Reason:
        """Return why earlier debts may no longer be demanded."""
        ...

    def procedural_deadline(
        self, start: date, *, months: int, days: int, region: str | None, is_waiting: bool = False
    ) -> ProceduralDay:
        """Return the end of a period of court proceedings, moved to a working day where the law says so.

        ``is_waiting``: the creditor waits for it, and does not act in it. Raises ``InvalidInput`` for a negative number
        and an unknown region.
        """
        ...

    def limitation_deadline(self, start: date, *, months: int, days: int, is_counted: bool) -> ProceduralDay:
        """Return the last day of a limitation of that length; ``is_counted``: its first day is itself counted."""
        ...

    def steps(self) -> tuple[str, ...]:
        """Return the steps of procedure from which a period is known to run."""
        ...

    def step_deadlines(self, step: Step, region: str | None) -> tuple[StepDeadline, ...]:
        """Return the periods that run from a step, for the creditor to act in or to wait for.

        Raises ``InvalidInput`` for an unknown step or region, ``NotCovered`` where no rule is stated for that day.
        """
        ...

    def holidays(self, year: int, region: str | None) -> tuple[Holiday, ...]:
        """Return the public holidays of a year in order, with those of a region if one is given.

        Raises ``InvalidInput`` for an unknown region, ``NotCovered`` for years whose local days are not known.
        """
        ...

    def holiday_doubts(self, year: int, region: str | None) -> tuple[Doubt, ...]:
        """Return what is not settled about the holidays of a region; raises as ``holidays`` does."""
        ...

    def is_working_day(self, day: date) -> bool:
        """Whether a letter may be dated that day: no Saturday, Sunday or public holiday."""
        ...

    def next_working_day(self, day: date) -> date:
        """Return ``day`` itself if it is worked, else the next day that is."""
        ...

    def is_holiday(self, day: date, address: PostalAddress | None) -> bool:
        """Whether a day is a public holiday where an address is.

        Never raises: where the days of a place or a year are not known, and abroad, the national ones are taken.
        """
        ...

    def routes(self, claim: RouteFacts, on: date) -> tuple[Route, ...]:
        """Return every lawful next step, open or closed, with its court, times, costs and why.

        Raises ``InvalidInput`` for facts that contradict each other, ``NotCovered`` for a day the law does not cover.
        """
        ...
