"""社会資源: resources and hosts, matches, gaps and the projects that close them."""

from __future__ import annotations

from django.db import models

from tasuki.records.models.ground import Belonging, Leaf, moment, prose, to, word


class Gap(Belonging):
    """足りない資源: a need without a resource, and where it was noticed. No person is named."""

    key = word(40)
    need = prose()
    area = word(60)
    agency = to("records.Agency")
    registered_at = moment()
    project_at = moment(null=True)
    launched_at = moment(null=True)


class Resource(Belonging):
    """社会資源 or 受け入れ先 (F15, F16)."""

    key = word(40)
    name = word(120)
    kind = word(40)
    area = word(60)
    slots = models.IntegerField(null=True)
    conditions = prose()
    is_host = models.BooleanField(default=False)
    gap = to(Gap, null=True)
    agency = to("records.Agency")
    registered_at = moment()
    assured_at = moment(null=True)


class Match(Leaf):
    """マッチング: a person and a host, step by step."""

    person = to("records.Person")
    case = to("records.Case", null=True)
    resource = to(Resource)
    agency = to("records.Agency")
    state = word(12)
    proposed_at = moment()
    started_at = moment(null=True)
    ended_at = moment(null=True)
