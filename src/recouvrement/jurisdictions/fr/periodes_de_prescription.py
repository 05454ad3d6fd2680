"""The last day of one period: rules P1 and P2, reforms that shortened it as it ran, the protected days of 2020."""

from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from recouvrement.domain.calendar import MonthEnd, add_years
from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority, Confidence, Source
from recouvrement.domain.values import LAST_DAY
from recouvrement.errors import InvalidInput
from recouvrement.jurisdictions.fr.jours import next_working_day
from recouvrement.jurisdictions.fr.regimes_de_prescription import (
    FILE,
    Reform,
    RegimeRow,
    Version,
    Window,
    reforms_table,
    regimes_table,
    versions_of,
)
from recouvrement.law.limitation import Nature

_ONE_DAY = timedelta(days=1)
_COUNTING = Source(article="C. civ. art. 2228 et 2229", confidence=Confidence.UNSETTLED)
_EXTENSION = Source(article="CPC art. 641 et 642", confidence=Confidence.UNSETTLED)


class Point(NamedTuple):
    """A day from which time runs, itself counted or not."""

    on: date
    is_counted: bool = False

    @property
    def first(self) -> date:
        """The first day counted."""
        return self.on if self.is_counted else self.on + _ONE_DAY


class Branch(NamedTuple):
    """One way to count a period: under the law of its start, or under a later reform. The earliest governs."""

    counts_from: date
    last_day: date
    years: int
    version: Version
    reform: Reform | None = None
    before_floor: date | None = None
    """The last day a suspension leaves by the days alone, without the months it leaves at least."""

    @property
    def is_at_its_own_end(self) -> bool:
        """Whether nothing has moved the last day a reform gives by itself."""
        return self.last_day == end_of(Point(self.counts_from, is_counted=True), self.years)


class Period(NamedTuple):
    """A period from its start, each reform that came while it ran being a branch."""

    branches: tuple[Branch, ...]
    doubts: tuple[Doubt, ...]


def period_from(regime: RegimeRow, point: Point, contract_years: int | None = None) -> Period:
    """Return the period that runs from a point under the version of that day, then under every later, shorter one.

    A reform starts its own, shorter period at 00:00 of its first day (rule P2). A period set by contract meets none.
    A start before the first version known is given the length of that version, the shortest, and a doubt.

    Sources:
        C. civ. art. 2222, 2228, 2229, 2231; civ. 1, 12 Dec. 2018, n° 17-25.697.
    """
    versions = versions_of(regime.id)
    version = next((row for row in versions if row.is_in_force(point.on)), versions[0])
    years = contract_years or version.years
    last_day = end_of(point, years)
    branches = [Branch(point.first, last_day, years, version)]
    if contract_years is None:
        branches += [
            Branch(
                later.from_,
                end_of(Point(later.from_, is_counted=True), later.years),
                later.years,
                later,
                reforms_table().reform(regime.id, later.from_),
            )
            for earlier, later in pairwise(versions)
            if later.years < earlier.years and point.on < later.from_
        ]
    return Period(tuple(branches), (*_out_of_span(regime, point.on, version), *_february(point, last_day)))


def end_of(point: Point, years: int) -> date:
    """Return the last day of a period: same day number (P1), or the day before it when the first day counts (P2).

    >>> end_of(Point(date(2013, 4, 19)), 5), end_of(Point(date(2008, 6, 19), is_counted=True), 5)
    (datetime.date(2018, 4, 19), datetime.date(2013, 6, 18))

    Never put off to a working day. Raises ``InvalidInput`` past the last day a fact may bear.

    Sources:
        C. civ. art. 2228 and 2229; com. 14 June 2023, n° 21-14.841; civ. 1, 12 Dec. 2018, n° 17-25.697.
    """
    if point.on.year + years > LAST_DAY.year:
        raise InvalidInput(
            where="start",
            found=f"{years} years from {point.on.isoformat()} end after {LAST_DAY.isoformat()}",
            hint="Correct the date.",
        )
    same_number = add_years(point.on, years, MonthEnd.CLAMP)
    return same_number - _ONE_DAY if point.is_counted else same_number


def protected(last_day: date) -> Window | None:
    """Return the window of 2020 in which a legal period would have expired, if any.

    Sources:
        ord. 2020-306 of 25 March 2020, as amended by 2020-427 and 2020-560.
    """
    return next((window for window in reforms_table().windows if window.is_in_force(last_day)), None)


def last_day_doubts(regime: RegimeRow, governing: Branch, last_day: date) -> tuple[Doubt, ...]:
    """Return what is doubtful in a last day: sources that print the next one, a forclusion that might be put off.

    Sources:
        CPC art. 641 and 642; civ. 1, 17 March 1998, n° 96-15.567 (consumer credit).
    """
    reform = governing.reform
    if reform is not None and reform.sources_print_later and governing.is_at_its_own_end:
        inputs: dict[str, object] = {"last_day": last_day, "sources_print": last_day + _ONE_DAY}
        return (Doubt.of("source_conflict_one_day", Authority.LAW, inputs, reform.source),)
    extended = next_working_day(last_day)
    if regime.nature is Nature.FORCLUSION and extended != last_day:
        inputs = {"last_day": last_day, "extended": extended}
        return (Doubt.of("forclusion_extension_unsettled", Authority.LAW, inputs, _EXTENSION),)
    return ()


def refuse_far(last_day: date) -> None:
    """Refuse a last day that no fact may bear. Raises ``InvalidInput``."""
    if last_day > LAST_DAY:
        raise InvalidInput(
            where="acts",
            found=f"the last day to act would be {last_day.isoformat()}, after {LAST_DAY.isoformat()}",
            hint="Correct the dates.",
        )


def _out_of_span(regime: RegimeRow, start: date, version: Version) -> tuple[Doubt, ...]:
    if start < version.from_:
        inputs: dict[str, object] = {"start": start, "in_force_from": version.from_}
        return (Doubt.of("transitional_law_not_computed", Authority.LAW, inputs, version.source),)
    last_covered = regimes_table().last_day
    if start > last_covered:
        inputs = {"rule": f"fr.{FILE}.{regime.id}", "from": last_covered + _ONE_DAY}
        return (Doubt.of("rule_not_covered", Authority.LAW, inputs, version.source),)
    return ()


def _february(point: Point, last_day: date) -> tuple[Doubt, ...]:
    """Return the doubt of an end of February: no text or ruling settles it, and the earlier reading is taken."""
    from_ = (point.on.month, point.on.day)
    is_doubtful = from_ == (2, 29) or (from_ == (2, 28) and not point.is_counted and _is_leap(last_day.year))
    if not is_doubtful:
        return ()
    return (Doubt.of("february_ambiguity", Authority.LAW, {"start": point.on, "last_day": last_day}, _COUNTING),)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
