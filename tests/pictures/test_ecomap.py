"""Every drawing rule of the map of supporters."""

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasuki.pictures.ecomap import CENTRE, HALF_HEIGHT, Direction, Strength, Tie, ecomap, twin
from tests.pictures.drawn import elements, points, words

NAMES = ("とみ", "吉継")


def drawn(*ties: Tie, names: tuple[str, ...] = NAMES) -> str:
    return ecomap(names, ties).svg


def ovals(svg: str) -> list[tuple[float, float, float]]:
    """List (x, y, half width) of the places; the legend's own sign left out."""
    found = elements(svg, "place", "ellipse")
    return [
        (float(one.get("cx", "")), float(one.get("cy", "")), float(one.get("rx", "")))
        for one in found
        if float(one.get("rx", "")) > 12
    ]


def test_the_household_stands_in_the_middle() -> None:
    svg = drawn(Tie("包括", formal=True))
    (centre,) = elements(svg, "centre")
    assert centre.get("cx") == "170"
    assert {"とみ", "吉継"} <= set(words(svg))


def test_more_than_three_names_are_counted() -> None:
    assert "ほか2人" in words(drawn(names=("一", "二", "三", "四")))


def test_formal_help_stands_left_and_informal_right() -> None:
    left, right = sorted(ovals(drawn(Tie("友人", formal=False), Tie("包括", formal=True))))
    assert left[0] < 170 < right[0]


@pytest.mark.parametrize(
    ("strength", "class_"), [(Strength.STRONG, "tie-strong"), (Strength.WEAK, "tie-weak"), (Strength.NORMAL, "tie")]
)
def test_the_line_says_how_strong(strength: Strength, class_: str) -> None:
    line = elements(drawn(Tie("包括", formal=True, strength=strength, direction=Direction.NONE)), "tie")[0]
    assert line.get("class", "").split()[-1] == class_


def test_conflict_is_a_zigzag() -> None:
    line = elements(drawn(Tie("弟", formal=False, strength=Strength.CONFLICT, direction=Direction.NONE)), "tie")[0]
    assert len(points(line)) > 4


@pytest.mark.parametrize(
    ("direction", "heads"), [(Direction.NONE, 0), (Direction.IN, 1), (Direction.OUT, 1), (Direction.BOTH, 2)]
)
def test_arrows_say_where_help_goes(direction: Direction, heads: int) -> None:
    assert len(elements(drawn(Tie("包括", formal=True, direction=direction)), "tie-head")) == heads


def test_an_arrow_to_the_household_points_at_it_and_stops_before_it() -> None:
    (head,) = elements(drawn(Tie("包括", formal=True, direction=Direction.IN)), "tie-head")
    (centre,) = elements(drawn(Tie("包括", formal=True)), "centre")
    assert centre.get("cx") == "170"
    tip, *back = points(head)
    far = [math.dist(point, (170, float(centre.get("cy", "")))) for point in (tip, *back)]
    assert CENTRE < far[0] < min(far[1:])
    assert far[0] - CENTRE == pytest.approx(2, abs=0.2)


def test_an_arrow_outwards_stops_before_the_ellipse() -> None:
    svg = drawn(Tie("包括", formal=True, direction=Direction.OUT))
    (head,) = elements(svg, "tie-head")
    ((x, y, half),) = ovals(svg)
    tip_x, tip_y = points(head)[0]
    assert ((tip_x - x) / half) ** 2 + ((tip_y - y) / HALF_HEIGHT) ** 2 > 1


def test_what_has_ended_is_grey_with_its_day() -> None:
    svg = drawn(Tie("基幹相談", formal=True, ended_on="9/3"))
    assert elements(svg, "place-ended")
    assert elements(svg, "tie-ended")
    assert "9/3まで" in words(svg)


def test_what_is_planned_is_dashed() -> None:
    assert elements(drawn(Tie("知り合い", formal=False, planned=True)), "place-planned")


def test_the_legend_tells_only_what_is_there() -> None:
    assert "対立" not in words(drawn(Tie("包括", formal=True)))
    svg = drawn(Tie("弟", formal=False, strength=Strength.CONFLICT), Tie("友", formal=False, planned=True))
    assert {"対立", "これから"} <= set(words(svg))


def test_the_twin_tells_everything() -> None:
    ties = [Tie("包括", formal=True, strength=Strength.STRONG), Tie("友", formal=False, ended_on="9/3")]
    assert twin(ties) == (
        ("包括", "公的", "強い", "世帯へ", "続いている"),
        ("友", "身近", "ふつう", "世帯へ", "9/3まで"),
    )


def test_words_are_escaped() -> None:
    assert "<script" not in drawn(Tie("<script>", formal=True), names=("<b>",))


def test_an_empty_map_shows_the_household_alone() -> None:
    picture = ecomap(NAMES, ())
    assert len(elements(picture.svg, "centre")) == 1
    assert picture.rows == ()


TIES = st.lists(
    st.builds(
        Tie,
        st.sampled_from(["多機関協働", "デイサービス 週2回", "同年代の知り合い", "とてもとても長い名前の支援機関"]),
        st.booleans(),
        st.sampled_from(list(Strength)),
        st.sampled_from(list(Direction)),
        st.sampled_from(["", "9/3"]),
    ),
    max_size=14,
)


@settings(max_examples=80)
@given(TIES)
def test_no_two_places_touch_and_no_line_runs_through_a_place(ties: list[Tie]) -> None:
    svg = drawn(*ties)
    places = ovals(svg)
    assert len(places) == len(ties)
    for count, (x, y, half) in enumerate(places):
        for other_x, other_y, other_half in places[count + 1 :]:
            assert abs(x - other_x) >= half + other_half or abs(y - other_y) >= 2 * HALF_HEIGHT
    lines = [points(one) for one in elements(svg, "tie", "path") if len(points(one)) == 2]
    starts = [ends for ends in lines if math.dist(*ends) > 24]  # the legend's signs are 22 px long
    for (ax, ay), (bx, by) in starts:
        for step in range(1, 50):
            at_x, at_y = ax + (bx - ax) * step / 50, ay + (by - ay) * step / 50
            assert all(((at_x - x) / half) ** 2 + ((at_y - y) / HALF_HEIGHT) ** 2 > 0.98 for x, y, half in places)


@settings(max_examples=30)
@given(TIES)
def test_everything_stays_inside_the_picture(ties: list[Tie]) -> None:
    picture = ecomap(NAMES, ties)
    for x, y, half in ovals(picture.svg):
        assert half <= x <= picture.width - half
        assert HALF_HEIGHT <= y <= picture.height - HALF_HEIGHT
    assert not re.search(r"\bstyle=|<script", picture.svg)
