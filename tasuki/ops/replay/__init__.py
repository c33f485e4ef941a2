"""`tasuki replay`: plays scenario files in a throw-away database, through the actions, and checks what is seen."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from tasuki.ops import Unfit


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `tasuki replay`."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="シナリオのファイルまたはフォルダ")
    parser.add_argument("--json", action="store_true", help="1ファイル1行の JSON で出す")
    parser.add_argument("--profiles", type=Path, default=None, help="プロファイルのフォルダ")


def run(options: argparse.Namespace) -> int:
    """Play the files; 0 only when every one went as written."""
    from tasuki.ops.replay.theatre import open_theatre

    files = [one for path in options.files for one in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    if not files:
        raise Unfit("シナリオのファイルがありません。")
    fine = True
    with open_theatre() as play:
        for path in files:
            told = play(path, options.profiles)
            fine = fine and told["ok"]
            print(json.dumps(told, ensure_ascii=False) if options.json else _readable(told), flush=True)
    return 0 if fine else 1


def _readable(told: dict[str, Any]) -> str:
    mark = "○" if told["ok"] else "×"
    see = told["see"]
    lines = [
        (
            f"{mark} {told['scenario']} {told['file']}: {told['steps']} 行為、断った {told['refused_as_written']}、"
            f"見え方 {see['held']}/{see['of']}"
        )
    ]
    lines += [f"    {told['file']}:{one['line']}: {one['message']}" for one in told["problems"]]
    return "\n".join(lines)
