"""住まいの移り: what a household that is split or joined leaves of who lived where, and when."""

from __future__ import annotations

from uuid import UUID

import pytest

from tasuki.actions import person
from tasuki.records.pen import Refused
from tests.records.troupe import DAY, Troupe

LIVED = (
    "SELECT h.person_id FROM (SELECT DISTINCT ON (m.person_id) m.person_id, m.household_id FROM records_householdmove m"
    " WHERE m.moved_at < %s ORDER BY m.person_id, m.moved_at DESC, m.id) h WHERE h.household_id = %s ORDER BY h.person_id::text"
)
MOVES = "SELECT count(*) FROM records_householdmove WHERE person_id = %s"


def homes(troupe: Troupe) -> tuple[UUID, list[UUID]]:
    """Put a woman on the register, and a family of three elsewhere of whom the hub sees only the mother."""
    alone = troupe.register("hou3", "A")
    family = [
        troupe.register("hou3", key, f"潮騒原 {key}", household="" if key == "B" else "B") for key in ("B", "C", "D")
    ]
    for one in (alone, *family):
        troupe.receive("hou3", one)
    for one in (alone, family[0]):
        troupe.consent("hou3", one, "HUB")
    return alone, family


def home(troupe: Troupe, one: UUID) -> UUID:
    """Return the household of somebody now."""
    (found,) = troupe.truth("SELECT household_id FROM records_person WHERE id = %s", one)
    assert isinstance(found, UUID)
    return found


# Faults planted: a move of `second` alone; moves of those alone whom the asker sees.
def test_a_household_that_joins_another_leaves_a_move_of_each_member(troupe: Troupe) -> None:
    alone, family = homes(troupe)
    before, left, came = troupe.last + DAY / 24, home(troupe, family[0]), home(troupe, alone)
    troupe.act(
        "hub", person.join_households, moment=troupe.last + DAY, first=alone, second=family[0],
        checked_by=troupe.staff["hub2"], reason="同居した",
    )  # fmt: skip
    after = troupe.last + DAY
    for moment, old, new in ((before, family, [alone]), (after, [], [alone, *family])):
        assert troupe.truth(LIVED, moment, left) == sorted(old, key=str)
        assert troupe.truth(LIVED, moment, came) == sorted(new, key=str)
    assert [troupe.truth(MOVES, one) for one in (alone, *family)] == [[1], [2], [2], [2]]
    assert {home(troupe, one) for one in family} == {came}
    assert troupe.truth(
        "SELECT DISTINCT s.key FROM records_householdmove m JOIN records_staff s ON s.id = m.checked_by_id"
    ) == ["hub2"]


# Fault planted: the refusal left out, so that a record told of a joining that changed nothing.
def test_who_lives_together_already_is_not_joined_again(troupe: Troupe) -> None:
    _, family = homes(troupe)
    troupe.consent("hou3", family[1], "HUB")
    with pytest.raises(Refused, match="ONE_HOUSEHOLD_ALREADY"):
        troupe.act("hub", person.join_households, first=family[0], second=family[1], checked_by=troupe.staff["hub2"])
    assert troupe.truth("SELECT count(*) FROM records_record WHERE kind = 'HOUSEHOLD'") == [0]
