"""利用者ID: opened by the administrator with a password for the first time, which its person must change (T20)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tasuki.records.asker import Asker, Invisible
from tasuki.records.door import Handed, first_password, note_door
from tasuki.records.journal import note_act
from tasuki.records.models import Account, Municipality, Staff
from tasuki.records.pen import refuse
from tasuki.rules.permission import P, why_not_role
from tasuki.rules.sign_in import FIRST_PASSWORD, why_not_open_account


@transaction.atomic
def open_account(*, by: Asker, now: dt.datetime, staff: UUID, name: str) -> Handed:
    """Open a way in for a colleague without one. `name` is the login within the town; the town's key stands before it."""
    refuse(why_not_role(by.sets, frozenset({P.ADMIN})))
    found = Staff.objects.select_for_update().filter(pk=staff).first()
    if found is None:
        raise Invisible
    typed = name.strip().lower()
    login = f"{Municipality.objects.values_list('key', flat=True).get(pk=by.municipality)}.{typed}"
    taken = Account.objects.filter(login=login).exists()
    refuse(why_not_open_account(has_one=found.account is not None, name=typed, taken=taken))
    handed = Handed(found.name, login, first_password(), now + FIRST_PASSWORD)
    with transaction.atomic(using="door"):
        account = Account.objects.create(
            login=login, name=found.name, password=make_password(handed.password), first_until=handed.until
        )
        note_door(now, "OPENED", account.pk)
    found.account = account.pk
    found.save(update_fields=["account"])
    note_act(by, now, "open_account", staff)
    return handed
