"""Passkeys (WebAuthn): registered by name, several of them, and used as a second factor or alone as the town says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tasuki.records.door import failed, is_closed, note_door
from tasuki.records.models import Account, Factor
from tasuki.records.pen import refuse
from tasuki.records.vault import seal, unseal
from tasuki.rules.refusal import refused_if

HOUSE = "たすき"
COUNT = 4  # bytes of the counter before the credential
# What a malformed or foreign answer of a browser ends in.
_UNREADABLE = (ValueError, KeyError, TypeError, LookupError)


@dataclass(frozen=True)
class Question:
    """What the browser is asked (plain JSON), and the state to remember until it answers."""

    options: dict[str, Any]
    state: dict[str, Any]


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=HOUSE))


def _living(account: UUID) -> list[Factor]:
    return list(Factor.objects.filter(account=account, kind="PASSKEY", ended_at=None).order_by("made_at", "pk"))


def _credential(one: Factor) -> AttestedCredentialData:
    return AttestedCredentialData(unseal(one.sealed, one.account)[COUNT:])


def ask_new(*, account: UUID, host: str) -> Question:
    """Ask the browser to make a passkey; those that the account has already are left out."""
    owner = Account.objects.get(pk=account)
    user = PublicKeyCredentialUserEntity(id=account.bytes, name=owner.login, display_name=owner.name or owner.login)
    options, state = _server(host).register_begin(
        user, [_credential(one) for one in _living(account)],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED,
    )  # fmt: skip
    return Question(dict(options), state)


def add_passkey(
    *, account: UUID, host: str, state: dict[str, Any], answer: Mapping[str, Any], name: str, now: dt.datetime
) -> None:
    """Add a passkey under a name. Raises Refused when the answer does not belong to the question."""
    try:
        made = _server(host).register_complete(state, answer)
    except _UNREADABLE:
        made = None
    known = made.credential_data if made else None
    refuse(refused_if(known is None, "PASSKEY_WRONG"))
    if made is None or known is None:
        return
    with transaction.atomic(using="door"):
        Factor.objects.create(
            account=account, kind="PASSKEY", name=name.strip()[:60] or "パスキー", credential=known.credential_id,
            sealed=seal(made.counter.to_bytes(COUNT) + bytes(known), account), made_at=now,
        )  # fmt: skip
        note_door(now, "ADDED_PASSKEY", account)


def ask_proof(*, account: UUID | None, host: str) -> Question:
    """Ask the browser for a proof: of one of this account's passkeys, or of any that it knows for this house (alone)."""
    known = [_credential(one) for one in _living(account)] if account else None
    wanted = UserVerificationRequirement.PREFERRED if account else UserVerificationRequirement.REQUIRED
    options, state = _server(host).authenticate_begin(known, user_verification=wanted)
    return Question(dict(options), state)


def check_proof(
    *, account: UUID | None, host: str, state: dict[str, Any], answer: Mapping[str, Any], now: dt.datetime, source: str,
    marks: Sequence[str] = (),
) -> UUID | None:  # fmt: skip
    """Return the account whose passkey has proved itself; None otherwise, which counts as a failure at the door."""
    with transaction.atomic(using="door"):
        found = _named(answer, account)
        whose = found.account if found else account or uuid4()
        owner = Account.objects.select_for_update().filter(pk=whose, is_active=True).first()
        if is_closed(owner, source, now, marks):
            return None
        if found is None or owner is None or not _proves(found, host, state, answer, now):
            failed(owner, source, now, "WRONG_PASSKEY", marks)
            return None
        return owner.pk


def _named(answer: Mapping[str, Any], account: UUID | None) -> Factor | None:
    try:
        credential = websafe_decode(answer["id"])
    except _UNREADABLE:
        return None
    living = Factor.objects.select_for_update().filter(kind="PASSKEY", ended_at=None, credential=credential)
    return (living.filter(account=account) if account else living).first()


def _proves(found: Factor, host: str, state: dict[str, Any], answer: Mapping[str, Any], now: dt.datetime) -> bool:
    whole = unseal(found.sealed, found.account)
    before, known = int.from_bytes(whole[:COUNT]), AttestedCredentialData(whole[COUNT:])
    try:
        _server(host).authenticate_complete(state, [known], answer)
        counter = AuthenticatorData(websafe_decode(answer["response"]["authenticatorData"])).counter
    except _UNREADABLE:
        return False
    if counter and counter <= before:  # a copy of the key counts on its own
        note_door(now, "COPIED_PASSKEY", found.account)
        return False
    found.sealed, found.used_at = seal(counter.to_bytes(COUNT) + bytes(known), found.account), now
    found.save(update_fields=["sealed", "used_at"])
    return True
