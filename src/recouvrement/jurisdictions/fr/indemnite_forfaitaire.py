"""The fixed recovery indemnity: 40 euros per invoice paid late, by businesses and public bodies only."""

from datetime import date, timedelta
from functools import cache, lru_cache

from recouvrement.domain.decision import Doubt
from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.jurisdictions.fr.interets_legaux import debtor_kind_unknown
from recouvrement.jurisdictions.fr.parametres import ParameterName, parametre, weak_source
from recouvrement.jurisdictions.fr.penalites_de_retard import CCP_FROM, public_contract_doubt
from recouvrement.law.jurisdiction import Debt, Indemnity, ProvenCost
from recouvrement.law.parameters import Parameter

_ONE_DAY = timedelta(days=1)


def indemnity(debt: Debt, on: date) -> Indemnity:
    """Return the indemnity one late invoice gives right to on ``on``; ask once per invoice, for its first late part.

    Recovery costs beyond it are owed too, each with its proof: what exceeds the indemnity is ``extra``.

    Due in full from the first day of delay, even for one day or after a part payment in time. Nothing is due by
    consumers and other non-professionals, nor when insolvency proceedings barred payment on the due date, nor in
    another currency (40 euros are never converted). A delay begun before the indemnity existed gives none: the
    administration's note covers delays begun afterwards; if it went on, a doubt says so. Nor is it owed to a private
    person, nor on top of a sum fixed by a court decision, which says what it grants.

    Sources:
        C. com. art. L441-10 II and D441-5; CCP art. L2192-13 and D2192-35; DGCCRF note 2012-164;
        CJUE 20 Oct. 2022, C-585/20 (per invoice); CJUE 11 July 2024, C-279/23 (even for small sums).
    """
    if (
        debt.debtor_kind is _BUSINESS
        and on > debt.due_on
        and not (debt.costs or debt.creditor_is_natural_person)
        and (_owed_after(debt, debt.due_on) if debt.receipts else debt.principal_minor) > 0
        and debt.instalments <= 1
        and debt.currency == "EUR"
        and debt.enforceable_on is None
        and debt.insolvency_opened_on is None
    ):  # as most are: nothing to look into
        usual = _usual(debt.due_on)
        if usual is not None:
            return _completed(usual, debt, on) if debt.receipts else usual
    return _looked_into(debt, on)


def _looked_into(debt: Debt, on: date) -> Indemnity:
    """Return the indemnity of any debt, whatever is to be said of it."""
    match debt.debtor_kind:
        case DebtorKind.BUSINESS:
            name: ParameterName = "indemnite_forfaitaire"
        case DebtorKind.PUBLIC:
            name = "indemnite_forfaitaire_publique"
        case DebtorKind.CONSUMER | DebtorKind.NON_PROFESSIONAL:
            return _none(debt, _not_owed_by(debt.debtor_kind))
        case DebtorKind.UNKNOWN:
            return _none(debt, _not_owed_by(debt.debtor_kind), debtor_kind_unknown())
    late_from = debt.due_on + _ONE_DAY
    barred = _barred(debt, on)
    if barred is not None:
        return _none(debt, barred)
    parameter = parametre(name)
    if not parameter.covers(late_from):
        return _outside(debt, on, parameter)
    if debt.currency != "EUR":
        inputs: dict[str, object] = {"currency": debt.currency}
        source = parameter.on(late_from).source
        reason = Reason.of("indemnity_in_other_currency", Authority.LAW, inputs, source=source)
        return _none(debt, reason, Doubt(code="indemnity_in_other_currency", reason=reason))
    return _completed(_due(name, late_from), debt, on)


_BUSINESS = DebtorKind.BUSINESS


@lru_cache(maxsize=4096)
def _usual(due_on: date) -> Indemnity | None:
    """Return the indemnity of a business late since that day; ``None`` when the figure does not cover its delay."""
    name: ParameterName = "indemnite_forfaitaire"
    late_from = due_on + _ONE_DAY
    return _due(name, late_from) if parametre(name).covers(late_from) else None


