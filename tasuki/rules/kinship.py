"""間柄: which lines of a family may be written, and what stands after several were (genogram, 様 F02)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tasuki.rules.refusal import Refusal, first, refused_if


class Kin(StrEnum):
    """How the first person stands to the second. NONE takes back everything written between the two."""

    PARENT = "PARENT"
    ADOPTER = "ADOPTER"
    TWIN = "TWIN"
    MARRIED = "MARRIED"
    COMMON_LAW = "COMMON_LAW"
    APART = "APART"
    DIVORCED = "DIVORCED"
    CLOSE = "CLOSE"
    DISTANT = "DISTANT"
    CONFLICT = "CONFLICT"
    CUT_OFF = "CUT_OFF"
    ABUSE = "ABUSE"
    NONE = "NONE"


DESCENT = frozenset({Kin.PARENT, Kin.ADOPTER})
PARTNERS = frozenset({Kin.MARRIED, Kin.COMMON_LAW, Kin.APART, Kin.DIVORCED})
FEELINGS = frozenset({Kin.CLOSE, Kin.DISTANT, Kin.CONFLICT, Kin.CUT_OFF, Kin.ABUSE})
LAYERS = (DESCENT, PARTNERS, FEELINGS, frozenset({Kin.TWIN}))
MOST_PARENTS = 2


@dataclass(frozen=True)
class KinLine:
    """One line as it was written. `since` is the day from which it holds (ISO), "" when nobody said one.

    `custody` is who of the two has 親権, "" when it was not said. Ids are texts.
    """

    first: str
    second: str
    kin: Kin
    since: str = ""
    custody: str = ""


def read_line(details: Mapping[str, str]) -> KinLine:
    """Read a line from the details of its record."""
    return KinLine(details["first"], details["second"], Kin(details["kin"]), details["since"], details["custody"])


def standing(lines: Sequence[KinLine], day: dt.date) -> list[KinLine]:
    """Return the lines that hold on a day, of lines in the order in which they were written.

    Between two people the later line takes the place of the earlier one of its layer (descent, partners, feelings,
    one birth); NONE takes back all layers.
    """
    found: dict[tuple[frozenset[str], int], KinLine] = {}
    for line in lines:
        if line.since and line.since > day.isoformat():
            continue
        pair = frozenset((line.first, line.second))
        if line.kin == Kin.NONE:
            found |= {(pair, layer): line for layer, _ in enumerate(LAYERS)}
        else:
            found[pair, layer_of(line.kin)] = line
    return list(dict.fromkeys(found.values()))


def layer_of(kin: Kin) -> int:
    """Return the place of its layer in LAYERS; ValueError for NONE, which lies in all of them."""
    for place, layer in enumerate(LAYERS):
        if kin in layer:
            return place
    raise ValueError(kin)


def why_not_kin(
    line: KinLine, stands: Sequence[KinLine], *, born: dict[str, str], day: dt.date
) -> Refusal | None:  # fmt: skip
    """Refuse a line that no family can have; `stands` are the lines that hold today, `born` the births by id.

    A birth with an unknown month or day (1995-00-00) is compared by what is known of it.
    """
    others = [one for one in stands if {one.first, one.second} != {line.first, line.second}]
    return first(
        refused_if(line.first == line.second, "KIN_WITH_ONESELF"),
        refused_if(line.since > day.isoformat(), "KIN_TO_COME"),
        refused_if(bool(line.custody) and not _may_have_custody(line), "CUSTODY_ELSEWHERE"),
        _descent(line, others, born) if line.kin in DESCENT else None,
    )


def _may_have_custody(line: KinLine) -> bool:
    return line.kin in PARTNERS and line.custody in (line.first, line.second)


def _descent(line: KinLine, others: Sequence[KinLine], born: dict[str, str]) -> Refusal | None:
    parents = [one for one in others if one.kin == line.kin and one.second == line.second]
    return first(
        refused_if(len(parents) >= MOST_PARENTS, "PARENTS_KNOWN"),
        refused_if(line.first in _descendants(line.second, others), "OWN_ANCESTOR"),
        refused_if(_older(born.get(line.second, ""), born.get(line.first, "")), "CHILD_BEFORE_PARENT"),
    )


def _descendants(of: str, lines: Sequence[KinLine]) -> set[str]:
    found: set[str] = set()
    waiting = [of]
    while waiting:
        here = waiting.pop()
        near = {one.second for one in lines if one.kin in DESCENT and one.first == here} - found
        found |= near
        waiting += near
    return found


def _older(one: str, other: str) -> bool:
    """Whether one was born before another, as far as both days are known."""
    known = min(len(_known(one)), len(_known(other)))
    return bool(known) and one[:known] < other[:known]


def _known(born: str) -> str:
    return born.split("-00", maxsplit=1)[0]
