"""T35: in a run of the story, its refusals and its accidents, no log names a person, an address, a text, a key, a password."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.test import Client

from tasuki.ops.embedded import Cluster
from tests.conftest import FOLDER
from tests.web.conftest import Stage
from tests.web.staff.door import PASSWORD, person

CANARY = "カナリヤ野 ミチル"
STREET = "霞浜市カナリヤ町９９番地"
WORDS = "かなりやが鳴いたと本人が話した"
WRONG = "canary wrong password"


def server_log() -> str:
    """Return what the test's PostgreSQL server has written."""
    return Cluster(Path(os.environ[FOLDER]), durable=False).log.read_text(encoding="utf-8", errors="replace")


def accidents(stage: Stage, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the front door and the database fail in every way with a canary in hand."""
    note = {"name": CANARY, "kana": CANARY, "address": STREET, "note": WORDS, "phone": "090-0000-1234"}
    client.raise_request_exception = False
    client.post("/consultations/new/", {**note, "form_key": str(uuid4())})
    client.post(
        "/consultations/new/",
        {**note, "name": CANARY * 60, "topics": ["介護"], "route": "本人来所", "form_key": str(uuid4())},
    )
    client.get("/search/", {"q": CANARY})
    client.get(f"/people/{uuid4()}/?name={CANARY}")
    client.post(f"/cases/{uuid4()}/notes/", note)

    def broken(*_: object, **__: object) -> None:
        raise ValueError(f"{CANARY} {STREET} {WORDS}")

    monkeypatch.setattr("tasuki.queries.today.waiting", broken)
    assert client.get("/").status_code == 500
    monkeypatch.undo()
    with stage.copy.connect("tasuki_app") as raw:
        for statement in (
            "SELECT %s::integer", "INSERT INTO records_person (id, name) VALUES (gen_random_uuid(), %s)",
            "SELECT begin_request(%s, NULL) / 0", "DO $$ BEGIN RAISE EXCEPTION 'x'; END $$; SELECT %s",
        ):  # fmt: skip
            with pytest.raises(psycopg.Error):
                raw.execute(statement.encode(), [CANARY])


# Faults planted: exc_info=True in web/middleware.py; log_min_messages left out of ops/embedded.py.
def test_no_log_names_anybody(stage: Stage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    who = person(stage)
    with caplog.at_level(logging.NOTSET, logger="tasuki"):
        who.sign_in(password=WRONG)
        who.sign_in()
        key = who.key_of_session()
        who.client.defaults["tasuki.now"] = who.now  # type: ignore[assignment]  # a moment
        accidents(stage, who.client, monkeypatch)
        accidents(stage, stage.browser("hub"), monkeypatch)
    told = "\n".join(
        [*(f"{one.getMessage()} {one.exc_text or one.exc_info or ''}" for one in caplog.records), server_log()]
    )
    assert "failed: ValueError at today" in told  # the accident itself is told, with a number
    names = str(stage.value("SELECT string_agg(name, '|') FROM records_person WHERE name <> ''")).split("|")
    for secret in (CANARY, CANARY[:4], STREET, WORDS, WRONG, PASSWORD, key, "090-0000-1234", *names):
        assert secret not in told, secret


def test_the_servers_log_is_set_to_repeat_nothing(stage: Stage) -> None:
    wanted = {
        "log_statement": "none", "log_min_error_statement": "panic", "log_min_messages": "log", "log_min_duration_statement": "-1",
        "log_parameter_max_length": "0", "log_parameter_max_length_on_error": "0", "log_error_verbosity": "terse",
    }  # fmt: skip
    for name, value in wanted.items():
        assert stage.value("SELECT current_setting(%s)", name) == value, name
