"""A payment plan that ended without acceleration: the letter and the décompte say what is left to its dates."""

from datetime import date

from recouvrement import FRANCE, Case, Instalment, Money, PlanAgreed, PlanDefaultNotified, builtin, decide, decompte
from recouvrement.render.decompte import as_text
from recouvrement.render.documents import render_document
from support.cases import invoice
from support.portfolio import built_in_letters, case

ON = date(2026, 12, 16)
HALF = Money.of("600.00", "EUR")


def after_default() -> Case:
    """1 200.00 due on 20 November: half on the 30th, not paid and notified on 7 December; half on 30 December."""
    parts = (Instalment(amount=HALF, due_on=date(2026, 11, 30)), Instalment(amount=HALF, due_on=date(2026, 12, 30)))
    plan = PlanAgreed(id="e1", effective_on=date(2026, 11, 21), plan_id="PL1", instalments=parts)
    notified = PlanDefaultNotified(id="e2", effective_on=date(2026, 12, 7), plan_id="PL1")
    bare = case(0)
    due = invoice("F2026-101", date(2026, 11, 20))
    return Case(creditor=bare.creditor, debtor=bare.debtor, invoices=(due,), history=(plan, notified))


def test_the_letter_asks_for_what_has_fallen_due_and_shows_the_rest() -> None:
    late = after_default()
    decision = decide(late, ON, scenario=builtin("standard_b2b"), law=FRANCE)
    (item,) = decision.claim.items
    assert (str(item.balance), str(item.deferred), str(item.principal)) == ("1200.00 EUR", "600.00 EUR", "600.00 EUR")
    action = next(one for one in decision.actions if one.stage == "relance_1")
    assert action.principal == HALF
    document = render_document(action, late, decision.claim, on=ON, letters=built_in_letters())
    text = document.text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "Part payable aux dates de" in text
    assert "−600,00 €" in text


def test_the_account_leaves_it_out_and_says_so() -> None:
    """600.00 at 12.40 % from 1 December, the day after its instalment, through the 16th, 16 days.

    600 × 0.124 × 16 / 365 = 3.2613…, 3.26.
    """
    decision = decide(after_default(), ON, scenario=builtin("standard_b2b"), law=FRANCE)
    text = as_text(decompte(decision.claim, on=ON)).replace("\u202f", " ").replace("\u00a0", " ")
    assert "Part payable aux dates de l’échéancier" in text or "Part payable aux dates de l'échéancier" in text
    assert str(decision.claim.late_interest) == "3.26 EUR"
    assert "échéancier laisse à ses dates" in text
