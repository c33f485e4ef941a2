"""Families that are hard to draw, made by hand; every one of them is invented."""

from __future__ import annotations

from collections.abc import Callable

from tasuki.pictures.family import Bond, BondState, Family, Feeling, FeelingKind, Member, Union

MADE: dict[str, tuple[str, Callable[[], Family]]] = {}  # by a plain name: the title in Japanese, and the family


def one(id_: str, name: str, sex: str, age: int | str = "", parents: str = "", signs: str = "", *states: str) -> Member:
    """Make one member; `signs`: 本 subject, 鍵 key person, 同 lives here, 故 died, 養 adopted, 胎 unborn, 双 twin."""
    died = "没" if "故" in signs else ""
    return Member(
        id_, name, sex=sex, born=f"{2026 - age}" if isinstance(age, int) else "", died=died,
        age_text="" if died or "胎" in signs else str(age) or "?", states=states, is_subject="本" in signs,
        key_person="鍵" in signs, lives_here="同" in signs, unborn="胎" in signs, adopted="養" in signs,
        twins="t" if "双" in signs else "", parents=tuple(parents.split()),
    )  # fmt: skip


def tie(pair: str, words: str = "", custody: str = "", order: int = 0) -> Union:
    """Make one union; `words`: 内縁, 別居, 離婚."""
    first, second = pair.split()
    state = next((one for one in BondState if one and one in words), BondState.TOGETHER)
    return Union(first, second, Bond.COMMON_LAW if "内縁" in words else Bond.MARRIED, state, order, custody)


def family(name: str) -> Callable[[Callable[[], Family]], Callable[[], Family]]:
    """Keep a family under a name in Japanese."""

    def keep(make: Callable[[], Family]) -> Callable[[], Family]:
        MADE[make.__name__.replace("_", "-")] = name, make
        return make

    return keep


@family("離婚と再婚、子は母の親権")
def remarried() -> Family:
    """A man between two wives, each with children."""
    return Family(
        (
            one("m", "架空 太郎", "男", 45, "", "本同", "休職中"), one("w1", "朧沢 花", "女", 43),
            one("w2", "架空 月", "女", 38, "", "同"), one("a", "朧沢 一", "男", 17, "m w1", "", "不登校"),
            one("b", "朧沢 二葉", "女", 14, "m w1"), one("c", "架空 三", "男", 5, "m w2", "同"),
            one("d", "架空 四葉", "女", 2, "m w2", "同"),
        ),
        (tie("m w1", "離婚", "w1", 0), tie("m w2", order=1)),
    )  # fmt: skip


@family("三度の結婚、それぞれに子")
def thrice() -> Family:
    """Three unions of one man; the present wife brings a child."""
    return Family(
        (
            one("m", "架空 太郎", "男", 58, "", "本同"), one("w1", "霞坂 春", "女", 57), one("w2", "霞坂 夏", "女", 50),
            one("w3", "架空 秋", "女", 41, "", "同鍵"), one("a", "霞坂 一", "男", 33, "m w1"),
            one("b", "霞坂 二", "女", 30, "m w1"), one("c", "霞坂 三", "女", 21, "m w2"),
            one("d", "架空 四", "男", 9, "m w3", "同", "発達相談"), one("e", "朧沢 五", "女", 16, "w3 x", "同"),
            one("x", "朧沢 冬", "男", 44),
        ),
        (
            tie("m w1", "離婚", "w1", 0), tie("m w2", "離婚", "w2", 1), tie("m w3", "", "", 2),
            tie("x w3", "離婚", "w3", 0),
        ),
    )  # fmt: skip


@family("内縁の夫と妻の連れ子")
def common_law() -> Family:
    """A common-law couple, her children of a divorced marriage, their own baby."""
    return Family(
        (
            one("m", "月代 剛", "男", 36, "", "同", "無職"), one("w", "架空 蘭", "女", 34, "", "本同", "就労中"),
            one("x", "架空 正", "男", 40), one("a", "架空 一", "男", 12, "x w", "同"),
            one("b", "架空 二葉", "女", 9, "x w", "同"), one("c", "架空 三", "男", 1, "m w", "同"),
            one("u", "胎児", "", "", "m w", "同胎"),
        ),
        (tie("x w", "離婚", "w", 0), tie("m w", "内縁", "", 1)),
    )  # fmt: skip


