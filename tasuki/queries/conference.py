"""会議: the list of sittings, the cockpit of one, and whom a watch is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.choices import Choice
from tasuki.queries.household import Wish, ordered, year_span
from tasuki.queries.rows import each, one, rows, value
from tasuki.records.asker import Asker, Invisible


@dataclass(frozen=True)
class SittingLine:
    """A sitting in a list: how many items the asker may see and on which bases; `total` counts all that the wish finds."""

    id: UUID
    conference: str
    at: dt.datetime
    place: str
    items: int
    bases: list[str]
    total: int


@dataclass(frozen=True)
class SittingPage:
    """The head of a sitting's cockpit."""

    id: UUID
    conference: str
    at: dt.datetime
    place: str
    state: str
    held_at: dt.datetime | None
    minutes: str
    agenda: list[Any]
    called_by: str
    mine: bool
    version: int


@dataclass(frozen=True)
class ItemPage:
    """One item with everything said and decided; only items that the asker may see come."""

    id: UUID
    position: int
    kind: str
    basis: str
    reason: str
    minutes_planned: int
    discussion: str
    ground: str
    case: UUID | None
    plan: UUID | None
    people: list[Any]
    seats: list[Any]
    materials: list[Any]
    decisions: list[Any]
    opinions: list[Any]
    requests: list[Any]
    quorum: dict[str, Any] | None


@dataclass(frozen=True)
class PledgeLine:
    """A secrecy pledge of the asker."""

    since: dt.datetime
    until: dt.date


_SEEN = """(SELECT count(*) AS items, coalesce(array_agg(DISTINCT i.basis), '{}') AS bases FROM records_agendaitem i
         WHERE i.sitting_id = t.id)"""
_COMING = f"""
    SELECT t.id, k.name, t.at, t.place, s.items, s.bases, count(*) OVER ()
    FROM records_sitting t JOIN records_conference k ON k.id = t.conference_id, LATERAL {_SEEN} s
    WHERE t.state <> 'HELD' ORDER BY t.at, t.id
"""  # noqa: S608  only constants are put together


def coming(by: Asker) -> list[SittingLine]:
    """Return the sittings that the asker may see and that are still to be held, the nearest first."""
    return rows(SittingLine, _COMING)


# Each item is asked for its ground, so only those of the sittings on the page are counted.
_HELD = f"""
    WITH known AS (
        SELECT t.id, k.name, t.at, t.place FROM records_sitting t JOIN records_conference k ON k.id = t.conference_id
        WHERE t.state = 'HELD' AND (%(conference)s = '' OR t.conference_id::text = %(conference)s)
          AND (%(since)s::timestamptz IS NULL OR t.at >= %(since)s) AND (%(until)s::timestamptz IS NULL OR t.at < %(until)s)
          AND has_words(%(words)s, k.name, t.place)
          AND (%(basis)s = '' OR EXISTS (SELECT FROM records_agendaitem i WHERE i.sitting_id = t.id AND i.basis = %(basis)s))
    ), listed AS (
        SELECT t.*, count(*) OVER () AS total FROM known t ORDER BY <order>, t.at DESC, t.id LIMIT %(limit)s OFFSET %(offset)s
    )
    SELECT t.id, t.name, t.at, t.place, s.items, s.bases, t.total FROM listed t, LATERAL {_SEEN} s
    ORDER BY <order>, t.at DESC, t.id
"""  # noqa: S608  only constants are put together
_ORDERS = {"at": "t.at", "conference": "t.name", "place": "nullif(t.place, '')"}


def held(by: Asker, wish: Wish) -> list[SittingLine]:
    """Return one page of the sittings that were held, the latest first (one statement). Filters: conference, basis, year."""
    return rows(SittingLine, *_held(wish))


def each_held(by: Asker, wish: Wish) -> Iterator[SittingLine]:
    """Return the same sittings one by one, for a file."""
    return each(SittingLine, *_held(wish))


def _held(wish: Wish) -> tuple[str, dict[str, Any]]:
    since, until = year_span(wish.of("year"))
    return _HELD.replace("<order>", ordered(wish, _ORDERS, "at")), {
        "conference": wish.of("conference"), "basis": wish.of("basis"), "since": since, "until": until,
        "words": wish.words, "limit": wish.limit, "offset": wish.offset,
    }  # fmt: skip


def conferences(by: Asker) -> list[Choice]:
    """Return every conference of the town, ended ones too: what they held is found by them."""
    return rows(Choice, "SELECT id::text, name FROM records_conference ORDER BY ended_on IS NOT NULL, name, id")


