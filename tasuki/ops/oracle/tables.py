"""Which rows of every table are there for a post, and which it may change: after the rules of disclosure, 1–9."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tasuki.ops.oracle.sight import Sight
from tasuki.ops.oracle.world import TABLES, Id, World

type Rule = Callable[[Sight, Any], bool]


def _town(s: Sight, row: Any) -> bool:
    return s.in_force


def _of_case(s: Sight, row: Any) -> bool:
    return bool(s.case(row.case))


def _of_record(s: Sight, row: Any) -> bool:
    return bool(s.record(row.record))


def _of_item(s: Sight, row: Any) -> bool:
    return bool(s.item(row.item))


def _of_plan(s: Sight, row: Any) -> bool:
    return bool(s.record(row.plan))  # a plan's id is its record's


def _of_person(s: Sight, row: Any) -> bool:
    return bool(s.person(row.person))


def _household(s: Sight, row: Any) -> bool:
    seen = any(one.household == row.id and s.person(one.id) for one in s.world.person)
    return seen or any(one.household == row.id and s.case(one.id) for one in s.world.case)


def _key(s: Sight, row: Any) -> bool:
    return bool(s.person(row.person)) and (row.kind != "PHONE" or s.address(row.person))


def _link(s: Sight, row: Any) -> bool:
    return bool(s.person(row.first) or s.person(row.second))


def _exclusion(s: Sight, row: Any) -> bool:
    consent = next(one for one in s.world.consent if one.id == row.consent)
    return bool(s.record(consent.record))


def _watch(s: Sight, row: Any) -> bool:
    people = s.subjects(row.record)
    theirs = s.watching(row) and all(s.person(one) for one in people) and not s.put_away(row.record)
    return bool(s.record(row.record)) or theirs


def _task(s: Sight, row: Any) -> bool:
    if row.case is not None and s.case(row.case):
        return True
    people = s.subjects(row.record) if row.record else []
    people = people + (s.people_of_case(row.case) if row.case else [])
    away = s.kept(row.case) or s.put_away(row.record)
    return s.reads and row.agency == s.agency and not away and not any(s.barred(one) for one in people)


def _sitting(s: Sight, row: Any) -> bool:
    return prepares(s, row) or any(one.sitting == row.id and s.item(one.id) for one in s.world.agendaitem)


def prepares(s: Sight, row: Any) -> bool:
    """4.9: who called a sitting and its secretariat prepare it."""
    return s.in_force and (row.called_by == s.agency or s.agency in row.secretariat)


def _emergency(s: Sight, row: Any) -> bool:
    return s.in_force and (row.staff == s.staff or "PRIV" in s.sets) and not s.barred(row.person)


def asked(s: Sight, row: Any) -> bool:
    """4.13: the agency asked, whoever of it bears a field role and is barred from nobody of the item."""
    open_still = s.reads and s.items[row.item].archived_at is None
    return open_still and row.agency == s.agency and not any(s.barred(one) for one in s.people_of_item(row.item))


def _pack(s: Sight, row: Any) -> bool:
    return s.in_force and "PRIV" in s.sets and not s.barred(row.requester)


def _journal(s: Sight, row: Any) -> bool:
    return s.in_force and (row.staff == s.staff or "PRIV" in s.sets)


def own_export(s: Sight, row: Any) -> bool:
    """10.6: of one's own, where one is signed in and asked for it."""
    return s.in_force and (row.staff, row.session) == (s.staff, s.post.id)


def _piece(s: Sight, row: Any) -> bool:
    whole = next(one for one in s.world.export if one.id == row.export)
    return own_export(s, whole) and whole.state == "READY" and whole.until is not None and s.at < whole.until