@family("養子と里子の迎え入れ")
def adopted() -> Family:
    """Adopted children beside a born one."""
    return Family(
        (
            one("m", "架空 太郎", "男", 52, "", "同"), one("w", "架空 花", "女", 50, "", "本同鍵"),
            one("a", "架空 一", "男", 20, "m w", "養"), one("b", "架空 二葉", "女", 15, "m w", "同"),
            one("c", "架空 三葉", "女", 8, "m w", "同養", "里親委託から"),
        ),
        (tie("m w"),),
    )  # fmt: skip


@family("双子と三つ子")
def twins() -> Family:
    """Twins above, triplets below."""
    return Family(
        (
            one("g", "架空 源", "男", 70), one("h", "架空 ハナ", "女", 68),
            one("m", "架空 太郎", "男", 40, "g h", "同双"), one("n", "架空 次郎", "男", 40, "g h", "双"),
            one("w", "架空 月", "女", 39, "", "本同", "産後うつ"), one("s", "架空 兄太", "男", 6, "m w", "同"),
            one("a", "架空 一", "男", 1, "m w", "同双"), one("b", "架空 二葉", "女", 1, "m w", "同双"),
            one("c", "架空 三", "男", 1, "m w", "同双"),
        ),
        (tie("g h"), tie("m w")),
    )  # fmt: skip


@family("三世代、それぞれに複数の相手")
def three_generations() -> Family:
    """Grandfather and mother each with two partners."""
    return Family(
        (
            one("g", "架空 源", "男", 78, "", "", "要介護1"), one("h1", "架空 ハナ", "女", "", "", "故"),
            one("h2", "架空 トメ", "女", 70), one("w", "架空 蘭", "女", 50, "g h1", "本同"),
            one("u", "架空 弟一", "男", 47, "g h1"), one("v", "架空 異母", "女", 35, "g h2"),
            one("x", "霞坂 一郎", "男", 52), one("y", "朧沢 二郎", "男", 45, "", "同"),
            one("a", "霞坂 長一", "男", 27, "x w"), one("b", "架空 長女", "女", 24, "x w", "同", "ひきこもり"),
            one("c", "朧沢 末子", "女", 8, "y w", "同"), one("z", "宵月 夫", "男", 28), one("d", "宵月 孫", "男", 2, "z b", "同"),
        ),
        (
            tie("g h1", "", "", 0), tie("g h2", "", "", 1), tie("x w", "離婚", "x", 0), tie("y w", "内縁", "", 1),
            tie("z b", "別居"),
        ),
    )  # fmt: skip


@family("十二人の世帯")
def twelve() -> Family:
    """Four generations under one roof, and a lodger."""
    return Family(
        (
            one("gg", "霧ヶ洞 ウメ", "女", 96, "", "同", "要介護5", "寝たきり"), one("g", "霧ヶ洞 勝造", "男", 75, "gg", "同", "認知症"),
            one("h", "霧ヶ洞 とみ", "女", 72, "", "本同鍵", "介護負担"), one("m", "霧ヶ洞 吉継", "男", 50, "g h", "同", "無職"),
            one("w", "霧ヶ洞 まち子", "女", 47, "", "同"), one("u", "霧ヶ洞 叔父次", "男", 46, "g h", "同", "精神2級", "通院中"),
            one("a", "霧ヶ洞 一花", "女", 24, "m w", "同", "ひとり親"), one("b", "霧ヶ洞 二郎", "男", 21, "m w", "同"),
            one("c", "霧ヶ洞 三奈", "女", 17, "m w", "同", "不登校"), one("d", "霧ヶ洞 四音", "女", 11, "m w", "同", "ヤングケアラー"),
            one("k", "霧ヶ洞 曾孫子", "女", 2, "a", "同"), one("l", "月代 下宿人", "男", 60, "", "同"),
        ),
        (tie("g h"), tie("m w")),
    )  # fmt: skip


@family("性別も年齢もわからない人")
def unknown() -> Family:
    """Nobody's sex or age is known for certain."""
    return Family(
        (
            one("a", "名前不明", "", "", "", "本同"), one("b", "名前不明", "その他", "30〜31", "", "同"),
            one("c", "通称 さくら", "", "", "a b", "同"), one("d", "架空 子", "女", 4, "a b", "同"),
        )
    )  # fmt: skip


