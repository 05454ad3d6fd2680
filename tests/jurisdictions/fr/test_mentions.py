"""The check of the mentions of an invoice: its file, its figures, and the words it proposes."""

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Confidence
from recouvrement.errors import LawError, NotCovered
from recouvrement.jurisdictions.fr import FRANCE, mentions_textes
from recouvrement.jurisdictions.fr.mentions_textes import FILE, Texts, fines, rule, source, texts, to_print
from recouvrement.jurisdictions.fr.parametres import PACKAGE
from recouvrement.law.files import read_table
from recouvrement.law.mentions import Finding, Mention, MentionsReport, MentionStatus, PrintedMentions
from recouvrement.law.parameters import DatedValue

ISSUED = date(2026, 11, 2)
TERMS_YAML = Path(__file__).parents[4] / "shared" / "law" / "payment-terms.yaml"
COMPLETE: dict[str, Any] = {  # Any: fields of a model
    "debtor_kind": DebtorKind.BUSINESS,
    "issued_on": ISSUED,
    "due_on": date(2026, 12, 2),
    "penalty_text": "3 fois le taux d'intérêt légal",
    "indemnity_text": "40 €",
    "discount_text": "néant",
    "has_other_billing_address": False,
    "has_purchase_order": False,
}


def checked(**changes: object) -> MentionsReport:
    return FRANCE.check_mentions(PrintedMentions.model_validate({**COMPLETE, **changes}))


def finding(report: MentionsReport, mention: Mention) -> Finding:
    return next(found for found in report.findings if found.mention is mention)


def table() -> dict[str, Any]:  # Any: TOML
    return dict(read_table(PACKAGE, FILE))


def test_fields_filled_by_hand_are_judged_like_words() -> None:
    report = checked()
    assert report.complete is True
    assert (report.fines, report.consequences, report.doubts) == ((), (), ())
    assert {found.status for found in report.findings} == {MentionStatus.PRESENT}
    assert [reason.code for reason in report.reasons] == ["mentions_between_businesses"]


def test_every_finding_carries_its_article_its_mark_and_its_reason() -> None:
    for found in checked(penalty_text="5 %", indemnity_text="80 €", discount_text=None, due_on=None).findings:
        assert found.reason.source is not None
        assert found.reason.source.article == found.source.article
        assert re.match(r"fr\.mentions_obligatoires\.\w+:\d{4}-\d{2}-\d{2}", found.source.identifier or "")
        assert found.reason.input("mention") == found.mention.value


def test_the_mark_of_a_rate_too_low_is_that_of_the_legal_rate_it_was_compared_with() -> None:
    """2026S2 rests on secondary sources; 2026S1 was read in the arrêté."""
    low = finding(checked(penalty_text="5 %"), Mention.PENALTY_RATE)
    assert (low.status, low.source.confidence) == (MentionStatus.INSUFFICIENT, Confidence.SECONDARY)
    earlier = finding(checked(penalty_text="5 %", issued_on=date(2026, 6, 30)), Mention.PENALTY_RATE)
    assert (earlier.status, earlier.source.confidence) == (MentionStatus.INSUFFICIENT, Confidence.VERIFIED)


def test_two_thirds_of_the_floor_needs_no_figure_to_be_too_low() -> None:
    """Twice the legal rate is below three times it, even in a half-year whose rate is not published."""
    report = checked(penalty_text="2 fois le taux légal", issued_on=date(2027, 1, 4), due_on=date(2027, 2, 3))
    found = finding(report, Mention.PENALTY_RATE)
    assert found.status is MentionStatus.INSUFFICIENT
    assert found.reason.input("floor") is None


def test_a_rate_entered_by_an_operator_is_used() -> None:
    entered = DatedValue(
        parameter="fr.taux_interet_legal_autres",
        from_=date(2027, 1, 1),
        until=date(2027, 7, 1),
        value=Decimal("2.00"),
        article="CMF art. L313-2",
        confidence=Confidence.VERIFIED,
        addresses=("essai",),
        checked_on=date(2027, 1, 2),
    )
    ecb = DatedValue.model_validate(
        {**dict(entered), "parameter": "fr.taux_bce_refinancement", "value": Decimal("2.65"), "article": "BCE"}
    )
    law = FRANCE.with_values((entered, ecb))
    facts = {**COMPLETE, "issued_on": date(2027, 1, 4), "due_on": date(2027, 2, 3), "penalty_text": "5,99 %"}
    found = finding(law.check_mentions(PrintedMentions.model_validate(facts)), Mention.PENALTY_RATE)
    assert (found.status, found.reason.input("floor")) == (MentionStatus.INSUFFICIENT, "6.00")
    assert "soit 12,65\u00a0% l’an au premier semestre 2027" in (found.to_print or "")


def test_several_rates_of_which_one_stands_are_reported() -> None:
    report = checked(penalty_text="BCE + 10 points, soit 8,10 %")
    assert finding(report, Mention.PENALTY_RATE).status is MentionStatus.PRESENT
    assert "several_penalty_rates" in [doubt.code for doubt in report.doubts]


def test_a_term_of_one_reading_becomes_the_date_to_print() -> None:
    """2 November + 30 days: 28 days to the 30th, then 2 more: 2 December."""
    report = checked(due_on=None, terms_text="Paiement à 30 jours date de facture")
    assert finding(report, Mention.DUE_DATE).to_print == "Date d’échéance\u00a0: 02/12/2026"


@pytest.mark.parametrize("terms", ["45 jours fin de mois", "à réception", "90 jours date de facture", "selon accord"])
def test_a_term_of_two_readings_or_over_the_maximum_leaves_the_date_blank(terms: str) -> None:
    report = checked(due_on=None, terms_text=terms)
    assert finding(report, Mention.DUE_DATE).to_print == "Date d’échéance\u00a0: JJ/MM/AAAA"


