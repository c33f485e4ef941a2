"""Recomputes every seal of the footprint as the auditor's role, and names the first line that does not fit."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import psycopg

from tasuki.ops import Unfit, anchors, books
from tasuki.ops.database import AUDITOR, city_name, city_server, need_city
from tasuki.ops.seal import TITLES
from tasuki.rules.audit import Book, Fault, Trouble

WORDS = {
    Fault.CHANGED: "書きかえられています", Fault.GONE: "消えています", Fault.ADDED: "あとから入れられています",
    Fault.MOVED: "順番が入れかわっています", Fault.SEAL_CHANGED: "封そのものが書きかえられています",
    Fault.CHAIN_BROKEN: "前の封とつながっていません", Fault.SEAL_GONE: "この封がなくなっています（ここから後ろが切られています）",
    Fault.ANCHOR_DIFFERS: "外の控えと違います（この封の行がまとめて書きかえられています）",
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add where the anchors stand."""
    parser.add_argument("--anchors", type=Path, help="外の控えのファイル(既定 TASUKI_ANCHORS、なければデータの隣)")


def run(options: argparse.Namespace) -> int:
    """Look through both books; 1 when anything does not fit. Raises Unfit when named anchors are not there."""
    name = city_name()
    path = options.anchors or anchors.place_of(name)
    if options.anchors and not path.exists():
        raise Unfit(f"外の控え {path} がありません。")
    with city_server() as server, psycopg.connect(server.dsn(AUDITOR, need_city(server))) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        looked = books.look_through(connection, anchors.read(path))
    for sentence in report(looked):
        print(sentence)
    if not looked.anchors:
        print(
            f"外の控え {path} は空です。控えがないと、まとめての書きかえと後ろの切り取りは見つかりません。",
            file=sys.stderr,
        )
    return 1 if looked.troubles else 0


def report(looked: books.Looked) -> list[str]:
    """Say in Japanese what was looked at, and the first thing that does not fit."""
    counted = "、".join(f"{TITLES[book]} {looked.sealed[book]:,}行" for book in Book)
    told = [f"{counted}、封 {looked.seals:,}、外の控え {looked.anchors:,}。"]
    loose = sum(looked.loose.values())
    if loose:
        told.append(f"まだ封をしていない行 {loose:,}（次の封で入ります）。")
    if not looked.troubles:
        return [*told, "すべて合っています。"]
    first, others = looked.troubles[0], len(looked.troubles) - 1
    return [*told, f"最初の食い違い: {said(first)}", *([f"ほかに {others:,} 件あります。"] if others else [])]


def said(one: Trouble) -> str:
    """Say one trouble: table, position, id, seal, kind."""
    table = books.TABLES[Book(one.book)]
    return (
        f"{TITLES[Book(one.book)]}（{table}） 位置 {one.place} 番号 {one.id or 'なし'} 封 {one.number} "
        f"自治体 {one.town}: {WORDS[one.fault]}"
    )
