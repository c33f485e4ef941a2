"""The screen's own words and shapes: days, moments, ages, icons, grounds, differences, fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any

from django import template
from django.forms import BoundField, CheckboxSelectMultiple, RadioSelect, Select, Textarea
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tasuki.rules import calendar

register = template.Library()


@register.filter
def wareki(day: date | datetime | None) -> str:
    """Say a day or the Japanese day of a moment: 「令和8年11月22日(日)」; "" for nothing."""
    if day is None:
        return ""
    return calendar.wareki(calendar.day_of(day) if isinstance(day, datetime) else day)


@register.filter
def wareki_short(day: date | None) -> str:
    """Say a day in a narrow cell: 「R8.11.22」."""
    return calendar.wareki_short(day) if day else ""


@register.filter
def month_day(day: date | datetime | None) -> str:
    """Say a day of the present time: 「11/22(日)」."""
    if day is None:
        return ""
    return calendar.month_day(calendar.day_of(day) if isinstance(day, datetime) else day)


@register.filter
def moment(value: datetime | None) -> str:
    """Say a moment on the Japanese clock: 「令和8年11月24日(火)10:00」."""
    return calendar.moment_words(value) if value else ""


@register.filter
def moment_short(value: datetime | None) -> str:
    """Say a moment of the present time: 「11/24(火)10:00」."""
    return calendar.moment_short(value) if value else ""


@register.filter
def clock_time(value: datetime | None) -> str:
    """Say only the hour and minute of a moment on the Japanese clock: 「10:07」."""
    return f"{calendar.to_jst(value):%-H:%M}" if value else ""


@register.filter
def age(born: str | date | None, day: date) -> str:
    """Say the age on a day: 「83歳」「30〜31歳」「年齢不明」."""
    return calendar.age_words(born, day)


@register.filter
def born(text: str | None) -> str:
    """Say a birth kept as text: 「昭和18年5月2日」「平成7年(月日不明)」."""
    return calendar.born_words(text) if text else "生年月日不明"


@register.filter
def fiscal_year(year: int) -> str:
    """Say a 年度: 「令和8年度」."""
    return calendar.fiscal_year_words(year)


@register.filter
def drawn(svg: str) -> SafeString:
    """Put a picture made by `tasuki.pictures` on the page; only those rooms may make its text."""
    return mark_safe(svg)  # noqa: S308 (tasuki.pictures escapes every word it writes; tested there)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw one sign of the house's own line set; with a label it is read out, without it is silent."""
    sign = f"{static('pictures/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, sign)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', sign)


@dataclass(frozen=True, slots=True)
class GroundLook:
    """How one legal ground looks: its colour role, its icon, its word."""

    kind: str
    icon: str
    word: str


GROUNDS: Mapping[str, GroundLook] = {
    "HOLDER": GroundLook("own", "drawer", "自機関の記録"),
    "CONSENT": GroundLook("consent", "check", "同意"),
    "ARTICLE_106_6": GroundLook("sealed", "padlock", "支援会議 106条の6"),
    "REFERRAL": GroundLook("own", "hand", "つなぎ"),
    "INTERNAL": GroundLook("own", "building", "庁内"),
    "LAW": GroundLook("law", "scales", "法令"),
    "OWN_NOTICE": GroundLook("own", "note", "気づき"),
    "EMERGENCY": GroundLook("emergency", "triangle", "緊急"),
    "NO_CONSENT": GroundLook("without", "dash", "同意なし"),
    "NONE": GroundLook("none", "dash", "個人情報なし"),
}


@register.simple_tag
def ground_look(ground: str) -> GroundLook:
    """Give the look of a ground code; a code that is none of ours shows as without ground."""
    return GROUNDS.get(ground, GroundLook("none", "dash", "根拠なし"))


SCREENS = (
    ("today", "今日", "/"),
    ("intake", "受付", "/consultations/"),
    ("household", "世帯", "/households/"),
    ("referral", "つなぎ", "/referrals/"),
    ("conference", "会議", "/conferences/"),
    ("resource", "地域・資源", "/resources/"),
    ("figure", "数字", "/figures/"),
)


@register.simple_tag
def screens(urls: Mapping[str, str] | None, current: str = "", waiting: int | None = None) -> list[dict[str, Any]]:
    """List the seven screens; `urls` may give other addresses, `waiting` is the number beside つなぎ."""
    return [
        {
            "label": label,
            "href": (urls or {}).get(key, path),
            "current": key == current,
            "count": waiting if key == "referral" else None,
        }
        for key, label, path in SCREENS
    ]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one text, and whether the other text has it differently."""

    text: str
    changed: bool


@register.simple_tag
def differences(first: str, second: str) -> dict[str, list[Part]]:
    """Cut two texts where they differ: `first` and `second`, each a list of parts in reading order."""
    matcher = SequenceMatcher(a=first, b=second, autojunk=False)
    cuts: dict[str, list[Part]] = {"first": [], "second": []}
    for kind, start_a, end_a, start_b, end_b in matcher.get_opcodes():
        # One or two letters in common between two changes are chance, and cut a word to pieces.
        changed = kind != "equal" or (end_a - start_a < 3 and start_a > 0 and end_a < len(first))
        _add(cuts["first"], first[start_a:end_a], changed=changed)
        _add(cuts["second"], second[start_b:end_b], changed=changed)
    return cuts


def _add(parts: list[Part], text: str, *, changed: bool) -> None:
    if parts and parts[-1].changed == changed:
        text = parts.pop().text + text
    if text:
        parts.append(Part(text, changed))


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, **more: Any) -> dict[str, Any]:
    """Draw a form's field with its label, ※必須, support and error; `more` overrides single values.

    Keys of `more`: kind, hint, support, reading, size, placeholder, rows, note, why_closed, attributes.
    """
    widget = bound.field.widget
    values: dict[str, Any] = {
        "id": bound.id_for_label or bound.auto_id or bound.html_name,
        "name": bound.html_name,
        "label": bound.label,
        "kind": _kind_of(widget),
        "value": bound.value(),
        "required": bound.field.required,
        "support": bound.help_text,
        "error": " ".join(str(error) for error in bound.errors),
        "closed": bound.field.disabled,
        "attributes": [(key, value) for key, value in widget.attrs.items() if key not in {"class", "id"}],
    }
    if isinstance(widget, Select | RadioSelect | CheckboxSelectMultiple):
        values["choices"] = _choices_of(bound)
    return {"field": values | more}


def _kind_of(widget: Any) -> str:
    if isinstance(widget, CheckboxSelectMultiple):
        return "ticks"
    if isinstance(widget, RadioSelect):
        return "radio"
    if isinstance(widget, Select):
        return "select"
    if isinstance(widget, Textarea):
        return "textarea"
    return str(getattr(widget, "input_type", "text"))


def _choices_of(bound: BoundField) -> list[dict[str, Any]]:
    value = bound.value()
    chosen = {str(one) for one in (value if isinstance(value, list | tuple | set) else [value])}
    return [
        {"value": key, "label": label, "chosen": str(key) in chosen}
        for key, label in getattr(bound.field, "choices", ())
    ]
