"""What the contract refuses: one right scenario, broken in one place at a time; each row names the planted fault."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasuki.rules.contract.check import check
from tasuki.rules.contract.town_verbs import VERBS
from tasuki.rules.profile.merging import on_base
from tasuki.rules.profile.shapes import Either, Key, Several, Whole, mentions
from tests.rules.scenario_material import BASE, PROFILE, SCENARIO, broken

PROFILES = {"kirisawa": on_base(PROFILE, BASE), "_base": BASE}
STEP: dict[str, Any] = {"at": "2026-05-01T09:00", "by": "hub"}


def sentences(document: Any) -> str:
    return "\n".join(problem.message for problem in check(document, {(): 1}, PROFILES))


def with_step(**step: Any) -> dict[str, Any]:
    return {**SCENARIO, "steps": [*SCENARIO["steps"], {**STEP, **step}]}


def test_the_scenario_that_is_broken_below_is_right() -> None:
    assert sentences(SCENARIO) == ""


SHAPE_FAULTS = [
    (("title",), None, "「title」がありません"),
    (("scenario",), "1", "筋書きの番号"),
    (("household", 0, "sex"), "女性", "選べません"),
    (("household", 0, "born"), "1950-5-5", "日付ではありません"),
    (("household", 0, "born"), 1950, "日付ではありません"),
    (("household", 0, "key"), "a", "キーの書き方"),
    (("household", 0, "nickname"), "ひー", "知らない項目「nickname」"),
    (("agencies", "OUT", "mode"), "補助", "選べません"),
    (("agencies", "OUT", "contract_until"), "2026-02-30", "という日はありません"),
    (("agencies", "out"), {}, "知らない項目「out」"),
    (("staff", "hub", "roles"), ["BOSS"], "選べません"),
    (("profile",), None, "どちらか1つ"),
    (("municipality",), {"profile": "x"}, "どちらか1つ"),
    (("steps", 0, "do"), "recieve", "知らない動詞「recieve」"),
    (("steps", 0, "do"), ["receive"], "知らない動詞"),
    (("steps", 0, "at"), "2026-02-30T09:00", "という日はありません"),
    (("steps", 0, "at"), "2026-04-01", "日時ではありません"),
    (("steps", 0, "who"), [], "1つ以上"),
    (("steps", 0, "who"), ["A", "A"], "2度あります"),
    (("steps", 0, "who"), "A", "一覧"),
    (("steps", 0, "route"), "電話", "選べません"),
    (("steps", 0, "visited_before"), -1, "小さすぎます"),
    (("steps", 0, "visited_before"), 1.5, "整数ではありません"),
    (("steps", 0, "visited_before"), float("inf"), "整数ではありません"),
    (("steps", 0, "visited_before"), True, "数ではありません"),
    (("steps", 0, "note"), "", "空です"),
    (("steps", 1, "refused"), False, "true だけ"),
    (("steps", 1, "why"), None, "なぜか（why）"),
    (("steps", 3, "wants"), None, "「wants」がありません"),
    (("steps", 3, "basis"), "NO_CONSENT", "項目「reason」が要ります"),
    (("steps", 2, "until"), "2027-02-29", "という日はありません"),
    (("steps", 6, "items", 0, "kind"), "相談", "選べません"),
    (("steps", 6, "items", 0, "room"), "A", "知らない項目「room」"),
    (("see", 0, "ground"), None, "根拠（ground）を書きます"),
    (("see", 1, "ground"), "HOLDER", "ground）は書きません"),
    (("see", 0, "what"), "plan:p1", "見るもの"),
    (("see", 0, "what"), "class:A:SECRET", "見るもの"),
    (("see", 0, "door"), "window", "選べません"),
    (("count", 0, "N99"), 1, "知らない項目「N99」"),
    (("count", 0, "N01"), "1", "数ではありません"),
    (("count", 0, "N13", "by_reason"), {"引っ越し": 1}, "知らない項目「引っ越し」"),
    (("count", 0), {"fiscal_year": 2026}, "数える項目"),
    (("steps", 0), "receive", "書きます"),
    (("steps", 0), [], "手順は"),
    (("see", 0), [], "書きます"),
]


@pytest.mark.parametrize(("spot", "value", "said"), SHAPE_FAULTS)
def test_a_value_that_does_not_fit_is_named(spot: tuple[str | int, ...], value: Any, said: str) -> None:
    assert said in sentences(broken(SCENARIO, spot, value))


MEANING_FAULTS = [
    (("profile",), "nowhere", "知らないひな形「nowhere」"),
    (("household", 1, "key"), "A", "人「A」が2度"),
    (("staff", "hub", "agency"), "HUP", "知らない機関「HUP」"),
    (("steps", 1, "at"), "2026-04-01T09:00", "より後ではありません"),
    (("steps", 0, "by"), "nobody", "知らない職員「nobody」"),
    (("steps", 0, "who"), ["Z"], "知らない人「Z」"),
    (("steps", 0, "visitor"), "Z", "知らない人「Z」"),
    (("steps", 1, "to"), "HUP", "知らない機関「HUP」"),
    (("steps", 2, "who"), ["A", "B"], "1人ずつ"),
    (("steps", 2, "excluded"), ["nobody"], "知らない機関か職員「nobody」"),
    (("steps", 4, "of"), "r9", "知らない手順「r9」"),
    (("steps", 4, "of"), "s1", "receive の手順"),
    (("steps", 1, "id"), "r0", "id を持ちません"),
    (("steps", 3, "id"), "s1", "手順「s1」が2度"),
    (("steps", 5, "id"), None, "プランには id"),
    (("steps", 5, "roles", 0, "agency"), "HUP", "知らない機関「HUP」"),
    (("steps", 6, "conference"), "SHIEN2", "知らない会議「SHIEN2」"),
    (("steps", 6, "when"), "2026-04-07T09:00", "招集より後ではありません"),
    (("steps", 6, "items", 0, "invited"), ["nobody"], "知らない職員"),
    (("steps", 6, "items", 0, "materials"), ["x1"], "知らない手順「x1」"),
    (("steps", 6, "items", 0, "about"), ["Z"], "知らない人「Z」"),
    (("steps", 7, "at"), "2026-04-09T10:00", "より前に開催"),
    (("steps", 7, "opinions", 0, "item"), "i9", "知らない議題「i9」"),
    (("steps", 9, "gap"), "GAP2", "知らない資源・不足・場所「GAP2」"),
    (("see", 0, "what"), "step:p9", "知らない手順「p9」"),
    (("see", 0, "at"), "2026-04-05T10:00", "初めてあります"),
    (("see", 0, "who"), "nobody", "知らない職員か人「nobody」"),
    (("see", 1, "of"), "Z", "知らない人「Z」"),
    (("see", 1, "what"), "person:Z", "知らない人「Z」"),
    (("count", 0, "municipality"), "NEXT", "知らない自治体「NEXT」"),
    (("household", 1, "household"), "H2", "どの世帯か"),
]


@pytest.mark.parametrize(("spot", "value", "said"), MEANING_FAULTS)
def test_a_reference_or_an_order_that_fails_is_named(spot: tuple[str | int, ...], value: Any, said: str) -> None:
    assert said in sentences(broken(SCENARIO, spot, value))


STEP_FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"do": "monitor", "plan": "s1", "findings": "f"}, "プランではありません"),
    ({"do": "monitor", "plan": "p9", "findings": "f"}, "知らない手順「p9」"),
    ({"do": "judge_plan", "plan": "p1", "item": "i9", "result": "SUITABLE"}, "知らない議題「i9」"),
    ({"do": "close", "reason": "転出", "notified": "2026-05-01"}, "lead_afterかno_lead_reason"),
    ({"do": "close", "reason": "転出", "lead_after": "HOU", "notified": "2026-05-01"}, "follow_upsかno_lead"),
    ({"do": "decline", "of": "r1", "advice": "助言", "lead": "HOU"}, "「follow_up」がありません"),
    ({"do": "move_staff", "staff": "hou", "to": "AWAY"}, "知らない機関かOUT「AWAY」"),
    ({"do": "review_break_glass", "of": "s1", "verdict": "正当"}, "break_glass ではありません"),
    ({"do": "hold_meeting", "conference": "NONE", "present": ["hub"]}, "知らない会議「NONE」"),
    ({"do": "trace", "from": "g1", "to": "x1"}, "知らない手順「x1」"),
    ({"do": "hold_activity", "place": "PARK", "people": 3}, "知らない資源・不足・場所「PARK」"),
    ({"do": "assess", "who": ["A"], "issues": [{"who": "Z", "code": "介護"}]}, "知らない人「Z」"),
    ({"do": "log_success", "theme": "THEME", "text": "t"}, "知らない主題「THEME」"),
    ({"do": "act_on_issue", "issue": "SHOP", "action": "a", "state": "解決"}, "知らない地区の課題「SHOP」"),
    ({"do": "report", "what": "LOAD", "expect": 3}, "項目か一覧"),
    ({"do": "record_death", "who": ["A"], "died": "2026-02-30"}, "という日はありません"),
]


@pytest.mark.parametrize(("step", "said"), STEP_FAULTS)
def test_a_step_that_cannot_be_meant_is_named(step: dict[str, Any], said: str) -> None:
    assert said in sentences(with_step(**step))


def test_a_refused_act_may_name_what_is_not_there_where_only_the_act_can_tell() -> None:
    refused = {"refused": True, "why": "無い"}
    assert sentences(with_step(do="hold_meeting", conference="NONE", present=["hub"], **refused)) == ""
    assert sentences(with_step(do="record_death", who=["A"], died="2026-02-30", **refused)) == ""
    assert "知らない職員" in sentences(with_step(do="pledge", until="2027-03-31", **refused) | {"steps": [
        {"at": "2026-05-01T09:00", "by": "nobody", "do": "pledge", "until": "2027-03-31", **refused}
    ], "see": []})  # fmt: skip


def test_a_refused_plan_keeps_its_id_and_makes_nothing() -> None:
    plan = {**SCENARIO["steps"][5], **STEP, "id": "p0", "refused": True, "why": "早い"}
    after = {"at": "2026-05-02T09:00", "by": "hub", "do": "monitor", "plan": "p0", "findings": "f"}
    steps = [*SCENARIO["steps"], plan]
    assert sentences({**SCENARIO, "steps": steps}) == ""
    assert "知らない手順「p0」" in sentences({**SCENARIO, "steps": [*steps, after]})


def test_a_day_of_birth_outside_the_calendar_makes_the_step_refused() -> None:
    odd = broken(SCENARIO, ("household", 0, "born"), "1950-02-30")
    assert "暦に無い" in sentences(odd)
    steps = [{**odd["steps"][0], "refused": True, "why": "生年月日が暦に無い"}]
    del steps[0]["id"]
    assert sentences({**odd, "steps": steps, "see": []}) == ""


def test_an_item_of_a_refused_summons_may_be_used_again() -> None:
    summons = SCENARIO["steps"][6]
    first = {**summons, "at": "2026-04-06T10:00", "refused": True, "why": "誓約が無い"}
    del first["id"]
    steps = [*SCENARIO["steps"][:6], first, *SCENARIO["steps"][6:]]
    assert sentences({**SCENARIO, "steps": steps}) == ""
    twice = {**summons, "id": "m2", "at": "2026-05-01T09:00", "when": "2026-05-02T09:00"}
    assert "議題「i1」が2度" in sentences({**SCENARIO, "steps": [*SCENARIO["steps"], twice]})


def test_in_a_file_with_two_households_an_act_on_a_case_says_which() -> None:
    two = broken(SCENARIO, ("household", 1, "household"), "H2")
    said = sentences({**two, "see": []})
    assert said == "世帯がいくつもあります。どのケースかを who・case・of・plan で書きます"


def test_a_neighbour_shares_no_written_key_and_no_person_with_the_file() -> None:
    neighbour = {
        "name": "隣村",
        "profile": "kirisawa",
        "agencies": {"OUT": SCENARIO["agencies"]["OUT"]},
        "household": [{"key": "A", "name": "隣 人", "born": "1960-01-01", "sex": "男"}],
    }
    said = sentences({**SCENARIO, "neighbours": {"NEXT": neighbour}})
    assert "「OUT」は、この筋書きの自治体にもあります" in said
    assert "人「A」が2度" in said


def test_a_profile_written_inline_is_looked_at_too() -> None:
    inline = {"profile": "x", "base": "_base", "municipality": {"name": "霧沢村", "kind": "村"}, "wards": 3}
    document = {key: value for key, value in SCENARIO.items() if key != "profile"} | {"municipality": inline}
    assert "知らない項目「wards」" in sentences(document)


def test_an_inline_profile_stands_on_the_known_defaults_only() -> None:
    inline = {"profile": "x", "base": "_other"}
    document = {key: value for key, value in SCENARIO.items() if key != "profile"} | {"municipality": inline}
    assert sentences(document) == "知らないひな形「_other」です"


def test_a_sitting_may_be_held_at_the_minute_for_which_it_was_called() -> None:
    assert sentences(broken(SCENARIO, ("steps", 7, "at"), "2026-04-10T09:00")) == ""


def test_one_figure_is_enough_for_a_count_row() -> None:
    assert sentences({**SCENARIO, "count": [{"fiscal_year": 2026, "N15": 0}]}) == ""


def test_a_key_that_may_stand_in_several_shapes_is_a_reference_in_each() -> None:
    shape = Either((Whole(), Several(Key("agency", "[A-Z]+"))))
    assert [said.key for said in mentions(shape, ["HUB"])] == ["HUB"]
    assert list(mentions(shape, 3)) == []


def test_each_problem_stands_on_the_line_of_the_nearest_written_value() -> None:
    lines = {(): 1, ("steps",): 10, ("steps", 0): 11, ("steps", 0, "route"): 12}
    document = broken(broken(SCENARIO, ("steps", 0, "route"), "電話"), ("steps", 0, "topics"))
    assert [problem.line for problem in check(document, lines, PROFILES)] == [11, 12]


@pytest.mark.parametrize("act", sorted(VERBS))
def test_no_verb_takes_an_unknown_argument(act: str) -> None:
    assert "知らない項目「colour」" in sentences(with_step(do=act, colour="青"))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["A", "hub", "s1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


@given(value=VALUES, number=st.integers(0, 9), name=st.sampled_from(["at", "by", "do", "who", "items", "of", "gap"]))
def test_whatever_stands_in_a_step_the_check_answers(value: Any, number: int, name: str) -> None:
    check(broken(SCENARIO, ("steps", number), {**SCENARIO["steps"][number], name: value}), {}, PROFILES)


@given(value=VALUES, name=st.sampled_from(sorted(SCENARIO)))
def test_whatever_stands_in_a_section_the_check_answers(value: Any, name: str) -> None:
    check({**SCENARIO, name: value}, {}, PROFILES)
