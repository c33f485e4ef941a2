"""The press: the same paper for the same words, PDF/A, nothing that people wrote read as markup, no letter lost silently."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tasuki.paper.press import GETA, Form, cell, form, letters, press, row, stamps, table, ticks

PLAIN = Form(
    title="つなぐシート", town="霞浜市", made_at="令和8年11月24日(火)10:05", made_by="福祉まるごと室　架空 花子", on=dt.date(2026, 11, 24),
    blocks=[
        form(row(cell("出した日", "令和8年11月24日(火)"), cell("つなぎ先", "福祉まるごと室"))),
        form(row(cell("声かけ", ticks=ticks(["電話した", "同席した"], ["電話した"])))),
        table("決めたこと", ["誰が", "何を"], [1, 2], [["第1包括", "声をかける"]]),
        stamps(決裁=["課長"], 供覧=["関係課"]),
    ],
)  # fmt: skip


def with_text(text: str) -> Form:
    return replace(PLAIN, blocks=[form(row(cell("ようす", text)))])


# Fault planted: the creation time left to the clock.
def test_the_same_words_make_the_same_bytes() -> None:
    assert press(PLAIN) == press(PLAIN)


# Fault planted: pdf_standards left out.
def test_a_paper_is_an_archive_file() -> None:
    made = press(PLAIN)
    assert made.startswith(b"%PDF-1.7")
    assert b"pdfaid:part" in made


# Fault planted: cells evaluated as markup.
@pytest.mark.parametrize(
    "text", ["#panic(1)", '#read("/etc/hosts")', "$x", "*太字", "@名札", "<a>", "\\", "= 見出し", "`", '"}', "//"]
)
def test_nothing_that_people_write_is_markup(text: str) -> None:
    assert press(with_text(text)) != press(with_text("ふつうの文"))


# Fault planted: 𠮷 taken out of the printing fonts' list; the variation selectors dropped.
@pytest.mark.parametrize("name", ["𠮷霞 廉", "髙田", "﨑雄", "㈱凪", "葛\U000e0100飾", "OKTAVIARSA", "ｶﾅ", "①"])
def test_names_print_as_they_are_written(name: str) -> None:
    assert set(name) <= letters()
    assert press(with_text(name)) != press(with_text(""))


# Fault planted: letters without a shape left to the press, which refuses the whole paper.
def test_a_letter_without_a_shape_prints_as_geta_and_the_paper_says_so() -> None:
    assert GETA in letters()
    assert press(with_text("笑顔😀")) == press(with_text(f"笑顔{GETA}"))
    assert len(press(with_text("笑顔😀"))) > len(press(with_text("笑顔")))


# Fault planted: a row that never breaks over the page.
def test_a_long_text_goes_on_on_the_next_page() -> None:
    assert b"/Count 1/" in press(with_text("短い"))
    assert b"/Count 5/" in press(with_text("長い記録です。" * 1200))
