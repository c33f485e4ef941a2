"""2人で: as the role that serves, with any statement, nobody ends a bar, a protection or a link alone (9.7)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from tasuki.actions import disclosure, person
from tasuki.records.door import note_confirmation
from tests.records.troupe import Troupe

GUARDS = ("bar", "protection")
MINUTE = dt.timedelta(minutes=1)
END = "UPDATE records_{} SET ended_at = asker_at(), end_reason = %s, checked_by_id = %s WHERE id = %s"


@pytest.fixture(params=GUARDS)
def guard(request: pytest.FixtureRequest, troupe: Troupe) -> tuple[str, UUID]:
    """A bar, or a protection, that hou3 knows of; returns its table and its number."""
    one = troupe.register("hou3", "A")
    troupe.receive("hou3", one)
    if request.param == "bar":
        troupe.act("hou3", disclosure.bar, people=[one], agencies=[troupe.agencies["HUB"]])
    else:
        troupe.act("hou3", disclosure.protect_address, people=[one], review_on=None)
    (which,) = troupe.truth(f"SELECT id FROM records_{request.param}")
    return request.param, which


def ends(troupe: Troupe, guard: tuple[str, UUID], by: str, second: UUID | None, *, why: str = "担当が替わった") -> int:
    """Let somebody end it by a statement of their own; returns how many rows it reached."""
    table, which = guard
    with troupe.acting(by, troupe.last), connection.cursor() as cursor:
        cursor.execute(END.format(table), [why, second, which])
        return int(cursor.rowcount)


def confirmed(troupe: Troupe, guard: tuple[str, UUID], first: str, second: str, **more: Any) -> None:
    """Let the door hear a second person confirm, as the form does once the password fits."""
    note_confirmation(
        more.get("target", guard[1]), troupe.staff[first], troupe.staff[second], more.get("at", troupe.last)
    )


# Fault planted: was_confirmed() left out of the two policies.
def test_a_statement_that_names_a_second_person_is_not_two_people(troupe: Troupe, guard: tuple[str, UUID]) -> None:
    for second in (None, "hou3", "hou3b"):
        with pytest.raises(ProgrammingError, match="row-level security"):
            ends(troupe, guard, "hou3", troupe.staff.get(second or ""))
    assert troupe.truth(f"SELECT ended_at FROM records_{guard[0]}") == [None]


# Fault planted: each condition of was_confirmed() left out, and the reason of the two policies.
@pytest.mark.parametrize(
    ("first", "second", "more", "by", "named"),
    [
        ("hou3b", "city", {}, "hou3", "city"),  # asked by a colleague
        ("hou3", "city", {}, "hou3", "hou3b"),  # confirmed by another than is named
        ("hou3", "hou3", {}, "hou3", "hou3"),  # by oneself
        ("hou3", "hou3b", {"at": -11 * MINUTE}, "hou3", "hou3b"),  # too long ago
        ("hou3", "hou3b", {"target": UUID(int=7)}, "hou3", "hou3b"),  # for something else
        ("hou3", "hou3b", {"why": ""}, "hou3", "hou3b"),  # without a reason
    ],
)  # fmt: skip
def test_a_confirmation_is_for_one_thing_at_one_persons_asking_and_for_ten_minutes(
    troupe: Troupe, guard: tuple[str, UUID], first: str, second: str, more: dict[str, Any], by: str, named: str
) -> None:
    why, at = more.get("why", "担当が替わった"), troupe.last + more.get("at", 0 * MINUTE)
    confirmed(troupe, guard, first, second, at=at, target=more.get("target", guard[1]))
    with pytest.raises(ProgrammingError, match="row-level security"):
        ends(troupe, guard, by, troupe.staff[named], why=why)


# Faults planted: `ended_at IS NULL` left out of USING; was_confirmed() made false.
def test_two_people_end_it_once_and_what_has_ended_changes_no_more(troupe: Troupe, guard: tuple[str, UUID]) -> None:
    confirmed(troupe, guard, "hou3", "hou3b", at=troupe.last - 9 * MINUTE)
    assert ends(troupe, guard, "hou3", troupe.staff["hou3b"]) == 1
    assert ends(troupe, guard, "hou3", troupe.staff["hou3b"], why="ほかの理由") == 0
    assert troupe.truth(f"SELECT end_reason, checked_by_id FROM records_{guard[0]}") == [
        ("担当が替わった", troupe.staff["hou3b"])
    ]


# Faults planted: any_confirmed() left out of the policy of links; any confirmation taken.
def test_two_persons_are_parted_by_two_people(troupe: Troupe) -> None:
    one, other = troupe.register("hou3", "A"), troupe.register("hou3", "B")
    for person_ in (one, other):
        troupe.receive("hou3", person_)
    troupe.act("hou3", person.link_persons, first=one, second=other, checked_by=troupe.staff["hou3b"])

    def parted() -> int:
        with troupe.acting("hou3", troupe.last), connection.cursor() as cursor:
            cursor.execute("UPDATE records_personlink SET ended_at = asker_at() WHERE first = %s", [one])
            return int(cursor.rowcount)

    note_confirmation(UUID(int=7), troupe.staff["hou3"], troupe.staff["hou3b"], troupe.last)
    with pytest.raises(ProgrammingError, match="row-level security"):
        parted()
    note_confirmation(other, troupe.staff["hou3"], troupe.staff["hou3b"], troupe.last)
    assert parted() == 1
    assert parted() == 0


# Fault planted: note_confirmation() granted to tasuki_app; the table to tasuki_app.
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT note_confirmation(gen_random_uuid(), asker_staff(), gen_random_uuid(), asker_at())",
        "INSERT INTO second_confirmation VALUES (gen_random_uuid(), asker_staff(), gen_random_uuid(), asker_at())",
        "UPDATE second_confirmation SET second = gen_random_uuid()", "SELECT * FROM second_confirmation",
    ],
)  # fmt: skip
def test_the_role_that_serves_confirms_for_nobody(troupe: Troupe, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        troupe.acting("hou3", troupe.last),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
