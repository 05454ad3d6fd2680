"""``--instalment`` and the other terms of a payment plan that is written down but not recorded."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

import click
from pydantic import ValidationError

from recouvrement.adapters.portfolio.cells import parse_amount, parse_date
from recouvrement.adapters.portfolio.faults import sentence
from recouvrement.cli.followed import Followed
from recouvrement.domain.documents import Instalment
from recouvrement.domain.events import PlanAgreed
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import InvalidInput

Command = Callable[..., Any]  # Any: a click command, whatever its parameters

_OF_A_PLAN = frozenset({DocumentKind.PLAN_PROPOSAL, DocumentKind.PLAN_AGREEMENT})
_WRITTEN_CURRENCY = re.compile(r"(?:[A-Za-z]{3}|€)$")


def plan_options(command: Command) -> Command:
    """Give a command the terms of a plan.

    It receives ``instalments``, ``grace_days``, ``notice_days`` and ``accelerates``.
    """
    for option in (
        click.option(
            "--acceleration",
            "accelerates",
            is_flag=True,
            help="With --instalment: the whole becomes due when the plan ends by default.",
        ),
        click.option(
            "--notice-days",
            type=click.IntRange(1, 90),
            help="With --instalment: days to put a default right after its notice; 8 if left out.",
        ),
        click.option(
            "--grace-days",
            type=click.IntRange(0, 60),
            help="With --instalment: days by which a payment may be late; 0 if left out.",
        ),
        click.option(
            "--instalment",
            "instalments",
            multiple=True,
            metavar="DATE=AMOUNT",
            help="For a plan that is not recorded, named by --about: one instalment, such as 2026-12-15=500.00; "
            "repeat it for each, in order.",
        ),
    ):
        command = option(command)
    return command


class PlanTerms(NamedTuple):
    """The terms as they were written."""

    instalments: tuple[str, ...]
    grace_days: int | None
    notice_days: int | None
    accelerates: bool

    def check(self, kind: DocumentKind) -> None:
        """Raise ``InvalidInput`` for terms given to a document that is about no plan, or without instalments."""
        if self.instalments and kind not in _OF_A_PLAN:
            raise InvalidInput(
                where="--instalment",
                found=f"{kind.value} is not about a plan to write down",
                hint=f"Leave it out: it is for {' and '.join(sorted(one.value for one in _OF_A_PLAN))}.",
            )
        if not self.instalments and (self.grace_days is not None or self.notice_days is not None or self.accelerates):
            raise InvalidInput(
                where="--grace-days, --notice-days, --acceleration",
                found="terms of a plan without its instalments",
                hint="Add --instalment DATE=AMOUNT, or leave them out: a recorded plan has its own.",
            )

    def concerned(self, pasts: Sequence[Followed]) -> tuple[Followed, ...]:
        """Return the cases the plan is about: the one in its currency, where a debtor has several."""
        if not self.instalments or len(pasts) == 1:
            return tuple(pasts)
        found = [_WRITTEN_CURRENCY.search(text.strip()) for text in self.instalments]
        written = {one[0].upper().replace("€", "EUR") if one is not None else "" for one in found}
        kept = tuple(past for past in pasts if {past.case.currency} == written)
        if not kept:
            currencies = ", ".join(past.case.currency for past in pasts)
            raise InvalidInput(
                where="--instalment",
                found=f"the debtor owes in {currencies}, and the amounts do not say in which one currency they are",
                hint=f"Write it beside each amount: 2026-12-15=500.00 {pasts[0].case.currency}.",
            )
        return kept

    def plan(self, name: str | None, currency: str, on: date) -> PlanAgreed | None:
        """Return the plan, agreed on the day of the document; ``None`` when no instalment was given.

        Raises ``InvalidInput``, naming the option, for a date that is no date or not after the one before, an amount
        that is none, and a plan without name.
        """
        if not self.instalments:
            return None
        if name is None:
            raise InvalidInput(where="--about", found="the plan has no name", hint="Name it: --about PLAN-1.")
        parts: list[Instalment] = []
        last = on
        for text in self.instalments:
            part_on, amount = _instalment(text, currency)
            if part_on <= last:
                before = "the one before it" if parts else "the document"
                raise InvalidInput(
                    where=f"--instalment {text}",
                    found=f"{part_on.isoformat()} is not after {last.isoformat()}, the date of {before}",
                    hint="Give each instalment a later day than the one before, and the first one a day to come.",
                )
            parts.append(Instalment(due_on=part_on, amount=amount))
            last = part_on
        # What is left out is for the plan itself to say.
        days = {"grace_days": self.grace_days, "notice_days": self.notice_days}
        terms = {option: count for option, count in days.items() if count is not None}
        try:
            return PlanAgreed(
                id=name,
                effective_on=on,
                plan_id=name,
                instalments=tuple(parts),
                accelerates=self.accelerates,
                **terms,
            )
        except ValidationError as fault:
            raise InvalidInput(where="--about", found=sentence(fault), hint="Give a plain name: PLAN-1.") from None


def _instalment(text: str, currency: str) -> tuple[date, Money]:
    where = f"--instalment {text}"
    day, parted, amount = text.partition("=")
    if not parted:
        raise InvalidInput(where=where, found="no equals sign", hint="Write DATE=AMOUNT, such as 2026-12-15=500.00.")
    found = parse_amount(amount, currency, where=where)
    if found.minor <= 0:
        raise InvalidInput(where=where, found=f"an amount of {found}", hint="Give a positive amount.")
    return parse_date(day, where=where), found
