"""Letters of a mandated collector: the five mentions of CPCE art. R124-4, and none of them from a creditor."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from recouvrement.domain.address import PostalAddress
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.parties import Collector
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.errors import MissingMention
from recouvrement.render.documents import Document, render_document
from recouvrement.render.facts import DEMANDS
from recouvrement.render.letters import Letters
from recouvrement.render.page import shown_text
from recouvrement.render.variants import Variant
from support.readable import Readable

Model = TypeVar("Model", bound=Readable)
Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]

# Not the words of the law: those are the host's to copy from the official source.
STATUTE = "Premier alinéa reproduit, copié de la source officielle.\nSecond alinéa reproduit de même."

COLLECTOR = Collector(
    name="Recouvrement de l’Ouest",
    legal_form="SAS",
    siren="000456780",
    registry_city="Rennes",
    address=PostalAddress(street="1 rue de la Monnaie", postal_code="35000", city="Rennes"),
    email="dossiers@recouvrement-ouest.example",
    phone="02 61 91 55 66",
    signatory="Luc Hamon",
    signatory_title="Directeur",
    mandate_reference="M-2026-41",
    statute_text=STATUTE,
    statute_read_on=date(2026, 11, 2),
)


def rebuilt(value: Model, **changes: object) -> Model:
    return type(value).model_validate(dict(value) | changes)


def flat(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def by_collector(
    made: tuple[Action, Case, Claim], letters: Letters, on: date, collector: Collector = COLLECTOR
) -> Document:
    action, case, claim = made
    case = rebuilt(case, creditor=rebuilt(case.creditor, collector=collector))
    return render_document(action, case, claim, on=on, letters=letters)


@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.parametrize("kind", sorted(DEMANDS))
def test_every_demand_bears_the_five_mentions(
    kind: DocumentKind, variant: Variant, sample: Sample, letters: Letters, on: date
) -> None:
    document = by_collector(sample(kind, variant), letters, on)
    for text in (flat(document.text), flat(shown_text(document.html))):
        # 1: who recovers; 2: for whom; 4: how to pay; 5: the statute
        assert "Recouvrement de l’Ouest, SAS, 000 456 780 RCS Rennes, 1 RUE DE LA MONNAIE, 35000 RENNES" in text
        assert "exerce une activité de recouvrement amiable" in text
        assert "au nom et pour le compte de Atelier Durand & Fils" in text
        assert "12 RUE DES CARMES, 44000 NANTES" in text
        assert "FR76 3000 6000 0112 3456 7890 189" in text
        assert "alinéas 2 et 3 (texte relevé le 2 novembre 2026)" in text
        assert flat(STATUTE) in text
        assert "(référence M-2026-41)" in text
    # 3: the sum, of which nothing is a cost of recovery left on the creditor
    assert "honoraires" not in document.text


def test_the_collector_signs_and_answers(sample: Sample, letters: Letters, on: date) -> None:
    text = flat(by_collector(sample(DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS), letters, on).text)
    assert text.endswith("Luc Hamon Directeur Recouvrement de l’Ouest")
    assert text.startswith("Recouvrement de l’Ouest SAS, 000 456 780 RCS Rennes 1 RUE DE LA MONNAIE 35000 RENNES")
    assert "Rennes, le 23 novembre 2026" in text
    assert "dossiers@recouvrement-ouest.example" in text
    assert "compta@atelier-durand.example" not in text


def test_the_account_of_the_collector_is_used_when_it_has_one(sample: Sample, letters: Letters, on: date) -> None:
    own = rebuilt(COLLECTOR, iban="FR1420041010050500013M02606")
    text = flat(by_collector(sample(DocumentKind.REMINDER_1, Variant.CONSUMER), letters, on, own).text)
    assert "FR14 2004 1010 0505 0001 3M02 606" in text
    assert "FR76" not in text
    assert "AGRIFRPP" not in text, "the BIC of another account"
    assert "Bénéficiaire : Recouvrement de l’Ouest" in text


@pytest.mark.parametrize("kind", [DocumentKind.PLAN_AGREEMENT, DocumentKind.CLAIM_DECLARATION])
def test_the_creditor_itself_is_party_to_a_deed_and_declares_its_claim(
    kind: DocumentKind, sample: Sample, letters: Letters, on: date
) -> None:
    text = flat(by_collector(sample(kind, Variant.BUSINESS), letters, on).text)
    assert "Claire Durand" in text
    assert "Recouvrement de l’Ouest" not in text


@pytest.mark.parametrize("kind", sorted(DEMANDS))
def test_without_the_statute_a_demand_is_refused(
    kind: DocumentKind, sample: Sample, letters: Letters, on: date
) -> None:
    bare = rebuilt(COLLECTOR, statute_text=None)
    with pytest.raises(MissingMention, match=r"creditor\.collector\.statute_text is not set"):
        by_collector(sample(kind, Variant.BUSINESS), letters, on, bare)


def test_without_the_address_of_the_creditor_a_demand_is_refused(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    homeless = rebuilt(case, creditor=rebuilt(case.creditor, address=None, collector=COLLECTOR))
    with pytest.raises(MissingMention, match=r"creditor\.address is not set"):
        render_document(action, homeless, claim, on=on, letters=letters)


@pytest.mark.parametrize("block", ["mandat", "texte_legal"])
def test_an_override_that_loses_a_mention_is_refused_to_a_collector_only(
    block: str, tmp_path: Path, sample: Sample, on: date
) -> None:
    (tmp_path / "fr").mkdir()
    source = f'{{% extends "builtin/fr/reminder_1.business.md.j2" %}}{{% block {block} %}}{{% endblock %}}'
    (tmp_path / "fr" / "reminder_1.business.md.j2").write_text(source, encoding="utf-8")
    letters = Letters.with_overrides(tmp_path)
    made = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    render_document(*made, on=on, letters=letters)
    with pytest.raises(MissingMention, match="mandated collector"):
        by_collector(made, letters, on)


@pytest.mark.parametrize("kind", sorted(DEMANDS))
def test_a_creditor_never_claims_to_carry_on_recovery(
    kind: DocumentKind, sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(kind, Variant.BUSINESS)
    text = render_document(action, case, claim, on=on, letters=letters).text
    assert "recouvrement amiable" not in text
    assert "L111-8" not in text


def test_a_text_message_says_for_whom_it_is_sent(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.SMS, Variant.BUSINESS)
    assert action.channel is Channel.SMS
    text = by_collector((action, case, claim), letters, on).text
    assert text.startswith("Recouvrement de l'Ouest pour Atelier Durand & Fils : ")
    assert "02 61 91 55 66" in text
