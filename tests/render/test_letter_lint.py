"""The lint of letter templates: each code is found where it should be, and not where it should not."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render.documents import render_document
from recouvrement.render.letter_findings import LETTER_RULES, LetterFinding
from recouvrement.render.letter_shapes import ROWS, VARIABLE_SHAPES
from recouvrement.render.letters import Letters, lint_letters
from recouvrement.render.variants import Variant
from recouvrement.render.views import VARIABLES
from recouvrement.scenario.findings import Severity

Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]

BUSINESS = "fr/reminder_1.business.md.j2"
CONSUMER = "fr/reminder_1.consumer.md.j2"
NOTE = "fr/terminal_note.md.j2"
EXTENDED = '{% extends "builtin/fr/reminder_1.business.md.j2" %}\n'
TO_CONSUMER = '{% extends "builtin/fr/reminder_1.consumer.md.j2" %}\n'


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def codes(folder: Path, files: dict[str, str], *, is_collector: bool = False) -> set[str]:
    return {one.code for one in lint_letters(written(folder, files), is_collector=is_collector)}


def suite(text: str, *, start: str = EXTENDED) -> str:
    return f"{start}{{% block suite %}}\n{text}\n{{% endblock %}}"


class Fault(NamedTuple):
    """A code, files that have it and files close to them that have not."""

    code: str
    faulty: dict[str, str]
    sound: dict[str, str]


def in_business(code: str, faulty: str, sound: str) -> Fault:
    return Fault(code, {BUSINESS: suite(faulty)}, {BUSINESS: suite(sound)})


def in_consumer(code: str, faulty: str, sound: str) -> Fault:
    return Fault(code, {CONSUMER: suite(faulty, start=TO_CONSUMER)}, {CONSUMER: suite(sound, start=TO_CONSUMER)})


def in_note(code: str, faulty: str, sound: str) -> Fault:
    return Fault(code, {NOTE: faulty}, {NOTE: sound})


ROWS_SHOWN = "{% for row in invoice_rows %}{{ row.number }}{% endfor %}"
MACRO = "{% macro line(a, b='') %}{{ a }} {{ b }}{% endmacro %}"

CASES = (
    in_business("syntax", "{% if %}", "{% if bic %}x{% endif %}"),
    in_business("fails", "{{ self }}", "{{ super() }}"),
    in_business("fails", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{% macro m() %}x{% endmacro %}{{ m() }}"),
    Fault("fails", {NOTE: "# x\n\n# y"}, {NOTE: "# x\n\n## y"}),
    Fault("unknown_file", {"fr/rappel.md.j2": "# x"}, {"fr/_rappel.md.j2": "x"}),
    Fault("unknown_file", {"reminder_1.md.j2": "# x"}, {NOTE: "# x"}),
    Fault("ignored_file", {"fr/reminder_1.md": "# x"}, {"fr/LISEZMOI.md": "# x", NOTE: "# x"}),
    Fault(
        "unused_part",
        {"fr/_letre.md.j2": "x"},
        {"fr/_merci.md.j2": "Merci.", BUSINESS: suite('{% include "fr/_merci.md.j2" %}')},
    ),
    Fault("unused_part", {"fr/_merci.md.j2": "x"}, {"fr/_releve.md.j2": ROWS_SHOWN}),
    in_business("missing_reference", '{% include "fr/_absent.md.j2" %}', '{% include "fr/_fiche.md.j2" %}'),
    Fault(
        "circular_reference",
        {BUSINESS: '{% extends "fr/reminder_1.business.md.j2" %}'},
        {BUSINESS: '{% extends "builtin/fr/reminder_1.business.md.j2" %}'},
    ),
    in_business("computed_name", "{% include bic %}", '{% include "fr/_fiche.md.j2" %}'),
    Fault(
        "mixed_languages",
        {"en/reminder_1.md.j2": '{% extends "builtin/fr/reminder_1.consumer.md.j2" %}'},
        {"en/reminder_1.md.j2": '{% extends "builtin/en/reminder_1.consumer.md.j2" %}'},
    ),
    Fault(
        "import_without_context",
        {
            "fr/_m.md.j2": "{% macro m() %}{{ iban }}{% endmacro %}",
            NOTE: '# x\n{% from "fr/_m.md.j2" import m %}{{ m() }}',
        },
        {
            "fr/_m.md.j2": "{% macro m() %}{{ iban }}{% endmacro %}",
            NOTE: '# x\n{% from "fr/_m.md.j2" import m with context %}{{ m() }}',
        },
    ),
    Fault(
        "unknown_macro",
        {"fr/_m.md.j2": "{% macro m() %}x{% endmacro %}", NOTE: '# x\n{% from "fr/_m.md.j2" import n %}{{ n() }}'},
        {"fr/_m.md.j2": "{% macro m() %}x{% endmacro %}", NOTE: '# x\n{% from "fr/_m.md.j2" import m as n %}{{ n() }}'},
    ),
    Fault(
        "unknown_block",
        {BUSINESS: EXTENDED + "{% block politese %}x{% endblock %}"},
        {BUSINESS: EXTENDED + "{% block politesse %}{% block merci %}x{% endblock %}{% endblock %}"},
    ),
    Fault(
        "outside_block",
        {BUSINESS: EXTENDED + "Merci.{% block politesse %}x{% endblock %}"},
        {BUSINESS: EXTENDED + "{# Merci. #}\n\n{% block politesse %}x{% endblock %}"},
    ),
    Fault("outside_block", {BUSINESS: EXTENDED + '{% include "fr/_fiche.md.j2" %}'}, {BUSINESS: EXTENDED}),
    in_note("no_parent_block", "# x\n{% block a %}{{ super() }}{% endblock %}", "# x\n{% block a %}y{% endblock %}"),
    in_business("no_parent_block", "{% block neuf %}{{ super() }}{% endblock %}", "{{ super() }}"),
    in_note("no_title", "Sans titre", "Un titre\n===\n"),
    in_note("no_title", "#Sans espace", '{% include "fr/_fiche.md.j2" %}\n# Titre'),
    in_business("unknown_variable", "{{ debitor_name }}", "{{ debtor_name }}"),
    in_business("unknown_variable", ROWS_SHOWN + "{{ row.number }}", ROWS_SHOWN),
    in_business("unknown_field", ROWS_SHOWN.replace("number", "numbre"), ROWS_SHOWN),
    in_business("unknown_field", "{% set r = invoice_rows %}{% for x in r %}{{ x.numbre }}{% endfor %}", ROWS_SHOWN),
    in_business(
        "unknown_field",
        "{% for r in invoice_rows %}{% for one in segment_rows %}{{ one.cause }}{% endfor %}{% endfor %}",
        "{% for r in invoice_rows %}{{ r.cause }}{% for one in segment_rows %}{{ one.rate }}{% endfor %}{% endfor %}",
    ),
    in_business("unknown_field", "{% if total.amount %}x{% endif %}", "{% if total %}x{% endif %}"),
    in_business("unknown_field", "{{ invoice_rows.number }}", ROWS_SHOWN),
    in_business(
        "unknown_field",
        "{% macro line(one) %}{{ one.numbre }}{% endmacro %}{% for row in invoice_rows %}{{ line(row) }}{% endfor %}",
        "{% macro line(one) %}{{ one.number }}{% endmacro %}{% for row in invoice_rows %}{{ line(row) }}{% endfor %}",
    ),
    in_business(
        "unknown_field",
        "{% for r in invoice_rows if r.solde %}x{% endfor %}",
        "{% for r in invoice_rows if r.cause %}x{% endfor %}",
    ),
    in_business(
        "not_rows",
        "{% for letter in total %}{{ letter }}{% endfor %}",
        "{% for one in [bic, iban] %}{{ one }}{% endfor %}",
    ),
    in_business("unpacked_row", "{% for a, b in invoice_rows %}{{ a }}{% endfor %}", ROWS_SHOWN),
    in_business("indexing", "{{ invoice_rows[0].number }}", ROWS_SHOWN),
    in_business("indexing", '{% for row in invoice_rows %}{{ row["number"] }}{% endfor %}', ROWS_SHOWN),
    in_business("not_a_text", "{{ invoice_rows }}", ROWS_SHOWN),
    in_business("not_a_text", "{% for row in invoice_rows %}{{ row }}{% endfor %}", ROWS_SHOWN),
    in_business("not_a_text", "{{ 40 }}", '{{ "40" }}'),
    in_business("not_a_text", "{% for row in invoice_rows %}{{ loop.first }}{% endfor %}", ROWS_SHOWN),
    in_business("not_a_text", "{{ not bic }}", "{{ bic or iban }}"),
    in_business(
        "loop_counter",
        "{% for row in invoice_rows %}{{ loop.index }}{% endfor %}",
        "{% for row in invoice_rows %}{% if not loop.first %}, {% endif %}{{ row.number }}{% endfor %}",
    ),
    in_business("no_else", "{{ bic if bic }}", '{{ bic if bic else "" }}'),
    in_business("missing_argument", MACRO + "{{ line() }}", MACRO + "{{ line(bic) }}{{ line(bic, b=iban) }}"),
    in_business("missing_argument", MACRO + "{{ line(bic, iban, bic) }}", MACRO + "{{ line(bic, iban) }}"),
    in_business("operation", "{{ principal + total }}", "{{ principal }}{{ total }}"),
    in_business("concatenation", "{{ principal ~ total }}", "{{ principal }}{{ total }}"),
    in_business("filter", "{{ bic }}{% if bic %}{{ bic | safe }}{% endif %}", "{{ bic }}"),
    in_business("test", "{% if bic is defined %}x{% endif %}", "{% if bic %}x{% endif %}"),
    in_business("comparison", "{% if principal == total %}x{% endif %}", "{% if principal and total %}x{% endif %}"),
    in_business("autoescape", "{% autoescape false %}{{ bic }}{% endautoescape %}", "{{ bic }}"),
    in_business("method_call", "{{ debtor_name.upper() }}", "{{ debtor_name }}"),
    in_business("method_call", "{{ self.politesse() }}", "{{ super() }}"),
    in_business("imitates_an_act", "Commandement de payer", "Mise en demeure de payer"),
    in_business("imitates_an_authority", "RÉPUBLIQUE FRANÇAISE", "Région Bretagne"),
    in_business("imitates_an_authority", "Notre service judiciaire", "Notre service juridique"),
    in_business("imitates_an_authority", "Liberté, Égalité, Fraternité", "En toute liberté"),
    in_business("threatens_enforcement", "Un huissier passera.", "Notre comptable vous rappellera."),
    in_business("threatens_enforcement", "Dernier avis avant saisie", "Dernier avis"),
    in_business(
        "promises_a_court_date", "L'affaire sera appelée à l'audience du 3 mars.", "Nous vous rappellerons le 3 mars."
    ),
    in_business("promises_a_court_date", "Vous serez condamné aux dépens.", "Vous serez informé de la suite."),
    in_business(
        "promises_a_court_date", "Un agent se présentera à votre domicile.", "Un duplicata est à votre disposition."
    ),
    in_business("threatens", "Nous déposerons plainte.", "Nous attendons votre réponse."),
    in_business("threatens", "C'est une escroquerie.", "C'est sans doute un oubli."),
    in_business("tells_third_parties", "Nous préviendrons votre employeur.", "Votre comptable peut nous appeler."),
    in_business("blacklists", "Vous serez fiché.", "Vous trouverez la fiche jointe."),
    in_business("claims_to_be_a_collector", "Notre société de recouvrement", "Notre société"),
    in_business("speaks_of_limitation", "Cette lettre interrompt la prescription.", "Cette lettre reste sans frais."),
    in_business("written_sum", "Merci de régler 25 000,00 €.", "Merci de régler {{ principal }}."),
    in_business("html_tag", "Merci de <b>votre</b> règlement.", "Merci de **votre** règlement."),
    in_consumer("business_sum_to_consumer", "Vous devez 40 € par facture.", "Vous devez 140 € en tout."),
    in_consumer("business_sum_to_consumer", "article L. 441-10", "article 1344"),
    in_consumer("costs_to_consumer", "avec des frais de mise en demeure", "sans frais"),
    in_consumer("costs_to_consumer", "Frais administratifs : compris", "Frais de port : compris"),
    in_consumer("damages_to_consumer", "et des dommages et intérêts", "et rien de plus"),
    in_consumer("penalty_clause_to_consumer", "une majoration de 10 %", "la majorité des factures"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_code_is_found_where_it_should_be_and_only_there(case: Fault, tmp_path: Path) -> None:
    assert case.code in codes(tmp_path / "faulty", case.faulty)
    # What is sound differs from what is faulty by the fault alone: it has no error at all.
    found = lint_letters(written(tmp_path / "sound", case.sound))
    assert case.code not in {one.code for one in found}
    assert [str(one) for one in found if one.severity is Severity.ERROR] == []


def test_every_code_has_a_case() -> None:
    elsewhere = {"not_utf8", "collector_mention", "no_template", "not_a_file"}
    assert {case.code for case in CASES} | elsewhere == set(LETTER_RULES)


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    written(tmp_path, {})
    (tmp_path / "fr").mkdir(parents=True)
    (tmp_path / NOTE).write_bytes("# Échéance".encode("latin-1"))
    assert [(one.code, one.template) for one in lint_letters(tmp_path)] == [("not_utf8", NOTE)]


def test_a_byte_order_mark_is_no_word_of_the_letter(tmp_path: Path) -> None:
    """Windows editors put one; before {% extends %} it would be text outside any block, before « # » no title."""
    for name, text in ((BUSINESS, suite("Merci.")), (NOTE, "# Note")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert lint_letters(tmp_path) == ()
    assert Letters.with_overrides(tmp_path).findings == ()


def refused(folder: Path) -> str:
    with pytest.raises(RenderError) as caught:
        Letters.with_overrides(folder)
    return caught.value.found


def test_a_folder_without_template_is_refused(tmp_path: Path) -> None:
    """The wrong folder: every letter would be the packaged one."""
    assert [(one.code, one.severity) for one in lint_letters(tmp_path)] == [("no_template", Severity.ERROR)]
    assert "fr/: it holds no template" in refused(tmp_path)
    written(tmp_path, {"fr/reminder_1.business.md": "# x"})
    assert [one.code for one in lint_letters(tmp_path)] == ["no_template", "ignored_file"]
    written(tmp_path, {NOTE: "# Note"})
    assert [one.code for one in lint_letters(tmp_path)] == ["ignored_file"]


def _as_folder(path: Path) -> None:
    path.mkdir()


def _as_dangling_link(path: Path) -> None:
    path.symlink_to(path.parent / "absent")


def _as_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make", "what"),
    [(_as_folder, "a folder"), (_as_dangling_link, "a link to nothing"), (_as_pipe, "no ordinary file")],
)
def test_a_template_that_is_no_file_is_named_and_not_passed_over(
    make: Callable[[Path], None], what: str, tmp_path: Path
) -> None:
    written(tmp_path, {NOTE: "# Note"})
    make(tmp_path / BUSINESS)
    (found,) = lint_letters(tmp_path)
    assert (found.code, found.template) == ("not_a_file", BUSINESS)
    assert f"is {what}:" in found.message
    assert BUSINESS in refused(tmp_path)


