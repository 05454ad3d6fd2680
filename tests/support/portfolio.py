"""A small portfolio built in memory, and the means to run a night on it."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from recouvrement import (
    FRANCE,
    Case,
    Contact,
    Creditor,
    Debtor,
    DebtorKind,
    Money,
    PostalAddress,
    Scenario,
    StepRecorded,
    builtin,
)
from recouvrement.adapters.channel_folder import FolderChannel
from recouvrement.adapters.journal_sql import SqlJournal
from recouvrement.batch.nightly import Policy, Report, nightly
from recouvrement.batch.portfolio import Portfolio
from recouvrement.domain.vocabulary import Channel
from recouvrement.render.letters import Letters
from support.cases import invoice

MONDAY = date(2026, 11, 23)

CREDITOR = Creditor(
    id="atelier-lumen",
    name="Atelier Lumen",
    legal_form="SARL",
    capital=Money.of("10000.00", "EUR"),
    siren="000000018",
    registry_city="Nantes",
    address=PostalAddress(street="3 quai de la Fosse", postal_code="44000", city="Nantes"),
    email="compta@atelier-lumen.example",
    phone="02 61 91 00 01",
    signatory="Claire Fontaine",
    signatory_title="gérante",
    iban="FR7630006000011234567890189",
)

_DEBTORS = (
    ("fournil", "Boulangerie Le Fournil", DebtorKind.BUSINESS, date(2026, 11, 20), None),
    ("garage", "Garage de l'Erdre", DebtorKind.BUSINESS, date(2026, 11, 10), "relance_1"),
    ("voilerie", "Voilerie du Loch", DebtorKind.BUSINESS, date(2026, 10, 20), "lettre_de_relance"),
    ("lestrat", "Mme Anne Lestrat", DebtorKind.CONSUMER, date(2026, 11, 16), None),
    ("mairie", "Commune de Saint-Aubin-des-Grèves", DebtorKind.PUBLIC, date(2026, 11, 16), None),
    ("voilier", "Association Le Vieux Gréement", DebtorKind.NON_PROFESSIONAL, date(2026, 11, 17), None),
)


def case(index: int) -> Case:
    """Return one of the cases: each has an action to carry out on the Monday."""
    name, title, kind, due_on, done = _DEBTORS[index]
    debtor = Debtor(
        id=name,
        name=title,
        kind=kind,
        contacts=(Contact(email=f"compta@{name}.example", phone=f"02 61 91 12 3{index}"),),
        address=PostalAddress(street=f"{index + 2} rue des Carmes", postal_code="44000", city="Nantes"),
    )
    number = f"F2026-{index + 101}"
    history: tuple[StepRecorded, ...] = ()
    if done is not None:
        step = StepRecorded(id=f"hand-{name}", effective_on=date(2026, 11, 13), stage=done, item_ids=(number,))
        history = (step,)
    return Case(creditor=CREDITOR, debtor=debtor, invoices=(invoice(number, due_on),), history=history)


def portfolio(*cases: Case) -> Portfolio:
    """Return a portfolio of these cases, of all of them by default."""
    return Portfolio(CREDITOR, cases or tuple(case(index) for index in range(len(_DEBTORS))), ())


def scenario_for(debtor: Debtor) -> Scenario:
    """Return the built-in scenario of a kind of debtor."""
    names = {DebtorKind.BUSINESS: "standard_b2b", DebtorKind.PUBLIC: "secteur_public"}
    return builtin(names.get(debtor.kind, "consommateur"))


def clock() -> datetime:
    """Return a fixed moment."""
    return datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def policy(letters: Letters | None = None) -> Policy:
    """Return the policy of the tests."""
    return Policy(FRANCE, scenario_for, letters or built_in_letters())


@cache
def built_in_letters() -> Letters:
    """Return the built-in letters, compiled once for the whole suite."""
    return Letters.built_in()


def opened(folder: Path) -> SqlJournal:
    """Return the journal kept in a folder."""
    return SqlJournal.open(folder / "journal.sqlite", creditor_id=CREDITOR.id, clock=clock)


def night(folder: Path, read: Portfolio, on: date = MONDAY, *, rules: Policy | None = None) -> Report:
    """Run a night whose journal and outbox are in a folder."""
    outbox = FolderChannel(folder / "letters")
    with opened(folder) as journal:
        return nightly(read, on=on, journal=journal, channels=dict.fromkeys(Channel, outbox), policy=rules or policy())


def files(folder: Path) -> dict[str, bytes]:
    """Return what the outbox holds, by file name."""
    outbox = folder / "letters"
    return {path.name: path.read_bytes() for path in sorted(outbox.iterdir())} if outbox.exists() else {}
