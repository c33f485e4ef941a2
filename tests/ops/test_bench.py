"""What the measuring commands share: a section of its own in the report, and plans that are told when they lost an index."""

import pytest

from bench.plans import lost, masked
from bench.report import kept_rows, with_section

REPORT = "# Measured\n\nHead.\n\n## Worlds\n\nold\n\n## Mutation\n\nkept\n"
BEFORE = "Index Scan using records_person_pkey on records_person p\n  ->  Seq Scan on records_agency g\n"


# Fault planted: the section appended without taking out the one before; the pattern without its end.
def test_a_command_writes_its_own_section_and_leaves_the_others() -> None:
    once = with_section(REPORT, "Worlds", "new")
    assert once == "# Measured\n\nHead.\n\n## Worlds\n\nnew\n\n## Mutation\n\nkept\n"
    assert with_section(once, "Worlds", "new") == once
    assert with_section(REPORT, "Plans", "first") == REPORT + "\n## Plans\n\nfirst\n"


# Fault planted: the head counted as a row; the cells not counted; `others` forgotten.
def test_rows_that_were_not_measured_anew_stay() -> None:
    text = "## A\n\n| x | y |\n|---|---|\n| old | 1 |\n\n## B\n\n| x | y |\n|---|---|\n| town | 1 |\n| city | 2 |\n| city | 2 | 3 |\n\n## C\n"
    assert kept_rows(text, "B", {"town"}, 2) == ["| city | 2 |"]
    assert kept_rows(text, "D", {"town"}, 2) == []


# Fault planted: lost() comparing only the number of lines; a small table counted as large.
@pytest.mark.parametrize(
    ("now", "told"),
    [
        (BEFORE, []),
        (
            BEFORE.replace("Index Scan using records_person_pkey", "Seq Scan"),
            ["records_person_pkey", "Seq Scan on records_person"],
        ),
        (BEFORE + "Seq Scan on records_area a\n", []),
        (BEFORE + "Bitmap Index Scan on another\n", []),
    ],
)
def test_a_plan_that_lost_an_index_is_told(now: str, told: list[str]) -> None:
    assert lost(BEFORE, now) == told


# Fault planted: the pattern of literals without the doubled quote; without the cast.
def test_a_plan_says_nothing_of_who_asked_and_when() -> None:
    plan = "Index Cond: (case_id = 'c4c0f108-e47e-02b3-a129-6af9335c6e76'::uuid)\nFilter: (name = 'it''s'::text)  "
    assert masked(plan) == "Index Cond: (case_id = ?)\nFilter: (name = ?)\n"
