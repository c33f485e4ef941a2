"""保存と廃棄 on screen: a whole story put away, read by the officer alone, and erased by two people."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from django.test import Client

from tasuki.rules.calendar import JST
from tests.paper.test_table import read_csv, read_xlsx
from tests.web.conftest import Stage
from tests.web.test_acts import kept, send

NEXT_YEAR = dt.datetime(2027, 4, 6, 10, 0, tzinfo=JST)
AFTER = dt.datetime(2032, 4, 1, 10, 0, tzinfo=JST)
MAIN = "SELECT id FROM records_case WHERE state <> 'ENDED'"


@pytest.fixture
def over(stage: Stage) -> Stage:
    """Give the played town with its story over: nothing of it goes on."""
    for key, sets in (("priv", ["PRIV"]), ("mgr", ["MGR"])):
        stage.appoint(key, "CITY", sets)
    for statement in (
        "UPDATE records_task SET done_at = now()", "UPDATE records_watch SET ended_at = now()", "UPDATE records_match SET ended_at = now()",
        "UPDATE records_strand SET ended_at = now()", "UPDATE records_protection SET ended_at = now()",
        "UPDATE records_sitting SET state = 'HELD'", "UPDATE records_referral SET state = 'WITHDRAWN' WHERE state = 'OFFERED'",
        "UPDATE records_case SET state = 'CLOSED', ended_at = '2027-01-20'",
    ):  # fmt: skip
        stage.run(statement)
    return stage


def put_away(over: Stage) -> tuple[UUID, Client]:
    """Put the story's case away on screen."""
    case, officer = over.id_of(MAIN), over.browser("priv", NEXT_YEAR)
    send(officer, f"/keepings/{case}/class/", **{"class": "CASE"})
    send(officer, f"/keepings/{case}/archive/")
    return case, officer


def text(answer: object) -> str:
    """Return the words of an answer."""
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]  # an answer of the test's browser


# Fault planted: acts_on_case does not look at KEPT.
def test_what_is_put_away_is_read_by_the_officer_alone_and_offers_no_act(over: Stage) -> None:
    case = over.id_of(MAIN)
    assert over.browser("hub").get(f"/cases/{case}/").status_code == 200
    put, officer = put_away(over)
    page = officer.get(f"/cases/{put}/")
    assert page.status_code == 200, text(page)[:1500]
    assert "潮騒原" in text(page)
    assert [
        slug
        for slug in ("notes", "consents", "bars", "people", "sight", "kinship")
        if f"/cases/{case}/{slug}/" in text(page)
    ] == []
    for who in ("hub", "hou3", "out", "city", "mgr"):
        assert over.browser(who, NEXT_YEAR).get(f"/cases/{case}/").status_code == 404
    assert "潮騒原" not in text(over.browser("hub", NEXT_YEAR).get("/households/?open="))
    read = over.value(
        "SELECT ground FROM records_readline WHERE what = 'case' AND target = %s ORDER BY at DESC LIMIT 1", case
    )
    assert read == "LAW"


# Fault planted: need_keeper lets everybody in.
def test_the_register_shows_numbers_and_no_name_to_officer_and_manager_and_is_not_there_for_others(over: Stage) -> None:
    kept(over)
    case, officer = put_away(over)
    number = str(over.value("SELECT number FROM records_keeping WHERE case_id = %s", case))
    pages = ("/keepings/", f"/keepings/{case}/", "/keepings/export.csv")
    for who in ("priv", "mgr"):
        for address in pages:
            answer = over.browser(who, NEXT_YEAR).get(address)
            assert answer.status_code == 200, (who, address)
            shown = answer.content.decode("utf-8-sig")
            assert number in shown
            assert "潮騒原" not in shown
    for who in ("hub", "hou3", "city"):
        assert [over.browser(who, NEXT_YEAR).get(one).status_code for one in pages] == [404] * 3
    assert number in text(officer.get(f"/keepings/?q={number}"))
    assert number not in text(officer.get("/keepings/?stage=DUE"))
    assert number not in text(officer.get("/keepings/?stayed=YES&stage="))
    assert number in text(officer.get("/keepings/?stage=KEPT&stayed=&order=ended&down=1"))
    assert number in str(read_csv(officer.get("/keepings/export.csv?stage=").content))
    assert number in str(read_xlsx(officer.get("/keepings/export.xlsx").content))


