"""P4 for files that are being made or wait to be taken: who leaves, a consent withdrawn, a bar, a protection act at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from tasuki.web.export import desk
from tests.web.conftest import AUTUMN, Stage
from tests.web.export.conftest import NOTED, PIECES, Gate, Reached, at, at_rest, begun, over, soon, state
from tests.web.staff.door import person
from tests.web.staff.test_leaving import by_account, by_agency, by_closed_row, by_contract
from tests.web.test_whole_exports import file_at

type Way = Callable[[Stage], None]
SINCE = AUTUMN + dt.timedelta(minutes=2)


def by_post(stage: Stage) -> None:
    """The post ended."""
    stage.run(
        "UPDATE records_post SET until = %s WHERE staff_id = (SELECT id FROM records_staff WHERE key = 'hou3')", AUTUMN
    )


def by_end_of_session(stage: Stage) -> None:
    """The session was ended elsewhere."""
    stage.run("UPDATE records_signin SET ended_at = %s", AUTUMN)


# Faults planted: the desk that binds nobody anew; begin_request() without ended_at, the account, the post, the contract.
@pytest.mark.parametrize("way", [by_post, by_end_of_session, by_agency, by_contract, by_account, by_closed_row])
def test_the_file_of_whoever_is_no_longer_there_dies_within_five_seconds(crowded: Stage, gate: Gate, way: Way) -> None:
    who = person(crowded, "hou3")
    who.sign_in()
    at(who.client)
    begun(who.client)
    assert gate.reached.wait(10)
    way(crowded)
    soon(lambda: gate.stopped)
    gate.open.set()
    at_rest()
    assert (crowded.value(PIECES), crowded.value(NOTED)) == (0, 0)
    assert crowded.value("SELECT count(*) FROM records_export WHERE state = 'READY'") == 0


# Fault planted: EVERY_SECONDS of a minute.
@pytest.mark.usefixtures("unhurried")
def test_signing_out_ends_it_within_five_seconds_as_the_product_looks(crowded: Stage, gate: Gate) -> None:
    client = crowded.browser("hou3")
    begun(client)
    assert gate.reached.wait(10)
    client.post("/sign-out/")
    soon(lambda: gate.stopped)
    gate.open.set()
    at_rest()
    assert (crowded.value(PIECES), crowded.value(NOTED)) == (0, 0)


def withdrawn(reached: Reached) -> None:
    """The consent was withdrawn, all of it."""
    reached.stage.run("UPDATE records_consentreach SET ended_at = %s WHERE person_id = %s", SINCE, reached.person)


def withdrawn_in_part(reached: Reached) -> None:
    """The consent for one class was withdrawn: the person is still there, something of them is not."""
    reached.stage.run(
        "UPDATE records_consentreach SET ended_at = %s WHERE person_id = %s AND data_class = 'HEALTH'",
        SINCE,
        reached.person,
    )


def barred(reached: Reached) -> None:
    """The person was barred from the agency."""
    reached.stage.run(
        "INSERT INTO records_bar (id, municipality_id, person_id, agency_id, since, end_reason) SELECT gen_random_uuid(),"
        " p.municipality_id, p.id, g.id, %s, '' FROM records_person p, records_agency g WHERE p.id = %s AND g.key = 'JOSEI'",
        SINCE, reached.person,
    )  # fmt: skip


def protected(reached: Reached) -> None:
    """The person's address was protected."""
    reached.stage.run(
        "INSERT INTO records_protection (id, municipality_id, person_id, agency_id, since, end_reason, tell_nothing, alleged)"
        " SELECT gen_random_uuid(), p.municipality_id, p.id, g.id, %s, '', '{}', '{}' FROM records_person p, records_agency g"
        " WHERE p.id = %s AND g.key = 'HOU3'",
        SINCE, reached.person,
    )  # fmt: skip


def expired(reached: Reached) -> None:
    """The last day of the consent is over."""
    reached.stage.run("UPDATE records_consentreach SET until = %s WHERE person_id = %s", AUTUMN.date(), reached.person)


LESS = [withdrawn, withdrawn_in_part, barred, protected]


# Faults planted: seen_less_since() without the consents, without the bars, without the protections, for BASIC alone; the desk
# that does not ask it → made and shown to be ready.
@pytest.mark.parametrize("way", LESS)
def test_a_file_in_which_somebody_may_be_seen_less_dies_while_it_is_made(
    reached: Reached, gate: Gate, way: Callable[[Reached], None]
) -> None:
    here = begun(reached.client)
    assert gate.reached.wait(10)
    way(reached)
    soon(lambda: gate.stopped)
    gate.open.set()
    assert over(reached.client, here) == "OUTDATED"
    assert (reached.stage.value(PIECES), reached.stage.value(NOTED)) == (0, 0)
    page = reached.client.get(here).content.decode()
    assert "もう一度作ってください" in page
    assert "葛霞" not in page


