"""The payment page of a letter: in which letters it stands, whose page it is, and that every format keeps it whole."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import pikepdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from recouvrement.adapters.pdf import Typesetter
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.documents import Instalment, Invoice
from recouvrement.domain.events import HistoryEvent, InsolvencyOpened, StopPlaced
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Collector, Insolvency, InsolvencyKind
from recouvrement.domain.vocabulary import DocumentKind, StopKind
from recouvrement.engine.decide import decide
from recouvrement.engine.preview import preview
from recouvrement.engine.requests import REQUESTABLE, requested
from recouvrement.errors import InvalidInput
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.render.documents import Document, render_document
from recouvrement.render.letters import Letters, lint_letters
from recouvrement.render.pdf_blocks import texts
from recouvrement.render.pdf_source import PdfSource, pdf_source
from recouvrement.render.pdf_tables import CUT
from recouvrement.render.sms import MOST_SEGMENTS
from recouvrement.render.variants import Variant
from recouvrement.scenario.reading import builtin
from support.pdf_pages import marks, text_of
from support.readable import Readable
from support.requests import eur

Model = TypeVar("Model", bound=Readable)
Made = tuple[Action, Case, Claim]
Sample = Callable[[DocumentKind, Variant], Made]

FIRM = "https://paiement.atelier-durand.example/"
OWN = "https://paiement.atelier-durand.example/F2026-118?cle=Zx_9-&n=2"
LONG = f"https://paiement.atelier-durand.example/{'0123456789abcdef' * 27}/a_b?c=%C3%A9"
ONE_WORD = f"https://pay.example/{'W' * 480}"
SHAPES = [
    f"https://pay.example/{path}"
    for path in ("W" * 300 + "9", "W" * 40, "W" * 39 + "/", "9" * 40, "W9" * 200, "_" * 400, "a_-" * 100, "?&=#" * 80)
]
"""Addresses that break in different ways, or hardly."""
RIGHT_EDGE_MM = 210 - 23

CLOSED_TO_PUBLIC_BODIES = {DocumentKind.ORDER_TO_PAY_SHEET, DocumentKind.CLAIM_DECLARATION}
EVERY = [
    (kind, variant)
    for kind in DocumentKind
    for variant in Variant
    if variant is not Variant.PUBLIC or kind not in CLOSED_TO_PUBLIC_BODIES
]
ASK = {
    (kind, variant)
    for variant in (Variant.BUSINESS, Variant.CONSUMER)
    for kind in (
        DocumentKind.COURTESY_NOTICE,
        DocumentKind.REMINDER_1,
        DocumentKind.REMINDER_2,
        DocumentKind.REMINDER_3,
        DocumentKind.REMINDER_LETTER,
        DocumentKind.MISE_EN_DEMEURE,
        DocumentKind.LAST_NOTICE,
    )
}


def rebuilt(value: Model, **changes: object) -> Model:
    return type(value).model_validate(dict(value) | changes)


def paid_online(made: Made, firm: str | None = FIRM, own: str | None = None, **creditor: object) -> Made:
    """The same document, once the creditor has a page and each invoice its own."""
    action, case, claim = made
    invoices = tuple(rebuilt(invoice, payment_url=own) for invoice in case.invoices)
    changed = rebuilt(case.creditor, **({"payment_url": firm} | creditor))
    return action, rebuilt(case, creditor=changed, invoices=invoices), claim


def about_one(made: Made, **item: object) -> Made:
    """The same document about its first invoice, ``F2026-118``, alone."""
    action, case, claim = made
    only = rebuilt(claim.items[0], **item)
    claim = rebuilt(
        claim,
        items=(only,),
        principal=only.principal,
        late_interest=only.late_interest,
        indemnities=only.indemnity,
        total=only.principal + only.late_interest + only.indemnity,
    )
    return rebuilt(action, listed=(only.item_id,), principal=only.principal), case, claim


def shown(made: Made, letters: Letters, on: date) -> tuple[Document, PdfSource]:
    action, case, claim = made
    document = render_document(action, case, claim, on=on, letters=letters)
    return document, pdf_source(document, action, case, claim, on=on)


class Links(HTMLParser):
    """The links of a page: where each leads and what it shows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._href: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._href = dict(attrs)["href"] if tag == "a" else None

    def handle_data(self, data: str) -> None:
        if self._href is not None:
            self.found.append((self._href, data))

    def handle_endtag(self, _tag: str) -> None:
        self._href = None


