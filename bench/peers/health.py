"""GNU Health, installed for one run, with the people and notes of the world.

Every person is its patient, a note is an evaluation of the first person of its case, and one professional, as whom everybody
signs in, is the doctor of those of the cases that the product lists. It has no law between workers.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psycopg

from bench.peers import PLAIN, guest
from tasuki.ops.database import Server

NAME = "bench_health"
SERVED = "trytond.application:app"
LOGIN = "admin"
DOCTOR = 1  # the professional's number, and the number of the user who signs in
_EMPTY = {"character varying": ""}


@dataclass(frozen=True)
class Site:
    """GNU Health, ready: its interpreter, what it needs to be told, its patient of each case, each patient's notes."""

    python: str
    environment: dict[str, str]
    patient: dict[UUID, int]
    notes: dict[int, list[str]]


def site(server: Server, world: str, folder: Path, key: str, mine: Iterable[UUID]) -> Site:
    """Install GNU Health into a folder and give it the rows of `world`; `mine` are the professional's cases, `key` the password.

    Raises OSError when it cannot be installed or does not make its tables.
    """
    folder.mkdir()
    python = guest.installed(folder / "python", "health.txt")
    at = guest.database(server, NAME)
    settings, secret = folder / "trytond.conf", folder / "key"
    address = f"postgresql://{at['user']}:{quote(at['password'], safe='')}@:{at['port']}/"
    settings.write_text(f"[database]\nuri = {address}\npath = {folder}\n", encoding="utf-8")
    secret.write_text(key, encoding="utf-8")
    environment = {"TRYTOND_CONFIG": str(settings), "TRYTOND_DATABASE_NAMES": NAME, "PGHOST": str(at["host"])}
    administer = [str(Path(python).with_name("trytond-admin")), "-c", str(settings), "-d", NAME]
    guest.run(
        [*administer, "--all", "--email", "nobody@example.invalid"], {**environment, "TRYTONPASSFILE": str(secret)}
    )
    guest.run([*administer, "-u", "health", "--activate-dependencies"], environment)
    with psycopg.connect(server.admin_dsn(world)) as rows, psycopg.connect(server.dsn(PLAIN, NAME)) as health:
        return Site(python, {**os.environ, **environment}, *_fill(rows, health, mine))


def _fill(
    rows: psycopg.Connection, health: psycopg.Connection, mine: Iterable[UUID]
) -> tuple[dict[UUID, int], dict[int, list[str]]]:
    people = guest.people(rows)
    patient = {case: people[person][0] for case, person in guest.first_of_each_case(rows).items()}
    own = {patient[case] for case in mine}
    parties = (_party(number, name) | {"is_patient": True} for number, name in people.values())
    guest.put(health, "party_party", parties, _EMPTY)
    professional = _party(DOCTOR, "担当 者") | {"is_healthprof": True, "internal_user": DOCTOR}
    guest.put(health, "party_party", [professional], _EMPTY)
    guest.put(health, "gnuhealth_healthprofessional", [{"id": DOCTOR, "party": DOCTOR, "active": True}], _EMPTY)
    patients = (
        {"id": one, "party": one, "active": True, "primary_care_doctor": DOCTOR if one in own else None}
        for one, _ in people.values()
    )
    guest.put(health, "gnuhealth_patient", patients, _EMPTY)
    kept: dict[int, list[str]] = {}

    def evaluations() -> Iterable[dict[str, Any]]:
        for number, record, of, at, text in guest.notes(rows, patient):
            kept.setdefault(of, []).append(record)
            yield {
                "id": number, "patient": of, "evaluation_start": at.replace(tzinfo=None), "chief_complaint": record, "notes": text,
                "state": "done", "healthprof": DOCTOR, "discharge_reason": "home",
            }  # fmt: skip

    guest.put(health, "gnuhealth_patient_evaluation", evaluations(), _EMPTY)
    for table in ("party_party", "gnuhealth_patient_evaluation"):
        health.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))".encode())  # noqa: S608
    health.commit()
    health.autocommit = True
    health.execute("ANALYZE")
    return patient, kept


def _party(number: int, name: str) -> dict[str, Any]:
    last, _, first = name.partition(" ")
    return {"id": number, "code": f"P{number}", "name": first, "lastname": last, "active": True, "is_person": True}
