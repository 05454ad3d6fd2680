"""Letters in English: golden texts, which debtor gets them, wording, mentions, overrides, and what falls back."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from recouvrement.domain.address import PostalAddress
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Contact, Debtor, DebtorKind
from recouvrement.domain.terms import DayCount
from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, Channel, DocumentKind
from recouvrement.errors import MissingMention, RenderError
from recouvrement.render.documents import Document, render_document
from recouvrement.render.english import ENGLISH
from recouvrement.render.french import FRENCH
from recouvrement.render.language_choice import LANGUAGES, LanguageReason
from recouvrement.render.letters import Letters
from recouvrement.render.mentions import mentions
from recouvrement.render.page import shown_text
from recouvrement.render.parties import creditor_identity
from recouvrement.render.scenario_documents import document_facts
from recouvrement.render.variants import Variant
from recouvrement.render.views import PART_OF, TRANSLATED, VARIABLES, View
from support.readable import Readable

Model = TypeVar("Model", bound=Readable)
Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]

CLOSED_TO_PUBLIC_BODIES = {DocumentKind.ORDER_TO_PAY_SHEET, DocumentKind.CLAIM_DECLARATION}
GOLDEN = Path(__file__).with_name("golden") / "en"
TEMPLATES = Path(__file__).parents[2] / "src/recouvrement/render/templates"

PROMISED = {
    "courtesy_notice": ("business", "consumer"),
    "reminder_1": ("business", "consumer"),
    "reminder_2": ("business", "consumer"),
    "reminder_letter": ("business", "consumer"),
    "mise_en_demeure": ("business", "consumer"),
    "call_script": ("business", "consumer"),
    "thank_you": ("business", "consumer"),
}
"""What docs/letters.md promises in English."""

ENGLISH_ONES = [(DocumentKind(kind), Variant(variant)) for kind, variants in PROMISED.items() for variant in variants]
every = pytest.mark.parametrize(("kind", "variant"), ENGLISH_ONES)


def rebuilt(value: Model, **changes: object) -> Model:
    return type(value).model_validate(dict(value) | changes)


def speaking(debtor: Debtor, language: str) -> Debtor:
    return rebuilt(debtor, contacts=tuple(rebuilt(contact, language=language) for contact in debtor.contacts))


@pytest.fixture(scope="session")
def in_english(sample_abroad: Sample, letters: Letters, on: date) -> Callable[[DocumentKind, Variant], Document]:
    def render(kind: DocumentKind, variant: Variant) -> Document:
        action, case, claim = sample_abroad(kind, variant)
        return render_document(action, case, claim, on=on, letters=letters)

    return render


Rendered = Callable[[DocumentKind, Variant], Document]


def words_of(document: Document) -> str:
    """The words of the page on one line, where no cell of a table is folded."""
    return " ".join(shown_text(document.html).split())


@every
def test_every_english_document_is_the_one_that_was_read_and_approved(
    kind: DocumentKind, variant: Variant, in_english: Rendered, pytestconfig: pytest.Config
) -> None:
    document = in_english(kind, variant)
    text = f"{document.subject}\n{'=' * len(document.subject)}\n\n{document.text}"
    for suffix, content in (("txt", text), ("html", document.html)):
        path = GOLDEN / f"{kind.value}.{variant.value}.{suffix}"
        if pytestconfig.getoption("--rewrite-golden", default=False):
            path.write_text(content, encoding="utf-8", newline="\n")
        assert content == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_every_promised_document_has_a_template_of_its_own_and_no_other_exists(code: str) -> None:
    language = LANGUAGES[code]
    promised = {(kind, variant) for kind in DocumentKind for variant in Variant if language.promises(kind, variant)}
    files = {path.name.removesuffix(".md.j2") for path in (TEMPLATES / code).glob("[!_]*.md.j2")}
    missing = [
        f"{code}/{kind.value} ({variant.value})"
        for kind, variant in sorted(promised)
        if not {kind.value, f"{kind.value}.{variant.value}"} & files
    ]
    assert missing == []
    used = {name for kind, variant in promised for name in (kind.value, f"{kind.value}.{variant.value}")}
    assert files <= used
    assert {path.name for path in TEMPLATES.iterdir() if path.is_dir()} == set(LANGUAGES)


def test_what_is_promised_in_english_is_what_the_documentation_says(letters: Letters) -> None:
    promised = {(kind, variant) for kind in DocumentKind for variant in Variant if ENGLISH.promises(kind, variant)}
    assert promised == set(ENGLISH_ONES)
    assert all(letters.serves(kind, variant, "en") for kind, variant in promised)
    assert all(FRENCH.promises(kind, variant) for kind in DocumentKind for variant in Variant)


@every
def test_an_english_document_says_so_in_its_page_and_in_its_fields(
    kind: DocumentKind, variant: Variant, in_english: Rendered
) -> None:
    document = in_english(kind, variant)
    assert '<html lang="en">' in document.html
    assert (document.language, document.language_wanted, document.language_because) == (
        "en",
        "en",
        LanguageReason.WANTED,
    )
    assert document == in_english(kind, variant)


FRENCH_WORDS = re.compile(
    r"\b(?:facture|factures|jours?|montant|échéance|retard|règlement|veuillez|nous|vous|objet|courriel|téléphone|client"
    r"|au|du|le|et|ou|commande|janvier|novembre|décembre|total dû|principal dû)\b",
    re.IGNORECASE,
)
KEPT_IN_FRENCH = (
    "SARL au capital de 10 000 €, 000 123 455 RCS Nantes",
    "“nous vous mettons en demeure de payer”",
    "lettre recommandée avec avis de réception",
    "Agencement du magasin, lot menuiserie",
    "Médiation de l’Ouest, https://mediation-ouest.example",
)


@every
def test_no_french_word_is_left_but_those_kept_on_purpose(
    kind: DocumentKind, variant: Variant, in_english: Rendered
) -> None:
    document = in_english(kind, variant)
    for text in (document.subject, document.text, shown_text(document.html)):
        flat = " ".join(text.split())
        for kept in KEPT_IN_FRENCH:
            flat = flat.replace(kept, "")
        assert FRENCH_WORDS.findall(flat) == []


@every
def test_english_spacing_holds_in_every_rendered_text(
    kind: DocumentKind, variant: Variant, in_english: Rendered, sample_abroad: Sample
) -> None:
    document = in_english(kind, variant)
    french_identity = " ".join(creditor_identity(sample_abroad(kind, variant)[1].creditor).split())
    for shown in (document.subject, document.text, shown_text(document.html)):
        flat = " ".join(shown.split()).replace(french_identity, "identity")
        assert not re.search(r" [:;!?,.](?:\s|$)", flat)
        assert not re.search(r"[\"'«»]|\d %", flat)
        amounts = re.findall(r"€[\d,.]*\d", flat)
        assert len(amounts) == flat.count("€")
        assert all(re.fullmatch(r"€\d{1,3}(?:,\d{3})*\.\d\d", amount) for amount in amounts)
        assert not re.search(r"\b\d\d/\d\d/\d{4}\b", flat)
        assert not re.search(r"\b(?:art\.|January|November|December) \d", shown.replace("\n", " "))


@every
def test_no_line_of_english_text_is_wider_than_76_columns(
    kind: DocumentKind, variant: Variant, in_english: Rendered
) -> None:
    assert max(len(line) for line in in_english(kind, variant).text.splitlines()) <= 76


@every
def test_english_text_and_page_say_the_same_words(kind: DocumentKind, variant: Variant, in_english: Rendered) -> None:
    document = in_english(kind, variant)
    page = set(re.findall(r"[^\W\d]{3,}", shown_text(document.html)))
    assert page == set(re.findall(r"[^\W\d]{3,}", document.text))


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in ENGLISH_ONES}))
def test_a_consumer_abroad_is_never_told_of_what_only_businesses_owe(kind: DocumentKind, in_english: Rendered) -> None:
    document = in_english(kind, Variant.CONSUMER)
    text = f"{document.text}\n{document.html}".casefold()
    for words in ("€40", "l441-10", "d441-5", "penalt", "fixed sum", "compensation", "recovery costs", "damages"):
        assert words not in text


def test_an_english_courtesy_notice_speaks_of_no_delay(in_english: Rendered) -> None:
    for variant in (Variant.BUSINESS, Variant.CONSUMER):
        text = in_english(DocumentKind.COURTESY_NOTICE, variant).text.casefold()
        for word in ("overdue", "unpaid", "late", "penalt", "interest", "notice to pay", "debt", "reminder"):
            assert not re.search(rf"\b{word}", text)


@pytest.mark.parametrize("variant", [Variant.BUSINESS, Variant.CONSUMER])
def test_the_english_mise_en_demeure_stays_an_act_of_french_law(variant: Variant, in_english: Rendered) -> None:
    document = in_english(DocumentKind.MISE_EN_DEMEURE, variant)
    assert document.subject.startswith("Formal notice to pay (mise en demeure)")
    text = " ".join(document.text.split())
    assert "We hereby formally require you to pay us the sum of" in text
    assert "“nous vous mettons en demeure de payer”" in text
    assert "article 1344 of the French Civil Code" in text
    assert "articles 1231-6 and 1344-1" in text
    assert "This letter is sent under French law and is written in English" in text
    assert "the French text of the article cited prevails" in text
    assert "SARL au capital de 10 000 €, 000 123 455 RCS Nantes" in text
    assert "lettre recommandée avec avis de réception" in text
    assert "BELGIQUE" in text or "IRLANDE" in text
    assert "44000 NANTES FRANCE" in text
    assert "+33 1 99 00 12 34" in text


def test_the_headings_add_up_to_the_total_in_english_too(in_english: Rendered) -> None:
    recap = in_english(DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS).text.split("Summary:")[1]
    amounts = [int(re.sub(r"\D", "", amount)) for amount in re.findall(r"(€[\d,.]+)$", recap, re.MULTILINE)]
    principal, interest, indemnities, total = amounts[:4]
    assert (principal, indemnities) == (1125000, 8000)
    assert total == principal + interest + indemnities


def test_english_and_french_ask_for_the_same_sums(in_english: Rendered, sample_abroad: Sample, on: date) -> None:
    def digits(document: Document) -> set[str]:
        return {re.sub(r"\D", "", amount) for amount in re.findall(r"€[\d,.]+\d|[\d\u202f,]+\u00a0€", document.text)}

    letters = Letters.built_in()
    for kind, variant in ENGLISH_ONES:
        action, case, claim = sample_abroad(kind, variant)
        french = rebuilt(case, debtor=speaking(case.debtor, "fr"))
        other = render_document(action, french, claim, on=on, letters=letters)
        assert other.language == "fr"
        assert digits(other) - {"10000"} == digits(in_english(kind, variant)) - {"10000"}


class TestWhoGetsWhichLanguage:
    def test_the_language_is_that_of_the_person_who_reads(
        self, sample_abroad: Sample, letters: Letters, on: date
    ) -> None:
        action, case, claim = sample_abroad(DocumentKind.REMINDER_1, Variant.BUSINESS)
        to_a_frenchman = rebuilt(action, recipient=Contact(name="Siège", email="siege@delinde.example"))
        assert render_document(to_a_frenchman, case, claim, on=on, letters=letters).language == "fr"
        french_first = rebuilt(case, debtor=speaking(case.debtor, "fr"))
        to_an_english_reader = rebuilt(action, recipient=case.debtor.contacts[0])
        document = render_document(to_an_english_reader, french_first, claim, on=on, letters=letters)
        assert (document.language, document.language_because) == ("en", LanguageReason.WANTED)

    def test_a_language_without_letters_gets_french_and_says_so(
        self, sample_abroad: Sample, letters: Letters, on: date
    ) -> None:
        action, case, claim = sample_abroad(DocumentKind.REMINDER_1, Variant.BUSINESS)
        case = rebuilt(case, debtor=speaking(case.debtor, "nl"))
        document = render_document(action, case, claim, on=on, letters=letters)
        assert (document.language, document.language_wanted, document.language_because) == (
            "fr",
            "nl",
            LanguageReason.NO_TEMPLATE,
        )
        assert '<html lang="fr">' in document.html
        assert "Madame, Monsieur," in document.text

    @pytest.mark.parametrize("kind", [DebtorKind.CONSUMER, DebtorKind.UNKNOWN, DebtorKind.NON_PROFESSIONAL])
    @pytest.mark.parametrize("country", ["FR", "RE", None, "IE"])
    def test_a_consumer_in_france_is_written_to_in_french_whatever_he_speaks(
        self, kind: DebtorKind, country: str | None, sample_abroad: Sample, letters: Letters, on: date
    ) -> None:
        action, case, claim = sample_abroad(DocumentKind.REMINDER_1, Variant.CONSUMER)
        place = (
            PostalAddress(street="3 allée des Tilleuls", postal_code="97400", city="Saint-Denis", country=country)
            if country
            else None
        )
        case = rebuilt(case, debtor=rebuilt(case.debtor, kind=kind, address=place))
        document = render_document(action, case, claim, on=on, letters=letters)
        if country == "IE":
            assert (document.language, document.language_because) == ("en", LanguageReason.WANTED)
        else:
            assert (document.language, document.language_wanted) == ("fr", "en")
            assert document.language_because is LanguageReason.CONSUMER_IN_FRANCE

    def test_a_business_in_france_that_reads_english_gets_english(
        self, sample: Sample, letters: Letters, on: date
    ) -> None:
        action, case, claim = sample(DocumentKind.REMINDER_2, Variant.BUSINESS)
        case = rebuilt(case, debtor=speaking(case.debtor, "en"))
        assert render_document(action, case, claim, on=on, letters=letters).language == "en"

    @pytest.mark.parametrize("kind", sorted(set(DocumentKind) - INTERNAL_DOCUMENTS - CLOSED_TO_PUBLIC_BODIES))
    def test_a_public_debtor_is_always_written_to_in_french(
        self, kind: DocumentKind, sample: Sample, letters: Letters, on: date
    ) -> None:
        action, case, claim = sample(kind, Variant.PUBLIC)
        nobody = replace(action, recipient=None)  # the language is then the debtor's
        document = render_document(
            nobody, rebuilt(case, debtor=speaking(case.debtor, "en")), claim, on=on, letters=letters
        )
        assert (document.language, document.language_because) == ("fr", LanguageReason.FRENCH_PUBLIC_BODY)

    @pytest.mark.parametrize("kind", sorted(INTERNAL_DOCUMENTS))
    def test_an_internal_document_stays_in_french(
        self, kind: DocumentKind, sample: Sample, letters: Letters, on: date
    ) -> None:
        action, case, claim = sample(kind, Variant.BUSINESS)
        document = render_document(
            action, rebuilt(case, debtor=speaking(case.debtor, "en")), claim, on=on, letters=letters
        )
        assert (document.language, document.language_wanted) == ("fr", "fr")

    def test_a_document_that_is_only_in_french_is_told(self, letters: Letters) -> None:
        for kind in DocumentKind:
            for variant in Variant:
                assert letters.serves(kind, variant, "en") == ENGLISH.promises(kind, variant)

    def test_the_linter_of_scenarios_knows_which_documents_are_in_english(self, letters: Letters) -> None:
        facts = document_facts(letters)
        assert facts[DocumentKind.REMINDER_1].languages == {"fr", "en"}
        assert facts[DocumentKind.TERMINAL_NOTE].languages == {"fr"}


class TestMentions:
    @every
    def test_every_mention_made_of_words_has_english_words(
        self, kind: DocumentKind, variant: Variant, sample_abroad: Sample, on: date
    ) -> None:
        action, case, claim = sample_abroad(kind, variant)

        def seen_in(language: str) -> View:
            return View(action, case, claim, variant=variant, on=on, language=LANGUAGES[language])

        shown = seen_in("en")
        values = {leaf for name, part in PART_OF.items() for leaf in _leaves(getattr(getattr(shown, part), name))}
        fixed = {"mise en demeure", "1231-6", "1344", "1344-1", "L441-10", "D441-5"}
        for mention in mentions(kind, variant, action.channel):
            wanted = {part for text in mention.texts(seen_in("en")) for part in (text, *text.split(", ")) if part}
            in_french = set(mention.texts(seen_in("fr")))
            for text in wanted & in_french:
                assert text in values | fixed or any(text in value for value in values), (mention.name, text)

    @pytest.mark.parametrize(
        ("kind", "lost", "mention"),
        [
            (DocumentKind.REMINDER_1, "{% block croisement %}{% endblock %}", "paid in the meantime"),
            (DocumentKind.REMINDER_1, "{% block contestation %}{{ contact }}{% endblock %}", "how to contest"),
            (DocumentKind.MISE_EN_DEMEURE, "{% block objet %}A letter{% endblock %}", "words of mise en demeure"),
            (DocumentKind.MISE_EN_DEMEURE, "{% block demande %}Please pay.{% endblock %}", "order to pay"),
            (DocumentKind.MISE_EN_DEMEURE, "{% block suite %}{% endblock %}", "consequence"),
            (
                DocumentKind.THANK_YOU,
                "{% block introduction %}{% endblock %}{% block objet %}Paid{% endblock %}",
                "words of thanks",
            ),
            (DocumentKind.CALL_SCRIPT, "{% block identite %}{% endblock %}", "identity before the debt"),
            (DocumentKind.CALL_SCRIPT, "{% block resultat %}{% endblock %}", "outcome sheet"),
        ],
    )
    def test_an_english_override_that_loses_a_mention_is_refused(
        self, kind: DocumentKind, lost: str, mention: str, *, tmp_path: Path, sample_abroad: Sample, on: date
    ) -> None:
        packaged = next(
            name for name in (f"{kind.value}.business", kind.value) if (TEMPLATES / "en" / f"{name}.md.j2").is_file()
        )
        if mention == "words of mise en demeure":
            lost += "{% block suite %}legal proceedings, rights, 1231-6, 1344, 1344-1{% endblock %}"
            lost += "{% block demande %}We formally require you to pay {{ pay_by }}{% endblock %}"
        path = folder(tmp_path, **{packaged: f'{{% extends "builtin/en/{packaged}.md.j2" %}}{lost}'})
        action, case, claim = sample_abroad(kind, Variant.BUSINESS)
        with pytest.raises(MissingMention) as caught:
            render_document(action, case, claim, on=on, letters=Letters.with_overrides(path))
        assert mention in caught.value.found


def _leaves(value: object) -> list[str]:
    """The texts of a view, rows opened."""
    if isinstance(value, str):
        return [value]
    return [leaf for part in value for leaf in _leaves(part)] if isinstance(value, tuple) else []


def folder(path: Path, language: str = "en", **files: str) -> Path:
    (path / language).mkdir(exist_ok=True)
    for name, content in files.items():
        (path / language / f"{name.replace('__', '.')}.md.j2").write_text(content, encoding="utf-8")
    return path


class TestOverrides:
    def test_one_english_block_may_be_replaced(self, tmp_path: Path, sample_abroad: Sample, on: date) -> None:
        source = '{% extends "builtin/en/reminder_1.business.md.j2" %}{% block politesse %}It\'s all.{% endblock %}'
        letters = Letters.with_overrides(folder(tmp_path, reminder_1__business=source))
        action, case, claim = sample_abroad(DocumentKind.REMINDER_1, Variant.BUSINESS)
        text = render_document(action, case, claim, on=on, letters=letters).text
        assert "It’s all.\n\nClaire Durand" in text
        assert "Yours faithfully" not in text

    def test_a_french_override_leaves_the_english_letter_alone(
        self, tmp_path: Path, sample_abroad: Sample, on: date, in_english: Rendered
    ) -> None:
        source = '{% extends "builtin/fr/reminder_1.consumer.md.j2" %}{% block politesse %}Salut.{% endblock %}'
        letters = Letters.with_overrides(folder(tmp_path, "fr", reminder_1=source))
        action, case, claim = sample_abroad(DocumentKind.REMINDER_1, Variant.CONSUMER)
        document = render_document(action, case, claim, on=on, letters=letters)
        assert document == in_english(DocumentKind.REMINDER_1, Variant.CONSUMER)

    @pytest.mark.parametrize(
        ("language", "name", "found"),
        [
            ("de", "reminder_1", "de/reminder_1.md.j2: no letter is written in 'de'; the folders are fr, en"),
            ("en", "rappel", "en/rappel.md.j2: no document has this name"),
            ("en", "terminal_note", "en/terminal_note.md.j2: this document is always in French"),
            ("en", "reminder_1__public", "en/reminder_1.public.md.j2: this document is always in French"),
            ("en/old", "reminder_1", "en/old/reminder_1.md.j2: no template is looked for in this place"),
        ],
    )
    def test_a_file_that_no_letter_would_use_is_named(
        self, language: str, name: str, found: str, tmp_path: Path
    ) -> None:
        (tmp_path / language).mkdir(parents=True)
        with pytest.raises(RenderError) as caught:
            Letters.with_overrides(folder(tmp_path, language, **{name: "# x"}))
        assert found in caught.value.found

    @pytest.mark.parametrize(
        "source",
        [
            '{% extends "builtin/fr/reminder_1.consumer.md.j2" %}',
            (
                '{% extends "builtin/en/reminder_1.consumer.md.j2" %}'
                '{% block suite %}{% include "fr/_releve.md.j2" %}{% endblock %}'
            ),
        ],
    )
    def test_no_letter_mixes_two_languages(self, source: str, tmp_path: Path) -> None:
        with pytest.raises(RenderError, match=r"en/reminder_1.md.j2: it borrows .*fr/.*, and no letter mixes"):
            Letters.with_overrides(folder(tmp_path, reminder_1=source))

    def test_what_is_told_in_french_alone_may_not_be_printed_in_english(self, tmp_path: Path) -> None:
        with pytest.raises(RenderError, match=r"'outcome' is not a variable of letters in this language"):
            Letters.with_overrides(folder(tmp_path, call_script="# x\n\n{{ outcome }}"))
        assert {"history_rows", "outcome", "deadline", "alert_rows"} <= VARIABLES - TRANSLATED
        Letters.with_overrides(folder(tmp_path, call_script="# x\n\n{{ debtor_kind }} {{ case_id }}"))

    @pytest.mark.parametrize(
        "words",
        [
            "The bailiff will call.",
            "seizure of your goods",
            "a summons",
            "a court order",
            "a writ",
            "Final notice before legal action",
            "enforcement officers",
            "a statutory demand",
            "You will be prosecuted.",
            "we will tell your employer",
            "your credit rating",
            "un huissier",
        ],
    )
    @pytest.mark.parametrize("variant", ["business", "consumer"])
    def test_no_english_letter_imitates_a_court_or_threatens(self, words: str, variant: str, tmp_path: Path) -> None:
        source = f'{{% extends "builtin/en/reminder_1.{variant}.md.j2" %}}{{% block suite %}}{words}{{% endblock %}}'
        with pytest.raises(RenderError, match="is refused"):
            Letters.with_overrides(folder(tmp_path, **{f"reminder_1__{variant}": source}))

    @pytest.mark.parametrize(
        "words",
        [
            "€40 per invoice",
            "EUR 40",
            "40 euros",
            "article L441-10",
            "a penalty",
            "late-payment penalties",
            "a fixed sum",
            "recovery costs",
            "a reminder fee",
            "legal costs",
            "damages",
        ],
    )
    def test_an_english_consumer_template_may_not_claim_what_a_consumer_does_not_owe(
        self, words: str, tmp_path: Path
    ) -> None:
        source = f'{{% extends "builtin/en/reminder_1.consumer.md.j2" %}}{{% block suite %}}{words}{{% endblock %}}'
        with pytest.raises(RenderError, match="is refused"):
            Letters.with_overrides(folder(tmp_path, reminder_1__consumer=source))
        business = source.replace("consumer", "business")
        (tmp_path / "en" / "reminder_1.consumer.md.j2").unlink()
        Letters.with_overrides(folder(tmp_path, reminder_1__business=business))


class TestValues:
    def test_a_part_payment_imputed_on_interest_is_told_in_english(
        self, sample_abroad: Sample, letters: Letters, on: date
    ) -> None:
        action, case, claim = sample_abroad(DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS)
        first = claim.items[0]
        first = rebuilt(
            first,
            paid=Money.of("100.00", "EUR"),
            balance=Money.of("1150.00", "EUR"),
            principal=Money.of("1156.00", "EUR"),
            late_interest=first.late_interest - Money.of("6.00", "EUR"),
        )
        claim = rebuilt(claim, items=(first, *claim.items[1:]))
        action = rebuilt(action, principal=Money.of("11150.00", "EUR"))
        flat = words_of(render_document(action, case, claim, on=on, letters=letters))
        assert "part of your payments having been applied to it −€6.00" in flat
        assert "applied to interest first (article 1343-1 of the French Civil Code) €6.00" in flat
        assert "Principal still due €11,156.00" in flat
        assert "€11,280.96" in flat  # 11 150 + 6 + 44.96 + 80

    @pytest.mark.parametrize(
        ("convention", "words"),
        [
            (DayCount.ACTUAL_365, "number of days over 365"),
            (DayCount.ACTUAL_360, "number of days over 360"),
            (DayCount.ACTUAL_ACTUAL, "number of days over the actual length of the year"),
        ],
    )
    def test_the_count_of_days_is_told_in_english(
        self, convention: DayCount, words: str, sample_abroad: Sample, letters: Letters, on: date
    ) -> None:
        action, case, claim = sample_abroad(DocumentKind.REMINDER_2, Variant.BUSINESS)
        items = tuple(
            rebuilt(item, segments=tuple(rebuilt(part, day_count=convention) for part in item.segments))
            for item in claim.items
        )
        text = words_of(render_document(action, case, rebuilt(claim, items=items), on=on, letters=letters))
        assert f"({words};" in text

    def test_interest_that_stops_early_or_is_not_known_is_reserved_in_english(
        self, sample_abroad: Sample, letters: Letters, on: date
    ) -> None:
        action, case, claim = sample_abroad(DocumentKind.REMINDER_2, Variant.BUSINESS)
        later = words_of(render_document(action, case, claim, on=date(2027, 1, 12), letters=letters))
        assert "Interest accruing after 23 November 2026 is not included in this calculation" in later
        items = tuple(
            rebuilt(item, late_interest=Money.zero("EUR"), segments=(), interest_through=None) for item in claim.items
        )
        unknown = words_of(render_document(action, case, rebuilt(claim, items=items), on=on, letters=letters))
        assert "Late-payment interest is not calculated in this document; we reserve our rights" in unknown

    def test_a_letter_by_e_mail_has_no_address_block(self, in_english: Rendered) -> None:
        text = in_english(DocumentKind.REMINDER_1, Variant.BUSINESS).text
        assert "Subject:" not in text
        assert "8000 BRUGGE" not in text

    def test_a_letter_on_paper_has_its_subject_place_and_date(
        self, sample_abroad: Sample, letters: Letters, on: date
    ) -> None:
        action, case, claim = sample_abroad(DocumentKind.REMINDER_1, Variant.BUSINESS)
        action = rebuilt(action, channel=Channel.POST, recipient=case.debtor.contacts[0])
        text = " ".join(render_document(action, case, claim, on=on, letters=letters).text.split())
        assert "Subject: Payment reminder" in text
        assert "Nantes, 23 November 2026" in text
        assert "For the attention of Accounts Payable LINDESTRAAT 14 8000 BRUGGE BELGIQUE" in text
        assert "Registered" not in text

    def test_a_table_too_wide_for_the_page_has_english_colons(
        self, sample_abroad: Sample, letters: Letters, on: date
    ) -> None:
        action, case, claim = sample_abroad(DocumentKind.REMINDER_1, Variant.BUSINESS)
        number = "F" * 70
        invoice = rebuilt(case.invoices[0], number=number)
        case = rebuilt(case, invoices=(invoice,), credit_notes=(), payments=(), history=())
        claim = rebuilt(claim, items=(rebuilt(claim.items[0], item_id=number, invoice_number=number),))
        action = rebuilt(action, listed=(number,), principal=Money.of("1250.00", "EUR"))
        text = render_document(action, case, claim, on=on, letters=letters).text
        assert f"Invoice: {number}" in " ".join(text.split())
        assert "\u00a0:" not in text

    def test_a_debtor_named_like_a_template_is_printed_literally(
        self, sample_abroad: Sample, letters: Letters, on: date
    ) -> None:
        action, case, claim = sample_abroad(DocumentKind.REMINDER_1, Variant.BUSINESS)
        name = "{number} *O'Brien* {{ 7*7 }} <b> | & {0}"
        case = rebuilt(case, debtor=rebuilt(case.debtor, name=name))
        action = rebuilt(action, recipient=rebuilt(case.debtor.contacts[0], name=name))
        document = render_document(action, case, claim, on=on, letters=letters)
        assert name in " ".join(document.text.split())
        assert name in words_of(document)
