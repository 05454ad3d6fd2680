"""The two parties as they are printed: identity, addresses, ways to pay and to answer."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from recouvrement.domain.address import PostalAddress
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.parties import TREATED_AS_CONSUMERS, Collector, Creditor
from recouvrement.domain.vocabulary import ON_PAPER, PROFESSIONAL_DOCUMENTS, Channel, DocumentKind
from recouvrement.render import formats
from recouvrement.render.escaping import Lines
from recouvrement.render.insolvencies import insolvency_of
from recouvrement.render.language import Language
from recouvrement.render.postal import envelope_lines, sender_lines

_SOLE_TRADER_FORMS = frozenset(
    {"ei", "entrepreneur individuel", "entreprise individuelle", "auto-entrepreneur", "micro-entreprise"}
)
_ALREADY_SAYS_EI = re.compile(r"\b(?:EI|entrepreneure? individuel(?:le)?)\b", re.IGNORECASE)


class Sender(NamedTuple):
    """Whoever writes and is paid, in formatted texts; an empty text is a fact that is not known."""

    creditor_name: str
    creditor_identity: str
    """Legal form, capital, SIREN and register: ``SARL au capital de 10 000 €, 000 123 455 RCS Nantes``."""
    creditor_siren: str
    creditor_address: str
    """On one line."""
    contact: str
    """Of whoever writes, as are telephone and signature: ``par courriel à … ou par téléphone au …``."""
    creditor_phone: str
    signatory: str
    signature: Lines
    """Signatory, title and firm, one under the other."""
    iban: str
    bic: str
    payee: str
    """Whose account that is."""
    collector_name: str
    """Third party mandated to recover; empty when the creditor writes itself, as are those below."""
    collector_identity: str
    collector_address: str
    mandate_reference: str
    statute_text: str
    """CPCE art. L111-8 al. 2 and 3, as the host read them in the official source."""
    statute_read_on: str


class Parties(NamedTuple):
    """The debtor, and what a document says of both parties; an empty text is a fact that is not known."""

    mediator: str
    payment_reference: str
    debtor_name: str
    debtor_id: str
    debtor_siren: str
    debtor_vat: str
    """Its intra-community VAT number, where it has no SIREN: what tells a foreign company from another."""
    debtor_address: str
    attention: str
    """Person or service the message is for."""
    debtor_phone: str
    letterhead: Lines
    """Creditor block of a letter on paper; empty in an e-mail."""
    addressee: Lines
    """Debtor's name and address as the envelope wants them; empty in an e-mail."""
    footer: Lines
    """Creditor block of an e-mail; empty on paper."""
    place_and_date: str
    """``Nantes, le 23 novembre 2026``; empty in an e-mail, which carries its own date."""
    dated: str
    registered: str
    """``Lettre recommandée avec avis de réception``, only when it goes that way."""


_NO_LINES = Lines()
_IN_ITS_OWN_NAME = PROFESSIONAL_DOCUMENTS | {DocumentKind.PLAN_AGREEMENT}


def writer(action: Action, case: Case) -> Creditor | Collector:
    """Return who writes: the third party mandated to recover, or the creditor itself.

    The creditor is party to a payment plan, declares its claim and hands its file over in its own name.
    """
    collector = None if action.document in _IN_ITS_OWN_NAME else case.creditor.collector
    return collector or case.creditor


def payee(action: Action, case: Case) -> Creditor | Collector:
    """Return whose account a letter gives: that of whoever writes, where it has one, or the creditor's."""
    sender = writer(action, case)
    return sender if sender.iban else case.creditor


def sender(action: Action, case: Case, *, language: Language) -> Sender:
    """Return whoever writes a document, and the account it gives."""
    return _sender(case.creditor, writer(action, case), payee(action, case), _abroad(case), language)


# One creditor writes thousands of letters in a night.
@lru_cache(maxsize=256)
def _sender(
    creditor: Creditor,
    writes: Creditor | Collector,
    paid: Creditor | Collector,
    abroad: PostalAddress | None,
    language: Language,
) -> Sender:
    name = creditor_name(creditor)
    own_lines = sender_lines(creditor.address, name, to=abroad)[1:] if creditor.address else ()
    phone = language.phone(writes.phone) if writes.phone else ""
    collector = writes if isinstance(writes, Collector) else None
    return Sender(
        creditor_name=name,
        creditor_identity=creditor_identity(creditor),
        creditor_siren=formats.grouped(creditor.siren, 3) if creditor.siren else "",
        creditor_address=", ".join(own_lines),
        contact=_contact(writes.email or "", phone, language),
        creditor_phone=phone,
        signatory=writes.signatory or "",
        signature=Lines([writes.signatory or "", writes.signatory_title or "", creditor_name(writes)]),
        iban=formats.grouped(paid.iban, 4) if paid.iban else "",
        bic=(paid.bic or "") if paid.iban else "",
        payee=creditor_name(paid),
        collector_name=creditor_name(collector) if collector else "",
        collector_identity=creditor_identity(collector) if collector else "",
        collector_address=", ".join(collector.address.lines(collector.name)[1:]) if collector else "",
        mandate_reference=(collector.mandate_reference or "") if collector else "",
        statute_text=(collector.statute_text or "") if collector else "",
        statute_read_on=(
            formats.long_date(collector.statute_read_on) if collector and collector.statute_read_on else ""
        ),
    )


