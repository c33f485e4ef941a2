"""T13: seven kinds of tampering with the footprint are found wherever they happen, and an honest book is never accused."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from tasuki.ops import anchors, books, seal, verify_audit
from tasuki.ops.database import APP, AUDITOR, OWNER
from tasuki.rules.audit import Anchors, Book, Fault
from tests.conftest import Copy

POSITIONS = 200 if os.environ.get("TASUKI_NIGHTLY") else 25
LINES, SIZE = 260, 20  # 13 seals of 20 lines
TOWN = UUID("00000000-0000-4000-8000-000000000001")
FOUND = "INSERT INTO records_municipality (id, key, name, prefecture, kind, profile) VALUES (%s, 'kasumihama', '霞浜市', '', '', '')"
FILL = """
    INSERT INTO records_readline (id, municipality_id, at, staff, agency, post, terminal, door, what, target, "case", persons, ground)
    SELECT gen_random_uuid(), %s, '2026-11-24 10:00+09'::timestamptz + n * interval '7 seconds', gen_random_uuid(),
           gen_random_uuid(), gen_random_uuid(), '192.0.2.' || n %% 200, 'page', 'case', gen_random_uuid(), NULL,
           ARRAY[gen_random_uuid(), gen_random_uuid()], 'HOLDER' FROM generate_series(1, %s) n
"""
ACTS = """
    INSERT INTO records_journalline (id, municipality_id, at, staff, agency, post, terminal, act, target, "case", facts)
    SELECT gen_random_uuid(), %s, '2026-11-24 10:00+09'::timestamptz + n * interval '9 seconds', gen_random_uuid(),
           gen_random_uuid(), NULL, '', 'note', gen_random_uuid(), NULL, jsonb_build_object('n', n, '語', '長'''||n)
    FROM generate_series(1, %s) n
