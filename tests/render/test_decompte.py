"""A décompte printed as text, Markdown and CSV: every sum can be typed on a calculator, whatever the identifiers."""

import csv
import io
import re
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, ExtendedContext, Inexact, Rounded, localcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recouvrement.domain.clauses import PenaltyClause
from recouvrement.domain.decision import Claim, ClaimItem, Doubt, Segment
from recouvrement.domain.decompte import Decompte, decompte
from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.terms import DayCount, HalfYears, Imputation
from recouvrement.engine.claim import claim_of
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.law.jurisdiction import Debt
from recouvrement.render import formats
from recouvrement.render.decompte import as_csv, as_markdown, as_text
from recouvrement.render.decompte_csv import COLUMNS
from recouvrement.render.decompte_rows import Row, account_rows, subtotal_rows, total_rows
from recouvrement.render.decompte_words import convention_words, doubt_words
from recouvrement.render.escaping import folded
from recouvrement.render.markdown import parsed
from recouvrement.render.page import html_page, shown_text
from recouvrement.render.plaintext import width
from support.claims import (
    INTEREST_FIRST,
    PRINCIPAL_FIRST,
    cap_01,
    claim,
    item,
    part_02,
    payment,
    rebuilt_item,
    segment,
)

GOLDEN = Path(__file__).with_name("golden") / "decompte"
APRIL = date(2026, 4, 1)
FORMULA = re.compile(r"([\d ]+,\d\d) € × ([\d,]+) % × (\d+) / (\d+) = ([\d ]+,\d\d) €")
HOSTILE = [
    "Dupont | <b>",
    "=cmd()",
    "+33 1",
    "-1",
    "@SOMME(A1)",
    "*F* _1_ ~~2~~ `3` [4](5)",
    "F;2026\"118'",
    r"\| \\ fin\\",
    "# 1. - titre",
    "فاتورة ١٢٣",
    "&lt;F&gt; $x$ ^2^ :smile: https://e.example?a=1&b=2",
    "F" * 120,
    "F " * 59 + "F",
]


def named(one: ClaimItem, item_id: str, invoice_number: str | None = None) -> ClaimItem:
    segments = tuple(Segment.model_validate(dict(part) | {"item_id": item_id}) for part in one.segments)
    return rebuilt_item(one, item_id=item_id, invoice_number=invoice_number or item_id, segments=segments)


def doubt(code: str, item_id: str | None = None, source: Source | None = None, **inputs: object) -> Doubt:
    facts = {name.rstrip("_"): value for name, value in inputs.items()}
    return Doubt(code=code, item_id=item_id, reason=Reason.of(code, Authority.LAW, facts, source=source))


def instalment() -> ClaimItem:
    """12000 - 1500 - 500 = 10000 at 12 % over 360: 92 days make 306.667, none counted for half a year, 31 make 103.333.

    10 000 € on 31 July 2024 settle the principal; 306.67 + 103.33 = 410.00 is left.
    """
    one = item(
        date(2023, 9, 30),
        original="12000",
        credited="1500",
        contested="500",
        principal="0",
        interest="410",
        segments=(
            segment(date(2023, 10, 1), date(2024, 1, 1), "10000", "12.00", "306.67", day_count=DayCount.ACTUAL_360),
            segment(date(2024, 7, 1), date(2024, 8, 1), "10000", "12.00", "103.33", day_count=DayCount.ACTUAL_360),
        ),
        payments=(payment(date(2024, 7, 31), "10000", "0", "10000"),),
        reasons=(PRINCIPAL_FIRST,),
    )
    return named(one, "F2023-125#2", "F2023-125")


def complete() -> Decompte:
    """Three items that follow different conventions, and doubts with and without words."""
    unsettled = Source(article="C. com. art. L441-10 II", confidence=Confidence.UNSETTLED)
    return decompte(
        claim(part_02(), instalment(), named(cap_01(), "F2022-007")),
        APRIL,
        (
            doubt("half_years_reading_unsettled", source=unsettled, reading="re_anchored"),
            doubt("weak_source", value="fr.taux_bce_refinancement:2026-06-17", confidence=Confidence.SECONDARY),
            doubt(
                "rate_not_published",
                parameter="fr.taux_bce_refinancement",
                from_=date(2027, 1, 1),
                through=date(2026, 12, 31),
                expected_on=date(2027, 1, 15),
            ),
            doubt("something_new", item_id="F2022-007", source=unsettled),
        ),
    )


