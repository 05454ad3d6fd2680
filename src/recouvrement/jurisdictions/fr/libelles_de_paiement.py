"""Payment terms as French invoices print them, read into one or several ways of counting; never guessed."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from recouvrement.domain.terms import PaymentTerms, TermRule, TermStart
from recouvrement.domain.values import FIRST_DAY, LAST_DAY

MAX_LENGTH = 300
"""Longer words are not a payment term but a page of conditions: nothing is read in them."""


class WordedTerm(NamedTuple):
    """One way to read printed terms."""

    name: str
    """``days_after``, ``days_then_eom``, ``eom_then_days``, either of the last two followed by ``_then_day``,
    ``decade_then_days`` or ``fixed_date``."""
    terms: PaymentTerms
    """How to count; sets no number of days under ``fixed_date``."""
    names_start: bool = False
    """Whether the words say from which day to count; otherwise ``terms`` says the invoice."""
    due_on: date | None = None
    """The date printed, under ``fixed_date``."""


class Reading(NamedTuple):
    """What was made of printed terms."""

    terms: tuple[WordedTerm, ...]
    """Every lawful way to read them; empty when the words are not understood or contradict themselves."""
    mentions_end_of_month: bool
    """Whether they speak of an end of month, understood or not."""


def read(wording: str) -> Reading:
    """Return every way to read these words; accents, case, punctuation and no-break spaces do not matter.

    ``N jours fin de mois`` has two ways, both lawful. A third one, from the end of the *following* month, is met on
    one public page and never returned. ``N jours fin de mois le D`` has one: the days, the end of that month, then the
    day; no source starts it from the end of the month unless the words say so. A number without a unit, months (which
    are not 30 days) and worked days are not understood.

    >>> [term.name for term in read("Paiement à 45 jours fin de mois").terms]
    ['days_then_eom', 'eom_then_days']
    >>> read("2 mois").terms
    ()

    Sources:
        C. com. art. L441-10 I; the two ways of counting are accepted by the DGCCRF.
    """
    words = _canonical(wording[:MAX_LENGTH])
    mentions_end_of_month = "fdm" in words.split()
    if len(wording) > MAX_LENGTH:
        return Reading((), mentions_end_of_month)
    core = _core(words)
    for pattern, build in _GRAMMAR:
        found = pattern.fullmatch(core)
        if found is not None:
            return Reading(build(found), mentions_end_of_month)
    return Reading((), mentions_end_of_month)


# Words -> canonical words: "jours", "fdm" (fin de mois), "fdd" (fin de décade).

_ACCENTS = dict.fromkeys(map(ord, "\u0300\u0301\u0302\u0308\u0327"))
_MARKS = str.maketrans({"’": "'", "ʼ": "'", "–": "-", "—": "-"})
_NUMBERS = {"quinze": "15", "vingt": "20", "trente": "30", "quarante-cinq": "45", "soixante": "60"}
_REWRITINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"\(s\)", "s"),
        (r"[,;:!()\[\]«»\"]", " "),
        (r"\+", " + "),
        (r"(?<=\s)-+(?=\s)|^-+(?=\s)|(?<=\s)-+$", " "),
        (r"\bf\.?d\.?m\b", "fdm"),
        (r"\.+(?=\s|$)", " "),
        (r"\s+", " "),
        (r"\b([0-9]{1,3}) \1(?= jours?\b)", r"\1"),  # "trente (30) jours", once the words are figures
        (r"(?<![\w.,/+-])([0-9]{1,3}) ?(?:jours?|jrs?|j|days?)\b(?: calendaires?\b)?", r"\1 jours"),
        (r" ?\bnets?\b ?", " "),
        (r"\b(?:la |the )?(?:fin (?:de |du |d')?mois|end of (?:the )?month|fdm|fm|eom)\b", "fdm"),
        (r"\b(?:la |the )?fin (?:de |d')?(?:la )?decade\b", "fdd"),
        (r"\s+", " "),
    )
)


def _canonical(wording: str) -> str:
    """Return the words in lower case without accents, each unit and each end of period written in one way."""
    words = unicodedata.normalize("NFD", wording.lower().translate(_MARKS)).translate(_ACCENTS)
    for name, figure in _NUMBERS.items():
        words = re.sub(rf"\b{name}\b(?!-)", figure, words)
    for pattern, rewritten in _REWRITINGS:
        words = pattern.sub(rewritten, words)
    return words.strip()


_MEANS = (
    r"(?:virement|cheque|prelevement|lcr|traite|carte|bank transfer|wire transfer)(?: bancaire| automatique)?(?: sepa)?"
)
_PREFIX = re.compile(
    r"(?:(?:nos |vos )?(?:conditions?|modalites?|modes?|delais?|termes?|date limite) de (?:paiement|reglement)"
    r"|payment terms?|terms? of payment|payment|terms|(?:cette |la (?:presente )?)?facture|paiement|reglement"
    r"|(?:est )?payables?|exigibles?|(?:date d')?echeance|due(?: date)?|a (?:payer|regler)"
    rf"|(?:(?:par|by) )?{_MEANS}"
    r"|(?:dans |sous )?un delai (?:maximum )?de|sous|dans(?: les)?|within|in|en|au plus tard|a|des|on|upon) "
)
_SUFFIX = re.compile(
    rf" (?:(?:par|by) {_MEANS}"
    r"|(?:sans |pas d'|aucun |no )(?:escompte|discount)(?: (?:pour|en cas de) (?:paiement|reglement) anticipe)?"
    r"|escompte(?: (?:pour|en cas de) (?:paiement|reglement) anticipe)? (?:neant|nul)"
    r"|maximum|max|au plus tard)$"
)


def _core(words: str) -> str:
    """Return the words without what introduces or follows a term and says nothing of its length."""
    while found := _SUFFIX.search(words):
        words = words[: found.start()]
    while found := _PREFIX.match(words):
        words = words[found.end() :]
    return words


# What a term is made of.

_DAYS = r"(?P<days>[0-9]{1,3}) jours"
_DAY = r"le (?P<day>[0-9]{1,2})(?:er)?(?: du mois(?: suivant)?)?"
_THE_INVOICE = r"(?: (?:de |of )?(?:la |cette |votre |the )?(?:facture|invoice))?"
_GOODS = r"(?:la |the )?(?:marchandises?|produits?|biens?|goods)"
_AT_ISSUE = rf"(?P<issue>(?:emission|etablissement|facturation|facture|invoice){_THE_INVOICE}(?: date)?)"
_AT_RECEIPT = rf"(?P<receipt>(?:reception|receipt){_THE_INVOICE})"
_AT_DELIVERY = (
    rf"(?P<delivery>(?:livraison|delivery|reception|receipt) (?:de |des |of )?{_GOODS}|livraison|delivery"
    r"|(?:execution|realisation|fin) (?:de |des )(?:la )?prestations?(?: de services?)?)"
)
_EVENT = rf"(?:{_AT_ISSUE}|{_AT_RECEIPT}|{_AT_DELIVERY})"
_DATE_OF = r"(?:(?:date|jour) )?(?:de |du |d'|of )?(?:la |l'|le |the )?"
_OF_THE = r"(?:de |du |d'|of )(?:la |l'|the )?"
_SINCE = r"(?:a (?:compter|partir|dater)|apres|depuis|from|after)"
_FROM = rf"(?:(?:{_SINCE}|suivant|a|des|on) )?(?:de |du |d'|of )?(?:la |l'|le |the )?{_DATE_OF}{_EVENT}"
"""``à compter de la date d'émission de la facture``, ``date de facture``, ``réception``…"""
_COUNTED_FROM = (
    rf"(?:{_SINCE} (?:de |du |d'|of )?(?:la |l'|le |the )?{_DATE_OF}|date (?:de |d'|of )?(?:la |the )?){_EVENT}"
)
"""Same, but not ``de livraison``, which names the month, nor ``suivant``, which may mean the month after."""
_OF_THE_MONTH_OF = rf"{_OF_THE}(?:date (?:de |d'))?(?:la )?{_EVENT}"
_THEN = r"(?:puis|\+|plus|then)"

