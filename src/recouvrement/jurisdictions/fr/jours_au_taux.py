"""Rates and the runs of days that share one: what an account of late days is counted from."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, overload

from recouvrement.domain.decision import Doubt
from recouvrement.domain.money import minor_rounded_half_up
from recouvrement.domain.reasons import Authority, Reason, Source
from recouvrement.domain.terms import DayCount
from recouvrement.errors import LawError
from recouvrement.jurisdictions.fr.parametres import Edition
from recouvrement.law.jurisdiction import CountedDays
from recouvrement.law.parameters import Parameter

_ONE_DAY = timedelta(days=1)


class Rate(NamedTuple):
    """A yearly rate, until the day it changes."""

    until: date
    """First day it no longer governs."""
    ppm: int
    """Millionths: 124 000 for 12.40 %."""
    percent: Decimal
    source: Source
    reason: Reason
    doubts: tuple[Doubt, ...]


class Gap(NamedTuple):
    """Days for which no rate is known."""

    resumes_on: date | None
    """First later day with a known rate; ``None`` when none is published yet."""
    doubt: Doubt


RateOn = Callable[[date], Rate | Gap]
"""The rate that governs a day; it never raises."""


class RateSeries(NamedTuple):
    """A rate that follows published figures. Equal series give equal rates: what was read once is kept."""

    rate_on: Callable[[date, Edition], Rate | Gap]
    """A function of the law, not one made for a debt."""
    dated: Edition

    def __call__(self, day: date) -> Rate | Gap:
        """Return the rate that governs a day."""
        return self.rate_on(day, self.dated)


class Run(NamedTuple):
    """Days that share one rate, or have none."""

    from_: date
    until: date
    days: int
    rate: Rate | Gap


class Runs(NamedTuple):
    """The days of a delay cut where the rate changes, with the reasons and doubts of their rates."""

    runs: tuple[Run, ...]
    reasons: tuple[Reason, ...]
    doubts: tuple[Doubt, ...]
    weights: tuple[int, ...]
    """Of each run, its days times its rate; none where a run has no rate."""


class DaysOnOneBase(Sequence[CountedDays]):
    """Days that bear interest on one base, put in shape when they are read: of most debts nobody reads them.

    Kept in shape, those of ten thousand debts were a third of what the collector walked through.
    """

    __slots__ = ("_base", "_day_count", "_runs", "_year")

    def __init__(self, base_minor: int, day_count: DayCount, year: int, runs: tuple[Run, ...]) -> None:
        self._base, self._day_count, self._year, self._runs = base_minor, day_count, year, runs

    def __len__(self) -> int:
        return len(self._runs)

    @overload
    def __getitem__(self, place: int) -> CountedDays: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[CountedDays, ...]: ...
    def __getitem__(self, place: int | slice) -> CountedDays | tuple[CountedDays, ...]:
        if isinstance(place, slice):
            return tuple(self)[place]
        from_, until, days, rate = self._runs[place]
        if not isinstance(rate, Rate):
            raise LawError(where="days on one base", found="a run without a rate", hint="Count them step by step.")
        minor = minor_rounded_half_up(self._base * rate.ppm * days, self._year)
        return CountedDays(from_, until, self._base, rate.percent, self._day_count, minor, rate.source)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def ppm(percent: Decimal) -> int:
    """Return a rate in per cent as whole millionths.

    Raises ``LawError`` for a rate of more than four decimals, which could not be counted exactly.

    >>> ppm(Decimal("12.40"))
    124000
    """
    figure, denominator = percent.as_integer_ratio()
    millionths, rest = divmod(figure * 10_000, denominator)
    if rest:
        raise LawError(
            where="rate", found=f"{percent} % has more than four decimals", hint="Correct the figure it comes from."
        )
    return millionths


def rate_gap(rule: str, parameter: Parameter, from_: date, first_ruled: date | None = None) -> Gap:
    """Return why no rate is known from that day: the rule is not stated so early, or its figure is not yet published.

    In ``rate_not_published``, ``from`` is the first day without a rate and ``through`` the day before it, the last that
    can be counted; in ``rule_not_covered``, ``through`` is the last day that cannot.
    """
    first = max(first_ruled or parameter.first_day, parameter.first_day)
    if from_ < first:
        inputs: dict[str, object] = {"rule": rule, "through": first - _ONE_DAY}
        return Gap(first, Doubt.of("rule_not_covered", Authority.LAW, inputs))
    inputs = {
        "parameter": parameter.id,
        "from": from_,
        "through": from_ - _ONE_DAY,
        "expected_on": None if parameter.entered else parameter.next_expected_on,
    }
    return Gap(None, Doubt.of("rate_not_published", Authority.LAW, inputs))


@lru_cache(maxsize=8192)
def kept_runs(series: RateSeries, first_day: date, until: date) -> Runs:
    """Return the runs of a series, worked out once for all the debts of that due date: rates are read by date alone."""
    return runs_of(series, first_day, until)


def runs_of(rate_on: RateOn | RateSeries, first_day: date, until: date) -> Runs:
    """Return the runs of days from ``first_day`` to ``until`` excluded."""
    runs: list[Run] = []
    from_ = first_day
    while from_ < until:
        rate = rate_on(from_)
        end = min(_end_of(rate, from_, until), until)
        runs.append(Run(from_, end, (end - from_).days, rate))
        from_ = end
    return explained_runs(tuple(runs))


def explained_runs(runs: tuple[Run, ...]) -> Runs:
    """Return runs with the reasons and doubts of their rates, each once and in the order a reader needs them."""
    rates = [run.rate for run in runs if isinstance(run.rate, Rate)]
    met = [run.rate.doubt for run in runs if isinstance(run.rate, Gap)]
    met += [doubt for rate in rates for doubt in rate.doubts]
    # By code and inputs, which say all that a reader sees: comparing whole reasons took a third of the account's time.
    reasons = {(rate.reason.code, rate.reason.inputs): rate.reason for rate in rates}
    doubts = {(doubt.code, doubt.reason.inputs): doubt for doubt in met}
    weights = tuple(run.days * run.rate.ppm for run in runs if isinstance(run.rate, Rate))
    return Runs(runs, tuple(reasons.values()), tuple(doubts.values()), weights if len(weights) == len(runs) else ())


def _end_of(rate: Rate | Gap, from_: date, until: date) -> date:
    """Return the day a rate or a gap ends, later than ``from_``: anything else would count for ever."""
    ends = rate.until if isinstance(rate, Rate) else rate.resumes_on or until
    if ends <= from_:
        raise LawError(
            where=f"rate of {from_.isoformat()}", found="it ends before it begins", hint="Correct the law files."
        )
    return ends
