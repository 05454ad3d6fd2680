"""The clock tells instants with an offset and the civil date of Paris."""

from datetime import UTC, date, datetime, timedelta

import pytest

from recouvrement.adapters import clock


def test_the_instant_is_in_utc_with_its_offset() -> None:
    assert clock.utc_now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("instant", "civil"),
    [
        (datetime(2026, 3, 14, 22, 59, tzinfo=UTC), date(2026, 3, 14)),
        (datetime(2026, 3, 14, 23, 0, tzinfo=UTC), date(2026, 3, 15)),
        (datetime(2026, 7, 14, 21, 59, tzinfo=UTC), date(2026, 7, 14)),
        (datetime(2026, 7, 14, 22, 0, tzinfo=UTC), date(2026, 7, 15)),
    ],
)
def test_the_day_changes_at_midnight_in_paris_winter_and_summer(
    monkeypatch: pytest.MonkeyPatch, instant: datetime, civil: date
) -> None:
    monkeypatch.setattr(clock, "utc_now", lambda: instant)
    assert clock.today_in_paris() == civil
