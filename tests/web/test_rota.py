"""当番 and the alarm of silence: whose line it is on 今日, who may take it over, and what the hub is told."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

import pytest

from tests.web.conftest import AUTUMN, Stage
from tests.web.test_acts import TARGETS, send

SOON, LATE = AUTUMN + dt.timedelta(days=10), AUTUMN + dt.timedelta(days=17)


def waits(stage: Stage, who: str, now: dt.datetime) -> str:
    """Return what 今日 shows as waiting."""
    page = stage.browser(who, now).get("/").content.decode()
    return page[page.index('<div class="cols cols-list">') : page.index("返ってきた答え")]


@pytest.fixture
def watch(stage: Stage) -> UUID:
    """The father is watched by the desk and by はまかぜ in turn, every fourteen days; 自立相談 goes first."""
    agencies = {
        key: stage.id_of("SELECT id FROM records_agency WHERE key = %s", key) for key in ("HOU3", "OUT", "JIRITSU")
    }
    send(
        stage.browser("hou3"),
        f"/cases/{stage.id_of(TARGETS['cases'])}/watches/",
        people=stage.id_of("SELECT id FROM records_person WHERE name = '潮騒原 源造'"),
        watchers=[agencies["HOU3"], agencies["OUT"]], first_responder=agencies["JIRITSU"], every_days="14", triggers="新聞がたまる",
    )  # fmt: skip
    return stage.id_of("SELECT id FROM records_watch")


# Faults planted: 今日 asks for watchers instead of the open turn; SILENT left out, so that a missed turn stayed with whose it was.
def test_a_turn_waits_for_one_agency_and_a_missed_one_for_all_of_the_card(stage: Stage, watch: UUID) -> None:
    line = f"/watches/{watch}/checks/"
    assert [who for who in ("hou3", "out", "jiritsu") if line in waits(stage, who, SOON)] == ["hou3"]
    assert [who for who in ("hou3", "out", "jiritsu") if line in waits(stage, who, LATE)] == ["hou3", "out", "jiritsu"]
    assert "当番 " not in waits(stage, "hou3", LATE)
    name = stage.value("SELECT name FROM records_agency WHERE key = 'HOU3'")
    assert f"当番 {name}" in waits(stage, "out", LATE)


# Fault planted: the line of the hub counts watches that are not late.
def test_the_hub_is_told_how_many_nobody_answers_for(stage: Stage, watch: UUID) -> None:
    assert "連絡のない見守り" not in waits(stage, "hub", SOON)
    told = waits(stage, "hub", LATE)
    assert "17日 連絡のない見守り 1件" in told
    assert 'href="/watches/?due=LATE"' in told
    assert "連絡のない見守り" not in waits(stage, "out", LATE)


# Fault planted: the line of the holder left out of 今日.
def test_the_holder_is_told_of_silence_without_being_on_the_card(stage: Stage, watch: UUID) -> None:
    stage.run("UPDATE records_watch SET watchers = ARRAY[first_responder_id]")
    holder = stage.value(
        "SELECT s.key FROM records_holding h JOIN records_post p ON p.agency_id = h.agency_id JOIN records_staff s"
        " ON s.id = p.staff_id WHERE h.until IS NULL AND h.case_id = %s",
        stage.id_of(TARGETS["cases"]),
    )
    assert f"/watches/{watch}/checks/" not in waits(stage, str(holder), SOON)
    assert f"/watches/{watch}/checks/" in waits(stage, str(holder), LATE)


# Faults planted: the link shown to whose turn it is; to who is not on the card.
def test_the_list_says_whose_turn_it_is_who_is_next_and_lets_the_card_take_over(stage: Stage, watch: UUID) -> None:
    link = f'<a href="/watches/{watch}/turn/">引き継ぐ</a>'
    assert link not in stage.browser("hou3", LATE).get("/watches/").content.decode()
    assert link not in stage.browser("hub", LATE).get("/watches/").content.decode()
    out = stage.browser("out", LATE)
    page = out.get("/watches/").content.decode()
    assert link in page
    assert "つぎ 訪問支援はまかぜ" in page
    card = out.get(f"/watches/{watch}/turn/").content.decode()
    assert "12/8(火)まで　" in card
    assert "3日 超過" in card
    assert card.index("12/25(金)まで　訪問支援はまかぜ") < card.index("1/8(金)まで")
    send(out, f"/watches/{watch}/turn/")
    assert "から引き継ぎ" in out.get("/watches/").content.decode()
    send(out, f"/watches/{watch}/checks/", result="声が聞けた")
    after = stage.browser("hou3", LATE).get("/watches/").content.decode()
    assert "前回 訪問支援はまかぜ" in after


# Fault planted: NOT_ON_ROTA not asked.
def test_who_is_not_on_the_card_is_told_what_they_can_do(stage: Stage, watch: UUID) -> None:
    answer = stage.browser("hub", LATE).post(f"/watches/{watch}/turn/", {})
    assert answer.status_code == 422
    assert "連絡を書く" in answer.content.decode()


# Faults planted: the offers without the card's signals; the signal left out of the line of the record.
def test_who_calls_for_help_chooses_a_signal_and_the_record_says_it(stage: Stage, watch: UUID) -> None:
    desk, address = stage.browser("hou3"), f"/watches/{watch}/triggers/"
    page = desk.get(address).content.decode()
    assert page.index('value="新聞がたまる"') < page.index('value="電話に出ない"') < page.index('value="その他"')
    wrong = desk.post(address, {"form_key": str(uuid4()), "signal": "その他", "result": ""})
    assert "何があったかを書いてください" in wrong.content.decode()
    send(desk, address, signal="新聞がたまる", result="3日分です")
    record = stage.id_of("SELECT id FROM records_record WHERE kind = 'WATCH_TRIGGER'")
    assert "新聞がたまる　3日分です" in desk.get(f"/records/{record}/").content.decode()
