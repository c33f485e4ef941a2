"""Lock-out: an account after five failures, an address longer each time, the same answer for nobody and for a closed door."""

from __future__ import annotations

import datetime as dt
import re
import runpy

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.utils.module_loading import import_string

from tasuki.rules.sign_in import FREE_KNOCKS, LONGEST_WAIT, wait_after
from tests.house.source import ROOT
from tests.web.conftest import AUTUMN, Stage
from tests.web.staff.door import PASSWORD, Person, person

SETTINGS = ROOT / "tasuki/config/settings.py"
TOKEN = re.compile(r'name="csrf-token" content="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"')


# Faults planted: six failures; a lock of an hour.
def test_five_failures_close_an_account_for_a_quarter_of_an_hour(stage: Stage) -> None:
    who = person(stage)
    for _ in range(5):
        assert who.sign_in(password="nicht dieses").status_code == 422
    assert who.sign_in().status_code == 422
    who.wait(minutes=14)
    assert who.sign_in().status_code == 422
    who.wait(minutes=2)
    assert who.sign_in().status_code == 302


# Fault planted: a login that nobody has told by another sentence.
def test_nobody_a_wrong_password_a_disabled_and_a_closed_account_get_the_same_answer(stage: Stage) -> None:
    who, gone = person(stage), person(stage, "city")
    stage.run("UPDATE records_account SET is_active = false WHERE id = %s", gone.account)
    answers = [
        who.sign_in(login="wxyz-id", password=PASSWORD), who.sign_in(password="nicht dieses"), gone.sign_in(),
        *[who.sign_in(password="nicht dieses") for _ in range(4)], who.sign_in(),
    ]  # fmt: skip
    bodies = {re.sub(r'name="login" value="[^"]*"', "", TOKEN.sub("", one.content.decode())) for one in answers}
    assert {one.status_code for one in answers} == {422}
    assert len(bodies) == 1


# Fault planted: no password hashed where there is no account.
def test_whoever_is_asked_for_one_password_is_hashed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    who, hashed = person(stage), []

    def counted(given: str, kept: str) -> bool:
        hashed.append(kept.split("$")[1:4])
        return check_password(given, kept)

    monkeypatch.setattr("tasuki.actions.sign_in.check_password", counted)
    for login in ("wxyz-id", "hub-id"):
        who.sign_in(login=login, password="nicht dieses")
    stage.run("UPDATE records_account SET locked_until = %s WHERE id = %s", AUTUMN + dt.timedelta(hours=1), who.account)
    who.sign_in()
    assert hashed == [hashed[0]] * 3  # the same cost for nobody, for a wrong password and for a closed account


# Fault planted: tests.hashing.Quick in config/settings.py.
def test_outside_of_tests_a_password_costs_19_mebibytes_and_two_rounds_at_least() -> None:
    told = runpy.run_path(str(SETTINGS))["PASSWORD_HASHERS"]
    serving = [import_string(one)() for one in told]
    assert [one.algorithm for one in serving] == ["argon2"]
    assert all(one.memory_cost >= 19 * 1024 and one.time_cost >= 2 for one in serving)  # OWASP's least for argon2id


# Fault planted: the same two seconds each time.
def test_an_address_that_fails_often_waits_longer_each_time_up_to_five_minutes() -> None:
    waits = [wait_after(n) for n in range(FREE_KNOCKS - 1, FREE_KNOCKS + 12)]
    assert waits[0] == dt.timedelta(0)
    assert waits[1:] == sorted(waits[1:])
    assert waits[1] < waits[2] < waits[4]
    assert waits[-1] == LONGEST_WAIT
    assert wait_after(10**6) == LONGEST_WAIT


# Fault planted: is_closed() without the address.
def test_guessing_many_accounts_from_one_address_closes_the_address_for_the_right_one_too(stage: Stage) -> None:
    who = person(stage)
    for n in range(FREE_KNOCKS + 3):
        who.sign_in(login=f"guess-{n}", password="nicht dieses")
    assert who.sign_in().status_code == 422
    other = who.client.post(
        "/sign-in/", {"login": "hub-id", "password": PASSWORD}, REMOTE_ADDR="198.51.100.7", **{"tasuki.now": who.now}  # type: ignore[arg-type]  # a moment
    )  # fmt: skip
    assert other.status_code == 302  # another office is not closed with it
    who.wait(minutes=6)
    assert who.sign_in().status_code == 302


def guess(who: Person) -> None:
    """Let somebody at the same address close the account and the address, from a browser of their own."""
    stranger = Person(who.stage, who.key, who.account, who.now)
    for n in range(5):
        stranger.sign_in(password=f"guess {n}")
    for n in range(FREE_KNOCKS + 3):
        stranger.sign_in(login=f"guess-{n}", password="nicht dieses")


# Faults planted: marks left out of is_closed(); an account that is closed asked before the mark.
def test_nobody_who_guesses_keeps_out_whoever_came_in_by_this_browser_before(stage: Stage) -> None:
    who = person(stage)
    assert who.sign_in().status_code == 302
    for _ in range(3):  # as often and as long as they like
        who.post("/sign-out/")
        guess(who)
        assert Person(stage, who.key, who.account, who.now).sign_in().status_code == 422
        assert who.sign_in().status_code == 302
        who.wait(minutes=4)


# Faults planted: failed() that counts a known browser's failures with the account's; passed() that keeps them.
def test_a_known_browser_is_closed_by_its_own_failures_alone(stage: Stage) -> None:
    who = person(stage)
    who.sign_in()
    for wrong in (4, 4, 5):
        assert who.sign_in().status_code == 302
        for _ in range(wrong):
            assert who.sign_in(password="nicht dieses").status_code == 422
    assert who.sign_in().status_code == 422
    assert Person(stage, who.key, who.account, who.now).sign_in().status_code == 302
    who.wait(minutes=16)
    assert who.sign_in().status_code == 302


# Faults planted: mark_of() that takes any mark; new_mark() that proves the number and not the account.
def test_a_mark_is_its_accounts_alone_and_cannot_be_made_up(stage: Stage) -> None:
    who, other = person(stage), person(stage, "city")
    other.client = who.client
    assert other.sign_in().status_code == 302
    theirs = who.client.cookies["tasuki_known"].value
    guess(who)
    for mark in (theirs, theirs.partition(".")[0] + ".", "", "~~", "é.ü"):
        who.client = Client()
        who.client.cookies["tasuki_known"] = mark
        assert who.sign_in().status_code == 422, mark


# Fault planted: remember() that forgets the others.
def test_a_computer_of_several_keeps_the_marks_of_all(stage: Stage) -> None:
    people = [person(stage), person(stage, "city")]
    for one in people:
        one.client = people[0].client
        assert one.sign_in().status_code == 302
        one.post("/sign-out/")
    for one in people:
        guess(one)
        assert one.sign_in().status_code == 302
        one.post("/sign-out/")


# Fault planted: the address kept as it is.
def test_no_address_and_no_password_is_kept_beside_the_count(stage: Stage) -> None:
    who = person(stage)
    who.sign_in(login="wxyz-id", password="nicht dieses")
    assert stage.value("SELECT count(*) FROM records_knock") == 1
    assert stage.value("SELECT string_agg(k::text, '') FROM records_knock k WHERE k::text LIKE '%%127.0.0.1%%'") is None
    lines = str(stage.value("SELECT string_agg(d::text, '') FROM records_doorline d"))
    assert "WRONG_PASSWORD" in lines
    assert "wxyz-id" not in lines
    assert "nicht dieses" not in lines
