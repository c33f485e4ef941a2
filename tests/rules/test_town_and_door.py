"""The town's own ways, moves of staff, requests for material, and the door: what is refused, and from when on."""

import datetime as dt

import pytest

from tasuki.rules import municipality, request, sign_in, staff
from tasuki.rules.known_passwords import KNOWN_PASSWORDS
from tasuki.rules.sign_in import (
    FREE_KNOCKS,
    LONGEST_WAIT,
    PLAIN,
    Ways,
    read_ways,
    second_factor_by,
    strictest,
    wait_after,
)
from tests.rules.relay_tables import Table, Turned, allowances, name_of, refusals

TODAY = dt.date(2026, 11, 24)
DAY = dt.timedelta(days=1)

TOWN = [
    Table(municipality.why_not_change, {"reason": "要綱の改正", "name": "東包括"}, [
        Turned("no name", {"name": " "}, "NAME_MISSING"),
        Turned("no reason", {"reason": " "}, "REASON_MISSING"),
    ]),
    Table(municipality.why_not_end, {"reason": "統合", "on": TODAY, "today": TODAY}, [
        Turned("yesterday", {"on": TODAY - DAY}, "DAY_IS_PAST"),
        Turned("on no day", {"on": None}, "DAY_IS_PAST"),
        Turned("no reason", {"reason": " "}, "REASON_MISSING"),
    ]),
    Table(municipality.why_not_end_role, {"people": 0}, [Turned("somebody has it", {"people": 1}, "ROLE_IN_USE")]),
    Table(municipality.why_not_end_post, {"reason": "退職", "open_cases": 1, "other_posts": 1}, [
        Turned("no reason", {"reason": " "}, "REASON_MISSING"),
        Turned("one open case and no other post", {"other_posts": 0}, "SUCCESSOR_MISSING"),
    ], {"nothing is open": {"open_cases": 0, "other_posts": 0}}),
    Table(staff.why_not_plan_move, {
        "on": TODAY, "today": TODAY, "planned": False, "open_cases": 1, "has_successor": True, "heir_in_office": True,
    }, [
        Turned("yesterday", {"on": TODAY - DAY}, "DAY_IS_PAST"),
        Turned("on no day", {"on": None}, "DAY_IS_PAST"),
        Turned("planned before", {"planned": True}, "MOVE_ALREADY_PLANNED"),
        Turned("one open case and no successor", {"has_successor": False, "heir_in_office": False}, "SUCCESSOR_MISSING"),
        Turned("the successor is gone by then", {"heir_in_office": False}, "SUCCESSOR_NOT_IN_OFFICE"),
    ], {"nothing to hand over": {"open_cases": 0, "has_successor": False, "heir_in_office": False}}),
    Table(staff.why_not_withdraw_move, {"done": False}, [Turned("it has happened", {"done": True}, "MOVE_ALREADY_DONE")]),
    Table(request.why_not_request, {
        "basis": "ARTICLE_106_6", "secretariat": True, "scope": "訪問の回数", "reason": "役割を決める", "barred": False,
        "contract_ended": False, "name": "架空相談所",
    }, [
        Turned("not of the secretariat", {"secretariat": False}, "NOT_YOUR_ROLE"),
        Turned("for an open item", {"basis": "CONSENT"}, "REQUEST_ONLY_FOR_SEALED_ITEM"),
        Turned("the agency must be told nothing", {"barred": True}, "CANNOT_BE_TOLD"),
        Turned("its contract has ended", {"contract_ended": True}, "CONTRACT_ENDED"),
        Turned("what is asked is not said", {"scope": " "}, "REQUEST_SCOPE_MISSING"),
        Turned("why is not said", {"reason": " "}, "REQUEST_SCOPE_MISSING"),
    ]),
    Table(request.why_not_answer, {"state": "ASKED", "declines": False, "answer": "3回", "records": 0}, [
        Turned("declined before", {"state": "DECLINED"}, "REQUEST_ALREADY_ANSWERED"),
        Turned("answered before", {"state": "ANSWERED"}, "REQUEST_ALREADY_ANSWERED"),
        Turned("declined without a reason", {"declines": True, "answer": " ", "records": 1}, "REASON_MISSING"),
        Turned("neither words nor records", {"answer": " "}, "ANSWER_EMPTY"),
    ], {"records alone": {"answer": "", "records": 1}, "declined with a reason": {"declines": True}}),
]  # fmt: skip

