"""A ledger outside the database: what the server acknowledged, and what it may have kept without a word."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode
from uuid import uuid4

SECRET = "t" * 32  # the browser's own half of the form's token
NOTICE = "/notices/leave/"
DRAFT = "/drafts/?place=/notices/{name}/"  # a place of one's own: the others' acts end no draft there
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ANSWER_SECONDS = 30
MOST_TRIES = 400
PAUSE_SECONDS = 0.1
LOOK_EVERY = 10


@dataclass
class Ledger:
    """Texts that were acknowledged; how often the kind page came; answers that should never be given."""

    kept: set[str] = field(default_factory=set)
    draft: str = ""
    kind: int = 0
    cut: int = 0
    wrong: list[str] = field(default_factory=list)


class Writer:
    """A worker at a screen: writes one notice after the other, and sends one again until it is acknowledged."""

    def __init__(self, port: int, session: str, name: str) -> None:
        self.port, self.session, self.name = port, session, name
        self.ledger = Ledger()
        self.number = 0
        self._line: http.client.HTTPConnection | None = None

    def send(self, method: str, address: str, body: dict[str, str] | None = None) -> tuple[int, str]:
        """Send one request; (0, "") when no whole answer came."""
        headers = {"Cookie": f"tasuki_session={self.session}; tasuki_csrf={SECRET}", **({} if body is None else FORM)}
        sent = None if body is None else urlencode({**body, "csrfmiddlewaretoken": SECRET})
        try:
            self._line = self._line or http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
            self._line.request(method, address, sent, headers)
            answer = self._line.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            self.close()
            return 0, ""

    def close(self) -> None:
        """Close the line."""
        if self._line:
            self._line.close()
            self._line = None

    def write(self, patience: Callable[[], bool]) -> bool:
        """Write one notice, sending the same form again while `patience` lasts; True once it is acknowledged."""
        self.number += 1
        text = f"気づき {self.name} {self.number} {uuid4()}"
        body = {"text": text, "place": "", "form_key": str(uuid4())}
        for _ in range(MOST_TRIES):
            status, page = self.send("POST", NOTICE, body)
            if status == 302:
                self.ledger.kept.add(text)
                return True
            self._note(status, page, text)
            body = given_back(page) if status == 503 and text in page else body
            if not patience():
                return False
        return False

    def look(self) -> None:
        """Look at 今日, and keep a draft as the page does by itself."""
        status, page = self.send("GET", "/")
        if status not in {0, 200, 503} or "Traceback" in page:
            self.ledger.wrong.append(f"GET {status}: {page[:200]}")
        text = f"書きかけ {self.name} {self.number}"
        if self.send("POST", DRAFT.format(name=self.name), {"text": text})[0] == 204:
            self.ledger.draft = text

    def _note(self, status: int, page: str, text: str) -> None:
        if status == 0:
            self.ledger.cut += 1
        elif status == 503 and text in page and "もう一度送る" in page and "Traceback" not in page:
            self.ledger.kind += 1
        else:
            self.ledger.wrong.append(f"{status}: {page[:200]}")


class _Form(HTMLParser):
    """The fields of a page's form, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._inside = str(told["name"]) if tag == "textarea" else ""
        if tag == "input":
            self.fields[str(told["name"])] = str(told.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.fields[self._inside] = data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


def given_back(page: str) -> dict[str, str]:
    """Return what the page's own form would send when somebody presses 「もう一度送る」."""
    form = _Form()
    form.feed(page)
    return {name: value for name, value in form.fields.items() if name != "csrfmiddlewaretoken"}


@dataclass
class Crowd:
    """Several who write at once, each in a thread of its own."""

    writers: list[Writer]
    stop: threading.Event = field(default_factory=threading.Event)

    def acknowledged(self) -> set[str]:
        """Everything that was acknowledged to any of them."""
        return set().union(*(one.ledger.kept for one in self.writers))

    def kind(self) -> int:
        """How often the kind page came."""
        return sum(one.ledger.kind for one in self.writers)

    def wrong(self) -> list[str]:
        """Answers that should never be given."""
        return [one for writer in self.writers for one in writer.ledger.wrong]

    def work(self, writer: Writer) -> None:
        """Write until told to stop; look at 今日 now and then, where what was said about the acts is read."""
        while not self.stop.is_set():
            writer.write(lambda: not self.stop.wait(PAUSE_SECONDS))
            if writer.number % LOOK_EVERY == 0:
                writer.look()


@contextmanager
def crowd(writers: list[Writer]) -> Iterator[Crowd]:
    """Let them all write while the block lasts."""
    together = Crowd(writers)
    threads = [threading.Thread(target=together.work, args=(one,)) for one in writers]
    for one in threads:
        one.start()
    try:
        yield together
    finally:
        together.stop.set()
        for one in threads:
            one.join()
        for writer in writers:
            writer.close()
