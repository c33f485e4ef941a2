"""What every page needs: the request with its asker and moment, and the frame's own values."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tasuki.queries.export import files
from tasuki.queries.today import frame
from tasuki.records.asker import Asker
from tasuki.rules.export import UNDER_WAY, ExportState

BY_ITSELF = "itself"
"""In the address of what a page asks for without its person: it keeps no session awake."""


class PageRequest(HttpRequest):
    """A request that passed the door: `by` asks, at `now`."""

    by: Asker
    now: dt.datetime


def page(request: PageRequest, template: str, screen: str = "", *, status: int = 200, **values: Any) -> HttpResponse:
    """Render a page inside the house's frame. `screen` is the room whose tab is marked."""
    flash = [*request.session.pop("flash", []), *_files_made(request)]
    around = frame(request.by, request.now)
    request.session.pop("switched", None)
    values_of_frame = {
        "screen": screen,
        "flash": flash,
        "staff_name": request.by.name,
        "post_name": request.by.agency_name,
        "municipality_name": request.by.town,
        "waiting": around.waiting,
        "emergency_until": around.emergency_until,
        "by": request.by,
        "other_posts": request.session.get("others", []),
        "now": request.now,
        "today": (request.now + dt.timedelta(hours=9)).date(),
    }
    if taken := values_of_frame.keys() & values.keys():
        raise TypeError(f"the frame of every page has its own {', '.join(sorted(taken))}")
    return render(request, template, {**values_of_frame, **values}, status=status)


def _files_made(request: PageRequest) -> list[dict[str, str]]:
    """Return a sentence for each long list's file that came to its end since the last page; their own pages say it themselves."""
    asked = request.session.get("exports", [])
    if not asked:
        return []
    found = {str(one.id): one for one in files(request.by) if str(one.id) in asked}
    states = {key: one.state(request.now) for key, one in found.items()}
    left = [key for key in asked if states.get(key) in UNDER_WAY]
    if left != asked:
        request.session["exports"] = left
    if request.path.startswith("/exports/"):
        return []
    return [
        {
            "kind": "done",
            "text": f"{found[key].title}のファイル（{found[key].kind.upper()}）ができました。",
            "href": f"/exports/{key}/file",
            "link": "受け取る",
        }
        for key, state in states.items()
        if state is ExportState.READY
    ]


def say(request: HttpRequest, text: str, kind: str = "done") -> None:
    """Leave a sentence for the next page."""
    request.session["flash"] = [*request.session.get("flash", []), {"kind": kind, "text": text}]


def go(request: HttpRequest, address: str, text: str = "") -> HttpResponse:
    """Lead to an address after an act, with a sentence."""
    if text:
        say(request, text)
    return HttpResponseRedirect(address)


def page_number(request: HttpRequest) -> int:
    """Return which page of a list is asked for, from 1; what is no number of a page means the first."""
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1


def as_uuid(text: str) -> UUID | None:
    """Read an id from a form; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
