"""The room of words in what was written: what a search text asks for, and where it stands in a text."""

import re
import unicodedata
from collections.abc import Sequence

FEWEST_LETTERS = 2  # the index is made of pairs of letters
MOST_WORDS = 5
_LETTER = re.compile("[\\s\\S][\u3099\u309aﾞﾟ]?")  # a voicing mark that stands apart belongs to the letter before it


def folded(text: str) -> str:
    """Give a text in letters of one width and size, as the database's record_words does: 「ＣＯＰＤ」 is copd, 「ｶﾞ」 is ガ."""
    return unicodedata.normalize("NFKC", text).lower()


def asked_words(text: str) -> list[str]:
    """List the words of a search text, folded, without those of one letter, at most MOST_WORDS; [] asks for nothing."""
    words = dict.fromkeys(word for word in folded(text).split() if len(word) >= FEWEST_LETTERS)
    return list(words)[:MOST_WORDS]


def places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the folded words stand in a text: begins and ends in its own letters, in order, none inside another."""
    plain, at = "", []
    for found in _LETTER.finditer(text):
        letters = folded(found[0])
        plain += letters
        at += [found.span()] * len(letters)
    spans = sorted(
        (at[begin][0], at[begin + len(word) - 1][1])
        for word in words
        for begin in range(len(plain) - len(word) + 1)
        if plain.startswith(word, begin)
    )
    joined: list[tuple[int, int]] = []
    for begin, end in spans:
        if joined and begin <= joined[-1][1]:
            begin, end = joined[-1][0], max(end, joined.pop()[1])  # noqa: PLW2901  one that grew
        joined.append((begin, end))
    return joined


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
