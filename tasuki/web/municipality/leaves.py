"""A setting as a form: every value by itself, under its name, and back into the shape that it had."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from tasuki.rules.audit import USUAL
from tasuki.rules.prompts import PROMPTS, SECTION
from tasuki.rules.staff import SECRECY_WORDS

DIGITS = 6  # no period and no count of a town's ways has more
YES, NO = "はい", "いいえ"
TITLES = {
    "clocks": ("期限と時計", "答えの期限、振り分けまでの日数、往復の数え方など。"),
    "decision": ("決定のしかた", "受理・支援決定をだれが行うか。"),
    "routing": ("つなぎの道すじ", "どの機関から、どんなシートで受けるか。"),
    "words": ("ことば", "この町での呼び名。"),
    "watch": ("見守り", "見守りの進め方。"),
    "indicators": ("指標と目標", "数字の目標。"),
    "sign_in": ("サインインと安全", "2つ目の認証をだれに、いつから求めるか。操作しないとき、何分で閉じるか。"),
    "secrecy": (
        "守秘の確認",
        "委託先で働く人に、年度に1度、守秘を確かめてもらうか。法律のことばに添える、この町のことば。",
    ),
    "retention": ("保存の年数", "記録を残す年数。"),
    "prompts": ("聞き取りの手がかり", "受付メモで困りごとを選ぶと出る、聞いておくと助かること。空にすると出ません。"),
    "audit": ("閲覧の見張り", "ふだんと違う見方とみる数、たくさん開いたときにわけを聞く数。"),
}
LABELS = {
    "referral_answer_business_days": "つなぎの答え（開庁日）", "sheet_unreceived_business_days": "シートが受け取られないとき（開庁日）",
    "first_action_business_days": "はじめの一手（開庁日）", "urgent_first_action": "至急のときのはじめの一手", "screening_days": "振り分けまで（日）",
    "draft_plan_days": "プラン案まで（日）", "monitoring_months": "モニタリング（か月ごと）", "plan_max_months": "プランの最長（か月）",
    "follow_up_months": "フォロー（終結から何か月）", "ping_pong.hand_overs": "往復とみる回数", "ping_pong.days": "往復を数える日数",
    "trigger_first_response_hours": "見守りの合図から動くまで（時間）", "note_lock_days": "記録を直せる日数", "break_glass_hours": "緊急閲覧の時間（最長24）",
    "resource_confirmation_days": "資源を確かめ直すまで（日）", "d1_decider": "受理・利用決定をする人", "d2_decider": "支援決定をする人",
    "slow_persons": "わけを聞くまでに開ける人数", "slow_minutes": "それを数える分", "many_persons": "短い間に多いとみる人数",
    "many_minutes": "その短い間（分）", "office_from": "勤務の始まり（時）", "office_until": "勤務の終わり（時）",
    "night_lines": "時間外の閲覧とみる回数（1日）", "out_of_area_persons": "担当でない圏域の人数（1日）",
    "same_name_persons": "同じ姓の人数（1日）", "browse_days": "前後何日のうちに何か書いていればよいか", "browse_cases": "見ただけのケースの数（1日）",
    "guarded_times": "守られた人を開いた回数（1日）", "report_names": "本人への報告に職員の氏名を載せる",
    "asked_yearly": "委託先で働く人に、年度ごとに確かめてもらう", "wording": "法律のことばに添えて示すこと",
    "contractor_may_decide": "受託者が決定してよい", "second_factor": "2つ目の認証を求める", "second_factor_from": "いつから（2027-04-01 の形。空ならすぐ）",
    "second_factor_grace_days": "用意するまでの猶予（日）", "second_factor_sets": "求める相手の権限（FIRST など。空なら全員）",
    "passkey_alone": "パスキーだけのサインインを認める", "idle_minutes": "操作しないとき閉じるまで（分）",
    "idle_minutes_shared": "共用のパソコンで閉じるまで（分）", "absolute_hours": "サインインから閉じるまで（時間、最長24）",
    "consultation": "相談受付", "first_line": "最初に受ける機関", "hub": "多機関協働",
    "coordinator": "調整担当", "referral": "つなぎ", "connection_sheet": "つなぐシート", "hand_back": "つなぎもどし", "plan": "支援プラン",
    "replan": "再プラン", "consent_conference": "重層的支援会議", "statutory_conference": "支援会議", "watch": "見守り", "back_up": "後方支援",
    "central_window": "総合の窓口", "intake_rule": "受付の心得", "support_style": "支援の合言葉",
    "shared_load": "見守りの負担を分け合う", "rotation": "当番を順に回す", "emergency_card": "緊急連絡の札を使う",
    "intake.from": "どこからの相談を受けるか", "intake.window": "相談を受ける窓口", "intake.no_refusal": "どの相談も断らない",
    "intake.assign_by": "担当の決め方", "intake.assign_role": "担当を決める役割", "intake.referrers": "つないでくれる人・機関",
    "hub_support.direct": "多機関協働がじかに支える", "hub_support.back_up": "多機関協働が後ろから支える",
    "hand_back.decided_by": "つなぎもどしを決める会議", "outreach.before_hub": "多機関協働の前に訪ねてよい",
    "outreach.order_from": "訪問を頼む会議", "outreach.to_kind": "訪問をする機関の種類", "first_response": "はじめの動き方",
    "area_first": "圏域の機関から先に", "escalation": "上げる順", "sheet.form": "シートの名前", "sheet.from_kinds": "シートを出す機関の種類",
    "sheet.minimal_rights": "シートの相手には、要ることだけを見せる", "sheet.receipt": "シートの受け取りを返す", "lead_rules": "主担当の決め方",
    "single_agency.hub_case": "1機関の対応も多機関協働のケースにする", "advice_without_hub": "多機関協働を通さずに助言を求めてよい",
    "no_consent_referral": "同意のないときのつなぎ方",
}  # fmt: skip
# Sections whose values are what the town's plan says, and the few of them after which the product acts. The administrator is told.
ACTED_ON: Mapping[str, frozenset[str]] = {
    "routing": frozenset({"no_consent_referral"}), "watch": frozenset(), "words": frozenset(),
}  # fmt: skip
ONLY_WRITTEN = "記録のみ：町の決めごととして残ります。たすきの動きは変わりません。"
# Values that are one of a few, by their words.
CHOICES: Mapping[str, Mapping[str, str]] = {
    "d1_decider": {"": "決めない（多機関協働が直営なら受けたとき、委託なら市）", "on_accept": "多機関協働が、受けたときに", "city": "市の支援決定権者が"},
    "d2_decider": {"city_after": "市の支援決定権者が、会議のあとに", "city_before": "市の支援決定権者が、会議の前に", "conference": "会議が"},
    "no_consent_referral": {"sheet": "つなぐシートだけを送る", "item_only": "支援会議（106条の6）の議題だけで"},
}  # fmt: skip
# Values that the product knows and a town may not have written yet.
KNOWN: Mapping[str, Mapping[str, Any]] = {
    "audit": asdict(USUAL),
    SECTION: PROMPTS,
    "clocks": {"break_glass_hours": 24, "resource_confirmation_days": 180},
    "decision": {"d1_decider": "", "d2_decider": "city_after", "contractor_may_decide": False},
    "routing": {"no_consent_referral": "sheet"},
    "secrecy": {"asked_yearly": True, "wording": list(SECRECY_WORDS)},
    "sign_in": {
        "second_factor": True,
        "second_factor_from": "",
        "second_factor_grace_days": 14,
        "second_factor_sets": [],
        "passkey_alone": True,
        "idle_minutes": 60,
        "idle_minutes_shared": 15,
        "absolute_hours": 12,
    },
}


def leaves(body: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Give (dotted name, value) of every value that is edited by itself; lists of maps stay whole."""
    if isinstance(body, dict) and body and all(isinstance(key, str) for key in body):
        for key, value in body.items():
            yield from leaves(value, f"{path}.{key}" if path else key)
    elif path:
        yield path, body


