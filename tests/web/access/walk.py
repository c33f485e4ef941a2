"""The walk through every page in every state: each is looked at once for all tests of a run, its parts shared among the workers."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from pytest_django.plugin import DjangoDbBlocker

from tasuki.ops.database import Server, disconnect
from tests.conftest import FOLDER
from tests.web.access import states
from tests.web.access.looker import NIGHTLY, Fact, Looker, looking
from tests.web.access.town import SPRING, plant
from tests.web.conftest import Stage, open_stage
from tests.web.crawl import IDS, TABLE, filled

HARD = "template_hard"
# In this order somebody is looked for who can open a page.
EVERYBODY = ("hub", "hou3", "out", "par", "city", "priv", "admin", "mgr", "jiritsu")
NO_PAGE = (".pdf", "export.<str:kind>", "/file")
# No page by themselves: a word for a script, a fragment inside another page.
FRAGMENTS = frozenset(
    {
        "/health/",
        "/session/",
        "/days/",
        "/search/suggest/",
        "/consultations/prompts/",
        "/exports/<uuid:export_id>/progress/",
    }
)
ELSEWHERE = frozenset(
    {
        "/sign-in/",
        "/sign-in/second/",
        "/posts/",
        "/posts/secrecy/",
        "/account/",
        "/account/password/",
        "/account/proof/",
        "/account/totp/",
    }
)
# Nouns that have no person behind them, and are not crawled for leaks.
FOUND = {
    **IDS, "moves": "SELECT id FROM records_staffmove", "reads": "SELECT id FROM records_person",
    "settings": "SELECT id FROM records_agency WHERE key = 'JOSEI'",
}  # fmt: skip
# The family of twelve comes first, the coming sittings come before those that were held.
FIRST = {"cases": " ORDER BY opened_at", "sittings": " ORDER BY at DESC", "people": " ORDER BY registered_at, id", "referrals": " ORDER BY sent_at DESC"}  # fmt: skip
SEVERAL = {
    "/referrals/": 4,
    "/search/": 2,
    "/cases/<uuid:case_id>/": 2,
    "/sittings/<uuid:sitting_id>/": 3,
    "/people/<uuid:person_id>/": 2,
}


def pages() -> list[str]:
    """Return the patterns of the addresses that show a page to somebody who has signed in."""
    return [
        pattern
        for pattern, route in TABLE.items()
        if "GET" in route["methods"] and not pattern.endswith(NO_PAGE) and pattern not in FRAGMENTS | ELSEWHERE
    ]


def addresses(stage: Stage, pattern: str) -> list[str]:
    """Return the addresses of a pattern, the hardest first."""
    noun = pattern.strip("/").split("/")[0]
    ids = [str(one) for one in stage.column(FOUND[noun] + FIRST.get(noun, ""))] if noun in FOUND else []
    if pattern == "/search/":
        return ["/search/?q=五百旗頭", "/search/?q=いない人", "/search/"]
    if pattern == "/referrals/":
        return ["/referrals/", *(f"/referrals/?tab={tab}" for tab in ("mine", "sent", "late", "loose", "often"))]
    return list(filled(pattern, {noun: ids}, 20 if NIGHTLY else 6))


def chosen(stage: Stage, half: int) -> Iterator[tuple[str, str, str]]:
    """Give (who, pattern, address) of every other pattern: the first who can open it; in the night everybody who can."""
    clients = {who: stage.browser(who, SPRING) for who in EVERYBODY}
    for pattern in pages()[half::2]:
        wanted, places = 99 if NIGHTLY else SEVERAL.get(pattern, 1), addresses(stage, pattern)
        for who in EVERYBODY:
            able = (one for one in places if clients[who].get(one).status_code == 200)
            opened = list(islice(able, wanted))
            yield from ((who, pattern, one) for one in opened)
            if opened and not NIGHTLY:
                break


def open_pages(looker: Looker, half: int) -> None:
    """Look at one half of all pages as they are on a usual day."""
    for who, pattern, address in chosen(looker.stage, half):
        looker.write_down(who, "normal", status=looker.open(who, address), pattern=pattern)


PARTS: dict[str, tuple[str, Callable[[Looker], None]]] = {
    "first half": (HARD, lambda looker: open_pages(looker, 0)),
    "second half": (HARD, lambda looker: open_pages(looker, 1)),
    "errors": (HARD, states.errors),
    "door": (HARD, states.door),
    "export": (HARD, states.export),
    "empty": ("played", states.empty),
}


def planted_once(server: Server, played: str, blocker: DjangoDbBlocker) -> str:
    """Plant the hard data once for all workers into a copy of the played database; return the copy's name."""
    with (Path(os.environ[FOLDER]) / f"{HARD}.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if HARD not in server.names():
            with open_stage(server, played, blocker) as stage:
                plant(stage)
                disconnect()
                stage.copy.hang_up()
                server.rename(stage.copy.name, HARD)
    return HARD


def walked(server: Server, played: str, hard: str, blocker: DjangoDbBlocker) -> list[Fact]:
    """Return the facts of the whole walk; each part is walked by the first worker that finds it free."""
    folder = Path(os.environ[FOLDER])
    for waiting in (False, True):
        for name, (template, part) in PARTS.items():
            with (folder / f"walk {name}.lock").open("w", encoding="utf-8") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | (0 if waiting else fcntl.LOCK_NB))
                except BlockingIOError:
                    continue
                told = folder / f"walk {name}.json"
                if not told.exists():
                    with (
                        open_stage(server, hard if template == HARD else played, blocker) as stage,
                        looking(stage) as looker,
                    ):
                        part(looker)
                    told.write_text(json.dumps(looker.facts), encoding="utf-8")
    return [fact for name in PARTS for fact in json.loads((folder / f"walk {name}.json").read_text(encoding="utf-8"))]
