"""Every drawing rule of the case's course."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasuki.pictures.timeline import WITH_WORDS, Basis, Hold, Kind, Lane, Mark, Post, Story, silences, timeline, twin
from tests.pictures.drawn import elements, points, words

START = date(2026, 4, 8)
TODAY = date(2026, 11, 24)
LANES = (Lane("a", "第2包括", START), Lane("b", "多機関協働", date(2026, 5, 14)))
STORY = Story(
    TODAY,
    LANES,
    (
        Mark("a", START, Kind.RECORD, "電話"),
        Mark("b", date(2026, 5, 20), Kind.VISIT, "会えた"),
        Mark("a", date(2026, 5, 12), Kind.CONSENT, "書面"),
        Mark("b", date(2026, 12, 1), Kind.TO_COME, "モニタリング"),
    ),
    (Post(date(2026, 5, 28), "支援会議 5/28", Basis.ARTICLE_106_6, ("a", "b")),),
    (Hold("a", START), Hold("b", date(2026, 5, 14))),
)


def test_each_agency_has_one_lane_in_the_order_given() -> None:
    svg = timeline(STORY).svg
    lanes = {"".join(one.itertext()): float(one.get("y", "")) for one in elements(svg, tag="text")}
    assert lanes["多機関協働"] - lanes["第2包括"] == pytest.approx(34)


def test_the_holders_lane_is_bold() -> None:
    bold = {"".join(one.itertext()) for one in elements(timeline(STORY).svg, "bold")}
    assert bold == {"多機関協働"}


@pytest.mark.parametrize(
    ("kind", "class_", "tag"),
    [
        (Kind.RECORD, "ink", "circle"),
        (Kind.VISIT, "ink", "path"),
        (Kind.CONSENT, "consent-dot", "circle"),
        (Kind.TO_COME, "to-come", "circle"),
    ],
)
def test_each_kind_has_its_own_shape(kind: Kind, class_: str, tag: str) -> None:
    marks = tuple(one for one in STORY.marks if one.kind == kind)
    assert len(elements(timeline(replace(STORY, marks=marks, posts=())).svg, class_, tag)) == 1


def test_each_mark_can_be_read_out() -> None:
    titles = {"".join(one.itertext()) for one in elements(timeline(STORY).svg, tag="title")}
    assert "5月20日 訪問 会えた" in titles


def test_a_mark_with_an_address_is_a_link() -> None:
    mark = Mark("a", START, Kind.RECORD, "電話", href="/records/1/?a=1&b=2")
    (link,) = elements(timeline(replace(STORY, marks=(mark,))).svg, "mark")
    assert link.get("href") == "/records/1/?a=1&b=2"


@pytest.mark.parametrize(("basis", "class_"), [(one, one.value) for one in Basis])
def test_a_conference_is_a_post_with_its_ground_and_its_seats(basis: Basis, class_: str) -> None:
    post = Post(date(2026, 9, 24), "会議 9/24", basis, ("b",))
    svg = timeline(replace(STORY, posts=(post,))).svg
    assert len(elements(svg, f"flag-{class_}")) == 1
    assert len(elements(svg, f"seat-{class_}")) == 1
    assert "会議 9/24" in words(svg)


def test_the_sash_runs_along_the_holders_foot_and_crosses_at_the_hand_over() -> None:
    (sash,) = elements(timeline(STORY).svg, "sash-line")
    ends = points(sash)
    assert len(ends) == 4
    assert ends[0][1] == ends[1][1] < ends[2][1] == ends[3][1]
    assert ends[2][0] - ends[1][0] == pytest.approx(12, abs=0.2)
    (today,) = elements(timeline(STORY).svg, "today")
    assert ends[3][0] == points(today)[0][0]


def test_silence_is_told_in_days_from_thirty_days_on() -> None:
    story = replace(STORY, marks=(Mark("a", START, Kind.RECORD, ""),), posts=(), lanes=LANES[:1], holds=())
    assert silences(story) == [("a", START, TODAY)]
    assert "230日 記録なし" in words(timeline(story).svg)
    assert silences(replace(story, today=START + timedelta(days=30))) == [("a", START, START + timedelta(days=30))]
    assert silences(replace(story, today=START + timedelta(days=29))) == []


def test_a_seat_in_a_conference_breaks_the_silence_and_a_plan_does_not() -> None:
    assert ("a", date(2026, 5, 28), TODAY) in silences(STORY)
    missed = Mark("a", date(2026, 9, 1), Kind.TO_COME, "約束の日に会えていない")
    assert ("a", date(2026, 5, 28), TODAY) in silences(replace(STORY, marks=(*STORY.marks, missed)))


def test_an_agency_that_left_is_not_silent() -> None:
    gone = Lane("a", "第2包括", START, left=START + timedelta(days=10))
    assert silences(replace(STORY, lanes=(gone,), marks=(), posts=(), holds=())) == []


def test_marks_and_holds_of_lanes_that_are_not_shown_are_not_drawn() -> None:
    story = replace(STORY, lanes=LANES[:1], posts=())
    svg = timeline(story).svg
    assert "会えた" not in svg
    assert len(points(elements(svg, "sash-line")[0])) == 2
    assert "会えた" not in str(twin(story, silences(story)))


def test_flags_do_not_cover_each_other_or_today() -> None:
    posts = tuple(
        Post(TODAY - timedelta(days=9 * count), f"重層的支援会議 {count}", Basis.CONSENT, ()) for count in range(12)
    )
    svg = timeline(replace(STORY, posts=posts)).svg
    flags = [
        [float(one.get(key, "")) for key in ("x", "y", "width", "height")]
        for one in elements(svg, tag="rect")
        if "flag" in one.get("class", "")
    ]
    assert len(flags) == 13
    for count, (x, y, wide, high) in enumerate(flags):
        assert x >= 0
        assert y >= 0
        for other_x, other_y, other_wide, _ in flags[count + 1 :]:
            assert abs(y - other_y) >= high or x + wide <= other_x or other_x + other_wide <= x


def test_the_twin_tells_everything_in_the_order_of_time() -> None:
    rows = twin(STORY, silences(STORY))
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert ("2026-05-28", "第2包括、多機関協働", "会議", "支援会議 5/28") in rows
    assert ("2026-05-14", "多機関協働", "たすき", "主担当になった") in rows
    assert any(row[2] == "記録なし" for row in rows)


def test_months_of_two_years_are_told_apart() -> None:
    shown = words(timeline(replace(STORY, today=date(2027, 3, 1))).svg)
    assert "R8.4" in shown
    assert "R9.1" in shown


def test_words_are_escaped() -> None:
    mark = Mark("a", START, Kind.RECORD, "<script>&")
    lanes = (Lane("a", "<b>", START),)
    svg = timeline(Story(TODAY, lanes, (mark,), (Post(START, "<i>", Basis.NONE, ()),))).svg
    assert "<script" not in svg
    assert "<b>" not in svg
    assert "<i>" not in svg


def test_a_case_without_lanes_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="lane"):
        timeline(Story(TODAY, ()))


DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2027, 3, 31))


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("ab"), DAYS, st.sampled_from(list(Kind))), max_size=200))
def test_two_hundred_entries_are_drawn_inside_the_picture(entries: list[tuple[str, date, Kind]]) -> None:
    marks = tuple(Mark(lane, day, kind, "ようす") for lane, day, kind in entries)
    picture = timeline(replace(STORY, marks=marks))
    drawn = len(elements(picture.svg, "mark"))
    assert drawn <= min(WITH_WORDS, len({(one.lane, one.on, one.kind) for one in marks}))
    assert drawn >= min(WITH_WORDS, len({(one.lane, one.kind) for one in marks}))
    for one in elements(picture.svg, tag="circle"):
        assert 104 <= float(one.get("cx", "")) <= picture.width


# Fault planted: the holds of a window left as they are; marks outside the window kept; today drawn in the past.
@pytest.mark.parametrize("first", [date(2026, 5, 18), date(2026, 10, 1)])
def test_a_window_shows_its_days_alone_and_the_sash_from_its_first_day(first: date) -> None:
    window = (first, first + timedelta(days=31))
    picture = timeline(replace(STORY, window=window))
    (sash,) = elements(picture.svg, "sash-line")
    across = [x for x, _ in points(sash)]
    assert min(across) >= 104
    assert max(across) <= 634
    assert len(elements(picture.svg, "mark")) == sum(window[0] <= one.on <= window[1] for one in STORY.marks)
    assert bool(elements(picture.svg, "today")) == (window[0] <= STORY.today <= window[1])
    assert all(window[0].isoformat() <= row[0] <= window[1].isoformat() for row in picture.rows if row[2] != "記録なし")
