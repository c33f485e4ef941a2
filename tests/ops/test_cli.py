"""The command line: one plain sentence when something cannot be done, never a traceback."""

import argparse
import importlib
import importlib.util
import json
from pathlib import Path

import pytest

from tasuki.ops import Unfit, cli, routes


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
