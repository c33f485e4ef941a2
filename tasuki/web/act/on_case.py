"""Acts that stand on a case: from the screening to the reopening."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tasuki.actions import case as case_acts
from tasuki.actions import consultation, outreach, referral, watch
from tasuki.queries.choices import Target
from tasuki.records.asker import Asker
from tasuki.rules.case import TRANSFER_BY_CONSENT
from tasuki.rules.permission import CALLERS, WRITERS, P
from tasuki.web import words
from tasuki.web.act import offers
from tasuki.web.act.act import Act
from tasuki.web.act.fields import Field
from tasuki.web.act.offers import case_id

Values = dict[str, Any]
PEOPLE = Field("people", "だれのこと", "ticks", offers=offers.people, values="uuid", default=offers.everybody)
CLASS = Field("data_class", "情報の種類", "select", offers=words.choices(words.CLASSES), default="BASIC")
SCOPE = Field("scope", "共有の範囲", "select", offers=words.choices(words.SCOPES), default="CASE_TEAM")
WRITE = frozenset(WRITERS)


def _people(target: Target, values: Values) -> list[Any]:
    return [p for p in values.get("people", []) if p]


def _screen(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    consultation.screen(by=by, now=now, case=case_id(target), result=v["result"], reason=v["reason"], lead=v["lead"])


def _note(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    what = case_acts.Note(
        text=v["text"], fact=v["fact"], opinion=v["opinion"], method=v["method"], note_kind=v["note_kind"] or "DIRECT",
        minutes=v["minutes"], data_class=v["data_class"] or "BASIC", scope=v["scope"] or "CASE_TEAM",
        informant_confidential="informant" in v["confidential"], call=v["call"], number=v["number"],
    )  # fmt: skip
    case_acts.note(by=by, now=now, case=case_id(target), people=_people(target, v), what=what)


def _assess(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    issues = [
        case_acts.Finding(v[f"issue{n}_who"], v[f"issue{n}_code"], v[f"issue{n}_status"], v[f"issue{n}_severity"])
        for n in range(1, 5)
        if v[f"issue{n}_who"] and v[f"issue{n}_code"]
    ]
    found = case_acts.Assessed(
        issues=issues, formulation=v["formulation"], wishes=v["wishes"], by_hub="hub" in v["by_hub"],
        data_class=v["data_class"] or "BASIC",
    )  # fmt: skip
    case_acts.assess(by=by, now=now, case=case_id(target), people=_people(target, v), found=found)


def _refer(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    sheet = referral.Sheet(
        wants=v["wants"],
        tried=v["tried"],
        text=v["sheet"],
        basis=v["basis"],
        no_consent_reason=v["reason"],
        warm=v["warm"],
    )
    referral.refer(by=by, now=now, case=case_id(target), to=v["to"], sheet=sheet, people=_people(target, v))


def _hand_back(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    referral.hand_back(by=by, now=now, case=case_id(target), to=v["to"], reason=v["reason"])


def _decide_use(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    referral.decide_use(by=by, now=now, case=case_id(target), result=v["result"], text=v["text"])


def _outreach(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    outreach.start_outreach(
        by=by, now=now, case=case_id(target), people=_people(target, v), to=v["to"], basis=v["basis"], item=v["item"],
        text=v["text"],
    )  # fmt: skip


def _visit(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    outreach.visit(
        by=by, now=now, case=case_id(target), people=_people(target, v), result=v["result"], stage=v["stage"],
        text=v["text"], fact=v["fact"], opinion=v["opinion"], data_class=v["data_class"] or "BASIC",
    )  # fmt: skip


def _watch(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    watch.watch(
        by=by, now=now, people=_people(target, v), watchers=v["watchers"], every_days=v["every_days"] or 0,
        triggers=v["triggers"], first_responder=v["first_responder"], case=target.case, text=v["text"],
    )  # fmt: skip


def _close(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    days = [day for day in (v["follow_up1"], v["follow_up2"], v["follow_up3"]) if day]
    case_acts.close(
        by=by, now=now, case=case_id(target), reason=v["reason"], lead_after=v["lead_after"], follow_ups=days,
        no_lead_reason=v["no_lead_reason"], notified=v["notified"],
    )  # fmt: skip


def _suspend(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    case_acts.suspend(by=by, now=now, case=case_id(target), reason=v["reason"], next_check=v["next_check"])


def _check(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    case_acts.check_suspended(by=by, now=now, case=case_id(target), text=v["text"], next_check=v["next_check"])


def _resume(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    case_acts.resume(by=by, now=now, case=case_id(target), reason=v["reason"])


def _reopen(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    case_acts.reopen(by=by, now=now, case=case_id(target), reason=v["reason"], consent=v["consent"])


def _follow_up(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    case_acts.follow_up(by=by, now=now, case=case_id(target), result=v["result"], text=v["text"])


def _transfer(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    made = case_acts.transfer_out(
        by=by, now=now, case=case_id(target), to=v["to"], text=v["text"], covered=v["people"], classes=v["classes"],
        basis=TRANSFER_BY_CONSENT if v["ground"] == "CONSENT" else v["law"],
    )  # fmt: skip
    return f"/records/{made.pk}/"


def _advise(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    named = "named" in v["with_name"]
    consultation.advise(by=by, now=now, to=v["to"], text=v["text"], case=target.case if named else None)


def _issue_fields() -> list[Field]:
    fields = []
    for n in range(1, 5):
        fields += [
            Field(f"issue{n}_who", f"課題{n} だれの", "select", offers=offers.people, values="uuid"),
            Field(f"issue{n}_code", f"課題{n}", "select", offers=offers.ISSUES),
            Field(f"issue{n}_status", f"課題{n} 状態", "radio", offers=offers.ISSUE_STATES),
            Field(f"issue{n}_severity", f"課題{n} 重さ（0〜3）", "number", values="number"),
        ]
    return fields


ACTS = [
    Act("cases", "screening", "振り分け", "振り分ける", [
        Field("result", "どう進めるか", "radio", required=True, offers=words.choices(words.SCREENINGS)),
        Field("lead", "主担当の機関（単独で対応するとき）", "select", offers=offers.agencies, values="uuid", default=offers.own_agency,
              support="たすきは、ほかの機関が「つなぐ」を受けるまで動きません。"),
        Field("reason", "そう考えた理由", "textarea", support="情報提供で終わるときと、途切れたときは必ず書きます。断ることはできません。"),
    ], _screen, "振り分けました。", WRITE, warns=offers.unassessed),
    Act("cases", "notes", "記録", "記録する", [
        Field("text", "あったこと", "textarea", required=True, rows=6),
        Field("fact", "事実", "textarea", rows=3, support="見たこと・聞いたことを、そのまま。"),
        Field("opinion", "所見", "textarea", rows=3, support="支援者の受けとめ。事実と分けて書きます。"),
        PEOPLE,
        Field("method", "方法", "select", offers=offers.METHODS),
        Field("call", "電話のとき", "radio", offers=[("", "電話ではない"), *words.choices(words.CALLS)]),
        Field("number", "使った番号", "tel", offers=offers.phones, suggests=True,
              support="知っている番号から選ぶか、書きます。電話を見てよい人だけに見えます。"),
        Field("note_kind", "種別", "radio", offers=words.choices(words.NOTE_KINDS), default="DIRECT"),
        Field("minutes", "かかった時間（分）", "number", values="number"),
        CLASS, SCOPE,
        Field("confidential", "情報をくれた人", "ticks", offers=[("informant", "情報をくれた人を伏せる")]),
    ], _note, "記録しました。", WRITE, sees=True),
    Act("cases", "assessments", "アセスメント", "アセスメントを記録する", [
        PEOPLE, *_issue_fields(),
        Field("formulation", "見立て", "textarea", required=True, rows=5, support="背景と、いま何が起きているか。"),
        Field("wishes", "本人・家族の希望", "textarea"),
        Field("by_hub", "だれが", "ticks", offers=[("hub", "多機関協働の直接アセスメント")]),
        CLASS,
    ], _assess, "アセスメントを記録しました。", WRITE, sees=True),
    Act("cases", "referrals", "つなぐ", "つなぐ（たすきは相手が受けるまでここに残ります）", [
        Field("to", "つなぎ先", "select", required=True, offers=offers.other_agencies, values="uuid"),
        PEOPLE,
        Field("basis", "根拠", "radio", required=True, offers=[("CONSENT", "本人同意"), ("NO_CONSENT", "同意なし（理由を書く）")]),
        Field("reason", "同意なしでつなぐ理由", "textarea", rows=2),
        Field("sheet", "つなぐシート（いまの様子）", "textarea", rows=6),
        Field("tried", "これまでに試したこと", "textarea", required=True, rows=3),
        Field("wants", "つなぎ先に求めること", "select", required=True, offers=offers.WANTS),
        Field("warm", "声かけ", "radio", offers=words.choices(words.WARM), default="SENT"),
    ], _refer, "つなぎました。答えを待っています。", WRITE, support="相手が答えるまで、たすきはこちらにあります。", warns=offers.unassessed),
    Act("cases", "hand-back", "つなぎもどし", "つなぎもどす", [
        Field("to", "もどす先", "select", required=True, offers=offers.other_agencies, values="uuid"),
        Field("reason", "理由", "textarea", required=True),
    ], _hand_back, "つなぎもどしを送りました。相手が受けるまで、たすきはここにあります。", WRITE | CALLERS),
    Act("cases", "use-decision", "受理・利用決定", "決定する", [
        Field("result", "決定", "radio", required=True, offers=[("USE", "利用を決定する"), ("NOT_YET", "まだ決定しない")]),
        Field("text", "添える言葉", "textarea"),
    ], _decide_use, "決定を記録しました。", frozenset({P.CITY})),
    Act("cases", "outreach", "アウトリーチを始める", "始める", [
        PEOPLE,
        Field("to", "訪問する機関", "select", required=True, offers=offers.agencies, values="uuid"),
        Field("basis", "根拠", "radio", required=True,
              offers=[("CONSENT", "本人同意"), ("ARTICLE_106_6", "支援会議の議題（106条の6）"), ("OWN_PURPOSE", "自機関の目的")]),
        Field("item", "支援会議の議題", "select", offers=offers.case_items, values="uuid"),
        Field("text", "どう始めるか", "textarea"),
    ], _outreach, "アウトリーチを始めました。", WRITE),
    Act("cases", "visits", "訪問", "訪問を記録する", [
        Field("result", "会えたか", "radio", required=True, offers=words.choices(words.VISITS)),
        Field("stage", "関係の段階", "select", offers=offers.STAGES),
        Field("text", "あったこと", "textarea", rows=5),
        Field("fact", "事実", "textarea", rows=3),
        Field("opinion", "所見", "textarea", rows=3),
        PEOPLE, CLASS,
    ], _visit, "訪問を記録しました。", WRITE, sees=True),
    Act("cases", "watches", "見守りを始める", "見守りを始める", [
        PEOPLE,
        Field("watchers", "見守る機関", "ticks", required=True, offers=offers.agencies, values="uuid"),
        Field("every_days", "何日ごとに", "number", required=True, values="number", default="14"),
        Field("triggers", "動く合図（1行に1つ）", "textarea", required=True, values="lines", rows=3),
        Field("first_responder", "最初に動く機関", "select", required=True, offers=offers.agencies, values="uuid"),
        Field("text", "気をつけること", "textarea"),
    ], _watch, "見守りを始めました。", WRITE),
    Act("cases", "closing", "終結", "終結を確定する", [
        Field("reason", "終結の理由", "select", required=True, offers=offers.CLOSING_REASONS),
        Field("lead_after", "終結後の主担当", "select", offers=offers.agencies, values="uuid"),
        Field("follow_up1", "フォローの日（1）", "date", values="date"),
        Field("follow_up2", "フォローの日（2）", "date", values="date"),
        Field("follow_up3", "フォローの日（3）", "date", values="date"),
        Field("no_lead_reason", "主担当を置かない理由", "textarea", rows=2),
        Field("notified", "本人へ知らせた日", "date", values="date"),
    ], _close, "終結を確定しました。", frozenset({P.CITY}), support="多機関協働の閲覧はここで終わります。たすきは終結後の主担当に渡ります。"),
    Act("cases", "suspension", "中断", "中断する", [
        Field("reason", "理由", "select", required=True, offers=offers.SUSPENSIONS),
        Field("next_check", "次に確かめる日", "date", required=True, values="date"),
    ], _suspend, "中断しました。次に確かめる日に知らせます。", WRITE | CALLERS),
    Act("cases", "suspension-check", "中断中の確認", "記録する", [
        Field("text", "確かめて分かったこと", "textarea", required=True, support="つながらなかったときは、そう書きます。"),
        Field("next_check", "次に確かめる日", "date", required=True, values="date"),
    ], _check, "確認を記録しました。次に確かめる日に知らせます。", WRITE | CALLERS),
    Act("cases", "resumption", "中断から戻す", "戻す", [Field("reason", "いきさつ", "textarea")], _resume,
        "中断から戻しました。", WRITE | CALLERS),
    Act("cases", "reopening", "再開", "再開する", [
        Field("reason", "理由", "select", required=True, offers=offers.REOPENINGS),
        Field("consent", "同意はいま", "radio", required=True, offers=offers.CONSENT_NOW),
    ], _reopen, "再開しました。たすきはこの機関にあります。", WRITE),
    Act("cases", "follow-ups", "フォロー", "フォローを記録する", [
        Field("result", "様子", "radio", required=True, offers=offers.FOLLOW_UPS),
        Field("text", "あったこと", "textarea"),
    ], _follow_up, "フォローを記録しました。", WRITE),
    Act("cases", "transfer", "転出", "転出で終える", [
        Field("to", "転出先の自治体", required=True),
        Field("ground", "根拠", "radio", required=True, offers=[("CONSENT", "本人同意"), ("LAW", "法令")]),
        Field("law", "法令と条（法令のとき）"),
        Field("people", "引継書に載せる人", "ticks", offers=offers.people, values="uuid",
              support="転出し、同意または法令の根拠が及ぶ人だけ。だれも選ばなければ、引継書は作らず、転出だけを記録します。"),
        Field("classes", "引継書に載せる情報", "ticks", offers=words.choices(words.CLASSES), default=["BASIC"],  # type: ignore[arg-type]  # a list of ticks
              support="本人同意のときは、このうち同意のある情報だけが載ります。"),
        Field("text", "転出先への要約", "textarea", rows=6, support="守られている住所・避難先・経緯は書きません。"),
    ], _transfer, "転出を記録しました。引継書は、この下の「転出の引継書（PDF）」から印刷できます。", WRITE | CALLERS,
        support="引継書を作ると、外部提供簿に載ります。"),
    Act("cases", "advice", "機関に助言を求める", "送る", [
        Field("to", "相談する機関", "select", required=True, offers=offers.other_agencies, values="uuid"),
        Field("text", "相談したいこと", "textarea", required=True, rows=5),
        Field("with_name", "名前", "ticks", offers=[("named", "この世帯の名前を添える（同意が届く機関だけ）")]),
    ], _advise, "助言を求めました。", frozenset()),
]  # fmt: skip
