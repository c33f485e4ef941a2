"""The product beside its peers: all answer with the same rows, a wrong page is told, and a goal that is missed fails."""

import argparse
import json
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from re import compile as pattern
from typing import Any, cast
from uuid import uuid4

import pytest
from pytest_django.plugin import DjangoDbBlocker

from bench.__main__ import told
from bench.browser import Answer, Ask, Browser, Form
from bench.calls import Meter, Page, System, Web, Wrong, check
from bench.goals import (
    CALLS,
    DJADMIN,
    FIGURES,
    FLOOR,
    LINO,
    LONG,
    MEMORY,
    MINE,
    MIXED,
    SAVE,
    SHORT,
    SQL,
    SYSTEMS,
    TASUKI,
    Ratio,
    missed,
    others,
    ratios,
)
from bench.hot import longest
from bench.rounds import FEWEST, TRIES, Pace, Round, Taken, mixed, rounds
from bench.scene import Scene, scene
from bench.systems import Stand, of_tasuki, stand
from bench.table import Found, section
from tasuki.ops.database import Server, disconnect
from tests.conftest import FOLDER, Copy, copied
from tests.ops.conftest import VILLAGE

HERE, OTHER = str(uuid4()), str(uuid4())
PAGE = Page("worker", "/cases/", pattern('data-row="([^"]+)"'), [HERE], ["山下"], ["川上"])
SHOWN = f'<tr data-row="{HERE}"><td>山下</td></tr>'


@pytest.fixture
def beside(
    server: Server, made: list[dict[str, Any]], django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Copy, Scene, str]]:  # fmt: skip
    """Copy the village for one test, and choose what is asked there; with the password of its people."""
    logins = {one["word"]: one["login"] for one in made}
    with copied(server, VILLAGE, django_db_blocker) as copy:
        asked = scene(logins["csw"], longest(logins["hub"]), logins["manager"])
        disconnect()
        yield copy, asked, made[0]["password"]


@contextmanager
def served(copy: Copy, asked: Scene, password: str) -> Iterator[Stand]:
    """Serve a copy by all systems."""
    to = {"TASUKI_HOME": os.environ[FOLDER], "DATABASE_URL": copy.server.admin, "TASUKI_DATABASE": copy.name}
    with stand(copy.server, copy.name, asked, password, to, workers=1) as here:
        yield here


# Fault planted: the floor's list without `s.staff = …`; its case without EXISTS; its search without peers.sees; the admin's
# seen() without its filter; the link of the floor's new record to its case left out.
def test_the_peers_answer_with_the_rows_of_the_product(beside: tuple[Copy, Scene, str]) -> None:
    _, asked, _ = beside
    assert asked.listed
    assert asked.found
    assert asked.short.hidden, "a case of which something is hidden is the one that tells"
    assert len(asked.long.records) > 100
    with served(*beside) as here:
        for system in here.systems:
            assert [call for call in CALLS if not system.answers(call)] == ([FIGURES] if system.name == DJADMIN else [])
            for call in filter(system.answers, CALLS):
                system.run(call, Meter())
        tasuki = cast("Web", here.systems[0])
        tasuki.pages[SHORT] = replace(of_tasuki(asked)[SHORT], never=[asked.short.note])
        with pytest.raises(Wrong, match="must not see"):
            tasuki.run(SHORT, Meter())


# Fault planted: each of the four conditions of check() taken out.
@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (Answer(200, SHOWN, "", 0), ""),
        (Answer(404, SHOWN, "", 0), "404"),
        (Answer(200, "山下", "", 0), "0 rows"),
        (Answer(200, SHOWN * 2, "", 0), "2 rows"),
        (Answer(200, SHOWN.replace(HERE, OTHER), "", 0), "others than"),
        (Answer(200, SHOWN.replace("山下", ""), "", 0), "what it must"),
        (Answer(200, SHOWN + "川上", "", 0), "must not see"),
    ],
)
def test_a_wrong_page_is_told_and_none_of_its_words(answer: Answer, trouble: str) -> None:
    if not trouble:
        check(PAGE, answer)
        return
    with pytest.raises(Wrong, match=trouble) as found:
        check(PAGE, answer)
    assert "川上" not in str(found.value)


class Forgetful(Browser):
    """A browser at a system that says it saved and keeps only what `keeps` says."""

    keeps = True
    text = ""

    def ask(self, address: str | Ask, form: Form | None = None) -> Answer:
        if form is None:
            return Answer(200, self.text, "", 0)
        self.text = str(form["text"]) if self.keeps else ""
        return Answer(302, "", "/cases/", 0)


