"""支援プラン: versions, goals, roles per agency, judgement, decision."""

from __future__ import annotations

from django.db import models

from tasuki.records.models.ground import Belonging, Leaf, day, moment, prose, to, word


class Plan(Belonging):
    """A version of a plan (F05–F07). `id` is the id of its record."""

    record = to("records.Record")
    case = to("records.Case")
    kind = word(14)
    version = models.IntegerField(default=1)
    previous = to("records.Plan", null=True)
    state = word(12)
    direction = prose()
    applied_on = day(null=True)
    participation = word(4)
    outreach = word(4)
    ends_on = day(null=True)
    judged_at = moment(null=True)
    judged_result = word(24)
    judged_item = to("records.AgendaItem", null=True)
    decided_at = moment(null=True)
    decided_by = to("records.Staff", null=True)
    lead = to("records.Agency", null=True)
    ended_at = moment(null=True)
    evaluated_at = moment(null=True)
    verdict = word(12)
    monitor_by = day(null=True)


class Goal(Leaf):
    """目標, numbered from 1."""

    plan = to(Plan)
    number = models.IntegerField()
    text = prose()
    attained = word(10)


class PlanRole(Leaf):
    """役割: what an agency does in a plan, and how far it is."""

    plan = to(Plan)
    agency = to("records.Agency")
    what = prose()
    due_on = day(null=True)
    state = word(14, default="NOT_STARTED")
    since = moment(null=True)
