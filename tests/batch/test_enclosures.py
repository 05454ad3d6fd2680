"""What goes with a message: the letter as PDF, the décompte, the original invoices; and what is missing."""

from collections.abc import Callable, Iterator, Sequence
from email import message_from_bytes
from email import policy as email_policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from recouvrement import Action, Case, Contact, Creditor, Debtor, PostalAddress, StepRecorded
from recouvrement.adapters.invoice_folder import InvoiceFolder
from recouvrement.adapters.pdf import Typesetter
from recouvrement.batch.enclosures import Enclosures, IfMissing
from recouvrement.batch.nightly import Report, nightly, rehearsal
from recouvrement.dispatch.message import LETTER_FILENAME, Attachment, Message, Receipt
from recouvrement.domain.vocabulary import Channel
from recouvrement.errors import InvalidInput, MissingAttachment, Unavailable
from recouvrement.render.pdf_source import PdfSource
from support.pdf_pages import text_of
from support.portfolio import MONDAY, case, files, night, opened, policy, portfolio

ORIGINAL = b"%PDF-1.4\n\x00\xff the invoice as it was issued"
FOURNIL, GARAGE, VOILERIE, LESTRAT = 0, 1, 2, 3


@pytest.fixture(scope="module")
def typesetter() -> Iterator[Typesetter]:
    with Typesetter() as one:
        yield one


@pytest.fixture
def invoices(tmp_path: Path) -> Path:
    folder = tmp_path / "factures"
    folder.mkdir()
    for index in range(6):
        (folder / f"f2026-{index + 101}.PDF").write_bytes(ORIGINAL + str(index).encode())
    return folder


def run(folder: Path, enclosures: Enclosures, *indexes: int) -> Report:
    return night(folder, portfolio(*map(case, indexes)), rules=policy()._replace(enclosures=enclosures))


def mail(folder: Path) -> EmailMessage:
    (content,) = (content for name, content in files(folder).items() if name.endswith(".eml"))
    read = message_from_bytes(content, policy=email_policy.default)
    assert isinstance(read, EmailMessage)
    return read


def attached(folder: Path) -> dict[str, bytes]:
    return {str(part.get_filename()): part.get_content() for part in mail(folder).iter_attachments()}


def sized(size: int) -> Callable[[str], Attachment]:
    return lambda number: Attachment.of(f"{number}.pdf", "application/pdf", b"%PDF-" + b"x" * (size - 5))


def drawn(source: PdfSource, inside: Sequence[Attachment]) -> bytes:
    return f"{source.tree['title']} + {len(inside)}".encode()


def test_an_email_leaves_with_the_letter_and_the_invoices_it_lists(
    tmp_path: Path, invoices: Path, typesetter: Typesetter
) -> None:
    report = run(tmp_path, Enclosures(pdf=typesetter.pdf, originals=InvoiceFolder(invoices)), GARAGE)
    assert report.failures == ()
    assert report.done[0].lacking == ()
    found = attached(tmp_path)
    assert list(found) == [LETTER_FILENAME, "F2026-102.pdf"]
    assert found["F2026-102.pdf"] == ORIGINAL + b"1"
    assert "F2026-102" in text_of(found[LETTER_FILENAME])


def test_a_letter_on_paper_is_written_as_a_pdf_beside_its_text(tmp_path: Path, typesetter: Typesetter) -> None:
    late = case(VOILERIE)
    run(tmp_path, Enclosures(pdf=typesetter.pdf, decompte=True), VOILERIE)
    written = {Path(name).suffix: content for name, content in files(tmp_path).items() if "decompte" not in name}
    assert {".pdf", ".txt", ".json"} <= set(written)
    text = text_of(written[".pdf"])
    assert late.debtor.name in text
    assert "PROJET À APPROUVER – NE PAS ENVOYER" in text
    (annex,) = (content for name, content in files(tmp_path).items() if name.endswith("_1_decompte.pdf"))
    assert text_of(annex).startswith("Atelier Lumen\n")
    assert "Décompte arrêté au 23\u00a0novembre\u00a02026" in text_of(annex)


def test_without_pdf_the_decompte_is_a_csv_and_a_consumer_gets_none(tmp_path: Path) -> None:
    (tmp_path / "business").mkdir()
    (tmp_path / "consumer").mkdir()
    run(tmp_path / "business", Enclosures(decompte=True), VOILERIE)
    assert any(name.endswith("_1_decompte.csv") for name in files(tmp_path / "business"))
    run(tmp_path / "consumer", Enclosures(decompte=True), LESTRAT)
    assert attached(tmp_path / "consumer") == {}


