"""Families that are hard to draw: several partners, twins who married, two of one name, ages known roughly."""

from dataclasses import replace

import pytest

from tasuki.ops.gallery.families import MADE
from tasuki.pictures.family import BondState, Family, Feeling, FeelingKind, Member, Union, with_unions
from tasuki.pictures.genogram import genogram
from tasuki.pictures.genogram_places import HALF, Places
from tasuki.pictures.genogram_spacing import places
from tests.pictures.drawn import elements, person, points, within, words


def laid(name: str) -> Places:
    return places(with_unions(MADE[name][1]()))


def drawn(*members: Member, unions: tuple[Union, ...] = ()) -> str:
    return genogram(Family(members, unions)).svg


# Fault planted: _twins_together() that gives the siblings back as they are.
def test_the_partner_of_a_twin_stands_outside_the_twins() -> None:
    plan = laid("twins")
    assert plan.of["n"].x < plan.of["m"].x < plan.of["w"].x


# Fault planted: couples in the order of their unions.
def test_of_two_lines_above_the_shapes_the_wider_one_runs_higher() -> None:
    wives = [Member(f"w{n}", f"架空 {n}", sex="女") for n in range(4)]
    man = Member("m", "架空 太郎", sex="男")
    unions = tuple(Union("m", f"w{n}", state=BondState.DIVORCED, order=n) for n in range(4))
    plan = places(Family((man, *wives), unions))
    lifts = {one.left: one.lift for one in plan.couples}
    assert lifts["w0"] > lifts["w1"] > lifts["w2"] == 0


def test_a_line_above_the_shapes_comes_down_beside_the_line_from_the_parents() -> None:
    plan, svg = laid("three_fathers".replace("_", "-")), genogram(MADE["three-fathers"][1]()).svg
    (lifted,) = (one for one in plan.couples if one.lift)
    ends = [one.get("d", "") for one in elements(svg, "line") if "H" in one.get("d", "")]
    assert len(ends) == 1
    assert f"H{plan.of[lifted.right].x:.0f}V" not in ends[0]


# Fault planted: the drop of a single child left in the middle of the couple.
@pytest.mark.parametrize("name", ["split-siblings", "grandparents", "deaths"])
def test_the_line_to_a_single_child_is_straight_where_the_words_leave_room(name: str) -> None:
    plan = laid(name)
    alone = [one for one in plan.litters if len(one.children) == 1 and one.couple]
    assert alone
    assert all(one.drop == plan.of[one.children[0]].x for one in alone)


# Fault planted: bars lifted in the order of their left ends.
def test_of_two_bars_on_each_other_the_one_that_crosses_less_runs_higher() -> None:
    plan = laid("two-and-two")
    outer, inner = sorted(plan.litters[:2], key=lambda one: plan.of[one.children[0]].x)
    assert {outer.parents, inner.parents} == {("e", "f"), ("p", "q")}
    assert outer.level > inner.level == 0


def test_two_of_one_name_are_told_apart_by_their_relation() -> None:
    father = Member("f", "架空 太郎", sex="男", relation="父", age_text="80")
    son = Member("s", "架空 太郎", sex="男", relation="本人", age_text="55", parents=("f",))
    picture = genogram(Family((father, son)))
    assert {"（父）", "（本人）"} <= set(words(picture.svg))
    assert picture.rows[1][7] == "架空 太郎（80）の子"


def test_an_age_known_roughly_stands_under_the_shape_in_full() -> None:
    said = words(drawn(Member("a", "架空 一", sex="女", age_text="30〜31")))
    assert {"30?", "30〜31歳"} <= set(said)


def test_the_cross_of_a_dead_woman_stays_inside_the_circle() -> None:
    plan = places(Family((Member("a", "架空 一", sex="女", died="没"),)))
    for stroke in within(person(drawn(Member("a", "架空 一", sex="女", died="没")), "a"), "path", "thin"):
        for x, y in points(stroke):
            assert (x - plan.of["a"].x) ** 2 + (y - plan.of["a"].y) ** 2 <= HALF**2


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("離婚", "remarried"),
        ("内縁", "common-law"),
        ("別居", "apart"),
        ("養子", "adopted"),
        ("妊娠", "common-law"),
        ("死亡", "deaths"),
    ],
)
def test_every_sign_that_is_in_the_picture_is_explained_under_it_and_no_other(sign: str, name: str) -> None:
    assert sign in words(genogram(MADE[name][1]()).svg)
    assert sign not in words(genogram(MADE["same-name"][1]()).svg)


def test_the_signs_of_feelings_are_explained_only_with_their_layer() -> None:
    family = MADE["apart"][1]()
    assert "虐待" not in genogram(family).svg
    assert "虐待" in words(genogram(family, feelings=True).svg)
    assert Feeling("m", "w", FeelingKind.ABUSE) in family.feelings


def test_a_screen_reader_hears_who_it_is_about_and_where_to_read_it() -> None:
    title = elements(genogram(MADE["twelve"][1]()).svg, tag="title")[0].text
    assert title == "家族図、12人、本人は霧ヶ洞 とみさん。同じことが表で読めます。"


def test_pointing_at_a_shape_tells_all_that_is_known_of_the_person() -> None:
    told = within(person(genogram(MADE["twelve"][1]()).svg, "h"), "title")
    assert told[0].text == "霧ヶ洞 とみ、女、72歳、本人、鍵となる人、同居、介護負担"


def test_a_name_too_long_for_one_row_is_cut_into_equal_rows() -> None:
    place = laid("long-names").of["a"]
    assert place.words[:2] == ["アレクサ", "ンドロス"]


def test_a_line_begins_with_no_small_letter_and_no_dot() -> None:
    one = replace(MADE["long-names"][1]().members[0], states=())
    rows = places(Family((one,))).of["m"].words
    assert not any(row.startswith(("・", "ー", "ッ")) for row in rows)
