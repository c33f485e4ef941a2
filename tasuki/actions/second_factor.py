"""Second factors of one's own account: an app that counts (TOTP), recovery codes, and their removal. No SMS, no mail."""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import secrets
import unicodedata
from collections.abc import Sequence
from uuid import UUID

import pyotp
from django.db import transaction

from tasuki.records.asker import Asker, Invisible
from tasuki.records.door import Handed, failed, hand_first_password, is_closed, note_door
from tasuki.records.journal import note_act
from tasuki.records.models import Account, Factor, FactorReset, SignIn, Staff
from tasuki.records.pen import refuse
from tasuki.records.vault import seal, slow_hash, unseal
from tasuki.rules.permission import P, why_not_role
from tasuki.rules.refusal import refused_if
from tasuki.rules.sign_in import why_not_drop_factor, why_not_reset

ISSUER = "たすき"
STEP = 30
CODES = 10
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is read for another sign
_SECONDS = ("TOTP", "PASSKEY")
AGREEING = frozenset({P.ADMIN, P.CITY, P.PRIV})


def new_secret(*, account: UUID) -> tuple[str, str, str]:
    """Begin a TOTP: the secret in groups of four, its otpauth address for the picture, and the secret sealed.

    Nothing is written before a code has proved that the person's app has it.
    """
    secret = pyotp.random_base32(32)
    login = Account.objects.values_list("login", flat=True).get(pk=account)
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)
    groups = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    return groups, address, base64.b64encode(seal(secret.encode(), account)).decode()


def opened(*, account: UUID, sealed: str) -> tuple[str, str]:
    """Return the groups and the address of a secret that was begun and not yet confirmed."""
    secret = unseal(base64.b64decode(sealed), account).decode()
    login = Account.objects.values_list("login", flat=True).get(pk=account)
    groups = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    return groups, pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def add_totp(*, account: UUID, sealed: str, code: str, now: dt.datetime) -> None:
    """Add the app once its code fits; it replaces the app before. Raises Refused for a wrong code."""
    whole = base64.b64decode(sealed)
    step = _step_of(unseal(whole, account).decode(), code, now, after=0)
    refuse(refused_if(step is None, "CODE_WRONG"))
    with transaction.atomic(using="door"):
        Factor.objects.filter(account=account, kind="TOTP", ended_at=None).update(ended_at=now)
        Factor.objects.create(
            account=account, kind="TOTP", name="認証アプリ", sealed=whole, made_at=now, used_step=step or 0
        )
        note_door(now, "ADDED_TOTP", account)


def new_codes(*, account: UUID, now: dt.datetime) -> list[str]:
    """Make ten recovery codes, shown once; only keyed hashes are kept, and the codes before end."""
    made = ["".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(CODES)]
    with transaction.atomic(using="door"):
        Factor.objects.filter(account=account, kind="RECOVERY", ended_at=None).update(ended_at=now)
        Factor.objects.bulk_create(
            Factor(account=account, kind="RECOVERY", sealed=slow_hash(one, account), made_at=now) for one in made
        )
        note_door(now, "NEW_CODES", account)
    return [f"{one[:5]}-{one[5:]}" for one in made]


def check_code(*, account: UUID, code: str, now: dt.datetime, source: str, marks: Sequence[str] = ()) -> str:
    """Take a code of the app or a recovery code, each once: TOTP, RECOVERY, or nothing. Failures close the door."""
    plain = "".join(one for one in unicodedata.normalize("NFKC", code).lower() if one.isalnum())
    with transaction.atomic(using="door"):
        owner = Account.objects.select_for_update().filter(pk=account, is_active=True).first()
        if owner is None or is_closed(owner, source, now, marks):
            return ""
        how = _take_totp(account, plain, now) if len(plain) == 6 else _take_recovery(account, plain, now)
        if not how:
            failed(owner, source, now, "WRONG_CODE", marks)
        return how


def _take_totp(account: UUID, code: str, now: dt.datetime) -> str:
    found = Factor.objects.select_for_update().filter(account=account, kind="TOTP", ended_at=None).first()
    if found is None:
        return ""
    step = _step_of(unseal(found.sealed, account).decode(), code, now, after=found.used_step)
    if step is None:
        return ""
    found.used_step, found.used_at = step, now
    found.save(update_fields=["used_step", "used_at"])
    return "TOTP"


