"""docs/measured.md: each command writes its own section and leaves all others as they stand."""

import re
from collections.abc import Collection
from pathlib import Path

REPORT = Path(__file__).parents[1] / "docs" / "measured.md"
HEAD = "# Measured\n\nFigures that commands of this repository wrote here themselves; nobody writes into this file by hand.\n"


def with_section(text: str, title: str, body: str) -> str:
    """Give a report with the section of this title in place of the one before, or as its last."""
    section = f"## {title}\n\n{body.strip()}\n"
    found = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", flags=re.DOTALL | re.MULTILINE)
    if found.search(text):
        return found.sub(lambda _: f"{section}\n", text, count=1).rstrip() + "\n"
    return f"{text.rstrip()}\n\n{section}"


def kept_rows(text: str, title: str, others: Collection[str], columns: int) -> list[str]:
    """Give the rows of a section's tables of so many columns whose first cell is none of `others`, without head and rule."""
    section = text.partition(f"## {title}\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ") and line.count("|") == columns + 1]
    return [row for row in rows[1:] if row.split("|")[1].strip() not in others]


def write_section(title: str, body: str) -> None:
    """Put a section into docs/measured.md."""
    text = REPORT.read_text(encoding="utf-8") if REPORT.exists() else HEAD
    REPORT.write_text(with_section(text, title, body), encoding="utf-8")
