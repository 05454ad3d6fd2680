"""What the lint of letter templates may find: stable codes, how grave each is, what it says and what to do."""

from collections.abc import Mapping
from typing import NamedTuple, Self

from recouvrement.domain.values import Code, Value
from recouvrement.render.wording import WORDINGS
from recouvrement.scenario.findings import Severity


class LetterRule(NamedTuple):
    """One thing the lint looks for."""

    severity: Severity
    says: str
    """With the names of the finding's inputs in braces."""
    remedy: str
    article: str | None = None
    """The text that is the reason, when law is."""


_E, _W = Severity.ERROR, Severity.WARNING
_FORMATTED = "Print the variable as it is: values arrive formatted."
_AS_VARIANT = "Test whether a text is empty, or write the difference into another variant of the template."

LETTER_RULES: dict[str, LetterRule] = {
    # files
    "no_template": LetterRule(
        _E,
        "it holds no template, and neither does the rest of the folder: no letter would change",
        "Put templates in it, named fr/<kind>{suffix}; `recouvrement letter list` names the kinds.",
    ),
    "not_a_file": LetterRule(
        _E,
        "it is named as a template and is {what}: the packaged text would be sent",
        "Make it a file that can be read, or rename it.",
    ),
    "not_utf8": LetterRule(_E, "it is not written in UTF-8", "Save the file in UTF-8."),
    "syntax": LetterRule(_E, "{message}", "Correct the tag or the expression on that line."),
    "unknown_file": LetterRule(_E, "{why}", "{hint}"),
    "ignored_file": LetterRule(
        _W, "it is not read: the name of a template ends with {suffix}", "Rename it, or move it elsewhere."
    ),
    "unused_part": LetterRule(
        _W, "no template refers to it", "Correct its name, or remove it: it changes no letter as it is."
    ),
    "missing_reference": LetterRule(
        _E, "it refers to {name}, which does not exist", "Correct the name, or add the file."
    ),
    "circular_reference": LetterRule(
        _E,
        "it leads back to itself; to extend the packaged one, write {builtin}/{name}",
        "Extend the packaged template, or cut the circle.",
    ),
    "computed_name": LetterRule(
        _E, "it extends or includes a name that is computed; write the name itself", "Write the name between quotes."
    ),
    "mixed_languages": LetterRule(
        _E, "it borrows {name}, and no letter mixes two languages", "Extend or include templates of its own language."
    ),
    "import_without_context": LetterRule(
        _E,
        "it imports {name} without context, and {variable} would not be known there",
        "Write {{% from … import … with context %}}.",
    ),
    "unknown_macro": LetterRule(_E, "{name} has no macro {macro}", "Correct the name of the macro."),
    # inheritance
    "unknown_block": LetterRule(
        _E,
        "no template it extends has a block {name}: it would never be printed",
        "Use one of {known}, or put it inside one of them.",
    ),
    "outside_block": LetterRule(
        _E,
        "it extends another template, and this stands outside any block",
        "Put it inside a block: where it is, it would be lost, or printed before the letter.",
    ),
    "no_parent_block": LetterRule(
        _E, "super() in block {name}, which no template it extends has", "Remove super(), or correct the name."
    ),
    "no_title": LetterRule(
        _E,
        "neither it nor what it is made of has a line that begins with “# ”",
        "Write one: it becomes the subject.",
    ),
    # names
    "unknown_variable": LetterRule(
        _E,
        "{name!r} is not a variable of letters{where}",
        "Use one that docs/letters.md lists; the nearest is {nearest}.",
    ),
    "unknown_field": LetterRule(_E, "{name} has no field {field!r}", "Use {known}."),
    "not_rows": LetterRule(
        _E, "it loops over {name}, which is a text", "Loop over a list of rows; docs/letters.md names them."
    ),
    "unpacked_row": LetterRule(_E, "it takes a row apart by position", "Name the row, and print its fields."),
    "indexing": LetterRule(
        _E,
        "it takes one element by its place or key",
        "Write row.field, and loop over lists: an empty list has no first element.",
    ),
    "not_a_text": LetterRule(_E, "it prints {name}, which is {what}", "Print texts only: one field of a row."),
    "loop_counter": LetterRule(
        _E,
        "it uses loop.{field}; only loop.first and loop.last may be tested",
        "Write an ordered list (“1. ”), which numbers itself.",
    ),
    "no_else": LetterRule(
        _E, "an `if` inside an expression has no `else`", "Write {{% if … %}}…{{% endif %}} around the text."
    ),
    "missing_argument": LetterRule(
        _E, "it calls {name} with {given} arguments, and it takes {wanted}", "Give every argument."
    ),
    # refused constructs
    "operation": LetterRule(_E, "it holds an operation; amounts, dates and counts arrive formatted", _FORMATTED),
    "concatenation": LetterRule(
        _E, "it holds a concatenation; write the two expressions side by side", "Write {{{{ a }}}}{{{{ b }}}}."
    ),
    "filter": LetterRule(_E, "it holds a filter; values arrive formatted", _FORMATTED),
    "test": LetterRule(_E, "it holds a test; a fact that is not known is an empty text", "Write {{% if name %}}."),
    "comparison": LetterRule(
        _E, "it holds a comparison; what differs in law is another variant of the template", _AS_VARIANT
    ),
    "autoescape": LetterRule(
        _E, "it holds an autoescape block; values are always escaped", "Remove it: what a value holds is literal."
    ),
    "method_call": LetterRule(
        _E, "it calls a method; only super() and macros may be called", "Print the variable itself."
    ),
    "fails": LetterRule(_E, "it cannot be made, even with every variable set: {message}", "{hint}"),
    # wording: one code for each kind, from the table that the check uses
    **{
        kind.code: LetterRule(
            kind.severity,
            "« {found} » is refused, {because}" if kind.is_refused else "« {found} »: {because}",
            kind.remedy,
            kind.article,
        )
        for kind in WORDINGS
    },
    "collector_mention": LetterRule(
        _E,
        "a collector's letter lacks {mention} ({article}): looked for {wanted}",
        "Add it to the template or to the layout.",
        "CPCE art. R124-4",
    ),
}
"""By code. Codes are stable: hosts may filter on them. docs/letters-lint.md is checked against this table."""


class LetterFinding(Value):
    """One thing found in a template."""

    code: Code
    severity: Severity
    template: str
    """Path inside the folder of templates, such as ``fr/reminder_1.business.md.j2``."""
    line: int | None = None
    inputs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str, template: str, line: int | None = None, inputs: Mapping[str, str] | None = None) -> Self:
        """Return a finding of a known code."""
        return cls(
            code=code,
            severity=LETTER_RULES[code].severity,
            template=template,
            line=line,
            inputs=tuple((inputs or {}).items()),
        )

    @property
    def message(self) -> str:
        """What was found, in words, without a full stop."""
        return LETTER_RULES[self.code].says.format_map(dict(self.inputs)).removesuffix(".")

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return LETTER_RULES[self.code].remedy.format_map(dict(self.inputs))

    @property
    def article(self) -> str | None:
        """The text that is the reason, when law is."""
        return LETTER_RULES[self.code].article

    @property
    def place(self) -> str:
        """Template and line."""
        return self.template if self.line is None else f"{self.template}, line {self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"
