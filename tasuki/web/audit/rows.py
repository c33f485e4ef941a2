"""Reports on reading and unusual reading, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tasuki.queries.audit import Finding, GoingOn, Report, ReportRow
from tasuki.rules.audit import Pattern, Thresholds
from tasuki.rules.calendar import to_jst, wareki_short
from tasuki.web.disclosure.rows import DOORS, what
from tasuki.web.household.listing import Column, Listing
from tasuki.web.household.rows import ground_shown

PREVIEW = 200
ON_SCREEN = 500
COLUMNS = (
    Column("日"), Column("どんな見方"), Column("だれが"), Column("機関"), Column("回数", figures=True), Column("人数", figures=True),
    Column("足あと"),
)  # fmt: skip


# To the person: what the tags of the screen mean, in plain words.
GROUNDS = {
    "HOLDER": "受け付けた・書いた機関", "CONSENT": "ご本人の同意", "ARTICLE_106_6": "支援会議（社会福祉法106条の6）", "REFERRAL": "機関どうしのつなぎ",
    "INTERNAL": "市の内部の利用", "LAW": "法令", "OWN_NOTICE": "気づきの共有", "EMERGENCY": "緊急（命や体を守るため）",
}  # fmt: skip


def pattern_words(limits: Thresholds) -> Mapping[str, tuple[str, str]]:
    """Return each kind of unusual reading: its name, and from where on it counts in this town."""
    return {
        Pattern.MANY: ("短い間に多くの人", f"{limits.many_minutes}分に{limits.many_persons}人から"),
        Pattern.NIGHT: ("夜・閉庁日", f"{limits.office_from}時前、{limits.office_until}時以後、閉庁日に{limits.night_lines}回から"),
        Pattern.OUT_OF_AREA: ("担当でない圏域", f"1日に{limits.out_of_area_persons}人から"),
        Pattern.SAME_NAME: ("見た人と同じ姓", f"1日に{limits.same_name_persons}人から"),
        Pattern.NO_ACT: ("見ただけ", f"前後{limits.browse_days}日に何も書いていないケース、1日に{limits.browse_cases}件から"),
        Pattern.GUARDED: ("守られた人", f"支援措置・閲覧制限のある人を1日に{limits.guarded_times}回から"),
    }  # fmt: skip


def unusual_listing() -> Listing:
    """Return the list of unusual readings."""
    return Listing(
        "unusual", "/reads/unusual/", "ふだんと違う見方", COLUMNS, empty="この期間に、ふだんと違う見方はありません。"
    )


def finding_cells(one: Finding, names: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """Return a finding as cells; the last leads to its readings."""
    day = wareki_short(one.day)
    return [
        {"text": day}, {"text": names[one.kind][0], "strong": True}, {"text": one.staff},
        {"text": one.agency}, {"text": f"{one.lines}回", "figures": True}, {"text": f"{one.persons}人", "figures": True},
        {"text": "開く", "href": f"/reads/?staff={one.staff_id}&agency=&from={day}&to={day}", "plain": ""},
    ]  # fmt: skip


def kinds(found: Sequence[Finding], limits: Thresholds) -> list[dict[str, Any]]:
    """Return every kind with how often it was found: what is quiet is said too."""
    return [
        {"name": name, "from": start, "count": sum(one.kind == kind for one in found)}
        for kind, (name, start) in pattern_words(limits).items()
    ]


def people(found: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return findings for each member of staff, the most first."""
    counted: dict[str, int] = {}
    for one in found:
        counted[one.staff] = counted.get(one.staff, 0) + 1
    order = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:8]
    return [{"staff": staff, "count": count} for staff, count in order]


def reason(one: GoingOn) -> dict[str, Any]:
    """Return a reason for going on as the page shows it."""
    day = wareki_short(to_jst(one.at).date())
    return {
        "at": one.at, "staff": one.staff, "agency": one.agency, "reason": one.reason,
        "href": f"/reads/?staff={one.staff_id}&agency=&from={day}&to={day}",
    }  # fmt: skip


def report_words(one: ReportRow, *, names: bool) -> list[str]:
    """Return a row of the report as texts: when, who, what, ground."""
    first, last = (f"{to_jst(moment):%-H:%M}" for moment in (one.first, one.last))
    span = first if first == last else f"{first}〜{last}"
    span += f"（{one.times}回）" if one.times > 1 else ""
    who = "・".join(one.roles)
    door = DOORS.get(one.door, one.door)
    return [
        f"{wareki_short(one.day)} {span}", "\n".join(part for part in (one.agency, who, one.staff if names else "") if part),
        f"{what(one.what)}（{door}）", GROUNDS.get(ground_shown(one.ground), "書かれていません"),
    ]  # fmt: skip


def report_table(found: Report) -> dict[str, Any]:
    """Return the preview of a report as the house's table."""
    heads = ("いつ", "だれが（機関・役割）", "何を", "根拠")
    listed = [report_words(one, names=found.names) for one in found.rows]
    return {
        "caption": "だれが、いつ、何を、どの根拠で見たか", "columns": [{"label": label} for label in heads],
        "rows": [{"cells": [{"text": text.replace("\n", "　")} for text in row]} for row in listed[:PREVIEW]], "total": len(listed),
        "empty": "この期間に、見た記録はありません。",
    }  # fmt: skip
