"""Names for many: invented surnames, some far more frequent than others, and given names put together of read parts."""

from __future__ import annotations

from bisect import bisect
from itertools import accumulate
from random import Random

from tasuki.ops.town.names import Surname, surnames

type Read = tuple[str, str]
"""As written, as read."""


def _parts(text: str) -> tuple[Read, ...]:
    return tuple((one.split("/")[0], one.split("/")[1]) for one in text.split())


# (men, older than thirty) → beginnings and endings of a given name; each part is always read in one way.
PARTS: dict[tuple[bool, bool], tuple[tuple[Read, ...], tuple[Read, ...]]] = {
    (True, True): (
        _parts(
            "健/ケン 浩/コウ 賢/ケン 雄/ユウ 誠/セイ 真/シン 信/ノブ 正/マサ 和/カズ 義/ヨシ 秀/ヒデ 幸/ユキ 俊/トシ 康/ヤス "
            "光/ミツ 孝/タカ 文/フミ 昭/アキ 茂/シゲ 武/タケ 忠/タダ 春/ハル 邦/クニ 宗/ムネ 定/サダ 久/ヒサ"
        ),
        _parts("一/イチ 二/ジ 三/ゾウ 夫/オ 雄/オ 男/オ 彦/ヒコ 樹/キ 人/ト 之/ユキ 太/タ 介/スケ 司/シ 明/アキ"),
    ),
    (False, True): (
        _parts(
            "和/カズ 幸/サチ 道/ミチ 文/フミ 節/セツ 陽/ヨウ 順/ジュン 智/トモ 敏/トシ 千恵/チエ 由紀/ユキ 真由/マユ 佳/カ "
            "里/サト 奈緒/ナオ 良/ヨシ 静/シズ 光/ミツ 清/キヨ 房/フサ 朝/アサ 春/ハル 秋/アキ 美/ミ"
        ),
        _parts("子/コ 美/ミ 江/エ 代/ヨ 枝/エ 香/カ 恵/エ 乃/ノ 栄/エイ 世/セ"),
    ),
    (True, False): (
        _parts(
            "蒼/ソウ 悠/ユウ 陽/ハル 湊/ミナ 颯/ソウ 航/コウ 律/リツ 奏/カナ 結/ユイ 朝/アサ 暖/ハル 凪/ナギ 樹/イツ 岳/ガク"
        ),
        _parts("太/タ 真/マ 斗/ト 介/スケ 翔/ト 希/キ 生/キ 也/ヤ 仁/ヒト 音/ネ"),
    ),
    (False, False): (
        _parts(
            "結/ユ 心/ココ 莉/リ 彩/アヤ 陽/ヒ 美/ミ 琴/コト 花/ハナ 咲/サ 芽/メ 凛/リン 柚/ユズ 紗/サ 優/ユウ 千/チ"
        ),
        _parts("奈/ナ 菜/ナ 花/カ 音/ネ 乃/ノ 月/ツキ 羽/ハ 依/イ 葉/ハ 良/ラ"),
    ),
}
# Surnames that are written in several ways, or that differ by a voiced or a long sound alone: a search must tell them apart.
VARIED = _parts(
    "斎窪/サイクボ 斉窪/サイクボ 齋窪/サイクボ 齊窪/サイクボ 渡辺峠/ワタナベトウゲ 渡邊峠/ワタナベトウゲ 渡邉峠/ワタナベトウゲ "
    "高霜/タカシモ 髙霜/タカシモ 山崎灯/ヤマサキビ 山﨑灯/ヤマザキビ 浜畝/ハマウネ 濱畝/ハマウネ 沢雫/サワシズク 澤雫/サワシズク "
    "島谷戸/シマヤト 嶋谷戸/シマヤト 広霞/ヒロカスミ 廣霞/ヒロカスミ 大野束/オオノツカ 小野束/オノツカ 古賀洞/コガボラ 河賀洞/コウガボラ"
)
GROWN = 30
# Weights 1 / (16 + place): the most frequent name has 1.9 % of the households, as the most frequent one in Japan has 1.5 %.
SKEW = 16


class Surnames:
    """The surnames of a world in the order of its seed, the most frequent first."""

    def __init__(self, seed: int) -> None:
        self.listed: list[Surname] = surnames(Random(f"{seed}:surnames"))  # noqa: S311  a world is no secret
        for number, (written, read) in enumerate(VARIED):
            self.listed.insert(3 * number + 2, Surname(written, read, ""))
        self._up_to = list(accumulate(1 / (SKEW + place) for place in range(len(self.listed))))

    def one(self, dice: Random) -> Surname:
        """Throw the surname of a household."""
        return self.listed[bisect(self._up_to, dice.random() * self._up_to[-1])]


def given(dice: Random, *, man: bool, age: int) -> Read:
    """Throw a given name that suits an age, with the kana that belong to its kanji."""
    beginnings, endings = PARTS[man, age >= GROWN]
    first, last = dice.choice(beginnings), dice.choice(endings)
    return first[0] + last[0], first[1] + last[1]
