"""サインインと安全: one's own second factors, recovery codes, password, and the places where one is signed in."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, RawPostDataException
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tasuki.actions import passkey, second_factor
from tasuki.actions import sign_in as acts
from tasuki.queries.sign_in import own_way
from tasuki.records.asker import Invisible
from tasuki.records.pen import Refused
from tasuki.web import words
from tasuki.web.staff.arrival import marks_of, next_of, now_of, source_of, visit_of

LINES = {
    "PASSWORD": "パスワードが合った", "WRONG_PASSWORD": "パスワードのまちがい", "WRONG_CODE": "番号のまちがい", "WRONG_PASSKEY": "パスキーのまちがい",
    "LOCKED": "まちがいが続き、15分閉じた", "IN_PASSWORD": "サインイン", "IN_TOTP": "サインイン（認証アプリ）",
    "IN_RECOVERY": "サインイン（回復コード）", "IN_PASSKEY": "サインイン（パスキー）", "ADDED_TOTP": "認証アプリを足した",
    "NEW_CODES": "回復コードを作った", "USED_CODE": "回復コードを1つ使った", "ADDED_PASSKEY": "パスキーを足した",
    "REMOVED_FACTOR": "認証の手段を外した", "RESET": "管理者2人が認証の手段をやり直しにした", "COPIED_PASSKEY": "写しらしいパスキーを断った",
    "NEW_PASSWORD": "パスワードを変えた", "SECRECY": "守秘を確かめた", "ENDED_ELSEWHERE": "ほかの場所の利用を終えた", "CLOSED": "利用停止",
}  # fmt: skip
SAID = {
    "app": "認証アプリを足しました。次から、サインインのときに番号をきかれます。", "key": "パスキーを足しました。",
    "dropped": "外しました。", "ended": "ほかの場所の利用を終えました。", "password": "パスワードを変えました。ほかの場所の利用は終えました。",
}  # fmt: skip

View = Callable[..., HttpResponse]


def own(*, fresh: bool = False) -> Callable[[Callable[..., HttpResponse]], View]:
    """Let only a living session in; with `fresh`, only one whose person has proved who they are within ten minutes."""

    def wrap(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def ask(request: HttpRequest, **more: Any) -> HttpResponse:
            visit = visit_of(request)
            if visit is None:
                return HttpResponseRedirect("/sign-in/?" + urlencode({"next": request.path}))
            if fresh and not visit.is_fresh(now_of(request)):
                back = request.path if request.method == "GET" else "/account/"
                if request.content_type == "application/json":
                    return JsonResponse({"to": "/account/proof/?" + urlencode({"next": back})}, status=403)
                return HttpResponseRedirect("/account/proof/?" + urlencode({"next": back}))
            return view(request, visit, **more)

        return ask

    return wrap


def _page(request: HttpRequest, visit: acts.Visit, *, status: int = 200, **more: Any) -> HttpResponse:
    now = now_of(request)
    way = own_way(visit.account, str(request.session.session_key), now)
    lines = [(at, LINES.get(what, what), source) for at, what, source in way.lines]
    values = {
        "way": way, "lines": lines, "visit": visit, "next": next_of(request), "last": acts.second_factor_until(account=visit.account, now=now),
        "must": acts.must_set_up(account=visit.account, now=now), "said": SAID.get(request.GET.get("said", "")), "why": "",
    }  # fmt: skip
    return render(request, "staff/own.html", {**values, **more}, status=status)


@require_GET
@own()
def account(request: HttpRequest, visit: acts.Visit) -> HttpResponse:
    """Show one's own way in."""
    return _page(request, visit)


@require_http_methods(["GET", "POST"])
@own()
def proof(request: HttpRequest, visit: acts.Visit) -> HttpResponse:
    """Ask for the password again before a change."""
    values = {"next": next_of(request), "wrong": ""}
    if request.method == "POST":
        if acts.prove(
            account=visit.account, password=request.POST.get("password", ""), now=now_of(request),
            session_key=str(request.session.session_key), source=source_of(request), marks=marks_of(request),
        ):  # fmt: skip
            return HttpResponseRedirect(values["next"])
        values["wrong"] = "パスワードが違います。まちがいが続くと、しばらく入れなくなります。"
    return render(request, "staff/proof.html", values, status=422 if values["wrong"] else 200)


