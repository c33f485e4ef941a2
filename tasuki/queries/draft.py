"""書きかけ to write on, and the answer of a form that was already sent."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from tasuki.queries.rows import value
from tasuki.records.asker import Asker


def draft_at(by: Asker, place: str) -> dict[str, Any]:
    """Return what the asker was writing at a place; empty when nothing."""
    found = value(
        "SELECT body FROM records_draft WHERE staff_id = %s AND place = %s AND closed_at IS NULL", [by.staff, place]
    )
    return dict(json.loads(found)) if isinstance(found, str) else dict(found or {})


def sent_before(by: Asker, key: UUID) -> str | None:
    """Return the answer of a form that was sent before; None when it was not."""
    found = value("SELECT answer FROM records_sentform WHERE staff = %s AND key = %s", [by.staff, key])
    return str(found) if found is not None else None
