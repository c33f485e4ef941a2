"""Signing in over the door connection: password, lock-out, sessions, the post chosen (QUALITY P4, P5, T20)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import connections, transaction
from django.db.models import Q

from tasuki.records.door import failed, is_closed, note_confirmation, note_door, passed
from tasuki.records.models import Account, Factor, Post, SignIn, Staff
from tasuki.records.pen import refuse
from tasuki.rules.calendar import day_of
from tasuki.rules.known_passwords import KNOWN_PASSWORDS
from tasuki.rules.refusal import refused_if
from tasuki.rules.sign_in import FRESH, LONGEST_PASSWORD, Ways, read_ways, second_factor_by, strictest, why_not_password
from tasuki.rules.staff import SECRECY_LAW, SECRECY_WORDS

_NOBODY = make_password("nobody has this password")
_ALWAYS = dt.timedelta(days=20 * 365)


@dataclass(frozen=True)
class Entry:
    """How somebody comes in: from where, on whose computer, by which proof, and how long it lasts."""

    place: str = ""
    shared: bool = False
    how: str = "PASSWORD"
    idle: dt.timedelta = dt.timedelta(minutes=60)
    absolute: dt.timedelta = dt.timedelta(hours=12)


# For plays on a rehearsal database, whose clock jumps over months; elsewhere begin_request ends it after a day.
REHEARSED = Entry(place="稽古", idle=_ALWAYS, absolute=_ALWAYS)


@dataclass(frozen=True)
class PostChoice:
    """A post that may be chosen, or why it may not: いま、だれとして."""

    post: UUID
    staff: UUID
    town: str
    agency: str
    roles: tuple[str, ...]
    until: dt.datetime | None
    closed: str


@dataclass(frozen=True)
class Visit:
    """A session that lives: whose, in which post, until when at most, and until when if nothing is done."""

    account: UUID
    post: UUID | None
    staff: UUID | None
    place: str
    shared: bool
    proved_at: dt.datetime | None
    expires_at: dt.datetime
    idle_until: dt.datetime

    def is_fresh(self, now: dt.datetime) -> bool:
        """Whether the person has just proved who they are."""
        return self.proved_at is not None and now - self.proved_at <= FRESH

    def seconds_left(self, now: dt.datetime) -> int:
        """How long the session lives if nothing is done."""
        return max(0, int((min(self.expires_at, self.idle_until) - now).total_seconds()))


def _hash(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()


def check(
    *, login: str, password: str, now: dt.datetime, source: str = "", marks: Sequence[str] = ()
) -> Account | None:
    """Return the account of a correct login. Takes as long, and says as much, for nobody and for a closed door.

    Five failures close the account for fifteen minutes; an address that fails often waits longer each time. Neither keeps out a
    browser that bears the account's mark (records/door.py).
    """
    with transaction.atomic(using="door"):
        account = Account.objects.select_for_update().filter(login=login, is_active=True).first()
        # Longer than any password can be: hashed all the same, so that the answer takes as long.
        fits = check_password(password[: LONGEST_PASSWORD + 1], account.password if account else _NOBODY)
        closed = is_closed(account, source, now, marks)
        if account is not None and account.first_until is not None and now > account.first_until:
            fits = False  # a password for the first time that nobody came with in time
        if account is not None and fits and not closed:
            note_door(now, "PASSWORD", account.pk, source)
            return account
        failed(None if closed else account, source, now, "WRONG_PASSWORD", marks)
        return None


def posts(*, account: UUID, now: dt.datetime) -> list[PostChoice]:
    """Return the posts of an account; one that cannot be used stays in the list, with the reason."""
    found = (
        Post.objects.using("door")
        .filter(staff__account=account, since__lte=now)
        .filter(Q(until=None) | Q(until__gt=now))
        .select_related("staff", "agency", "municipality")
        .order_by("municipality__name", "agency__name", "pk")
    )
    return [
        PostChoice(
            post=one.pk, staff=one.staff_id, town=one.municipality.name, agency=one.agency.name, roles=tuple(one.roles),
            until=one.until, closed=_closed(one, now),
        )
        for one in found
    ]  # fmt: skip


def _closed(post: Post, now: dt.datetime) -> str:
    last, today = post.agency.contract_until, day_of(now)
    if last and last < today:
        return "委託の期間が終わっています。"
    gone = post.agency.valid_until
    return "この機関は終わっています。" if gone and gone < today else ""


def ways(*, account: UUID, now: dt.datetime) -> list[tuple[frozenset[str], Ways]]:
    """Return what the town of each of the account's posts asks of those who sign in."""
    with connections["door"].cursor() as cursor:
        cursor.execute("SELECT sets, body::text FROM ways_of_account(%s, %s)", [account, now])
        return [(frozenset(sets), read_ways(_read(body))) for sets, body in cursor.fetchall()]