@require_http_methods(["GET", "POST"])
@own(fresh=True)
def totp(request: HttpRequest, visit: acts.Visit) -> HttpResponse:
    """Set up the app: a picture and the secret in groups, then its first code."""
    sealed, wrong = request.session.get("app", ""), ""
    if request.method == "POST" and sealed:
        try:
            code = request.POST.get("code", "")[:20]
            second_factor.add_totp(account=visit.account, sealed=sealed, code=code, now=now_of(request))
        except Refused as refused:
            wrong = words.sentence(refused.refusal)
        else:
            del request.session["app"]
            return _codes(request, visit, SAID["app"])
    if sealed:
        groups, address = second_factor.opened(account=visit.account, sealed=sealed)
    else:
        groups, address, request.session["app"] = second_factor.new_secret(account=visit.account)
    values = {"groups": groups, "picture": _picture(address), "wrong": wrong, "next": next_of(request)}
    return render(request, "staff/totp.html", values, status=422 if wrong else 200)


def _picture(address: str) -> str:
    drawn = segno.make(address, error="m").svg_inline(scale=5, svgclass=None, lineclass=None, omitsize=False)
    return mark_safe(drawn.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S308  drawn here from the address: lines and numbers only


@require_POST
@own(fresh=True)
def recovery(request: HttpRequest, visit: acts.Visit) -> HttpResponse:
    """Make new recovery codes and show them once."""
    return _codes(request, visit, "回復コードを作り直しました。前のコードは使えません。")


def _codes(request: HttpRequest, visit: acts.Visit, said: str) -> HttpResponse:
    made = second_factor.new_codes(account=visit.account, now=now_of(request))
    return render(request, "staff/codes.html", {"codes": made, "said": said, "next": next_of(request)})


@require_POST
@own(fresh=True)
def remove(request: HttpRequest, visit: acts.Visit, factor: UUID) -> HttpResponse:
    """Take an app or a passkey away."""
    now = now_of(request)
    needed = any(way.second_factor for _, way in acts.ways(account=visit.account, now=now))
    try:
        second_factor.drop_factor(account=visit.account, factor=factor, needed=needed, now=now)
    except Refused as refused:
        return _page(request, visit, status=422, why=words.sentence(refused.refusal))
    return HttpResponseRedirect("/account/?said=dropped")


@require_POST
@own()
def elsewhere(request: HttpRequest, visit: acts.Visit) -> HttpResponse:
    """End one's other sessions, or one of them."""
    only = request.POST.get("mark", "")
    acts.leave_elsewhere(
        account=visit.account, session_key=str(request.session.session_key), now=now_of(request),
        only=only if len(only) == 16 and only.isalnum() else "",
    )  # fmt: skip
    return HttpResponseRedirect("/account/?said=ended")


@require_http_methods(["GET", "POST"])
@own(fresh=True)
def password(request: HttpRequest, visit: acts.Visit) -> HttpResponse:
    """Change one's own password; one that somebody else handed over must be changed before anything else."""
    first = acts.must_change_password(account=visit.account)
    if request.method == "GET":
        return render(request, "staff/password.html", {"why": "", "first": first})
    try:
        acts.change_password(
            account=visit.account, new=request.POST.get("new", ""), again=request.POST.get("again", ""),
            session_key=str(request.session.session_key), now=now_of(request),
        )  # fmt: skip
    except Refused as refused:
        return render(
            request, "staff/password.html", {"why": words.sentence(refused.refusal), "first": first}, status=422
        )
    return HttpResponseRedirect("/posts/" if first else "/account/?said=password")


@require_POST
@own(fresh=True)
def passkey_options(request: HttpRequest, visit: acts.Visit) -> HttpResponse:
    """Ask the browser to make a passkey."""
    asked = passkey.ask_new(account=visit.account, host=host_of(request))
    request.session["asked"] = asked.state
    return JsonResponse(asked.options)


@require_POST
@own(fresh=True)
def passkey_new(request: HttpRequest, visit: acts.Visit) -> HttpResponse:
    """Take the browser's passkey under its name."""
    sent = sent_json(request)
    try:
        passkey.add_passkey(
            account=visit.account, host=host_of(request), state=request.session.pop("asked", {}), now=now_of(request),
            answer=sent.get("answer") or {}, name=str(sent.get("name") or ""),
        )  # fmt: skip
    except Refused as refused:
        return JsonResponse({"why": words.sentence(refused.refusal)}, status=422)
    return JsonResponse({"to": "/account/?said=key"})


def host_of(request: HttpRequest) -> str:
    """The name under which passkeys belong to this house: the host without its port."""
    return request.get_host().partition(":")[0]


def sent_json(request: HttpRequest) -> dict[str, Any]:
    """Read what a script sent; nothing when it is no map. Raises Invisible when it is no JSON, or endless, or a form."""
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException) as unreadable:
        raise Invisible from unreadable
    return found if isinstance(found, dict) else {}
