"""Second factors: an app, recovery codes, passkeys; led to before anything else, sealed at rest, reset by two people."""

from __future__ import annotations

import json

import pytest
from fido2.utils import websafe_encode

from tasuki.records.vault import seal, unseal
from tests.web.conftest import Stage
from tests.web.staff.door import Person, person, sent_json
from tests.web.staff.key import SoftKey

NOW = '{"second_factor": true, "second_factor_grace_days": 0}'
GRACE = '{"second_factor": true, "second_factor_grace_days": 14}'
ALONE_NOT = '{"second_factor": false, "passkey_alone": false}'


def with_passkey(who: Person, name: str = "市の貸与スマートフォン") -> SoftKey:
    """Register a passkey of software."""
    key = SoftKey()
    options = json.loads(sent_json(who, "/account/passkeys/options/", {}).content)
    answer = sent_json(who, "/account/passkeys/", {"answer": key.made(options), "name": name})
    assert json.loads(answer.content)["to"].startswith("/account/"), answer.content
    return key


def prove(who: Person, key: SoftKey, origin: str = "") -> dict[str, str]:
    """Answer the door's question with the key."""
    options = json.loads(sent_json(who, "/sign-in/passkey/options/", {}).content)
    found: dict[str, str] = json.loads(
        sent_json(who, "/sign-in/passkey/?next=/referrals/", {"answer": key.proved(options, origin)}).content
    )
    return found


# Fault planted: must_set_up() not asked in the choice of a post.
def test_somebody_without_a_second_factor_is_led_to_it_before_anything_else(stage: Stage) -> None:
    who = person(stage, ways=NOW)
    assert who.sign_in()["Location"].startswith("/account/")
    assert who.get("/")["Location"].startswith("/sign-in/")
    post = stage.value("SELECT p.id FROM records_post p JOIN records_staff s ON s.id = p.staff_id WHERE s.key = 'hub'")
    assert who.post("/posts/", post=str(post))["Location"].startswith("/account/")
    assert who.get("/")["Location"].startswith("/sign-in/")
    who.set_up_app()
    assert who.post("/posts/", post=str(post))["Location"] == "/"
    assert who.get("/").status_code == 200


# Fault planted: read_ways() that takes silence for a no.
def test_where_the_town_says_nothing_everybody_needs_one_after_the_grace(stage: Stage) -> None:
    who = person(stage, ways="{}")
    assert who.sign_in()["Location"].startswith("/account/")
    assert "までは、用意しなくても仕事に入れます" in who.get("/account/").content.decode()
    assert who.get("/posts/").status_code == 200
    who.wait(days=14)
    who.sign_in()
    assert who.get("/posts/")["Location"].startswith("/account/")


# Fault planted: second_factor_by() without the permission sets.
def test_a_town_may_ask_it_of_some_permission_sets_only(stage: Stage) -> None:
    who = person(stage, ways='{"second_factor": true, "second_factor_sets": ["ADMIN"], "second_factor_grace_days": 0}')
    assert who.sign_in()["Location"] == "/"


# Fault planted: the kinds of factor not asked at the sign-in.
def test_with_an_app_the_password_alone_opens_nothing(stage: Stage) -> None:
    who = person(stage, ways=GRACE)
    who.sign_in()
    secret = who.set_up_app()
    who.post("/sign-out/")
    assert who.sign_in()["Location"].startswith("/sign-in/second/")
    assert who.get("/")["Location"].startswith("/sign-in/")
    assert who.get("/posts/")["Location"].startswith("/sign-in/")
    who.wait(seconds=60)
    assert who.post("/sign-in/second/", code=who.code(secret))["Location"] == "/"
    assert who.get("/").status_code == 200


# Fault planted: `step > after` taken out of _step_of().
def test_a_code_is_taken_once_and_only_in_its_minute(stage: Stage) -> None:
    who = person(stage, ways=GRACE)
    who.sign_in()
    secret = who.set_up_app()
    code = who.code(secret)
    who.sign_in()
    assert who.post("/sign-in/second/", code=code).status_code == 422  # it has set the app up already
    who.wait(seconds=60)
    assert who.post("/sign-in/second/", code=who.code(secret)).status_code == 302
    used = who.code(secret)
    who.sign_in()
    assert who.post("/sign-in/second/", code=used).status_code == 422
    who.wait(seconds=120)
    assert who.post("/sign-in/second/", code=used).status_code == 422


# Fault planted: an hour between the two steps.
def test_the_second_step_waits_five_minutes_and_no_longer(stage: Stage) -> None:
    who = person(stage, ways=GRACE)
    who.sign_in()
    secret = who.set_up_app()
    who.sign_in()
    who.wait(minutes=6)
    assert who.post("/sign-in/second/", code=who.code(secret))["Location"].startswith("/sign-in/?")
    assert who.get("/")["Location"].startswith("/sign-in/")