def test_a_template_that_may_not_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, {NOTE: "# Note"})

    def closed(path: Path, *_: object) -> NoReturn:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", closed)
    told = refused(tmp_path)
    assert f"{NOTE}: it is named as a template and is a file that cannot be read (Permission denied)" in told


def test_templates_behind_a_link_are_used(tmp_path: Path) -> None:
    """``fr`` may be a link to a folder kept elsewhere; one text may then serve all variants there too."""
    elsewhere = written(tmp_path / "elsewhere", {"reminder_1.md.j2": "# Relance de Brest"})
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "fr").symlink_to(elsewhere)
    letters = Letters.with_overrides(tmp_path / "own")
    assert letters.template(DocumentKind.REMINDER_1, Variant.BUSINESS).name == "fr/reminder_1.md.j2"


@pytest.mark.parametrize(
    ("name", "place"),
    [("reminder_1.md.j2", "fr/"), ("fr/2026/reminder_1.md.j2", "fr/"), ("en/old/reminder_2.business.md.j2", "en/")],
)
def test_a_template_in_the_wrong_place_is_told_its_place(name: str, place: str, tmp_path: Path) -> None:
    (found,) = lint_letters(written(tmp_path, {name: "# x"}))
    assert (found.code, found.message) == ("unknown_file", "no template is looked for in this place")
    assert found.remedy == f"Put it in {place} of the folder of templates."


