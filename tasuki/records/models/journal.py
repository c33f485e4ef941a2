"""The footprint: what was done, what was read, what is being written, which forms were sent."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tasuki.records.models.ground import Belonging, moment, to, word


class JournalLine(Belonging):
    """One act: who, as which agency, when, what, on which row. No name and no text of a person."""

    at = moment()
    staff = models.UUIDField()
    agency = models.UUIDField()
    act = word(40)
    target = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["municipality", "at"]), models.Index(fields=["case", "at"])]


class ReadLine(Belonging):
    """One reading of personal data: who, as which agency, when, which page, whom, on which ground."""

    at = moment()
    staff = models.UUIDField()
    agency = models.UUIDField()
    door = word(20)
    what = word(60)
    persons = ArrayField(models.UUIDField(), default=list)
    ground = word(14)

    class Meta:
        indexes = [models.Index(fields=["municipality", "at"])]


class Draft(Belonging):
    """書きかけ: what somebody was writing, kept on the server, theirs alone."""

    staff = to("records.Staff")
    agency = to("records.Agency")
    place = word(200)
    body = models.JSONField(default=dict)
    title = word(120)
    saved_at = moment()
    closed_at = moment(null=True)


class SentForm(Belonging):
    """A form that was sent once: the same key again gives the same answer and does nothing."""

    key = models.UUIDField()
    staff = models.UUIDField()
    answer = word(300)
    at = moment()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "staff", "key"], name="form_sent_once"),
        ]
