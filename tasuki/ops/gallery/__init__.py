"""Sheets of drawn families, ecomaps, timelines and rings, to be looked at by people before a change of the pen goes out.

Every sheet is one HTML file that asks nothing of another host. The pictures made by hand are kept as approved SVG;
`--approve` rewrites them after somebody has looked.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from html import escape
from pathlib import Path

import tasuki
from tasuki.ops import Unfit
from tasuki.ops.gallery.chance import thrown
from tasuki.ops.gallery.families import MADE
from tasuki.ops.gallery.others import OTHERS
from tasuki.pictures.genogram import genogram
from tasuki.pictures.svg import Picture

TARGET = Path("gallery")
APPROVED = Path("tests") / "pictures" / "approved"
STATIC = Path(tasuki.__file__).parent / "web" / "static"
SHEETS_WEAR = ("vendor/dads/tokens.css", "css/1-tokens.css", "css/2-reset.css", "css/3-type.css", "css/7-pictures.css")
FAMILIES = 40
ON_A_SHEET = 6
PAGE = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>{title}</title>
<style>{style}
body {{ margin: 16px; }} main {{ display: flex; flex-wrap: wrap; gap: 20px; align-items: flex-start; }}
h1 {{ font-size: 20px; }} h2 {{ font-size: 16px; }} figure {{ margin: 0; }} nav a {{ margin-inline-end: 12px; }}
</style>
<h1>{title}</h1><nav>{links}</nav><main>{pictures}</main></html>
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the folder, the dice, and the rewriting of what is approved."""
    parser.add_argument("--to", type=Path, default=TARGET, help="書き出すフォルダ")
    parser.add_argument("--seed", type=int, default=1, help="さいころの種")
    parser.add_argument("--approve", action="store_true", help="いまの絵を見たうえで、基準の絵として書き直す")


def run(options: argparse.Namespace) -> int:
    """Write the sheets, or the approved pictures. Raises Unfit outside the source tree for --approve."""
    if options.approve:
        return approve(APPROVED)
    options.to.mkdir(parents=True, exist_ok=True)
    drawn = [*kept(), *by_chance(options.seed, FAMILIES - len(MADE))]
    families = [one for one in drawn if one[0] not in OTHERS]
    sheets = [families[start : start + ON_A_SHEET] for start in range(0, len(families), ON_A_SHEET)]
    sheets += [
        [one for one in drawn if one[0] in OTHERS and one[0].startswith(kind)] for kind in ("eco", "time", "ring")
    ]
    for number, sheet in enumerate(sheets, 1):
        path = options.to / f"sheet-{number:02}.html"
        path.write_text(_page(number, len(sheets), sheet), encoding="utf-8")
        print(path)
    return 0


def kept() -> Iterator[tuple[str, str, Picture]]:
    """Draw everything made by hand: its plain name, its title, its picture."""
    for name, (title, make) in MADE.items():
        yield name, title, genogram(make())
    for name, (title, draw) in OTHERS.items():
        yield name, title, draw()


def by_chance(seed: int, count: int) -> Iterator[tuple[str, str, Picture]]:
    """Draw families thrown by dice."""
    for number in range(count):
        yield f"chance-{number}", f"さいころの家族 {seed}-{number}", genogram(thrown(seed * 1000 + number))


def approve(folder: Path) -> int:
    """Rewrite the approved pictures and say which are new or other."""
    if not folder.parent.is_dir():
        raise Unfit(f"{folder.parent} がありません。ソースのあるフォルダで実行してください。")
    folder.mkdir(exist_ok=True)
    names = set()
    for name, _, picture in kept():
        path = folder / f"{name}.svg"
        names.add(path.name)
        if not path.is_file() or path.read_text(encoding="utf-8") != written(picture):
            path.write_text(written(picture), encoding="utf-8")
            print(path)
    for path in folder.glob("*.svg"):
        if path.name not in names:
            path.unlink()
    return 0


def written(picture: Picture) -> str:
    """Give the text of an approved picture: one element a line, so that a difference can be read."""
    return picture.svg.replace("><", ">\n<") + "\n"


def _page(number: int, count: int, sheet: list[tuple[str, str, Picture]]) -> str:
    style = "".join((STATIC / name).read_text(encoding="utf-8") for name in SHEETS_WEAR)
    style = style.replace("../", f"{STATIC.as_uri()}/")
    pictures = "".join(f"<figure><h2>{escape(title)}</h2>{picture.svg}</figure>" for _, title, picture in sheet)
    links = "".join(f'<a href="sheet-{n:02}.html">{n}</a>' for n in range(1, count + 1))
    return PAGE.format(title=f"絵の見本 {number}/{count}", style=style, links=links, pictures=pictures)
