"""足あと: what a seal covers and which line is the first that no longer fits (P8); what counts as unusual reading (T28).

Written a second time on purpose: the database makes the seals (records/sql/functions/08_footprint.sql), this module
recomputes them without asking any function of that database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

SHORTEST_REASON = 5  # letters; fewer say nothing
SHORT = 16  # bytes kept of each line's digest
GROUPS, LETTERS = 5, 4  # of the digest that is printed for the binder


class Book(StrEnum):
    """Which lines: of reading, or of acting."""

    READ = "READ"
    ACT = "ACT"


class Fault(StrEnum):
    """What is wrong with the footprint."""

    CHANGED = "CHANGED"
    GONE = "GONE"
    ADDED = "ADDED"
    MOVED = "MOVED"
    SEAL_CHANGED = "SEAL_CHANGED"
    CHAIN_BROKEN = "CHAIN_BROKEN"
    SEAL_GONE = "SEAL_GONE"
    ANCHOR_DIFFERS = "ANCHOR_DIFFERS"


@dataclass(frozen=True)
class Line:
    """A line as it stands: its running number, its id, and everything in it as text."""

    place: int
    id: UUID
    parts: Sequence[str | None]


@dataclass(frozen=True)
class SealRow:
    """A seal as it stands; `sealed` is its moment in microseconds since 1970."""

    town: UUID
    book: str
    number: int
    since: int
    until: int
    lines: int
    places: Sequence[int]
    ids: Sequence[UUID]
    digests: bytes
    previous: str
    digest: str
    sealed: int


@dataclass(frozen=True)
class Trouble:
    """One thing that does not fit: in which book, at which running number, which line if one can be named, in which seal."""

    town: UUID
    book: str
    place: int
    id: UUID | None
    fault: Fault
    number: int


@dataclass(frozen=True)
class Thresholds:
    """From where on reading is unusual; a town's setting `audit` overrides each by its name.

    MANY and the slowing count distinct persons opened within minutes; hours are those of the clock in Japan.
    """

    slow_persons: int = 60
    slow_minutes: int = 10
    many_persons: int = 30
    many_minutes: int = 10
    office_from: int = 7
    office_until: int = 20
    night_lines: int = 5
    out_of_area_persons: int = 5
    same_name_persons: int = 1
    browse_days: int = 14
    browse_cases: int = 10
    guarded_times: int = 3
    report_names: bool = False


USUAL = Thresholds()


def thresholds(written: Mapping[str, Any]) -> Thresholds:
    """Return the town's thresholds: what it wrote, and for the rest what is usual. Unknown names are left alone."""
    known = {name: type(value) for name, value in asdict(USUAL).items()}
    said: dict[str, Any] = {name: value for name, value in written.items() if known.get(name) is type(value)}
    return replace(USUAL, **said)


class Pattern(StrEnum):
    """A kind of unusual reading."""

    MANY = "MANY"
    NIGHT = "NIGHT"
    OUT_OF_AREA = "OUT_OF_AREA"
    SAME_NAME = "SAME_NAME"
    NO_ACT = "NO_ACT"
    GUARDED = "GUARDED"


type Anchors = Mapping[tuple[UUID, str, int], str]
"""What was written down outside: (town, book, number of the seal) → its digest."""


def sealed_words(parts: Sequence[str | None]) -> bytes:
    """Put texts one after the other, each with its length, so that no two rows can read the same."""
    raw = [None if part is None else part.encode() for part in parts]
    return b"".join(b"-" if part is None else b"%d:%s" % (len(part), part) for part in raw)


def line_digest(line: Line) -> bytes:
    """Return what a seal keeps of a line."""
    return hashlib.sha256(sealed_words(line.parts)).digest()[:SHORT]


def seal_digest(seal: SealRow) -> str:
    """Recompute the digest of a seal from everything else in it."""
    parts = (
        str(seal.town), seal.book, str(seal.number), str(seal.since), str(seal.until), str(seal.lines),
        "{" + ",".join(map(str, seal.places)) + "}", "{" + ",".join(map(str, seal.ids)) + "}", seal.digests.hex(),
        seal.previous, str(seal.sealed),
    )  # fmt: skip
    return hashlib.sha256(sealed_words(parts)).hexdigest()


def faults_of_seal(seal: SealRow, before: SealRow | None, anchors: Anchors) -> Iterator[Trouble]:
    """Find what is wrong with a seal by itself, with the one before it, and with what stands outside."""
    first = seal.ids[0] if seal.ids else None

    def trouble(fault: Fault) -> Trouble:
        return Trouble(seal.town, seal.book, seal.since + 1, first, fault, seal.number)

    if seal_digest(seal) != seal.digest or seal.lines != len(seal.places):
        yield trouble(Fault.SEAL_CHANGED)
    number, until, digest = (before.number, before.until, before.digest) if before else (0, 0, "")
    if (seal.number, seal.since, seal.previous) != (number + 1, until, digest):
        yield trouble(Fault.CHAIN_BROKEN if seal.number == number + 1 else Fault.SEAL_GONE)
    if anchors.get((seal.town, seal.book, seal.number), seal.digest) != seal.digest:
        yield trouble(Fault.ANCHOR_DIFFERS)


def faults_of_lines(seal: SealRow, lines: Sequence[Line]) -> Iterator[Trouble]:
    """Compare the lines between two seals with what the seal keeps of them, in the order of their numbers."""
    kept = {
        place: (one, seal.digests[n * SHORT : (n + 1) * SHORT])
        for n, (place, one) in enumerate(zip(seal.places, seal.ids, strict=False))
    }
    there = {line.place: line for line in lines}
    known, present = set(seal.ids), {line.id for line in lines}
    for place in sorted(kept.keys() | there.keys()):
        fault, who = _fault_at(kept.get(place), there.get(place), known, present)
        if fault is not None:
            yield Trouble(seal.town, seal.book, place, who, fault, seal.number)


def _fault_at(
    kept: tuple[UUID, bytes] | None, line: Line | None, known: set[UUID], present: set[UUID]
) -> tuple[Fault | None, UUID | None]:
    if line is None:
        gone = kept[0] if kept else None
        return (Fault.MOVED if gone in present else Fault.GONE), gone
    if kept is None:
        return (Fault.MOVED if line.id in known else Fault.ADDED), line.id
    if kept[0] != line.id:
        return (Fault.MOVED if line.id in known else Fault.CHANGED), line.id
    return (None if line_digest(line) == kept[1] else Fault.CHANGED), line.id


def faults_of_tail(last: Mapping[tuple[UUID, str], SealRow], anchors: Anchors) -> Iterator[Trouble]:
    """Find seals that stand outside and are no longer there: the end of the book was cut off."""
    for town, book, number in sorted(anchors):
        seal = last.get((town, book))
        if seal is None or number > seal.number:
            yield Trouble(town, book, seal.until + 1 if seal else 1, None, Fault.SEAL_GONE, number)


def grouped(digest: str) -> str:
    """Return the digest for the wall: twenty letters in five groups, easy to compare by eye."""
    letters = digest.upper()[: GROUPS * LETTERS]
    return " ".join(letters[n : n + LETTERS] for n in range(0, len(letters), LETTERS))
