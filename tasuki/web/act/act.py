"""An act on screen: one resource, one form, one call. The catalogue says which acts there are and who may use them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.choices import Target
from tasuki.records.asker import Asker
from tasuki.web.act.fields import Field

About = Callable[[Asker, UUID, dt.date], Sequence[tuple[str, str]]]
Run = Callable[[Asker, dt.datetime, Target, dict[str, Any]], str | None]


@dataclass(frozen=True)
class Act:
    """An act of a room.

    `noun` and `slug` make its address (/cases/<id>/referrals/); `run` calls one action and may return another
    address to go to; `about` says of a target what its title cannot, `brings` the fields that a target brings, before the others; `warns` what would be better done first, and stops nobody; `creates_person` shows who may be meant before it does; `who` are the permission sets that may use it (empty: everybody who is signed in).
    """

    noun: str
    slug: str
    title: str
    button: str
    fields: Sequence[Field]
    run: Run
    done: str
    who: frozenset[str] = frozenset()
    support: str = ""
    sees: bool = False
    about: About | None = None
    brings: Callable[[Asker, Target], Sequence[Field]] | None = None
    warns: Callable[[Asker, Target], Sequence[str]] | None = None
    creates_person: bool = False

    def asks(self, by: Asker, target: Target) -> list[Field]:
        """Return all fields of the form on this target."""
        return [*(self.brings(by, target) if self.brings else ()), *self.fields]

    def address(self, target: object) -> str:
        """Return the address of the act on a target; acts without a target stand on their noun alone."""
        return f"/{self.noun}/{target}/{self.slug}/" if target else f"/{self.noun}/{self.slug}/"
