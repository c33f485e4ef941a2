"""The door's own book: what happened, who failed, how long an account or an address is not answered."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from tasuki.records.models import Account, DoorLine, Knock
from tasuki.records.vault import keyed_hash
from tasuki.rules.sign_in import FAILURES, FORGET, LOCK, wait_after


def note_door(now: dt.datetime, what: str, account: UUID | None, source: str = "") -> None:
    """Write one line of what happened at the door; no login that nobody has, no password, no code."""
    DoorLine.objects.create(at=now, what=what, account=account, source=source[:60])


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
