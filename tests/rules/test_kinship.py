"""間柄: which lines a family can have, and what stands after several were written."""

import datetime as dt

import pytest

from tasuki.rules.kinship import LAYERS, Kin, KinLine, layer_of, standing, why_not_kin
from tests.rules.relay_tables import Table, Turned, allowances, name_of, refusals

DAY = dt.date(2026, 11, 26)
BORN = {"mother": "1960-05-01", "child": "1990-02-03"}


def line(first: str, kin: Kin, second: str, since: str = "", custody: str = "") -> KinLine:
    return KinLine(first, second, kin, since, custody)


MOTHER = line("mother", Kin.PARENT, "child")
TWO = [line("father", Kin.PARENT, "child"), line("other", Kin.PARENT, "child")]
TABLES = [
    Table(why_not_kin, {"line": MOTHER, "stands": [], "born": BORN, "day": DAY}, [
        Turned("with oneself", {"line": line("child", Kin.CLOSE, "child")}, "KIN_WITH_ONESELF"),
        Turned("from tomorrow", {"line": line("mother", Kin.MARRIED, "father", "2026-11-27")}, "KIN_TO_COME"),
        Turned("custody of a third", {"line": line("mother", Kin.DIVORCED, "father", custody="child")}, "CUSTODY_ELSEWHERE"),
        Turned("custody without partners", {"line": line("mother", Kin.PARENT, "child", custody="mother")}, "CUSTODY_ELSEWHERE"),
        Turned("a third parent", {"stands": TWO}, "PARENTS_KNOWN"),
        Turned("the child of one's child", {"stands": [line("child", Kin.PARENT, "mother"), line("child", Kin.PARENT, "grandchild"), line("grandchild", Kin.ADOPTER, "mother")]}, "OWN_ANCESTOR"),
        Turned("older than the parent", {"born": {"mother": "1990-02-04", "child": "1990-02-03"}}, "CHILD_BEFORE_PARENT"),
        Turned("older by the years that are known", {"born": {"mother": "1991-00-00", "child": "1990-02-03"}}, "CHILD_BEFORE_PARENT"),
    ], {
        "from today": {"line": line("mother", Kin.MARRIED, "father", "2026-11-26")},
        "custody of one of the two": {"line": line("mother", Kin.DIVORCED, "father", custody="father")},
        "the second parent": {"stands": TWO[:1]},
        "the same line again, though two are known": {"stands": [TWO[0], MOTHER]},
        "an adopter beside two parents": {"stands": TWO, "line": line("aunt", Kin.ADOPTER, "child")},
        "turned round: what stood between the two goes": {"stands": [line("child", Kin.PARENT, "mother")]},
        "born in the same year, the rest unknown": {"born": {"mother": "1990-00-00", "child": "1990-02-03"}},
        "nobody knows when the child was born": {"born": {"mother": "1990-02-04", "child": ""}},
    }),
]  # fmt: skip


# Fault planted: each condition of why_not_kin turned round, one at a time.
@pytest.mark.parametrize(("table", "turned"), refusals(TABLES), ids=name_of)
def test_no_family_has_such_a_line(table: Table, turned: Turned) -> None:
    found = table.ask(turned.change)
    assert found is not None
    assert found.code == turned.code


@pytest.mark.parametrize(("table", "name"), allowances(TABLES), ids=name_of)
def test_a_line_is_written_where_it_is(table: Table, name: str) -> None:
    assert table.ask(table.also_allowed.get(name, {})) is None


# Fault planted: the pair of a line ordered; `>` for `>=` is no fault, `since` compared with the day before is.
def test_the_later_line_of_a_layer_takes_the_place_of_the_earlier_one() -> None:
    married = line("a", Kin.MARRIED, "b", "2010-01-01")
    close = line("a", Kin.CLOSE, "b")
    divorced = line("b", Kin.DIVORCED, "a", "2024-05-01")
    assert standing([married, close, divorced], DAY) == [divorced, close]
    assert standing([married, close, divorced], dt.date(2024, 4, 30)) == [married, close]
    assert standing([married, close, divorced], dt.date(2024, 5, 1)) == [divorced, close]


# Fault planted: NONE that takes back its first layer only.
def test_what_is_taken_back_is_gone_in_every_layer_until_it_is_written_again() -> None:
    taken = line("b", Kin.NONE, "a")
    before = [line("a", Kin.MARRIED, "b"), line("a", Kin.CONFLICT, "b"), line("a", Kin.TWIN, "b")]
    assert standing([*before, taken], DAY) == [taken]
    again = line("a", Kin.APART, "b")
    assert set(standing([*before, taken, again], DAY)) == {taken, again}


# Fault planted: TWIN left out of LAYERS.
def test_every_line_lies_in_one_layer_and_none_in_all() -> None:
    assert sorted(kin for layer in LAYERS for kin in layer) == sorted(set(Kin) - {Kin.NONE})
    assert [layer_of(kin) for kin in (Kin.PARENT, Kin.DIVORCED, Kin.ABUSE, Kin.TWIN)] == [0, 1, 2, 3]
    with pytest.raises(ValueError, match="NONE"):
        layer_of(Kin.NONE)
