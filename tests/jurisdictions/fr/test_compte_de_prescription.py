from datetime import date

import pytest

from recouvrement.errors import InvalidInput
from recouvrement.jurisdictions.fr.prescription import limitation
from recouvrement.law.limitation import Act, LimitationAnswer, LimitationFacts, Nature

START = date(2022, 2, 15)


def counted(*acts: Act, regime: str = "b2b", start_on: date = START, born_on: date | None = None) -> LimitationAnswer:
    return limitation(LimitationFacts(regime, start_on, acts, born_on=born_on))


def chain(found: LimitationAnswer) -> list[tuple[date, str, str]]:
    return [(step.from_, step.act, step.effect) for step in found.path]


def codes(found: LimitationAnswer) -> list[str]:
    return [doubt.code for doubt in found.doubts]


def test_the_path_is_the_dated_chain_with_acts_without_effect_and_acts_too_late() -> None:
    found = counted(
        Act("acknowledgement", date(2031, 1, 2)),
        Act("court_claim", date(2024, 3, 1), date(2025, 6, 30)),
        Act("reminder", date(2022, 4, 1)),
    )
    assert chain(found) == [
        (START, "contractual_due_date", "period_starts"),
        (date(2022, 4, 1), "reminder", "no_effect"),
        (date(2024, 3, 1), "court_claim", "interrupts_until"),
        (date(2025, 6, 30), "court_claim", "period_starts"),
        (date(2030, 6, 30), "period_ends", "last_day"),
        (date(2031, 1, 2), "acknowledgement", "after_expiry"),
    ]
    assert all(step.source.article for step in found.path)


def test_an_act_during_proceedings_counts_from_their_end() -> None:
    claim = Act("court_claim", date(2024, 3, 1), date(2025, 6, 30))
    found = counted(claim, Act("part_payment", date(2025, 1, 2)))
    assert found.last_day == date(2030, 6, 30)
    assert (date(2025, 1, 2), "part_payment", "interrupts_at_end") in chain(found)


def test_an_act_during_a_suspension_gives_a_full_period_from_the_day_time_resumes_that_day_counted() -> None:
    mediation = Act("mediation", date(2024, 3, 1), date(2024, 9, 1))
    found = counted(mediation, Act("acknowledgement", date(2024, 5, 2)))
    assert found.last_day == date(2029, 8, 31), "01/09/2024 counted, five years"
    assert "suspension_convention" in codes(found)


def test_a_suspension_that_begins_during_proceedings_counts_from_their_end() -> None:
    claim = Act("court_claim", date(2024, 3, 1), date(2024, 12, 31))
    found = counted(claim, Act("force_majeure", date(2024, 12, 1), date(2025, 1, 11)))
    assert found.last_day == date(2030, 1, 10), "31/12/2024 + 5 years, and the ten days from 01/01 to 11/01/2025"


def test_a_suspension_before_time_starts_adds_nothing_one_astride_adds_what_follows() -> None:
    before = counted(Act("force_majeure", date(2022, 1, 1), date(2022, 2, 10)))
    assert (before.last_day, chain(before)[0][2]) == (date(2027, 2, 15), "before_start")
    astride = counted(Act("force_majeure", date(2022, 1, 1), date(2022, 2, 26)))
    assert astride.last_day == date(2027, 2, 25), "16/02 to 25/02/2022 did not run: ten days"


def test_nothing_is_known_while_a_suspension_has_no_end() -> None:
    found = counted(Act("conciliation", date(2024, 3, 1)), Act("part_payment", date(2024, 4, 1)))
    assert (found.last_day, found.safe_day) == (None, None)
    doubt = next(doubt for doubt in found.doubts if doubt.code == "long_stop_while_stopped")
    assert doubt.reason.input("long_stop") == "2042-02-15"


def test_an_acknowledgement_before_the_due_date_changes_nothing() -> None:
    found = counted(Act("acknowledgement", date(2022, 1, 3)))
    assert (found.last_day, chain(found)[0][2]) == (date(2027, 2, 15), "before_start")


def test_a_withdrawal_without_any_claim_has_no_effect() -> None:
    found = counted(Act("claim_withdrawn", date(2024, 1, 3)), Act("insolvency_closed", date(2024, 2, 3)))
    assert found.last_day == date(2027, 2, 15)
    assert [effect for _, act, effect in chain(found) if act in {"claim_withdrawn", "insolvency_closed"}] == [
        "no_effect",
        "no_effect",
    ]


def test_a_withdrawal_reaches_the_latest_claim_only() -> None:
    first = Act("court_claim", date(2023, 3, 1), date(2024, 3, 1))
    found = counted(first, Act("court_claim", date(2025, 3, 1)), Act("claim_lapsed", date(2027, 3, 2)))
    assert found.last_day == date(2029, 3, 1)


def test_a_claim_undone_after_the_old_term_leaves_the_debt_barred() -> None:
    found = counted(Act("court_claim", date(2026, 3, 1)), Act("claim_dismissed", date(2028, 3, 1)))
    assert found.last_day == date(2027, 2, 15)
    assert chain(found)[-1] == (date(2028, 3, 1), "claim_dismissed", "undoes")


