"""はじめての方へ: each kind of work has its first steps, and each of them leads to a page that opens."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import Stage

STEP = re.compile(r'<li><h2>[^<]+</h2>.*?href="([^"]+)"', re.DOTALL)
OTHERS = {"priv": ("CITY", ["PRIV"]), "admin": ("CITY", ["ADMIN"]), "mgr": ("CITY", ["MGR"])}


# Fault planted: the step 会議 offered to the administrator; a step that leads to /settings/ for a worker.
@pytest.mark.parametrize("who", ["hub", "hou3", "out", "par", "city", "minsei", *OTHERS])
def test_every_step_opens_for_whom_it_is_meant(stage: Stage, who: str) -> None:
    if who in OTHERS:
        stage.appoint(who, *OTHERS[who])
    browser = stage.browser(who)
    body = browser.get("/first-steps/").content.decode()
    steps = STEP.findall(body)
    assert 2 <= len(steps) <= 5
    assert {address: browser.get(address).status_code for address in steps} == dict.fromkeys(steps, 200)


def test_the_steps_are_reached_from_every_page(stage: Stage) -> None:
    assert 'href="/first-steps/"' in stage.browser("hub").get("/households/").content.decode()
