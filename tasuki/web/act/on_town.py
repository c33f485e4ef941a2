"""Acts of the town and of one's own desk: resources and hosts, gaps, notices, inquiries, promises."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from tasuki.actions import consultation, participation, resource, task
from tasuki.queries.choices import Target
from tasuki.records.asker import Asker
from tasuki.rules.permission import READERS, RECEIVERS, WRITERS
from tasuki.web.act import offers
from tasuki.web.act.act import Act
from tasuki.web.act.fields import Field

Values = dict[str, Any]
WRITE = frozenset(WRITERS)


def _id(target: Target) -> UUID:
    return target.id or UUID(int=0)


def _resource(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    resource.register_resource(
        by=by, now=now, key="", name=v["name"], kind=v["kind"], area=v["area"], slots=v["slots"],
        conditions=v["conditions"], is_host="host" in v["host"], gap=v["gap"],
    )  # fmt: skip
    return "/resources/"


def _confirm(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    resource.confirm_resource(by=by, now=now, resource=_id(target))
    return "/resources/"


def _follow_host(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    participation.follow_host(by=by, now=now, resource=_id(target), text=v["text"])
    return "/resources/"


def _inquire(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    task.inquire(by=by, now=now, words=v["words"])
    return "/"


def _gap(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    resource.register_gap(by=by, now=now, key="", need=v["need"], area=v["area"])
    return "/resources/"


def _project(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    resource.start_resource_project(by=by, now=now, gap=_id(target))
    return "/resources/"


def _notice(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    consultation.notice(by=by, now=now, text=v["text"], place=v["place"])
    return "/"


def _finish(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    task.finish_task(by=by, now=now, task=_id(target))
    return "/"


ACTS = [
    Act("resources", "register", "資源を登録する", "登録する", [
        Field("name", "名前", required=True), Field("kind", "種類"), Field("area", "圏域"),
        Field("slots", "受け入れられる人数", "number", values="number"), Field("conditions", "条件"),
        Field("host", "受け入れ先", "ticks", offers=[("host", "人を受け入れる（受け入れ先）")]),
        Field("gap", "埋まる「足りない資源」", "select", values="uuid", offers=offers.gaps),
    ], _resource, "登録しました。", WRITE),
    Act("resources", "confirmation", "確かめた", "いまも使えると確かめた", [], _confirm, "確かめた日を新しくしました。", WRITE, about=offers.said("resources", "資源", "前に確かめた日")),
    Act("resources", "host-follow-up", "受け入れ先のフォロー", "記録する", [
        Field("text", "受け入れ先の様子（参加している人の名前は書きません）", "textarea", required=True, rows=5),
    ], _follow_host, "受け入れ先のフォローを記録しました。", WRITE, support="受け入れ先の困りごとを聞き、無理が続いていないかを確かめます。",
        about=offers.said("resources", "受け入れ先")),
    Act("inquiries", "ask", "該当の有無を問い合わせる", "調整担当に問い合わせる", [
        Field("words", "名前・かな・生年月日など、分かっていること", required=True),
    ], _inquire, "問い合わせました。", frozenset(RECEIVERS),
        support="答えは、この画面には出ません。要ることがあれば、調整担当から連絡があります。"),
    Act("gaps", "register", "足りない資源を書きとめる", "書きとめる", [
        Field("need", "何が足りないか（人の名前は書きません）", "textarea", required=True), Field("area", "圏域"),
    ], _gap, "書きとめました。", WRITE),
    Act("gaps", "project", "資源開発を始める", "始める", [], _project, "資源開発を始めました。", WRITE, about=offers.said("gaps", "足りない資源")),
    Act("notices", "leave", "気づきを残す", "残す", [
        Field("text", "気づいたこと", "textarea", required=True, rows=4, support="名前が分からなくても残せます。"),
        Field("place", "場所"),
    ], _notice, "残しました。この圏域の調整担当が読みます。", frozenset()),
    Act("tasks", "done", "済ませた", "済ませた", [], _finish, "済ませました。", frozenset(READERS), about=offers.said("tasks", "約束", "いつまで")),
]  # fmt: skip
