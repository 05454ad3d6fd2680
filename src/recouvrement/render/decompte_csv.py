"""A décompte as CSV: one row per line, read by a French spreadsheet and by a program."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from recouvrement.domain.decompte import Decompte, DecompteItem
from recouvrement.domain.decompte_lines import Balance, CompoundingLine, DecompteLine, InterestLine, PaymentLine
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Source
from recouvrement.render import formats
from recouvrement.render.decompte_rates import rate_words
from recouvrement.render.decompte_rows import formula
from recouvrement.render.decompte_words import doubts_in_words, own_conventions, shared_conventions
from recouvrement.render.escaping import folded

COLUMNS = (
    "nature",
    "facture",
    "échéance",
    "émise le",
    "due le",
    "du",
    "au",
    "jours",
    "base",
    "taux annuel en %",
    "diviseur",
    "texte",
    "fiabilité",
    "part sur intérêts",
    "part sur principal",
    "intérêts capitalisés",
    "montant",
    "principal restant dû",
    "intérêts restant dus",
    "devise",
    "libellé",
)
"""Header row. ``montant`` adds up to the total over the rows whose nature is neither ``sous-total`` nor ``total``."""

_FORMULA_SIGNS = tuple("=+-@＝＋－＠")
"""A spreadsheet takes a cell that begins with one of these for a formula."""


def as_csv(decompte: Decompte) -> bytes:
    """Return the file: UTF-8 with a byte order mark, ``;`` between cells, decimal commas, dates as ``2026-03-02``.

    A French spreadsheet opens it as it is; a program decodes it as ``utf-8-sig``. Amounts are not grouped and a payment
    is negative. A text cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, restval="", delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    for row in _rows(decompte):
        writer.writerow(row)
    return file.getvalue().encode("utf-8-sig")


def _rows(decompte: Decompte) -> Iterator[dict[str, str]]:
    currency: dict[str, str] = {"devise": decompte.currency}
    for item in decompte.items:
        named = currency | {
            "facture": _text(item.invoice_number),
            "échéance": _text(item.item_id),
            "émise le": item.issued_on.isoformat() if item.issued_on else "",
            "due le": item.due_on.isoformat(),
        }
        for row in _item_rows(item):
            yield named | row
        for sentence in own_conventions(item, decompte):
            yield {"nature": "convention", "libellé": sentence} | named
    owed = _owed(decompte.principal, decompte.late_interest)
    yield {"nature": "total", "au": decompte.on.isoformat()} | _sum(decompte.total) | owed | currency
    for rate in decompte.rates:
        yield {
            "nature": "taux",
            "taux annuel en %": _percent(rate.rate),
            "texte": _text(rate.article),
            "fiabilité": rate.confidence.value,
            "libellé": _text(rate_words(rate)),
        }
    for sentence in shared_conventions(decompte):
        yield {"nature": "convention", "libellé": sentence}
    for doubt, words in doubts_in_words(decompte):
        name = {"échéance": _text(doubt.item_id)} if doubt.item_id else {}
        yield {"nature": "à vérifier", "libellé": _text(words)} | name


def _item_rows(item: DecompteItem) -> Iterator[dict[str, str]]:
    yield _original(item) | _sum(item.original)
    for nature, taken_off in (
        ("avoir", item.credited),
        ("part contestée", item.contested),
        ("part reportée", item.deferred),
        ("part comptée à son échéance", item.counted_apart),
    ):
        if taken_off:
            yield {"nature": nature} | _less(taken_off)
    for line, left in zip(item.lines, item.balances(), strict=True):
        for row in _line_rows(line, left):
            yield row | _owed(left.principal, left.interest)
    for nature, amount, source in (
        ("indemnité", item.indemnity, item.indemnity_source),
        ("frais", item.extra_compensation, item.extra_source),
    ):
        if amount:
            yield {"nature": nature} | _sum(amount) | _cited(source)
    yield {"nature": "sous-total"} | _sum(item.subtotal) | _owed(item.principal_left, item.interest_owed)


def _original(item: DecompteItem) -> dict[str, str]:
    if item.enforceable_on is not None:
        since = f"Décision exécutoire depuis le {formats.short_date(item.enforceable_on)}"
        return {"nature": "somme fixée", "libellé": since}
    return {"nature": "facture" if item.tranche in {None, 1} else "part à son échéance"}


def _line_rows(line: DecompteLine, left: Balance) -> Iterator[dict[str, str]]:
    match line:
        case InterestLine():
            yield {
                "nature": "intérêts",
                **_days(line.from_, line.through),
                "jours": str(line.days),
                "base": _amount(line.base),
                "taux annuel en %": _percent(line.rate),
                "diviseur": str(line.divisor),
                "texte": _text(line.article),
                "fiabilité": line.confidence.value,
                **_sum(line.amount),
                "libellé": formula(line),
            }
        case CompoundingLine():
            yield {
                "nature": "capitalisation",
                **_days(line.on, line.on),
                "base": _amount(left.base),
                **_cited(line.source),
                "intérêts capitalisés": _amount(line.amount),
            }
        case PaymentLine():
            yield {
                "nature": "paiement",
                **_days(line.received_on, line.received_on),
                **_cited(line.source),
                "part sur intérêts": _amount(line.to_interest),
                "part sur principal": _amount(line.to_principal),
                **_less(line.amount),
            }
            if line.surplus:
                yield {"nature": "trop-perçu", **_days(line.received_on, line.received_on), **_sum(line.surplus)}


def _days(from_: date, through: date) -> dict[str, str]:
    return {"du": from_.isoformat(), "au": through.isoformat()}


def _sum(amount: Money) -> dict[str, str]:
    return {"montant": _amount(amount)}


def _less(amount: Money) -> dict[str, str]:
    return {"montant": f"-{_amount(amount)}"}


def _cited(source: Source | None) -> dict[str, str]:
    return {"texte": _text(source.article), "fiabilité": source.confidence.value} if source is not None else {}


def _owed(principal: Money, interest: Money) -> dict[str, str]:
    return {"principal restant dû": _amount(principal), "intérêts restant dus": _amount(interest)}


def _amount(amount: Money) -> str:
    """Return an amount with the decimals of its currency, a comma before them and no grouping."""
    return str(amount).removesuffix(f" {amount.currency}").replace(".", ",")


def _percent(rate: Decimal) -> str:
    return f"{rate:f}".replace(".", ",")


def _text(text: str) -> str:
    """Return a text on one line that no spreadsheet runs as a formula."""
    shown = folded(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA_SIGNS) else shown
