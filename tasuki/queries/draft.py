"""書きかけ to write on."""

from __future__ import annotations

import json
from typing import Any

from tasuki.queries.rows import value
from tasuki.records.asker import Asker


def draft_at(by: Asker, place: str) -> dict[str, Any]:
    """Return what the asker was writing at a place; empty when nothing."""
    found = value(
        "SELECT body FROM records_draft WHERE staff_id = %s AND place = %s AND closed_at IS NULL", [by.staff, place]
    )
    return dict(json.loads(found)) if isinstance(found, str) else dict(found or {})
