"""The clock: the only module that knows what time it is. Everything else receives the date or a function."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
"""French civil time, in which every legal day begins and ends."""


def utc_now() -> datetime:
    """Return this instant, in UTC with its offset."""
    return datetime.now(UTC)  # noqa: TID251  # this is the one place where the clock is read


def today_in_paris() -> date:
    """Return the civil date in metropolitan France, whatever the zone of the machine."""
    return utc_now().astimezone(PARIS).date()
