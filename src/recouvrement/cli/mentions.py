"""``recouvrement mentions``: what an invoice lacks about payment, and what that costs."""

import re
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.adapters.portfolio.table import read_text
from recouvrement.cli.output import (
    ALL_WELL,
    SOME_FAILED,
    Day,
    console,
    json_option,
    print_json,
    rates_option,
    stops_cleanly,
)
from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind
from recouvrement.errors import InvalidInput
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.law.mentions import MentionsFine, MentionsReport, MentionStatus, PrintedMentions
from recouvrement.render.explain import doubt_words, explained
from recouvrement.render.formats import whole_money

_KINDS = click.Choice([DebtorKind.BUSINESS.value, DebtorKind.CONSUMER.value, DebtorKind.PUBLIC.value])
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
"""Control characters other than tabs and ends of line, and bytes that were not UTF-8."""
_VERDICTS = {True: "complete", False: "to correct", None: "cannot be judged in full"}


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--text", help="Words of the invoice, instead of a file.")
@click.option(
    "--debtor", type=_KINDS, default=DebtorKind.BUSINESS.value, show_default=True, help="What the debtor is in law."
)
@click.option("--issued", type=Day(), help="Date of issue; an e-invoice gives its own.")
@click.option("--due", type=Day(), help="Date of payment the invoice shows, when its words do not give it.")
@rates_option
@json_option
@stops_cleanly
def mentions(
    file: Path | None,
    text: str | None,
    debtor: str,
    issued: date | None,
    due: date | None,
    rates_file: Path | None,
    *,
    as_json: bool,
) -> int:
    """Check the compulsory mentions of an invoice about payment.

    FILE is the words of the invoice (.txt) or an e-invoice (.xml, .pdf). Exit code 0: complete; 1: something is
    missing, or could not be judged; 2: the input cannot be used.
    """
    kind = DebtorKind(debtor)
    law = jurisdiction("fr", rates_file)
    printed = _printed(file, text, kind, issued, due, law)
    report = law.check_mentions(printed)
    if as_json:
        print_json(_as_json(report) | {"edition": law.edition})
    else:
        _show(report, printed)
    return ALL_WELL if report.complete else SOME_FAILED


def _printed(
    file: Path | None, text: str | None, kind: DebtorKind, issued: date | None, due: date | None, law: Jurisdiction
) -> PrintedMentions:
    if (file is None) == (text is None):
        raise InvalidInput(
            where="FILE or --text",
            found="both are given" if file else "neither is given",
            hint="Give a file, or the words of the invoice with --text.",
        )
    if file is not None and file.suffix.lower() in {".xml", ".pdf"}:
        return _of_einvoice(file, kind, issued, due, law)
    if file is not None and file.suffix.lower() != ".txt":
        raise InvalidInput(
            where=file.name, found=f"the file ends with {file.suffix!r}", hint="Give a .txt, .xml or .pdf file."
        )
    if issued is None:
        raise InvalidInput(
            where="--issued", found="the date of issue is missing", hint="Give it: the law depends on it."
        )
    words = _words(text or "") if file is None else read_text(file)
    return law.read_mentions(words, debtor_kind=kind, issued_on=issued, due_on=due)


def _words(text: str) -> str:
    """Return the words given on the command line; raises ``InvalidInput`` for what no invoice prints."""
    wrong = _UNPRINTABLE.search(text)
    if wrong is not None:
        raise InvalidInput(
            where="--text",
            found=f"character {wrong.start() + 1} ({wrong[0]!a}) is not text",
            hint="Leave out control characters and write in UTF-8, or give the words in a .txt file.",
        )
    return text


