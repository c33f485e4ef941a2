"""Sessions in the database, told apart: one that somebody ended, and a database that does not answer."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.db import connections, router
from django.utils import timezone

# The flush of the log is not waited for: what a power cut takes back here is a sentence for the next page. Who is in, and
# in which post, stands in a row of its own (records_signin).
_SAVED = """
    UPDATE django_session SET session_data = %s, expire_date = %s
    WHERE session_key = %s AND set_config('synchronous_commit', 'off', true) = 'off'
"""
_LOADED = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(InDatabase):
    """Django's own, which takes every trouble while saving for a session that was ended elsewhere, and answers 400."""

    def load(self) -> dict[str, Any]:
        """Read what the session holds, as Django's own does; without a model, since every page asks it."""
        with connections[router.db_for_read(self.model)].cursor() as cursor:
            cursor.execute(_LOADED, [self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return dict(self.decode(row[0]))

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  the signature is Django's
        """Save. Raises OperationalError or InterfaceError when the database is away, UpdateError when the row is gone."""
        if must_create or self.session_key is None:
            return super().save(must_create)
        data = self.encode(dict(self.items()))
        with connections[router.db_for_write(self.model)].cursor() as cursor:
            cursor.execute(_SAVED, [data, self.get_expiry_date(), self.session_key])
            if cursor.rowcount == 0:
                raise UpdateError
        return None
