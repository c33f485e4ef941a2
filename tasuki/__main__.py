"""The door for `python -m tasuki`."""

import sys

from tasuki.ops.cli import main

sys.exit(main())
