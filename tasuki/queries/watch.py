"""見守り: who has not been heard from for how long, who looks in, and what to do first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.household import Wish, ordered
from tasuki.queries.rows import each, rows
from tasuki.records.asker import Asker, Invisible


@dataclass(frozen=True)
class WatchRow:
    """A watch in the list: whom, how long silent (days since the last contact, else since the start), who looks in.

    `left` are the days until the promised contact, negative when it is past. `watchers` are the rota in its order, with
    their ids in `rota`; `turn` is whose turn is open, `taken_from` whose it was, `last_by` who of the card looked in last.
    `on_card` says whether the asker's agency may take a turn.
    """

    id: UUID
    names: list[str]
    people: list[UUID]
    born: str
    beside: int
    area: str
    silent: int
    every: int
    left: int
    last_contact_at: dt.datetime | None
    watchers: list[str]
    first_responder: str
    triggers: list[str]
    rota: list[UUID]
    turn: UUID
    turn_name: str
    taken_from: UUID | None
    taken_from_name: str
    last_by: str
    mine: bool
    on_card: bool
    case: UUID | None
    ground: str
    total: int


NAME = "coalesce((SELECT a.name FROM records_agency a WHERE a.id = k.{}), '')"
_WATCHES = f"""
    WITH chosen AS (
        SELECT w.*, coalesce(w.turn_id, w.watchers[1], w.first_responder_id) AS turn,
               day_of(%(now)s) - day_of(coalesce(w.last_contact_at, w.started_at)) AS silent
        FROM records_watch w WHERE w.ended_at IS NULL AND (%(watch)s::uuid IS NULL OR w.id = %(watch)s)
          AND (%(agency)s = '' OR %(agency)s = ANY(SELECT x::text FROM unnest(w.watchers) x)
               OR w.first_responder_id::text = %(agency)s)
    ), known AS (
        SELECT c.*, p.names, p.people, p.area, p.kana, p.born, p.household
        FROM chosen c LEFT JOIN LATERAL (
            SELECT array_agg(p.name ORDER BY p.id) AS names, array_agg(p.id ORDER BY p.id) AS people,
                   (array_agg(p.area ORDER BY p.id))[1] AS area, array_agg(p.kana ORDER BY p.id) AS kana,
                   (array_agg(p.born ORDER BY p.id))[1] AS born, (array_agg(p.household_id ORDER BY p.id))[1] AS household
            FROM records_person p WHERE p.id = ANY(people_of_watch(c.id))) p ON true
    )
    SELECT k.id, coalesce(k.names, '{{}}'), coalesce(k.people, '{{}}'), coalesce(k.born, ''),
           (SELECT count(*) FROM records_person o WHERE o.household_id = k.household)::integer - cardinality(coalesce(k.people, '{{}}')),
           coalesce(k.area, ''), k.silent, k.every_days, k.every_days - k.silent, k.last_contact_at,
           ARRAY(SELECT coalesce(a.name, '') FROM unnest(k.watchers) WITH ORDINALITY o(id, n)
                 LEFT JOIN records_agency a ON a.id = o.id ORDER BY o.n),
           {NAME.format("first_responder_id")},
           ARRAY(SELECT jsonb_array_elements_text(k.triggers)), k.watchers, k.turn, {NAME.format("turn")}, k.taken_from_id,
           {NAME.format("taken_from_id")}, {NAME.format("last_by_id")}, k.turn = asker_agency(),
           asker_agency() = ANY(k.watchers || k.first_responder_id), k.case_id,
           coalesce((SELECT person_ground(x) FROM unnest(k.people) x LIMIT 1), ''), count(*) OVER ()
    FROM known k WHERE (%(area)s = '' OR k.area = %(area)s)
      AND (%(due)s = '' OR CASE %(due)s WHEN 'LATE' THEN k.silent > k.every_days
           WHEN 'SOON' THEN k.silent <= k.every_days AND k.silent >= k.every_days * 0.8 ELSE true END)
      AND has_words(%(words)s, VARIADIC k.names || k.kana)
    ORDER BY {{order}}, k.silent DESC, k.id LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608  only constants are put together
_ORDERS = {
    "silence": "k.silent::numeric / greatest(k.every_days, 1)", "who": "k.kana[1]", "area": "k.area", "since": "k.silent",
    "left": "k.every_days - k.silent",
}  # fmt: skip


def watch_card(by: Asker, now: dt.datetime, watch: UUID) -> WatchRow:
    """Return one running watch (one statement); Invisible when it has ended or the asker does not see it."""
    found = watches(by, now, Wish(limit=1), watch)
    if not found:
        raise Invisible
    return found[0]


def watches(by: Asker, now: dt.datetime, wish: Wish, watch: UUID | None = None) -> list[WatchRow]:
    """Return the running watches that the asker may see, the most silent first (one statement). Filters: area, agency, due."""
    return rows(WatchRow, *_asked(now, wish, watch))


def each_watch(by: Asker, now: dt.datetime, wish: Wish) -> Iterator[WatchRow]:
    """Return the same watches one by one, for a file."""
    return each(WatchRow, *_asked(now, wish, None))


def _asked(now: dt.datetime, wish: Wish, watch: UUID | None) -> tuple[str, dict[str, Any]]:
    return _WATCHES.replace("{order}", ordered(wish, _ORDERS, "silence")), {
        "now": now, "agency": wish.of("agency"), "area": wish.of("area"), "due": wish.of("due"), "words": wish.words,
        "limit": wish.limit, "offset": wish.offset, "watch": watch,
    }  # fmt: skip


def signals_of_card(watch: UUID | None) -> list[str]:
    """Return what a watch's card says to look out for; nothing when it does not exist for the asker."""
    return rows(str, "SELECT jsonb_array_elements_text(triggers) FROM records_watch WHERE id = %s", [watch])


def signals(people: Sequence[UUID]) -> list[str]:
    """Return what the cards of all running watches of these people say to look out for."""
    return rows(
        str,
        "SELECT jsonb_array_elements_text(w.triggers) FROM records_watch w JOIN records_subject s ON s.record_id = w.record_id"
        " WHERE s.person_id = ANY(%s::uuid[]) AND w.ended_at IS NULL",
        [list(people)],
    )
