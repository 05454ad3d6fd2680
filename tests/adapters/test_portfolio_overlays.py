"""Promises, plans, assignments, addresses that fail, channels refused, tags, payment methods, age of the bank data."""

from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from recouvrement.adapters.portfolio import read_portfolio
from recouvrement.adapters.portfolio.documents import PAYMENT_METHODS
from recouvrement.batch.portfolio import Portfolio
from recouvrement.domain.case import Case
from recouvrement.domain.documents import Instalment
from recouvrement.domain.events import (
    AddressBounced,
    ChannelAccepted,
    ChannelRefused,
    PlanAgreed,
    PlanDefaultNotified,
    StopLifted,
    StopPlaced,
)
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import Channel, PaymentMethod, StopKind
from recouvrement.errors import InvalidInput

GOOD = {
    "creancier.toml": 'id = "atelier"\nnom = "Atelier Ponant"\n',
    "debiteurs.csv": "id;nom;nature\nC1;Boulangerie Le Fournil;entreprise\nC2;Commune de Rives;public\n",
    "factures.csv": (
        "numero;debiteur;date;echeance;montant;devise\n"
        "F1;C1;01/10/2026;31/10/2026;1 250,50;\n"
        "F2;C1;05/10/2026;04/11/2026;300,00;\n"
        "F3;C2;06/10/2026;05/11/2026;90,00;\n"
        "F4;C1;06/10/2026;05/11/2026;90,00;CHF\n"
    ),
    "paiements.csv": "date;montant;facture\n",
}
HEADER = (
    "type;debiteur;date;facture;id;montant;devise;jusqu_au;revoir_le;reference;note;motif;responsable;jours_de_grace;"
    "beneficiaire;plan;acceleration;preavis_jours;interets_maintenus;canal;adresse"
)
COLUMNS = HEADER.split(";")
Event = TypeVar("Event")


def row(**cells: str) -> str:
    assert set(cells) <= set(COLUMNS)
    return ";".join(cells.get(column, "") for column in COLUMNS)


def read(folder: Path, *rows: str, **files: str) -> Portfolio:
    texts = GOOD | {name.replace("_", "."): text for name, text in files.items()}
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    (folder / "evenements.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return read_portfolio(folder)


def whole(folder: Path, *rows: str, **files: str) -> Case:
    portfolio = read(folder, *rows, **files)
    assert portfolio.failures == ()
    return next(case for case in portfolio.cases if case.id == "atelier/C1/EUR")


def only(case: Case, kind: type[Event]) -> Event:
    found = [event for event in case.history if isinstance(event, kind)]
    assert len(found) == 1
    return found[0]


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


PROMISE = {"type": "promesse", "debiteur": "C1", "date": "16/11/2026", "facture": "F1", "id": "P1"}
PLAN = {"type": "plan", "debiteur": "C1", "date": "16/11/2026", "facture": "F1|F2", "id": "PLAN-1"}


def test_a_promise_has_its_day_its_amount_and_its_grace(tmp_path: Path) -> None:
    promise = only(
        whole(tmp_path, row(**PROMISE, montant="500,00", jusqu_au="27/11/2026", jours_de_grace="3")), StopPlaced
    )
    assert promise.stop is StopKind.PROMISE_TO_PAY
    assert (promise.pay_by, promise.grace_days, promise.amount) == (date(2026, 11, 27), 3, eur("500.00"))
    assert promise.until is None
    assert promise.ends_on == date(2026, 12, 1)


def test_an_old_row_keeps_its_identifier_and_its_last_day(tmp_path: Path) -> None:
    for name, text in GOOD.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "evenements.csv").write_text(
        "type;debiteur;date;facture;jusqu_au\npromesse;C1;04/11/2026;F1;27/11/2026\nlitige;C1;05/11/2026;F1;\n",
        encoding="utf-8",
    )
    case = next(case for case in read_portfolio(tmp_path).cases if case.id == "atelier/C1/EUR")
    stops = {event.stop: event for event in case.history if isinstance(event, StopPlaced)}
    # Made by the version before plans and channels: an identifier that moved would be a second event in the journal.
    assert stops[StopKind.PROMISE_TO_PAY].id == "csv:4edf9162f654ce9e"
    assert stops[StopKind.DISPUTE].id == "csv:59edcd6a872238da"
    assert stops[StopKind.PROMISE_TO_PAY].ends_on == date(2026, 11, 28)


