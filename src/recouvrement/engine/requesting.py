"""A document asked for: what it is about, and the refusals that several documents share."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple, NoReturn

from recouvrement.domain.case import Case
from recouvrement.domain.decision import HoldKind
from recouvrement.domain.events import PlanAgreed, StopPlaced
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Reason
from recouvrement.domain.vocabulary import DocumentKind, StopKind
from recouvrement.engine.ledger import Position
from recouvrement.engine.stops import Stopped
from recouvrement.engine.survey import Inquiry, Survey, survey
from recouvrement.errors import InvalidInput

Listed = tuple[Position, Stopped]
About = str | PlanAgreed | None


class Subject(NamedTuple):
    """Items and facts of one document."""

    items: tuple[Listed, ...]
    as_of: date
    """Day on which the sums are taken: the day asked, save for a declaration in insolvency."""
    reasons: tuple[Reason, ...] = ()


class Request:
    """One document asked for, and how it is refused."""

    def __init__(self, ask: Inquiry, kind: DocumentKind, about: About, *, is_late: bool = False) -> None:
        self.ask, self.kind, self.about, self.is_late = ask, kind, about, is_late

    def refuse(self, found: str, hint: str) -> NoReturn:
        """Raise ``InvalidInput`` for this document."""
        raise InvalidInput(
            where=f"document {self.kind.value} of case {self.ask.case.id} on {self.ask.on.isoformat()}",
            found=found,
            hint=hint,
        )

    def name(self, what: str, known: Iterable[str]) -> str:
        """Return the identifier the request is about; ``known`` are those it might be, told when there is none."""
        if not isinstance(self.about, str):
            told = ", ".join(sorted(set(known))[:_MOST_TOLD]) or "none"
            self.refuse(
                f"no {what} is named (known: {told})", f"Name the {what}: --about on the command line, about in Python."
            )
        return self.about

    def nothing(self) -> None:
        """Refuse a fact for a document about the whole account."""
        if self.about is not None:
            about = self.about if isinstance(self.about, str) else self.about.plan_id
            self.refuse(f"about is {about}", "Leave it out: the document is about the whole account.")

    @cached_property
    def survey(self) -> Survey:
        """The open items, sorted."""
        return survey(self.ask)

    @cached_property
    def holds(self) -> dict[str, HoldKind]:
        """What holds each item today. Barred comes first: another stop does not make such an item payable."""
        found = {hold.item_id: hold.kind for hold in self.survey.holds if hold.item_id is not None}
        for item_id, deadline in self.survey.deadlines.items():
            if deadline.is_past(self.ask.on) and found.get(item_id) is not HoldKind.INSOLVENCY:
                found[item_id] = HoldKind.BARRED
        return found

    def open(self, is_concerned: Callable[[Position], bool]) -> tuple[Listed, ...]:
        """Return the open items concerned, oldest first."""
        return tuple((position, stop) for position, stop in self.ask.overlays.stopped if is_concerned(position))

    def payable(self, items: Iterable[Listed]) -> tuple[Listed, ...]:
        """Return the items, once none is barred, under insolvency or assigned: nobody may be asked for those."""
        kept = tuple(items)
        self.refuse_assigned(kept)
        self.refuse_held(kept, _NOT_PAYABLE, "Leave these items to the procedure, or to the books.")
        return kept

    def refuse_held(self, items: Iterable[Listed], kinds: frozenset[HoldKind], hint: str) -> None:
        """Refuse items that a hold of these kinds keeps from being demanded."""
        named = sorted(position.item.id for position, _ in items)
        wrong = [item_id for item_id in named if self.holds.get(item_id) in kinds]
        if wrong:
            told = ", ".join(f"{item_id} ({self.holds[item_id].value})" for item_id in wrong)
            self.refuse(f"{told} may not be demanded", hint)

    def refuse_assigned(self, items: Iterable[Listed]) -> None:
        """Refuse items assigned to somebody else: paid to the creditor, the debtor might pay twice (C. civ. 1324)."""
        for position, _ in items:
            stop = self.assignment(position)
            if stop is not None:
                to = f" to {stop.payee}" if stop.payee else ""
                self.refuse(
                    f"{position.item.id} is assigned{to} since {stop.effective_on.isoformat()} ({stop.stop_id})",
                    "Leave it to whom it was assigned; lift the stop if the assignment has ended.",
                )

    def assignment(self, position: Position) -> StopPlaced | None:
        """Return the assignment an item is under, or ``None``."""
        return next(
            (
                stop
                for stop in self.ask.overlays.active
                if stop.stop is StopKind.ASSIGNMENT and (not stop.item_ids or position.is_named_in(stop.item_ids))
            ),
            None,
        )


_MOST_TOLD = 8
"""Names told in an error."""
_NOT_PAYABLE = frozenset({HoldKind.BARRED, HoldKind.INSOLVENCY})


def money(minor: int, case: Case) -> Money:
    """Return an amount in the currency of a case."""
    return Money.from_minor(minor, case.currency)


def name_of_stop(request: Request, what: str, kind: StopKind) -> str:
    """Return the name of the stop a request is about; those of that kind are told when there is none."""
    return request.name(what, (one.stop_id for one in request.ask.history.stops if one.stop is kind))


def placed(request: Request, stop_id: str, kind: StopKind) -> StopPlaced:
    """Return a stop by its name, once it is of that kind."""
    stop = next((one for one in request.ask.history.stops if one.stop_id == stop_id), None)
    if stop is None:
        known = ", ".join(sorted(one.stop_id for one in request.ask.history.stops)) or "none"
        request.refuse(f"no stop {stop_id} on that day (known: {known})", "Name a stop of the case, not lifted.")
    if stop.stop is not kind:
        request.refuse(f"stop {stop_id} is a {stop.stop.value}", f"Name a {kind.value}.")
    return stop
