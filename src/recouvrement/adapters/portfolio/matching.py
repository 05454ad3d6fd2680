"""Which debtor an e-invoice is addressed to, and whether it is the creditor who issued it."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from recouvrement.adapters.portfolio.columns import folded
from recouvrement.domain.parties import Creditor, Debtor
from recouvrement.errors import InvalidInput

if TYPE_CHECKING:
    from recouvrement.adapters.factures import PartyFacts


def check_seller(seller: "PartyFacts", creditor: Creditor, where: str) -> None:
    """Raise ``InvalidInput`` unless the seller is the creditor: same SIREN, else same VAT number, else same name."""
    for name, theirs, ours in (
        ("SIREN", seller.siren, creditor.siren),
        ("VAT number", seller.vat_number, creditor.vat_number),
        ("name", folded(seller.name or ""), folded(creditor.name)),
    ):
        if theirs and ours:
            if _compact(theirs) == _compact(ours):
                return
            raise InvalidInput(
                where=where,
                found=f"this invoice was issued by another firm: {seller.name!r}, {name} {theirs} instead of {ours}",
                hint="Take it out of the folder, or correct creancier.toml.",
            )
    raise InvalidInput(
        where=where,
        found="the invoice does not name its seller",
        hint="Ask for a complete file, or enter the invoice in factures.csv.",
    )


def debtor_of(buyer: "PartyFacts", debtors: Iterable[Debtor], where: str) -> Debtor:
    """Return the one debtor the buyer is.

    By SIRET, SIREN, VAT number, identifier (BT-46), then exact name, accents and case aside; the first of these that
    one debtor alone answers decides. A debtor whose SIREN or VAT number is known and differs is never the buyer.
    Raises ``InvalidInput`` when nobody answers, or several do.
    """
    possible = [debtor for debtor in debtors if not _differs(buyer, debtor)]
    codes = {_compact(code) for code in buyer.identifiers}
    criteria: tuple[Callable[[Debtor], bool], ...] = (
        lambda debtor: bool(buyer.siret) and debtor.siret == buyer.siret,
        lambda debtor: bool(buyer.siren) and _siren(debtor) == buyer.siren,
        lambda debtor: bool(buyer.vat_number) and debtor.vat_number == _compact(buyer.vat_number),
        lambda debtor: _compact(debtor.id) in codes,
        lambda debtor: bool(buyer.name) and folded(debtor.name) == folded(buyer.name or ""),
    )
    hits: list[Debtor] = []
    for answers in criteria:
        found = [debtor for debtor in (hits or possible) if answers(debtor)]
        if len(found) == 1:
            return found[0]
        hits = found or hits
    told = ", ".join(part for part in (buyer.siret or buyer.siren, buyer.vat_number, buyer.name) if part) or "no name"
    if hits:
        raise InvalidInput(
            where=where,
            found=f"the buyer ({told}) may be any of {', '.join(sorted(debtor.id for debtor in hits))}",
            hint="Give the SIRET of each in debiteurs.csv, or enter the invoice in factures.csv.",
        )
    raise InvalidInput(
        where=where,
        found=f"the buyer ({told}) is not in debiteurs.csv",
        hint="Add its row, with its SIREN, SIRET or VAT number.",
    )


def _siren(debtor: Debtor) -> str | None:
    return debtor.siren or (debtor.siret[:9] if debtor.siret else None)


def _differs(buyer: "PartyFacts", debtor: Debtor) -> bool:
    """Whether an identifier known on both sides says that they are two firms, whatever their names."""
    siren = _siren(debtor)
    if buyer.siren and siren:
        return buyer.siren != siren
    return bool(buyer.vat_number and debtor.vat_number and _compact(buyer.vat_number) != debtor.vat_number)


def _compact(code: str | None) -> str:
    return "".join(character for character in code or "" if character.isalnum()).casefold().upper()
