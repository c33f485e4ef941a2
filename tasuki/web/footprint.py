"""The footprint at the front door: an answer that may show people leaves only after somebody noted whom it shows (P9)."""

from __future__ import annotations

import ipaddress
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tasuki.records.journal import note_act, write_readings
from tasuki.web.page import PageRequest

# Routes that show nobody of the register, whoever asks. Every other one must note its reading, or it does not leave. A file that
# was made beside the pages (export-file) was read, and whom it shows noted, by the list's own route.
NOBODY = frozenset({
    "conferences", "conferences-export", "consultation-new", "consultation-prompts", "days", "draft-removal", "drafts", "emergencies", "emergencies-export", "emergencies-open", "figures", "first-steps",
    "figures-export", "gaps", "gaps-export", "gaps-project", "gaps-register", "meetings-record", "notices-leave", "packs", "packs-export", "packs-make",
    "pledges-sign", "reads-go-on", "reads-unusual", "resources", "resources-confirmation", "resources-export", "resources-register", "settings",
    "export", "export-end", "export-file", "export-progress", "exports", "settings-end", "settings-entry", "settings-section", "settings-way", "staff-move", "emergencies-review",
    "inquiries-ask", "keeping", "keepings", "keepings-export", "resources-host-follow-up", "staff", "staff-accounts", "staff-reset-agreement", "staff-resets", "moves",
})  # fmt: skip
SHOWING = frozenset({200, 409, 422})
TURNED_AWAY = frozenset({404, 422})


class Unwitnessed(Exception):
    """A page that may show people was made and nobody noted whom: a fault of the view, never shown to anybody."""


def route_of(request: HttpRequest) -> str:
    """Return the route's name as tasuki/web/routes.toml has it."""
    name = (request.resolver_match.view_name if request.resolver_match else "") or ""
    return name.replace(":", "-")


def witness(request: PageRequest, response: HttpResponse) -> bool:
    """Write whom the answer shows, in its own transaction. Raises Unwitnessed when the view noted nothing.

    Returns whether the asker opened so many people lately that this page waits for a reason (T28); a form that was
    sent never waits, so that nothing typed is lost.
    """
    if response.status_code not in SHOWING:
        request.by.readings.clear()  # led on, or told that there is nothing: nobody was shown
        return False
    # A refusal that the translator wrote is a sentence about an act and names nobody.
    told = getattr(response, "names_nobody", False) or route_of(request) in NOBODY or request.method == "HEAD"
    if not told and not request.by.readings:
        raise Unwitnessed(route_of(request))
    return write_readings(request.by, may_wait=request.method == "GET")


def turned_away(request: PageRequest, status: int) -> None:
    """Write who was refused, or asked for what does not exist for them: the route and the id, no word of the form."""
    asked = request.resolver_match.kwargs if request.resolver_match else {}
    target = next((value for value in asked.values() if isinstance(value, UUID)), None)
    note_act(request.by, request.now, "turned_away", target, route=route_of(request), status=status)


def terminal_of(request: HttpRequest) -> str:
    """Return the asking machine's address; the proxy's word for it counts only where one stands in front."""
    said = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER is not None:
        said = request.META.get("HTTP_X_FORWARDED_FOR", said).rpartition(",")[2].strip() or said
    try:
        return str(ipaddress.ip_address(said.partition("%")[0]))
    except ValueError:
        return ""
