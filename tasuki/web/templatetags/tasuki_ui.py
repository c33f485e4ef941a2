"""The screen's own words and shapes: days, moments, ages, icons, grounds, differences, fields."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from functools import cache, lru_cache
from html import escape
from typing import Any

from django import template
from django.forms import BoundField, CheckboxSelectMultiple, RadioSelect, Select, Textarea
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from tasuki.records.asker import Asker
from tasuki.rules import calendar
from tasuki.rules.permission import COUNTERS
from tasuki.web import words

register = template.Library()


@register.filter
def wareki(day: date | datetime | None) -> str:
    """Say a day or the Japanese day of a moment: 「令和8年11月22日(日)」; "" for nothing."""
    if day is None:
        return ""
    return calendar.wareki(calendar.day_of(day) if isinstance(day, datetime) else day)


@register.filter
def wareki_short(day: date | str | None) -> str:
    """Say a day in a narrow cell: 「R8.11.22」; one that came inside a folded row is its ISO text."""
    return calendar.wareki_short(date.fromisoformat(day) if isinstance(day, str) else day) if day else ""


@register.filter
def near_day(day: date | datetime | None, today: date) -> str:
    """Say a day: 「11/22(日)」, 「R8.11.22」 where it is more than half a year away."""
    if day is None:
        return ""
    return calendar.near_day(calendar.day_of(day) if isinstance(day, datetime) else day, today)


@register.filter
def moment(value: datetime | None) -> str:
    """Say a moment on the Japanese clock: 「令和8年11月24日(火)10:00」."""
    return calendar.moment_words(value) if value else ""


@register.filter
def near_moment(value: datetime | None, today: date) -> str:
    """Say a moment: 「11/24(火)10:00」, 「R8.11.24 10:00」 where it is more than half a year away."""
    return calendar.near_moment(value, today) if value else ""


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
    return _drawn(name, label)


@lru_cache(256)  # of some thirty signs, each with the few words of the house that it may be read out by
def _drawn(name: str, label: str) -> SafeString:
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


_NO_GROUND = GroundLook("none", "dash", "根拠なし")


@register.simple_tag
def ground_shown(ground: str, text: str = "", icon_only: object = False) -> SafeString:  # noqa: FBT002  a template has no keywords
    """Draw a ground as a badge, with `text` instead of its word; a code that is none of ours shows as without ground."""
    if icon_only or not text:
        return _badge(ground if ground in GROUNDS else "", sign=bool(icon_only))
    look = GROUNDS.get(ground, _NO_GROUND)
    return format_html('<span class="ground ground-{}">{}{}</span>', look.kind, icon(look.icon), text)


@cache
def _badge(ground: str, *, sign: bool) -> SafeString:
    look = GROUNDS.get(ground, _NO_GROUND)
    if sign:
        drawn = icon(look.icon, look.word)
        return format_html(
            '<span class="ground ground-icon ground-{}" title="{}">{}</span>', look.kind, look.word, drawn
        )
    return format_html('<span class="ground ground-{}">{}{}</span>', look.kind, icon(look.icon), look.word)


@register.simple_tag
def cells_shown(cells: Iterable[Mapping[str, Any]]) -> SafeString:
    """Draw the cells of a row of a table.

    In Python, because a list has hundreds of them: what a template asks of each cell costs as much as all of the cell.
    """
    drawn = (f"<td{_FIGURES if one.get('figures') else ''}>{cell_shown(one)}</td>" for one in cells)
    return mark_safe("".join(drawn))  # noqa: S308  each cell escapes its parts


def cell_shown(cell: Mapping[str, Any]) -> SafeString:
    """Draw what stands in a cell: a tag before it; a ground, a link, or words; what stands beside and below."""
    found = cell.get
    parts = []
    if found("tag"):
        kind = f" tag-{_safe(cell['tag_kind'])}" if found("tag_kind") else ""
        parts.append(f'<span class="tag{kind}">{_safe(cell["tag"])}</span> ')
    parts.append(_words(cell))
    if found("also_href"):
        parts.append(f'　<a href="{_safe(cell["also_href"])}">{_safe(found("also", ""))}</a>')
    if found("beside"):
        # A space, not a margin: where the words go on in the next line, they begin where the line does.
        parts.append(f'　<span class="second gap">{_safe(cell["beside"])}</span>')
    if found("second"):
        parts.append(f'<br><span class="second{" keep" if found("keep") else ""}">{_safe(cell["second"])}</span>')
    return mark_safe("".join(parts))  # noqa: S308  each part is escaped above


def _words(cell: Mapping[str, Any]) -> str:
    text = cell.get("text", "")
    if cell.get("ground"):
        return ground_shown(cell["ground"], text, icon_only=cell.get("sign"))
    if cell.get("grounds"):
        return " ".join(ground_shown(one) for one in cell["grounds"])
    if cell.get("href"):
        return f'<a href="{_safe(cell["href"])}"{_STRONG if cell.get("strong") else ""}>{_safe(text)}</a>'
    return f"<strong>{_safe(text)}</strong>" if cell.get("strong") else _safe(text)


def _safe(value: Any) -> str:
    """Escape a value between the tags above and below as Django does: plain text, of which a list has hundreds, at once."""
    return escape(value) if type(value) is str else conditional_escape(value)


_STRONG = ' class="strong"'
_FIGURES = ' class="figures"'


@register.simple_tag
def record_shown(row: Mapping[str, Any]) -> SafeString:
    """Draw a record as a line of its family's page, from what `web.case.lines.row` gives; in Python as the cells of a list."""
    struck = " record-cancelled" if row["amended"] else ""
    parts = [
        f'<li class="record{struck}" data-row id="r-{row["id"]}"><span>{_safe(row["on"])}</span><div>',
        f"<strong>{_safe(row['what'])}</strong>{_lines(row['text'])}",
    ]
    parts += [f'<br><span class="second">{_safe(label)}</span>　{_lines(said)}' for label, said in row["more"]]
    if row["class"] or row["scope"]:
        kind, scope = (f'<span class="tag">{_safe(one)}</span>' if one else "" for one in (row["class"], row["scope"]))
        parts.append(f"<br>{kind} {scope}")
    if amended := row["amended"]:
        said = f"訂正：{_safe(amended['text'])}（理由　{_safe(amended['reason'])}）"
        parts.append(f'<br><span class="second">{said}</span>')
    parts += [f'<br><span class="second">追記</span>　{_lines(one["text"])}' for one in row["added"]]
    parts.append(
        f'<br><span class="second">{_safe(row["agency"])}　{_safe(row["staff"])}</span><span class="record-acts">'
        f"{' '.join(_ways_on(row))}</span></div>{ground_shown(row['ground'], icon_only=True)}</li>"
    )
    return mark_safe("".join(parts))  # noqa: S308  each value is escaped above; an id is a UUID


