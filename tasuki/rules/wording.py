"""The room of words in what was written: what a search text asks for, and where it stands in a text."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

FEWEST_LETTERS = 2  # the index is made of pairs of letters
MOST_WORDS = 5
_LETTER = re.compile("[\\s\\S][\u3099\u309aﾞﾟ]?")  # a voicing mark that stands apart belongs to the letter before it
_KATAKANA = {code: code + 0x60 for code in (*range(ord("ぁ"), ord("ゖ") + 1), ord("ゝ"), ord("ゞ"))}


def folded(text: str) -> str:
    """Give a text in letters of one width, size and kana, as the database's record_words does: 「ＣＯＰＤ」 is copd, 「ｶﾞ」 and 「が」 are ガ."""
    return unicodedata.normalize("NFKC", text).lower().translate(_KATAKANA)


@lru_cache(4096)  # a page of hits has thousands of letters, and the language some hundreds
def _folded_letter(letter: str) -> str:
    return folded(letter)


def asked_words(text: str) -> dict[str, str]:
    """Return the words of a search text, folded, each with how it was typed, without those of one letter, at most MOST_WORDS; {} asks for nothing."""
    found: dict[str, str] = {}
    for typed in text.split():
        for word in folded(typed).split():  # a voicing mark without its letter folds to a space
            if len(word) >= FEWEST_LETTERS and len(found) < MOST_WORDS:
                found.setdefault(word, typed)
    return found


def places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the folded words stand in a text: begins and ends in its own letters, in order, none inside another."""
    parts: list[str] = []
    at: list[tuple[int, int]] = []
    for found in _LETTER.finditer(text):
        letters = _folded_letter(found[0])
        parts.append(letters)
        at += [found.span()] * len(letters)
    plain = "".join(parts)
    spans = sorted((at[begin][0], at[begin + len(word) - 1][1]) for word in words for begin in _beginnings(plain, word))
    joined: list[tuple[int, int]] = []
    for begin, end in spans:
        if joined and begin <= joined[-1][1]:
            begin, end = joined[-1][0], max(end, joined.pop()[1])  # noqa: PLW2901  one that grew
        joined.append((begin, end))
    return joined


def _beginnings(plain: str, word: str) -> Iterator[int]:
    begin = plain.find(word)
    while begin >= 0:
        yield begin
        begin = plain.find(word, begin + 1)


def excerpt(text: str, words: Sequence[str], around: int = 40) -> list[tuple[str, bool]]:
    """Cut what stands `around` the first word out of a text: parts in order, each with whether it is a word that was asked for.

    「…」 stands where something was left out; a text without any of the words begins at its beginning.
    """
    found = places(text, words)
    first, last = found[0] if found else (0, 0)
    begin, end = max(0, first - around), min(len(text), last + 2 * around)
    parts = [("…", False)] if begin else []
    here = begin
    for start, stop in found:
        if start >= end:
            break
        parts += [(text[here:start], False), (text[start:stop], True)]
        here = stop
    parts.append((text[here:end], False) if here < end else ("", False))
    if max(here, end) < len(text):
        parts.append(("…", False))
    return [part for part in parts if part[0]]
