"""What the door knows of a request: from where, by which browser, in which session; and the way on after signing in."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from tasuki.actions import sign_in as acts
from tasuki.records.door import mark_of, new_mark
from tasuki.rules.sign_in import KNOWN_BROWSER, MARKS

_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def now_of(request: HttpRequest) -> dt.datetime:
    """The request's one moment."""
    found = getattr(request, "now", None)
    return found if isinstance(found, dt.datetime) else timezone.now()


def source_of(request: HttpRequest) -> str:
    """The address from which the request came; behind the proxy the last one that the proxy itself wrote."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return (forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", ""))[:45]


def marks_of(request: HttpRequest) -> list[str]:
    """The marks of those who came in by this browser before, the latest first."""
    return request.COOKIES.get(settings.KNOWN_COOKIE_NAME, "").split("~")[:MARKS]


def remember(request: HttpRequest, answer: HttpResponse, account: UUID) -> None:
    """Let the browser keep the mark of who has just come in: whoever guesses elsewhere cannot close the door on them here."""
    marks = marks_of(request)
    mine = mark_of(account, marks)
    kept = [mine or new_mark(account), *(one for one in marks if one and one != mine)]
    answer.set_cookie(
        settings.KNOWN_COOKIE_NAME, "~".join(kept[:MARKS]), max_age=KNOWN_BROWSER,
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip


def place_of(request: HttpRequest) -> str:
    """The computer and browser in the words of the screen; the address stands in the door's own lines."""
    agent = request.headers.get("User-Agent", "")
    words = [next((word for mark, word in marks if mark in agent), "") for marks in (_SYSTEMS, _BROWSERS)]
    return "・".join(word for word in words if word) or "ほかの端末"


def next_of(request: HttpRequest) -> str:
    """Where to go afterwards: a page of this house, or the first one."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/") else "/"


def visit_of(request: HttpRequest) -> acts.Visit | None:
    """The living session of a request at the door, kept awake."""
    key = request.session.session_key
    return acts.living_visit(session_key=key, now=now_of(request), awake=True) if key else None


def to_the_door(request: HttpRequest) -> HttpResponse:
    """Lead somebody without a living session to the sign-in, back to where they were; what they sent is kept.

    Whose session lives and owes the 守秘の確認 is led there.
    """
    back = request.get_full_path()
    if request.method == "POST":
        back = _kept(request)
    key = request.session.session_key
    owed = key and acts.owed(session_key=key, now=now_of(request))
    address = ("/posts/secrecy/?" if owed else "/sign-in/?") + urlencode({"next": back})
    if request.headers.get("HX-Request") == "true":  # a fragment is no place for the sign-in: the whole page goes there
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _kept(request: HttpRequest) -> str:
    """Keep what was sent as a draft of its own person; returns the page to come back to."""
    key = request.session.session_key
    place = request.GET.get("place", request.path) if request.path == "/drafts/" else request.path
    if key and from_here(request) and (body := draft_of(request.POST)):
        acts.keep_for_later(session_key=key, now=now_of(request), place=place[:200], body=body, title=title_of(body))
    referer = urlsplit(request.headers.get("Referer", ""))
    page = referer.path + (f"?{referer.query}" if referer.query else "")
    back = page if referer.netloc == request.get_host() and not page.startswith("/sign-in/") else place
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/"


def from_here(request: HttpRequest) -> bool:
    """Tell whether the browser says that a form was sent from a page of ours."""
    # The form's own token is checked behind the door; here the browser's word that the form is ours is enough for a draft.
    origin = request.headers.get("Origin")
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin" and (
        origin is None or urlsplit(origin).netloc == request.get_host()
    )


def draft_of(sent: QueryDict) -> dict[str, str | list[str]]:
    """What a form says, in the shape in which drafts are kept."""
    names = [name for name in sent if name not in {"csrfmiddlewaretoken", "form_key", "password"}]
    return {
        name: [str(one) for one in sent.getlist(name)] if len(sent.getlist(name)) > 1 else str(sent.get(name, ""))
        for name in names
    }


def title_of(body: dict[str, str | list[str]]) -> str:
    """The longest text of a draft, for the list of drafts."""
    texts = [text for text in body.values() if isinstance(text, str) and len(text) > 3 and text.count("-") != 4]
    return (max(texts, key=len) if texts else "書きかけ")[:60]


def fresh_key(request: HttpRequest) -> str:
    """Give the browser a session under a key that nobody knew before, and a new token for its forms."""
    if request.session.session_key:
        acts.leave(session_key=request.session.session_key, now=now_of(request))
    request.session.flush()
    request.session["made"] = True
    request.session.save()
    rotate_token(request)
    return str(request.session.session_key)


def token_missing(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell somebody whose form had no token of this session."""
    return render(request, "staff/token_missing.html", {"back": next_of(request)}, status=403)
