"""T20: a session's key changes when it should, it dies idle and of age in the database itself, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from tasuki.web.session_store import SessionStore
from tests.web.conftest import AUTUMN, Stage
from tests.web.staff.door import Person, person

LIVING = "SELECT post FROM records_signin WHERE account = %s AND ended_at IS NULL"
SHORT = '{"second_factor": false, "idle_minutes": 30, "idle_minutes_shared": 5, "absolute_hours": 2}'


def is_in(who: Person) -> bool:
    """Whether the browser is let in at this moment."""
    return who.get("/").status_code == 200


# Fault planted: arrival.fresh_key() without leave().
def test_the_key_is_another_one_after_signing_in_and_the_old_one_opens_nothing(stage: Stage) -> None:
    who = person(stage)
    who.get("/sign-in/")
    who.sign_in()
    first = who.key_of_session()
    who.sign_in()
    second = who.key_of_session()
    assert first != second
    thief = Client()
    thief.cookies["tasuki_session"] = first
    assert thief.get("/", **{"tasuki.now": who.now}).status_code == 302  # type: ignore[arg-type]  # a moment
    assert is_in(who)


# Faults planted: save() that does not look at how many rows it reached; the saving without set_config().
def test_what_a_session_keeps_is_saved_at_once_unless_it_was_ended_meanwhile(stage: Stage) -> None:
    who = person(stage)
    who.sign_in()
    here, elsewhere = SessionStore(who.key_of_session()), SessionStore(who.key_of_session())
    here["flash"] = ["書きました"]
    with CaptureQueriesContext(connections["door"]) as asked:
        here.save()
    assert SessionStore(who.key_of_session())["flash"] == ["書きました"]
    assert len(asked) == 1, "one change, no transaction around it"
    assert "synchronous_commit" in asked.captured_queries[-1]["sql"]
    elsewhere.delete()
    here["flash"] = []
    with pytest.raises(UpdateError):
        here.save()


def test_a_key_that_an_attacker_planted_is_not_taken_over(stage: Stage) -> None:
    who = person(stage)
    who.client.cookies["tasuki_session"] = "planted" * 4
    who.sign_in()
    assert who.key_of_session() != "planted" * 4


# Fault planted: choose() counts the age from the choice.
def test_the_key_changes_with_the_post_and_the_age_goes_on(stage: Stage) -> None:
    who = person(stage, ways=SHORT)
    who.sign_in()
    before, post = who.key_of_session(), stage.value(LIVING, who.account)
    who.wait(minutes=25)
    who.post("/posts/", post=str(post))
    assert who.key_of_session() != before
    for _ in range(3):
        who.wait(minutes=25)
        assert is_in(who)
    who.wait(minutes=25)
    assert not is_in(who)  # two hours after signing in, not after choosing


@pytest.mark.parametrize(("shared", "minutes"), [("", 30), ("yes", 5)])
def test_a_session_dies_idle_and_a_shared_computer_sooner(stage: Stage, shared: str, minutes: int) -> None:
    who = person(stage, ways=SHORT)
    who.sign_in(shared=shared)
    who.wait(minutes=minutes - 1)
    assert is_in(who)
    who.wait(minutes=minutes - 1)
    assert is_in(who)
    who.wait(minutes=minutes, seconds=1)
    assert not is_in(who)


# Fault planted: begin_request() without expires_at.
def test_a_session_dies_of_age_however_busy(stage: Stage) -> None:
    who = person(stage, ways=SHORT)
    who.sign_in()
    for _ in range(5):
        who.wait(minutes=20)
        assert is_in(who)
    who.wait(minutes=20)
    assert not is_in(who)
    assert "サインインから時間がたった" in who.get("/sign-in/").content.decode()


def test_a_dead_session_chooses_no_post_either(stage: Stage) -> None:
    who = person(stage, ways=SHORT)
    who.sign_in()
    who.wait(minutes=31)
    assert who.get("/posts/")["Location"].startswith("/sign-in/")
    assert who.get("/account/")["Location"].startswith("/sign-in/")


# Fault planted: begin_request() without idle_seconds.
def test_the_database_itself_refuses_a_stolen_key(stage: Stage) -> None:
    who = person(stage, ways=SHORT)
    who.sign_in()
    key = who.key_of_session()
    with stage.copy.connect("tasuki_app") as raw:
        begin = "SELECT begin_request(%s, %s)"
        assert raw.execute(begin, [key, AUTUMN]).fetchone() == (True,)
        assert raw.execute(begin, [key, AUTUMN + dt.timedelta(minutes=31)]).fetchone() == (False,)
    stage.run("UPDATE records_signin SET seen_at = %s WHERE post IS NOT NULL", AUTUMN + dt.timedelta(hours=2))
    with stage.copy.connect("tasuki_app") as raw:
        assert raw.execute(begin, [key, AUTUMN + dt.timedelta(hours=2)]).fetchone() == (False,)


# Fault planted: begin_request() that looks only for accounts that were switched off.
def test_a_session_whose_account_is_not_there_is_nobodys(stage: Stage) -> None:
    who = person(stage)
    who.sign_in()
    key, begin = who.key_of_session(), "SELECT begin_request(%s, %s)"
    with stage.copy.connect("tasuki_app") as raw:
        assert raw.execute(begin, [key, AUTUMN]).fetchone() == (True,)
        stage.run("DELETE FROM records_account WHERE id = %s", who.account)
        assert raw.execute(begin, [key, AUTUMN]).fetchone() == (False,)
    assert not is_in(who)


# Fault planted: begin_request() without the one day.
def test_outside_a_rehearsal_no_session_lives_longer_than_a_day_whatever_its_row_says(stage: Stage) -> None:
    key = "k" * 32
    stage.run("DELETE FROM rehearsal")
    stage.run(
        "INSERT INTO records_signin (key_hash, account, staff, post, opened_at, seen_at, expires_at, idle_seconds, place,"
        " shared, how) SELECT %s, %s, p.staff_id, p.id, now() - interval '25 hours', now(), now() + interval '9 years',"
        " 600000000, '', false, '' FROM records_post p WHERE p.until IS NULL LIMIT 1",
        hashlib.sha256(key.encode()).hexdigest(), person(stage).account,
    )  # fmt: skip
    with stage.copy.connect("tasuki_app") as raw:
        assert raw.execute("SELECT begin_request(%s, now())", [key]).fetchone() == (False,)
    stage.run("UPDATE records_signin SET opened_at = now() - interval '23 hours'")
    with stage.copy.connect("tasuki_app") as raw:
        assert raw.execute("SELECT begin_request(%s, now())", [key]).fetchone() == (True,)


def test_asking_how_long_it_lives_does_not_keep_it_awake_and_going_on_does(stage: Stage) -> None:
    who = person(stage, ways=SHORT)
    who.sign_in()
    who.wait(minutes=28)
    assert who.get("/session/").content == b'{"left": 120}'
    assert who.get("/session/").content == b'{"left": 120}'
    assert who.post("/session/kept/").content == b'{"left": 1800}'
    who.wait(minutes=29)
    assert is_in(who)
    assert Client().get("/session/").content == b'{"left": 0}'


def test_what_was_sent_too_late_stands_in_the_same_form_after_signing_in(stage: Stage) -> None:
    who = person(stage, ways=SHORT)
    who.sign_in()
    who.wait(minutes=40)
    answer = who.client.post(
        "/consultations/new/", {"note": "隣の家から水の音がずっとしている"}, headers={"referer": "http://testserver/consultations/new/"},
        **{"tasuki.now": who.now},  # type: ignore[arg-type]  # a moment
    )  # fmt: skip
    assert answer.status_code == 302
    back = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    assert back == "/consultations/new/"
    assert "書いたものは残っています" in who.get(answer["Location"]).content.decode()
    assert who.sign_in(next=back)["Location"] == back
    assert "隣の家から水の音がずっとしている" in who.get(back).content.decode()


def test_what_was_sent_too_late_is_shown_to_nobody_else(stage: Stage) -> None:
    who = person(stage, ways=SHORT)
    who.sign_in()
    key = who.key_of_session()
    who.wait(minutes=40)
    thief = Client()
    thief.cookies["tasuki_session"] = key
    answer = thief.post("/consultations/new/", {"note": "植えられた文"}, **{"tasuki.now": who.now})  # type: ignore[arg-type]  # a moment
    assert answer.status_code == 302
    assert answer.content == b""
    assert "植えられた文" not in stage.browser("out").get("/").content.decode()


def test_a_session_that_was_signed_out_keeps_nothing_for_later(stage: Stage) -> None:
    who = person(stage)
    who.sign_in()
    key = who.key_of_session()
    who.post("/sign-out/")
    who.client.cookies["tasuki_session"] = key
    who.post("/consultations/new/", note="後から送った文")
    assert stage.value("SELECT count(*) FROM records_draft WHERE body::text LIKE '%%後から送った文%%'") == 0


def test_other_places_are_listed_and_ended_from_one(stage: Stage) -> None:
    here, there = person(stage), Client()
    here.sign_in()
    other = Person(stage, "hub", here.account, client=there)
    other.sign_in()
    page = here.get("/account/").content.decode()
    assert page.count("/account/elsewhere/") == 2
    here.post("/account/elsewhere/")
    assert not is_in(other)
    assert is_in(here)


def test_signing_out_ends_the_session_everywhere_it_could_be_replayed(stage: Stage) -> None:
    who = person(stage)
    who.sign_in()
    key = who.key_of_session()
    assert who.post("/sign-out/")["Clear-Site-Data"] == '"cache", "storage"'
    who.client.cookies["tasuki_session"] = key
    assert not is_in(who)


def test_a_form_without_its_token_is_refused(stage: Stage) -> None:
    who = person(stage)
    who.client = Client(enforce_csrf_checks=True)
    assert who.sign_in().status_code == 403
    assert stage.value("SELECT count(*) FROM records_signin WHERE account = %s", who.account) == 0


def test_the_cookies_are_kept_from_scripts_and_other_sites(stage: Stage) -> None:
    who = person(stage)
    with override_settings(SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True):
        who.get("/sign-in/")
        who.sign_in()
    session, token, known = (who.client.cookies[f"tasuki_{name}"] for name in ("session", "csrf", "known"))
    for cookie in (session, token, known):
        assert cookie["httponly"]
        assert cookie["secure"]
        assert cookie["samesite"] == "Lax"
    assert session["max-age"] == ""  # gone with the browser; how long it lives stands in the database


def test_behind_tls_the_names_of_the_cookies_bind_them_to_this_host() -> None:
    ask = "from tasuki.config import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.KNOWN_COOKIE_NAME, s.SESSION_COOKIE_SECURE)"
    told = subprocess.run(
        [sys.executable, "-c", ask], env={**os.environ, "TASUKI_TLS": "1"}, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["__Host-tasuki_session", "__Host-tasuki_csrf", "__Host-tasuki_known", "True"]