@pytest.fixture(scope="module")
def typesetter() -> Iterator[Typesetter]:
    with Typesetter() as one:
        yield one


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_a_page_stands_where_a_sum_is_asked_for_and_nowhere_else(
    kind: DocumentKind, variant: Variant, sample: Sample, letters: Letters, on: date
) -> None:
    made = paid_online(sample(kind, variant), own=OWN)
    action, case, claim = made
    document = render_document(action, case, claim, on=on, letters=letters)
    texts = [document.subject, document.markdown, document.text, document.html]
    if kind is not DocumentKind.SMS:
        source = pdf_source(document, action, case, claim, on=on)
        texts.append(source.data)
        # One condition for both: a letter that bears the code of a transfer shows the page, and no other does.
        assert (source.code is not None) == ((kind, variant) in ASK)
    assert any("paiement.atelier-durand.example" in text for text in texts) == ((kind, variant) in ASK)
    assert ("régler" in document.text and "en ligne" in document.text) == ((kind, variant) in ASK)


@pytest.mark.parametrize(("kind", "variant"), sorted(ASK))
def test_one_invoice_is_paid_on_its_own_page_which_is_named(
    kind: DocumentKind, variant: Variant, sample: Sample, letters: Letters, on: date
) -> None:
    made = sample(kind, variant)
    number = "F2026-142" if kind is DocumentKind.COURTESY_NOTICE else "F2026-118"
    only = made if kind is DocumentKind.COURTESY_NOTICE else about_one(made)
    for firm in (FIRM, None):
        document, _ = shown(paid_online(only, firm, OWN), letters, on)
        assert f"Vous pouvez aussi régler la facture {number} en ligne\u00a0: {OWN}" in " ".join(
            document.text.replace("\n", " ").split(" ")
        )
    without, _ = shown(paid_online(only), letters, on)
    assert f"Vous pouvez aussi régler en ligne\u00a0: {FIRM}" in without.text


def test_several_invoices_are_paid_on_the_page_of_the_firm_or_on_none(
    sample: Sample, letters: Letters, on: date
) -> None:
    made = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    document, _ = shown(paid_online(made, FIRM, OWN), letters, on)
    assert (FIRM in document.text, OWN in document.text) == (True, False)
    document, _ = shown(paid_online(made, None, OWN), letters, on)
    assert "en ligne" not in document.text
    assert Links(document.html).found == []


def _in_part(made: Made, **withheld: object) -> Made:
    return about_one(made, principal=eur("950.00"), **withheld)


def _instalment(made: Made) -> Made:
    action, case, claim = about_one(made, item_id="F2026-118#1", original=eur("1250.00"))
    first, *others = case.invoices
    parts = tuple(Instalment(amount=eur("1250.00"), due_on=due) for due in (date(2026, 10, 30), date(2026, 12, 30)))
    first = rebuilt(first, instalments=parts, total=eur("2500.00"))
    return action, rebuilt(case, invoices=(first, *others)), claim


def _money_on_account(made: Made) -> Made:
    action, case, claim = made
    return rebuilt(action, principal=eur("1800.00")), case, claim


