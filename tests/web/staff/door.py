"""A person at the door: an account of the played town with a password, a browser, an app that counts."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pyotp
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client

from tasuki.records.models import Account
from tasuki.records.town_plan import acknowledge_all
from tests.web.conftest import AUTUMN, Stage

PASSWORD = "kasumi no mukou ni mieru"
_HASHED = make_password(PASSWORD)


@dataclass
class Person:
    """Somebody of the played town at the door, at a moment that goes on."""

    stage: Stage
    key: str
    account: UUID
    now: dt.datetime = AUTUMN
    client: Client = field(default_factory=Client)
    codes: list[str] = field(default_factory=list)

    def get(self, address: str) -> HttpResponse:
        """Open a page at this moment."""
        return self.client.get(address, **{"tasuki.now": self.now})  # type: ignore[arg-type,return-value]  # a moment

    def post(self, address: str, **filled: str) -> HttpResponse:
        """Send a form at this moment."""
        return self.client.post(address, filled, **{"tasuki.now": self.now})  # type: ignore[arg-type,return-value]  # a moment

    def sign_in(self, **more: str) -> HttpResponse:
        """Send login and password."""
        return self.post("/sign-in/", **{"login": f"{self.key}-id", "password": PASSWORD, **more})

    def key_of_session(self) -> str:
        """The session key that the browser holds."""
        return self.client.cookies["tasuki_session"].value

    def set_up_app(self) -> str:
        """Set up the app and return its secret; the recovery codes stand on the page that follows."""
        shown = self.get("/account/totp/").content.decode()
        letters = re.search(r'code-letters">([A-Z2-7 ]+)<', shown)
        assert letters is not None
        secret = letters[1].replace(" ", "")
        self.codes = re.findall(
            r"<code>([^<]+)</code>", self.post("/account/totp/", code=self.code(secret)).content.decode()
        )
        return secret

    def code(self, secret: str) -> str:
        """What the app shows at this moment."""
        return pyotp.TOTP(secret).at(int(self.now.timestamp()))

    def wait(self, **span: int) -> None:
        """Let time pass."""
        self.now += dt.timedelta(**span)


def person(stage: Stage, key: str = "hub", *, ways: str = '{"second_factor": false}') -> Person:
    """Give somebody of the town an account; `ways` is the town's section sign_in."""
    account = Account.objects.create(id=uuid4(), login=f"{key}-id", name="架空", password=_HASHED)
    stage.run("UPDATE records_staff SET account = %s WHERE key = %s", account.pk, key)
    stage.run(
        "INSERT INTO records_setting (id, municipality_id, section, body, since, changed_by, reason)"
        " SELECT gen_random_uuid(), municipality_id, 'sign_in', %s::jsonb, now(), '', '' FROM records_staff WHERE key = %s",
        ways, key,
    )  # fmt: skip
    # Whoever works for a contractor has begun the 年度 with the 守秘の確認; test_secrecy.py takes it back.
    acknowledge_all(
        stage.id_of("SELECT municipality_id FROM records_staff WHERE key = %s", key), (AUTUMN.year, AUTUMN.year + 1)
    )
    return Person(stage, key, account.pk)


def sent_json(who: Person, address: str, body: object) -> HttpResponse:
    """Send what a script would send."""
    return who.client.post(  # type: ignore[return-value]  # a response
        address,
        body,
        content_type="application/json",
        **{"tasuki.now": who.now},  # type: ignore[arg-type]  # a moment
    )
