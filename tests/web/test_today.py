"""今日 of a desk with much to do: turned in pages, by kind, and of one's own cases; nobody is read who is not on the page."""

from __future__ import annotations

import re

import pytest

from tasuki.queries import today as queries
from tasuki.web.today import views
from tests.web.conftest import AUTUMN, Stage


def kinds(body: str) -> list[str]:
    """Return the kinds of the rows of a page, in order."""
    rows = re.findall(r'<li class="wait" data-row>(.*?)</li>', body, re.DOTALL)
    return [re.findall(r"<span>([^<]+)</span><div><strong>", one)[0] for one in rows]


@pytest.fixture
def busy(stage: Stage) -> Stage:
    """Give the hub five promises of two kinds at the case of the story."""
    stage.run(
        "INSERT INTO records_task (id, municipality_id, case_id, agency_id, kind, text, due_on, opened_at)"
        " SELECT gen_random_uuid(), c.municipality_id, c.id, g.id, CASE WHEN n %% 2 = 0 THEN 'FOLLOW_UP' ELSE 'ROLE' END,"
        " '約束' || n, (%s)::date + n, %s FROM records_case c JOIN records_agency g ON g.key = 'HUB', generate_series(1, 5) n"
        " WHERE c.hub_id = g.id", AUTUMN, AUTUMN,
    )  # fmt: skip
    return stage


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page be full with two rows."""
    monkeypatch.setattr(queries, "MOST", 2)
    monkeypatch.setattr(views, "FEW", 1)


# Faults planted: OFFSET left out; the tally of the page instead of all; kinds not filtered.
@pytest.mark.usefixtures("narrow")
def test_every_row_is_on_one_page_and_under_its_kind(busy: Stage) -> None:
    client = busy.browser("hub")
    first = client.get("/").content.decode()
    whole = int(re.findall(r"待っているもの\s*<strong>(\d+)件", first)[0])
    assert whole > 2
    found, at = [], 1
    while True:
        body = client.get(f"/?page={at}").content.decode()
        found += kinds(body)
        assert len(kinds(body)) <= 2
        if 'rel="next"' not in body:
            break
        at += 1
    assert len(found) == whole
    tabs = dict(re.findall(r'href="/\?kind=([A-Z_]+)"[^>]*>[^<]+<span>(\d+)</span>', first))
    assert sum(map(int, tabs.values())) == whole
    for kind, count in tabs.items():
        of_kind = client.get(f"/?kind={kind}").content.decode()
        assert set(kinds(of_kind)) == {views.KINDS[kind][0]}
        assert f"<strong>{count}件</strong>" in of_kind


# Fault planted: the people of the second page noted with those of the first.
def test_nobody_is_read_who_is_not_on_the_page(busy: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST", 1)
    busy.run(  # the most urgent is about nobody
        "INSERT INTO records_task (id, municipality_id, agency_id, kind, text, due_on, opened_at)"
        " SELECT gen_random_uuid(), municipality_id, id, 'INQUIRY', '照会', '2000-01-01', %s FROM records_agency WHERE key = 'HUB'",
        AUTUMN,
    )
    client, read = busy.browser("hub"), "SELECT count(*) FROM records_readline WHERE what = 'today' AND persons <> '{}'"
    before = busy.value(read)
    assert kinds(client.get("/").content.decode()) == ["該当の照会"]
    assert busy.value(read) == before
    assert kinds(client.get("/?page=2").content.decode()) != ["該当の照会"]
    assert busy.value(read) != before


# Faults planted: another's case left in; what belongs to no case left out.
def test_one_may_look_at_ones_own_cases_alone(busy: Stage) -> None:
    stage, client = busy, busy.browser("hub")
    everything, mine = client.get("/").content.decode(), client.get("/?mine=1").content.decode()
    stage.run(
        "UPDATE records_caseworker SET staff_id = (SELECT id FROM records_staff WHERE key = 'city')"
        " WHERE staff_id = (SELECT id FROM records_staff WHERE key = 'hub')"
    )
    others = client.get("/?mine=1").content.decode()
    assert set(kinds(others)) <= set(kinds(everything))
    assert len(kinds(others)) < len(kinds(mine)) <= len(kinds(everything))


# Fault planted: the redirect left out.
@pytest.mark.parametrize("asked", ["kind=NO_WORKER", "kind=x", "page=99", "mine=1&page=99"])
def test_a_page_on_which_nothing_waits_any_more_leads_to_the_first(stage: Stage, asked: str) -> None:
    answer = stage.browser("hub", AUTUMN).get(f"/?{asked}")
    assert answer.status_code == 302
    assert answer["Location"] == ("/?mine=1" if "mine" in asked else "/")