def test_two_rows_that_differ_in_a_later_column_only_are_two_events(tmp_path: Path) -> None:
    bounced = {"type": "adresse_rejetee", "debiteur": "C1", "date": "16/11/2026", "canal": "courriel"}
    case = whole(tmp_path, row(**bounced, adresse="a@exemple.example"), row(**bounced, adresse="b@exemple.example"))
    assert len({event.id for event in case.history}) == 2


def test_a_dispute_has_its_cause_and_its_owner(tmp_path: Path) -> None:
    dispute = only(
        whole(
            tmp_path,
            row(
                type="litige",
                debiteur="C1",
                date="16/11/2026",
                facture="F1",
                montant="300,00",
                revoir_le="01/12/2026",
                motif="qualité",
                responsable="Yann Le Goff",
            ),
        ),
        StopPlaced,
    )
    assert (dispute.cause, dispute.owner, dispute.review_on) == ("qualité", "Yann Le Goff", date(2026, 12, 1))


def test_the_rows_of_a_plan_are_one_event_whatever_their_order(tmp_path: Path) -> None:
    terms = {"acceleration": "oui", "preavis_jours": "15", "jours_de_grace": "2", "reference": "Accord signé"}
    rows = (
        row(**PLAN, **terms, jusqu_au="15/01/2027", montant="500,50"),
        row(**PLAN, **terms, jusqu_au="15/12/2026", montant="1 050,00"),
    )
    plan = only(whole(tmp_path, *rows), PlanAgreed)
    assert (plan.id, plan.plan_id, plan.effective_on) == ("csv:PLAN-1", "PLAN-1", date(2026, 11, 16))
    assert plan.item_ids == ("F1", "F2")
    assert plan.instalments == (
        Instalment(amount=eur("1050.00"), due_on=date(2026, 12, 15)),
        Instalment(amount=eur("500.50"), due_on=date(2027, 1, 15)),
    )
    assert (plan.accelerates, plan.notice_days, plan.grace_days, plan.reference) == (True, 15, 2, "Accord signé")
    assert only(whole(tmp_path, *rows[::-1]), PlanAgreed) == plan


def test_a_plan_that_says_nothing_of_default_does_not_accelerate(tmp_path: Path) -> None:
    plan = only(whole(tmp_path, row(**PLAN, jusqu_au="15/12/2026", montant="1 550,50")), PlanAgreed)
    assert (plan.accelerates, plan.notice_days, plan.grace_days) == (False, 8, 0)
    assert plan.keeps_interest is None


@pytest.mark.parametrize(("written", "read"), [("oui", True), ("non", False), ("", None)])
def test_a_plan_says_whether_it_keeps_interest(tmp_path: Path, written: str, read: bool | None) -> None:  # noqa: FBT001
    terms = {"interets_maintenus": written, "jusqu_au": "15/12/2026", "montant": "1 550,50"}
    assert only(whole(tmp_path, row(**PLAN, **terms)), PlanAgreed).keeps_interest is read


def test_the_default_of_a_plan_and_its_end_name_it(tmp_path: Path) -> None:
    case = whole(
        tmp_path,
        row(**PLAN, jusqu_au="15/12/2026", montant="1 550,50"),
        row(type="defaut_de_plan", debiteur="C1", date="20/12/2026", plan="PLAN-1", reference="1A 000"),
        row(type="levee", debiteur="C1", date="30/12/2026", reference="PLAN-1"),
    )
    notified = only(case, PlanDefaultNotified)
    assert (notified.plan_id, notified.effective_on, notified.reference) == ("PLAN-1", date(2026, 12, 20), "1A 000")
    assert only(case, StopLifted).stop_id == "PLAN-1"


