"""保存と廃棄: how long, what stops it, who may (T32, T33)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasuki.rules import keeping
from tasuki.rules.keeping import Remaining, keep_until
from tests.rules.relay_tables import Table, Turned, allowances, name_of, refusals

DAY = dt.date(2032, 3, 31)
NEXT = DAY + dt.timedelta(days=1)
ENDS = {"it was handed back": {"state": "RETURNED"}, "it ended at the desk": {"state": "ENDED"}}
TABLES = [
    Table(keeping.why_not_classify, {"state": "CLOSED", "known": True}, [
        Turned("it is open", {"state": "SUPPORTING"}, "CASE_STILL_OPEN_TO_KEEP"),
        Turned("it is put away", {"state": "ARCHIVED"}, "ALREADY_ARCHIVED"),
        Turned("it is erased", {"state": "DISPOSED"}, "ALREADY_ARCHIVED"),
        Turned("the town has no such class", {"known": False}, "NO_SUCH_RETENTION_CLASS"),
    ], ENDS),
    Table(keeping.why_not_archive, {"state": "CLOSED", "classed": True, "stayed": False, "remaining": ""}, [
        Turned("it is open", {"state": "SUPPORTING"}, "CASE_STILL_OPEN_TO_KEEP"),
        Turned("it is put away", {"state": "ARCHIVED"}, "ALREADY_ARCHIVED"),
        Turned("it is erased", {"state": "DISPOSED"}, "ALREADY_ARCHIVED"),
        Turned("it has no class", {"classed": False}, "RETENTION_CLASS_MISSING"),
        Turned("it is stayed", {"stayed": True}, "STAYED"),
        *(Turned(f"something goes on: {one}", {"remaining": one}, f"REMAINS_{one}") for one in Remaining),
    ], ENDS),
    Table(keeping.why_not_stay, {"state": "ARCHIVED", "reason": "監査", "since": DAY, "today": DAY}, [
        Turned("it is erased", {"state": "DISPOSED"}, "ALREADY_DISPOSED"),
        Turned("no reason", {"reason": " "}, "REASON_MISSING"),
        Turned("no day", {"since": None}, "STAY_DAY_TO_COME"),
        Turned("a day to come", {"since": NEXT}, "STAY_DAY_TO_COME"),
    ], {"before it is put away": {"state": "CLOSED"}}),
    Table(keeping.why_not_lift_stay, {"lifted": False, "reason": "済"}, [
        Turned("it was lifted", {"lifted": True}, "STAY_LIFTED"),
        Turned("no reason", {"reason": " "}, "REASON_MISSING"),
    ]),
    Table(keeping.why_not_propose, {"state": "ARCHIVED", "until": DAY, "today": NEXT, "stayed": False, "proposed": False}, [
        Turned("the last day is not over", {"today": DAY}, "STILL_TO_BE_KEPT"),
        Turned("nobody knows the last day", {"until": None}, "STILL_TO_BE_KEPT"),
        Turned("it is stayed", {"stayed": True}, "STAYED"),
        Turned("somebody did", {"proposed": True}, "ALREADY_PROPOSED"),
        Turned("it is not put away", {"state": "CLOSED"}, "NOT_ARCHIVED"),
        Turned("it is erased", {"state": "DISPOSED"}, "ALREADY_DISPOSED"),
    ]),
    Table(keeping.why_not_withdraw_proposal, {"proposed": True}, [Turned("nobody did", {"proposed": False}, "NOT_PROPOSED")]),
    Table(keeping.why_not_dispose, {
        "state": "ARCHIVED", "proposed": True, "same_person": False, "stayed": False, "approval": "福第12号", "number_fits": True,
    }, [
        Turned("nobody proposed it", {"proposed": False}, "NOT_PROPOSED"),
        Turned("one's own proposal", {"same_person": True}, "APPROVED_BY_THE_PROPOSER"),
        Turned("it is stayed", {"stayed": True}, "STAYED"),
        Turned("no number of an approval", {"approval": "　"}, "APPROVAL_NUMBER_MISSING"),
        Turned("another case's number", {"number_fits": False}, "NUMBER_DIFFERS"),
        Turned("it is erased", {"state": "DISPOSED"}, "ALREADY_DISPOSED"),
    ]),
]  # fmt: skip


# Faults planted: REMAINS_MATCH left out; RETURNED taken out of OVER; today <= until → today < until; APPROVED_BY_THE_PROPOSER,
# STAY_LIFTED left out; since > today → since >= today.
@pytest.mark.parametrize(("table", "turned"), refusals(TABLES), ids=name_of)
def test_nothing_is_put_away_or_erased_when(table: Table, turned: Turned) -> None:
    found = table.ask(turned.change)
    assert found is not None
    assert found.code == turned.code


@pytest.mark.parametrize(("table", "name"), allowances(TABLES), ids=name_of)
def test_it_is_put_away_or_erased_when_nothing_stands_against_it(table: Table, name: str) -> None:
    assert table.ask(table.also_allowed.get(name, {})) is None


# Fault planted: fiscal_year(ended_on) → ended_on.year.
@pytest.mark.parametrize(
    ("ended", "years", "last"),
    [("2026-04-01", 5, "2032-03-31"), ("2027-03-31", 5, "2032-03-31"), ("2027-04-01", 5, "2033-03-31"), ("2026-12-31", 0, "2027-03-31"),
     ("2024-02-29", 10, "2034-03-31")],
)  # fmt: skip
def test_a_case_is_kept_from_the_end_of_the_fiscal_year_of_its_end(ended: str, years: int, last: str) -> None:
    assert keep_until(dt.date.fromisoformat(ended), years) == dt.date.fromisoformat(last)


# Fault planted: one year less.
@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 100))
def test_no_case_is_kept_for_less_than_its_years_nor_a_year_longer(ended: dt.date, years: int) -> None:
    last = keep_until(ended, years)
    assert (last.month, last.day) == (3, 31)
    assert last >= ended
    assert years <= last.year - ended.year <= years + 1
