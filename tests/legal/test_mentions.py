"""Runs the table of the mentions of an invoice about payment."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from recouvrement.domain.parties import DebtorKind
from recouvrement.errors import NotCovered
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.law.mentions import MentionsReport, MentionStatus, PrintedMentions

TABLE = Path(__file__).parent / "fr" / "mentions_L441_9.toml"
Table = dict[str, Any]  # Any: a row of TOML read by a test
CASES = [
    pytest.param(row["faits"], row["attendu"], id=row["titre"])
    for row in tomllib.loads(TABLE.read_text(encoding="utf-8"))["cas"]
]


def report_of(facts: Table) -> MentionsReport:
    read = FRANCE.read_mentions(
        facts["texte"],
        debtor_kind=DebtorKind(facts["debiteur"]),
        issued_on=facts["emise"],
        due_on=facts.get("echeance"),
    )
    told = {"has_purchase_order": facts.get("commande"), "has_other_billing_address": facts.get("adresse")}
    return FRANCE.check_mentions(PrintedMentions.model_validate({**dict(read), **told}))


@pytest.mark.parametrize(("faits", "attendu"), CASES)
def test_the_mentions_are_judged_as_in_the_table(faits: Table, attendu: Table) -> None:
    if "non_couvert" in attendu:
        with pytest.raises(NotCovered, match=attendu["non_couvert"]):
            report_of(faits)
        return
    report = report_of(faits)
    conditional = {"billing_address", "order_number"}
    kept = [
        one for one in report.findings if one.mention not in conditional or one.status is not MentionStatus.CANNOT_TELL
    ]
    figures = {name: value for one in kept for name, value in one.reason.inputs if name in attendu.get("chiffres", {})}
    found = {
        "complet": report.complete,
        "mentions": [f"{one.mention.value} {one.status.value}" for one in kept],
        "amende": [
            f"{fine.source.article.removeprefix('C. com. art. ')} {fine.natural_person} {fine.legal_person} "
            f"{fine.repeat_natural_person} {fine.repeat_legal_person}"
            for fine in report.fines
        ],
        "suites": [f"{one.code} {one.source.confidence.value}" for one in report.consequences if one.source],
        "doutes": [doubt.code for doubt in report.doubts],
        "chiffres": figures,
    }
    assert {name: found[name] for name in attendu} == attendu
    assert ("complet" in attendu) == (report.complete is not None), "a case that cannot be judged leaves it out"
