"""A call: asked of a system, timed, and its answer looked at. A fast wrong page is no answer."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Protocol
from uuid import uuid4

import psycopg
from psycopg.rows import dict_row

from bench.browser import Answer, Ask, Browser, Form, hidden
from bench.peers.floor import STATEMENTS, saved
from bench.serving import cpu_ms

ID = "([0-9a-f-]{36})"


class Wrong(Exception):
    """A page that does not show what it must, or shows what it must not."""


@dataclass(frozen=True)
class Page:
    """One call to one system: whose browser asks, the address, how its rows are recognised, and what they must be.

    `must` are words that the page shows, `never` words that it must not. `form` makes of words the form that is sent; they
    must then stand where the answer leads, or at `kept` for a system whose answer leads nowhere. `opens` is the page whose
    hidden fields the form takes along. `then` is a second address that belongs to the same page.
    """

    who: str
    address: str | Ask
    row: re.Pattern[str] = re.compile(r'data-row="([^"]+)"')
    rows: Sequence[str] = ()
    must: Sequence[str] = ()
    never: Sequence[str] = ()
    form: Callable[[str], Form | Ask] | None = None
    opens: str = ""
    kept: str | Ask = ""
    then: str | Ask = ""


@dataclass
class Meter:
    """Counts around each call: its time, and the processor time of the server and of the database, all in ms."""

    app: Sequence[int] = ()
    database: Sequence[int] = ()
    times: list[float] = field(default_factory=list)
    app_cpu: float = 0
    database_cpu: float = 0

    def __enter__(self) -> None:
        self._before = cpu_ms(self.app), cpu_ms(self.database), time.perf_counter()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.times.append((time.perf_counter() - self._before[2]) * 1000)
        self.app_cpu += cpu_ms(self.app) - self._before[0]
        self.database_cpu += cpu_ms(self.database) - self._before[1]


class System(Protocol):
    """What answers calls. `pids` are its processes."""

    name: str
    pids: Sequence[int]

    def answers(self, call: str) -> bool:
        """Whether it has such a page."""

    def run(self, call: str, meter: Meter) -> int:
        """Call once under the meter, look at the answer, return its bytes. Raises Wrong."""

    def close(self) -> None:
        """Close its connections."""


def shows(text: str, words: str) -> bool:
    """Tell whether a page shows these words, as they are or as JSON writes them."""
    return words in text or json.dumps(words)[1:-1] in text


def check(page: Page, answer: Answer) -> None:
    """Look whether an answer is the right one. Raises Wrong, which repeats no word of the page."""
    if answer.status != 200:
        raise Wrong(f"{page.address}: {answer.status}")
    if sorted(page.row.findall(answer.text)) != sorted(page.rows):
        raise Wrong(
            f"{page.address}: {len(page.row.findall(answer.text))} rows, or others than the {len(page.rows)} expected"
        )
    if not all(shows(answer.text, words) for words in page.must):
        raise Wrong(f"{page.address}: does not show what it must")
    if any(shows(answer.text, words) for words in page.never):
        raise Wrong(f"{page.address}: shows what the asker must not see")


@dataclass
class Web:
    """A system behind HTTP: its pages by call, and a browser for each asker."""

    name: str
    pids: Sequence[int]
    pages: dict[str, Page]
    browsers: dict[str, Browser]

    def answers(self, call: str) -> bool:
        """Whether it has such a page."""
        return call in self.pages

    def run(self, call: str, meter: Meter) -> int:
        """Call once under the meter, look at the answer, return its bytes. Raises Wrong."""
        page = self.pages[call]
        browser = self.browsers[page.who]
        if page.form is not None:
            return self._save(page, page.form, browser, meter)
        with meter:
            answer = browser.ask(page.address)
            more = browser.ask(page.then) if page.then else None
        if more is not None:
            answer = Answer(max(answer.status, more.status), answer.text + more.text, "", answer.size + more.size)
        check(page, answer)
        return answer.size

    def close(self) -> None:
        """Close the connections of its browsers."""
        for browser in self.browsers.values():
            browser.line.close()

    def _save(self, page: Page, make: Callable[[str], Form | Ask], browser: Browser, meter: Meter) -> int:
        mark = f"記録{uuid4()}"
        if page.opens not in browser.kept:
            browser.kept[page.opens] = hidden(browser.ask(page.opens).text) if page.opens else {}
        made = make(mark)
        asked = (made,) if isinstance(made, Ask) else (page.address, {**browser.kept[page.opens], **made})
        with meter:
            answer = browser.ask(*asked)
        to = page.kept or answer.to
        if answer.status not in ({200} if page.kept else {302, 303}) or not shows(browser.ask(to).text, mark):
            raise Wrong(f"{page.address}: {answer.status}, and what was saved does not stand at {to or 'any page'}")
        return answer.size


@dataclass
class Bare:
    """The SQL limit: the floor's statements and nothing around them."""

    line: psycopg.Connection[dict[str, Any]]
    values: dict[str, tuple[str, dict[str, Any], int]]
    name: str = "sql"
    pids: Sequence[int] = ()

    @classmethod
    def at(cls, address: str, values: dict[str, tuple[str, dict[str, Any], int]]) -> Bare:
        """Connect to the database of an address; `values` by call: the statement's name, its values, how many rows come."""
        return cls(psycopg.connect(address, autocommit=True, row_factory=dict_row), values)

    def answers(self, call: str) -> bool:
        """Whether there is such a statement."""
        return call in self.values

    def run(self, call: str, meter: Meter) -> int:
        """Ask once under the meter; no bytes. Raises Wrong when other rows come than expected."""
        statement, values, expected = self.values[call]
        values = saved(values) if statement == "save" else values
        with meter:
            cursor = self.line.execute(STATEMENTS[statement], values)
            found = len(cursor.fetchall()) if cursor.description else cursor.rowcount
        if found != expected:
            raise Wrong(f"{statement}: {found} rows instead of {expected}")
        return 0

    def close(self) -> None:
        """Close its connection."""
        self.line.close()
