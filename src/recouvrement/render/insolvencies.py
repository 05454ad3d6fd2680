"""What a declaration of claim says of the proceedings, and of what is due and to come."""

from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.events import InsolvencyOpened, ProceduralStepDone
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Insolvency, InsolvencyKind
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render import formats
from recouvrement.render.payments import due_days_of, oldest_first
from recouvrement.render.statement import label
from recouvrement.render.told import shown_day, told, told_day

KINDS: dict[InsolvencyKind, str] = {
    InsolvencyKind.SAUVEGARDE: "sauvegarde",
    InsolvencyKind.REDRESSEMENT_JUDICIAIRE: "redressement judiciaire",
    InsolvencyKind.LIQUIDATION_JUDICIAIRE: "liquidation judiciaire",
    InsolvencyKind.SURENDETTEMENT: "surendettement",
}
"""French name of each kind of proceedings."""


class DeclaredRow(NamedTuple):
    """One debt declared; of ``due`` and ``coming`` one is empty."""

    number: str
    issued_on: str
    due_on: str
    original: str
    deducted: str
    """Credit notes, and payments received by the day of the opening."""
    due: str
    """Left, and fallen due on the day of the opening."""
    coming: str
    """Left, and not due yet on that day."""


class Declaration(NamedTuple):
    """Insolvency proceedings and what is declared in them; empty texts for another document."""

    declared_rows: tuple[DeclaredRow, ...]
    declared_due: str
    declared_coming: str
    insolvency_kind: str
    insolvency_opened_on: str
    insolvency_published_on: str
    insolvency_court: str
    insolvency_agent: str
    insolvency_agent_address: str
    """On one line."""
    declared_procedure: str
    """Acts of a procedure recorded for these debts; empty when there is none."""


NO_DECLARATION = Declaration((), *[""] * (len(Declaration._fields) - 1))


def insolvency_of(action: Action, case: Case) -> Insolvency | None:
    """Return the proceedings an action is about, with all the case knows of them; ``None`` when it is about none."""
    if action.document is not DocumentKind.CLAIM_DECLARATION:
        return None
    reason = told(action, "about_insolvency")
    opened_on, kind = told_day(reason, "opened_on"), reason.input("kind")
    known = [event.insolvency for event in case.history if isinstance(event, InsolvencyOpened)]
    known += [case.debtor.insolvency] if case.debtor.insolvency is not None else []
    own = [one for one in known if one.opened_on == opened_on and one.kind.value == kind]
    if not own:
        return None
    return Insolvency(
        kind=own[0].kind,
        opened_on=own[0].opened_on,
        published_on=next((one.published_on for one in own if one.published_on), None),
        court=next((one.court for one in own if one.court), None),
        agent=next((one.agent for one in own if one.agent), None),
        agent_address=next((one.agent_address for one in own if one.agent_address), None),
    )


def declaration(action: Action, case: Case, claim: Claim) -> Declaration:
    """Return what is declared: each debt as it stood on the day of the opening."""
    insolvency = insolvency_of(action, case)
    if insolvency is None:
        return NO_DECLARATION
    balances = {item.item_id: item.balance for item in claim.items}
    zero = Money.zero(case.currency)
    due = coming = zero
    rows = []
    due_days = due_days_of(claim)
    for item in oldest_first((item for item in case.items if item.id in action.listed), due_days):
        original = Money.from_minor(item.amount_minor, case.currency)
        amount = balances.get(item.id, original)
        day = due_days.get(item.id, item.due_on)
        is_due = day is not None and day <= insolvency.opened_on
        due, coming = (due + amount, coming) if is_due else (due, coming + amount)
        rows.append(
            DeclaredRow(
                number=label(item, case),
                issued_on=formats.short_date(item.issued_on),
                due_on=formats.short_date(day) if day else "",
                original=formats.money(original),
                deducted=formats.money(original - amount),
                due=formats.money(amount) if is_due else "",
                coming="" if is_due else formats.money(amount),
            )
        )
    address = insolvency.agent_address
    return Declaration(
        declared_rows=tuple(rows),
        declared_due=formats.money(due),
        declared_coming=formats.money(coming),
        insolvency_kind=KINDS[insolvency.kind],
        insolvency_opened_on=formats.long_date(insolvency.opened_on),
        insolvency_published_on=shown_day(insolvency.published_on),
        insolvency_court=insolvency.court or "",
        insolvency_agent=insolvency.agent or "",
        insolvency_agent_address=", ".join(address.lines(insolvency.agent or "")[1:]) if address else "",
        declared_procedure=_procedure(action, case),
    )


def _procedure(action: Action, case: Case) -> str:
    """Return the procedural acts recorded for the debts listed, by their day and reference."""
    names = {name for item in case.items if item.id in action.listed for name in (item.id, item.invoice_number)}
    acts = [
        event
        for event in case.history
        if isinstance(event, ProceduralStepDone) and (not event.item_ids or not names.isdisjoint(event.item_ids))
    ]
    return ", ".join(
        f"acte du {formats.short_date(event.effective_on)}"
        + (f" (n°{formats.NO_BREAK}{formats.unbroken(event.reference)})" if event.reference else "")
        for event in acts
    )
