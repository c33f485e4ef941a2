"""Codes that the database, the contract and the words of the screens know by heart: each is written as it is called."""

from enum import StrEnum
from types import ModuleType

import pytest

from tasuki.rules import audit, case, codes, consultation, kinship, permission, plan, referral, request

SPELT_OTHERWISE = {"Decider"}  # the town's profile writes city_after


def enums(room: ModuleType) -> list[type[StrEnum]]:
    """Return the codes that a room defines."""
    found = [one for one in vars(room).values() if isinstance(one, type) and issubclass(one, StrEnum)]
    return [one for one in found if one.__module__ == room.__name__ and one.__name__ not in SPELT_OTHERWISE]


# Fault planted: CHAIN_BROKEN and MANY spelt otherwise in rules/audit.py; COMMON_LAW in rules/kinship.py.
@pytest.mark.parametrize("room", [audit, case, codes, consultation, kinship, permission, plan, referral, request])
def test_a_code_is_written_as_it_is_called(room: ModuleType) -> None:
    assert enums(room)
    assert [one for enum in enums(room) for one in enum if one.value != one.name] == []


def test_who_wrote_of_somebody_is_shown_as_their_holder_and_every_other_ground_as_itself() -> None:
    assert {one.value: one.shown for one in codes.Ground if one.shown != one.value} == {"WROTE": "HOLDER"}


# Fault planted: OUTREACH spelt otherwise in PLANNERS.
def test_somebody_may_write_each_kind_of_plan() -> None:
    assert set(permission.PLANNERS) == set(plan.PlanKind)
