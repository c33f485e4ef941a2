"""What somebody looks for never stands readably in an address: it would stay in histories and on shared screens (ASVS 14.2.1).

A search form posts to /sought/ and is led to the page with its words sealed for this member of staff. Back, forward, pages,
order and files work as with any address; whoever else opens it finds nothing sought.
"""

from __future__ import annotations

import binascii
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_POST

from tasuki.records.asker import Asker
from tasuki.records.vault import SOUGHT, seal, unseal
from tasuki.web.page import PageRequest

NAMES = ("q", "name", "born")  # the fields of searches that may name somebody
KEY = "sought"
IN_HEADER = "X-Sought"  # what is asked while somebody types, as an address would have it (static/js/house.js)
OWN = re.compile(r"/(?:[a-z0-9-]+/)*")


def address(by: Asker, to: str, asked: Mapping[str, str]) -> str:
    """Return the address of a page with what is asked of it, the words of NAMES sealed."""
    words = {name: asked[name] for name in NAMES if asked.get(name)}
    plain = {name: value for name, value in asked.items() if name not in NAMES}
    if words:
        plain[KEY] = _sealed(by, words)
    return f"{to}?{urlencode(plain)}" if plain else to


def _sealed(by: Asker, words: Mapping[str, str]) -> str:
    return urlsafe_b64encode(seal(json.dumps(words).encode(), by.staff, SOUGHT)).decode()


def opened(by: Asker, asked: QueryDict) -> QueryDict:
    """Return what an address asks, its sealed words opened; sealed for somebody else or broken, nothing is sought."""
    sealed, found = asked.get(KEY, ""), asked.copy()
    if not sealed:  # typed by hand, at most: nothing of the product leads there
        if typed := {name: asked.get(name, "") for name in NAMES if asked.get(name)}:
            found[KEY] = _sealed(by, typed)
        return found
    try:
        words = json.loads(unseal(urlsafe_b64decode(sealed), by.staff, SOUGHT))
    except (LookupError, ValueError, binascii.Error):
        del found[KEY]
        return found
    for name in NAMES:
        found[name] = words.get(name, "")
    return found


def carried(request: PageRequest) -> dict[str, str]:
    """Return what the links of a page take along so that they go on with what is sought."""
    return {name: request.GET[name] for name in (KEY,) if name in request.GET}


@require_POST
def look_for(request: PageRequest) -> HttpResponse:
    """Take the form of a search and lead to its page."""
    to = request.POST.get("to", "")
    if not OWN.fullmatch(to):
        raise Http404
    asked = {
        name: request.POST.get(name, "") for name in request.POST if name not in {"to", "csrfmiddlewaretoken", KEY}
    }
    return HttpResponseRedirect(address(request.by, to, asked))
