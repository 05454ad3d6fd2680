"""What contacts cost, by channel. The prices are the creditor's own: policy, not law."""

from collections.abc import Mapping
from typing import NamedTuple, Self

from recouvrement.domain.decision import Action, ActionKind
from recouvrement.domain.money import Money, rounded_half_up
from recouvrement.domain.vocabulary import Channel
from recouvrement.errors import InvalidInput
from recouvrement.scenario.model import Scenario

Costs = Mapping[Channel, Money]
"""Price of one contact, by channel."""


class Prices(NamedTuple):
    """Checked prices, all in one currency."""

    by_channel: dict[Channel, int]
    """In minor units."""
    currency: str

    @classmethod
    def of(cls, costs: Costs) -> Self:
        """Return the prices, in euros when there is none.

        Raises ``InvalidInput`` for a negative price and for prices in two currencies.
        """
        currencies = sorted({cost.currency for cost in costs.values()})
        if len(currencies) > 1:
            raise InvalidInput(
                where="costs", found=f"prices in {' and '.join(currencies)}", hint="Give every price in one currency."
            )
        for channel, cost in costs.items():
            if cost.minor < 0:
                raise InvalidInput(
                    where=f"cost of {channel.value}", found=f"a price of {cost}", hint="Give zero or a positive amount."
                )
        return cls({channel: cost.minor for channel, cost in costs.items()}, *(currencies or ["EUR"]))

    def completed(self, scenario: Scenario) -> "Prices":
        """Return these prices and, for the channels they leave out, those of a scenario, rounded half-up."""
        own = {channel: scenario.costs.of(channel) for channel in Channel if channel not in self.by_channel}
        added = {
            channel: rounded_half_up(cost, self.currency).minor for channel, cost in own.items() if cost is not None
        }
        return Prices({**self.by_channel, **added}, self.currency)

    def minor(self, action: Action) -> int:
        """Return what an action costs: contacts alone have a price, and a channel without one counts for nothing."""
        return self.by_channel.get(action.channel, 0) if action.kind is ActionKind.CONTACT else 0

    def money(self, minor: int) -> Money:
        """Return a sum of prices."""
        return Money.from_minor(minor, self.currency)
