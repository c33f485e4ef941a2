"""The peers that are installed for a run: who signs in to them, and what answers which call."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.browser import Ask, Browser, Form
from bench.calls import ID, Page
from bench.goals import HEALTH, LINO, LONG, MINE, SAVE, SEARCH, SHORT
from bench.peers import health, welfare
from bench.scene import Open, Scene
from bench.serving import by_granian
from tasuki.ops.database import Server

type _Door = Callable[[Browser, str], None]


def guests_of(
    server: Server, name: str, asked: Scene, folder: Path, key: str, workers: int
) -> dict[str, tuple[list[str], str | Ask, dict[str, str], str, dict[str, Page], _Door]]:
    """Install the peers that are, and fill them; by name: how each is served and reached, its pages, its door."""
    cases = {"worker": asked.listed, "writer": (asked.long.id,)}
    mine = {one.login: cases.get(who, ()) for who, one in asked.askers.items()}
    lino = welfare.site(server, name, folder / LINO, key, mine)
    gnu = health.site(server, name, folder / HEALTH, key, asked.listed)
    served, version = by_granian(welfare.SERVED, workers, "--factory"), _rpc("common.server.version", at="/")
    return {
        LINO: (served, "/", lino.environment, lino.python, of_lino(asked, lino), _lino_door(asked, key)),
        HEALTH: (
            by_granian(health.SERVED, workers),
            version,
            gnu.environment,
            gnu.python,
            of_health(asked, gnu),
            _health_door(key),
        ),
    }


def _rpc(method: str, *values: Any, at: str = f"/{health.NAME}/") -> Ask:
    return Ask(at, json.dumps({"id": 1, "method": method, "params": values}))


def _health_door(key: str) -> _Door:
    def enter(browser: Browser, _who: str) -> None:
        user, session = json.loads(browser.ask(_rpc("common.db.login", health.LOGIN, {"password": key}, "en")).text)[
            "result"
        ]
        told = base64.b64encode(f"{health.LOGIN}:{user}:{session}".encode()).decode()
        browser.headers["Authorization"] = f"Session {told}"

    return enter


def _lino_door(asked: Scene, key: str) -> Callable[[Browser, str], None]:
    def enter(browser: Browser, who: str) -> None:
        told: Form = {"an": "sign_in", "username": asked.askers[who].login, "password": key}
        if '"success": true' not in browser.ask("/api/about/About", told).text:
            raise PermissionError("Lino lets nobody in")

    return enter


def of_lino(asked: Scene, made: welfare.Site) -> dict[str, Page]:
    """Return Lino's pages, as its own browser program asks for them; it has no figures."""
    client, note = re.compile(r'\[ "(?:[^"\\]|\\.)* \((\d+)\)",'), re.compile(f'"{ID}"')

    def notes(number: int) -> str:
        return f"/api/notes/NotesByProject?fmt=json&limit=500&start=0&mk={number}&mt={made.kind}"

    def case(one: Open) -> Page:
        number = made.client[one.id]
        at = f"/api/pcsw/Clients/{number}?fmt=json"
        return Page(one.who, at, note, made.notes[number], [one.note], then=notes(number))

    def written(words: str) -> Form:
        return {"an": "submit_insert", "mk": str(number), "mt": str(made.kind), "subject": words, "body": words}

    number = made.client[asked.written.id]
    listed = sorted({str(made.client[one]) for one in asked.listed})
    search = f"/api/pcsw/CoachedClients?fmt=json&limit=100&start=0&query={quote(asked.surname)}"
    return {
        MINE: Page("worker", "/api/integ/Clients?fmt=json&limit=50&start=0", client, listed),
        SHORT: case(asked.short), LONG: case(asked.long),
        SEARCH: Page("worker", search, must=[asked.surname]),
        SAVE: Page("worker", "/api/notes/NotesByProject", form=written, kept=notes(number)),
    }  # fmt: skip


_PATIENT = ["rec_name", "puid", "gender", "dob", "age"]
_NOTE = ["rec_name", "evaluation_start", "chief_complaint", "notes", "state", "healthprof"]


def of_health(asked: Scene, made: health.Site) -> dict[str, Page]:
    """Return GNU Health's questions, as its own program asks them; it has no figures."""
    patient, note = re.compile(r'"id":(\d{6,})'), re.compile(f'"{ID}"')

    def found(model: str, which: list[Any], order: Any, fields: list[str]) -> Ask:
        return _rpc(f"model.gnuhealth.{model}.search_read", which, 0, 500, order, fields, {})

    def notes(number: int) -> Ask:
        return found("patient.evaluation", [["patient", "=", number]], [["evaluation_start", "DESC"]], _NOTE)

    def case(one: Open) -> Page:
        number = made.patient[one.id]
        read = _rpc("model.gnuhealth.patient.read", [number], [*_PATIENT, "critical_info", "primary_care_doctor"], {})
        return Page(one.who, read, note, made.notes[number], [one.note], then=notes(number))

    def written(words: str) -> Ask:
        value = {"patient": number, "chief_complaint": words, "notes": words, "discharge_reason": "home"}
        return _rpc("model.gnuhealth.patient.evaluation.create", [value], {})

    number = made.patient[asked.written.id]
    listed = sorted({str(made.patient[one]) for one in asked.listed})
    mine = found("patient", [["primary_care_doctor", "=", health.DOCTOR]], None, _PATIENT)
    search = found("patient", [["rec_name", "ilike", f"%{asked.surname}%"]], None, _PATIENT)
    return {
        MINE: Page("worker", mine, patient, listed),
        SHORT: case(asked.short), LONG: case(asked.long),
        SEARCH: Page("worker", search, must=[asked.surname]),
        SAVE: Page("worker", notes(number), form=written, kept=notes(number)),
    }  # fmt: skip
