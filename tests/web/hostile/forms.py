"""The forms of a page as a browser knows them: where they go, which fields they have, what each may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Field:
    """One field of a rendered form; `choices` are the values that it offers, `value` what stands in it."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)

    @property
    def is_free(self) -> bool:
        """Whether anything may be typed."""
        return self.kind in {"text", "textarea", "search", "tel"}


@dataclass
class Form:
    """One form that is sent by POST; `action` is "" when it goes to its own page."""

    action: str
    fields: dict[str, Field] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.inside: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(told.get("action", "")) if told.get("method", "").lower() == "post" else None
            self.forms += [self.open] if self.open else []
        elif self.open is not None and tag == "option" and self.inside:
            self.inside.choices += [told["value"]] if told.get("value") else []
        elif self.open is not None and told.get("name") and tag in {"input", "select", "textarea", "button"}:
            self._field(tag, told)

    def _field(self, tag: str, told: dict[str, str]) -> None:
        kind = told.get("type", "text") if tag == "input" else tag
        if (
            told.get("autocomplete") == "one-time-code"
        ):  # good for half a minute: like a password, it does not come back
            kind = "code"
        found = self.open.fields.setdefault(told["name"], Field(told["name"], kind))  # type: ignore[union-attr]  # asked before
        self.inside = found if tag in {"select", "textarea"} else None
        if kind in {"radio", "checkbox", "button"}:
            found.choices.append(told.get("value", "on"))
        elif tag == "input":
            found.value = told.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.inside is not None and self.inside.kind == "textarea":
            self.inside.value += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"select", "textarea"}:
            self.inside = None
        if tag == "form":
            self.open = None


def forms(page: str) -> list[Form]:
    """Return the forms between <main> and </main> that are sent by POST."""
    reader = _Reader()
    reader.feed(page[page.find("<main") : page.rfind("</main>")])
    return reader.forms
