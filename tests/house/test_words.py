"""One word per concept: every model, act and state stands in docs/vocabulary.toml."""

import ast
import tomllib
from collections.abc import Iterator

from tests.house.source import ROOT, classes, modules

VOCABULARY = ROOT / "docs" / "vocabulary.toml"


def words() -> frozenset[str]:
    """Return every key and every text of the vocabulary, however it is arranged."""
    return frozenset(_texts(tomllib.loads(VOCABULARY.read_text(encoding="utf-8"))))


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            yield key
            yield from _texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value)
    elif isinstance(part, str):
        yield part


def models() -> Iterator[str]:
    """Give the name of every table's class; abstract ones are no concept."""
    for module in modules("tasuki/records/models"):
        for _, node in classes(module):
            if not node.name.startswith("_") and node.name != "Meta" and "abstract = True" not in ast.unparse(node):
                yield node.name


def acts() -> Iterator[str]:
    """Give the name of every public function of the acts."""
    for module in modules("tasuki/actions"):
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield node.name


def states() -> Iterator[str]:
    """Give every value of every StrEnum of the rules."""
    for module in modules("tasuki/rules"):
        for _, node in classes(module):
            if any(ast.unparse(above).endswith("StrEnum") for above in node.bases):
                for line in node.body:
                    if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                        yield line.targets[0].id


# Fault planted: a model `Zzz`, an act `zzz`, a state `ZZZ`; each was named.
def test_every_model_act_and_state_is_in_the_vocabulary() -> None:
    known = words()
    used = {*models(), *acts(), *states()}
    assert used
    assert sorted(used - known) == []