def sent(folder: Path, changed: Case) -> dict[str, str]:
    """Return, by ending, the files of the one letter on paper of a case, its décompte asked for."""
    night(folder, portfolio(changed), rules=policy()._replace(enclosures=Enclosures(decompte=True)))
    return {Path(name).suffix: content.decode() for name, content in files(folder).items()}


def after(stage: str, index: int, **debtor: object) -> Case:
    """Return a case whose last recorded step is a stage."""
    known = case(index)
    step = StepRecorded(id="hand", effective_on=MONDAY.replace(day=3), stage=stage, item_ids=(known.items[0].id,))
    changed = Debtor.model_validate(dict(known.debtor) | debtor)
    return Case.model_validate(dict(known) | {"history": (step,), "debtor": changed})


def test_a_letter_that_asks_for_no_interest_has_no_decompte(tmp_path: Path) -> None:
    """The first reminder says of interest « Nous ne vous en demandons pas le paiement à ce stade »."""
    (tmp_path / "first").mkdir()
    (tmp_path / "letter").mkdir()
    run(tmp_path / "first", Enclosures(decompte=True), FOURNIL)
    assert attached(tmp_path / "first") == {}
    on_paper = sent(tmp_path / "letter", after("appel", VOILERIE))
    assert "reminder_letter" in on_paper[".json"]
    assert ".csv" not in on_paper


def test_a_second_reminder_and_a_notice_come_with_their_decompte(tmp_path: Path) -> None:
    for stage, index in (("relance_1", GARAGE), ("lettre_de_relance", VOILERIE)):
        (folder := tmp_path / stage).mkdir()
        night(folder, portfolio(case(index)), rules=policy()._replace(enclosures=Enclosures(decompte=True)))
        held = b"".join(files(folder).values())
        assert b"decompte.csv" in held


def test_a_letter_in_english_has_no_decompte_which_is_in_french(tmp_path: Path) -> None:
    abroad = PostalAddress(street="12 Kings Road", postal_code="SW3 4ND", city="London", country="GB")
    english = after(
        "lettre_de_relance", VOILERIE, address=abroad, contacts=(Contact(email="a@b.example", language="en"),)
    )
    found = sent(tmp_path, english)
    assert "formally require you to pay" in " ".join(found[".txt"].split())
    assert ".csv" not in found


def test_a_missing_invoice_is_a_doubt_and_the_message_leaves(tmp_path: Path, invoices: Path) -> None:
    (invoices / "f2026-102.PDF").unlink()
    report = run(tmp_path, Enclosures(originals=InvoiceFolder(invoices)), GARAGE)
    assert [(doubt.code, dict(doubt.reason.inputs)) for doubt in report.done[0].lacking] == [
        ("attachment_missing", {"file": "F2026-102"})
    ]
    assert attached(tmp_path) == {}


def test_a_missing_invoice_refuses_the_message_where_that_is_the_policy(tmp_path: Path, invoices: Path) -> None:
    (invoices / "f2026-102.PDF").unlink()
    required = Enclosures(originals=InvoiceFolder(invoices), if_missing=IfMissing.REFUSE)
    report = run(tmp_path, required, FOURNIL, GARAGE)
    (failure,) = report.failures
    assert isinstance(failure.error, MissingAttachment)
    assert (failure.error.code, failure.debtor_id) == ("missing-attachment", "garage")
    assert "F2026-102" in failure.error.found
    assert [done.case.debtor.id for done in report.done] == ["fournil"]


def test_a_rehearsal_says_what_is_missing_too(invoices: Path) -> None:
    (invoices / "f2026-102.PDF").unlink()
    rules = policy()._replace(enclosures=Enclosures(originals=InvoiceFolder(invoices)))
    report = rehearsal(portfolio(case(GARAGE)), on=MONDAY, histories={}, policy=rules)
    assert [doubt.code for doubt in report.done[0].lacking] == ["attachment_missing"]


def test_what_makes_an_email_too_large_is_left_out_and_said(tmp_path: Path) -> None:
    limit = Enclosures(pdf=drawn, originals=sized(1000), max_email_bytes=1000)
    report = run(tmp_path, limit, GARAGE)
    assert [(doubt.code, dict(doubt.reason.inputs)) for doubt in report.done[0].lacking] == [
        ("attachment_left_out", {"file": "F2026-102.pdf"})
    ]
    assert list(attached(tmp_path)) == [LETTER_FILENAME]


