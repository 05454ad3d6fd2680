"""The documents there are, as a table: who each is for, how it usually leaves, what must be set, what it must carry."""

from collections import Counter
from typing import NamedTuple

from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, ON_PAPER, Channel, DocumentKind
from recouvrement.engine.requests import REQUESTABLE
from recouvrement.render.facts import requirements
from recouvrement.render.mention import Mention
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


class AskedMention(NamedTuple):
    """A mention of one kind of document: the variants that ask for it, and those that do on paper only."""

    mention: Mention
    variants: frozenset[Variant]
    on_paper: frozenset[Variant]


def letter_kinds() -> tuple[LetterKind, ...]:
    """Return every kind of document, in the order of the vocabulary."""
    used = _channels()
    return tuple(_kind(kind, used[kind]) for kind in DocumentKind)


def _kind(kind: DocumentKind, used: Counter[Channel]) -> LetterKind:
    channels = tuple(channel for channel, _ in used.most_common())
    asked = requirements(kind, channels[0] if channels else Channel.EMAIL)
    paths = tuple(dict.fromkeys(one.path for one in asked if not one.of_a_collector))
    besides = dict.fromkeys(one.path for one in asked if one.of_a_collector and one.path not in paths)
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


def asked_mentions(kind: DocumentKind) -> tuple[AskedMention, ...]:
    """Return the mentions of a kind of document, whatever its variant and its channel."""
    always = {variant: mentions(kind, variant, Channel.EMAIL) for variant in Variant}
    papers = {variant: mentions(kind, variant, channel) for variant in Variant for channel in ON_PAPER}
    found = dict.fromkeys(mention for asked in (*always.values(), *papers.values()) for mention in asked)
    return tuple(
        AskedMention(
            mention,
            frozenset(variant for variant in Variant if mention in always[variant]),
            frozenset(variant for variant in Variant if mention in papers[variant] and mention not in always[variant]),
        )
        for mention in found
    )
