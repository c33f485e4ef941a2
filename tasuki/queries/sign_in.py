"""One's own way in, as one sees it: where one is signed in, which second factors one has. Read at the door."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from uuid import UUID

from tasuki.queries.rows import rows
from tasuki.records.asker import Asker
from tasuki.records.models import Account, DoorLine, Factor, SignIn

MARK = 16  # letters of the hash by which a session is named on the page; nothing can be signed in with it


@dataclass(frozen=True)
class Place:
    """A session of one's own: where, since when, last used when, and whether it is this one."""

    mark: str
    place: str
    shared: bool
    opened_at: dt.datetime
    seen_at: dt.datetime
    here: bool


@dataclass(frozen=True)
class Key:
    """A second factor of one's own."""

    id: UUID
    kind: str
    name: str
    made_at: dt.datetime
    used_at: dt.datetime | None


@dataclass(frozen=True)
class OwnWay:
    """Everything on the page 「サインインと安全」."""

    login: str
    keys: list[Key]
    codes_left: int
    places: list[Place]
    lines: list[tuple[dt.datetime, str, str]]


def own_way(account: UUID, session_key: str, now: dt.datetime) -> OwnWay:
    """Return one's own factors, living sessions and the latest lines of the door."""
    here = hashlib.sha256(session_key.encode()).hexdigest()
    factors = list(Factor.objects.filter(account=account, ended_at=None).order_by("kind", "made_at", "pk"))
    living = SignIn.objects.filter(account=account, ended_at=None, expires_at__gt=now).order_by("-seen_at", "pk")
    lines = DoorLine.objects.filter(account=account).order_by("-at", "pk").values_list("at", "what", "source")[:12]
    return OwnWay(
        login=Account.objects.values_list("login", flat=True).get(pk=account),
        keys=[Key(f.pk, f.kind, f.name, f.made_at, f.used_at) for f in factors if f.kind != "RECOVERY"],
        codes_left=sum(f.kind == "RECOVERY" for f in factors),
        places=[
            Place(s.pk[:MARK], s.place, s.shared, s.opened_at, s.seen_at, s.pk == here)
            for s in living
            if now <= s.seen_at + dt.timedelta(seconds=s.idle_seconds)
        ],
        lines=list(lines),
    )


def kinds_of(account: UUID) -> frozenset[str]:
    """Return which kinds of second factors an account has."""
    return frozenset(Factor.objects.filter(account=account, ended_at=None).values_list("kind", flat=True))


@dataclass(frozen=True)
class ResetLine:
    """A reset that was asked: for whom, why, by whom, and who agreed."""

    id: UUID
    name: str
    what: str
    reason: str
    asked_at: dt.datetime
    asked_by: str
    asked_by_id: UUID
    agreed_at: dt.datetime | None
    agreed_by: str


def resets(by: Asker) -> list[ResetLine]:
    """Return the resets of the town, the open ones first; nothing for whoever has no part in them."""
    return rows(
        ResetLine,
        "SELECT r.id, s.name, r.what, r.reason, r.asked_at, a.name, a.id, r.agreed_at, coalesce(g.name, '') FROM records_factorreset r"
        " JOIN records_staff s ON s.id = r.staff_id JOIN records_staff a ON a.id = r.asked_by_id"
        " LEFT JOIN records_staff g ON g.id = r.agreed_by_id WHERE r.dropped_at IS NULL"
        " ORDER BY r.agreed_at IS NOT NULL, r.asked_at DESC, r.id LIMIT 50",
    )
