"""For a calculator: a sum that could not be counted in full is an error, where a decision would report a doubt."""

from datetime import date

from recouvrement.errors import NotCovered, RefusedClause
from recouvrement.law.jurisdiction import Accrual, Jurisdiction


def refuse_gaps(accrual: Accrual, law: Jurisdiction) -> Accrual:
    """Return the account as it is when every day of it could be counted.

    Raises ``NotCovered`` when a rate or a rule is missing for some days, naming it and how to add it, and
    ``RefusedClause`` when the rate of a clause cannot be applied, with the figures.
    """
    for doubt in accrual.doubts:
        fact = doubt.reason.input
        match doubt.code:
            case "clause_below_floor":
                raise RefusedClause(
                    where=f"clause {fact('clause')}, half-year of {fact('half_year')}",
                    found=f"{fact('rate')} % is below the floor of {fact('floor')} %, a multiple of the legal rate",
                    hint=(
                        "It cannot be applied as written (C. com. art. L441-10 II, L441-16) and no text says what "
                        "replaces it: ask a lawyer. Leave the clause out to see the default rate; give the figure as "
                        "a rate, not as a clause, to see what it makes."
                    ),
                )
            case "clause_not_applied":
                raise RefusedClause(
                    where=f"clause {fact('clause')}",
                    found=f"a contractual rate is not applied to a debtor of kind {fact('debtor_kind')}",
                    hint="Leave the clause out; give the rate itself, not as a clause, if a court granted it.",
                )
            case "rate_not_published":
                law.rates(date.fromisoformat(fact("from") or ""))
                raise NotCovered(
                    where=f"{fact('parameter')} on {fact('from')}",
                    found="the rate is not known in this edition of the law files",
                    hint="Enter the official value, or install an edition compiled after its publication.",
                )
            case "rule_not_covered":
                raise NotCovered(
                    where=f"{fact('rule')} through {fact('through') or fact('from')}",
                    found="the rule of those days is not stated in this edition of the law files",
                    hint="Ask for later days, or compute the earlier ones with a rate of your own.",
                )
            case _:
                continue
    return accrual
