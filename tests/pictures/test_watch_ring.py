"""The ring of watches: distance is the share of one's own interval, beyond is a diamond, forty keep their names."""

import re

from tasuki.pictures.watch_ring import MIDDLE, PROMISE, Watched, watch_ring


def people(count: int, silent: int = 3, every: int = 14) -> list[Watched]:
    return [Watched(f"架空 {n}郎", f"第{1 + n % 3}圏域", silent, every) for n in range(count)]


def named(svg: str) -> set[str]:
    return set(re.findall(r">(架空 \d+郎)</text>", svg))


# Fault planted: `late` compared with >=.
def test_the_promised_day_itself_is_not_late_and_the_day_after_is() -> None:
    assert not Watched("甲", "西", 14, 14).late
    assert Watched("甲", "西", 14, 14).soon
    assert Watched("甲", "西", 15, 14).late
    assert Watched("甲", "西", 15, 14).state == "1日 超過"


# Fault planted: the distance taken from the days instead of their share.
def test_the_same_silence_lies_further_out_for_the_shorter_interval() -> None:
    def far(one: Watched) -> float:
        found = re.search(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="7"', watch_ring([one]).svg)
        assert found
        return float(((float(found[1]) - MIDDLE) ** 2 + (float(found[2]) - MIDDLE) ** 2) ** 0.5)

    assert far(Watched("甲", "西", 5, 10)) > far(Watched("甲", "西", 5, 40))
    assert abs(far(Watched("甲", "西", 10, 10)) - PROMISE) < 0.2


# Fault planted: the shape of the late taken for the quiet.
def test_each_state_has_its_own_shape() -> None:
    svg = watch_ring([Watched("静", "西", 1, 14), Watched("近", "西", 13, 14), Watched("遅", "西", 30, 14)]).svg
    assert len(re.findall(r'r="7" class="shape"', svg)) == 1
    assert len(re.findall(r'r="7" class="ink"', svg)) == 1
    assert len(re.findall(r'class="ring-late"', svg)) == 1


# Fault planted: NAMED_UP_TO set to 50.
def test_above_forty_only_the_late_and_the_soon_keep_their_names() -> None:
    late, soon = Watched("架空 900郎", "第1圏域", 30, 14), Watched("架空 901郎", "第1圏域", 13, 14)
    assert named(watch_ring([*people(39), late, soon]).svg) == {"架空 900郎", "架空 901郎"}
    assert {"架空 900郎", "架空 901郎"} < named(watch_ring([*people(10), late, soon]).svg)


# Fault planted: the twin left in the order in which the people came.
def test_the_twin_tells_everybody_by_silence() -> None:
    rows = watch_ring([*people(41), Watched("遅い人", "第1圏域", 40, 14)]).rows
    assert len(rows) == 42
    assert rows[0] == ("遅い人", "第1圏域", "40日", "14日ごと", "26日 超過")


# Fault planted: names not escaped in the marks' titles.
def test_a_name_cannot_break_out_of_the_picture() -> None:
    assert "<script>" not in watch_ring([Watched("<script>甲", "西", 3, 14)]).svg
