"""T30, P12: in a network with nothing but loopback everything works, and not one packet tries to leave."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unittest

from tests.house.source import ROOT
from tests.web.access.sealed import NOT_ALLOWED
from tests.web.access.town import SPRING
from tests.web.conftest import Stage

LISTS = ("/", "/consultations/", "/households/", "/referrals/", "/conferences/", "/resources/", "/figures/", "/watches/",
         "/provisions/", "/search/?q=五百旗頭", "/households/export.csv", "/households/export.xlsx")  # fmt: skip


# Fault planted: socket.create_connection() to another address in queries/today.py; a picture of another host in house/page.html.
def test_no_packet_leaves_the_house_in_a_whole_morning(town: Stage) -> None:
    case = town.id_of("SELECT id FROM records_case ORDER BY opened_at LIMIT 1")
    plan = town.id_of("SELECT id FROM records_plan ORDER BY version LIMIT 1")
    sitting = town.id_of("SELECT id FROM records_sitting WHERE state = 'HELD' ORDER BY at DESC LIMIT 1")
    addresses = [*LISTS, f"/cases/{case}/", f"/cases/{case}/sight/", f"/plans/{plan}/", f"/plans/{plan}/plan.pdf",
                 f"/sittings/{sitting}/", f"/sittings/{sitting}/minutes-consent.pdf"]  # fmt: skip
    cookie = town.browser("hub", SPRING).cookies["tasuki_session"].value
    ran = subprocess.run(
        [sys.executable, "-m", "tests.web.access.sealed", cookie, *addresses], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, **town.copy.server.environment(town.copy.name), "TASUKI_POOL": "0"},
    )  # fmt: skip
    if ran.returncode == NOT_ALLOWED:
        # Nothing else can show it: a machine that lets nobody make a network of their own says so in the run's last lines.
        raise unittest.SkipTest(f"この機械では、外につながらない網を作れません（{ran.stderr.strip()}）。")
    assert ran.returncode == 0, ran.stderr[-3000:]
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told["knocked"] > 0, told  # the counter counts
    assert told["interfaces"] == ["lo"]
    assert told["heard"] == []
    assert told["shut"] == []
    assert told["left"] == 0
