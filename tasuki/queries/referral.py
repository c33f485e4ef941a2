"""つなぎ: what waits for an answer, what was sent, what nobody has taken on, what goes to and fro."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.household import Wish, ordered
from tasuki.queries.rows import each, one, rows, value
from tasuki.records.asker import Asker, Invisible

PING_PONG = (3, 90)


@dataclass(frozen=True)
class ReferralRow:
    """A つなぎ as the list shows it; `names` and `people` only as far as the asker sees them.

    `mine` says that the asker's agency is to answer it, `total` counts all that the wish finds.
    """

    id: UUID
    case: UUID
    kind: str
    state: str
    sent_at: dt.datetime
    answer_by: dt.datetime | None
    answered_at: dt.datetime | None
    sender: str
    receiver: str
    wants: str
    tried: str
    sheet: str
    basis: str
    no_consent_reason: str
    warm: str
    advice: str
    lead: str
    follow_up_on: dt.date | None
    names: list[str]
    area: str
    people: list[UUID]
    size: int
    mine: bool
    sent_here: bool
    ground: str
    total: int


_TABS = {
    "mine": "f.receiver_id = %(agency)s AND f.state = 'OFFERED'",
    "sent": "f.sender_id = %(agency)s",
    "waiting": "f.receiver_id <> %(agency)s AND f.state = 'OFFERED'",
    "late": "f.state = 'OFFERED' AND f.answer_by < %(now)s",
}
_LIST = """
    WITH chosen AS (
        SELECT f.* FROM records_referral f WHERE {tab}
          AND (%(state)s = '' OR f.state = %(state)s)
          AND (%(partner)s = '' OR f.sender_id::text = %(partner)s OR f.receiver_id::text = %(partner)s)
          AND (%(due)s = '' OR f.state = 'OFFERED' AND CASE %(due)s WHEN 'LATE' THEN f.answer_by < %(now)s
               WHEN 'TODAY' THEN day_of(f.answer_by) <= day_of(%(now)s) ELSE true END)
    ), known AS (
        SELECT f.*, s.name AS sender, r.name AS receiver, l.name AS lead, p.names, p.area, p.people, p.kana,
               (SELECT count(*) FROM records_subject x WHERE x.record_id = f.record_id) AS size
        FROM chosen f JOIN records_agency s ON s.id = f.sender_id JOIN records_agency r ON r.id = f.receiver_id
        LEFT JOIN records_agency l ON l.id = f.lead_id
        LEFT JOIN LATERAL (
            SELECT array_agg(p.name ORDER BY p.registered_at, p.id) AS names,
                   array_agg(p.id ORDER BY p.registered_at, p.id) AS people,
                   (array_agg(p.area ORDER BY p.registered_at, p.id))[1] AS area,
                   array_agg(p.kana ORDER BY p.registered_at, p.id) AS kana
            FROM records_subject x JOIN records_person p ON p.id = x.person_id WHERE x.record_id = f.record_id) p ON true
    )
    SELECT k.id, k.case_id, k.kind, k.state, k.sent_at, k.answer_by, k.answered_at, k.sender, k.receiver, k.wants, k.tried,
           k.sheet, k.basis, k.no_consent_reason, k.warm, k.advice, coalesce(k.lead, ''), k.follow_up_on,
           coalesce(k.names, '{}'), coalesce(k.area, ''), coalesce(k.people, '{}'), k.size, k.receiver_id = %(agency)s,
           k.sender_id = %(agency)s, record_ground(k.record_id), count(*) OVER ()
    FROM known k WHERE (%(area)s = '' OR k.area = %(area)s)
      AND has_words(%(words)s, VARIADIC k.names || k.kana || ARRAY[k.wants, k.tried])
    ORDER BY {order}, k.sent_at DESC, k.id LIMIT %(limit)s OFFSET %(offset)s