def _completed(due: Indemnity, debt: Debt, on: date) -> Indemnity:
    """Return the indemnity of a delay with what is proper to one debt: costs, and doubts."""
    doubts: tuple[Doubt, ...] = ()
    if debt.instalments > 1:
        doubts += _per_invoice(debt.item_id)
    if debt.debtor_kind is DebtorKind.PUBLIC and debt.due_on + _ONE_DAY < CCP_FROM:
        doubts += (public_contract_doubt(),)
    if debt.receipts and any(debt.due_on < receipt.on <= on for receipt in debt.receipts):
        doubts += (_rank(),)
    if not debt.costs:
        return Indemnity(due.amount, due.extra, due.reasons, due.doubts + doubts) if doubts else due
    extra, proofs = _extra(debt, on, due.amount)
    doubts += _costs_left_out(debt, on, is_owed=True)
    return Indemnity(due.amount, extra, due.reasons + proofs, due.doubts + doubts)


@lru_cache(maxsize=4096)
def _due(name: ParameterName, late_from: date) -> Indemnity:
    """Return the indemnity of any delay begun that day, made once for all the invoices of that due date."""
    value = parametre(name).on(late_from)
    reason = Reason.of("indemnity_per_invoice", Authority.LAW, {"late_from": late_from}, source=value.source)
    return Indemnity(Money.of(value.value, "EUR"), Money.zero("EUR"), (reason,), weak_source(value.source))


@cache
def _rank() -> Doubt:
    """Return the doubt on what a late payment extinguishes: the rank of the indemnity is not settled."""
    source = Source(article="C. civ. art. 1343-1", confidence=Confidence.UNSETTLED)
    return Doubt.of("indemnity_rank_unsettled", Authority.LAW, source=source)


def _extra(debt: Debt, on: date, amount: Money) -> tuple[Money, tuple[Reason, ...]]:
    """Return the proven recovery costs that exceed the indemnity, with one reason per document.

    Raises ``InvalidInput`` for a cost in another currency than the debt.

    Sources:
        C. com. art. L441-10 II; CCP art. L2192-13.
    """
    costs = [cost for cost in debt.costs if _is_recoverable(cost, debt, on)]
    spent = sum((cost.amount for cost in costs), start=Money.zero(debt.currency))
    if spent <= amount:
        return Money.zero(debt.currency), ()
    article = "CCP art. L2192-13" if debt.debtor_kind is DebtorKind.PUBLIC else "C. com. art. L441-10 II"
    source = Source(article=article, confidence=Confidence.VERIFIED)
    proofs = tuple(
        Reason.of(
            "proven_cost", Authority.FACT, {"incurred_on": cost.incurred_on, "amount": cost.amount, "proof": cost.proof}
        )
        for cost in costs
    )
    inputs: dict[str, object] = {"spent": spent, "indemnity": amount}
    return spent - amount, (Reason.of("extra_compensation", Authority.LAW, inputs, source=source, parts=proofs),)


def _is_recoverable(cost: ProvenCost, debt: Debt, on: date) -> bool:
    """Whether a cost was spent on recovering this late debt: after the due date, before any insolvency."""
    opened_on = debt.insolvency_opened_on
    return debt.due_on < cost.incurred_on <= on and (opened_on is None or cost.incurred_on < opened_on)


def _costs_left_out(debt: Debt, on: date, *, is_owed: bool) -> tuple[Doubt, ...]:
    """Return a doubt when costs given are not charged: nothing is dropped in silence."""
    spent = [cost for cost in debt.costs if cost.incurred_on <= on]
    left = [cost for cost in spent if not (is_owed and _is_recoverable(cost, debt, on))]
    if not left:
        return ()
    is_private = debt.debtor_kind in {DebtorKind.CONSUMER, DebtorKind.NON_PROFESSIONAL, DebtorKind.UNKNOWN}
    code = "costs_stay_with_creditor" if is_private else "costs_not_counted"
    source = Source(
        article="CPCE art. L111-8" if is_private else "C. com. art. L441-10 II", confidence=Confidence.VERIFIED
    )
    inputs: dict[str, object] = {"proofs": tuple(cost.proof for cost in left)}
    return (Doubt.of(code, Authority.LAW, inputs, source, item_id=debt.item_id),)


