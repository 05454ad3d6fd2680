"""The rows of a décompte, in French: labels, articles and sums worked out in full. Text and Markdown print the same."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.decompte import Decompte, DecompteItem
from recouvrement.domain.decompte_lines import Balance, CompoundingLine, InterestLine, PaymentLine
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Source
from recouvrement.render import formats
from recouvrement.render.decompte_words import Shown, marked

_ONE_DAY = timedelta(days=1)
_COLON = f"{formats.NO_BREAK}:"
_SEMICOLON = f"{formats.NARROW_NO_BREAK};"

HEADER = ("Opération", "Texte", "Calcul et montant")


class Row(NamedTuple):
    """One row. In a table, the amounts of the rows that are not totals add up to the last total."""

    label: str
    article: str
    amount: str
    is_total: bool = False


def formula(line: InterestLine) -> str:
    """Return the sum of an interest line, as it is typed on a calculator: ``10 000,00 € × 12,15 % × 30 / 365``."""
    days = f"{line.days}{formats.NO_BREAK}/{formats.NO_BREAK}{line.divisor}"
    return f"{formats.NO_BREAK}×{formats.NO_BREAK}".join((formats.money(line.base), formats.rate(line.rate), days))


def account_rows(item: DecompteItem, on: date, shown: Shown) -> list[Row]:
    """Return the account of an item, from its amount to the last line; ``shown`` prints what comes from a file."""
    rows = [Row(_original(item), "", formats.money(item.original))]
    if item.credited:
        rows.append(Row("Avoirs", "", _less(item.credited)))
    if item.contested:
        rows.append(Row("Part contestée, non demandée ici", "", _less(item.contested)))
    if item.deferred:
        rows.append(Row("Part payable aux dates de l’échéancier", "", _less(item.deferred)))
    if item.counted_apart:
        rows.append(Row("Parts comptées plus bas, à leurs échéances", "", _less(item.counted_apart)))
    if item.opening != item.original:
        rows.append(Row("Principal de départ", "", formats.money(item.opening), is_total=True))
    rows += _line_rows(item, on, shown)
    left = formats.money(item.principal_left + item.interest_owed)
    return [*rows, Row("Reste dû, principal et intérêts", "", left, is_total=True)]


def _original(item: DecompteItem) -> str:
    if item.enforceable_on is not None:
        return "Montant fixé"
    if item.tranche is not None and item.tranche > 1:
        return "Montant de la part"
    return "Montant de la facture" if item.item_id == item.invoice_number else "Montant de l’échéance"


def subtotal_rows(item: DecompteItem, shown: Shown) -> list[Row]:
    """Return what the account of an item comes to; amounts of zero are left out."""
    through = [line.through for line in item.lines if isinstance(line, InterestLine)]
    rows = [Row("Principal restant dû", "", formats.money(item.principal_left))]
    if through:
        until = f"Intérêts courus jusqu’au {formats.short_date(through[-1])} inclus"
        rows.append(Row(until, "", formats.money(item.interest_accrued)))
    if item.interest_paid:
        rows.append(Row("Intérêts payés", "", _less(item.interest_paid)))
        rows.append(Row("Intérêts restant dus", "", formats.money(item.interest_owed), is_total=True))
    if item.indemnity:
        article = _cited(item.indemnity_source, shown)
        rows.append(Row("Indemnité forfaitaire pour frais de recouvrement", article, formats.money(item.indemnity)))
    if item.extra_compensation:
        article = _cited(item.extra_source, shown)
        rows.append(Row("Frais de recouvrement justifiés", article, formats.money(item.extra_compensation)))
    rows.append(Row("Sous-total", "", formats.money(item.subtotal), is_total=True))
    return rows


def total_rows(decompte: Decompte) -> list[Row]:
    """Return the grand totals; amounts of zero are left out, except the total."""
    parts = (
        ("Principal restant dû", decompte.principal),
        ("Intérêts restant dus", decompte.late_interest),
        ("Indemnités forfaitaires pour frais de recouvrement", decompte.indemnities),
        ("Frais de recouvrement justifiés", decompte.extra_compensation),
    )
    rows = [Row(label, "", formats.money(amount)) for label, amount in parts if amount]
    total = f"Total dû au {formats.long_date(decompte.on)}"
    return [*rows, Row(total, "", formats.money(decompte.total), is_total=True)]


def _line_rows(item: DecompteItem, on: date, shown: Shown) -> Iterator[Row]:
    following: date | None = None
    for line, left in zip(item.lines, item.balances(), strict=True):
        match line:
            case InterestLine():
                if following is not None and following < line.from_:
                    yield _nothing_counted(following, line.from_ - _ONE_DAY)
                following = line.through + _ONE_DAY
                days = formats.count(line.days, "jour", "jours")
                label = f"Intérêts {_period(line.from_, line.through)}, {days}"
                amount = f"{formula(line)} ={formats.NO_BREAK}{formats.money(line.amount)}"
                yield Row(label, marked(line.article, line.confidence, shown), amount)
            case CompoundingLine():
                joined = f"{formats.money(line.amount)} d’intérêts s’ajoutent à la base"
                label = f"Capitalisation le {formats.short_date(line.on)}{_COLON} {joined}, portée à"
                yield Row(f"{label} {formats.money(left.base)}", _cited(line.source, shown), "")
            case PaymentLine():
                yield Row(_payment(line, left), _cited(line.source, shown), _less(line.amount))
                if line.surplus:
                    yield Row("Trop-perçu, à rendre ou à affecter", "", formats.money(line.surplus))
    base = item.balances()[-1].base if item.lines else item.opening
    if following is None and item.notice_source is not None:
        yield Row("Aucun intérêt avant une mise en demeure", _cited(item.notice_source, shown), "")
    elif following is None and (item.stopped_on is None or item.stopped_on <= item.due_on + _ONE_DAY):
        yield Row("Aucun intérêt compté", _cited(item.stop_source, shown), "")
    elif base:
        yield from _nothing_to_the_end(item, following or item.due_on + _ONE_DAY, on, shown)


def _nothing_to_the_end(item: DecompteItem, from_: date, on: date, shown: Shown) -> Iterator[Row]:
    """Yield the last days without interest, cut where insolvency proceedings open: from then on a text says why."""
    stop = item.stopped_on if item.stopped_on is not None and item.stopped_on <= on else None
    stopped_from = on + _ONE_DAY if stop is None else max(stop, from_)
    if from_ < stopped_from:
        yield _nothing_counted(from_, stopped_from - _ONE_DAY)
    if stopped_from <= on:
        yield _nothing_counted(stopped_from, on, _cited(item.stop_source, shown))


def _payment(line: PaymentLine, left: Balance) -> str:
    parts = [
        f"{formats.money(amount)} sur {what}"
        for amount, what in ((line.to_interest, "les intérêts"), (line.to_principal, "le principal"))
        if amount
    ]
    owed = [
        f"{formats.money(amount)} {what}"
        for amount, what in ((left.principal, "de principal"), (left.interest, "d’intérêts"))
        if amount
    ]
    rest = f"reste {' et '.join(owed)}" if owed else "plus de principal ni d’intérêts"
    if left.compounded:
        rest += f", dont {formats.money(left.compounded)} capitalisés"
    split = f"{_COLON} {', '.join(parts)}" if parts else ""
    return f"Paiement du {formats.short_date(line.received_on)}{split}{_SEMICOLON} {rest}"


def _nothing_counted(from_: date, through: date, article: str = "") -> Row:
    return Row(f"Aucun intérêt compté {_period(from_, through)}", article, "")


def _period(from_: date, through: date) -> str:
    return f"du{formats.NO_BREAK}{formats.short_date(from_)} au{formats.NO_BREAK}{formats.short_date(through)}"


def _cited(source: Source | None, shown: Shown) -> str:
    return marked(source.article, source.confidence, shown) if source is not None else ""


def _less(amount: Money) -> str:
    return f"−{formats.money(amount)}"
