"""Small scenarios written in one line, for tests of one rule each."""

from recouvrement import Channel, DebtorKind, DocumentKind, Rank, Scenario, Stage
from recouvrement.scenario.calendar_conditions import DaysAfter


def stage(name: str, days: int, **options: object) -> Stage:
    """Return an amicable stage that many days after the due date."""
    fields = {
        "id": name,
        "document": DocumentKind.REMINDER_1,
        "channels": (Channel.EMAIL, Channel.POST),
        "rank": Rank.AMICABLE,
        "when": DaysAfter(anchor="due_on", days=days),
    }
    return Stage.model_validate(fields | options)


def scenario(*stages: Stage, **options: object) -> Scenario:
    """Return a scenario of these stages, four days between contacts, that ends twenty days after the last."""
    fields = {
        "id": "essai",
        "version": 1,
        "title": "Scénario d’essai",
        "debtor_kinds": tuple(DebtorKind),
        "min_interval_days": 4,
        "stages": stages,
        "terminal": {"when": DaysAfter(anchor="previous_stage", days=20), "outcome": "human_decision"},
    }
    return Scenario.model_validate(fields | options)
