"""Letters of a mandated collector: the five mentions of CPCE art. R124-4, and none of them from a creditor."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

import recouvrement.render
from recouvrement.adapters.pdf import Typesetter
from recouvrement.domain.address import PostalAddress
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.events import ActionCancelled, ActionPlanned, HistoryEvent
from recouvrement.domain.parties import Collector
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.errors import MissingMention
from recouvrement.render.documents import Document, render_document
from recouvrement.render.first_letters import DEMANDS, RECALLS
from recouvrement.render.letters import Letters
from recouvrement.render.page import shown_text
from recouvrement.render.pdf_source import pdf_source
from recouvrement.render.variants import Variant, variant_of
from support.pdf_pages import text_of
from support.readable import Readable

from .conftest import build

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


SHOWS_ITS_BASIS = DEMANDS
"""Those whose sample names what its invoices are for."""


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
        assert "Nous agissons pour le compte du créancier, Atelier Durand & Fils, SARL" in text
        assert "12 RUE DES CARMES, 44000 NANTES" in text
        assert "FR76 3000 6000 0112 3456 7890 189" in text
        assert "alinéas 2 et 3 (texte relevé le 2 novembre 2026)" in text
        assert flat(STATUTE) in text
        assert "(référence M-2026-41)" in text
        # 3: what the sum is for; nothing of it is a cost of recovery left on the creditor
        if kind in SHOWS_ITS_BASIS:
            assert "F2026-118 : commande BC-2026-77" in text
            assert text.count("F2026-125 : Agencement du magasin, lot menuiserie") == 1
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


def after_a_first_letter(made: tuple[Action, Case, Claim], *events: HistoryEvent) -> tuple[Action, Case, Claim]:
    """The same document, after a reminder of the 2nd and a letter of the 16th about the same invoices."""
    action, case, claim = made
    _, like, _ = build(DocumentKind.REMINDER_1, variant_of(case.debtor.kind))
    first = tuple(one for one in like.history if one.id in {"E1", "E2", "E3"})
    others = tuple(one for one in case.history if one.id not in {"E1", "E2", "E3"})
    return action, rebuilt(case, history=(*others, *first, *events)), claim


@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.parametrize("kind", sorted(RECALLS - {DocumentKind.REMINDER_1}))
def test_every_later_step_recalls_the_references_and_the_date_of_the_first_letter(
    kind: DocumentKind, variant: Variant, letters: Letters, on: date
) -> None:
    made = after_a_first_letter(build(kind, variant))
    client = made[1].debtor.id
    document = by_collector(made, letters, on)
    for text in (flat(document.text), flat(shown_text(document.html)), flat(document.markdown)):
        assert f"otre première lettre : référence client {client}, 2 factures, du 2 novembre 2026." in text


def test_a_caller_is_given_the_words_that_recall_the_first_letter(letters: Letters, on: date) -> None:
    text = flat(by_collector(after_a_first_letter(build(DocumentKind.CALL_SCRIPT, Variant.BUSINESS)), letters, on).text)
    said = "« Je vous rappelle notre première lettre : référence client 411LEFOURNIL, 2 factures, du 2 novembre 2026. »"
    assert said in text
    assert text.index("Suis-je bien en relation avec") < text.index(said), "the debt was named before the identity"


def test_the_first_letter_recalls_none(letters: Letters, on: date) -> None:
    made = after_a_first_letter(build(DocumentKind.REMINDER_1, Variant.BUSINESS))
    assert made[0].id == "A-reminder_1"
    assert "première lettre" not in by_collector(made, letters, on).text


def test_a_creditor_recalls_no_letter(letters: Letters, on: date) -> None:
    for kind in sorted(RECALLS):
        action, case, claim = after_a_first_letter(build(kind, Variant.BUSINESS))
        assert "première lettre" not in render_document(action, case, claim, on=on, letters=letters).text


@pytest.mark.parametrize(
    ("gone", "added", "expected"),
    [
        pytest.param(set(), (), "du 2 novembre 2026", id="as delivered"),
        pytest.param({"E2"}, (), "du 1er novembre 2026", id="as handed to its channel"),
        pytest.param(
            set(),
            (ActionCancelled(id="E9", effective_on=date(2026, 11, 3), action_id="A-reminder_1", note="rejeté"),),
            "du 16 novembre 2026",
            id="one that did not leave is none",
        ),
        pytest.param({"E1", "E2", "E3"}, (), "", id="nothing before"),
    ],
)
def test_the_first_letter_is_the_earliest_that_left(
    gone: set[str], added: tuple[HistoryEvent, ...], expected: str, *, letters: Letters, on: date
) -> None:
    action, case, claim = build(DocumentKind.LAST_NOTICE, Variant.BUSINESS)
    _, like, _ = build(DocumentKind.REMINDER_1, Variant.BUSINESS)
    kept = [
        rebuilt(one, effective_on=date(2026, 11, 1)) if one.id == "E1" else one
        for one in like.history
        if one.id in {"E1", "E2", "E3"} - gone
    ]
    others = [one for one in case.history if one.id not in {"E1", "E2", "E3"}]
    text = flat(by_collector((action, rebuilt(case, history=(*others, *kept, *added)), claim), letters, on).text)
    assert (f"2 factures, {expected}." in text) if expected else "première lettre" not in text


@pytest.mark.parametrize(
    ("document", "listed", "left"),
    [
        pytest.param(DocumentKind.COURTESY_NOTICE, ("F2026-118",), date(2026, 11, 2), id="it asks for nothing"),
        pytest.param(DocumentKind.SMS, ("F2026-118",), date(2026, 11, 2), id="a text message is no letter"),
        pytest.param(DocumentKind.REMINDER_1, ("F2026-999",), date(2026, 11, 2), id="of another debt"),
        pytest.param(DocumentKind.REMINDER_1, ("F2026-118",), date(2026, 11, 23), id="of the same day"),
    ],
)
def test_what_is_not_a_first_letter_is_not_recalled(
    document: DocumentKind, listed: tuple[str, ...], left: date, *, letters: Letters, on: date
) -> None:
    action, case, claim = build(DocumentKind.REMINDER_2, Variant.BUSINESS)
    channel = Channel.SMS if document is DocumentKind.SMS else Channel.EMAIL
    earlier = rebuilt(action, id="A-0", document=document, channel=channel, listed=listed)
    case = rebuilt(case, history=(ActionPlanned(id="E1", effective_on=left, action=earlier),))
    assert "première lettre" not in by_collector((action, case, claim), letters, on).text


def test_a_first_letter_about_one_invoice_names_it(letters: Letters, on: date) -> None:
    action, case, claim = build(DocumentKind.REMINDER_2, Variant.BUSINESS)
    earlier = rebuilt(action, id="A-0", document=DocumentKind.REMINDER_1, listed=("F2026-118",))
    case = rebuilt(case, history=(ActionPlanned(id="E1", effective_on=date(2026, 11, 2), action=earlier),))
    text = flat(by_collector((action, case, claim), letters, on).text)
    assert "référence client 411LEFOURNIL, facture F2026-118, du 2 novembre 2026." in text


@pytest.mark.parametrize(("kind", "block"), [(DocumentKind.REMINDER_2, "mandat"), (DocumentKind.CALL_SCRIPT, "motif")])
def test_an_override_that_loses_the_first_letter_is_refused(
    kind: DocumentKind, block: str, *, tmp_path: Path, on: date
) -> None:
    (tmp_path / "fr").mkdir()
    name = "reminder_2.business" if kind is DocumentKind.REMINDER_2 else kind.value
    source = f'{{% extends "builtin/fr/{name}.md.j2" %}}{{% block {block} %}}{{% endblock %}}'
    (tmp_path / "fr" / f"{name}.md.j2").write_text(source, encoding="utf-8")
    made = after_a_first_letter(build(kind, Variant.BUSINESS))
    with pytest.raises(MissingMention, match="references and date of the first letter is missing"):
        by_collector(made, Letters.with_overrides(tmp_path), on)


def test_an_override_that_loses_the_basis_of_the_claim_is_refused(tmp_path: Path, sample: Sample, on: date) -> None:
    (tmp_path / "fr").mkdir()
    source = '{% extends "builtin/fr/reminder_1.business.md.j2" %}{% block origine %}{% endblock %}'
    (tmp_path / "fr" / "reminder_1.business.md.j2").write_text(source, encoding="utf-8")
    made = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    with pytest.raises(MissingMention, match=r"mandated collector: .* is missing \(« commande BC-2026-77 », "):
        by_collector(made, Letters.with_overrides(tmp_path), on)


def test_a_creditor_s_reminder_does_not_print_the_basis(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    assert "Origine" not in render_document(action, case, claim, on=on, letters=letters).text


OF_THE_CREDITOR = [
    (DocumentKind.MISE_EN_DEMEURE, Variant.CONSUMER, "La somme de 11 250,00 € reste due à Atelier Durand & Fils, avec"),
    (DocumentKind.MISE_EN_DEMEURE, Variant.CONSUMER, "le créancier pourra demander le paiement en justice"),
    (DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS, "le créancier pourra, sans nouvel avis, demander en justice"),
    (DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS, "Nous vous mettons en demeure de payer la somme"),
    (DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS, "Tous les droits du créancier sont réservés, notamment ceux qu"),
    (DocumentKind.MISE_EN_DEMEURE, Variant.PUBLIC, "le créancier pourra, sans nouvel avis, demander en justice"),
    (DocumentKind.LAST_NOTICE, Variant.CONSUMER, "La somme de 11 250,00 € reste due à Atelier Durand & Fils, avec"),
    (
        DocumentKind.LAST_NOTICE,
        Variant.CONSUMER,
        "le créancier engagera à compter du 5 décembre 2026 la démarche suivante",
    ),
    (
        DocumentKind.LAST_NOTICE,
        Variant.BUSINESS,
        "le créancier engagera à compter du 5 décembre 2026 la démarche suivante",
    ),
    (
        DocumentKind.LAST_NOTICE,
        Variant.PUBLIC,
        "le créancier engagera à compter du 5 décembre 2026 la démarche suivante",
    ),
    (DocumentKind.STATEMENT_OF_ACCOUNT, Variant.BUSINESS, "dans les livres du créancier, Atelier Durand & Fils, au 23"),
    (DocumentKind.THANK_YOU, Variant.BUSINESS, "désormais soldé dans les livres du créancier, Atelier Durand & Fils."),
]
AS_THE_CREDITOR = ("nous reste due", "nos livres", "nous engagerons", "nous pourrons", "de nous payer", "notre conseil")


@pytest.mark.parametrize(("kind", "variant", "said"), OF_THE_CREDITOR)
def test_a_collector_does_not_speak_as_the_creditor(
    kind: DocumentKind, variant: Variant, said: str, *, sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(kind, variant)
    text = flat(by_collector((action, case, claim), letters, on).text)
    assert said in text
    for words in AS_THE_CREDITOR:
        assert words not in text
    own = flat(render_document(action, case, claim, on=on, letters=letters).text)
    assert said not in own
    assert any(words in own for words in AS_THE_CREDITOR)


def test_the_creditor_hands_its_file_to_its_own_lawyer(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.LAST_NOTICE, Variant.BUSINESS)
    handed = rebuilt(action, outcome="hand_over")
    assert "la remise du dossier à son conseil" in flat(by_collector((handed, case, claim), letters, on).text)
    own = flat(render_document(handed, case, claim, on=on, letters=letters).text)
    assert "la remise du dossier à notre conseil" in own


def test_no_name_follows_a_word_that_would_be_elided() -> None:
    folder = Path(recouvrement.render.__file__).parent / "templates" / "fr"
    elided = re.compile(r"\b(?:de|que|jusque|lorsque) \{\{ ?(?:creditor|collector|debtor)_name")
    found = [path.name for path in sorted(folder.glob("*.j2")) if elided.search(path.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize("variant", list(Variant))
def test_the_pdf_says_the_same(variant: Variant, letters: Letters, on: date) -> None:
    action, case, claim = after_a_first_letter(build(DocumentKind.LAST_NOTICE, variant))
    document = by_collector((action, case, claim), letters, on)
    mandating = rebuilt(case, creditor=rebuilt(case.creditor, collector=COLLECTOR))
    with Typesetter() as typesetter:
        text = flat(text_of(typesetter.pdf(pdf_source(document, action, mandating, claim, on=on))))
    recalled = f"Notre première lettre : référence client {case.debtor.id}, 2 factures, du 2 novembre 2026."
    assert recalled in text
    assert "Agencement du magasin, lot menuiserie" in text
    assert "pour le compte du créancier, Atelier Durand & Fils" in text


def test_whoever_calls_for_a_collector_says_so(letters: Letters, on: date) -> None:
    """The caller names itself, then the creditor (letters.md 2.3)."""
    text = flat(by_collector(build(DocumentKind.CALL_SCRIPT, Variant.CONSUMER), letters, on).text)
    assert "je m’appelle … (Recouvrement de l’Ouest) et je vous appelle pour Atelier Durand" in text
