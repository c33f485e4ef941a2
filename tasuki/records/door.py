"""The door's own book: what happened, who failed, how long an account, an address or a browser is not answered.

Whoever guesses closes the account or the address, never a browser by which the account's own person came in before: it keeps a
mark, and is asked for its own failures only. So nobody can keep an office out by knocking for it.
"""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib.auth.hashers import make_password
from django.db import connections, transaction

from tasuki.records.models import Account, DoorLine, Knock, SignIn
from tasuki.records.vault import keyed_hash
from tasuki.rules.sign_in import FAILURES, FIRST_PASSWORD, FORGET, LOCK, wait_after

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is read for another sign


def note_door(now: dt.datetime, what: str, account: UUID | None, source: str = "") -> None:
    """Write one line of what happened at the door; no login that nobody has, no password, no code."""
    DoorLine.objects.create(at=now, what=what, account=account, source=source[:60])


def note_confirmation(target: UUID, first: UUID, second: UUID, now: dt.datetime) -> None:
    """Note that `second` has confirmed with their password what `first` is about to end; the serving role can write no such line."""
    with connections["door"].cursor() as cursor:
        cursor.execute("SELECT note_confirmation(%s, %s, %s, %s)", [target, first, second, now])


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


def new_mark(account: UUID) -> str:
    """Make the mark that a browser keeps once this account's person has come in by it: it opens nothing, and names nobody."""
    number = secrets.token_urlsafe(16)
    return f"{number}.{keyed_hash(f'{account}:{number}', 'browser').hex()}"


def mark_of(account: UUID, marks: Sequence[str]) -> str:
    """Return the one among a browser's marks that is this account's; nothing where it has none."""
    for mark in marks:
        number, _, proof = mark.partition(".")
        if hmac.compare_digest(keyed_hash(f"{account}:{number}", "browser").hex().encode(), proof.encode()):
            return mark
    return ""


def is_closed(account: Account | None, source: str, now: dt.datetime, marks: Sequence[str] = ()) -> bool:
    """Whether the account or the address is not answered at this moment; of a browser with the account's mark, only itself."""
    known = mark_of(account.pk, marks) if account else ""
    knock = Knock.objects.filter(source=_mark(known or source)).first()
    by_source = bool(knock and knock.closed_until and now < knock.closed_until)
    return by_source or bool(account and not known and account.locked_until and now < account.locked_until)


def failed(account: Account | None, source: str, now: dt.datetime, what: str, marks: Sequence[str] = ()) -> None:
    """Count a failure against the address and, where there is one, the account. As many statements for nobody.

    One from a browser with the account's mark counts against that browser alone, which is closed as soon and as long as an account.
    """
    if account is not None and (known := mark_of(account.pk, marks)):
        closes = _count(known, now) >= FAILURES
        if closes:
            Knock.objects.filter(source=_mark(known)).update(failures=0, closed_until=now + LOCK)
        note_door(now, "LOCKED" if closes else what, account.pk, source)
        return
    over = wait_after(_count(source, now))
    Knock.objects.filter(source=_mark(source)).update(closed_until=now + over if over else None)
    failures = (account.failures if account else 0) + 1
    locks = failures >= FAILURES
    Account.objects.filter(pk=account.pk if account else uuid4()).update(
        failures=0 if locks else failures,
        last_failed_at=now,
        locked_until=now + LOCK if locks else (account.locked_until if account else None),
    )
    note_door(now, "LOCKED" if locks else what, account.pk if account else None, source)


def passed(account: Account, source: str, now: dt.datetime, what: str, marks: Sequence[str] = ()) -> None:
    """Forget the failures of the account and its browser; the address's are forgotten by time alone, or one good account would open it."""
    if known := mark_of(account.pk, marks):
        Knock.objects.filter(source=_mark(known)).update(failures=0)
    Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None, last_login=now)
    note_door(now, what, account.pk, source)


def _count(source: str, now: dt.datetime) -> int:
    knock, _ = Knock.objects.select_for_update().get_or_create(source=_mark(source), defaults={"last_at": now})
    knock.failures = 1 if now - knock.last_at > FORGET else knock.failures + 1
    knock.last_at = now
    knock.save(update_fields=["failures", "last_at"])
    return knock.failures


def _mark(source: str) -> str:
    return keyed_hash(source, "source").hex()
