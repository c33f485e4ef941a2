"""The doors: who sees what, asked of the database as that person, through tables and through search."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import connection, transaction

from tasuki.ops.replay import prompt
from tasuki.ops.replay.turn import Play
from tasuki.queries.record import subjects
from tasuki.records.asker import bind_rehearsal
from tasuki.records.journal import note_reading, write_readings
from tasuki.rules.codes import Ground
from tasuki.rules.contract.scenario import SeeRow
from tasuki.rules.name import query_keys, query_words

ORDER = [*Ground]


@dataclass(frozen=True)
class Answer:
    """What a door said: the ground on which it shows, or None; and the count shown with a search."""

    ground: str | None
    hits: int | None = None


def _ask(function: str, target: UUID) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [target])
        row = cursor.fetchone()
    return row[0] if row and row[0] else None


def shown(ground: str | None) -> str | None:
    """The ground in the words of the contract."""
    return Ground(ground).shown if ground in set(Ground) else ground


def _there(table: str, target: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM records_{table} WHERE id = %s", [target])  # noqa: S608
        return bool(cursor.fetchone()[0])


def best(grounds: list[str | None]) -> str | None:
    """The first ground in the order of settled 18."""
    found = [g for g in grounds if g]
    return min(found, key=lambda g: ORDER.index(Ground(g))) if found else None


def person_of_row(play: Play, row: SeeRow) -> UUID:
    """The person whose household a `case` or `search` row means."""
    if row.of:
        return play.cast.people.get(row.of) or uuid4()
    first = play.scenario.municipality.household[0]["key"]
    named = [one["key"] for one in play.scenario.municipality.household if one["key"] in play.cast.people]
    return play.cast.people.get(named[0] if named else first) or uuid4()


def ask_database(play: Play, row: SeeRow) -> Answer:
    """Ask a row of the tables, as the staff member, at the row's moment."""
    with transaction.atomic():
        by = bind_rehearsal(play.cast.staff[row.who], row.at)
        if by is None:
            return Answer(None, 0)
        found = _answer(play, row)
        if found.ground:
            note_reading(by, row.at, row.kind, _told_of(play, row), found.ground, "replay")
            write_readings(by, may_wait=False)
        return Answer(shown(found.ground), found.hits)


def _told_of(play: Play, row: SeeRow) -> list[UUID]:
    """The person whom an answer tells something of; a record's people, as far as they are seen."""
    if row.kind in {"case", "search"}:
        return [person_of_row(play, row)]
    if row.kind == "step":
        return subjects(play.made.get(row.key) or uuid4())
    return [play.cast.people.get(row.key) or uuid4()]


def _answer(play: Play, row: SeeRow) -> Answer:
    if row.kind == "person":
        return _person(play.cast.people.get(row.key) or uuid4())
    if row.kind == "address":
        person = play.cast.people.get(row.key) or uuid4()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM records_contact WHERE person_id = %s", [person])
            shown = bool(cursor.fetchone()[0])
        return Answer(_ask("person_ground", person) if shown else None)
    if row.kind == "step":
        return _record(play.made.get(row.key) or uuid4())
    if row.kind == "class":
        person = play.cast.people.get(row.key) or uuid4()
        if row.data_class == "BASIC":
            return _person(person)
        return Answer(best([_record(one).ground for one in prompt.records_of_class(person, row.data_class)]))
    if row.kind == "case":
        cases = prompt.household_cases(person_of_row(play, row))
        return Answer(best([_ask("case_ground", one) if _there("case", one) else None for one in cases]))
    return _search(play, row)


def _person(person: UUID) -> Answer:
    ground = _ask("person_ground", person)
    if _there("person", person) != (ground is not None):
        return Answer("TABLE_AND_GROUND_DIFFER")
    return Answer(ground)


def _record(record: UUID) -> Answer:
    ground = _ask("record_ground", record)
    if _there("record", record) != (ground is not None):
        return Answer("TABLE_AND_GROUND_DIFFER")
    return Answer(ground)


def _search(play: Play, row: SeeRow) -> Answer:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, ground FROM search_people(%s, %s, 1000)", [query_keys(row.text), query_words(row.text)]
        )
        found = cursor.fetchall()
    home = set(prompt.members(person_of_row(play, row)))
    inside = [ground for person, ground in found if person in home]
    return Answer(best(inside), len(found))


def ask_pack(play: Play, row: SeeRow) -> Answer:
    """Ask a row of the pack that the latest `disclose` for that person made."""
    pack = play.packs.get(row.who)
    if pack is None:
        return Answer(None)
    if row.kind == "step":
        held = prompt.look(
            "SELECT count(*) FROM records_packrecord WHERE pack_id = %s AND record_id = %s",
            [pack, play.made.get(row.key) or uuid4()],
        )
        return Answer("PACK" if held[0][0] else None)
    if row.kind in {"person", "address"}:
        own = row.key == row.who
        return Answer("PACK" if own else None)
    return Answer(None)
