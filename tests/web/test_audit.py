"""The auditor's screens: the report to a person, unusual reading, and the question after very many people (T28)."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tasuki.web.disclosure.rows import DOORS, what
from tests.house.source import ROOT
from tests.web import crowd
from tests.web.conftest import AUTUMN, Stage
from tests.web.test_footprint import last_line

FATHER = "SELECT id FROM records_person WHERE kana = 'シオサイバラ ゲンゾウ'"
NIGHT = AUTUMN.replace(hour=23)
ROOMS = ("/reads/unusual/", "/reads/unusual/export.csv", "/reads/people/{}/", "/reads/people/{}/report.pdf")


@pytest.fixture
def officer(stage: Stage) -> Client:
    """Give the town's privacy officer."""
    stage.appoint("priv", "HUB", ["PRIV"])
    return stage.browser("priv")


def case_of(stage: Stage) -> UUID:
    return stage.id_of("SELECT id FROM records_case WHERE hub_id IS NOT NULL LIMIT 1")


def setting(stage: Stage, body: str) -> None:
    stage.run(
        "INSERT INTO records_setting (id, municipality_id, section, body, since, changed_by, reason) SELECT gen_random_uuid(), id,"
        " 'audit', %s::jsonb, '2026-04-01', '', '' FROM records_municipality",
        body,
    )


def names_of_readings() -> list[str]:
    """Give each name under which the pages note that somebody was read, as it stands in their source."""
    found = set()
    for file in (ROOT / "tasuki/web").rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {
                "note_reading",
                "note_list",
                "_file",
                "Listing",
            }:
                said = [
                    a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str) and a.value
                ]
                found.update(said[:1])
    return sorted(name for name in found if re.fullmatch(r"[a-z-]+", name) and name not in DOORS)


# Fault planted: "case-sight" and "provisions" without words, as they stood among the readings once.
@pytest.mark.parametrize("name", names_of_readings())
def test_every_reading_is_told_in_words(name: str) -> None:
    assert not what(name).isascii()


# Fault planted: need_officer taken out of queries.audit.unusual and of report.
@pytest.mark.parametrize("who", ["hub", "city", "hou3"])
def test_to_all_others_the_room_does_not_exist(stage: Stage, who: str) -> None:
    client, father = stage.browser(who), stage.id_of(FATHER)
    assert [client.get(room.format(father)).status_code for room in ROOMS] == [404] * len(ROOMS)


# Fault planted: linked numbers not followed in reads_of().
def test_the_report_says_who_read_somebody_when_what_and_on_which_ground(stage: Stage, officer: Client) -> None:
    father = stage.id_of(FATHER)
    stage.browser("hub").get(f"/cases/{case_of(stage)}/")
    page = officer.get(f"/reads/people/{father}/").content.decode()
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    assert "10:05" in table
    assert "世帯のページ（画面）" in table
    assert "福祉まるごと室の担当" not in table
    assert "潮騒原" not in page
    twin = uuid4()
    stage.run(
        "INSERT INTO records_person SELECT (jsonb_populate_record(p, jsonb_build_object('id', %s::text))).* FROM records_person p"
        " WHERE id = %s", str(twin), father,
    )  # fmt: skip
    assert "世帯のページ" in officer.get(f"/reads/people/{twin}/").content.decode()
    assert officer.get(f"/reads/people/{uuid4()}/").status_code == 404


# Fault planted: report_names not read from the setting.
def test_names_of_staff_stand_in_the_report_where_the_town_says_so(stage: Stage, officer: Client) -> None:
    stage.browser("hub").get(f"/cases/{case_of(stage)}/")
    setting(stage, '{"report_names": true}')
    assert "福祉まるごと室の担当" in officer.get(f"/reads/people/{stage.id_of(FATHER)}/").content.decode()


# Fault planted: the report noted without the person.
def test_the_report_is_printed_and_is_itself_noted(stage: Stage, officer: Client) -> None:
    father = stage.id_of(FATHER)
    stage.browser("hub").get(f"/cases/{case_of(stage)}/")
    before = last_line(stage)
    answer = officer.get(f"/reads/people/{father}/report.pdf")
    assert answer.content.startswith(b"%PDF-")
    told = stage.value(
        "SELECT door || ' ' || what FROM records_readline WHERE seq > %s AND persons = ARRAY[%s]::uuid[]",
        before,
        father,
    )
    assert told == "print access-report"


def kinds_told(page: str) -> dict[str, str]:
    """Return the kinds that the page says, with their counts."""
    part = page[page.index("見方ごとの件数") : page.index("わけを書いた")]
    return {name: count for name in ("短い間に多くの人", "夜・閉庁日", "担当でない圏域", "見た人と同じ姓", "見ただけ", "守られた人")
            for count in [part[part.index(name) :].split('figures">')[1].split("<")[0]]}  # fmt: skip


