"""Every address that the front door answers: its name, its methods, and who may use it."""

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

TABLE = Path(__file__).parents[1] / "web" / "routes.toml"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the form of the answer."""
    parser.add_argument("--json", action="store_true", help="path, name, methods, who を JSON で出す")


def run(options: argparse.Namespace) -> int:
    """Print address, name, methods and who of each route; "signed in": the database says what exists for whom."""
    kept = ("name", "methods", "who")
    found = [{"path": path} | {key: one[key] for key in kept} for path, one in sorted(table().items())]
    if options.json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    for one in found:
        print(f"{one['path']:<60}{one['name']:<28}{' '.join(one['methods']):<10}{one['who']}")
    return 0


def table() -> dict[str, dict[str, Any]]:
    """Return the routes by address pattern; the tests hold the table against the addresses, methods and acts themselves."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def routes(resolver: URLResolver | None = None, before: str = "/", space: str = "") -> Iterator[tuple[str, str]]:
    """Give (address pattern, name with its namespaces) of every route; Django must be set up."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address, f"{space}{entry.name or ''}"
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from routes(entry, address, inner)
