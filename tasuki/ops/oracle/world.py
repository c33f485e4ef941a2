"""A world: what is written down in one made-up municipality at one instant, as plain frozen rows.

Every row names its columns as the table does, without `_id`; an id is a readable word such as `person2`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

from tasuki.ops.oracle.meeting import Acknowledgment, Id, Item, OfItem, Pledge, Request, Seat, Sitting


@dataclass(frozen=True)
class Agency:
    """機関: `contract_until` is the last day of its contract, `valid_until` its own last day."""

    id: Id
    kind: str
    mode: str
    is_hub: bool
    contract_until: dt.date | None = None
    valid_until: dt.date | None = None


@dataclass(frozen=True)
class Setting:
    """What the town has settled and a clause asks (設)."""

    id: Id
    section: str = "decision"
    d2_decider: str = "city_after"
    asked_yearly: bool = True


@dataclass(frozen=True)
class Named:
    """A row of which only its being there matters."""

    id: Id


@dataclass(frozen=True)
class Post:
    """A staff member in an agency with permission sets, from `since` until just before `until`."""

    id: Id
    staff: Id
    agency: Id
    sets: tuple[str, ...]
    since: dt.datetime
    until: dt.datetime | None = None


@dataclass(frozen=True)
class Person:
    """A person; `identity` is the same for those linked as one."""

    id: Id
    household: Id
    identity: Id


@dataclass(frozen=True)
class Link:
    """名寄せ of two persons; undone when `ended_at`."""

    id: Id
    first: Id
    second: Id
    linked_by: Id
    checked_by: Id
    ended_at: dt.datetime | None = None


@dataclass(frozen=True)
class Bar:
    """閲覧制限 of an agency or of a staff member."""

    id: Id
    person: Id
    agency: Id | None
    staff: Id | None
    ended_at: dt.datetime | None = None


@dataclass(frozen=True)
class OfPerson:
    """A row that hangs on a person alone: contact, key, move."""

    id: Id
    person: Id
    kind: str = ""
    household: Id | None = None
    moved_by: Id | None = None


@dataclass(frozen=True)
class Protection:
    """DV等支援措置 by an agency."""

    id: Id
    person: Id
    agency: Id
    ended_at: dt.datetime | None = None


@dataclass(frozen=True)
class Case:
    """A household's case, the agency that received it, and whether it was put away or erased (12)."""

    id: Id
    household: Id
    agency: Id
    state: str = "INTAKE"


@dataclass(frozen=True)
class OfCase:
    """A row that hangs on a case: who it is for, who works on it, who holds it, a strand."""

    id: Id
    case: Id
    person: Id | None = None
    staff: Id | None = None
    agency: Id | None = None
    left_at: dt.datetime | None = None


@dataclass(frozen=True)
class Record:
    """One thing written."""

    id: Id
    kind: str
    agency: Id
    staff: Id
    case: Id | None = None
    data_class: str = "BASIC"
    scope: str = "CASE_TEAM"
    informant_confidential: bool = False
    addressee: Id | None = None
    sitting: Id | None = None
    amends: Id | None = None
    archived_at: dt.datetime | None = None


@dataclass(frozen=True)
class Subject:
    """A person whom a record is about."""

    id: Id
    record: Id
    person: Id
    agency: Id
    kind: str


@dataclass(frozen=True)
class OfRecord:
    """A detail that hangs on a record."""

    id: Id
    record: Id
    person: Id | None = None
    agency: Id | None = None
    kind: str = ""


@dataclass(frozen=True)
class Reach:
    """One agency and one class that a consent reaches."""

    id: Id
    consent: Id
    person: Id
    agency: Id
    data_class: str
    since: dt.datetime
    until: dt.date | None = None
    ended_at: dt.datetime | None = None


@dataclass(frozen=True)
class Exclusion:
    """Who gets nothing by a consent."""

    id: Id
    consent: Id
    agency: Id | None
    staff: Id | None


@dataclass(frozen=True)
class Referral:
    """つなぎ or つなぎもどし."""

    id: Id
    record: Id
    case: Id
    kind: str
    sender: Id
    receiver: Id
    state: str
    answered_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None


@dataclass(frozen=True)
class Plan:
    """A plan; its id is the id of its record."""

    id: Id
    record: Id
    case: Id
    judged_at: dt.datetime | None = None
    applied_on: dt.date | None = None


@dataclass(frozen=True)
class OfPlan:
    """A goal or a role."""

    id: Id
    plan: Id
    agency: Id | None = None


@dataclass(frozen=True)
class Watch:
    """見守り."""

    id: Id
    record: Id
    watchers: tuple[Id, ...]
    first_responder: Id
    ended_at: dt.datetime | None = None


@dataclass(frozen=True)
class Task:
    """A promise of an agency."""

    id: Id
    case: Id | None
    record: Id | None
    agency: Id


