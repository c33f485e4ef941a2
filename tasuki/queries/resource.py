"""地域・資源: the directory with its staleness clock, the hosts, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.household import Wish, ordered
from tasuki.queries.rows import each, rows, value
from tasuki.records.asker import Asker

STALE_DAYS = 180


@dataclass(frozen=True)
class ResourceRow:
    """A resource or a host: what, where, how many it takes and how many are there, when somebody last made sure."""

    id: UUID
    name: str
    kind: str
    area: str
    slots: int | None
    taken: int
    conditions: str
    is_host: bool
    agency: str
    assured_at: dt.datetime
    gap: str
    total: int


_RESOURCES = """
    WITH found AS (
        SELECT r.*, g.name AS agency, coalesce(r.assured_at, r.registered_at) AS sure, coalesce(n.need, '') AS need,
               (SELECT count(*) FROM records_match m WHERE m.resource_id = r.id AND m.started_at IS NOT NULL
                AND m.ended_at IS NULL)::integer AS taken
        FROM records_resource r JOIN records_agency g ON g.id = r.agency_id LEFT JOIN records_gap n ON n.id = r.gap_id
        WHERE (%(area)s = '' OR r.area = %(area)s) AND (%(agency)s = '' OR r.agency_id::text = %(agency)s)
          AND (%(kind)s = '' OR r.is_host = (%(kind)s = 'HOST'))
          AND has_words(%(words)s, r.name, r.kind, r.conditions)
    )
    SELECT f.id, f.name, f.kind, f.area, f.slots, f.taken, f.conditions, f.is_host, f.agency, f.sure, f.need,
           count(*) OVER ()
    FROM found f
    WHERE (%(due)s = '' OR (f.sure < %(now)s - make_interval(days => %(stale)s)) = (%(due)s = 'STALE'))
    ORDER BY {order}, f.name, f.id LIMIT %(limit)s OFFSET %(offset)s
"""
_ORDERS = {
    "sure": "f.sure",
    "name": "f.name",
    "area": "f.area",
    "agency": "f.agency",
    "slots": "f.slots",
    "kind": "f.kind",
}


def resources(by: Asker, now: dt.datetime, stale: int, wish: Wish) -> list[ResourceRow]:
    """Return one page of the directory, the least certain first."""
    return rows(ResourceRow, *_directory(now, stale, wish))


def each_resource(by: Asker, now: dt.datetime, stale: int, wish: Wish) -> Iterator[ResourceRow]:
    """Return the same rows one by one, for a file."""
    return each(ResourceRow, *_directory(now, stale, wish))


def _directory(now: dt.datetime, stale: int, wish: Wish) -> tuple[str, dict[str, Any]]:
    return _RESOURCES.replace("{order}", ordered(wish, _ORDERS, "sure")), {
        "area": wish.of("area"), "agency": wish.of("agency"), "kind": wish.of("kind"), "due": wish.of("due"),
        "words": wish.words, "now": now, "stale": stale, "limit": wish.limit, "offset": wish.offset,
    }  # fmt: skip


def stale_days(by: Asker) -> int:
    """Return after how many days a resource wants to be made sure of again (profile clock)."""
    found = value(
        "SELECT body ->> 'resource_confirmation_days' FROM records_setting WHERE section = 'clocks'"
        " ORDER BY since DESC, id DESC LIMIT 1"
    )
    return int(found) if isinstance(found, str) and found.isdecimal() else STALE_DAYS


@dataclass(frozen=True)
class GapRow:
    """足りない資源: the need, where, who noticed it, how far it is; `total` counts all that is wanted. No person is named."""

    id: UUID
    need: str
    area: str
    agency: str
    registered_at: dt.datetime
    project_at: dt.datetime | None
    launched_at: dt.datetime | None
    total: int


_GAPS = """
    SELECT n.id, n.need, n.area, g.name, n.registered_at, n.project_at, n.launched_at, count(*) OVER ()
    FROM records_gap n JOIN records_agency g ON g.id = n.agency_id,
         LATERAL (SELECT CASE WHEN n.launched_at IS NOT NULL THEN 'LAUNCHED' WHEN n.project_at IS NOT NULL THEN 'PROJECT'
                         ELSE 'NOTICED' END AS step) s
    WHERE (%(area)s = '' OR n.area = %(area)s) AND (%(agency)s = '' OR n.agency_id::text = %(agency)s)
      AND (%(step)s = '' OR s.step = %(step)s) AND has_words(%(words)s, n.need)
    ORDER BY {order}, n.registered_at, n.id LIMIT %(limit)s OFFSET %(offset)s
"""
_GAP_ORDERS = {
    "step": "array_position(ARRAY['NOTICED', 'PROJECT', 'LAUNCHED'], s.step)", "at": "n.registered_at", "need": "n.need",
    "area": "nullif(n.area, '')", "agency": "g.name",
}  # fmt: skip


def gaps(by: Asker, wish: Wish) -> list[GapRow]:
    """Return one page of the gaps, those without a project first (one statement). Filters: area, agency, step."""
    return rows(GapRow, *_missing(wish))


def each_gap(by: Asker, wish: Wish) -> Iterator[GapRow]:
    """Return the same gaps one by one, for a file."""
    return each(GapRow, *_missing(wish))


def _missing(wish: Wish) -> tuple[str, dict[str, Any]]:
    return _GAPS.replace("{order}", ordered(wish, _GAP_ORDERS, "step")), {
        "area": wish.of("area"), "agency": wish.of("agency"), "step": wish.of("step"), "words": wish.words,
        "limit": wish.limit, "offset": wish.offset,
    }  # fmt: skip
