"""Markdown tokens as the blocks of a printed page: plain data, in which a name can never become an instruction."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from markdown_it.token import Token

from recouvrement.render.formats import NO_BREAK
from recouvrement.render.markdown import first_number, plain
from recouvrement.render.pdf_tables import CUT, LONG_WORD, ems, fit, running_totals

Span = str | dict[str, object]
"""A run of text, or one with a mark: ``{"k": "strong", "s": [...]}``."""
Block = dict[str, object]

_LONG_IN_TEXT = 60
_EMS_A_CHARACTER = 0.7
"""A word of ``longest`` characters is taken to be that wide at most: 60 of them then fill a line."""
_AT_A_GLANCE, _A_FEW_LINES = 6, 600
"""Items of a list that is not cut by the end of a page, and their characters: more would leave a hole there."""
_MARKS = {"strong_open": "strong", "em_open": "emph"}
_IN_A_LINE = frozenset({"strong", "emph", "link"})
"""Marks of a run of text, which begin no line."""
_LONG_TAIL = 40
_TAIL = re.compile(r"(?:[A-Za-z]+|[0-9]+)[^A-Za-z0-9]?\Z")
"""The end of an address, which typst leaves whole: elsewhere it breaks between letters, figures and signs."""
_TIED = re.compile(
    r"(?<=\barticle) (?=[LRD]?\d)|(?<=\barticles) (?=[LRD]?\d)|(?<=\bart\.) (?=[LRD]?\d)"
    r"|(?<=\b\d{5}) (?=[A-Z])|(?<=\d{3}) (?=RCS\b)"
)
_TIES = re.compile("([\u00a0\u202f])")
_IBAN = re.compile(r"[A-Z]{2}\d\d(?:[\u00a0\u202f][A-Z0-9]{1,4}){3,8}")
_SCHEMES = ("https://", "http://", "mailto:")


def blocks(tokens: Sequence[Token]) -> list[Block]:
    """Return the blocks of a run of tokens, in order."""
    return list(_blocks(list(tokens), level=1))


def texts(value: object) -> Iterator[str]:
    """Yield every text that a tree of blocks shows, a space between blocks; for the check of mentions."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
            if isinstance(part, list):
                yield " "
    elif isinstance(value, dict):
        kind = value.get("k")
        if kind not in _IN_A_LINE:
            yield " "
        for name, part in value.items():
            if name not in {"k", "columns", "size", "right", "level", "carried", "url"}:
                yield from texts(part)
                if name in {"cell", "head", "rows"}:
                    yield " "


_LINES_OF_A_PAGE, _CHARACTERS_OF_A_LINE = 30, 80


def fits_a_page(value: object) -> bool:
    """Whether blocks may be kept together: what is kept and taller than a page would not be printed whole."""
    return _lines_of(value) <= _LINES_OF_A_PAGE


def _lines_of(value: object) -> int:
    if isinstance(value, list):
        return sum(_lines_of(part) for part in value)
    if not isinstance(value, dict):
        return 0
    kind, inside = value.get("k"), sum(_lines_of(part) for part in value.values())
    if kind in _IN_A_LINE:
        return inside
    if kind in {"par", "heading", "sign", "code"}:
        return 2 + len("".join(texts(value))) // _CHARACTERS_OF_A_LINE + inside
    return 1 + inside


def _blocks(tokens: list[Token], *, level: int) -> Iterator[Block]:
    position = 0
    while position < len(tokens):
        token = tokens[position]
        end = closing(tokens, position)
        inner = tokens[position + 1 : end]
        match token.type:
            case "paragraph_open":
                yield {"k": "par", "s": spans(inner[0])}
            case "heading_open":
                # PDF/UA wants no level left out: a third level right under the title is printed as a second one.
                level = min(int(token.tag[1:]), level + 1)
                yield {"k": "heading", "level": level, "s": spans(inner[0])}
            case "bullet_list_open" | "ordered_list_open":
                items = [list(_blocks(item, level=level)) for item in _parts(inner)]
                start = first_number(token)
                if start is not None:
                    yield {"k": "enum", "start": start, "items": items}
                else:
                    whole = len(items) <= _AT_A_GLANCE and len("".join(texts(items))) <= _A_FEW_LINES
                    yield {"k": "list", "items": items, "whole": whole}
            case "blockquote_open":
                yield {"k": "quote", "blocks": list(_blocks(inner, level=level))}
            case "table_open":
                yield _table(inner)
            case "hr":
                yield {"k": "rule"}
            case "code_block" | "fence":
                yield {"k": "code", "lines": [breakable(line) for line in token.content.splitlines()]}
            case _:
                pass
        position = end + 1


