"""T24: whoever stands in an answer of the front door stands in the footprint of that answer, route by route, role by role."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import zipfile
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tasuki.ops.routes import table
from tasuki.web import footprint
from tests.web import crowd
from tests.web.conftest import AUTUMN, Stage

TABLE: dict[str, dict[str, Any]] = table()
OPEN = [pattern for pattern, route in TABLE.items() if "GET" in route["methods"] and route["who"] != "anybody"]
WHO = ["hub", "hou3", "hou2", "city", "out", "priv", "desk"]
NIGHTLY = bool(os.environ.get("TASUKI_NIGHTLY"))
NOUNS = {
    "cases": "case", "case_id": "case", "people": "person", "person_id": "person", "plans": "plan", "plan_id": "plan",
    "records": "record", "record_id": "record", "referrals": "referral", "referral_id": "referral", "sitting_id": "sitting",
    "watches": "watch", "household_id": "household", "consent_id": "consent", "pack_id": "pack", "gaps": "gap",
    "resources": "resource", "tasks": "task", "staff": "staff", "row": "agency",
}  # fmt: skip
PART = re.compile(r"<(\w+):(\w+)>")
WORDS = {"str": ["csv", "xlsx"], "slug": ["N01", "N04", "clocks"]}
SEARCHES = (
    "/search/?q=しおさいばら",
    "/consultations/?q=潮騒原",
    "/referrals/?tab=answered",
)


def addresses(stage: Stage, pattern: str) -> list[str]:
    """Return the addresses that a pattern has in the played story: one for each row that it could be about."""
    found = PART.search(pattern)
    if found is None:
        return [pattern]
    kind, name = found.groups()
    if kind != "uuid":
        filled = [pattern.replace(found[0], word) for word in WORDS[kind]]
    else:
        noun = NOUNS.get(name) or NOUNS.get(pattern.split("/")[1])
        most = 8 if NIGHTLY else 2 if name == "target_id" else 4  # every act has the same form
        ids = (
            stage.value(f"SELECT array_agg(id) FROM (SELECT id FROM records_{noun} ORDER BY id LIMIT {most}) x")
            if noun
            else []
        )
        filled = [pattern.replace(found[0], str(one)) for one in (ids if isinstance(ids, list) else [])]
    return [address for one in filled for address in addresses(stage, one)]


def text_of(answer: Any) -> str:
    """Return what can be read in an answer; of a workbook all its parts, of a PDF nothing."""
    if "spreadsheet" in answer.headers["Content-Type"]:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            return "".join(book.read(name).decode() for name in book.namelist())
    return "" if "pdf" in answer.headers["Content-Type"] else answer.content.decode()


def standing_in(text: str, register: dict[UUID, str]) -> set[UUID]:
    """Return the people of the register whose name or number stands in a text."""
    return {one for one, name in register.items() if str(one) in text or (name and name in text)}


def register_of(stage: Stage) -> dict[UUID, str]:
    found = stage.value("SELECT jsonb_object_agg(id, name) FROM records_person")
    assert isinstance(found, dict)
    assert len(found) == 6
    return {UUID(one): str(name) for one, name in found.items()}


def noted(stage: Stage, since: int) -> set[UUID]:
    found = stage.value("SELECT array_agg(p) FROM records_readline l, unnest(l.persons) p WHERE l.seq > %s", since)
    return set(found) if isinstance(found, list) else set()


def last_line(stage: Stage) -> int:
    return int(str(stage.value("SELECT coalesce(max(seq), 0) FROM records_readline")))


@pytest.fixture
def crew(stage: Stage) -> Stage:
    """Give the story with a privacy officer and a desk besides its own people."""
    stage.appoint("priv", "HUB", ["PRIV"])
    stage.appoint("desk", "CITY", ["DESK"])
    for number in range(4):
        case, person = crowd.received(number, AUTUMN - dt.timedelta(days=9 - number))
        if number % 2:
            crowd.offered(case, AUTUMN - dt.timedelta(days=2), people=[person])
        else:
            crowd.watched(case, person, AUTUMN - dt.timedelta(days=3), every=7)
    return stage


# Fault planted: subjects() answering nobody → who stands on the page of a record is missing.
@pytest.mark.parametrize("who", WHO)
def test_whoever_stands_in_an_answer_stands_in_its_footprint(crew: Stage, who: str) -> None:
    register, client, missing, shown = register_of(crew), crew.browser(who), [], 0
    client.defaults["HTTP_X_SOUGHT"] = urlencode({"kana": "しおさいばら"})
    for address in [*(one for pattern in OPEN for one in addresses(crew, pattern)), *SEARCHES]:
        before = last_line(crew)
        answer = client.get(address)
        assert answer.status_code in {200, 302, 404}, (address, answer.status_code)
        if answer.status_code != 200:
            assert last_line(crew) == before, address
            continue
        read = noted(crew, before)
        standing = standing_in(text_of(answer), register)
        shown += len(standing)
        if standing - read or ("pdf" in answer.headers["Content-Type"] and not read):
            missing.append((address, sorted(register[one] for one in standing - read)))
    assert missing == []
    assert shown or who in {"priv", "desk", "hou2"}


# Fault planted: "person" added to NOBODY.
@pytest.mark.parametrize("who", ["hub", "hou3", "city"])
def test_what_is_said_to_show_nobody_shows_nobody(crew: Stage, who: str) -> None:
    register, client = register_of(crew), crew.browser(who)
    assert {route["name"] for route in TABLE.values()} >= footprint.NOBODY
    for pattern in [one for one in OPEN if TABLE[one]["name"] in footprint.NOBODY]:
        for address in addresses(crew, pattern):
            assert standing_in(text_of(client.get(address)), register) == set(), address


# Fault planted: the footprint undone together with the refused act.
def test_a_refused_act_is_undone_and_whom_its_form_showed_stays_noted(crew: Stage) -> None:
    case = crew.id_of("SELECT id FROM records_case WHERE hub_id IS NOT NULL LIMIT 1")
    before = last_line(crew)
    answer = crew.browser("hub").post(f"/cases/{case}/notes/", {"form_key": str(uuid4())})
    assert answer.status_code == 422
    assert standing_in(answer.content.decode(), register_of(crew)) <= noted(crew, before)
    assert noted(crew, before)


# Fault planted: terminal_of answering "".
def test_a_line_says_who_in_which_post_from_which_machine_and_on_which_ground(crew: Stage) -> None:
    case = crew.id_of("SELECT id FROM records_case WHERE hub_id IS NOT NULL LIMIT 1")
    before = last_line(crew)
    client: Client = crew.browser("hub")
    assert client.get(f"/cases/{case}/", REMOTE_ADDR="192.0.2.17").status_code == 200
    told = crew.value(
        "SELECT jsonb_build_array(s.key, g.key, p.id IS NOT NULL, l.terminal, l.door, l.what, l.target = l.case, l.at = %s,"
        " l.ground) FROM records_readline l JOIN records_staff s ON s.id = l.staff JOIN records_agency g ON g.id = l.agency"
        " LEFT JOIN records_post p ON p.id = l.post AND p.staff_id = s.id WHERE l.seq > %s ORDER BY l.seq LIMIT 1",
        AUTUMN, before,
    )  # fmt: skip
    assert isinstance(told, list)
    assert told[:8] == ["hub", "HUB", True, "192.0.2.17", "page", "case", True, True]
    assert told[8] != ""


# Fault planted: witness() that lets an answer go although nobody was noted.
def test_a_page_of_people_that_notes_nobody_does_not_leave(crew: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    person = crew.id_of("SELECT id FROM records_person WHERE kana = 'シオサイバラ ゲンゾウ'")
    monkeypatch.setattr("tasuki.web.person.views.note_reading", lambda *_, **__: None)
    answer = crew.browser("hub").get(f"/people/{person}/")
    assert answer.status_code == 500
    assert standing_in(answer.content.decode(), register_of(crew)) == set()