@pytest.mark.parametrize(
    ("kind", "of"),
    [
        (DocumentKind.REMINDER_1, lambda made: _in_part(made, contested=eur("300.00"))),
        (DocumentKind.REMINDER_1, lambda made: _in_part(made, deferred=eur("300.00"))),
        (DocumentKind.REMINDER_1, _instalment),
        (DocumentKind.COURTESY_NOTICE, _money_on_account),
    ],
)
def test_a_page_that_would_ask_for_more_than_the_letter_gives_way_to_that_of_the_firm(
    kind: DocumentKind, of: Callable[[Made], Made], sample: Sample, *, letters: Letters, on: date
) -> None:
    made = of(sample(kind, Variant.CONSUMER))
    document, _ = shown(paid_online(made, FIRM, OWN), letters, on)
    assert [href for href, _ in Links(document.html).found] == [FIRM]
    document, _ = shown(paid_online(made, None, OWN), letters, on)
    assert "en ligne" not in document.text


def test_an_invoice_paid_in_part_keeps_its_page(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.CONSUMER)
    second = claim.items[1]
    assert second.paid
    claim = rebuilt(claim, items=(second,), principal=second.principal)
    action = rebuilt(action, listed=(second.item_id,), principal=second.principal)
    document, _ = shown(paid_online((action, case, claim), FIRM, OWN), letters, on)
    assert [href for href, _ in Links(document.html).found] == [OWN]


def test_nothing_due_has_no_page(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.COURTESY_NOTICE, Variant.BUSINESS)
    made = (rebuilt(action, principal=eur("0.00")), case, claim)
    document, _ = shown(paid_online(made, FIRM, OWN), letters, on)
    assert "en ligne" not in document.text


COLLECTOR = Collector(
    name="Recouvrement de l’Ouest",
    address={"street": "1 rue de la Monnaie", "postal_code": "35000", "city": "Rennes"},
    email="dossiers@recouvrement-ouest.example",
    signatory="Luc Hamon",
    statute_text="Premier alinéa copié de la source officielle.\nSecond alinéa copié de même.",
)


@pytest.mark.parametrize(("iban", "has_page"), [("FR7699999000010001234567809", False), (None, True)])
def test_a_page_of_the_creditor_never_stands_beside_the_account_of_another(
    iban: str | None, sample: Sample, letters: Letters, *, has_page: bool, on: date
) -> None:
    made = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    collector = rebuilt(COLLECTOR, iban=iban)
    for one in (paid_online(made, collector=collector), paid_online(about_one(made), None, OWN, collector=collector)):
        document, _ = shown(one, letters, on)
        assert ("en ligne" in document.text) is has_page


def test_without_an_account_the_page_still_stands(sample: Sample, letters: Letters, on: date) -> None:
    made = paid_online(sample(DocumentKind.REMINDER_1, Variant.BUSINESS), iban=None, bic=None)
    document, source = shown(made, letters, on)
    assert f"avec la référence 411LEFOURNIL.\n\nVous pouvez aussi régler en ligne\u00a0: {FIRM}\n" in document.text
    assert source.code is None


def test_a_letter_in_english_says_it_in_english(sample_abroad: Sample, letters: Letters, on: date) -> None:
    made = sample_abroad(DocumentKind.REMINDER_1, Variant.BUSINESS)
    document, _ = shown(paid_online(made, FIRM, OWN), letters, on)
    assert f"\n\nYou can also pay online: {FIRM}\n\n" in document.text
    document, _ = shown(paid_online(about_one(made), FIRM, OWN), letters, on)
    assert f"You can also pay invoice F2026-118 online:\n{OWN}\n\n" in document.text


def test_a_text_message_stays_as_it_is(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.SMS, Variant.BUSINESS)
    plain = render_document(action, case, claim, on=on, letters=letters)
    _, linked, _ = paid_online((action, case, claim), LONG, OWN)
    assert render_document(action, linked, claim, on=on, letters=letters) == plain
    assert MOST_SEGMENTS == 2


