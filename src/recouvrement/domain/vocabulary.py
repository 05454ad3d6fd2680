"""The closed vocabularies shared by scenarios, actions and letters."""

from enum import StrEnum

from recouvrement.domain.values import Word


class Rank(StrEnum):
    """How far a step goes, in rising order; the declaration order is the rank."""

    PREVENTIVE = "preventive"
    AMICABLE = "amicable"
    FORMAL = "formal"
    PRE_LITIGATION = "pre_litigation"
    LITIGATION = "litigation"

    @property
    def level(self) -> int:
        """0 for preventive up to 4 for litigation."""
        return _LEVELS[self]


_LEVELS = {rank: level for level, rank in enumerate(Rank)}


class DocumentKind(StrEnum):
    """The documents the library can produce."""

    COURTESY_NOTICE = "courtesy_notice"
    """Before the due date: a reminder that it is coming."""
    REMINDER_1 = "reminder_1"
    REMINDER_2 = "reminder_2"
    """Second reminder, with the décompte of what delay already costs."""
    REMINDER_3 = "reminder_3"
    """Third reminder, firm: a date is given, and what comes next is said."""
    SMS = "sms"
    """Reminder in two text messages at most."""
    CALL_SCRIPT = "call_script"
    REMINDER_LETTER = "reminder_letter"
    """Last amicable letter, with the statement of account."""
    MISE_EN_DEMEURE = "mise_en_demeure"
    LAST_NOTICE = "last_notice"
    """Last notice before proceedings: it names the step that is decided, and the day from which it is taken."""
    STATEMENT_OF_ACCOUNT = "statement_of_account"
    """Every open item and every movement since the oldest of them; asks nothing."""
    DECOMPTE_ANNEX = "decompte_annex"
    """The décompte of interest and the sums by heading, on a sheet of its own."""
    DISPUTE_ACKNOWLEDGEMENT = "dispute_acknowledgement"
    """The contestation was received: dunning stops for the contested part, and nothing is admitted."""
    PROMISE_CONFIRMATION = "promise_confirmation"
    BROKEN_PROMISE = "broken_promise"
    PLAN_PROPOSAL = "plan_proposal"
    PLAN_AGREEMENT = "plan_agreement"
    """Payment plan with acknowledgement of debt, to be signed by both parties (C. civ. art. 1376)."""
    PLAN_DEFAULT_NOTICE = "plan_default_notice"
    RECEIPT = "receipt"
    """Receipt for one payment."""
    THANK_YOU = "thank_you"
    """After payment, where the scenario wishes it."""
    HANDOVER_COVER = "handover_cover"
    """To a commissaire de justice or a lawyer: cover of the file handed over to them."""
    ORDER_TO_PAY_SHEET = "order_to_pay_sheet"
    """The facts the official form of an order to pay asks for; it is not that form."""
    CLAIM_DECLARATION = "claim_declaration"
    """To the judicial agent of insolvency proceedings (C. com. art. L622-24)."""
    DELIVERY_SUSPENSION = "delivery_suspension"
    """Internal: deliveries to the debtor are to be suspended."""
    STAFF_ALERT = "staff_alert"
    """Internal: a promise or a plan is not kept, a hold is to be looked at again."""
    TERMINAL_NOTE = "terminal_note"
    """Internal: the scenario has ended and somebody must decide."""
    DEADLINE_ALERT = "deadline_alert"
    """Internal: a legal deadline is near or past."""


INTERNAL_DOCUMENTS = frozenset(
    {
        DocumentKind.DELIVERY_SUSPENSION,
        DocumentKind.STAFF_ALERT,
        DocumentKind.TERMINAL_NOTE,
        DocumentKind.DEADLINE_ALERT,
    }
)
"""Documents for the creditor's own staff; none of them ever goes to the debtor."""

PROFESSIONAL_DOCUMENTS = frozenset(
    {DocumentKind.HANDOVER_COVER, DocumentKind.ORDER_TO_PAY_SHEET, DocumentKind.CLAIM_DECLARATION}
)
"""Documents for a commissaire de justice, a lawyer, a court or its agent; none of them ever goes to the debtor.

They may name what a letter to the debtor may not: a court officer, the fixed indemnity where it is owed, a seizure.
"""

REQUESTED_DOCUMENTS = PROFESSIONAL_DOCUMENTS | {
    DocumentKind.STATEMENT_OF_ACCOUNT,
    DocumentKind.DECOMPTE_ANNEX,
    DocumentKind.DISPUTE_ACKNOWLEDGEMENT,
    DocumentKind.PROMISE_CONFIRMATION,
    DocumentKind.BROKEN_PROMISE,
    DocumentKind.PLAN_PROPOSAL,
    DocumentKind.PLAN_AGREEMENT,
    DocumentKind.PLAN_DEFAULT_NOTICE,
    DocumentKind.RECEIPT,
}
"""Documents made when somebody asks for them, about a fact of the case; no stage of a scenario sends them."""


