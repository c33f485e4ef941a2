"""Who works here: sign-in accounts, staff members, their dated posts."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tasuki.records.models.ground import Belonging, Leaf, moment, prose, to, word


class Account(AbstractBaseUser):
    """A way to sign in. Read only over the door connection, never by the role that serves pages."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login = models.CharField(max_length=80, unique=True)
    name = word(80)
    is_active = models.BooleanField(default=True)
    failures = models.IntegerField(default=0)
    locked_until = moment(null=True)
    last_failed_at = moment(null=True)
    # When the account was first told that it needs a second factor: the town's grace counts from then.
    asked_at = moment(null=True)
    # Until when a password that somebody else handed over is taken; from the change of it on, never again.
    first_until = moment(null=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = BaseUserManager()


class SignIn(models.Model):
    """A session that passed the door. `key_hash` is SHA-256 of the session key, never the key.

    Without a post it may choose one and nothing else. It dies `idle_seconds` after `seen_at` and at `expires_at`;
    begin_request asks both, and the account, at every request. `proved_at` is when its person last proved who they are.
    """

    key_hash = models.CharField(max_length=64, primary_key=True)
    account = models.UUIDField(db_index=True)
    staff = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    opened_at = moment()
    seen_at = moment()
    ended_at = moment(null=True)
    expires_at = moment(null=True)
    idle_seconds = models.IntegerField(default=3600)
    proved_at = moment(null=True)
    place = word(120)
    shared = models.BooleanField(default=False)
    how = word(20)


class Staff(Belonging):
    """A person who acts here. One account may be staff of several municipalities."""

    key = word(60)
    name = word(80)
    account = models.UUIDField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="staff_once"),
        ]


class Post(Belonging):
    """A dated post: this staff member in this agency with these roles. Several at once are 兼務."""

    staff = to("records.Staff")
    agency = to("records.Agency")
    roles = ArrayField(models.CharField(max_length=40), default=list)
    sets = ArrayField(models.CharField(max_length=10), default=list)
    area = word(60)
    since = moment()
    until = moment(null=True)


class Acknowledgment(Belonging):
    """守秘の確認 of one worker of a contractor for one 年度, with the words that they were shown (R10)."""

    staff = to("records.Staff")
    agency = to("records.Agency")
    fiscal_year = models.IntegerField()
    at = moment()
    wording = prose()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "staff", "agency", "fiscal_year"], name="acknowledged_once_a_year"
            ),
        ]


class StaffMove(Leaf):
    """人事異動 entered beforehand: the posts are dated by it, the cases go to the successor at its moment (settled 31).

    `at` is midnight of the day from which it counts; `done_at` is when the database carried it out.
    """

    staff = to("records.Staff")
    post = to("records.Post")
    next_post = to("records.Post", null=True)
    successor = to("records.Staff", null=True)
    at = moment()
    planned_at = moment()
    planned_by = to("records.Staff")
    done_at = moment(null=True)
    withdrawn_at = moment(null=True)
    moved = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "post"], condition=models.Q(withdrawn_at=None), name="one_move_of_a_post"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "at"], condition=models.Q(done_at=None), name="moves_due")]


class FactorReset(Leaf):
    """やり直し of second factors or of the password: an administrator asks, a second person agrees, then it happens."""

    staff = to("records.Staff")
    what = word(10, default="FACTORS")
    reason = word(200)
    asked_at = moment()
    asked_by = to("records.Staff")
    agreed_at = moment(null=True)
    agreed_by = to("records.Staff", null=True)
    dropped_at = moment(null=True)
