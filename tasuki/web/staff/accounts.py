"""利用者ID: the administrator opens a way in for a colleague and hands over the password for the first time."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from tasuki.actions import account as acts
from tasuki.queries import staff as queries
from tasuki.records.pen import Refused
from tasuki.web import words
from tasuki.web.page import PageRequest, as_uuid, page


@require_http_methods(["GET", "POST"])
def accounts(request: PageRequest) -> HttpResponse:
    """List who has no way in yet; on POST open one and show what is handed over, once."""
    found = queries.without_account(request.by)
    if request.method == "GET":
        return _page(request, found)
    staff = as_uuid(request.POST.get("staff", ""))
    if staff is None:
        return _page(request, found, why="だれの利用者IDかを選んでください。")
    try:
        handed = acts.open_account(by=request.by, now=request.now, staff=staff, name=request.POST.get("name", ""))
    except Refused as refused:
        return _page(request, found, why=words.sentence(refused.refusal))
    return page(request, "staff/handed.html", "", handed=handed)


def _page(request: PageRequest, found: queries.WithoutAccount, why: str = "") -> HttpResponse:
    return page(
        request, "staff/accounts.html", "", status=422 if why else 200, without=found.people, count=found.with_one,
        prefix=found.prefix, why=why, staff=request.POST.get("staff", ""), name=request.POST.get("name", ""),
    )  # fmt: skip
