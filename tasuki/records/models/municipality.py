"""A municipality as data: areas, departments, agencies, programmes, role names, conferences, settings."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tasuki.records.models.ground import Belonging, day, moment, prose, word
from tasuki.rules.conference import Quorum, QuorumOf


class Municipality(models.Model):
    """A city, town or village on this server. To each other they do not exist."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=60, unique=True)
    name = word(60)
    prefecture = word(20)
    kind = word(20)
    profile = word(60)


class Area(Belonging):
    """圏域: a named part of the town, on a level (日常生活圏域, 学区 …)."""

    key = word(40)
    name = word(60)
    level = word(40)
    parent = word(40)
    position = models.IntegerField(default=0)
    ended_on = day(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="area_once"),
        ]


class Department(Belonging):
    """A department or section of the town's own administration (部・課・委員会)."""

    key = word(40)
    name = word(60)
    parent = word(40)
    kind = word(20)
    ended_on = day(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="department_once"),
        ]


class Agency(Belonging):
    """支援関係機関: a desk, centre or body that receives, holds or supports. Ended, never deleted."""

    key = word(40)
    name = word(120)
    kind = word(40)
    field = word(10)
    mode = word(10)
    contractor = word(120)
    department = word(40)
    functions = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    areas = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    is_hub = models.BooleanField(default=False)
    is_welfare = models.BooleanField(default=True)
    valid_from = day(null=True)
    valid_until = day(null=True)
    contract_until = day(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="agency_once"),
        ]


class Programme(Belonging):
    """One item of 社会福祉法106条の4第2項 in one area from one day (未実施 too)."""

    item = word(8)
    name = word(120)
    field = word(10)
    status = word(10)
    area = word(60)
    since = day(null=True)

    class Meta:
        indexes = [models.Index(fields=["municipality", "item", "area"])]


class RoleName(Belonging):
    """What a role is called here, and the permission sets behind the local name."""

    key = word(40)
    name = word(80)
    sets = ArrayField(models.CharField(max_length=10), default=list)
    ended_on = day(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="role_name_once"),
        ]


class Conference(Belonging):
    """会議体: its purposes, the bases an item may have there, who prepares and who belongs to it."""

    key = word(40)
    name = word(80)
    purposes = ArrayField(models.CharField(max_length=20), default=list)
    bases = ArrayField(models.CharField(max_length=20), default=list)
    secretariat = ArrayField(models.UUIDField(), default=list, blank=True)
    members = ArrayField(models.UUIDField(), default=list, blank=True)
    chair = word(60)
    frequency = word(60)
    content = prose()
    quorum = word(16)
    quorum_number = models.IntegerField(default=0)
    quorum_of = word(8)
    quorum_source = word(200)
    ended_on = day(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="conference_once"),
            models.CheckConstraint(
                condition=models.Q(quorum__in=["", *(one.value for one in Quorum)])
                & models.Q(quorum_of__in=["", *(one.value for one in QuorumOf)]),
                name="conference_quorum",
            ),
        ]


class Setting(Belonging):
    """One section of the town's way of working (clocks, decision, routing, words …) from one moment on.

    The newest row of a section is in force; the older ones are its history.
    """

    section = word(40)
    body = models.JSONField(default=dict)
    since = moment()
    changed_by = word(60)
    reason = word(200)

    class Meta:
        indexes = [models.Index(fields=["municipality", "section", "-since"])]
