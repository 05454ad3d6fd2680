"""Every document kind in every variant: golden texts, wording, totals, refusals."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim, ClaimItem
from recouvrement.domain.documents import Instalment, Invoice
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Contact, Creditor, Debtor, DebtorKind
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.terms import DayCount
from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, PROFESSIONAL_DOCUMENTS, Channel, DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render.documents import Document, render_document
from recouvrement.render.letters import Letters
from recouvrement.render.page import shown_text
from recouvrement.render.variants import Variant, variant_of
from support.readable import Readable

Model = TypeVar("Model", bound=Readable)
Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]
Rendered = Callable[[DocumentKind, Variant], Document]

GOLDEN = Path(__file__).with_name("golden")
CLOSED = {(DocumentKind.ORDER_TO_PAY_SHEET, Variant.PUBLIC), (DocumentKind.CLAIM_DECLARATION, Variant.PUBLIC)}
EVERY = [(kind, variant) for kind in DocumentKind for variant in Variant if (kind, variant) not in CLOSED]
NOT_READ_BY_THE_DEBTOR = INTERNAL_DOCUMENTS | PROFESSIONAL_DOCUMENTS
TO_DEBTOR = [(kind, variant) for kind, variant in EVERY if kind not in NOT_READ_BY_THE_DEBTOR]
LETTERS = [(kind, variant) for kind, variant in TO_DEBTOR if kind is not DocumentKind.CALL_SCRIPT]


def rebuilt(value: Model, **changes: object) -> Model:
    return type(value).model_validate(dict(value) | changes)


def euros(text: str) -> Decimal:
    return Decimal(re.sub(r"[\s€]", "", text).replace(",", ".").replace("−", "-"))


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_every_document_is_the_one_that_was_read_and_approved(
    kind: DocumentKind, variant: Variant, rendered: Rendered, pytestconfig: pytest.Config
) -> None:
    document = rendered(kind, variant)
    text = f"{document.subject}\n{'=' * len(document.subject)}\n\n{document.text}"
    for suffix, content in (("txt", text), ("html", document.html)):
        path = GOLDEN / f"{kind.value}.{variant.value}.{suffix}"
        if pytestconfig.getoption("--rewrite-golden", default=False):
            path.write_text(content, encoding="utf-8", newline="\n")
        assert content == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_rendering_twice_gives_the_same_bytes(kind: DocumentKind, variant: Variant, rendered: Rendered) -> None:
    assert rendered(kind, variant) == rendered(kind, variant)


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_text_and_page_say_the_same_words(kind: DocumentKind, variant: Variant, rendered: Rendered) -> None:
    document = rendered(kind, variant)
    page = set(re.findall(r"[^\W\d]{3,}", shown_text(document.html)))
    text = set(re.findall(r"[^\W\d]{3,}", document.text))
    assert page == text


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_no_line_of_text_is_wider_than_76_columns(kind: DocumentKind, variant: Variant, rendered: Rendered) -> None:
    if kind is not DocumentKind.SMS:  # a text message is one line, folded by the telephone
        assert max(len(line) for line in rendered(kind, variant).text.splitlines()) <= 76


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_french_spacing_holds_in_every_rendered_text(kind: DocumentKind, variant: Variant, rendered: Rendered) -> None:
    document = rendered(kind, variant)
    texts = (document.subject, document.text, shown_text(document.html))
    # A text message keeps to its own alphabet, which has no no-break space and no curly apostrophe.
    for text in texts[:1] if kind is DocumentKind.SMS else texts:
        assert not re.search(r" [:;!?»]|« |[^\s\u00a0\u202f\d/]»|«[^\s\u00a0]", text)
        assert not re.search(r"\w[;!?]", text)
        assert "'" not in text
        assert not re.search(r"\d [€%]", text)
        assert not re.search(r"\b1 (?:janvier|février|mars|avril|mai|juin|juillet|août|sept|oct|nov|déc)", text)


@pytest.mark.parametrize(("kind", "variant"), TO_DEBTOR)
def test_nothing_imitates_a_court_or_threatens(kind: DocumentKind, variant: Variant, rendered: Rendered) -> None:
    text = rendered(kind, variant).text.casefold()
    for word in (
        "saisie",
        "saisir",
        "saisi",
        "commandement",
        "huissier",
        "commissaire de justice",
        "sommation",
        "assignation",
        "exécution forcée",
        "avant poursuites",
        "pénal",
        "police",
        "république française",
        "employeur",
        "fichier",
    ):
        assert not re.search(rf"\b{word}\b", text)


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_a_consumer_is_never_told_of_what_only_businesses_owe(kind: DocumentKind, rendered: Rendered) -> None:
    document = rendered(kind, Variant.CONSUMER)
    for text in (document.text, document.html):
        for words in ("40 €", "40,00", "L441-10", "D441-5", "pénalité", "indemnité", "frais de recouvrement"):
            assert words not in text.replace("\u00a0", " ")


def test_a_courtesy_notice_speaks_of_no_delay(rendered: Rendered) -> None:
    for variant in Variant:
        text = rendered(DocumentKind.COURTESY_NOTICE, variant).text.casefold()
        for word in ("impayé", "retard", "pénalité", "indemnité", "mise en demeure", "relance", "dette"):
            assert word not in text


@pytest.mark.parametrize("kind", [DebtorKind.NON_PROFESSIONAL, DebtorKind.UNKNOWN])
def test_a_debtor_who_may_not_be_a_business_gets_the_consumer_wording(
    kind: DebtorKind, sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS)
    other = rebuilt(case, debtor=rebuilt(case.debtor, kind=kind))
    document = render_document(action, other, claim, on=on, letters=letters)
    assert document.variant == "consumer"
    assert "L441-10" not in document.text
    assert "40,00" not in document.text
    assert "Madame, Monsieur" in document.text
    # The consumer mediator hears consumers only; a debtor of unknown kind may be one.
    assert ("Médiation de l’Ouest" in document.text) == (kind is DebtorKind.UNKNOWN)


def test_the_letter_of_a_claim_with_interest_asks_a_consumer_for_the_balance_only(
    sample: Sample, letters: Letters, on: date
) -> None:
    _, _, with_interest = sample(DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS)
    action, case, _ = sample(DocumentKind.MISE_EN_DEMEURE, Variant.CONSUMER)
    document = render_document(action, case, with_interest, on=on, letters=letters)
    assert "11\u202f250,00\u00a0€" in document.subject
    assert "50,96" not in document.text


def test_every_debtor_kind_has_a_variant() -> None:
    assert {variant_of(kind) for kind in DebtorKind} == set(Variant)


@pytest.mark.parametrize("variant", [Variant.BUSINESS, Variant.PUBLIC])
@pytest.mark.parametrize("kind", [DocumentKind.REMINDER_2, DocumentKind.MISE_EN_DEMEURE])
def test_the_headings_add_up_to_the_total(kind: DocumentKind, variant: Variant, rendered: Rendered) -> None:
    recap = rendered(kind, variant).text.split("Récapitulatif")[1]
    amounts = [euros(amount) for amount in re.findall(r"([\d\u202f,]+\u00a0€)$", recap, re.MULTILINE)]
    principal, interest, indemnities, total = amounts[:4]
    assert principal == Decimal("11250.00")
    assert indemnities == Decimal("80.00")
    assert total == principal + interest + indemnities


def test_interest_shown_counts_the_day_after_the_due_date_and_the_last_day_included(rendered: Rendered) -> None:
    text = rendered(DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS).text
    assert "du\u00a031/10/2026" in text
    assert "au\u00a023/11/2026" in text
    assert "12,40\u00a0%" in text


def words_of(document: Document) -> str:
    """The words of the page on one line, where no cell of a table is folded."""
    return " ".join(shown_text(document.html).split())


def with_first_item(claim: Claim, **changes: object) -> Claim:
    first = rebuilt(claim.items[0], **changes)
    return rebuilt(claim, items=(first, *claim.items[1:]))


def test_a_part_payment_imputed_on_interest_is_shown_and_the_total_still_adds_up(
    sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS)
    first = claim.items[0]
    # 100 € paid: 6,00 € of interest first, 94,00 € of principal (C. civ. art. 1343-1).
    claim = with_first_item(
        claim,
        paid=Money.of("100.00", "EUR"),
        balance=Money.of("1150.00", "EUR"),
        principal=Money.of("1156.00", "EUR"),
        late_interest=first.late_interest - Money.of("6.00", "EUR"),
    )
    action = rebuilt(action, principal=Money.of("11150.00", "EUR"))
    flat = words_of(render_document(action, case, claim, on=on, letters=letters))
    assert "Déjà payé par imputation de vos règlements −6,00 €" in flat
    assert "imputée d’abord sur les intérêts (article 1343-1 du Code civil) 6,00 €" in flat
    assert "Principal restant dû 11 156,00 €" in flat
    assert "Intérêts restant dus 44,96 €" in flat
    assert "11 280,96 €" in flat  # 11 150 + 6 + 44,96 + 80


def test_a_contested_part_is_shown_and_not_asked_for(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    claim = with_first_item(
        claim,
        contested=Money.of("250.00", "EUR"),
        principal=Money.of("1000.00", "EUR"),
    )
    action = rebuilt(action, principal=Money.of("11000.00", "EUR"))
    document = render_document(action, case, claim, on=on, letters=letters)
    flat = words_of(document)
    assert "Part contestée, non réclamée à ce jour −250,00 €" in flat
    assert "Total 11 000,00 €" in flat


def test_interest_that_stops_before_the_date_of_the_letter_says_so(sample: Sample, letters: Letters) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_2, Variant.BUSINESS)
    later = date(2027, 1, 12)
    text = render_document(action, case, claim, on=later, letters=letters).text
    flat = " ".join(text.split())
    assert "Les intérêts postérieurs au 23 novembre 2026 ne figurent pas dans ce décompte" in flat


def test_interest_whose_rate_is_not_known_is_reserved(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS)
    nothing = Money.zero("EUR")
    items = tuple(rebuilt(item, late_interest=nothing, segments=(), interest_through=None) for item in claim.items)
    claim = rebuilt(claim, items=items)
    text = render_document(action, case, claim, on=on, letters=letters).text
    assert "Les intérêts de retard ne sont pas chiffrés dans ce document" in " ".join(text.split())


def test_an_instalment_whose_interest_is_not_counted_is_named_as_in_the_table(
    sample: Sample, letters: Letters, on: date
) -> None:
    """It was once named « F2026-125#2 », as the file of the creditor does."""
    action, case, claim = sample(DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS)
    first, second = claim.items
    parts = tuple(Instalment(amount=part, due_on=second.due_on) for part in (Money.of("480.50", "EUR"), second.balance))
    invoices = tuple(
        rebuilt(one, instalments=parts, total=parts[0].amount + parts[1].amount)
        if one.number == second.invoice_number
        else one
        for one in case.invoices
    )
    late = rebuilt(
        second,
        item_id=f"{second.invoice_number}#2",
        late_interest=Money.zero("EUR"),
        segments=(),
        interest_through=None,
    )
    listed = (first.item_id, late.item_id)
    action = rebuilt(action, listed=listed, triggered=listed, advanced=listed)
    claim = rebuilt(claim, items=(first, late))
    text = words_of(render_document(action, rebuilt(case, invoices=invoices), claim, on=on, letters=letters))
    assert "Les intérêts de retard sur F2026-125 (échéance 2/2) ne sont pas chiffrés" in text
    assert "#2" not in text


