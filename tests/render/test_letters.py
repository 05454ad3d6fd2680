"""Overriding one block, one template or a whole folder; what a template may not hold."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import MissingMention, RenderError
from recouvrement.render.documents import render_document
from recouvrement.render.letters import Letters
from recouvrement.render.variants import Variant

Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]


def folder(path: Path, **files: str) -> Path:
    (path / "fr").mkdir(exist_ok=True)
    for name, content in files.items():
        (path / "fr" / f"{name.replace('__', '.')}.md.j2").write_text(content, encoding="utf-8")
    return path


EXTENDED = '{% extends "builtin/fr/reminder_1.business.md.j2" %}\n'


@pytest.fixture
def text_of(sample: Sample, on: date) -> Callable[..., str]:
    def text(path: Path, kind: DocumentKind = DocumentKind.REMINDER_1, variant: Variant = Variant.BUSINESS) -> str:
        action, case, claim = sample(kind, variant)
        return render_document(action, case, claim, on=on, letters=Letters.with_overrides(path)).text

    return text


def test_one_block_may_be_replaced(tmp_path: Path, text_of: Callable[..., str]) -> None:
    block = "{% block politesse %}Cordialement, l'équipe.{% endblock %}"
    text = text_of(folder(tmp_path, reminder_1__business=EXTENDED + block))
    assert "Cordialement, l’équipe.\n\nClaire Durand" in text
    assert "salutations distinguées" not in text
    assert "L441-10" in text


def test_a_block_may_keep_what_it_replaces(tmp_path: Path, text_of: Callable[..., str]) -> None:
    block = "{% block suite %}{{ super() }}\nMerci à {{ debtor_name }}.\n{% endblock %}"
    text = text_of(folder(tmp_path, reminder_1__business=EXTENDED + block))
    assert "réservons nos droits. Merci à Boulangerie Le Fournil." in " ".join(text.split())
    assert "\\" not in text


def test_the_subject_is_a_block_like_the_others(tmp_path: Path, sample: Sample, on: date) -> None:
    block = "{% block objet %}Un mot de {{ creditor_name }}{% endblock %}"
    letters = Letters.with_overrides(folder(tmp_path, reminder_1__business=EXTENDED + block))
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    assert render_document(action, case, claim, on=on, letters=letters).subject == "Un mot de Atelier Durand & Fils"


def test_the_common_layout_may_be_replaced_for_every_letter(tmp_path: Path, text_of: Callable[..., str]) -> None:
    layout = '{% extends "builtin/fr/_lettre.md.j2" %}{% block salutation %}Bonjour,{% endblock %}'
    path = folder(tmp_path, _lettre=layout)
    assert "Bonjour," in text_of(path)
    assert "Bonjour," in text_of(path, DocumentKind.MISE_EN_DEMEURE, Variant.CONSUMER)


def test_a_template_without_variant_wins_over_the_packaged_variants(
    tmp_path: Path, text_of: Callable[..., str]
) -> None:
    path = folder(tmp_path, reminder_1='{% extends "builtin/fr/reminder_1.consumer.md.j2" %}')
    assert "L441-10" not in text_of(path)


def test_a_value_is_never_read_as_a_template(tmp_path: Path, sample: Sample, on: date) -> None:
    block = "{% block suite %}{{ debtor_name }}{% endblock %}"
    letters = Letters.with_overrides(folder(tmp_path, reminder_1__business=EXTENDED + block))
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    debtor = case.debtor.model_validate(dict(case.debtor) | {"name": "{{ creditor_name }}"})
    case = Case.model_validate(dict(case) | {"debtor": debtor})
    text = render_document(action, case, claim, on=on, letters=letters).text
    assert "\n\n{{ creditor_name }}\n\n" in text


@pytest.mark.parametrize(
    ("lost", "mention"),
    [
        ("{% block reglement %}Merci.{% endblock %}", "means of payment"),
        ("{% block contestation %}{% endblock %}", "contact"),
        ("{% block releve %}{% endblock %}", "invoices"),
        ("{% block pied %}{% endblock %}", "creditor identity"),
        ("{% block croisement %}{% endblock %}", "paid in the meantime"),
        ("{% block introduction %}{% endblock %}", "delay"),
    ],
)
def test_an_override_that_loses_a_mention_is_refused(
    lost: str, mention: str, tmp_path: Path, text_of: Callable[..., str]
) -> None:
    path = folder(tmp_path, reminder_1__business=EXTENDED + lost)
    with pytest.raises(MissingMention) as caught:
        text_of(path)
    assert mention in caught.value.found
    assert "reminder_1 (business)" in caught.value.where


def test_a_mise_en_demeure_that_loses_its_iban_is_refused(tmp_path: Path, text_of: Callable[..., str]) -> None:
    source = (
        '{% extends "builtin/fr/mise_en_demeure.business.md.j2" %}'
        "{% block reglement %}Par chèque à l'ordre de {{ creditor_name }}.{% endblock %}"
    )
    with pytest.raises(MissingMention, match="means of payment"):
        text_of(folder(tmp_path, mise_en_demeure__business=source), DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("# {{ debitor_name }}", "fr/reminder_1.business.md.j2, line 1: 'debitor_name' is not a variable of letters"),
        ("# x\n\n{{ principal + total }}", "line 3: it holds an operation"),
        ("# x\n\n{{ principal ~ total }}", "line 3: it holds a concatenation"),
        ("# x\n\n{% if principal == total %}y{% endif %}", "line 3: it holds a comparison"),
        ("# x\n\n{{ debtor_name.upper() }}", "line 3: it calls a method"),
        ("# x\n\n{{ debtor_name | safe }}", "line 3: No filter named 'safe'"),
        ("# x\n\n{% if bic is defined %}y{% endif %}", "line 3: it holds a test"),
        ("# x\n\n{% if bic %}{{ bic | safe }}{% endif %}", "line 3: it holds a filter"),
        ("# x\n\n{% autoescape false %}{{ bic }}{% endautoescape %}", "line 3: it holds an autoescape block"),
        ("# x\n\n{% if %}", "line 3:"),
        ("# x\n\n{% include bic %}", "it extends or includes a name that is computed"),
        ('{% extends "fr/absent.md.j2" %}', "it refers to fr/absent.md.j2, which does not exist"),
        ('{% extends "fr/reminder_1.business.md.j2" %}', "to extend the packaged one, write builtin/fr/reminder_1"),
        ("# Avis avant saisie", "line 1: « saisie » is refused"),
        ("# x\n\nUn huissier passera.", "line 3: « huissier » is refused"),
    ],
)
def test_a_faulty_template_stops_the_run_before_its_first_letter(source: str, found: str, tmp_path: Path) -> None:
    with pytest.raises(RenderError) as caught:
        Letters.with_overrides(folder(tmp_path, reminder_1__business=source))
    assert found in caught.value.found


@pytest.mark.parametrize(
    "words", ["40 € par facture", "article L. 441-10", "une pénalité", "des indemnités", "des frais de relance"]
)
def test_a_consumer_template_may_not_claim_what_a_consumer_does_not_owe(words: str, tmp_path: Path) -> None:
    source = f'{{% extends "builtin/fr/reminder_1.consumer.md.j2" %}}{{% block suite %}}{words}{{% endblock %}}'
    with pytest.raises(RenderError, match="is refused"):
        Letters.with_overrides(folder(tmp_path, reminder_1__consumer=source))
    with pytest.raises(RenderError, match="is refused"):
        Letters.with_overrides(folder(tmp_path, reminder_1=source))


def test_every_fault_of_a_folder_is_named_together(tmp_path: Path) -> None:
    path = folder(tmp_path, reminder_1__business="# {{ un }}", reminder_2__public="# {{ deux }}", rappel="# x")
    with pytest.raises(RenderError) as caught:
        Letters.with_overrides(path)
    assert "'un'" in caught.value.found
    assert "'deux'" in caught.value.found
    assert "fr/rappel.md.j2: no document has this name" in caught.value.found


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="no such folder"):
        Letters.with_overrides(tmp_path / "absent")


def test_a_template_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "fr" / "reminder_1.business.md.j2").write_bytes("# Échéance".encode("latin-1"))
    with pytest.raises(RenderError, match="UTF-8"):
        Letters.with_overrides(tmp_path)


def test_an_unknown_field_of_a_row_stops_the_run_with_template_line_and_field(tmp_path: Path) -> None:
    block = "{% block suite %}\n{% for row in invoice_rows %}\n{{ row.solde }}\n{% endfor %}\n{% endblock %}"
    with pytest.raises(RenderError) as caught:
        Letters.with_overrides(folder(tmp_path, reminder_1__business=EXTENDED + block))
    assert caught.value.found == "fr/reminder_1.business.md.j2, line 4: row has no field 'solde'"


def test_a_list_of_rows_cannot_be_printed_whole(tmp_path: Path) -> None:
    block = "{% block suite %}{{ invoice_rows }}{% endblock %}"
    with pytest.raises(RenderError, match="it prints invoice_rows, which is a list of rows"):
        Letters.with_overrides(folder(tmp_path, reminder_1__business=EXTENDED + block))


def test_a_document_with_two_titles_is_refused_when_templates_are_loaded(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="2 titles"):
        Letters.with_overrides(folder(tmp_path, terminal_note="# Un\n\n# Deux"))


def test_a_title_that_is_empty_for_a_debtor_is_refused(tmp_path: Path, sample: Sample, on: date) -> None:
    letters = Letters.with_overrides(folder(tmp_path, terminal_note="# {{ bic }}{{ mediator }}"))
    action, case, claim = sample(DocumentKind.TERMINAL_NOTE, Variant.BUSINESS)
    creditor = case.creditor.model_validate(dict(case.creditor) | {"bic": None, "mediator": None})
    case = Case.model_validate(dict(case) | {"creditor": creditor})
    with pytest.raises(RenderError, match="titles"):
        render_document(action, case, claim, on=on, letters=letters)


def test_a_comment_may_name_what_the_letter_may_not(tmp_path: Path, text_of: Callable[..., str]) -> None:
    comment = "{# jamais de saisie ni d'huissier #}"
    assert "saisie" not in text_of(folder(tmp_path, reminder_1__business=EXTENDED + comment))


def test_two_templates_that_include_each_other_are_refused(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        _un='{% include "fr/_deux.md.j2" %}',
        _deux='{% include "fr/_un.md.j2" %}',
        terminal_note='# x\n{% include "fr/_un.md.j2" %}',
    )
    with pytest.raises(RenderError, match="leads back to itself"):
        Letters.with_overrides(path)


@pytest.mark.parametrize(
    ("name", "words", "is_refused"),
    [
        ("handover_cover", "La mission est confiée à un commissaire de justice, saisie comprise.", False),
        ("order_to_pay_sheet", "Signification par commissaire de justice.", False),
        ("claim_declaration", "Le tribunal est saisi d'une assignation.", False),
        ("last_notice.business", "Un huissier se présentera.", True),
        ("last_notice.consumer", "S'y ajoutent des frais de recouvrement.", True),
        ("reminder_3.public", "Dernier avis avant poursuites.", True),
        ("sms", "Ceci est une sommation.", True),
        ("statement_of_account", "La police sera prévenue.", True),
        ("plan_agreement.consumer", "Une pénalité est due.", True),
        ("dispute_acknowledgement", "Une indemnité vous sera demandée.", True),
    ],
)
def test_only_what_professionals_read_may_name_acts_and_officers(
    name: str, words: str, *, is_refused: bool, tmp_path: Path
) -> None:
    block = "{% block objet %}" + words + "{% endblock %}"
    path = folder(tmp_path, **{name.replace(".", "__"): f'{{% extends "builtin/fr/{name}.md.j2" %}}{block}'})
    if not is_refused:
        Letters.with_overrides(path)
        return
    with pytest.raises(RenderError, match="is refused"):
        Letters.with_overrides(path)
