"""The desk at which files are made beside the pages: one at a time in each process, one for each person, the others in order."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from typing import IO
from uuid import UUID

from django.db import close_old_connections, connections, transaction
from django.http import QueryDict
from django.urls import resolve
from django.utils import timezone
from django.utils.http import urlencode

from tasuki.actions import export as acts
from tasuki.queries import export as queries
from tasuki.records.asker import Asker, ask, bind_session
from tasuki.rules.export import ExportState
from tasuki.web.footprint import witness
from tasuki.web.household.long import Asked, Making, Unwanted
from tasuki.web.middleware import beside
from tasuki.web.page import PageRequest
from tasuki.web.session_store import SessionStore

EVERY_SECONDS = 2.0
"""How often a file tells how far it is, and whether its person is still there and still sees everybody in it."""
PIECE = 1024 * 1024
"""Bytes of a file that stand in the database as one piece."""
_AFTER_ANOTHER = 1.0
# One file of a person is made at a time, in whichever process; the lock goes with the transaction that makes it. The number
# tells this kind of lock from any other.
_ALONE, _KIND = "pg_try_advisory_xact_lock", 0x7461


@dataclass
class Errand:
    """A file to be made: for which session, from which machine, which list; `moment` only in a rehearsal."""

    id: UUID
    session: str
    terminal: str
    asked: Asked
    moment: dt.datetime | None
    making: Making = field(default_factory=Making)
    read_at: dt.datetime | None = None
    later: bool = False

    def now(self) -> dt.datetime:
        """Return the moment at which the errand is."""
        return self.moment or timezone.now()

    def asker(self, now: dt.datetime) -> Asker | None:
        """Bind the session's person for this transaction, as a page does, and keep nobody's session awake."""
        by = bind_session(self.session, now, awake=False)
        return by and replace(by, terminal=self.terminal)


class _Later(Exception):
    """Another file of the same person is being made elsewhere."""


class _Outdated(Exception):
    """Somebody whom the file shows may not be seen any more."""


_errands: list[Errand] = []
_door = threading.Lock()
_news = threading.Event()  # one has begun: its person is told at once


def put(errand: Errand) -> None:
    """Put a file behind those that are being made here."""
    with _door:
        _errands.append(errand)
        alone = len(_errands) == 1
    if alone:
        threading.Thread(target=_work, args=[errand], daemon=True, name="export").start()


def _work(first: Errand) -> None:
    """Make one file after the other until there is none, while another thread tells how far they are."""
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=[over], daemon=True, name="export-watch")
    watch.start()
    errand: Errand | None = first
    while errand is not None:
        errand.later = False
        _or_failed(_make_or_end, errand)
        connections.close_all()
        if errand.later:
            time.sleep(_AFTER_ANOTHER)
        errand = _next(errand)
    over.set()
    _news.set()
    watch.join()


def _or_failed(work: Callable[[Errand], None], errand: Errand) -> None:
    """Do a part of a file's making; what goes wrong ends the file, so that none is made over which nobody watches."""
    if not beside(partial(work, errand), "export"):
        errand.making.over = True
        beside(partial(_end, errand, ExportState.FAILED), "export")


def _next(done: Errand) -> Errand | None:
    with _door:
        _errands.remove(done)
        if done.later:
            _errands.append(done)
        return _errands[0] if _errands else None


def _make_or_end(errand: Errand) -> None:
    try:
        _make(errand)
    except Unwanted:
        return
    except _Later:
        errand.later = True
    except _Outdated:
        _end(errand, ExportState.OUTDATED)


def _make(errand: Errand) -> None:
    """Read and write the file as its person, in one transaction: the file, whom it shows, and the footprint; or nothing."""
    making = errand.making
    with transaction.atomic(), ExitStack() as afterwards:
        now = errand.now()
        by = errand.asker(now)
        if by is None or making.over:
            raise Unwanted
        if not ask(_ALONE, _KIND, by.staff.int % 2**31):
            raise _Later
        errand.read_at = now
        _news.set()
        afterwards.callback(lambda: making.paper and making.paper.close())
        paper = _written(errand, by, now)
        persons = list(dict.fromkeys(making.persons))
        if not queries.is_still_shown(persons, now):
            raise _Outdated
        pieces = iter(partial(paper.read, PIECE), b"")
        if not acts.keep_export(
            by=by, now=errand.now(), export=errand.id, pieces=pieces, rows=making.rows, persons=persons, read_at=now
        ):
            raise Unwanted


def _written(errand: Errand, by: Asker, now: dt.datetime) -> IO[bytes]:
    """Let the list's own view answer as it answers a page, note whom it shows, and return the file."""
    asked = errand.asked
    request = PageRequest()
    request.method, request.path, request.path_info = "GET", asked.path, asked.path
    request.GET = QueryDict(urlencode(asked.asked))
    request.session, request.by, request.now = SessionStore(), by, now
    request.making = errand.making  # type: ignore[attr-defined]  # read by household.long
    request.resolver_match = match = resolve(asked.path)
    answer = match.func(request, *match.args, **match.kwargs)
    witness(request, answer)
    paper = errand.making.paper
    if paper is None:
        raise LookupError("the list has made no file")
    paper.seek(0)
    return paper


def _end(errand: Errand, state: ExportState) -> None:
    with transaction.atomic():
        now = errand.now()
        if by := errand.asker(now):
            acts.end_export(by=by, now=now, export=errand.id, state=state)


def _watch(over: threading.Event) -> None:
    while not over.is_set():
        _news.wait(EVERY_SECONDS)
        _news.clear()
        for errand in _errands.copy():
            _or_failed(_look, errand)
        beside(close_old_connections, "export")
    connections.close_all()


def _shows_less(errand: Errand) -> bool:
    """Whether somebody who was read is seen less now; who they are is asked only when something happened to anybody."""
    return bool(
        errand.read_at
        and queries.less_is_seen_since(errand.read_at)
        and not queries.is_still_shown(list(errand.making.persons.copy()), errand.read_at)
    )


def _look(errand: Errand) -> None:
    """Tell how far a file is. Stop it when its person has gone or gave it up, or may see less of somebody in it than before."""
    making = errand.making
    with transaction.atomic():
        now = errand.now()
        by = errand.asker(now)
        if by is None or not acts.tell_export(
            by=by, now=now, export=errand.id, rows=making.rows, total=making.total, making=errand.read_at is not None
        ):
            making.over = True
        elif _shows_less(errand):
            making.over = True
            acts.end_export(by=by, now=now, export=errand.id, state=ExportState.OUTDATED)
