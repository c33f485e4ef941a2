"""People and households: identity, address and phone apart, labels, bars, protections, links."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from tasuki.records.models.ground import Belonging, Leaf, moment, prose, to, word


class Household(Belonging):
    """世帯: people who belong together in the eyes of support; `number` means nothing personal."""

    number = word(20)
    opened_at = moment()


class Person(Belonging):
    """A person on the register. Characters are stored exactly as received (外字, IVS).

    `identity` is the same for persons linked as one (名寄せ) and becomes their own again when unlinked.
    `born` is text, because a month or day may be unknown (1995-00-00).
    """

    household = to(Household)
    identity = models.UUIDField(default=uuid.uuid4, db_index=True)
    name = word(120)
    kana = word(120)
    alias = word(120)
    born = word(10)
    sex = word(10)
    language = word(20)
    relation = word(20)
    lives_with = models.BooleanField(default=True)
    labels = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    key_person = models.BooleanField(default=False)
    area = word(60)
    died_on = word(10)
    registered_at = moment()
    version = models.IntegerField(default=1)


class Contact(Leaf):
    """Where a person lives and is reached. A table of its own: a protected address needs more than a row."""

    person = to(Person)
    address = prose()
    phone = word(40)
    email = word(120)
    note = prose()


class SearchKey(Belonging):
    """A folded form of one of a person's names, birthday or numbers, for finding them; FORMER are names until a change."""

    person = to(Person)
    key = models.CharField(max_length=160, db_collation="C")
    kind = word(8)

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "key"]),
            # Kept up with each row: a list of what is not in the index yet would be read by every search.
            GinIndex(
                models.Func(models.F("municipality_id"), models.F("key"), function="name_grams"),
                fastupdate=False, name="searchkey_grams",
            ),
        ]  # fmt: skip


class HouseholdMove(Leaf):
    """A person came to or left a household: split, join, or the first registration."""

    person = to(Person)
    household = to(Household)
    reason = prose()
    moved_at = moment()
    moved_by = to("records.Staff")
    checked_by = to("records.Staff", null=True)


class Protection(Leaf):
    """DV等支援措置: the address is shown to nobody but the agency that protects."""

    person = to(Person)
    agency = to("records.Agency")
    tell_nothing = ArrayField(models.UUIDField(), default=list, blank=True)
    alleged = ArrayField(models.UUIDField(), default=list, blank=True)
    since = moment()
    review_on = models.DateField(null=True)
    ended_at = moment(null=True)
    end_reason = prose()
    checked_by = to("records.Staff", null=True)


class Bar(Leaf):
    """閲覧制限: stronger than every ground, own records and break-glass included."""

    person = to(Person)
    agency = to("records.Agency", null=True)
    staff = to("records.Staff", null=True)
    since = moment()
    ended_at = moment(null=True)
    end_reason = prose()
    checked_by = to("records.Staff", null=True)


class PersonLink(Leaf):
    """名寄せ: two persons are one. Never a merge: reversible for ever, two people confirm."""

    first = models.UUIDField()
    second = models.UUIDField()
    linked_at = moment()
    linked_by = to("records.Staff")
    checked_by = to("records.Staff")
    ended_at = moment(null=True)
