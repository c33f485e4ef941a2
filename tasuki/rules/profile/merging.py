"""A profile on top of the defaults that every profile starts from."""

from collections.abc import Mapping
from typing import Any

BASE = "_base"
"""The name of the profile that holds the defaults."""

_ONLY_OF_THE_FILE = frozenset({"assumed", "profile", "format"})


def merge(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Give `own` over `base`: maps are merged key by key, everything else (lists too) is replaced."""
    merged = dict(base)
    for name, value in own.items():
        under = merged.get(name)
        merged[name] = merge(under, value) if isinstance(value, dict) and isinstance(under, dict) else value
    return merged


def on_base(own: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """Give a profile with its defaults, when it asks for them (`base: _base`)."""
    if own.get("base") != BASE:
        return dict(own)
    return merge({name: value for name, value in base.items() if name not in _ONLY_OF_THE_FILE}, own)
