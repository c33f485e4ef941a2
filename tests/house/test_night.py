"""The table of a night adds up what the tests of each folder did and counted."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests import night


@dataclass
class Report:
    """What the table reads of a report."""

    nodeid: str
    when: str
    duration: float = 1.0
    user_properties: list[tuple[str, object]] = field(default_factory=list)


# Faults planted: the folder cut at the last stroke of the whole name; counted at each report instead of the last → twice as many; errors left out of what failed.
def test_every_folder_has_a_row_with_what_it_counted_once() -> None:
    def three(test: str, ended: str, requests: int) -> list[tuple[str, Report]]:
        told: list[tuple[str, object]] = [("requests", requests)]
        return [
            ("", Report(test, "setup")),
            (ended, Report(test, "call", 2.5, told)),
            ("", Report(test, "teardown", 1, told)),
        ]

    reports = [
        *three("tests/web/hostile/test_forms.py::one[/sign-in/]", "passed", 1200),
        *three("tests/web/hostile/test_forms.py::two", "failed", 34),
        ("error", Report("tests/web/hostile/test_forms.py::three", "setup")),
        ("skipped", Report("tests/faults/test_disk.py::cut", "setup")),
    ]
    parts = night.gathered(reports)  # type: ignore[arg-type]  # as far as the table reads them
    assert list(night.rows(parts)) == [
        "| tests/faults | 0 | 0 | 1 | 1 |  |",
        "| tests/web/hostile | 1 | 2 | 0 | 10 | 1,234 requests |",
    ]
