"""The conferences of a world: their sittings with summons and record, and the pledges of everybody who may sit there."""

from __future__ import annotations

from uuid import UUID

from tasuki.ops.synth.bulk import Bulk
from tasuki.ops.synth.rows import Rows
from tasuki.ops.synth.world import DAY, NINE, World

# Everybody of an item stands in the summons and in the record of its sitting.
_SUBJECTS = """
    INSERT INTO records_subject (id, municipality_id, record_id, person_id, agency_id, kind)
    SELECT md5(r.id::text || x.person_id::text)::uuid, r.municipality_id, r.id, x.person_id, r.agency_id, r.kind
    FROM records_record r JOIN records_agendaitem i ON i.sitting_id = r.sitting_id
    JOIN records_itemperson x ON x.item_id = i.id
    WHERE r.municipality_id = %(town)s AND r.kind IN ('SUMMONS', 'SITTING') GROUP BY r.id, x.person_id
"""


def call(world: World, rows: Rows, consent: UUID, sealed: UUID) -> None:
    """Write all sittings of ten years, those of article 106-6 too, and a pledge of every worker."""
    for name, days, conference in (("sitting", world.sittings, consent), ("sealed", world.sealed, sealed)):
        for place, day in enumerate(days):
            _sitting(world, rows, name, place, day, conference)
    begin, end = f"{world.days[0]} 09:00+09", world.days[-1]
    for desk, staff in world.places:
        rows.add("pledge", world.id("pledge", staff), staff, desk.id, begin, end)


def _sitting(world: World, rows: Rows, name: str, place: int, day: int, conference: UUID) -> None:
    sitting, hub, chair = world.id(name, place), world.hub, world.hub.workers[0]
    at, called = world.moment(day * DAY + NINE + 60), world.moment(max(day - 3, 0) * DAY + NINE)
    held = day < world.past
    rows.add(
        "sitting", sitting, conference.hex, [hub.id], hub.id, at, "HELD" if held else "SUMMONED", at if held else None,
        "第1会議室", [chair] if held else [],
    )  # fmt: skip
    if max(day - 3, 0) < world.past:
        _record(world, rows, "SUMMONS", sitting, called)
    if held:
        _record(world, rows, "SITTING", sitting, at)


def _record(world: World, rows: Rows, kind: str, sitting: str, at: str) -> None:
    hub = world.hub
    rows.add(
        "record", world.id(kind, sitting), kind, hub.id, hub.workers[0], None, at, "", "", "", "", "", None, None, sitting,
        "BASIC", "{}",
    )  # fmt: skip


def name_everybody(bulk: Bulk, town: UUID) -> None:
    """Put everybody of the items into the summonses and records of their sittings."""
    bulk.run(_SUBJECTS, {"town": town})
