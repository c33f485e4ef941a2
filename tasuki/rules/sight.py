"""Whether somebody may write about people at all: known, not barred, not of another town."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tasuki.rules.refusal import Refusal, refusal


@dataclass(frozen=True)
class Acquaintance:
    """What the database says of one person and the one who acts: seen or of a case that is seen, and not barred."""

    known: bool
    barred: bool = False


def why_not_known(people: Iterable[Acquaintance]) -> Refusal | None:
    """Refuse when somebody named is barred or not known: to the one who acts they do not exist (R1)."""
    for one in people:
        if one.barred:
            return refusal("NOBODY")
        if not one.known:
            return refusal("NO_GROUND")
    return None
