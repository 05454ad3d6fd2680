"""What runs from a step of a procedure, and what the insolvency of the debtor stops and starts."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from recouvrement.domain.decision import Deadline, DeadlineKind, Doubt, PathStep
from recouvrement.domain.parties import Insolvency, InsolvencyKind
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.jurisdictions.fr.calendrier_procedural import counted, procedural_deadline
from recouvrement.jurisdictions.fr.delais_de_procedure import Counting, PeriodRow, governs_surely, rows_from
from recouvrement.jurisdictions.fr.jours import next_working_day, previous_working_day, region_named
from recouvrement.jurisdictions.fr.parametres import parametre
from recouvrement.law.courts import Step, StepDeadline

_EXTENSIONS = {
    Counting.CPC: Source(article="CPC art. 642 al. 2", confidence=Confidence.DERIVED),
    Counting.INSOLVENCY: Source(article="C. com. art. R662-1 et CPC art. 642", confidence=Confidence.COMMENTARY),
}
"""What moves the end of a time to act in to a working day, by way of counting."""


def insolvency_stop(insolvency: Insolvency) -> Reason:
    """Return why debts born before the opening may no longer be demanded from the debtor.

    Sources:
        C. com. art. L622-7 and L622-21; for over-indebtedness of a private person, C. conso. art. L722-2 and L722-5.
    """
    source = (
        Source(article="C. conso. art. L722-2 et L722-5", confidence=Confidence.SECONDARY)
        if insolvency.kind is InsolvencyKind.SURENDETTEMENT
        else Source(article="C. com. art. L622-7 et L622-21", confidence=Confidence.SECONDARY)
    )
    inputs: dict[str, object] = {"kind": insolvency.kind, "opened_on": insolvency.opened_on}
    return Reason.of("insolvency_stop", Authority.LAW, inputs, source=source)


def declaration_de_creance(insolvency: Insolvency) -> Deadline | None:
    """Return the last day to declare the claim, or ``None`` when the publication is not known.

    Two months from publication in the BODACC, ending on the same day number or at the end of a shorter month. When
    that day is not worked the time is extended to the next working day (CPC art. 642, C. com. art. R662-1); the path
    shows it, but the last day given here is the earlier one. The two months more of creditors abroad are not counted.
    Over-indebtedness has no such declaration.

    >>> from datetime import date
    >>> redressement = Insolvency(
    ...     kind=InsolvencyKind.REDRESSEMENT_JUDICIAIRE, opened_on=date(2026, 3, 12), published_on=date(2026, 3, 20)
    ... )
    >>> declaration_de_creance(redressement).last_day
    datetime.date(2026, 5, 20)

    Sources:
        C. com. art. L622-24, R622-24 and R662-1; CPC art. 641 and 642.
    """
    published_on = insolvency.published_on
    if published_on is None or insolvency.kind is InsolvencyKind.SURENDETTEMENT:
        return None
    parameter = parametre("declaration_de_creance_delai")
    # A deadline must always be given: outside the covered days the nearest period is used, and the path says so.
    value = parameter.on(min(max(published_on, parameter.first_day), parameter.last_day))
    last_day = counted(published_on, months=int(value.value), days=0)
    path = [
        PathStep(from_=published_on, act="bodacc_publication", effect="period_starts", source=value.source),
        PathStep(from_=last_day, act="period_ends", effect="last_day", source=value.source),
    ]
    if not parameter.covers(published_on):
        path.append(PathStep(from_=published_on, act="period_not_covered", effect="nearest_used", source=value.source))
    extended = next_working_day(last_day)
    if extended != last_day:
        cpc_642 = Source(article="CPC art. 642", confidence=Confidence.COMMENTARY)
        path.append(PathStep(from_=extended, act="working_day_extension", effect="not_relied_on", source=cpc_642))
    return Deadline(
        kind=DeadlineKind.DECLARATION_DE_CREANCE,
        item_id=None,
        last_day=last_day,
        regime="declaration_de_creance",
        path=tuple(path),
    )


def step_deadlines(step: Step, region: str | None = None) -> tuple[StepDeadline, ...]:
    """Return the periods that run from a step, in the order of the law file.

    For a time to act in, ``safe_day`` is the last working day not after the end before any move: whether a period is
    moved to the next working day is not verified for each of them. For a time to wait, ``safe_day`` is the later day to
    wait for: nothing may be done before it is over. The time of an opposition is not given for a service that did not
    reach the debtor in person, because it has not begun; what else runs from the service says so.

    Where two rules could govern (the date of an order is not known), the shorter time to act and the longer time to
    wait are returned, with a doubt. Raises ``InvalidInput`` for an unknown step or region and for a date out of range,
    ``NotCovered`` where no rule is stated for that day.

    >>> from datetime import date
    >>> [(period.code, str(period.last_day)) for period in step_deadlines(Step("order_made", date(2026, 9, 1)))]
    [('order_service', '2026-12-01')]

    Sources:
        CPC art. 640 to 643, 750-1, 1411, 1416, 1422 and 1423; C. com. art. L622-24 to L622-27, L624-9, R622-21,
        R622-24 and R662-1; CPCE art. L125-1 and L126-2 to L126-4; CPCE (postes) art. R53-3; CMF art. L131-73;
        regulation (EC) No 1896/2006.
    """
    counted(step.on, months=0, days=0)
    code = None if region is None else region_named(region).id
    ends: dict[str, _End] = {}
    for row in rows_from(step.kind, step.on):
        end = _end(row, step, code, ends)
        known = ends.get(row.code)
        ends[row.code] = end if known is None else _cautious(known, end)
    not_begun = step.in_person is False and any(end.row.only_in_person for end in ends.values())
    return tuple(
        _deadline(end, step, is_opposition_open=not_begun)
        for end in ends.values()
        if not (not_begun and end.row.only_in_person)
    )


class _End(NamedTuple):
    """The end of one period, before it is put in words."""

    row: PeriodRow
    raw_end: date
    last_day: date
    safe_day: date
    path: tuple[PathStep, ...]
    doubts: tuple[Doubt, ...]


def _end(row: PeriodRow, step: Step, region: str | None, ends: Mapping[str, _End]) -> _End:
    start, safe_start, path = _start(row, step, ends)
    months, days = row.months_on(step.on), row.days or 0
    doubts = row.doubts_of_use()
    if step.is_abroad and row.abroad_months is not None:
        months += row.abroad_months
        path = (*path, PathStep(from_=start, act="party_abroad", effect="adds_months", source=row.abroad_source))
        if row.overseas_months is not None:
            inputs: dict[str, object] = {"months": row.abroad_months, "overseas": row.overseas_months}
            doubts = (*doubts, Doubt.of("abroad_or_overseas", Authority.LAW, inputs, row.abroad_source))
    if not governs_surely(row, step.on):
        doubts = (
            *doubts,
            Doubt.of("order_date_unknown", Authority.LAW, {"served_on": step.on, "rule": row.id}, row.source),
        )
    if row.only_in_person and step.in_person is None:
        doubts = (*doubts, Doubt.of("service_in_person_unknown", Authority.LAW, {"served_on": step.on}, row.source))
    if row.counting is Counting.PLAIN:
        end = _plain(row, start, safe_start, months=months, days=days, region=region)
    else:
        end = _by_the_code(row, start, months, days, region)
    floor = ends.get(row.not_before or "")
    if floor is not None and floor.last_day > end.last_day:
        reached = PathStep(from_=floor.last_day, act=floor.row.code, effect="not_before", source=floor.row.source)
        end = end._replace(last_day=floor.last_day, safe_day=floor.safe_day, path=(*end.path, reached))
    conditions = (
        PathStep(from_=end.last_day, act=name, effect="condition", source=row.source) for name in row.conditions
    )
    return end._replace(path=(*path, *end.path, *conditions), doubts=(*doubts, *end.doubts))


def _start(row: PeriodRow, step: Step, ends: Mapping[str, _End]) -> tuple[date, date, tuple[PathStep, ...]]:
    """Return the day a period runs from, the one to count from to be safe, and the path up to it."""
    first = PathStep(from_=step.on, act=step.kind, effect="period_starts", source=row.source)
    earlier = ends.get(row.after or "")
    if earlier is None:
        return step.on, step.on, (first,)
    # A time to act in begins at the earliest end of what precedes it, a time to wait at the latest.
    start = earlier.last_day if row.is_waiting else earlier.raw_end
    chained = PathStep(from_=start, act=earlier.row.code, effect="period_starts", source=row.source)
    return start, earlier.safe_day if row.is_waiting else start, (*earlier.path, chained)


def _plain(row: PeriodRow, start: date, safe_start: date, *, months: int, days: int, region: str | None) -> _End:
    raw_end = counted(start, months=months, days=days)
    cautious = counted(safe_start, months=months, days=row.safe_days or days)
    safe_day = procedural_deadline(cautious, region=region, is_waiting=True)
    path = (PathStep(from_=raw_end, act="period_ends", effect="last_day", source=row.source),)
    return _End(row, raw_end, raw_end, safe_day.last_day, path, safe_day.doubts)


def _by_the_code(row: PeriodRow, start: date, months: int, days: int, region: str | None) -> _End:
    day = procedural_deadline(start, months=months, days=days, region=region, is_waiting=row.is_waiting)
    end = _End(row, day.raw_end, day.last_day, day.last_day, day.path[1:], day.doubts)
    if row.is_waiting:
        return end
    safe_day = previous_working_day(day.raw_end, region)
    if safe_day == day.last_day:
        return end
    inputs: dict[str, object] = {"raw_end": day.raw_end, "last_day": day.last_day, "safe_day": safe_day}
    unsure = Doubt.of("extension_not_relied_on", Authority.LAW, inputs, _EXTENSIONS[row.counting])
    return end._replace(safe_day=safe_day, doubts=(unsure, *day.doubts))


def _cautious(one: _End, other: _End) -> _End:
    """Return the end to rely on of two rules that could govern: the shorter time to act, the longer time to wait."""
    pick = max if one.row.is_waiting else min
    kept = pick(one, other, key=lambda end: end.last_day)
    left = other if kept is one else one
    if left.last_day == kept.last_day:
        return kept
    step_ = PathStep(from_=left.last_day, act="other_rule", effect="not_relied_on", source=left.row.source)
    return kept._replace(path=(*kept.path, step_))


def _deadline(end: _End, step: Step, *, is_opposition_open: bool) -> StepDeadline:
    doubts = end.doubts
    if is_opposition_open:
        doubts = (*doubts, Doubt.of("opposition_not_begun", Authority.LAW, {"served_on": step.on}, end.row.source))
    return StepDeadline(
        code=end.row.code,
        last_day=end.last_day,
        safe_day=end.safe_day,
        what=end.row.what,
        is_waiting=end.row.is_waiting,
        path=end.path,
        doubts=doubts,
    )
