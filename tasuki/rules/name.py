"""The room of names: the keys under which a person is found, however the name is typed.

Keys are for finding only. What is stored and shown keeps every character as it was received;
two names with one key are two names.
"""

import re
import unicodedata
from bisect import bisect_right
from itertools import zip_longest

from tasuki.rules.calendar import Unread, read_born

# Voicing marks written apart, which NFKC would turn into "space + mark".
_LOOSE_MARKS = str.maketrans({"゛": "\u3099", "゜": "\u309a"})
# Same sound, other letter. Before the voicing is stripped: afterwards ヂ would be チ, not シ.
_SAME_SOUND = str.maketrans("ヂヅヰヱヲヸヹヺ", "ジズイエオイエオ")
_SMALL = str.maketrans(
    "ァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ",
    "アイウエオツヤユヨワカケクシストヌハヒフヘホムラリルレロ",
)
_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_MARKS = re.compile("[\u0300-\u036f\u3099\u309a]")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_KANJI = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々]"
_GA_BETWEEN = re.compile(f"(?<={_KANJI})[ケカ](?={_KANJI})")
_REPEATED = re.compile(f"({_KANJI})々")
# What stands between two words, and the runs of one script.
_BETWEEN = re.compile(r"[\s,、/()]+")
_HALF_TYPED = re.compile("(?<=[ぁ-ヿ])[a-z]{1,3}$")
_SCRIPTS = re.compile(f"{_KANJI}+|[^{_KANJI[1:-1]}]+")

# One line per kept character: the forms behind it are found by it and find it. Old forms
# (旧字体) and register forms (戸籍統一文字) of name characters; a pair stands here when staff
# at a counter take one for the other. Two entries join more than strict lexicography would:
# 斉 also gathers 斎 齋 (さいとう), and 島 gathers 嶋 嶌. A wrong extra hit costs a glance,
# a person not found costs a second register entry.
VARIANTS = """
吉𠮷 崎﨑嵜㟢 高髙 辺邉邊 斉齊斎齋 沢澤 浜濱濵 広廣 国國 島嶋嶌 富冨 徳德 黒黑 恵惠 真眞 桜櫻
竜龍 滝瀧 蔵藏 条條 学學 実實 寿壽 栄榮 会會 桧檜 槙槇 曽曾 増增 渕淵 静靜 清淸 遥遙 尭堯 館舘
柳栁 桑桒 芦蘆 万萬 与與 弥彌 祢禰 豊豐 橋𣘺槗 鴎鷗 秋穐龝 昇曻 昂昻 円圓 頼賴 亘亙 薫薰 団團
来來 児兒 仏佛 関關 鉄鐵鐡 戸戶 内內 両兩 単單 図圖 壮壯 厳嚴 将將 応應 恋戀 収收 叙敍 数數
暁曉 楽樂 横橫 歩步 歴歷 毎每 気氣 渓溪 灯燈 狭狹 献獻 画畫 礼禮 稲稻 穣穰 並竝 粋粹 糸絲 県縣
聡聰 声聲 芸藝 処處 装裝 観觀 譲讓 予豫 売賣 転轉 遅遲 郷鄕 医醫 釈釋 録錄 鎮鎭 双雙 霊靈 顕顯
駅驛 髪髮 鶏鷄 塩鹽 麦麥 黄黃 黙默 齢齡 亀龜 奥奧 寛寬 専專 岳嶽 峰峯 巌巖 庁廳 彦彥 摂攝 晋晉
野埜 壱壹 船舩 緒緖 緑綠 縄繩 荘莊 萌萠 薮藪 村邨 間閒 雁鳫 巻卷 舎舍 即卽 戻戾 抜拔 払拂 沖冲
涼凉 凛凜 温溫 湾灣 満滿 浅淺 潜潛 瀬瀨 焼燒 状狀 独獨 産產 経經 継繼 総總 繊纖 翠翆 聴聽 茎莖
蛍螢 覚覺 誉譽 読讀 賛贊 践踐 辞辭 郎郞 酔醉 銭錢 随隨 隠隱 隣鄰 雑雜 青靑 餅餠 駆驅 麹麴
弁辨瓣辯 台臺 喜㐂 侠俠 剣劍劔 勅敕 勲勳 勧勸 参參 園薗 圧壓 変變 宝寶 尽盡 届屆 属屬 帯帶 帰歸
弾彈 従從 悦悅 懐懷 戦戰 担擔 拠據 拡擴 挙擧 旧舊 昼晝 枢樞 栃杤 検檢 楼樓 権權 欧歐 残殘 殻殼
済濟 渋澁 湿濕 点點 為爲 瑶瑤 甞嘗 番畨 発發 穂穗 慎愼 衛衞 巣巢 当當 様樣 恒恆 絵繪 姫姬 嬢孃 奨獎
土圡 角⻆ 鶴靍靏靎 猪豬 映暎 壷壺 晃晄 熙煕凞 冴冱 兎兔 籠篭 桝枡 畑畠 讃讚 鴬鶯 莱萊 蛎蠣 頚頸 禅禪 悳惪
松枩柗 杉椙 哲喆 梅楳 坂阪 苅刈 蓑簑 峡峽 寝寢 栖棲 柏栢 舗舖 塁壘 姉姊 挿插 揺搖 既旣 暦曆 桟棧 湧涌 焔焰
獣獸 皋皐 砺礪 祷禱 禄祿 稚穉 穏穩 竈竃 艶艷 蒋蔣 蚕蠶 詠咏 迩邇 醤醬 闘鬪 靭靱 頬頰 顔顏 験驗 鼓皷 氷冰
"""


