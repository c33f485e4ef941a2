"""The press: the same paper for the same words, PDF/A, nothing that people wrote read as markup, no letter lost silently."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
import typst

from tasuki.paper.press import GETA, Block, Form, cell, form, letters, press, row, setting, stamps, table, ticks

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


SIGNS = row(cell("終結後の主担当", "霞" * 50), cell("フォローの日"))


def signs(*blocks: Block) -> list[int]:
    """Return how many signs stand on each page, its head and its foot left out."""
    pages = [typst.compile(**setting(replace(PLAIN, title="", blocks=part)), format="svg") for part in (blocks, ())]
    one, bare = ([page.count(b"<use") for page in (made if isinstance(made, list) else [made])] for made in pages)
    return [count - bare[0] for count in one]


def tall(lines: int) -> Block:
    """Make a form of so many lines that what follows it comes ever nearer to the end of the page."""
    return form(row(cell("", "\n".join("露" * lines))))


# Fault planted: the last row not held to the stamps → they stand alone on the second page.
def test_stamps_never_stand_alone_on_a_page() -> None:
    alone = signs(stamps(決裁=["課長"], 供覧=["関係課"]))[0]
    seen = set()
    for lines in range(28, 42):
        *_, last = signs(
            form(*tall(lines)["rows"], *[row(cell("", ""))] * 3, SIGNS), stamps(決裁=["課長"], 供覧=["関係課"])
        )
        assert last >= alone + 50
        seen.add(last)
    assert len(seen) > 1  # both sides of the edge were tried


# Faults planted: breakable left to the press, in a table and in a form → a row begins on one page and ends on the next.
@pytest.mark.parametrize("kind", ["table", "form"])
def test_no_short_row_is_broken_over_the_page(kind: str) -> None:
    words = "霧" * 180  # more than three lines: no press leaves one alone
    rows = (
        table("", ["何を", "誰が"], [1, 3], [["", words]] * 20)
        if kind == "table"
        else form(*[row(cell("", words))] * 20)
    )
    head = 4 if kind == "table" else 0
    for lines in range(1, 5):
        first, *_ = signs(tall(lines), rows)
        assert (first - lines - head) % 180 == 0


# Faults planted: a short form not held to the table after it; broken in two.
def test_what_a_table_is_about_stands_on_its_page() -> None:
    about = form(row(cell("", "霜" * 40)), row(cell("", "霜" * 40)))
    promises = table("約束", ["何を"], [1], [["声をかける"]])
    whole = signs(about, promises)[0]
    for lines in range(34, 44):
        first, *_ = signs(tall(lines), about, promises)
        assert first - lines in {0, whole}


# Fault planted: the height added below the text.
def test_room_to_write_is_taken_by_what_is_printed_there() -> None:
    long, empty = "霞" * 400, row(cell("本人の意見", "", height=14))
    assert signs(form(*[row(cell("", long, height=14))] * 4)) == signs(form(*[row(cell("", long))] * 4))
    assert len(signs(form(*[empty] * 20))) > len(signs(form(*[row(cell("本人の意見", ""))] * 20)))


def drawn(text: str) -> bytes:
    """Return the page with this text."""
    made = typst.compile(**setting(with_text(text)), format="svg")
    assert isinstance(made, bytes)
    return made


# Fault planted: the box around days left out → 令和8年11月 | 24日.
def test_no_day_is_broken_over_the_line() -> None:
    day = "令和8年11月24日(火)"
    frames = re.compile(rb"<path[^>]*stroke=[^>]*>")
    short = frames.findall(drawn(day))
    whole = [before for before in range(20, 36) if frames.findall(drawn("露" * before + day)) == short]
    assert 0 < len(whole) < 16
    for before in set(range(20, 36)) - set(whole):
        assert drawn("露" * before + day) == drawn("露" * before + "\n" + day)
