"""docs/acts.md says what is there today, and names what is missing."""

from tasuki.ops import acts_table
from tests.house.source import ROOT


# Fault planted: a line of docs/acts.md changed; an act of the catalogue taken out.
def test_the_table_of_acts_is_fresh() -> None:
    assert (ROOT / acts_table.TARGET).read_text(encoding="utf-8") == acts_table.table(), "./run tasuki acts-table"


# Fault planted: VERBS_OF without take_step; the stories looked for in an empty folder.
def test_the_acts_that_carry_the_day_have_a_screen_a_verb_and_a_story() -> None:
    shown, stories = acts_table.addresses(), acts_table.played()
    names = {name for _, name in acts_table.actions()}
    for act in (
        "receive",
        "screen",
        "refer",
        "accept",
        "summon",
        "hold",
        "draft_plan",
        "judge_plan",
        "decide_support",
        "close",
    ):
        assert act in names
        assert shown[act]
        assert stories[act]
    assert shown["watch"] == ["/cases/<id>/watches/"]
