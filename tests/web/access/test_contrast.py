"""The colours of the house by the figures of DADS: words at least 4.5 to 1, lines that carry meaning at least 3 to 1."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tasuki

STATIC = Path(tasuki.__file__).parent / "web" / "static"
COLOUR = re.compile(r"--(color-[\w-]+):\s*(#[0-9a-f]{6})", re.IGNORECASE)
ROLE = re.compile(r"--([\w-]+):\s*var\(--(color-[\w-]+)\)")
DADS = dict(COLOUR.findall((STATIC / "vendor" / "dads" / "tokens.css").read_text(encoding="utf-8")))
ROLES = {
    role: DADS[token]
    for role, token in ROLE.findall((STATIC / "css" / "1-tokens.css").read_text(encoding="utf-8"))
    if token in DADS
}
GROUNDS = ("paper", "wash", "act-wash", "soon-wash", "done-wash", "late-wash", "sealed-wash")
WORDS = {
    "ink": GROUNDS, "ink-2": ("paper", "wash", "act-wash", "soon-wash"), "ink-3": ("paper", "wash"),
    "act": ("paper", "wash", "act-wash"), "link": ("paper", "wash", "act-wash"), "done": ("paper", "done-wash"),
    "sealed": ("paper", "sealed-wash"), "late": ("paper", "late-wash"), "law": ("paper",),
}  # fmt: skip
LINES = ("control", "ink-3", "act", "done", "sealed", "late", "law")
# What the pictures take from DADS by its own name.
TAKEN = re.compile(r"(?:stroke|fill): var\(--(color-[\w-]+)\)")


def light(colour: str) -> float:
    """Return the relative luminance of #rrggbb, after WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_21_and_the_gray_of_controls_is_that_of_dads() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast(ROLES["control"], ROLES["paper"]) == pytest.approx(4.54, abs=0.02)


# Fault planted: --ink-3 taken from gray-420.
@pytest.mark.parametrize("role", WORDS)
def test_words_stand_out_from_every_ground_on_which_they_are_written(role: str) -> None:
    assert {ground: round(contrast(ROLES[role], ROLES[ground]), 2) for ground in WORDS[role]
            if contrast(ROLES[role], ROLES[ground]) < 4.5} == {}  # fmt: skip


# Fault planted: --control taken from gray-300; the ended tie of the ecomap drawn in gray-300.
def test_lines_that_carry_meaning_stand_out() -> None:
    assert {role for role in LINES if contrast(ROLES[role], ROLES["paper"]) < 3} == set()
    drawn = set(TAKEN.findall((STATIC / "css" / "7-pictures.css").read_text(encoding="utf-8")))
    assert drawn
    assert {token for token in drawn if contrast(DADS[token], ROLES["paper"]) < 3} == set()


# Fault planted: the outline of :focus-visible made 1px.
def test_the_focus_is_a_black_line_of_4_pixels_with_a_yellow_halo() -> None:
    rule = re.search(r":focus-visible \{([^}]*)\}", (STATIC / "css" / "5-atoms.css").read_text(encoding="utf-8"))
    assert rule is not None
    assert "outline: 4px solid var(--color-neutral-black)" in rule[1]
    assert "var(--halo)" in rule[1]
