"""``letter lint``, ``list``, ``mentions``, ``preview`` and ``show``."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from recouvrement import builtin
from recouvrement.cli import letter_preview
from recouvrement.cli.main import main
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render.mentions import MENTIONS
from recouvrement.render.staff_names import DOCUMENTS
from recouvrement.render.variants import Variant

DEMO = Path(__file__).parents[2] / "examples" / "portefeuille"
MONDAY = "2026-11-23"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["letter", *map(str, words)])


def answer(*words: object) -> Any:  # noqa: ANN401  # JSON
    return json.loads(run(*words, "--json").stdout)


def override(folder: Path, text: str, name: str = "reminder_1.business") -> Path:
    (folder / "fr").mkdir(exist_ok=True)
    path = folder / "fr" / f"{name}.md.j2"
    path.write_text(f'{{% extends "builtin/fr/{name}.md.j2" %}}\n{text}', encoding="utf-8")
    return folder


class TestLint:
    def test_errors_are_told_with_their_remedy_and_end_with_one(self, tmp_path: Path) -> None:
        folder = override(tmp_path, "{% block suite %}{{ debitor_name }} Société de recouvrement{% endblock %}")
        result = run("lint", folder)
        assert result.exit_code == 1
        place = "fr/reminder_1.business.md.j2, line 2"
        assert result.stdout.splitlines() == [
            (
                f"error [unknown_variable] {place}: 'debitor_name' is not a variable of letters. "
                "Use one that docs/letters.md lists; the nearest is debtor_name."
            ),
            (
                f"warning [claims_to_be_a_collector] {place}: « Société de recouvrement »: the creditor writes "
                "himself: only a third party carries on recovery for others (CPCE art. R124-4). Remove it; a mandated "
                "collector checks its folder with --collector."
            ),
            f"{folder}: 1 error, 1 warning",
        ]

    def test_json_says_the_same(self, tmp_path: Path) -> None:
        found = answer("lint", override(tmp_path, "{% block suite %}Un huissier passera.{% endblock %}"))
        assert found["errors"] == 1
        (one,) = found["findings"]
        assert (one["code"], one["severity"], one["line"]) == ("threatens_enforcement", "error", 2)
        assert one["article"] == "C. conso. art. L121-2"
        assert set(one) == {"code", "severity", "template", "line", "inputs", "message", "remedy", "article"}

    def test_a_sound_folder_ends_with_zero(self, tmp_path: Path) -> None:
        result = run("lint", override(tmp_path, "{% block politesse %}Cordialement,{% endblock %}"))
        assert (result.exit_code, result.stdout) == (0, f"{tmp_path}: 0 errors, 0 warnings\n")

    def test_a_collector_s_folder_is_checked_as_such(self, tmp_path: Path) -> None:
        codes = {one["code"] for one in answer("lint", tmp_path, "--collector")["findings"]}
        assert codes == {"collector_mention"}

    def test_a_folder_that_does_not_exist_ends_with_two(self, tmp_path: Path) -> None:
        result = run("lint", tmp_path / "absent")
        assert result.exit_code == 2
        assert "no such folder" in result.stderr
        assert answer("lint", tmp_path / "absent")["error"]["code"] == "render"


class TestList:
    def test_every_document_is_listed_with_its_templates(self) -> None:
        rows = {row["kind"]: row for row in answer("list")}
        assert list(rows) == [kind.value for kind in DocumentKind]
        assert rows["mise_en_demeure"]["languages"] == ["fr", "en"]
        assert rows["staff_alert"]["languages"] == ["fr"]
        assert rows["mise_en_demeure"]["channels"] == ["registered_post"]
        assert rows["mise_en_demeure"]["templates"]["public"] == "fr/mise_en_demeure.public.md.j2"
        assert "creditor.signatory" in rows["mise_en_demeure"]["must_be_set"]
        assert rows["thank_you"]["templates"]["consumer"] == "fr/thank_you.md.j2"
        shown = run("list").stdout
        assert all(name in shown for name in rows)

    def test_a_document_refused_to_a_public_body_asks_it_for_nothing(self) -> None:
        (found,) = answer("mentions", "order_to_pay_sheet")
        assert {row["public"] for row in found["mentions"]} == {"refused"}

    def test_what_is_not_made_on_request_is_left_to_scenarios(self) -> None:
        """Neither is a kind of `letter request`, and no built-in scenario sends them."""
        rows = {row["kind"]: row for row in answer("list")}
        unused = {kind for kind, row in rows.items() if not row["channels"] and not row["on_request"]}
        assert unused == {"sms", "reminder_3"}
        assert rows["last_notice"]["on_request"]
        lines = {line.split("│")[1].strip(): line for line in run("list").stdout.splitlines() if line.startswith("│")}
        assert "by a scenario of yours" in lines["sms"]
        assert "on request" in lines["receipt"]

    def test_what_only_a_collector_must_set_is_told_apart_and_nothing_twice(self) -> None:
        for row in answer("list"):
            needed = [*row["must_be_set"], *row["must_be_set_by_a_collector"]]
            assert len(needed) == len(set(needed)), row["kind"]
            assert "creditor.collector.statute_text" not in row["must_be_set"]
        rows = {row["kind"]: row for row in answer("list")}
        besides = rows["reminder_1"]["must_be_set_by_a_collector"]
        assert besides == ["creditor.address", "creditor.collector.statute_text"]
        assert rows["mise_en_demeure"]["must_be_set_by_a_collector"] == ["creditor.collector.statute_text"]
        assert "by a collector:" in run("list").stdout

    def test_mentions_come_with_their_text(self) -> None:
        (found,) = answer("mentions", "mise_en_demeure")
        rows = {row["mention"]: row for row in found["mentions"]}
        assert rows["mediator"]["article"] == "C. conso. art. L616-1, R616-1 et L612-2"
        assert (rows["mediator"]["business"], rows["mediator"]["consumer"]) == ("no", "if set")
        assert (rows["fixed indemnity"]["public"], rows["fixed indemnity"]["consumer"]) == ("yes", "no")
        asked = {one.name for one in MENTIONS[DocumentKind.MISE_EN_DEMEURE, Variant.CONSUMER]}
        assert asked - {"mediator"} <= {name for name, row in rows.items() if row["consumer"] == "yes"}
        assert [one["kind"] for one in answer("mentions")] == [kind.value for kind in DocumentKind]
        assert "mediator" in run("mentions", "mise_en_demeure").stdout

    def test_an_unknown_kind_is_refused(self) -> None:
        assert run("mentions", "rappel").exit_code == 2


class Parsed(HTMLParser):
    """Tags and attributes of a page, and the pages its frames hold."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def frames(self) -> list[str]:
        return [attributes["srcdoc"] or "" for tag, attributes in self.tags if tag == "iframe"]


