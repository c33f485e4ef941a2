"""One step with who plays it: arguments looked up, newcomers put on the register, the case found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from tasuki.actions import person as person_acts
from tasuki.ops.replay import prompt
from tasuki.ops.replay.stage import Cast
from tasuki.records.asker import Asker
from tasuki.rules.contract.scenario import Scenario, Step


class NotPlayedYet(Exception):
    """The verb belongs to a part of the contract that has no action yet; the text is the verb."""


@dataclass
class Play:
    """A scenario being played: the cast and what each step made (a record, a plan, a sitting, items)."""

    scenario: Scenario
    cast: Cast
    made: dict[str, UUID] = field(default_factory=dict)
    sittings: dict[str, UUID] = field(default_factory=dict)
    items: dict[str, UUID] = field(default_factory=dict)
    packs: dict[str, UUID] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """One step with who plays it; `newcomers` are the keys registered during this step."""

    play: Play
    step: Step
    by: Asker
    newcomers: dict[str, UUID]

    @property
    def now(self) -> dt.datetime:
        """The step's moment."""
        return self.step.at

    def has(self, name: str) -> bool:
        """Whether the step has the argument."""
        return name in self.step.arguments

    def text(self, name: str) -> str:
        """The argument as text, empty when it is not there."""
        value = self.step.arguments.get(name)
        return "" if value is None else str(value)

    def day(self, name: str) -> dt.date | None:
        """The argument as a day."""
        value = self.step.arguments.get(name)
        return dt.date.fromisoformat(str(value)[:10]) if value else None

    def days(self, name: str) -> list[dt.date]:
        """The argument as days."""
        return [dt.date.fromisoformat(str(one)[:10]) for one in self.step.arguments.get(name) or []]

    def agency(self, key: object) -> UUID:
        """The agency of a key."""
        return self.play.cast.agencies.get(str(key)) or uuid4()

    def agencies(self, name: str) -> list[UUID]:
        """The agencies among the keys of an argument (the others are staff)."""
        return [
            self.play.cast.agencies[key]
            for key in self.step.arguments.get(name) or []
            if key in self.play.cast.agencies
        ]

    def staff_of(self, name: str) -> list[UUID]:
        """The staff among the keys of an argument."""
        return [
            self.play.cast.staff[key]
            for key in self.step.arguments.get(name) or []
            if key in self.play.cast.staff and key not in self.play.cast.agencies
        ]

    def staff(self, key: object) -> UUID | None:
        """The staff member of a key."""
        return self.play.cast.staff.get(str(key)) if key else None

    def person(self, key: object) -> UUID:
        """The person of a key, put on the register when this step is the first to name them."""
        name = str(key)
        known = self.play.cast.people.get(name) or self.newcomers.get(name)
        return known or self._register(name)

    def people(self, name: str = "who") -> list[UUID]:
        """The persons of an argument, registered when new."""
        return [self.person(key) for key in self.step.arguments.get(name) or []]

    def known(self, key: object) -> UUID:
        """The person of a key; nobody when no step has named them yet."""
        name = str(key)
        return self.play.cast.people.get(name) or self.newcomers.get(name) or uuid4()

    def _register(self, key: str) -> UUID:
        home = self.play.scenario.named.persons[key]
        place = self.play.scenario.place(home)
        row = next(one for one in place.household if one["key"] == key)
        if self.play.cast.towns[home] != self.by.municipality:
            return uuid4()
        where = (home, str(row.get("household", "H1")))
        made = person_acts.register_person(
            by=self.by, now=self.now, who=_identity(row), household=self.play.cast.households.get(where)
        )
        self.play.cast.households.setdefault(where, made.household_id)
        self.newcomers[key] = made.pk
        return made.pk

    def case(self) -> UUID | None:
        """The case that the step means (contract, "Steps")."""
        if self.has("case"):
            return self._case_of(str(self.step.arguments["case"]))
        for name in ("of", "plan"):
            made = self.play.made.get(self.text(name))
            if made is not None and (found := prompt.case_of_record(made)) is not None:
                return found
        who = self.step.arguments.get("who") or ([self.step.arguments["a"]] if self.has("a") else [])
        if who:
            return self._case_of(str(who[0]))
        return prompt.only_case(self.by.municipality)

    def _case_of(self, key: str) -> UUID | None:
        if key in self.play.cast.people:
            return prompt.case_of(self.play.cast.people[key])
        home = self.play.scenario.named.persons.get(key, "")
        row = next((one for one in self.play.scenario.place(home).household if one["key"] == key), {})
        household = self.play.cast.households.get((home, str(row.get("household", "H1"))))
        return prompt.case_of_household(household) if household else None

    def need_case(self) -> UUID:
        """The case, or one that does not exist."""
        return self.case() or uuid4()

    def case_of_first(self, row: Mapping[str, Any]) -> UUID | None:
        """The case of the first person whom an item is about."""
        about = row.get("about") or []
        return self._case_of(str(about[0])) if about else None

    def referral(self) -> UUID:
        """The つなぎ that the step answers."""
        if self.has("of"):
            return prompt.referral_of(self.play.made.get(self.text("of"), uuid4())) or uuid4()
        return prompt.open_referral(self.need_case()) or uuid4()

    def one(self, name: str) -> UUID:
        """What an earlier step made."""
        return self.play.made.get(self.text(name)) or uuid4()

    def thing(self, name: str) -> UUID:
        """A resource, host or gap by its key."""
        return self.play.cast.things.get(self.text(name)) or uuid4()


def _identity(row: Mapping[str, Any]) -> person_acts.Identity:
    return person_acts.Identity(
        name=str(row.get("name", "")), kana=str(row.get("kana", "")), alias=str(row.get("alias", "")),
        born=str(row.get("born", "")), sex=str(row.get("sex", "")), language=str(row.get("language", "")),
        relation=str(row.get("relation", "")), area=str(row.get("area", "")), address=str(row.get("address", "")),
        phone=str(row.get("phone", "")), lives_with=row.get("lives_with", True) is not False,
        labels=tuple(row.get("states", ())),
    )  # fmt: skip


def written(t: Turn) -> dict[str, Any]:
    """Give class and scope of what a step writes."""
    return {"data_class": t.text("class") or "BASIC", "scope": t.text("scope") or "CASE_TEAM"}


def number(value: Any) -> int | None:
    """Give a whole number, or nothing."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
