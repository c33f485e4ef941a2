"""受付, 気づき, 足りない資源, 緊急閲覧, 開示の写し and the loose tabs of つなぎ: each a whole list, and none shows more than before."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from tasuki.actions import consultation, disclosure, resource
from tests.paper.test_table import read_csv
from tests.web import crowd
from tests.web.conftest import AUTUMN, Stage
from tests.web.test_lists import OCTOBER, body, rows_of

FATHER = "SELECT id FROM records_person WHERE kana = 'シオサイバラ ゲンゾウ'"
DAUGHTER = "SELECT id FROM records_person WHERE kana = 'シオサイバラ タカエ'"


def taken(client: Client, address: str) -> list[list[str]]:
    """Return the rows of a file, its heads first."""
    answer = client.get(address)
    assert answer.status_code == 200
    return read_csv(answer.getvalue())


def noted(stage: Stage, what: str) -> list[object]:
    return stage.column("SELECT unnest(persons) FROM records_readline WHERE door = 'export' AND what = %s", what)


def acting(who: str, act: Callable[..., Any], now: dt.datetime = AUTUMN, **values: object) -> Any:
    """Let somebody of the town do one act."""
    with transaction.atomic():
        return act(by=crowd.as_staff(who, now), now=now, **values)


# Faults planted: file_of without the people; the direction left out of the links of a list that begins with the newest.
def test_receptions_are_paged_turned_narrowed_and_taken_along_with_everybody_in_the_footprint(stage: Stage) -> None:
    people = [crowd.received(number, OCTOBER + dt.timedelta(hours=number))[1] for number in range(53)]
    client = stage.browser("hou3")
    first, second = body(client, "/consultations/"), body(client, "/consultations/?page=2")
    assert rows_of(first) == 50
    assert rows_of(second) >= 3
    assert "続きを出す" in first
    assert "続きを出す" not in second
    oldest = body(client, "/consultations/?order=at&down=0")
    assert "down=0&amp;page=2" in oldest
    assert first.index("ページ") > 0
    rows = taken(client, "/consultations/export.csv")
    assert rows[0] == ["受付番号", "日時", "だれのこと", "困りごと", "どうやって", "いま", "受けた機関", "根拠"]
    assert len(rows) - 1 == rows_of(first) + rows_of(second)
    assert set(people) <= set(noted(stage, "receptions.csv"))
    again = taken(client, "/consultations/export.csv?order=at&down=0")
    assert [row[0] for row in again[1:4]] != [row[0] for row in rows[1:4]]
    assert sorted(again) == sorted(rows)
    assert taken(client, "/consultations/export.csv?topic=ひきこもり・不登校&agency=&urgency=&year=2020") == rows[:1]
    assert "この条件に合う受付はありません" in body(client, "/consultations/")


# Faults planted: LIMIT 30 in _NOTICES; its file without the people.
def test_notices_have_a_list_of_their_own_that_does_not_end(stage: Stage) -> None:
    father = stage.id_of(FATHER)
    for number in range(55):
        acting("hou3", consultation.notice, text=f"夕方に明かりがつかない{number}", place="浜通り")
    acting(
        "hou3",
        consultation.notice,
        text="手すりが外れている",
        people=[father],
        now=AUTUMN - dt.timedelta(days=1),
    )
    client = stage.browser("hou3")
    page = body(client, "/consultations/")
    assert page.count("夕方に明かりがつかない") == 5
    assert "気づきの一覧（56件）" in page
    assert "56件のうち 1〜50件目" in body(client, "/notices/")
    rows = taken(client, "/notices/export.csv")
    assert len(rows) == 57
    assert rows[-1][1] == "手すりが外れている"
    assert father in noted(stage, "notices.csv")
    assert "手すり" not in body(stage.browser("hou2"), "/notices/")
    assert "手すり" in body(client, "/notices/?q=手すり")
    assert "夕方に" not in body(client, "/notices/?q=手すり")


# Faults planted: the whole backlog drawn on the page of the resources; a deed offered for a gap that has its project.
def test_what_is_missing_is_a_list_beside_the_directory(stage: Stage) -> None:
    before = stage.value("SELECT count(*) FROM records_gap")
    assert isinstance(before, int)
    for number in range(55):
        acting("hou3", resource.register_gap, key="", need=f"夜に開いている居場所{number}", area="西圏域")
    client = stage.browser("hou3")
    page = body(client, "/resources/")
    assert f"{before + 55}件のうち 8件" in page
    assert 'href="/gaps/"' in page
    first = body(client, "/gaps/?order=at&down=1")
    assert rows_of(first) == 50
    assert f"{before + 55}件のうち 1〜50件目" in first
    stage.run("UPDATE records_gap SET project_at = registered_at WHERE need = '夜に開いている居場所7'")
    one = body(client, "/gaps/?step=PROJECT&q=居場所7")
    assert rows_of(one) == 1
    assert "資源開発を始める" not in one
    assert "資源開発を始める" in body(client, "/gaps/?step=")
    assert "資源開発を始める" not in body(stage.browser("city"), "/gaps/")
    rows = taken(client, "/gaps/export.csv?step=PROJECT&q=居場所7")
    assert rows == [
        ["届けた日", "足りないもの", "圏域", "届けた機関", "どこまで", "資源開発を始めた日", "生まれた日"],
        ["R8.11.24", "夜に開いている居場所7", "西圏域", rows[1][3], "資源開発", "R8.11.24", ""],
    ]


def opened(whom: UUID, number: int, reviewed: str = "") -> None:
    why = f"救急搬送のため、病名と服薬を病院へ伝える必要がある{number}"
    made = acting("hou2", disclosure.break_glass, people=[whom], reason=why, now=AUTUMN - dt.timedelta(hours=number))
    if reviewed:
        acting("priv", disclosure.review_break_glass, record=made.pk, verdict=reviewed)


# Fault planted: a waiting one listed with the reviewed.
def test_reviewed_openings_are_a_list_and_those_that_wait_stay_above_it(stage: Stage) -> None:
    stage.appoint("priv", "HUB", ["PRIV"])
    whom = stage.id_of(DAUGHTER)
    opened(whom, 1)
    for number in range(2, 54):
        opened(whom, number, "妥当")
    officer = stage.browser("priv")
    page = body(officer, "/emergencies/")
    assert "1件　1開庁日のうちに審査します" in page
    assert page.count("/review/") == 1
    assert "52件のうち 1〜50件目" in page
    assert rows_of(body(officer, "/emergencies/?q=ある53")) == 1
    rows = taken(officer, "/emergencies/export.csv?order=opened&down=0")
    assert rows[0] == ["開いた日時", "だれが", "機関", "人数", "理由", "審査", "審査した日時", "審査した人"]
    assert len(rows) == 53
    assert rows[1][4].endswith("53")
    assert "潮騒原" not in str(rows)
    assert stage.browser("hub").get("/emergencies/export.csv").status_code == 404


# Fault planted: a LIMIT of its own in _PACKS.
def test_packs_are_paged_and_taken_along_without_whose_they_are(stage: Stage) -> None:
    stage.appoint("priv", "HUB", ["PRIV"])
    officer = stage.browser("priv")
    assert "まだ作っていません" in body(officer, "/packs/")
    whom = stage.id_of(FATHER)
    for number in range(51):
        acting("priv", disclosure.disclose, people=[whom], requester=whom, now=AUTUMN - dt.timedelta(days=number))
    page = body(officer, "/packs/")
    assert "51件のうち 1〜50件目" in page
    assert page.count(">開く</a>") == 50
    rows = taken(officer, "/packs/export.csv?year=2026")
    assert rows[0] == ["作った日時", "記録"]
    assert len(rows) == 52
    assert "潮騒原" not in str(rows) + page
    assert "この条件に合う写しはありません" in body(officer, "/packs/?year=2024")
    assert stage.browser("hub").get("/packs/export.csv").status_code == 404


# Faults planted: a LIMIT of its own in _LOOSE; the file of the つなぎ given for that of the tab; its file without the people.
@pytest.mark.parametrize("tab", ["loose", "to_and_fro"])
def test_what_nobody_has_taken_on_and_what_goes_to_and_fro_are_whole_lists(stage: Stage, tab: str) -> None:
    people = [crowd.received(number, OCTOBER + dt.timedelta(hours=number))[1] for number in range(52)]
    stage.run(
        "UPDATE records_setting SET body = jsonb_set(body, '{ping_pong}', '{\"hand_overs\": 1, \"days\": 400}') WHERE section = 'clocks'"
    )
    stage.run(
        "UPDATE records_holding SET reason = 'CONTRACT_ENDED' WHERE agency_id = (SELECT id FROM records_agency WHERE key = 'HOU3')"
    )
    client = stage.browser("hou3")
    page = body(client, f"/referrals/?tab={tab}")
    assert rows_of(page) == 50
    assert re.search(r"5\d件のうち 1〜50件目", page)
    assert rows_of(body(client, f"/referrals/?tab={tab}&page=2")) >= 2
    rows = taken(client, f"/referrals/export.csv?tab={tab}&order=who&down=0")
    assert rows[0] == ["世帯", "圏域", "いまの主担当", "前の主担当", "いつから", "渡った回数", "見える根拠"]
    assert len(rows) - 1 >= 52
    assert set(people) <= set(noted(stage, f"referrals-{tab}.csv"))
    west = taken(client, f"/referrals/export.csv?tab={tab}&area=西圏域")[1:]
    assert {row[1] for row in west} == {"西圏域"}
    assert len(west) < len(rows) - 1
    assert taken(stage.browser("hou2"), f"/referrals/export.csv?tab={tab}")[1:] == []


# Fault planted: the cells of a file cut by their number, the column of deeds among them → the last column is lost.
def test_the_file_of_the_watches_has_under_each_head_what_it_says(stage: Stage) -> None:
    case, who = crowd.received(0, OCTOBER)
    crowd.watched(case, who, OCTOBER, 14)
    heads, row = taken(stage.browser("hou3"), "/watches/export.csv")[:2]
    told = dict(zip(heads, row, strict=True))
    assert told["最初に動く機関"] == told["次の当番"] == "西地域包括支援センター"
    assert told["前回の連絡"] == ""
