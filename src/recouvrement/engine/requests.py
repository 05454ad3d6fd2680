"""Documents somebody asks for: the action and the claim of one that the scenario does not send by itself."""

import hashlib
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, ActionKind, Claim
from recouvrement.domain.events import PlanAgreed
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Contact
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.values import FIRST_DAY, LAST_DAY
from recouvrement.domain.vocabulary import PROFESSIONAL_DOCUMENTS, REQUESTED_DOCUMENTS, Channel, DocumentKind, Rank
from recouvrement.engine.claim import claimed
from recouvrement.engine.ledger import Position
from recouvrement.engine.reach import Reach, first_reach
from recouvrement.engine.request_subjects import Subject, subject_of
from recouvrement.engine.stops import FREE, Stopped
from recouvrement.engine.survey import Inquiry, inquiry
from recouvrement.engine.token import token
from recouvrement.errors import InvalidInput
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.model import DEFAULT_RECIPIENTS, Scenario

REQUESTABLE = REQUESTED_DOCUMENTS | {DocumentKind.LAST_NOTICE}
"""Documents ``requested`` makes. A last notice may also be a stage: its scenario then says what comes next."""


class PlanInterest(StrEnum):
    """What becomes of interest and fixed indemnity while a payment plan is kept."""

    KEPT = "kept"
    """They stay owed, and interest goes on."""
    WAIVED = "waived"
    """Given up if every date of the plan is kept; owed again if not."""
    FROZEN = "frozen"
    """No further interest while the plan is kept."""


class Requested(NamedTuple):
    """An action nobody decided, with the claim its document rests on."""

    action: Action
    claim: Claim


def requested(
    case: Case,
    kind: DocumentKind,
    on: date,
    *,
    scenario: Scenario,
    law: Jurisdiction,
    about: str | PlanAgreed | None = None,
    channel: Channel | None = None,
    recipient: Contact | None = None,
    next_step: str | None = None,
    pay_by: date | None = None,
    plan_interest: PlanInterest = PlanInterest.KEPT,
) -> Requested:
    """Return the action and the claim of a document asked for on a date, ready for ``render_document``.

    ``about`` names the fact: a stop (dispute, promise), a plan, a payment. A plan only proposed is given itself.
    ``next_step`` is what a last notice announces, an outcome of scenarios or a code of ``law.routes``; ``pay_by`` the
    last day it leaves. ``channel`` is chosen where it is not given; ``recipient`` is for a file that is handed over.

    Pure. The same request has the same identifier. Nothing moves on in the scenario. Raises ``InvalidInput`` for a kind
    that is not asked for in this way, a fact the case does not hold or that is of another kind, and for items that may
    not be demanded: barred, under insolvency, or lacking what a formal step needs.

    >>> from recouvrement import FRANCE, Contact, Creditor, Debtor, Invoice, builtin
    >>> invoice = Invoice.single("F2026-118", issued_on=date(2026, 9, 30), due_on=date(2026, 10, 30),
    ...                          total=Money.of("1250.00", "EUR"))
    >>> debtor = Debtor(id="411LEFOURNIL", name="Le Fournil", contacts=(Contact(email="compta@fournil.example"),))
    >>> case = Case(creditor=Creditor(id="ATELIER", name="Atelier Durand"), debtor=debtor, invoices=(invoice,))
    >>> kind = DocumentKind.STATEMENT_OF_ACCOUNT
    >>> asked = requested(case, kind, date(2026, 11, 23), scenario=builtin("standard_b2b"), law=FRANCE)
    >>> asked.action.listed, asked.action.channel.value, asked.action.principal
    (('F2026-118',), 'email', Money('1250.00', 'EUR'))
    """
    if kind not in REQUESTABLE:
        raise InvalidInput(
            where=f"document {kind.value}",
            found="it is not made on request",
            hint=f"Choose one of {', '.join(sorted(one.value for one in REQUESTABLE))}, or let a scenario send it.",
        )
    if not FIRST_DAY <= on <= LAST_DAY:
        raise InvalidInput(
            where="date of the request", found=on.isoformat(), hint=f"Give a day from {FIRST_DAY} to {LAST_DAY}."
        )
    _check_notice(kind, next_step, pay_by, on)
    ask = inquiry(case, on, scenario, law)
    subject = subject_of(ask, kind, about)
    way = _way(ask, kind, channel, recipient)
    terms = {"accessories": plan_interest} if kind in _PLANS else {}
    about_id = about.plan_id if isinstance(about, PlanAgreed) else about
    why = Reason.of("requested", Authority.POLICY, {"document": kind, "about": about_id, **terms})
    written = about.model_dump_json() if isinstance(about, PlanAgreed) else about
    asked = (case.id, kind.value, written, on, way.channel.value, next_step, pay_by, *terms.values(), recipient)
    listed = tuple(position.item.id for position, _ in subject.items)
    action = Action(
        id=hashlib.sha256("|".join(str(part) for part in asked).encode()).hexdigest()[:20],
        kind=ActionKind.ALERT if kind in PROFESSIONAL_DOCUMENTS else ActionKind.CONTACT,
        scenario=scenario.id,
        scenario_version=scenario.version,
        stage=f"request:{kind.value}",
        occurrence=1,
        document=kind,
        channel=way.channel,
        rank=_RANKS.get(kind, Rank.PREVENTIVE),
        leader=listed[0],
        triggered=(),
        listed=listed,
        advanced=(),
        principal=_principal(kind, subject, case),
        recipient=way.recipient,
        outcome=next_step,
        pay_by=pay_by,
        token=_token(ask, listed),
        reasons=(why, *subject.reasons),
    )
    return Requested(action, _claim(ask, subject))


