"""A scenario as typed values: profile and file in one, default workers, and which municipality a key means."""

from typing import Any

from tasuki.rules.contract.scenario import JST, moment, scenario_of
from tasuki.rules.profile.merging import on_base
from tasuki.rules.profile.reading import is_running
from tests.rules.scenario_material import BASE, PROFILE, SCENARIO

PROFILES = {"kirisawa": on_base(PROFILE, BASE), "_base": BASE}
NEIGHBOUR: dict[str, Any] = {
    "name": "隣村",
    "profile": "kirisawa",
    "agencies": {"N_HOU": {"name": "隣包括", "kind": "COMMUNITY_GENERAL", "field": "高齢", "mode": "直営"}},
    "household": [{"key": "T", "name": "隣 人", "born": "1960-01-01", "sex": "男", "household": "H9"}],
}
LINES = {(): 1, ("steps", 0): 20, ("see", 1): 40, ("count", 0): 50}
READ = scenario_of({**SCENARIO, "neighbours": {"NEXT": NEIGHBOUR}}, LINES, PROFILES)
OWN = READ.municipality


def test_an_agency_of_the_file_replaces_that_of_the_profile_as_a_whole() -> None:
    replaced = {"HOU": {"name": "新包括", "kind": "OTHER", "field": "その他", "mode": "直営"}}
    own = scenario_of({**SCENARIO, "agencies": replaced}, {}, PROFILES).municipality
    assert own.agencies["HOU"] == {**replaced["HOU"], "areas": []}
    assert own.agencies["HUB"]["name"] == "まるごと係"
    assert own.staff["hou"]["roles"] == ["PARTNER"]


def test_areas_are_named_by_name_whoever_wrote_them() -> None:
    assert OWN.agencies["HOU"]["areas"] == ["北"]
    assert OWN.agencies["HUB"]["areas"] == ["すべて"]
    assert OWN.agencies["OUT"]["areas"] == ["南"]
    assert [(row.item, row.area) for row in OWN.programmes][:2] == [("5", "北"), ("5", "南")]


def test_every_agency_has_one_worker_with_its_natural_role() -> None:
    assert OWN.staff["hou"]["roles"] == ["FIRST_LINE"]
    assert OWN.staff["out"]["roles"] == ["OUTREACH_WORKER"]
    assert OWN.staff["farm"]["roles"] == ["PARTNER"]
    assert OWN.staff["hou"]["name"] == "包括の担当"


def test_a_profile_role_that_names_the_agency_is_added() -> None:
    assert OWN.staff["office"]["roles"] == ["DECIDER", "CHAIR", "COORDINATOR"]


def test_a_worker_written_in_the_file_replaces_the_default_one() -> None:
    written = {"hou": {"agency": "OUT", "roles": ["DESK"]}, "hou2": {"agency": "HOU", "name": "試野 三"}}
    staff = scenario_of({**SCENARIO, "staff": written}, {}, PROFILES).municipality.staff
    assert (staff["hou"]["agency"], staff["hou"]["roles"]) == ("OUT", ["DESK"])
    assert (staff["hou2"]["name"], staff["hou2"]["roles"]) == ("試野 三", ["FIRST_LINE"])


def test_a_programme_of_the_file_stands_for_that_of_the_profile() -> None:
    programmes = [
        {"item": "4", "areas": ["すべて"], "from": "2025-04-01", "status": "実施"},
        {"item": "5", "areas": ["北"], "from": "2026-01-01", "status": "実施"},
    ]
    rows = scenario_of({**SCENARIO, "programmes": programmes}, {}, PROFILES).municipality.programmes
    assert is_running(rows, "4", {"北"}, "2025-04-01")
    assert not is_running(rows, "5", {"北"}, "2025-12-31")
    assert is_running(rows, "5", {"北"}, "2026-01-01")
    assert is_running(rows, "5", {"南"}, "2025-04-01")


def test_a_key_that_only_the_neighbours_profile_has_means_the_files_own() -> None:
    assert READ.named.agencies["HUB"] == ""
    assert READ.named.staff["hou"] == ""
    assert READ.named.agencies["N_HOU"] == "NEXT"
    assert READ.named.staff["n_hou"] == "NEXT"
    assert READ.named.persons == {"A": "", "B": "", "T": "NEXT"}
    assert READ.worker("n_hou")["agency"] == "N_HOU"
    assert READ.agency("N_HOU")["name"] == "隣包括"
    assert READ.place("NEXT").name == "隣村"


def test_what_the_file_writes_goes_before_what_a_profile_brings() -> None:
    office = {"OFFICE": {"name": "隣福祉課", "kind": "CITY_OFFICE", "field": "庁内", "mode": "直営"}}
    neighbour = {**NEIGHBOUR, "agencies": office}
    named = scenario_of({**SCENARIO, "neighbours": {"NEXT": neighbour}}, {}, PROFILES).named
    assert (named.agencies["OFFICE"], named.staff["office"]) == ("NEXT", "NEXT")


def test_a_municipality_may_be_written_inline() -> None:
    inline = {key: value for key, value in SCENARIO.items() if key != "profile"} | {"municipality": PROFILE}
    own = scenario_of(inline, {}, PROFILES).municipality
    assert own.name == "霧沢村"
    assert "FIRST_LINE" in own.profile["roles"]


def test_steps_keep_everything_that_is_not_their_frame() -> None:
    first, second = READ.steps[0], READ.steps[1]
    assert (first.id, first.by, first.do, first.line, first.number) == ("s1", "hou", "receive", 20, 0)
    assert first.arguments == {"who": ["A"], "route": "本人来所", "topics": ["介護"]}
    assert (second.id, second.refused, second.why) == (None, True, "振り分けの前")
    assert first.at == moment("2026-04-01T09:00")
    assert first.at.tzinfo is JST


def test_see_rows_are_taken_apart() -> None:
    rows = [
        {"at": "2026-04-12T10:00", "who": "hub", "what": what, "allow": False, "why": "w"}
        for what in ("class:A:HEALTH", "search:ひとり:二", "person:B", "case", "step:p1")
    ]
    see = scenario_of({**SCENARIO, "see": rows}, {}, PROFILES).see
    assert [(row.kind, row.key, row.data_class, row.text) for row in see] == [
        ("class", "A", "HEALTH", ""),
        ("search", "", "", "ひとり:二"),
        ("person", "B", "", ""),
        ("case", "", "", ""),
        ("step", "p1", "", ""),
    ]
    assert (READ.see[0].ground, READ.see[1].ground, READ.see[1].line) == ("HOLDER", None, 40)


def test_count_rows_keep_only_the_figures() -> None:
    row = READ.count[0]
    assert (row.fiscal_year, row.municipality, row.line) == (2026, "", 50)
    assert row.expected == {"N01": 1, "N13": {"closed": 0, "by_reason": {"転出": 0}}}


def test_households_without_a_key_are_one() -> None:
    assert [person["household"] for person in OWN.household] == ["H1", "H1"]