def closing(tokens: Sequence[Token], position: int) -> int:
    """Return the position of the token that closes the one at ``position``; itself when it opens nothing."""
    depth = 0
    for index in range(position, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _parts(tokens: list[Token]) -> Iterator[list[Token]]:
    position = 0
    while position < len(tokens):
        end = closing(tokens, position)
        yield tokens[position + 1 : end]
        position = end + 1


def spans(inline: Token, *, longest: int = _LONG_IN_TEXT) -> list[Span]:
    """Return the runs of an inline token."""
    stack: list[list[Span]] = [[]]
    marks: list[dict[str, object]] = []
    for child in inline.children or ():
        match child.type:
            case "strong_open" | "em_open":
                marks.append({"k": _MARKS[child.type]})
                stack.append([])
            case "link_open":
                marks.append({"k": "link", "url": str(child.attrs.get("href", ""))})
                stack.append([])
            case "strong_close" | "em_close" | "link_close":
                inner, mark = stack.pop(), marks.pop()
                stack[-1] += _marked(mark, inner, longest)
            case "hardbreak":
                stack[-1].append({"k": "br"})
            case "softbreak":
                stack[-1].append(" ")
            case "image":
                stack[-1].append(breakable(child.content, longest))
            case _:
                stack[-1].append(breakable(child.content, longest))
    return _joined(stack[0])


def _marked(mark: dict[str, object], inner: list[Span], longest: int) -> list[Span]:
    """Return marked text; a link shows its address when it is not its text, and is live only on the web.

    An address shown has no place to cut it, which would be copied with it, but where typst would find none itself.
    """
    url = mark.get("url")
    if url is None:
        return [{**mark, "s": _joined(inner)}]
    shown = "".join(texts(inner)).replace(CUT, "")
    address: list[Span] = [] if str(url).removeprefix("mailto:") == shown else [breakable(f" ({url})")]
    if not str(url).startswith(_SCHEMES):
        return [*inner, *address]
    text: list[Span] = [shown] if shown == url and _breaks_by_itself(shown, longest) else _joined(inner)
    return [{**mark, "s": text}, *address]


def _breaks_by_itself(address: str, longest: int) -> bool:
    tail = _TAIL.search(address)
    # What has an @ is kept together by ``letter.typ``.
    return "@" not in address and "://" in address and len(tail.group() if tail else "") <= min(longest, _LONG_TAIL)


def _joined(pieces: list[Span]) -> list[Span]:
    """Return the runs with neighbouring texts put together: shaping then sees whole words."""
    joined: list[Span] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if isinstance(piece, str) and isinstance(last, str):
            joined[-1] = last + piece
        else:
            joined.append(piece)
    return joined


def breakable(text: str, longest: int = _LONG_IN_TEXT) -> str:
    """Return the text with places, not seen, where a word longer than ``longest`` characters may be cut.

    An article is kept with its number, a postal code with its town, a number of the register with its name; where such
    a group is too long, its words part and none of them is cut. An IBAN is left whole.
    """
    tied = _TIED.sub(NO_BREAK, text)
    least = int(longest * _EMS_A_CHARACTER)
    return re.sub(rf"[^ {CUT}]{{{least + 1},}}", lambda group: _parted(group.group(), longest), tied)


def _parted(group: str, longest: int) -> str:
    """Return words tied by no-break spaces, parted at as few of these as it takes, in lines as even as can be."""
    if _fits(group, longest) or _IBAN.fullmatch(group):
        return group
    lines = _lines(group, longest)
    for least in range(longest - 1, 0, -1):
        evener = _lines(group, least)
        if len(evener) > len(lines):
            break
        lines = evener
    return " ".join(line if _fits(line, longest) else _cut(line, longest) for line in lines)


def _fits(line: str, longest: int) -> bool:
    """Whether a word is short enough; capitals are wider than the letters that ``longest`` counts."""
    return len(line) <= longest and ems(line, bold=False) <= longest * _EMS_A_CHARACTER


def _lines(group: str, longest: int) -> list[str]:
    first, *rest = _TIES.split(group)
    lines = [first]
    for tie, word in zip(rest[::2], rest[1::2], strict=True):
        if _fits(f"{lines[-1]}{tie}{word}", longest):
            lines[-1] += tie + word
        else:
            lines.append(word)
    return lines


def _cut(word: str, longest: int) -> str:
    """Return the word with places to cut it; an address is cut after its @ first."""
    local, at, domain = word.partition("@")
    if at and max(len(local), len(domain)) <= longest:
        return f"{local}@{CUT}{domain}"
    step = max(4, longest // 2)
    return CUT.join(word[start : start + step] for start in range(0, len(word), step))


def _table(tokens: list[Token]) -> Block:
    rows: list[list[Token]] = []
    to_right: list[bool] = []
    for token, inline in pairwise(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"}:
            rows[-1].append(inline)
            if token.type == "th_open":
                to_right.append("right" in str(token.attrs.get("style", "")))
    head, *body = rows
    strong = [_is_strong(row[0]) for row in body]
    total_at = strong.index(True) if True in strong else None
    totals = len(list(takewhile(bool, strong[total_at:])))
    spans_over = [_spans_over(row) for row in body]
    labels = {index for index, over in enumerate(spans_over, start=1) if over}
    columns, size = fit(
        [
            # What stands across the columns asks for no room in the first.
            [
                "" if index in labels and not place else breakable(plain(cell), LONG_WORD)
                for place, cell in enumerate(row)
            ]
            for index, row in enumerate(rows)
        ],
        to_right,
        bold={0, *(index for index, is_strong in enumerate(strong, start=1) if is_strong)},
    )
    return {
        "k": "table",
        "columns": list(columns),
        "size": size,
        "right": to_right,
        "head": [{"cell": spans(cell, longest=LONG_WORD)} for cell in head],
        "rows": [_row(row, over) for row, over in zip(body, spans_over, strict=True)],
        "carried": running_totals([plain(row[-1]) for row in body], total_at if to_right[-1] else None, totals),
    }


def _spans_over(row: list[Token]) -> int:
    """Return over how many columns the first cell stands, where those after it are empty but the last; else 0."""
    is_label = len(row) > 2 and bool(plain(row[0]).strip()) and not any(plain(cell).strip() for cell in row[1:-1])
    return len(row) - 1 if is_label else 0


def _row(row: list[Token], over: int) -> list[Block]:
    cells: list[Block] = [{"cell": spans(cell, longest=LONG_WORD)} for cell in row]
    return [{**cells[0], "over": over}, cells[-1]] if over else cells


def _is_strong(inline: Token) -> bool:
    """Whether the cell begins in bold, as that of a total does."""
    return next(
        (child.type == "strong_open" for child in inline.children or () if child.type != "text" or child.content), False
    )
