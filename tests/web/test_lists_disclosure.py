"""The privacy officer's room, and resources: what exists for whom, what is blacked out, who read whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from tasuki.actions import disclosure, resource
from tasuki.rules.calendar import JST
from tests.web import crowd
from tests.web.conftest import AUTUMN, Stage

ROOMS = ("/emergencies/", "/packs/", "/reads/", "/reads/export.csv")
FATHER = "SELECT id FROM records_person WHERE kana = 'シオサイバラ ゲンゾウ'"


@pytest.fixture
def officer(stage: Stage) -> Client:
    """Give the town's privacy officer."""
    stage.appoint("priv", "HUB", ["PRIV"])
    return stage.browser("priv")


def pack_of(person: UUID) -> UUID:
    with transaction.atomic():
        by = crowd.as_staff("priv", AUTUMN)
        return disclosure.disclose(by=by, now=AUTUMN, people=[person], requester=person).pk


# Fault planted: need_officer taken out of queries.disclosure.reads.
@pytest.mark.parametrize("who", ["hub", "city", "hou3"])
def test_to_all_others_the_room_does_not_exist(stage: Stage, who: str) -> None:
    client = stage.browser(who)
    assert [client.get(address).status_code for address in ROOMS] == [404] * len(ROOMS)


# Fault planted: the names of persons joined into the list.
@pytest.mark.usefixtures("stage")
def test_the_officer_opens_every_page_and_reads_no_name_of_a_person(officer: Client) -> None:
    for address in ROOMS:
        answer = officer.get(address)
        assert answer.status_code == 200, address
        assert "潮騒原" not in answer.content.decode(), address


# Fault planted: reviewed ones listed with the waiting.
def test_an_opening_waits_for_its_review_and_says_when_it_is_late(stage: Stage, officer: Client) -> None:
    daughter = stage.id_of("SELECT id FROM records_person WHERE kana = 'シオサイバラ タカエ'")
    opened = AUTUMN - dt.timedelta(days=5)
    with transaction.atomic():
        by = crowd.as_staff("hou2", opened)
        disclosure.break_glass(
            by=by, now=opened, people=[daughter], reason="救急搬送のため、病名と服薬を病院へ伝える必要がある"
        )
    page = officer.get("/emergencies/").content.decode()
    assert "救急搬送のため" in page
    assert "審査が遅れている" in page
    assert "いま開いている" not in page
    record = stage.id_of("SELECT record_id FROM records_emergency")
    assert f"/emergencies/{record}/review/" in page


# Faults planted: the next day of the calendar instead of the next open day, in 今日 and in the list.
def test_what_is_opened_on_a_friday_evening_is_reviewed_by_the_next_open_day_on_which_the_office_closes(
    stage: Stage,
) -> None:
    stage.appoint("guard", "CITY", ["PRIV"])
    daughter = stage.id_of("SELECT id FROM records_person WHERE kana = 'シオサイバラ タカエ'")
    friday = dt.datetime(2026, 11, 20, 18, 0, tzinfo=JST)  # Monday the 23rd is a holiday
    with transaction.atomic():
        by = crowd.as_staff("hou2", friday)
        disclosure.break_glass(
            by=by, now=friday, people=[daughter], reason="救急搬送のため、病名と服薬を病院へ伝える必要がある"
        )
    for hour, late in ((17, False), (18, True)):
        client = stage.browser("guard", dt.datetime(2026, 11, 24, hour, 0, tzinfo=JST))
        assert ("審査が遅れている" in client.get("/emergencies/").content.decode()) == late
        today = client.get("/").content.decode()
        assert "緊急閲覧の審査" in today
        assert "11/24(火) まで" in today
        assert ("超過" in today) == late


# Fault planted: texts of records with others handed out.
def test_in_a_pack_what_tells_of_others_is_black(stage: Stage, officer: Client) -> None:
    page = officer.get(f"/packs/{pack_of(stage.id_of(FATHER))}/").content.decode()
    assert "主治医に聞いた物忘れの程度と薬の中身" in page
    assert "ほか1名が関わるため黒塗り" in page
    assert "編み物の腕が" not in page


# Fault planted: the footprint of opening a pack left out.
def test_opening_a_pack_is_itself_a_reading_of_that_person(stage: Stage, officer: Client) -> None:
    officer.get(f"/packs/{pack_of(stage.id_of(FATHER))}/")
    assert stage.value(
        "SELECT count(*) FROM records_readline WHERE what = 'pack' AND %s = ANY(persons)", stage.id_of(FATHER)
    ) == 1  # fmt: skip


