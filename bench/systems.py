"""The systems side by side: how each is served, who signs in to it, and which of its pages answers which call."""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

from bench import peers
from bench.browser import Browser, Form
from bench.calls import ID, Bare, Page, System, Web, Wrong
from bench.goals import (
    COMMON,
    DJADMIN,
    FIGURES,
    FLOOR,
    HEALTH,
    LINO,
    LONG,
    MINE,
    RARE,
    SAVE,
    SEARCH,
    SHORT,
    SQL,
    TASUKI,
)
from bench.guests import guests_of
from bench.peers.floor import IN_FULL
from bench.rounds import hello
from bench.scene import Open, Scene
from bench.serving import Running, by_granian, running
from tasuki.ops.database import APP, DOOR, Server
from tasuki.ops.serve import WORKERS
from tasuki.queries.household import PAGE
from tasuki.rules.name import fold
from tasuki.web.figure.definitions import DEFINITIONS

# Whose statements are whose; the product signs in as a role of its own.
ROLES = {TASUKI: (APP, DOOR), **dict.fromkeys((FLOOR, SQL, DJADMIN, LINO, HEALTH), (peers.PLAIN,))}
_LISTED = re.compile(rf'<tr data-row>.*?href="/(?:cases|people)/{ID}/"', re.DOTALL)
_FOUND = re.compile(rf'<tr data-row>.*?href="/records/{ID}/"', re.DOTALL)
_RECORDED = re.compile(rf'data-row id="r-{ID}"')
_COUNTED = re.compile(r'<tr data-row>.*?href="/figures/(\w+)/', re.DOTALL)


@dataclass(frozen=True)
class Stand:
    """Everything that is served: the systems, and the server of each that has one.

    `hello` tells the machine's pace just now, in ms for an empty page; `more` gives a system once more, with connections of its own.
    """

    systems: list[System]
    servers: dict[str, Running]
    hello: Callable[[], float]
    more: Callable[[str], System]


@contextmanager
def stand(
    server: Server, name: str, asked: Scene, password: str, environment: dict[str, str], workers: int = WORKERS,
    guests: Path | None = None,
) -> Iterator[Stand]:  # fmt: skip
    """Serve the world `name` by all systems while the block lasts; `environment` leads `tasuki serve` to it.

    `guests` is an empty folder for the peers that are installed for the run, which else are left out.
    """
    address = peers.let_in(server, name, [(one.staff, one.rows) for one in asked.askers.values()])
    at, key = {"BENCH_DSN": address, "BENCH_SECRET": secrets.token_urlsafe()}, secrets.token_urlsafe()
    people = [str(one.staff) for one in asked.askers.values()]
    subprocess.run([sys.executable, "-m", "bench.peers", key, *people], env={**os.environ, **at}, check=True)
    with ExitStack() as open_now:
        product = ["tasuki", "serve", "--port", "{port}", "--workers", str(workers)]
        servers = {
            TASUKI: open_now.enter_context(running(product, "/sign-in/", environment)),
            FLOOR: open_now.enter_context(running(by_granian("bench.peers.floor:application", workers), "/hello", at)),
            DJADMIN: open_now.enter_context(
                running(by_granian("bench.peers.djadmin:application", workers), "/admin/login/", at)
            ),
        }
        pages = {TASUKI: of_tasuki(asked), FLOOR: of_floor(asked), DJADMIN: of_djadmin(asked)}
        doors = {TASUKI: _door(asked, password), FLOOR: lambda _browser, _who: None, DJADMIN: _admin(asked, key)}
        if guests is not None:
            for one, guest in guests_of(server, name, asked, guests, key, workers).items():
                command, first, environment, python, pages[one], doors[one] = guest
                servers[one] = open_now.enter_context(running(command, first, environment, python))

        def system(one: str) -> System:
            if one == SQL:
                made: System = Bare.at(address, of_sql(asked))
            else:
                browsers = {who: Browser(servers[one].port) for who in asked.askers}
                for who, browser in browsers.items():
                    doors[one](browser, who)
                made = Web(one, servers[one].pids, pages[one], browsers)
            open_now.callback(made.close)
            return made

        empty = Browser(servers[FLOOR].port)
        open_now.callback(empty.line.close)
        yield Stand([system(one) for one in (*servers, SQL)], servers, lambda: hello(empty), system)


