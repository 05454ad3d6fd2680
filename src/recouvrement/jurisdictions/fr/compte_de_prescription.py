"""The time that runs against a claim: from its start, through its acts, to the last day to act."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple, assert_never

from recouvrement.domain.calendar import MonthEnd, add_months
from recouvrement.domain.decision import Doubt, PathStep
from recouvrement.domain.reasons import Authority, Confidence, Source
from recouvrement.domain.values import LAST_DAY
from recouvrement.jurisdictions.fr.actes_de_prescription import ActEffect, ActRow
from recouvrement.jurisdictions.fr.actes_resolus import KnownAct, in_order
from recouvrement.jurisdictions.fr.jours import previous_working_day
from recouvrement.jurisdictions.fr.periodes_de_prescription import (
    Branch,
    Point,
    end_of,
    last_day_doubts,
    period_from,
    protected,
    refuse_far,
)
from recouvrement.jurisdictions.fr.regimes_de_prescription import RegimeRow, StartRule, Window, regimes_table
from recouvrement.law.limitation import Act, LimitationAnswer

_ONE_DAY = timedelta(days=1)
_CONVENTION: Final = Source(article="C. civ. art. 2230", confidence=Confidence.UNSETTLED)
_OPPOSITION: Final = Source(
    article="C. civ. art. 2243 ; CPC art. 1419 ; Cass. civ. 2, 19 nov. 2020, n° 19-20.238",
    confidence=Confidence.SECONDARY,
)
_CONTRACT: Final = Source(article="C. civ. art. 2254", confidence=Confidence.TEXT_READ)


class Start(NamedTuple):
    """Where the time of a claim begins, and the steps of the path that lead there."""

    point: Point
    steps: tuple[PathStep, ...]
    born_on: date
    """Birth of the right, for the long stop."""


class _Time(NamedTuple):
    """The state of the time after some acts."""

    branches: tuple[Branch, ...]
    resume: Point | None
    """Time runs from here at the earliest; ``None``: it stands still, and no end is known."""
    doubts: tuple[Doubt, ...]
    is_stopped_long: bool = False
    """Whether the long stop took something off."""

    @property
    def earliest(self) -> date:
        """The last day, the protected days of 2020 left aside."""
        return min(branch.last_day for branch in self.branches)


class Count:
    """Counts one claim from one start. Used once: ``answer`` gives the last day and the dated chain.

    Effects of the path: ``start_put_off``, ``right_acquired``, ``period_starts``, ``later_start_not_followed``,
    ``contract_period``, ``interrupts``, ``interrupts_at_end`` (by an act made while time stood still),
    ``interrupts_until``, ``suspends``, ``resumes``, ``no_effect``, ``before_start``, ``after_expiry``, ``void``,
    ``undoes``, ``ends``, ``revives``, ``transitional``, ``covid_window``, ``long_stop``, ``period_ends`` (a period that
    expired before the last), ``last_day``.
    """

    def __init__(self, regime: RegimeRow, start: Start, contract_years: int | None = None) -> None:
        self._regime = regime
        self._start = start
        self._contract_years = contract_years
        self._steps = list(start.steps)
        self._acts_doubts: list[Doubt] = []
        stop = regimes_table().limit("long_stop")
        self._long_stop = stop
        has_cap = regime.has_long_stop and start.born_on.year + stop.years <= LAST_DAY.year
        self._cap = end_of(Point(start.born_on), stop.years) if has_cap else None
        period = period_from(regime, start.point, contract_years)
        self._time = _Time(period.branches, start.point, period.doubts)
        self._bound_late_start()
        if contract_years is not None:
            self._step(start.point.on, "contract_period", "contract_period", _CONTRACT)
            inputs: dict[str, object] = {"years": contract_years}
            self._acts_doubts.append(Doubt.of("periodic_sums_excluded", Authority.LAW, inputs, _CONTRACT))

    def answer(self, acts: Iterable[Act]) -> LimitationAnswer:
        """Return the last day once every act has been looked at, whatever the order they come in."""
        for entry in in_order(acts, self._regime):
            self._look_at(entry)
        last_day = self._last_day()
        governing = min(self._time.branches, key=lambda branch: branch.last_day)
        doubts = [*self._acts_doubts, *self._time.doubts, *governing.version.weak_source]
        self._reforms_through(last_day or date.max)
        if self._time.is_stopped_long and self._cap is not None:
            self._step(self._cap, "long_stop", "long_stop", self._long_stop.source)
        if last_day is not None:
            refuse_far(last_day)
            self._window_step()
            source = governing.version.source if self._contract_years is None else _CONTRACT
            self._step(last_day, "period_ends", "last_day", source)
            doubts += last_day_doubts(self._regime, governing, last_day)
        return LimitationAnswer(
            last_day=last_day,
            safe_day=None if last_day is None else previous_working_day(last_day - _ONE_DAY),
            regime=self._regime.id,
            nature=self._regime.nature,
            path=tuple(sorted(dict.fromkeys(self._steps), key=lambda step: step.from_)),
            doubts=tuple(dict.fromkeys(doubts)),
        )

    def _look_at(self, entry: KnownAct) -> None:
        act, row = entry.act, entry.row
        inputs: dict[str, object]
        if act.until is not None and not row.may_last:
            inputs = {"act": act.kind, "on": act.on, "until": act.until}
            self._acts_doubts.append(Doubt.of("end_not_used", Authority.LAW, inputs, row.source))
        if entry.undone_by is not None:
            self._step(act.on, act.kind, "void", entry.undone_by.source)
            self._row_doubts(entry.undone_by)
            if entry.is_order_opposed:
                inputs = {"served_on": act.on}
                self._acts_doubts.append(Doubt.of("order_falls_with_opposition", Authority.LAW, inputs, _OPPOSITION))
            return
        if row.target:
            effect = ("ends" if row.effect is ActEffect.ENDS else "undoes") if entry.reached else "no_effect"
            self._step(act.on, act.kind, effect, row.source)
            return
        if row.effect is ActEffect.NO_EFFECT or not row.is_in_force(act.on):
            self._step(act.on, act.kind, "no_effect", row.source)
            self._row_doubts(row)
            return
        last_day = self._last_day()
        if last_day is not None and act.on > last_day:
            self._too_late(entry, last_day)
            return
        if row.effect is ActEffect.REVIVES:
            self._step(act.on, act.kind, "no_effect", row.source)
            return
        end = entry.until if row.may_last else act.on
        ends_first = row.effect is ActEffect.SUSPENDS
        if end is not None and Point(end, is_counted=ends_first).first <= self._start.point.first:
            self._step(act.on, act.kind, "before_start", row.source)
            return
        self._row_doubts(row)
        if last_day is not None and act.on > self._time.earliest:
            self._window_step()
        self._apply(entry)

    def _apply(self, entry: KnownAct) -> None:
        act, row = entry.act, entry.row
        match row.effect:
            case ActEffect.INTERRUPTS:
                resume = self._time.resume
                waits = resume is None or resume.first > Point(act.on).first
                self._step(act.on, act.kind, "interrupts_at_end" if waits else "interrupts", row.source)
                self._restart(act, Point(act.on), row)
            case ActEffect.INTERRUPTS_UNTIL:
                self._step(act.on, act.kind, "interrupts_until", row.source)
                if entry.until is None:
                    self._stand_still(row)
                    return
                restarts_on = self._restart(act, Point(entry.until), row)
                if restarts_on is not None:
                    self._step(restarts_on, act.kind, "period_starts", row.source)
            case ActEffect.SUSPENDS:
                self._step(act.on, act.kind, "suspends", row.source)
                self._suspend(act.on, entry.until, row, act.kind)
            case ActEffect.NO_EFFECT | ActEffect.UNDOES | ActEffect.ENDS | ActEffect.REVIVES:
                pass
            case _:
                assert_never(row.effect)

    def _restart(self, act: Act, asked: Point, row: ActRow) -> date | None:
        """Start a new full period, once whatever stops time has ended; return its first day, ``None`` while it waits.

        Never brings the last day forward.

        Sources:
            C. civ. art. 2231, 2242; loi 68-1250 art. 2.
        """
        before, resume = self._last_day(), self._time.resume
        if before is None or resume is None:
            return None
        point = resume if resume.first > asked.first else asked
        late = timedelta()
        if self._regime.start_rule is StartRule.CALENDAR_YEAR:
            if not point.is_counted:
                point = Point(date(point.on.year + 1, 1, 1), is_counted=True)
            elif (point.on.month, point.on.day) != (1, 1):
                # Made while time was suspended: the year of the act governs, and the rest of the suspension is added.
                first = date(act.on.year + 1, 1, 1)
                late = max(timedelta(), point.on - first)
                point = Point(first, is_counted=True)
        self._reforms_through(act.on)
        period = period_from(self._regime, point, self._contract_years)
        moved = tuple(branch._replace(last_day=max(branch.last_day + late, before)) for branch in period.branches)
        branches, is_stopped = self._bounded(moved, before, act.on, row)
        doubts = period.doubts
        if point is resume and point.is_counted and self._regime.start_rule is StartRule.EVENT:
            # The day on which time resumes is itself counted: the earlier reading, as for any suspension.
            doubts = (*doubts, Doubt.of("suspension_convention", Authority.LAW, {"until": point.on}, _CONVENTION))
        self._time = _Time(branches, point, doubts, is_stopped)
        return point.on

    def _suspend(self, from_: date, until: date | None, row: ActRow, kind: str) -> None:
        """Add the days during which time stood still, those already added for another cause left out.

        Suspensions that overlap or follow at once are one: the months left at least run from the end of the last.

        Sources:
            C. civ. art. 2230, 2234 to 2239; loi 68-1250 art. 2-1.
        """
        if row.max_months is not None:
            longest = add_months(from_, row.max_months, MonthEnd.CLAMP)
            until = longest if until is None else min(until, longest)
        before, resume = self._last_day(), self._time.resume
        if until is None:
            self._stand_still(row)
            return
        if before is None or resume is None:
            return
        self._step(until, kind, "resumes", row.source)
        if until < resume.first:
            return
        floor = date.min if row.floor_months is None else add_months(until, row.floor_months, MonthEnd.CLAMP)
        moved: list[Branch] = []
        for branch in self._time.branches:
            # In the protected days of 2020 the day already put off is the one to add to.
            day = branch.last_day if from_ <= self._time.earliest else max(branch.last_day, before)
            if branch.before_floor is not None and from_ <= resume.first:
                day = branch.before_floor
            added = until - max(from_, branch.counts_from, resume.first)
            days_left = day + max(added, timedelta())
            last_day = max(days_left, floor, branch.last_day)
            moved.append(branch._replace(last_day=last_day, before_floor=days_left))
        branches, is_stopped = self._bounded(tuple(moved), before, from_, row)
        doubt = Doubt.of("suspension_convention", Authority.LAW, {"from": from_, "until": until}, _CONVENTION)
        doubts = (*self._time.doubts, doubt)
        self._time = _Time(branches, Point(until, is_counted=True), doubts, is_stopped or self._time.is_stopped_long)

    def _stand_still(self, row: ActRow) -> None:
        if self._cap is not None and not row.beyond_long_stop:
            inputs: dict[str, object] = {"long_stop": self._cap}
            self._acts_doubts.append(Doubt.of("long_stop_while_stopped", Authority.LAW, inputs, self._long_stop.source))
        self._time = self._time._replace(resume=None)

    def _bounded(
        self, branches: tuple[Branch, ...], before: date, act_on: date, row: ActRow
    ) -> tuple[tuple[Branch, ...], bool]:
        """Return the branches no later than the long stop, unless the act may carry them beyond; and whether it bit.

        The ordinary period is not shortened, nor is a last day already carried beyond.

        Sources:
            C. civ. art. 2232, 2241 al. 1, 2244.
        """
        cap = self._cap
        if cap is None or row.beyond_long_stop or max(cap, act_on) < self._long_stop.from_:
            return branches, False
        latest = max(cap, before)
        bites = min(branch.last_day for branch in branches) > latest
        return tuple(branch._replace(last_day=min(branch.last_day, latest)) for branch in branches), bites

    def _bound_late_start(self) -> None:
        """Bring a start put off long after the birth of the right within the long stop.

        A term still to come puts time off without limit (C. civ. art. 2233): past the long stop only that can be.
        """
        cap, start = self._cap, self._start
        if cap is None or start.born_on == start.point.on or cap < self._long_stop.from_:
            return
        last_day = self._time.earliest
        if last_day <= cap:
            return
        inputs: dict[str, object] = {"long_stop": cap, "last_day": last_day}
        self._acts_doubts.append(Doubt.of("long_stop_or_term", Authority.LAW, inputs, self._long_stop.source))
        if cap >= start.point.first:
            branches = tuple(branch._replace(last_day=min(branch.last_day, cap)) for branch in self._time.branches)
            self._time = self._time._replace(branches=branches, is_stopped_long=True)

    def _too_late(self, entry: KnownAct, last_day: date) -> None:
        """Record an act done after expiry: only a waiver gives a new period, never past the long stop."""
        act, row = entry.act, entry.row
        within = self._cap is None or act.on <= self._cap
        if row.effect is not ActEffect.REVIVES or not within:
            self._step(act.on, act.kind, "after_expiry", row.source)
            return
        self._row_doubts(row)
        self._step(last_day, "period_ends", "period_ends", self._time.branches[0].version.source)
        self._step(act.on, act.kind, "revives", row.source)
        self._reforms_through(last_day)
        period = period_from(self._regime, Point(act.on), self._contract_years)
        branches, is_stopped = self._bounded(period.branches, act.on, act.on, row)
        self._time = _Time(branches, Point(act.on), period.doubts, is_stopped)

    def _last_day(self) -> date | None:
        if self._time.resume is None:
            return None
        window = self._window()
        return self._time.earliest if window is None else window.in_time_through

    def _window(self) -> Window | None:
        return protected(self._time.earliest) if self._contract_years is None else None

    def _window_step(self) -> None:
        window = self._window()
        if window is not None:
            self._step(self._time.earliest, f"{window.id}_period", "covid_window", window.source)

    def _reforms_through(self, day: date) -> None:
        through = min(day, self._time.earliest)
        for branch in self._time.branches:
            if branch.reform is not None and branch.counts_from <= through:
                self._step(branch.counts_from, branch.reform.id, "transitional", branch.reform.source)

    def _row_doubts(self, row: ActRow) -> None:
        self._acts_doubts += row.weak_source
        if row.doubt is not None:
            self._acts_doubts.append(Doubt.of(row.doubt, Authority.LAW, {"act": row.id}, row.source))

    def _step(self, on: date, act: str, effect: str, source: Source) -> None:
        self._steps.append(PathStep(from_=on, act=act, effect=effect, source=source))
