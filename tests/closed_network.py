"""./run closed: install from a folder of wheels and live whole days in the browser, in a network without any way out (T12, T30).

The folder is filled with `./run wheels` where there is an index; then a clean copy of this checkout is installed and tested
by a process that has a network of its own with nothing but loopback. The kernel counts what found no way: it must be nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from bench.report import write_section
from tests.house.source import ROOT
from tests.web.access.sealed import NOT_ALLOWED, attempts, go_inside

# What opens a browser or starts the product as its users do.
WHOLE_DAYS = (
    "tests/journeys", "tests/web/access", "tests/web/test_sixty_seconds.py", "tests/web/staff/test_in_the_browser.py", "tests/ops/test_demo.py",
)  # fmt: skip


def copy_of(checkout: Path, to: Path) -> None:
    """Copy what is under version control, and nothing else."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=checkout, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (checkout / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(checkout / name, to / name)


def inside(here: Path, wheels: Path, words: list[str]) -> int:
    """Install and test in a network of its own; return how the tests ended, or NOT_ALLOWED, and print the count."""
    try:
        go_inside()
    except OSError as reason:
        print(f"この機械では、閉じた網を作れません（{reason}）。", file=sys.stderr)
        return NOT_ALLOWED
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    ended = subprocess.run(
        ["./run", "test", *words], cwd=here, env={**environment, "TASUKI_WHEELS": str(wheels)}, check=False
    )
    tried = attempts()
    print(f"外へ出ようとした通信: {tried}")
    return ended.returncode or min(tried, 1)


def main() -> int:
    """Fill the folder, copy, go inside; 1 when a test failed or anything tried to get out."""
    asked = argparse.ArgumentParser(prog="./run closed", description=__doc__)
    asked.add_argument("--wheels", type=Path, help="a folder that ./run wheels has filled already")
    asked.add_argument("--write", action="store_true", help="write what was found into docs/measured.md")
    asked.add_argument("tests", nargs="*", default=WHOLE_DAYS)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="tasuki-closed-") as folder:
        here, wheels = Path(folder) / "tasuki", told.wheels or Path(folder) / "wheels"
        if told.wheels is None:
            subprocess.run(["./run", "wheels", str(wheels)], cwd=ROOT, check=True)
        copy_of(ROOT, here)
        child = os.fork()
        if child == 0:
            os._exit(inside(here, wheels.resolve(), list(told.tests)))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        count = len(list(wheels.iterdir()))
    if told.write and code == 0:
        day = date.today().isoformat()  # noqa: DTZ011  a day on paper
        write_section(
            "Closed network",
            f"`./run closed --write`, {day}: installed from {count} wheels and tested ({', '.join(told.tests)}) in a network"
            " without any way out; no packet tried to leave.",
        )
    return code


if __name__ == "__main__":
    sys.exit(main())
