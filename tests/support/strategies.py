"""Hypothesis strategies: scenarios of every shape, and cases with every kind of event."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from recouvrement import (
    FRANCE,
    Allocation,
    Case,
    Channel,
    Contact,
    CreditNote,
    Debtor,
    DebtorKind,
    DocumentKind,
    Insolvency,
    InsolvencyKind,
    InsolvencyOpened,
    Instalment,
    Invoice,
    LimitationActDone,
    LimitationActKind,
    Money,
    NoticeDelivered,
    Payment,
    PaymentRejected,
    ProceduralStepDone,
    ProofKind,
    ProofSupplied,
    Rank,
    Scenario,
    ScenarioStarted,
    Stage,
    StepRecorded,
    StopKind,
    StopLifted,
    StopPlaced,
    Terminal,
    builtin,
)
from recouvrement.domain.events import (
    AddressBounced,
    ChannelAccepted,
    ChannelRefused,
    HistoryEvent,
    PlanAgreed,
    PlanDefaultNotified,
)
from recouvrement.domain.parties import ContactRole
from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, REQUESTED_DOCUMENTS, PaymentMethod
from recouvrement.scenario.calendar_conditions import DayOfMonth, DaysAfter, DaysBefore, OnWeekday, Weekday, WorkingDay
from recouvrement.scenario.case_conditions import (
    BalanceAtLeast,
    BalanceAtMost,
    ChannelAvailable,
    DaysSinceLastContact,
    DebtorKindIs,
    HasTag,
    LanguageIs,
    OverdueItemsAtLeast,
    SegmentIs,
)
from recouvrement.scenario.conditions import AllOf, AnyOf, Condition, Not
from recouvrement.scenario.facts import PromiseState
from recouvrement.scenario.item_conditions import ClaimReady, PaymentMethodIs, PromiseIs, StageDone
from recouvrement.scenario.model import Advances, Branch, Entry, Grouping, Outcome, Repeat, Scope, ThankYou
from recouvrement.scenario.window import SendingWindow
from support.cases import ADDRESS, CONTACT, CREDITOR

START = date(2026, 3, 2)
SPAN = 200

days = st.integers(-20, SPAN).map(lambda offset: START + timedelta(days=offset))
cents = st.integers(1, 200_000).map(lambda minor: Money.from_minor(minor, "EUR"))

_OUTSIDE = [
    kind for kind in DocumentKind if kind not in INTERNAL_DOCUMENTS | REQUESTED_DOCUMENTS | {DocumentKind.THANK_YOU}
]
_REFUSABLE = (Channel.EMAIL, Channel.PHONE, Channel.SMS, Channel.POST)
_WAYS = [channel for channel in Channel if channel not in {Channel.INTERNAL, Channel.SMS}]
_BEFORE_PROCEEDINGS = (Rank.PRE_LITIGATION, Rank.LITIGATION)
_RANKS = (Rank.PREVENTIVE, Rank.AMICABLE, Rank.AMICABLE, Rank.FORMAL, Rank.LITIGATION)


@st.composite
def documents(draw: st.DrawFn) -> tuple[DocumentKind, tuple[Channel, ...], Rank]:
    """Draw a document with channels and a rank that suit it."""
    document = draw(st.sampled_from(_OUTSIDE))
    ways = tuple(draw(st.lists(st.sampled_from(_WAYS), min_size=1, max_size=2, unique=True)))
    ranks = _BEFORE_PROCEEDINGS if document is DocumentKind.LAST_NOTICE else _RANKS
    return document, (Channel.SMS,) if document is DocumentKind.SMS else ways, draw(st.sampled_from(ranks))


case_conditions: st.SearchStrategy[Condition] = st.one_of(
    st.builds(BalanceAtMost, amount=st.integers(0, 3000).map(Decimal)),
    st.builds(OverdueItemsAtLeast, count=st.integers(1, 4)),
    st.builds(DaysSinceLastContact, days=st.integers(0, 40)),
    st.builds(
        DebtorKindIs, kinds=st.lists(st.sampled_from(DebtorKind), min_size=1, max_size=3, unique=True).map(tuple)
    ),
    st.builds(HasTag, tag=st.sampled_from(("vip", "export"))),
    st.builds(SegmentIs, segments=st.just(("grands_comptes",))),
    st.builds(LanguageIs, languages=st.just(("fr",))),
    st.builds(ChannelAvailable, channel=st.sampled_from((*_WAYS, Channel.SMS))),
)
item_conditions: st.SearchStrategy[Condition] = st.one_of(
    st.builds(PaymentMethodIs, methods=st.sampled_from(PaymentMethod).map(lambda method: (method,))),
    st.builds(PromiseIs, state=st.sampled_from(PromiseState)),
    st.just(ClaimReady()),
)
branches = st.builds(Branch, when=st.one_of(case_conditions, item_conditions), outcome=st.sampled_from(Outcome))
calendar_conditions: st.SearchStrategy[Condition] = st.one_of(
    st.builds(OnWeekday, days=st.lists(st.sampled_from(Weekday), min_size=1, max_size=6, unique=True).map(tuple)),
    st.tuples(st.integers(1, 31), st.integers(1, 31))
    .filter(lambda window: window[0] != window[1] + 1 and window != (1, 31))
    .map(lambda window: DayOfMonth(from_day=window[0], through_day=window[1])),
)


@st.composite
def conditions(draw: st.DrawFn, stages: tuple[str, ...], depth: int = 0) -> Condition:  # noqa: PLR0911  # one shape a branch
    """Draw a condition that may name any anchor or stage."""
    named = st.sampled_from(
        (
            *("due_on", "due_on", "issued_on", "previous_stage", "notice_delivered_on", "payment_rejected_on"),
            *(f"stage:{stage}" for stage in stages),
        )
    )
    shapes = ("after", "after", "before", "working", "balance", "done", "case", "item", "calendar") + (
        ("all", "any", "not") if depth < 2 else ()
    )
    match draw(st.sampled_from(shapes)):
        case "after":
            return DaysAfter(anchor=draw(named), days=draw(st.integers(0, 40)))
        case "before":
            return DaysBefore(anchor=draw(named), days=draw(st.integers(1, 30)))
        case "working":
            return WorkingDay()
        case "balance":
            return BalanceAtLeast(amount=Decimal(draw(st.integers(0, 3000))))
        case "done":
            return StageDone(stage=draw(st.sampled_from(stages)))
        case "case":
            return draw(case_conditions)
        case "item":
            return draw(item_conditions)
        case "calendar":
            return draw(calendar_conditions)
        case "not":
            return Not(of=draw(conditions(stages, depth + 1)))
        case shape:
            parts = tuple(draw(conditions(stages, depth + 1)) for _ in range(draw(st.integers(1, 3))))
            return AllOf(of=parts) if shape == "all" else AnyOf(of=parts)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Draw a built-in scenario or one of one to four stages of any shape."""
    if draw(st.integers(0, 2)) == 0:
        return builtin(draw(st.sampled_from(("standard_b2b", "consommateur", "secteur_public"))))
    names = tuple(f"s{index}" for index in range(draw(st.integers(1, 4))))
    stages = tuple(
        Stage(
            id=name,
            document=document,
            channels=channels,
            when=draw(
                st.one_of(st.builds(DaysAfter, anchor=st.just("due_on"), days=st.integers(0, 40)), conditions(names))
            ),
            rank=rank,
            recipients=draw(st.permutations(list(ContactRole)).map(tuple)),
            pay_within_days=draw(st.sampled_from((None, None, 0, 8))),
            grace_days=draw(st.sampled_from((0, 0, 3))),
            repeat=draw(st.sampled_from((None, None, None, Repeat(every_days=1, max_times=2), _WEEKLY))),
            min_item_amount=draw(st.sampled_from((None, None, None, Decimal(100)))),
            min_message_amount=draw(st.sampled_from((None, None, None, Decimal(500)))),
            scope=draw(st.sampled_from(Scope)),
            advances=draw(st.sampled_from(Advances)),
            requires_approval=draw(st.integers(0, 3)) == 0,
            optional=draw(st.integers(0, 3)) == 0,
            may_be_first_contact=draw(st.integers(0, 3)) == 0,
        )
        for name in names
        for document, channels, rank in [draw(documents())]
    )
    if draw(st.integers(0, 3)) == 0:
        suspension = Stage(
            id="suspension",
            document=DocumentKind.DELIVERY_SUSPENSION,
            channels=(Channel.INTERNAL,),
            when=draw(conditions(names)),
            rank=Rank.AMICABLE,
        )
        place = draw(st.integers(0, len(stages)))
        stages = (*stages[:place], suspension, *stages[place:])
    grouping = draw(st.sampled_from((Grouping.PER_DEBTOR, *Grouping)))
    return Scenario(
        id="dessine",
        version=1,
        title="Scénario tiré au sort",
        debtor_kinds=tuple(DebtorKind),
        min_interval_days=draw(st.sampled_from((0, 1, 4, 7))),
        entry=draw(st.sampled_from(Entry)),
        grouping=grouping,
        max_messages_per_run=None if grouping is Grouping.PER_DEBTOR else draw(st.sampled_from((None, 1, 2))),
        sending=draw(st.sampled_from((SendingWindow(), SendingWindow(), _TUESDAYS, _ALWAYS))),
        postal_transit_days=draw(st.sampled_from((0, 3))),
        waits_for_direct_debit=draw(st.booleans()),
        max_bank_data_age_days=draw(st.sampled_from((None, None, 3))),
        nets_unallocated=draw(st.integers(0, 4)) != 0,
        counts_due_day=draw(st.integers(0, 4)) == 0,
        thank_you=draw(st.sampled_from((None, ThankYou(channels=(Channel.EMAIL, Channel.POST))))),
        stages=stages,
        terminal=Terminal(
            when=DaysAfter(anchor="previous_stage", days=draw(st.integers(0, 40))),
            outcome=Outcome.HUMAN_DECISION,
            branches=draw(
                st.lists(
                    st.builds(
                        Branch, when=st.one_of(case_conditions, item_conditions), outcome=st.sampled_from(Outcome)
                    ),
                    max_size=2,
                ).map(tuple)
            ),
        ),
        prescription_lead_days=draw(st.sampled_from(((180, 60), (), (10,)))),
    )


