"""The page door: the same question asked over HTTP, signed in as that person, at the row's moment."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from urllib.parse import quote
from uuid import UUID, uuid4

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from tasuki.actions.sign_in import acknowledge
from tasuki.ops.replay import prompt
from tasuki.ops.replay.doors import Answer, best, person_of_row
from tasuki.ops.replay.turn import Play
from tasuki.records.models import Account, SignIn
from tasuki.rules.calendar import day_of, fiscal_year
from tasuki.rules.contract.scenario import SeeRow

_GROUND = re.compile(rb'data-ground="([A-Z_0-9]+)"')
_OK, _NOT_FOUND = 200, 404
# The figures whose rows are cases or name their case, by the course of a case: received, accepted, running.
_FIGURES = ("N01", "N04", "N15")
# What is printed of a record: a つなぐシート, a plan, the two parts of the minutes.
_PAPERS = (
    ("SELECT id FROM records_referral WHERE record_id = %s", ("/referrals/{}/sheet.pdf",)),
    ("SELECT id FROM records_plan WHERE record_id = %s", ("/plans/{}/plan.pdf",)),
    (
        "SELECT sitting_id FROM records_record WHERE id = %s AND kind = 'SITTING'",
        ("/sittings/{}/minutes-consent.pdf", "/sittings/{}/minutes-sealed.pdf"),
    ),
)
A_LIFE = dt.timedelta(days=20 * 365)  # of a session in a play, whose clock jumps over months


class Browsers:
    """A signed-in browser for each person of a play."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self._open: dict[str, tuple[Client, UUID]] = {}
        self._acknowledged: set[tuple[str, UUID, int]] = set()

    def ask(self, row: SeeRow) -> Answer | None:
        """Ask a row of the pages; None for a row that has no page of its own."""
        target = self._address(row)
        if target is None:
            return None
        client = self._client(row.who, row.at)
        if client is None:
            return Answer(None, 0)
        return best_answer([self._look(client, row, address) for address in target])

    def _address(self, row: SeeRow) -> list[str] | None:
        people, made = self._play.cast.people, self._play.made
        if row.kind in {"person", "address"} or (row.kind == "class"):
            return [f"/people/{people.get(row.key) or uuid4()}/"]
        if row.kind == "step":
            return [f"/records/{made.get(row.key) or uuid4()}/"]
        if row.kind == "search":
            return [f"/search/?q={quote(row.text)}"]
        if row.kind == "case":
            return [f"/cases/{one}/" for one in prompt.household_cases(person_of_row(self._play, row))]
        return None

    def _look(self, client: Client, row: SeeRow, address: str) -> Answer:
        response = client.get(address, **{"tasuki.now": row.at})  # type: ignore[arg-type]  # the stubs take only text
        if response.status_code in (_NOT_FOUND, 302):
            return Answer(None)
        if response.status_code != _OK:
            return Answer(f"HTTP_{response.status_code}")
        if row.kind == "search":
            return self._found(row, response.content)
        ground = _GROUND.search(response.content)
        seen = ground.group(1).decode() if ground else "NO_GROUND_SHOWN"
        if row.kind == "address" and b"data-address" not in response.content:
            return Answer(None)
        if row.kind == "class" and row.data_class != "BASIC":
            grounds = _class_grounds(response.content, row.data_class)
            return Answer(best(list(grounds)))
        return Answer(seen)

    def _found(self, row: SeeRow, page: bytes) -> Answer:
        person = person_of_row(self._play, row)
        home = [str(one).encode() for one in [*prompt.members(person), *prompt.household_cases(person)]]
        count = re.search(rb'class="second">[^<]*?([0-9]+)\xe4\xbb\xb6', page)
        there = any(one in page for one in home)
        return Answer(row.ground if there else None, int(count.group(1)) if count else 0)

    def in_list(self, row: SeeRow) -> Answer | None:
        """Whether the household's cases stand in the list of all cases; None for a row that is about no case."""
        if row.kind != "case":
            return None
        return self._named_in("/households/?open=&area=&agency=&state=&due=&row=", row)

    def in_figures(self, row: SeeRow) -> Answer | None:
        """Whether a case that may not be seen stands behind a figure; what may be seen need not stand there."""
        if row.kind != "case" or row.allow:
            return None
        year = fiscal_year(row.at.date())
        found = [self._named_in(f"/figures/{code}/?year={year}", row) for code in _FIGURES]
        return next((one for one in found if one.ground), found[0])

    def _named_in(self, address: str, row: SeeRow) -> Answer:
        client = self._client(row.who, row.at)
        if client is None:
            return Answer(None)
        response = client.get(address, **{"tasuki.now": row.at})  # type: ignore[arg-type]  # the stubs take only text
        if response.status_code in (_NOT_FOUND, 302):
            return Answer(None)
        if response.status_code != _OK:
            return Answer(f"HTTP_{response.status_code}")
        cases = prompt.household_cases(person_of_row(self._play, row))
        there = any(f"/cases/{one}/".encode() in response.content for one in cases)
        return Answer(row.ground if row.allow else "THERE") if there else Answer(None)

    def on_paper(self, row: SeeRow) -> Answer | None:
        """Whether what a step made can be printed; None for a step that makes no paper of its own."""
        made = self._play.made.get(row.key) if row.kind == "step" else None
        papers = [
            address.format(one)
            for statement, addresses in _PAPERS
            for (one,) in _of(made, statement)
            for address in addresses
        ]
        if not papers:
            return None
        client = self._client(row.who, row.at)
        if client is None:
            return Answer(None)
        answers = [client.get(one, **{"tasuki.now": row.at}) for one in papers]  # type: ignore[arg-type]  # the stubs take only text
        odd = next((one.status_code for one in answers if one.status_code not in (_OK, _NOT_FOUND, 302)), None)
        if odd:
            return Answer(f"HTTP_{odd}")
        return Answer(row.ground or "PRINTED") if any(one.content[:4] == b"%PDF" for one in answers) else Answer(None)

    def in_file(self, row: SeeRow) -> Answer:
        """Whether the address of a person stands in the file of the list."""
        client = self._client(row.who, row.at)
        address = prompt.look(
            "SELECT address FROM records_contact WHERE person_id = %s", [self._play.cast.people[row.key]]
        )
        if client is None or not address or not address[0][0]:
            return Answer(None)
        page = client.get("/households/export.csv", **{"tasuki.now": row.at})  # type: ignore[arg-type]  # the stubs take only text
        body = b"".join(page) if page.streaming else page.content
        return Answer("FILE" if address[0][0].encode() in body else None)

    def _client(self, who: str, at: dt.datetime) -> Client | None:
        rows = prompt.look(
            "SELECT p.id FROM records_post p WHERE p.staff_id = %s AND p.since <= %s AND (p.until IS NULL OR p.until > %s)"
            " ORDER BY p.since DESC LIMIT 1",
            [self._play.cast.staff[who], at, at],
        )
        if not rows:
            return None
        post = rows[0][0]
        known = self._open.get(who)
        if known is None or known[1] != post:
            self._open[who] = (_signed_in(self._play.cast.staff[who], post, at), post)
        client = self._open[who][0]
        begun = (who, post, fiscal_year(day_of(at)))
        if begun not in self._acknowledged:  # who works for a contractor begins the 年度 with the 守秘の確認
            acknowledge(session_key=client.cookies["tasuki_session"].value, now=at)
            self._acknowledged.add(begun)
        return client


