"""Mentions that are missing, told so that one can read them."""

from recouvrement.render.missing_mentions import missing_mentions


def test_a_mention_is_told_once_with_its_first_texts() -> None:
    days = [("due dates", f"{day:02d}/10/2026") for day in range(1, 31)]
    balances = [("balances", "100,00 €"), ("balances", "100,00 €")]
    assert missing_mentions([*days, ("contact", "02 61 91 00 01"), *balances]) == (
        "due dates is missing (« 01/10/2026 », « 02/10/2026 », « 03/10/2026 » and 27 more); "
        "contact is missing (« 02 61 91 00 01 »); "
        "balances is missing (« 100,00 € »)"
    )


def test_a_few_texts_are_told_whole() -> None:
    found = missing_mentions([("invoices", "F1"), ("invoices", "F2"), ("invoices", "F3")])
    assert found == "invoices is missing (« F1 », « F2 », « F3 »)"
