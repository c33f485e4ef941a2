"""The settings of a site of Lino Welfare, read by Lino's own interpreter (bench.peers.welfare makes it) and by nothing else.

LINO_DATABASE is its database as Django's settings want it, as JSON; LINO_CACHE a folder of its own.
"""

import json
import os

from lino_weleup.settings import *  # noqa: F403  as every site of Lino begins
from lino_weleup.settings import Site as Welfare

MOVED = ("contacts", "show_birthdays")  # the pinned Lino has it in another plugin, and would not start


class Site(Welfare):
    """Lino Welfare as it comes: in one language, with its web client and the tables of codes that it brings along."""

    title = "peer"
    languages = "en"
    is_demo_site = False
    demo_fixtures = ("std", "std2")
    default_ui = "lino_react.react"
    cache_dir = os.environ["LINO_CACHE"]

    def get_plugin_configs(self):
        """Give the settings of plugins, without the one that moved."""
        return (one for one in super().get_plugin_configs() if one[:2] != MOVED)


SITE = Site(globals())
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
SECRET_KEY = "made up for one run"  # noqa: S105
DATABASES = {"default": json.loads(os.environ["LINO_DATABASE"])}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
