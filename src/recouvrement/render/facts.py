"""The facts a document needs before it is written, and the items it may be about."""

from collections.abc import Callable
from typing import NamedTuple, assert_never

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.vocabulary import ON_PAPER, Channel, DocumentKind
from recouvrement.errors import MissingMention, RenderError
from recouvrement.render.insolvencies import insolvency_of
from recouvrement.render.parties import creditor_name, writer
from recouvrement.render.views import View


class Requirement(NamedTuple):
    """A fact a document cannot do without."""

    path: str
    is_missing: Callable[[Action, Case], bool]
    because: str
    of_a_collector: bool = False
    """Whether it is needed only where a third party mandated to recover writes."""


_CONTACT = Requirement(
    "creditor.email",
    lambda action, case: writer(action, case).email is None and writer(action, case).phone is None,
    "the debtor must be able to answer and to contest; set it, or creditor.phone",
)
_SIREN = Requirement(
    "creditor.siren",
    lambda _, case: case.creditor.siren is None and not case.creditor.is_natural_person,
    "a firm's letters carry its number (C. com. art. R123-237)",
)
_IBAN = Requirement(
    "creditor.iban",
    lambda action, case: case.creditor.iban is None and writer(action, case).iban is None,
    "the letter says how to pay",
)
_ADDRESS = Requirement(
    "creditor.address", lambda _, case: case.creditor.address is None, "the letter names both parties"
)
_SIGNATORY = Requirement(
    "creditor.signatory",
    lambda action, case: writer(action, case).signatory is None,
    "the document is signed by somebody",
)
_DEBTOR_ADDRESS = Requirement(
    "debtor.address", lambda _, case: case.debtor.address is None, "the letter names both parties"
)
_PAY_BY = Requirement(
    "action.pay_by", lambda action, _: action.pay_by is None, "the letter gives a date; set the stage's time to pay"
)
_AGENT = Requirement(
    "insolvency.agent",
    lambda action, case: (found := insolvency_of(action, case)) is None or found.agent is None,
    "claims are declared to the judicial agent (C. com. art. L622-24)",
)
_AGENT_ADDRESS = Requirement(
    "insolvency.agent_address",
    lambda action, case: (found := insolvency_of(action, case)) is None or found.agent_address is None,
    "the declaration is sent to the judicial agent",
)
_STATUTE = Requirement(
    "creditor.collector.statute_text",
    lambda _, case: case.creditor.collector is not None and case.creditor.collector.statute_text is None,
    "a mandated collector reproduces CPCE art. L111-8 al. 2 and 3 (art. R124-4 5°): copy it from the official source, "
    "and date it",
    of_a_collector=True,
)
_PRINCIPAL_ADDRESS = Requirement(
    "creditor.address",
    lambda _, case: case.creditor.collector is not None and case.creditor.address is None,
    "a mandated collector names the creditor and its address (CPCE art. R124-4 2°)",
    of_a_collector=True,
)
DEMANDS = frozenset(
    {
        DocumentKind.REMINDER_1,
        DocumentKind.REMINDER_2,
        DocumentKind.REMINDER_3,
        DocumentKind.REMINDER_LETTER,
        DocumentKind.MISE_EN_DEMEURE,
        DocumentKind.LAST_NOTICE,
        DocumentKind.BROKEN_PROMISE,
        DocumentKind.PLAN_DEFAULT_NOTICE,
    }
)
"""Letters that ask the debtor to pay: from a mandated collector they bear the mentions of CPCE art. R124-4."""


