"""The family picture in words: its table twin, its name for a screen reader, what one shape says."""

from tasuki.pictures.family import Family, Member, with_unions
from tasuki.pictures.genogram_places import RANGE

COLUMNS = ("氏名", "フリガナ", "続柄", "性別", "年齢", "同居", "状態", "関係")
NAMELESS = "名前不明"


def twin(family: Family, *, feelings: bool = False) -> tuple[tuple[str, ...], ...]:
    """List everybody in words: what the picture shows by place, line and shape."""
    family = with_unions(family)
    rows = []
    for one in family.members:
        ties = _ties(family, one) + (_feelings_of(family, one) if feelings else [])
        rows.append(
            (
                (one.name or NAMELESS)
                + ("（本人）" if one.is_subject else "")
                + ("（鍵となる人）" if one.key_person else ""),
                one.kana,
                one.relation,
                "妊娠中の子" if one.unborn else one.sex or "不明",
                one.died or one.age_text.replace("?", "不明"),
                "同居" if one.lives_here else "",
                "、".join(one.states),
                "、".join(ties),
            )
        )
    return tuple(rows)


def spoken(member: Member) -> str:
    """Say one shape: name, sex, age, and the signs on it."""
    age = f"{member.age_text}歳" if member.age_text[:1].isdigit() else "年齢不明"
    signs = [
        "妊娠中の子" if member.unborn else member.sex or "性別不明",
        "" if member.unborn else "死亡" if member.died else age,
        "本人" if member.is_subject else "",
        "鍵となる人" if member.key_person else "",
        "同居" if member.lives_here else "",
        *member.states,
    ]
    return "、".join([member.name or NAMELESS, *(one for one in signs if one)])


def spoken_title(title: str, family: Family) -> str:
    """Name the picture for a screen reader: how many people, who stands in the middle, where to read it."""
    subject = next((one.name or NAMELESS for one in family.members if one.is_subject), "")
    middle = f"、本人は{subject}さん" if subject else ""
    return f"{title}、{len(family.members)}人{middle}。同じことが表で読めます。"


def age_inside(member: Member) -> str:
    """Give what stands inside the shape: the age, 「30?」 for 「30〜31」 whose whole stands under it."""
    low, between, _ = member.age_text.partition(RANGE)
    return f"{low}?" if between else low


def _named(family: Family, id_: str) -> str:
    """Name a relative; with the age where two are called alike."""
    member = family.member(id_)
    name = member.name or NAMELESS
    alike = sum((one.name or NAMELESS) == name for one in family.members) > 1
    return f"{name}（{member.age_text}）" if alike and member.age_text else name


def _ties(family: Family, member: Member) -> list[str]:
    parents = [_named(family, up) for up in member.parents]
    ties = ["・".join(parents) + "の" + ("養子" if member.adopted else "子")] if parents else []
    for union in family.unions:
        if union.has(member.id):
            words = f"{_named(family, union.other(member.id))}と{union.bond}"
            words += f"（{union.state}）" if union.state else ""
            ties.append(words + ("、親権あり" if union.custody == member.id else ""))
    if member.twins:
        ties.append("双子など一緒に生まれた")
    return ties


def _feelings_of(family: Family, member: Member) -> list[str]:
    return [f"{_named(family, one.second)}と{one.kind}" for one in family.feelings if one.first == member.id]
