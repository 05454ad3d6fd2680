"""What every condition is, built in or added by a third party."""

from abc import ABC, abstractmethod
from typing import ClassVar

from recouvrement.domain.values import Value
from recouvrement.scenario.facts import ItemFacts
from recouvrement.scenario.verdict import Verdict


class BaseCondition(Value, ABC):
    """A condition: data that answers for an item on a date."""

    sees_case_only: ClassVar[bool] = False
    """Whether it looks at nothing of the item: such conditions may choose a segment."""
    sees_days_only: ClassVar[bool] = False
    """Whether it looks at nothing but the day asked, the item's own days and those of its stages: its answers may be
    kept for the items that share them."""

    @abstractmethod
    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return whether it holds, the first later date on which that could change with no new fact, and why.

        Pure: it looks at nothing but ``facts``.
        """
        ...


class CustomCondition(BaseCondition, ABC):
    """Base of the conditions of third parties.

    A subclass declares ``type: Literal["vendor.name"] = "vendor.name"`` and its own fields, and answers with a verdict.
    Its class is handed to ``scenario_from_toml(text, conditions=(…,))``; in Python it is used as it is. Check it with
    ``recouvrement.testing.check_condition``.
    """

    type: str
