"""What is asked of the database: every table's rows under the policies, the ground that a query would name, every change."""

from __future__ import annotations

from tasuki.ops.oracle.world import TABLES

# The rows of a bound asker may have grown by what binding does itself (settled 16).
_SINCE_BINDING = {"holding": " WHERE reason <> 'CONTRACT_ENDED'"}

# What every query names beside a row that it shows: the ground of the row, or of what the row hangs on (8.4).
FILTER = {
    "person": "person_ground(id)", "case": "case_ground(id)", "record": "record_ground(id)", "agendaitem": "item_ground(id)",
    **dict.fromkeys(("caseperson", "caseworker", "holding", "strand"), "case_ground(case_id)"),
    **dict.fromkeys(("consultation", "issue", "consent", "consentrefusal", "referral", "plan"), "record_ground(record_id)"),
    **dict.fromkeys(("goal", "planrole"), "record_ground(plan_id)"),
    **dict.fromkeys(("itemperson", "seat", "itemmaterial", "decision", "opinion"), "item_ground(item_id)"),
    **dict.fromkeys(("householdmove", "bar"), "person_ground(person_id)"),
    "match": "CASE WHEN NOT case_is_kept(case_id) OR asker_may('PRIV') THEN person_ground(person_id) END",
    "call": "CASE WHEN tells_number(record_id) THEN record_ground(record_id) END",
    "contact": "CASE WHEN sees_address(person_id) THEN person_ground(person_id) END",
}  # fmt: skip

# One column that a change may touch, to a value that changes nothing about anybody's sight.
_CHANGE = {
    **dict.fromkeys(("agency", "area", "department", "conference", "rolename", "staff", "programme"), "name = name"),
    **dict.fromkeys(("person", "case", "referral", "sitting"), "version = version + 1"),
    **dict.fromkeys(("bar", "protection", "strand", "personlink"), "ended_at = ended_at"),
    "consentreach": "ended_at = coalesce(ended_at, asker_at())",
    "holding": "until = coalesce(until, since + interval '1 second')", "setting": "reason = reason", "post": "area = area",
    "agendaitem": "position = position", "seat": "present = present", "decision": "task_id = task_id", "contact": "note = ''",
    "searchkey": "key = ''", "plan": "verdict = verdict", "goal": "attained = attained", "planrole": "state = state",
    "watch": "end_reason = end_reason", "task": "done_at = done_at", "match": "state = state", "draft": "title = title",
    "sentform": "answer = answer", "gap": "project_at = project_at", "resource": "slots = slots", "record": "locked_at = locked_at",
    "export": "heard_at = heard_at", "emergency": "verdict = verdict", "stay": "lifted_at = coalesce(lifted_at, asker_at()), lifted_by_id = asker_staff()",
}  # fmt: skip
CHANGED = tuple(sorted(_CHANGE))
FILTERED = tuple(sorted(FILTER))


def rows_there() -> str:
    """One row: for each of TABLES the ids that are there, by the policies alone."""
    return "SELECT " + ", ".join(
        f"(SELECT array_agg(id) FROM records_{name}{_SINCE_BINDING.get(name, '')})" for name in TABLES
    )  # fmt: skip


def rows_named() -> str:
    """One row: for each of FILTERED the `id=ground` of rows for which a query can name a ground."""
    return "SELECT " + ", ".join(
        f"(SELECT array_agg(x.id || '=' || x.g) FROM (SELECT id::text, {FILTER[name]} AS g"
        f" FROM records_{name}{_SINCE_BINDING.get(name, '')}) x WHERE x.g IS NOT NULL)"
        for name in FILTERED
    )


# Sets of rows that lists choose from, past the policies: they must be what the policies give. A story is everything that was
# written about anybody; its people (everybody of the world) are given with the question, and who is called by a name is one of them.
LISTED = {
    "person": "visible_people()", "case": "visible_cases()", "consultation": "list_receptions('', '', '', '', NULL, NULL, false, 10000, 0)",
    "record": "search_records('{}', '-infinity', 'infinity', NULL, '', 10000, 0, 0)",
    "called": "oracle_called(%(people)s)",
    "story": "list_records(NULL, %(people)s, '', NULL, NULL, 10000, 0)",
}  # fmt: skip


def rows_listed() -> str:
    """One row: for each of LISTED the `id=ground` of everything that a list would choose from."""
    return "SELECT " + ", ".join(f"(SELECT array_agg(id || '=' || ground) FROM {name})" for name in LISTED.values())


def rows_changed() -> str:
    """One row: for each of CHANGED the ids that a change reaches."""
    parts = ", ".join(
        f"u_{name} AS (UPDATE records_{name} SET {_CHANGE[name]}{_SINCE_BINDING.get(name, '')} RETURNING id)"
        for name in CHANGED
    )
    return f"WITH {parts} SELECT " + ", ".join(f"(SELECT array_agg(id) FROM u_{name})" for name in CHANGED)
