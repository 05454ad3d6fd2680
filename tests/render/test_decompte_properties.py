"""Whatever the late debt, its claim makes a décompte whose printed figures come back to the claim."""

import csv
import io
import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from recouvrement.domain.clauses import PenaltyClause
from recouvrement.domain.decompte import decompte
from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.terms import DayCount, HalfYears, Imputation
from recouvrement.engine.claim import claim_of
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.law.jurisdiction import Debt, ProvenCost, Receipt
from recouvrement.render.decompte import as_csv, as_markdown, as_text
from recouvrement.render.decompte_words import doubt_words
from recouvrement.render.plaintext import width

AMOUNTS = st.integers(1, 100_000_000)
DAYS = st.dates(date(2012, 1, 1), date(2028, 6, 30))
CLAUSES = ("12.5", "18", "3x legal", "ecb+8", "ecb+14")
FORMULA = re.compile(r"([\d\s]+,\d\d)\s€\s×\s([\d,]+)\s%\s×\s(\d+)\s/\s(\d+)\s+=\s([\d\s]+,\d\d)\s€")
TOTALS = {"sous-total", "total"}


@st.composite
def debts(draw: st.DrawFn) -> Debt:
    due_on = draw(st.dates(date(2012, 1, 1), date(2027, 6, 30)))
    near = st.dates(due_on - timedelta(days=60), due_on + timedelta(days=900))
    cost = st.builds(
        lambda on, minor: ProvenCost(incurred_on=on, amount=Money.from_minor(minor, "EUR"), proof="facture"),
        near,
        st.integers(1, 100_000),
    )
    clause = draw(st.none() | st.sampled_from(CLAUSES))
    return Debt(
        item_id="F2026-118",
        due_on=due_on,
        principal_minor=draw(AMOUNTS),
        receipts=tuple(draw(st.lists(st.builds(Receipt, near, AMOUNTS), max_size=4))),
        currency="EUR",
        debtor_kind=draw(st.sampled_from(DebtorKind)),
        creditor_is_natural_person=draw(st.booleans()),
        notice_on=draw(st.none() | near),
        insolvency_opened_on=draw(st.none() | near),
        imputation=draw(st.sampled_from(Imputation)),
        instalments=draw(st.integers(1, 3)),
        penalty=PenaltyClause.of(clause) if clause is not None else None,
        granted_rate=draw(st.none() | st.sampled_from((Decimal("10.00"), Decimal("7.125")))),
        day_count=draw(st.sampled_from(DayCount)),
        half_years=draw(st.sampled_from(HalfYears)),
        enforceable_on=draw(st.none() | near),
        capitalised_from=draw(st.none() | near),
        costs=tuple(draw(st.lists(cost, max_size=2))),
    )


def figure(text: str) -> Decimal:
    return Decimal(re.sub(r"\s", "", text).replace(",", "."))


@given(debts(), DAYS)
def test_the_amounts_read_back_from_the_csv_add_up_to_the_claim(debt: Debt, on: date) -> None:
    found = claim_of(debt, on, FRANCE)
    made = decompte(found.claim, on, found.doubts)
    rows = list(csv.DictReader(io.StringIO(as_csv(made).decode("utf-8-sig"), newline=""), delimiter=";"))
    parts = [figure(row["montant"]) for row in rows if row["montant"] and row["nature"] not in TOTALS]
    assert sum(parts) == found.claim.total.amount
    (one,) = found.claim.items
    interest = [figure(row["montant"]) for row in rows if row["nature"] == "intérêts"]
    assert interest == [segment.amount.amount for segment in one.segments]
    (total,) = [row for row in rows if row["nature"] == "total"]
    assert figure(total["principal restant dû"]) == one.principal.amount
    assert figure(total["intérêts restant dus"]) == one.late_interest.amount


@given(debts(), DAYS)
def test_every_sum_printed_gives_its_result_on_a_calculator(debt: Debt, on: date) -> None:
    found = claim_of(debt, on, FRANCE)
    made = decompte(found.claim, on, found.doubts)
    (one,) = found.claim.items
    for shown in (as_text(made), as_markdown(made)):
        sums = FORMULA.findall(shown)
        assert len(sums) == len(one.segments)
        for base, rate, days, divisor, amount in sums:
            exact = figure(base) * figure(rate) * int(days) / (100 * int(divisor))
            assert exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) == figure(amount)


@given(debts(), DAYS)
def test_every_doubt_of_the_law_has_words(debt: Debt, on: date) -> None:
    for doubt in claim_of(debt, on, FRANCE).doubts:
        words = doubt_words(doubt)
        assert "Point non rédigé" not in words
        assert not re.search(r"[{}_]|\d{4}-\d\d-\d\d|  | [;!?%€]", words)


@given(debts(), DAYS)
def test_no_line_of_text_is_wider_than_100_columns(debt: Debt, on: date) -> None:
    found = claim_of(debt, on, FRANCE)
    assert max(width(line) for line in as_text(decompte(found.claim, on, found.doubts)).splitlines()) <= 100