SAMPLES = {
    "imputation": lambda: decompte(claim(part_02()), APRIL),
    "complet": complete,
}


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def figure(text: str) -> Decimal:
    return Decimal(re.sub(r"[\s€]", "", text).replace("−", "-").replace(",", "."))


def rows_of(made: Decompte) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(made).decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("suffix", ["txt", "md", "csv"])
def test_a_decompte_is_the_one_that_was_read_and_approved(name: str, suffix: str, pytestconfig: pytest.Config) -> None:
    made = SAMPLES[name]()
    content = {"txt": as_text(made).encode(), "md": as_markdown(made).encode(), "csv": as_csv(made)}[suffix]
    path = GOLDEN / f"{name}.{suffix}"
    if pytestconfig.getoption("--rewrite-golden", default=False):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    assert content == path.read_bytes()


def test_each_segment_shows_its_sum_in_full() -> None:
    for shown in map(plain, (as_text(SAMPLES["imputation"]()), as_markdown(SAMPLES["imputation"]()))):
        assert "10 000,00 € × 12,15 % × 30 / 365 = 99,86 €" in shown
        assert "6 099,86 € × 12,15 % × 30 / 365 = 60,92 €" in shown


def checked_by_hand(text: str) -> list[Decimal]:
    """Type every sum of a text on a calculator and return the results, which are those printed."""
    results = []
    for base, rate, days, divisor, amount in FORMULA.findall(plain(text)):
        exact = figure(base) * figure(rate) * int(days) / (100 * int(divisor))
        assert exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) == figure(amount)
        results.append(figure(amount))
    return results


def test_every_sum_printed_is_right_and_none_is_missing() -> None:
    amounts = [figure(text) for text in ("99,86", "60,92", "306,67", "103,33", "1000,00", "1103,01")]
    assert checked_by_hand(as_text(complete())) == amounts
    assert checked_by_hand(as_markdown(complete())) == amounts


def added(rows: list[Row]) -> tuple[Decimal, Decimal]:
    parts = sum((figure(row.amount.rpartition("=")[2]) for row in rows if row.amount and not row.is_total), Decimal(0))
    return parts, figure(rows[-1].amount)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_amounts_of_a_table_add_up_to_its_last_row(name: str) -> None:
    made = SAMPLES[name]()
    tables = [rows for one in made.items for rows in (account_rows(one, made.on, folded), subtotal_rows(one, folded))]
    for rows in (*tables, total_rows(made)):
        parts, total = added(rows)
        assert parts == total


def test_what_was_overpaid_is_a_row_of_the_account() -> None:
    # 10000 x 0.1215 x 30 / 365 = 99.863; 10500 - 99.86 - 10000 = 400.14.
    over = item(
        date(2026, 1, 31),
        principal="0",
        interest="0",
        segments=(segment(date(2026, 2, 1), date(2026, 3, 3), "10000", "12.15", "99.86"),),
        payments=(payment(date(2026, 3, 2), "10500", "99.86", "10000", "400.14"),),
        reasons=(INTEREST_FIRST,),
    )
    made = decompte(claim(over), date(2026, 3, 2))
    rows = account_rows(made.items[0], made.on, folded)
    assert ("Trop-perçu, à rendre ou à affecter", "400,14 €") in [(row.label, plain(row.amount)) for row in rows]
    assert added(rows) == (Decimal(0), Decimal(0))
    assert "plus de principal ni d’intérêts" in plain(rows[2].label)
    assert [row["montant"] for row in rows_of(made) if row["nature"] == "trop-perçu"] == ["400,14"]


