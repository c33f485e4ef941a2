"""A file on its way, in words."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

from tasuki.queries.export import ListFile
from tasuki.rules.calendar import clock_words
from tasuki.rules.export import UNDER_WAY, ExportState
from tasuki.web.household.long import in_form

STATES = {
    "WAITING": "順番を待っています", "MAKING": "作っています", "READY": "できました", "STOPPED": "やめました",
    "OUTDATED": "見える範囲が変わりました", "FAILED": "作れませんでした", "LOST": "途中で止まりました", "GONE": "ファイルは消えました",
}  # fmt: skip
SENTENCES = {
    "WAITING": "順番が来ると、ひとりでに始まります。先に始めたファイルがあるときは、その後に作ります。",
    "STOPPED": "ファイルは残っていません。",
    "OUTDATED": "このファイルを読んだ後に、同意の撤回や閲覧の制限などがあり、いまは見られない方が入っています。"
    "ファイルは渡さずに消しました。いま見える範囲で、もう一度作ってください。",
    "FAILED": "ファイルを作る途中で、うまくいかないことがありました。何も変わっていません。もう一度作ってみて、"
    "同じことが続くときは、市の管理者に知らせてください。",
    "LOST": "作っていたサーバーが止まったようです。もう一度作ってください。",
    "GONE": "ファイルは、できてから1時間、受け取ってからは10分で消えます。要るときは、もう一度作ってください。",
}  # fmt: skip
_UNITS = ((1024 * 1024, "MB"), (1024, "KB"))


def shown(found: ListFile, now: dt.datetime) -> dict[str, Any]:
    """Return the values of export/state.html: where the file stands, how far it is, and what can be done with it."""
    state = found.state(now)
    under_way = state in UNDER_WAY
    return {
        "id": found.id, "title": found.title, "kind": found.kind.upper(), "state": state.value, "label": STATES[state],
        "sentence": SENTENCES.get(state, ""), "under_way": under_way, "ready": state is ExportState.READY,
        "rows": f"{found.rows:,}", "done": found.rows, "total": found.total, "of": f"{found.total or 0:,}", "size": size_words(found.size),
        "asked_at": found.asked_at, "taken": found.taken_at is not None, "until": clock_words(found.until) if found.until else "",
        "again": in_form(found.asked) if not under_way and state is not ExportState.READY else "", "form_key": uuid4(),
    }  # fmt: skip


def size_words(size: int) -> str:
    """Return how large a file is: 「3.4MB」."""
    unit, name = next(((unit, name) for unit, name in _UNITS if size >= unit), (1, "バイト"))
    return f"{size / unit:.1f}{name}" if unit > 1 else f"{size}{name}"
