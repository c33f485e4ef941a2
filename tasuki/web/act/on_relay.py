"""Acts that answer and plan: つなぎ, プラン, 会議, 見守り, 誓約, 人事."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from tasuki.actions import case as case_acts
from tasuki.actions import conference, consent, plan, referral, staff, watch
from tasuki.queries import choices
from tasuki.queries.choices import Target
from tasuki.queries.conference import watched_people
from tasuki.records.asker import Asker
from tasuki.rules.permission import CALLERS, READERS, WRITERS, P
from tasuki.web import words
from tasuki.web.act import offers
from tasuki.web.act.act import Act
from tasuki.web.act.fields import Field
from tasuki.web.act.offers import case_id
from tasuki.web.act.on_case import PEOPLE
from tasuki.web.watch.rows import rota_lines

Values = dict[str, Any]
WRITE = frozenset(WRITERS)
ROLES = 6
GOAL = "goal"


def _id(target: Target) -> UUID:
    return target.id or UUID(int=0)


def _accept(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    referral.accept(by=by, now=now, referral=_id(target), text=v["text"])


def _join(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    referral.accept_jointly(by=by, now=now, referral=_id(target), text=v["text"])


def _decline(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    referral.decline(by=by, now=now, referral=_id(target), advice=v["advice"], lead=v["lead"], follow_up=v["follow_up"])
    return "/referrals/"


def _withdraw(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    referral.withdraw_referral(by=by, now=now, referral=_id(target), text=v["text"])


def _draft(v: Values, kind: str) -> plan.Draft:
    roles = [
        plan.Role(v[f"role{n}_agency"], v[f"role{n}_what"], v[f"role{n}_due"])
        for n in range(1, ROLES + 1)
        if v[f"role{n}_agency"]
    ]
    return plan.Draft(
        kind=kind, direction=v["direction"], goals=v["goals"], roles=roles, participation=v["participation"] or "不要",
        outreach=v["outreach"] or "不要", applied=v["applied"],
    )  # fmt: skip


def _plan(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    made = plan.draft_plan(by=by, now=now, case=case_id(target), people=v["people"], draft=_draft(v, v["kind"]))
    return f"/plans/{made.pk}/"


def _replan(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    made = plan.replan(by=by, now=now, plan=_id(target), people=v["people"], draft=_draft(v, v["kind"]))
    return f"/plans/{made.pk}/"


def _judge(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    plan.judge_plan(by=by, now=now, plan=_id(target), item=v["item"], result=v["result"], text=v["text"])
    return f"/plans/{target.id}/"


def _decide(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    plan.decide_support(by=by, now=now, plan=_id(target), lead=v["lead"])
    return f"/plans/{target.id}/"


def _progress(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    plan.role_progress(by=by, now=now, plan=_id(target), agency=v["agency"], state=v["state"])
    return f"/plans/{target.id}/"


def _monitor(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    plan.monitor(by=by, now=now, plan=_id(target), findings=v["findings"])
    return f"/plans/{target.id}/"


def _goals(by: Asker, target: Target) -> list[Field]:
    goals = choices.things("plans", _id(target))
    return [Field(f"{GOAL}{n}", f"目標{n}", "radio", offers=offers.ATTAINED, support=one.text) for n, one in enumerate(goals, start=1)]  # fmt: skip


def _evaluate(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    attained = {int(name.removeprefix(GOAL)): word for name, word in v.items() if name.startswith(GOAL) and word}
    plan.evaluate(
        by=by, now=now, plan=_id(target), attained=attained, changes=v["changes"], verdict=v["verdict"],
        burden=int(v["burden"]) if v["burden"] else None, text=v["text"],
    )  # fmt: skip
    return f"/plans/{target.id}/"


def _item(target: Target, v: Values) -> conference.Item:
    return conference.Item(
        about=[*v["people"], *v["unseen"]], kind=v["kind"], basis=v["basis"], invited=v["invited"], deputies=v["deputies"],
        materials=v["materials"], plan=v["plan"], case=target.case, reason=v["reason"], minutes=v["minutes"] or 15,
    )  # fmt: skip


def _summon(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    if v["sitting"]:
        made = conference.add_to_agenda(by=by, now=now, sitting=v["sitting"], item=_item(target, v))
    else:
        made = conference.summon(
            by=by, now=now, conference=v["conference"] or UUID(int=0), at=v["at"] or now, items=[_item(target, v)],
            place=v["place"],
        )  # fmt: skip
    return f"/sittings/{made.sitting}/"


def _pledge(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    consent.pledge(by=by, now=now, until=v["until"])
    return "/conferences/"


def _meeting(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    agenda = [{"kind": "議題", "text": line} for line in v["agenda"]]
    conference.hold_meeting(
        by=by, now=now, conference=v["conference"], present=v["present"], agenda=agenda, minutes=v["minutes"]
    )
    return "/conferences/"


def _amend(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    case_acts.amend(by=by, now=now, record=_id(target), text=v["text"], reason=v["reason"])


def _check(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    watch.watch_check(by=by, now=now, people=watched_people(_id(target)), result=v["result"], case=target.case)
    return "/watches/"


def _trigger(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    people = watched_people(_id(target))
    watch.watch_trigger(by=by, now=now, people=people, signal=v["signal"], result=v["result"], case=target.case)
    return "/watches/"


def _take_turn(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    watch.take_turn(by=by, now=now, watch=_id(target))
    return "/watches/"


def _end_watch(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    watch.end_watch(by=by, now=now, watch=_id(target), reason=v["reason"])
    return "/watches/"


def _move(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    staff.move_staff(by=by, now=now, staff=_id(target), to=v["to"], successor=v["successor"])
    return "/staff/"


def _worker(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    staff.assign_worker(by=by, now=now, case=offers.case_id(target), worker=v["worker"])


def _plan_fields(kind: Field) -> list[Field]:
    roles: list[Field] = []
    for n in range(1, ROLES + 1):
        roles += [
            Field(f"role{n}_agency", f"役割{n} 機関", "select", offers=offers.agencies, values="uuid"),
            Field(f"role{n}_what", f"役割{n} すること"),
            Field(f"role{n}_due", f"役割{n} いつまで", "date", values="date"),
        ]
    return [
        kind, PEOPLE,
        Field("direction", "支援の方向性", "textarea", required=True, rows=3),
        Field("goals", "目標（1行に1つ）", "textarea", required=True, values="lines", rows=3),
        *roles,
        Field("participation", "参加支援", "radio", offers=offers.NEED, default="不要"),
        Field("outreach", "アウトリーチ", "radio", offers=offers.NEED, default="不要"),
        Field("applied", "本人の申込日（署名）", "date", values="date"),
    ]  # fmt: skip


KIND = Field("kind", "だれのプラン", "radio", required=True, offers=words.choices(words.PLAN_KINDS), default="HUB")
TEXT = Field("text", "添える言葉", "textarea")
RESULT = Field("result", "様子", "textarea", required=True)

ACTS = [
    Act("referrals", "acceptance", "受ける", "受ける（たすきがこちらに移ります）", [TEXT], _accept, "受けました。たすきはこの機関にあります。", WRITE),
    Act("referrals", "joint-acceptance", "一緒に受ける", "一緒に受ける（たすきは相手に残ります）", [TEXT], _join, "一緒に受けました。", WRITE),
    Act("referrals", "decline", "戻す", "戻す（助言を添えて）", [
        Field("advice", "助言", "textarea", required=True),
        Field("lead", "主担当の機関", "select", required=True, offers=offers.agencies, values="uuid"),
        Field("follow_up", "様子をきく日", "date", required=True, values="date"),
    ], _decline, "助言を添えて戻しました。", WRITE),
    Act("referrals", "withdrawal", "取り下げる", "取り下げる", [TEXT], _withdraw, "取り下げました。", WRITE),
    Act("cases", "plans", "プラン案", "プラン案を作る", _plan_fields(KIND), _plan, "プラン案を作りました。", frozenset({P.COORD, P.OUT, P.PART}), sees=True),
    Act("plans", "revision", "再プラン", "新しい版を作る", _plan_fields(KIND), _replan, "新しい版の案を作りました。", frozenset({P.COORD, P.OUT, P.PART})),
    Act("plans", "judgement", "適切性の判断", "判断を記録する", [
        Field("item", "どの議題で", "select", required=True, offers=offers.case_items, values="uuid"),
        Field("result", "判断", "radio", required=True, offers=words.choices(words.JUDGEMENTS)),
        Field("text", "意見（再検討のときは必ず）", "textarea"),
    ], _judge, "判断を記録しました。", frozenset(CALLERS)),
    Act("plans", "decision", "支援決定", "支援を決定する", [
        Field("lead", "主担当（たすきを持つ機関）", "select", required=True, offers=offers.agencies, values="uuid"),
    ], _decide, "支援を決定しました。", frozenset({P.CITY, P.CHAIR, P.COORD}), support="だれが決定するかは、町の決めごと（決定のしかた）によります。多機関協働のプランでは、たすきが主担当の機関に渡ります。"),
    Act("plans", "progress", "役割の進み", "記録する", [
        Field("agency", "機関", "select", required=True, offers=offers.agencies, values="uuid", default=offers.own_agency),
        Field("state", "いま", "radio", required=True, offers=words.choices(words.ROLE_STATES)),
    ], _progress, "役割の進みを記録しました。", WRITE),
    Act("plans", "monitoring", "モニタリング", "記録する", [
        Field("findings", "様子", "textarea", required=True, rows=5),
    ], _monitor, "モニタリングを記録しました。", WRITE),
    Act("plans", "evaluation", "評価", "評価を記録する", [
        Field("changes", "見られた変化", "ticks", offers=offers.CHANGES),
        Field("burden", "支援者の負担感（1〜5）", "radio", offers=offers.BURDEN),
        Field("text", "残された課題", "textarea"),
        Field("verdict", "判定", "radio", required=True, offers=words.choices(words.VERDICTS)),
    ], _evaluate, "評価を記録しました。", WRITE, brings=_goals),
    Act("cases", "agenda", "会議にかける", "会議にかける", [
        Field("sitting", "すでに招集した会議に足す", "select", offers=offers.sittings, values="uuid"),
        Field("conference", "新しく招集する会議", "select", offers=offers.conferences, values="uuid"),
        Field("at", "日と時刻（新しく招集するとき）", "moment", values="moment", support="例 R8.11.26 13:30"),
        Field("place", "場所"),
        Field("kind", "議題", "select", required=True, offers=offers.ITEM_KINDS),
        Field("basis", "根拠", "radio", required=True, offers=[("CONSENT", "本人同意"), ("ARTICLE_106_6", "支援会議（106条の6）")]),
        Field("reason", "諮る理由（同意のないとき）", "textarea", rows=2),
        PEOPLE,
        Field("unseen", "お名前の見えない同居の方（支援会議の議題だけ）", "ticks", offers=offers.unseen, values="uuid",
              support="招く機関のどれかが知っている人だけを、議題に載せられます。"),
        Field("plan", "プラン", "select", offers=offers.plans, values="uuid"),
        Field("invited", "招く人", "ticks", required=True, offers=offers.staff, values="uuid"),
        Field("deputies", "代わりに出る人", "ticks", offers=offers.staff, values="uuid"),
        Field("materials", "資料にする記録", "ticks", offers=offers.case_records, values="uuid"),
        Field("minutes", "予定の分", "number", values="number", default="15"),
    ], _summon, "招集しました。", frozenset(CALLERS)),
    Act("pledges", "sign", "守秘義務の誓約", "誓約する", [
        Field("until", "いつまで", "date", required=True, values="date", support="年度末（例 R9.3.31）までが多く使われます。"),
    ], _pledge, "誓約しました。", frozenset(), support="支援会議で知った秘密を、正当な理由なく漏らしません。務めを離れた後も同じです。"),
    Act("meetings", "record", "個別の事例を扱わない会議", "開催を記録する", [
        Field("conference", "会議", "select", required=True, offers=offers.conferences, values="uuid"),
        Field("present", "出た人", "ticks", offers=offers.staff, values="uuid"),
        Field("agenda", "議題（1行に1つ。人の名前は書きません）", "textarea", required=True, values="lines"),
        Field("minutes", "記録", "textarea", rows=6),
    ], _meeting, "会議を記録しました。", frozenset(READERS)),
    Act("records", "amendment", "訂正", "訂正する（元の言葉は消えません）", [
        Field("text", "正しい記載", "textarea", required=True, rows=5),
        Field("reason", "変更の理由", required=True),
    ], _amend, "書きました。元の言葉は残っています。", WRITE, warns=offers.locked),
    Act("watches", "checks", "連絡を書く", "記録する", [RESULT], _check, "見守りの連絡を記録しました。", frozenset(READERS)),
    Act("watches", "triggers", "見守りの合図", "知らせる", [
        Field("signal", "どの合図か", "radio", required=True, offers=offers.signals, support="はじめの合図は、この見守りの札で決めたものです。"),
        Field("result", "様子", "textarea", support="見たこと・聞いたことを、そのまま。「その他」のときは必ず書きます。"),
    ], _trigger, "最初に動く機関に知らせました。", frozenset(READERS)),
    Act("watches", "turn", "当番", "当番を引き継ぐ", [], _take_turn, "当番を引き継ぎました。", frozenset(READERS), about=rota_lines,
        support="いまの当番を、自分の機関が引き受けます。その後の当番の順は変わりません。"),
    Act("watches", "end", "見守りを終える", "終える", [Field("reason", "理由", "textarea", required=True)], _end_watch, "見守りを終えました。", WRITE),
    Act("cases", "worker", "受け持つ人を決める", "この人が受け持つ", [
        Field("worker", "受け持つ人（自機関）", "select", required=True, offers=offers.own_staff, values="uuid"),
    ], _worker, "受け持つ人を決めました。", WRITE),
    Act("staff", "move", "異動の記録", "異動を記録する", [
        Field("to", "異動先（選ばなければ退職・転出）", "select", offers=offers.agencies, values="uuid"),
        Field("successor", "引き継ぐ人", "select", offers=offers.colleagues, values="uuid"),
    ], _move, "異動を記録しました。", frozenset({P.CITY, P.ADMIN})),
]  # fmt: skip
