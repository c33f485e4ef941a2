"""引継ぎパック on A4: whom to greet first, what was promised, what comes next; as the one who prints it sees it."""

from __future__ import annotations

import datetime as dt

from tasuki.paper import words
from tasuki.paper.press import Block, Form, cell, form, press, row, table
from tasuki.queries.staff import Handover, HandoverCase
from tasuki.rules.calendar import day_of, moment_words, wareki


def handover_form(pack: Handover, states: dict[str, str], *, town: str, made_by: str, now: dt.datetime) -> Form:
    """Lay out the pack: the move, whom to greet first, then each case with its promises and dates."""
    move = pack.move
    blocks: list[Block] = [
        form(
            row(cell("引き継ぐ人", f"{move.name}\n{move.source}"), cell("受ける人", move.successor or "—")),
            row(cell("いつから", wareki(day_of(move.at))), cell("ケース", f"{len(pack.cases)}件{_unseen(pack)}")),
        ),
        table(
            "先に会う順",
            ["順", "世帯", "つぎの日", "いちばん近いこと", "最後の記録"],
            [24, 124, 122, 124, 110],
            _order(pack.cases, day_of(now)),
        ),
    ]
    for number, case in enumerate(pack.cases, start=1):
        blocks += _case(number, case, states, day_of(now))
    return Form(
        title="引継ぎパック", subtitle=f"{move.name} → {move.successor or '後任なし'}", town=town, made_at=moment_words(now),
        made_by=made_by, on=day_of(now), blocks=blocks,
    )  # fmt: skip


def _unseen(pack: Handover) -> str:
    return f"（ほかに、いま見る根拠のないケース {pack.unseen}件）" if pack.unseen else ""


def _order(cases: list[HandoverCase], today: dt.date) -> list[list[str]]:
    return [
        [f"{number}", f"{case.who} さん世帯", _day(nearest[0], today) if (nearest := first_date(case)) else "—",
         nearest[1] if nearest else "—", wareki(day_of(case.last_at), weekday=False) if case.last_at else "—"]
        for number, case in enumerate(cases, start=1)
    ]  # fmt: skip


def first_date(case: HandoverCase) -> tuple[str, str] | None:
    """Return the nearest day of a case and what it is."""
    days = [(str(one["on"]), str(one["what"])) for one in case.dates]
    days += [(str(one["due"]), str(one["text"])[:40]) for one in case.promises if one["due"]]
    return min(days, default=None)


def _day(text: str, today: dt.date) -> str:
    on = dt.date.fromisoformat(text)
    return words.day(on, "—") + ("　過ぎています" if on < today else "")


def _case(number: int, case: HandoverCase, states: dict[str, str], today: dt.date) -> list[Block]:
    promises = [
        [str(one["text"]), str(one["agency"]), _day(str(one["due"]), today) if one["due"] else "—"]
        for one in case.promises
    ]
    dates = [[_day(str(one["on"]), today), str(one["what"])] for one in case.dates]
    found: list[Block] = [
        form(
            row(
                cell(f"{number}", f"{case.who} さん世帯", strong=True), cell("いま", states.get(case.state, case.state))
            ),
            row(cell("たすき", case.holder or "—"), cell("最後の記録", words.day_of_moment(case.last_at) or "—")),
        )
    ]
    if promises:
        found.append(table("生きている約束", ["約束", "だれが", "いつまで"], [8, 4, 4], promises))
    if dates:
        found.append(table("つぎの日", ["日", "こと"], [4, 10], dates))
    return found


def handover_pdf(pack: Handover, states: dict[str, str], *, town: str, made_by: str, now: dt.datetime) -> bytes:
    """Print the pack."""
    return press(handover_form(pack, states, town=town, made_by=made_by, now=now))
