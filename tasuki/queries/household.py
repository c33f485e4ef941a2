"""世帯: the list of cases, the search for people, and the candidates offered while somebody is received."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from tasuki.queries.choices import Choice
from tasuki.queries.rows import rows
from tasuki.records.asker import Asker
from tasuki.rules.name import query_keys, query_words

PAGE = 50
EVERYTHING = 10_000
SEARCH_AT_MOST = 100


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see of a list.

    `words` is the search text, `filters` chosen values by filter name ("" chooses everything), `order` the key
    of a column, `down` its direction, `limit` and `offset` count rows.
    """

    words: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    order: str = ""
    down: bool = False
    limit: int = PAGE
    offset: int = 0

    def of(self, name: str) -> str:
        """Return the chosen value of a filter, "" when none is."""
        return self.filters.get(name, "")


def ordered(wish: Wish, orders: dict[str, str], first: str) -> str:
    """Return the ORDER BY of a wish; `orders` are the columns that may be asked for, so nothing typed gets into SQL."""
    column = orders.get(wish.order, orders[first])
    return f"{column} {'DESC' if wish.down else 'ASC'} NULLS LAST"


@dataclass(frozen=True)
class CaseLine:
    """A case in the list: names as far as the asker sees them, where it stands, who holds the たすき since when.

    `total` counts all cases that the wish finds, on every page; `late` says that the next date is past.
    """

    id: UUID
    names: list[str]
    kana: str
    area: str
    state: str
    holder: str
    holder_since: dt.datetime | None
    next_on: dt.date | None
    ground: str
    number: str
    unseen: int
    people: list[UUID]
    total: int


# Contacts are not in this statement: neither the list nor its export can carry an address or a telephone number.
_CASES = """
    WITH mine AS (
        SELECT c.id, c.state, c.ended_at, c.opened_at, c.next_check_on, c.household_id FROM records_case c
        WHERE (%(open)s = '' OR (c.ended_at IS NULL) = (%(open)s = 'OPEN')) AND (%(state)s = '' OR c.state = %(state)s)
    ), known AS (
        SELECT m.*, p.people, p.names, p.kana, p.area, p.key, h.agency_id AS holder_id, g.name AS holder, h.since,
               least(m.next_check_on,
                     (SELECT min(t.due_on) FROM records_task t WHERE t.case_id = m.id AND t.done_at IS NULL),
                     (SELECT min(q.monitor_by) FROM records_plan q WHERE q.case_id = m.id AND q.state = 'DECIDED')) AS next_on
        FROM mine m
        LEFT JOIN LATERAL (
            SELECT array_agg(p.id ORDER BY cp.joined_at, p.registered_at, p.id) AS people,
                   array_agg(p.name ORDER BY cp.joined_at, p.registered_at, p.id) AS names,
                   (array_agg(p.kana ORDER BY cp.joined_at, p.registered_at, p.id))[1] AS kana,
                   (array_agg(p.area ORDER BY cp.joined_at, p.registered_at, p.id))[1] AS area,
                   (array_agg((SELECT min(k.key) FROM records_searchkey k WHERE k.person_id = p.id AND k.kind = 'KANA')
                              ORDER BY cp.joined_at, p.registered_at, p.id))[1] AS key
            FROM records_caseperson cp JOIN records_person p ON p.id = cp.person_id
            WHERE cp.case_id = m.id AND cp.left_at IS NULL
        ) p ON true
        LEFT JOIN records_holding h ON h.case_id = m.id AND h.until IS NULL
        LEFT JOIN records_agency g ON g.id = h.agency_id
    ), found AS (
        SELECT k.*, count(*) OVER () AS total FROM known k
        WHERE (%(area)s = '' OR k.area = %(area)s) AND (%(agency)s = '' OR k.holder_id::text = %(agency)s)
          AND (%(from)s = '' OR k.key >= %(from)s COLLATE "C") AND (%(before)s = '' OR k.key < %(before)s COLLATE "C")
          AND (%(due)s = '' OR CASE %(due)s WHEN 'LATE' THEN k.next_on < day_of(asker_at())
               WHEN 'WEEK' THEN k.next_on BETWEEN day_of(asker_at()) AND day_of(asker_at()) + 7
               WHEN 'NONE' THEN k.next_on IS NULL ELSE true END)
          AND (%(searched)s = false OR EXISTS (
              SELECT FROM search_people(%(keys)s, %(words)s, %(most)s) s JOIN records_person q ON q.id = s.person
              WHERE q.household_id = k.household_id)
              OR EXISTS (SELECT FROM records_consultation n JOIN records_record r ON r.id = n.record_id
                         WHERE r.case_id = k.id AND n.number = %(number)s))
    )
    SELECT f.id, coalesce(f.names, '{}'), coalesce(f.kana, ''), coalesce(f.area, ''), f.state, coalesce(f.holder, ''),
           f.since, f.next_on, case_ground(f.id),
           coalesce((SELECT min(n.number) FROM records_consultation n JOIN records_record r ON r.id = n.record_id
                     WHERE r.case_id = f.id), ''),
           unseen_in_household(f.household_id), coalesce(f.people, '{}'), f.total
    FROM found f ORDER BY {order}, f.opened_at DESC, f.id LIMIT %(limit)s OFFSET %(offset)s
"""
_ORDERS = {
    "kana": 'f.key COLLATE "C"', "state": "f.state", "holder": "f.holder", "since": "f.since", "area": "f.area",
    "next": "f.next_on", "opened": "f.opened_at",
}  # fmt: skip


