"""``creancier.toml``: who is owed, with French or English keys."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from recouvrement.adapters.portfolio.cells import parse_amount, parse_date
from recouvrement.adapters.portfolio.columns import folded
from recouvrement.adapters.portfolio.faults import field, sentence
from recouvrement.adapters.portfolio.table import parse_toml, read_text
from recouvrement.domain.address import PostalAddress
from recouvrement.domain.clauses import PenaltyClause
from recouvrement.domain.parties import Creditor
from recouvrement.domain.terms import DayCount, HalfYears, Imputation, PaymentTerms, TermRule, TermStart
from recouvrement.errors import InvalidInput

FILE = "creancier.toml"

Word = TypeVar("Word", bound=StrEnum)

_BANK = "bank_data_through"
_CURRENCY = re.compile(r"(?<![^\W\d_])[A-Za-z]{3}$")
"""Three letters of their own at the end: ``mille`` ends with no currency."""

_IDENTITY = {
    "id": ("id", "identifiant"),
    "name": ("nom", "raison_sociale", "name"),
    "legal_form": ("forme_juridique", "legal_form"),
    "capital": ("capital",),
    "siren": ("siren",),
    "registry_city": ("ville_rcs", "registry_city"),
    "vat_number": ("tva", "numero_tva", "vat_number"),
    "email": ("email", "courriel"),
    "phone": ("telephone", "phone"),
    "signatory": ("signataire", "signatory"),
    "signatory_title": ("qualite_signataire", "signatory_title"),
    "iban": ("iban",),
    "bic": ("bic",),
    "payment_url": ("lien_paiement", "lien_de_paiement", "payment_url"),
    "is_natural_person": ("personne_physique", "is_natural_person"),
    "mediator": ("mediateur", "mediator"),
    "address": ("adresse", "address"),
    "terms": ("conditions", "terms"),
    _BANK: ("banque_jusqu_au", "bank_data_through"),
}
_ADDRESS = {
    "complement": ("complement",),
    "building": ("batiment", "building"),
    "street": ("rue", "street"),
    "locality": ("lieu_dit", "locality"),
    "postal_code": ("code_postal", "postal_code"),
    "city": ("ville", "city"),
    "country": ("pays", "country"),
}
_TERMS = {
    "net_days": ("delai_jours", "net_days"),
    "starts": ("depart", "starts"),
    "rule": ("fin_de_mois", "rule"),
    "day_of_month": ("le_jour", "day_of_month"),
    "imputation": ("imputation",),
    "penalty": ("penalites", "penalty"),
    "day_count": ("base_jours", "day_count"),
    "half_years": ("semestres", "half_years"),
    "capitalises": ("capitalisation", "capitalises"),
    "wording": ("libelle", "wording"),
}
_STARTS = {"emission": TermStart.ISSUE, "reception": TermStart.RECEIPT, "livraison": TermStart.DELIVERY}
_RULES = {
    "non": TermRule.DAYS_AFTER,
    "jours_puis_fin": TermRule.DAYS_THEN_EOM,
    "fin_puis_jours": TermRule.EOM_THEN_DAYS,
    "decade": TermRule.DECADE_THEN_DAYS,
}
_DAY_COUNTS = {
    "365": DayCount.ACTUAL_365,
    "annee reelle": DayCount.ACTUAL_ACTUAL,
    "360": DayCount.ACTUAL_360,
}
_HALF_YEARS = {"taux_de_chaque_semestre": HalfYears.RE_ANCHORED, "taux_du_premier": HalfYears.FIXED_AT_START}
_IMPUTATIONS = {"interets_d_abord": Imputation.INTEREST_FIRST, "principal_d_abord": Imputation.PRINCIPAL_FIRST}


class _Section(NamedTuple):
    """A table of the file, its keys by field of the model, with the key as it was written."""

    text: str
    prefix: str
    values: dict[str, object]
    written: dict[str, str]

    def where(self, name: str) -> str:
        """Return ``creancier.toml:7 (key iban)``, without the line when the key does not begin one."""
        key = self.written.get(name, name)
        inside = not self.prefix
        for number, line in enumerate(self.text.splitlines(), start=1):
            if heading := re.match(r"\s*\[\s*([^\]]+?)\s*\]", line):
                inside = heading[1] == self.prefix
            elif inside and re.match(rf"\s*{re.escape(key)}\s*=", line):
                return f"{FILE}:{number} (key {self._full(key)})"
        return f"{FILE} (key {self._full(key)})"

    def _full(self, key: str) -> str:
        return f"{self.prefix}.{key}" if self.prefix else key

    def word(self, name: str, words: Mapping[str, Word]) -> Word | None:
        """Return what a word stands for, the French one or the English value."""
        found = self.values.get(name)
        if found is None:
            return None
        known = {folded(word): value for word, value in words.items()}
        known |= {folded(value.value): value for value in words.values()}
        text = str(found) if type(found) is int else found  # base_jours = 365
        if not isinstance(text, str) or folded(text) not in known:
            raise InvalidInput(
                where=self.where(name), found=f"{found!r} is not known here", hint=f"Write one of: {', '.join(words)}."
            )
        return known[folded(text)]


class Account(NamedTuple):
    """What the file says: who is owed, and how far the payments of the portfolio are known."""

    creditor: Creditor
    bank_data_through: date | None
    """Last day whose bank movements are in ``paiements.csv``; ``None``: not said."""


def read_creditor(folder: Path) -> Creditor:
    """Return the creditor of a portfolio; raises as ``read_account``."""
    return read_account(folder).creditor


def read_account(folder: Path) -> Account:
    """Return the creditor of a portfolio and the last day of its bank data.

    Raises ``InvalidInput``, with the line and the key, for the first fault; an unknown key is one.
    """
    text = read_text(folder / FILE)
    hint = 'Write key = "value", text between double quotes, one key a line.'
    document = parse_toml(text, where=FILE, hint=hint, parse_float=Decimal)
    top = _section(text, "", document, _IDENTITY)
    bank_data_through = _bank_data_through(top)
    facts = {name: value for name, value in top.values.items() if name != _BANK}
    facts["capital"] = _capital(top)
    facts["address"] = _address(text, top)
    facts["terms"] = _terms(text, top)
    if facts.get("is_natural_person") is None:
        facts.pop("is_natural_person", None)
    elif not isinstance(facts["is_natural_person"], bool):
        raise InvalidInput(
            where=top.where("is_natural_person"),
            found=f"{facts['is_natural_person']!r} is neither true nor false",
            hint="Write true or false, without quotes.",
        )
    try:
        return Account(Creditor.model_validate(facts), bank_data_through)
    except ValidationError as fault:
        raise _located(fault, top) from None


def _section(text: str, prefix: str, table: object, names: dict[str, tuple[str, ...]]) -> _Section:
    if not isinstance(table, dict):
        raise InvalidInput(where=f"{FILE} (key {prefix})", found="a table is expected", hint=f"Write [{prefix}] first.")
    by_name = {folded(alias): name for name, aliases in names.items() for alias in aliases}
    values: dict[str, object] = {}
    written: dict[str, str] = {}
    for key, value in table.items():
        name = by_name.get(folded(key))
        if name is None:
            known = ", ".join(aliases[0] for aliases in names.values())
            raise InvalidInput(
                where=_Section(text, prefix, {}, {}).where(key),
                found=f"key {key!r} is not known",
                hint=f"Keys are: {known}.",
            )
        if name in values:
            raise InvalidInput(
                where=_Section(text, prefix, {}, {}).where(key),
                found=f"key {key!r} says again what {written[name]!r} says",
                hint="Keep one of the two.",
            )
        values[name], written[name] = value, key
    return _Section(text, prefix, values, written)


def _bank_data_through(top: _Section) -> date | None:
    found = top.values.get(_BANK)
    if found is None:
        return None
    # TOML has dates of its own, and people write them as text.
    return parse_date(found.isoformat() if isinstance(found, date) else str(found), where=top.where(_BANK))


def _capital(top: _Section) -> object:
    found = top.values.get("capital")
    if found is None:
        return None
    text = str(found)
    if "variable" in folded(text):
        raise InvalidInput(
            where=top.where("capital"),
            found=f"{text!r} is not an amount",
            hint='Leave it out, and write it in the form: forme_juridique = "SARL à capital variable".',
        )
    written = _CURRENCY.search(text.strip())
    currency = written[0].upper() if written is not None else "EUR"
    return parse_amount(text, currency, where=top.where("capital"))


def _address(text: str, top: _Section) -> object:
    if "address" not in top.values:
        return None
    section = _section(text, top.written["address"], top.values["address"], _ADDRESS)
    try:
        return PostalAddress.model_validate(section.values)
    except ValidationError as fault:
        # The one rule over several fields of an address is the French postal code.
        raise _located(fault, section, whole="postal_code") from None


def _terms(text: str, top: _Section) -> object:
    if "terms" not in top.values:
        return None
    section = _section(text, top.written["terms"], top.values["terms"], _TERMS)
    facts = dict(section.values)
    words = {
        "starts": section.word("starts", _STARTS),
        "rule": section.word("rule", _RULES),
        "imputation": section.word("imputation", _IMPUTATIONS),
        "day_count": section.word("day_count", _DAY_COUNTS),
        "half_years": section.word("half_years", _HALF_YEARS),
    }
    facts |= {name: word for name, word in words.items() if word is not None}
    if "penalty" in facts:
        facts["penalty"] = PenaltyClause.of(str(facts["penalty"]), where=section.where("penalty"))
    try:
        return PaymentTerms.model_validate(facts)
    except ValidationError as fault:
        raise _located(fault, section) from None


def _located(fault: ValidationError, section: _Section, whole: str = "") -> InvalidInput:
    """Return the fault at its key; at ``whole`` when it lies in no single field."""
    name = field(fault).split(".")[0] or whole
    missing = fault.errors(include_url=False)[0]["type"] == "missing"
    return InvalidInput(
        where=section.where(name) if name else FILE,
        found="the key is missing" if missing else sentence(fault),
        hint="Add it." if missing else "Correct this value.",
    )
