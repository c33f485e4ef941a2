"""Every address that the front door answers, one a line."""

import argparse
import os
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add no options: all of them."""


def run(options: argparse.Namespace) -> int:
    """Print address and name of each route."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tasuki.config.settings")
    import django

    django.setup()
    for address, name in sorted(routes()):
        print(f"{address:<60}{name}")
    return 0


def routes(resolver: URLResolver | None = None, before: str = "/", space: str = "") -> Iterator[tuple[str, str]]:
    """Give (address pattern, name with its namespaces) of every route; Django must be set up."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address, f"{space}{entry.name or ''}"
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from routes(entry, address, inner)