def test_a_waiver_revives_only_what_has_expired_and_is_a_doubt() -> None:
    early = counted(Act("waiver", date(2026, 1, 2)))
    assert early.last_day == date(2027, 2, 15)
    found = counted(Act("waiver", date(2027, 3, 1)), Act("part_payment", date(2028, 4, 1)))
    assert found.last_day == date(2033, 4, 1)
    assert "waiver_must_be_unequivocal" in codes(found)
    assert (date(2027, 2, 15), "period_ends", "period_ends") in chain(found)


def test_the_request_of_the_over_indebted_interrupts_from_2018_only() -> None:
    act = "over_indebtedness_request"
    assert counted(Act(act, date(2017, 12, 31)), regime="b2c", start_on=date(2016, 9, 1)).last_day == date(2018, 9, 1)
    assert counted(Act(act, date(2018, 1, 1)), regime="b2c", start_on=date(2016, 9, 1)).last_day == date(2020, 1, 1)


def test_mediation_with_a_public_body_suspends_six_months_at_most_and_leaves_six() -> None:
    # Right of 2020: 31/12/2024. Mediation from 01/11/2024: counts until 01/05/2025, + 6 months = 01/11/2025;
    # 31/12/2024 + 181 days = 30/06/2025.
    found = counted(Act("mediation", date(2024, 11, 1)), regime="public_debtor", start_on=date(2020, 3, 4))
    assert found.last_day == date(2025, 11, 1)


def test_an_act_on_the_first_of_january_of_a_public_debt_gives_the_next_four_years() -> None:
    found = counted(Act("written_claim", date(2022, 1, 1)), regime="public_debtor", start_on=date(2020, 3, 4))
    assert (found.last_day, found.nature) == (date(2026, 12, 31), Nature.QUADRIENNALE)


def test_a_reform_met_during_a_suspension_counts_only_the_days_after_it() -> None:
    # Ten years from 30/06/2016: 30/06/2026, + 61 days. Five years from 25/11/2018: 24/11/2023, + 36 days to 31/12/2018.
    found = counted(
        Act("force_majeure", date(2018, 10, 31), date(2018, 12, 31)), regime="copro", start_on=date(2016, 6, 30)
    )
    assert found.last_day == date(2023, 12, 30)


def test_a_term_more_than_twenty_years_after_the_birth_is_only_a_doubt() -> None:
    found = counted(start_on=date(2031, 1, 10), born_on=date(2009, 1, 10))
    assert found.last_day == date(2036, 1, 10)
    assert "long_stop_or_term" in codes(found)
    late = counted(start_on=date(2027, 1, 10), born_on=date(2009, 1, 10))
    assert late.last_day == date(2029, 1, 10)


def test_an_end_given_to_an_act_of_one_day_is_not_used_and_said() -> None:
    found = counted(Act("order_served", date(2024, 3, 1), date(2025, 3, 1)))
    assert found.last_day == date(2029, 3, 1)
    assert codes(found) == ["end_not_used"]


def test_a_title_has_no_long_stop() -> None:
    acts = [Act("enforcement", date(year, 5, 4)) for year in (2019, 2028)]
    acts.append(Act("acknowledgement", date(2035, 5, 4)))
    assert counted(*acts, regime="title", start_on=date(2010, 1, 10)).last_day == date(2045, 5, 4)


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        (LimitationFacts("bail", START), "regime"),
        (LimitationFacts("b2b", START, (Act("rappel", START),)), "acts"),
        (LimitationFacts("b2b", START, (Act("mediation", START, date(2022, 2, 14)),)), "acts, mediation"),
        (LimitationFacts("b2b", START, born_on=date(2022, 2, 16)), "born_on"),
        (LimitationFacts("b2b", date(1899, 12, 31)), "limitation"),
        (LimitationFacts("b2b", date(2198, 1, 1)), "start"),
        (LimitationFacts("b2b", date(2180, 1, 1), (Act("force_majeure", date(2181, 1, 1), date(2199, 1, 1)),)), "acts"),
        (LimitationFacts("b2b", START, contract_years=0), "contract_years"),
        (LimitationFacts("b2b", START, contract_years=11), "contract_years"),
        (LimitationFacts("b2c", START, contract_years=3), "contract_years"),
        (LimitationFacts("insurance", START, contract_years=3), "contract_years"),
        (LimitationFacts("rent_home", START, contract_years=5), "contract_years"),
        (LimitationFacts("credit_conso", START, contract_years=2), "contract_years"),
    ],
)
def test_facts_that_make_no_sense_are_refused_with_where(facts: LimitationFacts, where: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        limitation(facts)
    assert refusal.value.where.startswith(where)
    assert refusal.value.hint


@pytest.mark.parametrize(
    ("regime", "start_on"), [("public_debtor", date(2024, 3, 15)), ("cheque_drawee", date(2025, 6, 10))]
)
def test_a_counted_first_day_is_refused_where_the_regime_reaches_its_start_itself(regime: str, start_on: date) -> None:
    with pytest.raises(InvalidInput, match="as first day counted"):
        limitation(LimitationFacts(regime, start_on, starts_at_midnight=True))


def test_the_first_of_january_may_be_counted_towards_a_public_body() -> None:
    facts = LimitationFacts("public_debtor", date(2024, 1, 1), starts_at_midnight=True)
    assert limitation(facts).last_day == date(2027, 12, 31)


def test_an_obstacle_that_left_time_to_act_is_doubtful() -> None:
    found = counted(Act("force_majeure", date(2023, 1, 1), date(2023, 2, 10)))
    assert "time_left_after_obstacle" in {doubt.code for doubt in found.doubts}
