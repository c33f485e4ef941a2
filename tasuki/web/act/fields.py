"""Fields of an act: what a person types becomes values, or a sentence that says what to type instead."""

from __future__ import annotations

import datetime as dt
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


@dataclass(frozen=True)
class Field:
    """One field of a form.

    `kind`: text password textarea number date moment select radio ticks hidden; `values` says what it means: text,
    uuid (of `offers`), number, date, moment, lines.
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


@dataclass
class Reading:
    """What a form says: values by name, errors by name."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def offered(one: Field, by: Asker, target: Target) -> list[Choice]:
    """Return what the field offers."""
    found = one.offers(by, target) if callable(one.offers) else [Choice(v, w) for v, w in one.offers]
    return list(found)


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
    if one.offers and (missing := [v for v in (raw if isinstance(raw, list) else [raw]) if v and v not in known]):
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
    plain = raw.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    if plain and not plain.isdigit():
        reading.errors[one.name] = f"「{one.label}」は数字で書いてください。"
        return
    reading.values[one.name] = int(plain) if plain else None


def _date(one: Field, raw: str, now: dt.datetime, reading: Reading) -> None:
    found = read_date(raw, from_day=now.astimezone(JST).date()) if raw else None
    if isinstance(found, Unread):
        reading.errors[one.name] = found.sentence
        return
    reading.values[one.name] = found


def _moment(one: Field, raw: str, now: dt.datetime, reading: Reading) -> None:
    day, _, clock = raw.replace("　", " ").replace("T", " ").partition(" ")
    found = read_date(day, from_day=now.astimezone(JST).date()) if day else Unread("日と時刻を書いてください。")
    hour, _, minute = clock.replace("：", ":").replace("時", ":").replace("分", "").partition(":")
    if isinstance(found, Unread) or not hour.isdigit() or int(hour) > 23:
        reading.errors[one.name] = "日と時刻を「R8.11.26 13:30」のように書いてください。"
        return
    minutes = int(minute) if minute.isdigit() and int(minute) < 60 else 0
    reading.values[one.name] = dt.datetime(found.year, found.month, found.day, int(hour), minutes, tzinfo=JST)


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
    attributes = [("data-read", "/days/")] if one.kind == "date" else []
    return {
        "id": f"f-{one.name}", "name": one.name, "label": one.label, "kind": kind, "value": "" if listed else typed,
        "required": one.required, "support": one.support, "hint": one.hint, "rows": one.rows, "choices": listed,
        "error": error, "attributes": attributes, "size": "48",
    }  # fmt: skip