def test_words_are_not_followed_by_two_full_stops(tmp_path: Path) -> None:
    (found,) = lint_letters(written(tmp_path, {BUSINESS: suite("{{ debtor_name | upper }}")}))
    assert found.message == "No filter named 'upper'"
    (found,) = lint_letters(written(tmp_path, {BUSINESS: suite("{{ debtor_name.first }}")}))
    assert found.remedy == "Use the name alone."


def test_the_packaged_templates_are_without_fault(tmp_path: Path) -> None:
    assert Letters.built_in().findings == ()
    assert lint_letters(written(tmp_path, {NOTE: EXTENDED.replace("reminder_1.business", "terminal_note")})) == ()


def test_a_finding_names_place_fault_and_remedy(tmp_path: Path) -> None:
    (found,) = lint_letters(written(tmp_path, {BUSINESS: suite("{{ debitor_name }}")}))
    assert (found.code, found.severity, found.template, found.line) == ("unknown_variable", "error", BUSINESS, 3)
    assert str(found) == f"{BUSINESS}, line 3: 'debitor_name' is not a variable of letters"
    assert found.remedy.endswith("the nearest is debtor_name.")
    assert found.article is None


def test_a_wording_bears_the_text_that_is_against_it(tmp_path: Path) -> None:
    (found,) = lint_letters(written(tmp_path, {BUSINESS: suite("Un huissier passera.")}))
    assert found.article == "C. conso. art. L121-2"
    assert "« huissier » is refused" in found.message
    assert found.article in found.message