signs = st.sampled_from([*"aZ09-._~/?#&=+,:", "%2F", "%C3%A9", "&lt", "&copy", "__", "~~", "--", "...", "//", "www."])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(signs, max_size=60).map(lambda parts: "".join(parts).rstrip(".,:?")))
@example("_a_/__b__/~~c~~?x=&lt&copy=1,a_b_c#_d_")
def test_whatever_an_address_holds_it_is_shown_as_it_opens(
    sample: Sample, letters: Letters, on: date, path: str
) -> None:
    made = paid_online(sample(DocumentKind.REMINDER_1, Variant.CONSUMER), f"https://pay.example/{path}")
    url = made[1].creditor.payment_url
    document, source = shown(made, letters, on)
    assert any(line.endswith(url) for line in document.text.splitlines() if url is not None)
    assert Links(document.html).found == [(url, url)]
    assert {"k": "link", "url": url, "s": [url]} in [
        span for block in _paragraphs(source.tree["body"]) for span in block
    ]


def _paragraphs(body: object) -> Iterator[list[object]]:
    assert isinstance(body, list)
    for block in body:
        if block["k"] == "par":
            yield block["s"]


@pytest.mark.parametrize("url", [FIRM, OWN, LONG, ONE_WORD, *SHAPES])
@pytest.mark.parametrize("kind", [DocumentKind.REMINDER_1, DocumentKind.MISE_EN_DEMEURE])
def test_a_page_of_paper_holds_a_link_that_opens_and_stays_within_its_margins(
    url: str, kind: DocumentKind, sample: Sample, *, letters: Letters, on: date, typesetter: Typesetter
) -> None:
    _, source = shown(paid_online(sample(kind, Variant.BUSINESS), url), letters, on)
    content = typesetter.pdf(source)
    with pikepdf.open(BytesIO(content)) as pdf:
        told = pdf.open_metadata()
        assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == ("2", "A", "1")
        (link,) = [note for page in pdf.pages for note in page.get("/Annots", [])]
        assert (str(link.Subtype), str(link.A.S), str(link.A.URI)) == ("/Link", "/URI", url)
        # PDF/UA-1 (ISO 14289-1, 7.18.5): a link has another description, and its place in the structure.
        assert str(link.Contents) == url
        assert int(link.StructParent) >= 0
        assert pdf.check_pdf_syntax() == []
    # Copied from the page, the address holds nothing but itself: no place to cut it, no space.
    assert (CUT in "".join(texts(source.tree["body"]))) == (
        url == ONE_WORD
    )  # typst breaks an address by itself, unless it ends in one word
    assert url in text_of(content).replace("\n", "")
    assert max(mark.right for mark in marks(content)) <= RIGHT_EDGE_MM


def test_the_page_of_an_e_mail_lets_a_long_address_break(sample: Sample, letters: Letters, on: date) -> None:
    document, _ = shown(paid_online(sample(DocumentKind.REMINDER_1, Variant.BUSINESS), LONG), letters, on)
    assert "overflow-wrap: break-word" in document.html
    assert "white-space" not in document.html
    assert f'<a href="{LONG}">{LONG}</a></p>' in document.html


def test_a_template_of_ones_own_prints_the_page_and_the_lint_knows_it(sample: Sample, tmp_path: Path, on: date) -> None:
    for language, word in (("fr", "Payer"), ("en", "Pay")):
        (tmp_path / language).mkdir()
        (tmp_path / language / "reminder_1.business.md.j2").write_text(
            f'{{% extends "builtin/{language}/reminder_1.business.md.j2" %}}\n{{% block suite %}}\n'
            f"{{% if payment_link %}}{word} {{{{ payment_link_invoice }}}} {{{{ payment_link }}}}{{% endif +%}}\n"
            "{% endblock %}\n",
            encoding="utf-8",
        )
    assert lint_letters(tmp_path) == ()
    document, _ = shown(
        paid_online(about_one(sample(DocumentKind.REMINDER_1, Variant.BUSINESS)), FIRM, OWN),
        Letters.with_overrides(tmp_path),
        on,
    )
    assert f"Payer F2026-118\n{OWN}\n" in document.text