def _door(asked: Scene, password: str) -> Callable[[Browser, str], None]:
    def enter(browser: Browser, who: str) -> None:
        browser.enter(asked.askers[who].login, password)
        if browser.ask(f"/cases/{asked.unseen}/").status != 404:
            raise Wrong("a case that nobody here may see is shown")

    return enter


def _admin(asked: Scene, key: str) -> Callable[[Browser, str], None]:
    def enter(browser: Browser, who: str) -> None:
        browser.log_in("/admin/login/", {"username": str(asked.askers[who].staff), "password": key, "next": "/admin/"})

    return enter


def of_tasuki(asked: Scene) -> dict[str, Page]:
    """Return the product's pages."""
    unseen = str(asked.unseen)
    links = [str(one.case or one.id) for one in asked.found]
    first = asked.figures["N01"]

    def case(one: Open) -> Page:
        rows = [str(record) for record in one.records[:IN_FULL]]
        return Page(one.who, f"/cases/{one.id}/", _RECORDED, rows, [one.note], [unseen, *one.hidden])

    people = [str(one) for one in asked.written.people]

    def note(words: str) -> Form:
        return {"text": words, "note_kind": "DIRECT", "form_key": str(uuid4()), "people": people}

    return {
        MINE: Page("worker", "/households/?open=", _LISTED, [str(one) for one in asked.listed], (), [unseen]),
        SHORT: case(asked.short), LONG: case(asked.long),
        SEARCH: Page("worker", f"/search/?q={quote(asked.surname)}", _LISTED, links, [asked.surname], [unseen]),
        **{
            call: Page("worker", f"/records/?{urlencode({'q': word, 'span': '', 'agency': '', 'kind': ''})}", _FOUND, rows, [word], [unseen])
            for call, (word, rows) in _words(asked).items()
        },
        SAVE: Page("worker", f"/cases/{asked.written.id}/notes/", form=note, opens=f"/cases/{asked.written.id}/notes/"),
        FIGURES: Page("manager", "/figures/", _COUNTED, [one.code for one in DEFINITIONS], [f"{first:,}"], [unseen]),
    }  # fmt: skip


def _words(asked: Scene) -> dict[str, tuple[str, list[str]]]:
    """Return for each call that looks for a word that word, and the records of its first page."""
    pages = ((word, [str(one) for one in found[:PAGE]]) for word, found in asked.words.items())
    return dict(zip((RARE, COMMON), pages, strict=True))


def _values(asked: Scene) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return for each call the floor's statement and its values."""
    staff = {who: str(one.staff) for who, one in asked.askers.items()}
    (since, until), before = (asked.period.since, asked.period.until), asked.period.before
    moments = {"since": since, "until": until, "since_before": before[0], "until_before": before[1]}
    return {
        MINE: ("cases", {"staff": staff["worker"]}),
        SHORT: ("case", {"staff": staff["worker"], "case": str(asked.short.id)}),
        LONG: ("case", {"staff": staff["writer"], "case": str(asked.long.id)}),
        SEARCH: ("search", {"staff": staff["worker"], "key": fold(asked.surname)}),
        **{
            call: ("words", {"staff": staff["worker"], "town": str(asked.town), "word": word})
            for call, (word, _) in _words(asked).items()
        },
        SAVE: ("save", {"staff": staff["worker"], "case": str(asked.written.id)}),
        FIGURES: ("figures", {"staff": staff["manager"], **{key: one.isoformat() for key, one in moments.items()}}),
    }  # fmt: skip


def _expected(asked: Scene) -> dict[str, list[str]]:
    """Return the rows of each call as the peers name them."""
    return {
        MINE: [str(one) for one in asked.listed], SHORT: [str(one) for one in asked.short.records],
        LONG: [str(one) for one in asked.long.records], SEARCH: [str(one.id) for one in asked.found],
        **{call: rows for call, (_, rows) in _words(asked).items()}, FIGURES: list(asked.figures),
    }  # fmt: skip


