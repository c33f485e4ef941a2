"""The first way into a town just loaded."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.hashers import check_password

from tasuki.actions import sign_in
from tasuki.ops import Unfit
from tasuki.ops.files import OWN_PROFILES, profile_data
from tasuki.ops.first_administrator import make
from tasuki.ops.load_profile import load
from tasuki.rules.calendar import JST
from tests.conftest import Copy

NOW = dt.datetime(2026, 4, 8, 9, 0, tzinfo=JST)


# Fault planted: the post written without ADMIN; first_until left out.
def test_the_first_administrator_signs_in_once_with_what_was_printed_and_there_is_no_second(database: Copy) -> None:
    load(profile_data(OWN_PROFILES / "kirisawa.yaml"), "kirisawa", now=NOW)
    handed = make("kirisawa", "谷端 花", "hana", NOW)
    account = sign_in.check(login="kirisawa.hana", password=handed.password, now=NOW)
    assert account is not None
    assert check_password(handed.password, account.password)
    assert sign_in.must_change_password(account=account.pk)
    (post,) = sign_in.posts(account=account.pk, now=NOW)
    assert post.town == "霧沢村"
    with database.connect("tasuki_owner") as owner:
        assert owner.execute("SELECT 'ADMIN' = ANY(sets) FROM records_post").fetchone() == (True,)
    with pytest.raises(Unfit, match="もうシステム管理者がいます"):
        make("kirisawa", "谷端 空", "sora", NOW)


# Fault planted: the town not looked for.
def test_a_town_that_was_not_loaded_and_a_login_that_nobody_can_type_are_told(database: Copy) -> None:
    with pytest.raises(Unfit, match="自治体「nowhere」がありません"):
        make("nowhere", "谷端 花", "hana", NOW)
    load(profile_data(OWN_PROFILES / "kirisawa.yaml"), "kirisawa", now=NOW)
    with pytest.raises(Unfit, match="半角の英小文字"):
        make("kirisawa", "谷端 花", "花", NOW)
