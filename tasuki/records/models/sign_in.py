"""What the door keeps beside accounts and sessions: second factors, what happened at the door, who knocked in vain."""

from __future__ import annotations

import uuid

from django.db import models

from tasuki.records.models.ground import moment, word


class Factor(models.Model):
    """A second factor of an account: TOTP, one RECOVERY code, or a PASSKEY.

    `sealed` is encrypted by a key outside the database (records/vault.py); of a recovery code it is a keyed hash.
    `used_step` is the last step of the clock whose TOTP code was taken, so that none is taken twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.UUIDField(db_index=True)
    kind = word(10)
    name = word(60)
    sealed = models.BinaryField()
    credential = models.BinaryField(null=True)
    used_step = models.BigIntegerField(default=0)
    made_at = moment()
    used_at = moment(null=True)
    ended_at = moment(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["TOTP", "RECOVERY", "PASSKEY"]), name="factor_is_of_a_known_kind"
            ),
            models.UniqueConstraint(
                fields=["credential"], condition=models.Q(credential__isnull=False, ended_at=None), name="passkey_once"
            ),
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(kind="TOTP", ended_at=None), name="one_totp_of_an_account"
            ),
        ]


class DoorLine(models.Model):
    """What happened at the door: signed in, failed, locked, a factor added. Written once, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = moment()
    account = models.UUIDField(null=True)
    what = word(20)
    source = word(60)

    class Meta:
        indexes = [models.Index(fields=["account", "-at"])]


class Knock(models.Model):
    """Failures from one source address, kept by its keyed hash: each one more makes the next wait longer."""

    source = models.CharField(max_length=64, primary_key=True)
    failures = models.IntegerField(default=0)
    last_at = moment()
    closed_until = moment(null=True)
