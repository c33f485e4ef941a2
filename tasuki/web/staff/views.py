"""Sign-in, the second step, the choice of a post, how long the session lives, sign-out."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tasuki.actions import second_factor
from tasuki.actions import sign_in as acts
from tasuki.queries.sign_in import kinds_of
from tasuki.rules.calendar import fiscal_year_words
from tasuki.rules.sign_in import PENDING
from tasuki.rules.staff import SECRECY_LAW
from tasuki.web.page import as_uuid
from tasuki.web.staff.arrival import fresh_key, marks_of, next_of, now_of, place_of, remember, source_of, visit_of

WRONG = (
    "サインインできませんでした。利用者IDとパスワードを確かめてください。まちがいが続くと、しばらく入れなくなります。"
)
WRONG_CODE = "番号が合いません。アプリにいま出ている6けたの番号か、まだ使っていない回復コードを入れてください。"
GONE = {
    "IDLE": "しばらく操作がなかったので、安全のために閉じました。書いたものは残っています。もう一度サインインすると、同じ画面に戻ります。",
    "AGE": "サインインから時間がたったので、いったん閉じました。書いたものは残っています。もう一度サインインすると、同じ画面に戻ります。",
    "ENDED": "この端末での利用は終わっています。続けるときは、もう一度サインインしてください。",
    "POST": "いまの立場での利用は終わりました。心当たりがないときは、市の管理者に確かめてください。",
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for login and password; lead to the second step or to the choice of a post."""
    key, shared = request.session.session_key, request.POST.get("shared") == "yes"
    gone = acts.why_gone(session_key=key, now=now_of(request)) if key else ""
    values: dict[str, Any] = {
        "next": next_of(request),
        "login": request.POST.get("login", ""),
        "wrong": "",
        "shared": shared,
    }
    if request.method == "GET":
        return render(request, "staff/sign_in.html", {**values, "gone": GONE.get(gone, "")})
    account = acts.check(
        login=values["login"].strip()[:80], password=request.POST.get("password", ""), now=now_of(request),
        source=source_of(request), marks=marks_of(request),
    )  # fmt: skip
    if account is None:
        return render(request, "staff/sign_in.html", {**values, "wrong": WRONG}, status=422)
    if kinds_of(account.pk) & {"TOTP", "PASSKEY"}:
        fresh_key(request)
        request.session["pending"] = [str(account.pk), now_of(request).isoformat(), "yes" if shared else ""]
        return HttpResponseRedirect("/sign-in/second/?" + urlencode({"next": values["next"]}))
    return let_in(request, account.pk, "PASSWORD", shared=shared)


def pending_of(request: HttpRequest) -> tuple[UUID, bool] | None:
    """Return whose password was right a moment ago, and whether on a shared computer; None when nobody's."""
    found: Any = request.session.get("pending")
    account = as_uuid(str(found[0])) if isinstance(found, list) and len(found) == 3 else None
    if account is None or now_of(request) - dt.datetime.fromisoformat(found[1]) > PENDING:
        return None
    return account, found[2] == "yes"


