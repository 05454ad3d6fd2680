"""Whether the words of an invoice are in French: those of another language are not read. Language, not law."""

import re

from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.jurisdictions.fr.textes_de_facture import invoice_text
from recouvrement.law.mentions import MentionsReport, MentionStatus, PrintedMentions

LANGUAGE_NOT_READ = "language_not_read"

_FRENCH = re.compile(
    r"\b(?:paiements?|payer|payes?|regler|reglements?|echeances?|escomptes?|penalites?|retards?|indemnites?"
    r"|recouvrement|interets?|factures?|facturation|facturer|ttc|jours?|mois|montant|taux|acomptes?|comptant|virements?"
    r"|prelevements?|cheques?|commandes?|solde|neant|aucune?)\b"
)
"""French words an invoice uses to speak of payment."""
_FRENCH_LINKS = re.compile(r"\b(?:le|la|les|des|et|pour|dans|par|sur|est|au|aux|en|vos|votre|nos|notre|une)\b")
_OTHER = re.compile(
    r"\b(?:due\s(?:date|on|by|within|in)|invoice|payments?|late|overdue|interest|discount|days|within|penalty|penalties|fee|rate"
    r"|rechnung|zahlung|zahlbar|fallig|verzug|verzugszinsen|skonto|tage|tagen|frist|netto"
    r"|pago|vencimiento|descuento|dias|intereses|plazo|pagamento|scadenza|sconto|giorni|interessi|fattura"
    r"|vencimento|desconto|fatura|factuur|betaling|betalen|vervaldatum|korting|dagen)\b"
)
"""Words by which other languages speak of payment: English, German, Spanish, Italian, Portuguese, Dutch."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_MANY = 8
"""Different words enough to say that a text without a French one is in another language."""


def is_another_language(text: str) -> bool:
    """Whether a text speaks of payment in another language than French, with no French word of payment.

    >>> is_another_language("Due date 2026-12-02. Late payment fee: EUR 40."), is_another_language("Total : 40 €")
    (True, False)
    """
    read = invoice_text(text).folded
    if _FRENCH.search(read):
        return False
    if _OTHER.search(read):
        return True
    return len(set(_WORD.findall(read))) >= _MANY and not _FRENCH_LINKS.search(read)


def is_not_read(printed: PrintedMentions) -> bool:
    """Whether all that an invoice prints about payment is in another language."""
    found = (printed.terms_text, printed.penalty_text, printed.indemnity_text, printed.discount_text)
    texts = [text for text in found if text is not None]
    return bool(texts) and is_another_language("\n\n".join(texts))


def without_faults(report: MentionsReport) -> MentionsReport:
    """Return the report of an invoice in another language: nothing is called missing, and a doubt says why.

    What is recognised all the same, a date or a figure, stays judged as present; the rest is for a human to read.
    """
    reason = Reason.of(LANGUAGE_NOT_READ, Authority.FACT)
    findings = tuple(
        found._replace(
            status=MentionStatus.CANNOT_TELL,
            reason=Reason.of(LANGUAGE_NOT_READ, Authority.FACT, {"mention": found.mention}, source=found.source),
        )
        if found.status.is_fault
        else found
        for found in report.findings
    )
    doubts = (Doubt(code=LANGUAGE_NOT_READ, reason=reason), *report.doubts)
    return MentionsReport(None, findings, (), (), report.reasons, doubts)
