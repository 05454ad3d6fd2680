"""Dated legal parameters: every value carries its own source; outside the covered days the answer is a refusal."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Self, TypeVar

from pydantic import Strict, ValidationError, model_validator

from recouvrement.domain.calendar import Interval, half_year_start
from recouvrement.domain.reasons import Confidence, Source
from recouvrement.domain.values import CivilDate, Code, Line, Value
from recouvrement.errors import LawError, NotCovered
from recouvrement.law.rates import half_year_name

Rule = TypeVar("Rule", bound=Callable[..., object])

_ONE_DAY = timedelta(days=1)


class DatedValue(Value):
    """One value of a parameter, the days it is in force and the text it comes from."""

    parameter: Code
    """Identifier of the parameter it belongs to."""
    from_: CivilDate
    """First day in force."""
    until: CivilDate | None = None
    """First day no longer in force; ``None`` only on the last value, which ends with the covered span."""
    value: Annotated[Decimal, Strict()]
    article: Code
    """The text that sets the value, as a French reader cites it."""
    identifier: Code | None = None
    """Stable identifier of that text: LEGIARTI, JORFARTI or NOR number."""
    published_on: CivilDate | None = None
    """Day of its official publication, where it was seen."""
    checked_on: CivilDate | None = None
    """Day the value was last compared with ``addresses``; ``None`` when no source was found to compare with."""
    confidence: Confidence
    addresses: tuple[Line, ...] = ()
    """Where it was read."""
    kind: Code | None = None
    """Nature of the value where the series has several, such as ``fixed`` or ``min_bid`` tenders."""
    note: Line | None = None

    @model_validator(mode="after")
    def _is_sourced(self) -> Self:
        if self.confidence is Confidence.UNVERIFIED:
            message = f"the value from {self.from_} is unverified: leave it out and end the covered span before it"
            raise ValueError(message)
        if self.confidence is not Confidence.FROM_MEMORY and not (self.addresses and self.checked_on):
            message = f"the value from {self.from_} has no address or no checked_on: say where and when it was read"
            raise ValueError(message)
        if self.until is not None and self.until <= self.from_:
            message = f"the value from {self.from_} ends on {self.until}: it must end after it begins"
            raise ValueError(message)
        return self

    @property
    def source(self) -> Source:
        """The record to quote when this value is used; its identifier is ``<parameter>:<first day>``."""
        return self._source

    @cached_property
    def _source(self) -> Source:  # a name without its underscore would be among the fields of dict(value)
        return Source(
            article=self.article,
            confidence=self.confidence,
            identifier=f"{self.parameter}:{self.from_.isoformat()}",
            published_on=self.published_on,
            checked_on=self.checked_on,
        )


class Parameter(Value):
    """A figure set by law, through time. The values follow one another without gap or overlap."""

    id: Code
    """Such as ``fr.taux_bce_refinancement``."""
    title: Line
    unit: Code
    """Such as ``per cent per year``, ``days``, ``EUR per invoice``."""
    first_day: CivilDate
    """First day covered."""
    last_day: CivilDate
    """Last day covered, included. Later values are not known here, even if the last one may still be in force."""
    coverage: Line | None = None
    """Why the covered span ends there."""
    next_expected_on: CivilDate | None = None
    """Day by which a value for the days after ``last_day`` should be published."""
    values: tuple[DatedValue, ...]
    entered: tuple[DatedValue, ...] = ()
    """Official values entered by an operator after the edition was compiled, each over its own closed interval."""

    @model_validator(mode="after")
    def _is_continuous(self) -> Self:
        if not self.values:
            message = f"{self.id} has no value"
            raise ValueError(message)
        if self.values[0].from_ != self.first_day:
            message = f"{self.id}: the first value begins on {self.values[0].from_}, the coverage on {self.first_day}"
            raise ValueError(message)
        for earlier, later in pairwise(self.values):
            if earlier.until != later.from_:
                message = f"{self.id}: a value ends on {earlier.until}, the next one begins on {later.from_}"
                raise ValueError(message)
        last = self.values[-1]
        if last.from_ > self.last_day or last.until not in {None, self.last_day + _ONE_DAY}:
            message = f"{self.id}: the last value ends on {last.until}, the coverage on {self.last_day}"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _completes_without_contradicting(self) -> Self:
        for value in self.entered:
            if value.until is None:
                message = f"{self.id}: the value entered from {value.from_} has no end: give the first day not covered"
                raise ValueError(message)
            for known in self.values:
                last = known.until or self.last_day + _ONE_DAY
                if value.from_ < last and known.from_ < value.until and value.value != known.value:
                    message = (
                        f"{self.id}: {value.value} entered from {value.from_} contradicts {known.value}, in force from "
                        f"{known.from_} in this edition: correct the figure, or install a corrected edition"
                    )
                    raise ValueError(message)
        for earlier, later in pairwise(self.entered):
            if earlier.until is None or later.from_ < earlier.until:
                message = f"{self.id}: two values are entered for {later.from_}: keep one"
                raise ValueError(message)
        return self

    def completed(self, values: tuple[DatedValue, ...]) -> "Parameter":
        """Return the parameter with official values entered by an operator, in any order.

        A value may cover days the edition does not, or confirm the same figure from a better source. Raises
        ``LawError`` when one contradicts the edition or another entered value.
        """
        entered = tuple(sorted((*self.entered, *values), key=lambda value: value.from_))
        try:
            return Parameter.model_validate({**dict(self), "entered": entered})
        except ValidationError as fault:
            raise _faults(fault, self.id) from None

    @cached_property
    def _starts(self) -> tuple[date, ...]:
        return tuple(value.from_ for value in self.values)

    def covers(self, day: date) -> bool:
        """Whether the parameter has a value that day."""
        return self.first_day <= day <= self.last_day or self._entered_on(day) is not None

    def _entered_on(self, day: date) -> DatedValue | None:
        return next(
            (value for value in self.entered if value.from_ <= day and (value.until is None or day < value.until)), None
        )

    def on(self, day: date) -> DatedValue:
        """Return the value in force that day.

        Raises ``NotCovered`` outside the covered span: the last value is never extended, nor the first one moved back.
        """
        entered = self._entered_on(day)
        is_packaged = self.first_day <= day <= self.last_day
        if entered is not None and not is_packaged:
            return entered
        if not is_packaged:
            raise NotCovered(
                where=f"{self.id} on {day.isoformat()}",
                found=f"covered from {self.first_day.isoformat()} to {self.last_day.isoformat()}",
                hint=self._hint(day),
            )
        value = self.values[bisect_right(self._starts, day) - 1]
        if entered is None:
            return value
        # A confirmation changes the source of a value and not its days: a segment must not be cut where it ends.
        return DatedValue.model_validate({**dict(entered), "from_": value.from_, "until": value.until})

    def _hint(self, day: date) -> str:
        if day < self.first_day:
            return "Ask for a later date: older values are not in this edition of the law files."
        if self.next_expected_on is None:
            return "Install a later edition of the law files."
        hint = f"The next value should be published by {self.next_expected_on.isoformat()}"
        if self.entered and self.entered[-1].from_ > self.next_expected_on:
            hint = "The next value is not published yet, or not entered"
        if self.covers(half_year_start(day)):
            # Operators enter the figure of a half-year, which is known here: what is missing is this very day.
            return f"{hint}: install an edition of the law files compiled after it."
        command = f"recouvrement rates add --period {half_year_name(day)} --file FILE …"
        return (
            f"{hint}: once it is, enter it with `{command}`, or install an edition of the law files compiled after it."
        )


def parameter_from(table: Mapping[str, object], where: str) -> Parameter:
    """Return the parameter described by a TOML table, checked.

    In the file a value is a quoted string and its first day is called ``from``. Raises ``LawError`` with every fault.

    >>> parameter_from({"id": "fr.essai", "title": "Essai", "unit": "days", "values": [{"value": 30.0}]}, "essai.toml")
    Traceback (most recent call last):
    ...
    recouvrement.errors.LawError: essai.toml: values[0].value: 30.0 is a float. Write the figure as a quoted string, \
