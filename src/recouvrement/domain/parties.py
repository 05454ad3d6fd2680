"""The two parties of a case: who is owed and who owes."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from recouvrement.domain.address import PostalAddress
from recouvrement.domain.identifiers import Bic, Iban, Siren, Siret, VatNumber
from recouvrement.domain.money import Money
from recouvrement.domain.payment_page import PaymentUrl
from recouvrement.domain.terms import PaymentTerms
from recouvrement.domain.values import CivilDate, Code, Line, Value, Word
from recouvrement.domain.vocabulary import ClaimNature

EmailAddress = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\.]{2,}$", max_length=254
    ),
]
"""``local@domain`` on one line, plain letters before the at sign; deliverability is the channel's business."""

PhoneNumber = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 ().\-]{4,24}$")]
"""Digits with the usual separators."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
"""ISO 639-1 code, such as ``fr``."""


StatuteText = Annotated[str, StringConstraints(min_length=40, max_length=4000, strip_whitespace=True)]
"""The words of an article, line breaks allowed."""


class DebtorKind(Word):
    """What the debtor is in law; it decides interest, indemnity and prescription."""

    BUSINESS = "business"
    """A professional acting for its activity (C. com. art. L441-10)."""
    CONSUMER = "consumer"
    """A natural person acting outside any professional activity."""
    PUBLIC = "public"
    """A public body bound by the Code de la commande publique."""
    NON_PROFESSIONAL = "non_professional"
    """A legal person outside any professional activity: association, property company, co-ownership."""
    UNKNOWN = "unknown"
    """Not known: a doubt; treated as the law treats the best protected debtor."""


TREATED_AS_CONSUMERS = frozenset({DebtorKind.CONSUMER, DebtorKind.UNKNOWN})
"""Consumers, and debtors whose kind is not known: what protects the former protects the latter."""


class PublicBody(StrEnum):
    """Class of public debtor; it decides the payment term (CCP art. R2192-10 and R2192-11)."""

    STATE_OR_LOCAL = "state_or_local"
    HEALTH = "health"
    PUBLIC_UNDERTAKING = "public_undertaking"


class ContactRole(Word):
    """What a contact is for; messages look for the best role present."""

    ACCOUNTS_PAYABLE = "accounts_payable"
    MANAGEMENT = "management"
    GENERAL = "general"


class Contact(Value):
    """A person or mailbox at the debtor's, with the ways to reach it."""

    name: Line | None = None
    role: ContactRole = ContactRole.GENERAL
    email: EmailAddress | None = None
    phone: PhoneNumber | None = None
    language: Language = "fr"

    @property
    def has_french_mobile(self) -> bool:
        """Whether the telephone can be sent a text message: a French mobile number, 06 or 07.

        Numbers of other countries are not guessed: nothing tells a mobile from a fixed line there.
        """
        return self.phone is not None and _FRENCH_MOBILE.fullmatch(_NOT_DIALLED.sub("", self.phone)) is not None


_NOT_DIALLED = re.compile(r"[ .\-]|\(0\)|[()]")
_FRENCH_MOBILE = re.compile(r"(?:0|\+33|0033)[67][0-9]{8}")


class InsolvencyKind(StrEnum):
    """Collective proceedings that stop individual claims."""

    SAUVEGARDE = "sauvegarde"
    REDRESSEMENT_JUDICIAIRE = "redressement_judiciaire"
    LIQUIDATION_JUDICIAIRE = "liquidation_judiciaire"
    SURENDETTEMENT = "surendettement"
    """Over-indebtedness of a natural person (C. conso. art. L722-2)."""


class Insolvency(Value):
    """Insolvency proceedings open against the debtor."""

    kind: InsolvencyKind
    opened_on: CivilDate
    published_on: CivilDate | None = None
    """Publication in the BODACC, from which the time to declare the claim runs (C. com. art. R622-24)."""
    closed_on: CivilDate | None = None
    court: Line | None = None
    """Court that opened them, such as ``tribunal de commerce de Nantes``."""
    agent: Line | None = None
    """Judicial agent or liquidator to whom claims are declared."""
    agent_address: PostalAddress | None = None

    def model_post_init(self, _context: object, /) -> None:
        """Refuse a publication or closure before the opening."""
        later = [day for day in (self.published_on, self.closed_on) if day is not None]
        if any(day < self.opened_on for day in later):
            message = f"publication and closure cannot come before the opening on {self.opened_on.isoformat()}"
            raise ValueError(message)


