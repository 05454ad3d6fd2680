"""Countries by code, found through entry points so that nothing above the law names one."""

from importlib.metadata import entry_points

from recouvrement.errors import InvalidInput
from recouvrement.law.jurisdiction import Jurisdiction

GROUP = "recouvrement.jurisdictions"
"""Entry-point group a country registers under."""


def jurisdiction(code: str) -> Jurisdiction:
    """Return the law of a country by its two-letter code in lower case. Raises ``InvalidInput`` for an unknown one."""
    known = {point.name: point for point in entry_points(group=GROUP)}
    if code not in known:
        raise InvalidInput(
            where=f"jurisdiction {code!r}",
            found="no country is registered under that code",
            hint=f"Known codes: {', '.join(sorted(known)) or 'none: install the package again'}.",
        )
    law: Jurisdiction = known[code].load()
    return law