"""


@dataclass(frozen=True)
class Archive:
    """A sealed book, what was written down outside, and its administrator, who can do anything inside the database."""

    copy: Copy
    admin: psycopg.Connection
    outside: Anchors

    def look(self) -> books.Looked:
        """Look through the books as the auditor's role, inside the administrator's transaction."""
        self.admin.execute(f"SET LOCAL ROLE {AUDITOR}")
        found = books.look_through(self.admin, self.outside)
        self.admin.execute("RESET ROLE")
        return found


@pytest.fixture
def archive(database: Copy) -> Iterator[Archive]:
    """Give 260 readings and 40 acts under seals of 20, all written down outside."""
    with psycopg.connect(database.server.admin_dsn(database.name)) as admin:
        admin.execute(FOUND.encode(), [TOWN])
        admin.execute(FILL.encode(), [TOWN, LINES])
        admin.execute(ACTS.encode(), [TOWN, 40])
        admin.commit()
        reseal(admin)
        admin.commit()
        outside = {(s.town, s.book, s.number): s.digest for book in Book for s in books.seals(admin, book)}
        assert len(outside) == LINES // SIZE + 2
        admin.rollback()
        yield Archive(database, admin, outside)
        admin.rollback()


def reseal(admin: psycopg.Connection) -> None:
    """Make the seals anew, as somebody who owns the database could."""
    for book, table in books.TABLES.items():
        admin.execute(f"SELECT seal_book(%s, %s, (SELECT max(seq) FROM {table}), true, %s)", [TOWN, book, SIZE])


def edit(a: Archive, place: int) -> None:
    field = ("ground = 'CONSENT'", "terminal = '198.51.100.9'", "at = at + interval '1 microsecond'", "persons = persons[1:1]",
             "staff = gen_random_uuid()", "target = NULL", "what = 'cas'", "door = door || ' '")[place % 8]  # fmt: skip
    a.admin.execute(f"UPDATE records_readline SET {field} WHERE seq = {place}".encode())


def delete(a: Archive, place: int) -> None:
    a.admin.execute("DELETE FROM records_readline WHERE seq = %s", [place])


def insert(a: Archive, place: int) -> None:
    delete(a, place)
    a.admin.execute("DELETE FROM records_seal")  # an honest hole first, then somebody fills it
    reseal(a.admin)
    a.admin.execute(
        b"INSERT INTO records_readline (seq, id, municipality_id, at, staff, agency, persons, door, what, ground, terminal)"
        b" OVERRIDING SYSTEM VALUE SELECT %s, gen_random_uuid(), municipality_id, at, staff, agency, persons, door, what,"
        b" ground, terminal FROM records_readline WHERE seq <> %s LIMIT 1", [place, place],
    )  # fmt: skip


def reorder(a: Archive, place: int) -> None:
    other = place % LINES + 1
    column = "seq" if place % 2 else "at"
    low, high = a.admin.execute(f"SELECT min({column}), max({column}) FROM records_readline WHERE seq IN (%s, %s)".encode(),
                                [place, other]).fetchone() or (0, 0)  # fmt: skip
    if column == "at":
        for one, moment in ((min(place, other), high), (max(place, other), low)):
            a.admin.execute("UPDATE records_readline SET at = %s WHERE seq = %s", [moment, one])
        return
    a.admin.execute("ALTER TABLE records_readline ALTER COLUMN seq DROP IDENTITY")
    for now, then in ((low, -1), (high, low), (-1, high)):
        a.admin.execute("UPDATE records_readline SET seq = %s WHERE seq = %s", [then, now])


def rewrite_tail(a: Archive, place: int) -> None:
    edit(a, place)
    a.admin.execute("DELETE FROM records_seal WHERE book = 'READ' AND until >= %s", [place])
    reseal(a.admin)


def cut_tail(a: Archive, place: int) -> None:
    first = (place - 1) // SIZE * SIZE
    a.admin.execute("DELETE FROM records_readline WHERE seq > %s", [first])
    a.admin.execute("DELETE FROM records_seal WHERE book = 'READ' AND since >= %s", [first])


def replace_batch(a: Archive, place: int) -> None:
    first = (place - 1) // SIZE * SIZE
    a.admin.execute(
        "UPDATE records_readline SET staff = gen_random_uuid(), id = gen_random_uuid() WHERE seq > %s AND seq <= %s",
        [first, first + SIZE],
    )
    a.admin.execute("DELETE FROM records_seal WHERE book = 'READ' AND since >= %s", [first])
    reseal(a.admin)


WITH_OUTSIDE = {Fault.ANCHOR_DIFFERS}
KINDS: dict[Callable[[Archive, int], None], set[Fault]] = {
    edit: {Fault.CHANGED}, delete: {Fault.GONE}, insert: {Fault.ADDED}, reorder: {Fault.MOVED, Fault.CHANGED},
    rewrite_tail: WITH_OUTSIDE, cut_tail: {Fault.SEAL_GONE}, replace_batch: WITH_OUTSIDE,
}  # fmt: skip


# Fault planted: the digest of a line not compared; GONE not told; ADDED not told; anchors not compared; faults_of_tail left out.
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_tampering_is_found_wherever_it_happens(archive: Archive, kind: Callable[[Archive, int], None]) -> None:
    for place in random.Random(kind.__name__).sample(range(1, LINES + 1), POSITIONS):
        looked_at, outside = archive, archive.outside
        kind(archive, place)
        if kind is insert:  # the hole was honest, and so is what was written down after it
            outside = {(s.town, s.book, s.number): s.digest for book in Book for s in books.seals(archive.admin, book)}
            looked_at = Archive(archive.copy, archive.admin, outside)
        found = looked_at.look().troubles
        archive.admin.rollback()
        assert found, place
        first = found[0]
        assert first.fault in KINDS[kind], (place, first)
        batch = (place - 1) // SIZE * SIZE
        exact = min(place, place % LINES + 1) if kind is reorder else place
        assert first.place == (exact if kind in {edit, delete, insert, reorder} else batch + 1), (place, first)
        assert first.id is not None or kind is cut_tail


# Fault planted: `facts` left out of PARTS.
def test_an_honest_book_is_not_accused(archive: Archive) -> None:
    looked = archive.look()
    assert looked.troubles == []
    assert looked.sealed == {Book.READ: LINES, Book.ACT: 40}
    assert verify_audit.report(looked)[-1] == "すべて合っています。"


# Fault planted: the seal's own digest not recomputed.
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("digests = digests || '\\x00'", Fault.SEAL_CHANGED),
        ("sealed_at = sealed_at + interval '1 second'", Fault.SEAL_CHANGED),
        ("previous = repeat('0', 64)", Fault.SEAL_CHANGED),
        ("lines = lines - 1", Fault.SEAL_CHANGED),
    ],
)
def test_a_seal_that_was_changed_is_named(archive: Archive, change: str, fault: Fault) -> None:
    archive.admin.execute(f"UPDATE records_seal SET {change} WHERE book = 'ACT' AND number = 2".encode())
    found = archive.look().troubles
    assert found
    assert (found[0].book, found[0].number, found[0].fault) == (Book.ACT, 2, fault)


def test_a_seal_taken_out_of_the_middle_is_named(archive: Archive) -> None:
    archive.admin.execute("DELETE FROM records_seal WHERE book = 'READ' AND number = 4")
    assert {one.fault for one in archive.look().troubles} >= {Fault.SEAL_GONE}


def keep(stop: threading.Event, failures: list[BaseException], work: Callable[[], None]) -> None:
    """Work until told to stop."""
    try:
        while not stop.is_set():
            work()
    except psycopg.Error as trouble:
        failures.append(trouble)


def crowd_at_work(database: Copy, admin: psycopg.Connection) -> list[BaseException]:
    """Let three write, some of it in vain, and two seal, until 1,500 lines stand."""
    stop, failures = threading.Event(), list[BaseException]()

    def write() -> None:
        with psycopg.connect(database.server.admin_dsn(database.name)) as writer:
            for _ in range(12):
                writer.execute("SELECT pg_current_xact_id()")  # as the binding of an asker does
                writer.execute(FILL.encode(), [TOWN, random.randint(1, 9)])
                (writer.rollback if random.random() < 0.25 else writer.commit)()

    def make() -> None:
        with psycopg.connect(database.dsn(OWNER), autocommit=True) as sealer:
            sealer.execute("SELECT seal_footprint(true, 7)")

    threads = [threading.Thread(target=keep, args=(stop, failures, one)) for one in (write, write, write, make, make)]
    for one in threads:
        one.start()
    while not failures and admin.execute("SELECT count(*) < 1500 FROM records_readline").fetchone() == (True,):
        stop.wait(0.05)
    stop.set()
    for one in threads:
        one.join()
    return failures


# Fault planted: the waiting for older transactions left out of seal_footprint() → lines slip in behind a seal.
def test_under_concurrent_writers_no_line_slips_in_behind_a_seal(database: Copy) -> None:
    with psycopg.connect(database.server.admin_dsn(database.name), autocommit=True) as admin:
        admin.execute(FOUND.encode(), [TOWN])
        assert crowd_at_work(database, admin) == []
        seal.seal_now(database.dsn(OWNER))
    with psycopg.connect(database.dsn(AUDITOR)) as auditor:
        looked = books.look_through(auditor, {})
    assert looked.troubles == []
    assert looked.loose == {Book.READ: 0, Book.ACT: 0}
    assert looked.seals > 20


# Fault planted: the waiting for older transactions left out of seal_footprint().
def test_a_seal_waits_for_an_older_transaction_that_is_still_open(database: Copy) -> None:
    with (
        psycopg.connect(database.server.admin_dsn(database.name), autocommit=True) as admin,
        psycopg.connect(database.server.admin_dsn(database.name)) as slow,
        psycopg.connect(database.dsn(OWNER), autocommit=True) as sealer,
    ):
        admin.execute(FOUND.encode(), [TOWN])
        slow.execute(FILL.encode(), [TOWN, 3])
        admin.execute(FILL.encode(), [TOWN, 3])
        sealer.execute("SELECT seal_footprint(true)")
        assert sealer.execute("SELECT seal_footprint(true)").fetchone() == (-1,)
        slow.commit()
        assert seal.seal_now(database.dsn(OWNER)) == 1
        assert admin.execute("SELECT lines FROM records_seal").fetchone() == (6,)


# Fault planted: seal_now() that takes a first step that waited for one that sealed.
def test_sealing_now_seals_also_what_came_after_a_mark_that_had_to_wait(database: Copy) -> None:
    with (
        psycopg.connect(database.server.admin_dsn(database.name), autocommit=True) as admin,
        psycopg.connect(database.server.admin_dsn(database.name)) as slow,
        psycopg.connect(database.dsn(OWNER), autocommit=True) as sealer,
    ):
        admin.execute(FOUND.encode(), [TOWN])
        slow.execute(FILL.encode(), [TOWN, 3])
        sealer.execute("SELECT seal_footprint(true)")
        admin.execute(FILL.encode(), [TOWN, 3])
        late = threading.Timer(0.5, slow.commit)
        late.start()
        seal.seal_now(database.dsn(OWNER))
        late.join()
        assert admin.execute("SELECT sum(lines) FROM records_seal").fetchone() == (6,)


def test_the_command_names_the_first_bad_line_and_answers_with_a_failure(
    database: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path / "anchors.tsv"
    with psycopg.connect(database.server.admin_dsn(database.name), autocommit=True) as admin:
        admin.execute(FOUND.encode(), [TOWN])
        admin.execute(FILL.encode(), [TOWN, 12])
        assert seal.seal_now(database.dsn(OWNER)) == 1
        assert seal.write_down(database.server, database.name, outside) == (1, "")
        assert seal.write_down(database.server, database.name, outside) == (0, "")
        admin.execute("UPDATE records_readline SET ground = 'CONSENT' WHERE seq = 5")
    with psycopg.connect(database.dsn(AUDITOR)) as auditor:
        told = verify_audit.report(books.look_through(auditor, anchors.read(outside)))
    assert "最初の食い違い: 閲覧の足あと（records_readline） 位置 5" in told[-1]
    assert "書きかえられています" in told[-1]
    page = seal.day_page(database.server, database.name, "")
    assert "霞浜市" in page
    assert "閲覧の足あと　12行　封 1〜1" in page


def test_the_server_seals_while_it_serves_and_says_when_a_seal_is_no_longer_the_one_outside(
    database: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outside, stop = tmp_path / "anchors.tsv", threading.Event()
    monkeypatch.setenv("TASUKI_ANCHORS", str(outside))
    monkeypatch.setattr(seal, "EVERY_SECONDS", 0.05)
    with psycopg.connect(database.server.admin_dsn(database.name), autocommit=True) as admin:
        admin.execute(FOUND.encode(), [TOWN])
        admin.execute(FILL.encode(), [TOWN, 12])
        worker = threading.Thread(target=seal.keep_sealing, args=(database.server, database.name, stop))
        worker.start()
        while not anchors.read(outside):
            stop.wait(0.05)
        stop.set()
        worker.join()
        assert capsys.readouterr().err == ""
        admin.execute("UPDATE records_seal SET digest = repeat('0', 64)")
    assert "外の控えと合わない帳面が 1 あります" in seal.write_down(database.server, database.name, outside)[1]


# Fault planted: setdefault turned into an assignment → a later forged line takes the first one back.
def test_what_stands_outside_cannot_be_taken_back_by_writing_more(database: Copy, tmp_path: Path) -> None:
    outside = tmp_path / "anchors.tsv"
    outside.write_text(f"{TOWN}\tREAD\t1\t0\t9\t9\t{'a' * 64}\t1\n{TOWN}\tREAD\t1\t0\t9\t9\t{'b' * 64}\t1\n")
    assert anchors.read(outside) == {(TOWN, "READ", 1): "a" * 64}
    assert seal.write_down(database.server, database.name, outside)[1] != ""


TRIES = (
    "INSERT INTO records_readline (seq, id, municipality_id, at, staff, agency) OVERRIDING SYSTEM VALUE VALUES (1, %(id)s, %(id)s, now(), %(id)s, %(id)s)",
    "UPDATE records_readline SET ground = ''", "DELETE FROM records_journalline", "TRUNCATE records_readline",
    "UPDATE records_journalline SET at = now()", "DELETE FROM records_seal", "SELECT * FROM records_seal",
    "SELECT seal_footprint(true)", "SELECT seal_book(%(id)s, 'READ', 9, true, 1)", "DELETE FROM seal_mark",
    "SELECT setval('records_readline_seq_seq', 1)", "ALTER TABLE records_readline ALTER COLUMN seq RESTART",
)  # fmt: skip


# Fault planted: GRANT INSERT on the whole of records_readline and records_journalline.
@pytest.mark.parametrize("table", books.TABLES.values())
def test_the_serving_role_cannot_choose_the_number_of_a_line(database: Copy, table: str) -> None:
    with database.connect(OWNER) as connection:
        told = connection.execute("SELECT has_column_privilege(%s, %s, 'seq', 'INSERT')", [APP, table]).fetchone()
    assert told == (False,)


# Fault planted: EXECUTE on seal_footprint to the serving role.
@pytest.mark.parametrize("statement", TRIES)
def test_the_serving_role_can_neither_seal_nor_change_what_is_written(database: Copy, statement: str) -> None:
    with database.connect(APP) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode(), {"id": uuid4()} if "%(id)s" in statement else None)
