"""The `tasuki` command: one word for each thing an operator does, one plain sentence when it cannot be done."""

import argparse
import importlib
import importlib.util
import os
import sys
from collections.abc import Sequence
from typing import Protocol, cast

import psycopg

from tasuki import __version__
from tasuki.ops import Unfit
from tasuki.ops.options import Options

COMMANDS = {
    "demo": "架空の町をつくり、すぐに使ってみる",
    "serve": "この自治体のたすきを動かす",
    "stop": "動いたままの組み込みデータベースを止める",
    "migrate": "データベースをこの版に合わせる",
    "load-profile": "自治体の設定ファイルを読み込む",
    "first-administrator": "最初のシステム管理者の利用者IDを作る",
    "check": "設定ファイル・シナリオ・記録の整合を確かめる",
    "replay": "シナリオを再現し、見えるものを確かめる",
    "oracle": "見える・見えないの規則を、規則の文とデータベースとでくらべる",
    "doctor": "動かす環境を調べ、直し方を示す",
    "routes": "すべてのアドレスを一覧にする",
    "acts-table": "行いの一覧（docs/acts.md）を書き出す",
    "screenshots": "手引きの画面の絵を撮り直す",
    "gallery": "家族図・支え図・経過・見守りの絵の見本を書き出す",
    "seal": "足あとに封をし、外に控える",
    "put-away": "終わって保存区分の決まったケースを保存に移し、時間の過ぎた一覧のファイルを消す",
    "verify-audit": "足あとの封を計算し直し、最初の食い違いを示す",
    "synth": "大きさを選んで、架空の自治体の10年分の記録を入れる",
    "backup": "バックアップを取る",
    "restore": "バックアップから、いつかの姿を隣に戻す",
    "drill": "バックアップから戻せることを、戻してくらべて確かめる",
}
# Commands about the records of an installation, which a demo that is served has too.
ON_DEMO = frozenset({"backup", "check", "doctor", "drill", "put-away", "seal", "verify-audit"})
UNFIT = 2


class Command(Protocol):
    """What a module of tasuki.ops offers to be a command."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's options."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it and return the exit code."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 found something wrong, 2 could not be done."""
    words = list(sys.argv[1:] if words is None else words)
    here = [name for name in COMMANDS if importlib.util.find_spec(_module(name))]
    if not words or words[0] in {"-h", "--help"}:
        print("使い方: tasuki <命令> [選択肢]\n")
        print("\n".join(f"  {name:<20}{COMMANDS[name]}" for name in here))
        return 0
    if words[0] == "--version":
        print(__version__)
        return 0
    if words[0] not in here:
        print(f"「{words[0]}」という命令はありません。命令: {' '.join(here)}", file=sys.stderr)
        return UNFIT
    return _run(words[0], words[1:])


def _module(name: str) -> str:
    return f"tasuki.ops.{name.replace('-', '_')}"


def _run(name: str, words: Sequence[str]) -> int:
    command = cast("Command", importlib.import_module(_module(name)))
    parser = Options(prog=f"tasuki {name}", description=COMMANDS[name])
    command.arguments(parser)
    if name in ON_DEMO:
        parser.add_argument("--demo", action="store_true", help="この自治体ではなく、動いている架空の町に対して行う")
    options = parser.parse_args(words)
    try:
        if name in ON_DEMO and options.demo:
            from tasuki.ops.demo import lead_to_demo  # it brings the web server along

            lead_to_demo()
        return command.run(options)
    except Unfit as reason:
        print(str(reason), file=sys.stderr)
        return UNFIT
    except psycopg.OperationalError as trouble:
        print(
            f"データベースとのつながりに失敗しました。`tasuki doctor` で調べてください。({trouble.sqlstate or '-'})",
            file=sys.stderr,
        )
        return UNFIT
    except BrokenPipeError:  # the reader of our output, such as head(1), has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as trouble:  # a full disk, a folder that is away, a file that is not ours
        print(f"{trouble.filename or 'ファイル'} を読み書きできません（{trouble.strerror}）。", file=sys.stderr)
        return UNFIT
    except KeyboardInterrupt:
        print("中断しました。", file=sys.stderr)
        return 130
