"""What the linter of scenarios must know of the letters: who has a wording, who is asked for the indemnity."""

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.render.facts import requirements
from recouvrement.render.language_choice import LANGUAGES
from recouvrement.render.letters import Letters
from recouvrement.render.mention_texts import INDEMNITY
from recouvrement.render.mentions import MENTIONS
from recouvrement.render.variants import variant_of
from recouvrement.scenario.lint_rules import DocumentFacts


def document_facts(letters: Letters) -> dict[DocumentKind, DocumentFacts]:
    """Return, by document that has a template, for whom it is worded and what it cannot do without.

    Give it to ``recouvrement.scenario.linter.lint``.
    """
    found = {}
    for document in DocumentKind:
        kinds = frozenset(kind for kind in DebtorKind if letters.serves(document, variant_of(kind)))
        if kinds:
            claims = (kind for kind in kinds if INDEMNITY in MENTIONS.get((document, variant_of(kind)), ()))
            asked = {one.path for one in requirements(document, Channel.REGISTERED_POST)}
            languages = frozenset(
                code for code in LANGUAGES if any(letters.serves(document, variant_of(kind), code) for kind in kinds)
            )
            found[document] = DocumentFacts(kinds, frozenset(claims), "action.pay_by" in asked, languages)
    return found