def test_findings_come_the_gravest_first(tmp_path: Path) -> None:
    files = {
        "fr/_letre.md.j2": "x",
        BUSINESS: suite("{{ un }}\n{{ deux }}"),
        CONSUMER: suite("{{ trois }}", start=TO_CONSUMER),
    }
    found = lint_letters(written(tmp_path, files))
    places = [(one.severity.value, one.template, one.line) for one in found]
    assert places == [
        ("error", BUSINESS, 3),
        ("error", BUSINESS, 4),
        ("error", CONSUMER, 3),
        ("warning", "fr/_letre.md.j2", None),
    ]


def test_a_fault_of_a_shared_part_is_told_once(tmp_path: Path) -> None:
    layout = '{% extends "builtin/fr/_lettre.md.j2" %}{% block politesse %}Un huissier passera.{% endblock %}'
    (found,) = lint_letters(written(tmp_path, {"fr/_lettre.md.j2": layout}))
    assert found.template == "fr/_lettre.md.j2"


def test_an_internal_note_may_name_what_a_letter_may_not(tmp_path: Path) -> None:
    assert lint_letters(written(tmp_path, {NOTE: "# Faut-il une saisie, un huissier, 40 € ?"})) == ()


def test_warnings_do_not_stop_a_run_and_errors_do(tmp_path: Path) -> None:
    path = written(tmp_path, {BUSINESS: suite("Notre société de recouvrement")})
    assert [one.code for one in Letters.with_overrides(path).findings] == ["claims_to_be_a_collector"]
    with pytest.raises(RenderError) as caught:
        Letters.with_overrides(written(tmp_path, {BUSINESS: suite("{{ un }}")}))
    assert caught.value.found == f"{BUSINESS}, line 3: 'un' is not a variable of letters"