@pytest.mark.parametrize(
    ("convention", "words"),
    [
        (DayCount.ACTUAL_365, "rapporté à 365"),
        (DayCount.ACTUAL_360, "rapporté à 360"),
        (DayCount.ACTUAL_ACTUAL, "rapporté à la durée réelle de l’année"),
    ],
)
def test_the_count_of_days_is_the_one_of_the_segments(
    convention: DayCount, words: str, sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_2, Variant.BUSINESS)

    def recounted(item: ClaimItem) -> ClaimItem:
        return rebuilt(item, segments=tuple(rebuilt(part, day_count=convention) for part in item.segments))

    claim = rebuilt(claim, items=tuple(recounted(item) for item in claim.items))
    text = " ".join(render_document(action, case, claim, on=on, letters=letters).text.split())
    assert f"nombre de jours {words}" in text


def test_a_base_that_holds_compounded_interest_says_so(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_2, Variant.BUSINESS)
    why = Reason.of("interest_compounded", Authority.CONTRACT, {"allowed_from": date(2024, 1, 1)})
    plain = " ".join(render_document(action, case, claim, on=on, letters=letters).text.split())
    claim = rebuilt(claim, items=tuple(rebuilt(item, reasons=(*item.reasons, why)) for item in claim.items))
    shown = " ".join(render_document(action, case, claim, on=on, letters=letters).text.split())
    assert "base comprenant les intérêts dus pour une année entière" not in plain
    assert "base comprenant les intérêts dus pour une année entière, article 1343-2 du Code civil" in shown


