"""The package as a whole: its public names, its weight, its purity."""

import inspect
import json
import os  # the children of this test get other environments
import re
import subprocess
import sys
from enum import Enum
from pathlib import Path

import pytest
from pydantic import BaseModel

import recouvrement
from recouvrement.domain.light import Light
from recouvrement.render.explain import has_words

ROOT = Path(__file__).parents[1]
ADAPTER_LIBRARIES = {
    "sqlalchemy",
    "click",
    "rich",
    "facturx",
    "lxml",
    "pypdf",
    "jinja2",
    "babel",
    "markdown_it",
    "numpy",
}

DECIDE = """
import inspect
import json
from datetime import date, timedelta
from support.portfolio import case, scenario_for
from recouvrement import FRANCE, decide
answers = [
    decide(one, date(2026, 11, 23) + timedelta(days=offset), scenario=scenario_for(one.debtor), law=FRANCE)
    for one in map(case, range(6)) for offset in (0, 10, 40)
]
print("".join(answer.model_dump_json() for answer in answers))
"""


def python(code: str, **environment: str) -> str:
    finished = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={"PATH": os.defpath, "PYTHONPATH": f"{ROOT / 'tests'}{os.pathsep}{ROOT / 'src'}", "PYTHONUTF8": "1"}
        | environment,
    )
    return finished.stdout


def written(name: str) -> str:
    """Return a public name with its parameters (``=`` marks a default), or with its members."""
    thing = getattr(recouvrement, name)
    if isinstance(thing, type) and issubclass(thing, Enum):
        return f"{name}: {' '.join(member.value for member in thing)}"
    if not callable(thing) or name in {"Event", "Jurisdiction"}:
        return name
    if isinstance(thing, type) and issubclass(thing, BaseModel):
        fields = (f"{field}{'' if info.is_required() else '='}" for field, info in thing.model_fields.items())
        return f"{name}({' '.join(fields)})"
    parameters = inspect.signature(thing).parameters.values()
    if isinstance(thing, type) and issubclass(thing, Light):
        light = (f"{one.name}{'' if one.default is inspect.Parameter.empty else '='}" for one in parameters)
        return f"{name}({' '.join(light)})"
    keyword_only = inspect.Parameter.KEYWORD_ONLY
    parts = [
        ("*" if one.kind is keyword_only else "") + one.name + ("" if one.default is inspect.Parameter.empty else "=")
        for one in parameters
    ]
    return f"{name}({' '.join(parts)})"


def test_public_names_and_their_parameters_are_the_ones_listed() -> None:
    """Changing ``public_api.txt`` is a change of the interface: the changelog says so."""
    stored = (Path(__file__).parent / "public_api.txt").read_text(encoding="utf-8").splitlines()
    assert [written(name) for name in sorted(recouvrement.__all__)] == stored


def test_the_import_brings_no_adapter_library() -> None:
    loaded = json.loads(python("import sys, json, recouvrement; print(json.dumps(sorted(sys.modules)))"))
    assert not ADAPTER_LIBRARIES & {name.split(".")[0] for name in loaded}


def test_no_law_file_is_read_at_import() -> None:
    loaded = json.loads(python("import sys, json, recouvrement; print(json.dumps(sorted(sys.modules)))"))
    assert "stdnum" not in loaded


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Noumea", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"PYTHONHASHSEED": "3", "TZ": "Asia/Kathmandu", "LC_ALL": "fr_FR.UTF-8"},
    ],
    ids=["far east", "west", "nepal"],
)
def test_a_decision_does_not_depend_on_the_machine(environment: dict[str, str]) -> None:
    assert python(DECIDE, **environment) == python(DECIDE, PYTHONHASHSEED="0", TZ="Europe/Paris")


def test_every_reason_of_the_tests_portfolio_has_words() -> None:
    def codes(value: object) -> set[str]:
        if isinstance(value, dict):
            own = {value["code"]} if "authority" in value else set()
            return own.union(*(codes(part) for part in value.values()))
        if isinstance(value, list):
            return set().union(*(codes(part) for part in value))
        return set()

    text = python(DECIDE)
    decoder, position, found = json.JSONDecoder(), 0, set()
    while position < len(text.strip()):
        decision, position = decoder.raw_decode(text, position)
        found |= codes(decision)
    assert found
    assert {code for code in found if not has_words(code)} == set()


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    sources = (ROOT / "src" / "recouvrement").rglob("*.py")
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in sources}
    assert len(lengths) > 100
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_every_reason_written_in_the_source_has_words() -> None:
    written = re.compile(r'(?:Reason\.of|Doubt|Doubt\.of|_doubt|_reason)\(\s*(?:code=)?"([a-z][a-z0-9_]+)"')
    found = {
        (code, path.name)
        for path in (ROOT / "src" / "recouvrement").rglob("*.py")
        for code in written.findall(path.read_text(encoding="utf-8"))
    }
    assert len(found) > 100
    assert sorted((name, code) for code, name in found if not has_words(code)) == []
