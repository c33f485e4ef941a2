"""Figures: who sees them, that they are the story's, what stands behind them, and why a zero is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from tasuki.rules.calendar import JST
from tasuki.web.figure.definitions import BY_CODE, DEFINITIONS
from tasuki.web.figure.rows import period_of, why_zero
from tests.web.conftest import AUTUMN, Stage

SPRING = dt.datetime(2027, 3, 31, 18, 0, tzinfo=JST)


def body(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


# Fault planted: COUNTERS widened by FIRST, and no figures at all taken for empty ones: one of both alone still holds.
@pytest.mark.parametrize("who", ["hou3", "out", "minsei"])
def test_to_whom_figures_are_no_work_the_page_does_not_exist(stage: Stage, who: str) -> None:
    assert stage.browser(who).get("/figures/").status_code == 404
    assert stage.browser(who).get("/figures/N01/").status_code == 404
    assert stage.browser(who).get("/figures/export.csv").status_code == 404


# Fault planted: the period ended one day early.
def test_the_years_figures_are_those_that_the_story_counts(stage: Stage) -> None:
    csv = stage.browser("hub", SPRING).get("/figures/export.csv").content.decode("utf-8-sig")
    found = {(line[0], line[2]): line[4] for line in (row.strip('"').split('","') for row in csv.splitlines()[1:])}
    assert found["N01", ""] == "1"
    assert found["N06", "出席者"] == "5"
    assert (found["N10", "訪問"], found["N10", "応答のあった訪問"]) == ("4", "2")
    assert (found["K5", "届いた目標"], found["K5", "評価した目標"]) == ("2", "2")
    assert found["N07", "うち再プラン"] == "1"


# Fault planted: a definition taken out; a code misspelt.
def test_every_code_that_the_database_counts_has_a_definition(stage: Stage) -> None:
    told = stage.value("SELECT figures((SELECT id FROM records_municipality LIMIT 1), '2026-04-01', '2027-03-31')")
    assert isinstance(told, dict)
    assert set(told) == set(BY_CODE)
    for one in DEFINITIONS:
        numbers = told[one.code] if isinstance(told[one.code], dict) else {"": 0}
        assert {part.key for part in one.parts} <= set(numbers), one.code


# Fault planted: `reads` taken for everybody in web/figure/views.py.
def test_a_manager_gets_the_number_and_no_row(stage: Stage) -> None:
    stage.appoint("mgr", "HUB", ["MGR"])
    page = body(stage.browser("mgr"), "/figures/N01/")
    assert '<strong class="lead">1</strong> 件' in page
    assert "行（だれのことか）は開きません" in page
    assert "潮騒原" not in page


# Fault planted: the statement of one code broken in its WHERE.
@pytest.mark.parametrize("code", [one.code for one in DEFINITIONS])
def test_every_figure_opens_its_rows(stage: Stage, code: str) -> None:
    assert "数え方" in body(stage.browser("hub", SPRING), f"/figures/{code}/")


# Fault planted: visits joined without their subjects.
def test_the_rows_behind_a_figure_are_the_askers_own_view(stage: Stage) -> None:
    page = body(stage.browser("hub"), "/figures/N10/")
    assert page.count("潮騒原 髙恵") == 4
    assert "ドア越し" in page


# Fault planted: the chain not cut at its first zero.
def test_the_chain_stops_where_it_breaks() -> None:
    chain = why_zero(BY_CODE["N12"], {"N08": {"first": 3}, "N12": {"hosts": 0, "persons": 0, "started": 0}})
    assert [(one["said"], one["count"]) for one in chain] == [("プランを決定した", 3), ("受け入れ先がある", 0)]


# Fault planted: last year counted to its end.
def test_last_year_is_counted_to_the_same_day() -> None:
    period = period_of("", AUTUMN)
    assert period.year == 2026
    assert period.before == (dt.datetime(2025, 4, 1, tzinfo=JST), AUTUMN.replace(year=2025))
    assert period_of("2025", AUTUMN).until < dt.datetime(2026, 4, 1, tzinfo=JST)
    assert period_of("1999", AUTUMN).year == 2026


# Fault planted: my_figures asked once for every figure.
def test_the_page_of_figures_costs_at_most_twelve_statements(
    stage: Stage, statements: Callable[[Client, str], int]
) -> None:
    assert statements(stage.browser("hub"), "/figures/") <= 12
    assert statements(stage.browser("hub"), "/figures/N10/") <= 12
