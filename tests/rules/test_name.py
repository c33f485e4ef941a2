"""Names are found however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasuki.rules.name import (
    VARIANTS,
    fold,
    likeness,
    phone_digits,
    query_key,
    query_keys,
    query_words,
    row_of,
    search_keys,
    sort_key,
    typed_so_far,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "やまたたろう"),
        ("キョウコ", "きようこ"),
        ("コーイチ", "コイチ"),
        ("コ−イチ", "こいち"),
        ("ミヅキ", "みずき"),
        ("チヂミ", "ちじみ"),
        ("ヰチロヱ", "いちろえ"),
        ("カヲル", "かおる"),
        ("ハ゛ンハ゜", "バンパ"),
        ("チ゛ミ", "ジミ"),
        ("ヴィオラ", "ういおら"),
        ("José", "jose"),
        ("ＭＩＲＡＬＵＮＡ", "miraluna"),
        ("霧ヶ洞", "霧ケ洞"),
        ("霧ヶ洞", "霧が洞"),
        ("佐々木", "佐佐木"),
        ("渡邊", "渡辺"),
        ("渡邉", "渡辺"),
        ("齋藤", "斉藤"),
        ("髙橋", "高𣘺"),
        ("ジョン・ドゥ", "じょんどぅ"),
    ],
)
def test_two_ways_of_typing_a_name_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


def test_the_likeliest_reading_of_a_text_comes_first() -> None:
    assert query_key("S47.11.19") == "=19721119"
    assert query_keys("19721119") == ["=19721119", "19721119;"]
    assert query_key("0018") == "0018;"
    assert query_key("吉継") == "吉継"
    assert query_key("!?") == ""


def test_a_number_abroad_is_the_number_at_home() -> None:
    assert phone_digits("+81 90-0000-0018") == "09000000018"


def test_a_person_has_no_empty_key() -> None:
    assert search_keys("・", "", "", "-", "") == []


def test_names_stand_in_the_order_of_the_fifty_sounds() -> None:
    names = ["アンドウ", "ヴァン", "カモ", "ガモウ", "キヨシ", "ｷﾖｼ", "はせ", "ワタヌキ"]
    assert sorted(set(names), key=sort_key) == names


ROW_OF_NAMES = "アオ:あ ヴァン:あ ガモウ:か ヂ:さ っ:た ﾊﾟ:は ヲ:あ ョ:や ン:わ Talisay:他 漢:他 :他"


@pytest.mark.parametrize(
    ("kana", "row"),
    [tuple(pair.split(":")) for pair in ROW_OF_NAMES.split()],
)
def test_a_name_stands_in_its_row(kana: str, row: str) -> None:
    assert row_of(kana) == row


def test_every_variant_stands_in_one_group_only() -> None:
    letters = "".join(VARIANTS.split())
    assert len(letters) == len(set(letters))


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.text(max_size=20))
def test_a_key_is_safe_inside_a_pattern_and_holds_no_separators(text: str) -> None:
    assert not set(fold(text)) & set("%_\\ ;=|　ー・")


@given(st.text(alphabet=st.characters(min_codepoint=0x3041, max_codepoint=0x3096), min_size=1, max_size=8))
def test_hiragana_and_katakana_have_one_key(hiragana: str) -> None:
    katakana = "".join(chr(ord(letter) + 0x60) for letter in hiragana)
    assert query_keys(hiragana) == query_keys(katakana) == search_keys("", katakana)


@given(st.text(max_size=12))
def test_a_whole_name_is_a_key_of_its_person(name: str) -> None:
    if fold(name) and not fold(name).isdecimal():
        assert fold(name) in query_keys(name)


# Fault planted: the given name not put behind the words of an alias; kana put before the kanji of the given name.
def test_a_former_surname_stands_before_the_given_name_in_its_own_script() -> None:
    keys = search_keys("霧洞 花子", "キリボラ ハナコ", "潮窪（シオクボ）")
    assert {"潮窪花子", "シオクホハナコ", "潮窪", "霧洞花子"} <= set(keys)
    assert "潮窪ハナコ" not in keys


# Fault planted: words cut at spaces alone; a character selector taken for the end of a word.
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("潮窪はなこ", ["潮窪", "ハナコ"]), ("潮窪　はなこ", ["潮窪", "ハナコ"]), ("葛\U000e0100霞さより", ["葛霞", "サヨリ"]),
        ("はなこ", ["ハナコ"]), ("なため 0018", ["ナタメ", "0018;"]), ("なため 18", []), ("花 花", ["花"]),
    ],
)  # fmt: skip
def test_a_text_is_cut_into_words_where_a_space_is_or_the_script_changes(text: str, words: list[str]) -> None:
    assert query_words(text) == words


# Fault planted: the words joined in their own order only.
def test_two_words_are_a_name_in_either_order() -> None:
    assert query_keys("はなこ しおくぼ") == ["ハナコシオクホ", "シオクホハナコ"]
    assert query_keys("きり 0018") == ["キリ0018"]


# Fault planted: the Latin letters of a name taken off; only one letter taken off.
@pytest.mark.parametrize(
    ("text", "typed"),
    [("しおk", "しお"), ("しおｋｙ", "しお"), ("Talisay", "Talisay"), ("しお", "しお"), (" しお ", "しお"), ("k", "k")],
)
def test_the_letters_of_a_kana_half_typed_do_not_count(text: str, typed: str) -> None:
    assert typed_so_far(text) == typed


# Fault planted: voicing left out of the spelling; the length of the longer name not counted.
def test_the_same_spelling_is_nearer_than_one_that_only_sounds_alike() -> None:
    assert likeness("やまざき", "ヤマザキ") == 0
    assert likeness("ﾔﾏｻﾞｷ", "ヤマサキ") == 1
    assert likeness("渡邉", "渡辺", "ワタナベ") == 1
    assert likeness("しお", "シオクボ") == 2
    assert likeness("しお") == 2
