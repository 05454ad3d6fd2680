"""What each document must carry."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.errors import MissingMention, RenderError
from recouvrement.render.documents import render_document
from recouvrement.render.facts import requirements
from recouvrement.render.letters import Letters
from recouvrement.render.mentions import MENTIONS, mentions
from recouvrement.render.variants import Variant
from support.readable import Readable
from support.requests import OPENED

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


@pytest.mark.parametrize(
    ("kind", "lost", "mention"),
    [
        (DocumentKind.SMS, "{% block message %}{{ sms_creditor }}, merci.{% endblock %}", "creditor, amount"),
        (DocumentKind.STATEMENT_OF_ACCOUNT, "{% block suite %}{% endblock %}", "asks nothing"),
        (DocumentKind.STATEMENT_OF_ACCOUNT, "{% block releve %}{% endblock %}", "movements of the account"),
        (DocumentKind.DISPUTE_ACKNOWLEDGEMENT, "{% block suite %}{% endblock %}", "nothing is admitted"),
        (DocumentKind.DISPUTE_ACKNOWLEDGEMENT, "{% block demande %}{% endblock %}", "dunning suspended"),
        (DocumentKind.PROMISE_CONFIRMATION, "{% block introduction %}{% endblock %}", "promise: its day"),
        (DocumentKind.BROKEN_PROMISE, "{% block introduction %}{% endblock %}", "what was promised"),
        (DocumentKind.RECEIPT, "{% block introduction %}{% endblock %}", "payment received"),
        (DocumentKind.RECEIPT, "{% block suite %}{% endblock %}", "interest reserved"),
        (DocumentKind.RECEIPT, "{% block demande %}{% endblock %}", "invoices the payment went to, and what is left"),
        (DocumentKind.HANDOVER_COVER, "{% block delais %}{% endblock %}", "deadlines"),
        (DocumentKind.HANDOVER_COVER, "{% block pieces %}{% endblock %}", "exhibits"),
        (DocumentKind.ORDER_TO_PAY_SHEET, "{% block avertissement %}{% endblock %}", "not the request itself"),
        (DocumentKind.CLAIM_DECLARATION, "{% block demande %}{% endblock %}", "certified as sincere"),
        (DocumentKind.CLAIM_DECLARATION, "{% block releve %}{% endblock %}", "debts due and to come"),
        (DocumentKind.CLAIM_DECLARATION, "{% block references %}{% endblock %}", "insolvency proceedings"),
    ],
)
def test_a_document_asked_for_that_loses_what_it_is_about_is_refused(
    kind: DocumentKind, lost: str, mention: str, *, tmp_path: Path, sample: Sample, on: date
) -> None:
    with pytest.raises(MissingMention) as caught:
        _overridden(kind.value, lost, tmp_path, sample(kind, Variant.BUSINESS), on)
    assert mention in caught.value.found


@pytest.mark.parametrize(
    ("kind", "variant", "lost", "mention"),
    [
        (DocumentKind.LAST_NOTICE, "consumer", "{% block suite %}{% endblock %}", "next step and its day"),
        (DocumentKind.LAST_NOTICE, "business", "{% block suite %}{% endblock %}", "next step and its day"),
        (DocumentKind.REMINDER_3, "business", "{% block demande %}{% endblock %}", "date of payment"),
        (DocumentKind.DECOMPTE_ANNEX, "consumer", "{% block decompte %}{% endblock %}", "interest: rate"),
        (DocumentKind.PLAN_AGREEMENT, "business", "{% block mention %}{% endblock %}", "mention the debtor writes"),
        (DocumentKind.PLAN_AGREEMENT, "business", "{% block novation %}{% endblock %}", "no novation"),
        (DocumentKind.PLAN_AGREEMENT, "consumer", "{% block signature %}{% endblock %}", "both signatures"),
        (DocumentKind.PLAN_AGREEMENT, "consumer", "{% block reconnaissance %}{% endblock %}", "acknowledgement of"),
        (DocumentKind.PLAN_PROPOSAL, "business", "{% block suite %}{% endblock %}", "binds nobody yet"),
    ],
)
def test_a_variant_that_loses_what_it_is_about_is_refused(
    kind: DocumentKind, variant: str, lost: str, mention: str, *, tmp_path: Path, sample: Sample, on: date
) -> None:
    with pytest.raises(MissingMention) as caught:
        _overridden(f"{kind.value}.{variant}", lost, tmp_path, sample(kind, Variant(variant)), on)
    assert mention in caught.value.found


def _overridden(name: str, lost: str, folder: Path, made: tuple[Action, Case, Claim], on: date) -> None:
    (folder / "fr").mkdir()
    source = f'{{% extends "builtin/fr/{name}.md.j2" %}}{lost}'
    (folder / "fr" / f"{name}.md.j2").write_text(source, encoding="utf-8")
    render_document(*made, on=on, letters=Letters.with_overrides(folder))


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (DocumentKind.REMINDER_3, "action.pay_by"),
        (DocumentKind.LAST_NOTICE, "creditor.signatory"),
        (DocumentKind.PLAN_AGREEMENT, "debtor.address"),
        (DocumentKind.PLAN_DEFAULT_NOTICE, "creditor.iban"),
        (DocumentKind.ORDER_TO_PAY_SHEET, "creditor.siren"),
        (DocumentKind.CLAIM_DECLARATION, "creditor.signatory"),
        (DocumentKind.CLAIM_DECLARATION, "insolvency.agent"),
        (DocumentKind.CLAIM_DECLARATION, "insolvency.agent_address"),
    ],
)
def test_a_document_without_one_of_its_facts_is_refused(
    kind: DocumentKind, path: str, sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(kind, Variant.BUSINESS)
    party, field = path.split(".")
    match party:
        case "creditor":
            case = rebuilt(case, creditor=rebuilt(case.creditor, **{field: None}))
        case "debtor":
            case = rebuilt(case, debtor=rebuilt(case.debtor, **{field: None}))
        case "insolvency":
            bare = rebuilt(OPENED, insolvency=rebuilt(OPENED.insolvency, **{field: None}))
            case = rebuilt(case, history=tuple(bare if event.id == OPENED.id else event for event in case.history))
        case _:
            action = rebuilt(action, **{field: None})
    with pytest.raises(MissingMention) as caught:
        render_document(action, case, claim, on=on, letters=letters)
    assert f"{path} is not set" in caught.value.found


@pytest.mark.parametrize("kind", [DocumentKind.CLAIM_DECLARATION, DocumentKind.ORDER_TO_PAY_SHEET])
def test_proceedings_closed_to_public_bodies_have_no_document(
    kind: DocumentKind, sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(kind, Variant.BUSINESS)
    public = rebuilt(case, debtor=rebuilt(case.debtor, kind=DebtorKind.PUBLIC))
    with pytest.raises(RenderError, match="public body"):
        render_document(action, public, claim, on=on, letters=letters)


@pytest.mark.parametrize(
    ("variant", "outcome"),
    [(Variant.BUSINESS, "human_decision"), (Variant.BUSINESS, "write_off"), (Variant.PUBLIC, "injonction_de_payer")],
)
def test_a_last_notice_announces_a_real_step_only(
    variant: Variant, outcome: str, sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(DocumentKind.LAST_NOTICE, variant)
    with pytest.raises(RenderError, match=f"{outcome} may not be announced"):
        render_document(rebuilt(action, outcome=outcome), case, claim, on=on, letters=letters)


def test_a_plan_for_more_than_is_owed_is_refused(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.PLAN_AGREEMENT, Variant.CONSUMER)
    dearer = tuple(
        rebuilt(one, parts=(*one.parts, *one.parts)) if one.code == "about_plan" else one for one in action.reasons
    )
    with pytest.raises(RenderError, match=r"come to 22500\.00 EUR, and 11250\.00 EUR is owed"):
        render_document(rebuilt(action, reasons=dearer), case, claim, on=on, letters=letters)


@pytest.mark.parametrize(
    "kind", [DocumentKind.RECEIPT, DocumentKind.DISPUTE_ACKNOWLEDGEMENT, DocumentKind.PLAN_PROPOSAL]
)
def test_an_action_nobody_asked_for_is_refused(kind: DocumentKind, sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(kind, Variant.BUSINESS)
    with pytest.raises(RenderError, match="no reason about_"):
        render_document(rebuilt(action, reasons=()), case, claim, on=on, letters=letters)


def test_a_document_leaves_by_its_own_channel(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.SMS, Variant.BUSINESS)
    with pytest.raises(RenderError, match="to leave by email"):
        render_document(rebuilt(action, channel=Channel.EMAIL), case, claim, on=on, letters=letters)
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    with pytest.raises(RenderError, match="to leave by sms"):
        render_document(rebuilt(action, channel=Channel.SMS), case, claim, on=on, letters=letters)