def fields(section: str, body: Any) -> list[dict[str, Any]]:
    """Return the fields of a setting as the template draws them."""
    whole = {**KNOWN.get(section, {}), **body} if isinstance(body, dict) else {"すべて": body}
    return [_told(section, name, _field(name, value)) for name, value in leaves(whole)]


def note(section: str) -> str:
    """Return what to say above a section whose values are all only written, once instead of beside each."""
    return ONLY_WRITTEN if section in ACTED_ON and not ACTED_ON[section] else ""


def _told(section: str, name: str, field: dict[str, Any]) -> dict[str, Any]:
    """Say of a value that nothing follows from it."""
    if note(section) or name in ACTED_ON.get(section, {name}):
        return field
    return field | {"hint": "　".join(filter(None, (ONLY_WRITTEN, field.get("hint"))))}


def _field(name: str, value: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": f"leaf-{name}", "name": f"leaf:{name}", "label": LABELS.get(name, name), "kind": "text", "size": "48",
        "value": value, "attributes": [],
    }  # fmt: skip
    if name in CHOICES:
        words = CHOICES[name].items()
        return found | {"kind": "radio", "choices": [{"value": v, "label": w, "chosen": v == value} for v, w in words]}
    if isinstance(value, bool):
        chosen = YES if value else NO
        return found | {
            "kind": "radio",
            "choices": [{"value": word, "label": word, "chosen": word == chosen} for word in (YES, NO)],
        }
    if isinstance(value, int | float):
        return found | {"kind": "number"}
    if _plain_list(value):
        return found | {
            "kind": "textarea",
            "rows": 3,
            "value": "\n".join(str(one) for one in value),
            "hint": "1行に1つ",
        }
    if isinstance(value, list | dict):
        return found | {
            "kind": "textarea",
            "rows": 10,
            "value": json.dumps(value, ensure_ascii=False, indent=1),
            "hint": "JSON で書きます",
        }
    return found


