"""The documents there are, as a table: who each is for, how it usually leaves, what must be set, what it must carry."""

from collections import Counter
from enum import StrEnum
from typing import NamedTuple

from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, ON_PAPER, Channel, DocumentKind
from recouvrement.engine.requests import REQUESTABLE
from recouvrement.render.facts import REFUSED_TO_PUBLIC_BODIES, requirements
from recouvrement.render.mention import Mention
from recouvrement.render.mention_sources import MENTION_BASES
from recouvrement.render.mentions import mentions
from recouvrement.render.staff_names import DOCUMENTS
from recouvrement.render.variants import Variant
from recouvrement.scenario.reading import BUILT_IN, builtin


class LetterKind(NamedTuple):
    """One kind of document."""

    kind: DocumentKind
    french: str
    channels: tuple[Channel, ...]
    """Those the built-in scenarios send it by, the most frequent first; none: no built-in scenario sends it."""
    is_requestable: bool
    """Whether it is made when somebody asks for it."""
    must_be_set: tuple[str, ...]
    """Facts without which it is not made by its usual channel."""
    must_be_set_by_a_collector: tuple[str, ...]
    """Facts needed besides where a mandated third party writes."""


class Asked(StrEnum):
    """Whether a document asks for a mention."""

    YES = "yes"
    IF_SET = "if set"
    """Printed where the file holds the fact; the document is made without it where it does not."""
    ON_PAPER = "on paper"
    NO = "no"
    REFUSED = "refused"
    """The document is never made for that debtor."""


class AskedMention(NamedTuple):
    """A mention of one kind of document: the variants that ask for it, on paper only, or are not for it at all."""

    mention: Mention
    variants: frozenset[Variant]
    on_paper: frozenset[Variant]
    refused: frozenset[Variant]
    """Those the document is never made for."""

    def asked(self, variant: Variant) -> Asked:
        """Return whether a variant asks for the mention."""
        if variant in self.refused:
            return Asked.REFUSED
        if variant in self.variants:
            return Asked.IF_SET if MENTION_BASES[self.mention.name].is_if_set else Asked.YES
        return Asked.ON_PAPER if variant in self.on_paper else Asked.NO


def letter_kinds() -> tuple[LetterKind, ...]:
    """Return every kind of document, in the order of the vocabulary."""
    used = _channels()
    return tuple(_kind(kind, used[kind]) for kind in DocumentKind)


def _kind(kind: DocumentKind, used: Counter[Channel]) -> LetterKind:
    channels = tuple(channel for channel, _ in used.most_common())
    asked = requirements(kind, channels[0] if channels else Channel.EMAIL)
    paths = tuple(dict.fromkeys(one.path for one in asked if not one.of_a_mandate))
    besides = dict.fromkeys(one.path for one in asked if one.of_a_mandate and one.path not in paths)
    return LetterKind(kind, DOCUMENTS[kind], channels, kind in REQUESTABLE, paths, tuple(besides))


def _channels() -> dict[DocumentKind, Counter[Channel]]:
    """Return how often the built-in scenarios name each channel as the first for a document."""
    used: dict[DocumentKind, Counter[Channel]] = {kind: Counter() for kind in DocumentKind}
    for scenario in map(builtin, BUILT_IN):
        for stage in scenario.stages:
            used[stage.document][stage.channels[0]] += 1
        if scenario.thank_you is not None:
            used[DocumentKind.THANK_YOU][scenario.thank_you.channels[0]] += 1
    for kind in INTERNAL_DOCUMENTS:
        used[kind][Channel.INTERNAL] += 1
    return used


_NEVER_ON_PAPER = INTERNAL_DOCUMENTS | {DocumentKind.SMS, DocumentKind.CALL_SCRIPT}


def asked_mentions(kind: DocumentKind) -> tuple[AskedMention, ...]:
    """Return the mentions of a kind of document, whatever its variant and its channel.

    A text message, a call and a note for the staff are never on paper: what paper adds would mislead there.
    """
    always = {variant: mentions(kind, variant, Channel.EMAIL) for variant in Variant}
    papers = {variant: mentions(kind, variant, channel) for variant in Variant for channel in ON_PAPER}
    papers = always if kind in _NEVER_ON_PAPER else papers
    found = dict.fromkeys(mention for asked in (*always.values(), *papers.values()) for mention in asked)
    return tuple(
        AskedMention(
            mention,
            frozenset(variant for variant in Variant if mention in always[variant]),
            frozenset(variant for variant in Variant if mention in papers[variant] and mention not in always[variant]),
            frozenset({Variant.PUBLIC}) if kind in REFUSED_TO_PUBLIC_BODIES else frozenset(),
        )
        for mention in found
    )
