"""資料提供依頼: what one's agency is asked, whom it is about, which of its own records could answer it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from tasuki.queries.choices import Choice
from tasuki.queries.rows import one, rows
from tasuki.records.asker import Asker, Invisible
from tasuki.rules.calendar import age_words, wareki


@dataclass(frozen=True)
class RequestPage:
    """A request as the agency asked reads it: who asks for which conference, what, why, until when."""

    id: UUID
    conference: str
    asking: str
    scope: str
    reason: str
    asked_at: dt.datetime
    due_on: dt.date | None
    state: str
    answer: str
    answered_at: dt.datetime | None


@dataclass(frozen=True)
class Named:
    """Somebody whom a request names."""

    id: UUID
    name: str
    kana: str
    born: str


_PAGE = """
    SELECT q.id, conference_of_request(q.id), g.name, q.scope, q.reason, q.asked_at, q.due_on, q.state, q.answer, q.answered_at
    FROM records_materialrequest q JOIN records_agency g ON g.id = q.asking_id WHERE q.id = %s AND q.agency_id = %s
"""


def request_page(by: Asker, request: UUID) -> RequestPage:
    """Return a request to the asker's own agency; Invisible when there is none."""
    found = one(RequestPage, _PAGE, [request, by.agency])
    if found is None:
        raise Invisible
    return found


def people_of(request: UUID) -> list[Named]:
    """Return whom a request is about; nobody once it has been answered."""
    return rows(Named, "SELECT person, name, kana, born FROM people_of_request(%s)", [request])


def own_records(by: Asker, request: UUID) -> list[Choice]:
    """Return the agency's own records about these persons, the latest first."""
    return rows(
        Choice,
        "SELECT r.id::text, to_char(r.written_at AT TIME ZONE 'Asia/Tokyo', 'MM/DD') || ' ' || left(r.text, 40)"
        " FROM records_record r WHERE r.agency_id = %s AND r.kind IN ('RECEIVE', 'NOTE', 'ASSESSMENT', 'VISIT', 'PLAN')"
        " AND EXISTS (SELECT FROM records_subject s JOIN people_of_request(%s) q ON q.person = ANY(same_people(s.person_id))"
        " WHERE s.record_id = r.id) ORDER BY r.written_at DESC, r.id LIMIT 60",
        [by.agency, request],
    )


def lines(by: Asker, request: UUID, today: dt.date) -> list[tuple[str, str]]:
    """Say what is asked, as (label, words): who asks, about whom, what, why, until when, and the answer once given."""
    found = request_page(by, request)
    due = f"{wareki(found.due_on)} まで" if found.due_on else "できるだけ早く"
    told = [
        ("頼んだところ", f"{found.conference}（{found.asking}）"),
        ("だれのこと", "　".join(f"{p.name or p.kana or '名前不明'}（{age_words(p.born, today)}）" for p in people_of(request))),
        ("頼まれたもの", found.scope), ("理由", found.reason), ("いつまで", due), ("答え", found.answer),
    ]  # fmt: skip
    return [(label, said) for label, said in told if said]
