"""Every drawing rule of the family picture."""

import itertools
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasuki.pictures.family import (
    Bond,
    BondState,
    Family,
    Feeling,
    FeelingKind,
    Member,
    Union,
    collapsed,
    with_unions,
)
from tasuki.pictures.genogram import genogram
from tasuki.pictures.genogram_places import HALF, Places
from tasuki.pictures.genogram_spacing import places
from tasuki.pictures.genogram_words import twin
from tests.pictures.drawn import elements, person, points, within, words

MAN = Member("m", "架空 太郎", sex="男", born="1950", age_text="76")
WOMAN = Member("w", "架空 花", sex="女", born="1952", age_text="74")
SON = Member("s", "架空 一", sex="男", born="1980", age_text="46", parents=("m", "w"))
DAUGHTER = Member("d", "架空 二葉", sex="女", born="1978", age_text="48", parents=("m", "w"))


def laid(*members: Member, unions: tuple[Union, ...] = ()) -> Places:
    return places(with_unions(Family(members, unions)))


def drawn(*members: Member, unions: tuple[Union, ...] = ()) -> str:
    return genogram(Family(members, unions)).svg


@pytest.mark.parametrize(("sex", "tag"), [("男", "rect"), ("女", "circle"), ("その他", "polygon"), ("", "polygon")])
def test_the_shape_says_the_sex(sex: str, tag: str) -> None:
    group = person(drawn(replace(MAN, sex=sex)), "m")
    assert len(within(group, tag, "shape")) == 1
    assert not within(group, tag, "inner")


def test_the_subject_has_a_double_outline() -> None:
    group = person(drawn(replace(MAN, is_subject=True)), "m")
    assert len(within(group, "rect", "inner")) == 1


def test_the_age_stands_inside_and_gives_way_to_a_cross_after_death() -> None:
    assert "76" in words(drawn(MAN))
    dead = drawn(replace(MAN, died="平成29年没"))
    assert "76" not in words(dead)
    assert "平成29年没" in words(dead)
    assert len(within(person(dead, "m"), "path", "thin")) == 2


def test_the_key_person_has_a_star_and_keeps_the_shape() -> None:
    group = person(drawn(replace(WOMAN, key_person=True)), "w")
    assert within(group, "circle", "shape")
    assert "★" in ["".join(one.itertext()) for one in within(group, "text")]


def test_an_unborn_child_is_a_small_triangle() -> None:
    baby = Member("b", "胎児", unborn=True, parents=("w",))
    (shape,) = within(person(drawn(WOMAN, baby), "b"), "polygon", "shape")
    xs = [float(pair.split(",")[0]) for pair in shape.get("points", "").split()]
    assert max(xs) - min(xs) < 2 * HALF


def test_state_labels_stand_under_the_shape_in_their_own_room() -> None:
    plan = laid(replace(MAN, states=("要介護3", "認知症", "不登校")))
    place = plan.of["m"]
    assert place.words == ["太郎", "要介護3", "ほか2"]
    assert place.label.top >= place.y + HALF
    assert place.label.bottom - place.label.top >= 30


def test_somebody_of_another_family_keeps_the_surname() -> None:
    plan = laid(replace(MAN, is_subject=True), replace(WOMAN, name="朧沢 花"), unions=(Union("m", "w"),))
    assert plan.of["m"].words == ["太郎"]
    assert plan.of["w"].words == ["朧沢 花"]


def test_the_man_stands_left_and_the_woman_right() -> None:
    plan = laid(WOMAN, MAN, unions=(Union("w", "m"),))
    assert plan.of["m"].x < plan.of["w"].x
    assert plan.of["m"].y == plan.of["w"].y


def test_marriage_is_solid_and_common_law_dotted() -> None:
    assert not elements(drawn(MAN, WOMAN, unions=(Union("m", "w"),)), "dotted")
    svg = drawn(MAN, WOMAN, unions=(Union("m", "w", Bond.COMMON_LAW),))
    assert len(elements(svg, "dotted")) == 2  # the line itself and its sign in the legend
    assert "内縁" in words(svg)