def _ways_on(row: Mapping[str, Any]) -> Iterator[str]:
    if row["ground"] != "LAW":  # what is put away is only read
        yield f'<a class="second" href="/records/{row["id"]}/amendment/">訂正<span class="unseen">：{_safe(row["what"])}</span></a>'
    if row["kind"] == "CONSENT":
        yield f'<a class="second" href="/consents/{row["id"]}/form.pdf">同意書（PDF）</a>'
    if row["papers"]:
        yield f'<a class="second" href="/records/{row["id"]}/transfer.pdf">転出の引継書（PDF）</a>'
    if row["sitting"]:
        yield f'<a class="second" href="/sittings/{row["sitting"]}/">会議を開く</a>'


def _lines(text: str) -> str:
    return _safe(text.replace("\r\n", "\n").replace("\r", "\n")).replace("\n", "<br>")


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
def screens(
    urls: Mapping[str, str] | None, current: str = "", waiting: int | None = None, by: Asker | None = None
) -> list[dict[str, Any]]:
    """List the seven screens as far as `by` has them; `urls` may give other addresses, `waiting` is the number beside つなぎ."""
    return [
        {
            "label": label,
            "href": (urls or {}).get(key, path),
            "current": key == current,
            "count": waiting if key == "referral" else None,
        }
        for key, label, path in SCREENS
        if key != "figure" or by is None or by.sets & COUNTERS
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


@register.inclusion_tag("ui/call.html")
def call_asked(call: str = "", number: str = "") -> dict[str, object]:
    """Ask, folded, which way a telephone call went and which number was used; as chosen and typed before."""
    return {"call": call, "number": number, "calls": words.CALLS.items()}


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
