"""会議 in a world: sittings, items with their own basis, seats, pledges and yearly acknowledgments of secrecy, what an agency is asked for an item."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

Id = str


@dataclass(frozen=True)
class Sitting:
    """開催回."""

    id: Id
    conference: Id
    secretariat: tuple[Id, ...]
    called_by: Id


@dataclass(frozen=True)
class Item:
    """議題 with its own basis."""

    id: Id
    sitting: Id
    basis: str
    case: Id | None = None
    archived_at: dt.datetime | None = None


@dataclass(frozen=True)
class OfItem:
    """A row that hangs on an item: person, material, decision, opinion."""

    id: Id
    item: Id
    person: Id | None = None
    record: Id | None = None
    agency: Id | None = None


@dataclass(frozen=True)
class Seat:
    """Who is invited, or named as deputy, for an agency."""

    id: Id
    item: Id
    staff: Id
    agency: Id
    is_deputy: bool = False


@dataclass(frozen=True)
class Acknowledgment:
    """守秘の確認 of one worker in one agency for one 年度."""

    id: Id
    staff: Id
    agency: Id
    fiscal_year: int


@dataclass(frozen=True)
class Pledge:
    """守秘義務誓約, until and including a day."""

    id: Id
    staff: Id
    agency: Id
    since: dt.datetime
    until: dt.date


@dataclass(frozen=True)
class Request:
    """資料提供依頼 for an item: who asks for which agency, whom it is put to, and whether it was answered."""

    id: Id
    item: Id
    asking: Id
    agency: Id
    asked_by: Id
    state: str = "ASKED"
