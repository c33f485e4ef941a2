"""The entry of the first floor in Django's list of apps."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

KEPT = 1000


def _keep_plans(connection: Any, **_: object) -> None:
    """Let a connection remember so many statements; psycopg's hundred are a few pages, each of which names its savepoints anew."""
    connection.connection.prepared_max = KEPT


class RecordsConfig(AppConfig):
    """One app for every table, so that there is one chain of migrations."""

    name = "tasuki.records"
    label = "records"
    verbose_name = "記録"

    def ready(self) -> None:
        """Tell every connection, whichever opens it."""
        connection_created.connect(_keep_plans)