_PLANS = frozenset({DocumentKind.PLAN_PROPOSAL, DocumentKind.PLAN_AGREEMENT})
_RANKS = {
    DocumentKind.BROKEN_PROMISE: Rank.AMICABLE,
    DocumentKind.PLAN_DEFAULT_NOTICE: Rank.FORMAL,
    DocumentKind.LAST_NOTICE: Rank.PRE_LITIGATION,
}
"""A preventive message reminds of nothing: what is only told or confirmed does not count as a reminder."""

_BY_PROOF = frozenset({DocumentKind.LAST_NOTICE, DocumentKind.PLAN_DEFAULT_NOTICE, DocumentKind.CLAIM_DECLARATION})
_TO_THE_STAFF = frozenset({DocumentKind.HANDOVER_COVER, DocumentKind.ORDER_TO_PAY_SHEET})
_TO_BE_SIGNED = frozenset({DocumentKind.PLAN_AGREEMENT})
_NEVER = frozenset({Channel.SMS, Channel.PHONE})


def _check_notice(kind: DocumentKind, next_step: str | None, pay_by: date | None, on: date) -> None:
    """Refuse a last notice that announces nothing: a step that is not decided may not be announced."""
    is_notice = kind is DocumentKind.LAST_NOTICE
    if is_notice and (next_step is None or pay_by is None or pay_by <= on):
        raise InvalidInput(
            where="document last_notice",
            found=f"next step {next_step}, to be taken after {pay_by}",
            hint="Give next_step, the step that is decided, and pay_by, a later day: a notice of nothing misleads.",
        )
    if not is_notice and (next_step is not None or pay_by is not None):
        raise InvalidInput(
            where=f"document {kind.value}",
            found="next_step or pay_by is given",
            hint="Leave them out: only a last notice announces a step.",
        )


def _way(ask: Inquiry, kind: DocumentKind, channel: Channel | None, recipient: Contact | None) -> Reach:
    """Return how the document goes out: as asked, else by the first channel that suits it."""
    if channel in _NEVER:
        raise InvalidInput(
            where=f"document {kind.value}", found=f"channel {channel.value}", hint="Send it by email or by post."
        )
    if kind in PROFESSIONAL_DOCUMENTS:
        default = Channel.INTERNAL if kind in _TO_THE_STAFF else Channel.REGISTERED_POST
        return Reach(channel or default, recipient)
    preferred: tuple[Channel, ...] = (Channel.EMAIL, Channel.POST)
    if kind in _BY_PROOF:
        preferred = (Channel.REGISTERED_POST,)
    elif kind in _TO_BE_SIGNED:
        preferred = (Channel.POST, Channel.EMAIL)
    wanted = preferred if channel is None else (channel,)
    found = first_reach(wanted, DEFAULT_RECIPIENTS, ask.case.debtor, ask.history, ask.usable - {Channel.INTERNAL})
    if found is None:
        raise InvalidInput(
            where=f"document {kind.value} of case {ask.case.id}",
            found=f"the debtor cannot be reached by {' or '.join(one.value for one in wanted)}",
            hint="Complete the debtor's contacts or address, or choose another channel.",
        )
    return Reach(found.channel, recipient or found.recipient)


def _principal(kind: DocumentKind, subject: Subject, case: Case) -> Money:
    """Return what is asked for on the items; a statement of account asks nothing, and shows the whole."""
    is_whole = kind is DocumentKind.STATEMENT_OF_ACCOUNT
    asked = sum(one.balance_minor - (0 if is_whole else stop.withheld_minor) for one, stop in subject.items)
    return Money.from_minor(asked, case.currency)


def _token(ask: Inquiry, listed: Sequence[str]) -> str:
    """Return the token of the items as they stand on the day asked, whatever day the document looks at."""
    by_id: dict[str, tuple[Position, Stopped]] = {position.item.id: (position, FREE) for position in ask.ledger.settled}
    by_id |= {position.item.id: (position, stop) for position, stop in ask.overlays.stopped}
    return token(by_id[item_id] for item_id in listed)


def _claim(ask: Inquiry, subject: Subject) -> Claim:
    """Return the claim on the open items listed, and on those of the day that are overdue."""
    open_items = [(position, stop) for position, stop in subject.items if position.balance_minor]
    return claimed(ask.case, tuple(open_items), ask.history, subject.as_of, ask.law).claim
