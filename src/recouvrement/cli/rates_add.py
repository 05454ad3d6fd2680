"""``recouvrement rates add``: an operator enters the official rates of a half-year."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

import click
from pydantic import ValidationError

from recouvrement.adapters.entered_rates import read_entered_rates, sole_writer, write_entered_rates
from recouvrement.adapters.jurisdictions import completed, jurisdiction
from recouvrement.adapters.portfolio.cells import parse_date
from recouvrement.adapters.portfolio.columns import folded
from recouvrement.adapters.portfolio.faults import field, sentence
from recouvrement.adapters.portfolio.table import unusable
from recouvrement.adapters.rate_entry import (
    ECB,
    LEGAL_INDIVIDUAL,
    LEGAL_OTHER,
    SERIES,
    Series,
    all_together,
    entered_value,
    is_official,
    parse_rate,
    parse_source,
    value_faults,
)
from recouvrement.cli.output import Day, HalfYear, day_of, json_option, print_json, stops_cleanly
from recouvrement.errors import InvalidInput
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.law.parameters import DatedValue
from recouvrement.law.rates import half_year_name

_ECB_ARTICLE: Final = "BCE, taux des opérations principales de refinancement"
_LEGAL_ARTICLE: Final = "CMF art. L313-2"
_PLACES: Final = {"from": "--period", "until": "--period", "checked_on": "--checked", "published_on": "--published"}

Read = TypeVar("Read")


class _Checked(NamedTuple):
    """The values of the file, those to add, those it already has, and the law they make together."""

    known: tuple[DatedValue, ...]
    added: list[DatedValue]
    unchanged: list[DatedValue]
    law: Jurisdiction


@click.command()
@click.option("--file", type=click.Path(path_type=Path), required=True, help="Overlay file; created when absent.")
@click.option("--period", type=HalfYear(), required=True, help="Half-year the rates are for, such as 2027S1.")
@click.option("--ecb", help="ECB main refinancing rate on the first day of the half-year, per cent.")
@click.option("--ecb-source", help="Official page it was read on.")
@click.option("--legal-individual", help="Legal interest rate, creditor an individual, per cent.")
@click.option("--legal-other", help="Legal interest rate, any other creditor, per cent.")
@click.option("--legal-article", help="Text that sets both, such as “arrêté du 15/12/2025”.")
@click.option("--legal-source", help="Official page it was read on, or its NOR or Journal officiel reference.")
@click.option(
    "--published",
    multiple=True,
    metavar="DATE",
    help="Day of publication, of the arrêté when both are entered; or ecb:DATE, legal:DATE.",
)
@click.option("--checked", type=Day(), default=None, help="Day you read the official text; today when left out.")
@json_option
@stops_cleanly
def add(
    file: Path,
    period: date,
    ecb: str | None,
    ecb_source: str | None,
    legal_individual: str | None,
    legal_other: str | None,
    legal_article: str | None,
    legal_source: str | None,
    published: tuple[str, ...],
    checked: date | None,
    *,
    as_json: bool,
) -> None:
    """Enter official rates in an overlay file, which the other commands read with --rates.

    Run again with the same figures it changes nothing; a figure that contradicts the edition of the law, or the file,
    is refused and nothing is written.
    """
    entry = _Entry(period, day_of(checked))
    of_ecb = {"--ecb": ecb, "--ecb-source": ecb_source}
    of_legal = {
        "--legal-individual": legal_individual,
        "--legal-other": legal_other,
        "--legal-article": legal_article,
        "--legal-source": legal_source,
    }
    if not any((*of_ecb.values(), *of_legal.values())):
        entry.note("command line", "no rate is given", "Give --ecb with --ecb-source, or the four --legal options.")
    entry.read_published(published, has_legal=any(of_legal.values()))
    if entry.is_whole(of_ecb):
        entry.add(ECB, "--ecb", of_ecb, _ECB_ARTICLE, "--ecb-source")
    if entry.is_whole(of_legal):
        article = entry.legal_article(str(legal_article))
        entry.add(LEGAL_INDIVIDUAL, "--legal-individual", of_legal, article, "--legal-source")
        entry.add(LEGAL_OTHER, "--legal-other", of_legal, article, "--legal-source")
    if entry.faults:
        raise all_together("command line", entry.faults)
    _append(file, period, entry.values, as_json=as_json)


class _Entry:
    """The values of one command, and all that is wrong with it."""

    def __init__(self, period: date, checked_on: date) -> None:
        self.period, self.checked_on = period, checked_on
        self.values: list[DatedValue] = []
        self.faults: list[InvalidInput] = []
        self._published: dict[str, date] = {}

    def note(self, where: str, found: str, hint: str) -> None:
        """Add a fault."""
        self.faults.append(InvalidInput(where=where, found=found, hint=hint))

    def is_whole(self, options: Mapping[str, str | None]) -> bool:
        """Whether all of these options are given; some without the others is a fault."""
        missing = [option for option, text in options.items() if not (text or "").strip()]
        if missing and len(missing) < len(options):
            given = next(option for option in options if option not in missing)
            self.note(" ".join(missing), f"missing or empty, while {given} is given", "Give them together.")
        return not missing

    def read_published(self, texts: tuple[str, ...], *, has_legal: bool) -> None:
        """Read the days of publication: a bare one is that of the arrêté, or of the ECB rate entered alone."""
        for text in texts:
            of, _, day = text.rpartition(":")
            name = of.strip().lower() or ("legal" if has_legal else "ecb")
            if name not in {"ecb", "legal"} or name in self._published:
                self.note("--published", f"{text!r} is not understood, or is said twice", "Write legal:DATE, ecb:DATE.")
                continue
            found = self._read(parse_date, day, "--published")
            if found is not None:
                self._published[name] = found

    def legal_article(self, text: str) -> str:
        """Return the text that sets the legal rates, as the law files cite it."""
        line = " ".join(text.split())
        if not re.search(r"arrete|decret", folded(line)) or not re.search(r"[0-9]{4}", line):
            self.note("--legal-article", f"{text!r} names no dated text", "Write it like “arrêté du 15/12/2025”.")
        return line if line.startswith("CMF") else f"{_LEGAL_ARTICLE} ; {line}"

    def add(
        self, series: Series, option: str, options: Mapping[str, str | None], article: str, source_option: str
    ) -> None:
        """Add the value of a series, or what is wrong with it."""
        rate = self._read(parse_rate, options[option] or "", option)
        source = self._read(parse_source, options[source_option] or "", source_option)
        if rate is None or source is None:
            return
        published_on = self._published.get("ecb" if series is ECB else "legal")
        try:
            value = entered_value(
                series,
                self.period,
                rate,
                article=article,
                source=source,
                published_on=published_on,
                checked_on=self.checked_on,
            )
        except ValidationError as fault:
            place = {"article": "--legal-article", "addresses": source_option}.get(field(fault), "command line")
            self._once([InvalidInput(where=place, found=sentence(fault), hint="Write it shorter, on one line.")])
            return
        self._once(value_faults(value, lambda key: _PLACES[key]))
        self.values.append(value)

    def _read(self, parse: Callable[..., Read], text: str, option: str) -> Read | None:
        try:
            return parse(text, where=option)
        except InvalidInput as fault:
            self._once([fault])
            return None

    def _once(self, faults: list[InvalidInput]) -> None:
        """Add faults, each once: the two legal rates share their options."""
        self.faults += [fault for fault in faults if str(fault) not in map(str, self.faults)]


def _append(file: Path, period: date, values: list[DatedValue], *, as_json: bool) -> None:
    """Check the values against the file and the edition, write them, and say what was done."""
    known, added, unchanged, law = _checked(file, values)
    if added:
        # Nothing is refused any more, unless another command wrote since: what counts is read again under the lock.
        with sole_writer(file):
            known, added, unchanged, law = _checked(file, values)
            if added:
                write_entered_rates(file, (*known, *added))
    for warning in _warnings(added):
        click.echo(f"warning: {warning}", err=True)
    if as_json:
        print_json(
            {
                "file": str(file),
                "period": half_year_name(period),
                "added": [_row(value) for value in added],
                "unchanged": [_row(value) for value in unchanged],
                "edition": law.edition,
            }
        )
        return
    for word, told in (("entered", added), ("already there", unchanged)):
        for value in told:
            click.echo(f"{word}: {SERIES[value.parameter].title} {value.value} % for {half_year_name(period)}")
    click.echo(f"{file}: law {law.edition}; give it to the other commands with --rates {file}")


def _checked(file: Path, values: list[DatedValue]) -> _Checked:
    """Compare the values with the file as it is now, and with the edition."""
    known = () if _is_blank(file) else read_entered_rates(file)
    added, unchanged = _reconciled(values, known, file)
    law = completed(completed(jurisdiction("fr"), known, str(file)), tuple(added), "command line")
    return _Checked(known, added, unchanged, law)


def _is_blank(file: Path) -> bool:
    """Whether the file is absent or empty; raises ``InvalidInput`` when the path cannot be used."""
    try:
        if not file.parent.is_dir():
            raise InvalidInput(where=str(file.parent), found="this folder does not exist", hint="Create it first.")
        return not file.exists() or (file.is_file() and not file.stat().st_size)
    except OSError as fault:
        raise unusable(file, fault) from None


def _reconciled(
    values: list[DatedValue], known: tuple[DatedValue, ...], file: Path
) -> tuple[list[DatedValue], list[DatedValue]]:
    """Return the values to add and those the file already has; raises ``InvalidInput`` where two figures differ."""
    by_day = {(value.parameter, value.from_): value for value in known}
    added: list[DatedValue] = []
    unchanged: list[DatedValue] = []
    faults: list[InvalidInput] = []
    for value in values:
        earlier = by_day.get((value.parameter, value.from_))
        if earlier is None:
            added.append(value)
        elif earlier.value == value.value:
            unchanged.append(earlier)
        else:
            faults.append(
                InvalidInput(
                    where=f"{SERIES[value.parameter].title}, {half_year_name(value.from_)}",
                    found=f"{value.value} contradicts {earlier.value}, entered in {file} "
                    f"({earlier.article}, {' ; '.join(earlier.addresses)})",
                    hint="Keep the figure of the official text: to withdraw the other, delete its table from the file.",
                )
            )
    if faults:
        raise all_together(str(file), faults)
    return added, unchanged


def _warnings(values: list[DatedValue]) -> list[str]:
    """Return what looks like a slip without being one for certain."""
    warnings = [
        f"{address} is not a site of the ECB, the Banque de France or the State: enter figures of official texts only"
        for address in dict.fromkeys(address for value in values for address in value.addresses)
        if not is_official(address)
    ]
    rates = {value.parameter: value.value for value in values}
    individual, other = rates.get(LEGAL_INDIVIDUAL.parameter), rates.get(LEGAL_OTHER.parameter)
    if individual is not None and other is not None and individual < other:
        warnings.append(f"individuals {individual} %, others {other} %: are the two columns in the right order?")
    return warnings


def _row(value: DatedValue) -> dict[str, object]:
    return {
        "parameter": value.parameter,
        "from": value.from_.isoformat(),
        "until": value.until.isoformat() if value.until else None,
        "value": str(value.value),
        "article": value.article,
        "identifier": value.identifier,
        "published_on": value.published_on.isoformat() if value.published_on else None,
        "checked_on": value.checked_on.isoformat() if value.checked_on else None,
        "sources": list(value.addresses),
    }
