"""Sign-in, the choice of a post, sign-out."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tasuki.actions import sign_in as acts
from tasuki.web.page import as_uuid

WRONG = "利用者IDか合言葉が違います。5回まちがえると15分のあいだ入れません。"


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for login and password; lead to the choice of a post."""
    values = {"next": _next(request), "login": request.POST.get("login", ""), "wrong": ""}
    if request.method == "GET":
        return render(request, "staff/sign_in.html", values)
    account = acts.check(login=values["login"].strip(), password=request.POST.get("password", ""), now=_now(request))
    if account is None:
        return render(request, "staff/sign_in.html", {**values, "wrong": WRONG}, status=422)
    request.session.flush()
    request.session["account"] = str(account.pk)
    request.session.save()
    mine = [one for one in acts.posts(account=account.pk, now=_now(request)) if not one.closed]
    if len(mine) == 1:
        _choose(request, account.pk, mine[0])
        return HttpResponseRedirect(values["next"])
    return HttpResponseRedirect(f"/posts/?next={values['next']}")


@require_http_methods(["GET", "POST"])
def posts(request: HttpRequest) -> HttpResponse:
    """いま、だれとして: choose the post to act in; it is always shown afterwards."""
    account = as_uuid(request.session.get("account", ""))
    if account is None:
        return HttpResponseRedirect("/sign-in/")
    mine = acts.posts(account=account, now=_now(request))
    chosen = next((one for one in mine if str(one.post) == request.POST.get("post") and not one.closed), None)
    if request.method == "POST" and chosen is not None:
        _choose(request, account, chosen)
        return HttpResponseRedirect(_next(request))
    return render(request, "staff/posts.html", {"posts": mine, "next": _next(request)})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session at once."""
    if request.session.session_key:
        acts.leave(session_key=request.session.session_key, now=_now(request))
    request.session.flush()
    return HttpResponseRedirect("/sign-in/")


def _choose(request: HttpRequest, account: UUID, chosen: acts.PostChoice) -> None:
    if request.session.session_key:
        acts.leave(session_key=request.session.session_key, now=_now(request))
    request.session.cycle_key()
    acts.choose(
        account=account,
        staff=chosen.staff,
        post=chosen.post,
        session_key=str(request.session.session_key),
        now=_now(request),
    )


def _now(request: HttpRequest) -> dt.datetime:
    found = getattr(request, "now", None)
    return found if isinstance(found, dt.datetime) else timezone.now()


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Say that the door is open, to a watchdog without a session."""
    return HttpResponse("ok", content_type="text/plain")
