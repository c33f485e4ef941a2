"""Keys that hold a municipality together: a row may only point to a row of its own municipality."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import ForeignKey, Model

MARK = "in_municipality"
LONGEST_NAME = 63


@dataclass(frozen=True, order=True)
class Key:
    """One reference: `columns` of `table` point to `goals` of `target`, municipality first where both have one."""

    table: str
    columns: tuple[str, ...]
    target: str
    goals: tuple[str, ...]

    @property
    def name(self) -> str:
        """The constraint's name: it changes when the target does."""
        mark = hashlib.sha256(f"{self.target}.{self.goals}".encode()).hexdigest()[:6]
        return _short(f"{self.table}_{self.columns[-1]}", f"_{MARK}_{mark}")

    @property
    def unique_name(self) -> str | None:
        """The name of the unique constraint that a composite key needs on its target."""
        return _short(f"{self.target}_{self.goals[-1]}", f"_{MARK}_unique") if len(self.goals) > 1 else None


def wanted() -> list[Key]:
    """Return the keys to make, in order.

    Between two tables of municipalities (municipality_id, x_id) → (municipality_id, id); for any other reference
    that Django was told not to tie (db_constraint=False) x_id → id. A municipality has no key of its own where another key
    always leads through it: every row would be checked once more for the same.
    """
    models = apps.get_app_config("records").get_models(include_auto_created=True)
    return sorted(key for model in models for key in _keys_of(model))


def apply(connection: BaseDatabaseWrapper) -> None:
    """Make the keys that are missing and drop those that no model asks for any more; in one transaction, as owner."""
    keys = wanted()
    names = {key.name for key in keys} | {key.unique_name for key in keys}
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace AND conname LIKE %s"
            " ORDER BY contype, conname",  # f before u: a unique constraint goes after what rests on it
            [f"%\\_{MARK}\\_%"],
        )
        present = {str(name): str(table) for table, name in cursor.fetchall()}
        for name, table in present.items():
            if name not in names:
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for statement in _missing(keys, frozenset(present)):
            cursor.execute(statement)


def _missing(keys: list[Key], present: frozenset[str]) -> Iterator[str]:
    uniques = {key.unique_name: key for key in keys if key.unique_name}
    for name, key in uniques.items():
        if name not in present:
            yield f'ALTER TABLE "{key.target}" ADD CONSTRAINT "{name}" UNIQUE ({_list(key.goals)})'
    for key in keys:
        if key.name not in present:
            yield (
                f'ALTER TABLE "{key.table}" ADD CONSTRAINT "{key.name}" FOREIGN KEY ({_list(key.columns)})'
                f' REFERENCES "{key.target}" ({_list(key.goals)}) DEFERRABLE INITIALLY IMMEDIATE'
            )


def _keys_of(model: type[Model]) -> Iterator[Key]:
    fields: list[Any] = [field for field in model._meta.local_fields if isinstance(field, ForeignKey)]
    held = any(_inside(model, field) and not field.null for field in fields)
    for field in fields:
        if field.name == "municipality" and held:
            continue
        target, inside = field.related_model, _inside(model, field)
        before = ("municipality_id",) if inside else ()
        if inside or not field.db_constraint:
            goals = (*before, field.target_field.column)
            yield Key(model._meta.db_table, (*before, field.column), target._meta.db_table, goals)


def _inside(model: type[Model], field: Any) -> bool:
    return field.name != "municipality" and _has_municipality(model) and _has_municipality(field.related_model)


def _has_municipality(model: type[Model]) -> bool:
    try:
        return isinstance(model._meta.get_field("municipality"), ForeignKey)
    except FieldDoesNotExist:
        return False


def _list(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _short(stem: str, tail: str) -> str:
    if len(stem) + len(tail) > LONGEST_NAME:
        stem = stem[: LONGEST_NAME - len(tail) - 9] + "_" + hashlib.sha256(stem.encode()).hexdigest()[:8]
    return stem + tail