# Fault planted: failed() left out of check_code().
def test_five_wrong_codes_close_the_account_even_for_the_right_password(stage: Stage) -> None:
    who = person(stage, ways=GRACE)
    who.sign_in()
    secret = who.set_up_app()
    who.sign_in()
    who.wait(seconds=60)
    for _ in range(5):
        assert who.post("/sign-in/second/", code="000000").status_code == 422
    assert who.post("/sign-in/second/", code=who.code(secret)).status_code == 422
    assert who.sign_in().status_code == 422


# Fault planted: a used recovery code that does not end.
def test_a_recovery_code_opens_once_and_is_nowhere_in_the_database(stage: Stage) -> None:
    who = person(stage, ways=GRACE)
    who.sign_in()
    who.set_up_app()
    assert len(who.codes) == 10
    who.sign_in()
    assert who.post("/sign-in/second/", code=who.codes[0].upper())["Location"] == "/"
    who.sign_in()
    assert who.post("/sign-in/second/", code=who.codes[0]).status_code == 422
    assert who.post("/sign-in/second/", code=who.codes[1].replace("-", " "))["Location"] == "/"
    everything = str(
        stage.value(
            "SELECT string_agg(f::text, '') || (SELECT string_agg(s::text, '') FROM django_session s) FROM records_factor f"
        )
    )
    assert not [code for code in who.codes if code in everything or code.replace("-", "").encode().hex() in everything]


# Fault planted: seal() and unseal() without the account.
def test_the_secret_of_the_app_is_sealed_for_its_account_by_a_key_outside(stage: Stage) -> None:
    who, other = person(stage, ways=GRACE), person(stage, "city", ways=GRACE)
    who.sign_in()
    secret = who.set_up_app()
    sealed = stage.value("SELECT sealed FROM records_factor WHERE kind = 'TOTP'")
    assert isinstance(sealed, bytes)
    assert secret.encode() not in sealed
    assert unseal(sealed, who.account).decode() == secret
    with pytest.raises(LookupError):
        unseal(sealed, other.account)
    assert seal(b"the same", who.account) != seal(b"the same", who.account)


# Fault planted: GRANT SELECT on records_factor to tasuki_app.
def test_the_role_that_serves_reads_nothing_of_the_door(stage: Stage) -> None:
    for table in ("account", "signin", "factor", "knock", "doorline"):
        assert (
            stage.value(
                "SELECT has_any_column_privilege('tasuki_app', %s, 'SELECT, INSERT, UPDATE')", f"records_{table}"
            )
            is False
        )


# Fault planted: every passkey called the same.
def test_a_passkey_proves_as_second_step_and_several_are_had_by_name(stage: Stage) -> None:
    who = person(stage, ways=GRACE)
    who.sign_in()
    key = with_passkey(who)
    with_passkey(who, "家の鍵")
    page = who.get("/account/").content.decode()
    assert "市の貸与スマートフォン" in page
    assert "家の鍵" in page
    assert who.sign_in()["Location"].startswith("/sign-in/second/")
    assert prove(who, key)["to"] == "/referrals/"
    assert who.get("/").status_code == 200


# Fault planted: PREFERRED in place of REQUIRED for a passkey alone.
def test_a_passkey_alone_lets_in_with_finger_or_pin_where_the_town_takes_it(stage: Stage) -> None:
    who = person(stage, ways=GRACE)
    who.sign_in()
    key = with_passkey(who)
    who.client.cookies.clear()
    key.verified = False
    assert "why" in prove(who, key)
    key.verified = True
    assert prove(who, key)["to"] == "/referrals/"


# Fault planted: _alone() made true.
def test_a_town_may_take_no_passkey_alone(stage: Stage) -> None:
    who = person(stage, ways=ALONE_NOT)
    who.sign_in()
    key = with_passkey(who)
    who.client.cookies.clear()
    assert "why" in prove(who, key)
    assert who.get("/")["Location"].startswith("/sign-in/")


# Fault planted: the counter of a passkey not compared.
def test_a_copied_a_foreign_and_a_misled_passkey_are_refused(stage: Stage) -> None:
    who = person(stage, ways=GRACE)
    who.sign_in()
    key = with_passkey(who)
    key.counter = 40
    assert "to" in prove(who, key)
    key.counter = 7
    assert "why" in prove(who, key)  # a copy counts on its own
    key.counter = 60
    assert "why" in prove(who, key, origin="https://testserver.example")
    assert "why" in prove(who, SoftKey())
    options = json.loads(sent_json(who, "/sign-in/passkey/options/", {}).content)
    options["publicKey"]["challenge"] = websafe_encode(b"x" * 32)
    answer = sent_json(who, "/sign-in/passkey/", {"answer": key.proved(options)})
    assert answer.status_code == 422


