"""Whoever lives at one address stands with it once on the page of their family, and nobody is told to live with who is hidden."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tasuki.queries.case import Member
from tasuki.web.case.one_family import with_homes


def member(name: str, address: str | None, phone: str | None = None) -> Member:
    return Member(
        uuid4(), name, "", "", "1950", "", "", lives_with=True, labels=[], key_person=False, died_on="", language="", ground="HOLDER",
        address=address, phone=phone, guarded=False, in_case=True, version=1,
    )  # fmt: skip


# Faults planted: the name of whoever stands just above; the telephone not compared; who has nothing to show told to live with another such.
@pytest.mark.parametrize(
    ("people", "told"),
    [
        ([("潮窪 花", "霞浜1", "1"), ("潮窪 実", "霞浜1", "1"), ("潮窪 灯", "霞浜1", "2")], ["", "花", ""]),
        ([("花", "霞浜1", None), ("隠", None, None), ("伏", None, None), ("実", "霞浜1", None)], ["", "", "", "花"]),
        ([("花", "霞浜1", None), ("灯", "霞浜2", None), ("実", "霞浜1", None)], ["", "", "花"]),
    ],
)
def test_what_all_share_is_written_once(people: list[tuple[str, str | None, str | None]], told: list[str]) -> None:
    assert [home for _, home in with_homes([member(*one) for one in people])] == told
