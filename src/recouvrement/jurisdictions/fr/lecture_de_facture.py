"""Where an invoice in French speaks of its due date, terms, penalties, indemnity and discount. Language, not law."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from recouvrement.domain.values import FIRST_DAY, LAST_DAY
from recouvrement.jurisdictions.fr.chiffres_de_facture import rates_in
from recouvrement.jurisdictions.fr.textes_de_facture import Heading, InvoiceText, Topic, invoice_text, laid_out
from recouvrement.law.mentions import PASSAGE


class DiscountTerms(StrEnum):
    """What a text says about early payment."""

    STATED = "stated"
    """The conditions of a discount, or that there is none."""
    CASH = "cash"
    """Cash payment or direct debit, which leaves no room for an early one."""
    NOT_STATED = "not_stated"


class PrintedDiscount(NamedTuple):
    """What is printed about early payment."""

    terms: DiscountTerms
    words: str


class Passages(NamedTuple):
    """The sentences of an invoice on each subject."""

    due_on: date | None
    terms: str | None
    penalty: str | None
    indemnity: str | None
    bare_indemnity: str | None
    """Where an indemnity is named by its sum alone, such as ``indemnité de 40 €``."""
    discount: str | None
    shows_billing_address: bool
    shows_order_number: bool


_EXCERPT = 160
"""Characters of a quotation."""

_INDEMNITY = re.compile(
    r"\bindemni[a-z]{1,12}\b[^.;]{0,60}?(?:forfait|recouvrement|legale)|\bfrais\sde\srecouvrement\b"
    r"|\bforfait[a-z]{0,8}\b[^.;]{0,40}?recouvrement|\bd\.?\s?441-5\b|\b2012-1115\b"
)
_SUM = r"(?:\d{1,7}(?:[.,]\d{1,2})?\s?(?:€|euros?\b|eur\b)|(?:€|eur)\s?\d{1,7}(?:[.,]\d{1,2})?|quarante\seuros\b)"
_BARE_INDEMNITY = re.compile(
    rf"\bindemnites?\s?[:=–—-]?\s?(?:de\s|d'un\smontant\sde\s|fixee\sa\s)?{_SUM}(?!\s?(?:par|/)\s?[a-z])"
    r"|(?:€|euros?)\sd'indemnites?\b(?!\s(?:de|d'|pour)\b)"
)
"""By the sum alone: "indemnité de 40 € par jour" and "40 € d'indemnité de déplacement" are other indemnities."""
_PENALTY = re.compile(r"\bpenalit[a-z]{1,4}\b|\binterets?\s(?:de\sretard|moratoires?)\b")

_NO = re.compile(
    r"\b(?:pas|sans|aucune?|neant|nul(?:le)?|non(?!-|\spaiement)|zero|jamais|exclu[a-z]{0,2})\b|(?<![\d.,])0(?:[.,]0{1,2})?\s?%?(?![\d.,])"
)
_SOME = re.compile(r"\d\s?%|\bpour\s?cents?\b|\d\s?(?:€|euros?\b)")
_SOME_BEFORE = re.compile(r"(?:%|cents?|€|euros?)\s(?:d'|de\s|en\s)?\Z")
_CASH = re.compile(r"\bcomptant\b|\bprelevements?\sautomatiques?\b")

_MONTHS = ("janv", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec")
_DATE = re.compile(
    r"(?<!\d)(?:(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<day>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?(?P<year>\d{4}|\d{2})"
    rf"|(?P<nth>\d{{1,2}})(?:er)?\s(?P<name>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?\s(?P<long>\d{{4}}))(?!\d)"
)
_DUE = re.compile(
    r"\becheances?\b|\bpayables?\b|\ba\spayer\b|\ba\sregler\b|\bdate\slimite\b|\bpaiements?\b|\breglements?\b"
    r"|\bexigibles?\b|\bau\splus\stard\b|\bavant\sle\b"
)
_NOT_DUE = re.compile(r"\b(?:factures?|facturation|emi[a-z]{1,6}|livr[a-z]{1,6}|commandes?|prestations?|signe[a-z]?)\b")
_TERMS = re.compile(
    r"\b\d{1,3}\s?(?:j|jrs?|jours?)\b|\bfin\sde\smois\b|\bfdm\b|\ba\sreception\b|\bcomptant\b|\bimmediat\b"
)
_ABOUT_PAYMENT = re.compile(
    r"\b(?:paiements?|reglements?|payables?|echeances?|regler|payer|nets?|fin\sde\smois|date\sde\sfacture)\b"
)
_BILLING_ADDRESS = re.compile(r"\badresse\sde\sfacturation\b|\bfacture[a-z]?\sa\s?:|\ba\sfacturer\sa\b")
_ORDER = re.compile(
    r"\bcommandes?\b[^\n.;]{0,40}?(?:n\s?[°o]|\bnumero\b|\bref[a-z]{0,8}\b|:|#)\s?:?\s?(?!\d{1,2}[/.-])[a-z0-9/_-]{0,20}\d"
)
_BUSINESS_ONLY = re.compile(r"(?<!non )(?<!non-)\bprofessionnel")
_LAW_OF_BUSINESSES = re.compile(r"\bl\.?\s?441-(?:6|10)\b")


def passages(lines: str | Iterable[str], issued_on: date) -> Passages:
    """Return what an invoice says on each subject; ``due_on`` is the last date at which it asks to be paid.

    Raises ``InvalidInput`` for a text that is too long.
    """
    read = invoice_text(lines)
    rates = [place for place, _ in rates_in(read, alone=False)]
    bare = [place for place in rates if read.heading(place, place) is None]
    introduced = [one.start for place in bare if (one := read.heading_before(place)) is not None]
    penalties = [found.start() for found in _PENALTY.finditer(read.folded)]
    forfaits = [found.start() for found in _INDEMNITY.finditer(read.folded)]
    bare_sums = [found.start() for found in _BARE_INDEMNITY.finditer(read.folded)]
    discounts = [one.start for one in read.headings if one.topic is Topic.DISCOUNT]
    cash = [found.start() for found in _CASH.finditer(read.folded)]
    return Passages(
        due_on=_due_on(read, issued_on),
        terms=_terms(read),
        penalty=_joined(read, [*penalties, *rates, *introduced]),
        indemnity=_joined(read, forfaits),
        bare_indemnity=_joined(read, bare_sums),
        discount=_joined(read, discounts) or _joined(read, cash),
        shows_billing_address=_BILLING_ADDRESS.search(read.folded) is not None,
        shows_order_number=_ORDER.search(read.folded) is not None,
    )


def printed_discount(text: str) -> PrintedDiscount:
    """Return what a text on discount says.

    >>> printed_discount("Pas d'escompte pour paiement anticipé").terms.value
    'stated'
    >>> printed_discount("Escompte : voir nos conditions générales").terms.value
    'not_stated'
    """
    read = invoice_text(text)
    named = [one for one in read.headings if one.topic is Topic.DISCOUNT]
    for low, start, high in [_around(read, one) for one in named] or [(0, 0, len(text))]:
        if _NO.search(read.folded, start, high) or _SOME.search(read.folded, start, high):
            return PrintedDiscount(DiscountTerms.STATED, _clipped(read.text[start:high]))
        if _NO.search(read.folded, low, start) or _SOME_BEFORE.search(read.folded, low, start):
            return PrintedDiscount(DiscountTerms.STATED, _clipped(read.text[low:high]))
    is_cash = _CASH.search(read.folded) is not None and "escompte" not in read.folded
    return PrintedDiscount(DiscountTerms.CASH if is_cash else DiscountTerms.NOT_STATED, excerpt(text, Topic.DISCOUNT))


def excerpt(text: str, topic: Topic) -> str:
    """Return the line of a text that names a subject, or its first line; cut where it is long."""
    read = invoice_text(text)
    place = next((one.start for one in read.headings if one.topic is topic), 0)
    end = read.text.find("\n", place)
    return _clipped(read.text[read.text.rfind("\n", 0, place) + 1 : end if end >= 0 else None])


def quoted(text: str) -> str:
    """Return a text on one line, without invisible characters, cut where it is long."""
    return _clipped(laid_out(text))


def _clipped(text: str) -> str:
    words = " ".join(text.split()).strip(" ,;:-–—•")
    return words if len(words) <= _EXCERPT else f"{words[: _EXCERPT - 1]}…"


def limits_to_professionals(text: str) -> bool:
    """Whether a text says that it concerns professional customers."""
    return _BUSINESS_ONLY.search(invoice_text(text).folded) is not None


def cites_law_of_businesses(text: str) -> bool:
    """Whether a text cites the article on penalties between businesses, under its number or the former one."""
    return _LAW_OF_BUSINESSES.search(invoice_text(text).folded) is not None


def _around(read: InvoiceText, heading: Heading) -> tuple[int, int, int]:
    """Return the stretch a heading governs, and the heading's own place in it: up to other headings of its sentence.

    A heading that begins its line governs nothing before it.
    """
    low, high = read.sentence(heading.start)
    others = [one for one in read.near(heading) if one.topic is not Topic.DISCOUNT]
    low = max([low, heading.start - 80, *(one.end for one in others if one.start < heading.start)])
    high = min([high, heading.end + 160, *(one.start for one in others if one.start > heading.start)])
    line = read.folded.rfind("\n", low, heading.start) + 1 or low
    return (low if read.folded[line : heading.start].strip(" \n-•*–—:") else heading.start), heading.start, high


def _joined(read: InvoiceText, places: list[int]) -> str | None:
    """Return the sentences around these places, apart from each other; of a long one, what surrounds the place."""
    spans: list[tuple[int, int]] = []
    for place in sorted(places):
        low, high = read.sentence(place)
        low, high = max(low, place - 400), min(high, place + 800)
        if spans and low <= spans[-1][1] and read.sentence(spans[-1][0]) == read.sentence(place):
            spans[-1] = (spans[-1][0], max(high, spans[-1][1]))
        elif not spans or (low, high) != spans[-1]:
            spans.append((low, high))
    return "\n\n".join(read.text[low:high].strip() for low, high in spans)[:PASSAGE].strip() or None


def _due_on(read: InvoiceText, issued_on: date) -> date | None:
    found = [day for key in _DUE.finditer(read.folded) if (day := _due_after(read, key, issued_on)) is not None]
    return max(found, default=None)


def _due_after(read: InvoiceText, key: re.Match[str], issued_on: date) -> date | None:
    """Return the date a word such as "échéance" introduces: the first after the issue, or the issue itself."""
    heading = read.heading(key.start(), key.end())
    is_discount = heading is not None and heading.topic is Topic.DISCOUNT and heading.end <= key.start()
    if heading is not None and is_discount and "\n" not in read.folded[heading.end : key.start()]:
        return None
    days: list[date] = []
    for found in _DATE.finditer(read.folded, key.end(), key.end() + 80):
        if _NOT_DUE.search(read.folded, key.end(), found.start()):
            break
        day = _day(found)
        if day is not None and day >= issued_on:
            days.append(day)
    return next((day for day in days if day > issued_on), next(iter(days), None))


def _day(found: re.Match[str]) -> date | None:
    try:
        if found["iso"]:
            day = date.fromisoformat(found["iso"])
        elif found["name"]:
            day = date(int(found["long"]), _MONTHS.index(found["name"]) + 1, int(found["nth"]))
        else:
            year = int(found["year"])
            day = date(year + 2000 if year < 100 else year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _terms(read: InvoiceText) -> str | None:
    """Return the line that gives the payment terms, without those of a discount."""
    for found in _TERMS.finditer(read.folded):
        low, high = read.sentence(found.start())
        low, high = max(low, found.start() - 100), min(high, found.end() + 100)
        low = max(low, read.folded.rfind("\n", low, found.start()) + 1)
        high = end if (end := read.folded.find("\n", found.end(), high)) >= 0 else high
        heading = read.heading(found.start(), found.end())
        is_other = heading is not None and heading.topic is not Topic.OTHER and low <= heading.start < found.start()
        if not is_other and _ABOUT_PAYMENT.search(read.folded, low, high):
            return read.text[low:high].strip()
    return None
