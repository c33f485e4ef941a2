"""世帯・ケース: one page for one family: people, holder, team, plan, dates, records, grounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.rows import folded, named, one, rows, unfolded, value
from tasuki.records.asker import Invisible
from tasuki.rules.calendar import JST


@dataclass(frozen=True)
class CaseHead:
    """A case: where it stands and is `shown` to stand, who holds its たすき since when, on which ground the asker sees it."""

    id: UUID
    household: UUID
    state: str
    screened_as: str
    opened_at: dt.datetime
    ended_at: dt.datetime | None
    end_reason: str
    received_by: str
    received_by_id: UUID
    hub: UUID | None
    hub_name: str | None
    use_decided_at: dt.datetime | None
    next_check_on: dt.date | None
    holder: UUID | None
    holder_name: str | None
    holder_contractor: str | None
    holder_since: dt.datetime | None
    ground: str
    number: str | None
    version: int
    unseen: int
    shown: str


@dataclass(frozen=True)
class Member:
    """A person of the household whom the asker may see; address and phone only where they may be shown."""

    id: UUID
    name: str
    kana: str
    alias: str
    born: str
    sex: str
    relation: str
    lives_with: bool
    labels: list[str]
    key_person: bool
    died_on: str
    language: str
    ground: str
    address: str | None
    phone: str | None
    guarded: bool
    in_case: bool
    version: int


@dataclass(frozen=True)
class HoldingLine:
    """A holding of the たすき."""

    agency_id: UUID
    agency: str
    since: dt.datetime
    until: dt.datetime | None
    reason: str


@dataclass(frozen=True)
class TaskLine:
    """A promise: who, what, by when."""

    id: UUID
    agency: str
    text: str
    kind: str
    due_on: dt.date | None


@dataclass(frozen=True)
class ClockLine:
    """A date that the town's own periods set: who acts until when. `target` is a plan or a つなぎ; the case itself has none."""

    kind: str
    due_on: dt.date
    agency: str
    target: UUID | None


@dataclass(frozen=True)
class PlanLine:
    """A plan of the case with its goals and roles."""

    id: UUID
    kind: str
    version: int
    state: str
    direction: str
    participation: str
    outreach: str
    applied_on: dt.date | None
    decided_at: dt.datetime | None
    judged_result: str
    verdict: str
    lead: str | None
    goals: list[Any]
    roles: list[Any]


@dataclass(frozen=True)
class ConsentLine:
    """A consent in force or ended: whose, to whom, which classes, until when."""

    person: str
    agency: str
    classes: list[str]
    since: dt.datetime
    until: dt.date | None
    ended_at: dt.datetime | None


@dataclass(frozen=True)
class ItemLine:
    """An agenda item about this case."""

    id: UUID
    sitting: UUID
    conference: str
    at: dt.datetime
    state: str
    kind: str
    basis: str
    ground: str
    seats: list[Any]


@dataclass(frozen=True)
class StrandLine:
    """アウトリーチ or 参加支援 or 見守り as a line: who, which agency, which stage."""

    kind: str
    id: UUID
    person: str
    agency: str
    stage: str
    opened_at: dt.datetime
    ended_at: dt.datetime | None
    last_contact_at: dt.datetime | None
    every_days: int | None


@dataclass(frozen=True)
class ReferralLine:
    """The つなぎ of the case."""

    id: UUID
    kind: str
    sender: str
    receiver: str
    state: str
    sent_at: dt.datetime
    answer_by: dt.datetime | None
    receiver_id: UUID
    sender_id: UUID


def head(case: UUID) -> CaseHead:
    """Return the head of a case; Invisible when it does not exist for the asker."""
    found = one(CaseHead, _HEAD, {"case": case})
    if found is None:
        raise Invisible
    return found