def test_a_plan_in_another_currency_belongs_to_the_case_in_that_currency(tmp_path: Path) -> None:
    portfolio = read(
        tmp_path,
        row(
            type="plan", debiteur="C1", date="16/11/2026", id="P", jusqu_au="15/12/2026", montant="90,00", devise="CHF"
        ),
    )
    assert portfolio.failures == ()
    plans = {case.id: [event for event in case.history if isinstance(event, PlanAgreed)] for case in portfolio.cases}
    assert {name: len(found) for name, found in plans.items()} == {
        "atelier/C1/CHF": 1,
        "atelier/C1/EUR": 0,
        "atelier/C2/EUR": 0,
    }


@pytest.mark.parametrize("kind", ["cession", "affacturage", "assignment", "factoring"])
def test_an_assignment_says_who_must_be_paid(kind: str, tmp_path: Path) -> None:
    stop = only(
        whole(
            tmp_path, row(type=kind, debiteur="C1", date="16/11/2026", facture="F1", beneficiaire="Ouest Affacturage")
        ),
        StopPlaced,
    )
    assert (stop.stop, stop.payee, stop.ends_on) == (StopKind.ASSIGNMENT, "Ouest Affacturage", None)


def test_addresses_that_fail_are_read_by_channel(tmp_path: Path) -> None:
    case = whole(
        tmp_path,
        row(type="adresse_rejetee", debiteur="C1", date="16/11/2026", canal="courriel", adresse="a@exemple.example"),
        row(type="address_bounced", debiteur="C1", date="17/11/2026", canal="telephone", adresse="02 61 91 00 11"),
        row(type="adresse_rejetee", debiteur="C1", date="18/11/2026", canal="courrier"),
    )
    bounced = [event for event in case.history if isinstance(event, AddressBounced)]
    assert [(event.channel, event.address) for event in bounced] == [
        (Channel.EMAIL, "a@exemple.example"),
        (Channel.PHONE, "02 61 91 00 11"),
        (Channel.POST, None),
    ]


def test_channels_are_refused_and_accepted_for_every_case_of_the_debtor(tmp_path: Path) -> None:
    portfolio = read(
        tmp_path,
        row(type="refus_de_canal", debiteur="C1", date="16/11/2026", canal="Téléphone | courriel | phone"),
        row(type="accord_de_canal", debiteur="C1", date="20/11/2026", canal="telephone"),
    )
    assert portfolio.failures == ()
    cases = {case.id: case for case in portfolio.cases}
    for name in ("atelier/C1/EUR", "atelier/C1/CHF"):
        assert only(cases[name], ChannelRefused).channels == (Channel.PHONE, Channel.EMAIL)
        assert only(cases[name], ChannelAccepted).channels == (Channel.PHONE,)
    assert cases["atelier/C2/EUR"].history == ()


