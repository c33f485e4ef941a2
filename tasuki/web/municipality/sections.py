"""The sections of 自治体のやり方: what each shows, asks and does."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.actions import municipality as acts
from tasuki.queries import municipality as queries
from tasuki.queries.choices import Choice, Target
from tasuki.records.asker import Asker
from tasuki.rules.calendar import wareki_short
from tasuki.rules.conference import Quorum, QuorumOf
from tasuki.rules.profile.codes import BASES, COUNTED_FIELDS, EVERYWHERE, ITEMS, KINDS, MODES, SETS
from tasuki.web import words
from tasuki.web.act.fields import Field
from tasuki.web.municipality import leaves
from tasuki.web.page import as_uuid

Values = dict[str, Any]
Save = Callable[[Asker, dt.datetime, UUID | None, Values, str], object]
End = Callable[[Asker, dt.datetime, UUID, Values, str], object]

KIND_WORDS = {
    "HUB": "多機関協働", "GENERAL_CENTRE": "地域包括支援センター", "COMMUNITY_GENERAL": "地域の総合相談", "DISABILITY_CONSULT": "障害者相談支援",
    "CORE_DISABILITY": "基幹相談支援センター", "CHILD_USER_SUPPORT": "利用者支援", "CHILD_FAMILY": "こども家庭センター",
    "SELF_RELIANCE": "自立相談支援", "SHAKYO": "社会福祉協議会", "HIKIKOMORI": "ひきこもり支援", "YOUTH": "若者支援", "OUTREACH": "アウトリーチ",
    "PARTICIPATION": "参加支援", "CITY_SECTION": "市の課", "CITY_OFFICE": "市の主管課", "WELFARE_OFFICE": "福祉事務所",
    "HEALTH_CENTRE": "保健センター", "HOSPITAL": "病院", "DESK": "福祉以外の窓口", "CHILDCARE_SITE": "子育て支援拠点",
    "ACTIVITY_CENTRE": "地域活動支援センター", "SCHOOL": "学校", "EDUCATION_BOARD": "教育委員会", "MEDICAL": "医療", "HELLO_WORK": "ハローワーク",
    "LEGAL": "法律", "COMPANY": "企業", "CHAMBER": "商工会", "INNOVATION_HUB": "産業支援", "FARM": "農業", "LIBRARY": "図書館",
    "UNIVERSITY": "大学", "NPO": "NPO", "COMMISSIONER": "民生委員・児童委員", "RESIDENT_GROUP": "住民の会", "PUBLIC_HALL": "公民館",
    "PREFECTURE": "県の機関", "OTHER": "その他",
}  # fmt: skip
SET_WORDS = {
    "FIRST": "最初に受ける", "COORD": "調整する", "CITY": "決める（市）", "CHAIR": "会を開く", "OUT": "アウトリーチ", "PART": "参加支援",
    "COMM": "地域づくり", "DESK": "福祉以外の窓口", "PARTNER": "連携先", "MGR": "数字を見る", "PRIV": "個人情報を守る", "ADMIN": "設定を変える",
}  # fmt: skip
PURPOSE_WORDS = {
    "CASE": "ケースを扱う", "RELATION": "つながりをつくる", "POLICY": "方針を決める", "REVIEW": "実績を確かめる", "RESIDENT": "住民と話す",
}  # fmt: skip
BASIS_WORDS = {"CONSENT": "本人同意", "ARTICLE_106_6": "支援会議（106条の6）"}
ITEM_WORDS = {
    "1": "1号 包括的相談支援", "1-i": "1号イ 地域包括支援センター", "1-ro": "1号ロ 障害者相談支援", "1-ha": "1号ハ 利用者支援", "1-ni": "1号ニ 自立相談支援",
    "2": "2号 参加支援", "3": "3号 地域づくり", "3-i": "3号イ 介護予防", "3-ro": "3号ロ 生活支援体制", "3-ha": "3号ハ 活動支援センター",
    "3-ni": "3号ニ 子育て支援拠点", "3-pre": "3号 移行前", "4": "4号 アウトリーチ", "5": "5号 多機関協働", "6": "6号 支援プラン",
}  # fmt: skip


def _pairs(words: Mapping[str, str], codes: Sequence[str]) -> list[tuple[str, str]]:
    return [(code, words.get(code, code)) for code in codes]


def _agencies(by: Asker, target: Target) -> list[Choice]:
    return queries.agencies(by)


def _roles(by: Asker, target: Target) -> list[Choice]:
    return queries.roles(by)


def _colleagues(by: Asker, target: Target) -> list[Choice]:
    return queries.colleagues(by)


def _areas(by: Asker, target: Target) -> list[Choice]:
    return queries.areas(by)


@dataclass(frozen=True)
class Section:
    """A table of the town: title, one sentence, columns (label, name), the form, and what saving and ending do."""

    key: str
    title: str
    lead: str
    columns: Sequence[tuple[str, str]]
    fields: Sequence[Field]
    save: Save
    end: End | None = None
    end_fields: Sequence[Field] = ()
    end_word: str = "終える"
    edits: bool = True
    add_word: str = "加える"


NAME = Field("name", "名前", required=True)
ON = Field(
    "on", "最後の日", "date", required=True, values="date", support="この日までは今までどおり。次の日から効きます。"
)


def _area(by: Asker, now: dt.datetime, row: UUID | None, v: Values, reason: str) -> object:
    values = {"name": v["name"], "level": v["level"], "parent": v["parent"], "position": v["position"] or 0}
    return acts.change_area(by=by, now=now, area=row, values=values, reason=reason)


def _end_area(by: Asker, now: dt.datetime, row: UUID, v: Values, reason: str) -> object:
    return acts.end_area(by=by, now=now, area=row, on=v["on"], reason=reason)


def _department(by: Asker, now: dt.datetime, row: UUID | None, v: Values, reason: str) -> object:
    values = {"name": v["name"], "kind": v["kind"], "parent": v["parent"]}
    return acts.change_department(by=by, now=now, department=row, values=values, reason=reason)


def _end_department(by: Asker, now: dt.datetime, row: UUID, v: Values, reason: str) -> object:
    return acts.end_department(by=by, now=now, department=row, on=v["on"], reason=reason)


def _agency(by: Asker, now: dt.datetime, row: UUID | None, v: Values, reason: str) -> object:
    names = ("name", "kind", "field", "mode", "contractor", "areas", "valid_from", "contract_until")
    values = {name: v[name] for name in names}
    return acts.change_agency(
        by=by, now=now, agency=row, values={**values, "is_hub": v["kind"] == "HUB"}, reason=reason
    )


def _end_agency(by: Asker, now: dt.datetime, row: UUID, v: Values, reason: str) -> object:
    return acts.end_agency(by=by, now=now, agency=row, on=v["on"], reason=reason)


def _programme(by: Asker, now: dt.datetime, row: UUID | None, v: Values, reason: str) -> object:
    return acts.set_programme(
        by=by,
        now=now,
        item=v["item"],
        areas=v["areas"] or [EVERYWHERE],
        since=v["since"],
        status=v["status"],
        name=v["name"],
        reason=reason,
    )


def _role(by: Asker, now: dt.datetime, row: UUID | None, v: Values, reason: str) -> object:
    values = {"name": v["name"], "sets": v["sets"]}
    return acts.change_role_name(by=by, now=now, role=row, values=values, reason=reason)


def _end_role(by: Asker, now: dt.datetime, row: UUID, v: Values, reason: str) -> object:
    return acts.end_role_name(by=by, now=now, role=row, on=v["on"], reason=reason)


def _conference(by: Asker, now: dt.datetime, row: UUID | None, v: Values, reason: str) -> object:
    names = ("name", "purposes", "bases", "secretariat", "members", "chair", "frequency", "content")
    counted = (v["quorum_of"] or QuorumOf.MEMBERS) if v["quorum"] else ""
    number = (v["quorum_number"] or 0) if v["quorum"] == Quorum.NUMBER else 0
    quorum = {"quorum": v["quorum"], "quorum_number": number, "quorum_of": counted, "quorum_source": v["quorum_source"]}
    return acts.change_conference(
        by=by, now=now, conference=row, values={name: v[name] for name in names} | quorum, reason=reason
    )


def _end_conference(by: Asker, now: dt.datetime, row: UUID, v: Values, reason: str) -> object:
    return acts.end_conference(by=by, now=now, conference=row, on=v["on"], reason=reason)


def _post(by: Asker, now: dt.datetime, row: UUID | None, v: Values, reason: str) -> object:
    return acts.add_post(
        by=by,
        now=now,
        staff=v["staff"],
        name=v["new_name"],
        agency=v["agency"] or UUID(int=0),
        roles=v["roles"],
        reason=reason,
    )


def _end_post(by: Asker, now: dt.datetime, row: UUID, v: Values, reason: str) -> object:
    return acts.end_post(by=by, now=now, post=row, reason=reason)


SECTIONS = (
    Section("areas", "圏域", "相談と見守りを分ける区域です。", (
        ("名前", "name"), ("段", "level"), ("上の区域", "parent"), ("終わり", "ended_on"),
    ), (
        NAME, Field("level", "段（日常生活圏域、学区 など）"), Field("parent", "上の区域"), Field("position", "並び順", "number", values="number"),
    ), _area, _end_area, (ON,)),
    Section("departments", "部署", "市役所の部・課・係です。", (
        ("名前", "name"), ("種類", "kind"), ("上の部署", "parent"), ("終わり", "ended_on"),
    ), (
        NAME, Field("kind", "種類（部、課、係、委員会）"), Field("parent", "上の部署"),
    ), _department, _end_department, (ON,)),
    Section("agencies", "機関", "受ける・持つ・支える機関です。終えても、書いた記録は残ります。", (
        ("名前", "name"), ("種類", "kind"), ("直営・委託", "mode"), ("受託者", "contractor"), ("区域", "areas"), ("委託の終わり", "contract_until"),
    ), (
        NAME, Field("kind", "種類", "select", required=True, offers=_pairs(KIND_WORDS, KINDS)),
        Field("field", "分野（数字の分け方）", "select", required=True, offers=[(w, w) for w in COUNTED_FIELDS]),
        Field("mode", "直営・委託", "radio", required=True, offers=[(w, w) for w in MODES]),
        Field("contractor", "受託者"), Field("areas", "区域", "ticks", offers=_areas),
        Field("valid_from", "始まりの日", "date", values="date"),
        Field("contract_until", "委託の終わりの日", "date", values="date", support="次の日から、この機関の人には何も見えず、たすきは主管課に戻ります。"),
    ), _agency, _end_agency, (ON,)),
    Section("programmes", "事業", "106条の4第2項の事業を、どの区域で、いつから行うか。変えるときは、新しい日付の行を足します。", (
        ("事業", "item"), ("名前", "name"), ("区域", "area"), ("実施", "status"), ("いつから", "since"),
    ), (
        Field("item", "事業", "select", required=True, offers=_pairs(ITEM_WORDS, ITEMS)), Field("name", "ここでの名前"),
        Field("areas", "区域", "ticks", offers=_areas), Field("since", "いつから", "date", required=True, values="date"),
        Field("status", "実施", "radio", required=True, offers=[("実施", "実施"), ("未実施", "未実施")]),
    ), _programme, edits=False),
    Section("roles", "役割の名前", "ここでの呼び名と、その役割ができること。変えると、その役割の人すべてにすぐ効きます。", (
        ("名前", "name"), ("できること", "sets"), ("人数", "people"), ("終わり", "ended_on"),
    ), (NAME, Field("sets", "できること", "ticks", required=True, offers=_pairs(SET_WORDS, SETS))), _role, _end_role, (ON,)),
    Section("staff", "職員と在籍", "だれが、どの機関で、どの役割か。2つ以上は兼務です。引き継ぎのある異動は「人事異動」から行います。", (
        ("名前", "name"), ("機関", "agency"), ("役割", "roles"), ("いつから", "since"), ("いつまで", "until"), ("守秘の確認（この年度）", "secrecy"),
    ), (
        Field("staff", "いまいる人（兼務を足すとき）", "select", offers=_colleagues, values="uuid"),
        Field("new_name", "新しい人の名前"), Field("agency", "機関", "select", required=True, offers=_agencies, values="uuid"),
        Field("roles", "役割", "ticks", required=True, offers=_roles),
    ), _post, _end_post, end_word="この在籍を終える", edits=False, add_word="在籍を加える"),
    Section("conferences", "会議体", "目的、扱える根拠、事務局、構成員。根拠は議題ごとに決まり、会議体はその範囲だけを決めます。", (
        ("名前", "name"), ("扱える根拠", "bases"), ("事務局", "secretariat_names"), ("頻度", "frequency"), ("定足数", "quorum"), ("終わり", "ended_on"),
    ), (
        NAME, Field("bases", "扱える根拠", "ticks", offers=_pairs(BASIS_WORDS, BASES)),
        Field("purposes", "目的", "ticks", offers=_pairs(PURPOSE_WORDS, list(PURPOSE_WORDS))),
        Field("secretariat", "事務局", "ticks", offers=_agencies, values="uuid"),
        Field("members", "構成員", "ticks", offers=_agencies, values="uuid"), Field("chair", "会長"), Field("frequency", "頻度"),
        Field("content", "内容", "textarea", rows=3),
        Field("quorum", "定足数", "select", offers=_pairs(words.QUORUMS, list(words.QUORUMS)), support="要綱に定めがあるときだけ選びます。足りない会議も記録でき、プランを適切と判断することだけができません。"),
        Field("quorum_number", "定足数の数", "number", values="number", support="「数で決める」のときだけ。機関の数です。"),
        Field("quorum_of", "何を数えるか", "radio", offers=words.choices(words.QUORUM_OF), support="議題の相手だけが席に着く会議では「その議題に招いた機関」を選びます。1つの機関から何人出ても1つと数えます。"),
        Field("quorum_source", "定足数の根拠", support="要綱の条など"),
    ), _conference, _end_conference, (ON,)),
)  # fmt: skip
BY_KEY = {one.key: one for one in SECTIONS}
_WORDS: dict[str, Mapping[str, str]] = {
    "kind": KIND_WORDS, "sets": SET_WORDS, "bases": BASIS_WORDS, "item": ITEM_WORDS, "purposes": PURPOSE_WORDS, "quorum": words.QUORUMS,
    "quorum_of": words.QUORUM_OF,
}  # fmt: skip


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def said(name: str, value: Any) -> str:
    """Say a value of an entry in words."""
    known = _WORDS.get(name, {})
    if isinstance(value, str) and _DAY.fullmatch(value):  # the columns of an entry come as JSON
        return wareki_short(dt.date.fromisoformat(value))
    if isinstance(value, list):
        return "・".join(known.get(str(one), str(one)) for one in value)
    return known.get(str(value), str(value)) if value not in (None, "") else "—"


def mark(shown_values: Mapping[str, Any]) -> str:
    """Return the mark of what a form was drawn from: it is another as soon as somebody changed one of the values."""
    text = json.dumps(shown_values, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def entry_id(text: str) -> UUID | None:
    """Read the id of an entry; None is a new one."""
    return None if text == "new" else as_uuid(text)


LABELS = {
    **{field.name: field.label for one in SECTIONS for field in one.fields},
    "valid_until": "最後の日", "ended_on": "最後の日", "until": "いつまで", "is_hub": "多機関協働",
}  # fmt: skip
LINES = 8


def changes(body: Any, older: Any) -> list[str]:
    """Say what one version changed: an entry before and after, or a setting against the version before it."""
    if isinstance(body, dict) and {"name", "before", "after"} == set(body):
        before, after = body["before"], body["after"]
        moved = [name for name in after if before.get(name) != after[name]]
        told = [
            f"{LABELS.get(name, name)}　{said(name, before.get(name))} → {said(name, after[name])}" for name in moved
        ]
        return [str(body["name"]), *told[:LINES]] if before else [f"{body['name']}（加えた）"]
    return leaves.differences(body, older)[:LINES] if older is not None else []
