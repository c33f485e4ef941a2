"""The family picture on the case page: of another day, and for each viewer only what that viewer may see."""

from __future__ import annotations

import datetime as dt
import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.web.conftest import AUTUMN, Stage

PICTURE = re.compile(r'<section class="section part-family".*?</section>', re.DOTALL)


def _case(stage: Stage) -> object:
    return stage.id_of("SELECT id FROM records_case WHERE hub_id IS NOT NULL ORDER BY opened_at LIMIT 1")


def _household(stage: Stage) -> list[object]:
    return stage.column(
        "SELECT p.id FROM records_person p JOIN records_case c ON c.household_id = p.household_id WHERE c.id = %s"
        " ORDER BY p.born, p.id",
        _case(stage),
    )


def picture(browser: Client, stage: Stage, at: str = "") -> str:
    """Return the section of the picture as the browser gets it."""
    answer = browser.get(f"/cases/{_case(stage)}/", {"at": at} if at else {})
    assert answer.status_code == 200
    found = PICTURE.search(answer.content.decode())
    assert found is not None
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", found[0])  # another one for every answer


def people(section: str) -> list[str]:
    return re.findall(r'data-member="([0-9a-f-]+)"', section)


# Fault planted: `m.moved_at < %(then)s` taken out of the query.
def test_the_picture_of_an_earlier_day_leaves_out_who_came_later(stage: Stage) -> None:
    came = str(_household(stage)[-1])
    stage.run(
        "UPDATE records_householdmove SET moved_at = %s WHERE person_id = %s", AUTUMN - dt.timedelta(days=20), came
    )
    browser = stage.browser("hub")
    before = (AUTUMN - dt.timedelta(days=21)).date().isoformat()
    assert came in people(picture(browser, stage))
    earlier = picture(browser, stage, before)
    assert came not in people(earlier)
    assert people(earlier)
    assert "いまの記録によります" in earlier


def test_somebody_who_left_the_household_is_in_the_picture_of_before(stage: Stage) -> None:
    left = _household(stage)[-1]
    other = _copied(stage, "records_household", _of("household_id", stage, left))
    stage.run("UPDATE records_person SET household_id = %s WHERE id = %s", other, left)
    browser = stage.browser("hub")
    assert str(left) not in people(picture(browser, stage))
    assert str(left) in people(picture(browser, stage, (AUTUMN - dt.timedelta(days=9)).date().isoformat()))


def test_a_death_is_drawn_from_its_day_on(stage: Stage) -> None:
    dead = _household(stage)[0]
    stage.run("UPDATE records_person SET died_on = %s WHERE id = %s", "2026-11-10", dead)
    browser = stage.browser("hub")
    assert "令和8年没" in picture(browser, stage)
    assert "令和8年没" not in picture(browser, stage, "R8.11.9")


@pytest.mark.parametrize(("typed", "said"), [("きのう", "日付として読めません"), ("R9.1.1", "これからの日")])
def test_a_day_that_cannot_be_shown_shows_today_and_says_why(stage: Stage, typed: str, said: str) -> None:
    browser = stage.browser("hub")
    shown = picture(browser, stage, typed)
    assert said in shown
    assert people(shown) == people(picture(browser, stage))


# Fault planted: one shape more, without a name of its own, when the household has somebody unseen.
@pytest.mark.parametrize("at", ["", "R8.11.1"])
def test_the_picture_does_not_change_with_a_member_whom_its_viewer_does_not_see(stage: Stage, at: str) -> None:
    browser = stage.browser("hub")
    before = picture(browser, stage, at)
    seen = _household(stage)[0]
    hidden = _copied(stage, "records_person", seen)
    stage.run("UPDATE records_person SET identity = id, name = '朧沢 隠', key_person = true WHERE id = %s", hidden)
    move = stage.id_of("SELECT id FROM records_householdmove WHERE person_id = %s", seen)
    stage.run(
        "UPDATE records_householdmove SET person_id = %s WHERE id = %s",
        hidden,
        _copied(stage, "records_householdmove", move),
    )
    answer = browser.get(f"/cases/{_case(stage)}/").content.decode()
    assert "見えない同居の方 1名" in answer
    assert str(hidden) not in answer
    assert "隠" not in answer
    assert picture(browser, stage, at) == before


def _copied(stage: Stage, table: str, row: object) -> UUID:
    """Copy one row under a new id."""
    columns = stage.value(
        "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
        " WHERE table_name = %s AND column_name <> 'id'",
        table,
    )
    made = uuid4()
    stage.run(f"INSERT INTO {table} (id, {columns}) SELECT %s, {columns} FROM {table} WHERE id = %s", made, row)
    return made


def _of(column: str, stage: Stage, person: object) -> object:
    return stage.value(f"SELECT {column} FROM records_person WHERE id = %s", person)
