"""docs/accessibility.md names every criterion once, with a result, and only tests that are there."""

import re

from tests.house.source import ROOT, functions, modules

ROW = re.compile(r"^\| (\d\.\d\.\d+) (A{1,2}) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
NAMED = re.compile(r"`(test_\w+)`")
# How many criteria of level A and AA each guideline of WCAG 2.2 has; 4.1.1, which 2.2 dropped, stands in the JIS.
# fmt: off
CRITERIA = {
    "1.1": [1], "1.2": [1, 2, 3, 4, 5], "1.3": [1, 2, 3, 4, 5], "1.4": [1, 2, 3, 4, 5, 10, 11, 12, 13], "2.1": [1, 2, 4],
    "2.2": [1, 2], "2.3": [1], "2.4": [1, 2, 3, 4, 5, 6, 7, 11], "2.5": [1, 2, 3, 4, 7, 8], "3.1": [1, 2], "3.2": [1, 2, 3, 4, 6],
    "3.3": [1, 2, 3, 4, 7, 8], "4.1": [1, 2, 3],
}
# fmt: on
# May only shrink; exactly the criteria of today.
NOT_MET: set[str] = set()


def rows() -> list[tuple[str, str, str, str, str]]:
    """Return (criterion, level, about, result, how) of every row."""
    return ROW.findall((ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8"))


# Fault planted: the row of 2.5.8 taken out; a result 「ほぼ適合」; a criterion set to 不適合.
def test_every_criterion_stands_there_once_with_a_result() -> None:
    assert [row[0] for row in rows()] == [f"{part}.{n}" for part, numbers in CRITERIA.items() for n in numbers]
    assert {row[3] for row in rows()} <= {"適合", "不適合", "対象外"}
    assert {row[0] for row in rows() if row[3] == "不適合"} == NOT_MET


# Fault planted: a test renamed that the document names; a row without test and without 「目で」.
def test_every_result_names_a_test_that_is_there_or_what_was_looked_at() -> None:
    there = {node.name for module in modules("tests") for _, node in functions(module)}
    for criterion, _, _, result, how in rows():
        assert set(NAMED.findall(how)) <= there, criterion
        if result == "適合":
            assert NAMED.search(how) or how.startswith("目で："), criterion