def _variant_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for group in VARIANTS.split():
        table |= {ord(other): group[0] for other in group[1:]}
    return table


_VARIANT = _variant_table()


def fold(text: str) -> str:
    """Make the key of a name: equal for every usual way of typing it, "" when nothing is left.

    NFKC → lower case → カタカナ → same sound, one letter → voicing and accents off → small kana
    large → variant 漢字 to one form → marks, dashes and spaces off. ﾔﾏﾀﾞ ﾀﾛｳ = やまたたろう,
    キョウコ = きようこ, コーイチ = コイチ, 葛󠄀霞 = 葛霞. Between two 漢字 ヶ ケ が ガ カ are one.
    The result holds neither % nor _ nor a backslash, so it can stand in a LIKE pattern.
    """
    plain = unicodedata.normalize("NFKC", _SELECTORS.sub("", text).translate(_LOOSE_MARKS))
    kana = plain.lower().translate(_HIRAGANA).translate(_SAME_SOUND)
    bare = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", kana)))
    letters = bare.translate(_SMALL).translate(_VARIANT)
    kept = "".join(letter for letter in letters if _counts(letter))
    twice = _REPEATED.sub(r"\1\1", kept)
    return _GA_BETWEEN.sub("ケ", twice)


def _counts(letter: str) -> bool:
    return letter not in "ー〜～" and unicodedata.category(letter)[0] in "LNM"


def phone_digits(text: str) -> str:
    """Keep the digits of a telephone number; +81 becomes the leading 0."""
    plain = unicodedata.normalize("NFKC", text)
    digits = re.sub(r"\D", "", plain, flags=re.ASCII)
    return "0" + digits[2:] if plain.strip().startswith("+81") else digits


def search_keys(name: str, kana: str = "", alias: str = "", phone: str = "", born: str = "") -> list[str]:
    """List everything a person is found by, as keys to be compared by substring; no empty ones.

    A name's key is its fold. A 通称 or 旧姓 stands also before the given name, 漢字 before 漢字 and かな before かな:
    「潮窪（シオクボ）」 finds 霧洞 花子 as 潮窪花子 and as シオクボハナコ. A telephone's key ends with ";", so that a
    query for its last digits cannot hit the middle; a birth's key starts with "=": 「=19430502」 (unknown parts 00).
    """
    keys = [fold(word) for word in (name, kana, alias)]
    called = _words(alias)
    keys += called + [word + fold(given) for word in called if (given := _given(kana if _sounds(word) else name))]
    if digits := phone_digits(phone):
        keys.append(digits + ";")
    if born:
        keys.append("=" + born.replace("-", ""))
    return list(dict.fromkeys(key for key in keys if key))


