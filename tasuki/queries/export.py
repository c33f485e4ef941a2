"""What leaves the house: つなぐシート, 会議録, 支援プラン, 評価, 同意書 on paper, each one statement; and the files of long lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.rows import each, one, rows, value
from tasuki.records.asker import Asker, Invisible, ask
from tasuki.rules.export import ExportState, state_at


@dataclass(frozen=True)
class SheetPaper:
    """つなぐシート (F03) as it is printed.

    `people` are the persons of the sheet; `others` live with them and stand with a name only when the receiver has a
    ground of their own (settled 35); `unseen` of the household not even the printer may see.
    """

    id: UUID
    number: str
    kind: str
    sent_at: dt.datetime
    answer_by: dt.datetime | None
    sender: str
    receiver: str
    warm: str
    wants: str
    tried: str
    text: str
    basis: str
    reason: str
    ground: str
    people: list[Any]
    others: list[Any]
    unseen: int
    topics: list[str]
    pressing: str
    consent: list[Any]


_SHEET = """
    SELECT f.id, coalesce(r.details ->> 'number', ''), f.kind, f.sent_at, f.answer_by, s.name, g.name, f.warm, f.wants,
      f.tried, f.sheet, f.basis, f.no_consent_reason, record_ground(r.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'kana', p.kana, 'alias', p.alias, 'born', p.born,
              'sex', p.sex, 'area', p.area, 'address', t.address, 'phone', t.phone,
              'guarded', address_is_protected(p.id)) ORDER BY p.registered_at, p.id), '[]')
       FROM records_subject x JOIN records_person p ON p.id = x.person_id LEFT JOIN LATERAL contact_of(p.id) t ON true
       WHERE x.record_id = r.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'relation', p.relation, 'born', p.born,
              'labels', p.labels, 'home', p.lives_with, 'known', agency_knows(f.receiver_id, p.id)) ORDER BY p.born, p.id), '[]')
       FROM records_person p WHERE p.household_id = c.household_id AND p.died_on = ''
         AND NOT EXISTS (SELECT FROM records_subject x WHERE x.record_id = r.id AND x.person_id = p.id)),
      coalesce(unseen_in_household(c.household_id), 0),
      ARRAY(SELECT jsonb_array_elements_text(n.topics)), coalesce(n.pressing, ''),
      (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('person', p.name, 'form', k.form, 'until', k.until, 'given', k.given_at,
              'classes', (SELECT jsonb_agg(DISTINCT e.data_class) FROM records_consentreach e WHERE e.consent_id = k.id),
              'agencies', (SELECT jsonb_agg(DISTINCT a.name) FROM records_consentreach e
                           JOIN records_agency a ON a.id = e.agency_id WHERE e.consent_id = k.id))), '[]')
       FROM records_consent k JOIN records_person p ON p.id = k.person_id
       WHERE k.given_at <= f.sent_at AND EXISTS (SELECT FROM records_subject x WHERE x.record_id = r.id AND x.person_id = p.id)
         AND EXISTS (SELECT FROM records_consentreach e WHERE e.consent_id = k.id AND e.agency_id = f.receiver_id
                     AND e.ended_at IS NULL))
    FROM records_referral f JOIN records_record r ON r.id = f.record_id JOIN records_agency s ON s.id = f.sender_id
    JOIN records_agency g ON g.id = f.receiver_id LEFT JOIN records_case c ON c.id = f.case_id
    LEFT JOIN LATERAL (
        SELECT n.topics, n.pressing FROM records_consultation n JOIN records_record q ON q.id = n.record_id
        WHERE q.case_id = f.case_id ORDER BY q.written_at DESC LIMIT 1) n ON true
    WHERE f.id = %s
