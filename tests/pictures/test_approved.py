"""The pictures made by hand look as they did when somebody approved them (`./run tasuki gallery --approve`)."""

from pathlib import Path

import pytest

from tasuki.ops.gallery import kept, run, written
from tasuki.ops.gallery.families import MADE
from tasuki.ops.gallery.others import OTHERS
from tests.pictures.drawn import elements

APPROVED = Path(__file__).parent / "approved"
DRAWN = {name: picture for name, _, picture in kept()}


# Fault planted: the room around a shape 7 px instead of 8.
@pytest.mark.parametrize("name", sorted(DRAWN))
def test_a_picture_is_as_approved(name: str) -> None:
    path = APPROVED / f"{name}.svg"
    approved = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    now = written(DRAWN[name]).splitlines()
    other = [f"- {a}\n+ {b}" for a, b in zip(approved, now, strict=False) if a != b]
    assert (len(approved), other) == (len(now), []), f"{name}: look at it, then ./run tasuki gallery --approve"


def test_every_approved_picture_is_still_drawn() -> None:
    assert {path.stem for path in APPROVED.glob("*.svg")} == {*MADE, *OTHERS} == set(DRAWN)


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_every_picture_has_a_name_in_japanese_and_a_table_that_says_the_same(name: str) -> None:
    picture = DRAWN[name]
    title = elements(picture.svg, tag="title")[0].text or ""
    assert title
    assert not title.isascii()
    assert all(len(row) == len(picture.columns) for row in picture.rows)
    assert len(picture.rows) >= len(elements(picture.svg, "person"))


def test_the_sheets_ask_nothing_of_another_host(tmp_path: Path) -> None:
    import argparse

    assert run(argparse.Namespace(to=tmp_path, seed=1, approve=False)) == 0
    sheets = sorted(tmp_path.glob("*.html"))
    assert len(sheets) == 10
    for sheet in sheets:
        words = sheet.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http:" not in words
        assert "https:" not in words
        assert "<script" not in words
