"""A list's file that takes long: asked for on a page, made beside the pages as its person, taken, gone after its time."""

from __future__ import annotations

import datetime as dt
import time
from uuid import uuid4

import psycopg
import pytest

from tasuki.paper import table as tables
from tasuki.rules.export import MOST
from tasuki.web.export import desk
from tasuki.web.household import long
from tests.paper.test_table import read_csv, read_sheets
from tests.web.conftest import AUTUMN, Stage
from tests.web.export.conftest import (
    FEW,
    HELD,
    LIST,
    MANY,
    NOTED,
    PIECES,
    Gate,
    at,
    at_rest,
    begun,
    form_of,
    over,
    soon,
    state,
)
from tests.web.test_sought import asked
from tests.web.test_whole_exports import file_at


# Faults planted: everything_asked() without the filters of last time → other rows; PIECE read once → only the beginning;
# witness() left out of _written() → nobody noted; persons not kept → none.
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_long_list_becomes_the_file_that_one_would_have_had_at_once(
    crowded: Stage, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(desk, "PIECE", 64)
    client = crowded.browser("hou3")
    assert (
        client.get("/households/?open=&area=西圏域").status_code == 200
    )  # a filter that the file's address does not name
    address = f"/households/export.{kind}?order=opened&down=1"
    page = client.get(address).content.decode()
    assert "作りはじめる" in page
    assert crowded.value(NOTED) == 0
    here = begun(client, address)
    assert (
        client.get("/households/?open=&area=東圏域").status_code == 200
    )  # the next list; the file's stays as it was asked for
    assert over(client, here) == "READY"
    assert int(str(crowded.value(PIECES))) > 3
    noted = crowded.column(
        "SELECT unnest(persons) FROM records_readline WHERE door = 'export' AND what = %s", f"households.{kind}"
    )
    assert set(noted) == set(crowded.column("SELECT unnest(persons) FROM records_export")) != set()
    made = file_at(client, f"{here}file")
    client.get("/households/?open=&area=西圏域")
    monkeypatch.setattr(long, "AT_ONCE", MANY * 9)
    at_once = file_at(client, address)
    if kind == "csv":
        assert made == at_once
        assert FEW < len(read_csv(made)) - 1 < MANY
    else:
        assert list(read_sheets(made)) == list(read_sheets(at_once))


# Fault planted: Asked.asked of request.GET as it was sent → nothing sought.
def test_the_words_that_are_looked_for_go_along_and_stand_readably_nowhere(crowded: Stage) -> None:
    crowded.run("UPDATE records_searchkey k SET key = 'ナミノ' || key FROM records_person p"
                " WHERE kind = 'KANA' AND p.id = k.person_id AND p.name <> '雲居 たけ'")  # fmt: skip
    client = crowded.browser("hou3")
    wanted = asked(client, "/households/", q="なみの", open="").replace("/households/?", "/households/export.csv?")
    assert "なみの" not in client.get(wanted).content.decode()
    here = begun(client, wanted)
    assert over(client, here) == "READY"
    names = [row[0] for row in read_csv(file_at(client, f"{here}file"))[1:]]
    assert len(names) > FEW
    assert not any("雲居 たけ" in name for name in names)
    assert crowded.value("SELECT position(%s::bytea IN asked) FROM records_export", "なみの".encode()) == 0


# Faults planted: within() that waits for ever → the file itself; no savepoint → 500.
def test_a_list_that_is_long_to_look_for_is_no_wait_either(crowded: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long, "AT_ONCE", MANY * 9)
    monkeypatch.setattr(long, "PATIENCE", 0.002)
    client = crowded.browser("hou3")
    page = client.get(LIST).content.decode()
    assert "作りはじめる" in page
    assert crowded.value(NOTED) == 0


# Faults planted: tell_export() inside the transaction that makes the file → 0 rows until it is ready; the fragment drawn
# without data-again.
def test_its_page_says_how_far_it_is_and_other_pages_go_on(crowded: Stage, gate: Gate) -> None:
    client = crowded.browser("hou3")
    here = begun(client)
    assert gate.reached.wait(10)
    soon(lambda: f"<strong>{HELD}件</strong>" in client.get(f"{here}progress/?itself=").content.decode())
    page = client.get(here).content.decode()
    assert "作っています" in page
    assert f'content="5; url={here}?itself="' in page
    assert "data-again" in page
    assert client.get("/households/").status_code == 200
    assert client.get(f"{here}file").headers["Location"] == here
    gate.open.set()
    assert over(client, here) == "READY"
    assert "data-again" not in client.get(here).content.decode()


# Fault planted: a number of its own for each click → two files.
def test_two_clicks_make_one_file(crowded: Stage) -> None:
    client = crowded.browser("hou3")
    form = form_of(client.get(LIST).content.decode())
    first, second = (client.post("/exports/", form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    at_rest()
    assert crowded.value("SELECT count(*) FROM records_export") == 1
    assert crowded.value("SELECT count(*) FROM records_journalline WHERE act = 'ask_export'") == 1


# Faults planted: a second thread for a second file; the lock left out of _make() → made at once.
def test_one_is_made_after_the_other_and_one_of_a_person_at_a_time(crowded: Stage, gate: Gate) -> None:
    crowded.appoint("hou3x", "HOU3", ["FIRST"])
    client, other = crowded.browser("hou3"), crowded.browser("hou3x")
    first, second, third = begun(client), begun(client), begun(other)
    assert gate.reached.wait(10)
    soon(lambda: state(client, first) == "MAKING")
    assert (state(client, second), state(other, third)) == ("WAITING", "WAITING")
    assert "順番" in client.get(second).content.decode()
    gate.open.set()
    assert [over(client, first), over(client, second), over(other, third)] == ["READY"] * 3
    assert crowded.column("SELECT id FROM records_export ORDER BY ready_at, asked_at") == crowded.column(
        "SELECT id FROM records_export ORDER BY asked_at"
    )


def test_who_has_a_file_made_by_another_server_waits(crowded: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "_AFTER_ANOTHER", 0.02)
    client = crowded.browser("hou3")
    staff = crowded.id_of("SELECT id FROM records_staff WHERE key = 'hou3'")
    with psycopg.connect(crowded.copy.dsn("tasuki_app"), autocommit=True) as elsewhere:
        elsewhere.execute("SELECT pg_advisory_lock(%s, %s)", [desk._KIND, staff.int % 2**31])
        here = begun(client)
        time.sleep(0.5)  # longer than it would take to make it
        assert (state(client, here), crowded.value(PIECES)) == ("WAITING", 0)
    assert over(client, here) == "READY"


# Fault planted: end_export() that leaves the pieces; the desk that does not look whether a file is still wanted.
def test_giving_up_ends_the_making_and_erases_what_is_there(crowded: Stage, gate: Gate) -> None:
    client = crowded.browser("hou3")
    here = begun(client)
    assert gate.reached.wait(10)
    assert client.post(f"{here}end/").status_code == 302
    soon(lambda: gate.stopped)
    gate.open.set()
    assert over(client, here) == "STOPPED"
    assert (crowded.value(PIECES), crowded.value(NOTED)) == (0, 0)
    again = begun(client)
    assert over(client, again) == "READY"
    client.post(f"{again}end/")
    assert state(client, again) == "STOPPED"
    assert crowded.value(PIECES) == 0
    assert crowded.value("SELECT count(*) FROM records_export WHERE persons <> '{}'") == 0
    assert client.get(f"{again}file").headers["Location"] == again


# Faults planted: until_when() without taken_at → there after eleven minutes; state_at() that does not ask for `until`.
def test_it_is_there_for_an_hour_or_ten_minutes_once_taken(crowded: Stage) -> None:
    client = crowded.browser("hou3")
    kept, taken = begun(client), begun(client)
    at_rest()
    file_at(client, f"{taken}file")
    assert crowded.value("SELECT count(*) FROM records_journalline WHERE act = 'take_export'") == 1
    at(client, minutes=9.9)
    file_at(client, f"{taken}file")
    at(client, minutes=10)
    assert state(client, taken) == "GONE"
    assert client.get(f"{taken}file").headers["Location"] == taken
    at(client, minutes=59.9)
    assert state(client, kept) == "READY"
    at(client, minutes=60)
    assert state(client, kept) == "GONE"
    page = client.get(kept).content.decode()
    again = client.post("/exports/", form_of(page))
    assert over(client, again.headers["Location"]) == "READY"


# Fault planted: state_at() without SILENT.
def test_a_server_that_died_leaves_a_file_that_says_so_and_can_be_asked_for_again(crowded: Stage) -> None:
    client = crowded.browser("hou3")
    here = begun(client)
    at_rest()
    crowded.run("UPDATE records_export SET state = 'MAKING', heard_at = %s", AUTUMN - dt.timedelta(seconds=29))
    assert state(client, here) == "MAKING"
    crowded.run("UPDATE records_export SET heard_at = %s", AUTUMN - dt.timedelta(seconds=31))
    page = client.get(here).content.decode()
    assert "途中で止まりました" in page
    assert "data-again" not in page
    assert client.get(f"{here}file").headers["Location"] == here
    assert over(client, client.post("/exports/", form_of(page)).headers["Location"]) == "READY"


# Fault planted: the size not asked for → an empty file, as if it were whole.
def test_a_file_whose_pieces_the_database_lost_is_not_given_out(crowded: Stage) -> None:
    client = crowded.browser("hou3")
    here = begun(client)
    assert over(client, here) == "READY"
    crowded.run("TRUNCATE records_exportpiece")
    assert client.get(f"{here}file").headers["Location"] == here
    assert state(client, here) == "FAILED"


# Fault planted: beside() that does not tell → MAKING for ever.
def test_what_fails_on_the_way_says_so_shows_nobody_and_names_nobody_in_the_log(
    crowded: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(self: tables.PutAside, row: list[str]) -> None:
        raise OSError(row)

    client = crowded.browser("hou3")
    form = form_of(client.get(LIST).content.decode())
    monkeypatch.setattr(tables.PutAside, "add", full)
    here = client.post("/exports/", form).headers["Location"]
    assert over(client, here) == "FAILED"
    assert (crowded.value(PIECES), crowded.value(NOTED)) == (0, 0)
    assert [one.getMessage() for one in caplog.records] == ["export failed: OSError"]


# Fault planted: why_not_export() that refuses nothing.
def test_too_many_at_once_are_refused_with_a_way_on(crowded: Stage) -> None:
    client = crowded.browser("hou3")
    for _ in range(MOST):
        begun(client)
        at_rest()
    answer = client.post("/exports/", form_of(client.get(LIST).content.decode()))
    assert answer.status_code == 422
    assert f"{MOST}つ" in answer.content.decode()
    assert len(crowded.column("SELECT id FROM records_export")) == MOST


# Faults planted: _files_made() that forgets nothing → on every page; nothing remembered → on none.
def test_that_it_is_ready_is_said_once_on_the_next_page(crowded: Stage) -> None:
    client = crowded.browser("hou3")
    here = begun(client)
    at_rest()
    said = "世帯の一覧のファイル（CSV）ができました。"
    first, second = (client.get("/notices/").content.decode() for _ in range(2))
    assert said in first
    assert f'href="{here}file"' in first.split(said)[1][:80]
    assert said not in second
    assert "世帯の一覧（CSV）" in client.get("/exports/").content.decode()


def test_a_form_that_was_not_ours_begins_nothing(crowded: Stage) -> None:
    client = crowded.browser("hou3")
    form = form_of(client.get(LIST).content.decode())
    for wrong in ({**form, "asked": "x"}, {**form, "asked": ""}, {**form, "form_key": "1"}, {"form_key": str(uuid4())}):
        assert client.post("/exports/", wrong).status_code == 404
    assert crowded.browser("hub").post("/exports/", form).status_code == 404  # sealed for somebody else
    assert crowded.value("SELECT count(*) FROM records_export") == 0


# Fault planted: SET UNLOGGED taken out of migration 0012.
def test_the_pieces_stand_in_no_log_of_the_database(stage: Stage) -> None:
    assert stage.value("SELECT relpersistence::text FROM pg_class WHERE relname = 'records_exportpiece'") == "u"