"""


def sheet(by: Asker, referral: UUID) -> SheetPaper:
    """Return a つなぐシート; Invisible when the つなぎ does not exist for the asker."""
    found = one(SheetPaper, _SHEET, [referral])
    if found is None:
        raise Invisible
    return found


@dataclass(frozen=True)
class SittingPaper:
    """The head of minutes: which conference, when, where; `secretariat` says that the asker prepares it."""

    id: UUID
    conference: str
    at: dt.datetime
    held_at: dt.datetime
    place: str
    called_by: str
    secretariat: bool


@dataclass(frozen=True)
class ItemPaper:
    """One item of minutes with everything decided and said, as far as the asker may see it."""

    id: UUID
    position: int
    kind: str
    reason: str
    discussion: str
    people: list[Any]
    seats: list[Any]
    decisions: list[Any]
    opinions: list[Any]
    consents: list[Any]
    judged: str


_SITTING = """
    SELECT t.id, k.name, t.at, t.held_at, t.place, g.name, x.prepares
    FROM records_sitting t JOIN records_conference k ON k.id = t.conference_id JOIN records_agency g ON g.id = t.called_by_id
    CROSS JOIN LATERAL (SELECT asker_agency() = ANY(t.secretariat)
                               AND (asker_may('COORD') OR asker_may('CHAIR')) AS prepares) x
    WHERE t.id = %s AND t.state = 'HELD'
"""
_ITEMS = """
    SELECT i.id, i.position, i.kind, i.reason, i.discussion,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) ORDER BY p.born, p.id), '[]')
       FROM records_itemperson x JOIN records_person p ON p.id = x.person_id WHERE x.item_id = i.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('staff', s.staff_id, 'name', w.name, 'agency', g.name,
              'deputy', s.is_deputy, 'present', s.present, 'pledged', has_pledge(s.staff_id, day_of(t.held_at)))
              ORDER BY g.name, w.name, s.id), '[]')
       FROM records_seat s JOIN records_staff w ON w.id = s.staff_id JOIN records_agency g ON g.id = s.agency_id
       WHERE s.item_id = i.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('text', d.text, 'agency', g.name, 'due', d.due_on)
              ORDER BY d.due_on NULLS LAST, d.id), '[]')
       FROM records_decision d LEFT JOIN records_agency g ON g.id = d.agency_id WHERE d.item_id = i.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('agency', g.name, 'agrees', o.agrees, 'text', o.text) ORDER BY g.name), '[]')
       FROM records_opinion o JOIN records_agency g ON g.id = o.agency_id WHERE o.item_id = i.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('person', p.name, 'form', k.form, 'until', k.until) ORDER BY k.given_at), '[]')
       FROM records_consent k JOIN records_person p ON p.id = k.person_id JOIN records_itemperson x ON x.person_id = k.person_id
       WHERE x.item_id = i.id AND k.given_at <= t.held_at),
      coalesce((SELECT max(l.judged_result) FROM records_plan l WHERE l.judged_item_id = i.id), '')
    FROM records_agendaitem i JOIN records_sitting t ON t.id = i.sitting_id
    WHERE i.sitting_id = %s AND (i.basis = 'ARTICLE_106_6') = %s ORDER BY i.position, i.id