def preview(page: Path, *more: object, scenario: str = "standard_b2b", debtor: str = "C016") -> Result:
    words = ["preview", scenario, "--portfolio", DEMO, "--debtor", debtor, "--on", MONDAY, "-o", page]
    return run(*words, *more)


class TestPreview:
    def test_every_stage_is_on_the_page_in_the_order_of_the_scenario(self, tmp_path: Path) -> None:
        page = tmp_path / "page.html"
        result = preview(page)
        assert result.exit_code == 1  # no invoice of this debtor is still to come: its courtesy notice cannot be made
        assert result.stdout == f"7 documents, 1 of which cannot be made: {page}\n"
        text = page.read_text(encoding="utf-8")
        names = [DOCUMENTS[stage.document] for stage in builtin("standard_b2b").stages]
        places = [text.index(f". {name}</h2>") for name in [*names, DOCUMENTS[DocumentKind.TERMINAL_NOTE]]]
        assert places == sorted(places)
        parsed = Parsed(text)
        assert len(parsed.frames) == 6
        assert sum("Nous vous mettons en demeure" in " ".join(Parsed(frame).words) for frame in parsed.frames) == 1
        assert "no coming item can be listed" in text
        assert "Choose another date or document" in text

    def test_each_document_says_on_which_day_it_is_shown(self, tmp_path: Path) -> None:
        page = tmp_path / "page.html"
        preview(page)
        text = page.read_text(encoding="utf-8").replace("\u00a0", " ")
        # C016 is 54 days late when first seen: the reminders have their day behind them, the mise en demeure today.
        assert "Première relance</a> <span>courriel, 23 novembre 2026 (au jour dit)" in text
        assert "recommandée avec avis de réception, 23 novembre 2026 (jour prévu)" in text
        assert "Note de fin de relance</a> <span>note interne, 13 décembre 2026 (jour prévu)" in text

    def test_nothing_of_the_page_comes_from_elsewhere_or_acts(self, tmp_path: Path) -> None:
        page = tmp_path / "page.html"
        preview(page)
        text = page.read_text(encoding="utf-8")
        whole = Parsed(text)
        for parsed in (whole, *(Parsed(frame) for frame in whole.frames)):
            for tag, attributes in parsed.tags:
                assert tag not in {"script", "link", "img", "object", "embed", "form", "base"}
                assert not {name for name in attributes if name.startswith("on") or name in {"src", "action"}}
                assert (attributes.get("href") or "#").startswith(("#", "mailto:", "https://"))
        assert all("sandbox" in attributes for tag, attributes in whole.tags if tag == "iframe")
        assert "url(" not in text
        assert "@import" not in text
        assert "default-src 'none'" in text

    def test_the_word_of_thanks_supposes_that_all_is_paid(self, tmp_path: Path) -> None:
        page = tmp_path / "page.html"
        result = preview(page, scenario="grand_compte")
        text = page.read_text(encoding="utf-8")
        assert builtin("grand_compte").thank_you is not None
        assert f". {DOCUMENTS[DocumentKind.THANK_YOU]}</h2>" in text, result.output
        (thanks,) = [frame for frame in Parsed(text).frames if "Merci de votre règlement" in frame]
        assert "désormais soldé" in thanks

    def test_overrides_are_shown(self, tmp_path: Path) -> None:
        folder = override(tmp_path, "{% block politesse %}Bien cordialement de Brest,{% endblock %}")
        page = tmp_path / "page.html"
        preview(page, "--overrides", folder)
        assert "Bien cordialement de Brest," in page.read_text(encoding="utf-8")

    def test_a_template_that_loses_a_mention_is_shown_with_what_to_do(self, tmp_path: Path) -> None:
        folder = override(tmp_path, "{% block reglement %}Merci.{% endblock %}")
        page = tmp_path / "page.html"
        assert preview(page, "--overrides", folder).exit_code == 1
        text = page.read_text(encoding="utf-8")
        assert "means of payment is missing" in text
        assert "Put it back in the template you override" in text

    def test_a_scenario_for_another_kind_of_debtor_is_told(self, tmp_path: Path) -> None:
        result = preview(tmp_path / "page.html", scenario="consommateur")
        assert "consommateur is not written for debtors of kind business" in result.stderr

    def test_the_same_page_is_the_same_bytes(self, tmp_path: Path) -> None:
        preview(tmp_path / "one.html")
        preview(tmp_path / "two.html")
        assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            (("preview", "express", "--portfolio", DEMO, "--debtor", "C016"), "neither a built-in scenario"),
            (("preview", "standard_b2b", "--portfolio", DEMO, "--debtor", "C999"), "no case for this debtor"),
            (("preview", "standard_b2b", "--portfolio", "absent", "--debtor", "C016"), "absent"),
            (("preview", "standard_b2b", "--portfolio", DEMO, "--debtor", "C016", "--overrides", "absent"), "absent"),
            (("preview", "standard_b2b", "--portfolio", DEMO), "--debtor"),
        ],
    )
    def test_what_cannot_be_answered_ends_with_two_and_writes_nothing(
        self, words: tuple[object, ...], found: str, tmp_path: Path
    ) -> None:
        page = tmp_path / "page.html"
        result = run(*words, "--on", MONDAY, "-o", page)
        assert result.exit_code == 2
        assert found in result.stderr
        assert not page.exists()

    def test_a_page_that_cannot_be_written_leaves_the_old_one(self, tmp_path: Path) -> None:
        refused = preview(tmp_path / "absent" / "page.html")
        assert refused.exit_code == 2
        assert "cannot be written" in refused.stderr
        assert list(tmp_path.iterdir()) == []

    def test_an_interruption_has_its_own_exit_code_and_keeps_the_old_page(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        page = tmp_path / "page.html"
        page.write_text("before", encoding="utf-8")
        monkeypatch.setattr(letter_preview, "render_document", interrupted)
        assert preview(page).exit_code == 130
        assert page.read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize(
    "words",
    [
        ("letter", "preview", "standard_b2b", "--portfolio", DEMO, "--debtor", "C016", "-o", "p.html", "--overrides"),
        ("letter", "request", DEMO, "--debtor", "C016", "--kind", "statement_of_account", "--overrides"),
        ("nightly", DEMO, "--journal", "j.sqlite", "--outbox", "letters", "--templates"),
    ],
    ids=["preview", "request", "nightly"],
)
class TestOverrides:
    """A folder of templates is looked at before the first letter, whatever the command."""

    def test_a_folder_without_template_is_refused(
        self, words: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "own").mkdir()
        result = CliRunner().invoke(main, [*map(str, words), "own", "--on", MONDAY])
        assert result.exit_code == 2
        assert "own: fr/: it holds no template" in result.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["own"]

    def test_a_warning_about_the_folder_is_told(
        self, words: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        own = override(tmp_path, "{% block politesse %}Cordialement,{% endblock %}")
        (own / "fr" / "reminder_2.txt").write_text("Bonjour", encoding="utf-8")
        result = CliRunner().invoke(main, [*map(str, words), str(own), "--on", MONDAY])
        assert result.exit_code in {0, 1}, result.output
        assert "warning: fr/reminder_2.txt: it is not read" in result.stderr


class TestShow:
    def test_a_folder_in_the_place_of_a_command_prints_one_letter(self) -> None:
        words = (DEMO, "--debtor", "C016", "--kind", "mise_en_demeure", "--on", MONDAY)
        shown = run("show", *words)
        assert "Nous vous mettons en demeure" in shown.stdout
        assert run(*words).stdout == shown.stdout

    @pytest.mark.parametrize(
        "words", [("exmples/portefeuille", "--debtor", "C012"), ("exmples", "--debtor", "C012"), ("./no/such",)]
    )
    def test_a_misspelt_folder_is_answered_as_a_folder(self, words: tuple[str, ...]) -> None:
        result = run(*words)
        assert result.exit_code == 2
        assert f"No folder {words[0]!r}: give the folder of a portfolio, or a command." in result.stderr

    def test_a_misspelt_command_is_answered_with_the_known_ones(self) -> None:
        result = run("lnit", "folder")
        assert result.exit_code == 2
        assert "No such command 'lnit'" in result.stderr
