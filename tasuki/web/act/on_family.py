"""The act beside the family picture: one line at a time, to somebody who is there or to somebody new."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from tasuki.actions import kinship, person
from tasuki.queries.choices import Target
from tasuki.records.asker import Asker
from tasuki.rules.kinship import Kin, KinLine
from tasuki.rules.permission import WRITERS
from tasuki.web import words
from tasuki.web.act import offers
from tasuki.web.act.act import Act
from tasuki.web.act.fields import Field
from tasuki.web.act.offers import case_id

# What the other is to the one; True: the other stands first in the line.
STANDS = {
    "child": (Kin.PARENT, False), "parent": (Kin.PARENT, True), "married": (Kin.MARRIED, False),
    "common_law": (Kin.COMMON_LAW, False), "apart": (Kin.APART, False), "divorced": (Kin.DIVORCED, False),
    "adopted": (Kin.ADOPTER, False), "adopter": (Kin.ADOPTER, True), "twin": (Kin.TWIN, False),
    "close": (Kin.CLOSE, False), "distant": (Kin.DISTANT, False), "conflict": (Kin.CONFLICT, False),
    "cut_off": (Kin.CUT_OFF, False), "abuse": (Kin.ABUSE, False), "abused": (Kin.ABUSE, True), "none": (Kin.NONE, False),
}  # fmt: skip
WORDS = [
    ("child", "子ども"), ("parent", "親"), ("married", "夫・妻（婚姻）"), ("common_law", "夫・妻（内縁）"),
    ("apart", "夫・妻（別居）"), ("divorced", "離婚した相手"), ("adopted", "養子"), ("adopter", "養親"), ("twin", "双子のきょうだい"),
    ("close", "気持ち：親密"), ("distant", "気持ち：疎遠"), ("conflict", "気持ち：対立"), ("cut_off", "気持ち：断絶"),
    ("abuse", "虐待を受けている人"), ("abused", "虐待をしている人"), ("none", "間柄の取り消し"),
]  # fmt: skip
CUSTODY = [("one", "はじめの人"), ("other", "もう1人")]


def _kinship(by: Asker, now: dt.datetime, target: Target, v: dict[str, Any]) -> str:
    other = v["other"] or _somebody_new(by, now, target, v)
    kin, other_first = STANDS[v["kin"]]
    two = {"one": str(v["one"]), "other": str(other)}
    pair = (two["other"], two["one"]) if other_first else (two["one"], two["other"])
    line = KinLine(*pair, kin, v["since"].isoformat() if v["since"] else "", two.get(v["custody"], ""))
    kinship.write_kinship(
        by=by, now=now, case=case_id(target), line=line, text=v["text"], data_class=v["data_class"] or "FAMILY"
    )
    return f"{target.back}#family"


def _somebody_new(by: Asker, now: dt.datetime, target: Target, v: dict[str, Any]) -> UUID:
    who = person.Identity(
        name=v["name"], kana=v["kana"], born=v["born"].isoformat() if v["born"] else "", sex=v["sex"],
        relation=v["relation"], lives_with="apart" not in v["home"],
    )  # fmt: skip
    return person.add_to_household(by=by, now=now, case=target.case, who=who).pk


ACTS = [
    Act("cases", "kinship", "家族図に書き足す", "書き足す", [
        Field("one", "だれの", "select", required=True, offers=offers.people, values="uuid", default=offers.somebody),
        Field("kin", "何にあたる人を", "select", required=True, offers=WORDS),
        Field("other", "すでに図にいる人なら", "select", offers=offers.people, values="uuid",
              support="新しい人なら選ばずに、下に書きます。名前が分からなければ空のままで足せます。"),
        Field("name", "氏名（新しい人）"), Field("kana", "フリガナ"), Field("born", "生年月日", "date", values="date"),
        Field("sex", "性別", "radio", offers=[(w, w) for w in ("男", "女", "その他")]), Field("relation", "続柄"),
        Field("home", "住まい", "ticks", offers=[("apart", "別居")]),
        Field("since", "いつから", "date", values="date", support="書くと、それより前の日の家族図には出ません。"),
        Field("custody", "子どもの親権（別れた二人のとき）", "radio", offers=CUSTODY),
        Field("text", "いきさつ", "textarea", rows=2),
        Field("data_class", "情報の種類", "select", offers=words.choices(words.CLASSES), default="FAMILY"),
    ], _kinship, "家族図に書き足しました。", frozenset(WRITERS), sees=True,
        support="前に書いた間柄は経過に残り、後から書いたものが図に出ます。気持ちの線は、はじめは図に出ません。"),
]  # fmt: skip