def _plain_list(value: Any) -> bool:
    return isinstance(value, list) and not any(isinstance(one, list | dict) for one in value)


def read(section: str, body: Any, typed: Mapping[str, str]) -> tuple[Any, dict[str, str]]:
    """Read the form back into the shape of `body`; returns the new body, and sentences by field name for what is wrong."""
    whole = {**KNOWN.get(section, {}), **body} if isinstance(body, dict) else {"すべて": body}
    new: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, value in leaves(whole):
        try:
            _put(
                new, name, _read(name, value, typed.get(f"leaf:{name}", str(value) if name in CHOICES else "").strip())
            )
        except (ValueError, RecursionError):
            kind = f"{DIGITS}けたまでの数字" if isinstance(value, int | float) else "JSON"
            wanted = "を選んでください" if name in CHOICES else f"は{kind}で書いてください"
            errors[f"leaf:{name}"] = f"「{LABELS.get(name, name)}」{wanted}。"
            _put(new, name, value)
    return (new if isinstance(body, dict) else new.get("すべて")), errors


def _read(name: str, value: Any, text: str) -> Any:
    if name in CHOICES:
        if text not in CHOICES[name]:
            raise ValueError(text)
        return text
    if isinstance(value, bool):
        return text == YES
    if isinstance(value, int | float):
        plain = unicodedata.normalize("NFKC", text)
        found = int(plain) if plain.isdecimal() else float(plain)
        if not 0 <= found < 10**DIGITS:  # also what is no number, and the endless one
            raise ValueError(text)
        return found
    if _plain_list(value):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return [int(line) for line in lines] if value and all(isinstance(one, int) for one in value) else lines
    return json.loads(text) if isinstance(value, list | dict) else text


def _put(body: dict[str, Any], name: str, value: Any) -> None:
    *path, last = name.split(".")
    for key in path:
        body = body.setdefault(key, {})
    body[last] = value


def differences(new: Any, old: Any) -> list[str]:
    """Say what changed between two versions of a setting, value by value."""
    now, before = dict(leaves(new)), dict(leaves(old))
    told = []
    for name in dict.fromkeys([*before, *now]):
        if now.get(name) != before.get(name):
            words = CHOICES.get(name, {})
            first, second = (words.get(str(one.get(name)), _short(one.get(name))) for one in (before, now))
            told.append(f"{LABELS.get(name, name)}　{first} → {second}")
    return told


def _short(value: Any) -> str:
    if value is None:
        return "なし"
    if isinstance(value, bool):
        return YES if value else NO
    text = "・".join(str(one) for one in value) if _plain_list(value) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"
