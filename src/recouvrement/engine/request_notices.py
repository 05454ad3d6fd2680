"""The step a last notice announces: decided, with time left to pay, and open to the claim; and when it may be sent."""

from datetime import date, timedelta

from recouvrement.domain.decision import Claim
from recouvrement.domain.vocabulary import DocumentKind, LimitationActKind
from recouvrement.engine.limitation import KnownActs
from recouvrement.engine.progress import time_given
from recouvrement.engine.requesting import Request, Subject
from recouvrement.engine.steps import TimeGiven
from recouvrement.errors import InvalidInput
from recouvrement.law.courts import RouteFacts, RouteStatus
from recouvrement.scenario.model import Outcome

LAST_NOTICE_DAYS = 8
"""Least days a last notice leaves to pay; policy, not law."""

_ROUTE_OF = {Outcome.PETITE_CREANCE.value: "petites_creances"}
"""Routes of the law that outcomes of scenarios name otherwise."""

_UNKNOWN = "not_covered"
"""Reason of a route the law files say nothing of, as before the courts a public body is brought to: not a bar."""

_ATTEMPT = "attempt_required"
"""Reason of a route that an attempt to settle must come before (CPC art. 750-1)."""

_ATTEMPTS = frozenset(
    {
        LimitationActKind.CONCILIATION.value,
        LimitationActKind.MEDIATION.value,
        LimitationActKind.PARTICIPATORY_PROCEDURE.value,
        LimitationActKind.PETITE_CREANCE.value,
    }
)
"""Acts that are an attempt to settle once they are over; a small claim that was refused dispenses from another."""


def check_notice(kind: DocumentKind, next_step: str | None, pay_by: date | None, on: date) -> None:
    """Refuse a last notice that announces nothing, or for too soon; nothing else announces a step."""
    is_notice = kind is DocumentKind.LAST_NOTICE
    if is_notice and (next_step is None or pay_by is None or pay_by <= on):
        raise InvalidInput(
            where="document last_notice",
            found=f"next step {next_step}, to be taken after {pay_by}",
            hint="Give next_step, the step that is decided, and pay_by, a later day: a notice of nothing misleads.",
        )
    first = on + timedelta(days=LAST_NOTICE_DAYS)
    if is_notice and pay_by is not None and pay_by < first:
        raise InvalidInput(
            where="document last_notice",
            found=f"{(pay_by - on).days} days to pay, until {pay_by.isoformat()}",
            hint=f"Leave at least {LAST_NOTICE_DAYS} days: give pay_by {first.isoformat()} or later.",
        )
    if not is_notice and (next_step is not None or pay_by is not None):
        raise InvalidInput(
            where=f"document {kind.value}",
            found="next_step or pay_by is given",
            hint="Leave them out: only a last notice announces a step.",
        )


def check_route(request: Request, subject: Subject, claim: Claim, next_step: str | None) -> None:
    """Refuse to announce a route that the law closes for the claim, by its amount, its parties, its time.

    Also one that an attempt to settle must come before, while none is recorded.
    """
    if next_step is None:
        return
    ask, address = request.ask, request.ask.case.debtor.address
    deadlines = request.survey.deadlines
    known = [deadlines[one.item.id].last_day for one, _ in subject.items if one.item.id in deadlines]
    facts = RouteFacts(
        principal=claim.principal,
        interest=claim.late_interest,
        debtor_kind=ask.case.debtor.kind,
        creditor_is_trader=not ask.case.creditor.is_natural_person,
        is_contested=any(stop.contested_minor for _, stop in subject.items),
        last_day=min(known, default=None),
        debtor_country=address.country if address is not None else "FR",
        attempt_made_on=_attempt_made_on(request, subject),
    )
    code = _ROUTE_OF.get(next_step, next_step)
    route = next((one for one in ask.law.routes(facts, ask.on) if one.code == code), None)
    if route is None:
        return
    lacking = next((reason for reason in route.reasons if reason.code == _ATTEMPT), None)
    if route.status is RouteStatus.NEEDS and lacking is not None:
        article = f" ({lacking.source.article})" if lacking.source is not None else ""
        request.refuse(
            f"next step {next_step} needs an attempt to settle first{article}, and none that is over is recorded",
            "Record the attempt once it is over, as LimitationActDone (conciliation, mediation or "
            "participatory_procedure, with until), or announce a step that needs none: see `recouvrement routes`.",
        )
    if route.status is not RouteStatus.CLOSED:
        return
    why = ", ".join(reason.code for reason in route.reasons if reason.code != _UNKNOWN)
    if why:
        request.refuse(
            f"next step {next_step} is closed for this claim ({why})",
            "Announce a step that is open: `recouvrement routes` lists them.",
        )


def check_time_given(request: Request, subject: Subject, pay_by: date | None) -> None:
    """Refuse a last notice while a message that listed an item still leaves days to pay: that binds its sender.

    The same notice may be made again once it is recorded: it gives the same day.
    """
    if request.kind is not DocumentKind.LAST_NOTICE:
        return
    own = TimeGiven(pay_by, f"request:{request.kind.value}") if pay_by is not None else None
    listed = {position.item.id for position, _ in subject.items}
    for candidate in request.survey.candidates:
        waits = time_given(candidate, request.ask.scenario)
        given = candidate.time_given
        if candidate.id not in listed or waits is None or given is None or given == own:
            continue
        request.refuse(
            f"{candidate.id} may be paid until {given.pay_by.isoformat()}: {given.stage} gave that time",
            f"Ask again from {waits.until} on: a message that gives until a day to pay binds its sender.",
        )


def _attempt_made_on(request: Request, subject: Subject) -> date | None:
    """Return the day by which an attempt to settle was over for every item; ``None`` while one has none recorded."""
    known = KnownActs(request.ask.history)
    first: list[date] = []
    for position, _ in subject.items:
        over = [act.until for act in known.on(position) if act.kind in _ATTEMPTS and act.until is not None]
        if not (done := [day for day in over if day <= request.ask.on]):
            return None
        first.append(min(done))
    return max(first, default=None)
