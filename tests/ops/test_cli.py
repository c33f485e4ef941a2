"""The command line: one plain sentence when something cannot be done, never a traceback."""

import argparse
import importlib
import importlib.util

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


# Fault planted: run() of stop renamed.
@pytest.mark.parametrize("name", [name for name in cli.COMMANDS if importlib.util.find_spec(cli._module(name))])
def test_every_command_has_options_and_a_run(name: str) -> None:
    module = importlib.import_module(cli._module(name))
    module.arguments(argparse.ArgumentParser())
    assert callable(module.run)


def test_without_a_word_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    assert "架空の町" in capsys.readouterr().out