FAULTS = [
    ({**PROMISE, "jusqu_au": "27/11/2026", "jours_de_grace": "trois"}, "jours_de_grace", "not a whole number"),
    ({**PROMISE, "jusqu_au": "27/11/2026", "jours_de_grace": "61"}, "jours_de_grace", "less than or equal to 60"),
    ({**PROMISE, "jusqu_au": "27/11/2026", "jours_de_grace": "-3"}, "jours_de_grace", "not a whole number"),
    ({**PROMISE, "jours_de_grace": "3"}, "jusqu_au", "a promise has no date"),
    ({"type": "litige", "facture": "F1", "jours_de_grace": "3"}, "jours_de_grace", "does not use this cell"),
    ({"type": "litige", "facture": "F1", "beneficiaire": "X"}, "beneficiaire", "does not use this cell"),
    ({"type": "cession", "facture": "F1"}, "beneficiaire", "the cell is empty"),
    ({"type": "cession", "facture": "F1", "beneficiaire": "X", "montant": "5"}, "montant", "does not use this cell"),
    ({**PLAN, "jusqu_au": "15/12/2026"}, "montant", "the cell is empty"),
    ({**PLAN, "montant": "10,00"}, "jusqu_au", "the cell is empty"),
    ({**PLAN, "montant": "0,00", "jusqu_au": "15/12/2026"}, "montant", "cannot be an instalment"),
    ({**PLAN, "montant": "10,00 CHF", "jusqu_au": "15/12/2026"}, "montant", "CHF"),
    ({**PLAN, "montant": "10,00", "jusqu_au": "15/11/2026"}, "jusqu_au", "before the plan"),
    ({**PLAN, "id": "", "montant": "10,00", "jusqu_au": "15/12/2026"}, "id", "the cell is empty"),
    ({**PLAN, "montant": "10,00", "jusqu_au": "15/12/2026", "preavis_jours": "0"}, "preavis_jours", "greater than"),
    ({**PLAN, "montant": "10,00", "jusqu_au": "15/12/2026", "preavis_jours": "8,5"}, "preavis_jours", "whole number"),
    ({**PLAN, "montant": "10,00", "jusqu_au": "15/12/2026", "acceleration": "peut-être"}, "acceleration", "not known"),
    ({**PLAN, "montant": "10,00", "jusqu_au": "15/12/2026", "revoir_le": "1/12/2026"}, "revoir_le", "does not use"),
    ({"type": "defaut_de_plan"}, "plan", "the cell is empty"),
    ({"type": "defaut_de_plan", "plan": "PLAN-9"}, "plan", "plan 'PLAN-9' of debtor 'C1' is not in the file"),
    ({"type": "adresse_rejetee"}, "canal", "the cell is empty"),
    ({"type": "adresse_rejetee", "canal": "pigeon", "adresse": "x"}, "canal", "'pigeon' is not known here"),
    ({"type": "adresse_rejetee", "canal": "courriel"}, "adresse", "does not say which address"),
    ({"type": "adresse_rejetee", "canal": "courrier", "adresse": "1 rue"}, "adresse", "the postal address"),
    ({"type": "adresse_rejetee", "canal": "courrier", "facture": "F1"}, "facture", "does not use this cell"),
    ({"type": "refus_de_canal", "canal": "recommande"}, "canal", "'recommande' is not known here"),
    ({"type": "refus_de_canal", "canal": "telephone|pigeon"}, "canal", "'pigeon' is not known here"),
    ({"type": "refus_de_canal", "canal": "|"}, "canal", "no channel is named"),
    ({"type": "accord_de_canal"}, "canal", "the cell is empty"),
    ({"type": "accord_de_canal", "canal": "post", "adresse": "x"}, "adresse", "does not use this cell"),
]


@pytest.mark.parametrize(("cells", "column", "found"), FAULTS)
def test_a_wrong_cell_is_named_and_blocks_its_debtor_only(
    cells: dict[str, str], column: str, found: str, tmp_path: Path
) -> None:
    portfolio = read(tmp_path, row(**({"debiteur": "C1", "date": "16/11/2026"} | cells)))
    assert len(portfolio.failures) == 1
    failure = portfolio.failures[0]
    assert failure.debtor_id == "C1"
    assert failure.error.where == f"evenements.csv:2 (column {column})"
    assert found in failure.error.found
    assert failure.error.hint
    assert {case.debtor.id for case in portfolio.cases} == {"C2"}