@pytest.mark.parametrize(("state", "slashes"), [(BondState.TOGETHER, 0), (BondState.APART, 1), (BondState.DIVORCED, 2)])
def test_apart_is_one_slash_and_divorce_two(state: BondState, slashes: int) -> None:
    assert len(elements(drawn(MAN, WOMAN, unions=(Union("m", "w", state=state),)), "slash")) == slashes


@pytest.mark.parametrize(("custody", "nearer"), [("m", "m"), ("w", "w")])
def test_the_child_of_a_divorce_hangs_on_the_side_of_custody(custody: str, nearer: str) -> None:
    union = Union("m", "w", state=BondState.DIVORCED, custody=custody)
    plan = laid(MAN, WOMAN, SON, unions=(union,))
    other = "w" if nearer == "m" else "m"
    drop = plan.litters[0].drop
    assert abs(drop - plan.of[nearer].x) < abs(drop - plan.of[other].x)


def test_of_several_partners_the_oldest_union_stands_leftmost() -> None:
    second = Member("w2", "架空 月", sex="女")
    third = Member("w3", "架空 雪", sex="女")
    past = [Union("m", "w2", state=BondState.DIVORCED, order=0), Union("m", "w3", state=BondState.DIVORCED, order=1)]
    plan = laid(WOMAN, MAN, third, second, unions=(Union("m", "w", order=2), *past))
    order = sorted(plan.of, key=lambda id_: plan.of[id_].x)
    assert order == ["w2", "w3", "m", "w"]


def test_a_line_between_partners_who_are_no_neighbours_runs_above_the_shapes() -> None:
    others = (Member("w2", "月", sex="女"), Member("w3", "雪", sex="女"))
    plan = laid(WOMAN, MAN, *others, unions=(Union("m", "w2"), Union("m", "w3", order=1), Union("m", "w", order=2)))
    assert [couple.lift for couple in plan.couples if couple.left == "w2"] == [1]


def test_siblings_stand_by_birth_from_the_left_and_the_unborn_last() -> None:
    baby = Member("b", "胎児", unborn=True, parents=("m", "w"))
    plan = laid(MAN, WOMAN, baby, SON, DAUGHTER)
    assert plan.of["d"].x < plan.of["s"].x < plan.of["b"].x


def test_twins_leave_the_bar_at_one_point_midway() -> None:
    twins = (replace(SON, twins="t"), replace(DAUGHTER, twins="t", born="1980"))
    svg = drawn(MAN, WOMAN, *twins)
    ends = [points(one) for one in elements(svg, "line") if len({x for x, _ in points(one)}) == 2]
    slanted = [(start, end) for start, end in ends if start[1] != end[1]]
    (first, left), (second, right) = slanted
    assert first == second
    assert first[0] == (left[0] + right[0]) / 2


def test_an_adopted_child_hangs_on_a_solid_and_a_dashed_line() -> None:
    svg = drawn(MAN, WOMAN, replace(SON, adopted=True))
    assert len(elements(svg, "dashed", "path")) == 2  # the line itself and its sign in the legend
    assert "養子" in twin(Family((MAN, WOMAN, replace(SON, adopted=True))))[2][7]


def test_one_generation_has_one_height_and_three_stand_under_each_other() -> None:
    elder = Member("g", "架空 祖母", sex="女")
    plan = laid(replace(MAN, parents=("g",)), WOMAN, SON, DAUGHTER, elder)
    assert plan.of["m"].y == plan.of["w"].y
    assert plan.of["s"].y == plan.of["d"].y
    assert plan.of["g"].y + 100 < plan.of["m"].y < plan.of["s"].y - 100