LONG = "kasumi no mukou"
DOOR = [
    Table(sign_in.why_not_drop_factor, {"needed": True, "others": 1}, [
        Turned("the last one", {"others": 0}, "LAST_FACTOR"),
    ], {"where none is needed": {"needed": False, "others": 0}}),
    Table(sign_in.why_not_password, {"new": LONG, "again": LONG, "login": "hou3-id", "known": KNOWN_PASSWORDS}, [
        Turned("typed differently", {"again": LONG + "u"}, "PASSWORDS_DIFFER"),
        Turned("nine letters", {"new": "kawabatad", "again": "kawabatad"}, "PASSWORD_TOO_SHORT"),
        Turned("a thousand and one letters", {"new": "kasumi-" * 143, "again": "kasumi-" * 143}, "PASSWORD_TOO_LONG"),
        Turned("everybody's", {"new": "Password123", "again": "Password123"}, "PASSWORD_TOO_KNOWN"),
        Turned("the login in it", {"new": "x HOU3-ID x", "again": "x HOU3-ID x"}, "PASSWORD_TOO_KNOWN"),
    ], {
        "ten letters": {"new": "kawabatade", "again": "kawabatade"}, "no login": {"login": ""},
        "a thousand letters": {"new": "kasu-" * 200, "again": "kasu-" * 200},
    }),
    Table(sign_in.why_not_open_account, {"has_one": False, "name": "shioji", "taken": False}, [
        Turned("the person has one", {"has_one": True}, "ACCOUNT_THERE"),
        Turned("one letter", {"name": "s"}, "LOGIN_UNFIT"),
        Turned("forty-one letters", {"name": "s" * 41}, "LOGIN_UNFIT"),
        Turned("a capital", {"name": "Shioji"}, "LOGIN_UNFIT"),
        Turned("a space behind", {"name": "shioji "}, "LOGIN_UNFIT"),
        Turned("a mark first", {"name": ".shioji"}, "LOGIN_UNFIT"),
        Turned("somebody else's", {"taken": True}, "LOGIN_TAKEN"),
    ], {"two signs": {"name": "7s"}, "forty signs": {"name": "s.-_" * 10}}),
    Table(sign_in.why_not_reset, {"agreed": False, "same_person": False, "own": False}, [
        Turned("agreed before", {"agreed": True}, "ALREADY_DONE_RESET"),
        Turned("by the one who asked", {"same_person": True}, "SECOND_CHECK_MISSING"),
        Turned("of one's own", {"own": True}, "SECOND_CHECK_MISSING"),
    ]),
]  # fmt: skip
TABLES = [*TOWN, *DOOR]


# Fault planted: each condition turned round, one at a time (./run mutation).
@pytest.mark.parametrize(("table", "turned"), refusals(TABLES), ids=name_of)
def test_it_is_refused_when(table: Table, turned: Turned) -> None:
    found = table.ask(turned.change)
    assert found is not None
    assert found.code == turned.code


@pytest.mark.parametrize(("table", "name"), allowances(TABLES), ids=name_of)
def test_it_is_allowed_when_everything_is(table: Table, name: str) -> None:
    assert table.ask(table.also_allowed.get(name, {})) is None


# Fault planted: each number and comparison of read_ways() changed, one at a time (./run mutation).
def test_what_a_town_does_not_say_or_says_as_nonsense_is_the_stricter_way() -> None:
    assert read_ways({}) == PLAIN == Ways()
    assert PLAIN.second_factor
    assert PLAIN.passkey_alone
    assert (PLAIN.grace_days, PLAIN.idle, PLAIN.idle_shared, PLAIN.absolute) == (
        14, dt.timedelta(minutes=60), dt.timedelta(minutes=15), dt.timedelta(hours=12),
    )  # fmt: skip
    for odd in (0, -1, True, "30", None):
        found = read_ways({"idle_minutes": odd, "idle_minutes_shared": odd, "absolute_hours": odd})
        assert (found.idle, found.idle_shared, found.absolute) == (PLAIN.idle, PLAIN.idle_shared, PLAIN.absolute), odd
    assert read_ways({"second_factor_from": "4月から", "second_factor_grace_days": "7"}) == PLAIN
    assert read_ways({"second_factor": None, "passkey_alone": 0}) == PLAIN


