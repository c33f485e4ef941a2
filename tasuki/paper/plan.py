"""支援プラン兼利用申込書 (F05) and 評価 (F10)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tasuki.paper import words
from tasuki.paper.press import Block, Cell, Form, cell, form, press, row, stamps, table, ticks
from tasuki.queries.export import PlanPaper
from tasuki.rules.calendar import age_words, day_of, moment_words

NEED = ("要", "不要")
ATTAINED = ("達成", "一部達成", "未達成", "中止")
APPLICATION = "この支援プランの内容の説明を受け、利用を申し込みます。支援のため、プランに書かれた機関が必要な情報を共有することに同意します。"


def plan_form(paper: PlanPaper, *, town: str, made_by: str, now: dt.datetime) -> Form:
    """Lay out the plan: goals, roles, both yes-or-no boxes, judgement, decision, application and stamps."""
    goals = [[f"{one['n']}", one["text"], one["attained"] or ""] for one in paper.goals]
    state = words.ROLE_STATES
    roles = [
        [one["agency"], one["what"], words.day(one["due"], "—"), state.get(one["state"], "")] for one in paper.roles
    ]
    blocks: list[Block] = [
        _head(paper, day_of(now)),
        form(
            row(cell("本人の希望", paper.wishes)),
            row(cell("課題のまとめ", paper.formulation)),
            row(cell("支援の方向性", paper.direction, strong=True)),
        ),
        table("目標", ["番号", "目標", "達成"], [1, 8, 2], goals),
        table("役割", ["機関", "すること", "いつまで", "いま"], [4, 6, 4, 2], roles),
        form(
            row(_need("参加支援", paper.participation), _need("アウトリーチ", paper.outreach)),
            row(
                cell("主担当", paper.lead or "支援決定のときに決めます"),
                cell("モニタリング", words.day(paper.monitor_by, "決定のあと")),
            ),
        ),
        _decision(paper),
        form(
            row(
                cell(
                    "申込み",
                    f"{APPLICATION}\n\n{words.day(paper.applied_on, '　　　年　　月　　日')}　　署名",
                    height=2,
                )
            )
        ),
        stamps(決裁=["課長", "係長", "担当"], 供覧=["関係課", "関係課"]),
    ]
    return Form(
        title="支援プラン兼利用申込書", subtitle=f"{words.PLAN_KINDS.get(paper.kind, '')}　第{paper.version}版", town=town,
        made_at=moment_words(now), made_by=made_by, on=day_of(now), number=paper.number, number_word="受付番号", blocks=blocks,
    )  # fmt: skip


def plan_pdf(paper: PlanPaper, *, town: str, made_by: str, now: dt.datetime) -> bytes:
    """Print the plan."""
    return press(plan_form(paper, town=town, made_by=made_by, now=now))


def evaluation_form(paper: PlanPaper, *, town: str, made_by: str, now: dt.datetime) -> Form:
    """Lay out the evaluation; before one is written, an empty form to fill in by hand."""
    found: dict[str, Any] = paper.evaluation or {}
    said: dict[str, Any] = found.get("details") or {}
    reached: dict[str, str] = said.get("goals") or {}
    goals = [[f"{one['n']}", one["text"], reached.get(str(one["n"]), one["attained"] or "")] for one in paper.goals]
    verdicts = list(words.VERDICTS.values())
    burden = said.get("burden")
    blocks: list[Block] = [
        _head(paper, day_of(now)),
        form(
            row(
                cell("評価した日", words.day_of_moment(found.get("at")) or "　　　年　　月　　日"),
                cell("評価した機関", found.get("by", "")),
            )
        ),
        table(f"目標（{'・'.join(ATTAINED)}）", ["番号", "目標", "達成"], [1, 8, 2], goals),
        form(
            row(cell("見られた変化", "・".join(said.get("changes") or []), height=8)),
            row(cell("残された課題", found.get("text", ""), height=14)),
            row(cell("本人の意見", height=12)),
            row(cell("支援者の負担感", ticks=ticks(["1", "2", "3", "4", "5"], [str(burden)] if burden else []))),
            row(cell("判定", ticks=ticks(verdicts, [words.VERDICTS.get(said.get("verdict", ""), "")]), strong=True)),
            row(cell("終結後の主担当"), cell("フォローの日")),
        ),
        stamps(決裁=["課長", "係長", "担当"], 供覧=["関係課", "関係課"]),
    ]
    return Form(
        title="評価シート", subtitle=f"{words.PLAN_KINDS.get(paper.kind, '')}　第{paper.version}版のプラン", town=town,
        made_at=moment_words(now), made_by=made_by, on=day_of(now), number=paper.number, number_word="受付番号", blocks=blocks,
    )  # fmt: skip


def evaluation_pdf(paper: PlanPaper, *, town: str, made_by: str, now: dt.datetime) -> bytes:
    """Print the evaluation."""
    return press(evaluation_form(paper, town=town, made_by=made_by, now=now))


def _head(paper: PlanPaper, today: dt.date) -> Block:
    people = "\n".join(
        f"{one['name']}（{one['kana']}）　{age_words(one['born'], today)}　{one['relation']}" for one in paper.people
    )
    return form(
        row(cell("対象", people or "—", strong=True)),
        row(cell("作成日", moment_words(paper.written_at)), cell("作成者", f"{paper.written_by}　{paper.author}")),
    )


def _need(label: str, chosen: str) -> Cell:
    return cell(label, ticks=ticks(NEED, [chosen]))


def _decision(paper: PlanPaper) -> Block:
    result = words.JUDGEMENTS.get(paper.judged_result, "")
    judged = (
        f"{paper.conference}　{words.day_of_moment(paper.judged_at)}" if paper.judged_at else "まだ判断していません"
    )
    decided = (
        f"{words.day_of_moment(paper.decided_at)}\n{paper.decided_by}" if paper.decided_at else "まだ決定していません"
    )
    return form(
        row(cell("会議の判断", judged, ticks=ticks(list(words.JUDGEMENTS.values()), [result]))),
        row(cell("支援決定", decided), cell("決定番号", "")),
    )