@pytest.mark.parametrize(
    ("second", "column"),
    [
        ({"jusqu_au": "15/12/2026"}, "jusqu_au"),
        ({"date": "17/11/2026"}, "date"),
        ({"facture": "F1"}, "facture"),
        ({"acceleration": "oui"}, "acceleration"),
        ({"debiteur": "C2", "facture": "F3"}, "debiteur"),
    ],
)
def test_rows_of_one_plan_that_disagree_are_refused_on_the_later_line(
    second: dict[str, str], column: str, tmp_path: Path
) -> None:
    first = {**PLAN, "montant": "10,00", "jusqu_au": "15/12/2026"}
    later = {**PLAN, "montant": "20,00", "jusqu_au": "15/01/2027", **second}
    portfolio = read(tmp_path, row(**first), row(**later))
    assert {failure.error.where for failure in portfolio.failures} == {f"evenements.csv:3 (column {column})"}
    assert {failure.debtor_id for failure in portfolio.failures} == {"C1", second.get("debiteur", "C1")}


def test_a_faulty_instalment_leaves_no_half_of_a_plan(tmp_path: Path) -> None:
    good = row(**PLAN, montant="10,00", jusqu_au="15/12/2026")
    portfolio = read(tmp_path, good, row(**PLAN, montant="dix", jusqu_au="15/01/2027"))
    assert [failure.error.where for failure in portfolio.failures] == ["evenements.csv:3 (column montant)"]
    assert {case.debtor.id for case in portfolio.cases} == {"C2"}


def test_two_instalments_of_one_day_are_refused(tmp_path: Path) -> None:
    instalment = row(**PLAN, montant="10,00", jusqu_au="15/12/2026")
    portfolio = read(tmp_path, instalment, instalment)
    assert [failure.error.where for failure in portfolio.failures] == ["evenements.csv:3 (column jusqu_au)"]


def test_the_payment_method_of_an_invoice_is_read_in_french_and_in_english(tmp_path: Path) -> None:
    for word, method in PAYMENT_METHODS.items():
        text = f"numero;debiteur;date;echeance;montant;mode_de_paiement\nF1;C1;01/10/2026;;10,00;{word.upper()}\n"
        assert whole(tmp_path, factures_csv=text).invoices[0].payment_method is method
    assert set(PAYMENT_METHODS.values()) == set(PaymentMethod)
    silent = "number;debtor;date;due_date;amount;payment_method\nF1;C1;01/10/2026;;10,00;\n"
    assert whole(tmp_path, factures_csv=silent).invoices[0].payment_method is None


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ("F1;;C1;01/10/2026;;10,00;;troc\n", "factures.csv:2 (column mode_de_paiement)"),
        ("A1;avoir;C1;01/10/2026;;10,00;;virement\n", "factures.csv:2 (column mode_de_paiement)"),
        (
            "F1;;C1;01/10/2026;;10,00;1;virement\nF1;;C1;01/10/2026;;10,00;2;prelevement\n",
            "factures.csv:3 (column mode_de_paiement)",
        ),
    ],
)
def test_a_wrong_payment_method_is_named(rows: str, where: str, tmp_path: Path) -> None:
    header = "numero;type;debiteur;date;echeance;montant;tranche;mode_de_paiement\n"
    portfolio = read(tmp_path, factures_csv=header + rows)
    assert [failure.error.where for failure in portfolio.failures] == [where]


def test_a_payment_page_is_read_for_the_creditor_and_for_each_invoice(tmp_path: Path) -> None:
    for key, column in (("lien_paiement", "lien_paiement"), ("payment_url", "Lien de paiement")):
        case = whole(
            tmp_path,
            creancier_toml=f'id = "atelier"\nnom = "Atelier Ponant"\n{key} = "https://pay.ponant.example"\n',
            factures_csv=(
                f"numero;debiteur;date;echeance;montant;tranche;{column}\n"
                "F1;C1;01/10/2026;;10,00;1; https://pay.ponant.example/F1?cle=a,b \n"
                "F1;C1;01/10/2026;;10,00;2;https://pay.ponant.example/F1?cle=a,b\n"
                "F2;C1;01/10/2026;;10,00;;\n"
            ),
        )
        assert case.creditor.payment_url == "https://pay.ponant.example/"
        assert {one.number: one.payment_url for one in case.invoices} == {
            "F1": "https://pay.ponant.example/F1?cle=a,b",
            "F2": None,
        }


PAGE = "https://pay.ponant.example/F1"


