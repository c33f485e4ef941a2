"""保存と廃棄 as who guards the data and who manages see it: numbers, days and codes; no name and no text of a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.choices import Choice
from tasuki.queries.household import Wish, ordered
from tasuki.queries.rows import each, one, rows
from tasuki.records.asker import Asker, Invisible
from tasuki.rules.permission import P

KEEPERS = frozenset({P.PRIV, P.MGR})


def need_keeper(by: Asker) -> None:
    """Make the room not exist for everybody but the privacy officer and the manager."""
    if not by.sets & KEEPERS:
        raise Invisible


@dataclass(frozen=True)
class KeepingRow:
    """An ended case on its way to disposal. `stage` is a KeepingStage, `total` counts what the wish finds on all pages."""

    case: UUID
    state: str
    stage: str
    number: str
    agency: str
    ended_on: dt.date
    class_name: str
    keep_until: dt.date | None
    stayed: bool
    approval: str
    approver: str
    disposed_at: dt.datetime | None
    total: int


_ROWS = """
    SELECT k.of_case, k.state, k.stage, k.number, k.agency, k.ended_on, k.class_name, k.keep_until, k.stayed, k.approval,
           coalesce(s.name, ''), k.disposed_at, count(*) OVER ()
    FROM keepings() k LEFT JOIN records_staff s ON s.id = k.approved_by
    WHERE (%(stage)s = '' OR k.stage = %(stage)s) AND (%(class)s = '' OR k.class_key = %(class)s)
      AND (%(stayed)s = '' OR k.stayed = (%(stayed)s = 'YES'))
      AND has_words(%(words)s, k.number, k.agency, k.approval)
    ORDER BY {order}, k.number, k.of_case LIMIT %(limit)s OFFSET %(offset)s
"""
_ORDERS = {
    "number": "k.number", "ended": "k.ended_on", "until": "k.keep_until",
    "stage": "array_position(ARRAY['PROPOSED', 'DUE', 'UNCLASSED', 'CLASSED', 'KEPT', 'GONE'], k.stage)",
    "disposed": "k.disposed_at",
}  # fmt: skip


def keepings(by: Asker, wish: Wish) -> list[KeepingRow]:
    """Return one page of the register, what waits for somebody first (one statement)."""
    need_keeper(by)
    return rows(KeepingRow, *_register(wish))


def each_keeping(by: Asker, wish: Wish) -> Iterator[KeepingRow]:
    """Return the same rows one by one, for a file."""
    need_keeper(by)
    return each(KeepingRow, *_register(wish))


def _register(wish: Wish) -> tuple[str, dict[str, Any]]:
    return _ROWS.replace("{order}", ordered(wish, _ORDERS, "stage")), {
        "stage": wish.of("stage"), "class": wish.of("class"), "stayed": wish.of("stayed"), "words": wish.words,
        "limit": wish.limit, "offset": wish.offset,
    }  # fmt: skip


def classes(by: Asker) -> list[Choice]:
    """Return the retention classes that a case may have in this town, with their years."""
    return rows(
        Choice, "SELECT key, name || '（' || years || '年）' FROM classes_of_cases(%s)", [by.municipality]
    )  # fmt: skip


@dataclass(frozen=True)
class StayLine:
    """A stay of a case: 保全 or 開示請求, why, since when, and how it ended."""

    id: UUID
    kind: str
    reason: str
    since: dt.date
    set_by: str
    lifted_at: dt.datetime | None
    lifted_by: str
    lift_reason: str


@dataclass(frozen=True)
class KeepingPage:
    """One ended case in the register: its class and where that comes from, who did what when, what still goes on."""

    case: UUID
    state: str
    stage: str
    number: str
    agency: str
    ended_on: dt.date
    class_name: str
    years: int | None
    source: str
    keep_until: dt.date | None
    stayed: bool
    remaining: str
    set_at: dt.datetime | None
    set_by: str
    archived_at: dt.datetime | None
    archived_by: str
    proposed_at: dt.datetime | None
    proposed_by: str
    proposer: UUID | None
    approval: str
    approved_by: str
    disposed_at: dt.datetime | None
    rows: int
    persons: int


_PAGE = """
    SELECT k.of_case, k.state, k.stage, k.number, k.agency, k.ended_on, k.class_name, w.years, coalesce(w.source, ''), k.keep_until,
           k.stayed, f.remaining, w.set_at, coalesce(s.name, ''), w.archived_at, coalesce(a.name, ''), w.proposed_at,
           coalesce(p.name, ''), w.proposed_by_id, k.approval, coalesce(q.name, ''), k.disposed_at, coalesce(w.rows, 0), coalesce(w.persons, 0)
    FROM keepings() k JOIN keeping_facts(%(case)s) f ON true LEFT JOIN records_keeping w ON w.case_id = k.of_case
    LEFT JOIN records_staff s ON s.id = w.set_by_id LEFT JOIN records_staff a ON a.id = w.archived_by_id
    LEFT JOIN records_staff p ON p.id = w.proposed_by_id LEFT JOIN records_staff q ON q.id = w.approved_by_id
    WHERE k.of_case = %(case)s
"""


def keeping(by: Asker, case: UUID) -> KeepingPage:
    """Return one case of the register (one statement). Raises Invisible where there is none for the asker."""
    need_keeper(by)
    found = one(KeepingPage, _PAGE, {"case": case})
    if found is None:
        raise Invisible
    return found


def stays(case: UUID) -> list[StayLine]:
    """Return the stays of a case, those that stand first; to all but the privacy officer there are none."""
    return rows(
        StayLine,
        "SELECT h.id, h.kind, h.reason, h.since, s.name, h.lifted_at, coalesce(l.name, ''), h.lift_reason FROM records_stay h"
        " JOIN records_staff s ON s.id = h.set_by_id LEFT JOIN records_staff l ON l.id = h.lifted_by_id"
        " WHERE h.case_id = %s ORDER BY h.lifted_at IS NOT NULL, h.set_at DESC, h.id",
        [case],
    )


def counts(by: Asker) -> dict[str, int]:
    """Return how many ended cases stand in each stage."""
    return dict(rows(lambda *row: row, "SELECT stage, count(*) FROM keepings() GROUP BY stage"))