def _per_invoice(item_id: str) -> tuple[Doubt, ...]:
    """Return a doubt: with several due dates, one indemnity or one each, no text says; one is charged."""
    source = Source(article="C. com. art. D441-5", confidence=Confidence.UNSETTLED)
    return (Doubt.of("one_indemnity_per_invoice", Authority.LAW, source=source, item_id=item_id),)


def _barred(debt: Debt, on: date) -> Reason | None:
    """Return the fact that leaves no room for an indemnity, or ``None``."""
    if debt.creditor_is_natural_person:
        return _not_owed_to_private_persons()
    if debt.enforceable_on is not None:
        return Reason.of("indemnity_left_to_the_decision", Authority.FACT)
    if on <= debt.due_on:
        return Reason.of("not_late", Authority.FACT, {"due_on": debt.due_on})
    if _owed_after(debt, debt.due_on) <= 0:
        return Reason.of("paid_in_time", Authority.FACT, {"due_on": debt.due_on})
    opened_on = debt.insolvency_opened_on
    if opened_on is not None and opened_on <= debt.due_on:
        source = Source(article="C. com. art. L441-10 II", confidence=Confidence.VERIFIED)
        return Reason.of("indemnity_barred_by_insolvency", Authority.LAW, {"opened_on": opened_on}, source=source)
    return None


def _outside(debt: Debt, on: date, parameter: Parameter) -> Indemnity:
    """Return no indemnity for a delay that begins before the figure existed, or after the days covered here."""
    late_from = debt.due_on + _ONE_DAY
    if late_from > parameter.last_day:
        inputs: dict[str, object] = {"rule": parameter.id, "from": parameter.last_day + _ONE_DAY}
        reason = Reason.of("rule_not_covered", Authority.LAW, inputs)
        return _none(debt, reason, Doubt(code="rule_not_covered", reason=reason))
    first = parameter.values[0]
    inputs = {"late_from": late_from, "in_force_from": first.from_}
    reason = Reason.of("indemnity_not_yet_in_force", Authority.LAW, inputs, source=first.source)
    if on >= first.from_ and _owed_after(debt, first.from_ - _ONE_DAY) > 0:
        return _none(debt, reason, Doubt(code="delay_begun_before_indemnity", item_id=debt.item_id, reason=reason))
    return _none(debt, reason)


def _owed_after(debt: Debt, day: date) -> int:
    """Return what was still owed at the end of that day, in minor units, interest left aside."""
    return debt.principal_minor - sum([receipt.minor for receipt in debt.receipts if receipt.on <= day])


def _none(debt: Debt, reason: Reason, *doubts: Doubt) -> Indemnity:
    return Indemnity(
        amount=Money.zero(debt.currency),
        extra=Money.zero(debt.currency),
        reasons=(reason,),
        doubts=(*doubts, *_costs_left_out(debt, date.max, is_owed=False)),
    )


@cache
def _not_owed_to_private_persons() -> Reason:
    source = Source(article="C. com. art. L441-10", confidence=Confidence.UNSETTLED)
    return Reason.of("indemnity_owed_to_professionals_only", Authority.LAW, source=source)


@cache
def _not_owed_by(kind: DebtorKind) -> Reason:
    source = Source(article="C. com. art. L441-10 II", confidence=Confidence.VERIFIED)
    return Reason.of("indemnity_owed_by_professionals_only", Authority.LAW, {"debtor_kind": kind}, source=source)
