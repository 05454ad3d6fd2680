"""The law of France, as a jurisdiction the engine can ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from recouvrement.domain.decision import Deadline
from recouvrement.domain.documents import Invoice, Item
from recouvrement.domain.parties import Creditor, Debtor, DebtorKind, Insolvency, InsolvencyKind
from recouvrement.domain.reasons import Reason, Source
from recouvrement.jurisdictions.fr import (
    clauses,
    compte,
    delais_convenus,
    delais_de_paiement,
    indemnite_forfaitaire,
    interets_legaux,
    jours,
    jugements,
    mentions,
    parametres,
    penalites_de_retard,
    procedure,
    taux,
)
from recouvrement.jurisdictions.fr import prescription as prescriptions
from recouvrement.jurisdictions.fr.regles_du_moteur import SOURCES
from recouvrement.law.jurisdiction import Accrual, Debt, DueDate, EngineRule, Indemnity, Jurisdiction, Limitation
from recouvrement.law.mentions import MentionsReport, PrintedMentions
from recouvrement.law.parameters import DatedValue
from recouvrement.law.rates import RateSheet
from recouvrement.law.terms import TermAnswer, TermFacts, TermVerdict


@dataclass(frozen=True, slots=True)
class France:
    """French law, in the edition packaged with the library or completed. Pure: same arguments, same answer."""

    dated: parametres.Edition = parametres.PACKAGED

    @property
    def code(self) -> str:
        """``fr``."""
        return "fr"

    @property
    def edition(self) -> str:
        """``fr-`` and the day the law files were compiled, then a hash of the values entered since, if any."""
        return self.dated.name

    @property
    def compiled_on(self) -> date:
        """Day on which the law files were compiled."""
        return parametres.compiled_on()

    def with_values(self, values: tuple[DatedValue, ...]) -> "France":
        """Return French law with official values entered by an operator; see ``parametres.Edition``."""
        return France(parametres.Edition((*self.dated.entered, *values)))

    def rates(self, on: date) -> RateSheet:
        """Return the rates in force in the half-year of that day. Raises ``NotCovered`` where one is not known."""
        return taux.rate_sheet(on, self.dated)

    def due_date(self, wording: str | None, facts: TermFacts) -> TermAnswer:
        """Return the due date that printed terms give, or the law where there are none."""
        return delais_convenus.due_date(wording, facts)

    def check_term(self, wording: str | None, facts: TermFacts) -> TermVerdict:
        """Return whether agreed terms respect the maximum of C. com. art. L441-10 to L441-13 and of the CCP."""
        return delais_convenus.check_term(wording, facts)

    def read_mentions(
        self, lines: str | Iterable[str], *, debtor_kind: DebtorKind, issued_on: date, due_on: date | None = None
    ) -> PrintedMentions:
        """Return what the text of an invoice in French prints about payment; ``due_on`` when it is known otherwise."""
        return mentions.read_mentions(lines, debtor_kind=debtor_kind, issued_on=issued_on, due_on=due_on)

    def check_mentions(self, printed: PrintedMentions) -> MentionsReport:
        """Return which mentions of C. com. art. L441-9 about payment an invoice lacks, and what that costs."""
        return mentions.check_mentions(printed, self.dated)

    def default_due_on(self, invoice: Invoice, debtor: Debtor) -> DueDate:
        """Return the due date the law gives an invoice without one, or ``None`` when it cannot be known."""
        return delais_de_paiement.default_due_on(invoice, debtor)

    def accrual(self, debt: Debt, on: date) -> Accrual:
        """Return the interest on a debt up to ``on`` included; an unknown rate is a doubt, never an error."""
        if debt.enforceable_on is not None and debt.granted_rate is None:
            return jugements.judgment_interest(debt, debt.enforceable_on, on, self.dated)
        if on <= debt.due_on:
            return compte.nothing_late(debt, on)
        if debt.granted_rate is not None:
            return clauses.granted_interest(debt, debt.granted_rate, on, self.dated)
        match debt.debtor_kind:
            case DebtorKind.BUSINESS if not debt.creditor_is_natural_person:
                return penalites_de_retard.business_interest(debt, on, self.dated)
            case DebtorKind.PUBLIC:
                return penalites_de_retard.public_interest(debt, on, self.dated)
            case DebtorKind.BUSINESS | DebtorKind.CONSUMER | DebtorKind.NON_PROFESSIONAL | DebtorKind.UNKNOWN:
                return interets_legaux.legal_interest(debt, on, self.dated)

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