@lru_cache(maxsize=256)
def _block(writes: Creditor | Collector, abroad: PostalAddress | None, language: Language) -> Lines:
    """Return the sender as a letter shows it.

    A mandated third party writes under its own name (CPCE art. R124-4); the mandate says for whom.
    """
    words = language.words
    return Lines(
        [
            creditor_name(writes),
            creditor_identity(writes),
            *(sender_lines(writes.address, writes.name, to=abroad)[1:] if writes.address else ()),
            words.labelled_phone.format(number=language.phone(writes.phone)) if writes.phone else "",
            words.labelled_email.format(address=writes.email) if writes.email else "",
        ]
    )


def _abroad(case: Case) -> PostalAddress | None:
    """Return where a letter goes, when it leaves France."""
    address = case.debtor.address
    return None if address is None or address.is_french else address


def parties(action: Action, case: Case, *, on: date, numbers: tuple[str, ...], language: Language) -> Parties:
    """Return the parties of a document that goes out on ``action.channel``."""
    debtor = case.debtor
    writes = writer(action, case)
    on_paper = action.channel in ON_PAPER
    attention = (action.recipient.name if action.recipient else None) or ""
    debtor_lines = envelope_lines(debtor.address, debtor.name) if debtor.address else (debtor.name,)
    block = _block(writes, _abroad(case), language)
    dated = language.long_date(on)
    return Parties(
        # Only a consumer may turn to a consumer mediator; an unknown debtor may be one (C. conso. art. L612-1).
        mediator=(case.creditor.mediator or "") if debtor.kind in TREATED_AS_CONSUMERS else "",
        payment_reference=numbers[0] if len(numbers) == 1 else debtor.id,
        debtor_name=debtor.name,
        debtor_id=debtor.id,
        debtor_siren=formats.grouped(debtor.siren, 3) if debtor.siren else "",
        debtor_vat=(debtor.vat_number or "") if not debtor.siren else "",
        debtor_address=", ".join(debtor_lines[1:]),
        attention=attention,
        debtor_phone=formats.unbroken(_debtor_phone(action, case)),
        letterhead=block if on_paper else _NO_LINES,
        addressee=Lines(_addressee(action, case, attention, debtor_lines, language)) if on_paper else _NO_LINES,
        footer=_NO_LINES if on_paper else block,
        place_and_date=place_and_date_of(writes, dated, language) if on_paper else "",
        dated=dated,
        registered=language.words.registered if action.channel is Channel.REGISTERED_POST else "",
    )


def _addressee(
    action: Action, case: Case, attention: str, debtor_lines: tuple[str, ...], language: Language
) -> tuple[str, ...]:
    """Return the lines of the envelope: those of the debtor or, for a declaration of claim, of the judicial agent."""
    insolvency = insolvency_of(action, case)
    if insolvency is not None:
        agent = insolvency.agent or ""
        return (agent, *(insolvency.agent_address.lines(agent)[1:] if insolvency.agent_address else ()))
    return (debtor_lines[0], _attention_line(attention, debtor_lines[0], language), *debtor_lines[1:])


def creditor_name(creditor: Creditor | Collector) -> str:
    """Return the name to print; that of a sole trader is followed at once by ``EI`` (C. com. art. R526-27)."""
    if not _is_sole_trader(creditor) or _ALREADY_SAYS_EI.search(creditor.name):
        return creditor.name
    return f"{creditor.name}{formats.NO_BREAK}EI"


def creditor_identity(creditor: Creditor | Collector) -> str:
    """Return form, capital, SIREN and register on one line (C. com. art. R123-237 and R123-238)."""
    form = "" if creditor.legal_form is None or _is_sole_trader(creditor) else creditor.legal_form
    capital = f"au capital de {formats.whole_money(creditor.capital)}" if creditor.capital else ""
    siren = formats.grouped(creditor.siren, 3) if creditor.siren else ""
    register = f"RCS{formats.NO_BREAK}{creditor.registry_city}" if creditor.registry_city else ""
    number = f"{siren} {register}" if siren and register else _labelled_siren(siren)
    return ", ".join(part for part in (f"{form} {capital}".strip(), number) if part)


def _labelled_siren(siren: str) -> str:
    return f"SIREN{formats.NO_BREAK}{siren}" if siren else ""


def _is_sole_trader(creditor: Creditor | Collector) -> bool:
    return (creditor.legal_form or "").casefold() in _SOLE_TRADER_FORMS


def place_and_date_of(creditor: Creditor | Collector, dated: str, language: Language) -> str:
    """Return where and when a letter was written; the day alone when the creditor has no address."""
    if creditor.address is None:
        return language.words.date_alone.format(day=dated)
    return language.words.place_and_date.format(place=creditor.address.city, day=dated)


def _attention_line(attention: str, debtor_name: str, language: Language) -> str:
    return language.words.attention.format(name=attention) if attention and attention != debtor_name else ""


def _contact(email: str, phone: str, language: Language) -> str:
    ways = [
        language.words.by_email.format(address=email) if email else "",
        language.words.by_phone.format(number=phone) if phone else "",
    ]
    return language.words.or_.join(way for way in ways if way)


def _debtor_phone(action: Action, case: Case) -> str:
    contacts = (*((action.recipient,) if action.recipient else ()), *case.debtor.contacts)
    return next((contact.phone for contact in contacts if contact.phone), "")
