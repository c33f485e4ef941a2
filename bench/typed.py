"""How a name reaches the keyboard: the differences between what is typed on the telephone note and what the register holds.

Everything here is written from what counters and registers do, not from the product's own tables of characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import jaconv

# Characters of names that a register holds in another form than the one typed: 常用漢字表 with its 康熙字典体, the second
# forms of 人名用漢字別表, and 戸籍統一文字 that a conversion does not offer. Each line is one letter to whoever listens.
FORMS = [
    "斎斉齋齊",
    "辺邊邉",
    "高髙",
    "崎﨑嵜",
    "沢澤",
    "浜濱",
    "島嶋嶌",
    "広廣",
    "国國",
    "桜櫻",
    "吉𠮷",
    "富冨",
    "徳德",
    "恵惠",
    "真眞",
    "竜龍",
    "滝瀧",
    "静靜",
    "清淸",
    "渕淵",
    "栄榮",
    "実實",
    "穂穗",
    "弥彌",
    "瀬瀨",
    "梅楳",
    "松枩",
    "角⻆",
    "土圡",
    "鶴靏",
    "衛衞",
    "慎愼",
    "渋澁",
    "条條",
    "学學",
    "豊豐",
    "関關",
    "館舘",
    "曽曾",
    "来來",
    "巌巖",
    "峰峯",
    "蔵藏",
    "檜桧",
    "灯燈",
    "薮藪",
    "氷冰",
    "蛍螢",
    "霊靈",
    "凛凜",
    "黒黑",
    "奥奧",
    "昇曻",
    "槙槇",
    "遥遙",
    "尭堯",
    "郷鄕",
    "礼禮",
    "亀龜",
    "藤籐",
    "与與",
    "万萬",
    "為爲",
    "晋晉",
]
_SELECTOR = "\U000e0100"
_VOICED = str.maketrans("カキクケコサシスセソタチツテトハヒフヘホ", "ガギグゲゴザジズゼゾダヂヅデドバビブベボ")
_PLAIN = {voiced: plain for plain, voiced in _VOICED.items()}
_ROWS = {
    "ア": "アカサタナハマヤラワガザダバパャ", "イ": "イキシチニヒミリギジビピ", "ウ": "ウクスツヌフムユルグズブプュ",
    "エ": "エケセテネヘメレゲゼデベペ", "オ": "オコソトノホモヨロゴゾドボポョ",
}  # fmt: skip
_LONG = {"ア": "ア", "イ": "イ", "ウ": "ウ", "エ": "エイ", "オ": "オウ"}
_SMALL = str.maketrans("ャュョッ", "ヤユヨツ")


@dataclass(frozen=True)
class Known:
    """A person as the register has them: surname and given name, written and read; `before` is a surname of earlier."""

    id: str
    name: tuple[str, str]
    kana: tuple[str, str]
    before: tuple[str, str] = ("", "")


def in_other_forms(text: str, dice: Random) -> str:
    """Write a name in other forms of its characters, or with a selector; "" where it has no such character."""
    found = {letter: group for group in FORMS for letter in group if letter in text}
    if not found:
        return ""
    for letter, group in found.items():
        text = text.replace(letter, dice.choice([one for one in group if one != letter]))
    return text if dice.random() < 0.85 else text[0] + _SELECTOR + text[1:]


def in_other_voice(kana: str, dice: Random) -> str:
    """Write a reading with one sound voiced that is not, or the other way round; "" where it has no such sound."""
    places = [n for n, letter in enumerate(kana) if n and (ord(letter) in _VOICED or ord(letter) in _PLAIN)]
    if not places:
        return ""
    place = dice.choice(places)
    return kana[:place] + chr({**_VOICED, **_PLAIN}[ord(kana[place])]) + kana[place + 1 :]


def in_other_length(kana: str, dice: Random) -> str:
    """Write one long vowel of a reading with ー, or leave it out; "" where it has none."""
    places = [
        n for n, (before, letter) in enumerate(pairwise(kana), start=1)
        for vowel, row in _ROWS.items() if before in row and letter in _LONG[vowel]
    ]  # fmt: skip
    if not places:
        return ""
    place = dice.choice(places)
    return kana[:place] + dice.choice(("ー", "ー", "")) + kana[place + 1 :]


def in_large(kana: str, _: Random) -> str:
    """Write the small kana of a reading large; "" where it has none."""
    large = kana.translate(_SMALL)
    return large if large != kana else ""


def _hira(text: str) -> str:
    return str(jaconv.kata2hira(text))


def _read(one: Known, dice: Random, change: Callable[[str, Random], str] = lambda kana, _: kana) -> str:
    """Give a reading with a change, in hiragana or katakana, with or without a space; "" where nothing changes."""
    whole = change(" ".join(one.kana), dice)
    typed = whole if dice.random() < 0.2 else _hira(whole)
    return typed.replace(" ", dice.choice((" ", "　", "")))


def _half(one: Known, _: Random) -> str:
    return str(jaconv.z2h(" ".join(one.kana), kana=True))


def _spaced(one: Known, dice: Random) -> str:
    surname, given = one.name if dice.random() < 0.5 else (_hira(one.kana[0]), _hira(one.kana[1]))
    return dice.choice((f"{surname}　{given}", f" {surname}  {given} ", surname + given, f"{given} {surname}"))


def _mixed(one: Known, dice: Random) -> str:
    return one.name[0] + dice.choice(("", " ", "　")) + dice.choice((_hira(one.kana[1]), one.kana[1]))


def _former(one: Known, dice: Random) -> str:
    if not one.before[0]:
        return ""
    gap = dice.choice(("", " "))
    return one.before[0] + gap + one.name[1] if dice.random() < 0.4 else _hira(one.before[1] + gap + one.kana[1])


def _two(one: Known, dice: Random) -> str:
    changes = [in_other_voice, in_other_length, in_large]
    dice.shuffle(changes)
    whole = " ".join(one.kana)
    changed = [found for change in changes[:2] if (found := change(whole, dice)) and (whole := found)]
    return _hira(whole).replace(" ", dice.choice((" ", ""))) if len(changed) == 2 else ""


@dataclass(frozen=True)
class Difference:
    """One way in which what is typed differs: its share in hundredths, why it has that share, and how it is typed."""

    name: str
    share: int
    why: str
    typed: Callable[[Known, Random], str]


DIFFERENCES = (
    Difference("かなだけ", 22, "on the telephone a name is a sound first", _read),
    Difference("漢字のまま", 8, "a referral on paper, copied", lambda one, _: "".join(one.name)),
    Difference("異体字", 18, "a conversion offers the common form, a register holds another", lambda one, d: in_other_forms(" ".join(one.name), d)),
    Difference("濁点", 12, "やまさき and やまざき sound alike on a bad line", lambda one, d: _read(one, d, in_other_voice)),
    Difference("長音", 10, "ゆうこ is said ゆーこ", lambda one, d: _read(one, d, in_other_length)),
    Difference("小さいかな", 4, "old registers hold キヨウコ for キョウコ", lambda one, d: _read(one, d, in_large)),
    Difference("半角カナ", 4, "pasted from the systems of tax and insurance", _half),
    Difference("空白と順", 6, "no rule for the space, and some say the given name first", _spaced),
    Difference("漢字とかな", 6, "the surname is converted, the given name not yet known", _mixed),
    Difference("旧姓", 6, "who married or divorced since is called by the name of before", _former),
    Difference("2つ重なる", 4, "differences do not come one at a time", _two),
)  # fmt: skip


def questions(people: list[Known], count: int, seed: int) -> Iterator[tuple[Difference, Known, str]]:
    """Give so many typed names of these people, each difference by its share: which, of whom, and the text."""
    dice = Random(f"{seed}:typed")  # noqa: S311  a question is no secret
    for difference in DIFFERENCES:
        left = round(count * difference.share / 100)
        for one in dice.sample(people, len(people)):
            if left and (text := difference.typed(one, dice)):
                left -= 1
                yield difference, one, text
