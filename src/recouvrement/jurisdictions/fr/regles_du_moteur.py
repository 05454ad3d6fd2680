"""The French texts behind the rules that the engine applies in every country."""

from recouvrement.domain.reasons import Confidence, Source
from recouvrement.law.jurisdiction import EngineRule

SOURCES = {
    EngineRule.UNALLOCATED_MONEY: Source(article="C. civ. art. 1342-10", confidence=Confidence.SECONDARY),
    EngineRule.CLAIM_GATE: Source(article="CPC art. 1405", confidence=Confidence.COMMENTARY),
    EngineRule.INTERRUPTION: Source(article="C. civ. art. 2240 ; loi 68-1250 art. 2", confidence=Confidence.TEXT_READ),
}
"""By rule of the engine.

Sources:
    C. civ. art. 1342-10 and 2240; loi 68-1250 art. 2; CPC art. 1405 (a claim of a fixed amount, contractual or
    statutory).
"""
