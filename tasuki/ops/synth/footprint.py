"""The footprint of a world: one line for each act, nine readings for each record, written month by month on the server."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from uuid import UUID

from tasuki.ops.synth.bulk import Bulk
from tasuki.ops.synth.world import World

# BENCH: ten lines of the footprint for each record, so nine readings beside its act.
READINGS = 9
_ACTS = {
    "RECEIVE": "receive", "SCREENING": "screen", "NOTE": "note", "CONSENT": "consent_get", "REFUSAL": "consent_refuse",
    "WITHDRAWAL": "consent_withdraw", "REFERRAL": "refer", "HAND_BACK": "hand_back", "ANSWER": "accept", "ASSESSMENT": "assess",
    "PLAN": "draft_plan", "JUDGEMENT": "judge_plan", "DECISION": "decide_support", "MONITORING": "monitor",
    "EVALUATION": "evaluate", "CLOSING": "close", "TRANSFER": "transfer_out", "SUSPENSION": "suspend", "WATCH": "watch",
    "WATCH_CHECK": "watch_check", "VISIT": "visit", "SUMMONS": "summon", "SITTING": "hold",
}  # fmt: skip
_MONTH = "r.municipality_id = %(town)s AND r.written_at >= %(since)s AND r.written_at < %(until)s"
_JOURNAL = f"""
    INSERT INTO records_journalline (id, municipality_id, at, staff, agency, post, terminal, act, target, "case", facts)
    SELECT md5('act' || r.id)::uuid, r.municipality_id, r.written_at, r.staff_id, r.agency_id, p.id, '192.0.2.10',
           %(acts)s::jsonb ->> r.kind, r.id, r.case_id, '{{}}'
    FROM records_record r JOIN records_post p ON p.staff_id = r.staff_id WHERE {_MONTH} ORDER BY r.written_at, r.id
"""  # noqa: S608  only constants are put together
# Who reads: now whoever wrote, now another worker of the case; some minutes to weeks afterwards, never after `now`.
# Every third reading opens the case, every third a list, every third the record.
_READ = f"""
    INSERT INTO records_readline
        (id, municipality_id, at, staff, agency, post, terminal, door, what, target, "case", persons, ground)
    SELECT md5('read' || n || r.id)::uuid, r.municipality_id, a.at, w.staff, w.agency, p.id, '192.0.2.10',
           CASE n %% 3 WHEN 1 THEN 'list' ELSE 'page' END, (ARRAY['case', 'cases', 'record'])[n %% 3 + 1],
           CASE n %% 3 WHEN 0 THEN r.case_id WHEN 2 THEN r.id END, CASE WHEN n %% 3 <> 1 THEN r.case_id END, s.persons,
           CASE WHEN w.agency = r.agency_id THEN 'HOLDER' ELSE 'CONSENT' END
    FROM records_record r
    CROSS JOIN LATERAL (SELECT coalesce(array_agg(x.person_id ORDER BY x.person_id), '{{}}') AS persons
                        FROM records_subject x WHERE x.record_id = r.id) s
    LEFT JOIN LATERAL (SELECT array_agg(k.staff_id ORDER BY k.id) AS staff, array_agg(k.agency_id ORDER BY k.id) AS agency
                       FROM records_caseworker k WHERE k.case_id = r.case_id) t ON true
    CROSS JOIN generate_series(1, {READINGS}) AS n
    CROSS JOIN LATERAL (SELECT least(r.written_at + n * n * interval '7 hours' * (('x' || left(md5(n || r.id::text), 4))::bit(16)::integer / 65536.0),
                                     %(now)s::timestamptz) AS at) a
    CROSS JOIN LATERAL (SELECT coalesce(t.staff[n %% cardinality(t.staff) + 1], r.staff_id) AS staff,
                               coalesce(t.agency[n %% cardinality(t.agency) + 1], r.agency_id) AS agency) w
    JOIN records_post p ON p.staff_id = w.staff WHERE {_MONTH} ORDER BY a.at, r.id, n
"""  # noqa: S608  only constants are put together


def write(bulk: Bulk, world: World, town: UUID, tell: Callable[[str, int, int], None]) -> int:
    """Write the footprint, the oldest month first; returns the number of its lines."""
    months = sorted({day[:7] for day in world.days[: world.past]})
    ends = [*(f"{month}-01" for month in months[1:]), world.days[world.past]]
    now = dt.datetime.fromisoformat(f"{world.days[world.past - 1]}T17:00:00+09:00")
    lines = 0
    for number, (month, until) in enumerate(zip(months, ends, strict=True), start=1):
        part = {
            "town": town, "since": f"{month}-01 00:00+09", "until": f"{until} 00:00+09", "now": now, "acts": json.dumps(_ACTS)
        }  # fmt: skip
        lines += bulk.run(_JOURNAL, part) + bulk.run(_READ, part)
        tell("足あと", number, len(months))
    return lines
