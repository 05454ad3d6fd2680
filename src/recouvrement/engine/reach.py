"""How the debtor can be reached: the first channel of a stage that has an address behind it."""

from collections.abc import Sequence
from typing import NamedTuple, assert_never

from recouvrement.domain.parties import Contact, ContactRole, Debtor
from recouvrement.domain.vocabulary import Channel
from recouvrement.engine.history import History
from recouvrement.scenario.model import Stage


class Reach(NamedTuple):
    """A channel that works, and whom it reaches."""

    channel: Channel
    recipient: Contact | None


def reach(stage: Stage, debtor: Debtor, history: History) -> Reach | None:
    """Return the first channel of the stage by which the debtor can be reached, or ``None``.

    Of the roles the stage names, the first that has an address on the channel is written to. An address a message came
    back from, and a channel the debtor refused, are passed over.
    """
    return first_reach(stage.channels, stage.recipients, debtor, history)


def first_reach(
    channels: Sequence[Channel], roles: Sequence[ContactRole], debtor: Debtor, history: History
) -> Reach | None:
    """Return the first of the channels by which one of the roles can be reached, or ``None``."""
    contacts = [contact for role in roles for contact in debtor.contacts if contact.role is role]
    for channel in channels:
        if channel in history.refused_channels:
            continue
        match channel:
            case Channel.EMAIL | Channel.PHONE:
                found = next((one for one in contacts if _is_good(channel, one, history)), None)
                if found is not None:
                    return Reach(channel, found)
            case Channel.POST | Channel.REGISTERED_POST:
                if debtor.address is not None and (channel, None) not in history.lost_addresses:
                    return Reach(channel, next(iter(contacts), None))
            case Channel.INTERNAL:
                return Reach(channel, None)
            case _:
                assert_never(channel)
    return None


def channels_open(debtor: Debtor, history: History) -> frozenset[Channel]:
    """Return every channel by which somebody can be reached at the debtor's."""
    return frozenset(channel for channel in _WAYS if _is_open(channel, debtor, history))


_WAYS = tuple(channel for channel in Channel if channel is not Channel.INTERNAL)


def _is_open(channel: Channel, debtor: Debtor, history: History) -> bool:
    if channel in history.refused_channels:
        return False
    if channel is Channel.EMAIL or channel is Channel.PHONE:
        return any(_is_good(channel, contact, history) for contact in debtor.contacts)
    return debtor.address is not None and (channel, None) not in history.lost_addresses


def _is_good(channel: Channel, contact: Contact, history: History) -> bool:
    address = contact.email if channel is Channel.EMAIL else contact.phone
    return address is not None and (channel, address) not in history.lost_addresses
