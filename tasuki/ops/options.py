"""The options of a command: when they are written wrongly, one plain sentence in Japanese says so and what to do next."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

# What argparse says, on every Python that the house runs on (choices stand with or without quotes), and how we say it.
_SAID = (
    (r"argument (?P<name>\S+): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<known>.*)\)",
     "「{name}」に「{value}」は選べません。{known} のどれかを書いてください。"),
    (r"argument (?P<name>\S+): invalid int value: '(?P<value>.*)'",
     "「{name}」は数字で書いてください（「{value}」は数ではありません）。"),
    (r"argument (?P<name>\S+): invalid \S+ value: '(?P<value>.*)'", "「{name}」に「{value}」は使えません。"),
    (r"argument (?P<name>\S+): expected .*arguments?", "「{name}」の後に、値を書いてください。"),
    (r"argument (?P<name>\S+): not allowed with argument (?P<value>.*)",
     "「{name}」と「{value}」は一緒に使えません。どちらか1つにしてください。"),
    (r"argument (?P<name>\S+): ignored explicit argument .*", "「{name}」には値を付けません。"),
    (r"the following arguments are required: (?P<name>.*)", "「{name}」が足りません。命令の後に書いてください。"),
    (r"one of the arguments (?P<name>.*) is required", "{name} のどれか1つが要ります。"),
    (r"unrecognized arguments: (?P<value>.*)", "「{value}」という選択肢はありません。つづりを確かめてください。"),
    (r"ambiguous option: (?P<name>\S+) could match (?P<known>.*)",
     "「{name}」だけでは、{known} のどれか分かりません。全部書いてください。"),
)  # fmt: skip


def plainly(message: str) -> str:
    """Say in Japanese what argparse says; what it says in words that we do not know stands behind ours."""
    for pattern, said in _SAID:
        if found := re.fullmatch(pattern, message):
            words = {name: value.replace("'", "") for name, value in found.groupdict().items()}
            return said.format(**words)
    return f"選択肢の書き方が違います（{message}）。"


class Options(argparse.ArgumentParser):
    """The options of one command."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and one sentence where errors go, and end with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{plainly(message)}使い方は {self.prog} --help で見られます。\n")
