"""The hours at which a scenario lets messages leave, as moments in the time of Paris."""

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from recouvrement.scenario.window import SendingWindow

PARIS: Final = ZoneInfo("Europe/Paris")


def opens_at(window: SendingWindow, day: date) -> datetime:
    """Return the first moment of that day at which a message may leave.

    >>> opens_at(SendingWindow(), date(2026, 11, 23)).isoformat()
    '2026-11-23T09:00:00+01:00'
    """
    return datetime.combine(day, time.fromisoformat(window.from_hour), PARIS)