_HEAD = """
    SELECT c.id, c.household_id, c.state, c.screened_as, c.opened_at, c.ended_at, c.end_reason, g.name, c.agency_id,
           c.hub_id, b.name, c.use_decided_at, c.next_check_on, h.agency_id, a.name, a.contractor, h.since,
           case_ground(c.id),
           (SELECT k.number FROM records_consultation k JOIN records_record r ON r.id = k.record_id
            WHERE r.case_id = c.id AND r.kind = 'RECEIVE' ORDER BY r.written_at LIMIT 1),
           c.version, unseen_in_household(c.household_id), shown_state(c.id, c.state)
    FROM records_case c JOIN records_agency g ON g.id = c.agency_id LEFT JOIN records_agency b ON b.id = c.hub_id
    LEFT JOIN records_holding h ON h.case_id = c.id AND h.until IS NULL LEFT JOIN records_agency a ON a.id = h.agency_id
    WHERE c.id = %(case)s
"""


def members(case: UUID, household: UUID) -> list[Member]:
    """Return the people of the household whom the asker may see."""
    return rows(Member, _MEMBERS, {"case": case, "household": household})


_MEMBERS = """
    SELECT p.id, p.name, p.kana, p.alias, p.born, p.sex, p.relation, p.lives_with, p.labels, p.key_person, p.died_on,
           p.language, person_ground(p.id), t.address, t.phone, address_is_protected(p.id),
           EXISTS (SELECT FROM records_caseperson x WHERE x.case_id = %(case)s AND x.person_id = p.id AND x.left_at IS NULL),
           p.version
    FROM records_person p LEFT JOIN LATERAL contact_of(p.id) t ON true
    WHERE p.household_id = %(household)s ORDER BY 17 DESC, p.born, p.id
"""


def members_on(case: UUID, household: UUID, day: dt.date) -> list[Member]:
    """Return those who belonged to the household at the end of a day, of whom the asker may see today.

    From the moves between households; name, 続柄, 同居 and labels are today's, since no older ones are kept.
    """
    then = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), JST)
    return rows(Member, _MEMBERS_ON, {"case": case, "household": household, "then": then, "day": day.isoformat()})


_MEMBERS_ON = _MEMBERS.replace(
    "WHERE p.household_id = %(household)s",
    """WHERE %(household)s = (SELECT m.household_id FROM records_householdmove m WHERE m.person_id = p.id
        AND m.moved_at < %(then)s ORDER BY m.moved_at DESC, m.id LIMIT 1) AND left(p.born, 7) <= left(%(day)s, 7)""",
)


@dataclass(frozen=True)
class KinshipLine:
    """間柄 as it was written: details of the record as `tasuki.rules.kinship.KinLine` names them."""

    first: str
    second: str
    kin: str
    since: str
    custody: str


@dataclass(frozen=True)
class Surroundings:
    """Everything that stands around the records of a case."""

    holdings: list[HoldingLine]
    tasks: list[TaskLine]
    clocks: list[ClockLine]
    plans: list[PlanLine]
    consents: list[ConsentLine]
    items: list[ItemLine]
    strands: list[StrandLine]
    referrals: list[ReferralLine]
    kinship: list[KinshipLine]


@dataclass(frozen=True)
class Family:
    """A case with its household as the asker sees them, all that stands around, and which agencies see a new record (not)."""

    head: CaseHead
    members: list[Member]
    around: Surroundings
    sees: list[str]
    not_seen_by: list[str]


def family(case: UUID, closed: Sequence[dt.date] = ()) -> Family:
    """Return who the family is, who held the case, what was promised, planned, consented, met and offered: in one statement.

    Holdings and 間柄 from the first to now; tasks and clocks the next first, `closed` being the days that count for no working
    day; all else the newest first. Invisible when the case does not exist for the asker.
    """
    found = one(_parts, _FAMILY, {"case": case, "closed": list(closed)})
    if found is None:
        raise Invisible
    head, members, sees, *parts = found
    lists: list[Any] = [unfolded(kind, part) for (kind, _), part in zip(_PARTS, parts, strict=True)]
    return Family(
        unfolded(CaseHead, [head])[0], unfolded(Member, members), Surroundings(*lists),  # in the order of _PARTS
        [name for name, seen in sees if seen], [name for name, seen in sees if not seen],
    )  # fmt: skip


