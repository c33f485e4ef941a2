"""人事異動 as the town sees it, and the 引継ぎパック as the successor sees it: row security decides what is in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.choices import Choice
from tasuki.queries.rows import one, rows, value
from tasuki.records.asker import Asker, Invisible
from tasuki.rules.permission import P

MOVERS = frozenset({P.CITY, P.ADMIN})


def need_mover(by: Asker) -> None:
    """Make the room not exist for everybody but the administrator and the deciding office."""
    if not by.sets & MOVERS:
        raise Invisible


@dataclass(frozen=True)
class PostLine:
    """A post in force: whose, where, as what, how many open cases, and whether its end is planned already."""

    post: UUID
    staff: UUID
    name: str
    agency: str
    roles: list[str]
    open_cases: int
    until: dt.datetime | None


def posts(by: Asker) -> list[PostLine]:
    """Return the posts in force, by agency and name."""
    need_mover(by)
    return rows(
        PostLine,
        "SELECT p.id, s.id, s.name, g.name, p.roles, open_cases_in_post(p.id), p.until FROM records_post p"
        " JOIN records_staff s ON s.id = p.staff_id JOIN records_agency g ON g.id = p.agency_id"
        " WHERE p.since <= asker_at() AND (p.until IS NULL OR asker_at() < p.until) ORDER BY g.name, s.name, p.id LIMIT 2000",
    )


@dataclass(frozen=True)
class MoveLine:
    """A move: who, from where to where, whom the cases go to, when, and whether it has happened."""

    id: UUID
    name: str
    source: str
    goal: str
    successor: str
    at: dt.datetime
    done_at: dt.datetime | None
    moved: int
    open_cases: int
    is_mine: bool


_MOVES = """
    SELECT m.id, s.name, g.name, coalesce(h.name, ''), coalesce(q.name, ''), m.at, m.done_at, m.moved,
           open_cases_in_post(m.post_id), asker_staff() IN (m.staff_id, m.successor_id)
    FROM records_staffmove m JOIN records_staff s ON s.id = m.staff_id JOIN records_post p ON p.id = m.post_id
    JOIN records_agency g ON g.id = p.agency_id LEFT JOIN records_staff q ON q.id = m.successor_id
    LEFT JOIN records_post n ON n.id = m.next_post_id LEFT JOIN records_agency h ON h.id = n.agency_id
    WHERE m.withdrawn_at IS NULL AND {which} ORDER BY m.done_at IS NOT NULL, m.at, g.name, s.name, m.id LIMIT 500
