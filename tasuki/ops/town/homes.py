"""The households of the made-up town: themes become people with names, birthdays and addresses of their own."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from random import Random

from tasuki.actions.person import Identity
from tasuki.ops.town.names import FOREIGN, given
from tasuki.ops.town.stage import Stage
from tasuki.ops.town.themes import FORTY_EIGHTY, FROM_ABROAD, THEMES, Member, Theme

_LARGE = (
    Member("祖父", "男", (84, 88), ("要介護1",), "要介護"), Member("祖母", "女", (80, 84), ("要支援2",), ""),
    Member("父", "男", (50, 54), ("自営",), "債務"), Member("母", "女", (46, 50), (), "介護負担"),
    Member("長男", "男", (24, 26), ("求職中",), "就職活動困難"), Member("長男の妻", "女", (23, 25), (), "育児不安"),
    Member("長女", "女", (19, 21), ("専門学校",), ""), Member("次女", "女", (16, 17), ("高校生",), "ヤングケアラー"),
    Member("次男", "男", (13, 14), ("中学生",), "不登校"), Member("三女", "女", (9, 10), ("小学生",), ""),
    Member("孫", "男", (2, 3), (), "発達の気がかり"), Member("孫", "女", (0, 1), (), ""),
)  # fmt: skip


@dataclass(frozen=True)
class Home:
    """A household that is not yet on the register: its theme, its people, its area, and the dice of its story."""

    number: int
    theme: Theme
    people: tuple[Identity, ...]
    issues: tuple[str, ...]
    area: str
    dice: Random


def home(stage: Stage, number: int, theme: Theme, *, members: tuple[Member, ...] | None = None) -> Home:
    """Make one household of a theme, with `members` in place of the theme's own if given."""
    dice = stage.random(f"home {number}")
    listed = members or theme.members
    surname = next(stage.surnames)
    area = stage.areas[number % len(stage.areas)]
    street = stage.address + area.removesuffix("小学校区").removesuffix("圏域")
    address = f"{street}{dice.randint(1, 9)}丁目{dice.randint(1, 30)}番{dice.randint(1, 20)}号"
    people = [
        replace(
            _identity(stage, dice, one, surname.written, surname.read),
            area=area, address=address, phone=f"090-0000-{number * 7 % 10000:04d}" if place == 0 else "",
        )
        for place, one in enumerate(listed)
    ]  # fmt: skip
    if theme is FROM_ABROAD:
        people = _from_abroad(people, number)
    return Home(number, theme, tuple(people), tuple(one.issue for one in listed), area, dice)


def large_home(stage: Stage, number: int) -> Home:
    """Make a household of twelve over four generations."""
    return home(stage, number, FORTY_EIGHTY, members=_LARGE)


def _identity(stage: Stage, dice: Random, one: Member, written: str, read: str) -> Identity:
    age = dice.randint(*one.ages)
    first, kana = given(dice, man=one.sex == "男", age=age)
    return Identity(
        name=f"{written} {first}", kana=f"{read} {kana}", born=_born(stage, dice, age), sex=one.sex,
        relation=one.relation, labels=one.labels,
    )  # fmt: skip


def _born(stage: Stage, dice: Random, age: int) -> str:
    year, month = stage.today.year - age - 1, dice.randint(1, 12)
    chance = dice.random()
    if chance < 0.04:  # one in twenty-five does not know the day, some not the month
        return f"{year}-{month:02d}-00" if chance < 0.02 else f"{year}-00-00"
    return f"{year}-{month:02d}-{dice.randint(1, calendar.monthrange(year, month)[1]):02d}"


def _from_abroad(people: list[Identity], number: int) -> list[Identity]:
    name, kana, alias, language, sex = FOREIGN[number // len(THEMES) % len(FOREIGN)]
    parent = replace(
        people[0], name=name, kana=kana, alias=alias, language=language, sex=sex, born=people[0].born[:4] + "-00-00",
    )  # fmt: skip
    return [parent, *(replace(one, language=language) for one in people[1:])]
