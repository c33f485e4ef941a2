"""The table of acts: each act with its address, its verb of the replay and the stories that play it; writes docs/acts.md."""

from __future__ import annotations

import argparse
import ast
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import tasuki
from tasuki.ops.files import OWN_SCENARIOS, read
from tasuki.ops.routes import routes

TARGET = Path("docs") / "acts.md"
ACTIONS = Path(tasuki.__file__).parent / "actions"
WEB = Path(tasuki.__file__).parent / "web"
# What the framework of the front door calls for itself: no act of a person about a case.
SILENT = frozenset(
    {
        "keys_of",
        "city_decides_use",
        "check",
        "posts",
        "choose",
        "leave",
        "claim",
        "sent",
        "keep",
        "drop",
        "tell_export",
        "keep_export",
    }
)
# Where the verb of the contract is called otherwise than the action that plays it.
VERBS_OF: Mapping[str, tuple[str, ...]] = {
    "take_step": (
        "propose_match", "visit_host", "trial", "start_participation", "retain", "end_participation",
    ),
    "follow_host": ("host_follow_up",),
    "register_resource": ("register_resource", "register_host", "launch_resource"),
}  # fmt: skip
ROOMS_OF = {"receive": "/consultations/new/", "hold": "/sittings/<id>/", "change_person": "/people/<id>/change/"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file to write."""
    parser.add_argument("--to", type=Path, default=TARGET, help="書き出すファイル")


def run(options: argparse.Namespace) -> int:
    """Write the table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tasuki.config.settings")
    import django

    django.setup()
    options.to.write_text(table(), encoding="utf-8")
    print(f"{options.to} を書きました。")
    return 0


def actions() -> list[tuple[str, str]]:
    """Return (room, act) of every public function of the acts that a person does, in order."""
    return [
        (path.stem, node.name)
        for path in sorted(ACTIONS.glob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name not in SILENT
    ]


def addresses() -> dict[str, list[str]]:
    """Return where each action stands on screen: addresses of declared acts, and the rooms that call it themselves.

    Read from the source of the front door: the back door does not import it.
    """
    known = {address for address, _ in routes()}
    found: dict[str, list[str]] = {name: [address] for name, address in ROOMS_OF.items()}
    for path in sorted((WEB / "act").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        runs = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        for noun, slug, run in _declared(tree):
            alone = f"/{noun}/{slug}/"
            address = alone if alone in known else f"/{noun}/<id>/{slug}/"
            for name in sorted(_called(runs[run])):
                found.setdefault(name, []).append(address)
    return found


def _declared(tree: ast.AST) -> Iterator[tuple[str, str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Act":
            noun, slug, run = node.args[0], node.args[1], node.args[5]
            if isinstance(noun, ast.Constant) and isinstance(slug, ast.Constant) and isinstance(run, ast.Name):
                yield str(noun.value), str(slug.value), run.id


def _called(tree: ast.AST) -> set[str]:
    return {
        node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }


def called_by_the_web() -> set[str]:
    """Return every act that a room of the front door calls outside the declared forms."""
    texts = [path.read_text(encoding="utf-8") for path in WEB.rglob("*.py")]
    return {name for text in texts if "tasuki.actions" in text for name in _called(ast.parse(text))}


def played() -> dict[str, list[str]]:
    """Return the product's own stories that play each verb."""
    found: dict[str, list[str]] = {}
    for path in sorted(OWN_SCENARIOS.glob("*.yaml")):
        for verb in {str(step["do"]) for step in read(path).data["steps"] if not step.get("refused")}:
            found.setdefault(verb, []).append(path.stem)
    return found


def table() -> str:
    """Return the document."""
    from tasuki.ops.replay.acts import VERBS
    from tasuki.rules.contract.town_verbs import VERBS as CONTRACT

    shown, stories, in_web = addresses(), played(), called_by_the_web()
    lines: list[str] = []
    without: dict[str, list[str]] = {"screen": [], "verb": [], "story": []}
    for room, name in actions():
        verbs = [verb for verb in VERBS_OF.get(name, (name,)) if verb in VERBS]
        tales = sorted({tale for verb in verbs for tale in stories.get(verb, [])})
        places = shown.get(name, ["(within another screen)"] if name in in_web else [])
        for what, there in (("screen", places), ("verb", verbs), ("story", tales)):
            if not there:
                without[what].append(f"`{name}`")
        cells = [" ".join(f"`{one}`" for one in places), " ".join(f"`{one}`" for one in verbs), " ".join(tales)]
        lines.append(f"| {room} | `{name}` | " + " | ".join(cell or "—" for cell in cells) + " |")
    unplayed = sorted(f"`{verb}`" for verb in CONTRACT if verb not in VERBS)
    return _document(lines, without, unplayed)


def _document(lines: list[str], without: Mapping[str, list[str]], unplayed: list[str]) -> str:
    def said(names: list[str]) -> str:
        return ", ".join(names) or "none"

    return "\n".join([
        "# Acts", "",
        "Every act of a person: where it stands on screen, which verb of a scenario plays it, and which of the product's",
        "own stories do. Written by `tasuki acts-table`; a test fails when it is stale.", "",
        "| room | act | screen | verb | stories |", "|---|---|---|---|---|", *lines, "",
        "## What is missing, said plainly", "",
        f"- Acts without a screen: {said(without['screen'])}.",
        f"- Acts without a verb in the replay: {said(without['verb'])}.",
        f"- Acts that no story of the product plays: {said(without['story'])}.",
        f"- Verbs of the contract that the replay cannot play yet: {said(unplayed)}.", "",
    ])  # fmt: skip
