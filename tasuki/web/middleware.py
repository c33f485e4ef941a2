"""Every request: who is asking, one transaction, one translator of errors, nothing kept in a cache."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.db import DataError, InterfaceError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from tasuki.records.asker import Asker, Invisible, bind_session
from tasuki.records.pen import Refused, Stale
from tasuki.web import sought, words
from tasuki.web.audit.views import question
from tasuki.web.away import away, given_back
from tasuki.web.footprint import TURNED_AWAY, Unwitnessed, terminal_of, turned_away, witness
from tasuki.web.page import BY_ITSELF, PageRequest, say
from tasuki.web.staff.arrival import to_the_door

log = logging.getLogger("tasuki.web")
# The database is away, full, or starting: nothing is wrong with what was asked, and it may be asked again.
AWAY = (OperationalError, InterfaceError)
OPEN = ("/sign-in/", "/sign-out/", "/posts/", "/static/", "/health/", "/account/", "/session/")
Next = Callable[[HttpRequest], HttpResponse]


class Moment:
    """Gives the request its one moment. A rehearsal's comes from the environment, never from a header."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set `now` and answer; personal pages are never stored."""
        request.now = request.META.get("tasuki.now") or timezone.now()  # type: ignore[attr-defined]  # see PageRequest
        response = self.get_response(request)
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        return response


class Asking:
    """Binds the asker inside the request's transaction, and translates the five kinds of errors."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the person of the session; without one, lead to the sign-in."""
        if request.path.startswith(OPEN):
            return self.get_response(request)
        with transaction.atomic():
            by = _bind(request)
            if by is None:
                return to_the_door(request)
            request.by = replace(by, terminal=terminal_of(request))  # type: ignore[attr-defined]  # see PageRequest
            request.GET = sought.opened(by, request.GET)  # type: ignore[assignment]  # a cached property, which may be set
            return self._answer(request)  # type: ignore[arg-type]  # it has its asker now

    def _answer(self, request: PageRequest) -> HttpResponse:
        # The savepoint undoes a refused act; the footprint of what the refusal showed stays.
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
        if response.status_code == 503:
            return response  # nothing can be written now, and nobody was shown
        if response.status_code in TURNED_AWAY:
            turned_away(request, response.status_code)
        try:
            slowed = witness(request, response)
        except Unwitnessed as fault:
            return _broken(request, fault)
        return question(request, request.get_full_path(), status=429) if slowed else response

    def process_exception(self, request: PageRequest, error: Exception) -> HttpResponse | None:
        """Refused or too long → 422, invisible → 404, stale → 409, bug → 500 with a number and without anybody's name."""
        if isinstance(error, (Invisible, Http404)):
            return _elsewhere(request) or not_found(request)
        if isinstance(error, Refused):
            told = words.refused_page(error.refusal, request.path)
            return _of_nobody(render(request, "house/refused.html", told, status=422))
        if isinstance(error, Stale):
            return render(request, "house/stale.html", {"theirs": error.theirs}, status=409)
        if isinstance(error, DataError):
            typed = [text for name, text in given_back(request) if text.strip() and name != "form_key"]
            return _of_nobody(render(request, "house/too_long.html", {"typed": typed}, status=422))
        return _broken(request, error)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer an error of which no view knows: before one was reached, or when the transaction should have been kept."""
    error = sys.exc_info()[1]
    return _broken(request, error if isinstance(error, Exception) else RuntimeError())


def beside(work: Callable[[], None], what: str) -> bool:
    """Do what goes on beside the pages; returns whether it was done. A bug is told to the log as a page's, without anybody's name."""
    try:
        work()
    except Exception as error:  # noqa: BLE001  whatever it is, its thread goes on
        _tell(what, error)
        return False
    return True


def _tell(what: str, error: Exception) -> None:
    log.error("%s failed: %s", what, type(error).__name__, exc_info=settings.DEBUG)


def _of_nobody(response: HttpResponse) -> HttpResponse:
    response.names_nobody = True  # type: ignore[attr-defined]  # read by footprint.witness
    return response


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error, AWAY):
        return away(request, error)
    number = secrets.token_hex(4)
    log.error(
        "request %s failed: %s at %s",
        number,
        type(error).__name__,
        request.resolver_match and request.resolver_match.view_name,
        exc_info=settings.DEBUG,
    )
    return render(request, "house/broken.html", {"number": number}, status=500)


def _bind(request: HttpRequest) -> Asker | None:
    key = request.session.session_key
    awake = BY_ITSELF not in request.GET
    return bind_session(key, request.now, awake=awake) if key else None  # type: ignore[attr-defined]  # see PageRequest


def _elsewhere(request: HttpRequest) -> HttpResponse | None:
    """Lead to 今日 whoever has just taken another post in which the page they stood on does not exist."""
    if request.session.pop("switched", None) != request.get_full_path():
        return None
    say(request, "この立場には、そのページがありません。今日を開きました。", "info")
    return HttpResponseRedirect("/")


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what cannot be read as a request to this house: a form cut off or too large, another house's address."""
    return HttpResponse(render_to_string("house/unreadable.html"), status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what does not exist and what may not be seen, byte for byte the same."""
    # Without the request: a page with a token of its own would differ at every answer.
    return HttpResponse(render_to_string("house/not_found.html"), status=404)
