"""The page for the minutes in which the database does not answer: what was typed comes back, ready to be sent again."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import escape_leading_slashes

from tasuki.web.staff.arrival import from_here

log = logging.getLogger("tasuki.web")
RETRY_SECONDS = 10
NEVER_SHOWN = frozenset({"csrfmiddlewaretoken", "password", "code"})
LONG = 40  # letters: a longer text, or one with lines, is shown to be read and copied


def away(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say that nothing can be saved at the moment (503), and give back what was sent.

    The form goes to the same address with the same key: sent twice it counts once, also when the first one was saved and
    only the answer was lost.
    """
    log.error("no database: %s", type(error).__name__)
    fields = given_back(request)
    here = escape_leading_slashes(request.get_full_path())  # //elsewhere would be another house
    kept = [(name, text, len(text) > LONG or "\n" in text) for name, text in fields]
    values = {
        "fields": kept,
        "to_read": any(long for _, _, long in kept),
        "again": here if fields else "",
        "look": here if request.method == "GET" else "/",
    }
    answer = render(request, "house/away.html", values, status=503)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def given_back(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a form of this house held, (name, text), without secrets; nothing for a form of another site."""
    sent = request.POST if request.method == "POST" and from_here(request) else QueryDict()
    return [(name, text) for name in sent if not _secret(name) for text in sent.getlist(name)]


def _secret(name: str) -> bool:
    return name in NEVER_SHOWN or "password" in name
