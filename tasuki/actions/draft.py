"""書きかけ and forms sent once: what is typed is kept, and what was sent is not done twice (P10)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from tasuki.records.asker import Asker
from tasuki.records.models import Draft, SentForm

_CLAIMED = """
    INSERT INTO records_sentform (id, municipality_id, key, staff, answer, at) VALUES (%s, %s, %s, %s, '', %s)
    ON CONFLICT DO NOTHING
"""
_ANSWERED = "SELECT answer FROM records_sentform WHERE staff = %s AND key = %s"


@transaction.atomic
def keep(*, by: Asker, now: dt.datetime, place: str, body: dict[str, Any], title: str) -> Draft:
    """Keep what somebody is writing at a place; the latest words replace the ones before."""
    found = Draft.objects.filter(staff_id=by.staff, place=place, closed_at=None).first()
    if found is None:
        return Draft.objects.create(
            municipality_id=by.municipality, staff_id=by.staff, agency_id=by.agency, place=place, body=body,
            title=title[:120], saved_at=now,
        )  # fmt: skip
    found.body, found.title, found.saved_at = body, title[:120], now
    found.save(update_fields=["body", "title", "saved_at"])
    return found


@transaction.atomic
def drop(*, by: Asker, now: dt.datetime, draft: UUID) -> None:
    """Empty a draft and take it off the list."""
    Draft.objects.filter(pk=draft, staff_id=by.staff).update(body={}, title="", closed_at=now)


def claim(*, by: Asker, now: dt.datetime, key: UUID) -> str:
    """Take a form's key before its act: "", or where the same form has led when it was sent before.

    A doubled submit waits here for the first one, and then finds its answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLAIMED, [uuid4(), by.municipality, key, by.staff, now])
        if cursor.rowcount:
            return ""
        cursor.execute(_ANSWERED, [by.staff, key])  # a statement of its own: it sees what was waited for
        found = cursor.fetchone()
    return str(found[0]) if found else ""


@transaction.atomic
def sent(*, by: Asker, now: dt.datetime, key: UUID, answer: str, place: str) -> None:
    """Remember where a form that was sent has led, and end its draft."""
    SentForm.objects.filter(key=key, staff=by.staff).update(answer=answer[:300])
    Draft.objects.filter(staff_id=by.staff, place=place, closed_at=None).update(body={}, title="", closed_at=now)