def requirements(kind: DocumentKind, channel: Channel) -> tuple[Requirement, ...]:
    """Return the facts without which a document of that kind is not made."""
    on_paper = (_ADDRESS, _DEBTOR_ADDRESS) if channel in ON_PAPER else ()
    match kind:
        case (
            DocumentKind.COURTESY_NOTICE
            | DocumentKind.REMINDER_1
            | DocumentKind.REMINDER_2
            | DocumentKind.SMS
            | DocumentKind.THANK_YOU
            | DocumentKind.STATEMENT_OF_ACCOUNT
            | DocumentKind.DISPUTE_ACKNOWLEDGEMENT
            | DocumentKind.PROMISE_CONFIRMATION
            | DocumentKind.BROKEN_PROMISE
            | DocumentKind.PLAN_PROPOSAL
            | DocumentKind.RECEIPT
        ):
            asked: tuple[Requirement, ...] = (_CONTACT,)
        case DocumentKind.REMINDER_3:
            asked = (_CONTACT, _PAY_BY)
        case DocumentKind.REMINDER_LETTER:
            asked = (_CONTACT, _SIREN, _IBAN, _ADDRESS, _PAY_BY)
        case DocumentKind.MISE_EN_DEMEURE | DocumentKind.LAST_NOTICE:
            asked = (_CONTACT, _SIREN, _IBAN, _ADDRESS, _SIGNATORY, _DEBTOR_ADDRESS, _PAY_BY)
        case DocumentKind.PLAN_AGREEMENT | DocumentKind.PLAN_DEFAULT_NOTICE:
            asked = (_CONTACT, _SIREN, _IBAN, _ADDRESS, _SIGNATORY, _DEBTOR_ADDRESS)
        case DocumentKind.ORDER_TO_PAY_SHEET:
            asked = (_SIREN, _ADDRESS, _DEBTOR_ADDRESS)
        case DocumentKind.CLAIM_DECLARATION:
            asked = (_CONTACT, _SIREN, _ADDRESS, _SIGNATORY, _DEBTOR_ADDRESS, _AGENT, _AGENT_ADDRESS)
        case (
            DocumentKind.DECOMPTE_ANNEX
            | DocumentKind.HANDOVER_COVER
            | DocumentKind.CALL_SCRIPT
            | DocumentKind.DELIVERY_SUSPENSION
            | DocumentKind.STAFF_ALERT
            | DocumentKind.TERMINAL_NOTE
            | DocumentKind.DEADLINE_ALERT
        ):
            asked = ()
        case _:
            assert_never(kind)
    mandated = (_PRINCIPAL_ADDRESS, _STATUTE) if kind in DEMANDS else ()
    return tuple(dict.fromkeys((*asked, *on_paper, *mandated)))


def check_facts(action: Action, case: Case) -> None:
    """Raise ``MissingMention`` naming every fact that the document needs and the case does not hold.

    ``RenderError`` when a text message would leave by another channel, or another document as a text message.
    """
    if (action.document is DocumentKind.SMS) is not (action.channel is Channel.SMS):
        raise RenderError(
            where=f"case {case.id}, {action.document.value}",
            found=f"it is to leave by {action.channel.value}",
            hint="Send the document sms by the channel sms, and nothing else by it.",
        )
    missing = [
        requirement
        for requirement in requirements(action.document, action.channel)
        if requirement.is_missing(action, case)
    ]
    if missing:
        raise MissingMention(
            where=f"case {case.id}, {action.document.value}",
            found="; ".join(f"{requirement.path} is not set: {requirement.because}" for requirement in missing),
            hint=f"Complete the file of {creditor_name(case.creditor)} or of debtor {case.debtor.id}.",
        )


def check_scope(action: Action, case: Case, view: View) -> None:
    """Raise ``RenderError`` when a document is about items it may not be about.

    Nothing that is not overdue is asked for, and nothing overdue is announced as still to come. Courts and proceedings
    that a public body is not subject to get no document about one.
    """
    where = f"case {case.id}, {action.document.value}"
    account = view.statement
    match action.document:
        case DocumentKind.COURTESY_NOTICE:
            if account.oldest_days_late:
                raise RenderError(
                    where=where,
                    found=f"an item of {view.body.invoices_label} is already overdue",
                    hint="Send a reminder; a notice before the due date would be untrue.",
                )
        case DocumentKind.CLAIM_DECLARATION | DocumentKind.ORDER_TO_PAY_SHEET if case.debtor.kind is DebtorKind.PUBLIC:
            raise RenderError(
                where=where,
                found="the debtor is a public body",
                hint="Neither proceedings are open to it: `recouvrement routes` lists those that are.",
            )
        case (
            DocumentKind.THANK_YOU
            | DocumentKind.STAFF_ALERT
            | DocumentKind.TERMINAL_NOTE
            | DocumentKind.DEADLINE_ALERT
            | DocumentKind.STATEMENT_OF_ACCOUNT
            | DocumentKind.DISPUTE_ACKNOWLEDGEMENT
            | DocumentKind.PROMISE_CONFIRMATION
            | DocumentKind.BROKEN_PROMISE
            | DocumentKind.PLAN_PROPOSAL
            | DocumentKind.PLAN_AGREEMENT
            | DocumentKind.PLAN_DEFAULT_NOTICE
            | DocumentKind.RECEIPT
            | DocumentKind.CLAIM_DECLARATION
        ):
            pass
        case _:
            if not account.due_only:
                raise RenderError(
                    where=where,
                    found=f"an item of {view.body.invoices_label} is not overdue",
                    hint="Render the action with the claim of its own decision, on its own date.",
                )
