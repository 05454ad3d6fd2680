"""Dunning engine for French receivables.

Facts in, a dated decision out: ``decide`` takes a case, a date, a scenario and a law, and returns what to do now, what
is owed to the cent, which legal deadlines run, what is doubtful, and when to look again.
"""

from recouvrement.domain.address import PostalAddress
from recouvrement.domain.calendar import Interval, MonthEnd
from recouvrement.domain.case import Case, fold
from recouvrement.domain.clauses import PenaltyClause, PenaltyKind
from recouvrement.domain.decision import (
    Action,
    ActionKind,
    Claim,
    ClaimItem,
    Deadline,
    Decision,
    Doubt,
    Hold,
    HoldKind,
    Segment,
)
from recouvrement.domain.decompte import Decompte, decompte
from recouvrement.domain.documents import Allocation, AllocationChoice, CreditNote, Instalment, Invoice, Payment
from recouvrement.domain.events import (
    ActionApproved,
    ActionCancelled,
    ActionDelivered,
    ActionPlanned,
    ActionProposed,
    ActionRefused,
    AddressBounced,
    ChannelAccepted,
    ChannelRefused,
    CreditNoteIssued,
    Event,
    InsolvencyOpened,
    InvoiceIssued,
    LimitationActDone,
    NoticeDelivered,
    PaymentReceived,
    PaymentRejected,
    PlanAgreed,
    PlanDefaultNotified,
    ProceduralStepDone,
    ProofSupplied,
    ScenarioStarted,
    StepRecorded,
    StopLifted,
    StopPlaced,
    event_from_json,
    event_to_json,
)
from recouvrement.domain.money import Money
from recouvrement.domain.parties import (
    Collector,
    Contact,
    ContactRole,
    Creditor,
    Debtor,
    DebtorKind,
    Insolvency,
    InsolvencyKind,
    PublicBody,
)
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.terms import DayCount, HalfYears, Imputation, PaymentTerms, TermRule, TermStart
from recouvrement.domain.vocabulary import (
    Channel,
    ClaimNature,
    DocumentKind,
    LimitationActKind,
    PaymentMethod,
    ProofKind,
    Rank,
    StopKind,
)
from recouvrement.engine.claim import claim_of
from recouvrement.engine.comparison import CaseComparison, Comparison, Course, ScenarioTotals, Spread, compare
from recouvrement.engine.decide import decide
from recouvrement.engine.failures import CaseFailure
from recouvrement.engine.forecast import Forecast, ForecastDay, Load, Work, forecast
from recouvrement.engine.migration import ItemMigration, Migration, Outlook, migrate
from recouvrement.engine.requests import PlanInterest, Requested, requested
from recouvrement.engine.timeline import Projection, Silence, TimelineStep, project
from recouvrement.engine.what_if import Approvals, Assumptions
from recouvrement.errors import (
    DeliveryError,
    EngineError,
    InvalidInput,
    JournalError,
    LawError,
    NotCovered,
    RecouvrementError,
    RefusedClause,
    RenderError,
    ScenarioError,
)
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.law.jurisdiction import Debt, Jurisdiction, ProvenCost, Receipt
from recouvrement.law.strict import refuse_gaps
from recouvrement.law.terms import TermFacts
from recouvrement.scenario.base import CustomCondition
from recouvrement.scenario.facts import CaseFacts, ItemFacts
from recouvrement.scenario.findings import Finding, Severity
from recouvrement.scenario.lint_rules import DocumentFacts
from recouvrement.scenario.linter import lint
from recouvrement.scenario.model import Scenario, Stage, Terminal
from recouvrement.scenario.reading import builtin, scenario_from_json, scenario_from_toml
from recouvrement.scenario.schema import scenario_schema
from recouvrement.scenario.segments import Segmentation, segmentation_from_toml
from recouvrement.scenario.verdict import Verdict
from recouvrement.version import VERSION

__version__ = VERSION

__all__ = [
    "FRANCE",
    "Action",
    "ActionApproved",
    "ActionCancelled",
    "ActionDelivered",
    "ActionKind",
    "ActionPlanned",
    "ActionProposed",
    "ActionRefused",
    "AddressBounced",
    "Allocation",
    "AllocationChoice",
    "Approvals",
    "Assumptions",
    "Authority",
    "Case",
    "CaseComparison",
    "CaseFacts",
    "CaseFailure",
    "Channel",
    "ChannelAccepted",
    "ChannelRefused",
    "Claim",
    "ClaimItem",
    "ClaimNature",
    "Collector",
    "Comparison",
    "Confidence",
    "Contact",
    "ContactRole",
    "Course",
    "CreditNote",
    "CreditNoteIssued",
    "Creditor",
    "CustomCondition",
    "DayCount",
    "Deadline",
    "Debt",
    "Debtor",
    "DebtorKind",
    "Decision",
    "Decompte",
    "DeliveryError",
    "DocumentFacts",
    "DocumentKind",
    "Doubt",
    "EngineError",
    "Event",
    "Finding",
    "Forecast",
    "ForecastDay",
    "HalfYears",
    "Hold",
    "HoldKind",
    "Imputation",
    "Insolvency",
    "InsolvencyKind",
    "InsolvencyOpened",
    "Instalment",
    "Interval",
    "InvalidInput",
    "Invoice",
    "InvoiceIssued",
    "ItemFacts",
    "ItemMigration",
    "JournalError",
    "Jurisdiction",
    "LawError",
    "LimitationActDone",
    "LimitationActKind",
    "Load",
    "Migration",
    "Money",
    "MonthEnd",
    "NotCovered",
    "NoticeDelivered",
    "Outlook",
    "Payment",
    "PaymentMethod",
    "PaymentReceived",
    "PaymentRejected",
    "PaymentTerms",
    "PenaltyClause",
    "PenaltyKind",
    "PlanAgreed",
    "PlanDefaultNotified",
    "PlanInterest",
    "PostalAddress",
    "ProceduralStepDone",
    "Projection",
    "ProofKind",
    "ProofSupplied",
    "ProvenCost",
    "PublicBody",
    "Rank",
    "Reason",
    "Receipt",
    "RecouvrementError",
    "RefusedClause",
    "RenderError",
    "Requested",
    "Scenario",
    "ScenarioError",
    "ScenarioStarted",
    "ScenarioTotals",
    "Segment",
    "Segmentation",
    "Severity",
    "Silence",
    "Source",
    "Spread",
    "Stage",
    "StepRecorded",
    "StopKind",
    "StopLifted",
    "StopPlaced",
    "TermFacts",
    "TermRule",
    "TermStart",
    "Terminal",
    "TimelineStep",
    "Verdict",
    "Work",
    "__version__",
    "builtin",
    "claim_of",
    "compare",
    "decide",
    "decompte",
    "event_from_json",
    "event_to_json",
    "fold",
    "forecast",
    "lint",
    "migrate",
    "project",
    "refuse_gaps",
    "requested",
    "scenario_from_json",
    "scenario_from_toml",
    "scenario_schema",
    "segmentation_from_toml",
]
