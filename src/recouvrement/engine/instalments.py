"""What the parts of an item come to, each an account from its own due date: the instalments of a plan that ended."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from recouvrement.domain.decision import ClaimTranche, Doubt
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.engine.tranches import Tranche
from recouvrement.law.jurisdiction import Accrual, Debt, ImputedPayment, Jurisdiction, Receipt

_Part = TypeVar("_Part")


class Account(NamedTuple):
    """Interest on one part of an item."""

    debt: Debt
    accrual: Accrual
    plan_id: str | None

    @property
    def tranche(self) -> ClaimTranche:
        """The account as a claim shows it."""
        debt, accrual = self.debt, self.accrual
        return ClaimTranche(
            due_on=debt.due_on,
            plan_id=self.plan_id,
            amount=Money.from_minor(debt.principal_minor, debt.currency),
            principal=accrual.principal,
            late_interest=accrual.late_interest,
            segments=accrual.segments,
            payments=accrual.payments,
            interest_through=accrual.through,
            reasons=accrual.reasons,
        )


def accounts(
    debt: Debt, tranches: Sequence[Tranche], on: date, law: Jurisdiction, noticed: Callable[[date], date | None]
) -> tuple[Account, ...]:
    """Return the account of each part of a debt, oldest first; nothing where all of it bears interest from one date.

    Without a word on interest in the plan, an instalment bears it from the day after its own due date: the reading that
    cannot charge the debtor too much. A payment goes to the oldest part first, and what is left of it to the next.
    ``noticed`` gives the first mise en demeure after a due date.
    """
    apart = [one for one in tranches if one.plan is not None and one.plan.keeps_interest is not True]
    if not apart:
        return ()
    rest = sum(one.minor for one in tranches) - sum(one.minor for one in apart)
    parts = [Tranche(debt.due_on, rest, 0, None), *apart] if rest else apart
    found: list[Account] = []
    receipts = debt.receipts
    for number, part in enumerate(parts, start=1):
        own = debt._replace(
            due_on=part.due_on,
            principal_minor=part.minor,
            receipts=receipts,
            notice_on=debt.notice_on if part.plan is None else noticed(part.due_on),
            capitalised_from=part.due_on if debt.capitalised_from is not None else None,
        )
        accrual = law.accrual(own, on)
        if number < len(parts):
            receipts = tuple(Receipt(paid.on, paid.surplus) for paid in accrual.imputed if paid.surplus)
            accrual = _kept(accrual)
        found.append(Account(own, _explained(accrual, part), part.plan.plan_id if part.plan is not None else None))
    return tuple(found)


def _kept(accrual: Accrual) -> Accrual:
    """Return an account without what its payments leave over, which goes to the next one."""
    kept = tuple(
        ImputedPayment(paid.on, paid.minor - paid.surplus, paid.to_interest, paid.to_principal, 0)
        for paid in accrual.imputed
        if paid.minor > paid.surplus
    )
    return accrual._replace(imputed=kept)


def _explained(accrual: Accrual, part: Tranche) -> Accrual:
    if part.plan is None:
        return accrual
    amount = Money.from_minor(part.minor, accrual.currency)
    facts = {"plan_id": part.plan.plan_id, "due_on": part.due_on, "amount": amount}
    return accrual._replace(reasons=(Reason.of("due_by_plan", Authority.CONTRACT, facts), *accrual.reasons))


def together(parts: Sequence[Account]) -> Accrual:
    """Return the accounts of the parts of an item as one, their days and payments one after the other."""
    accruals = [part.accrual for part in parts]
    return Accrual(
        accruals[0].item_id,
        accruals[0].currency,
        sum(one.principal_minor for one in accruals),
        sum(one.late_interest_minor for one in accruals),
        tuple(days for one in accruals for days in one.days),
        tuple(sorted((paid for one in accruals for paid in one.imputed), key=lambda paid: paid.on)),
        _once(reason for one in accruals for reason in one.reasons),
        _once(doubt for one in accruals for doubt in one.doubts),
    )


def _once(values: Iterable[_Part]) -> tuple[_Part, ...]:
    return tuple(dict.fromkeys(values))


def interest_doubts(debt: Debt, tranches: Sequence[Tranche]) -> list[Doubt]:
    """Return a doubt for each plan that dates a part of an item and does not say whether interest ran meanwhile."""
    silent = {
        one.plan.plan_id
        for one in tranches
        if one.plan is not None and one.plan.keeps_interest is None and one.due_on > debt.due_on
    }
    asked = [{"plan_id": plan_id, "due_on": debt.due_on} for plan_id in sorted(silent)]
    return [Doubt.of("plan_interest_unsettled", Authority.CONTRACT, facts, item_id=debt.item_id) for facts in asked]