# Fault planted: _save() content with the status.
def test_what_was_saved_must_stand_where_the_answer_leads() -> None:
    browser = Forgetful(1)
    page = Page("worker", "/notes/", form=lambda words: {"text": words})
    system = Web(TASUKI, (), {SAVE: page}, {"worker": browser})
    system.run(SAVE, Meter())
    browser.keeps = False
    with pytest.raises(Wrong, match="does not stand"):
        system.run(SAVE, Meter())


class Curtly(Browser):
    """A browser at a system that answers in JSON and leads nowhere: what was saved stands at an address of its own."""

    text = ""
    status = 200

    def ask(self, address: str | Ask, form: Form | None = None) -> Answer:
        if form is not None:
            self.text = json.dumps(form)
            return Answer(self.status, "", "", 0)
        return Answer(200, self.text if address == "/kept/" else f"{address}{HERE}", "", 4)


# Fault planted: kept and then left out; shows() that knows no JSON; the bytes of the second answer not counted.
def test_a_page_may_be_two_answers_and_its_words_may_stand_in_json() -> None:
    browser = Curtly(1)
    row = pattern(f"({HERE})")
    pages = {
        SAVE: Page("worker", "/notes/", form=lambda words: {"text": words}, kept="/kept/"),
        SHORT: Page("worker", "/one/", row, [HERE, HERE], ["/one/", "/two/"], then="/two/"),
    }
    system = Web(TASUKI, (), pages, {"worker": browser})
    system.run(SAVE, Meter())
    assert "記録" not in browser.text, "JSON writes it in other letters"
    assert system.run(SHORT, Meter()) == 8
    browser.status = 500
    with pytest.raises(Wrong, match="does not stand"):
        system.run(SAVE, Meter())


def a_round(**p50: float) -> Round:
    """A round of one call in which each system took so many ms."""
    taken = {(MINE, system): Taken(ms, ms, ms / 4, 1, 1, 1) for system, ms in p50.items()}
    return Round(taken, 1, 1, 1)


# Fault planted: the middle of the times divided instead of the middle of the rounds' ratios; least and most exchanged;
# the goal compared with the least of the rounds; the work of the server alone.
def test_a_ratio_is_the_middle_of_the_rounds() -> None:
    found = [
        a_round(tasuki=10, floor=1, djadmin=100),
        a_round(tasuki=14, floor=2, djadmin=70),
        a_round(tasuki=90, floor=10, djadmin=180),
    ]
    assert ratios(found) == [
        Ratio(MINE, FLOOR, 9, 7, 10, "≤ 8×", reached=False, work=3),
        Ratio(MINE, DJADMIN, 0.2, 0.1, 0.5, "≤ 1/6", reached=False, work=4.5 / 18.5),
    ]
    assert [one.reached for one in ratios([a_round(tasuki=8, floor=1, sql=1, djadmin=48)])] == [True, True, True]


# Fault planted: the statements of saving counted as those of a page; calls a second compared the other way round.
def test_memory_statements_and_calls_a_second_are_compared_too() -> None:
    counted = {(MINE, TASUKI): 7, (SAVE, TASUKI): 24, (LONG, DJADMIN): 90}
    found = others({TASUKI: 120, FLOOR: 60, DJADMIN: 110}, counted, {TASUKI: 40, FLOOR: 900, DJADMIN: 10})
    assert [(one.middle, one.reached) for one in found] == [(2, False), (120 / 110, True), (7, True), (4, False)]
    assert missed(found) == [
        "memory against floor: 2×, goal ≤ 1.8×",
        "calls a second, 8 at once against djadmin: 4×, goal ≥ 5×",
    ]
    beside_lino = others({TASUKI: 100, FLOOR: 60, DJADMIN: 90, LINO: 500}, {}, {TASUKI: 390, LINO: 10, DJADMIN: 39})
    assert [(one.against, one.what, one.reached) for one in beside_lino if one.against == LINO] == [
        (LINO, MEMORY, True),
        (LINO, MIXED, False),
    ]


def everything(*made: Round) -> Found:
    """What a run found, apart from its rounds."""
    each = dict.fromkeys((TASUKI, FLOOR, DJADMIN), 1.0)
    return Found(list(made), each, each, {}, {(MINE, TASUKI): 7}, {"case": 1, "record": 1})