def test_days_without_interest_are_named() -> None:
    shown = plain(as_markdown(complete()))
    assert "Aucun intérêt compté du 01/01/2024 au 30/06/2024" in shown
    assert "Aucun intérêt compté du 01/01/2025 au 01/04/2026" in shown
    nothing = item(date(2026, 1, 31), principal="10000", interest="0")
    assert "Aucun intérêt compté" in as_text(decompte(claim(nothing), APRIL))


def test_a_convention_that_not_all_items_follow_is_said_under_its_own() -> None:
    general = plain(as_markdown(complete())).partition("## Conventions du calcul")[2]
    assert "toutes taxes comprises" in general
    assert "/ 360" not in general
    assert "éteint d’abord" not in general
    first, second, _ = plain(as_markdown(complete())).split("## Facture")[1:]
    assert "/ 365, années bissextiles comprises" in first
    assert "éteint d’abord les intérêts" in first
    assert "nombre de jours / 360, comme le contrat le prévoit" in second
    assert "éteint d’abord le principal" in second


def test_a_rate_that_is_not_firmly_established_is_marked_on_its_own_line() -> None:
    weak = Segment.model_validate(
        dict(part_02().segments[1])
        | {"source": Source(article="C. com. art. L441-10 II", confidence=Confidence.SECONDARY)}
    )
    made = decompte(claim(rebuilt_item(part_02(), segments=(part_02().segments[0], weak))), APRIL)
    interest = [row for row in account_rows(made.items[0], APRIL, folded) if row.label.startswith("Intérêts")]
    assert [row.article for row in interest] == [
        "C. com. art. L441-10 II",
        "C. com. art. L441-10 II (sources secondaires)",
    ]
    assert [row["fiabilité"] for row in rows_of(made) if row["nature"] == "intérêts"] == ["verified", "secondary"]


def test_doubts_are_sentences_and_one_without_words_is_named_by_its_code() -> None:
    shown = plain(as_text(complete()).partition("Points à vérifier")[2]).replace("\n  ", " ")
    assert "un nouveau taux est pris ici à chaque semestre (C. com. art. L441-10 II)." in shown
    assert "Taux de refinancement de la BCE en vigueur depuis le 17 juin 2026 : sources secondaires" in shown
    assert "non publiée (attendue d’ici au 15 janvier 2027). Aucun intérêt n’est compté à compter du 1er" in shown
    assert "Point non rédigé : something_new (C. com. art. L441-10 II). Créance concernée : F2022-007" in shown


def test_a_doubt_that_lacks_an_input_is_still_a_sentence() -> None:
    assert plain(doubt_words(doubt("rate_not_published", parameter="fr.inconnu", from_=date(2027, 1, 1)))) == (
        "fr.inconnu : valeur non publiée. Aucun intérêt n’est compté à compter du 1er janvier 2027."
    )


def test_an_identifier_in_a_doubt_is_never_taken_for_a_date_or_a_figure() -> None:
    words = doubt_words(doubt("allocation_without_invoice", payment="2026-99-99", invoice="12.50 EUR"))
    assert plain(words) == "Le paiement 2026-99-99 vise la facture 12.50 EUR, qui n’est pas au dossier."
    assert plain(doubt_words(doubt("credit_left_over", amount="1250.00 EUR"))).startswith("1 250,00 € de paiements")


@pytest.mark.parametrize("shape", [as_text, as_markdown])
def test_french_spacing_holds(shape: object) -> None:
    assert callable(shape)
    text = shape(complete())
    body = re.sub(r"^\|[ -]+\|.*$|^-.*-$", "", text, flags=re.MULTILINE)
    assert not re.search(r" [;!?»%€]|\w[;!?]| :(?!-)", body)
    assert "'" not in text
    assert not re.search(r"\b1 (?:janvier|avril|juillet)", plain(text))
    assert "1er\u00a0avril\u00a02026" in text