def cases(by: Asker, wish: Wish) -> list[CaseLine]:
    """Return one page of the cases that the asker may see (one statement). Filters: open, state, area, agency, due, row."""
    start, end = row_bounds(wish.of("row"))
    return rows(
        CaseLine,
        _CASES.replace("{order}", ordered(wish, _ORDERS, "kana")),
        {
            "open": wish.of("open"), "state": wish.of("state"), "area": wish.of("area"), "agency": wish.of("agency"),
            "due": wish.of("due"), "from": start, "before": end, "searched": bool(wish.words.strip()),
            "keys": query_keys(wish.words), "words": query_words(wish.words), "most": EVERYTHING,
            "number": wish.words.strip(), "limit": wish.limit, "offset": wish.offset,
        },
    )  # fmt: skip


def row_bounds(row: str) -> tuple[str, str]:
    """Return the folded keys between which the kana of a 五十音 row lie: 「か」 → ("カ", "サ"); open ends are ""."""
    heads = "アカサタナハマヤラワ"
    place = "あかさたなはまやらわ".find(row) if row else -1
    if place < 0:
        return "", ""
    return heads[place], heads[place + 1] if place + 1 < len(heads) else "ヾ"


def areas(by: Asker) -> list[Choice]:
    """Return the town's 圏域, as people's rows name them."""
    return rows(Choice, "SELECT name, name FROM records_area ORDER BY position, name, id")


def holders(by: Asker) -> list[Choice]:
    """Return every agency that may hold a たすき, ended ones too: old cases are found by them."""
    return rows(Choice, "SELECT id::text, name FROM records_agency ORDER BY is_hub DESC, field, name, id")


@dataclass(frozen=True)
class Hit:
    """A person found: identity, the ground, and their household's case that matters now, if the asker sees one."""

    id: UUID
    name: str
    kana: str
    born: str
    sex: str
    area: str
    relation: str
    ground: str
    exact: bool
    case: UUID | None
    state: str
    holder: str
    household: UUID
    beside: list[str]


_HITS = """
    SELECT p.id, p.name, p.kana, p.born, p.sex, p.area, p.relation, s.ground, s.exact, c.id, coalesce(c.state, ''),
           coalesce(g.name, ''), p.household_id,
           ARRAY(SELECT o.name FROM records_person o WHERE o.household_id = p.household_id AND o.id <> p.id
                 ORDER BY o.born, o.id LIMIT 4)
    FROM search_people(%(keys)s, %(words)s, %(most)s) WITH ORDINALITY AS s(person, ground, exact, place)
    JOIN records_person p ON p.id = s.person
    LEFT JOIN LATERAL (
        SELECT k.id, k.state FROM records_case k WHERE k.household_id = p.household_id
        ORDER BY k.ended_at IS NULL DESC, k.hub_id IS NOT NULL DESC, k.opened_at DESC, k.id LIMIT 1) c ON true
    LEFT JOIN records_holding h ON h.case_id = c.id AND h.until IS NULL
    LEFT JOIN records_agency g ON g.id = h.agency_id
    ORDER BY s.place LIMIT %(most)s
"""


def people(by: Asker, words: str, at_most: int = SEARCH_AT_MOST) -> list[Hit]:
    """Return the people whom a search finds, the exact ones first (one statement)."""
    return rows(Hit, _HITS, {"keys": query_keys(words), "words": query_words(words), "most": at_most})


@dataclass(frozen=True)
class Numbered:
    """A case found by the number on its paper."""

    id: UUID
    number: str
    state: str


def by_number(by: Asker, words: str) -> list[Numbered]:
    """Return the cases whose 受付番号 is exactly what was typed."""
    return rows(
        Numbered,
        "SELECT c.id, n.number, c.state FROM records_consultation n JOIN records_record r ON r.id = n.record_id"
        " JOIN records_case c ON c.id = r.case_id WHERE n.number = %s ORDER BY c.opened_at, c.id",
        [words.strip()],
    )
