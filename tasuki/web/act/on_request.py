"""Acts on a sealed item: ask an agency for material and answer (法106条の6第3項), let a summary leave it (R5)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from tasuki.actions import consent, request
from tasuki.queries.choices import Target
from tasuki.queries.request import lines
from tasuki.records.asker import Asker
from tasuki.rules.permission import CALLERS, READERS
from tasuki.web.act import offers
from tasuki.web.act.act import Act
from tasuki.web.act.fields import Field

Values = dict[str, Any]


def _id(target: Target) -> UUID:
    return target.id or UUID(int=0)


def _ask(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    request.request_material(
        by=by, now=now, item=_id(target), agency=v["agency"], scope=v["scope"], reason=v["reason"], due=v["due"]
    )


def _answer(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    request.answer_request(
        by=by, now=now, request=_id(target), answer=v["answer"], records=v["records"], declines=v["can"] == "no"
    )


def _promote(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    consent.promote_item(by=by, now=now, item=_id(target), text=v["text"])


ACTS = [
    Act("items", "summary", "同意に移す（まとめを残す）", "まとめをケースの記録にする", [
        Field("text", "ケースチームに伝えるまとめ（要ることだけを短く）", "textarea", required=True, rows=6, default=offers.agreed),
    ], _promote, "まとめをケースの記録にしました。議題の記録は封をしたままです。", frozenset(CALLERS),
        support="議題の人みんなの同意が届いてからできます。まとめは、同意の届いている機関にだけ、いまから見えます。"),
    Act("items", "requests", "資料を頼む", "資料を頼む（106条の6第3項）", [
        Field("agency", "頼む機関", "select", required=True, offers=offers.other_agencies, values="uuid",
              support="議題に席のない機関にも頼めます。"),
        Field("scope", "頼むもの（どの期間の、何について）", "textarea", required=True, rows=3),
        Field("reason", "議題に要る理由", "textarea", required=True, rows=2),
        Field("due", "いつまで", "date", values="date"),
    ], _ask, "資料を頼みました。相手の「今日」に出ます。", frozenset(CALLERS),
        support="相手には、議題の人の氏名と、ここに書いたものだけが伝わります。答えはこの議題の中だけに残ります。"),
    Act("requests", "answer", "資料の依頼に答える", "答える", [
        Field("can", "答え", "radio", required=True, offers=[("yes", "出せるものを出す"), ("no", "出せるものがない・出せない")], default="yes"),
        Field("answer", "回答（出せないときは、その理由）", "textarea", rows=5),
        Field("records", "資料にする自機関の記録", "ticks", offers=offers.own_records, values="uuid"),
    ], _answer, "答えました。この議題の席の人と事務局だけが読みます。", frozenset(READERS), about=lines,
        support="法第106条の6第4項により、支援会議の求めには応じるよう努めます。答えは議題の中だけに残り、ケースの記録には写りません。"),
]  # fmt: skip