# Fault planted: SAME_NAME taken out of unusual_reads().
def test_each_kind_of_unusual_reading_is_found_and_ordinary_reading_is_not(stage: Stage, officer: Client) -> None:
    case, father = case_of(stage), stage.id_of(FATHER)
    quiet = officer.get("/reads/unusual/?days=90").content.decode()
    assert set(kinds_told(quiet).values()) == {"0"}
    setting(
        stage,
        '{"many_persons": 2, "night_lines": 2, "out_of_area_persons": 1, "browse_cases": 1, "browse_days": 1, "guarded_times": 1}',
    )
    hub = "(SELECT id FROM records_staff WHERE key = 'hub')"
    stage.run(f"UPDATE records_staff SET name = '潮騒原 さや' WHERE id = {hub}")
    stage.run(f"UPDATE records_post SET area = '北の端' WHERE staff_id = {hub}")
    stage.run("UPDATE records_person SET area = '南の端'")
    stage.run(
        "INSERT INTO records_bar SELECT (jsonb_populate_record(NULL::records_bar, jsonb_build_object('id', gen_random_uuid(),"
        " 'municipality_id', municipality_id, 'person_id', id, 'since', '2026-11-01', 'end_reason', '', 'agency_id', (SELECT id FROM records_agency"
        " WHERE key = 'OUT')))).* FROM records_person WHERE id = %s", father,
    )  # fmt: skip
    client = stage.browser("hub", NIGHT)
    assert client.get(f"/cases/{case}/").status_code == 200
    assert client.get(f"/people/{father}/").status_code == 200
    told = officer.get("/reads/unusual/?days=90").content.decode()
    assert "0" not in kinds_told(told).values()
    found = [row for row in told.split("<tr data-row>") if "<td>潮騒原 さや" in row and "開く" in row]
    assert len(found) == len(kinds_told(told)) == 6
    assert "潮騒原 髙恵" not in told
    staff = stage.id_of("SELECT id FROM records_staff WHERE key = 'hub'")
    assert f"/reads/?staff={staff}&amp;agency=&amp;from=R8.11.24&amp;to=R8.11.24" in told
    listed = officer.get(f"/reads/?staff={staff}&agency=&from=R8.11.24&to=R8.11.24").content.decode()
    assert "世帯のページ" in listed
    assert "短い間に多くの人" in officer.get("/reads/unusual/export.csv?days=90").content.decode()


def test_the_page_of_unusual_reading_costs_what_is_stated(
    officer: Client, statements: Callable[[Client, str], int]
) -> None:
    assert statements(officer, "/reads/unusual/") <= 8


@pytest.fixture
def hasty(stage: Stage) -> Stage:
    """Let the town ask for a reason after two persons in ten minutes."""
    setting(stage, '{"slow_persons": 2}')
    return stage


# Fault planted: reads_too_many() always false.
def test_who_opens_very_many_people_is_asked_for_a_reason_and_goes_on_with_it(hasty: Stage, officer: Client) -> None:
    case, client = case_of(hasty), hasty.browser("hub")
    assert client.get(f"/cases/{case}/").status_code == 200
    before = last_line(hasty)
    slow = client.get(f"/cases/{case}/?kind=NOTE")
    assert slow.status_code == 429
    text = slow.content.decode()
    assert "いま10分のあいだに <strong>2人</strong>" in text
    assert "潮騒原" not in text
    assert f'value="/cases/{case}/?kind=NOTE"' in text
    assert last_line(hasty) == before
    form = {"next": f"/cases/{case}/?kind=NOTE", "reason": "は"}
    assert client.post("/reads/go-on/", form).status_code == 422
    led = client.post("/reads/go-on/", {**form, "reason": "会議の準備で全件を読み合わせる"})
    assert (led.status_code, led["Location"]) == (302, form["next"])
    later = hasty.browser("hub", AUTUMN + dt.timedelta(minutes=1))
    assert later.get(form["next"]).status_code == 200
    today = officer.get("/").content.decode()
    assert "会議の準備で全件を読み合わせる" in today
    assert "会議の準備で全件を読み合わせる" in officer.get("/reads/unusual/").content.decode()
    assert "会議の準備で全件を読み合わせる" not in hasty.browser("city").get("/").content.decode()


# Fault planted: a sent form asked for a reason as well.
def test_what_was_typed_is_never_lost_to_the_question(hasty: Stage) -> None:
    case, client = case_of(hasty), hasty.browser("hub")
    client.get(f"/cases/{case}/")
    assert client.get(f"/cases/{case}/").status_code == 429
    answer = client.post(f"/cases/{case}/notes/", {"form_key": str(uuid4()), "fact": "扉越しの声を書きとめた"})
    assert answer.status_code == 422
    assert "扉越しの声を書きとめた" in answer.content.decode()
    kept = client.post(f"/drafts/?place=/cases/{case}/notes/", {"fact": "扉越しの声を書きとめた"})
    assert kept.status_code == 204


# Fault planted: the emergency not looked for in reads_too_many().
def test_an_emergency_is_not_slowed(hasty: Stage) -> None:
    client = hasty.browser("hou2")
    number = [crowd.received(n, AUTUMN - dt.timedelta(days=2), "hou2") for n in range(3)]
    for _, person in number:
        answer = client.get(f"/people/{person}/")
    assert answer.status_code == 429
    form = {"name": "シオサイバラ ゲンゾウ", "born": "S17.9.14", "form_key": str(uuid4()),
            "reason": "路上で倒れており、救急隊が病名と服薬をたずねている"}  # fmt: skip
    led = client.post("/emergencies/open/", form)
    assert led.status_code == 302
    assert client.get(led["Location"]).status_code == 200
