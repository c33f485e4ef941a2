"""How the rules of the relay are tested: from what is allowed, one fact is changed, and one code answers."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tasuki.rules.refusal import Refusal

Rule = Callable[..., Refusal | None]


class Turned(NamedTuple):
    """One fact turned round: the sentence that says it, the change, the code that answers."""

    sentence: str
    change: dict[str, Any]
    code: str


class Table(NamedTuple):
    """A rule, the facts under which it allows, and every way in which it refuses."""

    rule: Rule
    allowed: dict[str, Any]
    turned: list[Turned]
    also_allowed: dict[str, dict[str, Any]] = {}

    def ask(self, change: dict[str, Any]) -> Refusal | None:
        """Ask the rule with the allowed facts but for a change; a callable is asked for its answer."""
        return self.rule(**{**self.allowed, **change})


def refusals(tables: list[Table]) -> list[tuple[Table, Turned]]:
    """Return every refusal of the tables, for parametrize."""
    return [(table, one) for table in tables for one in table.turned]


def allowances(tables: list[Table]) -> list[tuple[Table, str]]:
    """Return the allowed facts of every table, and their allowed neighbours, for parametrize."""
    return [(table, name) for table in tables for name in ["as it should be", *table.also_allowed]]


def name_of(value: object) -> str | None:
    """Name a case of a table by its sentence."""
    if isinstance(value, Turned):
        return value.sentence
    if isinstance(value, Table):
        return value.rule.__name__
    return str(value)


def reached(tables: list[Table]) -> set[str]:
    """Return the codes that the tables reach."""
    return {one.code for table in tables for one in table.turned}
