"""つなぐシート (F03): one A4 that can be answered by hand and faxed back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tasuki.paper import words
from tasuki.paper.press import Block, Cell, Form, cell, form, press, row, ticks
from tasuki.queries.export import SheetPaper
from tasuki.rules.calendar import age_words, born_words, day_of, moment_words

NOT_SHOWN = "（支援措置のため載せません）"


def sheet_form(paper: SheetPaper, *, town: str, made_by: str, now: dt.datetime) -> Form:
    """Lay out the sheet. Who lives there without a ground for the receiver stands without name and state (settled 35)."""
    head = form(
        row(cell("出した日", moment_words(paper.sent_at)), cell("答えの期限", _until(paper), strong=True)),
        row(cell("つなぎ元", paper.sender), cell("つなぎ先", paper.receiver)),
        row(cell("声かけ", ticks=ticks(list(words.WARM.values()), [words.WARM.get(paper.warm, "")]))),
    )
    wishes = form(
        row(cell("ようす", paper.text, height=14)),
        row(cell("試したこと", paper.tried, height=8)),
        row(cell("求めること", ticks=ticks(words.WANTS, [paper.wants]))),
        row(_consent(paper)),
    )
    answer: Block = {
        "kind": "answer", "ticks": ticks(["受ける", "一緒に受ける", "戻す"], []),
        "ask": "戻す理由・はじめの一手", "back": f"確認番号　{paper.number[-1:] or '—'}",
    }  # fmt: skip
    title = "つなぐシート" if paper.kind == "REFER" else "つなぎもどし 引継書"
    return Form(
        title=title, town=town, made_at=moment_words(now), made_by=made_by, on=day_of(now), number=paper.number,
        blocks=[head, form(*_people(paper, day_of(now))), wishes, answer],
    )  # fmt: skip


def sheet_pdf(paper: SheetPaper, *, town: str, made_by: str, now: dt.datetime) -> bytes:
    """Print the sheet."""
    return press(sheet_form(paper, town=town, made_by=made_by, now=now))


def _until(paper: SheetPaper) -> str:
    return moment_words(paper.answer_by) if paper.answer_by else "決めていません"


def _people(paper: SheetPaper, today: dt.date) -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = []
    for one in paper.people:
        born = f"{born_words(one['born']) if one['born'] else '不明'}（{age_words(one['born'], today)}）　{one['sex']}"
        name = one["name"] + (f"（通称 {one['alias']}）" if one["alias"] else "")
        rows.append(
            row(cell("フリガナ\n氏名", name or "不明", small=one["kana"] or "　", big=True), cell("生年月日", born))
        )
        where = NOT_SHOWN if one["guarded"] else one["address"] or "聞いていません"
        area = f"（{one['area']}）" if one["area"] else ""
        phone = "" if one["guarded"] else f"　電話 {one['phone']}" if one["phone"] else ""
        rows.append(row(cell("住所", f"{where}{area}{phone}")))
    rows.append(row(cell("世帯", _household(paper, today))))
    rows.append(row(cell("困りごと", ticks=ticks(words.TOPICS, paper.topics), **_most(paper))))
    return rows


def _most(paper: SheetPaper) -> dict[str, Any]:
    return {"text": f"◎ いちばん困っていること　{paper.pressing}"} if paper.pressing else {"text": ""}


def _household(paper: SheetPaper, today: dt.date) -> str:
    known = [one for one in paper.others if one["known"]]
    lines = [
        f"{one['name']}　{one['relation']}　{age_words(one['born'], today)}　{'・'.join(one['labels'])}".rstrip("　")
        for one in known
    ]
    unnamed = len(paper.others) - len(known) + paper.unseen
    if unnamed:
        lines.append(f"同居の方 {unnamed}名")
    return "\n".join(lines) or "ほかにいません"


def _consent(paper: SheetPaper) -> Cell:
    boxes = ["あり（書面）", "あり（口頭）", "なし"]
    if paper.basis != "CONSENT":
        return cell("本人の同意", f"理由　{paper.reason}", ticks=ticks(boxes, ["なし"]))
    forms = {one["form"] for one in paper.consent}
    chosen = [box for box, code in zip(boxes, ("WRITTEN", "ORAL"), strict=False) if code in forms]
    lines = [
        f"{one['person']}　{words.day_of_moment(one['given'])} 〜 {words.day(one['until'], '支援の終わりまで')}\n"
        f"範囲　{words.classes(one['classes'])}\n提供先　{'、'.join(one['agencies'] or [])}"
        for one in paper.consent
    ]
    return cell("本人の同意", "\n".join(lines), ticks=ticks(boxes, chosen))
