"""The case of a household, who holds its たすき, its つなぎ, its strands, watches and tasks."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q

from tasuki.records.models.ground import Belonging, Leaf, day, moment, prose, to, word


class _Span(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Case(Belonging):
    """ケース: one household's way through support, from the desk that received it to its end."""

    household = to("records.Household")
    agency = to("records.Agency")
    state = word(20)
    before_suspension = word(20)
    screened_as = word(12)
    hub = to("records.Agency", null=True)
    hub_since = moment(null=True)
    use_decided_at = moment(null=True)
    opened_at = moment()
    ended_at = moment(null=True)
    end_reason = word(40)
    next_check_on = day(null=True)
    reopened_at = moment(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(
                fields=["municipality"], condition=Q(state__in=["ARCHIVED", "DISPOSED"]), name="case_put_away"
            ),
        ]


class CasePerson(Leaf):
    """A person for whom the case was received, as long as they belong to its household."""

    case = to(Case, indexed=False)
    person = to("records.Person")
    joined_at = moment()
    left_at = moment(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="case_person_once")]


class CaseWorker(Leaf):
    """The worker who received, accepted or reopened the case: may not leave without a successor."""

    case = to(Case)
    staff = to("records.Staff")
    agency = to("records.Agency")
    since = moment()
    until = moment(null=True)


class Holding(Leaf):
    """たすき: which agency holds the case, from when to when. Never two at once, never nobody."""

    case = to(Case)
    agency = to("records.Agency")
    since = moment()
    until = moment(null=True)
    reason = word(30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(until=None), name="one_holder_now"),
            ExclusionConstraint(
                name="one_holder_at_every_instant",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    (_Span("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Referral(Leaf):
    """つなぎ or つなぎもどし: an offer. The たすき moves only when it is accepted."""

    record = to("records.Record")
    case = to(Case)
    kind = word(12)
    sender = to("records.Agency")
    receiver = to("records.Agency", indexed=False)
    basis = word(12)
    no_consent_reason = prose()
    sheet = prose()
    wants = word(40)
    tried = prose()
    warm = word(12)
    state = word(12)
    sent_at = moment()
    answer_by = moment(null=True)
    answered_at = moment(null=True)
    answered_by = to("records.Staff", null=True)
    advice = prose()
    lead = to("records.Agency", null=True)
    follow_up_on = day(null=True)
    closed_at = moment(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="OFFERED"), name="one_open_referral"),
        ]
        indexes = [models.Index(fields=["receiver", "state"])]


class Strand(Leaf):
    """アウトリーチ or 参加支援 for one person: a line of its own, with its own state."""

    case = to(Case)
    person = to("records.Person")
    kind = word(14)
    agency = to("records.Agency")
    basis = word(14)
    item = to("records.AgendaItem", null=True)
    stage = word(20)
    opened_at = moment()
    ended_at = moment(null=True)
    end_reason = prose()


class Watch(Leaf):
    """見守り: who looks in, how often, what calls for help, and who goes first.

    `watchers` is the rota in its order; `turn` whose turn is next (none: the first of the rota), `taken_from` whose it
    was before it was taken over, `last_by` who of the card looked in last.
    """

    record = to("records.Record")
    case = to(Case, null=True)
    watchers = ArrayField(models.UUIDField(), default=list)
    first_responder = to("records.Agency")
    every_days = models.IntegerField()
    triggers = models.JSONField(default=list)
    turn = to("records.Agency", null=True)
    taken_from = to("records.Agency", null=True)
    last_by = to("records.Agency", null=True)
    started_at = moment()
    last_contact_at = moment(null=True)
    ended_at = moment(null=True)
    end_reason = prose()


class Task(Belonging):
    """Something that somebody promised: an agency, what, by when."""

    case = to(Case, null=True)
    record = to("records.Record", null=True)
    agency = to("records.Agency")
    text = prose()
    kind = word(20)
    due_on = day(null=True)
    done_at = moment(null=True)
    done_by = to("records.Staff", null=True)
    opened_at = moment()
