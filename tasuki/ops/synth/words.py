"""What is written down: sentences over a vocabulary of Zipf's, and marker words of which the count of hits is known."""

from __future__ import annotations

from bisect import bisect
from itertools import accumulate
from random import Random


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FREQUENT = _listed(
    "本人 母 家族 体調 受診 家計 訪問 電話 面談 支払い 食事 睡眠 通院 薬 介護 買い物 掃除 仕事 学校 近所 "
    "父 長男 長女 妻 夫 兄 祖母 年金 家賃 手当 書類 窓口 申請 保険証 通帳 借入れ 督促 水道 電気 ガス "
    "主治医 ケアマネジャー 保健師 民生委員 担任 大家 職場 作業所 デイサービス ヘルパー 配食 見守り 散歩 庭 猫 犬 "
    "部屋 台所 浴室 玄関 布団 着替え 入浴 転倒 眠気 不安 怒り 笑顔 沈黙 約束 予定 来週 来月 朝 夜 昼 週末 連休 "
    "検査 入院 退院 服薬 診断 手帳 認定 更新 契約 引越し 相談 同行 送迎 練習 見学 体験 求人 面接 履歴書 運転 自転車"
)
_HEADS = _listed(
    "受診 家計 就労 配食 通所 服薬 住まい 学習 送迎 金銭 入浴 訪問 電話 書類 食料 家事 育児 介護 債務 生活 健康 "
    "登校 進路 年金 医療 福祉 地域 夜間 緊急 休日"
)
_TAILS = _listed(
    "記録 計画 相談 調整 確認 見直し 準備 手続 予定 支援 記入 連絡 付添い 教室 当番 仲間 目標 費用 書式 面接 日程 "
    "仕分け 引継ぎ 説明 勉強 工夫 変化 負担 希望 不足"
)
WORDS = _FREQUENT + tuple(head + tail for tail in _TAILS for head in _HEADS)
_UP_TO = list(accumulate(1 / (place + 2.7) for place in range(len(WORDS))))
_SENTENCES = (
    "{}のことを聞く。", "{}と{}を確かめた。", "{}は変わりない。", "{}について{}へ伝えた。", "{}の話になると表情がやわらぐ。",
    "次回は{}を一緒に見る。", "{}が気がかりとのこと。", "{}は{}のあとに考えたいと言う。", "{}を手伝う。", "{}に時間がかかった。",
    "{}の用紙を渡し、{}を説明した。", "「{}は自分でやってみる」と話す。", "{}がうまくいった。", "{}は先に延ばした。",
    "{}の都合で{}を変えた。", "{}の様子を{}から聞いた。", "{}に声をかける。", "{}を約束して別れた。", "{}は落ち着いている。",
)  # fmt: skip
_OPINIONS = (
    "急がず、次に会う約束を優先する。", "{}から始めるのがよい。", "{}の負担が続いている。", "{}を本人のことばで聞きたい。",
    "{}と{}は分けて考える。",
)  # fmt: skip
# A sentence more is written while the text is shorter than this many letters: 60 to 80 come of it on average.
SHORTEST, USUAL, LONGEST = 25, 60, 95
# word → how many records have it, where that does not grow with the world …
MARKED = {"琥珀色の鍵": 0, "瑠璃色の鍵": 1, "珊瑚色の鍵": 50, "翡翠色の鍵": 500}
# … and of which share of the cases one record has it: with ten records a case, a tenth and a thousandth of all records.
SHARED = {"鈍色の鍵": 1, "真珠色の鍵": 100}
ENTRIES = 10


def word(dice: Random) -> str:
    """Throw a word: the frequent ones come often, the others seldom."""
    return WORDS[bisect(_UP_TO, dice.random() * _UP_TO[-1])]


def _sentence(dice: Random, forms: tuple[str, ...]) -> str:
    form = dice.choice(forms)
    return form.format(word(dice), word(dice)) if "{" in form else form


def told(dice: Random) -> str:
    """Write what happened, in some 68 letters."""
    wanted, text = dice.triangular(SHORTEST, LONGEST, USUAL), ""
    while len(text) < wanted:
        text += _sentence(dice, _SENTENCES)
    return text


def thought(dice: Random) -> str:
    """Write an opinion of one sentence."""
    return _sentence(dice, _OPINIONS)


def markers(case: int, cases: int) -> list[str]:
    """List the marker words of one case, each for another of its records."""
    found = [mark for mark, every in SHARED.items() if case % every == 0]
    for mark, hits in MARKED.items():
        full, more = divmod(hits, cases)
        # The cases that have one more lie evenly over the world.
        found += [mark] * (full + (case * more // cases != (case + 1) * more // cases))
    return found


def marked(text: str, mark: str) -> str:
    """Put a marker word into a text."""
    return f"{text}{mark}を預かった。"