@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor: a code of the app, a recovery code, or a passkey."""
    pending = pending_of(request)
    if pending is None:
        return HttpResponseRedirect("/sign-in/?" + urlencode({"next": next_of(request)}))
    account, shared = pending
    values: dict[str, Any] = {"next": next_of(request), "kinds": kinds_of(account), "wrong": ""}
    if request.method == "GET":
        return render(request, "staff/second.html", values)
    code, now = request.POST.get("code", "")[:40], now_of(request)
    how = second_factor.check_code(
        account=account, code=code, now=now, source=source_of(request), marks=marks_of(request)
    )
    if not how:
        return render(request, "staff/second.html", {**values, "wrong": WRONG_CODE}, status=422)
    return let_in(request, account, how, shared=shared)


def let_in(request: HttpRequest, account: UUID, how: str, *, shared: bool) -> HttpResponse:
    """Open the session under a new key, and lead on; the browser is known from now on."""
    key, entry = fresh_key(request), acts.Entry(place=place_of(request), shared=shared, how=how)
    acts.enter(
        account=account, session_key=key, now=now_of(request), entry=entry, source=source_of(request),
        marks=marks_of(request),
    )  # fmt: skip
    answer = _onward(request, account)
    remember(request, answer, account)
    return answer


def _onward(request: HttpRequest, account: UUID) -> HttpResponse:
    """Lead to the set-up of a second factor, the only post, or the choice."""
    now, to = now_of(request), next_of(request)
    if acts.must_change_password(account=account):
        return HttpResponseRedirect("/account/password/?first=1")
    if acts.second_factor_until(account=account, now=now) is not None:
        return HttpResponseRedirect("/account/?" + urlencode({"next": to}))
    mine = [one for one in acts.posts(account=account, now=now) if not one.closed]
    if len(mine) == 1:
        _choose(request, account, mine[0])
        return HttpResponseRedirect(to)
    return HttpResponseRedirect("/posts/?" + urlencode({"next": to}))


@require_http_methods(["GET", "POST"])
def posts(request: HttpRequest) -> HttpResponse:
    """いま、だれとして: choose the post to act in; it is always shown afterwards and changed in one click."""
    visit, now = visit_of(request), now_of(request)
    if visit is None:
        return HttpResponseRedirect("/sign-in/?" + urlencode({"next": next_of(request)}))
    if acts.must_change_password(account=visit.account):
        return HttpResponseRedirect("/account/password/?first=1")
    if acts.must_set_up(account=visit.account, now=now):
        return HttpResponseRedirect("/account/?" + urlencode({"next": next_of(request)}))
    mine = acts.posts(account=visit.account, now=now)
    chosen = next((one for one in mine if str(one.post) == request.POST.get("post") and not one.closed), None)
    if request.method == "POST" and chosen is not None:
        _choose(request, visit.account, chosen)
        return HttpResponseRedirect(next_of(request))
    return render(request, "staff/posts.html", {"posts": mine, "next": next_of(request), "now_in": visit.post})


@require_http_methods(["GET", "POST"])
def secrecy(request: HttpRequest) -> HttpResponse:
    """守秘の確認: what a contractor's worker acknowledges once a 年度, before the first page in that post."""
    visit, now, key = visit_of(request), now_of(request), str(request.session.session_key)
    if visit is None:
        return HttpResponseRedirect("/sign-in/?" + urlencode({"next": next_of(request)}))
    owed = acts.owed(session_key=key, now=now)
    if owed is None or request.method == "POST":
        acts.acknowledge(session_key=key, now=now, account=visit.account)
        return HttpResponseRedirect(next_of(request))
    shown = {"owed": owed, "year": fiscal_year_words(owed.fiscal_year), "law": SECRECY_LAW, "next": next_of(request)}
    return render(request, "staff/secrecy.html", shown)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session at once, and let the browser forget what it kept of it."""
    if request.session.session_key:
        acts.leave(session_key=request.session.session_key, now=now_of(request))
    request.session.flush()
    answer = HttpResponseRedirect("/sign-in/")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _choose(request: HttpRequest, account: UUID, chosen: acts.PostChoice) -> None:
    before = str(request.session.session_key)
    mine = acts.posts(account=account, now=now_of(request))
    # Named here for the bar of every page; asked again when one of them is chosen.
    request.session["others"] = [
        [str(one.post), f"{one.agency}（{one.town}）"] for one in mine if one.post != chosen.post and not one.closed
    ]
    request.session["switched"] = next_of(request)
    request.session.cycle_key()
    acts.choose(
        account=account, staff=chosen.staff, post=chosen.post, session_key=str(request.session.session_key),
        now=now_of(request), before=before,
    )  # fmt: skip


@require_GET
def session_left(request: HttpRequest) -> HttpResponse:
    """Say how many seconds the session lives if nothing is done; asking does not keep it awake."""
    key, now = request.session.session_key, now_of(request)
    visit = acts.living_visit(session_key=key, now=now) if key else None
    return JsonResponse({"left": visit.seconds_left(now) if visit else 0})


@require_POST
def session_kept(request: HttpRequest) -> HttpResponse:
    """Go on: the session is kept awake by this request."""
    visit = visit_of(request)
    return JsonResponse({"left": visit.seconds_left(now_of(request)) if visit else 0})


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Say that the door is open, to a watchdog without a session."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")
