"""取り出し: a list's file that takes long is asked for, made beside the pages, taken or given up; it tells how far it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import CharField, Func, Q

from tasuki.records.asker import Asker, effect
from tasuki.records.journal import note_act
from tasuki.records.models import Export, ExportPiece
from tasuki.records.pen import refuse
from tasuki.rules.export import UNDER_WAY, ExportState, until_when, why_not_export


@dataclass(frozen=True)
class Wanted:
    """Which list is wanted: its title, as the footprint calls it, and its address, sealed."""

    title: str
    what: str
    asked: bytes


@transaction.atomic
def ask_export(*, by: Asker, now: dt.datetime, export: UUID, wanted: Wanted) -> bool:
    """Ask for a file under the number that its form has; False when the same form was sent before.

    Raises Refused when too many wait or lie there already.
    """
    there = Export.objects.filter(Q(state__in=UNDER_WAY) | Q(state=ExportState.READY, until__gt=now))
    if Export.objects.filter(pk=export).exists():
        return False
    refuse(why_not_export(there=there.count()))
    try:
        with transaction.atomic():
            Export.objects.create(
                id=export, municipality_id=by.municipality, staff_id=by.staff, title=wanted.title[:60], what=wanted.what[:60],
                session=Func(function="asker_session", output_field=CharField()),  # type: ignore[misc]  # the database says it
                asked=wanted.asked,
                state=ExportState.WAITING, asked_at=now, heard_at=now,
            )  # fmt: skip
    except IntegrityError:  # sent twice at once: whoever came first makes it
        return False
    note_act(by, now, "ask_export", export, what=wanted.what)
    return True


@transaction.atomic
def tell_export(*, by: Asker, now: dt.datetime, export: UUID, rows: int, total: int | None, making: bool) -> bool:
    """Tell that a file is still waited for or made, and how far it is; False when its person wants it no more."""
    state = ExportState.MAKING if making else ExportState.WAITING
    told = Export.objects.filter(pk=export, state__in=UNDER_WAY)
    return told.update(state=state, rows=rows, total=total, heard_at=now) > 0


@transaction.atomic
def keep_export(*, by: Asker, now: dt.datetime, export: UUID, pieces: Iterable[bytes], rows: int, persons: Sequence[UUID],
                read_at: dt.datetime) -> bool:  # fmt: skip
    """Keep a file that is whole, with whom it shows; False when its person wants it no more: then nothing may be kept."""
    size = 0
    for number, piece in enumerate(pieces):
        size += len(piece)
        ExportPiece.objects.create(municipality_id=by.municipality, export_id=export, number=number, body=piece)
    kept = Export.objects.filter(pk=export, state__in=UNDER_WAY)
    return kept.update(
        state=ExportState.READY, rows=rows, total=rows, size=size, persons=list(persons), read_at=read_at, ready_at=now,
        heard_at=now, until=until_when(now),
    ) > 0  # fmt: skip


@transaction.atomic
def take_export(*, by: Asker, now: dt.datetime, export: UUID) -> None:
    """Note that a file is taken away; from the first time on it stays a little while only."""
    found = Export.objects.select_for_update().get(pk=export)
    if found.taken_at is None:
        found.taken_at, found.until = now, until_when(found.ready_at or now, now)
        found.save(update_fields=["taken_at", "until"])
    note_act(by, now, "take_export", export, what=found.what, rows=found.rows)


@transaction.atomic
def end_export(*, by: Asker, now: dt.datetime, export: UUID, state: ExportState = ExportState.STOPPED) -> bool:
    """End a file, whether it is made or there already; False when it had come to its end before. Its pieces are erased at once."""
    going = Export.objects.filter(pk=export, state__in=[*UNDER_WAY, ExportState.READY])
    if not going.update(state=state, heard_at=now):
        return False
    effect("drop_export", export)
    if state is ExportState.STOPPED:
        note_act(by, now, "end_export", export)
    return True
