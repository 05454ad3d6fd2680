"""Which language a document is written in, and why when it is not the one of the person it goes to."""

from collections.abc import Callable
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.parties import Collector
from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, DocumentKind
from recouvrement.render.english import ENGLISH
from recouvrement.render.french import FRENCH
from recouvrement.render.language import Language
from recouvrement.render.parties import writer
from recouvrement.render.variants import Variant, variant_of

LANGUAGES: Final = MappingProxyType({language.code: language for language in (FRENCH, ENGLISH)})
"""By code; French first, because it is the one every document exists in."""


class LanguageReason(StrEnum):
    """Why a document is in its language."""

    WANTED = "wanted"
    """It is that of the person it goes to, or of the creditor's own staff."""
    NO_TEMPLATE = "no_template"
    """There is no template of that document, or of a mandated third party, in the language wanted: it is in French."""
    CONSUMER_IN_FRANCE = "consumer_in_france"
    """A debtor treated as a consumer lives in France, or nobody knows where (loi 94-665): it is in French."""
    FRENCH_PUBLIC_BODY = "french_public_body"
    """The debtor is a public body of France, whose language is French (Constitution, art. 2)."""


class LanguageChoice(NamedTuple):
    """A language, the one that was wanted, and why they differ when they do."""

    language: Language
    wanted: str
    """ISO 639-1 code."""
    because: LanguageReason


Serves = Callable[[DocumentKind, Variant, str], bool]
"""Whether a document has a template in a language."""


def language_of(action: Action, case: Case, *, serves: Serves) -> LanguageChoice:
    """Return the language of a document; French whenever another is wanted and may not be used.

    The language wanted is that of the person the action goes to: the one who reads. Without a recipient, as for a
    letter to the seat, it is the debtor's.

    Sources: loi 94-665 of 4 August 1994, art. 2 (consumers); Constitution, art. 2 (public bodies).
    """
    if action.document in INTERNAL_DOCUMENTS:
        return LanguageChoice(FRENCH, FRENCH.code, LanguageReason.WANTED)
    wanted = action.recipient.language if action.recipient is not None else case.debtor.language
    if wanted == FRENCH.code:
        return LanguageChoice(FRENCH, wanted, LanguageReason.WANTED)
    variant, address = variant_of(case.debtor.kind), case.debtor.address
    if variant is Variant.PUBLIC:
        return LanguageChoice(FRENCH, wanted, LanguageReason.FRENCH_PUBLIC_BODY)
    # An address that is not known may be in France: the branch that cannot harm the debtor.
    if variant is Variant.CONSUMER and (address is None or address.is_french):
        return LanguageChoice(FRENCH, wanted, LanguageReason.CONSUMER_IN_FRANCE)
    # The mentions of a mandated third party (CPCE art. R124-4) are written in French only.
    is_mandated = isinstance(writer(action, case), Collector)
    if wanted not in LANGUAGES or is_mandated or not serves(action.document, variant, wanted):
        return LanguageChoice(FRENCH, wanted, LanguageReason.NO_TEMPLATE)
    return LanguageChoice(LANGUAGES[wanted], wanted, LanguageReason.WANTED)
