"""Notes to the staff: each fact is told with its figures and what to do."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.events import PlanAgreed
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.vocabulary import DocumentKind, StopKind
from recouvrement.errors import RenderError
from recouvrement.render.alerts import STOPS
from recouvrement.render.documents import Document, render_document
from recouvrement.render.letters import Letters
from recouvrement.render.staff_names import DOCUMENTS, OUTCOMES
from recouvrement.render.variants import Variant
from recouvrement.scenario.model import Outcome
from support.readable import Readable

Model = TypeVar("Model", bound=Readable)
Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]
Told = Callable[..., Document]


def rebuilt(value: Model, **changes: object) -> Model:
    return type(value).model_validate(dict(value) | changes)


@pytest.fixture
def told(sample: Sample, letters: Letters, on: date) -> Told:
    def tell(code: str, **inputs: object) -> Document:
        action, case, claim = sample(DocumentKind.STAFF_ALERT, Variant.BUSINESS)
        action = rebuilt(action, reasons=(Reason.of(code, Authority.FACT, inputs),))
        return render_document(action, case, claim, on=on, letters=letters)

    return tell


def words(document: Document) -> str:
    return " ".join(document.text.split()).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_broken_promise_tells_what_was_promised_what_came_and_what_is_missing(told: Told) -> None:
    document = told(
        "promise_broken",
        stop_id="PROMESSE-1",
        pay_by=date(2026, 11, 20),
        amount=Money.of("1250.00", "EUR"),
        received=Money.of("400.00", "EUR"),
    )
    assert "1 250,00 € promis au plus tard le 20 novembre 2026 ; 400,00 € reçus ; il manque 850,00 €" in words(document)
    assert "La relance reprend d’elle-même" in words(document)
    assert document.subject == "Alerte – Promesse de paiement non tenue, Boulangerie Le Fournil"


def test_a_promise_of_the_whole_tells_what_came_without_guessing_what_is_missing(told: Told) -> None:
    text = words(told("promise_broken", stop_id="P-9", pay_by=date(2026, 12, 1), received=Money.of("0", "EUR")))
    assert "Promis au plus tard le 1er décembre 2026 ; 0,00 € reçus." in text
    assert "il manque" not in text


def test_a_plan_in_default_says_which_notice_to_send_and_what_it_does(told: Told) -> None:
    inputs = {"due_on": date(2026, 11, 15), "expected": Money.of("5000", "EUR"), "received": Money.of("2000", "EUR")}
    agreed = words(told("plan_in_default", plan_id="PLAN-1", **inputs))
    silent = words(told("plan_in_default", plan_id="PLAN-2", **inputs))
    assert "il manque 3 000,00 €" in agreed
    assert "dans les 15 jours de cette notification" in agreed
    assert "le tout devient exigible, comme il a été convenu" in agreed
    assert "dans les 8 jours de cette notification" in silent
    assert "aucune exigibilité immédiate du tout n’a été convenue" in silent
    assert "le tout devient exigible" not in silent


def test_the_end_of_a_plan_says_that_all_is_due_only_where_it_was_agreed(told: Told, sample: Sample) -> None:
    _, case, _ = sample(DocumentKind.STAFF_ALERT, Variant.BUSINESS)
    terms = {event.plan_id: event.accelerates for event in case.history if isinstance(event, PlanAgreed)}
    assert terms == {"PLAN-1": True, "PLAN-2": False}
    assert "le tout est exigible, comme il a été convenu" in words(told("plan_ended", plan_id="PLAN-1"))
    assert "aucune exigibilité immédiate" in words(told("plan_ended", plan_id="PLAN-2"))
    assert "le tout est exigible" in words(told("plan_ended", plan_id="PLAN-9", accelerates=True))
    assert "aucune exigibilité immédiate" in words(told("plan_ended", plan_id="PLAN-9", accelerates=False))


def test_a_hold_to_review_tells_since_when_why_and_by_whom(told: Told) -> None:
    text = words(
        told(
            "stop_review",
            stop_id="LITIGE-7",
            stop=StopKind.DISPUTE,
            since=date(2026, 10, 26),
            review_on=date(2026, 11, 23),
        )
    )
    assert "Litige depuis le 26 octobre 2026 ; à revoir le 23 novembre 2026 ; motif : qualité" in text
    assert "suivi par Yann Le Goff" in text


@pytest.mark.parametrize("stop", list(StopKind))
def test_every_stop_has_its_french_words(stop: StopKind, told: Told) -> None:
    text = words(told("stop_review", stop_id="S-1", stop=stop, since=date(2026, 10, 26)))
    assert f"{STOPS[stop][0].upper()}{STOPS[stop][1:]} depuis le 26 octobre 2026" in text


def test_a_silent_direct_debit_is_to_be_looked_up_at_the_bank(told: Told) -> None:
    text = words(told("direct_debit_silent", item="F2026-118", due_on=date(2026, 10, 30)))
    assert "Prélèvement sans nouvelles (F2026-118)" in text
    assert "vérifier auprès de la banque" in text


def test_a_fact_inside_another_reason_is_told_once(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.STAFF_ALERT, Variant.BUSINESS)
    inner = Reason.of("plan_ended", Authority.CONTRACT, {"plan_id": "PLAN-1"})
    outer = Reason.of("items_given_back", Authority.FACT, parts=(inner,))
    text = words(render_document(rebuilt(action, reasons=(outer,)), case, claim, on=on, letters=letters))
    assert text.count("Fin d’un échéancier (PLAN-1)") == 1
    assert "items given back" not in text


def test_a_fact_without_words_of_its_own_is_still_told(told: Told) -> None:
    document = told("something_new", item="F2026-118")
    assert "Fait à examiner" in document.subject
    assert "something new." in words(document)


def test_every_outcome_and_every_document_has_its_french_words() -> None:
    assert set(OUTCOMES) == {outcome.value for outcome in Outcome}
    assert set(DOCUMENTS) == set(DocumentKind)


def test_deliveries_are_not_suspended_for_what_is_not_late(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.DELIVERY_SUSPENSION, Variant.BUSINESS)
    with pytest.raises(RenderError, match="is not overdue"):
        render_document(action, case, rebuilt(claim, items=claim.items[:1]), on=on, letters=letters)


@pytest.mark.parametrize(
    ("code", "inputs", "fact", "to_do"),
    [
        (
            "gate_lacks",
            {"stage": "mise_en_demeure", "missing": "proof_of_order_or_delivery"},
            "Aucune preuve de la commande, de la livraison ou de l’acceptation n’est au dossier",
            "l’enregistrer (ligne « preuve »)",
        ),
        (
            "gate_lacks",
            {"stage": "mise_en_demeure", "missing": "debtor_kind"},
            "On ne sait pas si le débiteur est un professionnel, un consommateur ou une personne publique",
            "compléter la fiche du débiteur",
        ),
        (
            "gate_waits_for_dispute",
            {"stage": "mise_en_demeure", "stop_id": "LITIGE-7", "since": date(2026, 10, 26)},
            "Une part est contestée depuis le 26 octobre 2026 ; motif : qualité ; suivi par Yann Le Goff",
            "en enregistrer la fin (ligne « levee »)",
        ),
        (
            "debtor_unreachable",
            {"stage": "relance_1", "channels": ("email", "post")},
            "L’étape relance_1 devait partir par courriel ou courrier simple ; aucune adresse ne convient",
            "compléter la fiche du débiteur",
        ),
        (
            "message_refused",
            {"action": "9ae1", "channel": "registered_post"},
            "Le message à envoyer par lettre recommandée avec avis de réception a été refusé pour de bon",
            "vérifier l’adresse",
        ),
        (
            "proposal_unanswered",
            {"action": "4f0c", "stage": "mise_en_demeure", "proposed_on": date(2026, 11, 9)},
            "L’étape mise_en_demeure est proposée depuis le 9 novembre 2026 ; personne ne l’a approuvée ni refusée",
            "« recouvrement approve … 4f0c »",
        ),
        (
            "end_unanswered",
            {"outcome": "write_off", "ended_on": date(2026, 11, 9)},
            "Décision attendue depuis le 9 novembre 2026 : passer la créance en perte, comme irrécouvrable",
            "décider, et enregistrer ce qui est fait",
        ),
    ],
)
def test_a_hold_that_no_day_ends_says_what_is_missing_and_what_supplies_it(
    code: str, inputs: dict[str, object], fact: str, to_do: str, told: Told
) -> None:
    text = words(told(code, **inputs))
    assert fact in text
    assert to_do in text
