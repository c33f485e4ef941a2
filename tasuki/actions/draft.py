"""書きかけ and forms sent once: what is typed is kept, and what was sent is not done twice (P10)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker
from tasuki.records.models import Draft, SentForm


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


@transaction.atomic
def claim(*, by: Asker, now: dt.datetime, key: UUID) -> None:
    """Take a form's key before its act. A doubled submit waits here for the first one, and then finds its answer."""
    form = SentForm(municipality_id=by.municipality, key=key, staff=by.staff, answer="", at=now)
    SentForm.objects.bulk_create([form], ignore_conflicts=True)


@transaction.atomic
def sent(*, by: Asker, now: dt.datetime, key: UUID, answer: str, place: str) -> None:
    """Remember where a form that was sent has led, and end its draft."""
    SentForm.objects.filter(key=key, staff=by.staff).update(answer=answer[:300])
    Draft.objects.filter(staff_id=by.staff, place=place, closed_at=None).update(body={}, title="", closed_at=now)
