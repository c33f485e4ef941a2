"""参加支援 (T20): on a decided plan that asks for it, where and while the town runs the programme."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from tasuki.actions import municipality, participation, resource
from tasuki.records.pen import Refused
from tests.actions.test_relay import decided
from tests.records.troupe import Troupe

NEXT_YEAR = dt.date(2027, 4, 1)


def ready(troupe: Troupe) -> dict[str, Any]:
    """Carry a case to a decided plan with 参加支援 要, register a host, and return how a step is taken."""
    of, made = decided(troupe)
    troupe.change("UPDATE records_plan SET participation = '要' WHERE id = %s", made)
    host = troupe.act("par", resource.register_resource, key="LIB", name="図書館", is_host=True)
    troupe.consent("hou3", troupe.people["A"], "PAR")
    return {"step": "propose_match", "people": [troupe.people["A"]], "resource": host.pk, "case": of}


def says(troupe: Troupe, area: str, since: dt.date, status: str) -> None:
    """Let the town say where the programme runs from a day on."""
    troupe.act(
        "admin", municipality.set_programme, item="2", areas=[area], since=since, status=status, reason="要綱の改正"
    )


def lives(troupe: Troupe, area: str) -> UUID:
    """Let the person live in an area."""
    troupe.change("UPDATE records_person SET area = %s", area)
    return troupe.people["A"]


# Faults planted: programme_runs() answered with yes; a start that is to come taken; a later end not asked.
def test_participation_starts_only_while_the_town_runs_the_programme(troupe: Troupe) -> None:
    step = ready(troupe)
    troupe.change("DELETE FROM records_programme WHERE item = '2'")
    says(troupe, "すべて", NEXT_YEAR, "実施")
    with pytest.raises(Refused, match="PROGRAMME_NOT_RUNNING"):
        troupe.act("par", participation.take_step, **step)
    says(troupe, "すべて", dt.date(2026, 4, 1), "実施")
    troupe.act("par", participation.take_step, **step)
    says(troupe, "すべて", dt.date(2026, 4, 2), "未実施")
    with pytest.raises(Refused, match="PROGRAMME_NOT_RUNNING"):
        troupe.act("par", participation.take_step, **{**step, "step": "trial"})
    troupe.act("par", participation.take_step, **{**step, "step": "end_participation"})


# Faults planted: the area not asked; the areas above it not asked; nobody without an area let in.
def test_participation_starts_where_the_person_lives_or_in_an_area_above_it(troupe: Troupe) -> None:
    step = ready(troupe)
    (first, second) = troupe.truth("SELECT name FROM records_area ORDER BY position LIMIT 2")
    troupe.change("DELETE FROM records_programme WHERE item = '2'")
    says(troupe, first, dt.date(2026, 4, 1), "実施")
    lives(troupe, second)
    with pytest.raises(Refused, match="PROGRAMME_NOT_RUNNING"):
        troupe.act("par", participation.take_step, **step)
    troupe.change(
        "UPDATE records_area SET parent = (SELECT key FROM records_area WHERE name = %s) WHERE name = %s", first, second
    )
    for area in (second, first, ""):
        lives(troupe, area)
        troupe.act("par", participation.take_step, **step)
