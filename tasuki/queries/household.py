"""世帯: the list of cases, the search for people, and the candidates offered while somebody is received."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tasuki.queries.choices import Choice
from tasuki.queries.rows import each, rows
from tasuki.records.asker import Asker
from tasuki.rules.calendar import fiscal_year_bounds, midnight
from tasuki.rules.name import likeness, query_keys, query_words

PAGE = 50
# The largest integer of the database: a list as a file ends where its rows end.
EVERYTHING = 2**31 - 1
SEARCH_AT_MOST = 100
# How many more are looked at than shown, where several texts must agree.
WIDER = 2


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see of a list.

    `words` is the search text (has_words of the database finds it in a row), `filters` chosen values by filter name ("" chooses everything), `order` the key
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


def year_span(year: str) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return when a 年度 begins and when the next does; what names none bounds nothing."""
    if not (year.isdecimal() and len(year) == 4 and year[:2] in {"19", "20"}):
        return None, None
    first, last = fiscal_year_bounds(int(year))
    return midnight(first), midnight(last) + dt.timedelta(days=1)


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
    SELECT c.id, coalesce(p.names, '{}'), coalesce(p.kana, ''), coalesce(p.area, ''), l.shown, coalesce(g.name, ''),
           l.since, l.next_on, l.ground, coalesce(l.number, ''), l.unseen, coalesce(p.people, '{}'), l.total
    FROM list_cases(%(open)s, %(state)s, %(area)s, %(agency)s, %(from)s, %(before)s, %(due)s, %(searched)s, %(keys)s,
                    %(words)s, %(number)s, %(order)s, %(down)s, %(limit)s, %(offset)s) WITH ORDINALITY
         AS l(case_id, ground, next_on, total, holder, since, people, number, unseen, shown, place)
    JOIN records_case c ON c.id = l.case_id
    LEFT JOIN LATERAL (
        SELECT array_agg(p.id ORDER BY x.place) AS people, array_agg(p.name ORDER BY x.place) AS names,
               (array_agg(p.kana ORDER BY x.place))[1] AS kana, (array_agg(p.area ORDER BY x.place))[1] AS area
        FROM unnest(l.people) WITH ORDINALITY AS x(id, place) JOIN records_person p ON p.id = x.id
    ) p ON true
    LEFT JOIN records_agency g ON g.id = l.holder
    ORDER BY l.place
"""
_ORDERS = frozenset({"kana", "state", "holder", "since", "area", "next", "opened"})


def cases(by: Asker, wish: Wish) -> list[CaseLine]:
    """Return one page of the cases that the asker may see (one statement). Filters: open, state, area, agency, due, row."""
    return rows(CaseLine, _CASES, _wanted(wish))


def each_case(by: Asker, wish: Wish) -> Iterator[CaseLine]:
    """Return the same cases one by one, for a file."""
    return each(CaseLine, _CASES, _wanted(wish))


def _wanted(wish: Wish) -> dict[str, Any]:
    start, end = row_bounds(wish.of("row"))
    return {
        "open": wish.of("open"), "state": wish.of("state"), "area": wish.of("area"), "agency": wish.of("agency"),
        "due": wish.of("due"), "from": start, "before": end, "searched": bool(wish.words.strip()),
        "keys": query_keys(wish.words), "words": query_words(wish.words), "number": wish.words.strip(),
        "order": wish.order if wish.order in _ORDERS else "kana", "down": wish.down,
        "limit": wish.limit, "offset": wish.offset,
    }  # fmt: skip


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
    """A person found: identity, the ground, and their household's case that matters now, if the asker sees one.

    `level` counts up from 0, a whole name, to a part of one; `called` is 0 for the name of today, 1 通称・旧姓, 2 the name before.
    """

    id: UUID
    name: str
    kana: str
    alias: str
    born: str
    sex: str
    area: str
    relation: str
    ground: str
    level: int
    called: int
    case: UUID | None
    state: str
    holder: str
    household: UUID
    beside: list[str]


_HITS = """
    SELECT p.id, p.name, p.kana, p.alias, p.born, p.sex, p.area, p.relation, s.ground, s.rank / 100000, s.rank / 10000 %% 10, c.id, coalesce(shown_state(c.id, c.state), ''),
           coalesce(g.name, ''), p.household_id,
           ARRAY(SELECT o.name FROM records_person o WHERE o.household_id = p.household_id AND o.id <> p.id
                 ORDER BY o.born, o.id LIMIT 4)
    FROM {found} AS s(person, ground, rank, place)
    JOIN records_person p ON p.id = s.person
    LEFT JOIN LATERAL (
        SELECT k.id, k.state FROM records_case k WHERE k.household_id = p.household_id
        ORDER BY k.ended_at IS NULL DESC, k.hub_id IS NOT NULL DESC, k.opened_at DESC, k.id LIMIT 1) c ON true
    LEFT JOIN records_holding h ON h.case_id = c.id AND h.until IS NULL
    LEFT JOIN records_agency g ON g.id = h.agency_id
    ORDER BY s.place LIMIT %(most)s
"""
_SEARCHED = _HITS.format(found="search_people(%(keys)s, %(words)s, %(most)s) WITH ORDINALITY")
_CHOSEN = _HITS.format(found="(SELECT id, person_ground(id), 0, 1 FROM records_person WHERE id = %(chosen)s)")


def people(by: Asker, words: str, at_most: int = SEARCH_AT_MOST) -> list[Hit]:
    """Return the people whom a search finds, the likeliest first (one statement)."""
    found = rows(Hit, _SEARCHED, {"keys": query_keys(words), "words": query_words(words), "most": at_most})
    return sorted(found, key=lambda hit: (hit.level, likeness(words, hit.name, hit.kana, hit.alias)))


def same_people(by: Asker, texts: Sequence[str], chosen: UUID | None, at_most: int) -> list[Hit]:
    """Return who may be the person of whom this is known already (one statement for each text and one for the chosen).

    `texts` are names, a telephone number and a birthday, as far as they are typed. Each gives one vote, shared by those whom
    it finds: who is found by more of them, or by one that finds few, comes first. Whoever was `chosen` stays, whatever is
    typed afterwards.
    """
    hits: dict[UUID, Hit] = {}
    votes: dict[UUID, float] = {}
    for text in texts:
        listed = people(by, text, WIDER * at_most)
        for hit in listed:
            hits.setdefault(hit.id, hit)
            votes[hit.id] = votes.get(hit.id, 0) + 1 / len(listed)
    # Equal votes stand in the order in which they were found: sorted() keeps it.
    found = sorted(hits.values(), key=lambda hit: -votes[hit.id])[:at_most]
    if chosen and chosen not in (hit.id for hit in found):
        found = rows(Hit, _CHOSEN, {"chosen": chosen, "most": 1}) + found[: at_most - 1]
    return found


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
        "SELECT c.id, n.number, shown_state(c.id, c.state) FROM records_consultation n JOIN records_record r ON r.id = n.record_id"
        " JOIN records_case c ON c.id = r.case_id WHERE n.number = %s ORDER BY c.opened_at, c.id",
        [words.strip()],
    )
