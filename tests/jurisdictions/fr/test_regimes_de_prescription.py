from datetime import date

import pytest

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.vocabulary import ClaimNature, LimitationActKind
from recouvrement.errors import InvalidInput, LawError, NotCovered
from recouvrement.jurisdictions.fr.actes_de_prescription import FILE as ACTS
from recouvrement.jurisdictions.fr.actes_de_prescription import ActEffect, act_row, acts_from
from recouvrement.jurisdictions.fr.parametres import PACKAGE
from recouvrement.jurisdictions.fr.regimes_de_prescription import (
    FILE,
    REFORMS,
    reforms_from,
    regime_for,
    regime_named,
    regimes,
    regimes_from,
    regimes_table,
)
from recouvrement.law.files import read_table
from recouvrement.law.limitation import Nature

IDS = [
    "b2b",
    "general",
    "b2c",
    "credit_conso",
    "credit_immo",
    "transport",
    "transport_cmr",
    "telecom",
    "energy_consumer",
    "water_public",
    "rent_home",
    "rent_commercial",
    "copro",
    "insurance",
    "lawyer_consumer",
    "lawyer_professional",
    "notary",
    "doctor",
    "public_debtor",
    "public_creditor_tax",
    "public_creditor_local",
    "title",
    "bill_of_exchange",
    "cheque_drawee",
]
ALIASES = {
    "cmr": "transport_cmr",
    "rent": "rent_home",
    "judgment": "title",
    "bill": "bill_of_exchange",
    "cheque": "cheque_drawee",
    "energy": "energy_consumer",
    "lawyer": "lawyer_professional",
    "public": "public_debtor",
}


def rows(content: dict[str, object], name: str) -> list[dict[str, object]]:
    found = content[name]
    assert isinstance(found, list)
    return found


def test_the_regimes_are_the_twenty_four_of_the_research() -> None:
    assert [row.id for row in regimes_table().regimes] == IDS
    assert {name: regime_named(name).id for name in ALIASES} == ALIASES


def test_the_listing_gives_the_period_of_the_day_asked() -> None:
    by_code = {row.code: row for row in regimes(date(2026, 11, 21))}
    assert len(by_code) == 24
    assert by_code["b2b"].period == "5 years"
    assert by_code["transport"].period == "1 year"
    assert by_code["credit_conso"].nature is Nature.FORCLUSION
    assert by_code["doctor"].confidence == "from-memory"
    old = {row.code: row.period for row in regimes(date(2008, 6, 18))}
    assert (old["b2b"], old["general"], old["copro"]) == ("10 years", "30 years", "10 years")
    assert "b2c" not in old, "its rule of that day is not known"
    with pytest.raises(NotCovered):
        regimes(date(2028, 1, 1))


def test_every_nature_of_claim_leads_to_a_regime_for_some_debtor() -> None:
    for nature in ClaimNature:
        assert any(regime_for(nature.value, kind) for kind in DebtorKind)
    assert regime_for("credit_conso", DebtorKind.BUSINESS) is None
    with pytest.raises(InvalidInput):
        regime_for("loterie", DebtorKind.BUSINESS)


def test_no_act_of_a_debtor_moves_a_forclusion_and_nothing_suspends_it() -> None:
    moving = {
        kind.value
        for kind in LimitationActKind
        if act_row(kind.value, "credit_conso").effect in {ActEffect.INTERRUPTS, ActEffect.INTERRUPTS_UNTIL}
    }
    assert moving == {
        "court_claim",
        "order_served",
        "conservatory_measure",
        "enforcement",
        "commandement_saisie_vente",
        "over_indebtedness_request",
    }
    assert not [kind for kind in LimitationActKind if act_row(kind.value, "credit_conso").effect is ActEffect.SUSPENDS]


def test_only_court_claims_and_enforcement_go_beyond_the_long_stop() -> None:
    beyond = {kind.value for kind in LimitationActKind if act_row(kind.value, "b2b").beyond_long_stop}
    assert beyond == {
        "court_claim",
        "order_served",
        "conservatory_measure",
        "enforcement",
        "commandement_saisie_vente",
        "wage_attachment_summons",
    }


def test_a_gap_between_two_versions_is_refused() -> None:
    content = read_table(PACKAGE, FILE)
    rows(content, "versions")[1]["from"] = date(2008, 6, 20)
    with pytest.raises(LawError, match="b2b: its versions must follow one another"):
        regimes_from(content)


def test_a_longer_period_is_refused_since_its_transition_is_not_computed() -> None:
    content = read_table(PACKAGE, FILE)
    rows(content, "versions")[1]["years"] = 12
    with pytest.raises(LawError, match=r"2222 al\. 1"):
        regimes_from(content)


def test_a_version_without_regime_and_two_regimes_of_one_name_are_refused() -> None:
    content = read_table(PACKAGE, FILE)
    rows(content, "versions")[-1]["id"] = "loterie"
    with pytest.raises(LawError, match="names no regime"):
        regimes_from(content)
    content = read_table(PACKAGE, FILE)
    rows(content, "regimes")[0]["aliases"] = ["cmr"]
    with pytest.raises(LawError, match="share a name"):
        regimes_from(content)


def test_a_shorter_period_without_its_reform_is_refused() -> None:
    content = read_table(PACKAGE, REFORMS)
    rows(content, "reforms").pop()
    with pytest.raises(LawError, match="do not agree"):
        reforms_from(content)


def test_an_act_without_a_row_or_with_two_is_refused() -> None:
    content = read_table(PACKAGE, ACTS)
    content["acts"] = [row for row in rows(content, "acts") if row["id"] != "waiver"]
    with pytest.raises(LawError, match="waiver"):
        acts_from(content)
    content = read_table(PACKAGE, ACTS)
    content["acts"] = [*rows(content, "acts"), rows(content, "acts")[0]]
    with pytest.raises(LawError, match="acknowledgement has 2 rows for b2b"):
        acts_from(content)


def test_what_undoes_names_its_target_and_only_a_suspension_has_a_floor() -> None:
    content = read_table(PACKAGE, ACTS)
    rows(content, "acts")[0]["target"] = ["court_claim"]
    with pytest.raises(LawError, match="a target is for"):
        acts_from(content)
    content = read_table(PACKAGE, ACTS)
    rows(content, "acts")[0]["floor_months"] = 6
    with pytest.raises(LawError, match="for a suspension"):
        acts_from(content)
