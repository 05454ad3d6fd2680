"""Conditions on the whole case: sums, counts, the debtor, how it can be reached."""

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, Strict

from recouvrement.domain.currencies import DECIMALS
from recouvrement.domain.exact import EXACT
from recouvrement.domain.parties import DebtorKind, Language
from recouvrement.domain.reasons import Authority
from recouvrement.domain.values import AtLeastOne, Code
from recouvrement.domain.vocabulary import Channel
from recouvrement.scenario.base import BaseCondition
from recouvrement.scenario.calendar_conditions import Days
from recouvrement.scenario.facts import CaseFacts, ItemFacts
from recouvrement.scenario.verdict import Verdict


def _no_float(amount: object) -> object:
    if isinstance(amount, float):
        message = f'{amount!r} is a float: write the amount as a string, such as "150.00"'
        raise ValueError(message)  # noqa: TRY004  # pydantic turns ValueError, not TypeError, into a located fault
    return amount


def _shortest(amount: Decimal) -> Decimal:
    """Return the same number written one way only, so that equal scenarios have equal hashes."""
    return Decimal(f"{EXACT.normalize(amount):f}")


Amount = Annotated[
    Decimal, BeforeValidator(_no_float), Field(ge=0, lt=1_000_000_000_000, decimal_places=4), AfterValidator(_shortest)
]
"""An amount in the currency of the case, written as a string: below a million millions, four decimals at most."""


def minor_units(amount: Decimal, currency: str) -> Decimal:
    """Return an amount counted in the smallest unit of its currency."""
    return EXACT.scaleb(amount, DECIMALS[currency])


def _balance(facts: CaseFacts) -> Decimal:
    return EXACT.scaleb(Decimal(facts.balance_minor), -DECIMALS[facts.currency])


class CaseCondition(BaseCondition):
    """A condition that sees the case only."""

    sees_case_only: ClassVar[bool] = True


class BalanceAtLeast(CaseCondition):
    """Holds while the open balance of the whole case is at least that amount, in the currency of the case."""

    type: Literal["balance_at_least"] = "balance_at_least"
    amount: Amount

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; only a new fact changes it."""
        holds = facts.case.balance_minor >= minor_units(self.amount, facts.case.currency)
        return Verdict(holds, None, "balance_at_least", (("at_least", self.amount), ("balance", _balance(facts.case))))


class BalanceAtMost(CaseCondition):
    """Holds while the open balance of the whole case is at most that amount, in the currency of the case."""

    type: Literal["balance_at_most"] = "balance_at_most"
    amount: Amount

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; only a new fact changes it."""
        holds = facts.case.balance_minor <= minor_units(self.amount, facts.case.currency)
        return Verdict(holds, None, "balance_at_most", (("at_most", self.amount), ("balance", _balance(facts.case))))


class OverdueItemsAtLeast(CaseCondition):
    """Holds while that many items of the case are overdue and not held."""

    type: Literal["overdue_items_at_least"] = "overdue_items_at_least"
    count: Annotated[int, Strict(), Field(ge=1, le=10_000)]

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; while false, it may change when the next item becomes overdue."""
        holds = facts.case.overdue_items >= self.count
        inputs = (("at_least", self.count), ("overdue_items", facts.case.overdue_items))
        return Verdict(holds, None if holds else facts.case.next_overdue_on, "overdue_items_at_least", inputs)


class DaysSinceLastContact(CaseCondition):
    """Holds from that many days after the last contact of the case, and where there was none."""

    type: Literal["days_since_last_contact"] = "days_since_last_contact"
    days: Days

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict."""
        last = facts.case.last_contact_on
        from_ = None if last is None else last + timedelta(days=self.days)
        holds = from_ is None or facts.on >= from_
        inputs = (("days", self.days), ("last_contact_on", last))
        return Verdict(holds, None if holds else from_, "days_since_last_contact", inputs, authority=Authority.POLICY)


class DebtorKindIs(CaseCondition):
    """Holds for a debtor of one of those kinds."""

    type: Literal["debtor_kind"] = "debtor_kind"
    kinds: Annotated[tuple[DebtorKind, ...], AtLeastOne]

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; only a new fact changes it."""
        kind = facts.case.debtor_kind
        return Verdict(kind in self.kinds, None, "debtor_kind", (("kinds", self.kinds), ("debtor_kind", kind)))


class HasTag(CaseCondition):
    """Holds for a debtor that bears that tag."""

    type: Literal["tag"] = "tag"
    tag: Code

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; only a new fact changes it."""
        return Verdict(self.tag in facts.case.tags, None, "tag", (("tag", self.tag),))


class SegmentIs(CaseCondition):
    """Holds for a case pinned to one of those segments when it started."""

    type: Literal["segment"] = "segment"
    segments: Annotated[tuple[Code, ...], AtLeastOne]

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; only a new fact changes it."""
        own = facts.case.segment
        return Verdict(own in self.segments, None, "segment", (("segments", self.segments), ("segment", own)))


class LanguageIs(CaseCondition):
    """Holds for a debtor whose first contact has one of those languages."""

    type: Literal["language"] = "language"
    languages: Annotated[tuple[Language, ...], AtLeastOne]

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; only a new fact changes it."""
        own = facts.case.language
        return Verdict(own in self.languages, None, "language", (("languages", self.languages), ("language", own)))


class ChannelAvailable(CaseCondition):
    """Holds while the debtor can be reached by that channel."""

    type: Literal["channel_available"] = "channel_available"
    channel: Channel

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; only a new fact changes it."""
        return Verdict(self.channel in facts.case.channels, None, "channel_available", (("channel", self.channel),))