def test_an_invoice_in_instalments_names_each_instalment(sample: Sample, letters: Letters, on: date) -> None:
    action, case, _ = sample(DocumentKind.COURTESY_NOTICE, Variant.CONSUMER)
    half = Money.of("930.00", "EUR")
    invoice = Invoice(
        number="F2026-142",
        issued_on=date(2026, 10, 30),
        total=half + half,
        instalments=(
            Instalment(amount=half, due_on=date(2026, 11, 30)),
            Instalment(amount=half, due_on=date(2026, 12, 31)),
        ),
    )
    case = rebuilt(case, invoices=(invoice,))
    action = rebuilt(action, listed=("F2026-142#1",), principal=half)
    claim = Claim(
        items=(), principal=half - half, late_interest=half - half, indemnities=half - half, total=half - half
    )
    document = render_document(action, case, claim, on=on, letters=letters)
    assert "F2026-142\u00a0(échéance\u00a01/2)" in document.text
    assert "31/12/2026" not in document.text


def test_payments_already_recorded_are_taken_off_a_notice_before_the_due_date(
    sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(DocumentKind.COURTESY_NOTICE, Variant.BUSINESS)
    action = rebuilt(action, principal=Money.of("1500.00", "EUR"))
    flat = words_of(render_document(action, case, claim, on=on, letters=letters))
    assert "Règlements et avoirs déjà enregistrés −360,00 €" in flat
    assert "Total 1 500,00 €" in flat


@pytest.mark.parametrize(
    "kind",
    [DocumentKind.REMINDER_1, DocumentKind.REMINDER_2, DocumentKind.CALL_SCRIPT, DocumentKind.MISE_EN_DEMEURE],
)
def test_nothing_that_is_not_overdue_is_asked_for(
    kind: DocumentKind, sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(kind, Variant.BUSINESS)
    claim = rebuilt(claim, items=claim.items[:1])
    action = rebuilt(action, principal=Money.of("11250.00", "EUR"))
    with pytest.raises(RenderError, match="is not overdue"):
        render_document(action, case, claim, on=on, letters=letters)


def test_an_overdue_item_is_not_announced_as_still_to_come(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    action = rebuilt(action, document=DocumentKind.COURTESY_NOTICE)
    with pytest.raises(RenderError, match="already overdue"):
        render_document(action, case, claim, on=on, letters=letters)


@pytest.mark.parametrize("asked", ["11250.01", "11249.99", "1250.00"])
def test_a_sum_that_is_not_the_total_of_the_table_is_refused(
    asked: str, sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    action = rebuilt(action, principal=Money.of(asked, "EUR"))
    with pytest.raises(RenderError, match="is asked for"):
        render_document(action, case, claim, on=on, letters=letters)


def test_a_claim_whose_figures_do_not_add_up_is_refused(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_2, Variant.BUSINESS)
    wrong_books = with_first_item(claim, paid=Money.of("0.01", "EUR"))
    wrong_interest = with_first_item(claim, late_interest=Money.of("10.18", "EUR"))
    for faulty in (wrong_books, wrong_interest):
        with pytest.raises(RenderError, match=r"claim, item F2026-118"):
            render_document(action, case, faulty, on=on, letters=letters)


def test_an_item_of_another_case_is_refused(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    action = rebuilt(action, listed=("F1999-001",))
    with pytest.raises(RenderError, match="F1999-001 is not an item"):
        render_document(action, case, claim, on=on, letters=letters)


def test_a_message_about_nothing_is_refused(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    with pytest.raises(RenderError, match="no item is listed"):
        render_document(rebuilt(action, listed=()), case, claim, on=on, letters=letters)


def test_a_letter_never_shows_an_item_without_due_date(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.COURTESY_NOTICE, Variant.BUSINESS)
    amount = Money.of("1860.00", "EUR")
    undated = rebuilt(case.invoices[0], instalments=(Instalment(amount=amount),))
    with pytest.raises(RenderError, match="has no due date"):
        render_document(action, rebuilt(case, invoices=(undated,)), claim, on=on, letters=letters)


def test_a_deadline_already_past_says_so(sample: Sample, letters: Letters) -> None:
    action, case, claim = sample(DocumentKind.DEADLINE_ALERT, Variant.CONSUMER)
    late = render_document(action, case, claim, on=date(2027, 1, 10), letters=letters).text
    assert "(dépassé depuis 3 jours)" in late.replace("\u00a0", " ")
    last = render_document(action, case, claim, on=date(2027, 1, 7), letters=letters).text
    assert "(aujourd’hui)" in last


def test_an_e_mail_has_no_address_block_and_a_letter_has_one(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    by_mail = render_document(action, case, claim, on=on, letters=letters).text
    on_paper = render_document(rebuilt(action, channel=Channel.POST), case, claim, on=on, letters=letters).text
    assert "Nantes, le 23" not in by_mail.replace("\u00a0", " ")
    assert "8 PLACE DE L EGLISE" not in by_mail
    assert "Nantes, le 23 novembre 2026" in on_paper.replace("\u00a0", " ")
    assert "8 PLACE DE L EGLISE" in on_paper
    assert "Objet\u00a0: Rappel d’échéance" in on_paper
    assert "recommandée" not in on_paper


def test_a_sole_trader_is_named_as_one(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS)
    trader = rebuilt(
        case.creditor,
        name="Jeanne Martin",
        legal_form="EI",
        capital=None,
        registry_city=None,
        signatory="Jeanne Martin",
    )
    text = render_document(action, rebuilt(case, creditor=trader), claim, on=on, letters=letters).text
    assert "Jeanne Martin\u00a0EI" in text
    assert "SIREN\u00a0000\u00a0123\u00a0455" in text
    assert "RCS" not in text


def test_the_person_reached_is_named_on_the_letter(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_LETTER, Variant.BUSINESS)
    action = rebuilt(action, recipient=Contact(name="Service comptabilité"))
    text = render_document(action, case, claim, on=on, letters=letters).text
    assert re.search(r"^ +Service comptabilité$", text, re.MULTILINE)


def test_a_reminder_without_bank_details_points_to_the_invoice(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.CONSUMER)
    creditor = Creditor(id="ATELIER", name="Atelier Durand", email="compta@atelier-durand.example")
    text = render_document(action, rebuilt(case, creditor=creditor), claim, on=on, letters=letters).text
    assert "moyen de paiement indiqué sur les factures" in text
    assert "IBAN" not in text


def test_the_code_of_a_bank_is_not_printed_without_an_account(sample: Sample, letters: Letters, on: date) -> None:
    """A letter was once refused for want of a BIC that its template had no reason to print."""
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.CONSUMER)
    creditor = Creditor(id="ATELIER", name="Atelier Durand", email="compta@atelier-durand.example", bic="AGRIFRPP")
    text = render_document(action, rebuilt(case, creditor=creditor), claim, on=on, letters=letters).text
    assert "AGRIFRPP" not in text


def test_a_public_body_is_reached_by_a_written_demand_which_interrupts_its_prescription(
    sample: Sample, letters: Letters, on: date
) -> None:
    """Loi n° 68-1250 of 31 December 1968, art. 2: the contrary of what holds for others."""
    for variant, said in ((Variant.PUBLIC, True), (Variant.BUSINESS, False), (Variant.CONSUMER, False)):
        text = words_of(render_document(*sample(DocumentKind.DEADLINE_ALERT, variant), on=on, letters=letters))
        assert ("interrompt la prescription (loi n° 68-1250" in text) is said
        assert ("une relance ne prolonge pas un délai légal" in text) is not said


def test_an_alert_leaves_even_without_due_date_or_last_day(sample: Sample, letters: Letters, on: date) -> None:
    action, case, _ = sample(DocumentKind.DEADLINE_ALERT, Variant.BUSINESS)
    amount = Money.of("500.00", "EUR")
    nothing = amount - amount
    undated = Invoice(
        number="F2026-200", issued_on=on - timedelta(days=10), total=amount, instalments=(Instalment(amount=amount),)
    )
    case = rebuilt(case, invoices=(undated,), credit_notes=(), payments=(), history=())
    action = rebuilt(action, listed=("F2026-200",), principal=amount, reasons=())
    claim = Claim(items=(), principal=nothing, late_interest=nothing, indemnities=nothing, total=nothing)
    text = render_document(action, case, claim, on=on, letters=letters).text
    assert "Le dernier jour n’est pas connu" in text


def test_the_mise_en_demeure_by_e_mail_does_not_claim_to_be_registered(
    sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS)
    action = rebuilt(action, channel=Channel.EMAIL)
    text = render_document(action, case, claim, on=on, letters=letters).text
    assert "recommandée" not in text
    assert "Date\u00a0: 23\u00a0novembre\u00a02026" in text


def test_a_debtor_without_name_of_contact_is_asked_for_by_name(rendered: Rendered) -> None:
    text = rendered(DocumentKind.CALL_SCRIPT, Variant.CONSUMER).text
    assert "Suis-je bien en relation avec Élodie Moreau" in " ".join(text.split())
    assert text.index("identité") < text.index("Je vous appelle au sujet de votre compte")


def test_a_long_invoice_number_does_not_make_the_subject_too_long(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    number = "F" * 118
    invoice = rebuilt(case.invoices[0], number=number)
    case = rebuilt(case, invoices=(invoice,), credit_notes=(), payments=(), history=(), debtor=_long_named(case.debtor))
    item = rebuilt(claim.items[0], item_id=number, invoice_number=number)
    claim = rebuilt(claim, items=(item,))
    action = rebuilt(action, listed=(number,), principal=Money.of("1250.00", "EUR"), document=DocumentKind.CALL_SCRIPT)
    document = render_document(action, case, claim, on=on, letters=letters)
    assert len(document.subject) <= 200
    assert number in document.text


def _long_named(debtor: Debtor) -> Debtor:
    return rebuilt(debtor, name="Société " + "très " * 50 + "longue")
