"""Names are found however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasuki.rules.name import (
    VARIANTS,
    fold,
    matches,
    phone_digits,
    query_key,
    query_keys,
    row_of,
    search_keys,
    sort_key,
)

YOSHITSUGU = search_keys("霧ヶ洞 𠮷継", "キリガホラ ヨシツグ", born="1972-11-19")
SAKIO = search_keys("鉈目 﨑雄", "ナタメ サキオ", phone="090-0000-0018")
SAYORI = search_keys("葛\U000e0100霞 さより", "クズガスミ サヨリ")
TALISAY = search_keys("MIRALUNA, Talisay Bintang", "ミラルナ タリサイ ビンタン", alias="美月 たり", born="1995-00-00")


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


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("吉継", YOSHITSUGU),
        ("𠮷継", YOSHITSUGU),
        ("ｷﾘｶﾞﾎﾗ", YOSHITSUGU),
        ("きりがほら よ", YOSHITSUGU),
        ("霧ヶ洞　よしつぐ", YOSHITSUGU),
        ("𠮷継 霧ヶ洞", YOSHITSUGU),
        ("S47.11.19", YOSHITSUGU),
        ("19721119", YOSHITSUGU),
        ("昭和47年", YOSHITSUGU),
        ("崎雄", SAKIO),
        ("0018", SAKIO),
        ("なため 0018", SAKIO),
        ("090-0000-0018", SAKIO),
        ("０９０（００００）００１８", SAKIO),
        ("葛霞", SAYORI),
        ("葛\U000e0101霞", SAYORI),
        ("Talisay", TALISAY),
        ("talisay miraluna", TALISAY),
        ("みらるな", TALISAY),
        ("美月", TALISAY),
        ("平成7年", TALISAY),
    ],
)
def test_a_person_is_found(text: str, keys: list[str]) -> None:
    assert matches(text, keys)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", YOSHITSUGU),
        ("　", YOSHITSUGU),
        ("%", YOSHITSUGU),
        ("_", YOSHITSUGU),
        ("ー", YOSHITSUGU),
        ("=", YOSHITSUGU),
        (";", SAKIO),
        ("0000", SAKIO),
        ("018", SAKIO),
        ("なため 18", SAKIO),
        ("1119", YOSHITSUGU),
        ("19721118", YOSHITSUGU),
        ("きりがほら たろう", YOSHITSUGU),
    ],
)
def test_a_text_that_is_nobodys_finds_nobody(text: str, keys: list[str]) -> None:
    assert not matches(text, keys)


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
def test_hiragana_finds_katakana_and_the_other_way_round(hiragana: str) -> None:
    katakana = "".join(chr(ord(letter) + 0x60) for letter in hiragana)
    assert matches(hiragana, search_keys("名", katakana))
    assert matches(katakana, search_keys("名", hiragana))


@given(st.text(max_size=12), st.text(max_size=12))
def test_every_person_is_found_by_the_whole_name(name: str, kana: str) -> None:
    if fold(name) and not fold(name).isdecimal():
        assert matches(name, search_keys(name, kana))
