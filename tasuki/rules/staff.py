"""人事異動 and 守秘の確認: what must be known before a move is planned (settled 31), and before a contractor's worker begins (R10)."""

from __future__ import annotations

import datetime as dt

from tasuki.rules.refusal import Refusal, first, refused_if

SECRECY_LAW = (
    "社会福祉法第106条の4第5項により、市町村から委託を受けた者、その役員と職員は、正当な理由がないのに、委託を受けた事務について"
    "知った秘密を漏らしてはなりません。務めを離れた後も同じです。"
)
# What a town says beside the law until it writes its own words (the section `secrecy` of its ways).
SECRECY_WORDS = (
    "委託契約にある、個人情報と秘密を守る定めに従います。",
    "受け持つ仕事に要ることだけを見ます。",
    "画面や紙で知ったことを、家族や知人に話さず、持ち出さず、SNS などに書きません。",
    "なくした、まちがって送った、のぞき見られたと気づいたら、すぐに市町村の担当に知らせます。",
)


def why_not_plan_move(
    *, on: dt.date | None, today: dt.date, planned: bool, open_cases: int, has_successor: bool, heir_in_office: bool
) -> Refusal | None:
    """A move has a coming day, is planned once, and a holder of open cases has a successor who is in office on that day."""
    return first(
        refused_if(on is None or on < today, "DAY_IS_PAST"),
        refused_if(planned, "MOVE_ALREADY_PLANNED"),
        refused_if(open_cases > 0 and not has_successor, "SUCCESSOR_MISSING", count=open_cases),
        refused_if(has_successor and not heir_in_office, "SUCCESSOR_NOT_IN_OFFICE"),
    )


def why_not_withdraw_move(*, done: bool) -> Refusal | None:
    """What has happened is not withdrawn; a new move leads back."""
    return refused_if(done, "MOVE_ALREADY_DONE")


def owes_acknowledgment(*, mode: str, asked: bool, latest: int | None, year: int) -> bool:
    """Whether a worker of an agency of this mode has still to acknowledge secrecy for the 年度, where the town asks it (R10)."""
    return mode == "委託" and asked and (latest is None or latest < year)