"""


def minutes(by: Asker, sitting: UUID, *, sealed: bool) -> tuple[SittingPaper, list[ItemPaper]]:
    """Return one part of the minutes: the sealed items, or all others, never both. Invisible when the asker sees none."""
    head = one(SittingPaper, _SITTING, [sitting])
    items = rows(ItemPaper, _ITEMS, [sitting, sealed]) if head else []
    if head is None or not items:
        raise Invisible
    return head, items


@dataclass(frozen=True)
class PlanPaper:
    """支援プラン (F05) and its evaluation (F10)."""

    id: UUID
    case: UUID
    kind: str
    version: int
    state: str
    direction: str
    participation: str
    outreach: str
    applied_on: dt.date | None
    written_at: dt.datetime
    written_by: str
    author: str
    judged_at: dt.datetime | None
    judged_result: str
    conference: str
    decided_at: dt.datetime | None
    decided_by: str
    lead: str
    monitor_by: dt.date | None
    ends_on: dt.date | None
    number: str
    ground: str
    people: list[Any]
    goals: list[Any]
    roles: list[Any]
    formulation: str
    wishes: str
    evaluation: dict[str, Any] | None


_PLAN = """
    SELECT p.id, p.case_id, p.kind, p.version, p.state, p.direction, p.participation, p.outreach, p.applied_on, r.written_at,
      g.name, w.name, p.judged_at, p.judged_result, coalesce((SELECT k.name FROM records_agendaitem i JOIN records_sitting t
        ON t.id = i.sitting_id JOIN records_conference k ON k.id = t.conference_id WHERE i.id = p.judged_item_id), ''),
      p.decided_at, coalesce(d.name, ''), coalesce(l.name, ''), p.monitor_by, p.ends_on,
      coalesce((SELECT min(n.number) FROM records_consultation n JOIN records_record q ON q.id = n.record_id
                WHERE q.case_id = p.case_id AND q.kind = 'RECEIVE'), ''),
      record_ground(r.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'name', q.name, 'kana', q.kana, 'born', q.born,
              'relation', q.relation) ORDER BY q.born, q.id), '[]')
       FROM records_subject s JOIN records_person q ON q.id = s.person_id WHERE s.record_id = r.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('n', o.number, 'text', o.text, 'attained', o.attained) ORDER BY o.number), '[]')
       FROM records_goal o WHERE o.plan_id = p.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('agency', a.name, 'what', x.what, 'due', x.due_on, 'state', x.state)
              ORDER BY x.due_on NULLS LAST, a.name), '[]')
       FROM records_planrole x JOIN records_agency a ON a.id = x.agency_id WHERE x.plan_id = p.id),
      coalesce(a.text, ''), coalesce(a.details ->> 'wishes', ''),
      (SELECT jsonb_build_object('at', e.written_at, 'by', ea.name, 'text', e.text, 'details', e.details)
       FROM records_record e JOIN records_agency ea ON ea.id = e.agency_id
       WHERE e.kind = 'EVALUATION' AND e.details ->> 'plan' = p.id::text ORDER BY e.written_at DESC LIMIT 1)
    FROM records_plan p JOIN records_record r ON r.id = p.record_id JOIN records_agency g ON g.id = r.agency_id
    JOIN records_staff w ON w.id = r.staff_id LEFT JOIN records_agency l ON l.id = p.lead_id
    LEFT JOIN records_staff d ON d.id = p.decided_by_id
    LEFT JOIN LATERAL (SELECT q.text, q.details FROM records_record q WHERE q.case_id = p.case_id AND q.kind = 'ASSESSMENT'
                       AND q.written_at <= r.written_at ORDER BY q.written_at DESC LIMIT 1) a ON true
    WHERE p.id = %s
