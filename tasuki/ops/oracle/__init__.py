"""`tasuki oracle`: the rules in plain Python against the policies in the database, over worlds drawn by chance."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasuki.ops.oracle.mutants import Caught
    from tasuki.ops.oracle.search import Outcome


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add how many worlds, from which seed, and the proof by mutants."""
    parser.add_argument("--worlds", type=int, default=500, metavar="N", help="いくつの世界をくらべるか(既定 500)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="さいころの種")
    parser.add_argument(
        "--workers", type=int, default=min(2, os.cpu_count() or 1), metavar="N", help="いくつに分けて行うか"
    )
    parser.add_argument("--mutants", action="store_true", help="規則をわざと壊し、見つかることを確かめる")
    parser.add_argument("--only", metavar="NAME", help="この名の壊し方だけを試す")
    parser.add_argument("--json", action="store_true", help="JSON で出す")


def run(options: argparse.Namespace) -> int:
    """Compare and tell; 0 when nothing differs (or every mutant is caught), 1 otherwise."""
    from tasuki.ops.database import fleeting_server
    from tasuki.ops.oracle.stage import TEMPLATE

    with fleeting_server(TEMPLATE) as server:
        if options.mutants:
            from tasuki.ops.oracle.mutants import try_all

            return _tell_mutants(
                list(try_all(server, options.worlds, options.seed, options.only)), as_json=options.json
            )
        from tasuki.ops.oracle.search import search_with

        start = time.monotonic()
        outcomes = search_with(server, options.worlds, options.seed, max(1, options.workers))
        return _tell(outcomes, time.monotonic() - start, as_json=options.json)


def _tell(outcomes: list[Outcome], seconds: float, *, as_json: bool) -> int:
    from tasuki.ops.oracle.search import told

    asked: Counter[tuple[str, str]] = sum((one.tally.asked for one in outcomes), Counter())
    tables = set().union(*(one.tally.tables for one in outcomes))
    figures = {
        "worlds": sum(one.tally.worlds for one in outcomes), "actors": sum(one.tally.actors for one in outcomes),
        "tables": len(tables), "leaks": sum(one.leaks for one in outcomes), "hidden": sum(one.hidden for one in outcomes),
        "seconds": round(seconds, 1),
    }  # fmt: skip
    differs = any(one.world for one in outcomes)
    if as_json:
        verbs = [{"mode": mode, "verb": verb, "asked": count} for (mode, verb), count in sorted(asked.items())]
        lines = [line for one in outcomes for line in told(one)]
        print(json.dumps({"ok": not differs, **figures, "asked": verbs, "counterexample": lines}, ensure_ascii=False))
        return 1 if differs else 0
    print(f"世界 {figures['worlds']}、見る人 {figures['actors']}、表 {figures['tables']}、{figures['seconds']} 秒")
    for (mode, verb), count in sorted(asked.items()):
        print(f"  {mode:<6}{verb:<8}{count:>9} 回くらべました（表 × 見る人）")
    print("  DELETE は、どの表にも権利がありません（tests/house/test_walls.py）。")
    print(f"漏れ {figures['leaks']}、隠れすぎ {figures['hidden']}")
    for outcome in outcomes:
        print("\n".join(told(outcome)), end="\n" if outcome.world else "")
    return 1 if differs else 0


def _tell_mutants(caught: list[Caught], *, as_json: bool) -> int:
    escaped = [one for one in caught if not one.after]
    if as_json:
        rows = [
            {"mutant": one.name, "file": one.file, "after": one.after, "difference": one.difference} for one in caught
        ]
        print(json.dumps({"ok": not escaped, "mutants": rows}, ensure_ascii=False))
        return 1 if escaped else 0
    for one in caught:
        after = f"{one.after:>4} 番目の世界で" if one.after else "見つからない　　"
        print(f"{after}  {one.name:<44} {one.difference}")
    print(f"壊し方 {len(caught)}、見つけた {len(caught) - len(escaped)}、のがした {len(escaped)}")
    return 1 if escaped else 0
