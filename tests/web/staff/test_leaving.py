"""T07: who leaves, whose agency or contract ends, whose account is closed, whose role changes: gone at the next request."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.conftest import AUTUMN, Stage
from tests.web.staff.door import person

REASON = "年度の途中の変更"
LIST = "/households/export.csv"
type Way = Callable[[Stage], None]


def _admin(stage: Stage) -> Client:
    stage.appoint("kanri1", "CITY", ["ADMIN"])
    return stage.browser("kanri1")


def _post_of(stage: Stage, key: str) -> object:
    return stage.value(
        "SELECT p.id FROM records_post p JOIN records_staff s ON s.id = p.staff_id WHERE s.key = %s AND p.until IS NULL",
        key,
    )


def by_move(stage: Stage) -> None:
    """人事異動 of today, with a successor."""
    stage.appoint("heir", "HOU3", ["FIRST"])
    staff, heir = (stage.value("SELECT id FROM records_staff WHERE key = %s", key) for key in ("hou3", "heir"))
    assert _admin(stage).post(f"/staff/{staff}/move/", {"successor": str(heir)}).status_code == 302


def by_planned_move(stage: Stage) -> None:
    """A move planned for today by the list."""
    stage.appoint("heir", "HOU3", ["FIRST"])
    heir = stage.value("SELECT id FROM records_staff WHERE key = 'heir'")
    form = {"step": "one", "on": "R8.11.24", "post": str(_post_of(stage, "hou3")), "heir": str(heir)}
    answer = _admin(stage).post("/staff/", form)
    assert answer.status_code == 302, answer.content.decode()


def by_agency(stage: Stage) -> None:
    """The agency was ended with yesterday as its last day."""
    stage.run("UPDATE records_agency SET valid_until = '2026-11-23' WHERE key = 'HOU3'")


def by_contract(stage: Stage) -> None:
    """The contract ended yesterday."""
    stage.run("UPDATE records_agency SET contract_until = '2026-11-23' WHERE key = 'HOU3'")


def by_account(stage: Stage) -> None:
    """利用停止 by the administrator."""
    staff = stage.value("SELECT id FROM records_staff WHERE key = 'hou3'")
    assert _admin(stage).post("/staff/closing/", {"staff": str(staff), "reason": REASON}).status_code == 302


def by_closed_row(stage: Stage) -> None:
    """The account alone was closed, as from the command line; the session's row still lives."""
    stage.run("UPDATE records_account SET is_active = false WHERE login = 'hou3-id'")


# Fault planted: begin_request() without the account.
@pytest.mark.parametrize("way", [by_move, by_planned_move, by_agency, by_contract, by_account, by_closed_row])
def test_whoever_is_no_longer_there_sees_nothing_from_the_next_request_on(stage: Stage, way: Way) -> None:
    who = person(stage, "hou3")
    who.sign_in()
    case = stage.value("SELECT id FROM records_case ORDER BY opened_at LIMIT 1")
    assert who.get(f"/cases/{case}/").status_code == 200
    assert who.get(LIST).status_code == 200
    way(stage)
    for address in (f"/cases/{case}/", LIST, "/", "/search/suggest/"):
        assert who.get(address)["Location"].startswith("/sign-in/"), address
    assert who.post("/consultations/new/", note="まだ書ける?").status_code == 302
    assert stage.value("SELECT count(*) FROM records_draft WHERE body::text LIKE '%%まだ書ける%%'") == 0


@pytest.mark.parametrize("way", [by_agency, by_contract, by_account])
def test_whoever_is_no_longer_there_does_not_come_in_again(stage: Stage, way: Way) -> None:
    who = person(stage, "hou3")
    who.sign_in()
    way(stage)
    who.sign_in()
    assert who.get("/")["Location"].startswith("/sign-in/")


def test_a_changed_role_counts_from_the_next_request_on(stage: Stage) -> None:
    stage.appoint("kanri2", "CITY", ["ADMIN", "COORD"])
    browser = stage.browser("kanri2")
    assert browser.get("/settings/").status_code == 200
    stage.run(
        "UPDATE records_post SET sets = '{COORD}' WHERE staff_id = (SELECT id FROM records_staff WHERE key = 'kanri2')"
    )
    assert browser.get("/settings/").status_code == 404
    assert browser.get("/staff/").status_code == 404


def test_one_post_of_two_ends_alone(stage: Stage) -> None:
    who = person(stage, "hou3")
    stage.run(
        "INSERT INTO records_post (id, municipality_id, staff_id, agency_id, roles, sets, area, since) SELECT gen_random_uuid(),"
        " s.municipality_id, s.id, g.id, '{}', '{FIRST}', '', '2000-01-01' FROM records_staff s, records_agency g"
        " WHERE s.key = 'hou3' AND g.key = 'HUB'"
    )
    who.sign_in()
    first, second = (
        str(stage.value(
            "SELECT p.id FROM records_post p JOIN records_staff s ON s.id = p.staff_id JOIN records_agency g ON g.id = p.agency_id"
            " WHERE s.key = 'hou3' AND g.key = %s", key,
        )) for key in ("HOU3", "HUB")
    )  # fmt: skip
    who.post("/posts/", post=first)
    assert who.get("/").status_code == 200
    stage.run("UPDATE records_post SET until = %s WHERE id = %s", AUTUMN, first)
    assert who.get("/").status_code == 302
    assert who.get("/posts/").status_code == 200  # the person is still at the door, and has another post
    who.post("/posts/", post=second)
    assert who.get("/").status_code == 200
