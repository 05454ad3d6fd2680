"""Wording that no letter may hold: it imitates a court document, threatens, or claims what is not owed.

The words of the templates are searched, and what they read like laid out without a value, never the letter itself: a
debtor may be called Huissier, and a letter to him must still leave. Patterns are matched against ``as_read``: a space
stands for every kind of space and for the end of a line, ``-`` for every hyphen.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from recouvrement.domain.reasons import Confidence
from recouvrement.render.as_read import as_read, unwrapped
from recouvrement.scenario.findings import Severity


class Wording(NamedTuple):
    """A kind of wording, the text that is against it, and how well that text was established."""

    code: str
    because: str
    article: str | None
    """``None`` where practice alone is against it."""
    confidence: Confidence
    remedy: str
    french: str
    """What it is, for the jurist's checklist."""
    severity: Severity = Severity.ERROR

    @property
    def is_refused(self) -> bool:
        """Whether a template that holds it serves no letter."""
        return self.severity is Severity.ERROR


class Forbidden(NamedTuple):
    """A wording and its kind."""

    pattern: re.Pattern[str]
    kind: Wording

    @property
    def because(self) -> str:
        """Why it is not written, with the text."""
        return f"{self.kind.because} ({self.kind.article})" if self.kind.article else self.kind.because


def _wording(pattern: str, kind: Wording) -> Forbidden:
    return Forbidden(re.compile(pattern, re.IGNORECASE), kind)


_SUM = r"\d[\d ,.]*(?:€|euros?\b|eur\b)"
_PLAIN = "Say what is owed and by when; name a step only if it is decided and yours to take."

IMITATION = Wording(
    "imitates_an_act",
    "it imitates an act of a court or of a public officer",
    "C. pén. art. 433-13",
    Confidence.TEXT_READ,
    "Write a letter in your own name: « mise en demeure » is the word of a creditor.",
    "imitation d'un acte de justice ou d'un officier public",
)
AUTHORITY = Wording(
    "imitates_an_authority",
    "it looks like paper of a court or of an administration",
    "C. pén. art. 444-5",
    Confidence.TEXT_READ,
    "Use your own name and letterhead only.",
    "apparence d'un papier de justice ou d'administration",
)
NO_TITLE = Wording(
    "threatens_enforcement",
    "it threatens with enforcement that a creditor without a title cannot carry out",
    "C. conso. art. L121-2",
    Confidence.FROM_MEMORY,
    "Say that payment may be claimed in court; enforcement comes after a title.",
    "menace d'exécution sans titre (saisie, huissier, commissaire de justice)",
)
COURT_DATE = Wording(
    "promises_a_court_date",
    "it names a hearing, a judgment or a visit that is not arranged",
    "C. conso. art. L121-2",
    Confidence.DERIVED,
    _PLAIN,
    "audience, jugement ou visite annoncés sans être fixés",
)
THREAT = Wording("threatens", "it threatens", "C. pén. art. 312-1", Confidence.FROM_MEMORY, _PLAIN, "menace")
PRIVACY = Wording(
    "tells_third_parties",
    "it threatens privacy",
    "C. civ. art. 9",
    Confidence.FROM_MEMORY,
    "Speak of the debt to the debtor only.",
    "divulgation à un tiers",
)
BLACKLIST = Wording(
    "blacklists",
    "it speaks of a list of bad payers, which may not be shared",
    "CNIL, délibération 2021-130",
    Confidence.SECONDARY,
    "Remove it.",
    "fichage, liste de mauvais payeurs",
)
BUSINESS_ONLY = Wording(
    "business_sum_to_consumer",
    "it is owed between businesses only",
    "C. com. art. L441-10",
    Confidence.SECONDARY,
    "Write it in the business variant; a consumer is asked for the principal.",
    "somme due entre professionnels seulement, demandée à un consommateur",
)
COSTS = Wording(
    "costs_to_consumer",
    "recovery without a title costs the creditor, not the debtor",
    "CPCE art. L111-8",
    Confidence.TEXT_READ,
    "Remove it: nothing is added to the debt for reminding.",
    "frais du recouvrement, demandés à un consommateur",
)
DAMAGES = Wording(
    "damages_to_consumer",
    "damages need bad faith and a loss of its own",
    "C. civ. art. 1231-6",
    Confidence.SECONDARY,
    "Remove it: a court grants them, and a letter cannot presume them.",
    "dommages et intérêts, demandés à un consommateur",
)
PENALTY_CLAUSE = Wording(
    "penalty_clause_to_consumer",
    "an increase of the debt needs a valid clause of the contract",
    "C. conso. art. L121-2",
    Confidence.SECONDARY,
    "Remove it from the letter; ask a lawyer before relying on the clause.",
    "majoration ou clause pénale, demandée à un consommateur",
)
COLLECTOR = Wording(
    "claims_to_be_a_collector",
    "the creditor writes himself: only a third party carries on recovery for others",
    "CPCE art. R124-4",
    Confidence.TEXT_READ,
    "Remove it; a mandated collector checks its folder with --collector.",
    "activité de recouvrement pour autrui, alors que le créancier écrit lui-même",
    Severity.WARNING,
)
LIMITATION = Wording(
    "speaks_of_limitation",
    "limitation is for the file, not for the letter: a reminder does not interrupt it, and its end is no threat",
    None,
    Confidence.UNVERIFIED,
    "Remove it: `recouvrement prescription` computes the last day for you.",
    "prescription ou forclusion, dans une relance ou une mise en demeure",
    Severity.WARNING,
)
WRITTEN_SUM = Wording(
    "written_sum",
    "a sum written in a template is the same in every letter, whatever is owed",
    None,
    Confidence.DERIVED,
    "Print the variable: sums are computed on the day of each letter.",
    "somme écrite en chiffres dans un modèle, la même dans toutes les lettres",
    Severity.WARNING,
)
HTML_TAG = Wording(
    "html_tag",
    "HTML is printed as it is written: the debtor would read the tag",
    None,
    Confidence.DERIVED,
    "Write Markdown: **bold**, *italic*, [text](https://…).",
    "balise HTML, imprimée telle quelle",
    Severity.WARNING,
)

