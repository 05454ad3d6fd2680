"""How the debtor can be reached: the first channel of a stage that has an address behind it."""

from typing import NamedTuple, assert_never

from recouvrement.domain.parties import Contact, ContactRole, Debtor
from recouvrement.domain.vocabulary import Channel
from recouvrement.scenario.model import Stage


class Reach(NamedTuple):
    """A channel that works, and whom it reaches."""

    channel: Channel
    recipient: Contact | None


def reach(stage: Stage, debtor: Debtor) -> Reach | None:
    """Return the first channel of the stage by which the debtor can be reached, or ``None``.

    Accounts payable is preferred to the general contact, and that to the management.
    """
    for channel in stage.channels:
        match channel:
            case Channel.EMAIL:
                found = next((contact for contact in _by_role(debtor) if contact.email is not None), None)
                if found is not None:
                    return Reach(channel, found)
            case Channel.PHONE:
                found = next((contact for contact in _by_role(debtor) if contact.phone is not None), None)
                if found is not None:
                    return Reach(channel, found)
            case Channel.POST | Channel.REGISTERED_POST:
                if debtor.address is not None:
                    return Reach(channel, next(iter(_by_role(debtor)), None))
            case Channel.INTERNAL:
                return Reach(channel, None)
            case _:
                assert_never(channel)
    return None


_PREFERENCE = (ContactRole.ACCOUNTS_PAYABLE, ContactRole.GENERAL, ContactRole.MANAGEMENT)


def _by_role(debtor: Debtor) -> list[Contact]:
    return sorted(debtor.contacts, key=lambda contact: _PREFERENCE.index(contact.role))
