"""Profiles and scenarios as files: YAML with dates as text, and the line of every value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Any

import yaml

from tasuki.ops import Unfit
from tasuki.rules.contract import check as contract
from tasuki.rules.contract.scenario import Scenario, scenario_of
from tasuki.rules.profile import check as profile_check
from tasuki.rules.profile.merging import BASE, on_base
from tasuki.rules.profile.reading import Profile, read_profile
from tasuki.rules.profile.shapes import Problem, Spot

OWN_PROFILES = Path(__file__).parent / "templates" / "profiles"
"""The profiles that come with the product."""

OWN_SCENARIOS = Path(__file__).parent / "templates" / "scenarios"
"""The scenarios that come with the product."""

MOST_BYTES = 2_000_000
"""A larger file is refused unread; the largest that comes with the product has a twentieth of it."""

MOST_VALUES = 100_000
"""A file with more values than this is refused (aliases can make a small file endless)."""

LONGEST_NAME = 60
"""The key of a municipality has no more letters, and a file's name has room for them."""

LARGEST = 2**63
"""A larger figure counts nothing; written in hexadecimal it could not even be said."""

DEEPEST = 100
"""Values inside values: the parser in C would end the process at some ten thousands."""


@dataclass(frozen=True)
class Document:
    """A file as it was read: keys and dates are text; `lines` holds the line of each value."""

    path: Path
    data: Any
    lines: Mapping[Spot, int]


class Unreadable(Unfit):
    """A file that does not hold what it should. `problems` says what and on which line."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        super().__init__("\n".join(f"{path}:{problem.line}: {problem.message}" for problem in problems))


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where there is one: a large profile in 40 ms instead of 400."""


class _Reader(_Loader):  # type: ignore[misc]  # one of two classes, chosen above
    """YAML without calendar days: 2026-04-08 stays text, and so does 1995-00-00."""


_Reader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


_TEXT = _Reader.DEFAULT_SCALAR_TAG
_PLAIN = frozenset({_Reader.DEFAULT_MAPPING_TAG, _Reader.DEFAULT_SEQUENCE_TAG})


