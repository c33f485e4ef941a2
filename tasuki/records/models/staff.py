"""Who works here: sign-in accounts, staff members, their dated posts."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tasuki.records.models.ground import Belonging, moment, to, word


class Account(AbstractBaseUser):
    """A way to sign in. Read only over the door connection, never by the role that serves pages."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login = models.CharField(max_length=80, unique=True)
    name = word(80)
    is_active = models.BooleanField(default=True)
    failures = models.IntegerField(default=0)
    locked_until = moment(null=True)
    last_failed_at = moment(null=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = BaseUserManager()


class SignIn(models.Model):
    """A session that has chosen its post. `key_hash` is SHA-256 of the session key, never the key."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    account = models.UUIDField(db_index=True)
    staff = models.UUIDField()
    post = models.UUIDField()
    opened_at = moment()
    seen_at = moment()
    ended_at = moment(null=True)


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
