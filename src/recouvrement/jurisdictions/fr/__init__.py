"""The law of France, as a jurisdiction the engine can ask."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from recouvrement.domain.decision import Deadline
from recouvrement.domain.documents import Invoice, Item
from recouvrement.domain.parties import Creditor, Debtor, DebtorKind, Insolvency, InsolvencyKind
from recouvrement.domain.reasons import Reason, Source
from recouvrement.jurisdictions.fr import (
    delais_de_paiement,
    imputation,
    indemnite_forfaitaire,
    interets_legaux,
    jours,
    parametres,
    penalites_de_retard,
    procedure,
)
from recouvrement.jurisdictions.fr import prescription as prescriptions
from recouvrement.jurisdictions.fr.regles_du_moteur import SOURCES
from recouvrement.law.jurisdiction import Accrual, Debt, DueDate, EngineRule, Indemnity, Jurisdiction, Limitation


@dataclass(frozen=True, slots=True)
class France:
    """French law in the edition packaged with the library. Pure: the same arguments give the same answer."""

    @property
    def code(self) -> str:
        """``fr``."""
        return "fr"

    @property
    def edition(self) -> str:
        """``fr-`` and the day the law files were compiled."""
        return parametres.edition()

    def default_due_on(self, invoice: Invoice, debtor: Debtor) -> DueDate:
        """Return the due date the law gives an invoice without one, or ``None`` when it cannot be known."""
        return delais_de_paiement.default_due_on(invoice, debtor)

    def accrual(self, debt: Debt, on: date) -> Accrual:
        """Return the interest on a debt up to ``on`` included; an unknown rate is a doubt, never an error."""
        if on <= debt.due_on:
            return imputation.nothing_late(debt, on)
        match debt.debtor_kind:
            case DebtorKind.BUSINESS:
                return penalites_de_retard.business_interest(debt, on)
            case DebtorKind.PUBLIC:
                return penalites_de_retard.public_interest(debt, on)
            case DebtorKind.CONSUMER | DebtorKind.NON_PROFESSIONAL | DebtorKind.UNKNOWN:
                return interets_legaux.legal_interest(debt, on)

    def indemnity(self, debt: Debt, on: date) -> Indemnity:
        """Return the fixed indemnity the late payment of an invoice gives right to; ask once per invoice."""
        return indemnite_forfaitaire.indemnity(debt, on)

    def prescription(self, item: Item, invoice: Invoice, debtor: Debtor, creditor: Creditor) -> Limitation:
        """Return the last day to act before the item is barred, no interrupting act being known."""
        return prescriptions.prescription(item, invoice, debtor, creditor)

    def declaration_de_creance(self, insolvency: Insolvency) -> Deadline | None:
        """Return the last day to declare a claim in insolvency, or ``None`` when the publication is not known."""
        return procedure.declaration_de_creance(insolvency)

    def rule_source(self, rule: EngineRule) -> Source:
        """Return the French text a rule of the engine rests on."""
        return SOURCES[rule]

    def has_declaration(self, insolvency: Insolvency) -> bool:
        """Whether claims are declared: in collective proceedings (C. com. art. L622-24), not in over-indebtedness."""
        return insolvency.kind is not InsolvencyKind.SURENDETTEMENT

    def insolvency_stop(self, insolvency: Insolvency) -> Reason:
        """Return why debts born before the opening may no longer be demanded."""
        return procedure.insolvency_stop(insolvency)

    def is_working_day(self, day: date) -> bool:
        """Whether a letter may be dated that day: no Saturday, Sunday or national holiday."""
        return jours.is_working_day(day)

    def next_working_day(self, day: date) -> date:
        """Return ``day`` itself if it is worked, else the next day that is."""
        return jours.next_working_day(day)


FRANCE: Final[Jurisdiction] = France()
"""French law, ready to be handed to ``decide``."""

__all__ = ["FRANCE", "France"]
