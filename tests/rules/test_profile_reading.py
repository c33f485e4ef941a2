"""A profile as typed values: merged with the defaults, programmes flattened, who decides resolved."""

import pytest

from tasuki.rules.profile.merging import merge, on_base
from tasuki.rules.profile.reading import Start, is_running, natural_roles, read_profile
from tests.rules.scenario_material import BASE, PROFILE

WHOLE = read_profile(on_base(PROFILE, BASE))


def test_maps_are_merged_key_by_key_and_lists_are_replaced() -> None:
    merged = merge({"a": {"x": 1, "y": 2}, "l": [1, 2]}, {"a": {"y": 3}, "l": [9]})
    assert merged == {"a": {"x": 1, "y": 3}, "l": [9]}


def test_the_defaults_shine_through_and_a_profile_renames_a_role_of_theirs() -> None:
    assert WHOLE.roles["FIRST_LINE"].name == "相談員"
    assert (WHOLE.roles["COORDINATOR"].name, WHOLE.roles["COORDINATOR"].sets) == ("つなぎ役", ("COORD", "COMM"))
    assert WHOLE.key == "kirisawa"


def test_a_profile_without_a_base_stands_alone() -> None:
    alone = {key: value for key, value in PROFILE.items() if key != "base"}
    assert "FIRST_LINE" not in on_base(alone, BASE)["roles"]


def test_clocks_have_defaults_of_their_own() -> None:
    assert (WHOLE.clocks.screening_days, WHOLE.clocks.break_glass_hours) == (14, 24)
    assert WHOLE.clocks.follow_up_months == (3, 6, 12)
    changed = read_profile({"clocks": {"ping_pong": {"hand_overs": 2}, "follow_up_months": [1]}}).clocks
    assert (changed.ping_pong.hand_overs, changed.ping_pong.days, changed.follow_up_months) == (2, 90, (1,))


@pytest.mark.parametrize(
    ("written", "mode", "decides"),
    [
        (None, "直営", "on_accept"),
        (None, "委託", "city"),
        (None, "補助", "city"),
        (None, None, "on_accept"),
        ("city", "直営", "city"),
        ("on_accept", "委託", "on_accept"),
    ],
)
def test_who_decides_on_use_depends_on_the_hub_unless_written(
    written: str | None, mode: str | None, decides: str
) -> None:
    decision = {"d1_decider": written} if written else {}
    assert read_profile({"decision": decision}).decision.d1_decider(mode) == decides


def test_programmes_are_one_row_for_each_item_area_and_day() -> None:
    rows = [(row.item, row.area, row.begins, row.status) for row in WHOLE.programmes]
    assert rows == [
        ("5", "N", "2025-04-01", "実施"),
        ("5", "S", "2025-04-01", "実施"),
        ("6", "N", "2025-04-01", "実施"),
        ("6", "S", "2025-04-01", "実施"),
        ("4", "すべて", None, "未実施"),
    ]


def test_a_programme_runs_from_its_day_in_its_area_until_a_later_row() -> None:
    rows = [
        Start("5", "北", "2025-06-01", "実施"),
        Start("5", "すべて", "2025-09", "実施"),
        Start("5", "南", "2026-01-01", "休止"),
    ]
    assert not is_running(rows, "5", {"北"}, "2025-05-31")
    assert is_running(rows, "5", {"北"}, "2025-06-01")
    assert not is_running(rows, "5", {"南"}, "2025-06-01")
    assert is_running(rows, "5", {"南"}, "2025-09-01")
    assert not is_running(rows, "5", {"南"}, "2026-01-01")
    assert not is_running(rows, "4", {"北"}, "2026-01-01")


def test_of_two_rows_of_one_day_the_last_written_decides() -> None:
    rows = [Start("4", "すべて", None, "未実施"), Start("4", "すべて", None, "実施")]
    assert is_running(rows, "4", set(), "2025-01-01")


def test_a_hub_is_one_by_kind_or_by_function() -> None:
    assert WHOLE.agencies["HUB"].is_hub
    assert not WHOLE.agencies["HOU"].is_hub
    by_function = {"agencies": {"X": {"name": "x", "kind": "GENERAL_CENTRE", "functions": ["多機関協働"]}}}
    assert read_profile(by_function).agencies["X"].is_hub


@pytest.mark.parametrize(
    ("kind", "welfare", "roles"),
    [
        ("HUB", True, ("COORDINATOR",)),
        ("CITY_OFFICE", True, ("DECIDER", "CHAIR")),
        ("OUTREACH", True, ("OUTREACH_WORKER",)),
        ("PARTICIPATION", True, ("PARTICIPATION_WORKER",)),
        ("SHAKYO", True, ("FIRST_LINE", "COMMUNITY_WORKER")),
        ("CITY_SECTION", True, ("DESK",)),
        ("DESK", True, ("DESK",)),
        ("COMMISSIONER", True, ("PARTNER",)),
        ("RESIDENT_GROUP", True, ("PARTNER",)),
        ("HOST", True, ("PARTNER",)),
        ("OTHER", True, ("PARTNER",)),
        ("FARM", False, ("PARTNER",)),
        ("FARM", True, ("FIRST_LINE",)),
        ("SHAKYO", False, ("FIRST_LINE", "COMMUNITY_WORKER")),
        ("CHILD_FAMILY", True, ("FIRST_LINE",)),
    ],
)
def test_each_kind_of_agency_has_its_natural_roles(kind: str, welfare: bool, roles: tuple[str, ...]) -> None:  # noqa: FBT001
    assert natural_roles(kind, welfare=welfare) == roles


def test_a_hub_by_function_coordinates_too() -> None:
    assert natural_roles("GENERAL_CENTRE", ["多機関協働"]) == ("FIRST_LINE", "COORDINATOR")


def test_nothing_written_in_a_profile_is_lost() -> None:
    assert WHOLE.sections["bodies"] == PROFILE["bodies"]
    assert WHOLE.sections["plan"] == PROFILE["plan"]
    assert (WHOLE.name, WHOLE.kind) == ("霧沢村", "村")
    assert WHOLE.agencies["FARM"].welfare is False
    assert WHOLE.conferences["SHIEN"].takes_cases
