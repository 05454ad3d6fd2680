"""Where each value of a TOML text stands, whatever its shape."""

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recouvrement.scenario.reading import BUILT_IN
from recouvrement.scenario.toml_lines import Path, toml_lines

TEXT = '''\
# A comment with [brackets] and = signs
id = "a # b [c]"
owner.name = 'd'  # a comment
long = """
one ]
two
"""
list = [  # opens
  1,
  "two, ] }",
  [3, 4],
]
inline = { type = "all", of = [ { days = 3 },
  { days = 4 } ] }
"quoted key".'other.key' = 2026-11-22

[[stages]]
id = "first"

[stages.when]
type = "x"

[[stages]]
id = 'second \\'
[stages.when]
of = [
  { type = "y" },
]
[[stages.deep]]
n = 1
[[stages.deep]]
n = 2

[terminal]
when = { type = "z" }
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 2),
        (("owner", "name"), 3),
        (("long",), 4),
        (("list",), 8),
        (("list", 0), 9),
        (("list", 1), 10),
        (("list", 2, 1), 11),
        (("inline", "type"), 13),
        (("inline", "of", 0, "days"), 13),
        (("inline", "of", 1, "days"), 14),
        (("quoted key", "other.key"), 15),
        (("stages", 0), 17),
        (("stages", 0, "id"), 18),
        (("stages", 0, "when", "type"), 21),
        (("stages", 1), 23),
        (("stages", 1, "id"), 24),
        (("stages", 1, "when"), 25),
        (("stages", 1, "when", "of", 0, "type"), 27),
        (("stages", 1, "deep", 0, "n"), 30),
        (("stages", 1, "deep", 1, "n"), 32),
        (("terminal",), 34),
        (("terminal", "when", "type"), 35),
    ],
)
def test_a_value_stands_on_the_line_where_an_editor_shows_it(path: Path, line: int) -> None:
    assert toml_lines(TEXT)[path] == line


def paths(data: object, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    match data:
        case dict():
            for name, part in data.items():
                yield from paths(part, (*path, name))
        case list():
            for index, part in enumerate(data):
                yield from paths(part, (*path, index))
        case _:
            pass


def test_every_value_the_standard_library_reads_has_a_line_and_nothing_else_has() -> None:
    assert set(toml_lines(TEXT)) == set(paths(tomllib.loads(TEXT)))


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_ends_of_any_system_count_once(ending: str) -> None:
    assert toml_lines(TEXT.replace("\n", ending)) == toml_lines(TEXT)


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_value_of_the_built_in_scenarios_has_its_line(name: str) -> None:
    from importlib.resources import files

    text = (files("recouvrement.scenario") / "data" / f"{name}.toml").read_text(encoding="utf-8")
    found = toml_lines(text)
    assert set(found) == set(paths(tomllib.loads(text)))
    lines = text.splitlines()
    for path, line in found.items():
        if isinstance(path[-1], str):
            assert path[-1] in lines[line - 1]


bare = st.from_regex(r"[a-z_-]{1,6}", fullmatch=True)
word = st.text(st.sampled_from("ab ]}[{#,='\"\\é"), max_size=8)


def basic(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


scalar = st.one_of(
    word.map(basic),
    word.filter(lambda text: "'" not in text).map(lambda text: f"'{text}'"),
    word.map(lambda text: '"""\n' + text.replace("\\", "\\\\").replace('"', '\\"') + '\n"""'),
    st.integers().map(str),
    st.sampled_from(("true", "1.5", "2026-11-22", "2026-11-22 10:00:00")),
)


def arrays(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    separator = st.sampled_from((", ", ",\n", " , # c ]\n"))
    return st.builds(lambda parts, between: f"[\n{between.join(parts)} ]", st.lists(inner, max_size=3), separator)


def tables(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.lists(st.tuples(bare, inner), max_size=3, unique_by=lambda pair: pair[0])
    return pairs.map(lambda some: "{ " + ", ".join(f"{name} = {part}" for name, part in some) + " }")


value = st.recursive(scalar, lambda inner: st.one_of(arrays(inner), tables(inner)), max_leaves=8)


@given(st.lists(st.tuples(bare, value), max_size=4, unique_by=lambda pair: pair[0]))
def test_any_text_is_located_value_by_value(pairs: list[tuple[str, str]]) -> None:
    text = "".join(f"k.{name} = {part} # ]\n" for name, part in pairs)
    text += "".join(f"[[t.{name}]]\nk = {part}\n[[ t . {name} ]]\n[t.{name}.u]\nk = {part}\n" for name, part in pairs)
    assert set(toml_lines(text)) == set(paths(tomllib.loads(text)))
