"""今日: what waits for me, in the order of the clock; and the number beside つなぎ."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from tasuki.queries.rows import one, rows
from tasuki.records.asker import Asker
from tasuki.records.closed_days import closed_days


class OfSomebody:
    """Names people as [id, name], in `named`; what is no person (a conference, a colleague) has no id."""

    named: list[list[str | None]]

    @property
    def who(self) -> str:
        """The names, in a row."""
        return "・".join(name for _, name in self.named if name)

    @property
    def people(self) -> list[UUID]:
        """The ids of those who stand on the register."""
        return [UUID(one) for one, _ in self.named if one]


@dataclass(frozen=True)
class Waiting(OfSomebody):
    """One thing that waits: until when, of which kind, about which household, and where it is answered.

    `due` is a moment for clocks of hours, `due_on` a day for all else; `named` is the household as far as the asker
    may see it. `tally` counts everything that waits, by its kind, on every page.
    """

    kind: str
    target: UUID
    case: UUID | None
    due: dt.datetime | None
    due_on: dt.date | None
    since: dt.datetime
    named: list[list[str | None]]
    sender: str
    text: str
    tally: dict[str, int]


@dataclass(frozen=True)
class Answered(OfSomebody):
    """What others answered to a つなぎ of this agency."""

    referral: UUID
    case: UUID
    state: str
    at: dt.datetime
    named: list[list[str | None]]
    agency: str
    advice: str


@dataclass(frozen=True)
class DraftLine:
    """書きかけ: where it is written on, and when it was saved."""

    id: UUID
    place: str
    title: str
    saved_at: dt.datetime


NAMES = """(SELECT jsonb_agg(jsonb_build_array(nm.id, nm.name) ORDER BY nm.registered_at, nm.id) FROM records_person nm
    JOIN records_caseperson cp ON cp.person_id = nm.id AND cp.left_at IS NULL WHERE cp.case_id = {case})"""


# T26, settled 2: the day of the check has passed, and as many days again as there were until it.
MISSED_TWICE = "t.kind = 'SUSPENSION_CHECK' AND day_of(%(now)s) > t.due_on + (t.due_on - day_of(t.opened_at))"
PLAN_END = "(day_of(p.decided_at) + (SELECT town_clock('plan_max_months', 12)) * interval '1 month')::date"
UNRECEIVED = (
    "business_day_after(day_of(f.sent_at), town_clock('sheet_unreceived_business_days', 1), %(closed)s::date[])"
)
HEARD = "day_of(coalesce(w.last_contact_at, w.started_at))"
OPEN_TURN = "coalesce(w.turn_id, w.watchers[1], w.first_responder_id)"
SILENT = f"{HEARD} + w.every_days < day_of(%(now)s)"
MOST = 100  # rows of one page


@dataclass(frozen=True)
class Frame:
    """What every page of the house shows: the number beside つなぎ, and until when a break-glass of one's own is open."""

    waiting: int
    emergency_until: dt.datetime | None


def frame(by: Asker, now: dt.datetime) -> Frame:
    """Return how many つなぎ wait for an answer, and the end of one's own open break-glass (one statement)."""
    found = one(
        Frame,
        "SELECT (SELECT count(*) FROM records_referral WHERE receiver_id = %s AND state = 'OFFERED')::integer,"
        " (SELECT max(until) FROM records_emergency WHERE staff_id = %s AND opened_at <= %s AND until > %s)",
        [by.agency, by.staff, now, now],
    )
    return found or Frame(0, None)


def waiting(by: Asker, now: dt.datetime, *, kind: str = "", mine: bool = False, skipped: int = 0) -> list[Waiting]:
    """Return one page of what waits for the asker's agency, most urgent first (one statement).

    Of one `kind`, or all; `mine` leaves out what belongs to a case on which only others work. Nobody is named who is not on the
    page: a large hub has hundreds of dates to come.
    """
    values = {
        "agency": by.agency, "now": now, "staff": by.staff, "hub": by.is_hub, "closed": closed_about(now),
        "kind": kind, "mine": mine, "most": MOST, "skipped": skipped,
    }  # fmt: skip
    return rows(Waiting, _WAITING, values)


