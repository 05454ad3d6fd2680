"""The end of a period: in court proceedings (CPC art. 640 to 642), and of a limitation (C. civ. art. 2228, 2229)."""

from datetime import date, datetime, timedelta
from typing import Final

from recouvrement.domain.calendar import MonthEnd, add_months
from recouvrement.domain.decision import Doubt, PathStep
from recouvrement.domain.reasons import Authority, Confidence, Source
from recouvrement.domain.values import FIRST_DAY, LAST_DAY
from recouvrement.errors import InvalidInput, NotCovered
from recouvrement.jurisdictions.fr.jours import (
    holiday_doubts,
    is_working_day,
    next_working_day,
    region_named,
)
from recouvrement.law.courts import ProceduralDay

CPC_640: Final = Source(article="CPC art. 640", confidence=Confidence.COMMENTARY)
CPC_641_DAYS: Final = Source(article="CPC art. 641 al. 1", confidence=Confidence.TEXT_READ)
CPC_641_MONTHS: Final = Source(article="CPC art. 641 al. 2", confidence=Confidence.TEXT_READ)
CPC_641_BOTH: Final = Source(article="CPC art. 641 al. 3", confidence=Confidence.TEXT_READ)
CPC_642_END: Final = Source(article="CPC art. 642 al. 1", confidence=Confidence.COMMENTARY)
CPC_642: Final = Source(article="CPC art. 642 al. 2", confidence=Confidence.COMMENTARY)
_LOCAL_642: Final = Source(article="CPC art. 642 al. 2", confidence=Confidence.UNSETTLED)
_CIVIL: Final = Source(article="C. civ. art. 2228 et 2229", confidence=Confidence.TEXT_READ)
_NO_EXTENSION: Final = Source(article="Cass. com. 10 janv. 2006 n° 04-10.482", confidence=Confidence.COMMENTARY)
_MONTH_END: Final = Source(article="C. civ. art. 2228 et 2229", confidence=Confidence.UNSETTLED)
_COVID: Final = Source(article="ord. n° 2020-306", confidence=Confidence.COMMENTARY)
_COVID_WINDOW: Final = (date(2020, 3, 12), date(2020, 6, 23))
"""Periods ending in it, both days included, were given more time."""
_ONE_DAY = timedelta(days=1)


def procedural_deadline(
    start: date, *, months: int = 0, days: int = 0, region: str | None = None, is_waiting: bool = False
) -> ProceduralDay:
    """Return the end of a period of the code of civil procedure.

    The day of the event is not counted; months come first and end on the same day number, or on the last day of a
    shorter month; then days. A period that ends on a Saturday, a Sunday or a public holiday lasts until the next
    working day. Nothing to add moves the day itself.

    No decision says whether the holidays of a region extend a period. They never extend the creditor's own time, and
    lengthen a time he must wait (``is_waiting``); where that changes the day, there is a doubt. Days on which a
    registry closes of its own accord cannot be computed: a working day between two that are not raises a doubt.

    Raises ``InvalidInput`` for a negative number, a date out of range and an unknown region.

    >>> procedural_deadline(date(2008, 3, 7), days=15).last_day
    datetime.date(2008, 3, 25)

    Sources:
        CPC art. 640, 641 and 642; C. com. art. R662-1 in insolvency proceedings.
    """
    raw_end = counted(start, months=months, days=days)
    national = next_working_day(raw_end)
    local, doubts = _local(raw_end, national, region, is_waiting=is_waiting)
    last_day = local if is_waiting else national
    return ProceduralDay(
        last_day,
        raw_end,
        (
            PathStep(from_=start, act="event", effect="period_starts", source=CPC_640),
            *_counting(start, months, days),
            *_ending(raw_end, last_day),
        ),
        (*doubts, *_bridge(last_day), *_covid(raw_end)),
    )


def limitation_deadline(start: date, *, months: int, days: int = 0, is_counted: bool = False) -> ProceduralDay:
    """Return the last day of a limitation: the same day number, never moved to a working day.

    The first day is not counted, unless the period begins at midnight (``is_counted``): it then ends the day before the
    same day number. At the end of February, and where the month reached lacks the day number, readings differ: the
    earlier day is returned, with a doubt. Raises ``InvalidInput`` for a negative number or a date out of range.

    >>> limitation_deadline(date(2020, 6, 19), months=24, is_counted=True).last_day
    datetime.date(2022, 6, 18)

    Sources:
        C. civ. art. 2228 and 2229; Cass. com. 10 January 2006 n° 04-10.482; Cass. civ. 1, 12 December 2018
        n° 17-25.697.
    """
    if is_counted and not (months or days):
        raise InvalidInput(
            where="period", found="a first day that is counted, and no period", hint="Give months or days."
        )
    same_number = counted(start, months=months, days=days)
    # The reading that counts whole months from the first day counted: it ends on the eve of the day number reached.
    first = start if is_counted else start + _ONE_DAY
    eve = add_months(first, months, MonthEnd.OVERFLOW) + timedelta(days=days) - _ONE_DAY
    last_day = same_number - _ONE_DAY if is_counted else same_number
    doubts = _covid(last_day)
    if last_day < eve and (is_counted or (start.month == last_day.month == 2)):
        code = "february_ambiguity" if last_day.month == 2 else "month_end_ambiguity"
        doubts = (
            *doubts,
            Doubt.of(code, Authority.LAW, {"start": start, "last_day": last_day, "other": eve}, _MONTH_END),
        )
    return ProceduralDay(
        last_day,
        last_day,
        (
            PathStep(
                from_=start,
                act="first_day",
                effect="period_starts_counted" if is_counted else "period_starts",
                source=_CIVIL,
            ),
            PathStep(from_=last_day, act="period_ends", effect="last_day", source=_CIVIL),
            *(
                ()
                if is_working_day(last_day)
                else (PathStep(from_=last_day, act="not_worked", effect="not_extended", source=_NO_EXTENSION),)
            ),
        ),
        doubts,
    )


