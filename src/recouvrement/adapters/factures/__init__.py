"""Reader of e-invoices (Factur-X PDF, CII XML, UBL XML); needs the extra ``factures``."""

from recouvrement.adapters.factures.model import EInvoice, PartyFacts, RefusedInvoice
from recouvrement.adapters.factures.reader import read_einvoice

__all__ = ["EInvoice", "PartyFacts", "RefusedInvoice", "read_einvoice"]