_WAITING = f"""
    WITH decided AS MATERIALIZED (  -- each row that is read asks for its ground: once for both dates of a plan
        SELECT p.id, p.case_id, p.decided_at, p.evaluated_at, p.monitor_by, p.direction
        FROM records_case c JOIN records_plan p ON p.case_id = c.id
        WHERE c.hub_id = %(agency)s AND c.ended_at IS NULL AND p.state = 'DECIDED'
    ), every AS MATERIALIZED (
        SELECT 'REFERRAL' AS kind, f.id AS target, f.case_id AS "case", f.answer_by AS due, NULL::date AS due_on,
               f.sent_at AS since, NULL::jsonb AS who, g.name AS sender, f.wants AS text
        FROM records_referral f JOIN records_agency g ON g.id = f.sender_id
        WHERE f.receiver_id = %(agency)s AND f.state = 'OFFERED'
        UNION ALL
        SELECT 'UNRECEIVED', f.id, f.case_id, NULL, {UNRECEIVED}, f.sent_at, NULL, '', g.name || 'がまだ受け取っていません'
        FROM records_referral f JOIN records_agency g ON g.id = f.receiver_id
        WHERE f.state = 'OFFERED' AND f.receiver_id <> %(agency)s AND {UNRECEIVED} < day_of(%(now)s)
          AND (f.sender_id = %(agency)s OR (%(hub)s AND asker_may('COORD')))
        UNION ALL
        SELECT CASE WHEN {MISSED_TWICE} THEN 'SUSPENSION_EVALUATION' ELSE t.kind END, t.id, (SELECT c.id FROM records_case c WHERE c.id = t.case_id),
               CASE t.kind WHEN 'FIRST_RESPONSE' THEN t.opened_at + town_clock('trigger_first_response_hours', 24) * interval '1 hour' END,
               t.due_on, t.opened_at, NULL, '', CASE WHEN {MISSED_TWICE} THEN '確認が2回できていません。続け方を評価して決めます' ELSE t.text END
        FROM records_task t WHERE t.agency_id = %(agency)s AND t.done_at IS NULL
        UNION ALL
        SELECT x.kind, x.of_case, x.of_case, NULL, x.due_on, x.since, NULL, '', '' FROM my_clocks(%(closed)s::date[]) x
        UNION ALL
        SELECT 'PLAN_END', p.id, p.case_id, NULL, {PLAN_END}, p.decided_at, NULL, '', p.direction
        FROM decided p WHERE p.evaluated_at IS NULL AND {PLAN_END} <= day_of(%(now)s) + 60
        UNION ALL
        SELECT 'MONITORING', p.id, p.case_id, NULL, p.monitor_by, p.decided_at, NULL, '', p.direction
        FROM decided p
        UNION ALL
        SELECT 'WATCH', w.id, w.case_id, NULL,
               {HEARD} + w.every_days, w.started_at,
               NULL,
               CASE WHEN {OPEN_TURN} <> %(agency)s THEN '当番 ' || (SELECT g.name FROM records_agency g WHERE g.id = {OPEN_TURN}) END,
               w.every_days || '日ごとの約束'
        FROM records_watch w WHERE w.ended_at IS NULL AND (%(agency)s = {OPEN_TURN}
              OR ({SILENT} AND (%(agency)s = ANY(w.watchers || w.first_responder_id) OR EXISTS (SELECT FROM records_holding h
                  WHERE h.case_id = w.case_id AND h.until IS NULL AND h.agency_id = %(agency)s OFFSET 0))))
        UNION ALL
        SELECT 'SILENT', asker_staff(), NULL, NULL, day_of(%(now)s), %(now)s,
               jsonb_build_array(jsonb_build_array(NULL, n.longest || '日 連絡のない見守り ' || n.n || '件')), '',
               '当番に声をかけ、だれが連絡するかを決めます'
        FROM (SELECT count(*) AS n, max(day_of(%(now)s) - {HEARD}) AS longest FROM records_watch w
              WHERE %(hub)s AND w.ended_at IS NULL AND {SILENT}) n WHERE n.n > 0
        UNION ALL
        SELECT 'SITTING', t.id, NULL, t.at, NULL, t.at, jsonb_build_array(jsonb_build_array(NULL, k.name)), '', t.place
        FROM records_sitting t JOIN records_conference k ON k.id = t.conference_id
        WHERE t.state = 'SUMMONED' AND (%(agency)s = ANY(t.secretariat)
              OR EXISTS (SELECT FROM records_seat s JOIN records_agendaitem i ON i.id = s.item_id
                         WHERE i.sitting_id = t.id AND s.staff_id = %(staff)s))
        UNION ALL
        SELECT 'PROTECTION', x.id, NULL, NULL, x.review_on, x.since,
               jsonb_build_array(jsonb_build_array(p.id, p.name)), '', '見直す日が来ても、自動では終わりません'
        FROM records_protection x JOIN records_person p ON p.id = x.person_id
        WHERE x.agency_id = %(agency)s AND x.ended_at IS NULL AND x.review_on <= day_of(%(now)s) + 30
        UNION ALL
        SELECT 'REQUEST', q.id, NULL, NULL, q.due_on, q.asked_at, NULL, g.name, ''
        FROM records_materialrequest q JOIN records_agency g ON g.id = q.asking_id
        WHERE q.agency_id = %(agency)s AND q.state = 'ASKED'
        UNION ALL
        SELECT 'REVIEW', e.record_id, NULL, NULL, business_day_after(day_of(e.opened_at), 1, %(closed)s::date[]), e.opened_at, jsonb_build_array(jsonb_build_array(NULL, q.name)), g.name, e.reason
        FROM records_emergency e JOIN records_agency g ON g.id = e.agency_id LEFT JOIN records_staff q ON q.id = e.staff_id
        WHERE e.reviewed_at IS NULL AND asker_may('PRIV')
        UNION ALL
        SELECT 'GOING_ON', j.staff, NULL, NULL, NULL, j.at, jsonb_build_array(jsonb_build_array(NULL, q.name)), g.name,
               coalesce(j.facts ->> 'reason', '')
        FROM records_journalline j JOIN records_agency g ON g.id = j.agency JOIN records_staff q ON q.id = j.staff
        WHERE j.act = 'go_on_reading' AND j.at > %(now)s - interval '7 days' AND asker_may('PRIV')
        UNION ALL
        SELECT 'NO_WORKER', l.of_case, l.of_case, NULL, day_of(%(now)s), l.since, NULL, '', '受け持つ人が在籍していません'
        FROM my_cases_left_alone() l
        UNION ALL
        SELECT 'MOVES', asker_staff(), NULL, NULL, day_of(%(now)s), %(now)s, NULL, '', n.n || '件のケースに、在籍する受け持ちがいません'
        FROM (SELECT cases_without_worker() AS n WHERE asker_may('MGR') OR asker_may('ADMIN') OR asker_may('CITY')) n WHERE n.n > 0
        UNION ALL
        SELECT 'HANDOVER', m.id, NULL, NULL, day_of(m.at), m.planned_at, NULL, s.name, g.name || 'のケースを引き継ぎます'
        FROM records_staffmove m JOIN records_staff s ON s.id = m.staff_id JOIN records_post p ON p.id = m.post_id
        JOIN records_agency g ON g.id = p.agency_id
        WHERE m.successor_id = %(staff)s AND m.withdrawn_at IS NULL AND m.at > %(now)s::timestamptz - interval '30 days'
    ), own AS MATERIALIZED (
        SELECT x.* FROM every x WHERE NOT %(mine)s OR x."case" IS NULL OR EXISTS (
            SELECT FROM records_caseworker w WHERE w.case_id = x."case" AND w.staff_id = %(staff)s AND w.until IS NULL)
    ), tally AS MATERIALIZED (
        SELECT jsonb_object_agg(k.kind, k.n) AS kinds FROM (SELECT o.kind, count(*) AS n FROM own o GROUP BY o.kind) k
    ), chosen AS MATERIALIZED (
        SELECT o.*, coalesce(o.due, o.due_on::timestamptz, o.since + interval '3 days') AS clock FROM own o
        WHERE %(kind)s = '' OR o.kind = %(kind)s ORDER BY clock, o.since, o.target LIMIT %(most)s OFFSET %(skipped)s
    )
    SELECT x.kind, x.target, x."case", x.due, x.due_on, x.since,
           coalesce(x.who, CASE x.kind WHEN 'WATCH' THEN (
               SELECT jsonb_agg(jsonb_build_array(q.id, q.name) ORDER BY q.id) FROM records_watch w
               JOIN records_subject s ON s.record_id = w.record_id JOIN records_person q ON q.id = s.person_id WHERE w.id = x.target
           ) ELSE {NAMES.format(case='x."case"')} END, '[]'), coalesce(x.sender, ''), coalesce(x.text, ''), tally.kinds
    FROM chosen x, tally ORDER BY x.clock, x.since, x.target
"""  # noqa: S608  only constants are put together


