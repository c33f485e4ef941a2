"""足あと: which line is the first that no longer fits its seal, which seal its chain, and from when on reading is unusual."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from tasuki.rules.audit import (
    SHORT,
    SHORTEST_REASON,
    USUAL,
    Fault,
    Line,
    SealRow,
    Thresholds,
    faults_of_lines,
    faults_of_seal,
    faults_of_tail,
    grouped,
    line_digest,
    seal_digest,
    sealed_words,
    thresholds,
)

TOWN = UUID(int=9)
LINES = [Line(place, UUID(int=place), [str(place), None, "霞浜"]) for place in (4, 5, 7)]
OTHER = UUID(int=99)


def sealed(
    number: int = 2, since: int = 3, until: int = 7, lines: Sequence[Line] = LINES, previous: str = "a0"
) -> SealRow:
    """Return an honest seal over some lines."""
    made = SealRow(
        TOWN, "READ", number, since, until, len(lines), [one.place for one in lines], [one.id for one in lines],
        b"".join(line_digest(one) for one in lines), previous, "", 1_700_000,
    )  # fmt: skip
    return replace(made, digest=seal_digest(made))


SEAL = sealed()
BEFORE = replace(sealed(number=1, since=0, until=3, lines=[]), digest="a0")


def kinds(
    seal: SealRow, before: SealRow | None = BEFORE, anchors: dict[tuple[UUID, str, int], str] | None = None
) -> list[Fault]:
    """Return what is wrong with a seal."""
    return [one.fault for one in faults_of_seal(seal, before, anchors or {})]


def resealed(seal: SealRow) -> SealRow:
    """Return a seal whose digest fits again, as somebody who owns the database could make it."""
    return replace(seal, digest=seal_digest(seal))


def test_what_is_put_together_can_be_read_in_one_way_only() -> None:
    assert sealed_words(["ab", None, "", "霞"]) == b"2:ab-0:3:" + "霞".encode()
    assert sealed_words(["a", "b"]) != sealed_words(["ab", ""]) != sealed_words(["ab", None])
    assert line_digest(LINES[0]) == hashlib.sha256(sealed_words(LINES[0].parts)).digest()[:16]
    assert SHORT == 16


# Written out by hand: the words of a seal as records/sql/functions/08_footprint.sql makes them.
def test_a_seal_covers_everything_in_it() -> None:
    ids = ",".join(str(one.id) for one in LINES)
    parts = [str(TOWN), "READ", "2", "3", "7", "3", "{4,5,7}", "{" + ids + "}", SEAL.digests.hex(), "a0", "1700000"]
    assert SEAL.digest == hashlib.sha256(sealed_words(parts)).hexdigest()


# Fault planted: each comparison of faults_of_seal() turned round (./run mutation).
def test_an_honest_seal_is_never_accused() -> None:
    assert kinds(SEAL, BEFORE, {(TOWN, "READ", 2): SEAL.digest, (TOWN, "ACT", 2): "zz"}) == []
    assert kinds(sealed(number=1, since=0, previous=""), None) == []


@pytest.mark.parametrize(
    ("seal", "found"),
    [
        (replace(SEAL, sealed=1), [Fault.SEAL_CHANGED]),
        (resealed(replace(SEAL, lines=4)), [Fault.SEAL_CHANGED]),
        (sealed(since=4), [Fault.CHAIN_BROKEN]),
        (sealed(previous="b0"), [Fault.CHAIN_BROKEN]),
        (sealed(number=3), [Fault.SEAL_GONE]),
        (replace(SEAL, digest="00", since=4), [Fault.SEAL_CHANGED, Fault.CHAIN_BROKEN]),
    ],
)
def test_a_seal_that_does_not_fit_is_told(seal: SealRow, found: list[Fault]) -> None:
    assert kinds(seal) == found


def test_the_first_seal_follows_nothing() -> None:
    assert kinds(SEAL, None) == [Fault.SEAL_GONE]
    assert kinds(sealed(number=1, since=1, previous=""), None) == [Fault.CHAIN_BROKEN]
    assert kinds(sealed(number=1, since=0, previous="a0"), None) == [Fault.CHAIN_BROKEN]


def test_a_seal_that_stands_outside_otherwise_is_told_with_its_first_line() -> None:
    (found,) = faults_of_seal(SEAL, BEFORE, {(TOWN, "READ", 2): "00"})
    assert (found.fault, found.place, found.id, found.number) == (Fault.ANCHOR_DIFFERS, 4, LINES[0].id, 2)
    (found,) = faults_of_seal(resealed(replace(sealed(lines=[]), previous="b0")), BEFORE, {})
    assert (found.fault, found.place, found.id) == (Fault.CHAIN_BROKEN, 4, None)


def told(lines: list[Line]) -> list[tuple[int, UUID | None, Fault]]:
    """Return what is wrong with the lines under the seal."""
    return [(one.place, one.id, one.fault) for one in faults_of_lines(SEAL, lines)]


# Fault planted: each comparison of _fault_at() turned round (./run mutation).
def test_each_line_that_does_not_fit_is_told() -> None:
    first, second, third = LINES
    assert told(LINES) == []
    assert told([first, replace(second, parts=["5", None, "霞 浜"]), third]) == [(5, second.id, Fault.CHANGED)]
    assert told([first, third]) == [(5, second.id, Fault.GONE)]
    assert told([*LINES, Line(6, OTHER, [])]) == [(6, OTHER, Fault.ADDED)]
    assert told([first, replace(second, id=OTHER), third]) == [(5, OTHER, Fault.CHANGED)]
    assert told([first, replace(second, place=6), third]) == [(5, second.id, Fault.MOVED), (6, second.id, Fault.MOVED)]
    swapped = [replace(first, place=5), replace(second, place=4), third]
    assert told(swapped) == [(4, second.id, Fault.MOVED), (5, first.id, Fault.MOVED)]
    assert {one.number for one in faults_of_lines(SEAL, [])} == {2}


def test_seals_cut_off_at_the_end_are_told() -> None:
    outside = {(TOWN, "READ", 2): "x", (TOWN, "READ", 3): "x", (TOWN, "ACT", 1): "x"}
    found = [(one.book, one.number, one.place, one.fault) for one in faults_of_tail({(TOWN, "READ"): SEAL}, outside)]
    assert found == [("ACT", 1, 1, Fault.SEAL_GONE), ("READ", 3, 8, Fault.SEAL_GONE)]


def test_the_letters_for_the_wall_are_twenty_in_five_groups() -> None:
    assert grouped("0123456789abcdef" * 4) == "0123 4567 89AB CDEF 0123"


# Written out by hand: the numbers that docs/operate and the settings page tell.
def test_what_is_usual_and_what_a_town_says_otherwise() -> None:
    assert Thresholds(60, 10, 30, 10, 7, 20, 5, 5, 1, 14, 10, 3, False) == USUAL  # noqa: FBT003  in their order
    assert SHORTEST_REASON == 5
    assert thresholds({}) == USUAL
    said = thresholds(
        {"slow_persons": 7, "report_names": True, "night_lines": "3", "guarded_times": True, "unknown": 1}
    )
    assert said == replace(USUAL, slow_persons=7, report_names=True)