def test_an_order_known_to_exist_must_be_printed() -> None:
    assert checked(has_purchase_order=True).complete is False
    assert checked(has_purchase_order=True, shows_order_number=True).complete is True
    unknown = checked(has_purchase_order=None)
    assert unknown.complete is True
    assert finding(unknown, Mention.ORDER_NUMBER).status is MentionStatus.CANNOT_TELL


def test_terms_in_cash_leave_the_discount_open() -> None:
    report = checked(discount_text=None, terms_text="Paiement comptant")
    assert finding(report, Mention.DISCOUNT).status is MentionStatus.CANNOT_TELL
    assert report.complete is None


def test_days_whose_rules_were_not_read_are_refused_for_every_debtor() -> None:
    for kind in DebtorKind:
        for day in (date(2019, 4, 25), date(2028, 1, 1)):
            with pytest.raises(NotCovered):
                checked(debtor_kind=kind, issued_on=day)


@given(day=st.dates(date(2019, 4, 26), date(2027, 12, 31)))
def test_the_words_proposed_make_the_invoice_complete(day: date) -> None:
    empty = FRANCE.read_mentions("Paiement à 30 jours date de facture", debtor_kind=DebtorKind.BUSINESS, issued_on=day)
    proposed = [found.to_print or "" for found in FRANCE.check_mentions(empty).findings if found.status.is_fault]
    assert len(proposed) == 4
    again = FRANCE.read_mentions("\n".join(proposed), debtor_kind=DebtorKind.BUSINESS, issued_on=day)
    report = FRANCE.check_mentions(again)
    assert report.complete is True, report.findings
    assert again.due_on == day + timedelta(days=30)


def test_every_mention_has_its_rule_and_its_words() -> None:
    for mention in Mention:
        assert rule(mention, ISSUED) is not None
        filled = to_print(mention, date="d", points="p", equal_to="e", amount="a")
        assert filled
        assert "{" not in filled
    assert set(texts().to_print) == set(Mention)


def test_the_rows_of_a_rule_follow_one_another_to_the_last_day() -> None:
    file = texts()
    for name in {row.rule for row in file.rules}:
        rows = sorted((row for row in file.rules if row.rule == name), key=lambda row: row.from_)
        assert rows[0].from_ >= file.first_day
        assert rows[-1].until is None
        for earlier, later in pairwise(rows):
            assert earlier.until == later.from_


def test_a_rule_asked_before_it_exists_is_refused() -> None:
    assert rule("order_number", date(2019, 9, 30)) is None
    with pytest.raises(NotCovered):
        source("order_number", date(2019, 9, 30))


@pytest.mark.skipif(not TERMS_YAML.exists(), reason="the research file payment-terms.yaml is not beside this clone")
def test_the_fine_is_that_of_the_research_file() -> None:
    text = TERMS_YAML.read_text(encoding="utf-8") if TERMS_YAML.exists() else ""
    row = re.search(r'article: "C\. com\. L441-9 II".*', text)
    assert row is not None
    (fine,) = fines(ISSUED)
    amounts = (fine.natural_person, fine.legal_person, fine.repeat_natural_person, fine.repeat_legal_person)
    assert [str(amount) for amount in amounts] == re.findall(r'_person: "(\d+)"', row[0])


@pytest.mark.parametrize(
    ("place", "fields", "words"),
    [
        ("fines", {"natural_person": 75000}, "between quotes"),
        ("fines", {"legal_person": "0"}, "greater than 0"),
        ("fines", {"until": "hier"}, "until"),
        ("rules", {"sources": []}, "has no source"),
        ("rules", {"confidence": "sure"}, "confidence"),
        ("rules", {"surplus": 1}, "surplus"),
    ],
)
def test_a_faulty_file_is_refused_and_the_fault_named(
    monkeypatch: pytest.MonkeyPatch, place: str, fields: dict[str, object], words: str
) -> None:
    broken = table()
    broken[place] = [{**broken[place][0], **fields}, *broken[place][1:]]
    monkeypatch.setattr(mentions_textes, "read_table", lambda _package, _name: broken)
    with pytest.raises(LawError, match=words):
        texts.__wrapped__()


def test_the_packaged_file_is_sound() -> None:
    assert Texts.model_validate(table()).id == f"fr.{FILE}"


def test_a_passage_is_bounded_and_never_empty() -> None:
    for wrong in ("", "   ", "a" * 4_001):
        with pytest.raises(ValidationError):
            checked(penalty_text=wrong)


def test_fields_in_another_language_are_not_judged() -> None:
    """The notes of an e-invoice may be in English: they are not read, and nothing is called missing."""
    report = checked(penalty_text="Late payment: ECB rate plus 10 points", indemnity_text="EUR 40", discount_text=None)
    assert report.complete is None
    assert (report.fines, report.consequences) == ((), ())
    assert [doubt.code for doubt in report.doubts] == ["language_not_read"]
    assert {found.status for found in report.findings} == {MentionStatus.PRESENT, MentionStatus.CANNOT_TELL}
    penalty = finding(report, Mention.PENALTY_RATE)
    assert (penalty.status, penalty.reason.code) == (MentionStatus.CANNOT_TELL, "language_not_read")


@pytest.mark.parametrize("text", ["Somme due : 1 200 €", "Payable le 02/12/2026", "Total : 1 200 €", "SIRET 123 TVA"])
def test_short_words_that_are_not_foreign_are_read(text: str) -> None:
    printed = FRANCE.read_mentions(text, debtor_kind=DebtorKind.BUSINESS, issued_on=ISSUED)
    assert FRANCE.check_mentions(printed).complete is False