@family("亡くなった人たち")
def deaths() -> Family:
    """A widow whose husband, parents and one child died."""
    return Family(
        (
            one("f", "朧沢 父", "男", "", "", "故"), one("e", "朧沢 母", "女", "", "", "故"),
            one("m", "架空 太郎", "男", "", "", "故"), one("w", "架空 花", "女", 80, "f e", "本同鍵", "独居"),
            one("a", "架空 長一", "男", "", "m w", "故"), one("b", "架空 二葉", "女", 51, "m w", "", "県外"),
        ),
        (tie("f e"), tie("m w")),
    )  # fmt: skip


@family("同じ名前の二人")
def same_name() -> Family:
    """A father and a cousin called alike."""
    return Family(
        (
            one("g", "架空 太郎", "男", 80, "", "同"), one("h", "架空 花", "女", 78, "", "同"),
            one("m", "架空 太郎", "男", 55, "g h", "本同"), one("n", "架空 花", "女", 52, "g h", "同"),
        ),
        (tie("g h"),),
    )  # fmt: skip


@family("別居の夫")
def apart() -> Family:
    """A wife who fled with her children; the husband stays in the picture, outside."""
    return Family(
        (
            one("m", "架空 正", "男", 41), one("w", "架空 蘭", "女", 38, "", "本同鍵"),
            one("a", "架空 一", "男", 10, "m w", "同"), one("b", "架空 二葉", "女", 7, "m w", "同"),
            one("c", "架空 三", "男", 13, "m w"),
        ),
        (tie("m w", "別居"),),
        (Feeling("m", "w", FeelingKind.ABUSE), Feeling("w", "a", FeelingKind.CLOSE), Feeling("m", "c", FeelingKind.CONFLICT)),
    )  # fmt: skip


@family("孫を育てる祖父母")
def grandparents() -> Family:
    """The parents' generation is absent between a couple and their grandchildren."""
    return Family(
        (
            one("g", "架空 源", "男", 71, "", "同"), one("h", "架空 ハナ", "女", 69, "", "本同鍵", "腰痛"),
            one("d", "架空 月", "女", 40, "g h", "", "所在不明"), one("x", "", "男", ""),
            one("a", "架空 一", "男", 14, "d x", "同"), one("b", "架空 二葉", "女", 11, "d x", "同", "不登校"),
        ),
        (tie("g h"), tie("x d", "離婚", "d")),
    )  # fmt: skip


@family("長い片仮名の名")
def long_names() -> Family:
    """Names longer than their place."""
    return Family(
        (
            one("m", "フィクティシオ・デ・ラ・ルナ カルロス・エドゥアルド", "男", 44, "", "同", "技能実習から在留変更"),
            one("w", "ミラルナ タリサイ・ビンタン・マリアクリスティーナ", "女", 39, "", "本同", "日本語支援"),
            one("a", "ミラルナ アレクサンドロス", "男", 12, "m w", "同", "日本語教室"),
            one("b", "MIRALUNA, Talisay Bintang", "女", 9, "m w", "同"), one("c", "グエン・カオ・ホアン", "男", 30, "", "同"),
        ),
        (tie("m w"),),
    )  # fmt: skip


@family("両家の親ときょうだい")
def both_sides() -> Family:
    """Both partners with parents and siblings: two lines of descent meet."""
    return Family(
        (
            one("f", "架空 源", "男", 75), one("e", "架空 ハナ", "女", 73, "", "", "要支援2"),
            one("p", "朧沢 正", "男", 78, "", "", "入院中"), one("q", "朧沢 きく", "女", 74),
            one("m", "架空 太郎", "男", 48, "f e", "同"), one("m1", "架空 兄", "男", 51, "f e"), one("m2", "架空 妹", "女", 44, "f e"),
            one("w", "架空 月", "女", 46, "p q", "本同"), one("w1", "朧沢 姉", "女", 49, "p q"), one("w2", "朧沢 弟", "男", 40, "p q"),
            one("a", "架空 一", "男", 18, "m w", "同"), one("b", "架空 二葉", "女", 15, "m w", "同"),
        ),
        (tie("f e"), tie("p q"), tie("m w")),
    )  # fmt: skip


