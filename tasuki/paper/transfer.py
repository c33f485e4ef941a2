"""転出の引継書: what the other municipality is handed, on A4, with who sends it on which basis at its head."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tasuki.paper import words
from tasuki.paper.press import Block, Cell, Form, cell, form, press, row, table
from tasuki.paper.sheet import NOT_SHOWN
from tasuki.queries.transfer import TransferPaper
from tasuki.rules.calendar import age_words, born_words, day_of, moment_words

LIMITS = "この書類は、上の根拠の及ぶ人と情報だけを載せています。支援会議（社会福祉法第106条の6）で話し合ったこと、支援措置の対象の方の住所と連絡先、根拠の及ばない世帯の方のことは載せていません。"


def transfer_form(paper: TransferPaper, kinds: Mapping[str, str], *, town: str, made_by: str, now: dt.datetime) -> Form:
    """Lay out the papers; `kinds` are the words for kinds of records."""
    blocks: list[Block] = [
        form(
            row(cell("送り先", paper.to, strong=True), cell("根拠", paper.basis)),
            row(cell("送り元", f"{town}　{paper.agency}\n{paper.staff}"), cell("転出の記録", moment_words(paper.at))),
            row(cell("載せた情報", words.classes(paper.classes)), cell("載せた人", f"{len(paper.people)}人")),
        ),
        {"kind": "text", "text": LIMITS},
        form(*_people(paper, day_of(now))),
        form(row(cell("要約", paper.summary or "ありません", height=12))),
        table(
            "いまの同意", ["だれの", "いつから", "いつまで", "範囲", "提供先"], [3, 3, 3, 4, 5], list(_consents(paper))
        ),
        *_assessment(paper),
        *_plan(paper),
        table("つぎの日", ["日", "こと"], [4, 10], list(_dates(paper))),
        table("経過", ["日", "種類", "機関", "あったこと"], [3, 3, 4, 10], [_line(one, kinds) for one in paper.story]),
        form(row(cell("受け取った日", "　　　年　　月　　日"), cell("受け取った人", "\n"))),
    ]
    return Form(
        title="転出 引継書", subtitle=f"{town} → {paper.to}", town=town, made_at=moment_words(now), made_by=made_by, on=day_of(now),
        number=paper.number, number_word="受付番号", blocks=blocks,
    )  # fmt: skip


def transfer_pdf(paper: TransferPaper, kinds: Mapping[str, str], *, town: str, made_by: str, now: dt.datetime) -> bytes:
    """Print the papers."""
    return press(transfer_form(paper, kinds, town=town, made_by=made_by, now=now))


def _people(paper: TransferPaper, today: dt.date) -> Iterator[Sequence[Cell]]:
    above = ""
    for one in paper.people:
        born = f"{born_words(one['born']) if one['born'] else '不明'}（{age_words(one['born'], today)}）　{one['sex']}"
        name = one["name"] + (f"（通称 {one['alias']}）" if one["alias"] else "")
        yield row(
            cell("フリガナ\n氏名", name or "不明", small=one["kana"] or "　", big=True),
            cell("生年月日", f"{born}　{one['relation']}"),
        )
        phone = f"　電話 {one['phone']}" if one["phone"] else ""
        home = one["address"] or "聞いていません"
        where = NOT_SHOWN if one["guarded"] else f"{'同上' if one['address'] and home == above else home}{phone}"
        above = "" if one["guarded"] else home
        yield row(cell("いままでの住所", where))


def _consents(paper: TransferPaper) -> Iterator[list[str]]:
    """Give each consent once, with everybody who gave the same."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for one in paper.consents:
        told = (
            words.day_of_moment(one["given"]), words.day(one["until"], "支援の終わりまで"), words.classes(one["classes"]),
            "、".join(one["agencies"]), words.FORMS.get(one["form"], ""),
        )  # fmt: skip
        alike.setdefault(told, []).append(one["person"])
    for (*rest, kind), people in alike.items():
        yield [f"{'、'.join(people)}（{kind}）", *rest]


def _assessment(paper: TransferPaper) -> Iterator[Block]:
    if paper.assessment is None:
        return
    found: dict[str, Any] = paper.assessment
    issues = "\n".join("　".join(filter(None, (one["person"], one["code"], one["status"]))) for one in found["issues"])
    yield form(
        row(cell("最後のアセスメント", f"{words.day_of_moment(found['at'])}　{found['agency']}")),
        row(cell("本人の希望", found["wishes"] or "聞いていません")),
        row(cell("課題", issues or "—")),
        row(cell("見立て", found["text"] or "—")),
    )


def _plan(paper: TransferPaper) -> Iterator[Block]:
    if paper.plan is None:
        return
    found: dict[str, Any] = paper.plan
    yield form(
        row(
            cell("支援プラン", f"{words.PLAN_KINDS.get(found['kind'], '')}　第{found['version']}版"),
            cell("支援決定", f"{words.day_of_moment(found['decided'])}　主担当 {found['lead'] or '—'}"),
        ),
        row(cell("支援の方向性", found["direction"], strong=True)),
    )
    goals = [[f"{one['n']}", one["text"], one["attained"] or ""] for one in found["goals"]]
    yield table("目標", ["番号", "目標", "達成"], [1, 8, 2], goals)
    yield table(
        "役割",
        ["機関", "すること", "いつまで", "いま"],
        [4, 6, 4, 2],
        [
            [one["agency"], one["what"], words.day(one["due"], "—"), words.ROLE_STATES.get(one["state"], "")]
            for one in found["roles"]
        ],
    )


def _dates(paper: TransferPaper) -> Iterator[list[str]]:
    """Give what was to come when the people moved: the plan's next look, its roles, the ends of consents."""
    plan: dict[str, Any] = paper.plan or {"roles": [], "monitor_by": None}
    days = [(one["due"], f"{one['agency']}　{one['what']}") for one in plan["roles"]]
    days += [(plan["monitor_by"], "プランのモニタリング")]
    ends: dict[str, list[str]] = {}
    for one in paper.consents:
        ends.setdefault(one["until"] or "", []).append(one["person"])
    days += [(on, f"{'、'.join(people)}さんの同意の終わり") for on, people in ends.items()]
    for on, what in sorted((on, what) for on, what in days if on and on >= day_of(paper.at).isoformat()):
        yield [words.day(on), what]


def _line(one: dict[str, Any], kinds: Mapping[str, str]) -> list[str]:
    said = "\n".join(part for part in (one["fact"], one["text"]) if part)
    return [words.day_of_moment(one["at"]), kinds.get(one["kind"], one["kind"]), one["agency"], said]
