"""The guides for users: every picture is there and used, and every page still says what it said when it was photographed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tasuki.ops.replay.theatre import mark_rehearsal
from tasuki.ops.screenshots import SHOTS, TARGET, walk, words_of
from tests.conftest import Copy
from tests.house.source import ROOT

GUIDES = sorted((ROOT / "docs" / "use").glob("*.ja.md"))
PICTURE = re.compile(r"!\[([^\]]*)\]\(pictures/([^)]+)\.png\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#]+)")


def pictures() -> dict[str, str]:
    """Return the words for every picture that a guide shows, by its name."""
    return {name: words for guide in GUIDES for words, name in PICTURE.findall(guide.read_text(encoding="utf-8"))}


# Fault planted: a shot taken out of SHOTS; a picture removed; a picture of a guide spelt otherwise.
def test_every_picture_is_taken_shown_and_described() -> None:
    assert sorted(pictures()) == sorted(shot.name for shot in SHOTS)
    assert [name for name, words in pictures().items() if not words.strip()] == []
    there = {path.stem for path in (ROOT / TARGET).glob("*.png")}
    assert there == {shot.name for shot in SHOTS}


# Fault planted: a link to a guide that was renamed.
@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(guide: Path) -> None:
    links = LINK.findall(guide.read_text(encoding="utf-8"))
    assert [one for one in links if not (guide.parent / one).exists()] == []


# Fault planted: the word 「困りごと」 changed in consultation/note.html.
def test_every_page_says_what_it_said_when_its_picture_was_taken(database: Copy) -> None:
    mark_rehearsal()
    old = []
    for stop in walk():
        now, kept = _lines(words_of(stop)), _lines(_kept(stop.name))
        if now != kept:
            old.append(
                (stop.name, [one for one in now if one not in kept][:3], [one for one in kept if one not in now][:3])
            )
    assert old == [], "look at these pages, then ./run tasuki screenshots, and read their guides again"


def _lines(words: str) -> list[str]:
    """Return the pieces of text in one order: people of one record, and what happened at one moment, stand as chance has it."""
    return sorted("・".join(sorted(line.split("・"))) for line in words.split("\n"))


def _kept(name: str) -> str:
    path = ROOT / TARGET / f"{name}.txt"
    return path.read_text(encoding="utf-8") if path.is_file() else ""