# Fault planted: the person's id not compared.
def test_who_read_a_person_is_found_by_full_name_and_birthday_only(stage: Stage, officer: Client) -> None:
    stage.browser("hub").get("/households/")
    stage.browser("hou2").get("/households/")
    found = officer.get("/reads/?name=しおさいばら げんぞう&born=S17.9.14").content.decode()
    table = found[found.index("<tbody>") :]
    assert "福祉まるごと室の担当" in table
    stranger = stage.value("SELECT name FROM records_staff WHERE key = 'hou2'")
    assert str(stranger) in officer.get("/reads/").content.decode()
    assert str(stranger) not in table
    for half in ("?name=しおさいばら げんぞう", "?name=しおさいばら&born=S17.9.14"):
        assert "その氏名と生年月日の人は見つかりません" in officer.get(f"/reads/{half}").content.decode()


# Fault planted: a statement for each row's staff.
@pytest.mark.usefixtures("stage")
def test_the_list_of_readings_costs_at_most_twelve_statements(
    officer: Client, statements: Callable[[Client, str], int]
) -> None:
    assert statements(officer, "/reads/") <= 12
    assert statements(officer, "/emergencies/") <= 12


# Fault planted: the clock compared with the day of registration.
def test_a_resource_that_nobody_made_sure_of_stands_first_in_red(stage: Stage) -> None:
    stage.run("UPDATE records_resource SET assured_at = %s", dt.datetime(2026, 4, 1, tzinfo=JST))
    with transaction.atomic():
        by = crowd.as_staff("hou3", AUTUMN)
        resource.register_resource(by=by, now=AUTUMN, key="", name="浜の湯", kind="居場所")
        resource.register_gap(by=by, now=AUTUMN, key="", need="夜に開いている居場所", area="西圏域")
    page = stage.browser("hou3").get("/resources/").content.decode()
    assert "237日前" in page
    assert page.index("糸と針の朝市") < page.index("浜の湯")
    assert "夜に開いている居場所" in page
    assert "資源開発を始める" in page
    assert "資源開発を始める" not in stage.browser("city").get("/resources/").content.decode()
    only = stage.browser("hou3").get("/resources/?due=STALE&area=&agency=&kind=").content.decode()
    assert "浜の湯" not in only


PROVIDED = {"to": "架空県警察 霞浜署", "basis": "刑事訴訟法第197条第2項", "what": "8月3日の訪問の有無だけ"}


# Faults planted: the list without its footprint (the door then shows no page at all); the file without its footprint.
def test_the_register_of_provisions_names_people_to_who_sees_them_and_numbers_to_the_officer(stage: Stage) -> None:
    stage.appoint("priv", "CITY", ["PRIV"])
    stage.appoint("mgr", "CITY", ["MGR"])
    case = stage.id_of("SELECT id FROM records_case")
    person = stage.id_of("SELECT id FROM records_person ORDER BY born LIMIT 1")
    hub = stage.browser("hub")
    assert hub.post(f"/cases/{case}/provisions/", {**PROVIDED, "people": person}).status_code == 302
    mine, officer = (stage.browser(who).get("/provisions/").content.decode() for who in ("hub", "priv"))
    name = str(stage.value("SELECT name FROM records_person WHERE id = %s", person))
    assert all(text in mine for text in (*PROVIDED.values(), name))
    assert PROVIDED["to"] in officer
    assert PROVIDED["basis"] in officer
    assert name not in officer
    assert PROVIDED["what"] not in officer
    assert stage.browser("mgr").get("/provisions/").status_code == 404
    assert PROVIDED["to"] not in stage.browser("hou2").get("/provisions/").content.decode()
    read = "SELECT count(*) FROM records_readline WHERE what = 'provisions' AND staff = %s AND %s = ANY(persons)"
    asker = stage.value("SELECT id FROM records_staff WHERE key = 'hub'")
    assert stage.value(read, asker, person) == 1
    file = b"".join(hub.get("/provisions/export.csv")).decode("utf-8-sig")
    assert name in file
    assert (
        stage.value("SELECT count(*) FROM records_readline WHERE what = 'provisions.csv' AND %s = ANY(persons)", person)
        == 1
    )
    assert "架空県警察" in hub.get("/provisions/?q=警察").content.decode()
    assert "架空県警察" not in hub.get("/provisions/?q=税務署").content.decode()
