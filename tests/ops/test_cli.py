"""The command line: one plain sentence when something cannot be done, never a traceback."""

import argparse
import importlib
import importlib.util
import json
from pathlib import Path

import pytest

from tasuki.ops import Unfit, cli, routes
from tasuki.ops.options import plainly


# Fault planted: main() without the look at `here`.
def test_an_unknown_command_is_answered_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["fly"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("「fly」という命令はありません。")
    assert "doctor" in said


# Fault planted: `except Unfit` taken out of _run().
def test_what_cannot_be_done_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(options: argparse.Namespace) -> int:
        raise Unfit("できません。")

    monkeypatch.setattr(routes, "run", refuse)
    assert cli.main(["routes"]) == 2
    assert capsys.readouterr().err == "できません。\n"


# Fault planted: `except OSError` taken out of _run().
def test_a_file_that_is_away_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(routes, "run", lambda options: len((tmp_path / "none").read_text()))
    assert cli.main(["routes"]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'none'} を読み書きできません（No such file or directory）。\n"


# Fault planted: run() of stop renamed.
@pytest.mark.parametrize("name", [name for name in cli.COMMANDS if importlib.util.find_spec(cli._module(name))])
def test_every_command_has_options_and_a_run(name: str) -> None:
    module = importlib.import_module(cli._module(name))
    module.arguments(argparse.ArgumentParser())
    assert callable(module.run)


def test_without_a_word_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    assert "架空の町" in capsys.readouterr().out


# Fault planted: "who" left out; the statements of the tests told as well.
def test_the_routes_are_told_with_methods_and_who(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["routes", "--json"]) == 0
    found = {one.pop("path"): one for one in json.loads(capsys.readouterr().out)}
    assert found["/keepings/"] == {"name": "keepings", "methods": ["GET"], "who": "signed in"}
    assert found["/emergencies/<uuid:target_id>/review/"]["who"] == "PRIV"


# Faults planted: error() left to argparse; the usage left out; each line of _SAID taken away in turn → its sentence is the general one.
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["demo", "--size", "huge"], "「--size」に「huge」は選べません。village, "),
        (["demo", "--seed", "many"], "「--seed」は数字で書いてください（「many」は数ではありません）。"),
        (["demo", "--seed"], "「--seed」の後に、値を書いてください。"),
        (["demo", "--se", "1", "--large", "2"], "「--large 2」という選択肢はありません。つづりを確かめてください。"),
        (["demo", "--s", "1"], "「--s」だけでは、--"),
        (["demo", "--json=yes"], "「--json」には値を付けません。"),
        (["replay"], "「FILE」が足りません。命令の後に書いてください。"),
        (["load-profile", "a.yaml", "b.yaml"], "「b.yaml」という選択肢はありません。"),
    ],
)
def test_options_written_wrongly_are_answered_in_japanese_with_the_usage(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (2, "")
    usage, sentence = told.err.rstrip("\n").rsplit("\n", 1)
    assert usage.startswith(f"usage: tasuki {words[0]}")
    assert sentence.startswith(said), told.err
    assert sentence.endswith(f"使い方は tasuki {words[0]} --help で見られます。")


# Faults planted: choices looked for with quotes alone, as Python 3.12 writes them; what is not known said without argparse's own words.
@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("argument --size: invalid choice: 'x' (choose from 'a', 'b')", "「--size」に「x」は選べません。a, b のどれかを書いてください。"),
        ("argument --size: invalid choice: 'x' (choose from a, b)", "「--size」に「x」は選べません。a, b のどれかを書いてください。"),
        ("argument --day: invalid date value: 'x'", "「--day」に「x」は使えません。"),
        ("argument --a: not allowed with argument --b", "「--a」と「--b」は一緒に使えません。どちらか1つにしてください。"),
        ("one of the arguments --a --b is required", "--a --b のどれか1つが要ります。"),
        ("something new", "選択肢の書き方が違います（something new）。"),
    ],
)  # fmt: skip
def test_what_argparse_says_is_said_in_japanese(message: str, said: str) -> None:
    assert plainly(message) == said
