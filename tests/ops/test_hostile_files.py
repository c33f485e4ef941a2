"""T22: profiles and scenarios that nobody should write: a sentence for each, in bounded time and memory, never a traceback."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tasuki.ops import Unfit
from tasuki.ops.files import MOST_BYTES, OWN_PROFILES, OWN_SCENARIOS, profile_data
from tasuki.ops.load_profile import load
from tasuki.rules.profile.merging import BASE
from tests.conftest import Copy

NIGHTLY = os.environ.get("TASUKI_NIGHTLY") == "1"
SEED = os.environ.get("TASUKI_SEED", "22")
SPOILT = 400 if NIGHTLY else 40
ODD = 1500 if NIGHTLY else 120
MEMORY = 512 * 2**20  # P11
PATIENCE = 300 if NIGHTLY else 60
VALUE = re.compile(r"(?<=: )[^\s\[\]{},#]+")
_LAUGH = "".join(f"{n}: &{n} [{', '.join([f'*{b}'] * 9)}]\n" for b, n in zip("abcdefgh", "bcdefghi", strict=True))
_MERGED = "".join(
    f"{n}: &{n} {{<<: [{', '.join([f'*{b}'] * 9)}]}}\n" for b, n in zip("abcdefgh", "bcdefghi", strict=True)
)
BAD: dict[str, bytes] = {
    "laugh": b"a: &a [x, x]\n" + _LAUGH.encode(), "merged": b"a: &a {x: 1}\n" + _MERGED.encode(), "itself": b"a: &a [*a]\n",
    "deep": b"[" * 100_000, "deep-closed": b"[" * 20_000 + b"]" * 20_000, "deep-maps": b"{a: " * 50_000, "deep-lines": b"- " * 20_000 + b"x",
    "python": b"a: !!python/object/apply:os.system ['id']\n", "python-name": b"a: !!python/name:os.system\n",
    "tag": b"%TAG ! tag:elsewhere,2026:\n---\na: !x 1\n", "set": b"a: !!set {b, c}\n", "day": b"a: !!timestamp 2026-99-99\n",
    "day-and-more": "a: !!timestamp 2026-01-01 霞浜".encode(), "truth": b"a: !!bool perhaps\n", "number": b"a: !!int x\n", "bytes": b"a: !!binary aGVsbG8=\n",
    "large": b"#" * (MOST_BYTES + 1), "long": b"a: " + b"x" * 1_900_000, "many": b"[" + b"1," * 900_000 + b"1]",
    "keys": ("{" + ", ".join(f"k{n}: 1" for n in range(100_000)) + "}").encode(), "figure": b"a: " + b"1" * 5000, "base60": b"a: " + b"1:" * 20_000 + b"1",
    "sjis": "title: 筋書き".encode("cp932"), "utf16": "a: 1".encode("utf-16"), "half": b"a: \xe6\xb8", "nul": b"a: b\0c", "bell": b"a: \x07",
    "surrogate": b'a: "\\ud800"', "zip": b"PK\x03\x04" + bytes(range(256)) * 9, "gzip": b"\x1f\x8b\x08\x00" + b"\0" * 4000, "elf": b"\x7fELF" + b"\0" * 99,
    "nothing": b"", "two": b"a: 1\n---\nb: 2\n", "list": b"- a\n", "word": b"a", "null": b"~\n", "tabs": b"a:\n\t- b", "key": b"? {a: b}\n: c\n",
    "outside": b"scenario: ../../etc/passwd\nprofile: ../../../etc/passwd\nsteps: []\n", "outside-profile": b"profile: ../outside-profile\nformat: 1\n",
    "named": b"scenario: named\nprofile: " + b"x" * 5000, "neighbour": b"scenario: neighbour\nneighbours: {x: {profile: /etc/passwd}}\nsteps: [[[]]]\nsee: 1\ncount: {}\nhousehold: ~\n",
}  # fmt: skip
INSTEAD = (".inf", ".nan", "1e999", "-1", "2147483648", "~", "[]", "{}", "!!binary aGVsbG8=", "!!timestamp 2026-01-01", "true", "''", "9999-12-31",
           "0000-00-00", "!!timestamp 2026-01-01 x", "!!bool perhaps", "!!float ''", '"\\0"', "すべて", "../../x", "*a", "&a b", "'''", "x" * 5000, "0x" + "f" * 5000, "{a: {b: {c: []}}}", "\U0010ffff")  # fmt: skip


def spoilt(text: str, chance: Random) -> bytes:
    """Spoil a good file: another value, a line gone, twice or elsewhere, its end cut off, bytes that are none of it."""
    lines = text.splitlines(keepends=True)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(lines))
        way = chance.randrange(6)
        if way < 3:
            lines[place] = VALUE.sub(lambda _: chance.choice(INSTEAD), lines[place], count=1)
        elif way == 3:
            lines.insert(chance.randrange(len(lines)), lines[place])
        else:
            lines[place] = lines[place].replace(" ", "", 1) if way == 4 else ""
    made = "".join(lines).encode()
    if chance.random() < 0.2:
        return made[: chance.randrange(len(made))]
    if chance.random() < 0.2:
        cut = chance.randrange(len(made))
        return made[:cut] + chance.randbytes(4) + made[cut:]
    return made


def limited() -> None:
    """Bound the memory of the child."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def check(*paths: Path) -> tuple[int, str, str]:
    """Run `tasuki check` over files or a folder, with a worker's memory."""
    done = subprocess.run(
        [sys.executable, "-m", "tasuki", "check", *map(str, paths), "--json"], check=False, capture_output=True, text=True,
        timeout=PATIENCE, preexec_fn=limited, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Give a folder of files that nobody should write."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    for name, content in BAD.items():
        (folder / f"{name}.yaml").write_bytes(content)
    (folder / "endless.yaml").symlink_to("/dev/zero")
    (folder / "circle.yaml").symlink_to(folder / "circle.yaml")
    (folder / "nowhere.yaml").symlink_to("/nonexistent")
    (folder / "passwd.yaml").symlink_to("/etc/passwd")
    (folder / "folder.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    return folder


# Faults planted: _measure() left out → the process ends with a fault of memory; read() without stat() → all memory for
# /dev/zero; a profile's name of any length looked for → OSError.
def test_every_hostile_file_is_told_in_a_sentence_within_a_workers_memory(hostile: Path) -> None:
    code, said, trouble = check(hostile)
    assert (code, trouble) == (1, "")
    told: dict[str, str] = {}
    for one in json.loads(said)["problems"]:
        told.setdefault(Path(one["file"]).stem, one["message"])
    assert set(told) == {path.stem for path in hostile.iterdir()}
    assert [name for name, words in told.items() if not re.search("[ぁ-ん]", words)] == []
    assert "root:" not in said


# Fault planted: a figure of any length taken → it cannot even be said in the sentence about it.
def test_a_good_file_spoilt_by_chance_is_right_or_told(tmp_path: Path) -> None:
    chance = Random(SEED)
    good = sorted(OWN_PROFILES.glob("[a-z]*.yaml")) + sorted(OWN_SCENARIOS.glob("*.yaml"))
    (tmp_path / "profiles").mkdir()
    for path in OWN_PROFILES.glob("*.yaml"):
        (tmp_path / "profiles" / path.name).write_bytes(path.read_bytes())
    names = {}
    for number in range(SPOILT):
        path = chance.choice(good)
        folder = tmp_path / "spoilt" / str(number)
        folder.mkdir(parents=True)
        names[number] = folder / path.name
        names[number].write_bytes(spoilt(path.read_text(encoding="utf-8"), chance))
    code, said, trouble = check(*names.values())
    assert (code, trouble) == (1, "")
    told = json.loads(said)
    assert told["files"] == SPOILT
    assert len({one["file"] for one in told["problems"]}) > SPOILT // 3


# Fault planted: DataError and a day that no calendar has not told by load() → a traceback.
def test_a_profile_that_is_right_but_odd_is_written_or_told(database: Copy, tmp_path: Path) -> None:
    chance, written, told = Random(f"{SEED} load"), 0, list[str]()
    good = [path for path in OWN_PROFILES.glob("[a-z]*.yaml") if path.stem != BASE]
    for _ in range(ODD):
        path = chance.choice(good)
        made = tmp_path / path.name
        made.write_bytes(spoilt(path.read_text(encoding="utf-8"), chance))
        try:
            written += load(profile_data(made), made.stem, keep=False).town.pk is not None
        except Unfit as trouble:
            told.append(str(trouble))
    assert [one for one in told if not re.search("[ぁ-ん]", one)] == []
    assert written > ODD // 40  # not all are merely refused
