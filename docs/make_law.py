"""Makes the French pages of ``docs/law/fr`` from the law files and the tables of cases: run it again after a change.

The templates of ``law_pages/modeles`` hold the prose and say where each file is shown; a law file or a table of cases
that none of them shows, or that two of them show, is an error that names it.

Usage: ``python docs/make_law.py [folder]``
"""

import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from law_pages import deadlines, tables, values, words
from law_pages.cases import NO_REVIEWER, cases, rows_of
from law_pages.cells import day

from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.jurisdictions.fr.parametres import ParameterName, parametre
from recouvrement.jurisdictions.fr.penalites_de_retard import BUSINESS_RULES, PUBLIC_RULES
from recouvrement.render.formats import rate
from recouvrement.render.typography import FrenchTypography

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent
DATA: Final = Path("src/recouvrement/jurisdictions/fr/data")
CASES: Final = Path("tests/legal/fr")


class Page(NamedTuple):
    """One page: the name of its template and of its file, and how the index presents it."""

    name: str
    title: str
    summary: str


PAGES: Final = (
    Page("taux", "Taux", "taux de la BCE, taux supplétif, plancher des clauses, taux légal, semestre par semestre"),
    Page("penalites-de-retard", "Pénalités de retard", "professionnels et personnes publiques, clauses, calcul"),
    Page("interets-legaux", "Intérêts au taux légal", "consommateurs, sommes fixées par une décision de justice"),
    Page("indemnites", "Indemnité forfaitaire de recouvrement", "par facture payée en retard, et frais justifiés"),
    Page("imputation-et-capitalisation", "Imputation et capitalisation", "paiements partiels, intérêts des intérêts"),
    Page("delais-de-paiement", "Délais de paiement", "échéance à défaut d’accord, libellés, plafonds, amende"),
    Page("mentions", "Mentions de la facture", "ce que la facture doit dire du paiement, et ce que coûte l’oubli"),
    Page("prescription", "Prescription", "régimes, actes qui interrompent ou suspendent, réformes"),
    Page("procedure", "Délais de procédure", "injonction de payer, déclaration de créance, jours fériés locaux"),
    Page(
        "voies-de-droit", "Voies de droit", "ce que le créancier peut faire, devant qui, à quel coût, dans quel délai"
    ),
)


class Placed:
    """The files shown so far, by their path in the repository."""

    def __init__(self) -> None:
        self.files: Counter[str] = Counter()

    def link(self, path: Path) -> str:
        """Return a line that names a file shown here, and count it."""
        self.files[path.as_posix()] += 1
        return f"Fichier\u00a0: [`{path.as_posix()}`](../../../{path.as_posix()})"

    def parameter(self, name: ParameterName) -> str:
        """Return a parameter of the law with all its values."""
        return f"{values.values_of(name)}\n\n{self.link(DATA / f'{name}.toml')}"

    def cases(self, name: str) -> str:
        """Return a table of cases."""
        path = CASES / f"{name}.toml"
        return f"{cases(ROOT / path)}\n\n{self.link(path)}"

    def table(self, name: str, make: Callable[[], str]) -> str:
        """Return what is made of a law file that is no parameter."""
        return f"{make()}\n\n{self.link(DATA / f'{name}.toml')}"

    def refuse_misplaced(self) -> None:
        """Stop, naming every law file and every table of cases that is not shown exactly once."""
        files = sorted(
            path.relative_to(ROOT).as_posix() for part in (DATA, CASES) for path in (ROOT / part).glob("*.toml")
        )
        wrong = [f"{file} is shown {self.files[file]} times" for file in files if self.files[file] != 1]
        if wrong:
            sys.exit("\n".join([*wrong, "Show each once, in a template of docs/law_pages/modeles."]))


def environment(placed: Placed) -> Environment:
    """Return the templates, with what they may show."""
    # What is printed is Markdown already, escaped cell by cell; no value comes from outside the repository.
    made = Environment(  # noqa: S701
        loader=FileSystemLoader(HERE / "law_pages" / "modeles"),
        extensions=[FrenchTypography],
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {
        "pages": PAGES,
        "edition": FRANCE.edition,
        "fichier_edition": lambda: placed.link(DATA / "edition.toml"),
        "compile_le": day(FRANCE.compiled_on),
        "confiances": values.confidences,
        "nombre_de_cas": reviewed(),
        "parametre": placed.parameter,
        "cas": placed.cases,
        "semestres": values.half_years,
        "semestre": half_year,
        "series": values.series,
        "actuel": current,
        "regles_entreprises": lambda: values.rules_of(BUSINESS_RULES, "penalites_marge_bce"),
        "regles_publiques": lambda: values.rules_of(PUBLIC_RULES, "marge_debiteur_public"),
        "plafonds": lambda: placed.table("plafonds_de_paiement", tables.maxima),
        "mentions": lambda: placed.table("mentions_obligatoires", tables.mentions),
        "regimes": lambda: placed.table("regimes_de_prescription", deadlines.regimes),
        "actes": lambda: placed.table("actes_de_prescription", deadlines.acts),
        "reformes": lambda: placed.table("reformes_de_prescription", deadlines.reforms),
        "delais": lambda: placed.table("delais_de_procedure", deadlines.periods),
        "jours_feries": lambda: placed.table("jours_feries_locaux", deadlines.holidays),
        "voies": lambda: placed.table("voies_de_droit", deadlines.routes),
    }
    return made


def current(name: ParameterName) -> str:
    """Return the value of a parameter on the day the files were compiled, with its unit."""
    parameter = parametre(name)
    return values.measured(parameter, parameter.on(FRANCE.compiled_on).value)


class HalfYear(NamedTuple):
    """Two rates of a half-year, to quote in a sentence."""

    suppletif: str
    plancher: str


def half_year(year: int, number: int) -> HalfYear:
    """Return the default rate and the floor of clauses of a half-year since 2009."""
    sheet = FRANCE.rates(date(year, 6 * number - 5, 1))
    if sheet.business_default is None or sheet.business_clause_floor is None:
        sys.exit(f"{sheet.period} has no default rate or no floor: quote another half-year")
    return HalfYear(rate(sheet.business_default), rate(sheet.business_clause_floor))


def reviewed() -> str:
    """Return how many cases there are, and how many of them a named person has reviewed."""
    rows = [row for path in sorted((ROOT / CASES).glob("*.toml")) for row in rows_of(path)]
    done = sum(row["relecteur"] != NO_REVIEWER for row in rows)
    return f"{len(rows)} cas, dont {done or 'aucun'} relu par une personne nommée"


def written() -> dict[str, str]:
    """Return each page by its file name. Stops when a file is not shown exactly once."""
    placed = Placed()
    templates = environment(placed)
    pages = {f"{page.name}.md": templates.get_template(f"{page.name}.md.j2").render(titre=page.title) for page in PAGES}
    pages["index.md"] = templates.get_template("index.md.j2").render()
    placed.refuse_misplaced()
    return pages


def main() -> int:
    """Write the pages into the folder named on the command line, by default the one of the documentation."""
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 else HERE / "law" / "fr"
    try:
        pages = written()
    except words.MissingWords as missing:
        sys.exit(str(missing))
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in pages.items():
        (folder / name).write_text(page, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
