"""T17, T18: what was backed up comes back whole, at the moment asked for; what is broken is never taken for a backup."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

from tasuki.ops import Unfit, anchors, backup, drill, seal
from tasuki.ops.cli import main
from tasuki.ops.database import OWNER, Server, disconnect, embedded_server, fleeting_ground
from tasuki.ops.embedded import SUPERUSER, Cluster
from tasuki.ops.restore import Target, read_moment, restore
from tasuki.ops.shelf import Shelf, following
from tasuki.ops.strongbox import make_key, read_key
from tasuki.rules.calendar import JST
from tests.faults.installation import wait_until
from tests.ops.test_verify_audit import FILL, FOUND, TOWN

NAME = "tasuki"


@dataclass(frozen=True)
class City:
    """An installation with a whole copy on its shelf, and more written since."""

    home: Path
    cluster: Cluster
    shelf: Shelf
    moment: dt.datetime

    @property
    def server(self) -> Server:
        """The embedded server."""
        return embedded_server(self.cluster)

    def ask(self, statement: str, *values: object) -> object:
        """Ask or change something as the superuser, in one transaction of its own."""
        with psycopg.connect(self.cluster.dsn(SUPERUSER, NAME), autocommit=True) as admin:
            cursor = admin.execute(statement.encode(), values or None)
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    def written(self) -> int:
        """Count the readings that were written so far."""
        return int(str(self.ask("SELECT count(*) FROM records_readline")))

    def finish_segment(self) -> str:
        """End the segment of the log that is written now and return its name; an empty one would not end."""
        segment = str(self.ask("SELECT pg_walfile_name(pg_create_restore_point('now'))"))
        self.ask("SELECT pg_switch_wal()")
        return segment

    def flush(self) -> None:
        """Bring everything that was written onto the shelf."""
        backup.wait_for(self.shelf, self.cluster.spool, self.finish_segment(), 0.05)


@pytest.fixture(scope="module")
def made(django_db_blocker: DjangoDbBlocker) -> Iterator[City]:
    """Make an installation with 40 readings under seals in its copy and 30 more in the log since."""
    with (
        tempfile.TemporaryDirectory(prefix="tasuki-b-", dir=fleeting_ground()) as name,
        pytest.MonkeyPatch.context() as patch,
    ):
        home = Path(name)
        home.chmod(0o711)
        patch.setenv("TASUKI_HOME", str(home / "here"))
        patch.setenv("TASUKI_DATABASE", NAME)
        make_key(home / "safe" / "tasuki.key")
        shelf = Shelf(home / "shelf", read_key(home / "safe" / "tasuki.key"))
        with Cluster(home / "here" / "city") as cluster, django_db_blocker.unblock():
            server = embedded_server(cluster)
            server.make_roles()
            server.make_database(NAME)
            server.prepare(NAME)
            disconnect()
            cluster.archive()  # told while it runs, a server lets its archiver rest for ten seconds; started anew, it has one
        with Cluster(home / "here" / "city") as cluster, django_db_blocker.unblock():
            server = embedded_server(cluster)
            city = City(home, cluster, shelf, dt.datetime.now(tz=JST))
            city.ask(FOUND, TOWN)
            city.ask(FILL, TOWN, 40)
            seal.seal_now(server.dsn(OWNER, NAME))
            seal.write_down(server, NAME, anchors.place_of(NAME))
            backup.take(cluster, shelf, NAME)
            city.ask(FILL, TOWN, 10)
            time.sleep(1.1)
            moment = dt.datetime.now(tz=JST)
            time.sleep(0.1)
            city.ask(FILL, TOWN, 20)
            seal.seal_now(server.dsn(OWNER, NAME))
            city.flush()
            yield City(home, cluster, shelf, moment)


@pytest.fixture
def city(made: City, tmp_path: Path) -> City:
    """Give the installation with a copy of its shelf, which a test may break; a test before it may have written more."""
    made.flush()
    shutil.copytree(made.shelf.folder, tmp_path / "shelf")
    return City(made.home, made.cluster, Shelf(tmp_path / "shelf", made.shelf.key), made.moment)


@pytest.fixture
def fresh(made: City) -> Iterator[Path]:
    """Give a folder that is not there yet, and is gone afterwards."""
    path = made.home / "fresh"
    yield path
    if path.exists():
        shutil.rmtree(path)


def lines(home: Path) -> int:
    """Count the readings of a restored installation."""
    with Cluster(home / "city") as cluster, psycopg.connect(cluster.dsn(SUPERUSER, NAME)) as admin:
        row = admin.execute("SELECT count(*) FROM records_readline").fetchone()
    return int(row[0]) if row else -1


# Faults planted: recovery_target_time left out → 70; the chain of segments not laid out → 40.
def test_the_newest_state_and_any_moment_come_back(city: City, fresh: Path) -> None:
    until = restore(city.shelf, Target(), fresh, NAME)
    assert until > "2026"
    assert lines(fresh) == city.written() >= 70
    assert not (fresh / "city" / "pg" / "log").exists()
    shutil.rmtree(fresh)
    restore(city.shelf, Target(city.moment), fresh, NAME)
    assert lines(fresh) == 50


# Fault planted: the keys left out of the whole copy → nobody can enter what was restored.
def test_what_is_restored_has_its_keys_and_anchors_and_its_roles_enter(city: City, fresh: Path) -> None:
    restore(city.shelf, Target(), fresh, NAME)
    assert (fresh / "anchors" / f"{NAME}.tsv").read_text() == anchors.place_of(NAME).read_text()
    with Cluster(fresh / "city") as cluster:
        assert embedded_server(cluster).keyring["factor_key"] == city.server.keyring["factor_key"]
        with psycopg.connect(embedded_server(cluster).dsn("tasuki_app", NAME)) as app:
            assert app.execute("SELECT current_user").fetchone() == ("tasuki_app",)
        assert cluster.spool.exists() is False  # it must not write into the backups of the living one


def base_of(city: City) -> Path:
    return city.shelf.copies()[-1].path


def needed(city: City) -> list[Path]:
    """Return the boxes of the log that the copy needs, the first one first."""
    first = city.shelf.copies()[-1].first
    return [box for box in sorted(city.shelf.log.glob("*.box")) if box.stem >= first]


def middle_of(city: City) -> Path:
    return needed(city)[1]


def flip(path: Path) -> None:
    old = bytearray(path.read_bytes())
    old[len(old) // 2] ^= 1
    path.write_bytes(bytes(old))


BREAK: dict[str, tuple[Callable[[City], object], str]] = {
    "a byte of the copy flipped": (lambda c: flip(base_of(c)), "壊れて"),
    "the copy cut": (lambda c: base_of(c).write_bytes(base_of(c).read_bytes()[:-4000]), "壊れて"),
    "the copy empty": (lambda c: base_of(c).write_bytes(b""), "空か"),
    "the copy gone": (lambda c: base_of(c).unlink(), "バックアップがありません"),
    "a byte of the log flipped": (lambda c: flip(middle_of(c)), "壊れて"),
    "a segment cut": (lambda c: middle_of(c).write_bytes(middle_of(c).read_bytes()[:-1]), "壊れて"),
    "a segment empty": (lambda c: middle_of(c).write_bytes(b""), "空か"),
    "a segment gone": (lambda c: middle_of(c).unlink(), "がありません"),
    "two segments exchanged": (lambda c: shutil.copy(needed(c)[0], middle_of(c)), "壊れて"),
}


# Faults planted: chain() without the look for gaps; prove() that believes; get() that ends where the file does.
@pytest.mark.parametrize("kind", BREAK)
def test_a_broken_backup_is_refused_with_a_sentence_and_nothing_is_left(city: City, fresh: Path, kind: str) -> None:
    damage, sentence = BREAK[kind]
    damage(city)
    with pytest.raises(Unfit, match=sentence):
        restore(city.shelf, Target(), fresh, NAME)
    assert not fresh.exists()


def test_another_key_opens_nothing(city: City, fresh: Path) -> None:
    with pytest.raises(Unfit, match="この鍵では開けません"):
        restore(Shelf(city.shelf.folder, b"x" * 32), Target(), fresh, NAME)


# Fault planted: pg_verifybackup left out of prove().
def test_a_copy_whose_file_changed_before_it_was_closed_is_no_copy(city: City, tmp_path: Path) -> None:
    city.shelf.unpack(base_of(city), tmp_path / "files")
    victim = tmp_path / "files" / "global" / "pg_filenode.map"
    flip(victim)
    with pytest.raises(Unfit, match="足りないか違うファイル"):
        backup.prove(tmp_path / "files")


# Fault planted: the look whether the folder is empty left out.
def test_nothing_is_written_over_what_is_there(city: City) -> None:
    before = city.written()
    with pytest.raises(Unfit, match="空ではありません"):
        restore(city.shelf, Target(), city.home / "here", NAME)
    assert city.written() == before


# Fault planted: _why() without the last moment that the log has.
def test_a_moment_that_no_backup_reaches_is_refused_with_the_last_one_that_is_there(city: City, fresh: Path) -> None:
    with pytest.raises(Unfit, match="最後の変更は 20"):
        restore(city.shelf, Target(dt.datetime.now(tz=JST) + dt.timedelta(hours=1)), fresh, NAME)
    with pytest.raises(Unfit, match="戻せるのは"):
        restore(city.shelf, Target(city.moment - dt.timedelta(days=1)), fresh, NAME)
    assert not fresh.exists()


@pytest.fixture
def quick(made: City, monkeypatch: pytest.MonkeyPatch) -> City:
    """Give the installation with a log that leaves every second."""
    made.ask("ALTER SYSTEM SET archive_timeout = '1s'")
    made.ask("SELECT pg_reload_conf()")
    monkeypatch.setattr(backup, "TAKE_IN_SECONDS", 0.1)
    return made


# Fault planted: _lock() left out → what was written between the snapshot and the point differs.
def test_a_drill_under_load_says_that_all_is_the_same(quick: City, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, wrote, one = threading.Event(), list[int](), drill._one

    def slowly(connection: psycopg.Connection, statement: str, *values: object) -> str:
        time.sleep(0.3 if "restore_point" in statement else 0)
        return one(connection, statement, *values)

    monkeypatch.setattr(drill, "_one", slowly)

    def write() -> None:
        while not stop.wait(0.01):
            quick.ask(FILL, TOWN, 1)
            wrote.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        found = drill.rehearse(quick.cluster, quick.shelf, NAME)
    finally:
        stop.set()
        writer.join()
    assert len(wrote) > 10
    assert found.troubles == []
    assert found.rows > 70
    assert 0 < found.lost_seconds < 60
    assert "すべて同じでした" in drill.report(found)[-1]


MEDDLING = (
    "UPDATE records_readline SET ground = 'CONSENT' WHERE seq = 7", "ALTER TABLE records_case NO FORCE ROW LEVEL SECURITY",
    "ALTER ROLE tasuki_app BYPASSRLS", "GRANT tasuki_law TO tasuki_app", "DROP POLICY {} ON records_record",
)  # fmt: skip
SIGNS = ('行「"public"."records_readline"」が違います', "行の保護「records_case」", "役「tasuki_app」", "役の所属「tasuki_law",
         "行の規則「records_record", "書きかえられています", "頼れません")  # fmt: skip


# Faults planted: the digest of rows left out; a part of PARTS left out; books.look_through() left out.
def test_a_drill_names_whatever_is_not_the_same_and_opens_nothing_that_is_broken(
    quick: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meddle(shelf: Shelf, target: Target, into: Path, name: str, tell: Callable[[str], None]) -> str:
        told = restore(shelf, target, into, name, tell)
        with Cluster(into / "city") as other, psycopg.connect(other.dsn(SUPERUSER, name), autocommit=True) as admin:
            policy = admin.execute("SELECT policyname FROM pg_policies WHERE tablename = 'records_record'").fetchall()[
                0
            ][0]
            for statement in MEDDLING:
                admin.execute(statement.format(policy).encode())
        return told

    with monkeypatch.context() as patch:
        patch.setattr(drill, "restore", meddle)
        told = "\n".join(drill.report(drill.rehearse(quick.cluster, quick.shelf, NAME)))
    assert [sign for sign in SIGNS if sign not in told] == []
    path = base_of(quick)
    whole = path.read_bytes()
    flip(path)
    with pytest.raises(Unfit, match="壊れて"):
        drill.rehearse(quick.cluster, quick.shelf, NAME)
    path.write_bytes(whole)


# Fault planted: take_in() that writes over.
def test_another_servers_log_is_never_mixed_in(city: City, tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    (spool / middle_of(city).stem).write_bytes(b"another")
    with pytest.raises(Unfit, match="いまのデータベースの記録と違います"):
        city.shelf.take_in(spool)
    with pytest.raises(Unfit, match="別のデータベース"):
        city.shelf.claim("12345")


# Fault planted: clear() that removes the last copies too.
def test_old_copies_go_with_their_log_but_never_the_last_two(city: City) -> None:
    copy = city.shelf.copies()[-1]
    later = dt.timedelta(days=60)
    for days, first in ((30, "0" * 24), (29, "0" * 24), (0, following(copy.first))):
        shutil.copy(copy.path, city.shelf.folder / "unproved.box")
        city.shelf.name_copy(city.shelf.folder / "unproved.box", copy.ended - dt.timedelta(days=days), first)
    (city.shelf.log / f"{'0' * 23}1.box").touch()
    assert city.shelf.clear(14, copy.ended + later) == 2
    assert [one.ended for one in city.shelf.copies()] == [copy.ended, copy.ended]
    assert min(city.shelf.segments()) == copy.first
    assert city.shelf.chain(city.shelf.copies()[0])
    assert city.shelf.clear(14, copy.ended + later) == 0


def test_segments_follow_each_other() -> None:
    assert following("000000010000000000000001") == "000000010000000000000002"
    assert following("0000000200000001000000FF") == "000000020000000200000000"


# Fault planted: a moment without its zone taken as the machine's.
def test_a_moment_is_read_in_japans_time() -> None:
    assert read_moment("2026-11-27 14:05") == dt.datetime(2026, 11, 27, 5, 5, tzinfo=dt.UTC)
    assert read_moment("R8.11.27 14：05:30") == dt.datetime(2026, 11, 27, 5, 5, 30, tzinfo=dt.UTC)
    for wrong in ("きのう", "2026-11-27", "2026-11-27 25:00", "14:05"):
        with pytest.raises(Unfit, match="読めません"):
            read_moment(wrong)


# Fault planted: the look where the key lies left out.
def test_the_commands_say_what_is_missing(
    made: City, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup"]) == 2
    assert "--make-key" in capsys.readouterr().err
    inside = made.shelf.folder / "tasuki.key"
    shutil.copy(made.home / "safe" / "tasuki.key", inside)
    assert main(["drill", "--shelf", str(made.shelf.folder), "--key-file", str(inside)]) == 2
    assert "同じ場所" in capsys.readouterr().err
    inside.unlink()
    assert main(["backup", "--make-key", str(made.home / "safe" / "tasuki.key")]) == 2
    assert "上書き" in capsys.readouterr().err
    monkeypatch.setenv("DATABASE_URL", "postgresql:///x")
    for command in ("backup", "drill"):
        assert main([command, "--shelf", "/x", "--key-file", "/y"]) == 2
        assert "pg_basebackup" in capsys.readouterr().err


# Faults planted: _is_due() that is never; keep_backing_up() that ends at the first trouble.
def test_while_serving_the_first_copy_is_taken_and_the_log_follows(
    made: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(backup, "TAKE_IN_SECONDS", 0.05)
    monkeypatch.setattr(backup, "REST_SECONDS", 0)
    shelf, stop, said = Shelf(tmp_path / "shelf", made.shelf.key), threading.Event(), list[str]()
    (tmp_path / "shelf").write_text("not a folder")

    def told() -> bool:
        said.append(capsys.readouterr().err)
        return "書けません" in "".join(said)

    worker = threading.Thread(target=backup.keep_backing_up, args=(made.cluster, lambda: shelf, NAME, stop))
    worker.start()
    try:
        wait_until(told, "the trouble to be told")
        (tmp_path / "shelf").unlink()
        wait_until(lambda: bool(shelf.folder.exists() and shelf.copies()), "the first copy")
        segment = made.finish_segment()
        wait_until(lambda: segment in shelf.segments(), "the log")
    finally:
        stop.set()
        worker.join()
    for path in shelf.log.glob("*.box"):  # the other tests go on with the log that went here
        shutil.copy(path, made.shelf.log)