such as "2.40".
    """
    fields = dict(table)
    rows = fields.pop("values", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LawError(where=where, found="values is not a list of tables", hint="Write each value under [[values]].")
    values = [_row(row, table.get("id"), f"values[{position}]", where) for position, row in enumerate(rows)]
    try:
        return Parameter.model_validate({**fields, "values": tuple(values)})
    except ValidationError as fault:
        raise _faults(fault, where) from None


def _row(row: dict[str, object], parameter: object, place: str, where: str) -> DatedValue:
    """Return one value of a file; ``sources`` becomes ``addresses`` and the figure a ``Decimal``."""
    fields = dict(row)
    figure = fields.pop("value", None)
    if not isinstance(figure, str):
        raise LawError(
            where=where,
            found=f"{place}.value: {figure!r} is a {type(figure).__name__}",
            hint='Write the figure as a quoted string, such as "2.40".',
        )
    try:
        value = Decimal(figure)
    except InvalidOperation:
        raise LawError(
            where=where,
            found=f"{place}.value: {figure!r} is not a number",
            hint='Write the figure as a quoted string, such as "2.40".',
        ) from None
    addresses = fields.pop("sources", [])
    try:
        return DatedValue.model_validate(
            {
                "parameter": parameter,
                "from_": fields.pop("from", None),
                "value": value,
                "addresses": tuple(addresses) if isinstance(addresses, list) else addresses,
                **fields,
                "confidence": _confidence(fields.get("confidence")),
            }
        )
    except ValidationError as fault:
        raise _faults(fault, f"{where} {place}") from None


def _confidence(mark: object) -> object:
    """Return the mark as an enum member where it is one; anything else is left for validation to refuse."""
    return Confidence(mark) if isinstance(mark, str) and mark in list(Confidence) else mark


def faults_told(fault: ValidationError) -> str:
    """Return every fault found in a law file, each with its path."""
    lines = [f"{'.'.join(map(str, error['loc'])) or 'table'}: {error['msg']}" for error in fault.errors()]
    return "; ".join(lines)


def _faults(fault: ValidationError, where: str) -> LawError:
    return LawError(
        where=where, found=faults_told(fault), hint="Correct the law file; each value carries its own record."
    )


RuleTable = tuple[tuple[Interval, Rule], ...]
"""The successive shapes of one rule, each a function with the days it governs; no gap and no overlap."""


def rule_on(rules: RuleTable[Rule], day: date, name: str) -> Rule:
    """Return the function that states the rule that day.

    Raises ``NotCovered`` on a day that no function of the table governs.
    """
    for interval, rule in rules:
        if day in interval:
            return rule
    first, last = rules[0][0].from_, rules[-1][0].until
    raise NotCovered(
        where=f"{name} on {day.isoformat()}",
        found=f"stated from {first} until {last or 'further notice'}",
        hint="Ask for a day the rule governs: its earlier shape is not stated in this edition.",
    )
