"""The household of a case: its size, its people and what weighs on them, drawn after domain 9.3."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from tasuki.actions.person import Identity, keys_of
from tasuki.ops.synth.ages import SHARE_8050, Aged, another, eighty_fifty, grown_up
from tasuki.ops.synth.names import Surnames, given
from tasuki.ops.synth.rows import Rows
from tasuki.ops.synth.world import World
from tasuki.ops.town.names import Surname

# Domain 9.3: one person 22 %, two 30 %, three 24 %, four and more 24 %.
SIZES = (1, 2, 3, 4, 5, 6)
_SIZES_UP_TO = list(accumulate((22, 30, 24, 15, 6, 3)))
# Domain 9.3: the shares of households with each pattern; the others fill up to between two and eight issues.
PATTERNS = {
    "ひきこもり": 0.30, "経済的困窮": 0.45, "精神的不調": 0.40, "障害の疑い": 0.25, "介護負担": 0.35, "ごみ屋敷・不衛生": 0.12,
    "不登校": 0.12, "ヤングケアラー": 0.05, "ダブルケア": 0.05, "虐待の疑い": 0.15, "支援の拒否": 0.35,
}  # fmt: skip
OTHER_ISSUES = (
    "債務",
    "住まいの不安定",
    "孤立",
    "就職活動困難",
    "家族の不和",
    "服薬の乱れ",
    "識字・理解",
    "近隣との関係",
)
_COUNTS = (2, 3, 4, 5, 6, 7, 8)
_COUNTS_UP_TO = list(accumulate((14, 24, 26, 16, 11, 6, 3)))
_PHONED = 0.4
_NOBODY_KNOWS = 0.04


@dataclass(frozen=True)
class Home:
    """Who lives together: the ids of the household and its people, and (whose, which) issues."""

    household: str
    people: tuple[str, ...]
    issues: tuple[tuple[str, str], ...]


@cache
def _surnames(seed: int) -> Surnames:
    return Surnames(seed)


def settle(world: World, dice: Random, rows: Rows, at: int, by: str) -> Home:
    """Put a household on the register at a moment, by a member of staff."""
    size = dice.choices(SIZES, cum_weights=_SIZES_UP_TO)[0]
    aged = _people(dice, size)
    household, people = f"{dice.getrandbits(128):032x}", [f"{dice.getrandbits(128):032x}" for _ in aged]
    when = world.moment(at)
    rows.add("household", household, "", when)
    surname, area = _surnames(world.seed).one(dice), dice.choice(world.areas)
    address = f"{world.size.name}{area}{dice.randint(1, 9)}丁目{dice.randint(1, 30)}番{dice.randint(1, 20)}号"
    for place, (person, one, relation) in enumerate(zip(people, aged, _relations(aged), strict=True)):
        who = _identity(world, dice, surname, one, relation, at)
        rows.add(
            "person", person, household, person, who.name, who.kana, who.born, who.sex, relation, place == 0, area, when
        )
        rows.add("contact", f"{dice.getrandbits(128):032x}", person, address, who.phone)
        for kind, key in keys_of(who):
            rows.add("searchkey", f"{dice.getrandbits(128):032x}", person, kind, key)
        rows.add("householdmove", f"{dice.getrandbits(128):032x}", person, household, "登録", when, by)
    return Home(household, tuple(people), tuple(_issues(dice, people, aged)))


def _people(dice: Random, size: int) -> list[Aged]:
    # 18 % of all households are of 8050, none of them of one person.
    if size > 1 and dice.random() < SHARE_8050 / 0.78:
        return eighty_fifty(dice) + [another(dice) for _ in range(size - 2)]
    return sorted([grown_up(dice), *(another(dice) for _ in range(size - 1))], key=lambda one: -one[1])


def _relations(aged: list[Aged]) -> list[str]:
    """Name what each is to the first, by the years between them."""
    (first_man, first_age), *others = aged
    found, married = ["本人"], False
    for man, age in others:
        years = first_age - age
        if not married and years <= 15 and age >= 18 and man != first_man:
            found.append("夫" if man else "妻")
            married = True
        elif years < 16:
            found.append("兄弟" if man else "姉妹")
        else:
            found.append(("子" if man else "娘") if years < 46 else "孫")
    return found


def _identity(world: World, dice: Random, surname: Surname, one: Aged, relation: str, at: int) -> Identity:
    man, age = one
    name, kana = given(dice, man=man, age=age)
    phone = f"090-0000-{dice.randrange(10000):04}" if dice.random() < _PHONED else ""
    return Identity(
        name=f"{surname.written} {name}", kana=f"{surname.read} {kana}", born=_born(world, dice, age, at),
        sex="男" if man else "女", relation=relation, phone=phone,
    )  # fmt: skip


def _born(world: World, dice: Random, age: int, at: int) -> str:
    """Give a birthday that makes somebody so old on the day; of one in twenty-five the day is unknown."""
    day = dt.date.fromisoformat(world.days[at // 1440]) - dt.timedelta(days=int((age + dice.random()) * 365.25) + 1)
    return f"{day:%Y-%m}-00" if dice.random() < _NOBODY_KNOWS else day.isoformat()


def _issues(dice: Random, people: list[str], aged: list[Aged]) -> list[tuple[str, str]]:
    count = dice.choices(_COUNTS, cum_weights=_COUNTS_UP_TO)[0]
    found = [code for code, share in PATTERNS.items() if dice.random() < share]
    found += dice.sample(OTHER_ISSUES, max(0, count - len(found)))
    young = [person for person, (_, age) in zip(people, aged, strict=True) if age < 18] or people
    return [(dice.choice(young if code in {"不登校", "ヤングケアラー"} else people), code) for code in found[:8]]
