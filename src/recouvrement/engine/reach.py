"""How the debtor can be reached: the first channel of a stage that has an address behind it."""

from collections.abc import Sequence
from typing import NamedTuple

from recouvrement.domain.parties import Contact, ContactRole, Debtor
from recouvrement.domain.vocabulary import ON_PAPER, Channel
from recouvrement.engine.history import History
from recouvrement.scenario.model import Scenario


class Reach(NamedTuple):
    """A channel that works, and whom it reaches."""

    channel: Channel
    recipient: Contact | None


def reaches(
    scenario: Scenario, debtor: Debtor, history: History, usable: frozenset[Channel]
) -> dict[str, Reach | None]:
    """Return, by stage, the first of its channels by which the debtor can be reached, or ``None``.

    Of the roles the stage names, the first that has an address on the channel is written to. An address a message came
    back from, and a channel the debtor refused, are passed over.
    """
    found: dict[str, Reach | None] = {}
    for way in scenario.ways:
        reached = first_reach(way.channels, way.recipients, debtor, history, usable)
        for stage in way.stages:
            found[stage] = reached
    return found


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
    contacts: Sequence[Contact] = debtor.contacts
    if len(contacts) != 1:
        contacts = [contact for role in roles for contact in contacts if contact.role is role]
    elif contacts[0].role not in roles:  # most debtors have one contact: whom the roles prefer is then soon known
        contacts = ()
    for channel in channels:
        if channel not in usable:
            continue
        if channel is _INTERNAL:
            return _TO_THE_STAFF
        if channel in ON_PAPER:
            return Reach(channel, contacts[0] if contacts else None)
        for contact in contacts:
            if _is_good(channel, contact, history):
                return Reach(channel, contact)
    return None


def usable_channels(debtor: Debtor, history: History) -> frozenset[Channel]:
    """Return every channel the debtor did not refuse and by which somebody can be reached, the staff included."""
    usable = {_INTERNAL}
    lost = history.lost_addresses
    for contact in debtor.contacts:
        usable.update([channel for channel in _MESSAGES if _is_good(channel, contact, history)])
    if debtor.address is not None:
        usable.update([channel for channel in ON_PAPER if (channel, None) not in lost] if lost else ON_PAPER)
    return frozenset(usable - history.refused_channels if history.refused_channels else usable)


# Named once: looking a member up in its enumeration costs as much as a call.
_INTERNAL, _EMAIL, _PHONE, _SMS = Channel.INTERNAL, Channel.EMAIL, Channel.PHONE, Channel.SMS
_TO_THE_STAFF = Reach(_INTERNAL, None)
_MESSAGES = (_EMAIL, _PHONE, _SMS)


def _is_good(channel: Channel, contact: Contact, history: History) -> bool:
    address = contact.email if channel is _EMAIL else contact.phone
    lost = history.lost_addresses
    if address is None or (lost and (channel, address) in lost):
        return False
    return channel is not _SMS or contact.has_french_mobile