def _of(record: UUID | None, statement: str) -> list[tuple[UUID]]:
    return prompt.look(statement, [record]) if record else []


def _class_grounds(page: bytes, data_class: str) -> list[str]:
    return [
        one.decode() for one in re.findall(rb'data-class="%s" data-seen="([A-Z_0-9]+)"' % data_class.encode(), page)
    ]


def best_answer(answers: list[Answer]) -> Answer:
    """The best ground among several pages; an unexpected status beats all."""
    odd = next((one for one in answers if one.ground and one.ground.startswith(("HTTP_", "NO_"))), None)
    if odd is not None or len(answers) == 1:
        return odd or answers[0]
    return Answer(best([one.ground for one in answers]))


def account() -> UUID:
    """Make an account by which nobody can sign in; return its number. A session whose account is not there is nobody's."""
    made = Account.objects.using("door").create(login=f"rehearsal-{uuid4()}", name="稽古", password=make_password(None))
    return made.pk


def _signed_in(staff: UUID, post: UUID, at: dt.datetime) -> Client:
    session = SessionStore()
    session.create()
    key = str(session.session_key)
    SignIn.objects.create(
        key_hash=hashlib.sha256(key.encode()).hexdigest(),
        account=account(),
        staff=staff,
        post=post,
        opened_at=at,
        seen_at=at,
        expires_at=at + A_LIFE,
        idle_seconds=int(A_LIFE.total_seconds()),
    )
    client = Client(raise_request_exception=False, headers={"host": "127.0.0.1"})
    client.cookies["tasuki_session"] = key
    return client
