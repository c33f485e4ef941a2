"""Ecomaps, timelines and rings that are hard to draw, all invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from tasuki.pictures.ecomap import Direction, Strength, Tie, ecomap
from tasuki.pictures.svg import Picture
from tasuki.pictures.timeline import Basis, Hold, Kind, Lane, Mark, Post, Story, timeline
from tasuki.pictures.watch_ring import Watched, watch_ring

TODAY = date(2026, 11, 24)
AGENCIES = (
    "第2地域包括支援センター", "多機関協働", "アウトリーチ事業", "自立相談支援機関", "参加支援事業", "基幹相談支援センター",
    "こども家庭センター", "福祉総務課", "保健センター", "生活保護課",
)  # fmt: skip
FRIENDS = (
    "民生委員",
    "図書館の裏方",
    "デイサービス 週2回",
    "同年代の知り合い",
    "隣の月代さん",
    "こども食堂",
    "雲居 たけ",
    "元同僚",
)
TEXTS = ("会えた", "手紙を置いた", "電話で話した", "同行した", "制度の説明をした", "様子をきいた")


def crowded_ecomap() -> Picture:
    """Ten agencies and eight friends, every strength, one ended, one planned."""
    strengths, ways = list(Strength), list(Direction)
    ties = [Tie(name, formal=True, strength=strengths[n % 4], direction=ways[n % 4]) for n, name in enumerate(AGENCIES)]
    ties[5] = Tie(AGENCIES[5], formal=True, ended_on="9/3")
    ties += [
        Tie(name, formal=False, strength=strengths[n % 4], direction=ways[n % 4]) for n, name in enumerate(FRIENDS)
    ]
    ties[13] = Tie(FRIENDS[3], formal=False, planned=True, direction=Direction.NONE)
    return ecomap(["とみ", "吉継", "まち子", "一花"], ties)


def lonely_ecomap() -> Picture:
    """Two agencies and nobody of one's own."""
    return ecomap(["独"], [Tie(AGENCIES[0], formal=True, strength=Strength.STRONG), Tie(AGENCIES[6], formal=True)])


def empty_ecomap() -> Picture:
    """Nobody around."""
    return ecomap(["さくら"], [])


def long_story() -> Picture:
    """Two hundred entries in eight lanes over two years, with twelve conferences."""
    dice = Random(200)  # noqa: S311  no secret is thrown
    start = TODAY - timedelta(days=730)
    lanes = tuple(Lane(f"a{n}", name, start + timedelta(days=60 * n)) for n, name in enumerate(AGENCIES[:8]))
    marks = []
    for _ in range(200):
        lane = dice.choice(lanes)
        day = lane.joined + timedelta(days=dice.randint(0, (TODAY - lane.joined).days))
        kind = dice.choices((Kind.RECORD, Kind.VISIT, Kind.CONSENT), (12, 5, 1))[0]
        marks.append(Mark(lane.key, day, kind, dice.choice(TEXTS), "#r"))
    marks.append(Mark("a1", TODAY + timedelta(days=30), Kind.TO_COME, "モニタリング"))
    posts = tuple(
        Post(start + timedelta(days=55 * n + 20), "支援会議" if n % 3 else "重層的支援会議", list(Basis)[n % 2], tuple(one.key for one in lanes[: 2 + n % 6]))
        for n in range(12)
    )  # fmt: skip
    holds = tuple(Hold(f"a{n}", start + timedelta(days=170 * n)) for n in range(4))
    return timeline(Story(TODAY, lanes, tuple(marks), posts, holds))


def first_day() -> Picture:
    """One record, today."""
    return timeline(
        Story(
            TODAY, (Lane("a", AGENCIES[0], TODAY),), (Mark("a", TODAY, Kind.RECORD, TEXTS[0]),), (), (Hold("a", TODAY),)
        )
    )


def stalled() -> Picture:
    """Half a year of silence after a hand-over."""
    start = TODAY - timedelta(days=200)
    lanes = (Lane("a", AGENCIES[0], start), Lane("b", AGENCIES[3], start + timedelta(days=20)))
    marks = (Mark("a", start, Kind.RECORD, TEXTS[0]), Mark("b", start + timedelta(days=25), Kind.VISIT, TEXTS[1]))
    return timeline(Story(TODAY, lanes, marks, (), (Hold("a", start), Hold("b", start + timedelta(days=20)))))


def watched(count: int) -> Picture:
    """Throw so many people in five areas, some of them late."""
    dice = Random(count)  # noqa: S311  no secret is thrown
    surnames, given = ("架空", "朧沢", "霞坂", "月代", "宵月"), ("とみ", "吉継", "まち子", "源", "Talisay Bintang")
    people = [
        Watched(f"{surnames[n % 5]} {dice.choice(given)}", f"第{n % 5 + 1}圏域", dice.choice((1, 5, 9, 14, 20, 29, 33, 70)), dice.choice((7, 14, 30, 60)))
        for n in range(count)
    ]  # fmt: skip
    return watch_ring(people)


OTHERS: dict[str, tuple[str, Callable[[], Picture]]] = {
    "ecomap-crowded": ("支え図 18の相手", crowded_ecomap),
    "ecomap-lonely": ("支え図 公的な2つだけ", lonely_ecomap),
    "ecomap-empty": ("支え図 だれもいない", empty_ecomap),
    "timeline-long": ("経過 200件", long_story),
    "timeline-first-day": ("経過 受付の日", first_day),
    "timeline-stalled": ("経過 止まったまま", stalled),
    "ring-40": ("見守り 40人", lambda: watched(40)),
    "ring-90": ("見守り 90人", lambda: watched(90)),
    "ring-3": ("見守り 3人", lambda: watched(3)),
}
