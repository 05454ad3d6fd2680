"""Why a step that is due does not leave today: the interval, the day, the turn of another step."""

from datetime import timedelta

from recouvrement.domain.decision import HoldKind
from recouvrement.engine.survey import Inquiry
from recouvrement.engine.thread import Choice, Contacts, Deferral

_ONE_DAY = timedelta(days=1)


def deferral(ask: Inquiry, choice: Choice, contacts: Contacts) -> Deferral | None:
    """Return why the step waits, or ``None`` when it leaves today.

    A step put before a human for approval leaves nothing, so it waits for no interval and no window; nor does an
    internal one. But one thread takes one step a day, unless the scenario keeps nothing apart and a human stands
    between two steps.
    """
    tomorrow = ask.on + _ONE_DAY
    if choice.is_proposal or choice.stage.is_internal:
        nothing_apart = ask.scenario.interval_days == 0
        waits = ask.on in contacts and not (nothing_apart and choice.is_proposal)
        return Deferral(HoldKind.MIN_INTERVAL, tomorrow) if waits else None
    ready_on = ask.on
    if contacts.last_contact_on is not None:
        interval = ask.scenario.interval_days
        if choice.approved is None:
            interval = max(1, interval)
        ready_on = max(ready_on, contacts.last_contact_on + timedelta(days=interval))
    if choice.approved is None and ask.on in (contacts.last_proposal_on, contacts.last_internal_on):
        ready_on = max(ready_on, tomorrow)
    leaves_on = ask.next_sending_day(ready_on)
    if leaves_on == ask.on:
        return None
    return Deferral(HoldKind.MIN_INTERVAL if ready_on > ask.on else HoldKind.NON_WORKING_DAY, leaves_on)
