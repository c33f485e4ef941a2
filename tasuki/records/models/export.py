"""Files of lists that take long to make: who asked for which, how far it is, and the file itself in pieces."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tasuki.records.models.ground import Belonging, moment, to, word
from tasuki.rules.export import WRITTEN


class Export(Belonging):
    """取り出し: one file for one person, as long as they stay signed in where they asked for it.

    `session` is the hash of the session's key, `what` the list as the footprint calls it, `asked` the list's address, sealed.
    `rows` were read so far; once all are, `total` says how many, and `rows` counts those that are written. `persons` are those
    whom the file shows, for whether they may still be seen when it is taken; `read_at` is when they were read.
    """

    staff = to("records.Staff")
    session = word(64)
    title = word(60)
    what = word(60)
    asked = models.BinaryField()
    state = word(10)
    rows = models.IntegerField(default=0)
    total = models.IntegerField(null=True)
    size = models.BigIntegerField(default=0)
    persons = ArrayField(models.UUIDField(), default=list)
    asked_at = moment()
    heard_at = moment()
    read_at = moment(null=True)
    ready_at = moment(null=True)
    taken_at = moment(null=True)
    until = moment(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=[one.value for one in WRITTEN]), name="export_state"),
        ]


class ExportPiece(Belonging):
    """A piece of a file. The table is UNLOGGED: what is in it stands in no log of the server's and in no backup."""

    export = to(Export)
    number = models.IntegerField()
    body = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "export", "number"], name="export_piece_once"),
        ]