WORDINGS = (
    IMITATION,
    AUTHORITY,
    NO_TITLE,
    COURT_DATE,
    THREAT,
    PRIVACY,
    BLACKLIST,
    BUSINESS_ONLY,
    COSTS,
    DAMAGES,
    PENALTY_CLAUSE,
    COLLECTOR,
    LIMITATION,
    WRITTEN_SUM,
    HTML_TAG,
)
"""Every kind, in the order of the pages."""

IN_ANY_LETTER = (
    _wording(r"\bsais(?:ies?|irons|issons|ir)\b", NO_TITLE),
    _wording(r"\b(?:été|est|sera) saisie?s?\b", IMITATION),
    _wording(r"\b(?:seront|[êe]tre) saisie?s?\b", NO_TITLE),
    _wording(r"\baux ench[èe]res\b|\bexpuls(?:ions?|ée?s?)\b|\bvotre salaire\b", NO_TITLE),
    _wording(r"\bbloqu\w+ (?:votre|vos) comptes?\b|\bvos? comptes? (?:bancaires? )?(?:sera|seront) bloqu", NO_TITLE),
    _wording(r"\bcommandement\b", IMITATION),
    _wording(r"\bhuissiers?\b", NO_TITLE),
    _wording(r"\bcommissaires? de justice\b", NO_TITLE),
    _wording(r"\bex[ée]cution forc[ée]e\b", NO_TITLE),
    _wording(r"\bsommation\b", IMITATION),
    _wording(r"\bassignation\b", IMITATION),
    _wording(r"\bmandement\b", IMITATION),
    _wording(r"\bau nom (?:de la loi|du peuple fran[çc]ais)\b", IMITATION),
    _wording(r"\bactes? (?:extra)?judiciaires?\b|\bexploit d[’']", IMITATION),
    _wording(r"\br[ée]publique fran[çc]aise\b", AUTHORITY),
    _wording(r"\btricolore\b|\bbleu,? blanc,? (?:et )?rouge\b|🇫🇷", AUTHORITY),
    _wording(r"\blibert[ée],? [ée]galit[ée],? fraternit[ée]\b", AUTHORITY),
    _wording(r"\bservices? judiciaires?\b|\bminist[èe]re de la justice\b|\bprocureur\b", AUTHORITY),
    _wording(r"\bavant poursuites?\b", NO_TITLE),
    _wording(r"\b(?:une|[àa] l[’']) ?audience\b|\bserez (?:condamn|jug|convoqu|cit|assign|poursuiv)\w+", COURT_DATE),
    _wording(r"\b[êe]tes (?:convoqu|cit|assign)ée?s?\b|\b(?:juge|tribunal) vous condamnera\b", COURT_DATE),
    _wording(r"\b(?:agent|enqu[êe]teur|personne|quelqu[’']un)\b[^.]{0,30} (?:votre domicile|chez vous)\b", COURT_DATE),
    _wording(r"\bpr[ée]senter\w* (?:[àa] votre (?:domicile|si[èe]ge)|chez vous)\b", COURT_DATE),
    _wording(r"\b(?:plainte|p[ée]nal(?:e|es|ement)?|police|gendarmerie)\b", THREAT),
    _wording(r"\b(?:prison|emprisonnement|escro(?:c|cs|querie)|voleurs?|risques et p[ée]rils)\b", THREAT),
    _wording(
        r"\bvo(?:tre|s) (?:employeur|proches|voisins?|voisinage|coll[èe]gues|famille|entourage|conjointe?)\b", PRIVACY
    ),
    _wording(
        r"\b(?:pr[ée]v(?:ien|en)|averti|inform|contact|alert)\w*ons vo(?:tre|s) "
        r"(?:patronn?e?|banques?|banquier|clients?|fournisseurs?|bailleur|propri[ée]taire|assureur)\b",
        PRIVACY,
    ),
    _wording(r"\bpubli\w+ votre nom\b|\bvotre nom sera publi", PRIVACY),
    _wording(r"\bFICP\b|\binterdi(?:t|te|ction)s? bancaires?\b", BLACKLIST),
    _wording(r"\bfichée?s?\b|\bfichage\b|\blistes? noires?\b|\bmauvais payeurs?\b", BLACKLIST),
)
"""Refused in every document meant for the debtor, or read out to him."""

