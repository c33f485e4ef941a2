"""A made-up city on a rehearsal copy, its people acting as the role that serves, at any moment they like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from tasuki.actions import consent, consultation, disclosure, person, referral
from tasuki.ops.database import Server
from tasuki.ops.files import OWN_PROFILES, profile_data
from tasuki.ops.replay.theatre import mark_rehearsal
from tasuki.records.asker import Asker, bind_rehearsal
from tasuki.records.models import Agency, Conference, Municipality, Staff
from tasuki.records.town_plan import OWNER, Appointment, appoint, plan_of, write_town
from tasuki.rules.calendar import JST
from tests.conftest import Copy, copied, prepared_once

LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=JST)
SPRING = dt.datetime(2026, 4, 13, 10, 0, tzinfo=JST)
DAY = dt.timedelta(days=1)
CITY = "template_city"
TABLES = {"person": "person_ground", "case": "case_ground", "record": "record_ground", "agendaitem": "item_ground"}
EXTRA = {"priv": ("CITY", ["PRIV"]), "mgr": ("CITY", ["MGR"]), "admin": ("CITY", ["ADMIN"]), "hub2": ("HUB", ["COORD"])}
EXTRA |= {"hou3b": ("HOU3", ["FIRST"])}


@dataclass
class Troupe:
    """Who is who in the city, and the acts that most stories begin with. `last` is the moment of the latest act."""

    copy: Copy
    town: UUID
    agencies: dict[str, UUID]
    staff: dict[str, UUID]
    conferences: dict[str, UUID]
    last: dt.datetime = SPRING
    people: dict[str, UUID] = field(default_factory=dict)

    @contextmanager
    def acting(self, who: str, at: dt.datetime) -> Iterator[Asker | None]:
        """Bind somebody for one transaction, as a request would."""
        with transaction.atomic():
            yield bind_rehearsal(self.staff[who], at)

    def act(self, by: str, action: Callable[..., Any], /, *, moment: dt.datetime | None = None, **values: Any) -> Any:
        """Let somebody do one act, an hour after the last one unless a moment is given."""
        self.last = moment or self.last + dt.timedelta(hours=1)
        with self.acting(by, self.last) as asker:
            assert asker is not None, f"{by} has no post at {self.last}"
            return action(by=asker, now=self.last, **values)

    def ground(self, who: str, table: str, row: UUID, at: dt.datetime | None = None) -> str | None:
        """Return the ground on which somebody sees a row; what the table shows and the ground must agree."""
        with self.acting(who, at or self.last), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {TABLES[table]}(%s), EXISTS (SELECT FROM records_{table} WHERE id = %s)", [row, row]
            )
            said = cursor.fetchone()
        assert said is not None
        assert (said[0] is not None) == said[1], f"{who} {table}: ground {said[0]}, row there: {said[1]}"
        return str(said[0]) if said[0] else None

    def seen(self, who: str, statement: str, *values: Any, at: dt.datetime | None = None) -> list[Any]:
        """Return what somebody reads, as (column, …) rows; one column comes bare."""
        with self.acting(who, at or self.last), connection.cursor() as cursor:
            cursor.execute(statement, list(values))
            return [row[0] if len(row) == 1 else row for row in cursor.fetchall()]

    def truth(self, statement: str, *values: object) -> list[Any]:
        """Return what is really there, past every policy."""
        return [row[0] if len(row) == 1 else row for row in self.copy.past_all(statement, values)]

    def change(self, statement: str, *values: object) -> None:
        """Change something behind the product's back."""
        self.copy.past_all(statement, values)

    def register(self, who: str, key: str, name: str = "霧ヶ洞 とみ", household: str = "", **more: Any) -> UUID:
        """Put somebody on the register; `household` is the key of somebody who lives there."""
        home = None
        if household:
            (home,) = self.truth("SELECT household_id FROM records_person WHERE id = %s", self.people[household])
        made = self.act(who, person.register_person, who=person.Identity(name=name, **more), household=home)
        self.people[key] = made.pk
        return self.people[key]

    def receive(self, who: str, *people: UUID, **heard: Any) -> UUID:
        """Receive somebody and return the case."""
        form = consultation.Reception(route="本人来所", topics=["介護"], **heard)
        return self.act(who, consultation.receive, people=list(people), heard=form).record.case_id  # type: ignore[no-any-return]  # act() gives Any

    def consent(self, who: str, one: UUID, *to: str, classes: tuple[str, ...] = ("BASIC",), **more: Any) -> None:
        """Write a consent that reaches agencies."""
        form = consent.ConsentForm(to=[self.agencies[key] for key in to], classes=classes, **more)
        self.act(who, consent.consent_get, person=one, form=form)

    def refer(self, who: str, case: UUID, to: str, **more: Any) -> Any:
        """Offer a case, on consent unless said otherwise, and return the offer."""
        sheet = referral.Sheet(**{"wants": "面談", "tried": "訪問2回", "text": "様子", **more})
        return self.act(who, referral.refer, case=case, to=self.agencies[to], sheet=sheet)

    def break_glass(self, who: str, one: UUID, reason: str = "倒れていて返事がない。救急隊が待っている。") -> Any:
        """Open somebody in an emergency."""
        return self.act(who, disclosure.break_glass, people=[one], reason=reason)


