"""`tasuki check`: whether the records of this installation hold what was promised, or files say what they should."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasuki.ops.database import city_server, disconnect, need_city
from tasuki.ops.files import Unreadable, load_scenario, profile_data, read

SHOWN = 10


@dataclass(frozen=True)
class Violation:
    """An invariant that does not hold, and for which rows (ids, never names)."""

    name: str
    sentence: str
    ids: tuple[str, ...]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files to check instead of the records, and the shape of the answer."""
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="設定ファイルやシナリオ(なければ、記録を確かめる)"
    )
    parser.add_argument("--json", action="store_true", help="JSON で出す")


def run(options: argparse.Namespace) -> int:
    """Check and tell; 0 when all holds, 1 when something does not, 2 when it cannot be looked at."""
    if options.files:
        return _tell_files(options.files, as_json=options.json)
    with city_server() as server:
        server.point(need_city(server))
        try:
            count, found = examined(), violations()
        finally:
            disconnect()
    _tell(count, found, as_json=options.json)
    return 1 if found else 0


def violations(*, live: bool = True) -> list[Violation]:
    """Return what does not hold in the database that Django leads to, read as the law, past every policy.

    `live` is False for a database of rehearsals, whose clock comes from a script.
    """
    from tasuki.ops.invariants import invariants
    from tasuki.ops.replay.prompt import look

    found = []
    for one in invariants(live=live):
        ids = tuple(sorted({str(row[0]) for row in look(one.statement, [])}))
        if ids:
            found.append(Violation(one.name, one.sentence, ids))
    return found


def examined() -> dict[str, int]:
    """Return how many municipalities, cases and records there are."""
    from tasuki.ops.replay.prompt import look

    tables = ("municipality", "case", "record")
    return {table: look(f"SELECT count(*) FROM records_{table}", [])[0][0] for table in tables}  # noqa: S608


def _tell(count: dict[str, int], found: list[Violation], *, as_json: bool) -> None:
    if as_json:
        rows = [{"name": one.name, "sentence": one.sentence, "ids": list(one.ids)} for one in found]
        print(json.dumps({"ok": not found, "examined": count, "violations": rows}, ensure_ascii=False))
        return
    print(f"自治体 {count['municipality']}、ケース {count['case']} 件、記録 {count['record']} 件を確かめました。")
    for one in found:
        print(f"× {one.sentence} — {len(one.ids)} 件（{one.name}）")
        print("\n".join(f"    {row}" for row in one.ids[:SHOWN]))
        if len(one.ids) > SHOWN:
            print(f"    ほか {len(one.ids) - SHOWN} 件")
    print("守られていない約束があります。" if found else "すべての約束が守られています。")


def _tell_files(files: Iterable[Path], *, as_json: bool) -> int:
    paths = [one for path in files for one in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    problems = [(path, problem) for path in paths for problem in _problems(path)]
    if as_json:
        rows: list[dict[str, Any]] = [
            {"file": str(path), "line": one.line, "message": one.message} for path, one in problems
        ]
        print(json.dumps({"ok": not problems, "files": len(paths), "problems": rows}, ensure_ascii=False))
    else:
        print("\n".join(f"{path}:{one.line}: {one.message}" for path, one in problems) or f"{len(paths)} 件、よし。")
    return 1 if problems else 0


def _problems(path: Path) -> Iterable[Any]:
    try:
        document = read(path).data
        if isinstance(document, dict) and "scenario" in document:
            load_scenario(path)
        else:
            profile_data(path)
    except Unreadable as trouble:
        return trouble.problems
    return []
