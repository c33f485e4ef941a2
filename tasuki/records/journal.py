"""The footprint of every act and every reading, in the same transaction: who, in which post, from where, when, what, whom."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection
from django.db.models import DateTimeField, Func

from tasuki.records.asker import Asker, Reading
from tasuki.records.models import JournalLine
from tasuki.rules.audit import USUAL

OPENING = frozenset({"page", "print"})


def note_act(
    by: Asker, now: dt.datetime, act: str, target: UUID | None = None, case: UUID | None = None, **facts: object
) -> None:
    """Write one journal line.

    `facts` hold codes and counts only, no name and no text of a person; the one text is the reason of `go_on_reading`.
    The moment is the one to which the asker is bound; the database takes no other, whatever `now` says.
    """
    JournalLine.objects.create(
        municipality_id=by.municipality,
        at=Func(function="asker_at", output_field=DateTimeField()),
        staff=by.staff,
        agency=by.agency,
        post=by.post,
        terminal=by.terminal,
        act=act,
        target=target,
        case=case,
        facts=facts,
    )


def note_reading(
    by: Asker, now: dt.datetime, what: str, people: Sequence[UUID], ground: str, door: str = "page", *,
    target: UUID | None = None, case: UUID | None = None,
) -> None:  # fmt: skip
    """Note who is being shown (P9); `write_readings` writes all that one request notes, in the transaction of the reading.

    Without a `ground` the database names each person's own. A page that shows nobody today says so with no people.
    """
    name, _, kind = what.partition(":")
    opened = UUID(kind) if kind and target is None else target
    by.readings.append(Reading(door, name, opened, case, tuple(dict.fromkeys(people)), ground))


def note_list(by: Asker, what: str, shown: Iterable[tuple[Sequence[UUID], str]], door: str = "list") -> None:
    """Note a list: (persons, ground) of each of its rows, one line for each ground."""
    grounds: dict[str, dict[UUID, None]] = {}
    for people, ground in shown:
        grounds.setdefault(ground, {}).update(dict.fromkeys(people))
    for ground, found in (grounds or {"": {}}).items():
        by.readings.append(Reading(door, what, None, None, tuple(found), ground))


# A page that opens people asks in the same statement whether they were too many lately (T28): what waits for a reason is shown
# to nobody, and leaves no line.
_WRITE = """
    WITH slow AS MATERIALIZED (SELECT %(opens)s AND reads_too_many(%(persons)s::uuid[], %(minutes)s, %(most)s) AS waits),
    written AS (INSERT INTO records_readline
        (id, municipality_id, at, staff, agency, post, terminal, door, what, target, "case", persons, ground)
    SELECT gen_random_uuid(), %(municipality)s, asker_at(), %(staff)s, %(agency)s, %(post)s, %(terminal)s,
           x.door, x.what, x.target, x."case", coalesce(array_agg(x.person) FILTER (WHERE x.person IS NOT NULL), '{}'),
           CASE x.ground WHEN 'WROTE' THEN 'HOLDER' ELSE x.ground END
    FROM (SELECT r.*, p.person, CASE WHEN r.named <> '' OR p.person IS NULL THEN r.named
                 ELSE coalesce(person_ground(p.person), '') END AS ground
          FROM jsonb_to_recordset(%(readings)s)
               AS r(n integer, door text, what text, target uuid, "case" uuid, persons uuid[], named text)
          LEFT JOIN LATERAL unnest(r.persons) AS p(person) ON true) x
    WHERE NOT (SELECT s.waits FROM slow s)
    GROUP BY x.n, x.door, x.what, x.target, x."case", CASE x.ground WHEN 'WROTE' THEN 'HOLDER' ELSE x.ground END)
    SELECT s.waits FROM slow s
"""


def write_readings(by: Asker, *, may_wait: bool) -> bool:
    """Write what was noted, in one statement; nothing when nobody was shown and nothing was looked for.

    Returns whether the page waits for a reason, since the asker opened so many people in the minutes before: then nothing is
    written. Only what `may_wait` ever does.
    """
    noted = [one for one in by.readings if one.persons or one.target or one.door != "page"]
    by.readings.clear()
    if not noted:
        return False
    opened = [str(p) for one in noted if one.door in OPENING for p in one.persons]
    told = [
        {"n": n, "door": one.door, "what": one.what, "target": one.target and str(one.target),
         "case": one.case and str(one.case), "persons": [str(p) for p in one.persons], "named": one.ground}
        for n, one in enumerate(noted)
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITE,
            {"municipality": by.municipality, "staff": by.staff, "agency": by.agency, "post": by.post,
             "terminal": by.terminal, "readings": json.dumps(told), "opens": may_wait and bool(opened), "persons": opened,
             "minutes": USUAL.slow_minutes, "most": USUAL.slow_persons},
        )  # fmt: skip
        row = cursor.fetchone()
    return bool(row and row[0])
