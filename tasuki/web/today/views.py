"""今日: what waits for me, in the order of the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from tasuki.queries import today as queries
from tasuki.records.asker import Asker
from tasuki.records.journal import note_reading
from tasuki.rules.calendar import day_of, near_day, near_moment, span_words
from tasuki.web import words
from tasuki.web.page import PageRequest, page, page_number
from tasuki.web.referral.clock import closing
from tasuki.web.sought import address
from tasuki.web.today.first_steps import steps_for

KINDS = {
    "REFERRAL": ("つなぎ", "答える", "/referrals/?open={target}"),
    "UNRECEIVED": ("受け取られないつなぎ", "確かめる", "/cases/{case}/"),
    "MONITORING": ("モニタリング", "始める", "/plans/{target}/monitoring/"),
    "WATCH": ("見守り", "連絡を書く", "/watches/{target}/checks/"),
    "SILENT": ("連絡のない見守り", "見守りを見る", "/watches/?due=LATE"),
    "SITTING": ("会議の準備", "準備を開く", "/sittings/{target}/"),
    "PROTECTION": ("支援措置の見直し", "見直す", "/protections/{target}/review/"),
    "REQUEST": ("支援会議の資料", "答える", "/requests/{target}/answer/"),
    "REVIEW": ("緊急閲覧の審査", "審査する", "/emergencies/{target}/review/"),
    "GOING_ON": ("たくさんの閲覧", "確かめる", "/reads/unusual/"),
    "FOLLOW_UP": ("フォロー", "書く", "/cases/{case}/follow-ups/"),
    "ROLE": ("役割の期限", "確かめる", "/cases/{case}/"),
    "DECISION": ("会議で決めたこと", "見る", "/cases/{case}/"),
    "FIRST_ACTION": ("はじめの一手", "記録する", "/cases/{case}/notes/"),
    "SCREENING": ("振り分け", "振り分ける", "/cases/{case}/screening/"),
    "DRAFT_PLAN": ("プラン案まで", "案を作る", "/cases/{case}/plans/"),
    "PLAN_END": ("プランの終わり", "評価する", "/plans/{target}/evaluation/"),
    "SUSPENSION_EVALUATION": ("中断の評価", "決める", "/cases/{case}/"),
    "SUSPENSION_CHECK": ("中断中の確認", "確かめる", "/cases/{case}/suspension-check/"),
    "OUTREACH": ("訪問", "訪問を書く", "/cases/{case}/visits/"),
    "FIRST_RESPONSE": ("見守りの合図", "動く", "/cases/{case}/notes/"),
    "AFTER_DECLINE": ("戻ってきたつなぎ", "次を決める", "/cases/{case}/referrals/"),
    "ADVICE": ("助言の相談", "済ませる", "/tasks/{target}/done/"),
    "INQUIRY": ("該当の照会", "さがす", "/search/"),
    "NO_WORKER": ("受け持ちのいないケース", "人を決める", "/cases/{case}/worker/"),
    "MOVES": ("受け持ちのいないケース", "異動を見る", "/staff/"),
    "HANDOVER": ("引継ぎ", "パックを開く", "/moves/{target}/handover/"),
    "ROLES_AFTER_DEATH": ("役割の決め直し", "見る", "/cases/{case}/"),
}


FEW = 20  # as many are read at one look


@require_GET
def today(request: PageRequest) -> HttpResponse:
    """Show what waits, what came back, and what is being written."""
    kind, mine, number = request.GET.get("kind", ""), request.GET.get("mine") == "1", page_number(request)
    waiting = queries.waiting(
        request.by, request.now, kind=kind, mine=mine, skipped=(number - 1) * queries.MOST
    )  # fmt: skip
    if not waiting and (kind or number > 1):  # the last of them was done meanwhile
        return HttpResponseRedirect("/?mine=1" if mine else "/")
    answers = queries.answers(request.by, request.now)
    shown = [person for one in [*waiting, *answers] for person in one.people]
    note_reading(request.by, request.now, "today", shown, "", door="list")
    tally = waiting[0].tally if waiting else {}
    total = tally[kind] if kind else sum(tally.values())
    return page(
        request, "today/today.html", "today", bands=_bands([_row(one, request.by, request.now) for one in waiting]),
        total=total, mine=mine,
        tabs=_tabs(tally, kind, mine=mine) if kind or sum(tally.values()) > FEW else [],
        pages=_pages(number, total, kind, mine=mine),
        answers=[_answer(one) for one in answers],
        drafts=queries.drafts(request.by),
    )  # fmt: skip


@require_GET
def first_steps(request: PageRequest) -> HttpResponse:
    """Show somebody new where their work begins; nobody's record is on it."""
    return page(request, "today/first_steps.html", steps=steps_for(request.by.sets))