def _parts(*parts: Any) -> tuple[Any, ...]:
    return parts


_PARTS: tuple[tuple[type, str], ...] = (
    (HoldingLine, """
        SELECT h.agency_id, g.name, h.since, h.until, h.reason FROM records_holding h
        JOIN records_agency g ON g.id = h.agency_id WHERE h.case_id = %(case)s ORDER BY h.since, h.id"""),
    (TaskLine, """
        SELECT t.id, g.name, t.text, t.kind, t.due_on FROM records_task t JOIN records_agency g ON g.id = t.agency_id
        WHERE t.case_id = %(case)s AND t.done_at IS NULL ORDER BY t.due_on NULLS LAST, t.opened_at, t.text, t.id LIMIT 30"""),
    (ClockLine, """
        SELECT x.kind, x.due_on, g.name, NULL::uuid FROM case_clock(%(case)s, %(closed)s::date[]) x JOIN records_agency g ON g.id = x.agency
        UNION ALL
        SELECT 'ANSWER', day_of(f.answer_by), g.name, f.id FROM records_referral f JOIN records_agency g ON g.id = f.receiver_id
        WHERE f.case_id = %(case)s AND f.state = 'OFFERED' AND f.answer_by IS NOT NULL
        UNION ALL
        SELECT x.kind, x.due_on, g.name, p.id FROM records_plan p JOIN head h ON h.c9 IS NOT NULL AND h.c5 IS NULL JOIN records_agency g ON g.id = h.c9,
            LATERAL (VALUES ('MONITORING', p.monitor_by),
                            ('PLAN_END', (day_of(p.decided_at) + town_clock('plan_max_months', 12) * interval '1 month')::date)) x(kind, due_on)
        WHERE p.case_id = %(case)s AND p.state = 'DECIDED' AND x.due_on IS NOT NULL
        ORDER BY 2, 1, 3"""),
    (PlanLine, """
        SELECT p.id, p.kind, p.version, p.state, p.direction, p.participation, p.outreach, p.applied_on, p.decided_at,
          p.judged_result, p.verdict, l.name,
          (SELECT coalesce(jsonb_agg(jsonb_build_object('n', o.number, 'text', o.text, 'attained', o.attained)
                  ORDER BY o.number), '[]') FROM records_goal o WHERE o.plan_id = p.id),
          (SELECT coalesce(jsonb_agg(jsonb_build_object('agency', a.name, 'agency_id', a.id, 'what', w.what,
                  'state', w.state, 'due', w.due_on) ORDER BY w.due_on NULLS LAST, a.name), '[]')
           FROM records_planrole w JOIN records_agency a ON a.id = w.agency_id WHERE w.plan_id = p.id)
        FROM records_plan p LEFT JOIN records_agency l ON l.id = p.lead_id
        WHERE p.case_id = %(case)s ORDER BY p.version DESC, p.id"""),
    (ConsentLine, """
        SELECT p.c1, g.name, array_agg(r.data_class ORDER BY r.data_class), min(r.since), max(r.until), max(r.ended_at)
        FROM member p JOIN records_consentreach r ON r.person_id = p.c0 JOIN records_agency g ON g.id = r.agency_id
        GROUP BY p.c1, p.c0, g.name, g.id, r.consent_id ORDER BY p.c1, p.c0, max(r.ended_at) NULLS FIRST, g.name"""),
    (ItemLine, """
        SELECT i.id, t.id, k.name, t.at, t.state, i.kind, i.basis, item_ground(i.id),
          (SELECT coalesce(jsonb_agg(jsonb_build_object('agency', s.agency_id, 'name', g.name, 'present', s.present)), '[]')
           FROM records_seat s JOIN records_agency g ON g.id = s.agency_id WHERE s.item_id = i.id)
        FROM records_agendaitem i JOIN records_sitting t ON t.id = i.sitting_id
        JOIN records_conference k ON k.id = t.conference_id
        WHERE i.case_id = %(case)s ORDER BY t.at DESC, i.position, i.id"""),
    (StrandLine, """
        SELECT s.kind, s.id, coalesce(p.name, ''), g.name, s.stage, s.opened_at, s.ended_at, NULL::timestamptz, NULL::integer
        FROM records_strand s LEFT JOIN records_person p ON p.id = s.person_id
        JOIN records_agency g ON g.id = s.agency_id WHERE s.case_id = %(case)s
        UNION ALL
        SELECT 'WATCH', w.id, coalesce((SELECT string_agg(p.name, '・' ORDER BY p.id) FROM records_subject x
               JOIN records_person p ON p.id = x.person_id WHERE x.record_id = w.record_id), ''),
               (SELECT string_agg(a.name, '・' ORDER BY a.name) FROM records_agency a WHERE a.id = ANY(w.watchers)), '',
               w.started_at, w.ended_at, w.last_contact_at, w.every_days
        FROM records_watch w WHERE w.case_id = %(case)s ORDER BY 7 NULLS FIRST, 6"""),
    (ReferralLine, """
        SELECT f.id, f.kind, s.name, r.name, f.state, f.sent_at, f.answer_by, f.receiver_id, f.sender_id
        FROM records_referral f JOIN records_agency s ON s.id = f.sender_id JOIN records_agency r ON r.id = f.receiver_id
        WHERE f.case_id = %(case)s ORDER BY f.sent_at DESC, f.id"""),
    (KinshipLine, """
        SELECT r.details ->> 'first', r.details ->> 'second', r.details ->> 'kin', r.details ->> 'since', r.details ->> 'custody'
        FROM records_record r JOIN records_case c ON c.id = r.case_id
        WHERE r.kind = 'KINSHIP' AND c.household_id = (SELECT h.c1 FROM head h)
        ORDER BY r.written_at, r.id"""),
)  # fmt: skip