def counted(start: date, *, months: int, days: int) -> date:
    """Return the day reached by months, then days, the first one not counted, before any move.

    Raises ``InvalidInput`` for a negative number and for a day outside the calendar of facts.

    >>> counted(date(2026, 8, 31), months=6, days=0)
    datetime.date(2027, 2, 28)
    """
    if months < 0 or days < 0:
        raise InvalidInput(
            where="period", found=f"{months} months and {days} days", hint="Give numbers that are not negative."
        )
    if isinstance(start, datetime) or not FIRST_DAY <= start <= LAST_DAY:
        raise InvalidInput(where="start", found=f"{start!r}", hint=f"Give a date from {FIRST_DAY} to {LAST_DAY}.")
    most = (LAST_DAY - start).days
    # The bounds are tested first: a date past the year 9999 cannot even be written.
    end = (
        add_months(start, months, MonthEnd.CLAMP) + timedelta(days=days)
        if 28 * months <= most and days <= most
        else None
    )
    if end is None or end > LAST_DAY - timedelta(days=31):
        raise InvalidInput(
            where="period",
            found=f"{months} months and {days} days from {start} end after {LAST_DAY.year}",
            hint="Give a shorter period: no period of procedure or limitation lasts so long.",
        )
    return end


def _counting(start: date, months: int, days: int) -> tuple[PathStep, ...]:
    reached = add_months(start, months, MonthEnd.CLAMP)
    effect = "same_day_number" if reached.day == start.day else "end_of_month"
    in_months = PathStep(from_=reached, act="months_counted", effect=effect, source=CPC_641_MONTHS)
    in_days = PathStep(
        from_=reached + timedelta(days=days),
        act="days_counted",
        effect="days_after_months" if months else "first_day_not_counted",
        source=CPC_641_BOTH if months else CPC_641_DAYS,
    )
    return (*((in_months,) if months else ()), *((in_days,) if days else ()))


def _ending(raw_end: date, last_day: date) -> tuple[PathStep, ...]:
    if last_day == raw_end:
        return (PathStep(from_=raw_end, act="period_ends", effect="last_day", source=CPC_642_END),)
    return (
        PathStep(from_=raw_end, act="period_ends", effect="not_worked", source=CPC_642),
        PathStep(from_=last_day, act="working_day_extension", effect="last_day", source=CPC_642),
    )


def _local(raw_end: date, national: date, region: str | None, *, is_waiting: bool) -> tuple[date, tuple[Doubt, ...]]:
    """Return where the calendar of the region would end the period, and the doubts about it."""
    if region is None:
        return national, ()
    known = region_named(region)
    code = known.id
    try:
        local = next_working_day(raw_end, code)
        disputed = tuple(doubt for doubt in holiday_doubts(raw_end.year, code) if _is_near(doubt, raw_end, local))
        if is_waiting:  # a region whose own days may be missing could make the creditor wait longer
            disputed = (*known.weak_source, *disputed)
    except NotCovered:
        inputs: dict[str, object] = {"region": code, "last_day": national}
        return national, (Doubt.of("local_holidays_not_covered", Authority.LAW, inputs, _LOCAL_642),)
    if local == national:
        return local, disputed
    used, other = (local, national) if is_waiting else (national, local)
    unsettled = Doubt.of(
        "local_holiday_unsettled", Authority.LAW, {"region": code, "last_day": used, "other": other}, _LOCAL_642
    )
    return local, (unsettled, *disputed)


def _is_near(doubt: Doubt, first: date, last: date) -> bool:
    """Whether a doubt about a holiday bears on these days; one about the region as a whole never does."""
    days = (doubt.reason.input("on"), doubt.reason.input("other"))
    return any(day is not None and first <= date.fromisoformat(day) <= last for day in days)


def _bridge(last_day: date) -> tuple[Doubt, ...]:
    if not is_working_day(last_day) or is_working_day(last_day - _ONE_DAY) or is_working_day(last_day + _ONE_DAY):
        return ()
    return (Doubt.of("registry_may_be_closed", Authority.LAW, {"on": last_day}, _LOCAL_642),)


def _covid(end: date) -> tuple[Doubt, ...]:
    first, last = _COVID_WINDOW
    return (
        (Doubt.of("covid_window_not_counted", Authority.LAW, {"last_day": end}, _COVID),)
        if first <= end <= last
        else ()
    )