@pytest.mark.parametrize(
    ("rows", "where", "found"),
    [
        (
            "F1;;C1;01/10/2026;;10,00;;http://pay.ponant.example/F1\n",
            "factures.csv:2 (column lien_paiement)",
            "'http://pay.ponant.example/F1' does not begin with https:// and a host: write a secure address",
        ),
        (
            "F1;;C1;01/10/2026;;10,00;;https://pay.ponant.example/février\n",
            "factures.csv:2 (column lien_paiement)",
            "holds 'é': write %C3%A9 in its place",
        ),
        (f"A1;avoir;C1;01/10/2026;;10,00;;{PAGE}\n", "factures.csv:2 (column lien_paiement)", "no such thing"),
        (
            f"F1;;C1;01/10/2026;;10,00;1;{PAGE}\nF1;;C1;01/10/2026;;10,00;2;{PAGE}-2\n",
            "factures.csv:3 (column lien_paiement)",
            "differs from",
        ),
    ],
)
def test_a_wrong_payment_page_is_named(rows: str, where: str, found: str, tmp_path: Path) -> None:
    header = "numero;type;debiteur;date;echeance;montant;tranche;lien_paiement\n"
    (failure,) = read(tmp_path, factures_csv=header + rows).failures
    assert failure.error.where == where
    assert found in failure.error.found


@pytest.mark.parametrize("key", ["lien_paiement", "payment_url"])
def test_a_wrong_payment_page_of_the_creditor_is_named(key: str, tmp_path: Path) -> None:
    text = f'id = "atelier"\nnom = "Atelier Ponant"\n{key} = "https://client:mot-de-passe@pay.ponant.example"\n'
    with pytest.raises(InvalidInput) as refused:
        read(tmp_path, creancier_toml=text)
    assert refused.value.where == f"creancier.toml:3 (key {key})"
    assert refused.value.found.startswith("it names a user before its host")
    assert "mot-de-passe" not in str(refused.value)


def test_tags_are_parted_by_spaces_or_semicolons(tmp_path: Path) -> None:
    debtors = (
        'id;nom;nature;etiquettes\nC1;Fournil;entreprise;"export  grand_compte;non_commercant export"\nC2;R;public;\n'
    )
    portfolio = read(tmp_path, debiteurs_csv=debtors)
    tags = {case.debtor.id: case.debtor.tags for case in portfolio.cases}
    assert tags == {"C1": ("export", "grand_compte", "non_commercant"), "C2": ()}


def test_a_tag_that_is_too_long_is_named(tmp_path: Path) -> None:
    debtors = f"id;nom;nature;tags\nC1;Fournil;entreprise;{'x' * 121}\nC2;Rives;public;\n"
    portfolio = read(tmp_path, debiteurs_csv=debtors)
    assert [failure.error.where for failure in portfolio.failures] == ["debiteurs.csv:2 (column tags)"]


@pytest.mark.parametrize(
    "line",
    [
        'banque_jusqu_au = "20/11/2026"',
        'bank_data_through = "2026-11-20"',
        "banque_jusqu_au = 2026-11-20",
    ],
)
def test_the_last_day_of_the_bank_data_is_that_of_every_case(line: str, tmp_path: Path) -> None:
    portfolio = read(tmp_path, creancier_toml=GOOD["creancier.toml"] + line + "\n")
    assert {case.bank_data_through for case in portfolio.cases} == {date(2026, 11, 20)}
    assert {case.bank_data_through for case in read(tmp_path).cases} == {None}


@pytest.mark.parametrize(
    "line", ['banque_jusqu_au = "hier"', "banque_jusqu_au = 2026-11-20T08:00:00", "banque_jusqu_au = 20"]
)
def test_a_last_day_that_is_no_day_is_one_error_with_its_line(line: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read(tmp_path, creancier_toml=GOOD["creancier.toml"] + line + "\n")
    assert refusal.value.where == "creancier.toml:3 (key banque_jusqu_au)"
