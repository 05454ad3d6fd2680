"""A décompte as text, as Markdown and as CSV, in French: every sum is printed with what makes it."""

import re
from collections.abc import Sequence

from recouvrement.domain.decision import Doubt
from recouvrement.domain.decompte import Decompte, DecompteItem
from recouvrement.render import formats
from recouvrement.render.decompte_csv import as_csv
from recouvrement.render.decompte_rates import rate_words
from recouvrement.render.decompte_rows import HEADER, Row, account_rows, subtotal_rows, total_rows
from recouvrement.render.decompte_table import WIDTH, folded_lines, table
from recouvrement.render.decompte_words import Shown, doubts_in_words, own_conventions, shared_conventions
from recouvrement.render.escaping import escaped, folded

__all__ = ["as_csv", "as_markdown", "as_text"]

_LONE_HYPHEN = re.compile(r"(?<!\\-)\\-(?!\\-)")
"""An escaped hyphen with no other beside it: it means nothing within a line."""
_TO_RIGHT = (False, False, True)
_SUMMARY = "Récapitulatif"
_RATES = "Taux appliqués"
_CONVENTIONS = "Conventions du calcul"
_BY_DECISION = "Somme fixée par une décision de justice"
_DOUBTS = "Points à vérifier"
_CONCERNED = f"Créance concernée{formats.NO_BREAK}:"
_OWN_CONVENTIONS = f"Pour cette créance{formats.NO_BREAK}:"


def as_text(decompte: Decompte) -> str:
    """Return the décompte as text of at most 100 columns, ending with one line feed.

    An identifier is never cut: one longer than a line makes a longer line, outside the tables.
    """
    lines = [*_underlined(_title(decompte), "=")]
    for item in decompte.items:
        lines += ["", *_underlined(_heading(item, folded), "-")]
        if item.item_id != item.invoice_number:
            lines.append(f"Échéance {folded(item.item_id)}")
        lines += [_dated(item), ""]
        account, subtotals = account_rows(item, decompte.on, folded), subtotal_rows(item, folded)
        lines += table(HEADER, [_cells(account), _cells(subtotals)], _TO_RIGHT)
        own = own_conventions(item, decompte)
        lines += ["", _OWN_CONVENTIONS, *_bullets(own)] if own else []
    lines += ["", *_underlined(_SUMMARY, "-")]
    lines += table(("Poste", "Montant"), [_ends(total_rows(decompte))], (False, True))
    for title, sentences in (
        (_RATES, [rate_words(rate) for rate in decompte.rates]),
        (_CONVENTIONS, shared_conventions(decompte)),
    ):
        lines += ["", *_underlined(title, "-"), *_bullets(sentences)] if sentences else []
    if decompte.doubts:
        lines += ["", *_underlined(_DOUBTS, "-")]
        for doubt, sentence in doubts_in_words(decompte):
            lines += _bullets([sentence])
            lines += [f"  {_CONCERNED} {folded(doubt.item_id)}"] if doubt.item_id else []
    return "\n".join(lines) + "\n"


def as_markdown(decompte: Decompte) -> str:
    """Return the décompte as Markdown with pipe tables, read alike by GitHub and pandoc; one title of level 1.

    Whatever an identifier holds is shown literally.
    """
    blocks = [f"# {_title(decompte)}"]
    for item in decompte.items:
        blocks.append(f"## {_heading(item, _literal)}")
        if item.item_id != item.invoice_number:
            blocks.append(f"Échéance {_literal(item.item_id)}")
        rows = [*account_rows(item, decompte.on, _cited), *subtotal_rows(item, _cited)]
        blocks += [_dated(item), _pipes(HEADER, [_strong(row) for row in rows])]
        own = own_conventions(item, decompte)
        blocks += [_OWN_CONVENTIONS, _list(own)] if own else []
    totals = [(label, amount) for label, _, amount in map(_strong, total_rows(decompte))]
    blocks += [f"## {_SUMMARY}", _pipes(("Poste", "Montant"), totals)]
    for title, sentences in (
        (_RATES, [rate_words(rate, _cited) for rate in decompte.rates]),
        (_CONVENTIONS, shared_conventions(decompte)),
        (_DOUBTS, [_concerning(*doubt) for doubt in doubts_in_words(decompte, _cited)]),
    ):
        blocks += [f"## {title}", _list(sentences)] if sentences else []
    return "\n\n".join(block for block in blocks if block) + "\n"


def _title(decompte: Decompte) -> str:
    return f"Décompte arrêté au {formats.long_date(decompte.on)}"


def _heading(item: DecompteItem, shown: Shown) -> str:
    return f"Facture {shown(item.invoice_number)}" if item.enforceable_on is None else _BY_DECISION


def _dated(item: DecompteItem) -> str:
    """Return when the invoice was issued and is due, or the decision enforceable; on paper there is no issue date."""
    if item.enforceable_on is not None:
        return f"Décision exécutoire depuis le {formats.short_date(item.enforceable_on)}."
    if item.tranche is not None and "due_by_plan" in item.conventions:
        return f"Part payable le {formats.short_date(item.due_on)} selon l’échéancier."
    if item.issued_on is None:
        return f"À payer au plus tard le {formats.short_date(item.due_on)}."
    return f"Émise le {formats.short_date(item.issued_on)}, à payer au plus tard le {formats.short_date(item.due_on)}."


def _underlined(title: str, rule: str) -> list[str]:
    return [title, rule * min(WIDTH, len(title))]


def _bullets(sentences: list[str]) -> list[str]:
    indented = [folded_lines(sentence, WIDTH - 2) for sentence in sentences]
    return [f"{'  ' if index else '- '}{line}" for lines in indented for index, line in enumerate(lines)]


def _cells(rows: list[Row]) -> list[tuple[str, str, str]]:
    return [(row.label, row.article, row.amount) for row in rows]


def _ends(rows: list[Row]) -> list[tuple[str, str]]:
    return [(row.label, row.amount) for row in rows]


def _literal(text: str) -> str:
    """Return an identifier as Markdown that shows it literally; pandoc reads citations and smart quotes besides."""
    shown = str(escaped(text))
    for sign in "@\"'":
        shown = shown.replace(sign, f"\\{sign}")
    return _LONE_HYPHEN.sub("-", shown)


def _cited(article: str) -> str:
    """Return an article for the middle of a line, where points, hyphens and parentheses mean nothing."""
    shown = _literal(article)
    for sign in ".-()":
        shown = shown.replace(f"\\{sign}", sign)
    return shown


def _concerning(doubt: Doubt, sentence: str) -> str:
    return f"{sentence} {_CONCERNED} {_literal(doubt.item_id)}" if doubt.item_id else sentence


def _strong(row: Row) -> tuple[str, str, str]:
    if not row.is_total:
        return row.label, row.article, row.amount
    return f"**{row.label}**", row.article, f"**{row.amount}**"


def _pipes(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a pipe table, its last column to the right; pandoc takes the widths of long tables from the dashes."""
    dashes = [*("-" * size for size in _DASHES[len(header)][:-1]), "-" * _DASHES[len(header)][-1] + ":"]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, dashes, *rows))


_DASHES = {3: (34, 22, 43), 2: (70, 29)}


def _list(sentences: list[str]) -> str:
    return "\n".join(f"- {sentence}" for sentence in sentences)
