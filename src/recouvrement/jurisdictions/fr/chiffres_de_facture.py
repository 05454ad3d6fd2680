"""The rates and sums an invoice in French prints about late payment. Language, not law."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from recouvrement.domain.clauses import PenaltyClause
from recouvrement.domain.exact import plus, times
from recouvrement.errors import InvalidInput
from recouvrement.jurisdictions.fr.textes_de_facture import InvoiceText, Topic, invoice_text


class PrintedSum(NamedTuple):
    """A sum of money in euros as it is printed."""

    amount: Decimal
    words: str


class PrintedRate(NamedTuple):
    """A rate of penalties as it is printed."""

    clause: PenaltyClause | None
    """By year; ``None`` when the figure is out of the bounds of a rate, such as 0 %."""
    words: str
    is_flat: bool = False
    """A percentage of a sum with no word of time: perhaps a flat penalty rather than a yearly rate."""


_IN_WORDS = (
    "un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante"
)
_VALUES = dict(zip(_IN_WORDS.split("|"), (1, *range(1, 17), 20, 30, 40), strict=True))
_MULTIPLES = {"double": "2", "triple": "3", "quadruple": "4", "quintuple": "5"}

_FIGURE = (
    rf"(?P<figure>(?<![\d.,])\d{{1,3}}(?:[.,]\d{{1,4}})?(?!\d)|(?<![a-z-])(?:{_IN_WORDS})(?![a-z-]))"
    r"(?:\s?\(\s?\d{1,3}\s?\))?"
)
_TIMES = re.compile(
    rf"{_FIGURE}\s?(?:fois|[x*×])(?P<half>\set\sdemie?)?(?P<gap>[^.;%\d]{{0,60}}?)\blegal\b"
    r"|\b(?P<word>double|triple|quadruple|quintuple)\s(?:du|de)\b[^.;%\d]{0,60}?\blegal\b"
)
_LEGAL_BY = re.compile(
    r"\b(?:taux|interets?)\b[^.;,%\d]{0,30}?\blegal(?:\sen\svigueur)?\s?,?\s?(?:multiplie\spar|fois|[x*×])\s?" + _FIGURE
)
_LEGAL = re.compile(
    r"\b(?:taux|interets?)\b[^.;,%\d]{0,30}?\blegal\b"
    r"(?!\s?(?:en\svigueur\s?)?,?\s?(?:majore|augmente|\+|plus\b|de\s\d))"
)
_ECB = r"(?:\bb\.?c\.?e\b|\bbanque\scentrale\b|\btaux\sdirecteur\b|\brefinancement\b)"
_ECB_PLUS = re.compile(
    rf"{_ECB}[^;]{{0,200}}?(?:\bmajor[a-z]{{1,6}}|\baugment[a-z]{{1,6}}|\bajoute[a-z]{{0,2}}|\+|\bplus\b)\s?(?:de\s)?"
    rf"{_FIGURE}\s?(?:points?\b|pts?\b|%)?"
)
_ABOVE_ECB = re.compile(
    rf"{_FIGURE}\s?(?:points?|pts?)\b[^.;]{{0,40}}?(?:\bau-dessus\b|\bde\splus\b|\ben\ssus\b|\bsuperieur)[^.;]{{0,60}}?{_ECB}"
)
_PER_CENT = re.compile(rf"{_FIGURE}\s?(?:%|pour\s?cents?\b)")
_PERIODS = (
    (1, re.compile(r"\b(?:par|l')\s?an\b|/\s?an\b|\bannee\b|\bannuel")),
    (12, re.compile(r"\b(?:par|le)\smois\b|/\s?mois\b|\bmensuel")),
    (4, re.compile(r"\b(?:par|le)\strimestre\b|/\s?trimestre\b|\btrimestriel")),
    (52, re.compile(r"\b(?:par|la)\ssemaine\b|/\s?semaine\b|\bhebdomadaire")),
    (365, re.compile(r"\b(?:par|le)\sjour\b|/\s?j(?:our)?\b|\bjournali|\bquotidien")),
)
"""How many of each period a year holds; a simple multiplication, which never exceeds what compounding would give."""
_OF_A_SUM = re.compile(r"\s?(?:du|de\sla|des|sur\sles?|sur\sla)\s(?:montant|somme|total|facture|prix|solde|ttc|ht)")

_AMOUNT = re.compile(
    r"(?<![\d.,])(?P<amount>\d{1,3}(?:\s\d{3}){1,3}(?:,\d{1,2})?|\d{1,7}(?:[.,]\d{1,2})?)\s?(?:€|euros?\b|eur\b)"
    r"|(?:€|\beur\b)\s?(?P<after>\d{1,7}(?:[.,]\d{1,2})?)(?!\d)"
    rf"|(?<![a-z-])(?P<word>{_IN_WORDS})(?:\s?\(\s?\d{{1,3}}(?:[.,]\d{{1,2}})?\s?(?:€|euros?)?\s?\))?\s?(?:€|euros?\b)"
)
_OF_INDEMNITY = re.compile(
    r" ?(?:\(|d'|de |a titre d[e'] ?|au titre d(?:e (?:l'|la )?|es |')|pour (?:les |l')?)(?:une )?"
    r"(?:indemni|frais de recouvrement)"
)
_ON_RATES = frozenset({Topic.PENALTY, Topic.DELAY})


def penalty_rates(text: str) -> tuple[PrintedRate, ...]:
    """Return the rates printed in a text on penalties, in order; a rate by month or by day is brought to a year.

    >>> [str(rate.clause) for rate in penalty_rates("Pénalités de retard : trois fois le taux d'intérêt légal")]
    ['3x legal']
    >>> [str(rate.clause) for rate in penalty_rates("1,5 % par mois de retard")]
    ['18']
    """
    return tuple(rate for _, rate in rates_in(invoice_text(text), alone=True))


def indemnity_sum(text: str) -> PrintedSum | None:
    """Return the sum printed as fixed recovery indemnity, the first if there are several; ``None`` when none is.

    >>> indemnity_sum("Indemnité forfaitaire pour frais de recouvrement : 40€")
    PrintedSum(amount=Decimal('40'), words='40€')
    """
    read = invoice_text(text)
    for found in _AMOUNT.finditer(read.folded):
        heading = read.heading(found.start(), found.end(), ignored=frozenset({Topic.DELAY}))
        heading = heading or read.heading_before(found.start())
        is_alone = heading is None and not read.headings
        is_after = heading is not None and heading.topic is Topic.INDEMNITY
        if is_alone or is_after or _OF_INDEMNITY.match(read.folded, found.end()):
            return PrintedSum(_amount(found), _words(read, found))
    return None


def rates_in(read: InvoiceText, *, alone: bool) -> list[tuple[int, PrintedRate]]:
    """Return the rates of penalties and their places; ``alone``: where there is no heading, a rate is one of them."""
    taken = bytearray(len(read.text))
    found: list[tuple[int, PrintedRate]] = []
    # Those that name their reference come first: "BCE + 10 %" must not be read again as 10 %.
    for pattern, written in _BY_REFERENCE:
        for match in _everywhere(pattern, read):
            clause = None if any(taken[match.start() : match.end()]) or _is_discount(read, match) else written(match)
            if clause is not None:
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                found.append((match.start(), _rate(clause, read, match)))
    found += [
        (match.start(), _per_cent(read, match))
        for match in _everywhere(_PER_CENT, read)
        if not any(taken[match.start() : match.end()]) and _is_on_penalties(read, match, alone=alone)
    ]
    return sorted(found, key=lambda one: one[0])


def _everywhere(pattern: re.Pattern[str], read: InvoiceText) -> Iterator[re.Match[str]]:
    for low, high in read.sentences:
        yield from pattern.finditer(read.folded, low, high)


def _is_discount(read: InvoiceText, found: re.Match[str]) -> bool:
    heading = read.heading(found.start(), found.end())
    return heading is not None and heading.topic is Topic.DISCOUNT and heading.start < found.start()


def _is_on_penalties(read: InvoiceText, found: re.Match[str], *, alone: bool) -> bool:
    """Whether a percentage is one of penalties: by its sentence, else by the one before, else by the whole text."""
    if not read.headings:
        return alone
    heading = read.heading(found.start(), found.end()) or read.heading_before(found.start())
    return heading is not None and heading.topic in _ON_RATES


def _times_legal(found: re.Match[str]) -> str | None:
    if found["word"] is not None:
        return f"{_MULTIPLES[found['word']]}x legal"
    gap = found["gap"]
    if len(gap) > 4 and "taux" not in gap and "interet" not in gap:
        return None
    return f"{plus(_figure(found), Decimal('0.5')) if found['half'] else _figure(found)}x legal"


_BY_REFERENCE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (_TIMES, _times_legal),
    (_LEGAL_BY, lambda found: f"{_figure(found)}x legal"),
    (_ECB_PLUS, lambda found: f"ecb+{_figure(found)}"),
    (_ABOVE_ECB, lambda found: f"ecb+{_figure(found)}"),
    (_LEGAL, lambda _: "1x legal"),
)


def _per_cent(read: InvoiceText, found: re.Match[str]) -> PrintedRate:
    low, high = read.sentence(found.start())
    reach = min(high, found.end() + 60)
    following = _PER_CENT.search(read.folded, found.end(), reach)
    after = read.folded[found.end() : following.start() if following else reach]
    before = read.folded[max(low, found.start() - 40) : found.start()]
    for periods, period in _PERIODS:
        said = period.search(after)
        if said or period.search(before):
            return _rate(
                str(times(Decimal(periods), _figure(found))), read, found, found.end() + said.end() if said else None
            )
    is_flat = _OF_A_SUM.match(after) is not None and "taux" not in before
    return _rate(str(_figure(found)), read, found)._replace(is_flat=is_flat)


def _rate(clause: str, read: InvoiceText, found: re.Match[str], end: int | None = None) -> PrintedRate:
    words = _words(read, found, end)
    try:
        return PrintedRate(PenaltyClause.of(clause), words)
    except InvalidInput:
        return PrintedRate(None, words)


def _words(read: InvoiceText, found: re.Match[str], end: int | None = None) -> str:
    return " ".join(read.text[found.start() : end or found.end()].split())


def _figure(found: re.Match[str]) -> Decimal:
    written = found["figure"]
    return Decimal(_VALUES[written]) if written in _VALUES else Decimal(written.replace(",", "."))


def _amount(found: re.Match[str]) -> Decimal:
    if found["word"] is not None:
        return Decimal(_VALUES[found["word"]])
    return Decimal("".join((found["amount"] or found["after"]).split()).replace(",", "."))
