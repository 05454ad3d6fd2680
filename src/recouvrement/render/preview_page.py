"""Every document of a scenario for one debtor on one HTML page, to look at: standalone, without script."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from importlib.resources import files
from typing import NamedTuple

from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.errors import RecouvrementError
from recouvrement.render.documents import Document
from recouvrement.render.escaping import folded
from recouvrement.render.formats import count, long_date
from recouvrement.render.staff_names import CHANNELS, DOCUMENTS
from recouvrement.render.typography import spaced

_STYLE = files("recouvrement.render").joinpath("templates/preview.css").read_text(encoding="utf-8")
_LINE_PIXELS = 24
"""Height of a frame for each line of the text: the page shows a letter whole, or nearly."""


class Previewed(NamedTuple):
    """One document of the scenario: made, or why not."""

    case_id: str
    stage: str
    kind: DocumentKind
    channel: Channel
    on: date
    is_projected: bool
    """Whether the scenario would send it on that day; else it is shown as of the day asked for."""
    document: Document | None
    error: RecouvrementError | None = None
    remarks: tuple[str, ...] = ()
    """What would keep it from leaving as it is, in words."""


class PreviewHead(NamedTuple):
    """What the page is about."""

    scenario: str
    title: str
    debtor: str
    creditor: str
    on: date


def preview_page(head: PreviewHead, shown: Sequence[Previewed]) -> str:
    """Return the page; the same arguments give the same bytes. Whatever a name holds is shown literally."""
    title = f"Documents du scénario {head.scenario}"
    lacking = sum(one.document is None for one in shown)
    entries = "\n".join(_entry(number, one) for number, one in enumerate(shown, start=1))
    sections = "\n".join(_section(number, one) for number, one in enumerate(shown, start=1))
    made = count(len(shown), "document", "documents")
    counted = f"{made}, dont {lacking} à compléter" if lacking else made
    return f"""\
<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="referrer" content="no-referrer">
<title>{_text(title)}</title>
<style>
{_STYLE}</style>
</head>
<body>
<header>
<h1>{_text(title)}</h1>
<p>{_value(head.title)}</p>
<p>{_text("Créancier : ")}<bdi>{_value(head.creditor)}</bdi>. {_text("Débiteur : ")}<bdi>{_value(head.debtor)}</bdi>.
{_text(f"Vu le {long_date(head.on)} : {counted}.")}</p>
<p class="supposition">{_text(_SUPPOSITION)}</p>
</header>
<nav aria-label="Sommaire">
<ol>
{entries}
</ol>
</nav>
<main>
{sections}
</main>
</body>
</html>
"""


_SUPPOSITION = (
    "Rien n'est envoyé. On suppose que rien n'arrive d'ici là : aucun règlement, chaque étape validée le jour même. "
    "« Jour prévu » : celui où le scénario enverrait le document, avec les sommes de ce jour. « Au jour dit » : le "
    "scénario ne l'enverrait pas à ce débiteur ; le document est montré tel qu'il serait le jour de cette page. "
    "Le remerciement suppose un règlement complet après le premier message."
)


def _entry(number: int, one: Previewed) -> str:
    name = _text(DOCUMENTS[one.kind])
    state = "" if one.document is not None else f' <strong class="manque">{_text("à compléter")}</strong>'
    return f'<li><a href="#document-{number}">{name}</a> <span>{_text(_when(one))}</span>{state}</li>'


def _when(one: Previewed) -> str:
    day = "jour prévu" if one.is_projected else "au jour dit"
    return f"{CHANNELS[one.channel]}, {long_date(one.on)} ({day})"


def _section(number: int, one: Previewed) -> str:
    return f"""\
<section id="document-{number}">
<h2>{number}. {_text(DOCUMENTS[one.kind])}</h2>
<dl>
{"".join(_facts(one))}</dl>
{"".join(_remarks(one))}{_shapes(one.document) if one.document is not None else _refusal(one.error)}
<p class="retour"><a href="#">{_text("Retour au sommaire")}</a></p>
</section>"""


def _facts(one: Previewed) -> Iterator[str]:
    facts = [
        ("Étape", one.stage),
        ("Voie et date", _when(one)),
        ("Dossier", one.case_id),
        ("Objet", one.document.subject if one.document is not None else ""),
        ("Variante", one.document.variant if one.document is not None else ""),
    ]
    for label, value in facts:
        if value:
            yield f"<dt>{_text(label)}</dt><dd><bdi>{_value(value)}</bdi></dd>\n"


def _remarks(one: Previewed) -> Iterator[str]:
    for remark in one.remarks:
        yield f'<p class="remarque" lang="en">{_value(remark)}</p>\n'


def _shapes(document: Document) -> str:
    height = 120 + _LINE_PIXELS * document.text.count("\n")
    # ``srcdoc`` with an empty ``sandbox``: the letter keeps its own style sheet, and nothing in it can act.
    return f"""\
<div class="formes">
<details open>
<summary>Page HTML</summary>
<iframe sandbox title="{_value(document.subject)}" style="height: {height}px" srcdoc="{escape(document.html)}"></iframe>
</details>
<details open>
<summary>Texte</summary>
<pre>{escape(document.text)}</pre>
</details>
</div>"""


def _refusal(error: RecouvrementError | None) -> str:
    if error is None:
        return f'<p class="refus">{_text("Ce document ne peut pas être fait.")}</p>'
    return f"""\
<div class="refus">
<p><strong>{_text("Ce document ne peut pas être fait.")}</strong></p>
<p lang="en"><code>{_value(error.code)}</code> {_value(error.where)}: {_value(error.found)}</p>
<p lang="en"><strong>{_text("À faire :")}</strong> {_value(error.hint)}</p>
</div>"""


def _text(words: str) -> str:
    """Return words of this page, in French spacing."""
    return escape(spaced(words))


def _value(value: str) -> str:
    """Return a value literally, on one line."""
    return escape(folded(value))
