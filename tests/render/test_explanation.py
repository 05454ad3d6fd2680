"""Decisions told as trees, in French and in English; every code that can be built has words in both."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from string import Formatter

import pytest

from recouvrement import (
    FRANCE,
    DebtorKind,
    Decision,
    Hold,
    HoldKind,
    InsolvencyKind,
    InvalidInput,
    StepRecorded,
    StopPlaced,
    decide,
)
from recouvrement.adapters.portfolio import read_portfolio
from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.vocabulary import Channel, DocumentKind, LimitationActKind, StopKind
from recouvrement.law.files import read_table
from recouvrement.render import (
    explain,
    explain_acts_fr,
    explain_deadlines,
    explain_deadlines_fr,
    explain_fr,
    explain_law,
    explain_law_fr,
)
from recouvrement.render.explain_names_fr import NAMES
from recouvrement.render.explanation import LANGUAGES, Explanation, LanguageCode, explanation, lines, one_line
from recouvrement.render.staff_names import DOCUMENTS
from support.codes import SOURCE, built
from support.portfolio import MONDAY, case, scenario_for

CATALOGUES = (
    ("explain.py: _REASONS", explain._REASONS, "explain_fr.py: REASONS", explain_fr.REASONS),
    ("explain_law.py: LAW", explain_law.LAW, "explain_law_fr.py: LAW", explain_law_fr.LAW),
    (
        "explain_deadlines.py: DEADLINES",
        explain_deadlines.DEADLINES,
        "explain_deadlines_fr.py: DEADLINES",
        explain_deadlines_fr.DEADLINES,
    ),
    (
        "explain_deadlines.py: EFFECTS",
        explain_deadlines.EFFECTS,
        "explain_acts_fr.py: EFFECTS",
        explain_acts_fr.EFFECTS,
    ),
    ("explain.py: _PHRASES", explain._PHRASES, "explain_fr.py: _PHRASES", explain_fr._PHRASES),
)

WHERE = {
    "en": "render/explain.py (_REASONS), explain_law.py or explain_deadlines.py",
    "fr": "render/explain_fr.py (REASONS), explain_law_fr.py or explain_deadlines_fr.py",
}


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def names(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name}


def decided(index: int, on: date = MONDAY) -> Decision:
    bare = case(index)
    return decide(bare, on, scenario=scenario_for(bare.debtor), law=FRANCE)


def told(decision: Decision, language: LanguageCode = "fr") -> list[str]:
    return [plain(line) for line in lines(explanation(decision, language), language)]


def test_every_code_that_the_source_builds_has_words_in_both_languages() -> None:
    found = built()
    assert len({one.code for one in found}) > 180
    missing = [
        f"{one.code!r}, built in src/recouvrement/{one.place}, has no words in {code}: add it to {WHERE[code]}"
        for code, language in LANGUAGES.items()
        for one in found
        if language.pattern(one.code) is None
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize(("english", "words", "french", "mots"), CATALOGUES, ids=[row[0] for row in CATALOGUES])
def test_the_two_languages_have_words_for_the_same_codes(
    english: str, words: dict[str, str], french: str, mots: dict[str, str]
) -> None:
    assert sorted(set(words) - set(mots)) == [], f"add these to render/{french}, from render/{english}"
    assert sorted(set(mots) - set(words)) == [], f"add these to render/{english}, from render/{french}"
    for code, pattern in mots.items():
        assert names(pattern) == names(words[code]), f"{code}: not the same inputs in {french} and {english}"


def test_acts_have_words_in_french_and_every_kind_of_act_is_among_them() -> None:
    assert set(explain_deadlines.ACTS) <= set(explain_acts_fr.ACTS)
    assert {kind.value for kind in LimitationActKind} <= set(explain_acts_fr.ACTS)


@pytest.mark.parametrize("kind", [*StopKind, *Channel, *DebtorKind, *InsolvencyKind, *Confidence])
def test_every_closed_choice_has_a_french_name(kind: str) -> None:
    assert kind in NAMES


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_document_has_a_french_name(kind: DocumentKind) -> None:
    assert kind in DOCUMENTS or kind.value in NAMES


def test_every_hold_has_words_in_both_languages() -> None:
    assert set(HoldKind) == set(explain_fr.HOLDS) == set(LANGUAGES["en"].holds)


def test_every_placeholder_is_fed_where_the_reason_is_built() -> None:
    """Where reading the source tells the inputs of a reason, its words ask for no other."""
    by_code: dict[str, list[frozenset[str] | None]] = {}
    for one in built():
        by_code.setdefault(one.code, []).append(one.inputs)
    checked = 0
    for code, sites in by_code.items():
        known = [site for site in sites if site is not None]
        if len(known) < len(sites):
            continue
        checked += 1
        for language in LANGUAGES.values():
            asked = names(language.pattern(code) or "")
            assert asked <= frozenset().union(*known), (language.code, code, asked)
    assert checked > 150


def test_french_is_set_as_french_is() -> None:
    texts = [pattern.strip() for _, _, _, mots in CATALOGUES for pattern in mots.values()]
    texts += [*explain_fr.HOLDS.values(), *explain_acts_fr.ACTS.values(), *NAMES.values()]
    for text in texts:
        words = explain_fr.set_text(text)
        assert not re.search(r" [:;?!»%€]|« |'|\.$", words), text
        # A colon, semicolon, question or exclamation mark has its space; those of a format have none.
        bare = re.sub(r"\{[^}]*\}", "X", text)
        assert not re.search(r"[^ ][:;?!]( |$)", bare), text


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (
            Reason.of("min_interval", Authority.POLICY, {"last_contact_on": date(2026, 12, 1), "interval": 4}),
            "dernier contact le 1er décembre 2026, au moins 4 jours entre deux contacts",
        ),
        (
            Reason.of("min_interval", Authority.POLICY, {"last_contact_on": date(2026, 11, 23), "interval": 1}),
            "dernier contact le 23 novembre 2026, au moins 1 jour entre deux contacts",
        ),
        (
            Reason.of("days_after", Authority.POLICY, {"anchor": "stage:appel", "anchor_on": None, "days": 8}),
            "8 jours après l’étape appel (néant)",
        ),
        (
            Reason.of(
                "days_after",
                Authority.POLICY,
                {
                    "anchor": "due_on",
                    "anchor_on": date(2026, 11, 1),
                    "days": 30,
                    "holds": "no",
                    "until": date(2026, 12, 1),
                },
            ),
            "30 jours après l’échéance (1er novembre 2026), à compter du 1er décembre 2026",
        ),
        (
            Reason.of("clause_rate", Authority.CONTRACT, {"rate": "12.40", "clause": "3 fois", "reference": "4.1"}),
            "12,40 % l’an par la clause 3 fois (référence : 4,1, néant)",
        ),
        (
            Reason.of(
                "weak_source", Authority.LAW, {"value": "fr.taux_bce_refinancement:2026-06-17", "confidence": "single"}
            ),
            "taux de refinancement de la BCE, 17 juin 2026 : source unique, à comparer avec la publication officielle",
        ),
        (
            Reason.of("ambiguous_end_of_month", Authority.CONTRACT, {"first_reading": "days_then_eom"}),
            (
                "« fin de mois » se lit de deux façons : jours, puis fin du mois donne le néant, néant donne le "
                "néant ; la date prise est le néant"
            ),
        ),
        (
            Reason.of("led", Authority.POLICY, {"leader": "public"}),
            "attend le prochain message sur public, qui en fera état",
        ),
        (
            Reason.of("extra_compensation", Authority.LAW, {"spent": "1250.50 EUR", "indemnity": "40.00 EUR"}),
            "les frais de recouvrement, 1 250,50 €, dépassent l’indemnité de 40,00 €",
        ),
        (Reason.of("no_such_code", Authority.FACT, {"item": "F1"}), "no such code (item F1)"),
    ],
)
def test_a_reason_in_french(reason: Reason, expected: str) -> None:
    assert plain(LANGUAGES["fr"].reason(reason)) == expected


def test_an_action_is_told_with_its_reasons() -> None:
    shown = told(decided(0))
    assert shown[:5] == [
        "Dossier atelier-lumen/fournil/EUR, le 23 novembre 2026",
        "  À faire",
        "    première relance par courriel : F2026-101, 1 200,00 € (étape relance_1)",
        (
            "      [politique] l’étape relance_1 est à faire ; la plus ancienne échéance, F2026-101, "
            "est du 20 novembre 2026"
        ),
        "        [politique] 3 jours après l’échéance (20 novembre 2026)",
    ]
    assert told(decided(0), "en")[:5] == [
        "Case atelier-lumen/fournil/EUR on 2026-11-23",
        "  To do",
        "    reminder 1 by email: F2026-101, 1200.00 EUR (stage relance_1)",
        "      [policy] stage relance_1 is due; oldest item F2026-101, due on 2026-11-20",
        "        [policy] 3 days after the due date (2026-11-20)",
    ]


def test_a_proposal_says_that_it_waits_for_approval_and_when_to_pay() -> None:
    (line,) = [line for line in told(decided(2)) if "mise en demeure par" in line]
    assert "lettre recommandée avec avis de réception, à approuver : F2026-103" in line
    assert ", à payer au plus tard le 8 décembre 2026 (étape mise_en_demeure)" in line


def test_a_silence_is_told_with_its_reason_its_end_and_what_comes_next() -> None:
    shown = told(decided(0, date(2026, 11, 21)))
    assert "  Rien à faire le 21 novembre 2026" in shown
    start = shown.index("  Rien n’est fait pour")
    assert shown[start + 1] == (
        "    F2026-101 : rien n’est à faire aujourd’hui, jusqu’au 23 novembre 2026, puis relance_1"
    )
    assert shown[start + 2] == "      [politique] aucune étape n’est à faire, à compter du 23 novembre 2026"
    assert "  À revoir le 23 novembre 2026" in shown


def test_a_call_is_not_told_to_be_made_by_telephone() -> None:
    step = StepRecorded(id="h2", effective_on=date(2026, 11, 20), stage="relance_2", item_ids=("F2026-102",))
    reminded = case(1).with_events((step,))
    called = decide(reminded, date(2026, 11, 25), scenario=scenario_for(reminded.debtor), law=FRANCE)
    assert [action.channel for action in called.actions] == [Channel.PHONE]
    assert "    appel téléphonique : F2026-102, 1 200,00 € (étape appel)" in told(called)
    assert "    call script: F2026-102, 1200.00 EUR (stage appel)" in told(called, "en")


def test_a_stop_is_told_in_both_languages() -> None:
    stop = StopPlaced(
        id="s1",
        effective_on=date(2026, 11, 21),
        stop_id="s1",
        stop=StopKind.PROMISE_TO_PAY,
        until=date(2026, 12, 1),
    )
    held = case(0).with_events((stop,))
    decision = decide(held, MONDAY, scenario=scenario_for(held.debtor), law=FRANCE)
    assert "    F2026-101 : paiement promis, jusqu’au 1er décembre 2026" in told(decision)
    assert "      [fait] promesse de paiement depuis le 21 novembre 2026" in told(decision)
    assert "    F2026-101: payment promised, until 2026-12-01" in told(decision, "en")


def test_sums_are_told_segment_by_segment_with_their_article_and_mark() -> None:
    """1 200 € due on 20 October, 34 days at 12.40 %: 1200 × 0.1240 × 34 / 365 = 13.86 €."""
    shown = told(decided(2))
    assert (
        "    F2026-103 : 1 200,00 € de principal, 13,86 € d’intérêts, 40,00 € d’indemnité, 34 jours de retard" in shown
    )
    assert (
        "      [loi] 13,86 € : 1 200,00 € à 12,40 % du 21 octobre 2026 au 23 novembre 2026, 34 jours"
        " — C. com. art. L441-10 II (sources secondaires)"
    ) in shown


def test_a_deadline_is_told_with_its_path() -> None:
    shown = told(decided(0))
    start = shown.index("  Délais")
    assert shown[start + 1].startswith("    F2026-101 : prescription, dernier jour le ")
    assert all(line.startswith("      [loi] ") for line in shown[start + 2 : start + 4])
    assert "le délai part — C. civ." in shown[start + 2]


def test_a_mark_is_shown_unless_the_source_is_firm() -> None:
    def line(confidence: Confidence) -> str:
        source = Source(article="C. civ. art. 2224", confidence=confidence)
        made = Reason.of("not_due", Authority.LAW, source=source)
        return plain(one_line(Explanation("la dette", made.authority, source.article, source.confidence)))

    assert line(Confidence.VERIFIED) == "[loi] la dette — C. civ. art. 2224"
    assert line(Confidence.FROM_MEMORY) == "[loi] la dette — C. civ. art. 2224 (de mémoire)"


def test_a_tree_as_plain_values_leaves_out_what_is_empty() -> None:
    data = explanation(decided(0)).as_data()
    assert list(data) == ["headline", "children"]
    reason = json.loads(json.dumps(data))["children"][0]["children"][0]["children"][0]
    assert reason["authority"] == "policy"
    assert "article" not in reason


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_is_left_unfilled_whatever_the_case_and_the_day(language: LanguageCode) -> None:
    for index in range(6):
        for offset in range(-40, 400, 20):
            text = "\n".join(told(decided(index, MONDAY + timedelta(days=offset)), language))
            assert not re.search(r"[{}]|\bNone\b|HoldKind|<", text)
            if language == "fr":
                assert not re.search(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b(?!,)", text.replace("fr-2026", ""))


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(InvalidInput, match="fr, en"):
        explanation(decided(0), "de")  # type: ignore[arg-type]  # what a host may pass


def test_a_doubt_about_the_whole_case_says_so() -> None:
    decision = decided(0)
    doubt = Doubt.of("credit_left_over", Authority.FACT, {"amount": "12.00 EUR"})
    other = Decision.model_validate({**dict(decision), "doubts": (doubt,), "holds": (Hold(kind=HoldKind.SETTLED),)})
    assert "    [fait] tout le dossier : 12,00 € de paiements ou d’avoirs restent sans emploi" in told(other)
    assert "    tout le dossier : le principal est réglé" in told(other)


def test_every_step_of_a_deadline_of_the_demonstration_has_french_words() -> None:
    found = set()
    for bare in read_portfolio(Path(__file__).parents[2] / "examples" / "portefeuille").cases:
        for offset in (0, 200, 1200):
            on = MONDAY + timedelta(days=offset)
            decision = decide(bare, on, scenario=scenario_for(bare.debtor), law=FRANCE)
            found |= {(step.act, step.effect) for deadline in decision.deadlines for step in deadline.path}
    assert len(found) > 8
    assert {act for act, _ in found} <= set(explain_acts_fr.ACTS)
    assert {effect for _, effect in found} <= set(explain_acts_fr.EFFECTS)


def test_every_start_of_a_limitation_has_french_words() -> None:
    data = read_table("recouvrement.jurisdictions.fr", "regimes_de_prescription")
    rows = [row for rows in data.values() if isinstance(rows, list) for row in rows if isinstance(row, dict)]
    starts = {start for row in rows for start in row.get("starts", ())}
    source = SOURCE / "jurisdictions" / "fr" / "departs_de_prescription.py"
    events = set(re.findall(r'\bEvent\([^",]+, "([a-z_]+)"', source.read_text(encoding="utf-8")))
    assert {"completion", "completion_and_term"} <= events
    starts |= events
    assert len(starts) > 15
    assert starts <= set(explain_acts_fr.ACTS)
