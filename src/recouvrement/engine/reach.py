"""How the debtor can be reached: the first channel of a stage that has an address behind it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from recouvrement.domain.light import quick
from recouvrement.domain.parties import Contact, ContactRole, Debtor
from recouvrement.domain.vocabulary import ON_PAPER, Channel
from recouvrement.engine.history import History
from recouvrement.scenario.model import Scenario


class Reach(NamedTuple):
    """A channel that works, and whom it reaches."""

    channel: Channel
    recipient: Contact | None


class _Known(NamedTuple):
    """A contact without its addresses: its role, and the channels on which it has one that works."""

    role: ContactRole
    channels: tuple[Channel, ...]


class _Place(NamedTuple):
    """A channel, and the place among the contacts of whom it reaches."""

    channel: Channel
    contact: int | None


class _Ways(NamedTuple):
    """What all the debtors share who can be reached alike."""

    usable: frozenset[Channel]
    places: dict[str, _Place | None]
    reachable: dict[str, bool]


class Reaches(Mapping[str, Reach | None]):
    """By stage, the first of its channels by which the debtor can be reached, or ``None``.

    Of the roles the stage names, the first that has an address on the channel is written to. An address a message came
    back from, and a channel the debtor refused, are passed over. Which way a stage takes is worked out once for all the
    debtors with such contacts; whom it reaches, when somebody asks.
    """

    __slots__ = ("_contacts", "_places", "reachable", "usable")

    def __init__(self, ways: _Ways, contacts: Sequence[Contact]) -> None:
        self.usable, self._places, self.reachable = ways
        self._contacts = contacts

    def __getitem__(self, stage: str) -> Reach | None:
        return _reach(self._places[stage], self._contacts)

    def __contains__(self, stage: object) -> bool:
        return stage in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


_KEPT: dict[tuple[object, ...], _Ways] = {}
"""Ways by all that they depend on."""
_MOST_KEPT = 1024


def reaches(scenario: Scenario, debtor: Debtor, history: History) -> Reaches:
    """Return how the debtor can be reached at each stage, and the channels by which somebody can be at all."""
    known, on_paper, refused = _known(debtor, history), _on_paper(debtor, history), history.refused_channels
    asked = (scenario.hash, known, on_paper, refused)
    ways = _KEPT.get(asked)
    if ways is None:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        usable = _usable(known, on_paper, refused)
        places = {
            stage: _first(way.channels, way.recipients, known, usable) for way in scenario.ways for stage in way.stages
        }
        ways = _KEPT[asked] = _Ways(usable, places, {stage: place is not None for stage, place in places.items()})
    return Reaches(ways, debtor.contacts)


def first_reach(
    channels: Sequence[Channel],
    roles: Sequence[ContactRole],
    debtor: Debtor,
    history: History,
    usable: frozenset[Channel],
) -> Reach | None:
    """Return the first of the channels by which one of the roles can be reached, or ``None``.

    ``usable`` are those by which somebody can be, as ``usable_channels`` finds them.
    """
    return _reach(_first(channels, roles, _known(debtor, history), usable), debtor.contacts)


def usable_channels(debtor: Debtor, history: History) -> frozenset[Channel]:
    """Return every channel the debtor did not refuse and by which somebody can be reached, the staff included."""
    return _usable(_known(debtor, history), _on_paper(debtor, history), history.refused_channels)


def _first(
    channels: Sequence[Channel], roles: Sequence[ContactRole], known: Sequence[_Known], usable: frozenset[Channel]
) -> _Place | None:
    by_role = [place for role in roles for place, contact in enumerate(known) if contact.role is role]
    for channel in channels:
        if channel not in usable:
            continue
        if channel is _INTERNAL:
            return _Place(channel, None)
        if channel in ON_PAPER:
            return _Place(channel, by_role[0] if by_role else None)
        for place in by_role:
            if channel in known[place].channels:
                return _Place(channel, place)
    return None


def _reach(place: _Place | None, contacts: Sequence[Contact]) -> Reach | None:
    if place is None:
        return None
    channel, contact = place
    return quick(Reach, (channel, None if contact is None else contacts[contact]))


def _usable(known: Sequence[_Known], on_paper: frozenset[Channel], refused: frozenset[Channel]) -> frozenset[Channel]:
    return on_paper.union([_INTERNAL], *[contact.channels for contact in known]) - refused


def _on_paper(debtor: Debtor, history: History) -> frozenset[Channel]:
    if debtor.address is None:
        return _NONE
    lost = history.lost_addresses
    return frozenset([channel for channel in ON_PAPER if (channel, None) not in lost]) if lost else ON_PAPER


def _known(debtor: Debtor, history: History) -> tuple[_Known, ...]:
    lost, found = history.lost_addresses, []
    for contact in debtor.contacts:
        email, phone = contact.email, contact.phone
        works = []
        if email is not None and (_EMAIL, email) not in lost:
            works.append(_EMAIL)
        if phone is not None and (_PHONE, phone) not in lost:
            works.append(_PHONE)
        if phone is not None and (_SMS, phone) not in lost and contact.has_french_mobile:
            works.append(_SMS)
        found.append(quick(_Known, (contact.role, tuple(works))))
    return tuple(found)


_NONE: frozenset[Channel] = frozenset()
# Named once: looking a member up in its enumeration costs as much as a call.
_INTERNAL, _EMAIL, _PHONE, _SMS = Channel.INTERNAL, Channel.EMAIL, Channel.PHONE, Channel.SMS
