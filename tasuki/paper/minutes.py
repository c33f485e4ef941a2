"""会議録 (F09), two documents that are never one: part 1 by consent, part 2 under 106条の6 as numbered copies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tasuki.paper import words
from tasuki.paper.press import Block, Form, cell, form, press, prose, row, stamps, table, ticks
from tasuki.queries.export import ItemPaper, SittingPaper
from tasuki.rules.calendar import clock_words, day_of, moment_words, wareki

DECISION = "支援決定は、市が会議のあとに行います。この会議録は支援決定ではありません。"
RETURN = "この紙は会議の終わりに返します。　返却した人　　　　　　　　　　受け取った人"


@dataclass(frozen=True)
class Copy:
    """Which of how many numbered copies a sealed paper is."""

    number: int
    of: int


def copy_of(sitting: SittingPaper, items: Sequence[ItemPaper], staff: UUID) -> Copy:
    """Return the copy of somebody: the secretariat keeps the first, each seat has the next in the order of the list."""
    seats = list(
        dict.fromkeys(str(seat["staff"]) for item in items for seat in item.seats if seat["present"] is not False)
    )
    place = seats.index(str(staff)) + 2 if str(staff) in seats else 1
    return Copy(1 if sitting.secretariat else place, len(seats) + 1)


def consent_form(
    sitting: SittingPaper, items: Sequence[ItemPaper], *, town: str, made_by: str, now: dt.datetime
) -> Form:
    """Lay out part 1: items on which everybody consented."""
    blocks = [_head(sitting)]
    for item in items:
        blocks += [_item(item, "\n".join(_consents(item)) or "個人情報なし"), _decisions(item)]
    blocks += [form(row(cell("支援決定", DECISION))), stamps(決裁=["課長", "係長", "担当"], 供覧=["関係課", "関係課"])]
    agencies = {seat["agency"] for item in items for seat in item.seats if seat["present"]}
    return Form(
        title="会議録　第1部", subtitle="本人の同意による議題", top=f"配る先　議題の出席者 {len(agencies)}機関", part="第1部",
        town=town, made_at=moment_words(now), made_by=made_by, on=day_of(now), blocks=blocks,
    )  # fmt: skip


def sealed_form(
    sitting: SittingPaper, items: Sequence[ItemPaper], copy: Copy, *, town: str, made_by: str, now: dt.datetime
) -> Form:
    """Lay out part 2: sealed items, a numbered copy with its mark across the page, to be returned."""
    blocks = [_head(sitting)]
    for item in items:
        ground = f"社会福祉法第106条の6（支援会議）　付議理由　{item.reason or '—'}"
        blocks += [_item(item, ground, pledges=True), _decisions(item)]
    blocks += [form(row(cell("返却", RETURN))), prose(words.SECRECY)]
    return Form(
        title="会議録　第2部", mark="非公開・封", subtitle="社会福祉法第106条の6による議題", part="第2部",
        top="議題の出席者に限る", number=f"{copy.number} / {copy.of}", boxed=True,
        watermark=f"番号{copy.number}　{wareki(day_of(sitting.held_at), weekday=False)}",
        town=town, made_at=moment_words(now), made_by=made_by, on=day_of(now), blocks=blocks,
    )  # fmt: skip


def minutes_pdf(form_made: Form) -> bytes:
    """Print one part of the minutes."""
    return press(form_made)


def _head(sitting: SittingPaper) -> Block:
    return form(
        row(cell("会議", f"{sitting.conference}（{sitting.called_by}が招集）")),
        row(
            cell("日時", f"{moment_words(sitting.at)}\n記録 {_written(sitting)}"),
            cell("場所", sitting.place or "—"),
        ),
    )


def _written(sitting: SittingPaper) -> str:
    """The moment of the minutes: the clock alone on the day of the sitting."""
    same = day_of(sitting.at) == day_of(sitting.held_at)
    return clock_words(sitting.held_at) if same else moment_words(sitting.held_at)


def _item(item: ItemPaper, ground: str, *, pledges: bool = False) -> Block:
    names = "・".join(one["name"] for one in item.people)
    rows = [
        row(cell(f"議題{item.position}", f"{names} さん　{item.kind}" if names else item.kind, strong=True)),
        row(cell("根拠", ground)),
        row(cell("出席", _present(item, pledges=pledges))),
    ]
    rows += [row(cell("話したこと", item.discussion, height=16))] if item.discussion else []
    rows += [row(cell("意見", "\n".join(_opinions(item))))] if item.opinions else []
    if item.judged:
        rows.append(
            row(cell("判断", ticks=ticks(list(words.JUDGEMENTS.values()), [words.JUDGEMENTS.get(item.judged, "")])))
        )
    return form(*rows)


def _present(item: ItemPaper, *, pledges: bool) -> str:
    here = [seat for seat in item.seats if seat["present"]]
    agencies = (
        "、".join(dict.fromkeys(f"{seat['agency']}{'（代理）' if seat['deputy'] else ''}" for seat in here)) or "—"
    )
    if not pledges or not here:
        return agencies
    without = [seat["name"] for seat in here if not seat["pledged"]]
    return agencies + ("\n全員、守秘義務の誓約あり" if not without else f"\n誓約のない人　{'、'.join(without)}")


def _opinions(item: ItemPaper) -> list[str]:
    said = {True: "同意", False: "同意しない", None: ""}
    return [
        "　".join(part for part in (one["agency"], said[one["agrees"]], one["text"]) if part) for one in item.opinions
    ]


def _consents(item: ItemPaper) -> list[str]:
    return [
        f"同意　{one['person']}　{words.FORMS.get(one['form'], one['form'])}（{words.day(one['until'], '支援の終わり')}まで）"
        for one in item.consents
    ]


def _decisions(item: ItemPaper) -> Block:
    rows = [[one["agency"] or "—", one["text"], words.day(one["due"], "—")] for one in item.decisions]
    return table("決めたこと", ["誰が", "何を", "いつまで"], [3, 6, 4], rows)
