"""Permission sets (../profiles README): what a role may do at all, before any person is looked at."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from enum import StrEnum

from tasuki.rules.refusal import Refusal, refused_if


class Permission(StrEnum):
    """The twelve permission sets behind every local role name."""

    FIRST = "FIRST"
    COORD = "COORD"
    CITY = "CITY"
    CHAIR = "CHAIR"
    OUT = "OUT"
    PART = "PART"
    COMM = "COMM"
    DESK = "DESK"
    PARTNER = "PARTNER"
    MGR = "MGR"
    PRIV = "PRIV"
    ADMIN = "ADMIN"


P = Permission
# Who reads case records at all (settled 20): MGR, PRIV and ADMIN do not by these roles.
READERS = frozenset({P.FIRST, P.COORD, P.CITY, P.CHAIR, P.OUT, P.PART, P.COMM, P.DESK, P.PARTNER})
# Who writes case records. A PARTNER sees what is addressed to it and writes none (scenarios README, S06).
WRITERS = frozenset({P.FIRST, P.COORD, P.OUT, P.PART, P.COMM, P.DESK})
RECEIVERS = WRITERS
PLANNERS = {
    "HUB": frozenset({P.COORD}),
    "OUTREACH": frozenset({P.COORD, P.OUT}),
    "PARTICIPATION": frozenset({P.COORD, P.PART}),
}
CALLERS = frozenset({P.COORD, P.CHAIR})
COUNTERS = frozenset({P.MGR, P.COORD, P.CITY, P.CHAIR, P.ADMIN})
EMERGENCY = frozenset({P.FIRST, P.COORD, P.OUT, P.PART, P.COMM})


def why_not_role(
    sets: AbstractSet[str], wanted: AbstractSet[Permission], code: str = "NOT_YOUR_ROLE"
) -> Refusal | None:
    """Refuse whoever has none of the wanted sets."""
    return refused_if(not sets & wanted, code)
