"""はじめての方へ: five steps for each kind of work, each leading to the page where it is done."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from tasuki.rules.permission import P


@dataclass(frozen=True)
class Step:
    """One step: what one does, why so, and the address of its page."""

    title: str
    why: str
    href: str
    link: str


TODAY = Step(
    "今日を開く", "あなたを待っているものだけが、時計の順に並びます。何もなければ、何もないと出ます。", "/", "今日"
)
NOTE = Step(
    "受付メモを書く",
    "まず聞いたことを。書くそばから保存され、どの端末からも続きが書けます。名前が分からなくても受けられます。",
    "/consultations/new/",
    "受付メモ",
)
HOUSEHOLDS = Step(
    "世帯のページを見る",
    "左に家族図、まんなかに経過、右にたすき。右上の「見える根拠」は、なぜこの世帯が見えているかです。",
    "/households/",
    "世帯",
)
REFERRALS = Step(
    "つなぎに答える",
    "受ける・一緒に受ける・助言を添えて戻す。答えるまで、たすきは相手にあります。",
    "/referrals/",
    "つなぎ",
)
CONFERENCES = Step(
    "会議の画面を開く",
    "議題ごとに一枚の紙がひとりでにできています。決めたことは、だれが・何を・いつまで。",
    "/conferences/",
    "会議",
)
WATCHES = Step("見守りの輪を見る", "最後の連絡から何日か。静かすぎる人が、先頭に出ます。", "/watches/", "見守り")
RESOURCES = Step(
    "場所と人をさがす", "確かめてから日がたったものが、赤いしるしで先に出ます。", "/resources/", "地域・資源"
)
FIGURES = Step(
    "数字を押してみる", "どの数字も、押すともとの行が開きます。定義は数字のそばにあります。", "/figures/", "数字"
)
SETTINGS = Step(
    "自治体のやり方を見る",
    "圏域・機関・役割・時計・ことば。変えるたびに理由を書き、前の姿は残ります。",
    "/settings/",
    "設定",
)
STAFF = Step("人事異動を入れる", "先の日付でまとめて。たすきを持つ人には後任が要ります。", "/staff/", "人事異動")
EMERGENCIES = Step(
    "緊急閲覧を審査する",
    "開かれたら1営業日のうちに。審査されていないものが先頭に出ます。",
    "/emergencies/",
    "緊急閲覧の審査",
)
READS = Step(
    "だれが見たかを調べる",
    "氏名の全部と生年月日から、いつ・だれが・どの根拠で見たかが出ます。",
    "/reads/",
    "閲覧の記録",
)

WAYS: Sequence[tuple[AbstractSet[str], Sequence[Step]]] = (
    ({P.PRIV}, (EMERGENCIES, READS, TODAY)),
    ({P.ADMIN}, (SETTINGS, STAFF, TODAY)),
    ({P.MGR}, (FIGURES, RESOURCES, TODAY)),
    ({P.COORD, P.CHAIR}, (TODAY, REFERRALS, HOUSEHOLDS, CONFERENCES, FIGURES)),
    ({P.CITY}, (TODAY, HOUSEHOLDS, CONFERENCES, FIGURES)),
    ({P.COMM, P.PART}, (TODAY, RESOURCES, HOUSEHOLDS, NOTE)),
    ({P.OUT}, (TODAY, HOUSEHOLDS, WATCHES, NOTE)),
    ({P.FIRST, P.DESK}, (TODAY, NOTE, HOUSEHOLDS, REFERRALS, WATCHES)),
)  # fmt: skip


def steps_for(sets: AbstractSet[str]) -> Sequence[Step]:
    """Return the steps for the first kind of work that a post has; a partner's are to look and to be called."""
    return next((steps for kinds, steps in WAYS if sets & kinds), (TODAY, CONFERENCES))