def test_a_file_that_fits_to_the_byte_once_encoded_goes(tmp_path: Path) -> None:
    """1 000 bytes are 1 336 signs of base64, in 18 lines that end with two bytes."""
    run(tmp_path, Enclosures(originals=sized(1000), max_email_bytes=1372), GARAGE)
    assert list(attached(tmp_path)) == ["F2026-102.pdf"]


def test_too_large_an_email_is_refused_where_files_are_required(tmp_path: Path) -> None:
    strict = Enclosures(originals=sized(1000), max_email_bytes=1371, if_missing=IfMissing.REFUSE)
    (failure,) = run(tmp_path, strict, GARAGE).failures
    assert "F2026-102.pdf would make more than 1371 bytes" in str(failure.error)
    assert "--attachments-required" in failure.error.hint


def test_paper_has_no_limit_of_size(tmp_path: Path) -> None:
    report = run(tmp_path, Enclosures(originals=sized(1001), max_email_bytes=1000), VOILERIE)
    assert report.done[0].lacking == ()
    assert any(name.endswith("_1_f2026-103.pdf") for name in files(tmp_path))


def test_an_envelope_with_too_long_a_line_is_told(tmp_path: Path) -> None:
    long = "Résidence des Grands Ormes, bâtiment C, escalier 4"
    address = PostalAddress(building=long, street="2 quai Nord", postal_code="44000", city="Nantes")
    debtor = Debtor.model_validate(dict(case(VOILERIE).debtor) | {"address": address})
    changed = Case.model_validate(dict(case(VOILERIE)) | {"debtor": debtor})
    (done,) = night(tmp_path, portfolio(changed), rules=policy()).done
    assert [(doubt.code, dict(doubt.reason.inputs)) for doubt in done.lacking] == [
        ("address_line_too_long", {"line": long, "most": "38"})
    ]


def test_invoices_can_travel_inside_the_pdf(tmp_path: Path, invoices: Path, typesetter: Typesetter) -> None:
    run(tmp_path, Enclosures(pdf=typesetter.pdf, originals=InvoiceFolder(invoices), inside=True), GARAGE)
    found = attached(tmp_path)
    assert list(found) == [LETTER_FILENAME]
    with pikepdf.open(BytesIO(found[LETTER_FILENAME])) as pdf:
        held = {spec.filename: spec.get_file().read_bytes() for spec in pdf.attachments.values()}
    assert held == {"F2026-102.pdf": ORIGINAL + b"1"}


def test_invoices_inside_the_pdf_of_an_email_keep_to_its_limit_too(tmp_path: Path) -> None:
    # « courrier.pdf » as drawn here takes a few dozen bytes; 1000 bytes of invoice take 1372 once encoded.
    too_large = Enclosures(pdf=drawn, originals=sized(1000), inside=True, max_email_bytes=1372)
    report = run(tmp_path, too_large, GARAGE)
    assert [doubt.code for doubt in report.done[0].lacking] == ["attachment_left_out"]
    assert attached(tmp_path)[LETTER_FILENAME].endswith(b" + 0")


def test_invoices_that_fit_go_inside_the_pdf_of_an_email(tmp_path: Path) -> None:
    report = run(tmp_path, Enclosures(pdf=drawn, originals=sized(1000), inside=True, max_email_bytes=2000), GARAGE)
    assert report.done[0].lacking == ()
    assert attached(tmp_path)[LETTER_FILENAME].endswith(b" + 1")


class Down:
    """A channel out of reach."""

    def deliver(self, message: Message) -> Receipt:
        raise Unavailable(where=message.action_id, found="no network", hint="Try again.")

    def receipt(self, action_id: str) -> Receipt | None:
        del action_id
        return None


def test_a_message_with_files_that_was_not_sent_leaves_whole_the_next_time(tmp_path: Path, invoices: Path) -> None:
    """The outbox keeps the bytes: what leaves on the next run is what was written by the first."""
    rules = policy()._replace(enclosures=Enclosures(originals=InvoiceFolder(invoices)))
    with opened(tmp_path) as journal:
        channels = dict.fromkeys(Channel, Down())
        first = nightly(portfolio(case(GARAGE)), on=MONDAY, journal=journal, channels=channels, policy=rules)
    assert len(first.failures) == 1
    for path in invoices.iterdir():
        path.write_bytes(b"%PDF-another")
    assert night(tmp_path, portfolio(case(GARAGE)), rules=rules).failures == ()
    assert attached(tmp_path)["F2026-102.pdf"] == ORIGINAL + b"1"


