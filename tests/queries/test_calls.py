"""The number of a telephone call: kept with the note, and told to who may see the telephone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tasuki.actions import case, disclosure
from tasuki.queries.choices import phones
from tasuki.queries.record import Chosen, record, records
from tasuki.records.pen import Refused
from tests.records.troupe import Troupe

NUMBER = "090-0000-4101"


@pytest.fixture
def called(troupe: Troupe) -> tuple[UUID, UUID, UUID]:
    """Receive a mother, with a telephone, and her son; let the hub see both; note a call. Gives mother, case and note."""
    mother = troupe.register("hou3", "A", phone=NUMBER)
    son = troupe.register("hou3", "B", "霧ヶ洞 吉継", household="A")
    in_case = troupe.receive("hou3", mother, son)
    for one in (mother, son):
        troupe.consent("hou3", one, "HUB")
    note = case.Note(text="明日うかがう約束", call="MADE", number=NUMBER)
    return mother, in_case, troupe.act("hou3", case.note, case=in_case, people=[mother, son], what=note).pk


def heard(troupe: Troupe, who: str, of: tuple[UUID, UUID, UUID]) -> list[tuple[Any, str]]:
    """Return the direction and the number that somebody reads of the note: in the list of the case, and alone."""
    with troupe.acting(who, troupe.last):
        listed = [one for one in records(of[1], [of[0]], Chosen()) if one.id == of[2]]
        return [(one.details.get("call"), one.number) for one in (*listed, record(of[2]))]


# Faults planted: the details not written; the method left as it was.
def test_a_call_is_kept_with_its_direction_and_number_and_counts_as_by_telephone(
    troupe: Troupe, called: tuple[UUID, UUID, UUID]
) -> None:
    assert heard(troupe, "hub", called) == [("MADE", NUMBER)] * 2
    assert troupe.truth("SELECT method FROM records_record WHERE id = %s", called[2]) == ["電話"]


# Faults planted: the number told with the record, whoever reads it; the protection of one person asked only.
def test_a_number_is_not_told_once_the_telephone_is_protected(troupe: Troupe, called: tuple[UUID, UUID, UUID]) -> None:
    troupe.act("hou3", disclosure.protect_address, people=[called[0]], note="支援措置")
    assert heard(troupe, "hou3", called) == [("MADE", NUMBER)] * 2
    assert heard(troupe, "hub", called) == [("MADE", "")] * 2
    with troupe.acting("hub", troupe.last) as by:
        assert by
        assert phones([called[0]]) == []


# Fault planted: the protection not asked by the act.
def test_no_number_is_kept_of_somebody_who_is_protected(troupe: Troupe, called: tuple[UUID, UUID, UUID]) -> None:
    troupe.act("hou3", disclosure.protect_address, people=[called[0]], note="支援措置")
    before = troupe.truth("SELECT count(*) FROM records_record")
    with pytest.raises(Refused) as told:
        troupe.act(
            "hou3",
            case.note,
            case=called[1],
            people=[called[0]],
            what=case.Note(text="電話", call="MADE", number=NUMBER),
        )
    assert told.value.refusal.code == "NUMBER_PROTECTED"
    assert troupe.truth("SELECT count(*) FROM records_record") == before
    troupe.act("hou3", case.note, case=called[1], people=[called[0]], what=case.Note(text="電話", call="TAKEN"))


# Fault planted: the numbers not taken from the contacts.
def test_known_numbers_are_offered_with_whose_they_are_to_who_may_see_them(
    troupe: Troupe, called: tuple[UUID, UUID, UUID]
) -> None:
    for who, count in (("hou3", 1), ("hub", 1), ("jiritsu", 0)):
        with troupe.acting(who, troupe.last) as by:
            assert by
            assert [(one.value, one.label) for one in phones([called[0]])] == [(NUMBER, "霧ヶ洞 とみ")] * count