def my_pledges(by: Asker) -> list[PledgeLine]:
    """Return the asker's own pledges, the latest first."""
    return rows(
        PledgeLine,
        "SELECT since, until FROM records_pledge WHERE staff_id = %s ORDER BY until DESC, since DESC",
        [by.staff],
    )


def sitting_page(by: Asker, sitting: UUID) -> SittingPage:
    """Return the head of a sitting; Invisible when it does not exist for the asker."""
    found = one(
        SittingPage,
        "SELECT t.id, k.name, t.at, t.place, t.state, t.held_at,"
        " t.minutes, t.agenda, g.name,"
        " asker_agency() = ANY(t.secretariat) AND (asker_may('COORD') OR asker_may('CHAIR')), t.version"
        " FROM records_sitting t JOIN records_conference k ON k.id = t.conference_id"
        " JOIN records_agency g ON g.id = t.called_by_id WHERE t.id = %s",
        [sitting],
    )
    if found is None:
        raise Invisible
    return found


def items_of(sitting: UUID) -> list[ItemPage]:
    """Return the items of a sitting that the asker may see."""
    return rows(ItemPage, _ITEMS, [sitting])


_ITEMS = """
    SELECT i.id, i.position, i.kind, i.basis, i.reason, i.minutes_planned, i.discussion, item_ground(i.id), i.case_id, i.plan_id,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'born', p.born)), '[]')
       FROM records_itemperson x JOIN records_person p ON p.id = x.person_id WHERE x.item_id = i.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('staff', s.staff_id, 'name', w.name, 'agency', g.name, 'agency_id', g.id,
              'deputy', s.is_deputy, 'present', s.present, 'pledged', has_pledge(s.staff_id, day_of(asker_at()))) ORDER BY g.name, w.name), '[]')
       FROM records_seat s JOIN records_staff w ON w.id = s.staff_id JOIN records_agency g ON g.id = s.agency_id WHERE s.item_id = i.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'kind', r.kind, 'text', r.text, 'fact', r.fact, 'agency', g.name,
              'at', r.written_at) ORDER BY r.written_at), '[]')
       FROM records_itemmaterial m JOIN records_record r ON r.id = m.record_id JOIN records_agency g ON g.id = r.agency_id WHERE m.item_id = i.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('text', d.text, 'agency', g.name, 'due', d.due_on, 'done', k.done_at IS NOT NULL)), '[]')
       FROM records_decision d LEFT JOIN records_agency g ON g.id = d.agency_id LEFT JOIN records_task k ON k.id = d.task_id WHERE d.item_id = i.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('agency', g.name, 'agrees', o.agrees, 'text', o.text) ORDER BY g.name), '[]')
       FROM records_opinion o JOIN records_agency g ON g.id = o.agency_id WHERE o.item_id = i.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('agency', g.name, 'scope', q.scope, 'state', q.state, 'answer', q.answer,
              'due', q.due_on) ORDER BY q.asked_at, q.id), '[]')
       FROM records_materialrequest q JOIN records_agency g ON g.id = q.agency_id WHERE q.item_id = i.id),
      (SELECT jsonb_build_object('quorum', k.quorum, 'number', k.quorum_number, 'of', k.quorum_of, 'source', k.quorum_source,
              'counted', f.counted, 'here', CASE t.state WHEN 'HELD' THEN f.here END)
       FROM records_sitting t JOIN records_conference k ON k.id = t.conference_id, LATERAL quorum_facts(i.id) f
       WHERE t.id = i.sitting_id AND k.quorum <> '' AND i.plan_id IS NOT NULL)
    FROM records_agendaitem i WHERE i.sitting_id = %s ORDER BY i.position, i.id
"""


def secretariat_staff(sitting: UUID) -> list[tuple[str, str]]:
    """Return the colleagues of the secretariat who may sit in: (id, name)."""
    return rows(
        _pair,
        "SELECT s.id::text, s.name FROM records_sitting t JOIN records_post p ON p.agency_id = ANY(t.secretariat)"
        " JOIN records_staff s ON s.id = p.staff_id WHERE t.id = %s AND p.since <= asker_at()"
        " AND (p.until IS NULL OR asker_at() < p.until) ORDER BY s.name, s.id",
        [sitting],
    )


def _pair(first: str, second: str) -> tuple[str, str]:
    return first, second


def watched_people(watch: UUID) -> list[UUID]:
    """Return whom a watch is about; Invisible when the asker neither watches nor sees it."""
    found = value("SELECT people_of_watch(%s)", [watch])
    if not found:
        raise Invisible
    return list(found)
