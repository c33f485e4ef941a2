"""Fields of an act: what a person types becomes values, or a sentence that says what to type instead."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from tasuki.queries.choices import Choice, Target
from tasuki.records.asker import Asker
from tasuki.rules.calendar import JST, Unread, read_date
from tasuki.web.page import as_uuid

Offers = Callable[[Asker, Target], Sequence[Choice]] | Sequence[tuple[str, str]]
MANY = frozenset({"ticks"})
DIGITS = 6  # no count, no days and no minutes of this trade have more


@dataclass(frozen=True)
class Field:
    """One field of a form.

    `kind`: text tel password textarea number date moment select radio ticks hidden; `values` says what it means: text,
    uuid (of `offers`), number, date, moment, lines. What is offered only `suggests` where something else may be typed.
    """

    name: str
    label: str
    kind: str = "text"
    required: bool = False
    offers: Offers = ()
    values: str = "text"
    support: str = ""
    hint: str = ""
    rows: int = 4
    default: str | Callable[[Asker, Target], str | list[str]] = ""
    suggests: bool = False


@dataclass
class Reading:
    """What a form says: values by name, errors by name."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def offered(fields: Sequence[Field], by: Asker, target: Target) -> dict[str, list[Choice]]:
    """Return what each field offers, by its name; what several fields offer is asked for once."""
    asked = {ask: list(ask(by, target)) for ask in {one.offers for one in fields if callable(one.offers)}}
    return {
        one.name: asked[one.offers] if callable(one.offers) else [Choice(v, w) for v, w in one.offers] for one in fields
    }


def read(fields: Sequence[Field], data: QueryDict, now: dt.datetime, offers: Mapping[str, Sequence[Choice]]) -> Reading:
    """Read a form. Nothing typed is lost: errors stand beside the text as it was typed."""
    reading = Reading()
    for one in fields:
        raw = data.getlist(one.name) if one.kind in MANY else data.get(one.name, "").strip()
        if one.required and not raw:
            reading.errors[one.name] = f"「{one.label}」を{'選んで' if one.offers else '書いて'}ください。"
            continue
        _read_one(one, raw, now, offers, reading)
    return reading


def _read_one(
    one: Field, raw: str | list[str], now: dt.datetime, offers: Mapping[str, Sequence[Choice]], reading: Reading
) -> None:
    known = {choice.value for choice in offers.get(one.name, ())}
    if (
        one.offers
        and not one.suggests
        and (missing := [v for v in (raw if isinstance(raw, list) else [raw]) if v and v not in known])
    ):
        reading.errors[one.name] = f"「{one.label}」の選び直しが要ります（{len(missing)}件が一覧にありません）。"
        return
    if isinstance(raw, list):
        reading.values[one.name] = [as_uuid(v) for v in raw] if one.values == "uuid" else raw
        return
    _SINGLE[one.values](one, raw, now, reading)


def _text(one: Field, raw: str, now: dt.datetime, reading: Reading) -> None:
    reading.values[one.name] = raw


def _uuid(one: Field, raw: str, now: dt.datetime, reading: Reading) -> None:
    reading.values[one.name] = as_uuid(raw) if raw else None


def _number(one: Field, raw: str, now: dt.datetime, reading: Reading) -> None:
    if raw and not (raw.isdecimal() and len(raw) <= DIGITS):
        reading.errors[one.name] = f"「{one.label}」は{DIGITS}けたまでの数字で書いてください。"
        return
    reading.values[one.name] = int(raw) if raw else None


def _date(one: Field, raw: str, now: dt.datetime, reading: Reading) -> None:
    found = read_date(raw, from_day=now.astimezone(JST).date()) if raw else None
    if isinstance(found, Unread):
        reading.errors[one.name] = found.sentence
        return
    reading.values[one.name] = found


def _moment(one: Field, raw: str, now: dt.datetime, reading: Reading) -> None:
    day, _, clock = raw.replace("　", " ").replace("T", " ").partition(" ")
    found = read_date(day, from_day=now.astimezone(JST).date()) if day else Unread("日と時刻を書いてください。")
    hour, _, minute = unicodedata.normalize("NFKC", clock).replace("時", ":").replace("分", "").partition(":")
    if isinstance(found, Unread) or hour not in _HOURS:
        reading.errors[one.name] = "日と時刻を「R8.11.26 13:30」のように書いてください。"
        return
    minutes = int(minute) if minute in _MINUTES else 0
    reading.values[one.name] = dt.datetime(found.year, found.month, found.day, int(hour), minutes, tzinfo=JST)


_HOURS, _MINUTES = ({form for n in range(count) for form in (f"{n}", f"{n:02}")} for count in (24, 60))


def _lines(one: Field, raw: str, now: dt.datetime, reading: Reading) -> None:
    reading.values[one.name] = [line.strip() for line in raw.splitlines() if line.strip()]


_SINGLE: Mapping[str, Callable[[Field, str, dt.datetime, Reading], None]] = {
    "text": _text, "uuid": _uuid, "number": _number, "date": _date, "moment": _moment, "lines": _lines,
}  # fmt: skip


def shown(
    one: Field, data: Mapping[str, Any], offers: Sequence[Choice], error: str, preset: str | list[str]
) -> dict[str, Any]:
    """Return the field as the template draws it, with what was typed."""
    if isinstance(data, QueryDict):
        typed: Any = data.getlist(one.name) if one.kind in MANY else data.get(one.name, "")
    else:
        typed = data.get(one.name, preset)
    typed = "" if one.kind == "password" else typed  # never sent back
    chosen = typed if isinstance(typed, list) else [typed]
    kind = "text" if one.kind == "moment" else one.kind
    listed = [{"value": c.value, "label": c.label, "chosen": c.value in chosen} for c in offers]
    if one.kind == "select":
        listed = [{"value": "", "label": "選んでください", "chosen": not typed}, *listed]
    attributes = (
        [("data-read", "/days/")] if one.kind == "date" else [("list", f"f-{one.name}-known")] if one.suggests else []
    )
    return {
        "id": f"f-{one.name}", "name": one.name, "label": one.label, "kind": kind, "value": "" if listed and not one.suggests else typed,
        "required": one.required, "support": one.support, "hint": one.hint, "rows": one.rows, "choices": listed,
        "error": error, "attributes": attributes, "size": "48",
    }  # fmt: skip
