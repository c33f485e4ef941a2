"""docs/asvs.toml is whole and honest: every requirement once, every named test there, and the gaps only become fewer."""

import ast
import re
import tomllib
from functools import cache

import pytest

from tests.house.source import ROOT, functions, modules

FILE = ROOT / "docs" / "asvs.toml"
LINE = re.compile(r'^"(V\d+\.\d+\.\d+)" = ', re.MULTILINE)
# May only shrink; exactly the number of today.
GAPS = 0
# How many requirements each section of ASVS 5.0.0 has at level 2, and at level 3 in V5, V8, V14 and V16; they count from 1.
# fmt: off
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4, "3.4": 6,
    "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 6, "5.3": 3, "5.4": 3, "6.1": 3, "6.2": 12,
    "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 4,
    "8.2": 4, "8.3": 3, "8.4": 2, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2,
    "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1,
    "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 8, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5,
    "16.3": 4, "16.4": 3, "16.5": 4, "17.1": 1, "17.2": 4, "17.3": 2,
}
# fmt: on


@cache
def table() -> dict[str, dict[str, str]]:
    """Return the requirements."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def there() -> set[str]:
    """Return every test and function of the tests."""
    return {
        name for module in modules("tests") for name, node in functions(module) if isinstance(node, ast.FunctionDef)
    }


# Fault planted: a line commented out.
def test_every_requirement_stands_there_once() -> None:
    wanted = [f"V{section}.{n}" for section, count in SECTIONS.items() for n in range(1, count + 1)]
    assert LINE.findall(FILE.read_text(encoding="utf-8")) == wanted
    assert list(table()) == wanted


# Fault planted: a line with a reason and a gap.
def test_each_has_one_of_test_reason_and_gap() -> None:
    for key, line in table().items():
        said = [line.get(kind, "") for kind in ("test", "reason", "gap")]
        assert set(line) - {"test", "reason", "gap"} == {"about"}, key
        assert len([one for one in said if one.strip()]) == 1, key
        assert line["about"], key


@pytest.mark.parametrize("path", sorted({line["test"] for line in table().values() if "test" in line}))
def test_every_named_test_exists(path: str) -> None:
    assert path in there()


# Fault planted: one gap more.
def test_gaps_only_become_fewer() -> None:
    assert sum("gap" in line for line in table().values()) == GAPS
