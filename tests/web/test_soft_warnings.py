"""What would be better done first is said before an act, and stops nobody (T03, T06, T13)."""

from __future__ import annotations

import pytest

from tests.web.conftest import Stage
from tests.web.test_acts import PLAN, TARGETS

UNASSESSED = "まだ書かれていません"


# Faults planted: was_assessed() answered with yes; unassessed() left out of one of the two acts.
@pytest.mark.parametrize("slug", ["screening", "referrals"])
def test_who_sorts_or_offers_without_an_assessment_is_told_and_not_stopped(stage: Stage, slug: str) -> None:
    address = f"/cases/{stage.id_of(TARGETS['cases'])}/{slug}/"
    client = stage.browser("hub")
    assert UNASSESSED not in client.get(address).content.decode()
    stage.run("DELETE FROM records_issue")
    answer = client.get(address)
    assert (answer.status_code, UNASSESSED in answer.content.decode()) == (200, True)


# Faults planted: every role taken for heard; the notice shown of a decided plan too.
def test_a_draft_names_the_agencies_of_its_roles_from_which_nothing_was_heard(stage: Stage) -> None:
    plan = stage.id_of(PLAN)
    client, address = stage.browser("hub"), f"/plans/{plan}/"
    told = "このケースの記録がまだ見えない機関"
    assert told not in client.get(address).content.decode()
    stage.run("UPDATE records_plan SET state = 'DRAFT' WHERE id = %s", plan)
    quiet = stage.id_of("SELECT id FROM records_agency WHERE key = 'KATAZUKE'")
    stage.run(
        "UPDATE records_planrole SET agency_id = %s WHERE id = (SELECT id FROM records_planrole WHERE plan_id = %s ORDER BY id LIMIT 1)",
        quiet,
        plan,
    )
    page = client.get(address).content.decode()
    assert told in page
    name = str(stage.value("SELECT name FROM records_agency WHERE id = %s", quiet))
    assert name in page.split(told)[1].split("</strong>")[0]
