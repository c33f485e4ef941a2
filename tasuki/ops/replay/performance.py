"""One performance: steps in their order, each row of `see` at its moment, each figure at the end of its year."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from tasuki.ops.replay.acts import act
from tasuki.ops.replay.browser import Browsers
from tasuki.ops.replay.doors import Answer, ask_database, ask_pack
from tasuki.ops.replay.figures import compare, year_end
from tasuki.ops.replay.stage import set_up
from tasuki.ops.replay.turn import NotPlayedYet, Play, Turn
from tasuki.records.asker import Invisible, bind_rehearsal
from tasuki.records.pen import Refused, Stale
from tasuki.rules.contract.scenario import Scenario, SeeRow, Step


@dataclass
class Tally:
    """What is counted on the way."""

    refused: int = 0
    held: int = 0
    asked: int = 0
    doors: set[str] = field(default_factory=set)
    problems: list[dict[str, Any]] = field(default_factory=list)
    count: dict[str, Any] = field(default_factory=dict)


def perform(scenario: Scenario) -> dict[str, Any]:
    """Play a scenario from its first step to its last row."""
    play, tally = Play(scenario, set_up(scenario)), Tally()
    browsers = Browsers(play)
    moments = sorted(
        [(step.at, 0, index, step) for index, step in enumerate(scenario.steps)]
        + [(row.at, 1, index, row) for index, row in enumerate(scenario.see)]
        + [(year_end(row.fiscal_year), 2, index, row) for index, row in enumerate(scenario.count)],
        key=lambda one: one[:3],
    )
    for _, _, _, what in moments:
        if isinstance(what, Step):
            _step(play, what, tally)
        elif isinstance(what, SeeRow):
            _see(play, browsers, what, tally)
        else:
            tally.problems += compare(play, what, tally.count)
    return {
        "scenario": scenario.key,
        "ok": not tally.problems,
        "steps": len(scenario.steps),
        "refused_as_written": tally.refused,
        "see": {"held": tally.held, "of": tally.asked, "doors": sorted(tally.doors)},
        "count": tally.count,
        "problems": tally.problems,
    }


def _step(play: Play, step: Step, tally: Tally) -> None:
    refused = _try(play, step)
    if refused is not None and step.refused:
        tally.refused += 1
    elif refused is not None:
        _problem(tally, step, f"{step.by} の {step.do} が断られました（{refused}）")
    elif step.refused:
        _problem(tally, step, f"{step.by} の {step.do} は断られるはずでした（{step.why}）")


def _try(play: Play, step: Step) -> str | None:
    newcomers: dict[str, Any] = {}
    homes = dict(play.cast.households)
    try:
        with transaction.atomic():
            by = bind_rehearsal(play.cast.staff[step.by], step.at)
            if by is None:
                return "POST_ENDED"
            made = act(Turn(play, step, by, newcomers))
            if step.refused:
                transaction.set_rollback(True)
    except Refused as refusal:
        play.cast.households = homes
        return refusal.refusal.code
    except (Invisible, Stale) as trouble:
        play.cast.households = homes
        return type(trouble).__name__.upper()
    except NotPlayedYet as verb:
        return f"NOT_PLAYED_YET:{verb}"
    play.cast.people.update(newcomers)
    if step.id:
        play.made[step.id] = made
    return None


def _problem(tally: Tally, step: Step, message: str) -> None:
    tally.problems.append(
        {"at": step.at.isoformat(), "step": step.id or str(step.number), "line": step.line, "message": message}
    )


def _see(play: Play, browsers: Browsers, row: SeeRow, tally: Tally) -> None:
    tally.asked += 1
    answers = _answers(play, browsers, row)
    tally.doors |= set(answers)
    wrong = [text for door, answer in answers.items() if (text := _wrong(row, door, answer))]
    if not wrong:
        tally.held += 1
    for text in wrong:
        message = f"{row.who} {row.what}{' of ' + row.of if row.of else ''}: {text}"
        tally.problems.append({"at": row.at.isoformat(), "row": row.number, "line": row.line, "message": message})


def _answers(play: Play, browsers: Browsers, row: SeeRow) -> dict[str, Answer]:
    if row.who not in play.cast.staff:
        return {"pack": ask_pack(play, row)}
    found: dict[str, Answer] = {}
    if row.door in {None, "page", "list", "search"}:
        found["database"] = ask_database(play, row)
    if row.door in {None, "page", "search"} and (page := browsers.ask(row)) is not None:
        found["page"] = page
    if row.door == "csv":
        found["csv"] = browsers.in_file(row)
    for door, ask in (("list", browsers.in_list), ("figure", browsers.in_figures), ("print", browsers.on_paper)):
        if row.door in {None, door} and (answer := ask(row)) is not None:
            found[door] = answer
    return found


def _wrong(row: SeeRow, door: str, answer: Answer) -> str | None:
    if row.allow != (answer.ground is not None):
        return f"{door}: {'見えるはず' if row.allow else '見えないはず'}が {answer.ground}"
    if row.allow and row.ground and answer.ground not in {row.ground, "PACK"}:
        return f"{door}: 根拠は {row.ground} のはずが {answer.ground}"
    if row.hits is not None and answer.hits is not None and answer.hits != row.hits:
        return f"{door}: {row.hits} 件のはずが {answer.hits} 件"
    return None