_WEEKLY = Repeat(every_days=7, max_times=3)
_TUESDAYS = SendingWindow(weekdays=(Weekday.TUESDAY,))
_ALWAYS = SendingWindow(weekdays=tuple(Weekday), on_holidays=True)


@st.composite
def invoices(draw: st.DrawFn, number: int) -> Invoice:
    """Draw an invoice of one to three instalments, recent or years old."""
    due_on = START + timedelta(days=draw(st.one_of(st.integers(-60, 100), st.sampled_from((-700, -1800, -1826)))))
    parts = tuple(
        Instalment(amount=draw(cents), due_on=due_on + timedelta(days=30 * index))
        for index in range(draw(st.sampled_from((1, 1, 2, 3))))
    )
    return Invoice(
        number=f"F{number}",
        issued_on=due_on - timedelta(days=draw(st.integers(0, 40))),
        total=Money.from_minor(sum(part.amount.minor for part in parts), "EUR"),
        instalments=parts,
        order_reference=draw(st.sampled_from(("BC-1", None))),
        payment_method=draw(st.sampled_from((None, None, PaymentMethod.TRANSFER, PaymentMethod.DIRECT_DEBIT))),
        delivered_on=draw(st.sampled_from((None, due_on - timedelta(days=30), due_on + timedelta(days=60)))),
    )


