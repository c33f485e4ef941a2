"""Who works in the made-up town: one to three people in each agency, each with a way to sign in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID, uuid4

from tasuki.ops.town.names import Surname, given
from tasuki.records.models import Account
from tasuki.records.town_plan import Appointment
from tasuki.rules.profile.reading import natural_roles

_WORDS = (
    "asagiri",
    "hamakaze",
    "kazahana",
    "koharu",
    "minamo",
    "shigure",
    "tsukushi",
    "yamabiko",
    "yugure",
    "hidamari",
)
# The offices of the town itself: login and role, each a person of their own.
_OFFICE = {
    "city": "DECIDER", "kaicho": "CHAIR", "kanri": "MANAGER", "kojin": "PRIVACY_OFFICER", "admin": "ADMIN",
}  # fmt: skip
# The first worker of the first agency of a kind gets a login that one remembers.
_FIRST_OF_KIND = {
    "HUB": "hub", "COMMUNITY_GENERAL": "houkatsu", "CHILD_FAMILY": "kodomo", "OUTREACH": "outreach",
    "PARTICIPATION": "sanka", "SHAKYO": "shakyo", "SELF_RELIANCE": "jiritsu", "CORE_DISABILITY": "kikan",
    "DISABILITY_CONSULT": "shogai", "CITY_SECTION": "madoguchi", "COMMISSIONER": "minsei", "SCHOOL": "gakko",
    "HEALTH_CENTRE": "hoken", "HOSPITAL": "byoin", "WELFARE_OFFICE": "hogo",
}  # fmt: skip
# Where no agency is made for it, a worker with the profile's own role does it.
_BY_ROLE = {"outreach": "OUTREACH_WORKER", "sanka": "PARTICIPATION_WORKER"}
_GROWN_UP = 24, 58


@dataclass(frozen=True)
class Worker:
    """Somebody who works here: login, name, and (agency, roles) for each post, the main one first."""

    login: str
    name: str
    posts: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def agency(self) -> str:
        """The key of the agency of the main post."""
        return self.posts[0][0]


def workers(profile: Mapping[str, Any], rng: Random, names: Iterator[Surname], *, most: int) -> list[Worker]:
    """Give the people of every agency (`most` in each, the town's own offices apart); the acting one comes first."""
    found: list[Worker] = []
    taken: set[str] = set()
    for key, agency in profile["agencies"].items():
        posts = _posts_of(key, agency, profile, most, rng)
        for number, (own, roles) in enumerate(posts):
            surname = next(names)
            remembered = own or (_FIRST_OF_KIND.get(agency["kind"], "") if number == 0 else "")
            login = remembered if remembered and remembered not in taken else f"{key.lower()}-{surname.typed}"
            taken.add(login)
            found.append(Worker(login, _name(rng, surname), ((key, roles),)))
    found.append(_of_two_agencies(profile, rng, next(names)))
    if "madoguchi" not in taken:
        found.append(Worker("madoguchi", _name(rng, next(names)), ((office_of(profile), ("DESK",)),)))
    return found


def office_of(profile: Mapping[str, Any]) -> str:
    """Give the key of the agency that decides (kind CITY_OFFICE)."""
    return str(next(key for key, one in profile["agencies"].items() if one["kind"] == "CITY_OFFICE"))


def hub_of(profile: Mapping[str, Any]) -> str:
    """Give the key of the hub."""
    return str(next(key for key, one in profile["agencies"].items() if one["kind"] == "HUB"))


def _posts_of(
    key: str, agency: Mapping[str, Any], profile: Mapping[str, Any], most: int, rng: Random
) -> list[tuple[str, tuple[str, ...]]]:
    if agency["kind"] == "CITY_OFFICE":
        return [(login, (role,)) for login, role in _OFFICE.items()]
    roles = natural_roles(agency["kind"], agency.get("functions", []), welfare=agency.get("welfare", True))
    here = {name for name, role in profile.get("roles", {}).items() if role.get("agency") == key}
    apart = [(login, (role,)) for login, role in _BY_ROLE.items() if role in here and role not in roles]
    settled = tuple(dict.fromkeys((*roles, *sorted(here - {role for _, (role,) in apart}))))
    count = max(2 if agency["kind"] == "HUB" else 1, rng.randint(1, most))
    ordinary = [("", settled)] * count
    placed = [name for name, role in profile.get("roles", {}).items() if role.get("placed_in") == agency["kind"]]
    return [*ordinary, *apart, *(("", (name,)) for name in placed[:1])]


def _of_two_agencies(profile: Mapping[str, Any], rng: Random, surname: Surname) -> Worker:
    shakyo = next(key for key, one in profile["agencies"].items() if one["kind"] == "SHAKYO")
    posts = ((hub_of(profile), ("COORDINATOR",)), (shakyo, ("COMMUNITY_WORKER",)))
    return Worker("kenmu", _name(rng, surname), posts)


def _name(rng: Random, surname: Surname) -> str:
    return f"{surname.written} {given(rng, man=rng.random() < 0.4, age=rng.randint(*_GROWN_UP))[0]}"


def password_of(seed: int) -> str:
    """Give the one password of a town: two words and a number, the same for a seed."""
    rng = Random(f"{seed}:password")  # noqa: S311  it is printed on the screen  # nosec B311
    return f"{'-'.join(rng.sample(_WORDS, 2))}-{rng.randint(10, 99)}"


def open_accounts(people: list[Worker], password: str) -> dict[str, UUID]:
    """Make a way to sign in for everybody and return the accounts by login."""
    shared = Account()
    # One hash for all: a hash that is slow to make is slow sixty times.
    shared.set_password(password)
    made = {one.login: Account(id=uuid4(), login=one.login, name=one.name, password=shared.password) for one in people}
    Account.objects.using("door").bulk_create(made.values())
    return {login: account.pk for login, account in made.items()}


def appointments(people: list[Worker], accounts: Mapping[str, UUID]) -> list[Appointment]:
    """Give what is to be written of everybody."""
    return [Appointment(one.login, one.name, one.posts, accounts[one.login]) for one in people]


def as_records(people: list[Worker], profile: Mapping[str, Any], password: str) -> list[dict[str, Any]]:
    """Give the accounts as the demo tells them: login, password, name, agency, roles, and every post."""
    agencies, roles = profile["agencies"], profile["roles"]
    return [
        {
            "login": one.login, "password": password, "name": one.name, "agency": agencies[one.agency]["name"],
            "roles": [roles[role]["name"] for role in one.posts[0][1]],
            "sets": sorted({allowed for _, held in one.posts for role in held for allowed in roles[role]["sets"]}),
            "posts": [
                {"agency": agencies[key]["name"], "roles": [roles[role]["name"] for role in held]}
                for key, held in one.posts
            ],
        }
        for one in sorted(people, key=_remembered_first)
    ]  # fmt: skip


def _remembered_first(one: Worker) -> tuple[int, str]:
    order = ["hub", "houkatsu", "city", "outreach", "sanka", "shakyo", "kodomo", "kanri", "kojin", "admin", "kenmu"]
    return (order.index(one.login) if one.login in order else len(order), one.login)


def beginning(today: dt.date) -> dt.datetime:
    """Give the moment from which everybody is in office: long before the first story."""
    return dt.datetime(today.year - 3, 4, 1, tzinfo=dt.UTC)
