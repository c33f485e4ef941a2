"""認証のやり直し: the administrator asks for somebody who lost every second factor, a second person of the city agrees."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from tasuki.actions import second_factor as acts
from tasuki.queries import choices, sign_in
from tasuki.records.asker import Invisible
from tasuki.records.pen import Refused
from tasuki.rules.permission import P
from tasuki.web import words
from tasuki.web.page import PageRequest, as_uuid, go, page


@require_http_methods(["GET", "POST"])
def resets(request: PageRequest) -> HttpResponse:
    """List the resets; the administrator asks for one."""
    if not request.by.sets & acts.AGREEING:
        raise Invisible
    if request.method == "GET":
        return _page(request)
    staff, reason = as_uuid(request.POST.get("staff", "")), request.POST.get("reason", "")
    what = request.POST.get("what", "FACTORS")
    if what not in {"FACTORS", "PASSWORD"}:
        return _page(request, why="何をやり直すかを選んでください。")
    try:
        acts.ask_reset(by=request.by, now=request.now, staff=staff or UUID(int=0), reason=reason, what=what)
    except Refused as refused:
        return _page(request, why=words.sentence(refused.refusal))
    return go(request, "/staff/resets/", "やり直しを頼みました。市のもう1人が同意するまで、何も変わりません。")


def _page(request: PageRequest, why: str = "") -> HttpResponse:
    by = request.by
    people = choices.staff(by) if by.may(P.ADMIN) else []
    lines = [{"line": one, "may": one.agreed_at is None and one.asked_by_id != by.staff} for one in sign_in.resets(by)]
    return page(
        request, "staff/resets.html", "", status=422 if why else 200, lines=lines, people=people, why=why,
        reason=request.POST.get("reason", ""),
    )  # fmt: skip


@require_POST
def close(request: PageRequest) -> HttpResponse:
    """利用停止 of somebody's account, by the administrator."""
    staff, reason = as_uuid(request.POST.get("staff", "")), request.POST.get("reason", "")
    try:
        acts.close_account(by=request.by, now=request.now, staff=staff or UUID(int=0), reason=reason)
    except Refused as refused:
        return _page(request, why=words.sentence(refused.refusal))
    return go(request, "/staff/resets/", "利用を止めました。開いている画面も、次の操作から使えません。")


@require_POST
def agree(request: PageRequest, reset_id: UUID) -> HttpResponse:
    """Agree as the second person; a password for the first time is shown once, here and nowhere else."""
    handed = acts.agree_reset(by=request.by, now=request.now, reset=reset_id)
    if handed is not None:
        return page(request, "staff/handed.html", "", handed=handed)
    return go(
        request,
        "/staff/resets/",
        "同意しました。認証の手段と利用中の画面は終わりました。次のサインインで用意し直します。",
    )