_STARTS = {"issue": TermStart.ISSUE, "receipt": TermStart.RECEIPT, "delivery": TermStart.DELIVERY}
_MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)

Build = Callable[[re.Match[str]], tuple[WordedTerm, ...]]


def _counted(*rules: TermRule) -> Build:
    """Return what makes one reading per rule of the words found."""
    return lambda found: _terms(found, rules)


def _terms(found: re.Match[str], rules: tuple[TermRule, ...]) -> tuple[WordedTerm, ...]:
    groups = found.groupdict()
    days, day = int(groups.get("days") or 0), int(groups["day"]) if groups.get("day") else None
    if days > 365 or (day is not None and not 1 <= day <= 31):
        return ()
    named = [start for name, start in _STARTS.items() if groups.get(name)]
    suffix = "" if day is None else "_then_day"
    return tuple(
        WordedTerm(
            f"{rule.value}{suffix}",
            PaymentTerms(net_days=days, starts=named[0] if named else TermStart.ISSUE, rule=rule, day_of_month=day),
            names_start=bool(named),
        )
        for rule in rules
    )


def _fixed(found: re.Match[str]) -> tuple[WordedTerm, ...]:
    month = found["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
    try:
        due_on = date(int(found["year"]), number, int(found["dom"]))
    except ValueError:
        return ()
    if not FIRST_DAY <= due_on <= LAST_DAY:
        return ()
    return (WordedTerm("fixed_date", PaymentTerms(), names_start=True, due_on=due_on),)


def _days_fdm(found: re.Match[str]) -> tuple[WordedTerm, ...]:
    """``N jours fin de mois``: both ways; followed by ``le D``, the only one a source gives."""
    return _BOTH(found) if found["day"] is None else _A(found)


_BOTH = _counted(TermRule.DAYS_THEN_EOM, TermRule.EOM_THEN_DAYS)
_A, _B = _counted(TermRule.DAYS_THEN_EOM), _counted(TermRule.EOM_THEN_DAYS)
_NET, _DECADE = _counted(TermRule.DAYS_AFTER), _counted(TermRule.DECADE_THEN_DAYS)

_GRAMMAR: tuple[tuple[re.Pattern[str], Build], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (rf"{_DAYS}(?: {_FROM})?", _NET),
        (rf"(?:au )?comptant(?: {_FROM})?", _NET),
        (rf"(?:la |the )?(?:{_AT_RECEIPT}|{_AT_DELIVERY})", _NET),
        (rf"{_DAYS} (?:a |en )?fdm(?: {_COUNTED_FROM})?(?: {_DAY})?", _days_fdm),
        (rf"{_DAYS} {_COUNTED_FROM} fdm(?: {_DAY})?", _days_fdm),
        (rf"fdm {_DAYS}", _BOTH),
        (rf"{_DAYS} (?:{_THEN}|jusqu'a) fdm(?: {_DAY})?", _A),
        (rf"fdm(?: {_COUNTED_FROM})?(?: {_DAY})?", _A),
        (rf"fdm {_OF_THE_MONTH_OF}(?: {_DAY})?", _A),
        (rf"le (?P<day>[0-9]{{1,2}})(?:er)? du mois suivant(?: (?:celui )?{_FROM})?", _A),
        (rf"{_DAYS} fdm {_OF_THE_MONTH_OF}(?: {_DAY})?", _B),
        (rf"{_DAYS} (?:{_SINCE}|suivant)(?: de)? fdm(?: {_OF_THE_MONTH_OF})?(?: {_DAY})?", _B),
        (rf"fdm(?: {_OF_THE_MONTH_OF})? {_THEN} {_DAYS}(?: {_DAY})?", _B),
        (rf"{_DAYS} (?:{_SINCE}(?: de)? )?fdd(?: {_FROM})?", _DECADE),
        (rf"fdd(?: {_OF_THE_MONTH_OF})? {_THEN} {_DAYS}", _DECADE),
        (r"(?:le |au )?(?P<dom>[0-9]{1,2})(?P<sep>[/.-])(?P<month>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4})", _fixed),
        (r"(?:le |au )?(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<dom>[0-9]{2})", _fixed),
        (rf"(?:le |au )?(?P<dom>[0-9]{{1,2}})(?:er)? (?P<month>{'|'.join(_MONTHS)}) (?P<year>[0-9]{{4}})", _fixed),
    )
)