LAYOUT = """\
{% extends "builtin/fr/_lettre.md.j2" %}
{% block references %}
Exerce une activité de recouvrement amiable pour {{ creditor_name }}, {{ creditor_address }}.
{% endblock %}
{% block demande %}
Principal : {{ principal }}. Intérêts : {{ interest_due }}.
{% endblock %}
{% block pied %}
Article L. 111-8 du Code des procédures civiles d'exécution : …
{% endblock %}
"""


def test_a_collector_needs_the_mentions_of_r124_4_and_may_say_what_it_is(tmp_path: Path) -> None:
    lacking = lint_letters(tmp_path, is_collector=True)
    assert {one.article for one in lacking} == {"CPCE art. R124-4"}
    mentions = {dict(one.inputs)["article"] for one in lacking if one.template == BUSINESS}
    assert mentions == {"CPCE art. R124-4 3°"}  # it claims no interest, so it shows none
    path = written(tmp_path, {"fr/_lettre.md.j2": LAYOUT})
    assert [one for one in lint_letters(path, is_collector=True) if one.template.startswith("fr/reminder_1")] == []
    assert "claims_to_be_a_collector" in {one.code for one in lint_letters(path)}


@pytest.mark.parametrize(
    ("name", "lacking", "added", "article"),
    [
        ("reminder_2.business", "", "{{ first_letter }}", "CPCE art. R124-4 in fine"),
        ("call_script", "", "{{ first_letter }}", "CPCE art. R124-4 in fine"),
        (
            "last_notice.business",
            "{{ principal }} {{ interest_due }}",
            "{% for row in invoice_rows %}{{ row.cause }} {% endfor %}",
            "CPCE art. R124-4 3°",
        ),
    ],
)
def test_a_collector_s_own_template_without_a_mention_is_told(
    name: str, lacking: str, added: str, article: str, *, tmp_path: Path
) -> None:
    path = f"fr/{name}.md.j2"

    def missing(text: str, *, is_collector: bool = True) -> set[str]:
        folder = written(tmp_path, {path: f"# Retard\n\n{text}\n"})
        found = lint_letters(folder, is_collector=is_collector)
        return {dict(one.inputs)["article"] for one in found if one.template == path}

    assert article in missing(lacking)
    assert article not in missing(f"{lacking} {added}")
    assert missing(lacking, is_collector=False) == set()