TO_A_CONSUMER = (
    _wording(r"(?<![\d,.])(?<!\d )(?:40(?:[,.]00?)? ?(?:€|euros?\b|eur\b)|quarante euros?\b)", BUSINESS_ONLY),
    _wording(r"\b[LD][ .]*441 ?- ?(?:10|5)\b", BUSINESS_ONLY),
    _wording(r"\bp[ée]nalit[ée]s?\b", BUSINESS_ONLY),
    _wording(r"\bindemnit[ée]s?\b", BUSINESS_ONLY),
    _wording(
        r"\bfrais (?:de (?:recouvrement|relance|dossier|gestion|contentieux|rejet|mise en demeure|rappel|retard|"
        r"traitement|courrier|justice|proc[ée]dure)|d[’'](?:impay[ée]s?|avocat|envoi|huissier)|administratifs)\b",
        COSTS,
    ),
    _wording(
        # A sum of costs, but for the carriage of what was sold.
        rf"\bfrais\b(?! (?:de port|de livraison|de transport|d[’']exp[ée]dition))(?: [\w’'-]+){{0,3}} ?[:=]? ?{_SUM}",
        COSTS,
    ),
    _wording(r"\bfrais (?:suppl[ée]mentaires|postaux)\b|\bforfait de\b", COSTS),
    _wording(r"\b(?:frais|co[ûu]ts?) (?:(?!que le juge)[^.]){0,40}[àa] votre charge\b", COSTS),
    _wording(r"\barticle 700\b", COSTS),
    _wording(r"\bdommages\b", DAMAGES),
    _wording(r"\bmajorations?\b|\bmajor[ée]e?s? de\b", PENALTY_CLAUSE),
    _wording(r"\bint[ée]r[êe]ts? (?:au taux )?de \d", PENALTY_CLAUSE),
)
"""Refused as well towards a consumer, and towards a debtor whose kind is not known."""

OF_A_COLLECTOR = (
    _wording(r"\b(?:soci[ée]t[ée]|cabinet|organisme|agence) de recouvrement\b", COLLECTOR),
    _wording(
        r"\bactivit[ée] de recouvrement\b|\brecouvrement (?:amiable )?(?:de cr[ée]ances )?pour autrui\b", COLLECTOR
    ),
    _wording(r"\bmandat[ée]e?s? par\b|\bau nom et pour le compte\b|\bR[ .]*124 ?- ?4\b", COLLECTOR),
    _wording(r"\bpour le compte du cr[ée]ancier\b", COLLECTOR),
)
"""Untrue when the creditor writes himself, which is what these letters are for."""

ABOUT_LIMITATION = (_wording(r"\bprescri(?:ption|te?s?|vent)\b|\bforclusion\b", LIMITATION),)
"""Better left out of reminders and of a mise en demeure; a payment plan may speak of it."""

IN_FIGURES = (
    _wording(
        # 40 € is the figure of C. com. art. D441-5; the capital of a company is no sum asked.
        r"(?<![\w,.])(?<!\d )(?<!capital de )(?<!capital social de )(?<!capital of )(?!40(?:[,.]00?)? ?(?:€|eur))"
        + _SUM
        + r"|(?<!capital of )(?:€|\bEUR) ?(?!40(?:\.00)?\b(?![,.]\d))\d[\d,.]*",
        WRITTEN_SUM,
    ),
)
"""Better printed from a variable, in every document meant for the debtor."""


IN_TAGS = (_wording(r"</?[a-z][a-z0-9]*(?: [^<>]*)?/?>", HTML_TAG),)
"""Never meant, in any document: Markdown is the one markup of templates."""


class Occurrence(NamedTuple):
    """A wording found in a text."""

    line: int
    found: str
    kind: Wording
    because: str


@lru_cache(maxsize=256)
def occurrences(text: str, forbidden: tuple[Forbidden, ...]) -> tuple[Occurrence, ...]:
    """Return where a text holds one of these wordings as it is read, in the order of the text."""
    plain = as_read(text)
    flat = unwrapped(plain)
    found = [
        Occurrence(plain.count("\n", 0, match.start()) + 1, " ".join(match.group().split()), rule.kind, rule.because)
        for rule in forbidden
        for match in rule.pattern.finditer(flat)
    ]
    return tuple(sorted(found, key=lambda one: (one.line, one.found)))
