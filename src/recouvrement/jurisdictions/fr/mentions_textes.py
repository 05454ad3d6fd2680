"""The dated rules on the mentions of invoices, their fines and the words to print: read once, from one file."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, Strict, ValidationError, model_validator

from recouvrement.domain.calendar import Interval
from recouvrement.domain.decision import Doubt
from recouvrement.domain.exact import EXACT
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.values import CivilDate, Code, Line, Value
from recouvrement.errors import LawError, NotCovered
from recouvrement.jurisdictions.fr.parametres import PACKAGE
from recouvrement.law.files import read_table
from recouvrement.law.mentions import Finding, Mention, MentionsFine, MentionStatus
from recouvrement.law.parameters import faults_told

FILE = "mentions_obligatoires"


def _quoted(figure: object) -> object:
    if not isinstance(figure, str):
        message = f'{figure!r} is not between quotes: write the amount like "75000"'
        raise ValueError(message)  # noqa: TRY004  # pydantic collects ValueError
    return figure


Euros = Annotated[Decimal, BeforeValidator(_quoted), Field(gt=0)]


class DatedText(Value):
    """A rule or an amount, the days it is in force and the text it comes from."""

    from_: CivilDate = Field(alias="from")
    until: CivilDate | None = None
    article: Code
    identifier: Code | None = None
    confidence: Confidence
    sources: tuple[Line, ...] = ()
    checked_on: CivilDate | None = None
    note: Line | None = None

    @model_validator(mode="after")
    def _is_sourced(self) -> Self:
        if self.confidence is not Confidence.FROM_MEMORY and not (self.sources and self.checked_on):
            message = f"the row from {self.from_} has no source or no checked_on: say where and when it was read"
            raise ValueError(message)
        return self

    def is_in_force(self, day: date) -> bool:
        """Whether the row governs that day."""
        return day in Interval(self.from_, self.until)


class Rule(DatedText):
    """A rule on mentions, by its name."""

    rule: Code

    @property
    def source(self) -> Source:
        """The record to quote; its identifier is ``fr.mentions_obligatoires.<rule>:<first day>``."""
        return Source(
            article=self.article,
            confidence=self.confidence,
            identifier=f"fr.{FILE}.{self.rule}:{self.from_.isoformat()}",
            checked_on=self.checked_on,
        )


class Fine(DatedText):
    """An administrative fine, in euros."""

    natural_person: Euros
    legal_person: Euros
    repeat_natural_person: Euros
    repeat_legal_person: Euros
    repeat_within_years: Annotated[int, Strict(), Field(gt=0)]


class Texts(Value):
    """What the file holds."""

    id: Code
    title: Line
    first_day: CivilDate
    last_day: CivilDate
    coverage: Line
    rules: tuple[Rule, ...]
    fines: tuple[Fine, ...]
    to_print: dict[Mention, str]
    """Words to paste into an invoice, with the names of the figures between braces."""


@cache
def texts() -> Texts:
    """Return the file, checked. Raises ``LawError`` with every fault found in it."""
    try:
        return Texts.model_validate(read_table(PACKAGE, FILE))
    except ValidationError as fault:
        raise LawError(
            where=f"{PACKAGE}/data/{FILE}.toml",
            found=faults_told(fault),
            hint="Correct the law file; each row carries its own record.",
        ) from None


def refuse_uncovered(day: date) -> None:
    """Raise ``NotCovered`` for an invoice issued outside the days whose rules were read."""
    file = texts()
    if not file.first_day <= day <= file.last_day:
        is_early = day < file.first_day
        raise NotCovered(
            where=f"fr.{FILE} on {day.isoformat()}",
            found=f"covered from {file.first_day.isoformat()} to {file.last_day.isoformat()}",
            hint=(
                "The former rules (ex L441-3 and L441-6) were not read: check this invoice by hand."
                if is_early
                else "Install a later edition of the law files."
            ),
        )


def rule(name: str, day: date) -> Rule | None:
    """Return the rule of that name in force that day, or ``None`` before it began.

    >>> rule("order_number", date(2019, 9, 30)) is None, rule("order_number", date(2019, 10, 1)).article
    (True, 'C. com. art. L441-9 I')
    """
    return next((row for row in texts().rules if row.rule == name and row.is_in_force(day)), None)


def source(name: str, day: date) -> Source:
    """Return the text of a rule in force that day; raises ``NotCovered`` when there is none."""
    found = rule(name, day)
    if found is None:
        raise NotCovered(
            where=f"fr.{FILE}.{name} on {day.isoformat()}",
            found="no rule of that name is in force",
            hint="Ask for a day the rule governs.",
        )
    return found.source


def fines(day: date) -> tuple[MentionsFine, ...]:
    """Return the fine for an invoice without its compulsory mentions, in force that day."""
    return tuple(
        MentionsFine(
            natural_person=row.natural_person,
            legal_person=row.legal_person,
            repeat_natural_person=row.repeat_natural_person,
            repeat_legal_person=row.repeat_legal_person,
            repeat_within_years=row.repeat_within_years,
            source=Source(
                article=row.article,
                confidence=row.confidence,
                identifier=f"fr.{FILE}.fine:{row.from_.isoformat()}",
                checked_on=row.checked_on,
            ),
        )
        for row in texts().fines
        if row.is_in_force(day)
    )


def finding(
    mention: Mention,
    status: MentionStatus,
    rule_name: str,
    day: date,
    *,
    code: str,
    found: str | None = None,
    to_print: str | None = None,
    **inputs: object,
) -> Finding:
    """Return one mention judged under a rule in force that day."""
    quoted = source(rule_name, day)
    reason = Reason.of(code, Authority.LAW, {"mention": mention, **inputs}, source=quoted)
    return Finding(mention, status, found, to_print, quoted, reason)


def reason(rule_name: str, day: date, code: str | None = None, **inputs: object) -> Reason:
    """Return a reason that rests on a rule in force that day; its code is the name of the rule unless told."""
    return Reason.of(code or rule_name, Authority.LAW, inputs, source=source(rule_name, day))


def doubt(rule_name: str, day: date, code: str | None = None, **inputs: object) -> Doubt:
    """Return a doubt that rests on a rule in force that day."""
    return Doubt(code=code or rule_name, reason=reason(rule_name, day, code, **inputs))


def not_covered(rule_name: str, inputs: dict[str, object]) -> Doubt:
    """Return the doubt of a rule that is not stated in this edition."""
    unread = Reason.of("rule_not_covered", Authority.LAW, {"rule": rule_name, **inputs})
    return Doubt(code=unread.code, reason=unread)


def to_print(mention: Mention, **figures: str) -> str:
    """Return the words to paste into an invoice, with their figures."""
    return texts().to_print[mention].format(**figures)


def in_french(figure: Decimal, decimals: int = 0) -> str:
    """Return a figure with a comma, and at least so many decimals.

    >>> in_french(Decimal("12.4"), 2), in_french(Decimal("40.00")), in_french(Decimal("10"))
    ('12,40', '40', '10')
    """
    whole, _, part = f"{EXACT.normalize(figure):f}".partition(".")
    part = part.ljust(decimals, "0")
    return f"{whole},{part}" if part else whole