@family("きょうだい同士の結婚、二組の家")
def two_and_two() -> Family:
    """Two siblings who married two siblings of another house."""
    return Family(
        (
            one("f", "架空 源", "男", 75), one("e", "架空 ハナ", "女", 73), one("p", "朧沢 正", "男", 78), one("q", "朧沢 きく", "女", 74),
            one("m", "架空 太郎", "男", 48, "f e", "本同"), one("n", "朧沢 次女", "女", 45, "f e"),
            one("w", "架空 月", "女", 46, "p q", "同"), one("v", "朧沢 長男", "男", 50, "p q"),
            one("a", "架空 一", "男", 18, "m w", "同"), one("b", "朧沢 二葉", "女", 15, "v n"),
        ),
        (tie("f e"), tie("p q"), tie("m w"), tie("v n")),
    )  # fmt: skip


@family("未婚の母と三人の父")
def three_fathers() -> Family:
    """A woman with children of three men, one unknown."""
    return Family(
        (
            one("w", "架空 蘭", "女", 33, "g", "本同", "夜勤"), one("x", "霞坂 一", "男", 35), one("y", "", "男", ""), one("z", "月代 三", "男", 30, "", "同"),
            one("a", "架空 長", "男", 13, "x w", "同"), one("b", "架空 次", "女", 8, "y w", "同"), one("c", "架空 末", "女", 1, "z w", "同"),
            one("g", "架空 母", "女", 58, "", "鍵"), one("w2", "架空 妹", "女", 30, "g"),
        ),
        (tie("x w", "離婚", "w", 0), tie("y w", "内縁", "", 1), tie("z w", "内縁", "", 2)),
    )  # fmt: skip


@family("同性の夫婦と養子")
def same_sex() -> Family:
    """Two women with an adopted child."""
    return Family(
        (
            one("a", "架空 蘭", "女", 40, "", "本同"), one("b", "朧沢 月", "女", 38, "", "同"),
            one("c", "架空 二葉", "女", 6, "a b", "同養"),
        ),
        (tie("a b", "内縁"),),
    )  # fmt: skip


@family("再婚どうし、離れて暮らす子もいる")
def patchwork() -> Family:
    """Both partners were married before and have children there."""
    return Family(
        (
            one("x", "霞坂 元", "男", 47), one("w", "架空 蘭", "女", 44, "", "本同"), one("m", "架空 太郎", "男", 46, "", "同"),
            one("y", "宵月 元子", "女", 45), one("a", "架空 一", "男", 15, "x w", "同", "不登校"), one("b", "霞坂 二", "女", 18, "x w"),
            one("c", "宵月 三", "男", 12, "m y"), one("d", "架空 四葉", "女", 10, "m y", "同"), one("e", "架空 五", "男", 2, "m w", "同"),
        ),
        (tie("x w", "離婚", "w", 0), tie("m w", "", "", 1), tie("m y", "離婚", "y", 0)),
    )  # fmt: skip


@family("兄だけが同居、間の弟は別世帯")
def hull_around_one() -> Family:
    """The line of 同居 has to pass around the one in the middle."""
    return Family(
        (
            one("f", "架空 源", "男", 80, "", "同", "要介護2"), one("e", "架空 ハナ", "女", 79, "", "本同鍵"),
            one("a", "架空 一", "男", 55, "f e", "同", "無職"), one("b", "架空 二", "男", 52, "f e", "", "県外"),
            one("c", "架空 三葉", "女", 49, "f e", "同", "精神3級"), one("d", "架空 四", "男", 45, "f e", "", "市内"),
            one("k", "架空 孫", "女", 20, "d", "同"),
        ),
        (tie("f e"),),
    )  # fmt: skip


@family("一人だけ")
def alone() -> Family:
    """One person, nobody around."""
    return Family((one("a", "架空 独", "男", 67, "", "本同", "独居", "要支援1"),))


