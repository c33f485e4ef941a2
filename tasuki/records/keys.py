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
    """One composite key: (municipality_id, column) of `table` points to (municipality_id, goal) of `target`."""

    table: str
    column: str
    target: str
    goal: str

    @property
    def name(self) -> str:
        """The constraint's name: it changes when the target does."""
        mark = hashlib.sha256(f"{self.target}.{self.goal}".encode()).hexdigest()[:6]
        return _short(f"{self.table}_{self.column}", f"_{MARK}_{mark}")

    @property
    def unique_name(self) -> str:
        """The name of the unique constraint on the target that the key needs."""
        return _short(f"{self.target}_{self.goal}", f"_{MARK}_unique")


def _short(stem: str, tail: str) -> str:
    if len(stem) + len(tail) > LONGEST_NAME:
        stem = stem[: LONGEST_NAME - len(tail) - 9] + "_" + hashlib.sha256(stem.encode()).hexdigest()[:8]
    return stem + tail


def wanted() -> list[Key]:
    """Return the keys that the models ask for: each ForeignKey between two models that name a municipality."""
    models = apps.get_app_config("records").get_models(include_auto_created=True)
    return sorted(key for model in models if _has_municipality(model) for key in _keys_of(model))


def apply(connection: BaseDatabaseWrapper) -> None:
    """Make the keys that are missing and drop those that no model asks for any more; in one transaction, as owner."""
    keys = wanted()
    names = {key.name for key in keys} | {key.unique_name for key in keys}
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace AND conname LIKE %s ORDER BY contype, conname",
            [f"%\\_{MARK}\\_%"],
        )
        present = {str(name): str(table) for table, name in cursor.fetchall()}
        for name, table in present.items():
            if name not in names:
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for statement in _missing(keys, frozenset(present)):
            cursor.execute(statement)


def _missing(keys: list[Key], present: frozenset[str]) -> Iterator[str]:
    uniques = {key.unique_name: key for key in keys}
    for name, key in uniques.items():
        if name not in present:
            yield f'ALTER TABLE "{key.target}" ADD CONSTRAINT "{name}" UNIQUE (municipality_id, "{key.goal}")'
    for key in keys:
        if key.name not in present:
            yield (
                f'ALTER TABLE "{key.table}" ADD CONSTRAINT "{key.name}"'
                f' FOREIGN KEY (municipality_id, "{key.column}")'
                f' REFERENCES "{key.target}" (municipality_id, "{key.goal}") DEFERRABLE INITIALLY IMMEDIATE'
            )


def _keys_of(model: type[Model]) -> Iterator[Key]:
    for field in model._meta.local_fields:  # noqa: SLF001  Django's documented _meta
        if not isinstance(field, ForeignKey) or field.name == "municipality":
            continue
        target: Any = field.related_model
        if _has_municipality(target):
            yield Key(model._meta.db_table, field.column, target._meta.db_table, field.target_field.column)  # noqa: SLF001


def _has_municipality(model: type[Model]) -> bool:
    try:
        return isinstance(model._meta.get_field("municipality"), ForeignKey)  # noqa: SLF001
    except FieldDoesNotExist:
        return False
