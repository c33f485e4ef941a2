"""What the acts offer to choose from, in the words of the trade (domain 2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from tasuki.queries import choices
from tasuki.queries import keeping as keepings
from tasuki.queries import request as requests
from tasuki.queries import watch as watches
from tasuki.queries.choices import Choice, Target
from tasuki.records.asker import Asker
from tasuki.rules.calendar import wareki
from tasuki.rules.support import signals_of
from tasuki.web import words
from tasuki.web.act.act import About

ROUTES = [(w, w) for w in (
    "本人来所", "本人電話・メール", "家族・知人来所", "家族・知人電話・メール", "機関がアウトリーチして把握", "関係機関・関係者紹介",
    "会議で把握", "つなぐシート", "匿名", "その他",
)]  # fmt: skip
REFERRERS = [(w, w) for w in (
    "福祉事務所(生活保護)", "高齢担当課", "障害担当課", "子ども担当課", "保健", "税・国保・収納", "住宅", "教育委員会・学校", "市民相談",
    "産業", "地域包括", "障害者相談支援", "利用者支援・こども家庭センター", "自立相談", "社協", "民生委員・児童委員", "自治会・住民",
    "医療機関", "ハローワーク", "法テラス・弁護士", "警察・消防", "児童相談所", "保健所", "ひきこもり支援", "企業", "農業法人", "NPO", "その他",
)]  # fmt: skip
TOPICS = [(w, w) for w in (
    "病気や健康・障害", "住まい", "収入・生活費", "家賃やローンの支払い", "税金や公共料金等の支払い", "債務", "仕事探し・就職",
    "仕事上の不安やトラブル", "地域との関係", "家族との関係", "子育て", "介護", "ひきこもり・不登校", "DV・虐待", "食べるものがない",
    "制度の狭間", "その他",
)]  # fmt: skip
URGENCY = [(w, w) for w in ("至急", "早期", "通常")]
WANTS = [(w, w) for w in ("面談", "電話", "同行", "情報提供", "会議付議", "見守り")]
METHODS = [(w, w) for w in (
    "来所面談", "訪問", "電話", "メール・オンライン", "同行", "会議", "文書", "所内協議", "見守り確認",
)]  # fmt: skip
STAGES = [
    (w, w) for w in ("把握", "未接触", "接触", "会話", "信頼関係", "支援受入", "つなぎ", "見守り", "終結", "中断")
]
ISSUES = [(w, w) for w in (
    "病気", "けが", "未受診・受診拒否", "服薬管理", "がん・難病", "精神的不調", "依存症", "自死企図・希死念慮", "手帳有", "障害疑い",
    "発達特性", "高次脳機能障害", "要介護", "認知症(疑い含む)", "介護負担", "ダブルケア", "ヤングケアラー", "老老・認認介護", "育児不安",
    "不登校", "発達の気がかり", "非行", "児童虐待(疑い)", "養育困難", "特定妊婦", "経済的困窮", "滞納", "債務", "家計管理", "食料なし",
    "失業", "就職活動困難", "就労定着困難", "中卒・高校中退", "識字・理解", "住まい不安定", "ホームレス", "ごみ屋敷・不衛生", "立退き",
    "ペット多頭飼育", "家族関係", "DV", "高齢者虐待", "障害者虐待", "近隣トラブル", "消費者被害", "権利擁護・成年後見", "ひきこもり",
    "社会的孤立", "身寄りなし", "支援拒否(セルフネグレクト)", "地域との関係", "ひとり親", "外国籍・言語", "刑余者・触法", "被災",
    "その他/制度の狭間",
)]  # fmt: skip
ISSUE_STATES = [(w, w) for w in ("疑い", "確認", "改善", "解消")]
CLOSING_REASONS = [(w, w) for w in (
    "課題の整理・役割分担が確立", "課題解決", "制度・機関へ引継ぎ", "長期入院・入所", "本人辞退", "連絡不能", "その他",
)]  # fmt: skip
SUSPENSIONS = [(w, w) for w in ("連絡不能", "本人辞退", "入院・入所", "転出予定")]
REOPENINGS = [(w, w) for w in ("再悪化", "新課題", "再相談")]
CONSENT_NOW = [("STANDS", "同意は続いている"), ("RENEW", "取り直した"), ("NONE", "同意はない")]
FOLLOW_UPS = [(w, w) for w in ("安定", "不安", "再悪化", "連絡不能")]
FORMS = [("WRITTEN", "書面"), ("ORAL", "口頭（立ち会いの記録あり）")]
NEED = [("要", "要"), ("不要", "不要")]
ITEM_KINDS = [(w, w) for w in (
    "情報共有・支援体制検討", "初回プラン適切性", "モニタリング", "再プラン", "終結評価", "つなぎもどし", "資源開発", "緊急対応",
)]  # fmt: skip
ATTAINED = [(w, w) for w in ("達成", "一部達成", "未達成", "中止")]
CHANGES = [(w, w) for w in (
    "生活保護適用", "住まいの確保・安定", "医療機関受診開始", "健康状態の改善", "障害手帳取得", "自立意欲の向上・改善", "孤立の解消",
    "精神の安定", "債務の整理", "家計の改善", "就労開始(一般/中間的)", "就労収入増加", "職場定着", "対人関係・家族関係の改善",
    "生活習慣の改善", "社会参加機会の増加", "支援受入れの開始", "関係機関の役割分担確立", "主担当機関の確定", "居場所・参加先の定着",
    "虐待リスク低減", "進学・登校の改善", "その他", "変化なし",
)]  # fmt: skip
BURDEN = [(str(n), str(n)) for n in range(1, 6)]
REVIEWS = [(w, w) for w in ("正当", "不当", "要改善")]


def said(noun: str, label: str, day: str = "") -> About:
    """Say above the form what an act is about: `label` its words, `day` its day."""

    def lines(by: Asker, target_id: UUID, today: dt.date) -> list[tuple[str, str]]:
        found = choices.things(noun, target_id)
        return [
            pair for one in found for pair in ((label, one.text), (day, wareki(one.day) if one.day else "")) if pair[1]
        ]

    return lines


def agencies(by: Asker, target: Target) -> Sequence[Choice]:
    """All agencies that may be asked today."""
    return choices.agencies(by)


def other_agencies(by: Asker, target: Target) -> Sequence[Choice]:
    """The agencies that may be asked today, without one's own."""
    return [one for one in choices.agencies(by) if one.value != str(by.agency)]


