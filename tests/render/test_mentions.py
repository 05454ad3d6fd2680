"""What each document must carry."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.errors import MissingMention
from recouvrement.render.documents import render_document
from recouvrement.render.facts import requirements
from recouvrement.render.letters import Letters
from recouvrement.render.mentions import MENTIONS, mentions
from recouvrement.render.variants import Variant
from support.readable import Readable

Model = TypeVar("Model", bound=Readable)
Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]


def rebuilt(value: Model, **changes: object) -> Model:
    return type(value).model_validate(dict(value) | changes)


def test_every_kind_and_variant_has_its_mentions() -> None:
    assert set(MENTIONS) == {(kind, variant) for kind in DocumentKind for variant in Variant}
    for kind, variant in MENTIONS:
        names = [mention.name for mention in mentions(kind, variant, Channel.EMAIL)]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "path",
    ["creditor.iban", "creditor.siren", "creditor.address", "creditor.signatory", "debtor.address", "action.pay_by"],
)
@pytest.mark.parametrize("variant", list(Variant))
def test_a_mise_en_demeure_without_one_of_its_facts_is_refused(
    path: str, variant: Variant, sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(DocumentKind.MISE_EN_DEMEURE, variant)
    party, field = path.split(".")
    match party:
        case "creditor":
            case = rebuilt(case, creditor=rebuilt(case.creditor, **{field: None}))
        case "debtor":
            case = rebuilt(case, debtor=rebuilt(case.debtor, **{field: None}))
        case _:
            action = rebuilt(action, **{field: None})
    with pytest.raises(MissingMention) as caught:
        render_document(action, case, claim, on=on, letters=letters)
    assert f"{path} is not set" in caught.value.found


@pytest.mark.parametrize(
    "kind",
    [
        DocumentKind.COURTESY_NOTICE,
        DocumentKind.REMINDER_1,
        DocumentKind.REMINDER_2,
        DocumentKind.REMINDER_LETTER,
        DocumentKind.MISE_EN_DEMEURE,
    ],
)
def test_a_debtor_can_always_answer(kind: DocumentKind, sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(kind, Variant.BUSINESS)
    silent = rebuilt(case, creditor=rebuilt(case.creditor, email=None, phone=None))
    with pytest.raises(MissingMention, match=r"creditor\.email is not set"):
        render_document(action, silent, claim, on=on, letters=letters)
    by_phone = rebuilt(case, creditor=rebuilt(case.creditor, email=None))
    assert "par téléphone au 01" in render_document(action, by_phone, claim, on=on, letters=letters).text.replace(
        "\u00a0", " "
    ).replace("\n", " ")


def test_a_creditor_who_is_a_private_person_has_no_siren(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.MISE_EN_DEMEURE, Variant.CONSUMER)
    creditor = rebuilt(
        case.creditor, siren=None, registry_city=None, capital=None, legal_form=None, is_natural_person=True
    )
    document = render_document(action, rebuilt(case, creditor=creditor), claim, on=on, letters=letters)
    assert "RCS" not in document.text


def test_a_letter_on_paper_needs_both_addresses() -> None:
    for kind in DocumentKind:
        asked = {requirement.path for requirement in requirements(kind, Channel.POST)}
        assert {"creditor.address", "debtor.address"} <= asked


def test_optional_lines_disappear_cleanly(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.MISE_EN_DEMEURE, Variant.CONSUMER)
    creditor = rebuilt(
        case.creditor, bic=None, mediator=None, capital=None, registry_city=None, signatory_title=None, phone=None
    )
    document = render_document(action, rebuilt(case, creditor=creditor), claim, on=on, letters=letters)
    for absent in ("BIC", "médiateur", "capital", "RCS", "Gérante", "Téléphone", "None", " ,", "()"):
        assert absent not in document.text
    assert "\n\n\n" not in document.text


@pytest.mark.parametrize(
    ("kind", "lost", "mention"),
    [
        (DocumentKind.THANK_YOU, "{% block releve %}Merci.{% endblock %}", "settled invoices"),
        (DocumentKind.THANK_YOU, "{% block introduction %}Bonjour.{% endblock %}", "words of thanks"),
        (DocumentKind.THANK_YOU, "{% block contestation %}{% endblock %}", "contact"),
        (DocumentKind.DELIVERY_SUSPENSION, "{% block releve %}{% endblock %}", "invoices"),
        (DocumentKind.DELIVERY_SUSPENSION, "{% block introduction %}{% endblock %}", "delay"),
        (DocumentKind.STAFF_ALERT, "{% block alertes %}{% endblock %}", "facts and what to do"),
    ],
)
def test_a_document_that_loses_what_it_is_about_is_refused(
    kind: DocumentKind, lost: str, mention: str, *, tmp_path: Path, sample: Sample, on: date
) -> None:
    (tmp_path / "fr").mkdir()
    source = f'{{% extends "builtin/fr/{kind.value}.md.j2" %}}{lost}'
    (tmp_path / "fr" / f"{kind.value}.md.j2").write_text(source, encoding="utf-8")
    action, case, claim = sample(kind, Variant.BUSINESS)
    with pytest.raises(MissingMention) as caught:
        render_document(action, case, claim, on=on, letters=Letters.with_overrides(tmp_path))
    assert mention in caught.value.found
