"""Brings this installation's roles, tables, keys and policies up to this version."""

import argparse

from tasuki.ops.database import city_name, city_server


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add no options: there is one way to be up to date."""


def run(options: argparse.Namespace) -> int:
    """Make what is missing; safe to repeat."""
    name = city_name()
    with city_server() as server:
        server.make_roles()
        if name not in server.names():
            server.make_database(name)
        server.prepare(name)
    print(f"データベース {name} は、この版に合っています。")
    return 0
