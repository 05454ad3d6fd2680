"""What the nightly run attaches to messages, as the command line asks for it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from recouvrement.adapters.invoice_folder import InvoiceFolder
from recouvrement.batch.enclosures import Enclosures, IfMissing, SetInType
from recouvrement.errors import InvalidInput

Command = Callable[..., Any]  # Any: a click command, whatever its parameters


def enclosure_options(command: Command) -> Command:
    """Give a command ``--pdf``, ``--decompte``, ``--attachments`` and ``--attachments-required``.

    It receives ``as_pdf``, ``with_decompte``, ``invoice_folder`` and ``attachments_required``.
    """
    for option in (
        click.option(
            "--attachments-required",
            is_flag=True,
            help="With --attachments: refuse a message whose invoices are not all there, instead of reporting it.",
        ),
        click.option(
            "--attachments",
            "invoice_folder",
            type=click.Path(path_type=Path),
            help="Folder of the original invoices, <invoice number>.pdf, attached to the messages that list them.",
        ),
        click.option(
            "--decompte",
            "with_decompte",
            is_flag=True,
            help="Attach their décompte to letters in French that claim interest; a first reminder claims none.",
        ),
        click.option("--pdf", "as_pdf", is_flag=True, help="Make every letter and e-mail a PDF too."),
    ):
        command = option(command)
    return command


def enclosures(
    *,
    as_pdf: bool,
    with_decompte: bool,
    invoice_folder: Path | None,
    attachments_required: bool,
    numbers: Iterable[str],
) -> Enclosures:
    """Return what goes with messages; ``numbers`` are those of every invoice of the portfolio.

    Raises ``InvalidInput`` when the folder cannot be read or typst is not there, or when invoices are required and
    nothing says where they are.
    """
    if attachments_required and invoice_folder is None:
        raise InvalidInput(
            where="--attachments-required",
            found="no folder of invoices is given: every message would leave without them",
            hint="Add --attachments FOLDER, or leave --attachments-required out.",
        )
    return Enclosures(
        pdf=typesetter("--pdf") if as_pdf else None,
        originals=InvoiceFolder(invoice_folder, numbers) if invoice_folder is not None else None,
        if_missing=IfMissing.REFUSE if attachments_required else IfMissing.DOUBT,
        decompte=with_decompte,
    )


def typesetter(asked_by: str) -> SetInType:
    """Return what makes PDFs. Raises ``InvalidInput``, which names ``asked_by``, when typst is not installed."""
    # typst weighs more than all the rest: it is loaded when a PDF is asked for, and only then.
    try:
        from recouvrement.adapters.pdf import Typesetter  # noqa: PLC0415
    except ImportError as fault:
        raise InvalidInput(
            where=asked_by, found=f"{fault.name} is not installed", hint='Install it: pip install "recouvrement[pdf]".'
        ) from fault
    return Typesetter().pdf
