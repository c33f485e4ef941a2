"""経過: chosen by agency, kind and person, seen from years down to days."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from tasuki.records.asker import bind_rehearsal
from tests.web.conftest import AUTUMN, Stage

CASE = "SELECT id FROM records_case WHERE hub_id IS NOT NULL ORDER BY opened_at LIMIT 1"
AGENCY = "SELECT id FROM records_agency WHERE key = 'OUT'"
STORY = re.compile(r'<section class="section part-timeline".*?</section>', re.DOTALL)
LINE = re.compile(r'<li class="record.*?</li>', re.DOTALL)


def shown(stage: Stage, **asked: str) -> tuple[str, list[str]]:
    """Return the section of the timeline and the lines of the records."""
    answer = stage.browser("hub").get(f"/cases/{stage.id_of(CASE)}/", asked)
    assert answer.status_code == 200
    body = answer.content.decode()
    found = STORY.search(body)
    assert found is not None
    return found[0], LINE.findall(body)


def marks(section: str) -> int:
    return section.count('class="mark"')


# Fault planted: the marks of a page of records instead of all; `agency` left out of the marks.
def test_choosing_an_agency_or_a_kind_chooses_marks_and_lines(stage: Stage) -> None:
    everything, lines = shown(stage)
    name = stage.value("SELECT name FROM records_agency WHERE key = 'OUT'")
    section, chosen = shown(stage, agency=str(stage.id_of(AGENCY)))
    assert 0 < marks(section) < marks(everything)
    assert 0 < len(chosen) < len(lines)
    assert all(str(name) in line for line in chosen)
    visits, of_visits = shown(stage, kind="VISIT")
    assert 0 < marks(visits) < marks(everything)
    assert all("訪問" in line for line in of_visits)


# Fault planted: the kind of a record said again by its mark.
def test_a_mark_says_its_kind_once(stage: Stage) -> None:
    said = re.findall(r"<title>\d+月\d+日 (.+?)</title>", shown(stage)[0])
    assert any(one.startswith("訪問 ") for one in said)
    assert [one for one in said if re.match(r"(\S+) \1 ", one)] == []


# Fault planted: `person` left out of the query of the marks, of the lines.
def test_choosing_a_person_leaves_what_is_about_others_away(stage: Stage) -> None:
    who = str(stage.id_of("SELECT id FROM records_person WHERE name = '潮騒原 髙恵'"))
    everything, _ = shown(stage)
    _, lines = shown(stage, page="2")
    section, _ = shown(stage, person=who)
    _, chosen = shown(stage, person=who, page="2")
    assert 0 < marks(section) < marks(everything)
    assert len(chosen) < len(lines)


def test_what_is_no_choice_finds_nothing_and_says_how_to_see_all(stage: Stage) -> None:
    section, lines = shown(stage, kind="NEVER")
    assert lines == []
    assert marks(section) <= 2  # what is to come stands


# Fault planted: windows that do not move; a window that cuts the sash off where it opens.
@pytest.mark.parametrize(("span", "least"), [("year", 8), ("season", 2), ("month", 0)])
def test_a_shorter_part_shows_fewer_marks_and_keeps_the_sash(stage: Stage, span: str, least: int) -> None:
    everything, _ = shown(stage)
    section, _ = shown(stage, span=span)
    assert least <= marks(section) < marks(everything)
    assert 'class="sash-line"' in section
    assert ("前へ" in section) == (span != "year")  # the case is younger than a year
    earlier = span != "year" and re.search(r"until=(\d{4}-\d\d-\d\d)", section)
    if not earlier:
        return
    before, _ = shown(stage, span=span, until=earlier[1])
    assert "後へ" in before
    assert before != section


@pytest.mark.parametrize("until", ["きのう", "2099-01-01", "0001-01-01"])
def test_a_day_that_is_none_or_far_away_shows_a_part_all_the_same(stage: Stage, until: str) -> None:
    section, _ = shown(stage, span="month", until=until)
    assert "経過" in section


LISTED = "SELECT l.id, l.ground FROM list_records(NULL, %s, '', NULL, NULL, 10000, 0) l"
READ = "SELECT r.id, record_ground(r.id) FROM records_record r WHERE r.id = ANY(%s)"
IN_POST = "SELECT s.id FROM records_staff s JOIN records_post p ON p.staff_id = s.id WHERE p.until IS NULL"


def records_by(who: object, statement: str, about: list[Any]) -> set[tuple[object, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        assert bind_rehearsal(UUID(str(who)), AUTUMN)
        cursor.execute(statement, [about])
        return set(cursor.fetchall())


# Faults planted: what the own agency wrote listed without looking for a bar of its own, of its staff; SITTING among it; for
# who reads no cases.
@pytest.mark.parametrize("barred", ["", "agency_id", "staff_id"])
def test_the_list_of_records_has_what_the_policy_shows_on_the_same_ground(stage: Stage, barred: str) -> None:
    stage.appoint("chief", "HUB", ["MGR"])
    hub = stage.value(
        "SELECT p.staff_id FROM records_post p JOIN records_agency g ON g.id = p.agency_id WHERE g.is_hub LIMIT 1"
    )
    if barred:
        whom = (
            hub if barred == "staff_id" else stage.value("SELECT agency_id FROM records_post WHERE staff_id = %s", hub)
        )
        stage.run(
            f"INSERT INTO records_bar (id, municipality_id, person_id, {barred}, since, end_reason) SELECT gen_random_uuid(),"
            " municipality_id, id, %s, '2026-01-01', '' FROM records_person ORDER BY id LIMIT 1",
            whom,
        )
    people, about = (
        stage.column("SELECT id FROM records_person"),
        stage.column("SELECT DISTINCT record_id FROM records_subject"),
    )
    found = {who: records_by(who, LISTED, people) for who in stage.column(IN_POST)}
    assert found == {who: records_by(who, READ, about) for who in found}
    assert any(found.values())