def of_sql(asked: Scene) -> dict[str, tuple[str, dict[str, Any], int]]:
    """Return the statements of the SQL limit, their values, and how many rows each gives."""
    rows = {call: len(expected) for call, expected in _expected(asked).items()}
    rows |= {FIGURES: 1, SAVE: len(asked.written.people)}
    return {
        call: (statement, {**values, "text": "SQLだけで書いた記録"} if call == SAVE else values, rows[call])
        for call, (statement, values) in _values(asked).items()
    }


def of_floor(asked: Scene) -> dict[str, Page]:
    """Return the floor's pages."""
    rows, unseen = _expected(asked), str(asked.unseen)
    must = {
        SHORT: [asked.short.note],
        LONG: [asked.long.note],
        SEARCH: [asked.surname],
        **{call: [word] for call, (word, _) in _words(asked).items()},
        FIGURES: [f"<td>{asked.figures['N01']}</td>"],
    }
    never = {SHORT: asked.short.hidden, LONG: asked.long.hidden}
    return {
        call: Page(
            "worker", f"/{name}?{urlencode(values)}", rows=rows.get(call, ()), must=must.get(call, ()),
            never=[unseen, *never.get(call, ())], form=(lambda words: {"text": words}) if call == SAVE else None,
        )
        for call, (name, values) in _values(asked).items()
    }  # fmt: skip


def of_djadmin(asked: Scene) -> dict[str, Page]:
    """Return the pages of Django's admin; it has no figures."""
    rows, unseen, place = _expected(asked), str(asked.unseen), "/admin/peer"

    def listed(model: str) -> re.Pattern[str]:
        return re.compile(rf'<th class="field-\w+"><a href="{place}/{model}/{ID}/change/')

    def case(one: Open, call: str) -> Page:
        inline = re.compile(rf'name="record_set-\d+-id" value="{ID}"')
        return Page(one.who, f"{place}/case/{one.id}/change/", inline, rows[call], [one.note], [unseen, *one.hidden])

    search = f"{place}/person/?q={quote(fold(asked.surname))}"
    return {
        MINE: Page("worker", f"{place}/case/", listed("case"), rows[MINE], (), [unseen]),
        SHORT: case(asked.short, SHORT), LONG: case(asked.long, LONG),
        SEARCH: Page("worker", search, listed("person"), rows[SEARCH], [asked.surname], [unseen]),
        **{
            call: Page("worker", f"{place}/record/?{urlencode({'q': word})}", listed("record"), found, [word], [unseen])
            for call, (word, found) in _words(asked).items()
        },
        SAVE: Page("worker", f"{place}/record/add/", form=_added(asked), opens=f"{place}/record/add/"),
    }  # fmt: skip


def _added(asked: Scene) -> Callable[[str], Form]:
    """Give the admin's form of a new record with its people."""
    town, agency = str(asked.town), str(asked.agency)

    def form(words: str) -> Form:
        # The form knows no parts of a second: rounded down, a hundred records of the others would stand before this one.
        now = dt.datetime.now(tz=dt.timezone(dt.timedelta(hours=9))) + dt.timedelta(seconds=1)
        people = asked.written.people
        lines: Form = {"subject_set-TOTAL_FORMS": str(len(people)), "subject_set-INITIAL_FORMS": "0"}
        for number, person in enumerate(people):
            one = {"municipality_id": town, "person": str(person), "agency": agency, "kind": "NOTE"}
            lines |= {f"subject_set-{number}-{name}": value for name, value in one.items()}
        return {
            "municipality_id": town, "kind": "NOTE", "agency": agency, "staff": str(asked.askers["worker"].staff),
            "case": str(asked.written.id), "written_at_0": f"{now:%Y-%m-%d}", "written_at_1": f"{now:%H:%M:%S}",
            "data_class": "BASIC", "scope": "CASE_TEAM", "text": words, "details": "{}", "note_kind": "DIRECT", **lines,
        }  # fmt: skip

    return form
