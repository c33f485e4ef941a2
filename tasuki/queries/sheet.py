"""一枚の紙: what the system writes about a case for its item: the family, where it stands, what became of the last promises."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.case import KinshipLine, Member
from tasuki.queries.rows import folded, rows, unfolded


@dataclass(frozen=True)
class Promised:
    """What was decided on an earlier item of the case: by whom, until when, and when it was done (None: not yet)."""

    day: dt.date
    text: str
    agency: str
    due_on: dt.date | None
    done_at: dt.datetime | None


@dataclass(frozen=True)
class Step:
    """A record of the case in a line: when, by which agency, its kind and how it begins."""

    at: dt.datetime
    agency: str
    kind: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """A case as its item needs it; only what the asker may see.

    `topics` and `received_by` are of the reception, None and "" when it is not to be seen; `latest` is the newest first.
    """

    item: UUID
    opened_at: dt.datetime
    received_by: str
    topics: list[str]
    state: str
    holder: str
    holder_since: dt.datetime | None
    members: list[Member]
    kinship: list[KinshipLine]
    promised: list[Promised]
    latest: list[Step]


_MEMBERS = """
    SELECT p.id, p.name, p.kana, p.alias, p.born, p.sex, p.relation, p.lives_with, p.labels, p.key_person, p.died_on, p.language,
           person_ground(p.id), NULL, NULL, false,
           EXISTS (SELECT FROM records_caseperson x WHERE x.case_id = c.id AND x.person_id = p.id AND x.left_at IS NULL), p.version
    FROM records_person p WHERE p.household_id = c.household_id ORDER BY 17 DESC, p.born, p.id"""
_KINSHIP = """
    SELECT r.details ->> 'first', r.details ->> 'second', r.details ->> 'kin', r.details ->> 'since', r.details ->> 'custody'
    FROM records_record r WHERE r.kind = 'KINSHIP' AND r.case_id = c.id ORDER BY r.written_at, r.id"""
_PROMISED = """
    SELECT day_of(t.at), d.text, coalesce(g.name, ''), d.due_on, k.done_at FROM records_decision d
    JOIN records_agendaitem o ON o.id = d.item_id JOIN records_sitting t ON t.id = o.sitting_id
    LEFT JOIN records_agency g ON g.id = d.agency_id LEFT JOIN records_task k ON k.id = d.task_id
    WHERE o.case_id = c.id AND t.state = 'HELD' AND t.id <> i.sitting_id ORDER BY t.at DESC, d.due_on, d.id LIMIT 8"""
_LATEST = """
    SELECT r.written_at, g.name, r.kind, left(r.text, 60) FROM records_record r JOIN records_agency g ON g.id = r.agency_id
    WHERE r.case_id = c.id AND r.kind NOT IN ('SUMMONS', 'SITTING', 'KINSHIP') AND r.text <> ''
    ORDER BY r.written_at DESC, r.id LIMIT 1"""
_LISTS: tuple[tuple[type, str], ...] = (
    (Member, _MEMBERS), (KinshipLine, _KINSHIP), (Promised, _PROMISED), (Step, _LATEST),
)  # fmt: skip


def sheets(sitting: UUID) -> list[Sheet]:
    """Return the sheets of a sitting's items, of those whose case the asker may see (one statement)."""
    lists = ", ".join(folded(kind, statement) for kind, statement in _LISTS)
    return rows(_sheet, _SHEETS.replace("{lists}", lists), [sitting])


_SHEETS = """
    SELECT i.id, c.opened_at, g.name, n.topics, shown_state(c.id, c.state), a.name, h.since, {lists}
    FROM records_agendaitem i JOIN records_case c ON c.id = i.case_id JOIN records_agency g ON g.id = c.agency_id
    LEFT JOIN records_holding h ON h.case_id = c.id AND h.until IS NULL LEFT JOIN records_agency a ON a.id = h.agency_id
    LEFT JOIN LATERAL (SELECT k.topics FROM records_consultation k JOIN records_record r ON r.id = k.record_id
                       WHERE r.case_id = c.id AND r.kind = 'RECEIVE' ORDER BY r.written_at, r.id LIMIT 1) n ON true
    WHERE i.sitting_id = %s ORDER BY i.position, i.id
"""


def _sheet(
    item: UUID, opened_at: dt.datetime, received_by: str, topics: list[str] | None, state: str, holder: str | None,
    since: dt.datetime | None, *lists: Any,
) -> Sheet:  # fmt: skip
    parts: list[list[Any]] = [unfolded(kind, part) for (kind, _), part in zip(_LISTS, lists, strict=True)]
    return Sheet(item, opened_at, received_by, topics or [], state, holder or "", since, *parts)