def test_a_call_takes_no_file(tmp_path: Path, invoices: Path) -> None:
    run(tmp_path, Enclosures(pdf=drawn, originals=InvoiceFolder(invoices)), GARAGE)
    later = night(
        tmp_path,
        portfolio(case(GARAGE)),
        MONDAY.replace(day=30),
        rules=policy()._replace(enclosures=Enclosures(pdf=drawn, originals=InvoiceFolder(invoices))),
    )
    taken: list[Action] = [action for done in later.done for action in done.actions]
    assert [action.channel for action in taken] == [Channel.PHONE]
    assert not [name for name in files(tmp_path) if "call_script" in name and name.endswith(".pdf")]


def test_an_unreadable_original_is_told_and_the_message_leaves(tmp_path: Path, invoices: Path) -> None:
    (invoices / "f2026-102.PDF").write_bytes(b"")
    report = run(tmp_path, Enclosures(originals=InvoiceFolder(invoices)), GARAGE)
    assert report.failures == ()
    assert [doubt.code for doubt in report.done[0].lacking] == ["attachment_unreadable"]
    assert attached(tmp_path) == {}


def test_an_invoice_called_like_the_letter_does_not_take_its_place(tmp_path: Path) -> None:
    def impostor(_: str) -> Attachment:
        return Attachment.of(LETTER_FILENAME, "application/pdf", ORIGINAL)

    run(tmp_path, Enclosures(pdf=drawn, originals=impostor), GARAGE)
    found = attached(tmp_path)
    assert list(found) == [LETTER_FILENAME, LETTER_FILENAME.replace(".pdf", " (2).pdf")]
    assert found[LETTER_FILENAME] != ORIGINAL


class TestInvoiceFolder:
    def test_a_number_is_a_name_of_the_folder_and_never_a_path(self, invoices: Path) -> None:
        (invoices.parent / "secret.pdf").write_bytes(ORIGINAL)
        (invoices / "2026-118.pdf").write_bytes(ORIGINAL)
        folder = InvoiceFolder(invoices)
        for number in ("../secret", "..\\secret", "/etc/passwd", str(invoices.parent / "secret"), "", ".", "\x00"):
            assert folder(number) is None
        found = folder("2026/118")
        assert found is not None
        assert (found.filename, found.data) == ("2026-118.pdf", ORIGINAL)

    def test_accents_are_found_however_they_are_written(self, invoices: Path) -> None:
        (invoices / "Été-1.pdf".replace("É", "E\u0301")).write_bytes(ORIGINAL)
        assert InvoiceFolder(invoices)("ÉTÉ-1".replace("TÉ", "té")) is not None

    def test_two_numbers_of_one_name_are_given_neither_file(self, invoices: Path) -> None:
        """The file of the one may be the other's: nobody is sent somebody else's invoice."""
        (invoices / "2026-118.pdf").write_bytes(ORIGINAL)
        folder = InvoiceFolder(invoices, ["2026/118", "2026-118", "F2"])
        assert [folder(number) for number in ("2026/118", "2026-118", "2026:118")] == [None] * 3
        assert InvoiceFolder(invoices, ["2026/118", "F2"])("2026/118") is not None

    def test_a_name_that_turns_the_reading_round_is_set_straight(self, invoices: Path) -> None:
        (invoices / "a\u202efdp.pdf").write_bytes(ORIGINAL)
        found = InvoiceFolder(invoices)("a\u202efdp")
        assert found is not None
        assert found.filename == "afdp.pdf"

    def test_a_file_that_is_no_pdf_is_named(self, invoices: Path) -> None:
        (invoices / "F9.pdf").write_bytes(b"<html>")
        with pytest.raises(InvalidInput, match="not a PDF"):
            InvoiceFolder(invoices)("F9")

    def test_two_names_for_one_number_are_refused(self, invoices: Path) -> None:
        (invoices / "a.pdf").write_bytes(ORIGINAL)
        (invoices / "A.pdf").write_bytes(ORIGINAL)
        with pytest.raises(InvalidInput, match="same invoice"):
            InvoiceFolder(invoices)

    def test_a_folder_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidInput, match="cannot be read"):
            InvoiceFolder(tmp_path / "absent")


def test_a_creditor_without_an_address_still_has_a_page(tmp_path: Path, typesetter: Typesetter) -> None:
    bare = case(FOURNIL)
    creditor = Creditor.model_validate(dict(bare.creditor) | {"address": None})
    read = portfolio(Case.model_validate(dict(bare) | {"creditor": creditor}))
    report = night(tmp_path, read, rules=policy()._replace(enclosures=Enclosures(pdf=typesetter.pdf)))
    assert report.failures == ()
    assert "Le 23\u00a0novembre\u00a02026" in text_of(attached(tmp_path)[LETTER_FILENAME])
