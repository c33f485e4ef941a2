"""会議: sittings, agenda items each with its own basis, seats, materials, decisions, opinions, pledges."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tasuki.records.models.ground import Belonging, Leaf, day, moment, prose, to, word


class Sitting(Belonging):
    """開催回: one meeting of a conference, summoned and held."""

    conference = to("records.Conference")
    secretariat = ArrayField(models.UUIDField(), default=list)
    called_by = to("records.Agency")
    at = moment()
    state = word(12)
    held_at = moment(null=True)
    agenda = models.JSONField(default=list)
    minutes = prose()
    place = word(80)
    present = ArrayField(models.UUIDField(), default=list, blank=True)
    version = models.IntegerField(default=1)


class AgendaItem(Belonging):
    """議題: the basis stands on the item, never on the meeting."""

    sitting = to(Sitting)
    case = to("records.Case", null=True)
    kind = word(20)
    basis = word(14)
    reason = prose()
    plan = to("records.Plan", null=True)
    position = models.IntegerField(default=1)
    minutes_planned = models.IntegerField(default=15)
    discussion = prose()
    archived_at = moment(null=True)


class ItemPerson(Leaf):
    """A person whom an item is about."""

    item = to(AgendaItem, indexed=False)
    person = to("records.Person")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="item_person_once")]


class Seat(Leaf):
    """Who is invited to an item or named as deputy, in the agency for which they were invited."""

    item = to(AgendaItem, indexed=False)
    staff = to("records.Staff")
    agency = to("records.Agency")
    is_deputy = models.BooleanField(default=False)
    present = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "staff"], name="seat_once")]


class ItemMaterial(Leaf):
    """A record put on the item: readable with it, whatever its scope and class; nothing else is."""

    item = to(AgendaItem)
    record = to("records.Record")


class MaterialRequest(Leaf):
    """資料提供依頼 (F14, 法106条の6第3項): what an agency is asked for an item; its answer is kept under the item only."""

    item = to(AgendaItem)
    asking = to("records.Agency")
    agency = to("records.Agency", indexed=False)
    scope = prose()
    reason = prose()
    asked_at = moment()
    asked_by = to("records.Staff")
    due_on = day(null=True)
    state = word(10)
    answered_at = moment(null=True)
    answered_by = to("records.Staff", null=True)
    answer = prose()

    class Meta:
        indexes = [models.Index(fields=["agency", "state"])]


class Decision(Leaf):
    """決まったこと: who does what by when; it becomes a task."""

    item = to(AgendaItem)
    text = prose()
    agency = to("records.Agency", null=True)
    due_on = day(null=True)
    task = to("records.Task", null=True)


class Opinion(Leaf):
    """What an agency said of the plan, and whether it agrees."""

    item = to(AgendaItem)
    agency = to("records.Agency")
    agrees = models.BooleanField(null=True)
    text = prose()


class Pledge(Leaf):
    """守秘義務誓約 (F13) of one person, for a period. A successor inherits none."""

    staff = to("records.Staff")
    agency = to("records.Agency")
    since = moment()
    until = day()
