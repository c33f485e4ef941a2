"""同意書 (F04): to whom, which information, until when; how it is withdrawn; the signature."""

from __future__ import annotations

import datetime as dt

from tasuki.paper import words
from tasuki.paper.press import Block, Form, cell, form, press, prose, row, ticks
from tasuki.queries.export import ConsentPaper
from tasuki.rules.calendar import age_words, born_words, day_of, moment_words

PURPOSE = "複数の機関がいっしょに支援を考え、進めるため（社会福祉法第106条の4第2項の事業）"
WITHDRAWAL = (
    "この同意は、いつでも、全部でも一部の機関だけでも取りやめることができます。取りやめても、支援を断られることはありません。"
    "取りやめる前に行われた共有は、そのまま残ります。"
)
PROMISE = "上に書かれた機関が、書かれた情報を、書かれた目的のためだけに共有することに同意します。"


def consent_form(paper: ConsentPaper, *, town: str, made_by: str, now: dt.datetime) -> Form:
    """Lay out the consent of one person."""
    age = age_words(paper.born, day_of(now))
    born = f"{born_words(paper.born) if paper.born else '不明'}（{age}）"
    known = list(words.CLASSES.values())
    chosen = [words.CLASSES[code] for code in paper.classes if code in words.CLASSES]
    until = words.day(paper.until, "支援が終わるまで")
    blocks: list[Block] = [
        form(
            row(cell("フリガナ\n氏名", paper.name, small=paper.kana or "　", big=True), cell("生年月日", born)),
            row(cell("代理人", paper.proxy or "なし"), cell("関係", "")),
        ),
        form(
            row(cell("利用目的", PURPOSE)),
            row(cell("情報の範囲", ticks=ticks(known, chosen))),
            row(cell("提供先", "、".join(paper.agencies))),
            row(cell("除く相手", "、".join(paper.excluded) or "なし")),
            row(cell("期間", f"{words.day_of_moment(paper.given_at)} から {until}")),
            row(cell("方法", ticks=ticks(["書面", "口頭"], [words.FORMS.get(paper.form, "")]))),
            row(
                cell("説明した人", f"{paper.agency}\n{paper.staff}"),
                cell("説明した日", words.day_of_moment(paper.given_at)),
            ),
            *([row(cell("添え書き", paper.note))] if paper.note else []),
            *([row(cell("取りやめ", _ended(paper)))] if paper.ended else []),
        ),
        prose(WITHDRAWAL),
        form(
            row(cell("同意", f"{PROMISE}\n\n　　　年　　月　　日　　署名", height=34)),
            row(cell("代理人の署名", height=6)),
        ),
    ]
    return Form(
        title="情報の共有についての同意書",
        town=town,
        made_at=moment_words(now),
        made_by=made_by,
        on=day_of(now),
        blocks=blocks,
    )


def consent_pdf(paper: ConsentPaper, *, town: str, made_by: str, now: dt.datetime) -> bytes:
    """Print the consent."""
    return press(consent_form(paper, town=town, made_by=made_by, now=now))


def _ended(paper: ConsentPaper) -> str:
    return "\n".join(f"{one['agency']}　{words.day(one['on'])}" for one in paper.ended)
