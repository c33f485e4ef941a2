"""評価 on screen: it asks for each goal of its plan, beside what the goal says."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from tasuki.web.act.catalogue import ACTS
from tests.web.conftest import Stage
from tests.web.test_acts import prepared, somebody


# Faults planted: six goals asked for, however many there are; the goals without what they say; the last goal not read.
@pytest.mark.parametrize("goals", [1, 2, 3, 9])
def test_an_evaluation_asks_for_each_goal_of_the_plan_and_for_no_other(stage: Stage, goals: int) -> None:
    act = ACTS["plans", "evaluation"]
    address = prepared(stage, act)
    plan = address.split("/")[2]
    stage.run("DELETE FROM records_goal WHERE plan_id = %s AND number > %s", plan, goals)
    stage.run(
        "INSERT INTO records_goal (id, municipality_id, plan_id, number, text, attained)"
        " SELECT gen_random_uuid(), p.municipality_id, p.id, n, '目標の文 ' || n, '' FROM records_plan p, generate_series(3, %s) n WHERE p.id = %s",
        goals, plan,
    )  # fmt: skip
    client = somebody(stage, act)
    page = client.get(address).content.decode()
    told = stage.column("SELECT text FROM records_goal WHERE plan_id = %s ORDER BY number", plan)
    assert re.findall(r'<legend class="label">目標(\d)</legend><p class="support">([^<]+)</p>', page) == [
        (str(n), text) for n, text in enumerate(told, start=1)
    ]
    reached = {f"goal{n}": "達成" if n == goals else "未達成" for n in range(1, goals + 1)}
    sent = client.post(address, {"form_key": str(uuid4()), "verdict": "REPLAN", **reached})
    assert sent.status_code == 302, sent.content.decode()[:2000]
    attained = stage.column("SELECT attained FROM records_goal WHERE plan_id = %s ORDER BY number", plan)
    assert attained == [*["未達成"] * (goals - 1), "達成"]
