"""Signing in over the door connection: password, lock-out, sessions, the post chosen (QUALITY P5, T20)."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Q

from tasuki.records.models import Account, Post, SignIn

FAILURES = 5
LOCK = dt.timedelta(minutes=15)
IDLE = dt.timedelta(minutes=60)
_NOBODY = make_password("nobody has this password")


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


def check(*, login: str, password: str, now: dt.datetime) -> Account | None:
    """Return the account of a correct login; five failures lock it for fifteen minutes. Takes as long for nobody."""
    with transaction.atomic(using="door"):
        account = Account.objects.select_for_update().filter(login=login, is_active=True).first()
        fits = check_password(password, account.password if account else _NOBODY)
        if account is None:
            return None
        if account.locked_until and now < account.locked_until:
            return None
        if fits:
            account.failures, account.locked_until, account.last_login = 0, None, now
        else:
            account.failures += 1
            account.last_failed_at = now
            if account.failures >= FAILURES:
                account.failures, account.locked_until = 0, now + LOCK
        account.save(update_fields=["failures", "locked_until", "last_login", "last_failed_at"])
        return account if fits else None


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
    last = post.agency.contract_until
    return "委託の期間が終わっています。" if last and last < now.astimezone().date() else ""


def choose(*, account: UUID, staff: UUID, post: UUID, session_key: str, now: dt.datetime) -> None:
    """Bind a session to a post. Only the hash of the session's key is kept."""
    key_hash = hashlib.sha256(session_key.encode()).hexdigest()
    SignIn.objects.update_or_create(
        key_hash=key_hash,
        defaults={"account": account, "staff": staff, "post": post, "opened_at": now, "seen_at": now, "ended_at": None},
    )


def leave(*, session_key: str, now: dt.datetime) -> None:
    """End a session at once."""
    key_hash = hashlib.sha256(session_key.encode()).hexdigest()
    SignIn.objects.filter(key_hash=key_hash, ended_at=None).update(ended_at=now)
