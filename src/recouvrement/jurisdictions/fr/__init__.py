"""The law of France, as a jurisdiction the engine can ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from recouvrement.domain.address import PostalAddress
from recouvrement.domain.decision import Deadline, Doubt
from recouvrement.domain.documents import Invoice, Item
from recouvrement.domain.parties import Creditor, Debtor, DebtorKind, Insolvency, InsolvencyKind
from recouvrement.domain.reasons import Reason, Source
from recouvrement.jurisdictions.fr import (
    calendrier_procedural,
    clauses,
    compte,
    delais_convenus,
    delais_de_paiement,
    delais_de_procedure,
    indemnite_forfaitaire,
    interets_legaux,
    jours,
    jugements,
    mentions,
    parametres,
    penalites_de_retard,
    procedure,
    regimes_de_prescription,
    taux,
    voies_de_droit,
)
from recouvrement.jurisdictions.fr import prescription as prescriptions
from recouvrement.jurisdictions.fr.regles_du_moteur import SOURCES
from recouvrement.law.courts import Holiday, ProceduralDay, Route, RouteFacts, Step, StepDeadline
from recouvrement.law.jurisdiction import Accrual, Debt, DueDate, EngineRule, Indemnity, Jurisdiction, Limitation
from recouvrement.law.limitation import Act, LimitationAnswer, LimitationFacts, Regime
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
    def entered(self) -> tuple[DatedValue, ...]:
        """Official values entered by an operator, by parameter and day."""
        return self.dated.entered

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
        if debt.debtor_kind is _BUSINESS and not debt.creditor_is_natural_person:
            return penalites_de_retard.business_interest(debt, on, self.dated)
        match debt.debtor_kind:
            case DebtorKind.PUBLIC:
                return penalites_de_retard.public_interest(debt, on, self.dated)
            case DebtorKind.BUSINESS | DebtorKind.CONSUMER | DebtorKind.NON_PROFESSIONAL | DebtorKind.UNKNOWN:
                return interets_legaux.legal_interest(debt, on, self.dated)

    def indemnity(self, debt: Debt, on: date) -> Indemnity:
        """Return the fixed indemnity the late payment of an invoice gives right to; ask once per invoice."""
        return indemnite_forfaitaire.indemnity(debt, on)

    def prescription(
        self, item: Item, invoice: Invoice, debtor: Debtor, creditor: Creditor, acts: tuple[Act, ...] = ()
    ) -> Limitation:
        """Return the last day to act before the item is barred, the acts of the case taken into account."""
        return prescriptions.prescription(item, invoice, debtor, creditor, acts)

    def limitation(self, facts: LimitationFacts) -> LimitationAnswer:
        """Return the last day to act on a claim of a named regime, with the dated chain that leads to it."""
        return prescriptions.limitation(facts)

    def regimes(self, on: date) -> tuple[Regime, ...]:
        """Return the regimes of limitation with their period on that day."""
        return regimes_de_prescription.regimes(on)

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

    def procedural_deadline(
        self, start: date, *, months: int, days: int, region: str | None, is_waiting: bool = False
    ) -> ProceduralDay:
        """Return the end of a period counted by CPC art. 640 to 642."""
        return calendrier_procedural.procedural_deadline(
            start, months=months, days=days, region=region, is_waiting=is_waiting
        )

    def limitation_deadline(self, start: date, *, months: int, days: int, is_counted: bool) -> ProceduralDay:
        """Return the last day of a limitation of that length, never moved to a working day."""
        return calendrier_procedural.limitation_deadline(start, months=months, days=days, is_counted=is_counted)

    def steps(self) -> tuple[str, ...]:
        """Return the steps of procedure from which a period is known to run."""
        return delais_de_procedure.steps()

    def step_deadlines(self, step: Step, region: str | None) -> tuple[StepDeadline, ...]:
        """Return the periods that run from a step, for the creditor to act in or to wait for."""
        return procedure.step_deadlines(step, region)

    def holidays(self, year: int, region: str | None) -> tuple[Holiday, ...]:
        """Return the public holidays of a year, with those of a region if one is given."""
        return jours.holidays(year, region)

    def holiday_doubts(self, year: int, region: str | None) -> tuple[Doubt, ...]:
        """Return what is not settled about the holidays of a region."""
        return jours.holiday_doubts(year, region)

    def is_holiday(self, day: date, address: PostalAddress | None) -> bool:
        """Whether a day is a public holiday where an address is; see ``Jurisdiction``."""
        # Most days are one nowhere: only then is it asked where the address is.
        return day in jours.holidays_anywhere(day.year) and day in jours.holidays_at(day.year, address)

    def routes(self, claim: RouteFacts, on: date) -> tuple[Route, ...]:
        """Return every lawful next step, open or closed, with its court, times, costs and why."""
        return voies_de_droit.routes(claim, on)

    def is_working_day(self, day: date) -> bool:
        """Whether a letter may be dated that day: no Saturday, Sunday or national holiday."""
        return jours.is_working_day(day)

    def next_working_day(self, day: date) -> date:
        """Return ``day`` itself if it is worked, else the next day that is."""
        return jours.next_working_day(day)


_BUSINESS = DebtorKind.BUSINESS
"""Named once: reading a member from its class takes as long as a call."""

FRANCE: Final[Jurisdiction] = France()
"""French law, ready to be handed to ``decide``."""

__all__ = ["FRANCE", "France"]