"""


def plan(by: Asker, plan_id: UUID) -> PlanPaper:
    """Return a plan as it is printed; Invisible when it does not exist for the asker."""
    found = one(PlanPaper, _PLAN, [plan_id])
    if found is None:
        raise Invisible
    return found


@dataclass(frozen=True)
class ConsentPaper:
    """同意書 (F04): whose, to whom, which classes, until when, who explained it."""

    id: UUID
    person: UUID
    name: str
    kana: str
    born: str
    proxy: str
    form: str
    given_at: dt.datetime
    until: dt.date | None
    agency: str
    staff: str
    note: str
    agencies: list[str]
    classes: list[str]
    excluded: list[str]
    ended: list[Any]
    ground: str


_CONSENT = """
    SELECT k.id, p.id, p.name, p.kana, p.born, coalesce(x.name, ''), k.form, k.given_at, k.until, g.name, w.name, r.text,
      ARRAY(SELECT DISTINCT a.name FROM records_consentreach e JOIN records_agency a ON a.id = e.agency_id
            WHERE e.consent_id = k.id ORDER BY a.name),
      ARRAY(SELECT DISTINCT e.data_class FROM records_consentreach e WHERE e.consent_id = k.id ORDER BY e.data_class),
      ARRAY(SELECT coalesce(a.name, s.name, '') FROM records_consentexclusion e LEFT JOIN records_agency a ON a.id = e.agency_id
            LEFT JOIN records_staff s ON s.id = e.staff_id WHERE e.consent_id = k.id ORDER BY 1),
      (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('agency', a.name, 'on', day_of(e.ended_at))), '[]')
       FROM records_consentreach e JOIN records_agency a ON a.id = e.agency_id
       WHERE e.consent_id = k.id AND e.ended_at IS NOT NULL),
      record_ground(r.id)
    FROM records_consent k JOIN records_record r ON r.id = k.record_id JOIN records_person p ON p.id = k.person_id
    JOIN records_agency g ON g.id = r.agency_id JOIN records_staff w ON w.id = r.staff_id
    LEFT JOIN records_person x ON x.id = k.proxy_id WHERE k.id = %(id)s OR k.record_id = %(id)s
"""


def consent(by: Asker, consent_id: UUID) -> ConsentPaper:
    """Return a consent as it is printed, by its own id or its record's; Invisible when it does not exist for the asker."""
    found = one(ConsentPaper, _CONSENT, {"id": consent_id})
    if found is None:
        raise Invisible
    return found


@dataclass(frozen=True)
class ListFile:
    """取り出し: a list's file that takes long, and how far it is. `asked` is the list's address, sealed for its person."""

    id: UUID
    title: str
    what: str
    asked: bytes
    written: str
    rows: int
    total: int | None
    size: int
    asked_at: dt.datetime
    heard_at: dt.datetime
    read_at: dt.datetime | None
    taken_at: dt.datetime | None
    until: dt.datetime | None

    @property
    def kind(self) -> str:
        """Which kind of file: csv or xlsx."""
        return self.what.rpartition(".")[2]

    def state(self, now: dt.datetime) -> ExportState:
        """Where it stands at a moment."""
        return state_at(self.written, heard_at=self.heard_at, until=self.until, now=now)


_FILES = """
    SELECT id, title, what, asked, state, rows, total, size, asked_at, heard_at, read_at, taken_at, until
    FROM records_export WHERE %(id)s::uuid IS NULL OR id = %(id)s ORDER BY asked_at DESC, id LIMIT 100
"""


def files(by: Asker) -> list[ListFile]:
    """Return the files that the asker has asked for in this sign-in, the latest first."""
    return rows(ListFile, _FILES, {"id": None})


def file(by: Asker, export: UUID) -> ListFile:
    """Return one of them; Invisible when it is nobody's, or another sign-in's."""
    found = one(ListFile, _FILES, {"id": export})
    if found is None:
        raise Invisible
    return found


def less_is_seen_since(read_at: dt.datetime) -> bool:
    """Whether the asker may see less of anybody than when a file was read: a consent ended, a bar or a protection began."""
    return ask("less_is_seen_since", read_at)


def is_still_shown(persons: Sequence[UUID], read_at: dt.datetime) -> bool:
    """Whether the asker still sees everybody whom a file shows, as when it was read (one statement)."""
    return bool(value("SELECT still_shown(%s::uuid[], %s)", [list(persons), read_at]))


def may_be_taken(export: UUID) -> bool:
    """Whether the asker still sees everybody whom a file shows, as when it was read (one statement)."""
    return bool(value("SELECT still_shown(persons, read_at) FROM records_export WHERE id = %s", [export]))


def pieces(export: UUID) -> Iterator[bytes]:
    """Return a file, piece by piece."""
    return each(bytes, "SELECT body FROM records_exportpiece WHERE export_id = %s ORDER BY number", [export])
