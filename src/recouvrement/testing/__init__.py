"""Ready checks for those who extend the library. They need hypothesis, which the library itself does not."""

try:
    import hypothesis as _hypothesis
except ImportError as _absent:
    message = "recouvrement.testing needs hypothesis, which is not installed: pip install hypothesis"
    raise ImportError(message) from _absent

from recouvrement.testing.conditions import BrokenRule, check_condition
from recouvrement.testing.facts import case_facts, item_facts

__all__ = ["BrokenRule", "case_facts", "check_condition", "item_facts"]

del _hypothesis
