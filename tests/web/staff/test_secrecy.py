"""守秘の確認: a contractor's worker acknowledges secrecy once a 年度; before it nothing of anybody is served to that post (1.10)."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tasuki.actions.sign_in import owed
from tasuki.records import asker
from tasuki.records.asker import bind_session
from tasuki.rules.calendar import JST
from tasuki.rules.staff import SECRECY_LAW
from tests.web.conftest import AUTUMN, Stage
from tests.web.staff.door import Person, person

PAGE = "/posts/secrecy/?"
LAST = dt.datetime(2027, 3, 31, 23, 59, 59, tzinfo=JST)
APRIL = dt.datetime(2027, 4, 1, tzinfo=JST)


@pytest.fixture
def worker(stage: Stage) -> Person:
    """Somebody of a contracted centre, who has signed in and acknowledged nothing this 年度."""
    who = person(stage, "hou3")
    stage.run("DELETE FROM records_acknowledgment")
    who.sign_in()
    return who


def served(who: Person, now: dt.datetime = AUTUMN) -> int:
    """Return how many people the database shows to the session, whatever the application says of it."""
    with transaction.atomic(), connection.cursor() as cursor:
        bind_session(who.key_of_session(), now)
        cursor.execute("SELECT count(*) FROM records_person")
        return int(cursor.fetchone()[0])


# Faults planted: `IF owes_acknowledgment(who) …` left out of begin_request() and the question of bind_session() with it;
# the way to the page left out of to_the_door().
def test_the_first_page_of_the_post_is_the_acknowledgment_and_leads_back_to_where_one_was(worker: Person) -> None:
    answer = worker.get("/households/")
    assert answer["Location"] == f"{PAGE}next=%2Fhouseholds%2F"
    page = worker.get(answer["Location"]).content.decode()
    assert SECRECY_LAW in page
    assert "令和8年度" in page
    assert "西地域包括支援センター" in page
    assert worker.post(answer["Location"])["Location"] == "/households/"
    assert worker.get("/households/").status_code == 200
    assert served(worker) > 0
    assert worker.get("/posts/secrecy/?next=/households/")["Location"] == "/households/"  # asked once


# Fault planted: acknowledge_secrecy() with '' for the words.
def test_what_was_shown_is_kept_with_who_for_whom_and_when(stage: Stage, worker: Person) -> None:
    worker.post(PAGE)
    (kept,) = stage.column("SELECT to_jsonb(k) FROM records_acknowledgment k")
    assert isinstance(kept, dict)
    assert SECRECY_LAW in kept["wording"]
    assert "SNS" in kept["wording"]
    assert (kept["fiscal_year"], dt.datetime.fromisoformat(kept["at"])) == (2026, AUTUMN)
    assert (
        stage.value("SELECT count(*) FROM records_doorline WHERE what = 'SECRECY' AND account = %s", worker.account)
        == 1
    )


# Fault planted: `IF owes_acknowledgment(who) …` left out of begin_request().
def test_the_database_alone_serves_nobody_to_who_has_not_acknowledged(
    worker: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asker, "owes_acknowledgment", lambda **_: False)
    assert served(worker) == 0
    assert worker.get("/households/").status_code == 302
    worker.post(PAGE)
    assert served(worker) > 0


# Fault planted: the question of bind_session() left out.
def test_the_application_alone_serves_nobody_either(stage: Stage, worker: Person) -> None:
    stage.run(
        "CREATE OR REPLACE FUNCTION owes_acknowledgment(a asker_binding) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER"
        " SET search_path = public, pg_temp AS 'SELECT false'"
    )
    assert served(worker) > 0  # the database has been broken on purpose
    assert worker.get("/households/").status_code == 302
    assert "records" not in worker.get("/households/").content.decode()


# Faults planted: the 年度 left out of owes_acknowledgment() and of the rule; fiscal_year_of() without its three months.
def test_it_is_asked_again_from_1_april_and_not_a_second_before(worker: Person) -> None:
    worker.now = LAST - dt.timedelta(minutes=5)
    worker.post("/sign-out/")
    worker.sign_in()
    worker.post(PAGE)
    worker.now = LAST
    assert worker.get("/").status_code == 200
    worker.now = APRIL
    assert worker.get("/")["Location"].startswith(PAGE)
    assert "令和9年度" in worker.get(PAGE).content.decode()
    worker.post(PAGE)
    assert worker.get("/").status_code == 200


# Fault planted: `g.mode = '委託'` left out of owes_acknowledgment() and the mode of the rule with it.
def test_an_office_of_the_city_is_not_asked(stage: Stage) -> None:
    who = person(stage, "hub")
    stage.run("DELETE FROM records_acknowledgment")
    who.sign_in()
    assert who.get("/").status_code == 200


# Fault planted: town_asks_secrecy() without its setting; the same in told_asker().
def test_a_town_may_not_ask_and_says_it_in_its_own_words(stage: Stage, worker: Person) -> None:
    def settle(body: str) -> None:
        stage.run(
            "INSERT INTO records_setting (id, municipality_id, section, body, since, changed_by, reason)"
            " SELECT %s, id, 'secrecy', %s::jsonb, clock_timestamp(), '', '' FROM records_municipality",
            uuid4(), body,
        )  # fmt: skip

    settle('{"asked_yearly": true, "wording": ["情報セキュリティ研修の手引きを守ります。"]}')
    page = worker.get(PAGE).content.decode()
    assert "情報セキュリティ研修の手引きを守ります。" in page
    assert "SNS" not in page
    assert SECRECY_LAW in page  # the law is no local choice
    settle('{"asked_yearly": false}')
    assert worker.get("/households/").status_code == 200


# Fault planted: `k.staff_id = a.staff` left out of owes_acknowledgment(), and of told_asker().
def test_the_acknowledgment_of_a_colleague_does_not_count(stage: Stage, worker: Person) -> None:
    stage.appoint("colleague", "HOU3", ["FIRST"])
    assert stage.browser("colleague").get("/").status_code == 200  # a browser of the stage acknowledges
    assert worker.get("/")["Location"].startswith(PAGE)


# Fault planted: _kept() left out where the 守秘の確認 is owed.
def test_what_was_being_written_at_the_turn_of_the_year_is_kept(stage: Stage, worker: Person) -> None:
    worker.now = LAST - dt.timedelta(minutes=5)
    worker.post("/sign-out/")
    worker.sign_in()
    worker.post(PAGE)
    worker.now = APRIL
    told = "バス停のベンチに、昼間ずっと座っている子がいる。"
    answer = worker.post("/notices/leave/", text=told)
    assert answer["Location"].startswith(PAGE)
    assert told in str(stage.value("SELECT body FROM records_draft ORDER BY saved_at DESC LIMIT 1"))


# Fault planted: the living session's conditions left out of secrecy_owed().
def test_a_session_that_has_ended_acknowledges_nothing(stage: Stage, worker: Person) -> None:
    key = worker.key_of_session()
    worker.post("/sign-out/")
    assert owed(session_key=key, now=AUTUMN) is None
    assert stage.value("SELECT count(*) FROM records_acknowledgment") == 0


# Fault planted: GRANT INSERT to tasuki_app in the policy.
def test_the_role_that_serves_writes_none(worker: Person) -> None:
    worker.post(PAGE)
    with transaction.atomic(), connection.cursor() as cursor:
        bind_session(worker.key_of_session(), AUTUMN)
        statement = (
            "INSERT INTO records_acknowledgment (id, municipality_id, staff_id, agency_id, fiscal_year, at, wording)"
            " SELECT gen_random_uuid(), asker_municipality(), asker_staff(), asker_agency(), 2027, asker_at(), ''"
        )
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute(statement)


# Fault planted: `fiscal_year = …` left out of the list.
def test_the_administrator_sees_who_has_not_acknowledged_this_year(stage: Stage, worker: Person) -> None:
    stage.appoint("kanri1", "CITY", ["ADMIN"])
    office = stage.browser("kanri1")
    stage.run(
        "INSERT INTO records_acknowledgment (id, municipality_id, staff_id, agency_id, fiscal_year, at, wording)"
        " SELECT gen_random_uuid(), p.municipality_id, p.staff_id, p.agency_id, 2025, '2025-05-01', '' FROM records_post p"
    )

    def said(name: str) -> str:
        page = office.get("/settings/staff/").content.decode()
        return page.split(f"<strong>{name}</strong>")[1].split("</tr>")[0]

    name = str(stage.value("SELECT name FROM records_staff WHERE key = 'hou3'"))
    assert "まだ" in said(name)
    worker.post(PAGE)
    assert "まだ" not in said(name)
    assert "R8.11.24" in said(name)
