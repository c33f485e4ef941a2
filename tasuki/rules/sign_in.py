"""サインイン: how long a session lives, who needs a second factor from when, how long a failure closes the door."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from tasuki.rules.refusal import Refusal, first, refused_if

FAILURES = 5  # of one account, then it is closed
LOCK = dt.timedelta(minutes=15)
FREE_KNOCKS = 20  # of one address: an office of hundreds stands behind one address
LONGEST_WAIT = dt.timedelta(minutes=5)
FORGET = dt.timedelta(hours=1)
KNOWN_BROWSER = dt.timedelta(
    days=180
)  # how long a browser by which somebody came in is asked for its own failures only
MARKS = 8  # people of one computer whose marks its browser keeps
FRESH = dt.timedelta(minutes=10)  # how long a proof counts for changes of one's own way in
PENDING = dt.timedelta(minutes=5)  # between the password and the second factor
WARNING_SECONDS = 120
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 1000
LOGIN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
FIRST_PASSWORD = dt.timedelta(days=7)  # how long a password that somebody else handed over is taken


@dataclass(frozen=True)
class Ways:
    """The town's section `sign_in`. `sets` are the permission sets that need a second factor; empty: everybody."""

    second_factor: bool = True
    sets: frozenset[str] = frozenset()
    since: dt.date | None = None
    grace_days: int = 14
    idle: dt.timedelta = dt.timedelta(minutes=60)
    idle_shared: dt.timedelta = dt.timedelta(minutes=15)
    absolute: dt.timedelta = dt.timedelta(hours=12)
    passkey_alone: bool = True


PLAIN = Ways()


def read_ways(body: Mapping[str, Any]) -> Ways:
    """Read the town's section; what it does not say, or says as no number, is the default, which is the stricter."""

    def number(name: str, default: int, most: int) -> int:
        found = body.get(name, default)
        return min(found, most) if isinstance(found, int) and not isinstance(found, bool) and found > 0 else default

    grace = body.get("second_factor_grace_days", PLAIN.grace_days)
    return Ways(
        second_factor=body.get("second_factor", True) is not False,
        sets=frozenset(str(one) for one in body.get("second_factor_sets") or ()),
        since=_day(body.get("second_factor_from")),
        grace_days=grace if isinstance(grace, int) and 0 <= grace <= 90 else PLAIN.grace_days,
        idle=dt.timedelta(minutes=number("idle_minutes", 60, 480)),
        idle_shared=dt.timedelta(minutes=number("idle_minutes_shared", 15, 60)),
        absolute=dt.timedelta(hours=number("absolute_hours", 12, 24)),
        passkey_alone=body.get("passkey_alone", True) is not False,
    )


def _day(text: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def strictest(several: Iterable[Ways]) -> Ways:
    """Return the shortest times of several towns, and a passkey alone only where all of them take it."""
    found = list(several) or [PLAIN]
    return Ways(
        idle=min(one.idle for one in found),
        idle_shared=min(one.idle_shared for one in found),
        absolute=min(one.absolute for one in found),
        passkey_alone=all(one.passkey_alone for one in found),
    )


def second_factor_by(
    posts: Iterable[tuple[AbstractSet[str], Ways]], *, asked_on: dt.date | None, today: dt.date
) -> dt.date | None:
    """Return the last day on which somebody may enter without a second factor; None when none of their posts asks.

    The grace of a town runs from its day, or from the day on which the person was first told, whichever is later.
    A day before today means: now.
    """
    days = []
    for sets, ways in posts:
        begun = ways.since is None or ways.since <= today
        if ways.second_factor and begun and (not ways.sets or sets & ways.sets):
            start = max(asked_on or today, ways.since or dt.date.min)
            days.append(start + dt.timedelta(days=ways.grace_days - 1))
    return min(days, default=None)


def wait_after(failures: int) -> dt.timedelta:
    """Return how long an address is not answered after so many failures: doubling, five minutes at most."""
    over = failures - FREE_KNOCKS
    return min(dt.timedelta(seconds=2 ** min(over, 20)), LONGEST_WAIT) if over >= 0 else dt.timedelta(0)


def why_not_drop_factor(*, needed: bool, others: int) -> Refusal | None:
    """Whoever needs a second factor keeps at least one."""
    return refused_if(needed and others == 0, "LAST_FACTOR")


def why_not_password(*, new: str, again: str, login: str, known: AbstractSet[str]) -> Refusal | None:
    """Long and not everybody's: no rule of signs and digits, no change for the sake of change (NIST SP 800-63B)."""
    plain = new.casefold()
    return first(
        refused_if(new != again, "PASSWORDS_DIFFER"),
        refused_if(len(new) < SHORTEST_PASSWORD, "PASSWORD_TOO_SHORT", length=SHORTEST_PASSWORD),
        refused_if(len(new) > LONGEST_PASSWORD, "PASSWORD_TOO_LONG", length=LONGEST_PASSWORD),
        refused_if(plain in known or (bool(login) and login.casefold() in plain), "PASSWORD_TOO_KNOWN"),
    )


def why_not_open_account(*, has_one: bool, name: str, taken: bool) -> Refusal | None:
    """One account a person; its name is letters and figures that everybody can type, and no other of the town has it."""
    return first(
        refused_if(has_one, "ACCOUNT_THERE"),
        refused_if(not LOGIN_NAME.fullmatch(name), "LOGIN_UNFIT"),
        refused_if(taken, "LOGIN_TAKEN"),
    )


def why_not_reset(*, agreed: bool, same_person: bool, own: bool) -> Refusal | None:
    """Two people of the city, neither of them the one whose factors they are."""
    return first(
        refused_if(agreed, "ALREADY_DONE_RESET"),
        refused_if(same_person or own, "SECOND_CHECK_MISSING"),
    )