def _href(kind: str = "", *, mine: bool, number: int = 1) -> str:
    asked = {"kind": kind, "mine": "1" if mine else "", "page": str(number) if number > 1 else ""}
    told = urlencode({name: value for name, value in asked.items() if value})
    return f"/?{told}" if told else "/"


def _tabs(tally: dict[str, int], chosen: str, *, mine: bool) -> list[dict[str, Any]]:
    kinds = sorted(tally, key=lambda one: (-tally[one], one))
    return [
        {"label": "すべて", "href": _href(mine=mine), "count": sum(tally.values()), "current": not chosen},
        *({"label": KINDS[one][0] if one in KINDS else one, "href": _href(one, mine=mine), "count": tally[one], "current": one == chosen} for one in kinds),
    ]  # fmt: skip


def _pages(number: int, total: int, kind: str, *, mine: bool) -> dict[str, Any] | None:
    of = -(-total // queries.MOST)
    if of < 2:
        return None
    return {
        "number": number, "of": of,
        "before": _href(kind, mine=mine, number=number - 1) if number > 1 else "",
        "after": _href(kind, mine=mine, number=number + 1) if number < of else "",
    }  # fmt: skip


def _bands(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    if rows:
        rows[0]["main"] = True  # one filled button on a page
    bands = [
        ("過ぎている", [r for r in rows if r["state"] == "late"]),
        ("今日中", [r for r in rows if r["band"] == "today"]),
        ("今週と来週", [r for r in rows if r["band"] == "soon"]),
        ("その先", [r for r in rows if r["band"] == "later"]),
    ]
    return [one for one in bands if one[1]]


def _row(one: queries.Waiting, by: Asker, now: dt.datetime) -> dict[str, Any]:
    kind, button, to = KINDS.get(one.kind, (one.kind, "見る", "/cases/{case}/"))
    if one.case is None and "{case}" in to:  # promised at a sealed item, or of a case that is not shown any more
        button, to = "済ませる", "/tasks/{target}/done/"
    href = address(by, to, {"q": one.text}) if one.kind == "INQUIRY" else to.format(target=one.target, case=one.case)
    due = one.due or (closing(one.due_on) if one.due_on else None)
    state, band, text, until = _clock(one, due, now)
    return {
        "words": text, "until": until, "state": state, "band": band, "spent": _spent(one, now) if one.due else None,
        "kind": kind, "title": f"{_household(one.who)} さん世帯" if one.who and one.kind not in {"SITTING", "REVIEW", "GOING_ON", "SILENT"} else one.who or kind,
        "text": "　".join(x for x in (_from(one), one.text[:60]) if x),
        "href": href, "button": button, "main": False,
    }  # fmt: skip


def _from(one: queries.Waiting) -> str:
    if one.kind == "WATCH":  # whose turn it is, where it is another agency's
        return one.sender
    return f"{one.sender}から" if one.sender else ""


def _household(names: str) -> str:
    people = names.split("・")
    return "・".join(people[:3]) + (f" ほか{len(people) - 3}人" if len(people) > 3 else "")


def _clock(one: queries.Waiting, due: dt.datetime | None, now: dt.datetime) -> tuple[str, str, str, str]:
    if due is None:
        return "", "later", "日付なし", f"{near_day(day_of(one.since), day_of(now))} から"
    until = f"{near_moment(due, day_of(now))} まで" if one.due else f"{near_day(day_of(due), day_of(now))} まで"
    if due < now:
        return "late", "late", f"{span_words(now - due)} 超過", until
    if day_of(due) == day_of(now):
        return ("soon" if due - now < dt.timedelta(hours=4) else ""), "today", f"残り {span_words(due - now)}", until
    days = (day_of(due) - day_of(now)).days
    return "", ("soon" if days <= 14 else "later"), f"あと {days}日", until


def _spent(one: queries.Waiting, now: dt.datetime) -> int:
    whole = max(((one.due or now) - one.since).total_seconds(), 1)
    return max(0, min(100, int(100 * (now - one.since).total_seconds() / whole)))


def _answer(one: queries.Answered) -> dict[str, Any]:
    return {
        "state": words.REFERRAL_STATES[one.state], "at": one.at, "who": one.who, "agency": one.agency,
        "advice": one.advice, "href": f"/cases/{one.case}/",
        "next": "次のつなぎ先を決める" if one.state == "DECLINED" else "読む",
    }  # fmt: skip
