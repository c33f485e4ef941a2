"""つなぎ in words: tabs, rows, the three answers, and where the たすき will be after each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from tasuki.queries.choices import Choice
from tasuki.queries.referral import Loose, ReferralRow, TabCounts
from tasuki.records.closed_days import HOLIDAYS
from tasuki.rules.calendar import day_of, near_day, near_moment, span_words, wareki_short
from tasuki.web import words
from tasuki.web.household.listing import Column, Filter, Listing
from tasuki.web.household.rows import GROUND_WORDS, UNNAMED, ground_shown
from tasuki.web.referral.clock import Clock, clock

TABS = {
    "mine": "自分の機関あて", "sent": "出したつなぎ", "loose": "担当なし", "waiting": "答え待ち（ほかの機関）",
    "late": "期限超過", "to_and_fro": "往復の多いケース",
}  # fmt: skip
EMPTY = {
    "mine": "この機関の答えを待っているつなぎはありません。",
    "sent": "この機関から出したつなぎはありません。",
    "waiting": "ほかの機関の答えを待っているつなぎはありません。",
    "late": "答えの期限を過ぎたつなぎはありません。",
}
NOTHING = "この条件に合うつなぎはありません。"
DUES = (Choice("LATE", "過ぎている"), Choice("TODAY", "今日まで"))
COLUMNS = (
    Column("残り", "clock"), Column("世帯", "who"), Column("つなぎ元", "from"), Column("つなぎ先", "to"),
    Column("求めること・試したこと"), Column("根拠"), Column("声かけ"), Column("状態"), Column("出した日", "sent"),
)  # fmt: skip
LOOSE_COLUMNS = (
    Column("世帯", "who"), Column("圏域", only_file=True), Column("いまの主担当", "holder"), Column("前の主担当", only_file=True),
    Column("いつから", "since"), Column("渡った回数", "moves", figures=True), Column("見える根拠"),
)  # fmt: skip

# Rule: accepting moves the たすき, joining and declining leave it where it is (T06–T08, settled 34).
SASH = {
    "acceptance": "たすきが {receiver} に移ります。{sender} はチームに残ります。",
    "joint-acceptance": "たすきは {sender} のままです。{receiver} がチームに入り、いっしょに動きます。",
    "decline": "たすきは {sender} のままです。理由のない戻しはできません。助言・主担当・様子をきく日を添えます。",
}


def where_the_sash_will_be(answer: str, sender: str, receiver: str) -> str:
    """Say where the たすき will be after an answer: acceptance, joint-acceptance or decline."""
    return SASH[answer].format(sender=sender, receiver=receiver)


def listing(tab: str, areas: Sequence[Choice], agencies: Sequence[Choice]) -> Listing:
    """Return the list of a tab: 圏域 first; the tab itself is carried in the address."""
    states = [Choice(code, label) for code, label in words.REFERRAL_STATES.items()]
    filters = [Filter("area", "圏域", areas), Filter("partner", "相手の機関", agencies), Filter("due", "期限", DUES)]
    if tab == "sent":
        filters.insert(2, Filter("state", "状態", states))
    return Listing(
        f"referrals-{tab}", "/referrals/", f"つなぎ {TABS[tab]}", COLUMNS, "clock", filters, keep={"tab": tab},
        empty=EMPTY[tab],
    )  # fmt: skip


def tabs(counts: TabCounts, current: str) -> list[dict[str, Any]]:
    """Return the tabs with their numbers; only 期限超過 carries a red one."""
    return [
        {"label": label, "href": f"/referrals/?tab={key}", "current": key == current, "count": getattr(counts, key),
         "late": key == "late"}
        for key, label in TABS.items()
    ]  # fmt: skip


def _clock(row: ReferralRow, now: dt.datetime) -> Clock | None:
    return clock(row.sent_at, row.answer_by, now, HOLIDAYS) if row.state == "OFFERED" else None


def _day(at: dt.datetime | None, now: dt.datetime) -> str:
    """Say the day of a moment, with the year where it was another one: a list goes back ten years."""
    if at is None:
        return ""
    return near_day(day_of(at), day_of(now))


def shown(row: ReferralRow, now: dt.datetime, opened: str) -> dict[str, Any]:
    """Return a row as the template draws it; the open one has its three answers."""
    is_open = str(row.id) == opened
    return {
        "id": row.id, "case": f"/cases/{row.case}/", "sheet": f"/referrals/{row.id}/sheet.pdf",
        "clock": _clock(row, now), "answered": _day(row.answered_at, now), "state": words.REFERRAL_STATES.get(row.state, row.state),
        "who": words.household(row.names) or UNNAMED, "area": row.area, "size": row.size, "kind": row.kind,
        "sender": row.sender, "receiver": row.receiver, "wants": row.wants or "つなぎもどし", "tried": row.tried,
        "text": row.sheet, "basis": "CONSENT" if row.basis == "CONSENT" else "NO_CONSENT",
        "reason": row.no_consent_reason, "warm": words.WARM.get(row.warm, "—"), "sent": _day(row.sent_at, now), "advice": row.advice, "lead": row.lead,
        "follow_up": row.follow_up_on, "open": is_open, "mine": row.mine and row.state == "OFFERED",
        "sent_here": row.sent_here and row.state == "OFFERED",
        "answers": answers(row) if is_open and row.mine else [],
    }  # fmt: skip


def answers(row: ReferralRow) -> list[dict[str, Any]]:
    """Return the three answers, always together, none of them chosen beforehand."""
    titles = (("acceptance", "受ける"), ("joint-acceptance", "一緒に受ける"), ("decline", "戻す"))
    return [
        {"slug": slug, "title": title, "action": f"/referrals/{row.id}/{slug}/", "form_key": uuid4(),
         "after": where_the_sash_will_be(slug, row.sender, row.receiver)}
        for slug, title in titles
    ]  # fmt: skip


def cells(row: ReferralRow, now: dt.datetime) -> list[dict[str, Any]]:
    """Return a row as cells of a file."""
    ticking = _clock(row, now)
    wants = "　".join(one for one in (row.wants, row.tried) if one)
    basis = words.BASES.get(row.basis, "") + (f"（{row.no_consent_reason}）" if row.no_consent_reason else "")
    return [
        {"text": f"{ticking.words}（{ticking.until}）" if ticking else ""},
        {"text": "・".join(row.names) or UNNAMED}, {"text": row.sender}, {"text": row.receiver}, {"text": wants},
        {"text": basis}, {"text": words.WARM.get(row.warm, "")}, {"text": words.REFERRAL_STATES.get(row.state, "")},
        {"text": near_moment(row.sent_at, day_of(now))},
    ]  # fmt: skip


def loose(tab: str, areas: Sequence[Choice], agencies: Sequence[Choice]) -> Listing:
    """Return the list of the cases of a tab, the most moved first."""
    filters = [Filter("area", "圏域", areas)]
    if tab == "to_and_fro":  # what is loose stands with the own agency
        filters.append(Filter("agency", "いまの主担当", agencies))
    return Listing(
        f"referrals-{tab}", "/referrals/", f"つなぎ {TABS[tab]}", LOOSE_COLUMNS, "moves", filters, down=True, keep={"tab": tab},
        empty="いま、ここに並ぶケースはありません。",
    )  # fmt: skip


def loose_cells(line: Loose, now: dt.datetime) -> list[dict[str, Any]]:
    """Return a case without an answering desk, or one that goes to and fro, as cells."""
    ground = ground_shown(line.ground)
    return [
        {"text": words.household(line.names) or UNNAMED, "href": f"/cases/{line.case}/", "strong": True, "second": line.area,
         "plain": "・".join(line.names) or UNNAMED},
        {"text": line.area}, {"text": line.holder, "second": f"前は {line.before}" if line.before else "", "plain": line.holder},
        {"text": line.before}, {"text": wareki_short(day_of(line.since)), "beside": span_words(now - line.since)},
        {"text": f"{line.moves}回", "figures": True}, {"ground": ground, "plain": GROUND_WORDS.get(ground, "")},
    ]  # fmt: skip
