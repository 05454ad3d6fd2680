"""Countries by code, found through entry points so that nothing above the law names one."""

from importlib.metadata import entry_points
from pathlib import Path

from recouvrement.adapters.entered_rates import read_entered_rates
from recouvrement.errors import InvalidInput, LawError
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.law.parameters import DatedValue

GROUP = "recouvrement.jurisdictions"
"""Entry-point group a country registers under."""


def jurisdiction(code: str, rates: Path | None = None) -> Jurisdiction:
    """Return the law of a country by its two-letter code in lower case, completed with a file of official rates.

    Raises ``InvalidInput`` for an unknown country and for a file that cannot be read, ``LawError`` when a rate of the
    file contradicts the edition.
    """
    known = {point.name: point for point in entry_points(group=GROUP)}
    if code not in known:
        raise InvalidInput(
            where=f"jurisdiction {code!r}",
            found="no country is registered under that code",
            hint=f"Known codes: {', '.join(sorted(known)) or 'none: install the package again'}.",
        )
    law: Jurisdiction = known[code].load()
    return law if rates is None else completed(law, read_entered_rates(rates), str(rates))


def completed(law: Jurisdiction, values: tuple[DatedValue, ...], where: str) -> Jurisdiction:
    """Return the law with official values; raises ``LawError``, located, when one contradicts the edition."""
    try:
        return law.with_values(values)
    except LawError as fault:
        raise LawError(
            where=f"{where}: {fault.where}",
            found=fault.found.removeprefix(f"table: Value error, {fault.where}: "),
            hint="Read the official text again: correct the value or withdraw it, or install a corrected edition.",
        ) from None
