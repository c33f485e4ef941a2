"""What is wrong with a profile, line by line."""

from collections.abc import Iterator, Mapping
from typing import Any

from tasuki.rules.profile.codes import EVERYWHERE
from tasuki.rules.profile.meaning import meaning
from tasuki.rules.profile.merging import BASE, on_base
from tasuki.rules.profile.practice import BASE_FILE, FILE, INLINE, SECTIONS
from tasuki.rules.profile.shapes import Fault, Lines, Problem, Record, faults, line_at, mentions

NO_BASE: Mapping[str, Any] = {}

_CALLED = {
    "area": "圏域",
    "level": "圏域の段",
    "department": "部署",
    "agency": "機関",
    "role": "役割",
    "conference": "会議",
    "survey": "アンケート",
}


def check(document: Any, lines: Lines, base: Mapping[str, Any] = NO_BASE) -> list[Problem]:
    """List everything that is wrong with the file of a profile.

    `document` is the file itself (dates as text, keys as text), `lines` says on which line each value
    begins, `base` is the file of the defaults, whose roles and conferences the profile may name.
    """
    own = isinstance(document, dict) and document.get("profile") != BASE
    found = list(faults(FILE if own else BASE_FILE, document))
    found = found or list(_references(document, base))
    found = found or list(meaning(on_base(document, base), own=own))
    return sorted({Problem(line_at(lines, fault.spot), fault.message) for fault in found})


def inline_faults(document: Any, base: Mapping[str, Any]) -> Iterator[Fault]:
    """List what is wrong with a profile that stands inside a scenario: its shape and what it names."""
    found = list(faults(INLINE, document))
    yield from found
    if not found:
        yield from _references(document, base)


def _references(own: Mapping[str, Any], base: Mapping[str, Any]) -> Iterator[Fault]:
    whole = on_base(own, base)
    known = named(whole)
    sections = {name: value for name, value in own.items() if name in SECTIONS}
    for said in mentions(Record(SECTIONS), sections):
        kinds = said.kind.split("|")
        if not any(said.key in known[kind] for kind in kinds):
            yield Fault(said.spot, f"知らない{'か'.join(_CALLED[kind] for kind in kinds)}「{said.key}」です")
    for section, name in _KEYED_LISTS:
        yield from _doubles((*section.split("/"),), own, name)


_KEYED_LISTS = (
    ("areas/levels", "key"),
    ("areas/list", "key"),
    ("areas/list", "name"),
    ("bodies", "id"),
    ("meetings", "key"),
    ("indicators", "id"),
    ("resources", "key"),
    ("themes", "key"),
    ("pilots", "key"),
    ("retention", "key"),
)


def _doubles(path: tuple[str, ...], document: Mapping[str, Any], name: str) -> Iterator[Fault]:
    listed: Any = document
    for part in path:
        listed = listed.get(part, {})
    seen: set[str] = set()
    for number, entry in enumerate(listed or []):
        if entry[name] in seen:
            yield Fault((*path, number), f"「{entry[name]}」が2度あります")
        seen.add(entry[name])


def named(whole: Mapping[str, Any]) -> dict[str, set[str]]:
    """Give the keys that may be named in a profile on its base, by what they name."""
    areas = whole.get("areas", {})
    return {
        "area": {area["key"] for area in areas.get("list", [])} | {EVERYWHERE},
        "level": {level["key"] for level in areas.get("levels", [])},
        "department": set(whole.get("departments", {})),
        "agency": set(whole.get("agencies", {})),
        "role": set(whole.get("roles", {})),
        "conference": set(whole.get("conferences", {})),
        "survey": set(whole.get("surveys", {})),
    }
