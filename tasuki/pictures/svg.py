"""The pen of every picture: escaped SVG text, text widths, boxes.

Pictures carry classes only, no style attributes and no scripts, so that they stand under a strict
content policy. Every word goes through `escape`.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape

NEVER_FIRST = "・ー、。）」ァィゥェォッャュョぁぃぅぇぉっゃゅょ"  # a row does not begin with these
type Value = str | int | float


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture: its SVG text, its size in px, and its table twin."""

    svg: str
    width: int
    height: int
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in px, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> "Box":
        """Give the box with every side moved out by `by` px."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: "Box") -> bool:
        """Tell whether two boxes share more than an edge."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def number(value: Value) -> str:
    """Write a number with at most one decimal; text stays as it is."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)


def element(name: str, inner: str = "", **attributes: Value | None) -> str:
    """Write one element; `class_` becomes class, `_` in names becomes `-`; None leaves one out.

    `inner` is SVG that stands already escaped; attribute values are escaped here.
    """
    words = "".join(
        f' {_attribute(key)}="{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{words}>{inner}</{name}>" if inner else f"<{name}{words}/>"


@cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def escaped(words: str) -> str:
    """Escape words that stand between tags."""
    return escape(words, quote=False)


def text(x: float, y: float, words: str, class_: str = "", anchor: str = "middle") -> str:
    """Write words with their baseline at y."""
    return element(
        "text",
        escaped(words),
        x=x,
        y=y,
        text_anchor=None if anchor == "start" else anchor,
        class_=class_ or None,
    )


def path(points: str, class_: str = "line") -> str:
    """Draw a path from its `d` text."""
    return element("path", d=points, class_=class_)


def line(x1: float, y1: float, x2: float, y2: float, class_: str = "line") -> str:
    """Draw one straight line."""
    return path(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", class_)


def whole(parts: Iterable[str], *, width: int, height: int, title: str, class_: str = "") -> str:
    """Close the picture: its view box, its name for a screen reader, its parts in drawing order.

    An image hides what is inside it from a screen reader; where links are inside, the picture is a group of them.
    """
    inner = element("title", escaped(title) or "図") + "".join(parts)
    return element(
        "svg",
        inner,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"pic {class_}".strip(),
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="group" if "<a " in inner else "img",
    )


def text_width(words: str, size: float = 14) -> float:
    """Estimate the px width of words, on the wide side: a full-width letter is one em."""
    return sum(map(_ems, words)) * size


@cache  # a picture measures the same few hundred letters over and over
def _ems(letter: str) -> float:
    if unicodedata.category(letter) in {"Mn", "Cf"}:
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.62


def wrapped(words: str, width: float, lines: int, size: float = 14) -> list[str]:
    """Break words into at most `lines` lines of `width` px, at a space where there is one; the rest as 「…」."""
    rows: list[str] = [""]
    for letter in words.strip():
        if text_width(rows[-1] + letter, size) <= width or not rows[-1]:
            rows[-1] += letter
            continue
        head, _, tail = rows[-1].rpartition(" ")
        if head and letter != " ":
            rows[-1] = head
            rows.append(tail + letter)
        elif letter in NEVER_FIRST and len(rows[-1]) > 1:
            rows[-1], carried = rows[-1][:-1], rows[-1][-1]
            rows.append(carried + letter)
        else:
            rows.append(letter.strip())
    if len(rows) <= lines:
        return rows
    last = rows[lines - 1]
    while last and text_width(last + "…", size) > width:
        last = last[:-1]
    return [*rows[: lines - 1], last + "…"]


def balanced(words: str, width: float, lines: int, size: float = 14) -> list[str]:
    """Break words like `wrapped`, but into rows of about equal length: 「アレクサ」「ンドロス」, never one letter alone."""
    rows = wrapped(words, width, lines, size)
    if len(rows) < 2 or rows[-1].endswith("…") or " " in words:
        return rows
    narrow = width
    while narrow > width / 2:
        narrow -= size / 2
        tried = wrapped(words, narrow, lines, size)
        if tried[-1].endswith("…") or len(tried) > len(rows):
            break
        rows = tried
    return rows