"""
_ORDERS = {
    # What waits for an answer by its day; of what was answered the latest first.
    "clock": "(k.state = 'OFFERED') DESC, CASE k.state WHEN 'OFFERED' THEN k.answer_by END", "who": "k.kana[1]", "from": "k.sender", "to": "k.receiver",
    "sent": "k.sent_at",
}  # fmt: skip


def referrals(by: Asker, now: dt.datetime, tab: str, wish: Wish) -> list[ReferralRow]:
    """Return one page of a tab: mine, sent, waiting or late (one statement). Filters: area, partner, state, due."""
    return rows(ReferralRow, *_asked(by, now, tab, wish))


def each_referral(by: Asker, now: dt.datetime, tab: str, wish: Wish) -> Iterator[ReferralRow]:
    """Return the same rows one by one, for a file."""
    return each(ReferralRow, *_asked(by, now, tab, wish))


def _asked(by: Asker, now: dt.datetime, tab: str, wish: Wish) -> tuple[str, dict[str, Any]]:
    return _LIST.replace("{tab}", _TABS[tab]).replace("{order}", ordered(wish, _ORDERS, "clock")), {
        "agency": by.agency, "now": now, "area": wish.of("area"), "partner": wish.of("partner"),
        "state": wish.of("state"), "due": wish.of("due"), "words": wish.words, "limit": wish.limit, "offset": wish.offset,
    }  # fmt: skip


@dataclass(frozen=True)
class Loose:
    """A case whose たすき came back because a contract ended, or that goes to and fro: who holds it, how often it moved.

    `total` counts all of its tab that the wish finds.
    """

    case: UUID
    names: list[str]
    area: str
    people: list[UUID]
    holder: str
    since: dt.datetime
    before: str
    moves: int
    ground: str
    total: int


_LOOSE = """
    SELECT c.id, coalesce(p.names, '{}'), coalesce(p.area, ''), coalesce(p.people, '{}'), g.name, h.since,
           coalesce((SELECT b.name FROM records_holding o JOIN records_agency b ON b.id = o.agency_id
                     WHERE o.case_id = c.id AND o.until = h.since ORDER BY o.since DESC LIMIT 1), ''),
           m.moves, case_ground(c.id), count(*) OVER ()
    FROM records_case c JOIN records_holding h ON h.case_id = c.id AND h.until IS NULL
    JOIN records_agency g ON g.id = h.agency_id
    LEFT JOIN LATERAL (
        SELECT array_agg(p.name ORDER BY cp.joined_at, p.id) AS names, array_agg(p.id ORDER BY cp.joined_at, p.id) AS people,
               (array_agg(p.area ORDER BY cp.joined_at, p.id))[1] AS area, array_agg(p.kana ORDER BY cp.joined_at, p.id) AS kana
        FROM records_caseperson cp JOIN records_person p ON p.id = cp.person_id
        WHERE cp.case_id = c.id AND cp.left_at IS NULL) p ON true,
    LATERAL (SELECT count(*)::integer AS moves FROM records_holding o
             WHERE o.case_id = c.id AND o.reason <> 'RECEIVED' AND o.since >= %(from)s) m
    WHERE c.ended_at IS NULL AND {which} AND (%(area)s = '' OR p.area = %(area)s)
      AND (%(agency)s = '' OR h.agency_id::text = %(agency)s) AND has_words(%(words)s, VARIADIC p.names || p.kana)
    ORDER BY {order}, h.since, c.id LIMIT %(limit)s OFFSET %(offset)s
"""
_LOOSE_TABS = {
    "loose": "h.reason = 'CONTRACT_ENDED' AND h.agency_id = (SELECT asker_agency())",
    "to_and_fro": "c.id IN (SELECT x.id FROM cases_to_and_fro(%(from)s, %(times)s) x)",
}
_LOOSE_ORDERS = {"who": "p.kana[1]", "holder": "g.name", "since": "h.since", "moves": "m.moves"}


def loose(by: Asker, now: dt.datetime, tab: str, often: tuple[int, int], wish: Wish) -> list[Loose]:
    """Return one page of a tab, the most moved first (one statement). Filters: area, agency.

    `loose` is what stands with this section because the holder's contract ended (settled 16), `to_and_fro` are the open cases
    whose たすき moved at least so many times in so many days, as `often` says.
    """
    return rows(Loose, *_stands(now, tab, often, wish))


def each_loose(by: Asker, now: dt.datetime, tab: str, often: tuple[int, int], wish: Wish) -> Iterator[Loose]:
    """Return the same cases one by one, for a file."""
    return each(Loose, *_stands(now, tab, often, wish))


def _stands(now: dt.datetime, tab: str, often: tuple[int, int], wish: Wish) -> tuple[str, dict[str, Any]]:
    times, days = often if tab == "to_and_fro" else PING_PONG
    order = ordered(wish, _LOOSE_ORDERS, "moves")
    return _LOOSE.replace("{which}", _LOOSE_TABS[tab]).replace("{order}", order), {
        "from": now - dt.timedelta(days=days), "times": times, "area": wish.of("area"), "agency": wish.of("agency"),
        "words": wish.words, "limit": wish.limit, "offset": wish.offset,
    }  # fmt: skip


def ping_pong(by: Asker) -> tuple[int, int]:
    """Return from how many hand-overs in how many days on a case counts as going to and fro (profile clock)."""
    found = value(
        "SELECT body -> 'ping_pong' FROM records_setting WHERE section = 'clocks' ORDER BY since DESC, id DESC LIMIT 1"
    )
    clock: dict[str, Any] = json.loads(found) if isinstance(found, str) else found or {}
    return int(clock.get("hand_overs", PING_PONG[0])), int(clock.get("days", PING_PONG[1]))


@dataclass(frozen=True)
class TabCounts:
    """How many stand in each tab."""

    mine: int
    sent: int
    loose: int
    waiting: int
    late: int
    to_and_fro: int


def counts(by: Asker, now: dt.datetime, times: int, days: int) -> TabCounts:
    """Return the number beside each tab (one statement)."""
    found = one(TabCounts, "SELECT * FROM referral_counts(%s, %s, %s)", [now, now - dt.timedelta(days=days), times])
    if found is None:
        raise Invisible
    return found
