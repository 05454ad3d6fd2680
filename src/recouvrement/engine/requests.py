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
from recouvrement.domain.parties import Contact, DebtorKind
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.values import FIRST_DAY, LAST_DAY
from recouvrement.domain.vocabulary import PROFESSIONAL_DOCUMENTS, REQUESTED_DOCUMENTS, Channel, DocumentKind, Rank
from recouvrement.engine.claim import claimed
from recouvrement.engine.ledger import Position
from recouvrement.engine.reach import Reach, first_reach
from recouvrement.engine.request_notices import check_notice, check_route, check_time_given
from recouvrement.engine.request_subjects import subject_of
from recouvrement.engine.requesting import Request, Subject
from recouvrement.engine.stops import FREE, Stopped, payable_minor
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
    is_late: bool = False,
) -> Requested:
    """Return the action and the claim of a document asked for on a date, ready for ``render_document``.

    ``about`` names the fact: a stop (dispute, promise), a plan, a payment. A plan only proposed is given itself.
    ``next_step`` is what a last notice announces, an outcome of scenarios or a code of ``law.routes``; ``pay_by`` the
    last day it leaves. ``channel`` is chosen where it is not given; ``recipient`` is for a file that is handed over.
    ``is_late`` lets a claim be declared after the last day, for relief from forclusion (C. com. art. L622-26).

    The principal of the action is what is asked. Of a dispute acknowledged over an item that something else holds
    nothing is: the claim shows what is not contested as deferred. A statement of account shows the whole balance;
    what is left in the books after a payment, contested or not, is ``left`` in the reason ``about_payment`` of a
    receipt, what payments paid of interest first is ``imputed``, and its parts tell what it settled of each item.

    Pure. The same request has the same identifier. Nothing moves on in the scenario. Raises ``InvalidInput`` for a kind
    that is not asked for in this way, a fact the case does not hold or that is of another kind, for items that may not
    be demanded (barred, under insolvency, assigned, or lacking what a formal step needs), and for what would be untrue:
    a promise nothing is missing of, a plan with dates gone by or over another plan, a waiver of the interest a public
    body owes; a last notice of a step that ``law.routes`` closes or opens only after an attempt to settle, or while an
    earlier message still leaves days to pay.

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
    check_notice(kind, next_step, pay_by, on)
    _check_options(case, kind, plan_interest, is_late=is_late)
    ask = inquiry(case, on, scenario, law)
    request = Request(ask, kind, about, is_late=is_late)
    subject = subject_of(request)
    claim = _claim(ask, subject)
    check_route(request, subject, claim, next_step)
    check_time_given(request, subject, pay_by)
    way = _way(ask, kind, channel, recipient)
    terms = {"accessories": plan_interest} if kind in _PLANS else {}
    about_id = about.plan_id if isinstance(about, PlanAgreed) else about
    why = Reason.of("requested", Authority.POLICY, {"document": kind, "about": about_id, **terms})
    written = about.model_dump_json() if isinstance(about, PlanAgreed) else about
    asked = (case.id, kind.value, written, on, way.channel.value, next_step, pay_by, *terms.values(), recipient)
    asked += ("late",) if is_late else ()
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
    return Requested(action, claim)


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


def _check_options(case: Case, kind: DocumentKind, plan_interest: PlanInterest, *, is_late: bool) -> None:
    """Refuse terms that may not be offered, and a mark of lateness on what is never late."""
    is_public = case.debtor.kind is DebtorKind.PUBLIC
    if kind in _PLANS and is_public and plan_interest is not PlanInterest.KEPT:
        raise InvalidInput(
            where=f"document {kind.value} of case {case.id}, plan_interest",
            found=f"{plan_interest.value}, and the debtor is a public body",
            hint="Leave it kept: a waiver of the interest a public body owes is deemed unwritten (CCP art. L2192-14).",
        )
    if is_late and kind is not DocumentKind.CLAIM_DECLARATION:
        raise InvalidInput(
            where=f"document {kind.value}",
            found="is_late is given",
            hint="Leave it out: only a claim_declaration has a last day.",
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
    usable = ask.reaches.usable - {Channel.INTERNAL}
    found = first_reach(wanted, DEFAULT_RECIPIENTS, ask.case.debtor, ask.history, usable)
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
    whole = sum(position.balance_minor for position, _ in subject.items)
    return Money.from_minor(whole if is_whole else payable_minor(subject.items), case.currency)


def _token(ask: Inquiry, listed: Sequence[str]) -> str:
    """Return the token of the items as they stand on the day asked, whatever day the document looks at."""
    by_id: dict[str, tuple[Position, Stopped]] = {position.item.id: (position, FREE) for position in ask.ledger.settled}
    by_id |= {position.item.id: (position, stop) for position, stop in ask.overlays.stopped}
    return token(by_id[item_id] for item_id in listed)


def _claim(ask: Inquiry, subject: Subject) -> Claim:
    """Return the claim on the open items listed, and on those of the day that are overdue."""
    open_items = [(position, stop) for position, stop in subject.items if position.balance_minor]
    return claimed(ask.case, tuple(open_items), ask.history, subject.as_of, ask.law).claim
