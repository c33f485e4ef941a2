"""人事異動: the list of moves, one person by form, many by file with a preview, and the 引継ぎパック of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tasuki.actions import staff as acts
from tasuki.paper.handover import handover_pdf
from tasuki.queries import staff as queries
from tasuki.queries.choices import Choice, Target, agencies
from tasuki.queries.municipality import roles
from tasuki.records.asker import Asker
from tasuki.records.journal import note_list
from tasuki.records.pen import Refused, aloud
from tasuki.rules.calendar import Unread, day_of, read_date
from tasuki.web import words
from tasuki.web.act import offers
from tasuki.web.act.fields import Field, Reading, offered, shown
from tasuki.web.act.fields import read as read_fields
from tasuki.web.page import PageRequest, go, page
from tasuki.web.staff import listing

NOWHERE = Target("staff", None, "", "/staff/", None, [])


def _posts(by: Asker, target: Target) -> list[Choice]:
    return [
        Choice(str(one.post), f"{one.name}（{one.agency}）　ケース{one.open_cases}件")
        for one in queries.posts(by)
        if one.until is None
    ]


def _roles(by: Asker, target: Target) -> list[Choice]:
    return roles(by)


def _colleagues(by: Asker, target: Target) -> list[Choice]:
    return queries.colleagues(by)


ON = Field(
    "on", "いつから", "date", required=True, values="date", support="その日の0時に、在籍と受け持ちが一度に替わります。"
)
ONE = [
    ON,
    Field("post", "だれの、どの在籍", "select", required=True, offers=_posts, values="uuid"),
    Field("to", "異動先", "select", offers=offers.agencies, values="uuid", support="選ばなければ、退職・転出です。"),
    Field("roles", "異動先での役割", "ticks", offers=_roles, support="選ばなければ、いまと同じ役割です。"),
    Field("heir", "引き継ぐ人", "select", offers=_colleagues, values="uuid", support="開いているケースがあるときに要ります。"),
]  # fmt: skip


@require_http_methods(["GET", "POST"])
def moves(request: PageRequest) -> HttpResponse:
    """Show the planned moves; take a list of many for a preview, the previewed list, or one person by form."""
    queries.need_mover(request.by)
    if request.method == "GET":
        return _page(request)
    step = request.POST.get("step", "")
    return _one(request) if step == "one" else _many(request, enter=step == "enter")


def _page(request: PageRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    choices = offered(ONE, request.by, NOWHERE)
    fields = [shown(one, {}, choices[one.name], "", "") for one in ONE]
    values = {
        "moves": queries.moves(request.by), "alone": queries.cases_without_worker(), "fields": fields, "why": "", "lines": None,
        "text": "", "on": "", "head": listing.HEAD,
    }  # fmt: skip
    return page(request, "staff/moves.html", "", status=status, **{**values, **more})


def _one(request: PageRequest) -> HttpResponse:
    choices = offered(ONE, request.by, NOWHERE)
    reading = read_fields(ONE, request.POST, request.now, choices)
    why = "" if reading.errors else _entered(request, reading)
    if not reading.errors and not why:
        return go(request, "/staff/", "異動を入れました。その日の0時に替わります。")
    fields = [shown(one, request.POST, choices.get(one.name, ()), reading.errors.get(one.name, ""), "") for one in ONE]
    return _page(request, status=422, fields=fields, why=why or f"{len(reading.errors)}か所、書き直しが要ります。")


def _entered(request: PageRequest, reading: Reading) -> str:
    v = reading.values
    move = acts.Move(post=v["post"], to=v["to"], roles=tuple(v["roles"]), heir=v["heir"])
    try:
        with aloud():
            acts.plan_moves(by=request.by, now=request.now, on=v["on"], moves=[move])
    except Refused as refused:
        return words.sentence(refused.refusal)
    return ""


def _many(request: PageRequest, *, enter: bool) -> HttpResponse:
    sent = request.FILES.get("list")
    text = listing.text_of(sent.read(listing.MOST_BYTES + 1)) if sent else request.POST.get("text", "")
    typed = request.POST.get("on", "")
    on = read_date(typed, from_day=day_of(request.now)) if typed.strip() else Unread("「いつから」を書いてください。")
    lines, why = listing.read(text)
    why = on.sentence if isinstance(on, Unread) else why
    if why or isinstance(on, Unread):
        return _page(request, status=422, why=why, text=text, on=typed)
    by = request.by
    listing.understand(lines, listing.Known(queries.posts(by), agencies(by), roles(by)))
    ready = [line for line in lines if line.move]
    refusals = acts.why_not_moves(by=by, now=request.now, on=on, moves=[line.move for line in ready if line.move])
    for line, refusal in zip(ready, refusals, strict=True):
        line.wrong += [words.sentence(refusal)] if refusal else []
    wrong = sum(bool(line.wrong) for line in lines)
    if not enter or wrong or not lines:
        return _page(request, status=422 if wrong else 200, lines=lines, wrong=wrong, text=text, on=typed, day=on)
    acts.plan_moves(by=by, now=request.now, on=on, moves=[line.move for line in ready if line.move])
    return go(request, "/staff/", f"{len(ready)}人の異動を入れました。その日の0時に替わります。")


@require_POST
def withdraw(request: PageRequest, move_id: UUID) -> HttpResponse:
    """Take a planned move back before its day."""
    acts.withdraw_move(by=request.by, now=request.now, move=move_id)
    return go(request, "/staff/", "異動を取り消しました。在籍と受け持ちは、いまのまま続きます。")


@require_GET
def mine(request: PageRequest) -> HttpResponse:
    """Show the moves in which the asker goes or takes over."""
    return page(request, "staff/mine.html", "", moves=queries.my_moves(request.by))


def _pack(request: PageRequest, move_id: UUID, door: str) -> queries.Handover:
    pack = queries.handover(request.by, move_id, day_of(request.now))
    note_list(request.by, "handover", [(case.people, case.ground or "") for case in pack.cases], door=door)
    return replace(pack, cases=[replace(one, who=words.household(one.who.split("・"))) for one in pack.cases])


@require_GET
def handover(request: PageRequest, move_id: UUID) -> HttpResponse:
    """Show the 引継ぎパック as the one who looks may see it."""
    pack = _pack(request, move_id, "page")
    cases = [{"case": one, "state": words.STATES.get(one.state, one.state)} for one in pack.cases]
    return page(
        request, "staff/handover.html", "", pack=pack, cases=cases, move=pack.move, reads=request.by.reads_cases
    )


@require_GET
def handover_paper(request: PageRequest, move_id: UUID) -> HttpResponse:
    """Print the 引継ぎパック."""
    pack, by = _pack(request, move_id, "print"), request.by
    made = handover_pdf(
        pack, words.STATES, town=by.town, made_by=f"{by.agency_name}　{by.name}", now=request.now
    )  # fmt: skip
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="handover.pdf"'
    return answer
