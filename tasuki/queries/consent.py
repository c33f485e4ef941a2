"""同意: what a withdrawal would take away, agency by agency, said before anybody confirms it (T34)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from tasuki.queries.rows import rows
from tasuki.records.asker import Asker
from tasuki.rules.calendar import wareki


@dataclass(frozen=True)
class Effect:
    """What one agency would lose of one person: records seen by consent alone, the identity, a sitting to come."""

    agency: str
    person: str
    until: dt.date | None
    records: int
    identity: bool
    sitting: dt.date | None


_EFFECTS = """
    SELECT g.name, p.name, r.until, s.records, s.identity,
           (SELECT min(day_of(t.at)) FROM records_agendaitem i JOIN records_sitting t ON t.id = i.sitting_id
            JOIN records_itemperson x ON x.item_id = i.id JOIN records_seat w ON w.item_id = i.id
            WHERE i.basis = 'CONSENT' AND t.state = 'SUMMONED' AND x.person_id = p.id AND w.agency_id = g.id)
    FROM (SELECT person_id, agency_id, max(until) AS until FROM records_consentreach
          WHERE ended_at IS NULL AND (until IS NULL OR until >= day_of(asker_at())) GROUP BY person_id, agency_id) r
    JOIN records_person p ON p.id = r.person_id JOIN records_case c ON c.household_id = p.household_id
    JOIN records_agency g ON g.id = r.agency_id CROSS JOIN LATERAL seen_by_consent_alone(p.id, g.id) s
    WHERE c.id = %s ORDER BY g.name, p.born, p.id
"""


def effects(by: Asker, case: UUID, today: dt.date) -> list[tuple[str, str]]:
    """Say for each agency that a consent reaches what a withdrawal would hide from it, as (agency, words)."""
    told: dict[str, list[str]] = {}
    for one in rows(Effect, _EFFECTS, [case]):
        told.setdefault(one.agency, []).append(_said(one))
    return [(agency, "\n".join(lines)) for agency, lines in told.items()]


def _said(one: Effect) -> str:
    hidden = [f"記録{one.records}件"] if one.records else []
    hidden += ["氏名など基本の情報"] if one.identity else []
    lost = f"{'と'.join(hidden)}が見えなくなります。" if hidden else "ほかの根拠で見えているものは、そのまま見えます。"
    sitting = f"{wareki(one.sitting)}の会議の議題は、この機関とは開けなくなります。" if one.sitting else ""
    return f"{one.person or '名前不明'}さん　{lost}{sitting}"
