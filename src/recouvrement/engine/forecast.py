"""``forecast``: the work, the cost and the sums demanded in the days to come, over many cases."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, ActionKind
from recouvrement.domain.money import Money
from recouvrement.domain.values import LAST_DAY, CivilDate, Value
from recouvrement.domain.vocabulary import ON_PAPER, Channel, DocumentKind
from recouvrement.engine.costs import Costs, Prices
from recouvrement.engine.failures import CaseFailure
from recouvrement.engine.walk import check_span, pending_on, walk
from recouvrement.engine.what_if import AS_USUAL, Assumptions
from recouvrement.errors import InvalidInput
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.model import Scenario


class Load(Value):
    """Actions of one kind, document and channel."""

    kind: ActionKind
    document: DocumentKind
    channel: Channel
    actions: int
    cost: Money


class Work(Value):
    """What a day, or the whole span, asks of the creditor."""

    loads: tuple[Load, ...]
    contacts: int
    """Messages and calls to debtors."""
    letters: int
    """Of these, letters to post, registered ones included."""
    calls: int
    """Of these, calls to make."""
    approvals: int
    """Steps put before a human; on the first day, those that already await an answer too."""
    internal_notes: int
    """Alerts of legal deadlines and ends of scenarios, told to the creditor's own staff."""
    cost: Money
    demanded: tuple[Money, ...]
    """Principal that the contacts ask for, by currency. Over a span the same debt counts at each contact."""


class ForecastDay(Value):
    """The work of one day."""

    on: CivilDate
    work: Work


class Forecast(Value):
    """The work of the days to come; days without any are left out."""

    from_: CivilDate
    until: CivilDate
    """First day left out."""
    cases: int
    """Cases looked at, failures left out."""
    days: tuple[ForecastDay, ...]
    total: Work
    cost_by_channel: tuple[tuple[Channel, Money], ...]
    without_cost: tuple[Channel, ...]
    """Channels by which contacts leave and for which no cost was given: they count for nothing."""
    failures: tuple[CaseFailure, ...]


def forecast(
    cases: Iterable[Case],
    from_: date,
    horizon_days: int,
    *,
    scenario_for: Callable[[Case], Scenario],
    law: Jurisdiction,
    costs: Costs,
    assume: Assumptions = AS_USUAL,
) -> Forecast:
    """Return the work of ``horizon_days`` days, ``from_`` included: the sum of the projections of the cases.

    Prices that ``costs`` leaves out are those of the scenario of each case. ``cases`` is read once, one case at a time:
    memory holds counters by day, not cases. A case that cannot be looked at gives a row of ``failures``, and nothing of
    it is counted. Raises ``InvalidInput`` for a horizon below one day or beyond the last day a fact may bear, and for
    costs that are negative or in two currencies.
    """
    prices = Prices.of(costs)
    until = _until(from_, horizon_days)
    total, days = _Tally(), defaultdict[date, _Tally](_Tally)
    failures: list[CaseFailure] = []
    count, without = 0, set[Channel]()
    for case in cases:
        try:
            scenario = scenario_for(case)
            found = _actions(case, from_, until, scenario=scenario, law=law, assume=assume)
        except Exception as fault:  # noqa: BLE001  # the batch loop: one case never stops another
            failures.append(CaseFailure.of(fault, case))
            continue
        count += 1
        for tally in (total, days[from_]) if found.pending else ():
            tally.waiting += found.pending
        own = prices.completed(scenario)
        for on, action in found.actions:
            if action.kind is ActionKind.CONTACT and action.channel not in own.by_channel:
                without.add(action.channel)
            total.add(action, own)
            days[on].add(action, own)
    return Forecast(
        from_=from_,
        until=until,
        cases=count,
        days=tuple(ForecastDay(on=on, work=tally.work(prices)) for on, tally in sorted(days.items())),
        total=total.work(prices),
        cost_by_channel=tuple((channel, prices.money(cost)) for channel, (_, cost) in total.by_channel().items()),
        without_cost=tuple(channel for channel in total.by_channel() if channel in without),
        failures=tuple(failures),
    )


class _Found(NamedTuple):
    """What the walk of one case brings to the counters."""

    pending: int
    actions: list[tuple[date, Action]]


def _actions(
    case: Case, from_: date, until: date, *, scenario: Scenario, law: Jurisdiction, assume: Assumptions
) -> _Found:
    looks = walk(case, from_, until, scenario=scenario, law=law, assume=assume)
    actions = [(look.on, action) for look in looks for action in look.actions]
    return _Found(len(pending_on(case, from_, scenario=scenario, law=law)), actions)


def _until(from_: date, horizon_days: int) -> date:
    if not 1 <= horizon_days <= (LAST_DAY - from_).days:
        raise InvalidInput(
            where="horizon of the forecast",
            found=f"{horizon_days} days from {from_.isoformat()}",
            hint=f"Give at least one day, and end by {LAST_DAY}.",
        )
    until = from_ + timedelta(days=horizon_days)
    check_span(from_, until)
    return until


_Key = tuple[ActionKind, DocumentKind, Channel]


class _Tally:
    """Counters of a day or of the whole span; amounts in minor units."""

    def __init__(self) -> None:
        self.actions: Counter[_Key] = Counter()
        self.costs: Counter[_Key] = Counter()
        self.demanded: Counter[str] = Counter()
        self.waiting = 0

    def add(self, action: Action, prices: Prices) -> None:
        """Count an action."""
        key = (action.kind, action.document, action.channel)
        self.actions[key] += 1
        self.costs[key] += prices.minor(action)
        if action.kind is ActionKind.CONTACT:
            self.demanded[action.principal.currency] += action.principal.minor

    def work(self, prices: Prices) -> Work:
        """Return what was counted."""
        contacts = {channel: count for channel, (count, _) in self.by_channel().items()}
        kinds: Counter[ActionKind] = Counter()
        for (kind, _, _), count in self.actions.items():
            kinds[kind] += count
        return Work(
            loads=tuple(
                Load(kind=key[0], document=key[1], channel=key[2], actions=count, cost=prices.money(self.costs[key]))
                for key, count in sorted(self.actions.items())
            ),
            contacts=sum(contacts.values()),
            letters=sum(count for channel, count in contacts.items() if channel in ON_PAPER),
            calls=contacts.get(Channel.PHONE, 0),
            approvals=kinds[ActionKind.APPROVAL] + self.waiting,
            internal_notes=kinds[ActionKind.ALERT] + kinds[ActionKind.TERMINAL],
            cost=prices.money(sum(self.costs.values())),
            demanded=tuple(Money.from_minor(minor, currency) for currency, minor in sorted(self.demanded.items())),
        )

    def by_channel(self) -> dict[Channel, tuple[int, int]]:
        """Return the number of contacts by channel, and what they cost."""
        found: dict[Channel, tuple[int, int]] = {}
        for key, count in sorted(self.actions.items()):
            kind, _, channel = key
            if kind is ActionKind.CONTACT:
                contacts, cost = found.get(channel, (0, 0))
                found[channel] = (contacts + count, cost + self.costs[key])
        return dict(sorted(found.items()))
