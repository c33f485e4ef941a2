"""Every template is used: named by the code, or included or extended by one that is."""

import re

from tests.house.source import PACKAGE, modules

FOLDER = PACKAGE / "web" / "templates"
NAMED = re.compile(r"{% (?:include|extends) \"([a-z_/]+\.html)\"")
TOLD = re.compile(r"\"([a-z_]+/[a-z_]+\.html)\"")


def used() -> set[str]:
    """Return the templates that the code names, with everything that they take in."""
    found: set[str] = set()
    waiting = [name for module in modules("tasuki") for name in TOLD.findall(module.text)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += NAMED.findall((FOLDER / name).read_text(encoding="utf-8"))
    return found


# Faults planted: a template that nobody names but itself; one that only a deleted page took in.
def test_every_template_is_used_somewhere() -> None:
    there = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html")}
    assert there - used() == set()
