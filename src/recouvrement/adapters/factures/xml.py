"""The XML of an e-invoice, found in the file and parsed without entities, DTD or network."""

import io
import struct
import zlib
from pathlib import Path

import facturx
from lxml import etree
from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from recouvrement.errors import InvalidInput

MAX_FILE_BYTES = 50_000_000
MAX_XML_BYTES = 20_000_000
"""An e-invoice of thousands of lines weighs some megabytes; more is an attack or a mistake."""

_RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
READABLE = {
    f"{{{_RSM}}}CrossIndustryInvoice",
    f"{{{_UBL}Invoice-2}}Invoice",
    f"{{{_UBL}CreditNote-2}}CreditNote",
}
_REFUSED = {
    "SCRDMCCBDACIOMessageStructure": ("an Order-X document: an order, not an invoice", "Take the invoice instead."),
    "CrossIndustryDocument": (
        "a ZUGFeRD 1.0 invoice, a format withdrawn in favour of Factur-X",
        "Ask for a Factur-X file, or enter the invoice in factures.csv.",
    ),
    "CrossDomainAcknowledgementAndResponse": (
        "a life-cycle message (CDAR), not an invoice",
        "Keep it out of the portfolio folder.",
    ),
}
_PDF_FAULTS = (
    PyPdfError,
    DependencyError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pypdf is seen to raise on damaged files: it documents only the first."""


def load(path: Path) -> etree._Element:
    """Return the root of the invoice that the file is or embeds.

    Raises ``InvalidInput`` with a sentence when there is none, when it is another kind of document, and for a DOCTYPE.
    """
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise InvalidInput(
                where=path.name, found=f"the file has {size} bytes", hint=f"Keep it under {MAX_FILE_BYTES} bytes."
            )
        content = path.read_bytes()
    except OSError as fault:
        raise InvalidInput(
            where=path.name, found=f"the file cannot be opened ({fault.strerror})", hint="Check that it may be read."
        ) from None
    if not content.strip():
        raise InvalidInput(where=path.name, found="the file is empty", hint="Export the invoice again.")
    is_pdf = b"%PDF-" in content[:1024]
    root = parse(_embedded(content, path.name) if is_pdf else content, where=path.name)
    if root.tag in READABLE:
        return root
    name = etree.QName(root).localname
    found, hint = _REFUSED.get(
        name, (f"an XML document whose root is {name!r}", "Give a Factur-X PDF, a CII invoice or a UBL 2.1 invoice.")
    )
    raise InvalidInput(where=path.name, found=f"the file is {found}", hint=hint)


def parse(content: bytes, *, where: str) -> etree._Element:
    """Return the root of an XML text, comments and processing instructions removed.

    Raises ``InvalidInput`` when it is too large, not well formed, or has a DOCTYPE: an invoice needs none, and that is
    where entities that expand or read files are declared.
    """
    if len(content) > MAX_XML_BYTES:
        raise InvalidInput(
            where=where, found=f"the XML has {len(content)} bytes", hint=f"Keep it under {MAX_XML_BYTES} bytes."
        )
    doctype = InvalidInput(
        where=where,
        found="the XML has a DOCTYPE, which can hide entities that expand or read other files",
        hint="Ask the issuer for a file without DOCTYPE; do not edit an invoice by hand.",
    )
    # Removing zero bytes makes UTF-16 and UTF-32 look like ASCII, which is enough for this search.
    if b"<!doctype" in content.replace(b"\0", b"").lower():
        raise doctype
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise InvalidInput(
            where=where, found=f"the XML cannot be read: {fault}", hint="Export the invoice again from its software."
        ) from None
    docinfo = root.getroottree().docinfo
    if docinfo.doctype or docinfo.internalDTD is not None:
        raise doctype
    return root


def _unreadable(fault: Exception, where: str) -> InvalidInput:
    if isinstance(fault, FileNotDecryptedError | DependencyError):
        return InvalidInput(
            where=where,
            found="the PDF is encrypted",
            hint="Ask for a file without password, or enter it in factures.csv.",
        )
    return InvalidInput(
        where=where, found=f"the PDF cannot be read ({type(fault).__name__})", hint="Export the invoice again."
    )


def _embedded(content: bytes, where: str) -> bytes:
    """Return the XML attached to a PDF, chosen by factur-x, after every attachment was checked for a DOCTYPE."""
    try:
        attachments = [(item.name, item.content) for item in PdfReader(io.BytesIO(content)).attachment_list]
    except _PDF_FAULTS as fault:
        raise _unreadable(fault, where) from None
    for name, attached in attachments:
        # factur-x parses the attachments itself, with a parser that accepts entities: look before it does.
        if name.lower().endswith(".xml"):
            parse(attached, where=where)
    try:
        _, found = facturx.get_xml_from_pdf(io.BytesIO(content), check_xsd=False)
    except _PDF_FAULTS as fault:
        raise _unreadable(fault, where) from None
    if not found:
        raise InvalidInput(
            where=where,
            found="the PDF has no invoice data inside: it is a plain PDF, not Factur-X",
            hint="Enter the invoice in factures.csv, or ask for the Factur-X file.",
        )
    return bytes(found)