@pytest.mark.parametrize("identifier", HOSTILE)
def test_a_hostile_identifier_is_printed_as_it_is(identifier: str) -> None:
    made = decompte(
        claim(named(part_02(), identifier), named(cap_01(), "x", identifier)),
        APRIL,
        (doubt("something_new", item_id=identifier),),
    )
    text = as_text(made)
    assert f"Facture {identifier}\n" in text
    assert f"Créance concernée\u00a0: {identifier}\n" in text
    assert all(width(line) <= 100 for line in text.splitlines() if identifier not in line)

    content = parsed(as_markdown(made), where="test")
    page = html_page(content.tokens, subject="s", title_prefix="")
    assert f"Facture {identifier}" in re.sub(r"[ \n]+", " ", shown_text(page))
    assert not {tag for tag in ("<b>", "<em>", "<s>", "<a ", "<code>", "<img", "<ol", "<pre") if tag in page}
    cells = [re.findall(r"<t[hd]", row) for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)]
    assert {len(row) for row in cells} == {2, 3}

    rows = rows_of(made)
    assert {row["facture"].removeprefix("'") for row in rows if row["facture"]} == {identifier}
    assert not [cell for row in rows for name, cell in row.items() if name != "montant" and cell[:1] in set("=+-@")]
    assert {len(row) for row in rows} == {len(COLUMNS)}


def test_characters_that_would_turn_a_line_round_are_dropped() -> None:
    made = decompte(claim(named(part_02(), "F\u202e118\u2028")), APRIL)
    for shown in (as_text(made), as_markdown(made), as_csv(made).decode()):
        assert "F118" in shown
        assert not {"\u202e", "\u2028"} & set(shown)


def test_markdown_escapes_what_pandoc_reads_besides() -> None:
    made = decompte(claim(named(part_02(), "@dupont \"1\" 'x'")), APRIL)
    assert as_markdown(made).count("\\@dupont \\\"1\\\" \\'x\\'") == 1


def test_amounts_are_printed_in_full_however_large() -> None:
    # 999999999999999.99 x 0.12 x 365 / 365 = 119999999999999.9988.
    large = item(
        date(2024, 12, 31),
        original="999999999999999.99",
        principal="999999999999999.99",
        interest="120000000000000.00",
        segments=(segment(date(2025, 1, 1), date(2026, 1, 1), "999999999999999.99", "12.00", "120000000000000.00"),),
    )
    text = as_text(decompte(claim(large), date(2025, 12, 31)))
    assert "= 120 000 000 000 000,00 €" in plain(text)
    assert max(width(line) for line in text.splitlines()) <= 100


def test_a_currency_without_cents_has_none() -> None:
    # 1200000 x 0.10 x 365 / 365 = 120000.
    francs = {
        name: Money.of(amount, "XPF")
        for name, amount in {"original": 1_200_000, "balance": 1_200_000, "principal": 1_200_000}.items()
    } | {name: Money.zero("XPF") for name in ("credited", "paid", "contested", "indemnity")}
    part = Segment.model_validate(
        dict(cap_01().segments[0]) | {"principal": Money.of(1_200_000, "XPF"), "amount": Money.of(120_000, "XPF")}
    )
    one = rebuilt_item(
        cap_01(), **francs, late_interest=part.amount, segments=(part,), reasons=(), interest_through=part.through
    )
    zero = Money.zero("XPF")
    whole = Claim(
        items=(one,),
        principal=one.principal,
        late_interest=one.late_interest,
        indemnities=zero,
        total=one.principal + one.late_interest,
    )
    made = decompte(whole, part.through)
    assert "1 200 000 FCFP × 10,00 % × 365 / 365 = 120 000 FCFP" in plain(as_text(made))
    assert rows_of(made)[-1 - len(made.conventions)]["montant"] == "1320000"


