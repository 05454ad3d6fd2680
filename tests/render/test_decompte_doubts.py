"""The doubts of a décompte: every code the source can raise has a French sentence."""

import re
from datetime import date
from pathlib import Path

import pytest

from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.jurisdictions.fr.maximum_de_paiement import DOUBTFUL
from recouvrement.jurisdictions.fr.mentions_langue import LANGUAGE_NOT_READ
from recouvrement.jurisdictions.fr.plafonds_de_paiement import table
from recouvrement.render.decompte_doubts import CONDITIONS, DOUBTS
from recouvrement.render.decompte_words import doubt_words

SOURCE = Path(__file__).parents[2] / "src" / "recouvrement"


def doubt(code: str, **inputs: object) -> Doubt:
    return Doubt(code=code, reason=Reason.of(code, Authority.LAW, inputs))


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


INDIRECT = {
    LANGUAGE_NOT_READ,
    "costs_not_counted",
    "costs_stay_with_creditor",
    "insolvency_exception_not_applied",
    "insolvency_stop_from_memory",
}
"""Codes of doubts that the source names apart from the doubt, besides those of ``DOUBTFUL``."""


CODES = (
    re.compile(r'(?:Doubt|Doubt\.of|\b_doubt)\(\s*(?:code=)?"([a-z][a-z0-9_]+)"'),
    re.compile(r'\bdoubt\("([a-z][a-z0-9_]+)", \w+\)'),
    re.compile(r'\bdoubt\([\w."]+, [\w.]+, "([a-z][a-z0-9_]+)"'),
)


ABOUT_TIME = (
    "calendrier",
    "compte_de_prescription",
    "delais_de_procedure",
    "departs",
    "enclosures",
    "jours",
    "limitation",
    "periodes",
    "prescription",
    "procedure",
    "voies",
)
"""Modules whose doubts concern last days, routes and files: a décompte of sums never shows them."""


def codes_of_doubts() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py") if not path.stem.startswith(ABOUT_TIME)]
    written = {code for text in texts for pattern in CODES for code in pattern.findall(text)}
    assert len(written) > 50
    assert {"payment_applied_to_oldest", "several_penalty_rates", "floor_tested_when"} <= written
    return written | DOUBTFUL | INDIRECT


@pytest.mark.parametrize("code", sorted(codes_of_doubts()))
def test_every_doubt_written_in_the_source_has_words(code: str) -> None:
    assert code in DOUBTS
    assert not re.search(r"Point non rédigé|[{}_]", doubt_words(doubt(code)))


def test_every_input_of_a_sentence_about_days_is_printed_as_a_day() -> None:
    for code, pattern in DOUBTS.items():
        for name in re.findall(r"\b(?:le|du|au|depuis le|à compter du) {(\w+)}", pattern):
            reason = Reason.of(code, Authority.LAW, {name: date(2027, 3, 1)})
            assert "1er\u00a0mars\u00a02027" in doubt_words(Doubt(code=code, reason=reason)), (code, name)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (
            doubt("completion_or_due_date", delivered_on=date(2026, 3, 1), due_on=date(2026, 3, 31)),
            (
                "Prestation exécutée le 1er mars 2026, échéance le 31 mars 2026 : la prescription est comptée du plus "
                "ancien de ces deux jours, faute de règle établie."
            ),
        ),
        (
            doubt("start_without_due_date", start=date(2026, 3, 1), start_is="completion"),
            "L’échéance n’est pas connue : la prescription est comptée du 1er mars 2026, jour de l’exécution.",
        ),
        (
            doubt(
                "cap_conditions",
                due_on=date(2026, 7, 31),
                conditions=("expressly_stipulated", "no_manifest_abuse"),
                otherwise=date(2026, 7, 14),
            ),
            (
                "L’échéance du 31 juillet 2026 n’est permise que sous des conditions qui ne sont pas vérifiées ici "
                "(stipulation expresse au contrat, absence d’abus manifeste à l’égard du créancier) ; sinon, le "
                "dernier jour permis est le 14 juillet 2026."
            ),
        ),
        (
            doubt("term_start_unknown", missing="delivered_on"),
            (
                "Le délai de paiement ne peut pas être compté : il manque la date de réception des marchandises ou "
                "d’exécution."
            ),
        ),
        (doubt("wording_undecidable"), "Les conditions de paiement ne peuvent pas être lues avec certitude."),
    ],
)
def test_a_doubt_of_a_decision_is_a_sentence(made: Doubt, expected: str) -> None:
    assert plain(doubt_words(made)) == expected


def test_every_condition_of_a_longer_term_has_words() -> None:
    used = {code for cap in table().caps for code in cap.conditions}
    assert used
    assert used == set(CONDITIONS)