class _Walk:
    """From YAML's nodes to values: collects the lines and what cannot be taken over."""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader
        self.lines: dict[Spot, int] = {}
        self.problems: list[Problem] = []
        self.count = 0
        self.open: set[int] = set()

    def value(self, node: yaml.Node, spot: Spot) -> Any:
        self.lines[spot] = line = node.start_mark.line + 1
        self.count += 1
        if self.count > MOST_VALUES or id(node) in self.open:
            raise _EndlessError(line)
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, line)
        if node.tag not in _PLAIN:
            self.problems.append(Problem(line, f"「{node.tag}」という印は使えません"))
        self.open.add(id(node))
        try:
            if isinstance(node, yaml.MappingNode):
                return self.mapping(node, spot)
            return [self.value(inner, (*spot, number)) for number, inner in enumerate(node.value)]
        finally:
            self.open.discard(id(node))

    def scalar(self, node: yaml.ScalarNode, line: int) -> Any:
        # What a tag claims need not be so, and not every way to read a value is ready for that.
        if node.tag not in {_TEXT, self.reader.resolve(yaml.ScalarNode, node.value, (True, False))}:
            self.problems.append(Problem(line, f"「{node.tag}」という印は使えません"))
            return None
        found = self.reader.construct_object(node)
        if isinstance(found, int) and abs(found) > LARGEST:
            self.problems.append(Problem(line, "数が大きすぎます"))
            return 0
        return found

    def mapping(self, node: yaml.MappingNode, spot: Spot) -> dict[str, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if not name and not isinstance(key, yaml.ScalarNode):
                self.problems.append(Problem(key.start_mark.line + 1, "項目の名前が文字ではありません"))
            elif name in seen:
                self.problems.append(Problem(key.start_mark.line + 1, f"項目「{name}」が2度あります"))
            seen.add(name)
        self.reader.flatten_mapping(node)
        found: dict[str, Any] = {}
        for key, inner in node.value:
            if isinstance(key, yaml.ScalarNode):
                found[str(key.value)] = self.value(inner, (*spot, str(key.value)))
        return found


class _EndlessError(Exception):
    """A value that contains itself, or too many values."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)


def read(path: Path) -> Document:
    """Give a YAML file with its lines.

    Raises Unreadable: no such file, too large, no UTF-8, no YAML, a key that stands twice.
    """
    try:
        found = path.stat()
        if not S_ISREG(found.st_mode) or found.st_size > MOST_BYTES:
            raise Unreadable(path, [Problem(1, f"{MOST_BYTES // 1_000_000} MB までのふつうのファイルではありません")])
        text = path.read_text(encoding="utf-8-sig")
    except OSError as failure:
        raise Unreadable(path, [Problem(1, f"読めません（{failure.strerror}）")]) from failure
    except UnicodeDecodeError as failure:
        raise Unreadable(path, [Problem(1, "文字コードが UTF-8 ではありません")]) from failure
    return parse(text, path)


def parse(text: str, path: Path) -> Document:
    """Give the same, from a text that is already there."""
    try:
        _measure(text)
        reader = _Reader(text)
        root = reader.get_single_node()
        if root is None:
            raise Unreadable(path, [Problem(1, "中身がありません")])
        walk = _Walk(reader)
        data = walk.value(root, ())
    except yaml.YAMLError as failure:
        raise Unreadable(path, [_yaml_problem(failure)]) from failure
    except (_EndlessError, RecursionError) as failure:
        line = failure.line if isinstance(failure, _EndlessError) else 1
        raise Unreadable(path, [Problem(line, "値が自分を含むか、多すぎるか、深すぎます")]) from failure
    except ValueError as failure:
        raise Unreadable(path, [Problem(1, f"値を読めません（{failure}）")]) from failure
    if walk.problems:
        raise Unreadable(path, sorted(walk.problems))
    return Document(path, data, walk.lines)


def _measure(text: str) -> None:
    """Look at a text without building anything of it. Raises _EndlessError where it is too deep or too long."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=_Reader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST or number > MOST_VALUES:
            raise _EndlessError(event.start_mark.line + 1 if event.start_mark else 1)


def _yaml_problem(failure: yaml.YAMLError) -> Problem:
    mark = getattr(failure, "problem_mark", None) or getattr(failure, "context_mark", None)
    said = getattr(failure, "problem", None) or str(failure).splitlines()[0]
    return Problem(mark.line + 1 if mark else 1, f"YAML として読めません（{said}）")


def base_beside(path: Path) -> Mapping[str, Any]:
    """Give the defaults for a profile: `_base.yaml` in its own folder, else the product's own."""
    beside = path.parent / f"{BASE}.yaml"
    data = read(beside if beside.exists() else OWN_PROFILES / f"{BASE}.yaml").data
    return data if isinstance(data, dict) else {}


def profile_problems(path: Path) -> list[Problem]:
    """List what is wrong with the file of a profile; an empty list when nothing is."""
    try:
        profile_data(path)
    except Unreadable as failure:
        return failure.problems
    return []


def profile_data(path: Path) -> Mapping[str, Any]:
    """Give a profile as maps and lists, checked and on its base. Raises Unreadable."""
    document = read(path)
    base = base_beside(path)
    found = profile_check.check(document.data, document.lines, base)
    if not found and document.data["profile"] != path.stem:
        found = [Problem(1, f"ファイルの名前（{path.stem}）と profile（{document.data['profile']}）が違います")]
    if found:
        raise Unreadable(path, found)
    return on_base(document.data, base)


def load_profile(path: Path) -> Profile:
    """Give a profile as typed values, checked and on its base. Raises Unreadable."""
    return read_profile(profile_data(path))


def load_scenario(path: Path, profiles_folder: Path | None = None) -> Scenario:
    """Give a scenario, checked and with its municipalities complete.

    Profiles are looked for in `profiles_folder`; without one in `../profiles` beside the file's folder or
    the folder above, then among the product's own. Raises Unreadable with every problem of the file.
    """
    document = read(path)
    profiles = _profiles(document.data, list(_folders(path, profiles_folder)))
    found = contract.check(document.data, document.lines, profiles)
    if not found and document.data["scenario"] != path.stem:
        found = [Problem(1, f"ファイルの名前（{path.stem}）と scenario（{document.data['scenario']}）が違います")]
    if found:
        raise Unreadable(path, found)
    return scenario_of(document.data, document.lines, profiles)


def _folders(path: Path, given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
    else:
        yield from (above / "profiles" for above in path.resolve().parents[1:3])
    yield OWN_PROFILES


def _profiles(data: Any, folders: list[Path]) -> dict[str, Mapping[str, Any]]:
    """Give the profiles that a file names, each on its base, and the defaults for those written inline."""
    found: dict[str, Mapping[str, Any]] = {}
    for name in {BASE, *_named(data)}:
        path = next((folder / f"{name}.yaml" for folder in folders if (folder / f"{name}.yaml").is_file()), None)
        if path is None:
            continue
        found[name] = profile_data(path)
    return found


def _named(data: Any) -> Iterator[str]:
    if not isinstance(data, dict):
        return
    neighbours = data.get("neighbours")
    listed = neighbours.values() if isinstance(neighbours, dict) else ()
    for place in (data, *listed):
        name = place.get("profile") if isinstance(place, dict) else None
        if isinstance(name, str) and len(name) <= LONGEST_NAME and name.replace("_", "").isalnum():
            yield name