class Collector(Value):
    """Who recovers amicably for the creditor, under a mandate (CPCE art. L124-1 and R124-1 to R124-7).

    Set it only for a third party: a creditor that recovers its own debts is bound by none of these articles.
    """

    name: Line
    address: PostalAddress
    legal_form: Line | None = None
    capital: Money | None = None
    siren: Siren | None = None
    registry_city: Line | None = None
    email: EmailAddress | None = None
    phone: PhoneNumber | None = None
    signatory: Line | None = None
    signatory_title: Line | None = None
    iban: Iban | None = None
    """Account used for the sums recovered; ``None``: the debtor pays the creditor itself."""
    bic: Bic | None = None
    mandate_reference: Line | None = None
    statute_text: StatuteText | None = None
    """Second and third paragraphs of CPCE art. L111-8, as the official source gives them (R124-4 5°)."""
    statute_read_on: CivilDate | None = None
    """Day on which that text was read in the official source."""


class Creditor(Value):
    """The firm that is owed: who signs, where to pay, how to answer."""

    id: Code
    name: Line
    legal_form: Line | None = None
    """Such as ``SARL``, ``SAS``, ``EI``."""
    capital: Money | None = None
    siren: Siren | None = None
    registry_city: Line | None = None
    """Town of the commercial register, printed after ``RCS``."""
    vat_number: VatNumber | None = None
    address: PostalAddress | None = None
    email: EmailAddress | None = None
    phone: PhoneNumber | None = None
    signatory: Line | None = None
    signatory_title: Line | None = None
    iban: Iban | None = None
    bic: Bic | None = None
    is_natural_person: bool = False
    """True only for a natural person not acting for professional needs: other legal-interest column (CMF L313-2)."""
    mediator: Line | None = None
    """Consumer mediator, name and site (C. conso. art. L616-1)."""
    terms: PaymentTerms | None = None
    """General terms of sale, used when an invoice states none."""
    claim_nature: ClaimNature | None = None
    """Nature of its claims where the law gives them a time to act of their own, such as transport."""
    collector: Collector | None = None
    """A third party mandated to recover; ``None``: the creditor writes itself."""
    payment_url: PaymentUrl | None = None
    """Its own page where debtors pay online, whatever they owe."""

    def model_post_init(self, _context: object, /) -> None:
        """Refuse a private person with the identifiers of a business: a sole trader claims as a professional."""
        if self.is_natural_person and (self.siren or self.vat_number or self.legal_form):
            message = (
                "is_natural_person is for a private person acting outside any business: a sole trader, who has a SIREN "
                "or a legal form, is a professional creditor; set it to false"
            )
            raise ValueError(message)


class Debtor(Value):
    """Who owes."""

    id: Code
    name: Line
    kind: DebtorKind = DebtorKind.UNKNOWN
    public_body: PublicBody | None = None
    siren: Siren | None = None
    siret: Siret | None = None
    vat_number: VatNumber | None = None
    address: PostalAddress | None = None
    contacts: tuple[Contact, ...] = ()
    insolvency: Insolvency | None = None
    tags: tuple[Code, ...] = ()
    """Words of the host's own, for conditions and segments."""

    @property
    def language(self) -> str:
        """Language of the first contact, French when there is none."""
        return self.contacts[0].language if self.contacts else "fr"

    def model_post_init(self, _context: object, /) -> None:
        """Refuse identifiers that contradict each other."""
        if self.siren and self.siret and not self.siret.startswith(self.siren):
            message = f"SIRET {self.siret} does not belong to SIREN {self.siren}: correct one of them"
            raise ValueError(message)
        if self.public_body is not None and self.kind is not DebtorKind.PUBLIC:
            message = f"public_body is set but kind is {self.kind.value!r}: set kind to 'public' or remove it"
            raise ValueError(message)
