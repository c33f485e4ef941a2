"""The list of households and the search: what is found, what stays hidden, what leaves as a file."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests.web.conftest import Stage

Count = Callable[[Client, str], int]


def body(client: Client, address: str) -> str:
    """Return the page at an address."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_the_list_shows_the_household_with_its_holder(stage: Stage) -> None:
    page = body(stage.browser("hub"), "/households/")
    assert "潮騒原 源造" in page
    assert "1件" in page


def test_an_agency_without_a_ground_has_an_empty_list(stage: Stage) -> None:
    page = body(stage.browser("hou2"), "/households/")
    assert "潮騒原" not in page
    assert "0件" in page
