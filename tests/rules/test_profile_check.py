"""What a profile may not say: one right profile, broken in one place at a time."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasuki.rules.profile.check import check, inline_faults
from tests.rules.scenario_material import BASE, PROFILE, broken


def sentences(document: Any) -> str:
    return "\n".join(problem.message for problem in check(document, {(): 1}, BASE))


def test_the_profile_that_is_broken_below_is_right() -> None:
    assert sentences(PROFILE) == ""


FAULTS = [
    (("format",), 2, "大きすぎます"),
    (("source",), None, "「source」がありません"),
    (("municipality", "kind"), "郡", "選べません"),
    (("wards",), [], "知らない項目「wards」"),
    (("areas", "list", 0, "level"), "TOWN", "知らない圏域の段「TOWN」"),
    (("areas", "list", 1, "key"), "N", "「N」が2度"),
    (("areas", "list", 1, "name"), "北", "「北」が2度"),
    (("areas", "list", 0, "parent"), "X", "知らない圏域「X」"),
    (("departments", "CARE", "parent"), "NONE", "知らない部署「NONE」"),
    (("departments", "DIV", "parent"), "CARE", "自分に戻ります"),
    (("agencies", "HOU", "kind"), "POLICE", "選べません"),
    (("agencies", "HOU", "field"), "健康", "選べません"),
    (("agencies", "HOU", "department"), "NONE", "知らない部署「NONE」"),
    (("agencies", "HOU", "areas"), ["W"], "知らない圏域「W」"),
    (("agencies", "HOU", "inside"), "NONE", "知らない機関「NONE」"),
    (("agencies", "HOU", "valid_from"), "2026-13", "日付ではありません"),
    (("roles", "COORDINATOR", "agency"), "NONE", "知らない機関「NONE」"),
    (("roles", "COORDINATOR", "also"), ["NOBODY"], "知らない役割「NOBODY」"),
    (("roles", "COORDINATOR", "sets"), [], "1つ以上"),
    (("roles", "COORDINATOR", "sets"), ["BOSS"], "選べません"),
    (("programmes", 0, "item"), "7", "選べません"),
    (("programmes", 0, "starts", 0, "areas"), ["W"], "知らない圏域「W」"),
    (("programmes", 0, "starts", 0, "from"), "2025-04-31", "という日はありません"),
    (("programmes", 0, "starts"), None, "実施なのに開始日がありません"),
    (("programmes", 1), {"item": "2", "name": "参加", "status": "実施"}, "開始日がありません"),
    (("programmes", 2, "from"), "2026-04-01", "未実施なのに開始日があります"),
    (("programmes", 0, "ordered_by"), "NONE", "知らない会議「NONE」"),
    (("conferences", "JUSO", "members"), ["NONE"], "知らない機関「NONE」"),
    (("conferences", "JUSO", "bases"), [], "根拠（bases）が要ります"),
    (("conferences", "JUSO", "purposes"), ["POLICY"], "ケースを扱わない会議"),
    (("conferences", "JUSO", "quorum"), {"source": "要綱第6条"}, "どちらか1つで書きます"),
    (("conferences", "JUSO", "quorum"), {"share": "HALF", "number": 3}, "どちらか1つで書きます"),
    (("conferences", "JUSO", "quorum"), {"number": 0}, "どちらか1つで書きます"),
    (("conferences", "JUSO", "quorum"), {"share": "三分の一"}, "選べません"),
    (("conferences", "SHIEN", "secrecy"), None, "守秘義務"),
    (("conferences", "JUSO", "parent"), "JUSO", "自分に戻ります"),
    (("conferences", "JUSO", "kinds_by_basis"), {"ARTICLE_106_6": ["緊急対応"]}, "根拠に無いもの"),
    (("bodies", 0), {"id": "B1", "items": ["2"]}, "PLAN_MAKER）がありません"),
    (("bodies", 1, "agencies"), ["OFFICE"], "両方にいます"),
    (("bodies", 1, "id"), "B1", "「B1」が2度"),
    (("bodies", 1, "site_form"), "基本型", "設置形態「基本型」がありません"),
    (("plan", "period", "to"), 2025, "始め（2026）より前"),
    (("plan", "review"), {"body": "NONE"}, "知らない会議「NONE」"),
    (("decision",), {"d1_decider": "hub"}, "選べません"),
    (("clocks",), {"screening_days": "14"}, "数ではありません"),
    (("clocks",), {"break_glass_hours": 48}, "大きすぎます"),
    (("phases",), [{"status": "本格実施", "from": "2026-04-01", "until": "2025-04-01"}], "より前です"),
    (("phases",), [{"status": "本格実施", "from": "2026-04"}, {"status": "移行準備", "from": "2025-04"}], "早く"),
    (("indicators",), [{"id": "I1", "name": "x", "source": "SURVEY", "survey": "S"}], "知らないアンケート「S」"),
    (("routing",), {"first_response": [{"when": "夜間", "first": "NONE"}]}, "知らない機関「NONE」"),
]  # fmt: skip


@pytest.mark.parametrize(("spot", "value", "said"), FAULTS)
def test_a_profile_that_does_not_hold_together_is_named(spot: tuple[str | int, ...], value: Any, said: str) -> None:
    assert said in sentences(broken(PROFILE, spot, value))


def test_counts_of_a_body_agree_with_its_agencies_and_modes() -> None:
    body = {"id": "B9", "items": ["1-i"], "agencies": ["HOU", "HUB"], "count": {"n": 3}}
    assert "機関は2、数は3" in sentences({**PROFILE, "bodies": [body]})
    modes = {"id": "B9", "items": ["1-i"], "count": {"n": 3}, "mode_counts": {"直営": 1, "委託": 1}}
    assert "合計が、数と合いません" in sentences({**PROFILE, "bodies": [modes]})


def test_a_single_item_form_takes_one_item() -> None:
    forms = [{"key": "基本型", "name": "基本型", "checks": ["SINGLE_ITEM"]}]
    body = {"id": "B9", "items": ["1-i", "1-ro"], "site_form": "基本型"}
    assert "うち1つだけ" in sentences({**PROFILE, "site_forms": forms, "bodies": [body]})


def test_a_question_must_stand_in_its_survey_and_a_number_target_has_a_number() -> None:
    indicator = {
        "id": "I1", "name": "割合", "source": "SURVEY", "survey": "S", "question": "Q9",
        "targets": {"2026": {"kind": "NUMBER", "print": "80%"}},
    }  # fmt: skip
    said = sentences({**PROFILE, "surveys": {"S": {"name": "s", "questions": {"Q1": "?"}}}, "indicators": [indicator]})
    assert "問い Q9 がありません" in said
    assert "目標の数（value）" in said


def test_a_table_of_the_plan_prints_rows_that_exist() -> None:
    table = {"n": "1", "of": "bodies", "title": "表", "columns": [{"value": "body"}], "rows": ["B1", {"id": "B7"}]}
    document = {**PROFILE, "plan": {**PROFILE["plan"], "tables": [table]}}
    assert sentences(document) == "表1: 行「B7」がありません"


def test_a_profile_may_name_what_the_defaults_bring() -> None:
    role = {"name": "班長", "sets": ["COORD"], "also": ["FIRST_LINE"]}
    assert sentences({**PROFILE, "roles": {"HEAD": role}}) == ""
    assert "知らない役割" in "".join(one.message for one in check({**PROFILE, "roles": {"HEAD": role}}, {}, {}))


def test_the_defaults_need_no_municipality() -> None:
    assert check(BASE, {}, {}) == []
    assert "「format」がありません" in check({"profile": "_base"}, {}, {})[0].message


def test_an_inline_profile_may_be_short_but_not_wrong() -> None:
    assert list(inline_faults({"municipality": {"name": "隣市", "kind": "市"}}, BASE)) == []
    wrong = {"conferences": {"J": {"name": "会議", "purposes": ["CASE"], "bases": [], "members": ["NONE"]}}}
    assert [fault.spot for fault in inline_faults(wrong, BASE)] == [("conferences", "J", "members", 0)]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["HUB", "N", "CASE"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(value=VALUES, name=st.sampled_from([*sorted(PROFILE), "indicators", "routing", "meetings"]))
def test_whatever_stands_in_a_section_the_check_answers(value: Any, name: str) -> None:
    check({**PROFILE, name: value}, {}, BASE)