def staff(by: Asker, target: Target) -> Sequence[Choice]:
    """Everybody with a post today."""
    return choices.staff(by)


def colleagues(by: Asker, target: Target) -> Sequence[Choice]:
    """Everybody with a post today but oneself."""
    return [one for one in choices.staff(by) if one.value != str(by.staff)]


def own_staff(by: Asker, target: Target) -> Sequence[Choice]:
    """Everybody with a post today in one's own agency."""
    return choices.own_staff(by)


def people(by: Asker, target: Target) -> Sequence[Choice]:
    """The people of the household whom the asker sees."""
    return target.people


def everybody(by: Asker, target: Target) -> list[str]:
    """All of them ticked."""
    return [one.value for one in target.people]


def somebody(by: Asker, target: Target) -> str:
    """The first of them chosen."""
    return target.people[0].value if target.people else ""


def phones(by: Asker, target: Target) -> Sequence[Choice]:
    """The telephone numbers of the household's people that the asker may see."""
    return choices.phones([UUID(one.value) for one in target.people])


def plans(by: Asker, target: Target) -> Sequence[Choice]:
    """The plans of the case."""
    return choices.plans(target.case)


def case_items(by: Asker, target: Target) -> Sequence[Choice]:
    """The agenda items about the case."""
    return choices.case_items(target.case)


def case_records(by: Asker, target: Target) -> Sequence[Choice]:
    """The records of the case that may be put on an item."""
    return [
        Choice(one.id, f"{one.day}　{words.KINDS[one.kind]}　{one.begins}".rstrip())
        for one in choices.case_records(target.case)
    ]


def reached(by: Asker, target: Target) -> Sequence[Choice]:
    """The agencies that a consent of the household reaches today."""
    return choices.reached(target.case)


def unseen(by: Asker, target: Target) -> Sequence[Choice]:
    """The people of the household whom the secretariat may name without seeing who they are."""
    return choices.unseen(by, target.case)


def own_records(by: Asker, target: Target) -> Sequence[Choice]:
    """One's agency's own records that could answer a request."""
    return requests.own_records(by, target.id) if target.id else []


def agreed(by: Asker, target: Target) -> str:
    """What was agreed at an item, one line each, to begin a summary with."""
    return "\n".join(choices.agreed_at(target.id)) if target.id else ""


def conferences(by: Asker, target: Target) -> Sequence[Choice]:
    """The town's conferences."""
    return choices.conferences(by)


def sittings(by: Asker, target: Target) -> Sequence[Choice]:
    """The sittings that are summoned and not yet held."""
    return choices.coming_sittings(by)


def hosts(by: Asker, target: Target) -> Sequence[Choice]:
    """The places that take people in."""
    return choices.resources(by)


def unassessed(by: Asker, target: Target) -> Sequence[str]:
    """T03, T06: to sort and to offer goes better with an assessment, and goes without one."""
    told = "アセスメント（課題と見立て）が、まだ書かれていません。先に書くと、判断しやすく、相手にも伝わります。このまま進めることもできます。"
    return () if target.case is None or choices.was_assessed(target.case) else (told,)


def locked(by: Asker, target: Target) -> Sequence[str]:
    """F08: what an older note says is not taken back any more."""
    told = (
        "この記録は、町の決めた日数を過ぎたので、訂正の線は引きません。書いたことは、追記として元の記録の下に残ります。"
    )
    return (told,) if target.id and choices.note_is_locked(target.id) else ()


def gaps(by: Asker, target: Target) -> Sequence[Choice]:
    """The gaps that no resource has closed yet."""
    return choices.gaps(by)


def retention_classes(by: Asker, target: Target) -> Sequence[Choice]:
    """The retention classes that a case may have in this town."""
    return keepings.classes(by)


def own_agency(by: Asker, target: Target) -> str:
    """One's own agency chosen."""
    return str(by.agency)


def case_id(target: Target) -> UUID:
    """The case of a target that always has one."""
    if target.case is None:
        msg = "this act stands on a case"
        raise LookupError(msg)
    return target.case


def signals(by: Asker, target: Target) -> Sequence[Choice]:
    """The signals of the watch's card, then those that are known everywhere, then その他."""
    return [Choice(one, one) for one in signals_of(watches.signals_of_card(target.id))]
