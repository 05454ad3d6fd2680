"""The rate of the penalties that an amicable letter to a business reserves."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

import pytest

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim, ClaimItem
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render.documents import render_document
from recouvrement.render.letters import Letters
from recouvrement.render.variants import Variant
from support.readable import Readable

from .test_collector import flat

Model = TypeVar("Model", bound=Readable)
Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]
RESERVING = [DocumentKind.REMINDER_1, DocumentKind.REMINDER_LETTER]


def rebuilt(value: Model, **changes: object) -> Model:
    return type(value).model_validate(dict(value) | changes)


def with_first(claim: Claim, change: Callable[[ClaimItem], ClaimItem]) -> Claim:
    first, *others = claim.items
    return rebuilt(claim, items=(change(first), *others))


@pytest.mark.parametrize("kind", RESERVING)
def test_the_rate_is_said_in_french_and_in_english(
    kind: DocumentKind, sample: Sample, sample_abroad: Sample, letters: Letters, on: date
) -> None:
    french = render_document(*sample(kind, Variant.BUSINESS), on=on, letters=letters)
    assert "pénalités de retard, au taux annuel de 12,40 %, et l’indemnité" in flat(french.text)
    english = render_document(*sample_abroad(kind, Variant.BUSINESS), on=on, letters=letters)
    assert english.language == "en"
    assert "penalties, at an annual rate of 12.40%, and" in flat(english.text)


@pytest.mark.parametrize("kind", RESERVING)
def test_several_rates_go_by_invoice(
    kind: DocumentKind, sample: Sample, sample_abroad: Sample, letters: Letters, on: date
) -> None:
    def agreed(item: ClaimItem) -> ClaimItem:
        return rebuilt(item, segments=(rebuilt(item.segments[0], rate=Decimal("9.00")),))

    for made, said in (
        (sample, "au taux annuel de 9,00 % ou 12,40 % selon la facture, et"),
        (sample_abroad, "at an annual rate of 9.00% or 12.40% depending on the invoice, and"),
    ):
        action, case, claim = made(kind, Variant.BUSINESS)
        text = render_document(action, case, with_first(claim, agreed), on=on, letters=letters).text
        assert said in flat(text)


@pytest.mark.parametrize("kind", RESERVING)
def test_a_rate_that_is_not_known_to_be_in_force_is_not_said(
    kind: DocumentKind, sample: Sample, letters: Letters, on: date
) -> None:
    def cut_short(item: ClaimItem) -> ClaimItem:
        return rebuilt(item, segments=(rebuilt(item.segments[0], until=on),))

    def uncounted(item: ClaimItem) -> ClaimItem:
        return rebuilt(item, segments=(), late_interest=item.late_interest - item.late_interest)

    action, case, claim = sample(kind, Variant.BUSINESS)
    for change in (cut_short, uncounted):
        text = flat(render_document(action, case, with_first(claim, change), on=on, letters=letters).text)
        assert "taux annuel" not in text
        assert "pénalités de retard et l’indemnité forfaitaire" in text


@pytest.mark.parametrize("kind", RESERVING)
def test_a_consumer_is_told_of_no_rate(kind: DocumentKind, sample: Sample, letters: Letters, on: date) -> None:
    assert "taux" not in render_document(*sample(kind, Variant.CONSUMER), on=on, letters=letters).text
