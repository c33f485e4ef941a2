"""Words of the official forms, in the order in which their boxes stand (domain 2)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tasuki.rules.calendar import day_of, read_moment, wareki

TOPICS = (
    "病気や健康・障害", "住まい", "収入・生活費", "家賃やローンの支払い", "税金や公共料金等の支払い", "債務", "仕事探し・就職",
    "仕事上の不安やトラブル", "地域との関係", "家族との関係", "子育て", "介護", "ひきこもり・不登校", "DV・虐待", "食べるものがない",
    "制度の狭間", "その他",
)  # fmt: skip
WANTS = ("面談", "電話", "同行", "情報提供", "会議付議", "見守り")
WARM = {"CALLED": "電話した", "ACCOMPANIED": "同席した", "SENT": "送っただけ"}
FORMS = {"WRITTEN": "書面", "ORAL": "口頭"}
CLASSES = {
    "BASIC": "基本", "HEALTH": "健康", "DISABILITY": "障害", "FINANCE": "経済", "WORK_EDUCATION": "就労・教育",
    "FAMILY": "家族", "CRIME": "犯罪", "DV": "DV", "CHILD_PROTECTION": "児童保護",
}  # fmt: skip
PLAN_KINDS = {"HUB": "多機関協働", "OUTREACH": "アウトリーチ", "PARTICIPATION": "参加支援"}
JUDGEMENTS = {"SUITABLE": "適切", "SUITABLE_WITH_CHANGES": "修正の上適切", "RECONSIDER": "再検討"}
ROLE_STATES = {"NOT_STARTED": "未着手", "UNDER_WAY": "実施中", "INTRODUCED": "導入済", "STOPPED": "中止"}
VERDICTS = {
    "CLOSE": "終結", "REPLAN": "再プラン（継続）", "SUSPEND": "中断", "HAND_BACK": "つなぎもどし", "WATCH": "見守りへ移行",
}  # fmt: skip
SECRECY = (
    "支援会議の事務に従事する者、従事していた者は、正当な理由なく、知り得た秘密を漏らしてはなりません"
    "（社会福祉法第106条の6第5項）。"
)


def day(value: str | dt.date | None, nothing: str = "") -> str:
    """Say a day that comes from the database as a date or as JSON text."""
    if not value:
        return nothing
    return wareki(dt.date.fromisoformat(value) if isinstance(value, str) else value)


def day_of_moment(value: str | dt.datetime | None) -> str:
    """Say the day of a moment that comes as such or as JSON text."""
    if not value:
        return ""
    return wareki(day_of(read_moment(value) if isinstance(value, str) else value))


def classes(found: list[Any] | None) -> str:
    """Say classes of data in the order of the form."""
    return "・".join(word for code, word in CLASSES.items() if code in (found or []))