def found_city(copy: Copy, profile: str = "kasumihama") -> Troupe:
    """Write a city with one worker for each agency, and some with special roles."""
    plan = plan_of(profile_data(OWN_PROFILES / f"{profile}.yaml"))
    town = write_town(plan, key=profile, at=LONG_AGO, today=LONG_AGO.date(), by="test").town
    agencies = dict(Agency.objects.using(OWNER).filter(municipality=town).values_list("key", "pk"))
    conferences = dict(Conference.objects.using(OWNER).filter(municipality=town).values_list("key", "pk"))
    workers = [Appointment(key.lower(), f"架空 {key}", [(key, [])]) for key in agencies]
    staff = appoint(town, workers, LONG_AGO)
    return Troupe(copy, town.pk, agencies, staff, conferences)


NATURAL = {"HUB": ["COORD"], "CITY": ["CITY", "CHAIR"], "OUT": ["OUT"], "PAR": ["PART"], "SHAKYO": ["FIRST", "COMM"]}
PARTNERS = frozenset({"MINSEI", "KATAZUKE", "KOKUSAI", "HOUKAGO", "HW"})


@pytest.fixture(scope="session")
def city_template(server: Server, template: str, django_db_blocker: DjangoDbBlocker) -> str:
    """Found the city of 霞浜 once for all workers, everybody with the role that their agency's kind has."""

    def found(part: str) -> None:
        mark_rehearsal()
        city = found_city(Copy(server, part))
        for key in city.agencies:
            sets = NATURAL.get(key, ["PARTNER"] if key in PARTNERS else ["FIRST"])
            city.change("UPDATE records_post SET sets = %s WHERE staff_id = %s", sets, city.staff[key.lower()])
        for key, (agency, sets) in EXTRA.items():
            hire(city, key, agency, sets)
        city.copy.hang_up()

    return prepared_once(server, template, django_db_blocker, CITY, found)


@pytest.fixture
def troupe(server: Server, city_template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Troupe]:
    """Give the city of 霞浜 on a rehearsal copy."""
    with copied(server, city_template, django_db_blocker) as copy:
        yield city_in(copy)


def city_in(copy: Copy) -> Troupe:
    """Read who is who in a copy of the city."""
    (town,) = Municipality.objects.using(OWNER).values_list("pk", flat=True)
    agencies, staff, conferences = (
        dict(table.objects.using(OWNER).filter(municipality=town).values_list("key", "pk"))
        for table in (Agency, Staff, Conference)
    )
    return Troupe(copy, town, agencies, staff, conferences)


def hire(city: Troupe, key: str, agency: str, sets: list[str]) -> None:
    """Give the city somebody more, with these permission sets."""
    (made,) = city.truth(
        "INSERT INTO records_staff (id, municipality_id, key, name) VALUES (gen_random_uuid(), %s, %s, %s) RETURNING id",
        city.town, key, f"架空 {key}",
    )  # fmt: skip
    city.change(
        "INSERT INTO records_post (id, municipality_id, staff_id, agency_id, roles, sets, area, since)"
        " VALUES (gen_random_uuid(), %s, %s, %s, '{}', %s, '', %s)",
        city.town, made, city.agencies[agency], sets, LONG_AGO,
    )  # fmt: skip
    city.staff[key] = made
