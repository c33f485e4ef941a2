"""Every refusal has words, and no words wait for a refusal that nobody makes."""

import ast
import re
from collections.abc import Iterator

from tasuki.rules.refusal import Refusal
from tasuki.web import words
from tests.house.source import modules

CODE = re.compile(r"[A-Z][A-Z_]{3,}")
MAKERS = frozenset({"refusal", "refused_if", "why_not_role", "Refusal"})
PLACE = {"refusal": 0, "Refusal": 0, "refused_if": 1, "why_not_role": 2}


def codes(*floors: str) -> dict[str, str]:
    """Return every code that a floor refuses with, and the module that does."""
    return {code: module.path for module in modules(*floors) for code in _codes(module.tree)}


def _codes(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
            said = node.args[PLACE[node.func.id] :][:1] + [word.value for word in node.keywords if word.arg == "code"]
            yield from (one.value for one in said if isinstance(one, ast.Constant) and isinstance(one.value, str))
        elif isinstance(node, ast.FunctionDef) and node.name == "why_not_role":
            yield from (str(one.value) for one in node.args.defaults if isinstance(one, ast.Constant))


# Fault planted: "GUEST_BARRED" taken out of REFUSALS; a code of tasuki/actions/resource.py misspelt.
def test_every_refusal_has_words() -> None:
    used = codes("tasuki/rules", "tasuki/actions", "tasuki/records")
    assert len(used) > 90
    assert {code: path for code, path in used.items() if code not in words.REFUSALS} == {}


# Fault planted: a sentence for "NEVER_REFUSED" added to REFUSALS.
def test_no_words_wait_for_a_refusal_that_nobody_makes() -> None:
    assert sorted(set(words.REFUSALS) - set(codes("tasuki/rules", "tasuki/actions", "tasuki/records"))) == []


# Fault planted: a sentence with the unknown fact {who}; one without its full stop; a code spelt in lower case.
def test_every_sentence_can_be_said_without_its_facts_and_ends_as_a_sentence() -> None:
    for code in words.REFUSALS:
        said = words.sentence(Refusal(code))
        assert CODE.fullmatch(code)
        assert said.endswith("。")
        assert "{" not in said