@st.composite
def events(draw: st.DrawFn, index: int, names: list[str], stages: tuple[str, ...]) -> HistoryEvent:  # noqa: C901, PLR0911, PLR0912  # one kind a branch
    """Draw an event of any kind the outside world may bring."""
    code, on = f"e{index}", draw(days)
    items = tuple(draw(st.lists(st.sampled_from(names), max_size=2, unique=True)))
    until = draw(st.one_of(st.none(), st.integers(1, 30).map(lambda length: on + timedelta(days=length))))
    some = items or (names[0],)
    kinds = (
        *("stop", "stop", "part", "lift", "step", "bounce", "notice", "proof", "start", "insolvency", "act", "court"),
        *("promise", "promise", "plan", "plan", "default", "lost", "refused", "accepted"),
    )
    match draw(st.sampled_from(kinds)):
        case "stop":
            kind = draw(st.sampled_from(StopKind))
            return StopPlaced(
                id=code,
                effective_on=on,
                stop_id=f"s{index}",
                stop=kind,
                item_ids=items,
                until=until,
                review_on=draw(
                    st.one_of(st.none(), st.integers(0, 40).map(lambda length: on + timedelta(days=length)))
                ),
                payee="Banque du Rhin" if kind is StopKind.ASSIGNMENT else None,
            )
        case "promise":
            return StopPlaced(
                id=code,
                effective_on=on,
                stop_id=f"s{index}",
                stop=StopKind.PROMISE_TO_PAY,
                item_ids=items,
                amount=draw(st.one_of(st.none(), cents)),
                pay_by=on + timedelta(days=draw(st.integers(0, 30))),
                grace_days=draw(st.sampled_from((0, 3))),
            )
        case "plan":
            months = draw(st.integers(1, 4))
            parts = tuple(
                Instalment(amount=draw(cents), due_on=on + timedelta(days=15 * (part + 1))) for part in range(months)
            )
            return PlanAgreed(
                id=code,
                effective_on=on,
                plan_id=f"s{index}",
                item_ids=items,
                instalments=parts,
                accelerates=draw(st.booleans()),
                grace_days=draw(st.sampled_from((0, 5))),
            )
        case "default":
            return PlanDefaultNotified(id=code, effective_on=on, plan_id=f"s{draw(st.integers(0, 4))}")
        case "lost":
            channel, address = draw(st.sampled_from(((Channel.EMAIL, CONTACT.email), (Channel.POST, None))))
            return AddressBounced(id=code, effective_on=on, channel=channel, address=address)
        case "refused":
            return ChannelRefused(id=code, effective_on=on, channels=(draw(st.sampled_from(_REFUSABLE)),))
        case "accepted":
            return ChannelAccepted(id=code, effective_on=on, channels=(draw(st.sampled_from(_REFUSABLE)),))
        case "part":
            return StopPlaced(
                id=code,
                effective_on=on,
                stop_id=f"s{index}",
                stop=StopKind.DISPUTE,
                item_ids=items,
                until=until,
                amount=draw(cents),
            )
        case "lift":
            return StopLifted(id=code, effective_on=on, stop_id=f"s{draw(st.integers(0, 4))}")
        case "step":
            return StepRecorded(id=code, effective_on=on, stage=draw(st.sampled_from(stages)), item_ids=some)
        case "bounce":
            return PaymentRejected(id=code, effective_on=on, payment_id="P0")
        case "notice":
            return NoticeDelivered(id=code, effective_on=on, item_ids=some)
        case "proof":
            return ProofSupplied(id=code, effective_on=on, item_ids=items, proof=ProofKind.ORDER, reference="BC-7")
        case "act":
            kind_of_act = draw(st.sampled_from(LimitationActKind))
            return LimitationActDone(id=code, effective_on=on, act=kind_of_act, item_ids=items, until=until)
        case "court":
            step = draw(st.sampled_from(FRANCE.steps()))
            return ProceduralStepDone(
                id=code, effective_on=on, step=step, item_ids=items, is_abroad=draw(st.booleans())
            )
        case "start":
            return ScenarioStarted(
                id=code, effective_on=on, scenario="dessine", segment=draw(st.sampled_from((None, "grands_comptes")))
            )
        case _:
            kind_of = draw(st.sampled_from(InsolvencyKind))
            return InsolvencyOpened(
                id=code, effective_on=on, insolvency=Insolvency(kind=kind_of, opened_on=on, published_on=until)
            )


