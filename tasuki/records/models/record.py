"""The register of everything written about people: one row for each thing that was written."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from tasuki.records.models.ground import Belonging, Leaf, moment, prose, to, word

_WORDS = models.Func(models.F("text"), models.F("fact"), models.F("opinion"), function="record_words")


class Record(Belonging):
    """Something written: who wrote it, in which agency, of which class and scope, about which case.

    Who may see a consultation, note, plan or sitting is decided here and nowhere else; the tables
    that carry their details hang on this row.
    """

    kind = word(30)
    agency = to("records.Agency", indexed=False)
    staff = to("records.Staff")
    case = to("records.Case", null=True, indexed=False)
    written_at = moment()
    data_class = word(20, default="BASIC")
    scope = word(12, default="CASE_TEAM")
    informant_confidential = models.BooleanField(default=False)
    text = prose()
    fact = prose()
    opinion = prose()
    method = word(30)
    note_kind = word(12)
    minutes = models.IntegerField(null=True)
    addressee = to("records.Agency", null=True)
    sitting = to("records.Sitting", null=True)
    amends = to("records.Record", null=True)
    details = models.JSONField(default=dict)
    locked_at = moment(null=True)
    archived_at = moment(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "-written_at"]),
            models.Index(fields=["agency", "kind", "-written_at"]),
            models.Index(
                fields=["municipality", "kind"], condition=models.Q(archived_at__isnull=False), name="record_put_away"
            ),
            models.Index(fields=["municipality", "-written_at", "id"], name="record_by_date"),
            # 07_words.sql asks it; both stand in migration 0001.
            GinIndex(
                models.Func(models.F("municipality_id"), _WORDS, function="word_grams"),
                fastupdate=False,
                name="record_grams",
            ),
        ]


class Subject(Leaf):
    """A person whom a record is about. Consent and emergency need every subject of a record.

    `agency` and `kind` are the record's own, as far as they ground sight; KEPT, once the record is put away, grounds none.
    """

    record = to(Record, indexed=False)
    person = to("records.Person", indexed=False)
    agency = to("records.Agency")
    kind = word(30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "person"], name="subject_once")]
        indexes = [models.Index(fields=["person", "agency", "kind"])]


class Consultation(Leaf):
    """相談受付 (F01): the first thing written about a household's trouble."""

    record = to(Record)
    number = word(20)
    route = word(40)
    referrer = word(40)
    topics = models.JSONField(default=list)
    pressing = word(40)
    urgency = word(10)
    visited_before = models.IntegerField(null=True)
    visitor = to("records.Person", null=True)
    again = models.BooleanField(default=False)


class Call(Belonging):
    """The number of a telephone call, of the note that tells of it. A table of its own: a number needs more than a row."""

    record = to(Record)
    number = word(40)


class Issue(Leaf):
    """課題: what an assessment found, for one person."""

    record = to(Record)
    person = to("records.Person")
    code = word(40)
    status = word(10)
    severity = models.IntegerField(null=True)
