"""Shapes of written data: how a value of a profile or a scenario must look, and which other key it names.

A shape is a small frozen value. `faults` compares a value with a shape and says in Japanese what does not
fit and where; `mentions` lists every key that a value refers to (an agency, a person, a step …), so that
references are checked by one walk instead of one rule per field.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

type Spot = tuple[str | int, ...]
"""Where a value stands: the keys and list positions from the top of the document down to it."""

type Lines = Mapping[Spot, int]
"""The line (counted from 1) on which each value begins."""


class Problem(NamedTuple):
    """One thing that is wrong with a file: the line it stands on (from 1) and a Japanese sentence."""

    line: int
    message: str


class Fault(NamedTuple):
    """A value that does not fit its shape: where it stands, and what is wrong with it.

    `soft` is True for a day that is written well and that no calendar has: an act may be refused for it.
    """

    spot: Spot
    message: str
    soft: bool = False


class Mention(NamedTuple):
    """A key that a value refers to.

    `kind` says what it must name; `firm` is False where only an act that is carried out needs it to exist
    (a refused act may name what is not there).
    """

    spot: Spot
    kind: str
    key: str
    firm: bool


def line_at(lines: Lines, spot: Spot) -> int:
    """Give the line of the value at `spot`, or of the nearest written value around it."""
    while spot and spot not in lines:
        spot = spot[:-1]
    return lines.get(spot, 1)


@dataclass(frozen=True)
class Text:
    """A non-empty text; with `pattern`, one that matches it as a whole.

    `called` names the pattern for a reader.
    """

    pattern: str = ""
    called: str = "文字"
    empty: bool = False


@dataclass(frozen=True)
class Choice:
    """One of a closed list of words."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Whole:
    """A whole number between `least` and `most` (both included)."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Number:
    """Any number."""


@dataclass(frozen=True)
class Truth:
    """true or false; with `only`, that one value."""

    only: bool | None = None


@dataclass(frozen=True)
class Day:
    """A day as text. `unknown` allows 00 for month and day, `month_only` a month without a day.

    `real` is False for a day of birth: one that no calendar has is no fault of the file, the act refuses
    it.
    """

    unknown: bool = False
    month_only: bool = False
    real: bool = True


@dataclass(frozen=True)
class Moment:
    """A day and a time of day as text, 2026-04-08T10:00, Japanese time."""


@dataclass(frozen=True)
class Key:
    """A key that names something: `kind` is what it names (several, joined by '|', when any of them will do).

    `pattern` is how such a key is written. A key that *makes* the thing has an empty kind.
    """

    kind: str
    pattern: str
    firm: bool = True


@dataclass(frozen=True)
class Several:
    """A list, of at least `least` entries, without doubles when `distinct`."""

    of: "Shape"
    least: int = 0
    distinct: bool = True


@dataclass(frozen=True)
class Table:
    """A map from keys (of the shape `key`) to values that all have the shape `of`."""

    of: "Shape"
    key: "Shape" = field(default_factory=Text)
    least: int = 0


@dataclass(frozen=True)
class Record:
    """A map with named entries: those in `must` must be there, others than `parts` must not."""

    parts: Mapping[str, "Shape"]
    must: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        return hash((tuple(self.parts), self.must))


@dataclass(frozen=True)
class Either:
    """A value that fits one of several shapes."""

    of: tuple["Shape", ...]


@dataclass(frozen=True)
class Anything:
    """Any value; `plain` False demands a map or a list."""

    plain: bool = True


type Shape = Text | Choice | Whole | Number | Truth | Day | Moment | Key | Several | Table | Record | Either | Anything


def record(parts: Mapping[str, Shape]) -> Record:
    """Give a record of named entries; a name that ends in `!` must be there."""
    return Record(
        {name.rstrip("!"): shape for name, shape in parts.items()},
        frozenset(name.rstrip("!") for name in parts if name.endswith("!")),
    )


def day_exists(text: str) -> bool:
    """Whether the first ten characters of `text` are a day of the calendar."""
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def faults(shape: Shape, value: Any, spot: Spot = ()) -> Iterator[Fault]:
    """List every place where `value` does not fit `shape`, in the order in which it is written."""
    match shape:
        case Record():
            yield from _record_faults(shape, value, spot)
        case Several():
            yield from _list_faults(shape, value, spot)
        case Table():
            yield from _table_faults(shape, value, spot)
        case Either():
            if not any(fits(one, value) for one in shape.of):
                yield Fault(spot, "どの書き方にも合いません")
        case _:
            said = _scalar_fault(shape, value)
            if said:
                yield Fault(spot, said, said.endswith(_NO_SUCH_DAY))


def fits(shape: Shape, value: Any) -> bool:
    """Whether nothing is wrong with `value`."""
    return next(faults(shape, value), None) is None


def _record_faults(shape: Record, value: Any, spot: Spot) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(spot, "「項目: 値」の形で書きます")
        return
    for name in value:
        if name not in shape.parts:
            yield Fault((*spot, name), f"知らない項目「{name}」です")
    for name in sorted(shape.must - value.keys()):
        yield Fault(spot, f"項目「{name}」がありません")
    for name, inner in value.items():
        if name in shape.parts:
            for found in faults(shape.parts[name], inner, (*spot, name)):
                yield _named(found, str(name), len(spot) + 1)


def _named(found: Fault, name: str, depth: int) -> Fault:
    if len(found.spot) > depth or found.message.startswith("知らない"):
        return found
    return found._replace(message=f"「{name}」: {found.message}")


def _list_faults(shape: Several, value: Any, spot: Spot) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield Fault(spot, "一覧（[…]）で書きます")
        return
    if len(value) < shape.least:
        yield Fault(spot, f"{shape.least}つ以上要ります")
    for number, inner in enumerate(value):
        if shape.distinct and inner in value[:number]:
            yield Fault((*spot, number), f"同じもの（{_short(inner)}）が2度あります")
        yield from faults(shape.of, inner, (*spot, number))


def _table_faults(shape: Table, value: Any, spot: Spot) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(spot, "「項目: 値」の形で書きます")
        return
    if len(value) < shape.least:
        yield Fault(spot, f"{shape.least}つ以上要ります")
    for name, inner in value.items():
        said = _scalar_fault(shape.key, name)
        if said:
            yield Fault((*spot, name), f"知らない項目「{name}」です（{said}）")
        yield from faults(shape.of, inner, (*spot, name))


def _scalar_fault(shape: Shape, value: Any) -> str:
    match shape:
        case Key() | Text():
            return _text_fault(shape, value)
        case Truth():
            return _truth_fault(shape, value)
        case Whole() | Number():
            return _number_fault(shape, value)
        case Day():
            return _day_fault(shape, value)
        case Moment():
            return _moment_fault(value)
        case Choice():
            return "" if value in shape.words else f"{_short(value)} は選べません（{'・'.join(shape.words)}）"
    free = not isinstance(shape, Anything) or shape.plain or isinstance(value, (dict, list))
    return "" if free else "項目か一覧で書きます"


def _text_fault(shape: Key | Text, value: Any) -> str:
    if not isinstance(value, str):
        return f"{_short(value)} は文字ではありません"
    if not value:
        return "" if isinstance(shape, Text) and shape.empty else "空です"
    if shape.pattern and not re.fullmatch(shape.pattern, value):
        return f"{_short(value)} は{shape.called if isinstance(shape, Text) else 'キーの書き方'}ではありません"
    return ""


def _truth_fault(shape: Truth, value: Any) -> str:
    if not isinstance(value, bool):
        return f"{_short(value)} は true / false ではありません"
    if shape.only is not None and value is not shape.only:
        return f"{'true' if shape.only else 'false'} だけを書けます"
    return ""


def _number_fault(shape: Whole | Number, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return f"{_short(value)} は数ではありません"
    if isinstance(shape, Number):
        return ""
    if value != value // 1:
        return f"{value} は整数ではありません"
    if shape.least is not None and value < shape.least:
        return f"{value} は小さすぎます（{shape.least}以上）"
    if shape.most is not None and value > shape.most:
        return f"{value} は大きすぎます（{shape.most}以下）"
    return ""


_NO_SUCH_DAY = "という日はありません"
_DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_MAYBE_DAY = r"\d{4}-(0\d|1[0-2])-(0\d|[12]\d|3[01])"
_MONTH = r"\d{4}-(0[1-9]|1[0-2])"


def _day_fault(shape: Day, value: Any) -> str:
    if not isinstance(value, str):
        return f"{_short(value)} は日付ではありません（2026-04-08 の形で）"
    if shape.month_only and re.fullmatch(_MONTH, value, re.ASCII):
        return ""
    if not re.fullmatch(_MAYBE_DAY if shape.unknown else _DAY, value, re.ASCII):
        return f"{_short(value)} は日付ではありません（2026-04-08 の形で）"
    if shape.real and not day_exists(value):
        return f"{value} {_NO_SUCH_DAY}"
    return ""


def _moment_fault(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(_DAY + r"T([01]\d|2[0-3]):[0-5]\d", value, re.ASCII):
        return f"{_short(value)} は日時ではありません（2026-04-08T10:00 の形で）"
    return "" if day_exists(value) else f"{value[:10]} {_NO_SUCH_DAY}"


def _short(value: Any) -> str:
    text = f"「{value}」" if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def mentions(shape: Shape, value: Any, spot: Spot = ()) -> Iterator[Mention]:
    """List every key that `value`, which must fit `shape`, refers to."""
    match shape:
        case Key() if shape.kind:
            yield Mention(spot, shape.kind, value, shape.firm)
        case Record():
            for name, inner in value.items():
                yield from mentions(shape.parts[name], inner, (*spot, name))
        case Several() | Table():
            for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
                yield from mentions(shape.of, inner, (*spot, name))
        case Either():
            yield from mentions(next(one for one in shape.of if fits(one, value)), value, spot)
