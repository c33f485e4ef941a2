"""A record in words: what happened, said in a line as the table twin of the timeline says it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tasuki.queries.case import ConsentLine
from tasuki.queries.record import FoundLine, RecordLine
from tasuki.rules import calendar
from tasuki.rules.codes import Ground
from tasuki.web import words


def what(line: RecordLine | FoundLine) -> str:
    """Say what kind of thing it is: 「訪問」「つなぎを受けた」「支援決定」."""
    found = line.details
    if line.kind == "ANSWER":
        act = words.REFERRAL_STATES.get(str(found.get("answer", "")), "答えた")
        return f"つなぎもどしを{act}" if found.get("kind") == "HAND_BACK" else f"つなぎを{act}"
    if line.kind == "PARTICIPATION":
        return words.STEPS.get(str(found.get("step", "")), "参加支援")
    if line.kind == "NOTE" and line.method:
        return _call(line) or line.method
    if line.kind == "AMENDMENT" and found.get("added"):
        return "追記"
    return words.KINDS.get(line.kind, line.kind)


def text(line: RecordLine) -> str:
    """Say the text of the line, from its words and its details."""
    found = line.details
    parts = {
        "SCREENING": [words.SCREENINGS.get(str(found.get("result", "")), ""), line.text],
        "VISIT": [words.VISITS.get(str(found.get("result", "")), ""), _stage(found), line.text],
        "REFERRAL": [f"{line.addressee or ''}へ", line.text],
        "HAND_BACK": [f"{line.addressee or ''}へ", line.text],
        "JUDGEMENT": [words.JUDGEMENTS.get(str(found.get("result", "")), ""), line.text],
        "USE_DECISION": ["利用を決定" if found.get("result") == "USE" else "まだ決定しない", line.text],
        "PROGRESS": [words.ROLE_STATES.get(str(found.get("state", "")), "")],
        "EVALUATION": [
            words.VERDICTS.get(str(found.get("verdict", "")), ""),
            "・".join(found.get("changes") or []),
            line.text,
        ],
        "CLOSING": [str(found.get("reason", "")), line.text],
        "FOLLOW_UP": [str(found.get("result", "")), line.text],
        "WATCH_TRIGGER": [str(found.get("signal", "")), line.text],
        "TRANSFER": [str(found.get("to", "")), line.text],
        "PROVISION": [f"{found.get('to', '')}へ", line.text],
        "PARTICIPATION": [str(found.get("name", "")), line.text],
        "ASSESSMENT": ["直接アセスメント" if found.get("by_hub") else "", line.text],
        "OUTREACH": [f"{line.addressee or ''}が始める", line.text],
        "KINSHIP": [words.KIN.get(str(found.get("kin", "")), ""), line.text],
        "NOTE": [line.text, _number(line)],
        "RECEIVE": [_call(line), line.text, _number(line)],
        "AMENDMENT": [line.text, f"理由：{found.get('reason', '')}"],
    }.get(line.kind, [line.text])
    return "　".join(part for part in parts if part)


def _about(people: list[str], household: int) -> str:
    if len(people) == household > 2:
        return f"世帯の{household}名全員"
    return "・".join(people) if len(people) > 1 else ""


def _call(line: RecordLine | FoundLine) -> str:
    way = words.CALLS.get(str(line.details.get("call", "")))
    return f"電話を{way}" if way else ""


def _number(line: RecordLine) -> str:
    return f"番号 {line.number}" if line.number else ""


def _stage(found: dict[str, Any]) -> str:
    return f"段階：{found['stage']}" if found.get("stage") else ""


def row(line: RecordLine, household: int = 0) -> dict[str, Any]:
    """Give the line as the template draws it, its amendments and its parts; about all of a `household` is said in a word."""
    more = [
        ("事実", line.fact), ("所見", line.opinion),
        ("だれのこと", _about(line.people, household)),
    ]  # fmt: skip
    corrected = [one for one in line.amended_by if not one["added"]]
    amended = corrected[-1] if corrected else None
    return {
        "id": line.id, "at": line.at, "on": f"{calendar.to_jst(line.at):%-m/%-d}", "agency": line.agency, "staff": line.staff, "what": what(line), "text": text(line),
        "more": [(label, said) for label, said in more if said], "ground": line.ground, "kind": line.kind,
        "papers": line.kind == "TRANSFER" and bool(line.details.get("people")),
        "code": line.data_class, "seen": Ground(line.ground).shown, "class": words.CLASSES.get(line.data_class, "") if line.data_class != "BASIC" else "",
        "scope": words.SCOPES[line.scope] if line.scope != "CASE_TEAM" else "", "amended": amended,
        "added": [one for one in line.amended_by if one["added"]],
        "sitting": line.sitting,
    }  # fmt: skip


def consents(lines: Sequence[ConsentLine]) -> list[dict[str, Any]]:
    """Put the agencies into one row that a person let know the same until the same day."""
    found: dict[tuple[Any, ...], list[str]] = {}
    for one in lines:
        found.setdefault((one.person, tuple(one.classes), one.until, one.ended_at), []).append(one.agency)
    return [
        {"person": person, "agencies": "・".join(agencies), "classes": "・".join(words.CLASSES[code] for code in classes),
         "until": until, "ended_at": ended}
        for (person, classes, until, ended), agencies in found.items()
    ]  # fmt: skip
