"""The 異動 list: lines of a file or a form become moves, each with what is wrong with it in words."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from tasuki.actions.staff import Move
from tasuki.queries.choices import Choice
from tasuki.queries.staff import PostLine

HEAD = ("氏名", "いまの機関", "異動先", "役割", "引き継ぐ人")
MOST_LINES = 500
MOST_BYTES = 300_000


@dataclass
class Line:
    """A line of the list as it was written, the move it means, and what is wrong with it."""

    number: int
    cells: dict[str, str]
    move: Move | None = None
    wrong: list[str] = field(default_factory=list)
    open_cases: int = 0


def text_of(raw: bytes) -> str:
    """Read a file of Excel: UTF-8 with or without a BOM, else Shift_JIS; what neither can say becomes 〓."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp932", errors="replace").replace("�", "〓")


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def read(text: str) -> tuple[list[Line], str]:
    """Return the lines of a list, and a sentence when it is no such list."""
    if len(text.encode()) > MOST_BYTES:
        return [], "ファイルが大きすぎます。異動の一覧だけのファイルにしてください。"
    try:
        found = list(csv.reader(io.StringIO(text.replace("\0", "")), strict=False))
    except csv.Error:
        return [], "CSV として読めません。表計算ソフトで「CSV」として保存し直してください。"
    written = [row for row in found if any(cell.strip() for cell in row)]
    if not written or [_plain(cell) for cell in written[0]][: len(HEAD)] != list(HEAD):
        return [], f"1行目は「{'、'.join(HEAD)}」の見出しにしてください。"
    if len(written) - 1 > MOST_LINES:
        return [], f"一度に入れられるのは{MOST_LINES}行までです。分けて入れてください。"
    return [
        Line(number, dict(zip(HEAD, [*map(_plain, row), *[""] * len(HEAD)], strict=False)))
        for number, row in enumerate(written[1:], start=2)
    ], ""


@dataclass(frozen=True)
class Known:
    """What the town knows: posts in force, agencies, roles, colleagues."""

    posts: Sequence[PostLine]
    agencies: Sequence[Choice]
    roles: Sequence[Choice]


def understand(lines: list[Line], known: Known) -> None:
    """Find in the town what each line names; what is not found, or found twice, is said in the line."""
    new = {line.cells["氏名"] for line in lines if not line.cells["いまの機関"]}
    for line in lines:
        post = _post(line, known)
        to = _agency(line, known)
        roles = _roles(line, known)
        heir, heir_name = _heir(line, known, new)
        line.open_cases = post.open_cases if post else 0
        if not line.wrong:
            line.move = Move(
                post=post.post if post else None,
                name=line.cells["氏名"],
                to=to,
                roles=roles,
                heir=heir,
                heir_name=heir_name,
            )
    _twice(lines)


def _twice(lines: list[Line]) -> None:
    seen: dict[UUID, int] = {}
    for line in lines:
        post = line.move.post if line.move else None
        if post is not None and post in seen:
            line.wrong.append(f"{seen[post]}行目と同じ人の同じ在籍です。")
            line.move = None
        elif post is not None:
            seen[post] = line.number


def _post(line: Line, known: Known) -> PostLine | None:
    name, agency = line.cells["氏名"], line.cells["いまの機関"]
    if not name:
        line.wrong.append("氏名がありません。")
    if not name or not agency:
        return None
    found = [one for one in known.posts if _plain(one.name) == name and _plain(one.agency) == agency]
    if len(found) == 1:
        return found[0]
    line.wrong.append(
        f"「{agency}」に「{name}」さんは{'2人以上います。画面から1人ずつ入れてください' if found else 'いません'}。"
    )
    return None


def _agency(line: Line, known: Known) -> UUID | None:
    name = line.cells["異動先"]
    found = [one for one in known.agencies if _plain(one.label) == name]
    if name and len(found) != 1:
        line.wrong.append(f"異動先「{name}」という機関は{'2つ以上あります' if found else 'ありません'}。")
    if not name and not line.cells["いまの機関"]:
        line.wrong.append("新しく来る人は、異動先を書いてください。")
    return UUID(found[0].value) if len(found) == 1 else None


def _roles(line: Line, known: Known) -> tuple[str, ...]:
    names = [
        part.strip() for part in line.cells["役割"].replace("、", "・").replace("/", "・").split("・") if part.strip()
    ]
    by_name = {_plain(one.label): one.value for one in known.roles}
    line.wrong += [f"役割「{name}」はありません。" for name in names if name not in by_name]
    if not names and not line.cells["いまの機関"]:
        line.wrong.append("新しく来る人は、役割を書いてください。")
    return tuple(by_name[name] for name in names if name in by_name)


def _heir(line: Line, known: Known, new: set[str]) -> tuple[UUID | None, str]:
    name = line.cells["引き継ぐ人"]
    if not name:
        return None, ""
    found = {one.staff for one in known.posts if _plain(one.name) == name}
    if name in new and not found:
        return None, name
    if len(found) != 1:
        line.wrong.append(f"引き継ぐ人「{name}」さんは{'2人以上います' if found else '見つかりません'}。")
        return None, ""
    return found.pop(), ""