# Fault planted: told() returning 0 whatever is missed.
@pytest.mark.parametrize(("floor", "code"), [(1, 1), (9, 0)])
def test_a_goal_that_is_missed_fails_the_run(floor: float, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    asked = argparse.Namespace(quick=True, full=False, size="city", seed=1, rounds=1, write=False, json=None)
    assert told(everything(a_round(tasuki=9, floor=floor, djadmin=99)), asked) == code
    said = capsys.readouterr()
    assert said.err == ("missed: my cases against floor: 9×, goal ≤ 8×\n" if code else "")
    assert ("**missed**" in said.out) == bool(code)


# Fault planted: the row of a system without such a page left out; bytes of SQL told as 0.
def test_the_tables_say_none_where_there_is_no_page() -> None:
    text = section("./run bench", everything(a_round(**dict.fromkeys(SYSTEMS, 1.0))), [])
    assert "Lino Welfare and GNU Health are not part of this run" in text
    assert "| lino |" not in text
    assert "| figures | djadmin | none | | | | | | |" in text
    assert f"| my cases | {SQL} | 1.00 | 1.00 to 1.00 | 1.00 |  | 1.00 |  | 1 |" in text


class Idle:
    """A system that does nothing."""

    name = TASUKI
    pids: Sequence[int] = ()

    def answers(self, call: str) -> bool:
        return call == MINE

    def run(self, call: str, meter: Meter) -> int:
        with meter:
            return 7


# Fault planted: the drift compared without abs(); tries without an end; a call made only FEWEST times.
@pytest.mark.parametrize(
    ("paces", "tries"), [([1, 1.05], 1), ([1, 0.85, 1, 1.05], 2), ([1, 1.5, 1, 1.5, 1, 1.5], TRIES)]
)
def test_a_round_in_which_the_machine_drifted_is_made_again(paces: list[float], tries: int) -> None:
    pace, system = Pace(FEWEST + 3, 60, float("inf")), cast("System", Idle())
    [made] = rounds([system], iter(paces).__next__, pace, 1, os.getpid(), lambda words: None)
    assert made.tries == tries
    assert made.taken[MINE, TASUKI].times == FEWEST + 3
    assert made.taken[MINE, TASUKI].size == 7


class Curt(BaseHTTPRequestHandler):
    """Answers once on each connection and then closes it without a word."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


# Fault planted: the connection kept although it can be read.
def test_a_connection_that_was_closed_while_idle_is_opened_anew() -> None:
    with HTTPServer(("127.0.0.1", 0), Curt) as house:
        thread = threading.Thread(target=house.serve_forever)
        thread.start()
        browser = Browser(house.server_port)
        try:
            assert browser.ask("/").text == "hello"
            thread.join(0.2)  # long enough for the goodbye to arrive
            assert browser.ask("/").text == "hello"
        finally:
            browser.line.close()
            house.shutdown()
            thread.join()


class Echo(BaseHTTPRequestHandler):
    """Says what it was sent, as what, and by whom."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        told = f"{self.headers['Content-Type']} {self.headers['Authorization']} {body.decode()}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_: object) -> None:
        pass


# Fault planted: JSON sent as a form; the headers of the browser left out; str() of a question with its words.
def test_a_question_in_json_is_sent_with_the_headers_of_who_asks_and_told_without_its_words() -> None:
    with HTTPServer(("127.0.0.1", 0), Echo) as house:
        thread = threading.Thread(target=house.serve_forever)
        thread.start()
        browser = Browser(house.server_port, headers={"Authorization": "Session one"})
        question = Ask("/rpc/", '["山下"]')
        try:
            assert browser.ask(question).text == 'application/json Session one ["山下"]'
            assert str(question) == "/rpc/"
        finally:
            browser.line.close()
            house.shutdown()
            thread.join()


class _Asked:
    """A system of which every answer is right or wrong."""

    name = "asked"
    pids: Sequence[int] = ()

    def __init__(self, *, wrong: bool) -> None:
        self._wrong = wrong

    def answers(self, _: str) -> bool:
        return True

    def run(self, _: str, meter: Meter) -> int:
        with meter:
            time.sleep(0.005)
        if self._wrong:
            raise Wrong("a page that shows what it must not")
        return 1

    def close(self) -> None:
        """Close nothing."""


# Fault planted: what goes wrong beside the others caught and forgotten.
def test_a_wrong_page_in_a_mixed_morning_fails_it() -> None:
    assert mixed(partial(_Asked, wrong=False), 0.2) > 0
    dice = iter([False] * 7 + [True])
    with pytest.raises(Wrong, match="must not"):
        mixed(lambda: _Asked(wrong=next(dice)), 0.2)
