from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from recouvrement.domain.calendar import MonthEnd, add_years
from recouvrement.domain.vocabulary import LimitationActKind
from recouvrement.jurisdictions.fr.actes_de_prescription import ActEffect, act_row
from recouvrement.jurisdictions.fr.prescription import limitation
from recouvrement.jurisdictions.fr.regimes_de_prescription import regime_named, regimes_table
from recouvrement.law.limitation import Act, LimitationAnswer, LimitationFacts

REGIMES = st.sampled_from([row.id for row in regimes_table().regimes])
CAPPED = st.sampled_from([row.id for row in regimes_table().regimes if row.has_long_stop])
STARTS = st.dates(date(1995, 1, 1), date(2040, 12, 31))
SINCE_LONG_STOP = st.dates(date(2008, 6, 19), date(2040, 12, 31))
KINDS = [kind.value for kind in LimitationActKind]


@st.composite
def acts(draw: st.DrawFn, regime: str, start: date, size: int = 6) -> tuple[Act, ...]:
    found = []
    for _ in range(draw(st.integers(0, size))):
        kind = draw(st.sampled_from(KINDS))
        on = start + timedelta(days=draw(st.integers(-400, 9000)))
        lasts = act_row(kind, regime).may_last and draw(st.booleans())
        found.append(Act(kind, on, on + timedelta(days=draw(st.integers(0, 1500))) if lasts else None))
    return tuple(found)


def counted(regime: str, start: date, known: tuple[Act, ...]) -> LimitationAnswer:
    return limitation(LimitationFacts(regime, start, known))


@given(st.data(), REGIMES, STARTS)
def test_the_order_in_which_acts_are_given_is_irrelevant(data: st.DataObject, regime: str, start: date) -> None:
    known = data.draw(acts(regime, start))
    shuffled = tuple(data.draw(st.permutations(known)))
    assert counted(regime, start, known) == counted(regime, start, shuffled) == counted(regime, start, known)


@given(st.data(), REGIMES, STARTS)
def test_an_act_that_undoes_nothing_never_brings_the_last_day_forward(
    data: st.DataObject, regime: str, start: date
) -> None:
    known = tuple(act for act in data.draw(acts(regime, start)) if not act_row(act.kind, regime).target)
    more = tuple(act for act in data.draw(acts(regime, start, 1)) if not act_row(act.kind, regime).target)
    without, with_it = counted(regime, start, known).last_day, counted(regime, start, known + more).last_day
    assert (with_it or date.max) >= (without or date.max)


@given(SINCE_LONG_STOP, st.integers(1, 1700), st.integers(0, 2000))
def test_a_suspension_without_floor_adds_exactly_its_length(start: date, after: int, days: int) -> None:
    from_ = start + timedelta(days=after)
    plain = counted("b2b", start, ()).last_day
    assert plain is not None
    if date(2020, 3, 12) <= plain <= date(2020, 8, 23):
        return  # the protected days of 2020 have their own test
    suspended = counted("b2b", start, (Act("force_majeure", from_, from_ + timedelta(days=days)),)).last_day
    expected = plain + timedelta(days=days)
    window = date(2020, 3, 12) <= expected <= date(2020, 6, 23)
    assert suspended == (date(2020, 8, 23) if window else expected)


@given(st.data(), REGIMES, STARTS)
def test_nothing_after_expiry_revives_a_claim_except_a_waiver(data: st.DataObject, regime: str, start: date) -> None:
    known = tuple(act for act in data.draw(acts(regime, start)) if not act_row(act.kind, regime).target)
    plain = counted(regime, start, ()).last_day
    assert plain is not None
    late = tuple(act for act in known if act.on > plain and act.kind != "waiver")
    found = counted(regime, start, late)
    assert found.last_day == plain
    assert {step.effect for step in found.path if step.from_ > plain} <= {"after_expiry", "no_effect"}
    waived = counted(regime, start, (Act("waiver", plain + timedelta(days=1)),)).last_day
    assert waived is not None
    assert (waived > plain) == (act_row("waiver", regime).effect is ActEffect.REVIVES)


@given(st.data(), CAPPED, SINCE_LONG_STOP)
def test_the_last_day_is_never_past_twenty_years_unless_a_court_claim_or_enforcement_carries_it(
    data: st.DataObject, regime: str, start: date
) -> None:
    known = tuple(act for act in data.draw(acts(regime, start, 10)) if not act_row(act.kind, regime).beyond_long_stop)
    born_on = start - timedelta(days=data.draw(st.integers(0, 1500)))
    found = limitation(LimitationFacts(regime, start, known, born_on=born_on))
    if found.last_day is not None:
        assert found.last_day <= add_years(born_on, 20, MonthEnd.CLAMP)


@given(st.data(), REGIMES, STARTS)
def test_an_answer_has_its_chain_its_day_and_a_safe_day_before_it(
    data: st.DataObject, regime: str, start: date
) -> None:
    known = data.draw(acts(regime, start))
    found = counted(regime, start, known)
    ends = [step.from_ for step in found.path if step.effect == "last_day"]
    assert ends == ([] if found.last_day is None else [found.last_day])
    assert [step.from_ for step in found.path] == sorted(step.from_ for step in found.path)
    assert {act.kind for act in known} <= {step.act for step in found.path}
    assert (found.last_day is None) == (found.safe_day is None)
    if found.last_day is not None and found.safe_day is not None:
        assert timedelta(0) < found.last_day - found.safe_day < timedelta(days=6)
    assert found.nature is regime_named(regime).nature