@family("線のない同居人たち")
def lodgers() -> Family:
    """People in one house whose kinship nobody wrote down."""
    return Family(
        tuple(
            one(str(n), f"{name} {n}郎", "男女"[n % 2], 30 + n, "", "同" + "本" * (n == 0))
            for n, name in enumerate(["架空", "朧沢", "月代", "霞坂", "宵月"])
        )
    )


@family("五人きょうだいとその連れ合い")
def five_siblings() -> Family:
    """Five siblings, three of them married with children."""
    people = [one("f", "架空 源", "男", "", "", "故"), one("e", "架空 ハナ", "女", 88, "", "本同鍵", "要介護4")]
    unions = [tie("f e")]
    for n in range(5):
        sex = "男女"[n % 2]
        people.append(one(f"c{n}", f"架空 {'一二三四五'[n]}", sex, 64 - 3 * n, "f e", "同" if n == 4 else ""))
        if n % 2 == 0:
            people.append(one(f"p{n}", "朧沢 連", "女" if sex == "男" else "男", 60 - 3 * n))
            unions.append(tie(f"c{n} p{n}"))
            people += [one(f"k{n}{k}", f"架空 孫{k}", "女男"[k], 30 - 3 * n - k, f"c{n} p{n}") for k in range(2)]
    return Family(tuple(people), tuple(unions))


@family("四十人の一族")
def clan() -> Family:
    """Forty people over five generations: far branches are folded away."""
    members = [one("0", "架空 源", "男", 92, "", "同"), one("1", "架空 ハナ", "女", 90, "", "本同鍵", "要介護3")]
    unions, waiting = [tie("0 1")], ["0 1"]
    while len(members) < 40:
        parents = waiting.pop(0)
        age = 2026 - int(next(m.born for m in members if m.id == parents.split()[0])) - 24
        for n in range(3):
            child = one(str(len(members)), f"架空 {'一二三'[n]}", "男女"[n % 2], age - 2 * n, parents)
            members.append(child)
            if n < 2:
                members.append(one(str(len(members)), "朧沢 連", "女男"[n % 2], age - 1))
                unions.append(tie(f"{child.id} {members[-1].id}"))
                waiting.append(f"{child.id} {members[-1].id}")
    return Family(tuple(members[:40]), tuple(unions))


@family("いとこ同士の結婚")
def cousins() -> Family:
    """Two cousins who married: the lines meet again."""
    return Family(
        (
            one("g", "架空 源", "男", 85), one("h", "架空 ハナ", "女", 83), one("a", "架空 一", "男", 60, "g h"), one("ap", "架空 妻", "女", 58),
            one("b", "架空 二葉", "女", 57, "g h"), one("bp", "朧沢 夫", "男", 59), one("c", "架空 孫一", "男", 33, "a ap", "本同"),
            one("d", "架空 孫二", "女", 30, "bp b", "同"), one("e", "架空 曾孫", "男", 3, "c d", "同"),
        ),
        (tie("g h"), tie("a ap"), tie("bp b"), tie("c d")),
    )  # fmt: skip


@family("事情が多い人ばかり")
def many_states() -> Family:
    """Everybody has more states than fit under the shape."""
    words = ("要介護3", "認知症の診断待ち", "債務整理中", "ひきこもり傾向", "通院中断")
    return Family(
        (
            one("g", "架空 とみ", "女", 83, "", "同鍵", *words), one("m", "架空 吉継", "男", 54, "g", "本同", *words[1:]),
            one("n", "架空 次女子", "女", 51, "g", "同", *words[2:]), one("o", "架空 三郎", "男", 48, "g", "", words[1], words[3]),
        )
    )  # fmt: skip


@family("父母は離婚、きょうだいが分かれて暮らす")
def split_siblings() -> Family:
    """Divorced parents, each with one child at home; both with parents of their own."""
    return Family(
        (
            one("f", "架空 源", "男", 70), one("e", "架空 ハナ", "女", 68, "", "鍵"), one("p", "朧沢 母", "女", 66, "", "同"),
            one("m", "架空 正", "男", 42, "f e"), one("w", "朧沢 蘭", "女", 40, "p", "本同", "求職中"),
            one("a", "架空 一", "男", 15, "m w"), one("b", "朧沢 二葉", "女", 12, "m w", "同", "別室登校"),
        ),
        (tie("f e"), tie("m w", "離婚", "w")),
    )  # fmt: skip
