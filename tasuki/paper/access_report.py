"""閲覧の報告: to a person who asks, who read their record, when, what, on which ground (個情法76条の求めに添えて)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tasuki.paper.press import Block, Form, cell, form, press, prose, row, table
from tasuki.queries.audit import Report
from tasuki.rules.calendar import day_of, moment_words, wareki

LEAD = (
    "この自治体の重層的支援体制整備事業の記録のうち、ご本人の情報が画面・一覧・印刷・ファイルに出た記録です。"
    "同じ日に同じ人が同じものを見た分は、1行にまとめて回数を書いています。"
)
WITHOUT_NAMES = "見た人は、機関と役割で書いています（この自治体の定め）。"
CUT = "行が多いため、ここで終わっています。期間を短くして、続きを作ってください。"
FOOT = "見られたことについておたずねがあるときは、この紙を持って、個人情報の窓口へおいでください。"


def access_report_form(
    found: Report, rows: Sequence[Sequence[str]], *, town: str, made_by: str, now: dt.datetime
) -> Form:
    """Lay out the report: `rows` are (when, who, what, ground) in words. The person's name is written by hand."""
    span = f"{wareki(found.since, weekday=False)} から\n{wareki(found.until, weekday=False)} まで"
    made = wareki(day_of(now), weekday=False)
    blocks: list[Block] = [
        form(
            row(cell("お名前", "\n"), cell("期間", span)),
            row(cell("回数", f"{found.lines:,}回（{len(rows):,}行）"), cell("作成", made)),
        ),
        prose(LEAD if found.names else f"{LEAD}{WITHOUT_NAMES}"),
    ]
    if rows:
        heads = ["いつ", "だれが", "何を", "根拠"]
        blocks.append(table("だれが、いつ、何を、どの根拠で見たか", heads, [4, 7, 5, 4], rows))
    else:
        blocks.append(prose("この期間に、見た記録はありません。"))
    blocks += [*([prose(CUT)] if found.cut else []), prose(FOOT)]
    return Form(
        title="ご本人の記録を見た人の報告",
        town=town,
        made_at=moment_words(now),
        made_by=made_by,
        on=day_of(now),
        blocks=blocks,
    )


def access_report_pdf(
    found: Report, rows: Sequence[Sequence[str]], *, town: str, made_by: str, now: dt.datetime
) -> bytes:
    """Print the report."""
    return press(access_report_form(found, rows, town=town, made_by=made_by, now=now))