@st.composite
def cases(draw: st.DrawFn, scenario: Scenario) -> Case:
    """Draw a case that may have lived anything."""
    issued = [draw(invoices(number)) for number in range(draw(st.integers(1, 4)))]
    names = [one.number for one in issued] + [item.id for one in issued for item in one.items]
    payments = []
    for index in range(draw(st.integers(0, 3))):
        amount = draw(cents)
        allocated = draw(st.booleans())
        part = (Allocation(item_id=draw(st.sampled_from(names)), amount=amount),) if allocated else ()
        payments.append(Payment(id=f"P{index}", received_on=draw(days), amount=amount, allocations=part))
    notes = [
        CreditNote(
            number=f"A{index}",
            issued_on=draw(days),
            amount=draw(cents),
            invoice_number=draw(st.sampled_from((None, issued[0].number))),
        )
        for index in range(draw(st.sampled_from((0, 0, 1))))
    ]
    stages = tuple(stage.id for stage in scenario.stages)
    lived = [draw(events(index, names, stages)) for index in range(draw(st.integers(0, 5)))]
    opened_on = draw(days)
    insolvency = Insolvency(
        kind=InsolvencyKind.SAUVEGARDE,
        opened_on=opened_on,
        published_on=draw(st.sampled_from((None, opened_on + timedelta(days=5)))),
        closed_on=draw(st.sampled_from((None, opened_on + timedelta(days=30)))),
    )
    return Case(
        creditor=CREDITOR,
        debtor=Debtor(
            id="fournil",
            name="Boulangerie Le Fournil",
            kind=draw(st.sampled_from(DebtorKind)),
            contacts=draw(st.sampled_from(((CONTACT,), (Contact(email=CONTACT.email),), ()))),
            address=draw(st.sampled_from((ADDRESS, ADDRESS, None))),
            insolvency=insolvency if draw(st.integers(0, 9)) == 0 else None,
            tags=draw(st.sampled_from(((), ("vip",)))),
        ),
        bank_data_through=draw(st.one_of(st.none(), days)),
        invoices=tuple(issued),
        credit_notes=tuple(notes),
        payments=tuple(payments),
        history=tuple(lived),
    )