def test_parents_of_a_partner_who_married_in_stand_just_above() -> None:
    bride = Member("x", "朧沢 きく", sex="女", parents=("a", "b"))
    elders = (Member("a", "朧沢 正", sex="男"), Member("b", "朧沢 花", sex="女"))
    grandmother = Member("g", "架空 祖母", sex="女")
    family = (grandmother, replace(MAN, parents=("g",)), WOMAN, SON, bride, *elders)
    plan = laid(*family, unions=(Union("s", "x"),))
    assert plan.of["g"].y < plan.of["m"].y == plan.of["a"].y == plan.of["b"].y


def test_a_child_of_one_partner_alone_hangs_away_from_the_other() -> None:
    plan = laid(MAN, WOMAN, replace(SON, parents=("m",)), unions=(Union("m", "w"),))
    assert plan.litters[0].drop < plan.of["m"].x


def test_one_dashed_line_follows_those_who_live_together_and_leaves_the_others_out() -> None:
    here = [replace(one, lives_here=True) for one in (MAN, SON)]
    svg = drawn(here[0], WOMAN, here[1], DAUGHTER)
    (hull,) = elements(svg, "hull")
    plan = laid(here[0], WOMAN, here[1], DAUGHTER)
    ring = [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", hull.get("d", ""))]
    assert inside(ring, plan.of["m"].x, plan.of["m"].y)
    assert inside(ring, plan.of["s"].x, plan.of["s"].y)
    assert not inside(ring, plan.of["w"].x, plan.of["w"].y)
    assert not inside(ring, plan.of["d"].x, plan.of["d"].y)


def inside(ring: list[tuple[float, float]], x: float, y: float) -> bool:
    held = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            held = not held
    return held


def test_one_person_alone_needs_no_enclosure() -> None:
    assert not elements(drawn(replace(MAN, lives_here=True), WOMAN), "hull")


@pytest.mark.parametrize("kind", list(FeelingKind))
def test_feelings_are_a_layer_that_is_drawn_only_when_asked_for(kind: FeelingKind) -> None:
    family = Family((MAN, WOMAN), (), (Feeling("m", "w", kind),))
    quiet, open_ = genogram(family), genogram(family, feelings=True)
    assert not elements(quiet.svg, "feeling")
    assert str(kind) not in str(quiet.rows)
    assert len(elements(open_.svg, "feeling")) == 1
    assert str(kind) in str(open_.rows)


def test_the_line_of_a_single_parent_leaves_at_the_side_and_misses_the_words() -> None:
    child = replace(SON, parents=("w",))
    plan = laid(replace(WOMAN, states=("要介護3",)), child)
    assert plan.litters[0].drop > plan.of["w"].label.right


def test_words_are_escaped() -> None:
    picture = genogram(Family((replace(MAN, name="<script>&", states=("\"'<b>",)),)))
    assert "<script" not in picture.svg
    assert "<script>&" in words(picture.svg)


def test_the_picture_stands_under_a_strict_content_policy() -> None:
    svg = drawn(replace(MAN, lives_here=True, is_subject=True), replace(WOMAN, lives_here=True), SON)
    assert not any("style" in one.attrib or any(key.startswith("on") for key in one.attrib) for one in elements(svg))
    assert not elements(svg, tag="script") + elements(svg, tag="style")


def test_the_twin_tells_everything_the_picture_shows() -> None:
    people = (
        replace(MAN, key_person=True, kana="カクウ タロウ"),
        replace(WOMAN, is_subject=True),
        replace(SON, lives_here=True),
    )
    rows = genogram(Family(people, (Union("m", "w", state=BondState.APART),))).rows
    assert rows[0] == ("架空 太郎（鍵となる人）", "カクウ タロウ", "", "男", "76", "", "", "架空 花と婚姻（別居）")
    assert rows[1][0] == "架空 花（本人）"
    assert rows[2][5:] == ("同居", "", "架空 太郎・架空 花の子")


def test_more_than_thirty_people_fold_their_far_branches_and_the_twin_keeps_all() -> None:
    many = large(40)
    picture = genogram(many)
    assert len(elements(picture.svg, "person")) == 30
    assert len(picture.rows) == 40
    folded = collapsed(with_unions(many))
    assert sum(folded.hidden.values()) == 10
    assert any(re.fullmatch(r"＋\d+人", one) for one in words(picture.svg))


def test_thirty_people_fit_a_sheet_lying_on_its_side() -> None:
    picture = genogram(large(30))
    assert len(elements(picture.svg, "person")) == 30
    scale = min(1000 / picture.width, 670 / picture.height)  # px inside A4 landscape with 16 mm margins
    assert scale > 0.55


def large(count: int) -> Family:
    """Make four generations: one couple, their children with partners, and so on."""
    members = [Member("0", "架空 源", sex="男", is_subject=True), Member("1", "架空 ハナ", sex="女")]
    unions = [Union("0", "1")]
    waiting = [("0", "1")]
    while len(members) < count:
        parents = waiting.pop(0)
        for number in range(3):
            if len(members) >= count:
                break
            child = Member(
                str(len(members)), "架空 一二三", sex="男女"[number % 2], born=f"19{number}0", parents=parents
            )
            members.append(child)
            if number < 2 and len(members) < count:
                members.append(Member(str(len(members)), "朧沢 四五", sex="女男"[number % 2]))
                unions.append(Union(child.id, members[-1].id))
                waiting.append((child.id, members[-1].id))
    return Family(tuple(members), tuple(unions))


@st.composite
def families(draw: st.DrawFn) -> Family:
    """Make families of up to four generations with partners, single parents, twins and strangers."""
    members: list[Member] = []
    unions: list[Union] = []
    for number in range(draw(st.integers(1, 16))):
        elders = [one.id for one in members]
        pairs = [(union.first, union.second) for union in unions]
        choices: list[tuple[str, ...]] = [(), *pairs, *((one,) for one in elders)]
        parents = draw(st.sampled_from(choices))
        name = draw(st.sampled_from(["架空 一", "架空 とても長い名前の人", "MIRALUNA, Talisay Bintang", "朧沢 二"]))
        states = draw(st.lists(st.sampled_from(["要介護3", "ひきこもり傾向", "不登校"]), max_size=3))
        one = Member(
            str(number),
            name,
            sex=draw(st.sampled_from(["男", "女", "その他"])),
            born=str(1950 + number),
            states=tuple(states),
            lives_here=draw(st.booleans()),
            parents=parents,
        )
        free = [other.id for other in members if not any(union.has(other.id) for union in unions) and not parents]
        members.append(one)
        paired = draw(st.booleans())
        if free and paired:
            unions.append(Union(draw(st.sampled_from(free)), one.id, draw(st.sampled_from(list(Bond)))))
    return Family(tuple(members), tuple(unions))


@settings(max_examples=150)
@given(families())
def test_in_no_family_do_shapes_or_words_lie_on_each_other(family: Family) -> None:
    plan = places(with_unions(family))
    boxes = [[place.shape, place.label] for place in plan.of.values()]
    for one, other in itertools.combinations(boxes, 2):
        assert not any(a.meets(b) for a in one for b in other)


@settings(max_examples=150)
@given(families())
def test_in_no_family_does_a_line_down_run_through_somebodys_words(family: Family) -> None:
    plan = places(with_unions(family))
    for litter in plan.litters:
        top = plan.of[litter.parents[0]].y
        for place in plan.of.values():
            label = place.label
            if label.left < litter.drop < label.right:
                assert not (top < label.bottom and label.top < litter.bar)


@settings(max_examples=60)
@given(families())
def test_every_family_can_be_drawn_and_everybody_is_in_it(family: Family) -> None:
    picture = genogram(family)
    assert {one.get("data-member") for one in elements(picture.svg, "person")} == {one.id for one in family.members}
    assert len(picture.rows) == len(family.members)
    assert picture.svg == genogram(family).svg
