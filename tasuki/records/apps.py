"""The entry of the first floor in Django's list of apps."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """One app for every table, so that there is one chain of migrations."""

    name = "tasuki.records"
    label = "records"
    verbose_name = "記録"
