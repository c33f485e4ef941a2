"""`tasuki check`: a played database passes, and every promise is seen to break when its fault is planted."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

from tasuki.ops import check as command
from tasuki.ops.check import violations
from tasuki.ops.cli import main
from tasuki.ops.database import Server, disconnect
from tasuki.ops.files import OWN_SCENARIOS
from tasuki.ops.invariants import invariants
from tasuki.ops.replay.theatre import mark_rehearsal, play_file
from tests.conftest import Copy

# What is done to the played database, as superuser without foreign keys, and which promise that breaks.
ONE_CASE = "(SELECT id FROM records_case WHERE state <> 'DISPOSED' ORDER BY id LIMIT 1)"
SEALED = "SELECT i.sitting_id FROM records_agendaitem i WHERE i.basis = 'ARTICLE_106_6'"
CLOSED = "DROP POLICY app_{} ON records_case"
FAULTS = {
    "one_holder_now": f"UPDATE records_holding SET until = since + interval '1 s' WHERE case_id = {ONE_CASE}",
    "sash_unbroken": "UPDATE records_holding SET until = until - interval '1 s' WHERE id ="
    " (SELECT id FROM records_holding WHERE until > since + interval '1 h' ORDER BY id LIMIT 1)",
    "holder_in_office": "UPDATE records_agency SET contract_until = '2020-03-31' WHERE id = (SELECT h.agency_id"
    " FROM records_holding h JOIN records_case c ON c.id = h.case_id WHERE h.until IS NULL AND c.ended_at IS NULL"
    " LIMIT 1)",
    "one_open_referral": "DROP INDEX one_open_referral; UPDATE records_referral SET state = 'OFFERED',"
    " answered_at = NULL, answered_by_id = NULL WHERE state = 'ACCEPTED';"
    " INSERT INTO records_referral SELECT (json_populate_record(r, json_build_object('id', gen_random_uuid()))).*"
    " FROM records_referral r WHERE state = 'OFFERED' LIMIT 1",
    "answered_referrals_say_when": "UPDATE records_referral SET answered_at = NULL WHERE state = 'ACCEPTED'",
    "acceptance_moved_the_sash": "UPDATE records_referral SET answered_at = answered_at - interval '1 s'"
    " WHERE state = 'ACCEPTED'",
    "only_acceptance_moved_the_sash": "UPDATE records_referral SET state = 'JOINED' WHERE state = 'ACCEPTED'",
    "ended_cases_say_when": "UPDATE records_case SET ended_at = NULL WHERE state = 'CLOSED'",
    "workers_have_posts": "UPDATE records_post SET until = '2020-03-31'",
    "records_name_somebody": "DELETE FROM records_subject WHERE kind = 'NOTE'",
    "subjects_repeat_their_record": "UPDATE records_subject SET kind = 'RECEIVE' WHERE kind = 'NOTE'",
    "put_away_is_whole": "UPDATE records_record SET archived_at = now() WHERE kind = 'NOTE'",
    "disposed_is_gone": f"UPDATE records_case SET state = 'DISPOSED' WHERE id = {ONE_CASE}",
    "open_cases_have_people": f"UPDATE records_person SET household_id = {ONE_CASE}",
    "named_people_can_be_found": "UPDATE records_searchkey SET key = ''",
    "links_and_identity_agree": "UPDATE records_person SET identity = gen_random_uuid()",
    "consent_reaches_inside_its_period": "UPDATE records_consentreach SET until = '2099-01-01'",
    "decided_plans_were_judged_and_applied_for": "UPDATE records_plan SET applied_on = NULL",
    "one_decided_plan": "INSERT INTO records_plan SELECT (json_populate_record(p,"
    " json_build_object('id', gen_random_uuid(), 'state', 'DECIDED'))).* FROM records_plan p"
    " WHERE state = 'DECIDED' LIMIT 1",
    "held_sittings_say_when": "UPDATE records_sitting SET held_at = NULL WHERE state = 'HELD'",
    "sealed_guests_had_pledged": f"UPDATE records_sitting SET held_at = '2030-01-01' WHERE id IN ({SEALED})",
    "numbers_are_given_once": "UPDATE records_consultation SET number = '受2026-000001-0'",
    "inside_one_municipality": "UPDATE records_subject SET municipality_id = gen_random_uuid()",
    "every_table_is_closed": "ALTER TABLE records_case NO FORCE ROW LEVEL SECURITY",
    "no_rehearsal": "INSERT INTO rehearsal DEFAULT VALUES",
}
ALSO = {
    "inside_one_municipality": [
        "UPDATE records_watch SET watchers = ARRAY[gen_random_uuid()]",
        "UPDATE records_journalline SET staff = gen_random_uuid()",
        "DELETE FROM records_person",
    ],
    "open_cases_have_people": ["UPDATE records_caseperson SET left_at = now()"],
    "every_table_is_closed": [f"{CLOSED.format('select')};{CLOSED.format('insert')};{CLOSED.format('update')}"],
}  # fmt: skip
PLANTED = [(name, fault) for name in FAULTS for fault in (FAULTS[name], *ALSO.get(name, []))]


@pytest.fixture(scope="session")
def played(server: Server, template: str, django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[str]:
    """Play our own scenarios once; afterwards the database is no rehearsal any more."""
    name = f"played_{worker_id}"
    server.clone(template, name)
    with django_db_blocker.unblock():
        server.point(name)
        mark_rehearsal()
        assert all(play_file(path)["ok"] for path in sorted(OWN_SCENARIOS.glob("*.yaml")))
        disconnect()
    plant(server, name, "DELETE FROM rehearsal")
    yield name
    server.drop(name)


@pytest.fixture
def copy(server: Server, played: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Copy]:
    """Copy the played database for one test."""
    name = f"{played}_copy"
    server.clone(played, name)
    with django_db_blocker.unblock():
        server.point(name)
        yield Copy(server, name)
        disconnect()
    server.drop(name)


def plant(server: Server, name: str, fault: str) -> int:
    """Do what no role of ours can: past row security and foreign keys. Returns how many rows it touched."""
    with psycopg.connect(server.admin_dsn(name), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        return max(connection.execute(one).rowcount for one in fault.split(";"))


def test_a_played_database_keeps_every_promise(copy: Copy) -> None:
    assert violations() == []


def test_every_promise_has_a_planted_fault() -> None:
    assert {one.name for one in invariants(live=True)} == set(FAULTS)


@pytest.mark.parametrize(("name", "fault"), PLANTED, ids=[name for name, _ in PLANTED])
def test_a_broken_promise_is_named_with_its_rows(copy: Copy, name: str, fault: str) -> None:
    assert plant(copy.server, copy.name, fault) != 0
    assert name in {one.name for one in violations()}


# Fault planted: live_only ignored by invariants().
def test_a_rehearsal_is_not_asked_for_the_clock(copy: Copy) -> None:
    plant(copy.server, copy.name, FAULTS["no_rehearsal"])
    assert violations(live=False) == []


# Fault planted: exit code 0 whatever was found.
def test_the_command_lists_ids_and_no_names(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Here:
        def __enter__(self) -> Any:
            return copy.server

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(command, "city_server", Here)
    monkeypatch.setenv("TASUKI_DATABASE", copy.name)
    assert main(["check"]) == 0
    assert "すべての約束が守られています。" in capsys.readouterr().out
    plant(copy.server, copy.name, FAULTS["ended_cases_say_when"])
    assert main(["check", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    (broken,) = told["violations"]
    assert broken["name"] == "ended_cases_say_when"
    assert all(len(one) == 36 for one in broken["ids"])


# Fault planted: _problems() that never reads a scenario.
def test_files_are_checked_with_the_line_of_everything_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = OWN_SCENARIOS / "T01.yaml"
    wrong = tmp_path / "T01.yaml"
    wrong.write_text(right.read_text(encoding="utf-8").replace("do: receive", "do: recieve", 1), encoding="utf-8")
    assert main(["check", str(right)]) == 0
    capsys.readouterr()
    assert main(["check", str(wrong)]) == 1
    line = next(n for n, one in enumerate(wrong.read_text(encoding="utf-8").splitlines(), 1) if "recieve" in one)
    assert capsys.readouterr().out.startswith(f"{wrong}:{line}: ")
