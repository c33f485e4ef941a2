"""Who may be the person that somebody is writing down: for the note while it is typed, and before anybody is created."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tasuki.queries import household as queries
from tasuki.records.journal import note_list
from tasuki.rules.calendar import age_words, day_of
from tasuki.rules.name import query_keys, typed_so_far
from tasuki.web import words
from tasuki.web.household import rows
from tasuki.web.page import PageRequest, as_uuid

MOST = 8
FIRST_LETTERS = 2


@dataclass(frozen=True)
class Candidates:
    """The possible same people as the template draws them; `asked` when enough was typed, `new` when nobody of them is chosen."""

    people: list[dict[str, Any]]
    asked: bool
    new: bool
    most: int = MOST


def candidates(request: PageRequest, typed: Mapping[str, str], suffix: object = "") -> Candidates:
    """Return whom these words may mean, as far as the asker sees them, and leave the footprint of having shown them."""
    said = dict.fromkeys(
        typed_so_far(typed.get(f"{field}{suffix}", ""))[:60] for field in ("kana", "name", "phone", "born")
    )
    texts = [text for text in said if any(len(key) >= FIRST_LETTERS for key in query_keys(text))]
    chosen = as_uuid(typed.get("person", "")) if suffix == "" else None
    found = queries.same_people(request.by, texts, chosen, MOST)
    note_list(request.by, "suggest", [([hit.id], hit.ground) for hit in found], door="suggest")
    today = day_of(request.now)
    people = [
        {"id": hit.id, "name": hit.name, "kana": hit.kana, "age": age_words(hit.born, today), "sex": hit.sex, "area": hit.area,
         "state": words.STATES.get(hit.state, ""), "holder": hit.holder, "relation": hit.relation,
         "beside": "・".join(hit.beside), "ground": rows.ground_shown(hit.ground),
         "met": rows.met(hit), "chosen": hit.id == chosen}
        for hit in found
    ]  # fmt: skip
    return Candidates(people, bool(texts), not any(one["chosen"] for one in people))
