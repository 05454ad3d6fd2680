"""On which line each value of a TOML text stands: the reader of the standard library does not say."""

import re
import tomllib
from typing import Final

Path = tuple[str | int, ...]
"""Names of tables and places in lists, from the top of the document."""

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACES: Final = re.compile(r"[ \t]*")
_SCALAR: Final = re.compile(r"[^,\]}\n#]+")
_STRING: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")|'
    r"'''.*?'''(?!')|"
    r'"(?:\\.|[^"\\\n])*"|'
    r"'[^'\n]*'",
    re.DOTALL,
)


def toml_lines(text: str) -> dict[Path, int]:
    r"""Return the line, from 1, on which each table, key and list element of a TOML text begins.

    The text is one that ``tomllib`` has read without fault: nothing is checked again here.

    >>> toml_lines('when = { type = "all", of = [] }')
    {('when',): 1, ('when', 'type'): 1, ('when', 'of'): 1}
    """
    return _Scanner(text).scanned()


class _Scanner:
    """Walks a valid TOML text once, and notes where things stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._counted = 0
        self._lists: dict[Path, int] = {}
        """By list of tables: place of the one being read."""
        self.lines: dict[Path, int] = {}

    def scanned(self) -> dict[Path, int]:
        """Return every place of the text."""
        table: Path = ()
        while self._skip(_BLANK) < len(self._text):
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _skip(self, pattern: re.Pattern[str]) -> int:
        """Pass over what matches here, if anything does, and return the place after it."""
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    def _note(self, path: Path) -> None:
        """Keep the line of the present place for a path seen for the first time."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        self.lines.setdefault(path, self._line)

    def _header(self) -> Path:
        """Read ``[a.b]`` or ``[[a.b]]`` and return the path of the table it opens."""
        is_list = self._text.startswith("[[", self._at)
        start = self._at
        self._at += 2 if is_list else 1
        *above, last = self._key()
        path: Path = ()
        self._at, end = start, self._at
        for name in above:
            path = self._inside((*path, name))
        path = (*path, last)
        self._note(path)
        if is_list:
            self._lists[path] = self._lists.get(path, -1) + 1
            path = self._inside(path)
        self._at = end + (2 if is_list else 1)
        return path

    def _inside(self, path: Path) -> Path:
        """Return the path of a table that a header names: of a list of tables it means the last one."""
        inside = (*path, self._lists[path]) if path in self._lists else path
        self._note(inside)
        return inside

    def _key(self) -> list[str]:
        """Read a key, dotted or not, and stop after the spaces that follow it."""
        names: list[str] = []
        while True:
            self._skip(_SPACES)
            found = _BARE.match(self._text, self._at) or _STRING.match(self._text, self._at)
            if found is None:
                message = f"no TOML key at character {self._at}: read the text with tomllib first"
                raise AssertionError(message)
            self._at = found.end()
            # The reader of the standard library undoes the quotes and escapes of a key.
            names.append(next(iter(tomllib.loads(f"{found[0]} = 0"))))
            self._skip(_SPACES)
            if not self._text.startswith(".", self._at):
                return names
            self._at += 1

    def _pair(self, table: Path) -> None:
        """Read ``key = value``."""
        start = self._at
        names = self._key()
        self._at, end = start, self._at
        path = table
        for name in names:
            path = (*path, name)
            self._note(path)
        self._at = end + 1
        self._skip(_SPACES)
        self._value(path)

    def _value(self, path: Path) -> None:
        """Read a value, whose own line is already noted, and note the parts inside it."""
        match self._text[self._at]:
            case "[":
                self._at += 1
                place = 0
                while not self._closes("]"):
                    self._note((*path, place))
                    self._value((*path, place))
                    place += 1
            case "{":
                self._at += 1
                while not self._closes("}"):
                    self._pair(path)
            case '"' | "'":
                self._skip(_STRING)
            case _:
                self._skip(_SCALAR)

    def _closes(self, bracket: str) -> bool:
        """Pass over separators, and over the bracket if it comes next."""
        self._skip(_BLANK)
        if self._text.startswith(",", self._at):
            self._at += 1
            self._skip(_BLANK)
        if not self._text.startswith(bracket, self._at):
            return False
        self._at += 1
        return True