"""


def moves(by: Asker) -> list[MoveLine]:
    """Return the planned moves, and those of the last sixty days."""
    need_mover(by)
    return rows(MoveLine, _MOVES.format(which="(m.done_at IS NULL OR m.at > asker_at() - interval '60 days')"))


def my_moves(by: Asker) -> list[MoveLine]:
    """Return the moves in which the asker goes or takes over."""
    return rows(
        MoveLine,
        _MOVES.format(which="asker_staff() IN (m.staff_id, m.successor_id) AND m.at > asker_at() - interval '60 days'"),
    )


def cases_without_worker() -> int:
    """Return how many open cases have nobody in office who works on them."""
    return int(value("SELECT cases_without_worker()") or 0)


def colleagues(by: Asker) -> list[Choice]:
    """Return those with a post in force or to come, by agency."""
    need_mover(by)
    return rows(
        Choice,
        "SELECT s.id::text, s.name || '（' || string_agg(g.name, '・' ORDER BY g.name) || '）' FROM records_staff s"
        " JOIN records_post p ON p.staff_id = s.id AND (p.until IS NULL OR asker_at() < p.until)"
        " JOIN records_agency g ON g.id = p.agency_id GROUP BY s.id, s.name ORDER BY s.name, s.id",
    )


@dataclass(frozen=True)
class HandoverCase:
    """A case that passes on, as far as the one who looks sees it: who, where it stands, what is promised, what comes next."""

    case: UUID
    who: str
    people: list[UUID]
    state: str
    holder: str
    ground: str
    last_at: dt.datetime | None
    promises: list[dict[str, Any]]
    dates: list[dict[str, Any]]
    unanswered: bool

    def __post_init__(self) -> None:
        """Read the days, which come as text inside JSON."""
        for line in (*self.dates, *self.promises):
            text = line.get("on") or line.get("due")
            line["day"] = dt.date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Handover:
    """引継ぎパック of one move, made as the one who looks."""

    move: MoveLine
    cases: list[HandoverCase]
    unseen: int


_CASES = """
    SELECT c.id,
        coalesce((SELECT string_agg(q.name, '・' ORDER BY q.registered_at, q.id) FROM records_person q JOIN records_caseperson cp
                  ON cp.person_id = q.id AND cp.left_at IS NULL WHERE cp.case_id = c.id), ''),
        ARRAY(SELECT q.id FROM records_person q JOIN records_caseperson cp ON cp.person_id = q.id AND cp.left_at IS NULL WHERE cp.case_id = c.id),
        c.state, coalesce((SELECT g.name FROM records_holding o JOIN records_agency g ON g.id = o.agency_id
                  WHERE o.case_id = c.id AND o.until IS NULL), ''),
        case_ground(c.id), (SELECT max(r.written_at) FROM records_record r WHERE r.case_id = c.id),
        coalesce((SELECT jsonb_agg(jsonb_build_object('text', t.text, 'due', t.due_on, 'kind', t.kind, 'agency', g.name)
                  ORDER BY t.due_on NULLS LAST, t.opened_at, t.text, t.id) FROM records_task t JOIN records_agency g ON g.id = t.agency_id
                  WHERE t.case_id = c.id AND t.done_at IS NULL), '[]'::jsonb),
        coalesce((SELECT jsonb_agg(jsonb_build_object('on', d.day, 'what', d.what) ORDER BY d.day, d.what) FROM (
            SELECT day_of(t.at) AS day, k.name AS what FROM records_agendaitem i JOIN records_sitting t ON t.id = i.sitting_id
                JOIN records_conference k ON k.id = t.conference_id WHERE i.case_id = c.id AND t.state = 'SUMMONED'
            UNION ALL SELECT p.monitor_by, 'モニタリング' FROM records_plan p
                WHERE p.case_id = c.id AND p.state = 'DECIDED' AND p.monitor_by IS NOT NULL
            UNION ALL SELECT day_of(coalesce(w.last_contact_at, w.started_at)) + w.every_days, '見守りの連絡' FROM records_watch w
                WHERE w.case_id = c.id AND w.ended_at IS NULL
            UNION ALL SELECT day_of(f.answer_by), 'つなぎの答え' FROM records_referral f
                WHERE f.case_id = c.id AND f.state = 'OFFERED' AND f.answer_by IS NOT NULL
            UNION ALL SELECT c.next_check_on, '中断中の確認' WHERE c.next_check_on IS NOT NULL) d), '[]'::jsonb),
        EXISTS (SELECT FROM records_referral f WHERE f.case_id = c.id AND f.state = 'OFFERED')
    FROM records_case c
    WHERE c.ended_at IS NULL AND c.id IN (
        SELECT w.case_id FROM records_caseworker w JOIN records_staffmove m ON m.staff_id = w.staff_id JOIN records_post p
        ON p.id = m.post_id AND p.agency_id = w.agency_id WHERE m.id = %(move)s AND (w.until IS NULL OR w.until = m.at))
    ORDER BY c.opened_at, c.id LIMIT 300
"""


def handover(by: Asker, move: UUID, today: dt.date) -> Handover:
    """Return the pack of a move, most urgent first; Invisible to whoever neither goes, nor takes over, nor plans."""
    found = one(MoveLine, _MOVES.format(which="m.id = %s"), [move])
    if found is None or not (found.is_mine or by.sets & MOVERS):
        raise Invisible
    cases = sorted(rows(HandoverCase, _CASES, {"move": move}), key=lambda case: urgency(case, today))
    whole = found.moved if found.done_at else found.open_cases
    return Handover(found, cases, max(0, whole - len(cases)))


def urgency(case: HandoverCase, today: dt.date) -> tuple[dt.date, bool, dt.datetime]:
    """Nearest date first (what is past before all), then an unanswered つなぎ, then the longest silence."""
    days = [str(one["on"]) for one in case.dates] + [str(one["due"]) for one in case.promises if one["due"]]
    nearest = min((dt.date.fromisoformat(day) for day in days), default=dt.date.max)
    silent = case.last_at or dt.datetime.min.replace(tzinfo=dt.UTC)
    return (min(nearest, today) if nearest <= today else nearest), not case.unanswered, silent


@dataclass(frozen=True)
class WithoutAccount:
    """Who works here and has no way in yet, how many have one, and what stands before every login of the town."""

    people: list[Choice]
    with_one: int
    prefix: str


def without_account(by: Asker) -> WithoutAccount:
    """Return who has a post and no account; Invisible to all but the administrator."""
    if not by.may(P.ADMIN):
        raise Invisible
    people = rows(
        Choice,
        "SELECT s.id::text, s.name || '（' || min(g.name) || '）' FROM records_staff s JOIN records_post p ON p.staff_id = s.id"
        " JOIN records_agency g ON g.id = p.agency_id WHERE s.account IS NULL AND (p.until IS NULL OR p.until > asker_at())"
        " GROUP BY s.id, s.name ORDER BY s.name, s.id",
    )
    told = (
        value("SELECT count(*) FROM records_staff WHERE account IS NOT NULL"),
        value("SELECT key FROM records_municipality"),
    )
    return WithoutAccount(people, int(told[0] or 0), str(told[1]))
