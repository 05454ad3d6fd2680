"""Past decisions made again from the journal alone, byte for byte, and what is told when they cannot be."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from recouvrement import FRANCE, Case, JournalError, Payment, Scenario, decide
from recouvrement.adapters.journal_sql import SqlJournal
from recouvrement.batch import replay as module
from recouvrement.batch.approval import answer, awaiting_approval
from recouvrement.batch.nightly import Policy
from recouvrement.batch.portfolio import Portfolio
from recouvrement.batch.replay import Replayed, replay, replayed
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Confidence
from recouvrement.errors import BrokenChain
from recouvrement.journal.decisions import DecisionRecord, text_hash
from recouvrement.law.parameters import DatedValue
from support.portfolio import MONDAY, built_in_letters, case, night, opened, policy, portfolio, scenario_for

CASES = [case(index).id for index in range(6)]


def again(folder: Path, case_id: str, on: date = MONDAY) -> tuple[Replayed, ...]:
    with opened(folder) as journal:
        return replayed(journal, case_id, on, law=FRANCE)


def records(folder: Path) -> list[DecisionRecord]:
    with opened(folder) as journal:
        return [record for case_id in CASES for record in journal.decisions(case_id)]


@contextmanager
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / "journal.sqlite")) as connection, connection:
        yield connection


def with_payment(bare: Case, on: date, euros: str) -> Case:
    paid = Payment(id=f"VIR-{bare.debtor.id}", received_on=on, amount=Money.of(euros, "EUR"))
    return Case(
        creditor=bare.creditor,
        debtor=bare.debtor,
        invoices=bare.invoices,
        payments=(*bare.payments, paid),
        history=bare.history,
    )


def month(folder: Path) -> None:
    """Run every night of a month: letters approved, part payments booked, a second run on some days."""
    cases = {bare.debtor.id: bare for bare in portfolio().cases}
    for offset in range(31):
        on = MONDAY + timedelta(days=offset)
        if offset == 6:
            cases["fournil"] = with_payment(cases["fournil"], on, "500.00")
        if offset == 12:
            cases["mairie"] = with_payment(cases["mairie"], on - timedelta(days=2), "1200.00")
        read = Portfolio(portfolio().creditor, tuple(cases.values()), ())
        night(folder, read, on)
        if offset == 0:  # booked between two runs of one day
            cases["garage"] = with_payment(cases["garage"], on, "300.00")
            night(folder, Portfolio(portfolio().creditor, tuple(cases.values()), ()), on)
        if offset in {1, 9, 20}:
            with opened(folder) as journal:
                for action_id in awaiting_approval(journal):
                    answer(journal, action_id, approve=offset != 9, by="Claire Fontaine", on=on)
            night(folder, read, on)


def test_every_decision_of_a_month_is_made_again_byte_for_byte(tmp_path: Path) -> None:
    month(tmp_path)
    kept = records(tmp_path)
    assert len(kept) > 40
    assert len({record.on for record in kept}) > 8
    assert any(record.number > 2 for record in kept)
    with opened(tmp_path) as journal:
        for case_id in CASES:
            for on in sorted({record.on for record in journal.decisions(case_id)}):
                for one in replayed(journal, case_id, on, law=FRANCE):
                    assert one.is_identical, (case_id, on, one.record.number)
                    assert one.differences == ()
                    assert (
                        one.decision.model_dump_json()
                        == replay(
                            one.case, (), version=one.record.case_version, on=on, scenario=pinned(one), law=FRANCE
                        ).model_dump_json()
                    )
                    assert text_hash(one.decision.model_dump_json()) == one.record.decision_hash


def pinned(one: Replayed) -> Scenario:
    return scenario_for(one.case.debtor)


def test_a_night_keeps_the_decision_that_acts_and_the_one_that_finds_nothing_more(tmp_path: Path) -> None:
    report = night(tmp_path, portfolio())
    for done in report.done:
        first, second = again(tmp_path, done.case.id)
        assert first.decision == done.decision
        assert (first.record.number, first.record.case_version) == (1, 0)
        assert second.record.number == 2
        assert second.decision.actions == ()
        assert second.record.case_version == second.decision.stamps.case_version > 0


def test_a_case_asleep_writes_nothing_and_a_lost_wakeup_writes_no_twin(tmp_path: Path) -> None:
    night(tmp_path, portfolio())
    before = records(tmp_path)
    assert night(tmp_path, portfolio()).asleep == 6
    assert records(tmp_path) == before
    with opened(tmp_path) as journal:
        journal.remember([row._replace(fingerprint="lost") for row in journal.wakeups().values()])
    assert night(tmp_path, portfolio()).asleep == 0
    assert records(tmp_path) == before


def test_facts_and_scenarios_are_kept_once(tmp_path: Path) -> None:
    for offset in range(12):
        night(tmp_path, portfolio(), MONDAY + timedelta(days=offset))
    with database(tmp_path) as connection:
        kinds = dict(connection.execute("SELECT kind, count(*) FROM kept_texts GROUP BY kind"))
    assert kinds == {"facts": 6, "scenario": 3}


def test_a_decision_is_kept_as_it_was_made_even_when_its_facts_are_corrected_later(tmp_path: Path) -> None:
    night(tmp_path, portfolio(case(0)))
    night(tmp_path, portfolio(with_payment(case(0), MONDAY, "1200.00")), MONDAY + timedelta(days=1))
    first, _ = again(tmp_path, CASES[0])
    assert first.is_identical
    assert first.case.payments == ()
    later = again(tmp_path, CASES[0], MONDAY + timedelta(days=1))
    assert [one.is_identical for one in later] == [True]
    assert len(later[0].case.payments) == 1


ENTERED = DatedValue(
    parameter="fr.taux_bce_refinancement",
    from_=date(2027, 1, 1),
    until=date(2027, 7, 1),
    value=Decimal("2.65"),
    article="Décision du Conseil des gouverneurs du 17 décembre 2026",
    checked_on=date(2026, 12, 18),
    confidence=Confidence.VERIFIED,
    addresses=("https://www.ecb.europa.eu/",),
)


def test_rates_entered_since_the_edition_are_kept_and_taken_back(tmp_path: Path) -> None:
    law, on = FRANCE.with_values((ENTERED,)), date(2027, 2, 1)
    night(tmp_path, portfolio(case(0)), on, rules=Policy(law, scenario_for, built_in_letters()))
    found = again(tmp_path, CASES[0], on)
    assert [one.is_identical for one in found] == [True, True]
    assert all(one.decision.stamps.law_edition == law.edition != FRANCE.edition for one in found)
    assert all(one.record.rates_hash is not None for one in found)
    assert (
        found[0].decision.claim.late_interest
        > decide(found[0].case, date(2026, 12, 31), scenario=pinned(found[0]), law=FRANCE).claim.late_interest
    )


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [("package_version", "0.0.9", "package_version"), ("law_edition", "fr-2020-01-01", "law_edition")],
)
def test_another_library_or_law_is_told_and_its_decision_shown(
    tmp_path: Path, column: str, value: str, what: str
) -> None:
    """A journal written by another version: its stamps and the hash of its decision are those of then."""
    night(tmp_path, portfolio(case(0)))
    first, _ = again(tmp_path, CASES[0])
    stamps = first.decision.stamps.model_dump() | {column: value}
    then = type(first.decision).model_validate(
        {**dict(first.decision), "stamps": type(first.decision.stamps)(**stamps)}
    )
    with database(tmp_path) as connection:
        connection.execute(
            f"UPDATE decisions SET {column} = ?, decision_hash = ? WHERE number = 1",  # noqa: S608  # names of this test
            (value, module.decision_hash(then)),
        )
    found, _ = again(tmp_path, CASES[0])
    assert not found.is_identical
    assert [(one.what, one.then) for one in found.differences] == [(what, value)]
    assert found.is_same_but_for_stamps
    assert found.decision == first.decision


def test_a_decision_that_the_journal_no_longer_gives_is_told_to_differ(tmp_path: Path) -> None:
    night(tmp_path, portfolio(case(0)))
    with database(tmp_path) as connection:
        connection.execute("UPDATE decisions SET decision_hash = ? WHERE number = 2", (text_hash("another"),))
    first, second = again(tmp_path, CASES[0])
    assert (first.is_identical, second.is_identical) == (True, False)
    assert (second.differences, second.is_same_but_for_stamps) == ((), False)


@pytest.mark.parametrize("kind", ["facts", "scenario"])
def test_an_altered_text_is_told(tmp_path: Path, kind: str) -> None:
    night(tmp_path, portfolio(case(0)))
    with database(tmp_path) as connection:
        (body,) = connection.execute("SELECT body FROM kept_texts WHERE kind = ?", (kind,)).fetchone()
        text = zlib.decompress(body).decode().replace("1200.00", "1300.00").replace('"days":3', '"days":2')
        connection.execute("UPDATE kept_texts SET body = ? WHERE kind = ?", (zlib.compress(text.encode()), kind))
    with pytest.raises(BrokenChain, match="not as it was written"):
        again(tmp_path, CASES[0])


def test_a_text_altered_with_its_hash_gives_a_decision_that_differs(tmp_path: Path) -> None:
    night(tmp_path, portfolio(case(0)))
    with database(tmp_path) as connection:
        (body,) = connection.execute("SELECT body FROM kept_texts WHERE kind = 'facts'").fetchone()
        text = zlib.decompress(body).decode().replace("1200.00", "1300.00")
        connection.execute(
            "UPDATE kept_texts SET body = ?, hash = ? WHERE kind = 'facts'",
            (zlib.compress(text.encode()), text_hash(text)),
        )
    assert [one.is_identical for one in again(tmp_path, CASES[0])] == [False, False]


def test_facts_that_this_version_cannot_read_name_the_version_that_wrote_them(tmp_path: Path) -> None:
    """As a later version would write them: its hash is right, its form is not known here."""
    night(tmp_path, portfolio(case(0)))
    with database(tmp_path) as connection:
        (body,) = connection.execute("SELECT body FROM kept_texts WHERE kind = 'facts'").fetchone()
        text = zlib.decompress(body).decode().replace('"currency":', '"coming":1,"currency":', 1)
        connection.execute(
            "UPDATE kept_texts SET body = ?, hash = ? WHERE kind = 'facts'",
            (zlib.compress(text.encode()), text_hash(text)),
        )
        connection.execute("UPDATE decisions SET package_version = '9.0.0'")
    with pytest.raises(JournalError, match=r"version 9\.0\.0 cannot be read by 0\."):
        again(tmp_path, CASES[0])


@pytest.mark.parametrize("damage", ["UPDATE kept_texts SET body = x'00'", "UPDATE events SET payload = '{}'"])
def test_a_damaged_journal_is_told(tmp_path: Path, damage: str) -> None:
    night(tmp_path, portfolio(case(0)))
    with database(tmp_path) as connection:
        connection.execute(damage)
    with pytest.raises(BrokenChain):
        again(tmp_path, CASES[0])


def test_a_night_without_a_decision_is_told_with_the_nights_that_have_one(tmp_path: Path) -> None:
    night(tmp_path, portfolio(case(0)))
    with pytest.raises(JournalError, match="2026-11-23"):
        again(tmp_path, CASES[0], MONDAY + timedelta(days=1))
    with pytest.raises(JournalError, match="slept"):
        again(tmp_path, "atelier-lumen/nobody/EUR")


def test_pruning_deletes_old_decisions_and_the_facts_nothing_rests_on(tmp_path: Path) -> None:
    night(tmp_path, portfolio(case(0)))
    paid = with_payment(case(0), MONDAY, "500.00")
    later = MONDAY + timedelta(days=30)
    night(tmp_path, portfolio(paid), later)
    with opened(tmp_path) as journal:
        assert journal.prune(later) == (2, 1)
        assert journal.prune(later) == (0, 0)
        assert journal.verify() > 0
        assert journal.scenario("standard_b2b", 1) is not None
    assert all(one.is_identical for one in again(tmp_path, CASES[0], later))
    assert night(tmp_path, portfolio(paid), later).asleep == 1


def test_a_kept_decision_is_small(tmp_path: Path) -> None:
    """Facts are compressed; a row names them by number. Figures for 6 cases of one invoice."""
    month(tmp_path)
    with database(tmp_path) as connection:
        rows = connection.execute(
            "SELECT length(case_id) + length(decided_on) + length(law_edition) + length(package_version)"
            " + length(decision_hash) + 12 FROM decisions"
        ).fetchall()
        bodies = connection.execute("SELECT length(body) FROM kept_texts").fetchall()
    assert max(size for (size,) in rows) < 200
    assert max(size for (size,) in bodies) < 1500


def test_it_is_a_journal_that_gives_the_history_of_one_case(tmp_path: Path) -> None:
    night(tmp_path, portfolio())
    with opened(tmp_path) as journal:
        assert isinstance(journal, SqlJournal)
        assert journal.history(CASES[2]) == journal.histories()[CASES[2]]
        assert journal.history("atelier-lumen/nobody/EUR").version == 0


def test_policy_of_the_tests_enters_no_rate() -> None:
    assert policy().law.entered == ()
    assert FRANCE.with_values((ENTERED,)).entered == (ENTERED,)
