"""Makes ``docs/letters-checklist.md`` and ``docs/letters-lint.md`` from the tables that the checks use.

Run it again after a change of mentions, of required facts or of refused wording.

Usage: ``python docs/make_letters.py [folder]``
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from law_pages import words
from law_pages.cells import text

from recouvrement.domain.reasons import Confidence
from recouvrement.domain.vocabulary import Channel
from recouvrement.render.collector_letters import COLLECTOR_MENTIONS, RECALLED
from recouvrement.render.facts import Requirement, requirements
from recouvrement.render.letter_findings import LETTER_RULES
from recouvrement.render.letter_kinds import Asked, LetterKind, asked_mentions, letter_kinds
from recouvrement.render.mention_basis import Basis
from recouvrement.render.mention_sources import FACT_BASES, MENTION_BASES
from recouvrement.render.staff_names import CHANNELS
from recouvrement.render.variants import Variant
from recouvrement.render.wording import ABOUT_LIMITATION, OF_A_COLLECTOR, TO_A_CONSUMER, WORDINGS

HERE: Final = Path(__file__).resolve().parent
_VARIANTS: Final = {Variant.BUSINESS: "professionnel", Variant.CONSUMER: "consommateur", Variant.PUBLIC: "public"}
_ASKED: Final = {
    Asked.YES: "oui",
    Asked.IF_SET: "si renseigné",
    Asked.ON_PAPER: "papier",
    Asked.NO: "—",
    Asked.REFUSED: "refusé",
}

_HEAD: Final = """\
# Liste de contrôle du juriste, document par document

Cette page est faite par `docs/make_letters.py` à partir des tables dont le programme se sert pour refuser un document
incomplet : ce qu'elle liste est vérifié dans le texte rendu, et dans la page HTML. Elle n'est pas un avis juridique.

**Nature** : « texte » quand un texte impose la mention dans une telle lettre ; « appui » quand la mention sert
l'application d'un texte sans que celui-ci l'impose ; « usage » quand aucun texte ne la demande. « papier » : demandé
sur papier seulement ; « si renseigné » : imprimé si le dossier contient le fait, et le document part sans lui
sinon ; « refusé » : le document n'est jamais établi envers ce débiteur. **Fiabilité** : comment le texte a été établi.
"""
_LEFT: Final = """\
## Ce que le programme ne vérifie pas

- La créance est certaine, liquide et exigible ; elle n'est ni prescrite, ni forclose (`recouvrement prescription`).
- Le signataire a le pouvoir de signer.
- La suite annoncée est décidée, ouverte au créancier et proche (`recouvrement routes`).
- Une lettre recommandée électronique suppose l'accord préalable d'un non-professionnel.
- Le bordereau de dépôt, l'avis de présentation et la copie de la lettre sont conservés ensemble.
- Les valeurs elles-mêmes : un nom, une désignation de facture ou une note peut contenir ce qu'un modèle ne peut pas.
"""


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def mark(confidence: Confidence | None) -> str:
    """Return the French name of a confidence mark; a dash where there is no text."""
    return words.confidence(confidence.value) if confidence is not None else "—"


def basis_cells(basis: Basis) -> list[str]:
    """Return what a mention or a fact rests on, in four cells."""
    nature = "usage" if basis.article is None else "texte" if basis.is_required else "appui"
    return [nature, text(basis.article or "—"), mark(basis.confidence), text(basis.why)]


def fact_basis(fact: Requirement) -> Basis:
    """Return what a fact is needed for; a collector's reason is its own."""
    return (
        FACT_BASES.get(f"{fact.path}, for a collector", FACT_BASES[fact.path])
        if fact.of_a_mandate
        else FACT_BASES[fact.path]
    )


def section(one: LetterKind) -> Iterator[str]:
    """Yield the parts of the section of a kind of document."""
    yield f"## {text(one.french)} (`{one.kind.value}`)"
    channels = ", ".join(CHANNELS[channel] for channel in one.channels)
    unused = "sur demande" if one.is_requestable else "celle de vos scénarios"
    yield text(f"Voie habituelle : {channels or unused}.")
    channel = one.channels[0] if one.channels else Channel.EMAIL
    facts = [(fact.path, fact_basis(fact)) for fact in requirements(one.kind, channel)]
    if facts:
        header = ["À renseigner", "Champ", "Nature", "Fondement", "Fiabilité", "Pourquoi"]
        yield table(header, [[f"☐ {text(base.french)}", f"`{path}`", *basis_cells(base)] for path, base in facts])
    rows = []
    for mention in asked_mentions(one.kind):
        base = MENTION_BASES[mention.mention.name]
        variants = [_ASKED[mention.asked(variant)] for variant in _VARIANTS]
        rows.append([f"☐ {text(base.french)}", *variants, *basis_cells(base)])
    yield table(["Mention", *_VARIANTS.values(), "Nature", "Fondement", "Fiabilité", "Pourquoi"], rows)


