"""Hypothesis strategies for what conditions see: cases and items as they may be on a day."""

from datetime import date, timedelta
from typing import Final

from hypothesis import strategies as st

from recouvrement.domain.calendar import next_weekday
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.vocabulary import Channel, PaymentMethod
from recouvrement.scenario.facts import CaseFacts, ItemFacts, PromiseState

FIRST: Final = date(2024, 1, 1)
"""A Monday; facts lie around it, in a span that has a 29 February."""

_STAGES = ("relance_1", "relance_2", "appel", "mise_en_demeure")
_NAMES = ("vip", "export", "litige")

_days = st.integers(0, 900).map(lambda count: FIRST + timedelta(days=count))


@st.composite
def case_facts(draw: st.DrawFn, on: date) -> CaseFacts:
    """Draw what conditions see of a whole case on a day: nothing lies in the future but what is announced."""
    before = st.integers(0, 120).map(lambda days: on - timedelta(days=days))
    after = st.integers(1, 120).map(lambda days: on + timedelta(days=days))
    return CaseFacts(
        debtor_kind=draw(st.sampled_from(DebtorKind)),
        tags=draw(st.frozensets(st.sampled_from(_NAMES))),
        segment=draw(st.sampled_from((None, "bons", "mauvais"))),
        language=draw(st.sampled_from(("fr", "en"))),
        channels=draw(st.frozensets(st.sampled_from([one for one in Channel if one is not Channel.INTERNAL]))),
        balance_minor=draw(st.one_of(st.integers(-10_000, 2_000_000), st.sampled_from((0, 10_000, 100_000)))),
        currency=draw(st.sampled_from(("EUR", "JPY", "TND"))),
        overdue_items=draw(st.integers(0, 12)),
        next_overdue_on=draw(st.one_of(st.none(), after)),
        last_contact_on=draw(st.one_of(st.none(), before)),
    )


@st.composite
def item_facts(draw: st.DrawFn) -> ItemFacts:
    """Draw what conditions see of one item on a day, the case included."""
    on = draw(_days)
    before = st.integers(0, 400).map(lambda days: on - timedelta(days=days))
    past = st.one_of(st.none(), before)
    promise = draw(st.one_of(st.none(), st.sampled_from(PromiseState)))
    lacks = draw(st.sampled_from(((), ("certain",), ("due", "not_barred"))))
    near = st.integers(-200, 200).map(lambda days: on + timedelta(days=days))
    later = st.integers(1, 200).map(lambda days: on + timedelta(days=days))
    return ItemFacts(
        on=on,
        case=draw(case_facts(on)),
        due_on=draw(st.one_of(st.none(), near)),
        issued_on=draw(past),
        stages_done=draw(st.dictionaries(st.sampled_from(_STAGES), before, max_size=3)),
        notice_delivered_on=draw(past),
        payment_rejected_on=draw(past),
        scenario_started_on=draw(past),
        next_working_day=next_weekday,
        payment_method=draw(st.one_of(st.none(), st.sampled_from(PaymentMethod))),
        promise=promise,
        promise_judged_on=draw(later) if promise is PromiseState.PENDING else None,
        lacks=lacks,
        ready_on=draw(st.one_of(st.none(), later)),
    )