def _step_of(secret: str, code: str, now: dt.datetime, *, after: int) -> int | None:
    """Return the step of the clock whose code this is, one step early or late at most and none that was taken before."""
    app, here, found = pyotp.TOTP(secret), int(now.timestamp()) // STEP, None
    plain = unicodedata.normalize("NFKC", code).strip().replace(" ", "")
    for step in (here - 1, here, here + 1):
        if hmac.compare_digest(app.at(step * STEP).encode(), plain.encode()) and step > after:
            found = step
    return found


def _take_recovery(account: UUID, code: str, now: dt.datetime) -> str:
    taken = Factor.objects.filter(
        account=account, kind="RECOVERY", ended_at=None, sealed=slow_hash(code, account)
    ).update(ended_at=now, used_at=now)
    if taken:
        note_door(now, "USED_CODE", account)
    return "RECOVERY" if taken else ""


def drop_factor(*, account: UUID, factor: UUID, needed: bool, now: dt.datetime) -> None:
    """Remove an app or a passkey of one's own. Raises Refused for the last one where one is needed, Invisible for none."""
    with transaction.atomic(using="door"):
        living = Factor.objects.select_for_update().filter(account=account, ended_at=None, kind__in=_SECONDS)
        found = next((one for one in living if one.pk == factor), None)
        if found is None:
            raise Invisible
        refuse(why_not_drop_factor(needed=needed, others=len(living) - 1))
        found.ended_at = now
        found.save(update_fields=["ended_at"])
        note_door(now, "REMOVED_FACTOR", account)


@transaction.atomic
def ask_reset(*, by: Asker, now: dt.datetime, staff: UUID, reason: str, what: str = "FACTORS") -> FactorReset:
    """The first of two people: the administrator asks for somebody's second factors, or password, to be begun anew."""
    refuse(why_not_role(by.sets, frozenset({P.ADMIN})))
    if not Staff.objects.filter(pk=staff).exclude(account=None).exists():
        raise Invisible
    refuse(refused_if(not reason.strip(), "REASON_MISSING"))
    open_one = FactorReset.objects.filter(staff_id=staff, what=what, agreed_at=None, dropped_at=None).first()
    made = open_one or FactorReset.objects.create(
        municipality_id=by.municipality,
        staff_id=staff,
        reason=reason.strip()[:200],
        asked_at=now,
        asked_by_id=by.staff,
        what=what,
    )
    note_act(by, now, "ask_reset", staff)
    return made


@transaction.atomic
def agree_reset(*, by: Asker, now: dt.datetime, reset: UUID) -> Handed | None:
    """The second: somebody else of the city agrees. Sessions end; the next sign-in sets up anew what was reset.

    Returns the password for the first time where it is the password; it is shown once, to the one who agrees.
    """
    refuse(why_not_role(by.sets, AGREEING))
    found = FactorReset.objects.select_for_update().filter(pk=reset, dropped_at=None).first()
    if found is None:
        raise Invisible
    own = found.staff_id == by.staff
    refuse(why_not_reset(agreed=found.agreed_at is not None, same_person=found.asked_by_id == by.staff, own=own))
    found.agreed_at, found.agreed_by_id = now, by.staff
    found.save(update_fields=["agreed_at", "agreed_by"])
    account = Staff.objects.values_list("account", flat=True).get(pk=found.staff_id)
    handed = None
    if account is not None and found.what == "PASSWORD":
        handed = hand_first_password(account, now)
    elif account is not None:
        _clear(account, now)
    note_act(by, now, "agree_reset", found.staff_id)
    return handed


def _clear(account: UUID, now: dt.datetime) -> None:
    with transaction.atomic(using="door"):
        Factor.objects.filter(account=account, ended_at=None).update(ended_at=now)
        SignIn.objects.filter(account=account, ended_at=None).update(ended_at=now)
        note_door(now, "RESET", account)


@transaction.atomic
def close_account(*, by: Asker, now: dt.datetime, staff: UUID, reason: str) -> None:
    """利用停止: this person's account is dead at its next request, in every town (P4). Their posts stay as they are."""
    refuse(why_not_role(by.sets, frozenset({P.ADMIN})))
    account = Staff.objects.filter(pk=staff).exclude(account=None).values_list("account", flat=True).first()
    if account is None:
        raise Invisible
    refuse(refused_if(not reason.strip(), "REASON_MISSING"))
    with transaction.atomic(using="door"):
        Account.objects.filter(pk=account).update(is_active=False)
        SignIn.objects.filter(account=account, ended_at=None).update(ended_at=now)
        note_door(now, "CLOSED", account)
    note_act(by, now, "close_account", staff)