def test_the_csv_is_for_a_french_spreadsheet_and_for_a_program() -> None:
    written = as_csv(SAMPLES["imputation"]())
    assert written.startswith(b"\xef\xbb\xbfnature;facture;")
    assert written.count(b"\r\n") == written.count(b"\n")
    rows = rows_of(SAMPLES["imputation"]())
    assert tuple(rows[0]) == COLUMNS
    natures = ["facture", "intérêts", "paiement", "intérêts", "indemnité", "sous-total", "total"]
    assert [row["nature"] for row in rows if row["nature"] != "convention"] == natures
    first, paid = rows[1], rows[2]
    assert (first["du"], first["au"], first["jours"], first["diviseur"]) == ("2026-02-01", "2026-03-02", "30", "365")
    assert (first["base"], first["taux annuel en %"], first["montant"]) == ("10000,00", "12,15", "99,86")
    assert (paid["montant"], paid["part sur intérêts"], paid["part sur principal"]) == ("-4000,00", "99,86", "3900,14")
    assert (paid["principal restant dû"], paid["intérêts restant dus"]) == ("6099,86", "0,00")


def test_the_csv_names_what_was_compounded() -> None:
    rows = rows_of(decompte(claim(cap_01()), date(2024, 12, 31)))
    (compounded,) = [row for row in rows if row["nature"] == "capitalisation"]
    assert (compounded["du"], compounded["intérêts capitalisés"], compounded["base"]) == (
        "2024-01-01",
        "1000,00",
        "11000,00",
    )
    assert compounded["montant"] == ""


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=60)


@given(TEXTS)
def test_no_identifier_begins_a_formula(identifier: str) -> None:
    for row in rows_of(decompte(claim(named(part_02(), identifier)), APRIL)):
        assert not row["facture"].lstrip().startswith(tuple("=+-@"))
        assert not row["échéance"].lstrip().startswith(tuple("=+-@"))


@pytest.mark.parametrize("made", [complete(), decompte(claim(cap_01()), date(2024, 12, 31))])
def test_the_amounts_of_the_csv_add_up_to_the_claim(made: Decompte) -> None:
    rows = rows_of(made)
    parts = [figure(row["montant"]) for row in rows if row["montant"] and row["nature"] not in {"sous-total", "total"}]
    assert sum(parts) == made.total.amount
    assert [figure(row["montant"]) for row in rows if row["nature"] == "total"] == [made.total.amount]


def test_every_convention_has_words() -> None:
    for code in {code for make in SAMPLES.values() for code in make().conventions}:
        assert convention_words(code) != code


def late(**changes: object) -> Debt:
    """10 000 € due on 1 May 2026."""
    facts: dict[str, Any] = {  # Any: fields of a named tuple
        "item_id": "F2026-118",
        "due_on": date(2026, 5, 1),
        "principal_minor": 1_000_000,
        "currency": "EUR",
        "debtor_kind": DebtorKind.BUSINESS,
        "receipts": (),
        "creditor_is_natural_person": False,
        "notice_on": None,
        "insolvency_opened_on": None,
        "imputation": Imputation.INTEREST_FIRST,
    }
    return Debt(**facts | changes)


def of_the_law(debt: Debt, on: date) -> Decompte:
    found = claim_of(debt, on, FRANCE)
    return decompte(found.claim, on, found.doubts)


def section(text: str, title: str) -> str:
    """Return the lines of one section of a text, joined."""
    return plain(text.partition(f"{title}\n---")[2].partition("\n\n")[0]).replace("\n  ", " ")


def test_a_sum_fixed_by_a_court_is_no_invoice() -> None:
    judged = late(due_on=date(2026, 1, 15), enforceable_on=date(2026, 1, 15))
    made = of_the_law(judged, date(2026, 6, 1))
    for shown in map(plain, (as_text(made), as_markdown(made))):
        assert "Somme fixée par une décision de justice" in shown
        assert "Montant fixé" in shown
        assert "Décision exécutoire depuis le 15/01/2026." in shown
        assert not re.search("Facture|facture|À payer au plus tard", shown)
    first = rows_of(made)[0]
    assert (first["nature"], first["libellé"]) == ("somme fixée", "Décision exécutoire depuis le 15/01/2026")


