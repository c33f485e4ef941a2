"""How soon a page is there on an old office machine: `python -m bench.pages` prints the largest contentful paint, in ms.

The hard town of tests/web/access (a household of twelve, two hundred entries) is served on this machine, and chromium's
processor is slowed four times. *first*: nothing is kept from before. *next*: fonts, style and script are kept, as on
every page after the first. The middle of five each. `--write` puts the figures into docs/measured.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bench.report import write_section

if TYPE_CHECKING:
    from tests.web.access.looker import Looker

SLOWER = 4
TIMES = 5
WANTED = 1000
PAINTS = """
    window.painted = 0;
    new PerformanceObserver(list => { for (const one of list.getEntries()) window.painted = one.startTime; })
      .observe({type: "largest-contentful-paint", buffered: true});
"""
PLACES = {
    "サインイン": "/sign-in/", "今日": "/", "受付メモ": "/consultations/new/", "世帯の一覧": "/households/",
    "世帯（12人・200件）": "/cases/{case}/", "世帯（親子）": "/cases/{other}/", "つなぎ": "/referrals/",
    "会議の席": "/sittings/{sitting}/", "プラン": "/plans/{plan}/", "数字": "/figures/",
}  # fmt: skip


@contextmanager
def town() -> Iterator[Looker]:
    """Play and plant the hard town in a throw-away database, serve it, open chromium on it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tasuki.config.settings")
    os.environ |= {"TASUKI_POOL": "0", "TASUKI_HOSTS": "127.0.0.1,testserver"}
    import django

    django.setup()
    from tasuki.ops.database import disconnect, embedded_server
    from tasuki.ops.embedded import Cluster
    from tasuki.ops.replay.theatre import play_file, rehearsal_database
    from tests.conftest import Copy
    from tests.web.access.looker import looking
    from tests.web.access.town import plant
    from tests.web.conftest import STORY, Stage, behind_the_door

    with tempfile.TemporaryDirectory(prefix="tasuki-pages-") as folder:
        Path(folder).chmod(0o711)
        with Cluster(Path(folder), durable=False) as cluster:
            server = embedded_server(cluster)
            server.make_roles()
            rehearsal_database(server, "pages")
            play_file(STORY)
            stage = Stage(Copy(server, "pages"))
            with behind_the_door():
                plant(stage)
                with looking(stage) as looker:
                    yield looker
            disconnect()


def painted(looker: Looker, path: str, *, kept: bool) -> float:
    """Open a page in a window of its own and return when its largest part was there, in ms."""
    who = "hub" if path != "/sign-in/" else ""
    page = looker.window(who)
    line = looker.windows[who][1]
    if kept:
        page.goto(looker.house + ("/watches/" if who else path))
        page.wait_for_load_state("networkidle")
    page.add_init_script(PAINTS)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(looker.house + path)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    found = float(page.evaluate("window.painted"))
    page.context.close()
    del looker.windows[who]
    return found


def measured(looker: Looker) -> dict[str, tuple[float, float]]:
    """Return (first, next) of every page, the middle of five."""
    ids = {
        "case": looker.stage.id_of("SELECT id FROM records_case ORDER BY opened_at LIMIT 1"),
        "other": looker.stage.id_of("SELECT id FROM records_case ORDER BY opened_at OFFSET 1 LIMIT 1"),
        "sitting": looker.stage.id_of("SELECT id FROM records_sitting WHERE state <> 'HELD' ORDER BY at LIMIT 1"),
        "plan": looker.stage.id_of("SELECT id FROM records_plan ORDER BY version DESC LIMIT 1"),
    }
    found = {}
    for name, place in PLACES.items():
        path = place.format_map(ids)
        first, after = ([painted(looker, path, kept=kept) for _ in range(TIMES)] for kept in (False, True))
        found[name] = (statistics.median(first), statistics.median(after))
        print(f"{found[name][0]:8.0f} ms first {found[name][1]:8.0f} ms next   {name}", flush=True)
    return found


def section(found: dict[str, tuple[float, float]], version: str) -> str:
    """Say the figures as a section of the report."""
    day = date.today().isoformat()  # noqa: DTZ011  a day on paper
    how = (
        f"`python -m bench.pages --write`, {day}. Largest contentful paint in ms, the middle of {TIMES}; chromium {version} at"
        f" 1366×768 on the machine that also serves ({os.cpu_count()} cores, {platform.machine()}), its processor slowed"
        f" {SLOWER} times. *first*: nothing kept from before; *next*: fonts, style and script kept. Wanted: at most {WANTED}."
    )
    rows = [f"| {name} | {first:.0f} | {after:.0f} |" for name, (first, after) in found.items()]
    worst = f"| the slowest | {max(f for f, _ in found.values()):.0f} | {max(n for _, n in found.values()):.0f} |"
    return "\n".join([how, "", "| page | first | next |", "|---|---|---|", *rows, worst])


def main() -> None:
    """Measure, print, and write where asked."""
    asked = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    asked.add_argument("--write", action="store_true", help="write the figures into docs/measured.md")
    told = asked.parse_args()
    with town() as looker:
        found = measured(looker)
        version = looker.browser.version
    if told.write:
        write_section("Pages in the browser", section(found, version))


if __name__ == "__main__":
    main()