def _read(body: str) -> Mapping[str, Any]:
    found = json.loads(body)
    return found if isinstance(found, dict) else {}


def second_factor_until(*, account: UUID, now: dt.datetime) -> dt.date | None:
    """Return the last day without a second factor; None when none is asked, or one is there. Notes the first asking."""
    if Factor.objects.filter(account=account, ended_at=None, kind__in=["TOTP", "PASSKEY"]).exists():
        return None
    asked = Account.objects.filter(pk=account).values_list("asked_at", flat=True).first()
    today = day_of(now)
    asked_on = day_of(asked) if asked else None
    last = second_factor_by(ways(account=account, now=now), asked_on=asked_on, today=today)
    if last is not None and asked is None:
        Account.objects.filter(pk=account).update(asked_at=now)
    return last


def must_change_password(*, account: UUID) -> bool:
    """Whether the password is still the one that somebody else handed over."""
    return Account.objects.filter(pk=account).exclude(first_until=None).exists()


def confirm_second(
    *, staff: UUID | None, password: str, now: dt.datetime, source: str, first: UUID, target: UUID
) -> None:  # fmt: skip
    """もう1人の確かめ: the second person types their own password. Raises Refused when it does not fit; failures count.

    The door notes that `first` may end `target` with this second person, for the database to ask (9.7).
    """
    account = Staff.objects.using("door").filter(pk=staff).values_list("account", flat=True).first() if staff else None
    login = Account.objects.filter(pk=account).values_list("login", flat=True).first() if account else None
    found = check(login=login or "", password=password, now=now, source=source)
    refuse(refused_if(found is None, "SECOND_NOT_CONFIRMED"))
    if staff is not None:
        note_confirmation(target, first, staff, now)


def must_set_up(*, account: UUID, now: dt.datetime) -> bool:
    """Whether a second factor has to be set up before anything else."""
    last = second_factor_until(account=account, now=now)
    return last is not None and last < day_of(now)


def enter(
    *, account: UUID, session_key: str, now: dt.datetime, entry: Entry, source: str = "", marks: Sequence[str] = ()
) -> None:
    """Open a session that has passed the door and may choose a post. Only the hash of the session's key is kept."""
    asked = strictest(way for _, way in ways(account=account, now=now))
    idle = min(entry.idle, asked.idle_shared if entry.shared else asked.idle)
    with transaction.atomic(using="door"):
        found = Account.objects.select_for_update().get(pk=account, is_active=True)
        passed(found, source, now, f"IN_{entry.how}", marks)
        SignIn.objects.create(
            key_hash=_hash(session_key), account=account, opened_at=now, seen_at=now, proved_at=now, place=entry.place[:120],
            expires_at=now + min(entry.absolute, asked.absolute), idle_seconds=int(idle.total_seconds()),
            shared=entry.shared, how=entry.how,
        )  # fmt: skip


def choose(
    *, account: UUID, staff: UUID, post: UUID, session_key: str, now: dt.datetime, before: str = "",
    entry: Entry | None = None,
) -> None:  # fmt: skip
    """Bind a session to a post. `before` is the key with which the door was passed: its age, limits and place go on.

    Without one (a play, a test) the session is as old as the choice.
    """
    with transaction.atomic(using="door"):
        old = (
            SignIn.objects.select_for_update().filter(key_hash=_hash(before), ended_at=None).first() if before else None
        )
        told = entry or Entry()
        SignIn.objects.create(
            key_hash=_hash(session_key), account=account, staff=staff, post=post, seen_at=now,
            opened_at=old.opened_at if old else now,
            proved_at=old.proved_at if old else now,
            expires_at=old.expires_at if old else now + told.absolute,
            idle_seconds=old.idle_seconds if old else int(told.idle.total_seconds()),
            place=old.place if old else told.place, shared=old.shared if old else told.shared,
            how=old.how if old else told.how,
        )  # fmt: skip
        if old is not None:
            old.ended_at = now
            old.save(update_fields=["ended_at"])


def living_visit(*, session_key: str, now: dt.datetime, awake: bool = False) -> Visit | None:
    """Return a session that lives, with or without a post; the same conditions as begin_request. `awake` keeps it so."""
    found = SignIn.objects.filter(key_hash=_hash(session_key), ended_at=None, expires_at__gt=now).first()
    if found is None or found.expires_at is None:
        return None
    idle_until = found.seen_at + dt.timedelta(seconds=found.idle_seconds)
    if now > idle_until or not Account.objects.filter(pk=found.account, is_active=True).exists():
        return None
    if awake and now > found.seen_at:
        SignIn.objects.filter(pk=found.pk).update(seen_at=now)
        idle_until = now + dt.timedelta(seconds=found.idle_seconds)
    return Visit(
        found.account, found.post, found.staff, found.place, found.shared, found.proved_at, found.expires_at, idle_until
    )