def _given(name: str) -> str:
    """Give what stands behind the surname, "" where nothing is set apart."""
    return "".join(name.split()[1:])


def _sounds(key: str) -> bool:
    """Whether a key is written in kana alone."""
    return all("ア" <= letter <= "ン" for letter in key)


def _words(text: str) -> list[str]:
    """List the folded words of a text, in its order."""
    return [key for word in _BETWEEN.split(unicodedata.normalize("NFKC", text)) if (key := fold(word))]


def query_keys(text: str) -> list[str]:
    """List the keys a search text may mean, the likeliest first; [] finds nothing, never everything.

    A text of four digits or more is a telephone tail; a text that reads as a day is a birth;
    every text with a letter is a name, and two words are one in either order. Figures alone are no name:
    they would hit the middle of a number, and with it people nobody asked for.
    """
    keys: list[str] = []
    born = read_born(text)
    if not isinstance(born, Unread):
        known = born.removesuffix("-00").removesuffix("-00")
        keys.append("=" + known.replace("-", ""))
    plain = unicodedata.normalize("NFKC", text)
    digits = phone_digits(text)
    if len(digits) >= 4 and re.fullmatch(r"[\d\s()+‐‑–—−-]+", plain):
        keys.append(digits + ";")
    if (key := fold(text)) and not key.isdecimal():
        keys.append(key)
        if len(words := _words(text)) == 2 and not any(word.isdecimal() for word in words):
            keys.append(words[1] + words[0])
    return list(dict.fromkeys(keys))


def typed_so_far(text: str) -> str:
    """Give a text without the Latin letters of a kana that is still being typed: やまだh → やまだ."""
    return _HALF_TYPED.sub("", unicodedata.normalize("NFKC", text).strip())


def query_key(text: str) -> str:
    """Give the likeliest key of a search text, "" when there is none."""
    return next(iter(query_keys(text)), "")


def query_words(text: str) -> list[str]:
    """List the folded words of a search text that together find somebody; [] finds nothing.

    Words are set apart by spaces, or where 漢字 and かな meet (潮窪はなこ). A word of four figures or more is a telephone
    tail; shorter figures make the whole text find nothing.
    """
    words = _words(text)
    if len(words) == 1:
        words = [key for part in _SCRIPTS.findall(_SELECTORS.sub("", text)) if (key := fold(part))]
    if any(word.isdecimal() and len(word) < 4 for word in words):
        return []
    return [word + ";" if word.isdecimal() else word for word in dict.fromkeys(words)]


def likeness(text: str, *names: str) -> int:
    """Count in how many letters a search text differs from the nearest of these names: 0 is the same spelling.

    Here ザ and サ, 齊 and 斉, ー and ウ are different letters; spaces, width and かな or カナ are not.
    """
    typed = _spelling(text)
    return min((_apart(typed, _spelling(name)) for name in names if name), default=len(typed))


def _apart(one: str, other: str) -> int:
    return sum(a != b for a, b in zip_longest(one, other))


def _spelling(text: str) -> str:
    kana = unicodedata.normalize("NFKC", text.translate(_LOOSE_MARKS)).lower().translate(_HIRAGANA)
    return "".join(letter for letter in kana if letter == "ー" or unicodedata.category(letter)[0] in "LNM")


def sort_key(kana: str) -> tuple[str, str]:
    """Orders names by 五十音; equal keys by the text itself, so that an order is always the same."""
    return fold(kana), kana


ROWS = tuple("あかさたなはまやらわ")
OTHER_ROW = "他"
_STARTS = "アカサタナハマヤラワ"


def row_of(kana: str) -> str:
    """Give the あかさたな row of a フリガナ; 「他」 for what has none."""
    first = fold(kana)[:1]
    if not "ア" <= first <= "ン":
        return OTHER_ROW
    return ROWS[bisect_right(_STARTS, first) - 1]
