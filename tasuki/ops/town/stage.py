"""The stage of the made-up town: who is there, what time it is, and how stories are played one act after the other."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from tasuki.actions.conference import Item
from tasuki.ops.town.names import Surname
from tasuki.records.asker import Asker, bind_rehearsal
from tasuki.records.closed_days import closed_days
from tasuki.rules.calendar import midnight

FIRST_PAUSE = 60
MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Step:
    """One act: when, by which member of staff, and what (called with who is bound and the moment)."""

    at: dt.datetime
    by: UUID
    act: Callable[[Asker, dt.datetime], Any]


def doing(at: dt.datetime, by: UUID, act: Callable[..., Any], /, **arguments: Any) -> Step:
    """Give the step in which `by` does one of the acts of tasuki.actions, with these arguments."""
    return Step(at, by, lambda who, now: act(by=who, now=now, **arguments))


type Story[T] = Generator[Step, Any, T]
"""Yields the acts of one household in their order and is sent what each of them made."""


@dataclass
class Stage:
    """The town as the stories need it; agencies and staff are named by the keys of the profile."""

    today: dt.date
    seed: int
    agencies: dict[str, UUID]
    kinds: dict[str, list[str]]
    staff: dict[str, list[UUID]]
    logins: dict[str, UUID]
    consent_conference: UUID
    sealed_conference: UUID
    open_conference: UUID
    sealed_members: tuple[str, ...]
    areas: tuple[str, ...]
    address: str
    surnames: Iterator[Surname]
    hub: str
    city: str
    outreach: str
    participation: str
    shakyo: str
    consent_items: list[Item] = field(default_factory=list)
    sealed_items: list[Item] = field(default_factory=list)
    hosts: list[UUID] = field(default_factory=list)

    def find(self, *kinds: str) -> str:
        """Give the key of the first agency of the first kind that this town has; the hub when it has none."""
        return next((self.kinds[kind][0] for kind in kinds if self.kinds.get(kind)), self.hub)

    def worker(self, key: str) -> UUID:
        """Give the member of staff who acts for an agency."""
        return self.staff[key][0]

    def at(self, days: int, hour: int = 10, minute: int = 0) -> dt.datetime:
        """Give a moment so many days ago (negative: ahead), on a day on which the office is open."""
        day = self.today - dt.timedelta(days=days)
        onward = dt.timedelta(days=1 if days < 0 else -1)
        while day in closed_days(day.year):
            day += onward
        return midnight(day) + dt.timedelta(hours=hour, minutes=minute)

    def random(self, name: str) -> Random:
        """Give the dice of one story: always the same for the seed, whatever other stories do."""
        return self.random_of(self.seed, name)

    @staticmethod
    def random_of(seed: int, name: str) -> Random:
        """Give the dice of a seed for one thing."""
        return Random(f"{seed}:{name}")  # noqa: S311  a town is no secret  # nosec B311


def play(stories: Iterable[Story[None]], pause: Callable[[], None]) -> int:
    """Play all stories together, in the order of time, and return the number of acts.

    `pause` is called whenever the town has grown by half: without fresh statistics the database plans as if every
    table were still empty. Within a story no act comes before the one that made it possible: a step that is written too early waits.
    """
    waiting: list[tuple[dt.datetime, int, Step, Story[None]]] = []
    for number, story in enumerate(stories):
        _ask_next(waiting, number, story, None, None)
    acts, rest = 0, FIRST_PAUSE
    while waiting:
        at, number, step, story = heapq.heappop(waiting)
        made = _act(step, at)
        acts += 1
        if acts == rest:
            pause()
            rest += rest // 2
        _ask_next(waiting, number, story, made, at)
    return acts


def _ask_next(
    waiting: list[tuple[dt.datetime, int, Step, Story[None]]], number: int, story: Story[None], made: Any,
    last: dt.datetime | None,
) -> None:  # fmt: skip
    try:
        step = story.send(made)
    except StopIteration:
        return
    at = step.at if last is None else max(step.at, last + MINUTE)
    heapq.heappush(waiting, (at, number, step, story))


def _act(step: Step, at: dt.datetime) -> Any:
    with transaction.atomic():
        with connection.cursor() as cursor:
            # A town can be made anew: it need not survive a power cut in the middle.
            cursor.execute("SET LOCAL synchronous_commit TO off")
        by = bind_rehearsal(step.by, at)
        if by is None:
            raise LookupError(f"nobody in office at {at}: {step.by}")
        return step.act(by, at)
