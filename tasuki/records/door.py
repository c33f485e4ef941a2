"""The door's own book: what happened, who failed, how long an account or an address is not answered."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tasuki.records.models import Account, DoorLine, Knock, SignIn
from tasuki.records.vault import keyed_hash
from tasuki.rules.sign_in import FAILURES, FIRST_PASSWORD, FORGET, LOCK, wait_after

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is read for another sign


def note_door(now: dt.datetime, what: str, account: UUID | None, source: str = "") -> None:
    """Write one line of what happened at the door; no login that nobody has, no password, no code."""
    DoorLine.objects.create(at=now, what=what, account=account, source=source[:60])


@dataclass(frozen=True)
class Handed:
    """What is handed over once: whose, the login, the password for the first time, and until when it is taken."""

    name: str
    login: str
    password: str
    until: dt.datetime


def first_password() -> str:
    """Make a password for the first time: four groups of four, 79 bits, easy to read out and to type."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def hand_first_password(account: UUID, now: dt.datetime) -> Handed:
    """Give an account a password for the first time again; its sessions end. Only behind an act that two people made."""
    handed = first_password()
    with transaction.atomic(using="door"):
        found = Account.objects.select_for_update().get(pk=account)
        found.password, found.first_until = make_password(handed), now + FIRST_PASSWORD
        found.failures, found.locked_until = 0, None
        found.save(update_fields=["password", "first_until", "failures", "locked_until"])
        SignIn.objects.filter(account=account, ended_at=None).update(ended_at=now)
        note_door(now, "NEW_FIRST", account)
    return Handed(found.name, found.login, handed, now + FIRST_PASSWORD)


def is_closed(account: Account | None, source: str, now: dt.datetime) -> bool:
    """Whether the account or the address is not answered at this moment."""
    knock = Knock.objects.filter(source=_mark(source)).first()
    by_source = bool(knock and knock.closed_until and now < knock.closed_until)
    return by_source or bool(account and account.locked_until and now < account.locked_until)


def failed(account: Account | None, source: str, now: dt.datetime, what: str) -> None:
    """Count a failure against the address and, where there is one, the account. As many statements for nobody."""
    _count_source(source, now)
    failures = (account.failures if account else 0) + 1
    locks = failures >= FAILURES
    Account.objects.filter(pk=account.pk if account else uuid4()).update(
        failures=0 if locks else failures,
        last_failed_at=now,
        locked_until=now + LOCK if locks else (account.locked_until if account else None),
    )
    note_door(now, "LOCKED" if locks else what, account.pk if account else None, source)


def passed(account: Account, source: str, now: dt.datetime, what: str) -> None:
    """Forget the account's failures; the address's are forgotten by time alone, or one good account would open it."""
    Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None, last_login=now)
    note_door(now, what, account.pk, source)


def _count_source(source: str, now: dt.datetime) -> None:
    knock, _ = Knock.objects.select_for_update().get_or_create(source=_mark(source), defaults={"last_at": now})
    knock.failures = 1 if now - knock.last_at > FORGET else knock.failures + 1
    wait = wait_after(knock.failures)
    knock.last_at, knock.closed_until = now, now + wait if wait else None
    knock.save(update_fields=["failures", "last_at", "closed_until"])


def _mark(source: str) -> str:
    return keyed_hash(source, "source").hex()
