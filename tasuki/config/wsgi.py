"""The entrance for the web server."""

import os

from django.core.wsgi import get_wsgi_application

from tasuki.ops.follow import follow

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tasuki.config.settings")
application = get_wsgi_application()
follow()
