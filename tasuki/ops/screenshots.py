"""Pictures of the screens for the guides: a story is played on a throw-away database and photographed as its people."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import socketserver
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from tasuki.ops import Unfit
from tasuki.ops.database import disconnect, embedded_server, fleeting_ground
from tasuki.ops.embedded import Cluster
from tasuki.ops.files import OWN_SCENARIOS, load_scenario

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tasuki.ops.replay.turn import Play
    from tasuki.rules.contract.scenario import Step

TARGET = Path("docs") / "use" / "pictures"
STORY = OWN_SCENARIOS / "T01.yaml"
WIDE = {"width": 1366, "height": 768}
# The browser asks for no name of its own accord: what it asks for is what a page made it ask.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=ja", ALONE)


@dataclass
class Clock:
    """The moment that every request of a served rehearsal happens at."""

    at: dt.datetime


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the step before which it is taken, by whom, and where in the house."""

    name: str
    before: str
    who: str
    address: str


# The address may name what a step made: {case}, {p1} … or {i1} for the sitting of an item.
SHOTS = (
    Shot("reception", "s1", "hou3", "/consultations/new/"),
    Shot("case-at-the-desk", "c1", "hou3", "/cases/{case}/"),
    Shot("consent", "c1", "hou3", "/cases/{case}/consents/"),
    Shot("referral", "r1", "hou3", "/cases/{case}/referrals/"),
    Shot("today-hub", "ac1", "hub", "/"),
    Shot("answer", "ac1", "hub", "/referrals/"),
    Shot("agenda", "sm1", "hub", "/cases/{case}/agenda/"),
    Shot("sitting-sealed", "h1", "hub", "/sittings/{sm1}/"),
    Shot("visit", "v3", "out", "/cases/{case}/visits/"),
    Shot("plan-draft", "p1", "hub", "/cases/{case}/plans/"),
    Shot("sitting-plan", "h2", "hub", "/sittings/{sm2}/"),
    Shot("decision", "d1", "city", "/plans/{p1}/decision/"),
    Shot("case-supported", "w1", "hub", "/cases/{case}/"),
    Shot("withdrawal", "w1", "hub", "/cases/{case}/withdrawals/"),
    Shot("evaluation", "e1", "hub", "/plans/{p1}/evaluation/"),
    Shot("kinship", "a2", "hub", "/cases/{case}/kinship/"),
    Shot("story", "w1", "hub", "/cases/{case}/?span=season"),
    Shot("today-out", "v4", "out", "/"),
    Shot("outreach-case", "v4", "out", "/cases/{case}/"),
    Shot("host", "t1", "par", "/resources/register/"),
    Shot("resources", "t2", "par", "/resources/"),
    Shot("participation", "t3", "par", "/cases/{case}/participation/"),
    Shot("figures", "e1", "city", "/figures/"),
    Shot("sight", "w1", "hub", "/cases/{case}/sight/"),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the folder to write to."""
    parser.add_argument("--to", type=Path, default=TARGET, help="書き出すフォルダ")


def run(options: argparse.Namespace) -> int:
    """Play the story and take every picture."""
    from tasuki.ops.replay.theatre import rehearsal_database

    options.to.mkdir(parents=True, exist_ok=True)
    os.environ["TASUKI_POOL"] = "0"
    with tempfile.TemporaryDirectory(prefix="tasuki-pictures-", dir=fleeting_ground()) as folder:
        Path(folder).chmod(0o711)
        with Cluster(Path(folder), durable=False) as cluster:
            server = embedded_server(cluster)
            server.make_roles()
            rehearsal_database(server, "pictures")
            with chromium() as browser:
                for name in photograph(browser, options.to):
                    print(f"{options.to / name}.png")
            disconnect()
    return 0


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the system's chromium without a window. Raises Unfit without it or without the parts for tests."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as missing:
        raise Unfit("画面の絵には試験用の部品が要ります。`./run test` を1度実行してください。") from missing
    names = (os.environ.get("TASUKI_CHROMIUM", "chromium"), "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        raise Unfit("chromium がありません。入れるか、場所を TASUKI_CHROMIUM で示してください。")
    # Playwright drives the browser from a loop of its own in this thread; nothing of ours runs inside that loop.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=list(CHROMIUM))
        try:
            yield browser
        finally:
            disconnect()  # a connection made beside the browser's loop is not seen from outside of it
            browser.close()


def photograph(browser: Browser, folder: Path) -> Iterator[str]:
    """Play the story step by step, take every picture and write its words down; give the name of each."""
    for stop in walk():
        page = visitor(browser, stop.house, stop.staff, stop.now)
        _take(page, stop.address, folder / f"{stop.name}.png")
        (folder / f"{stop.name}.txt").write_text(words_of(stop), encoding="utf-8")
        yield stop.name


@dataclass(frozen=True)
class Stop:
    """Where the story stands when a picture is due: the served house, the page, who looks at it, and when."""

    name: str
    house: str
    address: str
    staff: UUID
    now: dt.datetime


def walk() -> Iterator[Stop]:
    """Play the story on the database to which Django leads, and stop where a picture is due."""
    from tasuki.ops.replay.stage import set_up
    from tasuki.ops.replay.turn import Play

    scenario = load_scenario(STORY)
    play, clock = Play(scenario, set_up(scenario)), Clock(scenario.steps[0].at)
    with serving(clock) as house:
        for step in [one for one in scenario.steps if not one.refused]:
            for shot in [one for one in SHOTS if one.before == step.id]:
                clock.at = step.at - dt.timedelta(minutes=1)
                address = house + shot.address.format_map(_made(play))
                yield Stop(shot.name, house, address, play.cast.staff[shot.who], clock.at)
            _play(play, step)


def words_of(stop: Stop) -> str:
    """Return what a page says, a line for each piece of text: when it changes, its picture and its guide are old."""
    house = urlsplit(stop.address)
    line = HTTPConnection(str(house.hostname), house.port, timeout=60)
    line.request(
        "GET",
        f"{house.path}?{house.query}" if house.query else house.path,
        headers={"Cookie": f"tasuki_session={session_of(stop.staff, stop.now)}"},
    )
    body = line.getresponse().read().decode()
    line.close()
    reader = _Words()
    reader.feed(body[body.index("<main") :])
    return "\n".join(reader.found) + "\n"


class _Words(HTMLParser):
    """Collects the pieces of text of a page, without those inside its drawings, which are approved elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._drawings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notice a drawing that begins."""
        self._drawings += tag == "svg"

    def handle_endtag(self, tag: str) -> None:
        """Notice a drawing that ends."""
        self._drawings -= tag == "svg"

    def handle_data(self, data: str) -> None:
        """Keep a piece that says something."""
        if (words := " ".join(data.split())) and not self._drawings:
            self.found.append(words)


def _play(play: Play, step: Step) -> None:
    from django.db import transaction

    from tasuki.ops.replay.acts import act
    from tasuki.ops.replay.turn import Turn
    from tasuki.records.asker import bind_rehearsal

    newcomers: dict[str, UUID] = {}
    with transaction.atomic():
        by = bind_rehearsal(play.cast.staff[step.by], step.at)
        if by is None:
            raise Unfit(f"{step.by} は {step.at} に立場がありません。")
        made = act(Turn(play, step, by, newcomers))
    play.cast.people.update(newcomers)
    play.made[step.id or f"line{step.line}"] = made


def _made(play: Play) -> Mapping[str, Any]:
    from tasuki.ops.replay import prompt

    first = play.cast.people.get("A")
    return {**play.made, **play.sittings, "case": prompt.case_of(first) if first else ""}


def _take(page: Page, address: str, target: Path) -> None:
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        raise Unfit(f"{address} は {answer.status if answer else '-'} と答えました。")
    page.screenshot(path=str(target), animations="disabled")
    page.context.close()


def visitor(browser: Browser, house: str, staff: UUID, now: dt.datetime) -> Page:
    """Return a page in a window of its own in which somebody has signed in and chosen their post."""
    context = browser.new_context(viewport=WIDE, locale="ja-JP")  # type: ignore[arg-type]  # a plain map of two numbers
    context.add_cookies([{"name": "tasuki_session", "value": session_of(staff, now), "url": house}])
    return context.new_page()


def session_of(staff: UUID, now: dt.datetime) -> str:
    """Open a session for somebody in the post that they have at a moment, and return its key."""
    from django.contrib.sessions.backends.db import SessionStore

    from tasuki.actions import sign_in
    from tasuki.ops.replay.browser import account
    from tasuki.records.models import Post

    session = SessionStore()
    session.create()
    post = Post.objects.using("owner").filter(staff_id=staff, until=None).values_list("pk", flat=True).get()
    key = str(session.session_key)
    sign_in.choose(account=account(), staff=staff, post=post, session_key=key, now=now, entry=sign_in.REHEARSED)
    sign_in.acknowledge(session_key=key, now=now)
    return key


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name that the class above gives it
        """Say nothing."""


@contextmanager
def serving(clock: Clock) -> Iterator[str]:
    """Serve the rehearsal to which Django leads, on this machine only, at the clock's moment; gives its address."""
    from django.core.wsgi import get_wsgi_application
    from django.db import connections

    house = get_wsgi_application()

    def at_that_moment(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ["tasuki.now"] = clock.at
        answer = house(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            if hasattr(answer, "close"):
                answer.close()
            connections.close_all()

    with make_server("127.0.0.1", 0, at_that_moment, server_class=_Server, handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
