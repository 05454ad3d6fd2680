"""What a condition answers: whether it holds, until when that can be relied on, and why."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from recouvrement.domain.reasons import Authority, Reason, written


class Verdict(NamedTuple):
    """The answer of a condition on a date.

    ``until`` is the first later date on which ``holds`` could change with no new fact; ``None`` means never.
    The reason is built only when somebody asks for it.
    """

    holds: bool
    until: date | None
    code: str
    inputs: tuple[tuple[str, object], ...] = ()
    parts: tuple["Verdict", ...] = ()
    authority: Authority = Authority.POLICY

    @property
    def reason(self) -> Reason:
        """Why, with the reasons of the parts; written when somebody reads it."""
        return Reason.later(explained, self)


def explained(verdict: Verdict) -> Mapping[str, object]:
    """Return the fields of the reason of a verdict."""
    facts = {**dict(verdict.inputs), "holds": "yes" if verdict.holds else "no", "until": verdict.until}
    return {
        "code": verdict.code,
        "authority": verdict.authority,
        "source": None,
        "inputs": written(facts),
        "parts": tuple(part.reason for part in verdict.parts),
    }


def _earliest(verdicts: Sequence[Verdict]) -> date | None:
    return min((verdict.until for verdict in verdicts if verdict.until is not None), default=None)


def _latest(verdicts: Sequence[Verdict]) -> date | None:
    """Return the latest ``until``, or never when one of them is never."""
    dates = [verdict.until for verdict in verdicts if verdict.until is not None]
    return max(dates, default=None) if len(dates) == len(verdicts) else None


def all_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict of a conjunction: true may end at its earliest part, false at the latest false part."""
    false = tuple([verdict for verdict in verdicts if not verdict.holds])
    if false:
        return Verdict(False, false[0].until if len(false) == 1 else _latest(false), "all", (), false)  # noqa: FBT003  # four times as fast as by name
    return Verdict(True, _earliest(verdicts), "all", (), tuple(verdicts))  # noqa: FBT003


def any_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict of a disjunction, the mirror of ``all_of``."""
    true = [verdict for verdict in verdicts if verdict.holds]
    if true:
        return Verdict(holds=True, until=_latest(true), code="any", parts=tuple(true))
    return Verdict(holds=False, until=_earliest(verdicts), code="any", parts=tuple(verdicts))


def negation(verdict: Verdict) -> Verdict:
    """Return the opposite verdict; it may change on the same day."""
    return Verdict(holds=not verdict.holds, until=verdict.until, code="not", parts=(verdict,))