SELECT: dict[str, Rule] = {
    **dict.fromkeys(
        (
            "municipality", "agency", "staff", "post", "conference", "area", "department", "programme", "rolename",
            "setting", "pledge", "acknowledgment", "gap", "resource",
        ),
        _town,
    ),
    **dict.fromkeys(("caseperson", "caseworker", "holding", "strand"), _of_case),
    **dict.fromkeys(("consultation", "issue", "consent", "consentrefusal", "referral", "plan"), _of_record),
    **dict.fromkeys(("itemperson", "seat", "itemmaterial", "decision", "opinion"), _of_item),
    **dict.fromkeys(("goal", "planrole"), _of_plan),
    **dict.fromkeys(("householdmove", "bar"), _of_person),
    "match": lambda s, row: bool(s.person(row.person)) and (not s.kept(row.case) or s.guards),
    "keeping": lambda s, row: s.in_force and bool(s.sets & {"PRIV", "MGR"}),
    "stay": lambda s, row: s.guards,
    "household": _household,
    "person": lambda s, row: bool(s.person(row.id)),
    "contact": lambda s, row: s.address(row.person),
    "call": lambda s, row: bool(s.record(row.record)) and all(map(s.address, s.subjects(row.record))),
    "searchkey": _key,
    "personlink": _link,
    "protection": lambda s, row: row.agency in s.own and s.knows(row.person),
    "case": lambda s, row: bool(s.case(row.id)),
    "record": lambda s, row: bool(s.record(row.id)),
    "subject": lambda s, row: s.subject(row),
    "consentreach": lambda s, row: s.knows(row.person),
    "consentexclusion": _exclusion,
    "watch": _watch,
    "task": _task,
    "sitting": _sitting,
    "agendaitem": lambda s, row: bool(s.item(row.id)),
    "materialrequest": lambda s, row: bool(s.item(row.item)) or asked(s, row),
    "emergency": _emergency,
    "pack": _pack,
    "packrecord": lambda s, row: _pack(s, next(one for one in s.world.pack if one.id == row.pack)),
    "journalline": _journal,
    "readline": lambda s, row: s.in_force and "PRIV" in s.sets,
    "draft": lambda s, row: s.in_force and row.staff == s.staff and row.agency == s.agency,
    "sentform": lambda s, row: s.in_force and row.staff == s.staff,
    "export": own_export,
    "exportpiece": _piece,
}  # fmt: skip

GROUNDS: dict[str, Callable[[Sight, Id], list[str]]] = {
    "person": Sight.person, "case": Sight.case, "record": Sight.record, "agendaitem": Sight.item,
}  # fmt: skip


def _prepared(s: Sight, row: Any) -> bool:
    item = s.items[getattr(row, "item", row.id)]
    return (
        item.archived_at is None
        and bool(s.item(item.id))
        and prepares(s, next(one for one in s.world.sitting if one.id == item.sitting))
    )


def _may(*sets: str) -> Rule:
    return lambda s, row: s.in_force and bool(s.sets & set(sets))


ADMIN, POSTS = _may("ADMIN"), _may("ADMIN", "CITY")

# 9.3: what is not here is never changed: it is written once.
UPDATE: dict[str, Rule] = {
    **dict.fromkeys(("agency", "area", "department", "conference", "rolename", "setting"), ADMIN),
    **dict.fromkeys(("staff", "post"), POSTS),
    **dict.fromkeys(("agendaitem", "seat", "decision"), _prepared),
    **{
        name: SELECT[name]
        for name in (
            "consentreach", "draft", "sentform", "gap", "resource", "export",
        )
    },
    # 12.4: what is put away is only read.
    "case": lambda s, row: s.open(row.id),
    **dict.fromkeys(("holding", "strand"), lambda s, row: s.open(row.case)),
    **dict.fromkeys(("referral", "plan", "watch"), lambda s, row: not s.put_away(row.record)),
    **dict.fromkeys(("goal", "planrole"), lambda s, row: not s.put_away(row.plan)),
    "person": lambda s, row: s.living(row.id),
    "contact": lambda s, row: s.living(row.person),
    # 9.7: what has ended does not change again; that it ends by two is asked of what is written, which a world does not try.
    "bar": lambda s, row: row.ended_at is None and s.living(row.person),
    "protection": lambda s, row: row.ended_at is None and SELECT["protection"](s, row),
    "task": lambda s, row: not s.kept(row.case) and not s.put_away(row.record),
    "match": lambda s, row: s.living(row.person) and not s.kept(row.case),
    "stay": lambda s, row: s.guards and row.lifted_at is None,
    "materialrequest": asked,
    "programme": _may("ADMIN", "CITY", "COORD", "MGR"),
    "searchkey": lambda s, row: s.living(row.person),
    "personlink": lambda s, row: row.ended_at is None and s.living(row.first) and s.living(row.second),
    "record": lambda s, row: row.agency == s.agency and bool(s.record(row.id)) and not s.put_away(row.id),
    "sitting": prepares,
    "emergency": lambda s, row: s.guards and row.staff != s.staff and not s.barred(row.person),
}  # fmt: skip


def there(world: World, s: Sight) -> dict[str, frozenset[Id]]:
    """Return, for every table, which rows are there for a post."""
    return {name: frozenset(row.id for row in getattr(world, name) if SELECT[name](s, row)) for name in TABLES}


def changeable(world: World, s: Sight) -> dict[str, frozenset[Id]]:
    """Return, for every table, which rows a post may change; what it does not see it cannot."""
    return {
        name: frozenset(row.id for row in getattr(world, name) if rule(s, row) and SELECT[name](s, row))
        for name, rule in UPDATE.items()
    }