def test_a_rate_names_the_ecb_rate_its_day_and_the_points() -> None:
    """2.15 on 1 January 2026 + 10; 2.40 on 1 July, known from secondary sources, + 10."""
    made = of_the_law(late(), date(2026, 9, 1))
    expected = [
        "12,15 % = taux de la BCE 2,15 % au 1er janvier 2026 + 10 points (C. com. art. L441-10 II)",
        (
            "12,40 % = taux de la BCE 2,40 % au 1er juillet 2026 (sources secondaires) + 10 points "
            "(C. com. art. L441-10 II)"
        ),
    ]
    assert section(as_text(made), "Taux appliqués").splitlines()[1:] == [f"- {line}" for line in expected]
    assert all(f"\n- {line}" in plain(as_markdown(made)) for line in expected)
    rows = [row for row in rows_of(made) if row["nature"] == "taux"]
    assert [plain(row["libellé"]) for row in rows] == expected
    assert [(row["taux annuel en %"], row["fiabilité"]) for row in rows] == [
        ("12,15", "verified"),
        ("12,40", "secondary"),
    ]


@pytest.mark.parametrize(
    ("debt", "words"),
    [
        # 2.62 the first half of 2026; two months after 15 January, five points more: 7.62.
        (
            late(due_on=date(2026, 1, 15), enforceable_on=date(2026, 1, 15)),
            (
                "7,62 % = taux de l’intérêt légal 2,62 % au 1er janvier 2026 (CMF art. L313-2 ; arrêté du 15/12/2025) "
                "+ 5 points à compter du 16 mars 2026 (CMF art. L313-3)"
            ),
        ),
        (
            late(debtor_kind=DebtorKind.CONSUMER, notice_on=date(2026, 5, 10)),
            "2,62 % = taux de l’intérêt légal au 1er janvier 2026 (CMF art. L313-2 ; arrêté du 15/12/2025)",
        ),
        (
            late(debtor_kind=DebtorKind.CONSUMER, notice_on=date(2026, 5, 10), creditor_is_natural_person=True),
            (
                "6,67 % = taux de l’intérêt légal au 1er janvier 2026, colonne des créanciers particuliers "
                "(CMF art. L313-2 ; arrêté du 15/12/2025)"
            ),
        ),
        # 3 x 2.62 = 7.86.
        (
            late(penalty=PenaltyClause.of("3x legal")),
            (
                "7,86 % = 3 fois le taux de l’intérêt légal 2,62 % au 1er janvier 2026, selon la clause "
                "(contrat ; C. com. art. L441-10 II)"
            ),
        ),
        (
            late(penalty=PenaltyClause.of("ecb+8")),
            (
                "10,15 % = taux de la BCE 2,15 % au 1er janvier 2026 + 8 points, selon la clause "
                "(contrat ; C. com. art. L441-10 II)"
            ),
        ),
        (
            late(penalty=PenaltyClause.of("12.5")),
            "12,50 % = taux fixé par la clause (contrat ; C. com. art. L441-10 II)",
        ),
        (late(granted_rate=Decimal("9.00")), "9,00 % = taux fourni, pris tel quel"),
    ],
)
def test_every_kind_of_rate_says_what_it_is_made_of(debt: Debt, words: str) -> None:
    lines = section(as_text(of_the_law(debt, date(2026, 6, 1))), "Taux appliqués").splitlines()
    assert lines[-1] == f"- {words}"


def test_a_rate_that_follows_each_operation_of_the_ecb_is_not_said_to_be_that_of_a_half_year() -> None:
    """1.00 since 14 December 2011, 0.75 since 11 July 2012: two rates within the year, neither frozen."""
    made = of_the_law(late(due_on=date(2012, 5, 1)), date(2012, 12, 31))
    assert "half_years:re_anchored" not in made.conventions
    for shown in map(plain, (as_text(made), as_markdown(made), as_csv(made).decode("utf-8-sig"))):
        assert "0,75 % au 11 juillet 2012" in shown.replace("\n  ", " ")
        assert "Chaque semestre" not in shown
        assert "deux semestres" not in shown
        assert "semestre où" not in shown
    kept = of_the_law(late(due_on=date(2012, 5, 1), half_years=HalfYears.FIXED_AT_START), date(2012, 12, 31))
    assert "Le taux du jour où le retard a commencé est gardé" in plain(as_text(kept))
    assert "Chaque semestre" in plain(as_text(of_the_law(late(), date(2026, 9, 1))))


