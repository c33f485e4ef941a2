"""Invented names: surnames that nobody bears, with the kana that belong to them, and the characters that hurt."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Surname:
    """A surname as written, as read, and as typed in a login."""

    written: str
    read: str
    typed: str


_BEGINNINGS = (
    "霧 キリ kiri", "潮 シオ shio", "霞 カスミ kasumi", "苔 コケ koke", "蓬 ヨモギ yomogi", "椋 ムク muku",
    "榧 カヤ kaya", "樫 カシ kashi", "朧 オボロ oboro", "霜 シモ shimo", "雫 シズク shizuku", "蔦 ツタ tsuta",
    "葦 アシ ashi", "鴫 シギ shigi", "鷺 サギ sagi", "雁 カリ kari", "渚 ナギサ nagisa", "凪 ナギ nagi",
    "薄 ススキ susuki", "楡 ニレ nire", "栃 トチ tochi", "狐 キツネ kitsune", "梟 フクロウ fukuro", "蛍 ホタル hotaru",
    "虹 ニジ niji", "氷 コオリ kori", "雛 ヒナ hina", "鈴 スズ suzu", "笹 ササ sasa", "藻 モ mo",
)  # fmt: skip
_ENDINGS = (
    "洞 ボラ bora", "窪 クボ kubo", "畝 ウネ une", "谷戸 ヤト yato", "之瀬 ノセ nose", "垣内 カキウチ kakiuchi",
    "杜 モリ mori", "淵 ブチ buchi", "砂 スナ suna", "渡 ワタリ watari", "峠 トウゲ toge", "舞 マイ mai",
    "束 ツカ tsuka", "灯 ヒ hi",
)  # fmt: skip
# Characters outside the first plane, of the compatibility block, and with a selector: they must show and be found.
RARE = (
    Surname("𠮷霧", "ヨシキリ", "yoshikiri"),
    Surname("潮﨑洞", "シオザキボラ", "shiozakibora"),
    Surname("髙雫", "タカシズク", "takashizuku"),
    Surname("葛\U000e0100霞", "クズカスミ", "kuzukasumi"),
    Surname("渡邉窪", "ワタナベクボ", "watanabekubo"),
    Surname("霧ヶ峠", "キリガトウゲ", "kirigatoge"),
)

_OLD_MEN = "源造 ゲンゾウ,清 キヨシ,勇 イサム,茂 シゲル,正雄 マサオ,辰夫 タツオ,実 ミノル,喜一郎 キイチロウ"
_OLD_WOMEN = "とみ トミ,千代 チヨ,文江 フミエ,きよ キヨ,和子 カズコ,ハツ ハツ,静枝 シズエ,光子 ミツコ"
_MEN = "浩二 コウジ,健司 ケンジ,徹 トオル,雅彦 マサヒコ,修 オサム,直樹 ナオキ,隆 タカシ,誠 マコト,大輔 ダイスケ"
_WOMEN = "由美 ユミ,久美子 クミコ,恵 メグミ,真由美 マユミ,美穂 ミホ,千夏 チナツ,明美 アケミ,麻衣 マイ,直子 ナオコ"
_BOYS = "蓮 レン,湊 ミナト,大和 ヤマト,颯太 ソウタ,陽翔 ハルト,悠真 ユウマ,樹 イツキ"
_GIRLS = "結衣 ユイ,凛 リン,陽葵 ヒマリ,芽依 メイ,咲良 サクラ,葵 アオイ,莉子 リコ"
# People with one name only, or with a name in another script and the one they are called by.
FOREIGN = (
    ("Sutini", "", "スティニ", "インドネシア語", "女"),
    ("Tran Bich Van", "", "ヴァンさん", "ベトナム語", "女"),
    ("Marisol", "", "マリソル", "スペイン語", "女"),
    ("Thida", "", "ティダ", "ビルマ語", "女"),
)
_OLD, _GROWN = 62, 20


def surnames(rng: Random) -> list[Surname]:
    """Give some 420 different surnames in the order of the dice, the rare ones early."""
    parts = [(one.split(), two.split()) for one in _BEGINNINGS for two in _ENDINGS]
    rng.shuffle(parts)
    found = [Surname(one[0] + two[0], one[1] + two[1], one[2] + two[2]) for one, two in parts]
    for number, rare in enumerate(RARE):
        found.insert(3 * number + 1, rare)
    return found


def given(rng: Random, *, man: bool, age: int) -> tuple[str, str]:
    """Give a first name and its kana that suit an age."""
    listed = {
        (True, 2): _OLD_MEN, (False, 2): _OLD_WOMEN, (True, 1): _MEN, (False, 1): _WOMEN,
        (True, 0): _BOYS, (False, 0): _GIRLS,
    }[man, (age >= _OLD) + (age >= _GROWN)]  # fmt: skip
    written, read = rng.choice(listed.split(",")).split()
    return written, read