# Faults planted: only ValueError caught in actions/passkey.py; only ValueError caught in sent_json() → 500 for what is endless.
def test_nonsense_from_a_script_is_refused_and_breaks_nothing(stage: Stage) -> None:
    who = person(stage)
    for body in (
        "[]",
        '"x"',
        "{",
        '{"answer": 1}',
        '{"answer": {"id": 5}}',
        '{"answer": {"id": "AA", "response": {}}}',
        "[" * 100_000,
    ):
        assert sent_json(who, "/sign-in/passkey/", body).status_code in {404, 422}, body


# Fault planted: RawPostDataException not caught in sent_json() → 500.
def test_a_form_where_a_script_should_speak_is_refused(stage: Stage) -> None:
    who = person(stage)
    who.client.handler.enforce_csrf_checks = True  # the token is looked for in the form: the body has been read then
    who.client.cookies["tasuki_csrf"] = "t" * 32
    assert who.post("/sign-in/passkey/", answer="x", csrfmiddlewaretoken="t" * 32).status_code == 404


# Fault planted: why_not_drop_factor(needed=False).
def test_the_last_factor_stays_where_one_is_needed(stage: Stage) -> None:
    who = person(stage, ways=GRACE)
    who.sign_in()
    who.set_up_app()
    app = stage.value("SELECT id FROM records_factor WHERE kind = 'TOTP' AND ended_at IS NULL")
    assert who.post(f"/account/factors/{app}/removal/").status_code == 422
    with_passkey(who)
    assert who.post(f"/account/factors/{app}/removal/").status_code == 302


# Fault planted: own() that never asks whether the proof is fresh.
def test_a_change_of_ones_way_in_asks_for_a_fresh_proof(stage: Stage) -> None:
    who = person(stage, ways=GRACE)
    who.sign_in()
    who.wait(minutes=11)
    assert who.get("/account/totp/")["Location"].startswith("/account/proof/")
    assert who.post("/account/recovery/")["Location"].startswith("/account/proof/")
    assert sent_json(who, "/account/passkeys/options/", {}).status_code == 403
    assert who.post("/account/proof/", password="falsch", next="/account/totp/").status_code == 422
    assert (
        who.post("/account/proof/", password="kasumi no mukou ni mieru", next="/account/totp/")["Location"]
        == "/account/totp/"
    )
    assert who.get("/account/totp/").status_code == 200


# Faults planted: the same person may agree; sessions that outlive the reset.
def test_a_reset_needs_two_people_of_the_city_and_ends_factors_and_sessions(stage: Stage) -> None:
    who = person(stage, ways=GRACE)
    who.sign_in()
    who.set_up_app()
    post = stage.value("SELECT p.id FROM records_post p JOIN records_staff s ON s.id = p.staff_id WHERE s.key = 'hub'")
    who.post("/posts/", post=str(post))
    assert who.get("/").status_code == 200
    stage.appoint("kanri1", "CITY", ["ADMIN"])
    stage.appoint("kanri2", "CITY", ["ADMIN"])
    stage.appoint("madoguchi9", "CITY", ["DESK"])
    first, second, outsider = (stage.browser(key) for key in ("kanri1", "kanri2", "madoguchi9"))
    staff = stage.value("SELECT id FROM records_staff WHERE key = 'hub'")
    assert outsider.get("/staff/resets/").status_code == 404
    assert (
        first.post("/staff/resets/", {"staff": str(staff), "reason": "電話をなくした。職員証で確かめた"}).status_code
        == 302
    )
    reset = stage.value("SELECT id FROM records_factorreset")
    assert first.post(f"/staff/resets/{reset}/agreement/").status_code == 422
    assert outsider.post(f"/staff/resets/{reset}/agreement/").status_code in {404, 422}
    assert stage.value("SELECT count(*) FROM records_factor WHERE ended_at IS NULL AND kind = 'TOTP'") == 1
    assert second.post(f"/staff/resets/{reset}/agreement/").status_code == 302
    assert stage.value("SELECT count(*) FROM records_factor WHERE ended_at IS NULL") == 0
    assert who.get("/").status_code == 302
    assert stage.value("SELECT count(*) FROM records_journalline WHERE act IN ('ask_reset', 'agree_reset')") == 2


# Faults planted: other sessions that outlive the change; known passwords taken.
def test_a_new_password_is_long_and_not_everybodys_and_ends_the_other_places(stage: Stage) -> None:
    here = person(stage)
    here.sign_in()
    there = Person(stage, "hub", here.account)
    there.sign_in()
    for weak in ("short", "password123", "hub-id-no-aikotoba", "1234567890"):
        assert here.post("/account/password/", new=weak, again=weak).status_code == 422, weak
    assert (
        here.post("/account/password/", new="kawa no mizu ga sunde iru", again="chigau mono desu yo").status_code == 422
    )
    assert (
        here.post("/account/password/", new="kawa no mizu ga sunde iru", again="kawa no mizu ga sunde iru").status_code
        == 302
    )
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
    assert here.sign_in().status_code == 422
    assert here.sign_in(password="kawa no mizu ga sunde iru").status_code == 302
