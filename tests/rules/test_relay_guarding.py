"""緊急閲覧・開示・名寄せ・訂正・立場: the acts that guard people, and who may act at all."""

import datetime as dt

import pytest

from tasuki.rules import disclosure, permission, sight
from tasuki.rules.permission import P
from tasuki.rules.sight import Acquaintance
from tests.house.test_refusals import codes
from tests.rules import test_export as export
from tests.rules import test_keeping as keeping
from tests.rules import test_kinship as kinship
from tests.rules import test_relay_deciding as deciding
from tests.rules import test_relay_passing as passing
from tests.rules import test_town_and_door as town
from tests.rules.relay_tables import Table, Turned, allowances, name_of, reached, refusals

TWENTY = "あ" * 20
TODAY = dt.date(2026, 4, 13)
KNOWN = Acquaintance(known=True)

TABLES = [
    Table(disclosure.why_not_break_glass, {"reason": TWENTY, "exists": True, "same_reason_again": False}, [
        Turned("nineteen characters", {"reason": TWENTY[1:]}, "REASON_TOO_SHORT"),
        Turned("nineteen and a space", {"reason": TWENTY[1:] + " "}, "REASON_TOO_SHORT"),
        Turned("nobody of that name, or barred", {"exists": False}, "NOBODY"),
        Turned("the reason of the last time", {"same_reason_again": True}, "SAME_REASON_AGAIN"),
    ]),
    Table(disclosure.why_not_review, {"reviewed": False, "own": False}, [
        Turned("reviewed before", {"reviewed": True}, "ALREADY_REVIEWED"), Turned("by who opened it", {"own": True}, "OWN_OPENING"),
    ]),
    Table(disclosure.why_not_disclose, {"others_guarded": False, "exists": True}, [
        Turned("nobody of that name", {"exists": False}, "NOBODY"),
        Turned("another person in it is guarded", {"others_guarded": True}, "GUARDED_PERSON"),
    ]),
    Table(disclosure.why_not_together, {"both_known": True, "second_person": True, "same": False}, [
        Turned("one of the two is unknown", {"both_known": False}, "NOBODY"),
        Turned("with oneself", {"same": True}, "SAME_PERSON"),
        Turned("nobody else looked", {"second_person": False}, "SECOND_CHECK_MISSING"),
    ]),
    Table(disclosure.why_not_bar, {"people": 1, "barred": 1}, [
        Turned("of nobody", {"people": 0}, "NOBODY_NAMED"),
        Turned("against nobody", {"barred": 0}, "BAR_OF_NOBODY"),
    ]),
    Table(disclosure.why_not_lift, {"reason": "転居して危険がなくなった", "second_person": True, "open_": True}, [
        Turned("lifted before", {"open_": False}, "ALREADY_LIFTED"),
        Turned("no reason", {"reason": " "}, "REASON_MISSING"),
        Turned("nobody else looked", {"second_person": False}, "SECOND_CHECK_MISSING"),
    ]),
    Table(disclosure.why_not_review_protection, {"next_day": TODAY + dt.timedelta(days=1), "today": TODAY}, [
        Turned("today is no day to come", {"next_day": TODAY}, "DAY_IS_PAST"),
        Turned("no day", {"next_day": None}, "DAY_IS_PAST"),
    ]),
    Table(disclosure.why_not_consent, {"dead": False}, [Turned("somebody who has died", {"dead": True}, "DEAD_CONSENTS_NO_MORE")]),
    Table(disclosure.why_not_proxy, {"alleged": False}, [Turned("said to be the danger", {"alleged": True}, "PROXY_NOT_ALLOWED")]),
    Table(disclosure.why_not_scope, {"scope": "HUB_ONLY", "by_hub": True}, [
        Turned("only the hub writes for the hub alone", {"by_hub": False}, "HUB_ONLY_SCOPE"),
    ], {"everybody writes for the team": {"scope": "CASE_TEAM", "by_hub": False},
        "everybody writes for their own agency": {"scope": "OWN_AGENCY", "by_hub": False}}),
    Table(disclosure.why_not_amend, {"reason": "聞き違い", "text": "3回"}, [
        Turned("no reason", {"reason": ""}, "REASON_AND_TEXT_MISSING"),
        Turned("no words", {"text": ""}, "REASON_AND_TEXT_MISSING"),
    ]),
    Table(sight.why_not_known, {"people": [KNOWN, KNOWN]}, [
        Turned("one of them is a stranger", {"people": [KNOWN, Acquaintance(known=False)]}, "NO_GROUND"),
        Turned("from one of them the asker is barred", {"people": [KNOWN, Acquaintance(known=True, barred=True)]}, "NOBODY"),
        Turned("a bar is never told apart from nobody", {"people": [Acquaintance(known=False, barred=True)]}, "NOBODY"),
    ], {"nobody is named": {"people": []}}),
    Table(permission.why_not_role, {"sets": {"FIRST"}, "wanted": permission.WRITERS}, [
        Turned("another role", {"sets": {"MGR"}}, "NOT_YOUR_ROLE"),
        Turned("no role at all", {"sets": frozenset()}, "NOT_YOUR_ROLE"),
        Turned("a reader who may not write", {"sets": {"PARTNER"}, "code": "NOT_A_WRITER"}, "NOT_A_WRITER"),
    ], {"one of several roles is enough": {"sets": {"MGR", "DESK"}}}),
]  # fmt: skip


# Fault planted: each condition of the rules above turned round, one at a time.
@pytest.mark.parametrize(("table", "turned"), refusals(TABLES), ids=name_of)
def test_nobody_is_exposed_when(table: Table, turned: Turned) -> None:
    found = table.ask(turned.change)
    assert found is not None
    assert found.code == turned.code


@pytest.mark.parametrize(("table", "name"), allowances(TABLES), ids=name_of)
def test_the_guard_lets_through_what_is(table: Table, name: str) -> None:
    assert table.ask(table.also_allowed.get(name, {})) is None


def test_a_short_reason_is_told_how_long_it_must_be() -> None:
    found = disclosure.why_not_break_glass(reason="", exists=True, same_reason_again=False)
    assert found is not None
    assert found.facts["length"] == 20


# Fault planted: MGR added to READERS; PARTNER added to WRITERS; DESK added to EMERGENCY.
def test_figures_privacy_and_settings_read_no_case_and_partners_write_none() -> None:
    assert {one for one in P if one not in permission.READERS} == {P.MGR, P.PRIV, P.ADMIN}
    assert {P.CITY, P.CHAIR, P.PARTNER} == permission.READERS - permission.WRITERS
    assert {P.DESK} == permission.WRITERS - permission.EMERGENCY


# Fault planted: the row "to oneself" taken out of the table of why_not_refer.
def test_every_refusal_of_the_rules_is_reached_by_a_sentence() -> None:
    tables = [
        *TABLES,
        *passing.TABLES,
        *deciding.TABLES,
        *town.TABLES,
        *kinship.TABLES,
        *keeping.TABLES,
        *export.TABLES,
    ]
    assert sorted(codes("tasuki/rules").keys() - reached(tables)) == []
