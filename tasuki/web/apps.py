"""The entry of the front door in Django's list of apps."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, template tags and static files of the screens."""

    name = "tasuki.web"
    label = "web"
    verbose_name = "画面"