# Fault planted: records_sitting left out of erase_case.
def test_a_whole_story_is_erased_by_two_people_and_the_footprint_stays(over: Stage) -> None:
    case, _ = put_away(over)
    number = str(over.value("SELECT number FROM records_keeping"))
    early = over.browser("priv", AFTER - dt.timedelta(days=1)).post(f"/keepings/{case}/proposal/")
    assert early.status_code == 422
    assert 'data-code="STILL_TO_BE_KEPT"' in text(early)
    officer, manager = over.browser("priv", AFTER), over.browser("mgr", AFTER)
    send(officer, f"/keepings/{case}/proposal/")
    assert f"/keepings/{case}/disposal/" in text(manager.get(f"/keepings/{case}/"))
    assert f"/keepings/{case}/disposal/" not in text(officer.get(f"/keepings/{case}/"))
    lines = over.value("SELECT count(*) FROM records_readline")
    wrong = manager.post(f"/keepings/{case}/disposal/", {"approval": "福第12号", "number": "受2026-0"})
    assert wrong.status_code == 422
    assert 'data-code="NUMBER_DIFFERS"' in text(wrong)
    send(manager, f"/keepings/{case}/disposal/", approval="福第12号", number=number)
    for word in ("潮騒原", "シオサイバラ", "源造"):
        assert leftovers(over, word) == []
    kinds = over.column("SELECT DISTINCT kind || ' ' || (details ->> 'step') FROM records_record")
    assert kinds == ["PARTICIPATION host_follow_up"]  # about a host; nobody stands in it
    for table in ("person", "plan", "agendaitem", "sitting", "consent", "referral"):
        assert over.value(f"SELECT count(*) FROM records_{table}") == 0, table
    assert over.value("SELECT count(*) FROM records_readline") >= lines  # type: ignore[operator]  # counts
    for who in (officer, manager):
        page = text(who.get(f"/keepings/{case}/"))
        assert "福第12号" in page
        assert who.get(f"/cases/{case}/").status_code == 404


def leftovers(stage: Stage, word: str) -> list[str]:
    """Return the tables in which a word still stands, wherever in a row."""
    tables = [str(one) for one in stage.column("SELECT tablename::text FROM pg_tables WHERE tablename ^@ 'records_'")]
    return [
        t for t in tables if stage.value(f"SELECT count(*) FROM {t} x WHERE position(%s IN x::text) > 0", word) != 0
    ]


# Fault planted: buttons() does not look at the stay.
def test_a_stay_is_set_and_lifted_on_screen_and_its_reason_is_the_officers(over: Stage) -> None:
    case, officer = put_away(over)
    told = {"kind": "DISCLOSURE_REQUEST", "reason": "開示請求 受付3号", "since": "R9.4.6"}
    send(officer, f"/keepings/{case}/stays/", **told)
    page = text(officer.get(f"/keepings/{case}/"))
    assert told["reason"] in page
    assert f"/keepings/{case}/proposal/" not in text(over.browser("priv", AFTER).get(f"/keepings/{case}/"))
    manager = text(over.browser("mgr", NEXT_YEAR).get(f"/keepings/{case}/"))
    assert "止めている" in manager
    assert told["reason"] not in manager
    stay = over.id_of("SELECT id FROM records_stay")
    refused = over.browser("priv", AFTER).post(f"/keepings/{case}/proposal/")
    assert 'data-code="STAYED"' in text(refused)
    send(officer, f"/stays/{stay}/lift/", reason="開示が済んだ")
    assert "止めている" not in text(officer.get(f"/keepings/{case}/"))
    assert f"/keepings/{case}/proposal/" in text(over.browser("priv", AFTER).get(f"/keepings/{case}/"))


# Fault planted: buttons() does not look at what remains.
def test_what_still_goes_on_is_named(over: Stage) -> None:
    over.run(
        "UPDATE records_task SET done_at = NULL WHERE id = (SELECT id FROM records_task WHERE case_id IS NOT NULL LIMIT 1)"
    )
    case, officer = over.id_of(MAIN), over.browser("priv", NEXT_YEAR)
    send(officer, f"/keepings/{case}/class/", **{"class": "CASE"})
    page = text(officer.get(f"/keepings/{case}/"))
    assert "済んでいない約束" in page
    assert f"/keepings/{case}/archive/" not in page
    refused = officer.post(f"/keepings/{case}/archive/")
    assert 'data-code="REMAINS_TASK"' in text(refused)