def _of_einvoice(
    file: Path, kind: DebtorKind, issued: date | None, due: date | None, law: Jurisdiction
) -> PrintedMentions:
    if find_spec("facturx") is None:
        raise InvalidInput(
            where=file.name,
            found="reading e-invoices needs the package factur-x",
            hint="Install it with: pip install 'recouvrement[factures]'.",
        )
    # factur-x and lxml take half a second to load: a check of words does not pay for it.
    from recouvrement.adapters.factures import read_einvoice  # noqa: PLC0415
    from recouvrement.adapters.factures.mentions import printed_mentions  # noqa: PLC0415

    printed = printed_mentions(read_einvoice(file), kind, where=file.name, law=law)
    if issued is not None and issued != printed.issued_on:
        raise InvalidInput(
            where="--issued",
            found=f"the file says {printed.issued_on.isoformat()}, not {issued.isoformat()}",
            hint="Leave the option out: an e-invoice bears its date.",
        )
    return printed if due is None else PrintedMentions.model_validate({**dict(printed), "due_on": due})


def _as_json(report: MentionsReport) -> dict[str, object]:
    fines = [_fine_json(fine) for fine in report.fines]
    return {
        "complete": report.complete,
        "findings": [
            {
                "mention": found.mention.value,
                "status": found.status.value,
                "found": found.found,
                "article": found.source.article,
                "confidence": found.source.confidence.value,
                "to_print": found.to_print,
                "reason": found.reason.code,
                "figures": {name: value for name, value in found.reason.inputs if name != "mention"},
            }
            for found in report.findings
        ],
        "fine": fines[0] if fines else None,
        "fines": fines,
        "consequences": [
            {
                "code": reason.code,
                "article": reason.source.article if reason.source else None,
                "confidence": reason.source.confidence.value if reason.source else None,
                "words": explained(reason),
            }
            for reason in report.consequences
        ],
        "doubts": [doubt.model_dump(mode="json") for doubt in report.doubts],
    }


def _fine_json(fine: MentionsFine) -> dict[str, str | None]:
    return {
        "natural_person": str(fine.natural_person),
        "legal_person": str(fine.legal_person),
        "repeat_natural_person": str(fine.repeat_natural_person),
        "repeat_legal_person": str(fine.repeat_legal_person),
        "repeat_within_years": None if fine.repeat_within_years is None else str(fine.repeat_within_years),
        "article": fine.source.article,
        "confidence": fine.source.confidence.value,
    }


def _show(report: MentionsReport, printed: PrintedMentions) -> None:
    out = console()
    head = f"Invoice to a debtor of kind {printed.debtor_kind.value}, issued {printed.issued_on.isoformat()}"
    out.print(f"{head}: {_VERDICTS[report.complete]}", markup=False)
    if report.findings:
        table = Table()
        for name in ("mention", "status", "found", "article", "confidence"):
            table.add_column(name)
        for found in report.findings:
            source = found.source
            cells = (found.mention.value, found.status.value, found.found or "", source.article, source.confidence)
            table.add_row(
                *(escape(cell).replace("_", " ") if cell is not found.found else escape(cell) for cell in cells)
            )
        out.print(table)
    for line in (*_lines(report), *(f"doubt: {doubt_words(doubt)}" for doubt in report.doubts)):
        out.print(line, markup=False, soft_wrap=True)


def _lines(report: MentionsReport) -> Iterator[str]:
    for found in report.findings:
        if found.status is not MentionStatus.PRESENT:
            yield explained(found.reason)
        if found.to_print is not None:
            yield f"  to print: « {found.to_print} »"
    yield from (_fine_words(fine) for fine in report.fines)
    yield from (explained(reason) for reason in (*report.consequences, *report.reasons))


def _fine_words(fine: MentionsFine) -> str:
    amounts = (fine.natural_person, fine.legal_person, fine.repeat_natural_person, fine.repeat_legal_person)
    person, company, person_again, company_again = (whole_money(Money.of(amount, "EUR")) for amount in amounts)
    within = "" if fine.repeat_within_years is None else f" within {fine.repeat_within_years} years"
    return (
        f"fine: up to {person} (person) or {company} (company), {person_again} or {company_again} if repeated{within}"
        f" — {fine.source.article}"
    )
