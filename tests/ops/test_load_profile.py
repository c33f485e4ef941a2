"""A municipality's file becomes its rows: shown first, written once, and nothing that cases refer to is lost."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tasuki.ops import Unfit
from tasuki.ops.cli import main
from tasuki.ops.database import OWNER
from tasuki.ops.files import OWN_PROFILES, load_profile, profile_data
from tasuki.ops.load_profile import described, load
from tasuki.records.town_plan import last_day
from tasuki.rules.profile.merging import BASE
from tests.conftest import Copy
from tests.ops.test_files import PROFILES

NOW = dt.datetime(2026, 4, 8, 9, tzinfo=dt.UTC)
VILLAGE = OWN_PROFILES / "kirisawa.yaml"


def village(**sections: Any) -> dict[str, Any]:
    """Return the village's profile, with sections of one's own."""
    return {**profile_data(VILLAGE), **sections}


def without(profile: Mapping[str, Any], section: str, key: str) -> dict[str, Any]:
    return {**profile, section: {name: one for name, one in profile[section].items() if name != key}}


def ask(database: Copy, question: str, *values: object) -> list[tuple[Any, ...]]:
    with database.connect(OWNER) as connection:
        return connection.execute(question, values).fetchall()


# Fault planted: a programme left out of write_town().
@pytest.mark.parametrize("path", [p for p in PROFILES if p.stem != BASE], ids=lambda path: path.stem)
def test_every_profile_loads_whole_and_a_second_time_changes_nothing(database: Copy, path: Path) -> None:
    load(profile_data(path), path.stem, now=NOW)
    expected = load_profile(path)
    for table, wanted in (
        ("area", expected.areas),
        ("department", expected.departments),
        ("agency", expected.agencies),
        ("rolename", expected.roles),
        ("conference", expected.conferences),
    ):
        assert {row[0] for row in ask(database, f"SELECT key FROM records_{table}")} == set(wanted)
    rows = {(one.item, one.name, one.begins or "") for one in expected.programmes}
    assert ask(database, "SELECT count(DISTINCT (item, name)) FROM records_programme") == [
        (len({row[:2] for row in rows}),)
    ]
    again = load(profile_data(path), path.stem, now=NOW)
    assert again.changes == ()
    assert "変わるところはありません。" in described(again, path.stem)


# Fault planted: _last_day_of() that deletes; ENDED that is told again.
def test_an_agency_and_a_conference_that_left_are_ended_and_keep_their_rows(database: Copy) -> None:
    load(village(), "kirisawa", now=NOW)
    before = ask(database, "SELECT id FROM records_agency WHERE key = 'NOGYO'")
    smaller = without(without(village(), "agencies", "NOGYO"), "conferences", "MURA")
    told = load(smaller, "kirisawa", now=NOW)
    assert [(one.section, one.name) for one in told.changes if one.what == "ENDED"] == [
        ("agencies", "谷あい農園"),
        ("conferences", "村ぐるみ会議"),
    ]
    assert ask(database, "SELECT id, valid_until FROM records_agency WHERE key = 'NOGYO'") == [
        (before[0][0], dt.date(2026, 4, 8))
    ]
    assert ask(database, "SELECT ended_on FROM records_conference WHERE key = 'MURA'") == [(dt.date(2026, 4, 8),)]
    assert load(smaller, "kirisawa", now=NOW + dt.timedelta(days=9)).changes == ()
    load(village(), "kirisawa", now=NOW)
    assert ask(database, "SELECT valid_until FROM records_agency WHERE key = 'NOGYO'") == [(None,)]


# Fault planted: an area that is told to end but keeps no last day.
def test_an_area_and_a_role_that_left_are_ended_and_come_back_with_the_file(database: Copy) -> None:
    load(village(), "kirisawa", now=NOW)
    areas = {**village()["areas"], "list": village()["areas"]["list"][:1]}
    told = load(without(village(areas=areas), "roles", "COORDINATOR"), "kirisawa", now=NOW)
    assert [one[:2] for one in told.changes if one.what == "ENDED"] == [("areas", "ENDED"), ("roles", "ENDED")]
    assert "  終わる  下谷" in described(told, "kirisawa")
    ended = "SELECT count(*) FROM records_{} WHERE ended_on = '2026-04-08'"
    assert ask(database, ended.format("area")) == ask(database, ended.format("rolename")) == [(1,)]
    load(village(), "kirisawa", now=NOW)
    assert ask(database, ended.format("area")) == ask(database, ended.format("rolename")) == [(0,)]


# Fault planted: the loop over rows that left taken out of _programmes().
def test_a_programme_that_left_stands_as_not_carried_out(database: Copy) -> None:
    load(village(), "kirisawa", now=NOW)
    fewer = [one for one in village()["programmes"] if one["item"] != "2"]
    load(village(programmes=fewer), "kirisawa", now=NOW)
    assert ask(database, "SELECT status FROM records_programme WHERE item = '2'") == [("未実施",)]
    assert load(village(programmes=fewer), "kirisawa", now=NOW).changes == ()


# Fault planted: _settings() that writes into the row in force.
def test_a_changed_setting_is_a_new_row_and_the_old_one_stays(database: Copy) -> None:
    load(village(), "kirisawa", now=NOW)
    clocks = {**village()["clocks"], "screening_days": 7}
    load(village(clocks=clocks), "kirisawa", now=NOW + dt.timedelta(days=1))
    question = "SELECT body ->> 'screening_days' FROM records_setting WHERE section = 'clocks' ORDER BY since"
    assert ask(database, question) == [("10",), ("7",)]


# Fault planted: `keep` not passed on.
def test_looking_first_writes_nothing(database: Copy) -> None:
    told = load(village(), "kirisawa", keep=False, now=NOW)
    assert len(told.changes) > 50
    assert ask(database, "SELECT count(*) FROM records_municipality") == [(0,)]


# Fault planted: write_town() without its transaction.
def test_a_file_that_fails_half_way_leaves_nothing(database: Copy) -> None:
    conferences = {**village()["conferences"], "X" * 41: {"name": "長すぎる記号"}}
    with pytest.raises(Unfit, match="長すぎる値"):
        load(village(conferences=conferences), "kirisawa", now=NOW)
    assert ask(database, "SELECT count(*) FROM records_agency") == [(0,)]


# Fault planted: posts dropped and made anew by write_town().
def test_the_posts_of_those_who_work_here_are_untouched(database: Copy) -> None:
    from tasuki.records.town_plan import Appointment, appoint

    town = load(village(), "kirisawa", now=NOW).town
    appoint(town, [Appointment("hana", "谷端 花", [("HUB", ["COORDINATOR"]), ("OFFICE", ["DECIDER"])])], NOW)
    before = ask(database, "SELECT * FROM records_post ORDER BY id")
    load(without(village(), "roles", "COORDINATOR"), "kirisawa", now=NOW)
    assert ask(database, "SELECT * FROM records_post ORDER BY id") == before
    assert sorted(row[0] for row in ask(database, "SELECT sets FROM records_post")) == [["CITY"], ["COORD", "FIRST"]]


def test_a_month_alone_ends_on_its_last_day() -> None:
    assert last_day("2028-02") == dt.date(2028, 2, 29)
    assert last_day("2028-02-03") == dt.date(2028, 2, 3)
    assert last_day(None) is None


# Fault planted: Unreadable that is no Unfit.
def test_a_file_with_a_mistake_is_refused_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "kirisawa.yaml"
    text = VILLAGE.read_text(encoding="utf-8")
    line = next(n for n, one in enumerate(text.splitlines(), 1) if one.startswith("  HUB:"))
    wrong.write_text(text.replace("kind: HUB,", "kind: HABU,", 1), encoding="utf-8")
    assert main(["load-profile", str(wrong), "--yes"]) == 2
    assert f"{wrong}:{line}: " in capsys.readouterr().err


# Fault planted: `--yes` that is not asked for; an answer without --json.
def test_the_command_shows_first_and_writes_when_told(
    database: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tasuki.ops import load_profile as command

    class Here:
        def __enter__(self) -> Any:
            return database.server

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(command, "city_server", Here)
    monkeypatch.setenv("TASUKI_DATABASE", database.name)
    assert main(["load-profile", str(VILLAGE)]) == 1
    assert "何も変えていません" in capsys.readouterr().out
    assert main(["load-profile", str(VILLAGE), "--yes", "--json", "--municipality", "tani"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["municipality"], told["name"], told["written"]) == ("tani", "霧沢村", True)
    assert ask(database, "SELECT key FROM records_municipality") == [("tani",)]
    assert main(["load-profile", str(VILLAGE), "--municipality", "tani"]) == 0
    assert "変わるところはありません。" in capsys.readouterr().out
