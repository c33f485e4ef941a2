"""A person who has no mouse: what the Tab key reaches, whether it can be seen there, and how to get somewhere with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Page

from tests.web.access.looker import Looker

HERE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  // The segment or tick around a drawn-over radio shows its focus for it.
  const shown = getComputedStyle(one).opacity === "0" ? one.closest("label") : one;
  const style = getComputedStyle(shown);
  // Of what is larger than the window, the part in the window counts.
  const [left, top, right, bottom] = [Math.max(box.left, 0), Math.max(box.top, 0), Math.min(box.right, innerWidth), Math.min(box.bottom, innerHeight)];
  const points = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].map(([x, y]) => [left + (right - left) * x, top + (bottom - top) * y]);
  const free = points.some(([x, y]) => { const top = document.elementFromPoint(x, y); return top && (one.contains(top) || top.contains(one) || top.closest("label")?.contains(one)); });
  return {
    what: `${one.tagName.toLowerCase()}${one.id ? "#" + one.id : ""} 「${(one.getAttribute("aria-label") || one.textContent || one.name || "").trim().replace(/\\s+/g, " ").slice(0, 30)}」`,
    words: (one.getAttribute("aria-label") || one.textContent || one.value || "").trim().replace(/\\s+/g, " "),
    name: one.name || "", value: one.value || "", label: one.labels?.[0]?.textContent.trim() || "",
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth), free,
    inside: box.top < innerHeight && box.bottom > 0 && box.left < innerWidth && box.right > 0,
  };
}"""
MOST = 400


def here(page: Page) -> dict[str, Any] | None:
    """Tell what has the focus: its words, its outline in px, whether anything lies over it, whether it is in the window."""
    found: dict[str, Any] | None = page.evaluate(HERE)
    return found


def walk(page: Page, most: int = MOST) -> list[dict[str, Any]]:
    """Press Tab from the top of the page to its end, and tell every stop."""
    page.evaluate("document.activeElement.blur(); document.querySelector('.skip').focus()")
    stops: list[dict[str, Any]] = []
    while len(stops) < most and (found := here(page)) is not None:
        stops.append(found)
        page.keyboard.press("Tab")
    return stops


def lost(looker: Looker, places: Mapping[str, Sequence[str]], known: Mapping[str, object], width: int) -> list[str]:
    """Walk the pages of each who looks, at a width, and tell the stops without an outline, under something, or out of the window."""
    wrong = []
    for who, addresses in places.items():
        page = looker.window(who)
        page.set_viewport_size({"width": width, "height": 768 if width > 1000 else 512})
        for place in addresses:
            assert looker.open(who, place.format_map(known)) == 200, place
            stops = walk(page)
            assert stops[0]["words"] == "本文へ", place
            assert len(stops) > 8, place
            wrong += [f"{place}: {one}" for one in stops if one["outline"] < 2 or not one["free"] or not one["inside"]]
    return wrong


def to(page: Page, words: str, *, most: int = MOST) -> None:
    """Press Tab until something with these words, this label or this name has the focus; it must be seen there."""
    for _ in range(most):
        found = here(page)
        if found and words in (found["words"], found["name"], found["label"]):
            assert found["outline"] >= 2, found
            assert found["free"], found
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key never reaches 「{words}」 on {page.url}")


def choose(page: Page, field: str, words: str) -> None:
    """Go to a select with the Tab key and press the down arrow until it says these words."""
    to(page, field)
    for _ in range(MOST):
        if words in page.evaluate("document.activeElement.selectedOptions[0].textContent"):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"「{words}」 cannot be chosen for {field}")


def press(page: Page, words: str, key: str = "Enter") -> None:
    """Go to something with the Tab key and press Enter on it, and wait for the page that follows."""
    to(page, words)
    with page.expect_navigation():
        page.keyboard.press(key)
