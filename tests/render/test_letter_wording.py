"""Wording is found however it is written: wrapped, emphasised, spelt with other characters, or put together."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render.as_read import as_read
from recouvrement.render.language import Language
from recouvrement.render.letter_findings import LetterFinding
from recouvrement.render.letter_wording import forbidden_in, in_readings
from recouvrement.render.letters import Letters, lint_letters, promised
from recouvrement.render.template_text import prose, uncommented
from recouvrement.render.variants import Variant
from recouvrement.scenario.findings import Severity

BUSINESS = "fr/reminder_1.business.md.j2"
CONSUMER = "fr/mise_en_demeure.consumer.md.j2"
ENGLISH = "en/mise_en_demeure.business.md.j2"
TO_ENGLISH_CONSUMER = "en/reminder_1.consumer.md.j2"
LETTERS = Letters.built_in()


def found_in(folder: Path, words: str, *, name: str = BUSINESS) -> tuple[LetterFinding, ...]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = f'{{% extends "builtin/{name}" %}}\n{{% block suite %}}\n{{{{ super() }}}}\n\n{words}\n{{% endblock %}}'
    path.write_text(text, encoding="utf-8")
    return lint_letters(folder)


HIDDEN = (
    "commissaire de\njustice",
    "commissaire de\u00a0justice",
    "commissaire\u2003de  justice",
    "commissaire de \\\njustice",
    "\n\n> Un commissaire de\n> justice",
    "exécution\nforcée",
    "_huissier_",
    "__Commandement__",
    "hui__ssi__er",
    "huis\u00adsier",
    "huis&shy;sier",
    "huis\u200bsier",
    "huis\ufe0fsier",
    "hui\u0455\u0455ier",
    "ｈｕｉｓｓｉｅｒ",
    "exe\u0301cution force\u0301e",
    "huis[]()sier",
    "huis[](<>)sier",
    'huis{{ "sier" }}',
    'huis{{ "sier" if bic else "" }}',
    r'{{ "hui\x73sier" }}',
    "{% if bic %}huis{% endif %}sier",
    "{% if bic %}huissier{% else %}commis{% endif %}",
    "{% if not bic %}hui{% endif %}[](x)ssier",
    "{% raw %}hui{% endraw %}ssier",
    "{% raw %}{# huissier #}{% endraw %}",
    "hui[ssier](https://a.example)",
    "{% macro m() %}ssier{% endmacro %}hui{{ m() }}",
    '{% set a = "hui" %}{{ a }}ssier',
    '{% set a = "{#" %}\nUn huissier.\n{% set b = "#}" %}',
    "[ici](https://a.example/huissier)",
    "un bailiff",
    "a court\norder",
    "your goods will be seized",
)


@pytest.mark.parametrize("words", HIDDEN)
def test_no_way_of_writing_hides_a_wording(words: str, tmp_path: Path) -> None:
    assert Severity.ERROR in [one.severity for one in found_in(tmp_path, f"Un {words} passera.")]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Soit 40,00 € par facture.", "business_sum_to_consumer"),
        ("Soit 40,00\u00a0euros.", "business_sum_to_consumer"),
        ("Soit 40\u202f€.", "business_sum_to_consumer"),
        ("Soit quarante euros.", "business_sum_to_consumer"),
        ("Article L441\u201110.", "business_sum_to_consumer"),
        ("Article L.\u00a0441 - 10.", "business_sum_to_consumer"),
        ("_pénalités_", "business_sum_to_consumer"),
        ("article\u00a0700", "costs_to_consumer"),
        ("des frais\nde recouvrement", "costs_to_consumer"),
        ("des frais supplémentaires de 25 €", "costs_to_consumer"),
        ("Frais : 12,50 €", "costs_to_consumer"),
    ],
)
def test_what_a_consumer_does_not_owe_is_found(words: str, code: str, tmp_path: Path) -> None:
    assert code in {one.code for one in found_in(tmp_path, words, name=CONSUMER)}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Vos biens seront saisis.", "threatens_enforcement"),
        ("Vos meubles seront vendus aux enchères.", "threatens_enforcement"),
        ("Votre salaire sera prélevé.", "threatens_enforcement"),
        ("Nous bloquerons votre compte.", "threatens_enforcement"),
        ("Votre expulsion suivra.", "threatens_enforcement"),
        ("Un agent passera à votre domicile.", "promises_a_court_date"),
        ("Nous enverrons quelqu’un chez vous.", "promises_a_court_date"),
        ("Vous êtes convoqué devant le tribunal.", "promises_a_court_date"),
        ("Vous serez cité devant le tribunal.", "promises_a_court_date"),
        ("Le juge vous condamnera.", "promises_a_court_date"),
        ("Nous préviendrons votre patron.", "tells_third_parties"),
        ("Nous avertirons votre banque.", "tells_third_parties"),
        ("Nous publierons votre nom.", "tells_third_parties"),
        ("Une inscription au FICP suivra.", "blacklists"),
        ("Vous serez interdit bancaire.", "blacklists"),
    ],
)
def test_what_no_letter_may_say_is_found(words: str, code: str, tmp_path: Path) -> None:
    assert code in {one.code for one in found_in(tmp_path, words)}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Les frais de cette lettre sont à votre charge.", "costs_to_consumer"),
        ("Le coût du recommandé est à votre charge.", "costs_to_consumer"),
        ("Des frais supplémentaires vous seront facturés.", "costs_to_consumer"),
        ("Frais postaux en sus.", "costs_to_consumer"),
        ("Un forfait de gestion vous sera demandé.", "costs_to_consumer"),
        ("Intérêts au taux de 10 %.", "penalty_clause_to_consumer"),
    ],
)
def test_what_is_asked_of_a_consumer_besides_the_debt_is_found(words: str, code: str, tmp_path: Path) -> None:
    assert code in {one.code for one in found_in(tmp_path, words, name=CONSUMER)}


@pytest.mark.parametrize(
    "words",
    [
        "Il reste 12,40 € et 1 140 € et 40,50 €.",
        "Frais de port de 12 € compris.",
        "Le seize novembre, sans frais.",
        "Un commissaire aux comptes.\n\nDe justice, il n'est pas question.",
        "Votre service est juste.",
        "Garantie, warrant agricole.",
        "Aucun frais ne vous est demandé, sauf ceux que le juge mettrait à votre charge.",
        "Contactez votre banque pour faire le virement.",
    ],
)
def test_what_only_looks_like_it_is_no_error(words: str, tmp_path: Path) -> None:
    assert [one for one in found_in(tmp_path, words, name=CONSUMER) if one.severity is Severity.ERROR] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("A court\norder.", "imitates_an_act"),
        ("A _bailiff_ calls.", "threatens_enforcement"),
        ("Bail[]()iff.", "threatens_enforcement"),
        ("Your\u00a0employer.", "tells_third_parties"),
        ("It is €40.00 each.", "business_sum_to_consumer"),
        ("It is forty euros.", "business_sum_to_consumer"),
        ("We are a debt collection agency.", "claims_to_be_a_collector"),
        ("We write on behalf of\nour client.", "claims_to_be_a_collector"),
        ("Your goods will be sold at auction.", "threatens_enforcement"),
        ("Your bank account will be frozen.", "threatens_enforcement"),
        ("An officer will visit your home.", "promises_a_court_date"),
        ("You will go to jail.", "threatens"),
        ("We will tell your customers.", "tells_third_parties"),
        ("A surcharge applies.", "penalty_clause_to_consumer"),
        ("Plus interest at 12%.", "penalty_clause_to_consumer"),
    ],
)
def test_english_letters_are_read_alike(words: str, code: str, tmp_path: Path) -> None:
    assert code in {one.code for one in found_in(tmp_path, words, name=TO_ENGLISH_CONSUMER)}


def test_a_mandated_collector_may_say_so_in_english(tmp_path: Path) -> None:
    found_in(tmp_path, "We are a debt collection agency.", name=ENGLISH)
    told = [one.code for one in lint_letters(tmp_path, is_collector=True) if one.template == ENGLISH]
    assert "claims_to_be_a_collector" not in told


@pytest.mark.parametrize("sum_", ["25 000,00 €", "25\u202f000,00\u00a0€", "12 euros", "EUR 25,000.00", "€ 12"])
def test_a_sum_in_figures_is_told(sum_: str, tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, f"Nous vous prions de régler {sum_} sans attendre.")
    assert (found.code, found.severity, found.line) == ("written_sum", Severity.WARNING, 5)


@pytest.mark.parametrize(
    "words",
    [
        "SARL au capital de 10 000 €",
        "l'indemnité forfaitaire de 40 € (D441-5)",
        "{{ principal }}",
        "100 % en 2026, sous 8 jours, art. 1231",
    ],
)
def test_what_is_no_sum_asked_is_not(words: str, tmp_path: Path) -> None:
    assert found_in(tmp_path, words) == ()


def test_a_finding_bears_the_line_of_its_words_and_the_words_alone(tmp_path: Path) -> None:
    words = "{# un huissier,\nen commentaire #}\n\nUn commissaire de\n  justice.\n"
    (found,) = found_in(tmp_path, words)
    assert (found.template, found.line) == (BUSINESS, 8)
    assert dict(found.inputs)["found"] == "commissaire de justice"


def test_what_shows_only_once_laid_out_names_the_file_of_the_user_once(tmp_path: Path) -> None:
    path = tmp_path / "fr/_lettre.md.j2"
    path.parent.mkdir()
    start = '{% extends "builtin/fr/_lettre.md.j2" %}{% block politesse %}'
    path.write_text(f"{start}Un huis[]()sier passera.{{% endblock %}}", encoding="utf-8")
    assert [(one.code, one.template, one.line) for one in lint_letters(tmp_path)] == [
        ("threatens_enforcement", "fr/_lettre.md.j2", None)
    ]


def test_what_is_written_for_a_collector_alone_is_told_to_nobody(tmp_path: Path) -> None:
    for words, wanted in (
        ('{% if collector_name %}Un {{ "cabinet" }} de recouvrement.{% endif %}', []),
        ("{% if collector_name %}{% if bic %}x{% endif %}Cabinet de recouvrement.{% endif %}", []),
        ('{{ "{% if collector_name %}" }}Cabinet de recouvrement.', ["claims_to_be_a_collector"]),
        ("Cabi[](x)net de recouvrement.", ["claims_to_be_a_collector"]),
    ):
        assert [one.code for one in found_in(tmp_path, words)] == wanted


@pytest.mark.parametrize("document", tuple(promised()), ids=lambda one: f"{one[0].code}-{one[1]}-{one[2]}")
def test_no_packaged_letter_reads_like_one_that_may_not_leave(document: tuple[Language, DocumentKind, Variant]) -> None:
    language, kind, variant = document
    template = LETTERS.template(kind, variant, language.code)
    forbidden = forbidden_in(language, kind, variant, is_collector=False)
    assert list(in_readings(template.readings(), forbidden, (), place="x")) == []


class TestText:
    def test_quotes_begin_no_comment(self) -> None:
        assert uncommented('a{# b\nc #}d\n{{ "{#" }}e{{ "#}" }}') == 'a\nd\n{{ "{#" }}e{{ "#}" }}'

    def test_words_of_two_branches_and_of_one_word_are_both_read(self) -> None:
        assert prose("un{% if a %}deux{% else %} trois{% endif %}") == ("un deux trois", "undeux trois")

    def test_lines_stay_where_they_were(self) -> None:
        (text,) = prose("a\n{% if\nb\n%}\nc {{ d }}\n{# e\n #}\nf")
        lines = text.split("\n")
        assert (lines[0], lines[4].strip(" \0"), lines[7]) == ("a", "c", "f")

    @given(st.text(st.sampled_from("ab é\u00a0\u202f\u00ad\n*_-\u2011’'ﬁ\u0301")))
    def test_reading_keeps_every_line_and_reads_the_same_twice(self, text: str) -> None:
        read = as_read(text)
        assert read.count("\n") == text.count("\n")
        assert as_read(read) == read


@pytest.mark.parametrize("words", ["<b>Gras</b>", '<img src="x">', "Un saut<br/>", '<script type="a">'])
def test_html_is_told_to_be_printed_as_it_is(words: str, tmp_path: Path) -> None:
    assert "html_tag" in {one.code for one in found_in(tmp_path, words)}


@pytest.mark.parametrize("words", ["Voir <https://a.example>.", "<compta@a.example>", "Si a < b, ou b > c."])
def test_what_only_looks_like_a_tag_is_none(words: str, tmp_path: Path) -> None:
    assert "html_tag" not in {one.code for one in found_in(tmp_path, words)}
