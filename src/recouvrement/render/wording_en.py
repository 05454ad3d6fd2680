"""Wording that no English letter may hold; the French lists apply to it as well, for the words kept in French."""

import re

from recouvrement.render.wording import (
    BLACKLIST,
    BUSINESS_ONLY,
    COLLECTOR,
    COSTS,
    COURT_DATE,
    DAMAGES,
    IMITATION,
    IN_ANY_LETTER,
    NO_TITLE,
    OF_A_COLLECTOR,
    PENALTY_CLAUSE,
    PRIVACY,
    THREAT,
    TO_A_CONSUMER,
    Forbidden,
    Wording,
)


def _wording(pattern: str, kind: Wording) -> Forbidden:
    return Forbidden(re.compile(pattern, re.IGNORECASE), kind)


ENGLISH_COURT_WORDS = (
    _wording(r"\b(?:bailiffs?|sheriffs?|judicial officers?|enforcement (?:officers?|agents?))\b", NO_TITLE),
    _wording(r"\b(?:seizures?|seize[sd]|seizing|distraint|distrain|repossess(?:ion|ed)?)\b", NO_TITLE),
    _wording(r"\bseize your\b", NO_TITLE),
    _wording(r"\b(?:garnish(?:ee|ment|ed)|attachment of (?:earnings|wages)|charging orders?)\b", NO_TITLE),
    _wording(r"\b(?:enforcement|enforced|forced execution|execution against)\b", NO_TITLE),
    _wording(r"\bbefore (?:legal action|enforcement|prosecution)\b", NO_TITLE),
    _wording(r"\b(?:summons(?:ed)?|subpoena(?:ed)?|writs?)\b", IMITATION),
    _wording(r"\b(?:court|payment) orders?\b", IMITATION),
    _wording(r"\b(?:statutory demands?|judgments?|judgements?|decrees?|by order of)\b", IMITATION),
    _wording(r"\b(?:court|judge|tribunal) (?:has been|is|will be) (?:seised|seized|notified|informed)\b", IMITATION),
    _wording(r"\bfrench republic\b", IMITATION),
    _wording(r"\bprosecut(?:e|ed|ion|or)\b", THREAT),
)
"""Refused in a French letter as in an English one: no French word is among them."""

IN_ANY_ENGLISH_LETTER = (
    *IN_ANY_LETTER,
    *ENGLISH_COURT_WORDS,
    _wording(r"\b(?:seize|garnish)\b|\b(?:sold (?:at|by)|at) auction\b|\baccounts? (?:will|may) be frozen\b", NO_TITLE),
    _wording(r"\b(?:officer|agent|someone|collector) (?:will|may) (?:visit|call at|come to)\b", COURT_DATE),
    _wording(r"\bwarrants?\b", IMITATION),
    _wording(r"\b(?:criminal|offence|fraud|prison|jail|police)\b", THREAT),
    _wording(
        r"\b(?:blacklist(?:ed|ing)?|credit (?:score|rating|record|file|reference|bureau)|default register)\b",
        BLACKLIST,
    ),
    _wording(
        r"\byour (?:employer|family|relatives|neighbours|neighbors|colleagues)\b",
        PRIVACY,
    ),
    _wording(
        r"\bwe (?:will|shall|may) (?:tell|inform|warn|notify|contact) your "
        r"(?:customers|clients|bank|suppliers|landlord)\b",
        PRIVACY,
    ),
)
"""Forbidden in every document meant for the debtor, or read out to him."""

TO_AN_ENGLISH_CONSUMER = (
    *TO_A_CONSUMER,
    _wording(r"(?:€|\bEUR) ?40\b(?![,.]\d[1-9]|[,.][1-9])|\bforty euros?\b", BUSINESS_ONLY),
    _wording(r"\bpenalt(?:y|ies)\b", BUSINESS_ONLY),
    _wording(r"\b(?:fixed (?:sum|charge|fee)|lump[- ]sum|indemnity|indemnities|compensation)\b", BUSINESS_ONLY),
    _wording(
        r"\b(?:recovery|collection|reminder|administrati(?:on|ve)|legal|court|late)[- ](?:costs?|fees?|charges?)\b",
        COSTS,
    ),
    _wording(r"\bsurcharges?\b|\binterest (?:at|of) (?:a rate of )?\d", PENALTY_CLAUSE),
    _wording(r"\bdamages\b", DAMAGES),
)
"""Forbidden as well towards a consumer, and towards a debtor whose kind is not known."""

OF_AN_ENGLISH_COLLECTOR = (
    *OF_A_COLLECTOR,
    _wording(r"\b(?:debt )?(?:collection|recovery) (?:agency|agencies|agents?|company|firm)\b", COLLECTOR),
    _wording(r"\bdebt collectors?\b|\b(?:collect|recover)(?:ing)? debts? (?:for|on behalf of)\b", COLLECTOR),
    _wording(r"\b(?:on behalf of|instructed by|mandated by) (?:our|the|a) (?:clients?|creditors?)\b", COLLECTOR),
)
"""Untrue when the creditor writes himself, in either language."""