# Fault planted: a look that fails is told to the log and the file is made on → READY.
def test_a_file_over_which_nobody_can_watch_is_not_made(
    crowded: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = crowded.browser("hou3")
    here = begun(client)
    assert gate.reached.wait(5)
    monkeypatch.setattr(desk, "_shows_less", lambda _: 1 // 0)
    soon(lambda: gate.stopped)
    gate.open.set()
    assert over(client, here) == "FAILED"
    assert crowded.value(PIECES) == 0


# Fault planted: _make() that does not ask once more → READY.
def test_what_changes_at_the_last_moment_counts_too(
    reached: Reached, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "EVERY_SECONDS", 60.0)
    here = begun(reached.client)
    assert gate.reached.wait(10)
    withdrawn(reached)
    monkeypatch.setattr(desk, "EVERY_SECONDS", 0.05)
    gate.open.set()
    assert over(reached.client, here) == "OUTDATED"
    assert (reached.stage.value(PIECES), reached.stage.value(NOTED)) == (0, 0)


# Faults planted: may_be_taken() not asked → the file; the pieces left.
@pytest.mark.parametrize("way", [*LESS, expired])
def test_a_file_in_which_somebody_may_be_seen_less_is_not_given_out_any_more(
    reached: Reached, way: Callable[[Reached], None]
) -> None:
    here = begun(reached.client)
    assert over(reached.client, here) == "READY"
    assert "葛霞" in file_at(reached.client, f"{here}file").decode("utf-8-sig")
    way(reached)
    if way is expired:
        reached.stage.run("UPDATE records_export SET until = until + interval '2 days'")
        reached.stage.run(
            "UPDATE records_signin SET idle_seconds = 999999, expires_at = expires_at + interval '9 days'"
        )
        at(reached.client, minutes=24 * 60)
    answer = reached.client.get(f"{here}file")
    assert (answer.status_code, answer.headers["Location"]) == (302, here)
    assert state(reached.client, here) == "OUTDATED"
    assert reached.stage.value(PIECES) == 0


# Fault planted: still_shown() without visible_people() → the file.
def test_a_file_of_people_who_are_out_of_sight_altogether_is_not_given_out(crowded: Stage) -> None:
    client = crowded.browser("hou3")
    here = begun(client)
    assert over(client, here) == "READY"
    crowded.run(
        "UPDATE records_post SET sets = '{MGR}' WHERE staff_id = (SELECT id FROM records_staff WHERE key = 'hou3')"
    )
    assert client.get(f"{here}file").status_code == 302
    assert state(client, here) == "OUTDATED"


# Fault planted: a person of the file's other number, linked with theirs, left out of seen_less_since().
def test_what_concerns_a_linked_number_concerns_the_person(reached: Reached) -> None:
    here = begun(reached.client)
    assert over(reached.client, here) == "READY"
    stage = reached.stage
    other = uuid4()
    stage.run(
        "INSERT INTO records_person SELECT (jsonb_populate_record(p, jsonb_build_object('id', %s::text))).* FROM records_person p"
        " WHERE p.id = %s", str(other), reached.person,
    )  # fmt: skip
    protected(Reached(stage, reached.client, other))
    assert reached.client.get(f"{here}file").status_code == 302
    assert state(reached.client, here) == "OUTDATED"


# Faults planted: USING (true) in policies/export.sql; the session left out of it.
def test_nobody_else_and_no_other_sign_in_finds_it(crowded: Stage) -> None:
    client = crowded.browser("hou3")
    here = begun(client)
    assert over(client, here) == "READY"
    crowded.appoint("hou3x", "HOU3", ["FIRST"])
    for stranger in (crowded.browser("hou3x"), crowded.browser("hub"), crowded.browser("hou3")):
        answers: list[tuple[int, bytes]] = []
        for address in (here, f"{here}file", f"{here}progress/", f"/exports/{uuid4()}/"):
            answer = stranger.get(address)
            answers.append((answer.status_code, answer.content))
        assert {status for status, _ in answers} == {404}
        assert len({body for _, body in answers}) == 1
        assert stranger.post(f"{here}end/").status_code == 404
        assert here not in stranger.get("/exports/").content.decode()
    assert state(client, here) == "READY"


SEEN = "SELECT seen_at FROM records_signin WHERE key_hash = (SELECT session FROM records_export)"


# Faults planted: begin_request() that ignores `awake`; the desk that binds as a page does.
def test_neither_its_making_nor_its_page_keeps_a_session_awake(crowded: Stage, gate: Gate) -> None:
    client = crowded.browser("hou3")
    here = begun(client)
    assert gate.reached.wait(10)
    awake_at = crowded.value(SEEN)
    at(client, minutes=5)
    desk._errands[0].moment = AUTUMN + dt.timedelta(minutes=5)
    assert client.get(f"{here}progress/?itself=").status_code == client.get(f"{here}?itself=").status_code == 200
    soon(lambda: crowded.value("SELECT heard_at > asked_at FROM records_export"))
    assert crowded.value(SEEN) == awake_at
    assert client.get(here).status_code == 200
    assert crowded.value(SEEN) != awake_at
    desk._errands[0].moment = AUTUMN + dt.timedelta(minutes=67)
    soon(lambda: gate.stopped)
    gate.open.set()
    at_rest()
    assert crowded.value(PIECES) == 0


def test_a_session_that_sleeps_lets_nobody_take_it(crowded: Stage) -> None:
    client: Client = crowded.browser("hou3")
    here = begun(client)
    at_rest()
    at(client, minutes=61)
    assert client.get(f"{here}file").headers["Location"].startswith("/sign-in/")