def why_gone(*, session_key: str, now: dt.datetime) -> str:
    """Say why a session lives no more: IDLE, AGE, ENDED, or nothing when it never was one or its post is what ended."""
    found = SignIn.objects.filter(key_hash=_hash(session_key)).first()
    if found is None:
        return ""
    if found.ended_at is not None:
        return "ENDED"
    if found.expires_at is None or now >= found.expires_at:
        return "AGE"
    return "IDLE" if now > found.seen_at + dt.timedelta(seconds=found.idle_seconds) else "POST"


def keep_for_later(*, session_key: str, now: dt.datetime, place: str, body: Mapping[str, Any], title: str) -> bool:
    """Keep what was sent by a session that has just died as a draft of its own person; True when it was kept."""
    with connections["door"].cursor() as cursor:
        cursor.execute(
            "SELECT keep_for_later(%s, %s, %s, %s::jsonb, %s)",
            [session_key, now, place, json.dumps(dict(body), ensure_ascii=False), title],
        )
        row = cursor.fetchone()
    return bool(row and row[0])


@dataclass(frozen=True)
class Owed:
    """守秘の確認 that a session's person has not made this 年度: for whom they work, and what the town says beside the law."""

    municipality: UUID
    staff: UUID
    agency: UUID
    fiscal_year: int
    staff_name: str
    agency_name: str
    contractor: str
    town: str
    wording: tuple[str, ...]


def owed(*, session_key: str, now: dt.datetime) -> Owed | None:
    """Return the 守秘の確認 without which a living session is served nothing; None when nothing is owed."""
    with connections["door"].cursor() as cursor:
        cursor.execute("SELECT * FROM secrecy_owed(%s, %s)", [session_key, now])
        row = cursor.fetchone()
    if row is None:
        return None
    told: list[Any] = [*row[:8], _wording(row[8])]
    return Owed(*told)


def _wording(body: str | None) -> tuple[str, ...]:
    lines = json.loads(body) if body is not None else SECRECY_WORDS
    return tuple(str(one) for one in lines) if isinstance(lines, list | tuple) else ()


def acknowledge(*, session_key: str, now: dt.datetime, account: UUID | None = None) -> bool:
    """守秘を確かめる for the running 年度; the words that were shown are kept with it (R10). False when nothing was owed."""
    shown = owed(session_key=session_key, now=now)
    wording = "\n".join([SECRECY_LAW, *shown.wording]) if shown else ""
    with transaction.atomic(using="door"), connections["door"].cursor() as cursor:
        cursor.execute("SELECT acknowledge_secrecy(%s, %s, %s)", [session_key, now, wording])
        row = cursor.fetchone()
        done = bool(row and row[0])
        if done:
            note_door(now, "SECRECY", account)
    return done


def leave(*, session_key: str, now: dt.datetime) -> None:
    """End a session at once."""
    SignIn.objects.filter(key_hash=_hash(session_key), ended_at=None).update(ended_at=now)


def leave_elsewhere(*, account: UUID, session_key: str, now: dt.datetime, only: str = "") -> int:
    """ほかの場所の利用を終える: end every other session of the account, or one by the beginning of its hash."""
    with transaction.atomic(using="door"):
        others = SignIn.objects.filter(account=account, ended_at=None).exclude(key_hash=_hash(session_key))
        ended = (others.filter(key_hash__startswith=only) if only else others).update(ended_at=now)
        note_door(now, "ENDED_ELSEWHERE", account)
    return ended


def prove(
    *, account: UUID, password: str, session_key: str, now: dt.datetime, source: str, marks: Sequence[str] = ()
) -> bool:
    """Ask for the password again before a change of one's own way in; failures count as at the door."""
    login = Account.objects.filter(pk=account).values_list("login", flat=True).first() or ""
    found = check(login=login, password=password, now=now, source=source, marks=marks)
    if found is None:
        return False
    SignIn.objects.filter(key_hash=_hash(session_key), ended_at=None).update(proved_at=now)
    return True


def change_password(*, account: UUID, new: str, again: str, session_key: str, now: dt.datetime) -> None:
    """Change one's own password; every other session of the account ends. Raises Refused for a short or known one."""
    with transaction.atomic(using="door"):
        found = Account.objects.select_for_update().get(pk=account)
        refuse(why_not_password(new=new, again=again, login=found.login, known=KNOWN_PASSWORDS))
        found.password, found.first_until = make_password(new), None
        found.save(update_fields=["password", "first_until"])
        SignIn.objects.filter(account=account, ended_at=None).exclude(key_hash=_hash(session_key)).update(ended_at=now)
        note_door(now, "NEW_PASSWORD", account)
