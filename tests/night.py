"""The table of a night: what each part of the tests tried, how often, and how it ended."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pytest

TITLE = "The night"


@dataclass
class Part:
    """One folder of tests: how many ended how, how long they took in all (s), and what they counted (record_property)."""

    ended: Counter[str] = field(default_factory=Counter)
    seconds: float = 0
    counted: Counter[str] = field(default_factory=Counter)


def table(reporter: pytest.TerminalReporter) -> list[str]:
    """Return a Markdown table with a row for each folder of tests."""
    parts = gathered(
        (outcome, one)
        for outcome in ("passed", "failed", "error", "skipped", "")  # "" are set-ups and tear-downs
        for one in reporter.getreports(outcome)
    )
    return ["| tests | passed | failed | skipped | seconds | counted |", "|---|---|---|---|---|---|", *rows(parts)]


def gathered(reports: Iterable[tuple[str, pytest.TestReport]]) -> dict[str, Part]:
    """Add up the reports of each folder; what a test counted stands in each of its reports and counts once."""
    parts: dict[str, Part] = {}
    for outcome, one in reports:
        part = parts.setdefault(one.nodeid.partition("::")[0].rpartition("/")[0], Part())
        part.seconds += one.duration
        if outcome:
            part.ended["failed" if outcome == "error" else outcome] += 1
        if one.when == "teardown":  # by then everything is counted
            for name, number in one.user_properties:
                part.counted[name] += int(str(number))
    return parts


def rows(parts: dict[str, Part]) -> Iterator[str]:
    """Give the rows of a table, in the order of the folders."""
    for name, part in sorted(parts.items()):
        ended = " | ".join(f"{part.ended[one]:,}" for one in ("passed", "failed", "skipped"))
        counted = ", ".join(f"{number:,} {what}" for what, number in sorted(part.counted.items()))
        yield f"| {name} | {ended} | {part.seconds:,.0f} | {counted} |"


def section(table: Iterable[str], words: Iterable[str]) -> str:
    """Return the section of the report: how it came about (the words of the command), and the table."""
    asked = " ".join(["./run nightly", *(one for one in words if one.startswith("tests")), "--write"])
    today = dt.date.today().isoformat()  # noqa: DTZ011  a day on paper
    head = f"`{asked}`, {today}, {os.cpu_count()} cores; seconds added up over the tests of a folder, which ran side by side."
    return "\n".join([head, "", *table])
