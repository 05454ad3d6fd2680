"""``debiteurs.csv``: who owes."""

from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from recouvrement.adapters.portfolio.columns import DEBTORS
from recouvrement.adapters.portfolio.faults import invalid_cell
from recouvrement.adapters.portfolio.table import Row, read_rows
from recouvrement.batch.portfolio import Failure
from recouvrement.domain.address import PostalAddress
from recouvrement.domain.parties import (
    Contact,
    ContactRole,
    Debtor,
    DebtorKind,
    Insolvency,
    InsolvencyKind,
    PublicBody,
)
from recouvrement.errors import InvalidInput

FILE = "debiteurs.csv"

KINDS = {
    "entreprise": DebtorKind.BUSINESS,
    "particulier": DebtorKind.CONSUMER,
    "public": DebtorKind.PUBLIC,
    "association": DebtorKind.NON_PROFESSIONAL,
    "non_professionnel": DebtorKind.NON_PROFESSIONAL,
    "inconnu": DebtorKind.UNKNOWN,
    "professionnel": DebtorKind.BUSINESS,
    "consommateur": DebtorKind.CONSUMER,
    "copropriete": DebtorKind.NON_PROFESSIONAL,
    "business": DebtorKind.BUSINESS,
    "consumer": DebtorKind.CONSUMER,
    "non_professional": DebtorKind.NON_PROFESSIONAL,
    "unknown": DebtorKind.UNKNOWN,
}
PUBLIC_BODIES = {
    "etat_ou_collectivite": PublicBody.STATE_OR_LOCAL,
    "sante": PublicBody.HEALTH,
    "entreprise_publique": PublicBody.PUBLIC_UNDERTAKING,
    "state_or_local": PublicBody.STATE_OR_LOCAL,
    "health": PublicBody.HEALTH,
    "public_undertaking": PublicBody.PUBLIC_UNDERTAKING,
}
ROLES = {
    "comptabilite": ContactRole.ACCOUNTS_PAYABLE,
    "direction": ContactRole.MANAGEMENT,
    "general": ContactRole.GENERAL,
    "accounts_payable": ContactRole.ACCOUNTS_PAYABLE,
    "management": ContactRole.MANAGEMENT,
}
PROCEDURES = {
    "sauvegarde": InsolvencyKind.SAUVEGARDE,
    "redressement": InsolvencyKind.REDRESSEMENT_JUDICIAIRE,
    "liquidation": InsolvencyKind.LIQUIDATION_JUDICIAIRE,
    "surendettement": InsolvencyKind.SURENDETTEMENT,
    "redressement_judiciaire": InsolvencyKind.REDRESSEMENT_JUDICIAIRE,
    "liquidation_judiciaire": InsolvencyKind.LIQUIDATION_JUDICIAIRE,
}

_ADDRESS = {
    "complement": "complement",
    "building": "batiment",
    "street": "rue",
    "locality": "lieu_dit",
    "postal_code": "code_postal",
    "city": "ville",
    "country": "pays",
}
_CONTACT = {"name": "contact", "email": "email", "phone": "telephone", "language": "langue"}
_INSOLVENCY = {
    "opened_on": "procedure_ouverte_le",
    "published_on": "procedure_publiee_le",
    "closed_on": "procedure_close_le",
    "": "procedure_publiee_le",
}
_DEBTOR = {
    "id": "id",
    "name": "nom",
    "siren": "siren",
    "siret": "siret",
    "vat_number": "tva",
    "public_body": "categorie_publique",
    "tags": "etiquettes",
    "": "siret",
}


class Debtors(NamedTuple):
    """The debtors that could be read, the identifiers of all those that are listed, and the faults."""

    by_id: dict[str, Debtor]
    listed: frozenset[str]
    lines: dict[str, int]
    failures: tuple[Failure, ...]


