"""python -m tests.faults: measures the drill and counts what faults cost, and writes both into docs/measured.md."""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import django
import psycopg

from tasuki.ops import anchors, backup, drill, seal
from tasuki.ops.database import OWNER, embedded_server
from tasuki.ops.embedded import SUPERUSER
from tasuki.ops.shelf import Shelf
from tasuki.ops.strongbox import make_key, read_key

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "docs" / "measured.md"
ALL_FAULTS = 20  # P6: of each kind
NOTES_A_STEP = 100_000
PEOPLE = """
    WITH town AS (SELECT id FROM records_municipality), houses AS (
        INSERT INTO records_household (id, municipality_id, number, opened_at)
        SELECT gen_random_uuid(), town.id, 'W' || n, now() FROM town, generate_series(1, %(persons)s / 2) n RETURNING id, municipality_id)
    INSERT INTO records_person (id, municipality_id, household_id, identity, name, kana, alias, born, sex, language, relation,
        lives_with, labels, key_person, area, died_on, registered_at, version)
    SELECT gen_random_uuid(), h.municipality_id, h.id, gen_random_uuid(), '架空原 ' || k, 'カクウハラ', '', '1950-01-01', '', '', '',
        true, '{}', false, '', '', now(), 1 FROM houses h, generate_series(1, 2) k
"""
NOTES = """
    INSERT INTO records_record (id, municipality_id, kind, agency_id, staff_id, written_at, data_class, scope,
        informant_confidential, text, fact, opinion, method, note_kind, details)
    SELECT gen_random_uuid(), s.municipality_id, 'NOTE', p.agency_id, s.id, now() - n * interval '1 minute', 'BASIC', 'CASE_TEAM',
        false, '電話で近況を聞いた。' || md5(n::text) || repeat('変わりなく過ごしているとのこと。', 1 + n %% 12), '', '', '', '', '{}'
    FROM records_staff s JOIN records_post p ON p.staff_id = s.id, generate_series(%(first)s, %(last)s) n
"""


def world(at: object, persons: int, notes: int, readings: int) -> None:
    """Fill an installation's database past the product: its bulk counts here, not its story."""
    from tests.faults.installation import NAME, Installation
    from tests.ops.test_verify_audit import FILL

    assert isinstance(at, Installation)
    with psycopg.connect(at.cluster.dsn(SUPERUSER, NAME), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(PEOPLE.encode(), {"persons": persons})
        for first in range(1, notes + 1, NOTES_A_STEP):
            admin.execute(NOTES.encode(), {"first": first, "last": min(first + NOTES_A_STEP - 1, notes)})
            print(f"  {first + NOTES_A_STEP - 1:,} notes", file=sys.stderr, flush=True)
        row = admin.execute("SELECT id FROM records_municipality").fetchone()
        admin.execute(FILL.encode(), [row and row[0], readings])
        admin.execute("VACUUM ANALYZE")
        admin.execute("CHECKPOINT")


def drilled(persons: int, notes: int, readings: int) -> str:
    """Back up a world, rehearse its restore, and say the figures as a section of the report."""
    from tests.faults.installation import NAME, make

    with tempfile.TemporaryDirectory(prefix="tasuki-f-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        os.environ["TASUKI_HOME"] = str(folder / "home")
        at = make(folder / "home")
        make_key(folder / "safe" / "tasuki.key")
        shelf = Shelf(folder / "shelf", read_key(folder / "safe" / "tasuki.key"))
        with at.cluster as cluster:
            world(at, persons, notes, readings)
            server = embedded_server(cluster)
            seal.seal_now(server.dsn(OWNER, NAME))
            seal.write_down(server, NAME, anchors.place_of(NAME))
            began = time.monotonic()
            copy = backup.take(cluster, shelf, NAME)
            took, size = time.monotonic() - began, copy.path.stat().st_size / 2**20
            found = drill.rehearse(cluster, shelf, NAME, lambda words: print(f"  {words}", file=sys.stderr, flush=True))
    if found.troubles:
        sys.exit("\n".join(drill.report(found)))
    return "\n".join([
        "## Backup and restore", "",
        (f"`python -m tests.faults --write`, {date.today().isoformat()}, {os.cpu_count()} processors, {_load()}."  # noqa: DTZ011  a day on paper
        f" A world of {persons:,} persons, {notes:,} notes and {readings:,} sealed readings, {found.megabytes:,.0f} MB on the disk,"
        f" {found.rows:,} rows in {found.tables} tables; every row, policy, right and role the same after the restore."), "",
        "| what | figure | promise (P7) |", "|---|---|---|",
        f"| a change is safe outside at the latest after (RPO) | {found.lost_seconds:.0f} s | 60 s |",
        f"| restored, proved and answering after (RTO) | {found.restore_seconds:.0f} s | 900 s |",
        f"| a whole copy taken, opened again and proved in | {took:.0f} s | |",
        f"| size of the copy | {size:,.0f} MB | |", "",
    ])  # fmt: skip


def _load() -> str:
    return f"load average {os.getloadavg()[1]:.1f} at the end"


def hard_day(writes: int, faults: int) -> str:
    """Count what a hard day costs: every fault so many times under load, then as many power cuts."""
    from tests.faults import disk
    from tests.faults.hard_day import Day, cuts, kills
    from tests.faults.installation import make

    with tempfile.TemporaryDirectory(prefix="tasuki-f-") as name:
        Path(name).chmod(0o711)
        pristine = make(Path(name) / "home")
        day = Day(writes, faults)
        rows = [kills(pristine, Path(name) / "kills", day)]
        if why := disk.why_not():
            rows.append(f"| power cuts | not possible here: {why} | | | |")
        else:
            rows += [
                cuts(pristine, Path(name) / "cuts", day),
                cuts(pristine, Path(name) / "control", day, control=True),
            ]
    return "\n".join([
        "## Faults", "",
        (f"`python -m tests.faults --write`, {date.today().isoformat()}: writes over HTTP through `tasuki serve`, kept in a ledger"  # noqa: DTZ011  a day on paper
        " outside the database (P6). A write counts once it was acknowledged."), "",
        "| fault | times | acknowledged | lost | twice |", "|---|---|---|---|---|", *rows, "",
    ])  # fmt: skip


def write(section: str) -> None:
    """Put a section into the report in place of the one before."""
    title = section.splitlines()[0]
    text = REPORT.read_text(encoding="utf-8")
    kept = re.sub(rf"{title}\n.*?(?=^## |\Z)", "", text, flags=re.DOTALL | re.MULTILINE).rstrip()
    REPORT.write_text(f"{kept}\n\n{section}", encoding="utf-8")


def main() -> int:
    """Measure, print, and with --write keep the figures."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    asked.add_argument("--only", choices=["drill", "faults"])
    asked.add_argument("--persons", type=int, default=100_000)
    asked.add_argument("--notes", type=int, default=1_000_000)
    asked.add_argument("--readings", type=int, default=200_000)
    asked.add_argument("--writes", type=int, default=50_000, help="acknowledged writes over all faults")
    asked.add_argument("--faults", type=int, default=ALL_FAULTS, help="how often each fault happens")
    asked.add_argument("--write", action="store_true", help="write the figures into docs/measured.md")
    told = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tasuki.config.settings")
    django.setup()
    sections = []
    if told.only in {None, "drill"}:
        sections.append(drilled(told.persons, told.notes, told.readings))
    if told.only in {None, "faults"}:
        sections.append(hard_day(told.writes, told.faults))
    for section in sections:
        print(section)
        if told.write:
            write(section)
    return 0


if __name__ == "__main__":
    sys.exit(main())