class Channel(Word):
    """The ways a document can go out."""

    EMAIL = "email"
    POST = "post"
    REGISTERED_POST = "registered_post"
    """Registered letter with acknowledgement of receipt."""
    PHONE = "phone"
    SMS = "sms"
    """Text message, to a mobile telephone."""
    INTERNAL = "internal"
    """To the creditor's own staff; never to the debtor."""


ON_PAPER = frozenset({Channel.POST, Channel.REGISTERED_POST})
"""Channels that somebody carries to the post office."""


class StopKind(StrEnum):
    """Facts that stop dunning on some items; overlays, not states of the scenario."""

    DISPUTE = "dispute"
    PROMISE_TO_PAY = "promise_to_pay"
    PAYMENT_IN_PROCESS = "payment_in_process"
    CREDIT_NOTE_AWAITED = "credit_note_awaited"
    MEDIATION = "mediation"
    MANUAL_HOLD = "manual_hold"
    ASSIGNMENT = "assignment"
    """The claim was assigned or factored: somebody else must be paid."""


class PaymentMethod(StrEnum):
    """How an invoice is to be paid."""

    TRANSFER = "transfer"
    DIRECT_DEBIT = "direct_debit"
    """Collected by the creditor: it is not late before its debit is rejected."""
    CARD = "card"
    CHEQUE = "cheque"
    BILL = "bill"
    """Bill of exchange or promissory note."""
    CASH = "cash"


class ClaimNature(StrEnum):
    """What a claim is for, where the law gives it a time to act of its own; none for ordinary goods and services."""

    TRANSPORT = "transport"
    """Carriage of goods within the country, and its commission."""
    TRANSPORT_CMR = "transport_cmr"
    """International road haulage."""
    TELECOM = "telecom"
    ENERGY = "energy"
    WATER_PUBLIC = "water_public"
    RENT_HOME = "rent_home"
    RENT_COMMERCIAL = "rent_commercial"
    COPRO = "copro"
    """Charges of a co-ownership."""
    INSURANCE = "insurance"
    """Insurance premium."""
    LAWYER = "lawyer"
    NOTARY = "notary"
    DOCTOR = "doctor"
    CREDIT_CONSO = "credit_conso"
    CREDIT_IMMO = "credit_immo"
    PUBLIC_CREDITOR_TAX = "public_creditor_tax"
    PUBLIC_CREDITOR_LOCAL = "public_creditor_local"
    TITLE = "title"
    """Sum of an enforceable title."""
    BILL_OF_EXCHANGE = "bill_of_exchange"
    CHEQUE_DRAWEE = "cheque_drawee"


class LimitationActKind(StrEnum):
    """Acts that may move the last day of a claim, or that people wrongly think do; the law says what each does."""

    ACKNOWLEDGEMENT = "acknowledgement"
    PART_PAYMENT = "part_payment"
    SET_OFF_CLAIM = "set_off_claim"
    REQUEST_FOR_TIME = "request_for_time"
    COURT_CLAIM = "court_claim"
    CLAIM_WITHDRAWN = "claim_withdrawn"
    CLAIM_DISMISSED = "claim_dismissed"
    CLAIM_LAPSED = "claim_lapsed"
    ORDER_FILED = "order_filed"
    """A request for an order to pay was filed."""
    ORDER_SERVED = "order_served"
    ORDER_VOID = "order_void"
    CONSERVATORY_MEASURE = "conservatory_measure"
    ENFORCEMENT = "enforcement"
    COMMANDEMENT_SAISIE_VENTE = "commandement_saisie_vente"
    WAGE_ATTACHMENT_SUMMONS = "wage_attachment_summons"
    INSOLVENCY_DECLARATION = "insolvency_declaration"
    INSOLVENCY_CLOSED = "insolvency_closed"
    WRITTEN_CLAIM = "written_claim"
    """To a public debtor."""
    OVER_INDEBTEDNESS_REQUEST = "over_indebtedness_request"
    OVER_INDEBTEDNESS_FILING = "over_indebtedness_filing"
    INSURER_LETTER = "insurer_letter"
    CONTRACT_CAUSE = "contract_cause"
    MISE_EN_DEMEURE = "mise_en_demeure"
    REMINDER = "reminder"
    SOMMATION = "sommation"
    COMMANDEMENT_DE_PAYER = "commandement_de_payer"
    LOI_2026_COMMANDEMENT = "loi_2026_commandement"
    THIRD_PARTY_PAYMENT = "third_party_payment"
    CONDITIONAL_LETTER = "conditional_letter"
    NEGOTIATION = "negotiation"
    MEDIATION = "mediation"
    CONCILIATION = "conciliation"
    PARTICIPATORY_PROCEDURE = "participatory_procedure"
    PETITE_CREANCE = "petite_creance"
    EXPERTISE = "expertise"
    EXPERTISE_BY_OTHER = "expertise_by_other"
    FORCE_MAJEURE = "force_majeure"
    INCAPACITY = "incapacity"
    WAIVER = "waiver"


class ProofKind(StrEnum):
    """What shows that a claim is certain."""

    ORDER = "order"
    DELIVERY = "delivery"
    ACCEPTANCE = "acceptance"
