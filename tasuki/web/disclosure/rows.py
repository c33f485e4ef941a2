"""Break-glass, packs and readings in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tasuki.queries.choices import Choice
from tasuki.queries.disclosure import PackLine, PackRow, ReadRow, ReviewedRow, WaitingRow
from tasuki.records.closed_days import HOLIDAYS
from tasuki.rules.calendar import day_of, to_jst, wareki_short
from tasuki.rules.disclosure import review_by
from tasuki.web import words
from tasuki.web.act.catalogue import ACTS
from tasuki.web.household.listing import Column, Filter, Listing, when, years
from tasuki.web.household.rows import GROUND_WORDS, ground_shown
from tasuki.web.referral.clock import closing

BLACK = "■" * 12
DOORS = {
    "page": "画面", "list": "一覧", "search": "さがす", "suggest": "候補", "export": "ファイル", "print": "印刷",
    "replay": "再現",
}  # fmt: skip
WHAT = {
    "households": "世帯の一覧", "search": "さがす", "suggest": "受付の候補", "watches": "見守り", "case": "世帯のページ", "case-story": "世帯の経過の表",
    "person": "人のページ", "referral-sheet": "つなぐシート", "minutes-consent": "会議録 第1部", "minutes-sealed": "会議録 第2部",
    "plan": "支援プラン", "evaluation": "評価", "consent-form": "同意書", "pack": "開示の写し", "transfer": "転出の引継書", "today": "今日", "receptions": "受付の一覧", "notices": "気づき", "record": "記録", "sitting": "会議", "conferences": "終わった会議",
    "person-change": "人の情報の訂正", "reads": "閲覧の記録", "access-report": "本人への報告", "unusual": "ふだんと違う見方",
    "keepings": "保存と廃棄の一覧", "case-sight": "だれに何が見えるか", "records": "記録をさがす", "provisions": "外部提供簿", "gaps": "足りない資源", "emergencies": "審査した緊急閲覧", "packs": "開示の写しの一覧", "handover": "引継ぎ", "resources": "社会資源",
    "step": "記録", "class": "情報の種類", "address": "住所",
}  # fmt: skip
COLUMNS = (
    Column("いつ", "at"), Column("だれが", "staff"), Column("機関", "agency"), Column("端末", only_file=True),
    Column("どこから"), Column("何を", "what"),
    Column("人数", figures=True), Column("根拠"),
)  # fmt: skip
REVIEWED_COLUMNS = (
    Column("開いた日時", "opened"), Column("だれが", "staff"), Column("機関", only_file=True), Column("人数", only_file=True),
    Column("理由"), Column("審査", "reviewed"), Column("審査した日時", only_file=True), Column("審査した人", only_file=True),
)  # fmt: skip
PACK_COLUMNS = (Column("作った日時", "at"), Column("記録", figures=True), Column(""))


def what(name: str) -> str:
    """Return a reading's subject in words: the page, the tab or the file that was read."""
    stem, _, kind = name.partition(":")[0].partition(".")
    if stem.startswith("referrals"):
        said = "つなぎ"
    elif stem.startswith("figure"):
        said = "数字"
    else:
        said = WHAT.get(stem) or act_words(stem)
    return f"{said}（{kind.upper()}）" if kind else said


def act_words(name: str) -> str:
    """Return the form of an act in words; what has no words yet as it is called inside."""
    noun, _, slug = name.partition("-")
    return f"{ACTS[noun, slug].title}の用紙" if (noun, slug) in ACTS else name


def listing(staff: Sequence[Choice], agencies: Sequence[Choice]) -> Listing:
    """Return the list of readings; who and when stand in the filters."""
    filters = (Filter("agency", "機関", agencies), Filter("staff", "だれが", staff))
    return Listing(
        "reads", "/reads/", "だれが見たか", COLUMNS, "at", filters, hidden=("from", "to", "name", "born"), down=True,
        empty="この条件に合う閲覧の記録はありません。",
    )  # fmt: skip


def read_cells(row: ReadRow) -> list[dict[str, Any]]:
    """Return a reading as cells."""
    ground = ground_shown(row.ground)
    return [
        {"text": f"{wareki_short(day_of(row.at))} {to_jst(row.at):%-H:%M}"},
        {"text": row.staff, "strong": True}, {"text": row.agency}, {"text": row.terminal},
        {"text": DOORS.get(row.door, row.door)},
        {"text": what(row.what)}, {"text": f"{row.persons}人", "figures": True},
        {"ground": ground, "plain": GROUND_WORDS.get(ground, "")} if ground else {"text": "行ごとに別"},
    ]  # fmt: skip


def waiting(row: WaitingRow, now: dt.datetime) -> dict[str, Any]:
    """Return a break-glass that waits for its review as the page shows it."""
    return {
        "record": row.record, "who": row.staff, "agency": row.agency, "persons": row.persons, "reason": row.reason,
        "opened": row.opened_at, "until": row.until, "reads": row.reads, "running": now < row.until,
        "late": now > closing(review_by(day_of(row.opened_at), HOLIDAYS)),
    }  # fmt: skip


def reviewed(agencies: Sequence[Choice], now: dt.datetime) -> Listing:
    """Return the list of the openings that were reviewed, the latest first."""
    return Listing(
        "emergencies", "/emergencies/", "審査した緊急閲覧", REVIEWED_COLUMNS, "opened", (Filter("agency", "機関", agencies), years(now)),
        down=True, empty="この条件に合う、審査した緊急閲覧はありません。",
    )  # fmt: skip


def reviewed_cells(row: ReviewedRow) -> list[dict[str, Any]]:
    """Return a reviewed opening as cells; whom it opened is a number."""
    at = when(row.reviewed_at)
    return [
        when(row.opened_at), {"text": row.staff, "second": f"{row.agency}　{row.persons}人", "plain": row.staff},
        {"text": row.agency}, {"text": f"{row.persons}人"}, {"text": row.reason},
        {"text": row.verdict, "strong": True, "second": f"{at['plain']}　{row.reviewer}", "plain": row.verdict}, at,
        {"text": row.reviewer},
    ]  # fmt: skip


def packs(now: dt.datetime) -> Listing:
    """Return the list of packs, the latest first. There is nothing to look for: whose a pack is does not stand there."""
    return Listing(
        "packs", "/packs/", "開示の写し", PACK_COLUMNS, "at", (years(now),), down=True,
        empty="この条件に合う写しはありません。",
    )  # fmt: skip


def pack_cells(row: PackRow) -> list[dict[str, Any]]:
    """Return a pack as cells."""
    return [
        when(row.made_at), {"text": f"{row.records}件", "figures": True},
        {"text": "開く", "href": f"/packs/{row.id}/", "plain": ""},
    ]  # fmt: skip


def pack_line(line: PackLine) -> dict[str, Any]:
    """Return a record of a pack: blacked out where other persons stand in it."""
    return {
        "at": line.written_at, "agency": line.agency, "kind": words.KINDS.get(line.kind, line.kind),
        "text": "" if line.others else "\n".join(one for one in (line.fact, line.text) if one),
        "black": BLACK if line.others else "", "others": line.others,
    }  # fmt: skip
