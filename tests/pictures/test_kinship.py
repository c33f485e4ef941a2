"""A family from 続柄 words, and nothing more than the words say."""

from tasuki.pictures.family import Bond, BondState, Family, Member
from tasuki.pictures.kinship import from_relations


def read(*words: str) -> Family:
    """Read a family of people called by their words; the first one is the first of the list."""
    return from_relations([Member(word, word, sex=sex_of(word), relation=word) for word in words])


def sex_of(word: str) -> str:
    return "女" if set(word) & set("母女妻姉妹娘姪") else "男"


def parents(family: Family, id_: str) -> set[str]:
    return set(family.member(id_).parents)


def bonds(family: Family) -> set[tuple[frozenset[str], Bond, BondState]]:
    return {(frozenset((one.first, one.second)), one.bond, one.state) for one in family.unions}


MARRIED = (Bond.MARRIED, BondState.TOGETHER)


def test_a_mother_and_her_eldest_son() -> None:
    assert parents(read("母", "長男"), "長男") == {"母"}
    assert parents(read("長男", "母"), "長男") == {"母"}


def test_a_daughter_her_mother_and_her_brother() -> None:
    family = read("長女", "母", "弟")
    assert parents(family, "長女") == parents(family, "弟") == {"母"}


def test_a_daughter_with_husband_child_and_father() -> None:
    family = read("長女", "夫", "子", "父")
    assert parents(family, "長女") == {"父"}
    assert parents(family, "子") == {"長女", "夫"}
    assert bonds(family) == {(frozenset(("長女", "夫")), *MARRIED)}


def test_a_wife_a_husband_and_their_child() -> None:
    assert parents(read("妻", "夫", "子"), "子") == {"妻", "夫"}


def test_a_mother_with_two_sons() -> None:
    family = read("母", "次男", "長男")
    assert parents(family, "長男") == parents(family, "次男") == {"母"}


def test_the_person_in_question_with_everybody_around() -> None:
    family = read("本人", "父", "母", "妻", "長男", "長女", "兄", "妹", "祖父", "祖母")
    assert parents(family, "本人") == parents(family, "兄") == parents(family, "妹") == {"父", "母"}
    assert parents(family, "長男") == parents(family, "長女") == {"本人", "妻"}
    assert parents(family, "父") == {"祖父", "祖母"}
    assert (frozenset(("父", "母")), *MARRIED) in bonds(family)


def test_brothers_of_a_son_share_his_mother() -> None:
    family = read("長男", "次男", "母")
    assert parents(family, "次男") == {"母"}


def test_a_father_and_a_mother_in_one_household_are_partners() -> None:
    family = read("母", "父", "長男")
    assert parents(family, "長男") == {"母", "父"}
    assert bonds(family) == {(frozenset(("母", "父")), *MARRIED)}


def test_common_law_and_former_partners() -> None:
    family = read("本人", "元妻", "内縁の妻", "長男")
    assert (frozenset(("本人", "元妻")), Bond.MARRIED, BondState.DIVORCED) in bonds(family)
    assert (frozenset(("本人", "内縁の妻")), Bond.COMMON_LAW, BondState.TOGETHER) in bonds(family)
    assert parents(family, "長男") == {"本人", "内縁の妻"}


def test_an_adopted_child_is_marked() -> None:
    assert read("本人", "養女").member("養女").adopted


def test_siblings_without_a_parent_hang_on_one_nobody_wrote_down() -> None:
    family = read("本人", "弟")
    (unknown,) = parents(family, "本人")
    assert parents(family, "弟") == {unknown}
    assert family.member(unknown).age_text == "?"


def test_in_laws_are_the_partners_parents() -> None:
    family = read("本人", "妻", "義父", "義母")
    assert parents(family, "妻") == {"義父", "義母"}
    assert parents(family, "本人") == set()


def test_words_of_two_steps_are_read_from_the_person_they_name() -> None:
    family = read("本人", "長男", "長男の妻", "長男の子", "母", "母の妹")
    assert parents(family, "長男の子") == {"長男", "長男の妻"}
    assert (frozenset(("長男", "長男の妻")), *MARRIED) in bonds(family)
    assert parents(family, "母の妹") == parents(family, "母") == set()


def test_a_word_of_two_steps_from_one_of_several_is_not_guessed() -> None:
    sons = [Member(key, key, sex="男", relation="子") for key in "ab"]
    wife = Member("w", "w", sex="女", relation="子の妻")
    assert from_relations([Member("m", "m", relation="本人"), *sons, wife]).unions == ()


def test_a_grandchild_hangs_on_the_only_child() -> None:
    assert parents(read("本人", "長女", "孫"), "孫") == {"長女"}


def test_a_grandchild_of_several_children_is_not_guessed() -> None:
    assert parents(read("本人", "長女", "長男", "孫"), "孫") == set()


def test_an_uncle_is_the_brother_of_the_only_parent_and_else_not_guessed() -> None:
    family = read("本人", "母", "叔父")
    assert parents(family, "叔父") == parents(family, "母") != set()
    assert parents(read("本人", "母", "父", "叔父"), "叔父") == set()


def test_a_niece_hangs_on_the_only_sibling() -> None:
    assert parents(read("本人", "母", "兄", "姪"), "姪") == {"兄"}


def test_unknown_words_stand_beside_without_a_line() -> None:
    family = read("本人", "母", "知人", "同居人")
    assert family.relatives("知人") == family.relatives("同居人") == []


def test_two_mothers_are_not_made_a_couple() -> None:
    first, second = (Member(key, key, sex="女", relation="母") for key in "ab")
    assert from_relations([first, second]).unions == ()


def test_given_parents_are_kept() -> None:
    child = Member("c", "子", relation="長男", parents=("x",))
    family = from_relations([Member("m", "本人", relation="本人"), child, Member("x", "人", relation="知人")])
    assert parents(family, "c") == {"x"}


def test_nobody_is_a_family_too() -> None:
    assert from_relations([]).members == ()
