"""What somebody wrote about a family goes before what the 続柄 words say."""

import pytest

from tasuki.pictures.family import Bond, BondState, Family, FeelingKind, Member
from tasuki.pictures.genogram import genogram
from tasuki.pictures.kinship import from_relations
from tasuki.rules.kinship import Kin, KinLine


def read(words: list[str], *lines: tuple[str, Kin, str], custody: str = "") -> Family:
    """Read a family of people called by their words, with these lines."""
    members = [Member(word, word, relation=word.removesuffix("さん")) for word in words]
    return from_relations(members, [KinLine(one, other, kin, "", custody) for one, kin, other in lines])


def parents(family: Family, id_: str) -> set[str]:
    return set(family.member(id_).parents)


def bonds(family: Family) -> set[tuple[frozenset[str], Bond, BondState]]:
    return {(frozenset((one.first, one.second)), one.bond, one.state) for one in family.unions}


# Fault planted: with_descent() left out of from_relations().
def test_somebody_without_a_word_hangs_where_it_was_written() -> None:
    family = read(["本人", "友さん"], ("本人", Kin.PARENT, "友さん"))
    assert parents(family, "友さん") == {"本人"}


# Fault planted: `half` left empty; filled for everybody who has one parent.
def test_a_written_parent_and_a_parent_by_word_are_both_there() -> None:
    family = read(["本人", "母", "友さん", "兄"], ("友さん", Kin.PARENT, "本人"))
    assert parents(family, "本人") == parents(family, "兄") == {"友さん", "母"}
    assert len(bonds(family)) == 1


# Fault planted: `apart` not asked in give_parents(), not asked in join().
def test_what_was_taken_back_is_not_drawn_from_words() -> None:
    family = read(["本人", "母", "妻"], ("母", Kin.NONE, "本人"), ("妻", Kin.NONE, "本人"))
    assert parents(family, "本人") == set()
    assert family.unions == ()


# Fault planted: join() that does not look at what is there.
def test_a_written_bond_takes_the_place_of_the_word() -> None:
    family = read(["本人", "妻", "長男"], ("本人", Kin.APART, "妻"), custody="妻")
    assert bonds(family) == {(frozenset(("本人", "妻")), Bond.MARRIED, BondState.APART)}
    assert family.unions[0].custody == "妻"
    assert parents(family, "長男") == {"本人", "妻"}


# Fault planted: PARENT lines read before ADOPTER lines.
def test_adopters_go_before_the_parents_of_birth() -> None:
    family = read(["本人", "甲さん", "乙さん"], ("甲さん", Kin.PARENT, "本人"), ("乙さん", Kin.ADOPTER, "本人"))
    assert family.member("本人").adopted
    assert parents(family, "本人") == {"乙さん"}


# Fault planted: each twin given a mark of its own.
def test_twins_leave_one_point_also_three_of_them() -> None:
    family = read(
        ["本人", "甲さん", "乙さん", "母"], ("本人", Kin.TWIN, "甲さん"), ("乙さん", Kin.TWIN, "甲さん"),
        ("母", Kin.PARENT, "甲さん"),
    )  # fmt: skip
    assert len({family.member(one).twins for one in ("本人", "甲さん", "乙さん")} - {""}) == 1
    assert parents(family, "乙さん") == {"母"}


# Fault planted: feelings handed over without their direction.
def test_feelings_keep_their_direction_and_are_drawn_only_when_asked_for() -> None:
    family = read(["本人", "母"], ("母", Kin.ABUSE, "本人"))
    assert [(one.first, one.second, one.kind) for one in family.feelings] == [("母", "本人", FeelingKind.ABUSE)]
    assert "虐待" not in genogram(family).svg
    assert "虐待" in genogram(family, feelings=True).svg


# Fault planted: a parent who is not among the members hung on all the same, which takes the place of one who is.
@pytest.mark.parametrize("words", [["本人"], ["本人", "父", "母"], ["本人", "妻", "長男"]])
def test_a_line_to_somebody_who_is_not_shown_leaves_no_trace(words: list[str]) -> None:
    lines = [
        ("陰", Kin.PARENT, "本人"),
        ("陰", Kin.MARRIED, "本人"),
        ("陰", Kin.ABUSE, "本人"),
        ("陰", Kin.TWIN, "本人"),
        ("陰", Kin.NONE, "本人"),
    ]
    for one in lines:
        assert genogram(read(words, one), feelings=True).svg == genogram(read(words), feelings=True).svg, one
