"""A payment plan as it is printed: its dates, its terms, and the debt it acknowledges, in figures and in words."""

from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.money import Money
from recouvrement.domain.terms import Imputation, agreed_terms
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render import formats
from recouvrement.render.told import shown, shown_day, told, told_day, told_money
from recouvrement.render.words_fr import amount_in_words


class PlanRow(NamedTuple):
    """One date of a plan."""

    rank: str
    due_on: str
    amount: str
    left: str
    """What the plan still holds after it."""


class Agreement(NamedTuple):
    """A plan; empty texts for another document. A term that is not agreed is an empty text."""

    plan_rows: tuple[PlanRow, ...]
    plan_id: str
    plan_on: str
    plan_total: str
    plan_total_words: str
    plan_count: str
    """``3 échéances``."""
    plan_last_on: str
    plan_beyond: str
    """What is owed and left out of the plan."""
    plan_grace: str
    plan_notice: str
    """``8 jours``."""
    plan_accelerates: str
    """Not empty when the whole becomes due if the plan ends by default."""
    plan_interest_kept: str
    plan_interest_waived: str
    plan_interest_frozen: str
    plan_interest_accrued: str
    """Interest owed on the day besides the plan, where the document shows none: a consumer's, at the legal rate."""
    plan_principal_first: str
    """Not empty when the terms of every invoice let payments go to the principal first (C. civ. art. 1343-1)."""
    plan_leaves_interest: str
    """Not empty when they do not, and interest is left out of the plan."""
    plan_pays_interest: str
    """Not empty when they do not, and the plan comes to all that is owed, interest included."""
    debt_words: str
    """The whole debt in words."""
    plan_missed_on: str
    plan_expected: str
    plan_received: str
    plan_missing: str


NO_AGREEMENT = Agreement((), *[""] * (len(Agreement._fields) - 1))

PLANS = frozenset({DocumentKind.PLAN_PROPOSAL, DocumentKind.PLAN_AGREEMENT, DocumentKind.PLAN_DEFAULT_NOTICE})
_SCHEDULED = frozenset({DocumentKind.PLAN_PROPOSAL, DocumentKind.PLAN_AGREEMENT})


def agreement(action: Action, case: Case, claim: Claim, total: Money, *, accessories: bool) -> Agreement:
    """Return the plan an action is about; ``total`` is what is owed on its items, with ``accessories`` or without.

    Raises ``RenderError`` when the plan asks for more than is owed: nobody may be made to acknowledge that.
    """
    if action.document not in PLANS:
        return NO_AGREEMENT
    terms = told(action, "about_plan")
    parts = [(told_day(part, "due_on"), told_money(part, "amount")) for part in terms.parts]
    dated = [(day, amount) for day, amount in parts if day is not None and amount is not None]
    whole = sum((amount for _, amount in dated), start=Money.zero(total.currency))
    scheduled = action.document in _SCHEDULED
    if scheduled and whole > total:
        raise RenderError(
            where=f"action {action.id}, plan {terms.input('plan_id')}",
            found=f"its instalments come to {whole}, and {total} is owed on its items",
            hint="Take the surplus out of the plan: it would make the debtor acknowledge more than he owes.",
        )
    interest = told(action, "requested").input("accessories") if scheduled else None
    first = _paid_first(action, case, interest=accessories and whole == total) if scheduled else None
    missing = NO_AGREEMENT
    if action.document is DocumentKind.PLAN_DEFAULT_NOTICE:
        missing = _missing(action)
    return missing._replace(
        plan_rows=_rows(dated, whole),
        plan_id=terms.input("plan_id") or "",
        plan_on=shown_day(told_day(terms, "agreed_on")),
        plan_total=formats.money(whole),
        plan_total_words=amount_in_words(whole),
        plan_count=formats.count(len(dated), "échéance", "échéances"),
        plan_last_on=shown_day(dated[-1][0]) if dated else "",
        # Once the plan runs, what is owed has moved: only what is being agreed has something beyond it to tell.
        plan_beyond=shown(total - whole) if scheduled and whole < total else "",
        plan_grace=_days(terms.input("grace_days")),
        plan_notice=_days(terms.input("notice_days")),
        plan_accelerates="oui" if terms.input("accelerates") == "yes" else "",
        plan_interest_kept="oui" if interest == "kept" else "",
        plan_interest_waived="oui" if interest == "waived" else "",
        plan_interest_frozen="oui" if interest == "frozen" else "",
        plan_interest_accrued="" if accessories or not scheduled else _interest(action, claim),
        plan_principal_first="oui" if first is _First.PRINCIPAL else "",
        plan_leaves_interest="oui" if first is _First.PLAN else "",
        plan_pays_interest="oui" if first is _First.INTEREST else "",
        debt_words=amount_in_words(total),
    )


class _First(Enum):
    """What a payment of a plan goes to first."""

    PRINCIPAL = auto()
    PLAN = auto()
    INTEREST = auto()


def _paid_first(action: Action, case: Case, *, interest: bool) -> _First:
    """Return what payments go to first, as the account counts them; ``interest``: the plan holds all that is owed.

    While a plan that leaves interest out is kept, its payments settle it: they cannot be said to pay interest first.
    """
    listed = frozenset(action.listed)
    terms = [
        agreed_terms(invoice.terms, case.creditor.terms)
        for invoice in case.invoices
        if any(item.id in listed for item in invoice.items)
    ]
    if all(one.imputation is Imputation.PRINCIPAL_FIRST for one in terms):
        return _First.PRINCIPAL
    return _First.INTEREST if interest else _First.PLAN


def _interest(action: Action, claim: Claim) -> str:
    """Return the interest owed on the listed items; empty when none is."""
    owed = [item.late_interest for item in claim.items if item.item_id in action.listed and item.late_interest.minor]
    return formats.money(sum(owed, start=Money.zero(claim.total.currency))) if owed else ""


def _missing(action: Action) -> Agreement:
    default = told(action, "about_plan_default")
    received = told_money(default, "received")
    return NO_AGREEMENT._replace(
        plan_missed_on=shown_day(told_day(default, "due_on")),
        plan_expected=shown(told_money(default, "expected")),
        plan_received=formats.money(received) if received is not None else "",
        plan_missing=shown(told_money(default, "missing")),
    )


def _days(number: str | None) -> str:
    return formats.count(int(number), "jour", "jours") if number and number != "0" else ""


def _rows(dated: list[tuple[date, Money]], whole: Money) -> tuple[PlanRow, ...]:
    left, rows = whole, []
    for rank, (due_on, amount) in enumerate(dated, start=1):
        left -= amount
        rows.append(PlanRow(str(rank), formats.short_date(due_on), formats.money(amount), formats.money(left)))
    return tuple(rows)
