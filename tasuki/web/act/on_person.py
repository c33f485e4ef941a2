"""Acts that guard people: consent, protection, bars, linking, households, break-glass, death."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from tasuki.actions import case as case_acts
from tasuki.actions import consent, disclosure, participation, person, sign_in
from tasuki.queries.choices import Target
from tasuki.queries.consent import effects
from tasuki.queries.person import find_for_emergency
from tasuki.records.asker import Asker
from tasuki.rules.name import fold
from tasuki.rules.permission import EMERGENCY, WRITERS, P
from tasuki.web import words
from tasuki.web.act import offers
from tasuki.web.act.act import Act
from tasuki.web.act.fields import Field
from tasuki.web.act.on_case import PEOPLE

Values = dict[str, Any]
WRITE = frozenset(WRITERS)
PERSON = Field(
    "person", "だれの", "select", required=True, offers=offers.people, values="uuid", default=offers.somebody
)


def _consent(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    form = consent.ConsentForm(
        to=v["to"], classes=v["classes"], until=v["until"], form=v["form"], proxy=v["proxy"],
        excluded_agencies=v["excluded"], excluded_staff=v["excluded_staff"], text=v["text"],
    )  # fmt: skip
    for one in v["people"]:
        consent.consent_get(by=by, now=now, person=one, form=form, case=target.case)


def _refuse(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    consent.consent_refuse(by=by, now=now, people=v["people"], agencies=v["agencies"], text=v["text"])


def _withdraw(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    consent.consent_withdraw(by=by, now=now, people=v["people"], agencies=v["agencies"], text=v["text"])


def _protect(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    disclosure.protect_address(
        by=by, now=now, people=v["people"], tell_nothing=v["tell_nothing"], alleged=v["alleged"],
        review_on=v["review_on"], note=v["text"],
    )  # fmt: skip


def _bar(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    disclosure.bar(by=by, now=now, people=v["people"], agencies=v["agencies"], staff=v["staff"], note=v["text"])


def _confirm(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    sign_in.confirm_second(
        staff=v["checked_by"], password=v["password"], now=now, source="", first=by.staff, target=_id(target)
    )


def _end_protection(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    _confirm(by, now, target, v)
    disclosure.end_protection(by=by, now=now, protection=_id(target), reason=v["reason"], checked_by=v["checked_by"])


def _review_protection(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    disclosure.review_protection(by=by, now=now, protection=_id(target), next_day=v["next_day"])


def _lift_bar(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    _confirm(by, now, target, v)
    disclosure.lift_bar(by=by, now=now, bar=_id(target), reason=v["reason"], checked_by=v["checked_by"])


def _split(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    person.split_household(by=by, now=now, people=v["people"], reason=v["reason"])


def _join(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    _confirm(by, now, target, v)
    person.join_households(
        by=by, now=now, first=_id(target), second=v["other"], checked_by=v["checked_by"], reason=v["reason"]
    )


def _link(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    _confirm(by, now, target, v)
    person.link_persons(by=by, now=now, first=_id(target), second=v["other"], checked_by=v["checked_by"])


def _unlink(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    _confirm(by, now, target, v)
    person.unlink_persons(by=by, now=now, first=_id(target), second=v["other"], checked_by=v["checked_by"])


def _id(target: Target) -> UUID:
    return target.id or UUID(int=0)


def _provide(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    disclosure.provide_outside(
        by=by, now=now, people=v["people"], to=v["to"], basis=v["basis"], what=v["what"], case=target.case
    )


def _died(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    case_acts.record_death(by=by, now=now, people=[v["person"]], died=v["died"].isoformat())


def _participation(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    participation.take_step(
        by=by, now=now, step=v["step"], people=[v["person"]], resource=v["resource"], case=target.case, text=v["text"]
    )


def _break_glass(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    found = find_for_emergency(by, fold(v["name"]), v["born"].isoformat() if v["born"] else "")
    disclosure.break_glass(by=by, now=now, people=[found or UUID(int=0)], reason=v["reason"])
    return f"/people/{found}/"


def _register(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    who = person.Identity(
        name=v["name"], kana=v["kana"], alias=v["alias"], born=v["born"].isoformat() if v["born"] else "", sex=v["sex"],
        relation=v["relation"], address=v["address"], phone=v["phone"], labels=v["labels"],
        lives_with="apart" not in v["apart"],
    )  # fmt: skip
    person.add_to_household(by=by, now=now, case=target.case, who=who)


OTHER = Field(
    "other", "もう1人（人の番号）", required=True, values="uuid", support="相手の人のページの末尾にある番号を写します。"
)
# Nobody is ticked beforehand: who is guarded by mistake is hidden from those who help.
GUARDED = Field("people", "守られる人", "ticks", required=True, offers=offers.people, values="uuid")
CHECKED = Field("checked_by", "もう1人の確かめた人", "select", required=True, offers=offers.colleagues, values="uuid")
CONFIRMED = Field(
    "password", "確かめた人のパスワード", "password", required=True,
    support="もう1人が、この場で自分のパスワードを入れます。代わりに入れることはできません。",
)  # fmt: skip

WHY = Field("reason", "理由", "textarea", required=True)

ACTS = [
    Act("cases", "people", "世帯の人を足す", "足す", [
        Field("name", "氏名", support="分からなければ空のままで構いません。"),
        Field("kana", "フリガナ"),
        Field("alias", "通称・旧姓", support="かなも添えると、かなでも見つかります（例 潮窪　シオクボ）。"),
        Field("born", "生年月日", "date", values="date"),
        Field("sex", "性別", "radio", offers=[(w, w) for w in ("男", "女", "その他")]),
        Field("relation", "続柄"),
        Field("apart", "住まい", "ticks", offers=[("apart", "別居")]),
        Field("address", "住所"), Field("phone", "電話", "tel"),
        Field("labels", "家族図に出す短い言葉（1行に1つ）", "textarea", values="lines", rows=2),
    ], _register, "世帯に足しました。", WRITE, creates_person=True),
    Act("cases", "consents", "同意を受ける", "同意を記録する", [
        Field("people", "だれの同意", "ticks", required=True, offers=offers.people, values="uuid",
              support="1人ずつの同意です。同じ紙に何人も署名したときは、まとめて選べます。"),
        Field("to", "知らせてよい機関", "ticks", required=True, offers=offers.agencies, values="uuid"),
        Field("classes", "知らせてよい情報", "ticks", required=True, offers=words.choices(words.CLASSES), default=["BASIC"]),  # type: ignore[arg-type]  # a list of ticks
        Field("excluded", "知らせない機関", "ticks", offers=offers.agencies, values="uuid"),
        Field("excluded_staff", "知らせない職員", "ticks", offers=offers.staff, values="uuid"),
        Field("until", "いつまで", "date", values="date", support="書かなければ、支援が終わるまで。"),
        Field("form", "受け方", "radio", required=True, offers=offers.FORMS),
        Field("proxy", "代わりに同意した人", "select", offers=offers.people, values="uuid"),
        Field("text", "説明したこと・立ち会った人", "textarea"),
    ], _consent, "同意を記録しました。", WRITE),
    Act("cases", "withdrawals", "同意の撤回", "撤回する（すぐに見えなくなります）", [
        PEOPLE,
        Field("agencies", "どの機関への同意を", "ticks", offers=offers.reached, values="uuid", support="選ばなければ、すべての機関。"),
        Field("text", "本人の申し出", "textarea"),
    ], _withdraw, "撤回しました。次の閲覧から見えません。", WRITE, about=effects,
        support="撤回すると、次の閲覧から下のようになります。それまでの適法な閲覧の記録は残ります。"),
    Act("cases", "refusals", "同意の拒否", "拒否を記録する", [
        PEOPLE,
        Field("agencies", "どの機関への", "ticks", offers=offers.agencies, values="uuid"),
        Field("text", "本人の言葉", "textarea"),
    ], _refuse, "拒否を記録しました。", WRITE),
    Act("cases", "protection", "支援措置（住所を伏せる）", "支援措置を掛ける", [
        GUARDED,
        Field("tell_nothing", "何も知らせてはいけない機関", "ticks", offers=offers.agencies, values="uuid"),
        Field("alleged", "危険があるとされる人（世帯の人から）", "ticks", offers=offers.people, values="uuid",
              support="この人は、守られる人の代わりに同意できません。選んだことは、この機関だけに見えます。"),
        Field("review_on", "見直す日", "date", values="date", support="この日が来ても、措置は自動では終わりません。「今日」で知らせます。"),
        Field("text", "いきさつ", "textarea"),
    ], _protect, "支援措置を掛けました。住所はこの機関だけに見えます。", WRITE),
    Act("cases", "bars", "閲覧制限", "閲覧を制限する", [
        GUARDED,
        Field("agencies", "制限する機関", "ticks", offers=offers.agencies, values="uuid"),
        Field("staff", "制限する職員", "ticks", offers=offers.staff, values="uuid"),
        Field("text", "理由", "textarea", required=True),
    ], _bar, "閲覧を制限しました。すべての根拠より強く、緊急閲覧でも開きません。", WRITE),
    Act("protections", "end", "支援措置を終える", "終える（住所が見えるようになります）", [WHY, CHECKED, CONFIRMED], _end_protection,
        "支援措置を終えました。", WRITE, support="終えると、この人が見える機関には住所と電話も見えます。もう1人と確かめてから終えます。"),
    Act("protections", "review", "支援措置の見直し", "続ける", [
        Field("next_day", "次に見直す日", "date", required=True, values="date"),
    ], _review_protection, "支援措置を続けます。", WRITE),
    Act("bars", "lift", "閲覧制限を解く", "解く（根拠のある人に見えるようになります）", [WHY, CHECKED, CONFIRMED], _lift_bar,
        "閲覧制限を解きました。", WRITE, support="もう1人と確かめてから解きます。"),
    Act("cases", "household-split", "世帯を分ける", "分ける", [
        Field("people", "離れる人", "ticks", required=True, offers=offers.people, values="uuid"),
        Field("reason", "理由", "textarea", required=True),
    ], _split, "世帯を分けました。", WRITE),
    Act("people", "household-join", "世帯を1つにする", "1つにする", [OTHER, CHECKED, CONFIRMED, Field("reason", "理由", "textarea")],
        _join, "世帯を1つにしました。", WRITE),
    Act("people", "link", "名寄せ", "同じ人として結ぶ", [OTHER, CHECKED, CONFIRMED], _link, "結びました。いつでも戻せます。", WRITE),
    Act("people", "unlink", "名寄せの取消", "別の人に戻す", [OTHER, CHECKED, CONFIRMED], _unlink, "別の人に戻しました。", WRITE),
    Act("cases", "provisions", "外部への提供を記す", "記す", [
        PEOPLE, Field("to", "提供先", required=True), Field("basis", "根拠となる法令と条", required=True),
        Field("what", "提供した内容", "textarea", required=True),
    ], _provide, "外部提供簿に記しました。", WRITE),
    Act("cases", "deaths", "死亡の記録", "記録する", [PERSON, Field("died", "亡くなった日", "date", required=True, values="date")],
        _died, "記録しました。", WRITE),
    Act("cases", "participation", "参加支援", "記録する", [
        PERSON,
        Field("step", "どこまで", "radio", required=True, offers=[(k, v) for k, v in words.STEPS.items() if k != "host_follow_up"]),
        Field("resource", "受け入れ先", "select", required=True, offers=offers.hosts, values="uuid"),
        Field("text", "様子", "textarea"),
    ], _participation, "参加支援を記録しました。", WRITE),
    Act("emergencies", "open", "緊急閲覧", "緊急に開く", [
        Field("name", "氏名またはフリガナ（全部）", required=True),
        Field("born", "生年月日", "date", required=True, values="date"),
        Field("reason", "いま開かなければならない理由（20字以上）", "textarea", required=True, rows=3),
    ], _break_glass, "緊急閲覧を開きました。個人情報保護担当に知らせました。24時間で閉じます。", frozenset(EMERGENCY),
        support="命や体に関わるときだけ使います。だれが・なぜ開いたかが残り、1営業日のうちに審査されます。"),
]  # fmt: skip

REVIEW = frozenset({P.PRIV})


def _review(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    disclosure.review_break_glass(by=by, now=now, record=_id(target), verdict=v["verdict"])
    return "/emergencies/"


def _disclose(by: Asker, now: dt.datetime, target: Target, v: Values) -> str:
    found = find_for_emergency(by, fold(v["name"]), v["born"].isoformat())
    pack = disclosure.disclose(
        by=by, now=now, people=[found or UUID(int=0)], requester=found or UUID(int=0), text=v["text"]
    )
    return f"/packs/{pack.pk}/"


ACTS += [
    Act("emergencies", "review", "緊急閲覧の審査", "審査する", [
        Field("verdict", "審査の結果", "radio", required=True, offers=offers.REVIEWS),
    ], _review, "審査を記録しました。", REVIEW),
    Act("packs", "make", "開示請求の写しを作る", "写しを作る", [
        Field("name", "請求した本人の氏名またはフリガナ（全部）", required=True),
        Field("born", "生年月日", "date", required=True, values="date"),
        Field("text", "受付番号・本人確認", "textarea", required=True),
    ], _disclose, "写しを作りました。ほかの人と情報をくれた人は墨塗りです。", REVIEW),
]  # fmt: skip
