"""Every address of the front door that somebody can open in a played town, with the ids that are really there."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from django.test import Client

from tasuki.ops.routes import table
from tests.web.conftest import Stage

TABLE: dict[str, dict[str, Any]] = table()
# Where a noun of an address finds its ids; what is missing here has no page about somebody.
IDS = {
    "cases": "SELECT id FROM records_case", "households": "SELECT id FROM records_household",
    "people": "SELECT id FROM records_person", "records": "SELECT id FROM records_record WHERE kind <> 'MEETING'",
    "plans": "SELECT id FROM records_plan", "referrals": "SELECT id FROM records_referral",
    "sittings": "SELECT id FROM records_sitting", "consents": "SELECT id FROM records_consent",
    "keepings": "SELECT case_id FROM records_keeping", "stays": "SELECT id FROM records_stay",
    "packs": "SELECT id FROM records_pack", "watches": "SELECT id FROM records_watch",
    "items": "SELECT id FROM records_agendaitem", "requests": "SELECT id FROM records_materialrequest",
    "protections": "SELECT id FROM records_protection", "bars": "SELECT id FROM records_bar",
    "emergencies": "SELECT record_id FROM records_emergency", "staff": "SELECT id FROM records_staff",
    "tasks": "SELECT id FROM records_task", "resources": "SELECT id FROM records_resource", "gaps": "SELECT id FROM records_gap",
}  # fmt: skip
WORDS = {
    "str:kind": ("csv", "xlsx"),
    "slug:code": ("N01", "N15"),
    "slug:key": ("agencies", "clocks"),
    "str:row": ("new",),
}
PART = re.compile(r"<([a-z]+:[a-z_]+)>")


def filled(pattern: str, ids: dict[str, list[str]], forms: int) -> Iterator[str]:
    """Give every address of a pattern; a form of an act (target_id) only for the first `forms` ids."""
    noun = pattern.strip("/").split("/")[0]
    choices = []
    for part in PART.findall(pattern):
        if part.startswith("uuid:"):
            found = ids.get(noun, [])
            choices.append(found[:forms] if part == "uuid:target_id" else found)
        else:
            choices.append(list(WORDS.get(part, ())))
    for chosen in itertools.product(*choices):
        address = pattern
        for value in chosen:
            address = PART.sub(value, address, count=1)
        yield address


def addresses(stage: Stage, *, forms: int = 2) -> list[str]:
    """Return every address that answers to GET, with the ids of the town."""
    ids = {noun: sorted(str(one) for one in stage.column(question)) for noun, question in IDS.items()}
    return [
        address
        for pattern, route in TABLE.items()
        if "GET" in route["methods"] and pattern not in {"/health/", "/posts/", "/posts/secrecy/", "/sign-in/"}
        for address in filled(pattern, ids, forms)
    ]


def told(client: Client, address: str) -> tuple[int, str]:
    """Open an address and return its status and everything that it says: page, file unpacked, headers, names of files."""
    answer = client.get(address)
    body = answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    text = pdf_text(body) if body[:4] == b"%PDF" else body.decode("utf-8", "replace")
    return answer.status_code, text + "\n".join(f"{name}: {value}" for name, value in answer.headers.items())


def pdf_text(made: bytes) -> str:
    """Return the words of a PDF."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