HELD: dict[str, tuple[HistoryEvent, ...]] = {
    "assigned": (
        StopPlaced(
            id="H1",
            effective_on=date(2026, 11, 1),
            stop_id="CESSION-1",
            stop=StopKind.ASSIGNMENT,
            payee="Ouest Affacturage",
        ),
    ),
    "insolvent": (
        InsolvencyOpened(
            id="H1",
            effective_on=date(2026, 11, 1),
            insolvency=Insolvency(
                kind=InsolvencyKind.LIQUIDATION_JUDICIAIRE,
                opened_on=date(2026, 11, 1),
                agent="Maître Anne Kervella",
                agent_address={"street": "4 rue du Calvaire", "postal_code": "44000", "city": "Nantes"},
            ),
        ),
    ),
    "disputed": (StopPlaced(id="H1", effective_on=date(2026, 11, 1), stop_id="LITIGE-1", stop=StopKind.DISPUTE),),
    "barred": (),
}


def every_letter(held: str, variant: Variant, sample: Sample, on: date) -> tuple[Case, list[tuple[Action, Claim]]]:
    """All that is decided, looked at or asked for of one invoice, when something holds it or nothing does."""
    _, like, _ = sample(DocumentKind.REMINDER_1, variant)
    due_on = date(2018, 1, 31) if held == "barred" else date(2026, 9, 30)
    invoice = Invoice.single(
        "F1",
        issued_on=due_on - timedelta(days=30),
        due_on=due_on,
        total=Money.of("1200.00", "EUR"),
        order_reference="BC-2026-77",
    )
    case = Case(
        creditor=rebuilt(like.creditor, payment_url=FIRM),
        debtor=like.debtor,
        invoices=(rebuilt(invoice, payment_url=OWN),),
        history=HELD.get(held, ()),
    )
    scenario = builtin("consommateur" if variant is Variant.CONSUMER else "standard_b2b")
    decision = decide(case, on, scenario=scenario, law=FRANCE)
    made = [(action, decision.claim) for action in decision.actions]
    for kind in DocumentKind:
        about = "LITIGE-1" if kind is DocumentKind.DISPUTE_ACKNOWLEDGEMENT else None
        try:
            if kind in REQUESTABLE:
                asked = requested(
                    *(case, kind, on), scenario=scenario, law=FRANCE, about=about, next_step=_STEPS.get(kind)
                )
                made.append((asked.action, asked.claim))
            else:
                seen = preview(case, on, document=kind, scenario=scenario, law=FRANCE)
                made.append((seen.action, seen.decision.claim))
        except InvalidInput:
            continue
    return case, made


_STEPS = {DocumentKind.LAST_NOTICE: "injonction_de_payer"}


@pytest.mark.parametrize("variant", [Variant.BUSINESS, Variant.CONSUMER])
@pytest.mark.parametrize("held", HELD)
def test_what_is_not_to_be_paid_to_the_creditor_gets_no_letter_with_a_page(
    held: str, variant: Variant, sample: Sample, letters: Letters, on: date
) -> None:
    case, made = every_letter(held, variant, sample, on)
    assert made
    for action, claim in made:
        document = render_document(action, case, claim, on=on, letters=letters)
        assert "paiement.atelier-durand.example" not in document.html
        assert (action.document, variant) not in ASK


@pytest.mark.parametrize("variant", [Variant.BUSINESS, Variant.CONSUMER])
def test_the_same_invoice_when_nothing_holds_it_is_paid_on_its_page(
    variant: Variant, sample: Sample, letters: Letters, on: date
) -> None:
    case, made = every_letter("nothing", variant, sample, on)
    pages = {
        action.document: Links(render_document(action, case, claim, on=on, letters=letters).html).found
        for action, claim in made
        if (action.document, variant) in ASK
    }
    assert len(pages) >= 4
    assert set(map(tuple, pages.values())) == {((OWN, OWN),)}
