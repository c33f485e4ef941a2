"""What is wrong with a scenario file, line by line."""

from collections.abc import Iterator, Mapping
from typing import Any

from tasuki.rules.contract.frame import CONFERENCE_ENTRY, COUNT_ROW, FILE, SEE, STAFF_ENTRY
from tasuki.rules.contract.steps import Course, step_faults, under
from tasuki.rules.contract.town import OWN, Profiles, Town, places, town_of
from tasuki.rules.profile.check import inline_faults
from tasuki.rules.profile.merging import BASE
from tasuki.rules.profile.shapes import Fault, Lines, Problem, faults, line_at, mentions

NOTHING: Mapping[str, Mapping[str, Any]] = {}


def check(document: Any, lines: Lines, profiles: Profiles = NOTHING) -> list[Problem]:
    """List everything that is wrong with a scenario.

    `document` is the file as maps, lists, texts, numbers and booleans (dates as text), `lines` says on
    which line each value begins, `profiles` are the known profiles by name, each on its base. The first
    look is at the shape; only a well-shaped file is read for its meaning, so that one slip does not hide
    behind fifty others.
    """
    shape = list(_shape(document))
    found = shape or list(_meaning(document, profiles))
    return sorted({Problem(line_at(lines, fault.spot), fault.message) for fault in found})


def _shape(document: Any) -> Iterator[Fault]:
    broken = list(faults(FILE, document))
    yield from broken
    if not isinstance(document, dict):
        return
    yield from _one_profile(document)
    rows: Mapping[str, Any] = {name: document.get(name) for name in ("steps", "see", "count")}
    for name, listed in rows.items():
        for number, row in enumerate(listed if isinstance(listed, list) else []):
            for found in _row_faults(name, row):
                yield under((name, number), found)


def _row_faults(name: str, row: Any) -> Iterator[Fault]:
    if name == "steps":
        yield from step_faults(row)
    elif name == "see":
        yield from faults(SEE, row)
        yield from _ground(row)
    else:
        yield from faults(COUNT_ROW, row)
        if isinstance(row, dict) and len(row.keys() - {"fiscal_year", "municipality"}) < 1:
            yield Fault((), "数える項目がありません")


def _ground(row: Any) -> Iterator[Fault]:
    if not isinstance(row, dict):
        return
    shown = row.get("allow") is True and not str(row.get("who", ""))[:1].isupper()
    if shown and "ground" not in row:
        yield Fault((), "見える行には、その根拠（ground）を書きます")
    if not shown and "ground" in row:
        yield Fault(("ground",), "見えない行と開示の写しの行に、根拠（ground）は書きません")


def _one_profile(document: Mapping[str, Any]) -> Iterator[Fault]:
    neighbours = document.get("neighbours")
    listed = neighbours.items() if isinstance(neighbours, dict) else ()
    for spot, place in [((), document), *((("neighbours", key), place) for key, place in listed)]:
        if isinstance(place, dict) and ("profile" in place) == ("municipality" in place):
            yield Fault(spot, "profile か municipality の、どちらか1つを書きます")


def _meaning(document: Mapping[str, Any], profiles: Profiles) -> Iterator[Fault]:
    broken = list(_profiles(document, profiles))
    yield from broken
    if broken:
        return
    town = town_of(document, profiles)
    yield from _keys(document, town)
    course = Course(town)
    for number, step in enumerate(document["steps"]):
        for found in course.follow(step):
            yield under(("steps", number), found)
    for number, row in enumerate(document["see"]):
        for found in _see(row, course):
            yield under(("see", number), found)
    known = {key for key, _ in places(document)}
    for number, row in enumerate(document["count"]):
        if row.get("municipality", OWN) not in known:
            yield Fault(("count", number, "municipality"), f"知らない自治体「{row['municipality']}」です")


def _profiles(document: Mapping[str, Any], profiles: Profiles) -> Iterator[Fault]:
    for key, place in places(document):
        spot = ("neighbours", key) if key else ()
        if "profile" in place:
            if place["profile"] not in profiles:
                yield Fault((*spot, "profile"), f"知らないひな形「{place['profile']}」です")
            continue
        inline = place["municipality"]
        base = inline.get("base") if isinstance(inline, dict) else None
        if base is not None and base not in profiles:
            yield Fault((*spot, "municipality"), f"知らないひな形「{base}」です")
            continue
        for found in inline_faults(inline, profiles.get(BASE, {})):
            yield under((*spot, "municipality"), found)


def _keys(document: Mapping[str, Any], town: Town) -> Iterator[Fault]:
    persons: set[str] = set()
    for key, place in places(document):
        spot = ("neighbours", key) if key else ()
        for number, member in enumerate(place["household"]):
            if member["key"] in persons:
                yield Fault((*spot, "household", number), f"人「{member['key']}」が2度あります")
            persons.add(member["key"])
        for found in _agencies_named(place, town):
            yield under(spot, found)
        yield from _shared_keys(key, place, document)


def _agencies_named(place: Mapping[str, Any], town: Town) -> Iterator[Fault]:
    for section, shape in (("staff", STAFF_ENTRY), ("conferences", CONFERENCE_ENTRY)):
        for key, entry in place.get(section, {}).items():
            for said in mentions(shape, entry, (section, key)):
                if not town.knows("agency", said.key):
                    yield Fault(said.spot, f"知らない機関「{said.key}」です")


def _shared_keys(key: str, place: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[Fault]:
    """Give keys of a neighbour that the file's own part has too: a step could not tell them apart."""
    if key == OWN:
        return
    for section in ("agencies", "staff", "conferences"):
        for name in place.get(section, {}):
            if name in document.get(section, {}):
                yield Fault(("neighbours", key, section, name), f"「{name}」は、この筋書きの自治体にもあります")


def _see(row: Mapping[str, Any], course: Course) -> Iterator[Fault]:
    town = course.town
    if not town.knows("staff", row["who"]) and not town.knows("person", row["who"]):
        yield Fault(("who",), f"知らない職員か人「{row['who']}」です")
    kind, _, rest = row["what"].partition(":")
    if kind in ("person", "address", "class") and not town.knows("person", rest.split(":")[0]):
        yield Fault(("what",), f"知らない人「{rest.split(':')[0]}」です")
    if kind == "step":
        yield from _see_step(rest, row["at"], course)
    if "of" in row and not town.knows("person", row["of"]):
        yield Fault(("of",), f"知らない人「{row['of']}」です")
    if kind in ("case", "search") and "of" not in row and town.households > 1:
        yield Fault((), "世帯がいくつもあります。どの世帯かを of で書きます")


def _see_step(step: str, at: str, course: Course) -> Iterator[Fault]:
    if step not in course.made:
        yield Fault(("what",), f"知らない手順「{step}」です")
    elif course.at[step] > at:
        yield Fault(("what",), f"手順「{step}」は {course.at[step]} に初めてあります")
