"""How every list is asked for and shown: search, filters kept per person, order, pages, and the same list as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import format_html

from tasuki.paper.table import IN_MEMORY, PutAside, write_csv, write_xlsx
from tasuki.queries.choices import Choice
from tasuki.queries.household import EVERYTHING, PAGE, Wish
from tasuki.queries.rows import TooSlow, within
from tasuki.records.journal import note_list
from tasuki.rules.calendar import (
    clock_words,
    day_of,
    fiscal_year,
    fiscal_year_words,
    moment_words,
    to_jst,
    wareki_short,
)
from tasuki.web.household import long
from tasuki.web.household.long import Asked, Making, TooLong, everything_asked, making_of, too_long
from tasuki.web.page import PageRequest, page_number
from tasuki.web.sought import KEY, carried

Cell = Mapping[str, Any]
# A row that goes into a file: its cells, whom it shows, and on which ground.
Taken = tuple[Sequence[Cell], Sequence[UUID], str]
Shown = tuple[Sequence[UUID], str]
YEARS = 10
FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Column:
    """A column: its head, the key it is sorted by ("" when it cannot be), whether it stands in the file only."""

    label: str
    order: str = ""
    figures: bool = False
    only_file: bool = False


@dataclass(frozen=True)
class Filter:
    """A filter of a list: what may be chosen besides everything, and what is chosen at first."""

    name: str
    label: str
    choices: Sequence[Choice] = ()
    first: str = ""


@dataclass(frozen=True)
class Listing:
    """A list of a room: where it stands, its columns, how it is sorted at first, its filters."""

    place: str
    address: str
    title: str
    columns: Sequence[Column]
    order: str = ""
    filters: Sequence[Filter] = ()
    hidden: Sequence[str] = ()
    down: bool = False
    empty: str = "この条件に合うものはありません。"
    keep: Mapping[str, str] = field(default_factory=dict)


def years(now: dt.datetime) -> Filter:
    """Return the filter of the 年度: the one that runs and those before it, as long as records are usually kept."""
    this = fiscal_year(day_of(now))
    return Filter(
        "year", "年度", [Choice(str(year), fiscal_year_words(year)) for year in range(this, this - YEARS, -1)]
    )


def wish_of(request: PageRequest, listing: Listing, *, everything: bool = False) -> Wish:
    """Read what is wanted from the address; filters that it does not name are those of last time, in this post."""
    place = f"{listing.place}:{request.by.post}"
    kept: dict[str, str] = request.session.get("lists", {}).get(place, {})
    first = {one.name: one.first for one in listing.filters}
    named = [one.name for one in listing.filters] + list(listing.hidden)
    filters = {name: request.GET.get(name, kept.get(name, first.get(name, "")))[:80] for name in named}
    remembered = {name: filters[name] for name in first}
    if remembered != kept and any(name in request.GET for name in first):
        request.session["lists"] = {**request.session.get("lists", {}), place: remembered}
    order = request.GET.get("order", "")
    return Wish(
        words=request.GET.get("q", "").strip()[:120], filters=filters, order=order or listing.order,
        down=request.GET.get("down") == "1" if order else listing.down,
        limit=EVERYTHING if everything else PAGE, offset=0 if everything else (page_number(request) - 1) * PAGE,
    )  # fmt: skip


def shown(
    request: PageRequest, listing: Listing, wish: Wish, rows: Sequence[Sequence[Cell]], total: int
) -> dict[str, Any]:
    """Return the values of household/listing.html: filters with their choice, table, pages, addresses of the files."""
    asked = {name: value for name, value in {**carried(request), **listing.keep}.items() if value}
    asked |= {name: wish.of(name) for name in listing.hidden if wish.of(name)}
    state = asked | (
        {"order": wish.order, "down": "1" if wish.down else "0"}
        if (wish.order, wish.down) != (listing.order, listing.down)
        else {}
    )
    return {
        "place": listing.place, "address": listing.address, "words": wish.words,
        "carried": [(name, value) for name, value in state.items() if name != KEY],
        "filters": [_filter(one, wish) for one in listing.filters],
        "chosen": any(wish.of(one.name) != one.first for one in listing.filters),
        "table": {
            "id": listing.place, "caption": listing.title, "empty": listing.empty,
            "columns": [_column(listing, one, wish, asked) for one in listing.columns if not one.only_file],
            "rows": [{"cells": _on_screen(listing, row)} for row in rows], "total": total, "shown": _span(wish, len(rows), total),
            "pages": _pages(listing, wish, state, total),
            "exports": [
                {"label": word, "href": f"{listing.address}export.{kind}?{urlencode(state)}"}
                for kind, word in (("csv", "CSVで取り出す"), ("xlsx", "XLSXで取り出す"))
            ],
        },
    }  # fmt: skip


def _on_screen(listing: Listing, row: Sequence[Cell]) -> list[Cell]:
    return [cell for column, cell in zip(listing.columns, row, strict=True) if not column.only_file]


def _filter(one: Filter, wish: Wish) -> dict[str, Any]:
    chosen = wish.of(one.name)
    choices = [{"value": "", "label": "すべて", "chosen": not chosen}]
    choices += [{"value": c.value, "label": c.label, "chosen": c.value == chosen} for c in one.choices]
    return {"name": one.name, "label": one.label, "choices": choices, "active": bool(chosen)}


def _column(listing: Listing, column: Column, wish: Wish, asked: Mapping[str, str]) -> dict[str, Any]:
    here = bool(column.order) and column.order == wish.order
    turned = {**asked, "order": column.order, "down": "1" if here and not wish.down else "0"}
    return {
        "label": column.label, "figures": column.figures,
        "sort_href": f"{listing.address}?{urlencode(turned)}" if column.order else "",
        "sorted": ("descending" if wish.down else "ascending") if here else "",
    }  # fmt: skip


def _span(wish: Wish, count: int, total: int) -> str:
    return f"{wish.offset + 1}〜{wish.offset + count}件目" if count and total > count else ""


def _pages(listing: Listing, wish: Wish, state: Mapping[str, str], total: int) -> dict[str, Any] | None:
    of, number = max(1, -(-total // PAGE)), wish.offset // PAGE + 1
    if of == 1 and number == 1:
        return None

    def to(page: int) -> str:
        return f"{listing.address}?{urlencode({**state, 'page': page})}" if 1 <= page <= of else ""

    return {"number": number, "of": of, "before": to(min(number - 1, of)), "after": to(number + 1)}


def endless(
    request: PageRequest, listing: Listing, wish: Wish, rows: Sequence[Sequence[Cell]], *, more: bool
) -> dict[str, Any]:
    """Return the values of a list of which nobody counts how many there are in all: shown, and household/turned.html."""
    values = shown(request, listing, wish, rows, len(rows))
    table, number = values["table"], wish.offset // PAGE + 1

    def to(page: int) -> str:
        return f"{listing.address}?{urlencode({**carried(request), **dict(values['carried']), 'page': page})}"

    values |= {"before": to(number - 1) if number > 1 else "", "after": to(number + 1) if more else ""}
    values["exports"] = table["exports"] if rows else ()
    values["table"] = {**table, "total": None, "exports": ()}
    return values


def whole(text: str) -> dict[str, Any]:
    """Return words as a cell that no end of a line tears apart."""
    return {"text": format_html('<span class="keep">{}</span>', text), "plain": text}


def when(at: dt.datetime) -> dict[str, Any]:
    """Return a moment as a cell: its day and its clock."""
    return whole(f"{wareki_short(day_of(at))} {clock_words(at)}")


def plain(cell: Cell) -> str:
    """Return a cell as one text: its tag, its words and what stands under them."""
    parts = [str(cell[key]) for key in ("tag", "text", "beside", "second") if cell.get(key)]
    return str(cell["plain"]) if "plain" in cell else "　".join(parts)


def file_of(
    request: PageRequest, listing: Listing, kind: str, rows: Iterable[Taken], about: Sequence[Shown] = ()
) -> HttpResponseBase:
    """Return the list as CSV or XLSX, all of it, and note who takes it away: its rows show people, or all of it is about one.

    No list holds a contact. With more rows than are made while somebody waits, a page says so instead, and nobody is shown.

    The rows are read one by one and are whole before anything is sent: what fails on the way is told on a page, and the
    footprint of all of them is in the transaction that read them.
    """
    if kind not in FILES:
        raise Http404
    what, making = f"{listing.place}.{kind}", making_of(request)
    with ExitStack() as on_failure:
        paper = on_failure.enter_context(SpooledTemporaryFile(IN_MEMORY))
        if making is not None:
            _write(paper, request, listing, what, rows, about)
        elif not _at_once(paper, request, listing, what, rows, about):
            asked = everything_asked(request, wish_of(request, listing).filters)
            return too_long(request, Asked(request.path, asked, listing.title, what), listing.address)
        on_failure.pop_all()
    if making is not None:
        making.paper = paper
        return HttpResponse()
    return sent(paper, what, listing.title, request.now)


def _at_once(
    paper: IO[bytes], request: PageRequest, listing: Listing, what: str, rows: Iterable[Taken], about: Sequence[Shown]
) -> bool:
    """Write the file while its person waits; False when that takes too long, and then nobody is noted."""
    try:
        with within(long.PATIENCE):
            _write(paper, request, listing, what, rows, about)
    except (TooLong, TooSlow):
        return False
    return True


def _write(
    paper: IO[bytes], request: PageRequest, listing: Listing, what: str, rows: Iterable[Taken], about: Sequence[Shown]
) -> None:
    heads = [column.label for column in listing.columns if column.label]
    making = making_of(request)
    with PutAside() as kept:
        shown = chain(about, _put_aside(kept, rows, listing.columns, making))
        note_list(request.by, what, shown, door="export")
        lines = kept if making is None else making.written(kept, kept.count)
        if what.endswith(".csv"):
            write_csv(paper, heads, lines)
        else:
            made = f"{listing.title}　{moment_words(request.now)}　{request.by.agency_name}　{request.by.name}　{kept.count}件"
            write_xlsx(paper, listing.title, heads, lines, kept.count, made)


def _put_aside(
    kept: PutAside, rows: Iterable[Taken], columns: Sequence[Column], making: Making | None
) -> Iterator[Shown]:
    for cells, people, ground in rows:
        if making is not None:
            making.read(people)
        elif kept.count == long.AT_ONCE:
            raise TooLong
        kept.add([plain(cell) for column, cell in zip(columns, cells, strict=True) if column.label])
        if people or ground:
            yield people, ground


def sent(paper: IO[bytes], what: str, title: str, made_at: dt.datetime) -> HttpResponseBase:
    """Send a list's file: a large one from the disk, where it is, and a small one as every page."""
    kind = what.rpartition(".")[2]
    large = paper.tell() > IN_MEMORY
    paper.seek(0)
    answer: HttpResponseBase
    if large:
        answer = FileResponse(paper, content_type=FILES[kind])
        answer.block_size = IN_MEMORY
    else:
        with paper:
            answer = HttpResponse(paper.read(), content_type=FILES[kind])
    name = quote(f"{title}_{to_jst(made_at):%Y%m%d}.{kind}")
    answer.headers["Content-Disposition"] = f"attachment; filename=\"{what}\"; filename*=UTF-8''{name}"
    return answer