def read_debtors(folder: Path) -> Debtors:
    """Return the debtors of a portfolio; a faulty or repeated row blocks its debtor only."""
    by_id: dict[str, Debtor] = {}
    lines: dict[str, int] = {}
    failures: list[Failure] = []
    for row in read_rows(folder / FILE, DEBTORS):
        code = row.text("id")
        if code is not None and lines.setdefault(code, row.line) != row.line:
            twice = InvalidInput(
                where=row.where("id"),
                found=f"debtor {code!r} is already on line {lines[code]}",
                hint="Keep one row per debtor, or give each its own identifier.",
            )
            failures.append(Failure(twice, code))
            continue
        try:
            debtor = _debtor(row)
        except InvalidInput as fault:
            failures.append(Failure(fault, code))
        else:
            by_id[debtor.id] = debtor
    return Debtors(by_id, frozenset(lines), lines, tuple(failures))


def _debtor(row: Row) -> Debtor:
    if row.fault is not None:
        raise row.fault
    kind = row.choice("nature", KINDS)
    public_body = row.choice("categorie_publique", PUBLIC_BODIES)
    if public_body is not None and kind is not DebtorKind.PUBLIC:
        raise InvalidInput(
            where=row.where("categorie_publique"),
            found=f"{row.text('categorie_publique')!r} is a class of public body, the nature is not public",
            hint="Write public in the nature column, or empty this cell.",
        )
    try:
        return Debtor(
            id=row.required("id", "C0042"),
            name=row.required("nom", "Boulangerie Le Fournil"),
            kind=DebtorKind.UNKNOWN if kind is None else kind,
            public_body=public_body,
            siren=row.text("siren"),
            siret=row.text("siret"),
            vat_number=row.text("tva"),
            address=_address(row),
            contacts=_contacts(row),
            insolvency=_insolvency(row),
            tags=_tags(row),
        )
    except ValidationError as fault:
        raise invalid_cell(fault, row, DEBTORS, _DEBTOR) from None


def _tags(row: Row) -> tuple[str, ...]:
    """Return the words of the cell, parted by spaces or semicolons, without repetition; capitals count."""
    return tuple(dict.fromkeys((row.text("etiquettes") or "").replace(";", " ").split()))


def _address(row: Row) -> PostalAddress | None:
    facts = {name: row.text(column) for name, column in _ADDRESS.items() if row.text(column) is not None}
    if not facts.keys() - {"country"}:
        return None
    facts["postal_code"] = row.required("code_postal", "44000")
    facts["city"] = row.required("ville", "Nantes")
    try:
        return PostalAddress.model_validate(facts)
    except ValidationError as fault:
        # The one rule over several fields of an address is the French postal code.
        raise invalid_cell(fault, row, DEBTORS, {**_ADDRESS, "": "code_postal"}) from None


def _contacts(row: Row) -> tuple[Contact, ...]:
    facts: dict[str, object] = {
        name: row.text(column) for name, column in _CONTACT.items() if row.text(column) is not None
    }
    role = row.choice("fonction", ROLES)
    if not facts.keys() - {"language"}:
        return ()
    try:
        return (Contact.model_validate(facts if role is None else facts | {"role": role}),)
    except ValidationError as fault:
        raise invalid_cell(fault, row, DEBTORS, _CONTACT) from None


def _insolvency(row: Row) -> Insolvency | None:
    kind = row.choice("procedure", PROCEDURES)
    days = {name: row.day(column) for name, column in _INSOLVENCY.items() if name}
    if kind is None:
        dated = next((name for name, day in days.items() if day is not None), None)
        if dated is not None:
            raise InvalidInput(
                where=row.where("procedure"),
                found="proceedings have a date but no kind",
                hint=f"Write one of: {', '.join(PROCEDURES)}.",
            )
        return None
    if days["opened_on"] is None:
        raise InvalidInput(
            where=row.where("procedure_ouverte_le"),
            found="the day the proceedings were opened is missing",
            hint="Write the day of the judgment, e.g. 05/10/2026.",
        )
    try:
        return Insolvency(
            kind=kind,
            opened_on=days["opened_on"],
            published_on=days["published_on"],
            closed_on=days["closed_on"],
        )
    except ValidationError as fault:
        raise invalid_cell(fault, row, DEBTORS, _INSOLVENCY) from None
