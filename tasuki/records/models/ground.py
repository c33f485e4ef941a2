"""What every table stands on: a random id, its municipality, and references that the database ties by both."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models


def _municipality(*, indexed: bool) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        "records.Municipality", on_delete=models.PROTECT, db_constraint=False, db_index=indexed, related_name="+"
    )


class Belonging(models.Model):
    """A row of one municipality. `id` is random, so that a number in a URL tells nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = _municipality(indexed=False)  # the key (municipality, id) is an index too, see records.keys

    class Meta:
        abstract = True


class Leaf(Belonging):
    """A row to which no other points, so that there is no such key: it is found by its municipality all the same."""

    municipality = _municipality(indexed=True)

    class Meta:
        abstract = True


def to(model: str | type[models.Model], *, null: bool = False, indexed: bool = True) -> models.ForeignKey[Any, Any]:
    """A reference to another row of the same municipality.

    Django does not make the constraint: `records.keys` makes it over (municipality, id), so that no
    row can ever point across the border of a municipality. `indexed=False` where another index begins with it.
    """
    return models.ForeignKey(
        model,
        on_delete=models.PROTECT,
        db_constraint=False,
        null=null,
        blank=null,
        db_index=indexed,
        related_name="+",
    )


def word(length: int = 60, *, default: str = "") -> models.CharField[str, str]:
    """A short text or code."""
    return models.CharField(max_length=length, blank=True, default=default)


def prose() -> models.TextField[str, str]:
    """A text as long as somebody needs."""
    return models.TextField(blank=True, default="")


def moment(*, null: bool = False) -> models.DateTimeField[Any, Any]:
    """A point in time, always with its zone; the act's `now`, never the database's clock."""
    return models.DateTimeField(null=null, blank=null)


def day(*, null: bool = False) -> models.DateField[Any, Any]:
    """A calendar day in Japan."""
    return models.DateField(null=null, blank=null)
