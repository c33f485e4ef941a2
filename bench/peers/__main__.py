"""`python -m bench.peers <password> <name>…` makes the tables of Django's admin and lets these people in."""

import sys

from bench.peers.djadmin import make_ready

make_ready(sys.argv[1], sys.argv[2:])
