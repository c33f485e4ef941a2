"""A cell of a table: drawn in Python, escaped in every part, the same shape whatever it lacks."""

from typing import Any

import pytest

from tasuki.web.templatetags.tasuki_ui import cell_shown, cells_shown, ground_shown, record_shown

BAD = "<b>&\"'"
SAFE = "&lt;b&gt;&amp;&quot;&#x27;"


# Fault planted: each part joined without escaping, one after the other.
@pytest.mark.parametrize("part", ["text", "tag", "tag_kind", "href", "also_href", "also", "beside", "second"])
def test_every_part_of_a_cell_is_escaped(part: str) -> None:
    cell = {"text": "山下", "tag": "今日", "href": "/cases/", "also_href": "/people/", "also": "人", part: BAD}
    shown = cell_shown({"tag_kind": "soon", "beside": "2日", "second": "やました", **cell})
    assert SAFE in shown
    assert "<b>" not in shown


# Fault planted: the strong words of a link forgotten; a ground's own text; the tag without its gap; a missing text as None; keep forgotten.
@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ({}, ""),
        ({"text": 5}, "5"),
        ({"text": "山下", "strong": True}, "<strong>山下</strong>"),
        ({"text": "山下", "href": "/a/", "strong": True}, '<a href="/a/" class="strong">山下</a>'),
        ({"text": "山下", "href": "/a/"}, '<a href="/a/">山下</a>'),
        ({"tag": "今日", "tag_kind": "soon", "text": "11/27"}, '<span class="tag tag-soon">今日</span> 11/27'),
        ({"tag": "今日", "text": ""}, '<span class="tag">今日</span> '),
        ({"ground": "CONSENT"}, ground_shown("CONSENT")),
        ({"ground": "CONSENT", "text": "同意あり"}, ground_shown("CONSENT", "同意あり")),
        ({"text": "", "second": "受1", "keep": True}, '<br><span class="second keep">受1</span>'),
        ({"text": "1", "beside": "2日", "second": "x"}, '1　<span class="second gap">2日</span><br><span class="second">x</span>'),
    ],
)  # fmt: skip
def test_a_cell_is_drawn_from_what_it_has(cell: dict[str, Any], shown: str) -> None:
    assert cell_shown(cell) == shown


# Fault planted: a code that is none of ours shown as 自機関の記録; the word left out of the sign that stands alone.
def test_a_ground_is_a_badge_or_a_sign_and_an_unknown_one_is_none() -> None:
    assert "同意</span>" in ground_shown("CONSENT")
    assert 'title="同意"' in ground_shown("CONSENT", "", icon_only=True)
    assert 'aria-label="同意"' in ground_shown("CONSENT", "", icon_only=True)
    assert "根拠なし" in ground_shown("WHATEVER")


# Fault planted: the cells joined without their frames; the class of figures given to every cell.
def test_a_row_is_its_cells_and_figures_stand_to_the_right() -> None:
    shown = cells_shown([{"text": BAD}, {"text": 5, "figures": True}])
    assert shown == f'<td>{cell_shown({"text": BAD})}</td><td class="figures">5</td>'


ROW: dict[str, Any] = {
    "id": "r1", "on": "11/24", "what": "訪問", "text": "会えた", "more": [], "class": "", "scope": "", "amended": None, "added": [], "papers": False, "agency": "北", "staff": "葦",
    "sitting": None, "ground": "HOLDER", "kind": "VISIT",
}  # fmt: skip


# Fault planted: each value joined without escaping, one after the other.
@pytest.mark.parametrize(
    "part",
    [
        {"on": BAD}, {"what": BAD}, {"text": BAD}, {"more": [(BAD, "")]}, {"more": [("事実", BAD)]}, {"class": BAD}, {"scope": BAD},
        {"amended": {"text": BAD, "reason": ""}}, {"amended": {"text": "", "reason": BAD}}, {"added": [{"text": BAD}]}, {"agency": BAD}, {"staff": BAD},
    ],
)  # fmt: skip
def test_every_part_of_a_record_is_escaped(part: dict[str, Any]) -> None:
    shown = record_shown(ROW | part)
    assert SAFE in shown
    assert "<b>" not in shown


# Faults planted: the lines of a text in one; a label without its words; the amended one not struck; the way to its sitting left out.
def test_a_record_is_drawn_from_what_it_has() -> None:
    shown = record_shown(ROW | {"text": "一\r\n二", "more": [("事実", "三\n四")], "class": "健康", "sitting": "s1"})
    assert (
        '<strong>訪問</strong>一<br>二<br><span class="second">事実</span>　三<br>四<br><span class="tag">健康</span> <br>'
        in shown
    )
    assert (
        '<a class="second" href="/sittings/s1/">会議を開く</a></span></div>'
        + ground_shown("HOLDER", "", icon_only=True)
        in shown
    )
    assert "record-cancelled" not in shown
    amended = record_shown(ROW | {"amended": {"text": "五", "reason": "誤記"}})
    assert '<li class="record record-cancelled" data-row id="r-r1">' in amended
    assert '<span class="second">訂正：五（理由　誤記）</span>' in amended


# Faults planted: 訂正 offered whatever the ground; the paper offered for every kind.
def test_what_is_put_away_offers_no_correction_and_a_consent_its_paper() -> None:
    added = record_shown(ROW | {"added": [{"text": "六"}]})
    assert "record-cancelled" not in added
    assert '<span class="second">追記</span>　六' in added
    assert "/records/r1/transfer.pdf" in record_shown(ROW | {"papers": True})
    assert "/records/r1/amendment/" in record_shown(ROW)
    assert "amendment" not in record_shown(ROW | {"ground": "LAW"})
    assert "form.pdf" not in record_shown(ROW)
    assert 'href="/consents/r1/form.pdf"' in record_shown(ROW | {"kind": "CONSENT", "ground": "LAW"})