def test_a_town_is_taken_at_its_word_up_to_a_limit() -> None:
    told = {
        "second_factor": False, "second_factor_sets": ["ADMIN"], "second_factor_from": "2026-12-01", "passkey_alone": False,
        "second_factor_grace_days": 0, "idle_minutes": 1, "idle_minutes_shared": 1, "absolute_hours": 1,
    }  # fmt: skip
    assert read_ways(told) == Ways(
        second_factor=False, sets=frozenset({"ADMIN"}), since=dt.date(2026, 12, 1), grace_days=0, passkey_alone=False,
        idle=dt.timedelta(minutes=1), idle_shared=dt.timedelta(minutes=1), absolute=dt.timedelta(hours=1),
    )  # fmt: skip
    most = read_ways({"idle_minutes": 999, "idle_minutes_shared": 999, "absolute_hours": 999})
    assert (most.idle, most.idle_shared, most.absolute) == (
        dt.timedelta(minutes=480), dt.timedelta(minutes=60), dt.timedelta(hours=24),
    )  # fmt: skip
    graces = {days: read_ways({"second_factor_grace_days": days}).grace_days for days in (-1, 0, 90, 91)}
    assert graces == {-1: 14, 0: 0, 90: 90, 91: 14}


def test_of_several_towns_the_strictest_counts() -> None:
    short = Ways(idle=DAY / 96, idle_shared=DAY, absolute=DAY, passkey_alone=False)
    found = strictest([PLAIN, short])
    assert (found.idle, found.idle_shared, found.absolute) == (DAY / 96, PLAIN.idle_shared, PLAIN.absolute)
    assert not found.passkey_alone
    assert strictest([]) == PLAIN


# Fault planted: each number and comparison of second_factor_by() changed, one at a time (./run mutation).
@pytest.mark.parametrize(
    ("ways", "asked", "last"),
    [
        (Ways(), None, TODAY + 13 * DAY),
        (Ways(), TODAY - 10 * DAY, TODAY + 3 * DAY),
        (Ways(grace_days=0), None, TODAY - DAY),
        (Ways(second_factor=False), None, None),
        (Ways(sets=frozenset({"ADMIN"})), None, None),
        (Ways(sets=frozenset({"FIRST", "ADMIN"})), None, TODAY + 13 * DAY),
        (Ways(since=TODAY + DAY), None, None),
        (Ways(since=TODAY), TODAY - 10 * DAY, TODAY + 13 * DAY),
        (Ways(since=TODAY - 30 * DAY), None, TODAY + 13 * DAY),
    ],
)
def test_the_grace_runs_from_the_towns_day_or_from_being_told(ways: Ways, asked: dt.date | None, last: object) -> None:
    assert second_factor_by([(frozenset({"FIRST"}), ways)], asked_on=asked, today=TODAY) == last


def test_of_several_posts_the_first_to_ask_counts_and_without_posts_nobody_asks() -> None:
    posts = [(frozenset({"FIRST"}), Ways(grace_days=days)) for days in (14, 3, 9)]
    assert second_factor_by(posts, asked_on=None, today=TODAY) == TODAY + 2 * DAY
    assert second_factor_by([], asked_on=None, today=TODAY) is None


# Fault planted: each number and comparison of wait_after() changed, one at a time (./run mutation).
def test_an_address_waits_twice_as_long_each_time_after_twenty_failures() -> None:
    waits = [wait_after(FREE_KNOCKS + n).total_seconds() for n in (-1, 0, 1, 2, 3, 8, 9, 10**6)]
    assert waits == [0, 1, 2, 4, 8, 256, 300, 300]


def test_the_numbers_of_the_door_are_those_of_the_settlement() -> None:
    minutes = [
        one.total_seconds() / 60 for one in (sign_in.LOCK, LONGEST_WAIT, sign_in.FORGET, sign_in.FRESH, sign_in.PENDING)
    ]
    assert minutes == [15, 5, 60, 10, 5]
    numbers = (sign_in.FAILURES, FREE_KNOCKS, sign_in.WARNING_SECONDS, sign_in.SHORTEST_PASSWORD)
    assert numbers == (5, 20, 120, 10)
    assert (sign_in.LONGEST_PASSWORD, sign_in.FIRST_PASSWORD) == (1000, 7 * DAY)


# Faults planted: the mode, `asked` and the year each left out of owes_acknowledgment(); `latest <= year` for `latest < year`.
@pytest.mark.parametrize(
    ("mode", "asked", "latest", "owes"),
    [
        ("委託", True, None, True), ("委託", True, 2025, True), ("委託", True, 2026, False), ("委託", False, None, False),
        ("直営", True, None, False), ("外部", True, 2025, False), ("補助", True, None, False),
    ],
)  # fmt: skip
def test_a_contractors_worker_acknowledges_once_a_year_where_the_town_asks(
    mode: str, latest: int | None, *, asked: bool, owes: bool
) -> None:
    assert staff.owes_acknowledgment(mode=mode, asked=asked, latest=latest, year=2026) is owes
