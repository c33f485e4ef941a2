"""A list too long for one answer: which one it is, kept sealed for whoever asked, and its file on the way."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO
from uuid import UUID, uuid4

from django.http import HttpResponse

from tasuki.records.vault import EXPORT, seal, unseal
from tasuki.web.page import PageRequest, page
from tasuki.web.sought import KEY, address

AT_ONCE = 5_000
"""Rows of a file that is made while its person waits: about three seconds. What is more is made beside the pages."""
PATIENCE = 3.0
"""Seconds for which its person waits for the next rows: a list can be long to look for before it has one."""


class TooLong(Exception):
    """A list has more rows than are made while somebody waits."""


class Unwanted(Exception):
    """Nobody wants the file any more: it was given up, or its person has gone."""


@dataclass
class Making:
    """A file that is made beside the pages: how far it is, whom it shows so far, and in the end `paper`, the file.

    One thread makes it, another tells how far it is and stops it (`over`). `rows` were read; once all are, `total` says how
    many, and `rows` counts those that are written.
    """

    paper: IO[bytes] | None = None
    rows: int = 0
    total: int | None = None
    persons: list[UUID] = field(default_factory=list)
    over: bool = False

    def read(self, persons: Sequence[UUID]) -> None:
        """Count a row that was read. Raises Unwanted when nobody waits for it."""
        self.rows += 1
        self.persons += persons
        self._go_on()

    def written[T](self, rows: Iterable[T], total: int) -> Iterator[T]:
        """Give the rows to be written and count them. Raises Unwanted when nobody waits for them."""
        self.total = total
        for self.rows, row in enumerate(rows, start=1):
            self._go_on()
            yield row

    def _go_on(self) -> None:
        if self.over:
            raise Unwanted


def making_of(request: PageRequest) -> Making | None:
    """Return the file that this request makes beside the pages; None when somebody waits for it."""
    found: Making | None = getattr(request, "making", None)
    return found


@dataclass(frozen=True)
class Asked:
    """Which list is wanted as a file: where it stands, everything that is asked of it, and its title."""

    path: str
    asked: Mapping[str, str]
    title: str
    what: str

    def sealed(self, by: UUID) -> bytes:
        """Seal it for its person: it holds the words that are looked for."""
        told = {"path": self.path, "asked": dict(self.asked), "title": self.title, "what": self.what}
        return seal(json.dumps(told).encode(), by, EXPORT)


def opened(by: UUID, sealed: bytes) -> Asked:
    """Open what was sealed for its person. Raises LookupError when it was not, or is none."""
    try:
        return Asked(**json.loads(unseal(sealed, by, EXPORT)))
    except ValueError as wrong:  # too short to be sealed at all
        raise LookupError from wrong


def in_form(sealed: bytes) -> str:
    """Write it as a form holds it."""
    return urlsafe_b64encode(sealed).decode()


def from_form(text: str) -> bytes:
    """Read it from a form. Raises LookupError when it is none."""
    try:
        return urlsafe_b64decode(text)
    except (ValueError, binascii.Error) as wrong:
        raise LookupError from wrong


def too_long(request: PageRequest, asked: Asked, of: str) -> HttpResponse:
    """Say that the file of the list that stands at `of` takes a while, and offer to make it; nobody is shown."""
    answer = page(
        request, "export/long.html", title=asked.title, kind=asked.what.rpartition(".")[2].upper(),
        asked=in_form(asked.sealed(request.by.staff)), form_key=uuid4(), back=address(request.by, of, asked.asked),
    )  # fmt: skip
    answer.names_nobody = True  # type: ignore[attr-defined]  # read by footprint.witness
    return answer


def everything_asked(request: PageRequest, filters: Mapping[str, str]) -> dict[str, str]:
    """Return what is asked of a list, with the filters that its person chose last time and the address does not name."""
    return {name: value for name, value in {**filters, **request.GET.dict()}.items() if name != KEY}
