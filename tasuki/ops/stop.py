"""Stops an embedded database that was told to stay, once nobody uses it any more."""

import argparse
import shutil
from pathlib import Path

from tasuki.ops import Unfit
from tasuki.ops.embedded import Cluster
from tasuki.ops.reach import home


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add whether the made-up towns go too."""
    parser.add_argument("--forget", action="store_true", help="架空の町のデータも消す")


def run(options: argparse.Namespace) -> int:
    """Stop the demo's and the installation's embedded database. Raises Unfit while one is in use."""
    for name, words in (("demo", "架空の町"), ("city", "この自治体")):
        folder = home() / name
        if (folder / "gate").exists():
            print(f"{words}のデータベース: {_stop(Cluster(folder), words)}")
            if options.forget and name == "demo":
                _forget(folder)
    return 0


def _stop(cluster: Cluster, words: str) -> str:
    cluster.stay(on=False)
    if cluster.stop():
        return "止めました。"
    if cluster.answers():
        raise Unfit(f"{words}のデータベースは、まだ使われています。先に、動いている tasuki を止めてください。")
    return "動いていません。"


def _forget(folder: Path) -> None:
    shutil.rmtree(Cluster(folder).place)
    shutil.rmtree(folder)