def closed_about(now: dt.datetime) -> list[dt.date]:
    """Return the closed days of the years round a moment, for clocks that count working days."""
    return sorted(day for year in range(now.year - 1, now.year + 2) for day in closed_days(year))


def answers(by: Asker, now: dt.datetime) -> list[Answered]:
    """Return the answers of the last fourteen days to what this agency offered."""
    return rows(
        Answered,
        f"""
        SELECT f.id, f.case_id, f.state, f.answered_at, coalesce({NAMES.format(case="f.case_id")}, '[]'), g.name, f.advice
        FROM records_referral f JOIN records_agency g ON g.id = f.receiver_id
        WHERE f.sender_id = %s AND f.state IN ('ACCEPTED', 'JOINED', 'DECLINED') AND f.answered_at > %s
        ORDER BY f.answered_at DESC, f.id LIMIT 10
        """,  # noqa: S608
        [by.agency, now - dt.timedelta(days=14)],
    )


def drafts(by: Asker) -> list[DraftLine]:
    """Return what the asker is writing in this post, the latest first."""
    return rows(
        DraftLine,
        "SELECT id, place, title, saved_at FROM records_draft WHERE staff_id = %s AND closed_at IS NULL"
        " ORDER BY saved_at DESC, id LIMIT 20",
        [by.staff],
    )