def checklist() -> str:
    """Return the page of the jurist."""
    parts = [_spaced(_HEAD).rstrip()]
    used = dict.fromkeys(base.confidence for base in MENTION_BASES.values() if base.confidence is not None)
    used |= dict.fromkeys(one.confidence for one in (*WORDINGS, *COLLECTOR_MENTIONS) if one.article)
    marks = [[words.confidence(one.value), text(words.meaning(one.value))] for one in Confidence if one in used]
    parts.append(table(["Fiabilité", "Sens"], marks))
    for kind in letter_kinds():
        parts += section(kind)
    parts += ["## Formules refusées", _spaced(_refused())]
    parts.append(
        table(
            ["Formule", "Où", "Portée", "Fondement", "Fiabilité", "Code"],
            [
                [
                    text(one.french),
                    _where(one.code),
                    "refus" if one.is_refused else "avertissement",
                    text(one.article or "usage"),
                    mark(one.confidence) if one.article else "—",
                    f"`{one.code}`",
                ]
                for one in WORDINGS
            ],
        )
    )
    parts += ["## Lettres d'un tiers chargé du recouvrement".replace("'", "’"), _spaced(_collector())]
    rows = [
        [f"☐ {text(one.french)}", text(one.article), mark(one.confidence)] for one in (*COLLECTOR_MENTIONS, *RECALLED)
    ]
    parts.append(table(["Mention", "Fondement", "Fiabilité"], rows))
    parts.append(_spaced(_LEFT).rstrip())
    return "\n\n".join(parts) + "\n"


def _spaced(prose: str) -> str:
    return "\n".join(_line(line) for line in prose.splitlines())


def _line(line: str) -> str:
    """Return a line of prose in French spacing; code between backquotes is left as it is."""
    pieces = line.split("`")
    return "`".join(piece if place % 2 else words_of(piece) for place, piece in enumerate(pieces))


def words_of(piece: str) -> str:
    """Return words with French spaces, their Markdown kept."""
    return text(piece).replace("\\*", "*")


def _refused() -> str:
    return (
        "Cherchées dans les modèles de tout document destiné au débiteur, non dans les valeurs : un débiteur peut\n"
        "s'appeler Huissier."
    )


def _collector() -> str:
    return (
        "Ce que `recouvrement letter lint DOSSIER --collector` cherche. L'exactitude du texte de l'article L111-8,\n"
        "reproduit et daté, reste à vérifier. Le rappel de la première lettre est vérifié dans chaque document qui la\n"
        "suit, appels compris ; un SMS n'en a pas la place."
    )


def _where(code: str) -> str:
    kinds = {
        "à un consommateur": TO_A_CONSUMER,
        "sauf `--collector`": OF_A_COLLECTOR,
        "relances et mise en demeure": ABOUT_LIMITATION,
    }
    return next((where for where, rules in kinds.items() if any(rule.kind.code == code for rule in rules)), "partout")


def lint_codes() -> str:
    """Return the table of codes, for the page of the lint."""
    rows = [
        [f"`{code}`", rule.severity.value, _escaped(rule.says), _escaped(rule.remedy), rule.article or ""]
        for code, rule in LETTER_RULES.items()
    ]
    return table(["Code", "Severity", "What it says", "What to do", "Text"], rows)


def _escaped(pattern: str) -> str:
    return pattern.replace("{{", "{").replace("}}", "}").replace("|", "\\|").replace("!r}", "}")


def written() -> dict[str, str]:
    """Return each page by its file name."""
    start, end = "<!-- codes -->\n", "<!-- end of codes -->\n"
    page = (HERE / "letters-lint.md").read_text(encoding="utf-8")
    before, _, rest = page.partition(start)
    _, _, after = rest.partition(end)
    return {
        "letters-checklist.md": checklist(),
        "letters-lint.md": f"{before}{start}\n{lint_codes()}\n\n{end}{after}",
    }


def main() -> int:
    """Write the pages into the folder named on the command line, by default the one of the documentation."""
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 else HERE
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in written().items():
        (folder / name).write_text(page, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
