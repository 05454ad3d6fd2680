"""Projections, forecasts, comparisons and migrations in words."""

from datetime import date

from recouvrement import (
    FRANCE,
    Approvals,
    Assumptions,
    Case,
    Channel,
    Money,
    Payment,
    PaymentReceived,
    Scenario,
    builtin,
    compare,
    forecast,
    migrate,
    project,
)
from recouvrement.render.outlooks import comparison_text, forecast_text, migration_text
from recouvrement.render.timeline import assumption_words, projection_table, projection_timeline
from support.cases import case_of, invoice
from support.portfolio import scenario_for

B2B = builtin("standard_b2b")
CASE: Case = case_of(invoice("F1", date(2026, 9, 15)))
PAID = PaymentReceived(
    id="p",
    effective_on=date(2026, 10, 20),
    payment=Payment(id="P1", received_on=date(2026, 10, 20), amount=Money.of("200.00", "EUR")),
)


def usual(case: Case) -> Scenario:
    return scenario_for(case.debtor)


def test_the_line_of_time_tells_actions_silences_and_facts_in_order() -> None:
    found = project(CASE, date(2026, 10, 6), date(2026, 11, 10), scenario=B2B, law=FRANCE, what_if=[PAID])
    lines = projection_timeline(found).splitlines()
    assert lines[0] == "atelier-lumen/fournil/EUR · standard_b2b version 1 · 2026-10-06 until 2026-11-10"
    assert "Supposed: payment received, 200.00 EUR on 2026-10-20." in lines
    dated = [line[:14] for line in lines if line[:4] == "2026"]
    assert dated == sorted(dated)
    assert "2026-10-20 Tue" in dated
    assert "        :         F1: nothing is due today, then relance_2, until 2026-10-10" in lines
    assert all(len(line) <= 100 for line in lines)


def test_an_answer_of_the_day_is_told_between_the_proposal_and_the_letter() -> None:
    text = projection_timeline(project(CASE, date(2026, 9, 1), date(2026, 10, 20), scenario=B2B, law=FRANCE))
    day = text[text.index("2026-10-15 Thu") :]
    order = ["mise_en_demeure: approval", "* action approved", "mise_en_demeure: contact", "owed 1252.23 EUR"]
    places = [day.index(words) for words in order]
    assert places == sorted(places)


def test_the_table_has_one_row_for_each_action() -> None:
    found = project(CASE, date(2026, 9, 1), date(2026, 10, 1), scenario=B2B, law=FRANCE)
    rows = [line.split() for line in projection_table(found).splitlines() if line.startswith("2026-")]
    assert [row[0] for row in rows[:4]] == ["2026-09-10", "2026-09-18", "2026-09-25", "2026-09-30"]
    assert rows[1] == ["2026-09-18", "relance_1", "contact", "reminder_1", "email", "F1", "1200.00", "1241.22"]
    empty = project(case_of(), date(2026, 9, 1), date(2026, 10, 1), scenario=B2B, law=FRANCE)
    assert "No action." in projection_table(empty)
    assert "30 days of silence" in projection_timeline(empty)


def test_a_withdrawn_proposal_is_told() -> None:
    waiting = Assumptions(approvals=Approvals.WAITING)
    found = project(CASE, date(2026, 9, 1), date(2026, 11, 1), scenario=B2B, law=FRANCE, what_if=[PAID], assume=waiting)
    assert "withdrawn: its figures have moved" in projection_timeline(found)


def test_what_is_supposed_is_said() -> None:
    assert assumption_words(Assumptions(approvals=Approvals.REFUSED, answered_after_days=1)) == (
        "approvals refused after 1 day; no letter delivered"
    )
    assert assumption_words(Assumptions(approvals=Approvals.WAITING)) == "approvals left waiting; no letter delivered"


def test_a_forecast_in_words_names_the_channels_without_a_price() -> None:
    costs = {Channel.POST: Money.of("1.80", "EUR")}
    found = forecast([CASE], date(2026, 9, 1), 60, scenario_for=usual, law=FRANCE, costs=costs)
    text = forecast_text(found)
    assert "1 cases · 2026-09-01 until 2026-10-31" in text
    total = next(line for line in text.splitlines() if line.startswith("total"))
    assert total.split() == ["total", "6", "2", "1", "1", "0", "1.80", "EUR", "7200.00", "EUR"]
    assert "No cost given, counted for nothing: email, phone, registered_post" in text
    nothing = forecast([], date(2026, 9, 1), 60, scenario_for=usual, law=FRANCE, costs=costs)
    assert "0 cases" in forecast_text(nothing)


def test_a_comparison_in_words_shows_both_sides() -> None:
    found = compare(B2B, builtin("secteur_public"), [CASE], date(2026, 9, 1), date(2027, 1, 1), FRANCE)
    lines = comparison_text(found).splitlines()
    assert lines[0] == "A: standard_b2b version 1 · B: secteur_public version 1"
    assert next(line for line in lines if line.startswith("contacts")).split() == ["contacts", "6", "4"]
    # Public bodies: reminder five days after, a Sunday, so on Monday 21 September; mise en demeure 55 days after,
    # Monday 9 November
    row = next(line for line in lines if line.startswith("atelier-lumen/fournil/EUR"))
    assert "6 / 4" in row
    assert "3 / 6" in row
    assert "30 / 55" in row


def test_a_migration_in_words_says_what_is_kept_and_lost_and_gives_the_event() -> None:
    found = migrate(CASE, date(2026, 9, 1), old=B2B, new=builtin("un_seul_rappel"), law=FRANCE)
    text = migration_text(found)
    assert "standard_b2b version 1 to un_seul_rappel version 1 on 2026-09-01" in text
    assert "F1: ahead rappel" in text
    assert found.event.model_dump_json(exclude_none=True) in text
