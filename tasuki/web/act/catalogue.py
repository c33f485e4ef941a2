"""All acts, by noun and slug: the one list that addresses, buttons and tests are made from."""

from __future__ import annotations

from tasuki.web.act import on_case, on_family, on_keeping, on_person, on_relay, on_request, on_town
from tasuki.web.act.act import Act

ACTS: dict[tuple[str, str], Act] = {
    (one.noun, one.slug): one
    for one in [
        *on_case.ACTS,
        *on_family.ACTS,
        *on_keeping.ACTS,
        *on_person.ACTS,
        *on_relay.ACTS,
        *on_request.ACTS,
        *on_town.ACTS,
    ]
}
