"""Rows on their way into the database: which columns are written of each table, and the text in which COPY takes them."""

from __future__ import annotations

from collections.abc import Iterable

# Of each table in the order in which foreign keys want them. What is not listed gets the default of its model.
COLUMNS: dict[str, tuple[str, ...]] = {
    "household": ("id", "number", "opened_at"),
    "person": (
        "id", "household_id", "identity", "name", "kana", "born", "sex", "relation", "key_person", "area", "registered_at",
    ),
    "contact": ("id", "person_id", "address", "phone"),
    "searchkey": ("id", "person_id", "kind", "key"),
    "householdmove": ("id", "person_id", "household_id", "reason", "moved_at", "moved_by_id"),
    "case": (
        "id", "household_id", "agency_id", "state", "before_suspension", "screened_as", "hub_id", "hub_since", "opened_at",
        "ended_at", "end_reason", "next_check_on",
    ),
    "caseperson": ("id", "case_id", "person_id", "joined_at"),
    "caseworker": ("id", "case_id", "staff_id", "agency_id", "since", "until"),
    "holding": ("id", "case_id", "agency_id", "since", "until", "reason"),
    "pledge": ("id", "staff_id", "agency_id", "since", "until"),
    "sitting": (
        "id", "conference_id", "secretariat", "called_by_id", "at", "state", "held_at", "place", "present",
    ),
    "record": (
        "id", "kind", "agency_id", "staff_id", "case_id", "written_at", "text", "fact", "opinion", "method", "note_kind",
        "minutes", "addressee_id", "sitting_id", "data_class", "details",
    ),
    "subject": ("id", "record_id", "person_id", "agency_id", "kind"),
    "consultation": (
        "id", "record_id", "number", "route", "referrer", "topics", "pressing", "urgency", "visited_before",
    ),
    "issue": ("id", "record_id", "person_id", "code", "status", "severity"),
    "referral": (
        "id", "record_id", "case_id", "kind", "sender_id", "receiver_id", "basis", "no_consent_reason", "sheet", "wants",
        "tried", "warm", "state", "sent_at", "answer_by", "answered_at", "answered_by_id", "advice", "lead_id",
        "follow_up_on", "closed_at",
    ),
    "consent": ("id", "record_id", "person_id", "form", "given_at", "until"),
    "consentreach": ("id", "consent_id", "person_id", "agency_id", "data_class", "since", "until", "ended_at"),
    "consentrefusal": ("id", "record_id", "person_id", "kind", "at"),
    "plan": (
        "id", "record_id", "case_id", "kind", "version", "previous_id", "state", "direction", "applied_on", "participation",
        "outreach", "judged_at", "judged_result", "judged_item_id", "decided_at", "decided_by_id", "lead_id", "ended_at",
        "evaluated_at", "verdict", "monitor_by",
    ),
    "goal": ("id", "plan_id", "number", "text", "attained"),
    "planrole": ("id", "plan_id", "agency_id", "what", "due_on", "state", "since"),
    "agendaitem": ("id", "sitting_id", "case_id", "kind", "basis", "reason", "plan_id", "position", "discussion"),
    "itemperson": ("id", "item_id", "person_id"),
    "seat": ("id", "item_id", "staff_id", "agency_id", "present"),
    "opinion": ("id", "item_id", "agency_id", "agrees", "text"),
    "strand": ("id", "case_id", "person_id", "kind", "agency_id", "basis", "stage", "opened_at", "ended_at", "end_reason"),
    "watch": (
        "id", "record_id", "case_id", "watchers", "first_responder_id", "every_days", "triggers", "started_at",
        "last_contact_at", "ended_at", "end_reason",
    ),
    "task": (
        "id", "case_id", "record_id", "agency_id", "text", "kind", "due_on", "done_at", "done_by_id", "opened_at",
    ),
}  # fmt: skip
NULL = r"\N"

type Value = str | int | bool | Iterable[str] | None


class Rows:
    """Collects rows as COPY reads them; no text of a world has a tab, a line's end or a backslash in it."""

    def __init__(self) -> None:
        self.lines: dict[str, list[str]] = {table: [] for table in COLUMNS}

    def add(self, table: str, *values: Value) -> None:
        """Add one row, its values in the order of COLUMNS."""
        self.lines[table].append("\t".join([v if v.__class__ is str else _said(v) for v in values]))

    def counts(self) -> dict[str, int]:
        """Count the rows of each table."""
        return {table: len(lines) for table, lines in self.lines.items()}

    def texts(self) -> dict[str, str]:
        """Give what was collected, every line with its end; tables without a row are left out."""
        return {table: "\n".join(lines) + "\n" for table, lines in self.lines.items() if lines}


def _said(value: Value) -> str:
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value) if isinstance(value, int) else "{" + ",".join(value) + "}"