def interestless(made: Decompte) -> list[tuple[str, str]]:
    rows = account_rows(made.items[0], made.on, folded)
    return [(plain(row.label), row.article) for row in rows if row.label.startswith("Aucun intérêt")]


def test_days_without_interest_name_the_text_that_stops_it() -> None:
    on = date(2026, 9, 1)
    opened = late(insolvency_opened_on=date(2026, 7, 10))
    assert interestless(of_the_law(opened, on)) == [
        ("Aucun intérêt compté du 10/07/2026 au 01/09/2026", "C. com. art. L622-28 (sources secondaires)")
    ]
    before = late(insolvency_opened_on=date(2026, 4, 10))
    assert interestless(of_the_law(before, on)) == [
        ("Aucun intérêt compté", "C. com. art. L622-28 (sources secondaires)")
    ]
    # The rate of 2027 is not published: those days first, then those of the proceedings.
    unknown = late(due_on=date(2026, 12, 31), insolvency_opened_on=date(2027, 2, 1))
    assert interestless(of_the_law(unknown, date(2027, 2, 28))) == [
        ("Aucun intérêt compté du 01/01/2027 au 31/01/2027", ""),
        ("Aucun intérêt compté du 01/02/2027 au 28/02/2027", "C. com. art. L622-28 (sources secondaires)"),
    ]


def test_a_consumer_without_notice_is_told_why_no_interest_runs() -> None:
    made = of_the_law(late(debtor_kind=DebtorKind.CONSUMER), date(2026, 9, 1))
    assert interestless(made) == [("Aucun intérêt avant une mise en demeure", "C. civ. art. 1231-6")]


def test_a_section_that_would_be_empty_has_no_heading() -> None:
    made = of_the_law(late(), date(2026, 5, 1))
    for shown in (as_text(made), as_markdown(made)):
        assert "Conventions du calcul" not in shown
        assert "Taux appliqués" not in shown


@pytest.mark.parametrize(
    ("code", "inputs"),
    [
        ("public_contract_date_unknown", {"from_": date(2013, 3, 16)}),
        ("insolvency_exception_not_applied", {}),
        ("insolvency_stop_from_memory", {}),
        ("costs_stay_with_creditor", {"proofs": ("FACT-1", "FACT-2")}),
        ("costs_not_counted", {"proofs": ("FACT-1",)}),
        ("day_count_not_applied", {"day_count": DayCount.ACTUAL_360}),
        ("interest_since_the_ruling", {}),
        ("indemnity_rank_unsettled", {}),
        ("compounding_after_payment", {}),
        ("private_creditor", {}),
    ],
)
def test_each_doubt_of_the_law_is_a_sentence(code: str, inputs: dict[str, object]) -> None:
    facts = {name.rstrip("_"): value for name, value in inputs.items()}
    words = doubt_words(Doubt(code=code, reason=Reason.of(code, Authority.LAW, facts)))
    assert "Point non rédigé" not in words
    assert words.endswith(".")
    assert not re.search(r"[{}_]|\(\)|\d{4}-\d\d-\d\d|act/", words)
    proofs = inputs.get("proofs", ())
    assert isinstance(proofs, tuple)
    assert all(proof in words for proof in proofs)


HOSTS = [Context(prec=2), ExtendedContext, Context(prec=2, traps=[Inexact, Rounded])]


@pytest.mark.parametrize("host", HOSTS, ids=["two digits", "extended", "trapped"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_decompte_is_printed_alike_whatever_the_decimal_context_of_the_host(host: Context, name: str) -> None:
    made = SAMPLES[name]()
    formats.rate.cache_clear()
    with localcontext(host):
        under = (as_text(made).encode(), as_markdown(made).encode(), as_csv(made))
    assert under == tuple((GOLDEN / f"{name}.{suffix}").read_bytes() for suffix in ("txt", "md", "csv"))
    assert as_text(made).encode() == under[0]
