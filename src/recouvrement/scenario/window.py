"""When messages may leave: days of the week, hours, public holidays where the debtor is. Never a legal date."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated, Final, Self

from pydantic import StringConstraints, model_validator

from recouvrement.domain.values import AtLeastOne, Value
from recouvrement.scenario.calendar_conditions import Weekday

Hour = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A local time written 09:00."""

_WORKED = (Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY)
_DAYS_AHEAD: Final = 400


class SendingWindow(Value):
    """Days and hours on which a message may leave, in the time of Paris."""

    weekdays: Annotated[tuple[Weekday, ...], AtLeastOne] = _WORKED
    on_holidays: bool = False
    """Whether messages leave on public holidays, national or of the debtor's region."""
    from_hour: Hour = "09:00"
    until_hour: Hour = "18:00"
    """First moment at which none may leave any more."""

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.from_hour >= self.until_hour:
            message = f"the window opens at {self.from_hour} and closes at {self.until_hour}: open it before it closes"
            raise ValueError(message)
        return self

    def is_open_on(self, day: date, is_holiday: Callable[[date], bool]) -> bool:
        """Whether a message may leave on that day."""
        return Weekday.of(day) in self.weekdays and (self.on_holidays or not is_holiday(day))

    def next_day(self, day: date, is_holiday: Callable[[date], bool]) -> date:
        """Return ``day`` itself if a message may leave on it, else the next day on which one may."""
        if self.is_open_on(day, is_holiday):
            return day
        following = (day + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD))
        # Even a window of one weekday has days that are no holidays: no holiday comes back every week of a year.
        return next(one for one in following if self.is_open_on(one, is_holiday))
