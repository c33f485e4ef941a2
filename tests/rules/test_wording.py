"""Words in what was written: folded alike on both sides, found in the letters that were written, cut out with what stands around."""

import pytest

from tasuki.rules.wording import asked_words, excerpt, places


# Faults planted: a word of one letter kept; the words not folded; the same word twice; more than five; かな left as かな; ゞ left out;
# the folded word in the place of the typed one.
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("鍵　配食", {"配食": "配食"}), ("ＣＯＰＤ　ﾍﾙﾊﾟｰ", {"copd": "ＣＯＰＤ", "ヘルパー": "ﾍﾙﾊﾟｰ"}), ("配食 配食", {"配食": "配食"}), ("  ", {}),
        ("へるぱー ヘルパー", {"ヘルパー": "へるぱー"}), ("ｶﾞｽ がす", {"ガス": "ｶﾞｽ"}), ("ゔぁゖ いすゞ", {"ヴァヶ": "ゔぁゖ", "イスヾ": "いすゞ"}),
        ("一一 二二 三三 四四 五五 六六", {one * 2: one * 2 for one in "一二三四五"}),
    ],
)  # fmt: skip
def test_the_words_of_a_search_text(text: str, words: dict[str, str]) -> None:
    assert asked_words(text) == words


# Faults planted: a mark that stands apart as a letter of its own; one word inside another marked twice; only the first found.
@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("ＣＯＰＤとcopd", ["copd"], [(0, 4), (5, 9)]), ("ｶﾞｽがない", ["ガス"], [(0, 3)]), ("か゛す", ["ガス"], []), ("ガスとがすとｶﾞｽ", ["ガス"], [(0, 2), (3, 5), (6, 9)]),
        ("訪問看護と看護", ["訪問看護", "看護"], [(0, 4), (5, 7)]), ("㈱みぎわ", ["(株)ミギワ"], [(0, 4)]), ("ない", ["鍵束"], []), ("鍵", ["鍵束"], []),
    ],
)  # fmt: skip
def test_words_are_found_in_the_letters_that_were_written(
    text: str, words: list[str], found: list[tuple[int, int]]
) -> None:
    assert places(text, words) == found


# Faults planted: 「…」 before the beginning; a word at the edge cut in two; the second word not marked.
@pytest.mark.parametrize(
    ("text", "around", "shown"),
    [
        ("配食を頼む", 2, [("配食", True), ("を頼む", False)]),
        ("一二三四配食五六七八九十", 2, [("…", False), ("三四", False), ("配食", True), ("五六七八", False), ("…", False)]),
        ("一配食二配食三", 1, [("一", False), ("配食", True), ("二", False), ("配食", True), ("…", False)]),
        ("一二三四五", 1, [("一二", False), ("…", False)]),
        ("配食二配食", 1, [("配食", True), ("二", False), ("配食", True)]),
    ],
)  # fmt: skip
def test_what_stands_around_a_word(text: str, around: int, shown: list[tuple[str, bool]]) -> None:
    assert excerpt(text, ["配食"], around) == shown