@dataclass(frozen=True)
class Match:
    """A person and a host."""

    id: Id
    person: Id
    agency: Id
    resource: Id
    case: Id | None = None


@dataclass(frozen=True)
class OfKeeping:
    """A line of the register of keeping, or a stay, of a case."""

    id: Id
    case: Id
    set_by: Id
    lifted_at: dt.datetime | None = None


@dataclass(frozen=True)
class Emergency:
    """緊急閲覧 of one person by one worker."""

    id: Id
    record: Id
    person: Id
    staff: Id
    agency: Id
    opened_at: dt.datetime
    until: dt.datetime


@dataclass(frozen=True)
class Pack:
    """開示の写し, or a record that stands in one."""

    id: Id
    record: Id
    requester: Id | None = None
    pack: Id | None = None


@dataclass(frozen=True)
class Own:
    """A row of somebody's own (journal, reading, draft, form sent), or one that an agency entered and that names nobody."""

    id: Id
    staff: Id | None = None
    agency: Id | None = None
    post: Id | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Export:
    """取り出し: a file that is made for one sign-in, told by the post that was chosen there; `until` once it is READY."""

    id: Id
    staff: Id
    session: Id
    state: str = "WAITING"
    until: dt.datetime | None = None


@dataclass(frozen=True)
class Piece:
    """A piece of such a file."""

    id: Id
    export: Id


@dataclass(frozen=True)
class World:
    """Everything written in one municipality at `at`. Each field but `at` is a table."""

    at: dt.datetime
    municipality: tuple[Named, ...] = (Named("town"),)
    agency: tuple[Agency, ...] = ()
    staff: tuple[Named, ...] = ()
    post: tuple[Post, ...] = ()
    household: tuple[Named, ...] = ()
    person: tuple[Person, ...] = ()
    contact: tuple[OfPerson, ...] = ()
    searchkey: tuple[OfPerson, ...] = ()
    householdmove: tuple[OfPerson, ...] = ()
    personlink: tuple[Link, ...] = ()
    bar: tuple[Bar, ...] = ()
    protection: tuple[Protection, ...] = ()
    case: tuple[Case, ...] = ()
    caseperson: tuple[OfCase, ...] = ()
    caseworker: tuple[OfCase, ...] = ()
    holding: tuple[OfCase, ...] = ()
    strand: tuple[OfCase, ...] = ()
    record: tuple[Record, ...] = ()
    subject: tuple[Subject, ...] = ()
    consultation: tuple[OfRecord, ...] = ()
    call: tuple[OfRecord, ...] = ()
    issue: tuple[OfRecord, ...] = ()
    consent: tuple[OfRecord, ...] = ()
    consentreach: tuple[Reach, ...] = ()
    consentexclusion: tuple[Exclusion, ...] = ()
    consentrefusal: tuple[OfRecord, ...] = ()
    referral: tuple[Referral, ...] = ()
    plan: tuple[Plan, ...] = ()
    goal: tuple[OfPlan, ...] = ()
    planrole: tuple[OfPlan, ...] = ()
    watch: tuple[Watch, ...] = ()
    task: tuple[Task, ...] = ()
    match: tuple[Match, ...] = ()
    keeping: tuple[OfKeeping, ...] = ()
    stay: tuple[OfKeeping, ...] = ()
    conference: tuple[Named, ...] = (Named("conference"),)
    sitting: tuple[Sitting, ...] = ()
    agendaitem: tuple[Item, ...] = ()
    itemperson: tuple[OfItem, ...] = ()
    seat: tuple[Seat, ...] = ()
    itemmaterial: tuple[OfItem, ...] = ()
    materialrequest: tuple[Request, ...] = ()
    decision: tuple[OfItem, ...] = ()
    opinion: tuple[OfItem, ...] = ()
    pledge: tuple[Pledge, ...] = ()
    acknowledgment: tuple[Acknowledgment, ...] = ()
    emergency: tuple[Emergency, ...] = ()
    pack: tuple[Pack, ...] = ()
    packrecord: tuple[Pack, ...] = ()
    journalline: tuple[Own, ...] = ()
    readline: tuple[Own, ...] = ()
    draft: tuple[Own, ...] = ()
    sentform: tuple[Own, ...] = ()
    export: tuple[Export, ...] = ()
    exportpiece: tuple[Piece, ...] = ()
    gap: tuple[Own, ...] = ()
    resource: tuple[Own, ...] = ()
    area: tuple[Named, ...] = (Named("area"),)
    department: tuple[Named, ...] = (Named("department"),)
    programme: tuple[Named, ...] = (Named("programme"),)
    rolename: tuple[Named, ...] = (Named("rolename"),)
    setting: tuple[Setting, ...] = (Setting("setting"),)


# The rows of meetings stand in a room of their own.
__all__ = ["Acknowledgment", "Id", "Item", "OfItem", "Pledge", "Request", "Seat", "Sitting"]
TABLES = tuple(one.name for one in fields(World) if one.name != "at")
