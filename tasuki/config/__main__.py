"""Django's own commands, for development and checks: `python -m tasuki.config <command>`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tasuki.config.settings")
    execute_from_command_line(sys.argv)