def test_the_packaged_templates_of_a_collector_have_their_basis_and_recall(tmp_path: Path) -> None:
    mentions = {dict(one.inputs)["mention"] for one in lint_letters(tmp_path, is_collector=True)}
    assert mentions == {"principal, interest and accessories apart"}  # where no interest is claimed, none is shown


def test_the_shapes_are_those_of_the_variables() -> None:
    assert set(VARIABLE_SHAPES) == VARIABLES
    assert ROWS["settled_rows"] == ("number", "issued_on", "due_on", "amount")
    assert all(shape.is_text or shape.row is not None for shape in VARIABLE_SHAPES.values())


def test_every_variable_and_every_field_can_be_printed(tmp_path: Path, sample: Sample, on: date) -> None:
    texts = [f"{{{{ {name} }}}}" for name in sorted(VARIABLES - ROWS.keys())]
    rows = [
        f"{{% for row in {name} %}}{' '.join(f'{{{{ row.{field} }}}}' for field in fields)}{{% endfor %}}"
        for name, fields in ROWS.items()
    ]
    start = '{% extends "builtin/fr/terminal_note.md.j2" %}{% block decision %}{{ super() }}\n\n'
    path = written(tmp_path, {NOTE: start + "\n\n".join([*texts, *rows]) + "{% endblock %}"})
    action, case, claim = sample(DocumentKind.TERMINAL_NOTE, Variant.BUSINESS)
    assert "F2026-118" in render_document(action, case, claim, on=on, letters=Letters.with_overrides(path)).text


def test_a_finding_is_a_value() -> None:
    found = LetterFinding.of("no_title", NOTE)
    assert found == LetterFinding.model_validate_json(found.model_dump_json())


def test_what_is_printed_when_nobody_is_mandated_is_looked_at(tmp_path: Path) -> None:
    said = "{% if collector_name %}Nous agissons.{% else %}Notre cabinet de recouvrement.{% endif %}"
    path = written(
        tmp_path, {BUSINESS: f'{{% extends "builtin/{BUSINESS}" %}}{{% block suite %}}{said}{{% endblock %}}'}
    )
    assert [one.code for one in lint_letters(path)] == ["claims_to_be_a_collector"]


@pytest.mark.parametrize("hidden", ["commissaire de **justice**", "*commissaire* de justice", "hui&#115;sier"])
def test_stars_and_references_hide_no_wording(hidden: str, tmp_path: Path) -> None:
    path = written(
        tmp_path, {BUSINESS: f'{{% extends "builtin/{BUSINESS}" %}}{{% block suite %}}{hidden}{{% endblock %}}'}
    )
    assert [one.severity for one in lint_letters(path)] == [Severity.ERROR]
