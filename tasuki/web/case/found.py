"""記録をさがす: a word in everything that was written, as far as the asker sees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_GET

from tasuki.queries import record as queries
from tasuki.queries.choices import Choice
from tasuki.queries.household import Wish, holders
from tasuki.records.journal import note_list
from tasuki.rules.calendar import day_of, moment_words, wareki_short
from tasuki.rules.wording import asked_words, excerpt, places
from tasuki.web import words
from tasuki.web.case import lines
from tasuki.web.household.listing import Column, Filter, Listing, endless, file_of, wish_of
from tasuki.web.household.rows import GROUND_WORDS, UNNAMED, ground_shown
from tasuki.web.page import PageRequest, as_uuid, page

COLUMNS = (
    Column("いつ"), Column("だれのこと"), Column("何を"), Column("記録"), Column("機関・書いた人"), Column("見える根拠"),
)  # fmt: skip
SPANS = (Choice("31", "1か月"), Choice("92", "3か月"), Choice("366", "1年"), Choice("1827", "5年"))


def _listing(agencies: Sequence[Choice]) -> Listing:
    kinds = [Choice(code, label) for code, label in words.choices(words.KINDS)]
    filters = (Filter("span", "期間", SPANS), Filter("agency", "機関", agencies), Filter("kind", "種類", kinds))
    return Listing(
        "records", "/records/", "記録をさがす", COLUMNS, filters=filters,
        empty="見つかった記録はありません。見える根拠がない記録は、あっても出ません。",
    )  # fmt: skip


def _sought(wish: Wish, now: dt.datetime) -> queries.Sought:
    days = int(wish.of("span")) if wish.of("span") in {one.value for one in SPANS} else 0
    since = now - dt.timedelta(days=days) if days else None
    return queries.Sought(list(asked_words(wish.words)), since, as_uuid(wish.of("agency")), wish.of("kind"))


@require_GET
def records(request: PageRequest) -> HttpResponse:
    """Show a page of the records that have the words, the newest first."""
    listing = _listing(holders(request.by))
    wish = wish_of(request, listing)
    sought = _sought(wish, request.now)
    found = queries.found(sought, limit=wish.limit + 1, offset=wish.offset) if sought.words else []
    hits = found[: wish.limit]
    note_list(request.by, "records", [(hit.people, hit.ground) for hit in hits])
    cells = [_cells(hit, sought.words) for hit in hits]
    values = endless(request, listing, wish, cells, more=len(found) > len(hits))
    asked = list(dict.fromkeys(asked_words(wish.words).values()))
    return page(request, "case/found.html", "household", list=values, asked=asked, search_text=wish.words)


@require_GET
def export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give the same, all its pages, as CSV or XLSX."""
    listing = _listing(holders(request.by))
    wish = wish_of(request, listing, everything=True)
    sought = _sought(wish, request.now)
    found = queries.each_found(sought, limit=wish.limit) if sought.words else ()
    return file_of(request, listing, kind, ((_cells(hit, sought.words), hit.people, hit.ground) for hit in found))


def _cells(hit: queries.FoundLine, asked: Sequence[str]) -> list[dict[str, Any]]:
    on = wareki_short(day_of(hit.at))
    parts = excerpt(next((one for one in (hit.text, hit.fact, hit.opinion) if places(one, asked)), hit.text), asked)
    drawn = format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", part) if hit_ else part,) for part, hit_ in parts)
    )
    return [
        {"text": on, "href": f"/records/{hit.id}/", "plain": moment_words(hit.at)},
        {
            "text": words.household(hit.names) or UNNAMED,
            "href": f"/cases/{hit.case}/#r-{hit.id}" if hit.case else "",
            "plain": "・".join(hit.names) or UNNAMED,
        },
        {"text": lines.what(hit)},
        {"text": drawn, "plain": "".join(part for part, _ in parts)},
        {"text": hit.agency, "second": hit.staff},
        {"ground": ground_shown(hit.ground), "plain": GROUND_WORDS.get(ground_shown(hit.ground), "")},
    ]