# The case, its people (name c1), those of them in the case (c16) are asked for once; everything else goes by them.
_FAMILY = f"""
    WITH head AS MATERIALIZED ({named(CaseHead, _HEAD)}),
    member AS MATERIALIZED ({named(Member, _MEMBERS.replace("%(household)s", "(SELECT h.c1 FROM head h)"))})
    SELECT to_jsonb(head), (SELECT coalesce(jsonb_agg(to_jsonb(m)), '[]') FROM member m),
           (SELECT coalesce(jsonb_agg(jsonb_build_array(w.name, w.sees)), '[]')
            FROM who_would_see(ARRAY(SELECT m.c0 FROM member m WHERE m.c16), 'BASIC', 'CASE_TEAM') w),
           {", ".join(folded(kind, statement) for kind, statement in _PARTS)}
    FROM head
"""  # noqa: S608  constants only


def who_would_see(
    people: list[UUID], data_class: str = "BASIC", scope: str = "CASE_TEAM"
) -> tuple[list[str], list[str]]:
    """Return the agencies that would see a record of this class about these people, and those that would not."""
    found = rows(tuple_of, "SELECT name, sees FROM who_would_see(%s, %s, %s)", [people, data_class, scope])
    return [name for name, sees in found if sees], [name for name, sees in found if not sees]


def tuple_of(name: str, sees: bool) -> tuple[str, bool]:  # noqa: FBT001  a row
    """Make a pair of a row."""
    return name, sees


def latest_case(household: UUID) -> UUID | None:
    """Return the household's case that matters now: open before ended, the hub's first, the latest."""
    found = value(
        "SELECT id FROM records_case WHERE household_id = %s"
        " ORDER BY ended_at IS NULL DESC, hub_id IS NOT NULL DESC, opened_at DESC, id LIMIT 1",
        [household],
    )
    return found if isinstance(found, UUID) else None
