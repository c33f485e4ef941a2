"""The footprint: what was done, what was read and its seals, what is being written, which forms were sent."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from tasuki.records.models.ground import Belonging, Leaf, moment, to, word


class JournalLine(Belonging):
    """One act: who, in which post, from which machine, when, what, on which row. No name and no text of a person.

    The database adds `seq`, a running number that no role can choose; the seals count by it.
    """

    at = moment()
    staff = models.UUIDField()
    agency = models.UUIDField()
    post = models.UUIDField(null=True)
    terminal = word(45)
    act = word(40)
    target = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["municipality", "at"]), models.Index(fields=["case", "at"])]


class ReadLine(Belonging):
    """One reading of personal data: who, in which post, from which machine, when, what, whom, on which ground.

    `target` is the row that was opened, `case` its case where there is one. `seq` as in JournalLine.
    """

    at = moment()
    staff = models.UUIDField()
    agency = models.UUIDField()
    post = models.UUIDField(null=True)
    terminal = word(45)
    door = word(20)
    what = word(60)
    target = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    persons = ArrayField(models.UUIDField(), default=list)
    ground = word(14)

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "at"]),
            models.Index(fields=["staff", "at"]),
            # Of use only to functions of tasuki_law: under row security the operator is not leakproof.
            GinIndex(fields=["persons"], name="readline_persons"),
        ]


class Seal(Belonging):
    """封: a digest over a batch of lines and the seal before it. Whoever changes a line breaks every seal after it.

    `book` is READ or ACT; the batch is every line with since < seq <= until. `places`, `ids` and `digests` (16 bytes
    a line) tell which line was changed, and are themselves under `digest`.
    """

    book = word(4)
    number = models.PositiveBigIntegerField()
    since = models.BigIntegerField()
    until = models.BigIntegerField()
    lines = models.PositiveIntegerField()
    places = ArrayField(models.BigIntegerField())
    ids = ArrayField(models.UUIDField())
    digests = models.BinaryField()
    previous = word(64)
    digest = word(64)
    sealed_at = moment()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "book", "number"], name="seal_once"),
            models.CheckConstraint(condition=models.Q(book__in=["READ", "ACT"]), name="seal_book"),
        ]


class Draft(Leaf):
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
