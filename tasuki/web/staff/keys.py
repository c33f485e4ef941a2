"""Signing in with a passkey: as the second step, or alone where the town takes it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from tasuki.actions import passkey
from tasuki.actions import sign_in as acts
from tasuki.web.staff.arrival import marks_of, now_of, source_of
from tasuki.web.staff.own import host_of, sent_json
from tasuki.web.staff.views import let_in, pending_of

WRONG = "このパスキーではサインインできませんでした。利用者IDとパスワードで入るか、もう一度試してください。"


@require_POST
def options(request: HttpRequest) -> HttpResponse:
    """Ask the browser for a proof by a passkey; the same question whoever is meant to answer."""
    pending = pending_of(request)
    asked = passkey.ask_proof(account=pending[0] if pending else None, host=host_of(request))
    request.session["asked"] = asked.state
    return JsonResponse(asked.options)


@require_POST
def proof(request: HttpRequest) -> HttpResponse:
    """Take the browser's proof and let its person in; says where to go, as the script goes there."""
    pending, sent, now = pending_of(request), sent_json(request), now_of(request)
    state, source = request.session.pop("asked", None), source_of(request)
    account = passkey.check_proof(
        account=pending[0] if pending else None, host=host_of(request), state=state or {}, now=now, source=source,
        answer=sent.get("answer") or {}, marks=marks_of(request),
    )  # fmt: skip
    if account is None or (pending is None and not _alone(account, now)):
        return JsonResponse({"why": WRONG}, status=422)
    shared = pending[1] if pending else sent.get("shared") is True
    led = let_in(request, account, "PASSKEY", shared=shared)
    answer = JsonResponse({"to": led.headers["Location"]})
    answer.cookies = led.cookies  # the mark of a browser that is known
    return answer


def _alone(account: UUID, now: dt.datetime) -> bool:
    return all(way.passkey_alone for _, way in acts.ways(account=account, now=now))
