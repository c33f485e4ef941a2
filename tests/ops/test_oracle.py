"""T01: the rules in plain Python and the policies in the database agree about every table, actor and verb."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasuki.ops import Unfit
from tasuki.ops.database import APP
from tasuki.ops.oracle.compare import Bench
from tasuki.ops.oracle.mutants import MUTANTS, Mutant, changed_text, plant
from tasuki.ops.oracle.search import search, search_with, told, without
from tasuki.ops.oracle.sight import Sight
from tasuki.ops.oracle.world import TABLES, World
from tasuki.ops.oracle.worlds import Dice, Draw, draw_world
from tasuki.ops.oracle.writing import Trial
from tests.conftest import Copy

NIGHTLY = bool(os.environ.get("TASUKI_NIGHTLY"))
WORLDS = 5000 if NIGHTLY else 250
QUICK = (
    "記録の閲覧制限を見ない", "撤回した同意がまだ届く", "誓約を問わない", "自治体の境を忘れる", "書く人を問わない（INSERT）",
    "席の人も議題を書き換えられる（UPDATE）", "守秘の確認を問わない",
)  # fmt: skip


@pytest.fixture
def bench(database: Copy) -> Iterator[Bench]:
    """Give a bench on a rehearsal copy."""
    with psycopg.connect(database.server.admin_dsn(database.name)) as admin:
        admin.execute("INSERT INTO rehearsal DEFAULT VALUES")
        admin.commit()
        with psycopg.connect(database.dsn(APP)) as app:
            yield Bench(admin, app)


class Drawn(Draw):
    """Hypothesis as the source of chance: what differs shrinks to what matters."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def of(self, *choices: Any) -> Any:
        """Draw one of these, the first rather than the last."""
        return self._draw(st.sampled_from(choices))

    def count(self, least: int, most: int) -> int:
        """Draw how many, fewer rather than more."""
        return self._draw(st.integers(least, most))

    def few(self, ids: Sequence[str], least: int, most: int) -> list[str]:
        """Draw a few different ones."""
        return self._draw(st.lists(st.sampled_from(ids), min_size=min(least, len(ids)), max_size=most, unique=True))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a world by Hypothesis."""
    return draw_world(Drawn(draw))


# Faults planted: each of MUTANTS, by `./run tasuki oracle --mutants`.
@pytest.mark.parametrize("seed", [1, 2])
def test_worlds_by_chance_look_as_the_rules_say(
    bench: Bench, seed: int, record_property: Callable[[str, object], None]
) -> None:
    outcome = search(bench, WORLDS, seed)
    record_property("worlds", outcome.tally.worlds)
    record_property("askers", outcome.tally.actors)
    assert outcome.world is None, "\n".join(told(outcome))
    assert len(outcome.tally.tables) >= 55
    assert {verb for _, verb in outcome.tally.asked} == {"SELECT", "INSERT", "UPDATE"}


# Fault planted: the server sent to the workers with the cluster that it is, whose lock no other process can have.
def test_the_worlds_are_shared_among_processes(database: Copy) -> None:
    with psycopg.connect(database.server.admin_dsn(database.name)) as admin:
        admin.execute("INSERT INTO rehearsal DEFAULT VALUES")
    outcomes = search_with(database.server, 5, 3, 2, database.name)
    for worker in range(2):
        database.server.drop(f"{database.name}_{worker}")
    assert [one.tally.worlds for one in outcomes] == [3, 2]
    assert [one.world for one in outcomes] == [None, None]


def test_worlds_drawn_by_hypothesis_look_as_the_rules_say(bench: Bench) -> None:
    @settings(
        max_examples=300 if NIGHTLY else 25, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(worlds(), st.integers(0, 99))
    def agree(world: World, dice: int) -> None:
        assert bench.differences(world, dice) == []

    agree()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_every_mutant_still_fits_the_file_that_it_changes(mutant: Mutant) -> None:
    assert mutant.new in changed_text(mutant)


@pytest.mark.parametrize("mutant", [one for one in MUTANTS if NIGHTLY or one.name in QUICK], ids=lambda one: one.name)
def test_the_oracle_sees_the_law_broken(database: Copy, bench: Bench, mutant: Mutant) -> None:
    plant(database.server, database.name, mutant)
    assert 0 < search(bench, 500, 1, shrinking=0).after <= 500


# Fault planted: changed_text() that does not count.
def test_a_mutant_that_fits_no_more_is_told() -> None:
    with pytest.raises(Unfit, match="0 か所"):
        changed_text(replace(MUTANTS[0], old="これは無い"))


def test_a_smaller_world_has_no_row_that_refers_to_nothing(bench: Bench) -> None:
    world = draw_world(Dice(7))
    for gone in (world.person[0].id, world.agency[0].id, world.record[0].id):
        assert bench.differences(without(world, {gone}), 0) == []


# Fault planted: _make_person() that takes the identity of somebody where there is nobody (the command ended in a traceback at the
# very moment at which it had found a leak and looked for a smaller world).
def test_rows_to_try_are_made_in_a_world_that_lacks_a_table() -> None:
    for seed in range(6):
        world = draw_world(Dice(seed))
        for table in TABLES:
            less = without(world, {row.id for row in getattr(world, table)})
            for post in less.post[:2]:
                sight = Sight(less, post)
                assert [list(Trial(less, sight, Random(dice)).rows(99)) for dice in range(8)]


# Fault planted: one name twice.
def test_at_least_twenty_ways_to_break_the_law_are_known() -> None:
    assert len({one.name for one in MUTANTS}) == len(MUTANTS) >= 20
