"""Refusals: what may not happen now, said with a code; the words for it stand in web/words.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Refusal:
    """Why an act may not happen. `code` is stable; `facts` fill the sentence (dates, numbers, agency names)."""

    code: str
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def refusal(code: str, **facts: object) -> Refusal:
    """Make a refusal; `facts` are named as the sentence in web/words.py names them."""
    return Refusal(code, MappingProxyType(facts))


def first(*found: Refusal | None) -> Refusal | None:
    """Return the first refusal, in the order in which a person would want to hear it."""
    return next((one for one in found if one is not None), None)


def refused_if(condition: bool, code: str, **facts: object) -> Refusal | None:  # noqa: FBT001  reads as a sentence
    """Return the refusal `code` when the condition holds."""
    return refusal(code, **facts) if condition else None
