"""Nothing grows past the size at which a reader loses the thread."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, functions, lines, modules

LIMITS = {"functions": 40, "files": 400, "templates": 150, "views": 25}
EXCEPTIONS = tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text(encoding="utf-8"))


def sizes(kind: str) -> Iterator[tuple[str, int]]:
    """Give (name, lines) of everything of that kind."""
    if kind == "files":
        yield from ((module.path, module.text.count("\n")) for module in modules("tasuki", "tests"))
    elif kind == "templates":
        for path in sorted(PACKAGE.rglob("templates/**/*.html")):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8").count("\n")
    else:
        for module in modules("tasuki", "tests"):
            is_view = module.path.startswith("tasuki/web/") and "views" in module.path
            if kind == "functions" or is_view:
                yield from ((name, lines(node)) for name, node in functions(module))


# Fault planted: a function of 41 lines, a file of 401, a template of 151, a view of 26.
@pytest.mark.parametrize("kind", LIMITS)
def test_nothing_is_larger_than_the_house_allows(kind: str) -> None:
    large = {name: size for name, size in sizes(kind) if size > LIMITS[kind]}
    assert large == EXCEPTIONS[kind]
