from datetime import date

from recouvrement.domain.parties import Insolvency, InsolvencyKind
from recouvrement.jurisdictions.fr import FRANCE


def insolvency(published_on: date | None, kind: InsolvencyKind = InsolvencyKind.REDRESSEMENT_JUDICIAIRE) -> Insolvency:
    return Insolvency(kind=kind, opened_on=date(2005, 1, 3), published_on=published_on)


def test_the_declaration_is_due_two_months_after_the_publication() -> None:
    deadline = FRANCE.declaration_de_creance(insolvency(date(2026, 3, 20)))
    assert deadline is not None
    assert deadline.last_day == date(2026, 5, 20)
    assert [step.act for step in deadline.path] == ["bodacc_publication", "period_ends"]


def test_a_shorter_month_ends_the_time_on_its_last_day() -> None:
    deadline = FRANCE.declaration_de_creance(insolvency(date(2025, 12, 31)))
    assert deadline is not None
    assert deadline.last_day == date(2026, 2, 28)


def test_the_extension_to_a_working_day_is_shown_but_not_relied_on() -> None:
    deadline = FRANCE.declaration_de_creance(insolvency(date(2026, 3, 14)))
    assert deadline is not None
    assert deadline.last_day == date(2026, 5, 14), "Ascension"
    step = deadline.path[-1]
    assert (step.from_, step.act, step.effect) == (date(2026, 5, 15), "working_day_extension", "not_relied_on")


def test_without_publication_there_is_no_deadline() -> None:
    assert FRANCE.declaration_de_creance(insolvency(None)) is None


def test_over_indebtedness_has_no_such_declaration() -> None:
    assert FRANCE.declaration_de_creance(insolvency(date(2026, 3, 20), InsolvencyKind.SURENDETTEMENT)) is None


def test_outside_the_covered_days_the_path_says_that_the_period_is_assumed() -> None:
    deadline = FRANCE.declaration_de_creance(insolvency(date(2005, 3, 21)))
    assert deadline is not None
    assert "period_not_covered" in [step.act for step in deadline.path]


def test_the_stop_names_its_text_by_kind_of_proceedings() -> None:
    articles = {}
    for kind in InsolvencyKind:
        source = FRANCE.insolvency_stop(insolvency(None, kind)).source
        assert source is not None
        articles[kind] = source.article
    assert articles[InsolvencyKind.SURENDETTEMENT] == "C. conso. art. L722-2 et L722-5"
    assert articles[InsolvencyKind.SAUVEGARDE] == "C. com. art. L622-7 et L622-21"
