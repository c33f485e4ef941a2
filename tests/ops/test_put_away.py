"""What the server does of the end of a case's life by itself, and what a disposal leaves of the footprint."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tasuki.actions import keeping
from tasuki.ops import anchors, books, put_away, seal, verify_audit
from tasuki.ops.database import AUDITOR, OWNER
from tasuki.rules.calendar import JST
from tests.actions.test_keeping import NEXT_YEAR, disposed, ended
from tests.records.troupe import Troupe


# Fault planted: keep_putting_away() looks at a day of 2020 → nothing is due.
def test_the_server_puts_away_what_is_due_while_it_serves(troupe: Troupe, monkeypatch: pytest.MonkeyPatch) -> None:
    of, _ = ended(troupe)
    troupe.act("priv", keeping.classify, case=of, retention_class="CASE")
    assert put_away.put_away(troupe.copy.server, troupe.copy.name, NEXT_YEAR - dt.timedelta(days=30)) == 0
    monkeypatch.setattr(put_away, "EVERY_SECONDS", 0.05)
    troupe.change("UPDATE records_case SET ended_at = '2020-06-01'")
    stop = threading.Event()
    worker = threading.Thread(target=put_away.keep_putting_away, args=(troupe.copy.server, troupe.copy.name, stop))
    worker.start()
    for _ in range(200):
        if stop.wait(0.05) or troupe.truth("SELECT state FROM records_case") == ["ARCHIVED"]:
            break
    stop.set()
    worker.join()
    assert troupe.truth("SELECT state FROM records_case") == ["ARCHIVED"]
    assert troupe.ground("priv", "case", of) == "LAW"


# Fault planted: the serving role may call archive_due().
def test_only_the_owner_puts_away_by_the_clock(troupe: Troupe) -> None:
    for role in ("tasuki_app", "tasuki_door", AUDITOR):
        with troupe.copy.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT archive_due(now())")


# Fault planted: records_readline among what erase_case() deletes.
def test_the_footprint_verifies_after_a_disposal(troupe: Troupe, tmp_path: Path) -> None:
    of, _ = ended(troupe)
    troupe.change(
        'INSERT INTO records_readline (id, municipality_id, at, staff, agency, post, terminal, door, what, target, "case", persons, ground)'
        " SELECT gen_random_uuid(), %s, now(), %s, %s, NULL, '', 'page', 'case', %s, %s, ARRAY(SELECT id FROM records_person), 'HOLDER'",
        troupe.town, troupe.staff["hou3"], troupe.agencies["HOU3"], of, of,
    )  # fmt: skip
    seal.seal_now(troupe.copy.dsn(OWNER))
    before = (
        troupe.truth("SELECT count(*) FROM records_journalline"),
        troupe.truth("SELECT count(*) FROM records_readline"),
    )
    disposed(troupe, of)
    seal.seal_now(troupe.copy.dsn(OWNER))
    outside = tmp_path / "anchors.tsv"
    seal.write_down(troupe.copy.server, troupe.copy.name, outside)
    with psycopg.connect(troupe.copy.dsn(AUDITOR)) as auditor:
        looked = books.look_through(auditor, anchors.read(outside))
    assert looked.troubles == []
    assert verify_audit.report(looked)[-1] == "すべて合っています。"
    after = (
        troupe.truth("SELECT count(*) FROM records_journalline"),
        troupe.truth("SELECT count(*) FROM records_readline"),
    )
    assert after[0] > before[0]
    assert after[1] == before[1] == [1]


FILE = """
    INSERT INTO records_export (id, municipality_id, staff_id, session, title, what, asked, state, rows, size, persons, asked_at, heard_at, until)
    VALUES (%s, %s, %s, %s, '', 'households.csv', '', %s, 1, 1, ARRAY[gen_random_uuid()], %s, %s, %s)
"""
PIECE = "INSERT INTO records_exportpiece (id, municipality_id, export_id, number, body) VALUES (gen_random_uuid(), %s, %s, 0, 'x')"
LEFT = "INSERT INTO records_signin (key_hash, account, opened_at, seen_at, ended_at, idle_seconds, place, shared, how) VALUES ('left', gen_random_uuid(), now(), now(), now(), 1, '', false, '')"


# Faults planted: forget_exports() without `until`, without the end of the session; rows of yesterday kept; keep_putting_away()
# that waits an hour first.
def test_files_of_lists_are_erased_when_their_time_or_their_session_is_over_and_at_each_start(troupe: Troupe) -> None:
    now = dt.datetime.now(JST)
    hour, day = dt.timedelta(hours=1), dt.timedelta(days=1, minutes=1)
    made = {
        "there": ("", "READY", now, now + hour), "over": ("", "READY", now, now - hour), "left": ("left", "READY", now, now + hour),
        "going": ("", "MAKING", now, None), "old": ("", "READY", now - day, now - day + hour), "given up": ("", "STOPPED", now - day, None),
    }  # fmt: skip
    ids = {name: uuid4() for name in made}
    troupe.change(LEFT)
    for name, (session, state, asked, until) in made.items():
        troupe.change(FILE, ids[name], troupe.town, troupe.staff["hou3"], session, state, asked, asked, until)
        if state == "READY":
            troupe.change(PIECE, troupe.town, ids[name])
    stop = threading.Event()
    worker = threading.Thread(target=put_away.keep_putting_away, args=(troupe.copy.server, troupe.copy.name, stop))
    worker.start()
    for _ in range(200):
        if stop.wait(0.05) or troupe.truth("SELECT count(*) FROM records_export") == [4]:
            break
    stop.set()
    worker.join()
    assert troupe.truth("SELECT export_id FROM records_exportpiece") == [ids["there"]]
    assert set(troupe.truth("SELECT id FROM records_export")) == {
        ids[name] for name in ("there", "over", "left", "going")
    }
    assert set(troupe.truth("SELECT id FROM records_export WHERE persons <> '{}'")) == {ids["there"], ids["going"]}
    assert put_away.forget_exports(troupe.copy.server, troupe.copy.name, now + 2 * hour) == 1


# Fault planted: the serving role may call forget_exports().
def test_only_the_owner_erases_files_by_the_clock(troupe: Troupe) -> None:
    for role in ("tasuki_app", "tasuki_door", AUDITOR):
        with troupe.copy.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT forget_exports(now())")
