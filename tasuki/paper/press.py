"""The press: a form as plain values becomes a PDF/A that is the same byte for byte when nothing changed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import tasuki

FONTS = Path(tasuki.__file__).parent / "web" / "static" / "fonts"
FORM = Path(__file__).parent / "form.typ"
GETA = "〓"

type Cell = Mapping[str, Any]
type Block = Mapping[str, Any]


@dataclass(frozen=True)
class Form:
    """A paper: its title, what stands above and below, its blocks in order (form, table, answer, stamps, text).

    `made_at` is the moment as a sentence and `on` its day; `watermark` is printed pale across the page, `boxed` frames the number of a copy.
    """

    title: str
    town: str
    made_at: str
    made_by: str
    on: dt.date
    blocks: Sequence[Block]
    number: str = ""
    number_word: str = "番号"
    boxed: bool = False
    top: str = ""
    subtitle: str = ""
    mark: str = ""
    part: str = ""
    watermark: str = ""
    missing: bool = field(default=False, init=False)


@cache
def letters() -> frozenset[str]:
    """Return every character that the printing fonts hold."""
    listed = (FONTS / "characters.txt").read_text(encoding="ascii").split()
    return frozenset(chr(int(code.removeprefix("U+"), 16)) for code in listed) | {"\n"}


def _printable(part: Any) -> Any:
    if isinstance(part, str):
        return "".join(letter if letter in letters() else GETA for letter in part.replace("\r\n", "\n"))
    if isinstance(part, Mapping):
        return {key: _printable(one) for key, one in part.items()}
    if isinstance(part, list | tuple):
        return [_printable(one) for one in part]
    return part


def setting(form: Form) -> dict[str, Any]:
    """Return what the press is given, whatever it makes of it. A letter that the fonts lack is set as 〓, and the foot of the text says so."""
    words = {**asdict(form), "on": [form.on.year, form.on.month, form.on.day]}
    known = _printable(words)
    known["missing"] = GETA in json.dumps(known, ensure_ascii=False)
    return {
        "input": str(FORM), "root": str(FORM.parent), "font_paths": [str(FONTS / "print")], "ignore_system_fonts": True,
        "sys_inputs": {"sheet": json.dumps(known, ensure_ascii=False, sort_keys=True)},
    }  # fmt: skip


def press(form: Form) -> bytes:
    """Return the form as PDF/A-2b."""
    import typst  # only who prints: it takes 3 MB of a worker

    made = typst.compile(**setting(form), format="pdf", pdf_standards=["a-2b"], timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError("one document was expected from the press")
    return made


def row(*cells: Cell) -> list[Cell]:
    """Make a row of a form from one or two cells."""
    return list(cells)


def cell(label: str, text: str = "", **more: Any) -> Cell:
    """Make a cell: its label and its text; `more` are small, strong, big, ticks, height (mm)."""
    return {"label": label, "text": text, **more}


def ticks(words: Sequence[str], chosen: Sequence[str]) -> list[dict[str, Any]]:
    """Make boxes to tick; what is chosen but not listed is added at the end, so that nothing is lost."""
    more = [word for word in chosen if word and word not in words]
    return [{"word": word, "on": word in chosen} for word in [*words, *more]]


def form(*rows: Sequence[Cell]) -> Block:
    """Make a box of rows."""
    return {"kind": "form", "rows": [list(one) for one in rows], "gap": 0}


def table(title: str, head: Sequence[str], columns: Sequence[int], rows: Sequence[Sequence[str]]) -> Block:
    """Make a ruled table; `columns` are widths in parts; an empty one keeps a line to write on."""
    listed = [list(one) for one in rows] or [["" for _ in head]]
    return {"kind": "table", "title": title, "head": list(head), "columns": list(columns), "rows": listed}


def stamps(**groups: Sequence[str]) -> Block:
    """Make stamp boxes (印影欄): 決裁 and 供覧 are two acts and two tables."""
    return {"kind": "stamps", "groups": [{"title": title, "places": list(places)} for title, places in groups.items()]}


def prose(text: str) -> Block:
    """Make a paragraph."""
    return {"kind": "text", "text": text}
