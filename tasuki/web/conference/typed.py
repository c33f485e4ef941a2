"""What is typed in the cockpit: decisions and opinions, item by item, kept as typed until they can be recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict

from tasuki.actions.conference import Agreed, Said
from tasuki.queries.conference import ItemPage
from tasuki.rules.calendar import Unread, read_date
from tasuki.web.page import as_uuid

LINES = 5
MORE = 2


class Unfinished(Exception):
    """Something on the form that cannot be recorded as it stands; the text says which and what to write."""


@dataclass(frozen=True)
class DecisionTyped:
    """One line of 「だれが・何を・いつまで」 as it was typed."""

    number: int
    text: str
    agency: str
    due: str

    @property
    def begun(self) -> bool:
        """Whether anything stands on the line."""
        return bool(self.text or self.agency or self.due)


def decisions_typed(data: Mapping[str, Any], item: UUID) -> list[DecisionTyped]:
    """Return the lines of an item: five at least, and two empty ones after the last that was begun."""
    found: list[DecisionTyped] = []
    while True:
        n = len(found) + 1
        parts = [str(data.get(f"d-{item}-{n}-{part}", "")).strip() for part in ("text", "agency", "due")]
        found.append(DecisionTyped(n, *parts))
        if n >= LINES and not any(one.begun for one in found[-MORE:]):
            return found


def opinions_typed(data: Mapping[str, Any], item: ItemPage) -> list[dict[str, str]]:
    """Return what each agency of the item said, as typed: id, name, answer (yes, no, ""), text."""
    agencies = sorted({(seat["agency_id"], seat["agency"]) for seat in item.seats}, key=lambda one: one[1])
    return [
        {"id": id_, "name": name, "answer": str(data.get(f"o-{item.id}-{id_}", "")), "text": str(data.get(f"o-{item.id}-{id_}-text", ""))}
        for id_, name in agencies
    ]  # fmt: skip


def read(data: QueryDict, items: Sequence[ItemPage]) -> tuple[list[Agreed], list[Said]]:
    """Read the record of a sitting. Raises Unfinished for an item with nothing on it, and for half a decision."""
    decisions: list[Agreed] = []
    opinions: list[Said] = []
    for item in items:
        lines = [one for one in decisions_typed(data, item.id) if one.begun]
        said = [one for one in opinions_typed(data, item) if one["answer"] or one["text"].strip()]
        if not lines and not said and not data.get(f"said-{item.id}", "").strip():
            raise Unfinished(
                f"議題{item.position}に、決めたことも、話し合ったことも、意見も書かれていません。次に続けるときも、そう書いてください。"
            )
        decisions += [_agreed(item, one) for one in lines]
        for one in said:
            agrees = {"yes": True, "no": False}.get(one["answer"])
            opinions.append(Said(item.id, UUID(one["id"]), agrees, one["text"].strip()))
    return decisions, opinions


def _agreed(item: ItemPage, one: DecisionTyped) -> Agreed:
    place = f"議題{item.position}の{one.number}つ目の決めたこと"
    missing = [word for word, there in (("何を", one.text), ("だれが", one.agency), ("いつまで", one.due)) if not there]
    if missing:
        raise Unfinished(f"{place}に、「{'」「'.join(missing)}」がありません。")
    return Agreed(item.id, one.text, as_uuid(one.agency), _due(place, one.due))


def _due(place: str, text: str) -> dt.date:
    found = read_date(text)
    if isinstance(found, Unread):
        raise Unfinished(f"{place}：{found.sentence}")
    return found
