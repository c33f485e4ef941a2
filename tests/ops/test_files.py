"""Profiles and scenarios as files: dates as text, a line for everything, and every file that is shipped or given."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasuki.ops import Unfit
from tasuki.ops.files import (
    OWN_PROFILES,
    OWN_SCENARIOS,
    Unreadable,
    load_profile,
    load_scenario,
    parse,
    profile_problems,
    read,
)

GIVEN = Path(os.environ.get("TASUKI_SHARED", Path(__file__).parents[3] / "shared"))


def found(own: Path, given: Path) -> Iterator[Path]:
    yield from sorted(own.glob("*.yaml"))
    yield from sorted(given.rglob("*.yaml"))


PROFILES = list(found(OWN_PROFILES, GIVEN / "profiles"))
SCENARIOS = list(found(OWN_SCENARIOS, GIVEN / "scenarios"))


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_profile_is_right_and_can_be_read(path: Path) -> None:
    assert profile_problems(path) == []
    assert load_profile(path).key == path.stem


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_scenario_is_right_and_can_be_read(path: Path) -> None:
    scenario = load_scenario(path)
    assert scenario.key == path.stem
    assert all(step.by in scenario.named.staff for step in scenario.steps)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_an_unknown_key_in_the_last_step_is_named_with_its_line(path: Path, tmp_path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    last = lines.index("see:") - 1
    lines[last] = lines[last].replace("{", "{wrong: 1, ", 1)
    broken = tmp_path / path.name
    broken.write_text("\n".join(lines), encoding="utf-8")
    folder = next(one for one in (path.parents[1] / "profiles", path.parents[2] / "profiles") if one.is_dir())
    with pytest.raises(Unreadable) as caught:
        load_scenario(broken, folder)
    assert (last + 1, "知らない項目「wrong」です") in caught.value.problems


def test_days_stay_text_and_each_value_has_its_line() -> None:
    document = parse("born: 1995-00-00\nsteps:\n  - {at: 2026-04-08T10:00}\n  - 2026-04-08\n", Path("x.yaml"))
    assert document.data == {"born": "1995-00-00", "steps": [{"at": "2026-04-08T10:00"}, "2026-04-08"]}
    assert document.lines[("steps", 0, "at")] == 3
    assert document.lines[("steps", 1)] == 4


def test_keys_are_text_whatever_they_look_like() -> None:
    assert parse("{2025: a, true: b, 1.5: c}", Path("x.yaml")).data == {"2025": "a", "true": "b", "1.5": "c"}


# Fault planted: the tags of lists and maps not looked at → read as if nothing stood there.
@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "項目「a」が2度あります"),
        ("x:\n  - {k: 1, k: 2}\n", 2, "項目「k」が2度あります"),
        ("a: 1\nb: [1, 2\n", 3, "YAML として読めません（did not find expected"),
        ("a: 1\nb: !!python/object:os.system x\n", 2, "という印は使えません"),
        ("a: !!python/object/apply:os.system [x]\n", 1, "という印は使えません"),
        ("a: 0x" + "f" * 5000, 1, "数が大きすぎます"),
        ("", 1, "中身がありません"),
        ("a: &a [*a]\n", 1, "自分を含む"),
        ("? [1, 2]\n: x\n", 1, "文字ではありません"),
        ("a: !!int abc\n", 1, "という印は使えません"),
    ],
)
def test_what_is_no_plain_yaml_is_named_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(text, Path("x.yaml"))
    assert caught.value.problems[0].line == line
    assert said in caught.value.problems[0].message
    assert str(caught.value).startswith(f"x.yaml:{line}: ")


def test_a_small_file_that_unfolds_without_end_is_refused() -> None:
    text = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdef", "bcdefg", strict=True)
    )
    with pytest.raises(Unreadable, match="多すぎる"):
        parse(text, Path("x.yaml"))


def test_a_file_that_is_not_there_or_not_utf8_is_unfit_not_a_crash(tmp_path: Path) -> None:
    with pytest.raises(Unfit, match="読めません"):
        read(tmp_path / "none.yaml")
    odd = tmp_path / "odd.yaml"
    odd.write_bytes("title: 筋書き".encode("shift_jis"))
    with pytest.raises(Unfit, match="UTF-8"):
        read(odd)


PROFILE = """profile: {name}
format: 1
base: _base
municipality: {{name: 試し町, kind: 町}}
source: {{seed: OWN, document: 見本}}
agencies: {{HUB: {{name: 係, kind: HUB, mode: 直営}}}}
"""


def test_a_profile_uses_the_defaults_beside_it_or_else_those_of_the_product(tmp_path: Path) -> None:
    (tmp_path / "here.yaml").write_text(PROFILE.format(name="here"), encoding="utf-8")
    assert load_profile(tmp_path / "here.yaml").roles["COORDINATOR"].sets == ("COORD",)
    own = "profile: _base\nformat: 1\nwords: {plan: 応援プラン}\n"
    (tmp_path / "_base.yaml").write_text(own, encoding="utf-8")
    assert load_profile(tmp_path / "here.yaml").words == {"plan": "応援プラン"}


def test_a_file_is_called_like_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "there.yaml").write_text(PROFILE.format(name="here"), encoding="utf-8")
    assert "ファイルの名前" in profile_problems(tmp_path / "there.yaml")[0].message


def test_a_scenario_whose_profile_is_nowhere_says_so_with_the_line(tmp_path: Path) -> None:
    lines = [
        "scenario: T91",
        "title: 題",
        "profile: nowhere",
        "household: [{key: A, name: 試野 一, born: 1990-01-01, sex: 男}]",
    ]
    lines += ["steps: [{at: 2026-04-01T09:00, by: hub, do: pledge, until: 2027-03-31}]", "see: []", "count: []"]
    path = tmp_path / "T91.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        load_scenario(path)
    assert caught.value.problems == [(3, "知らないひな形「nowhere」です")]
