"""The step a last notice announces: decided, with time left to pay, and open to the claim."""

from datetime import date, timedelta

from recouvrement.domain.decision import Claim
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.engine.requesting import Request, Subject
from recouvrement.errors import InvalidInput
from recouvrement.law.courts import RouteFacts, RouteStatus
from recouvrement.scenario.model import Outcome

LAST_NOTICE_DAYS = 8
"""Least days a last notice leaves to pay; policy, not law."""

_ROUTE_OF = {Outcome.PETITE_CREANCE.value: "petites_creances"}
"""Routes of the law that outcomes of scenarios name otherwise."""

_UNKNOWN = "not_covered"
"""Reason of a route the law files say nothing of, as before the courts a public body is brought to: not a bar."""


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
    """Refuse to announce a route that the law closes for the claim: by its amount, its parties, its time."""
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
    )
    code = _ROUTE_OF.get(next_step, next_step)
    route = next((one for one in ask.law.routes(facts, ask.on) if one.code == code), None)
    if route is None or route.status is not RouteStatus.CLOSED:
        return
    why = ", ".join(reason.code for reason in route.reasons if reason.code != _UNKNOWN)
    if why:
        request.refuse(
            f"next step {next_step} is closed for this claim ({why})",
            "Announce a step that is open: `recouvrement routes` lists them.",
        )
