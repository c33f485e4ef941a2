"""What happened and where it stalled: one lane for each agency, the sash along its foot, silence in words.

● record ▲ visit ✓ consent □ seat in a conference ○ to come. A conference is a post through all lanes
with its ground in the flag: purple outline squares = 106条の6, filled green squares = consent. What the
reader may not see is not handed in, so it is not drawn, not even as a gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from tasuki.pictures.svg import Picture, balanced, element, escaped, line, number, path, text, text_width, whole
from tasuki.rules.calendar import wareki_short

COLUMNS = ("日付", "機関", "種類", "内容")
LANE = 34.0
LABEL = 104.0
RIGHT = 12.0
SILENT_DAYS = 30
STEP = 12.0  # px over which the sash crosses to the next lane
WITH_WORDS = 40  # the newest marks lead to their records; more would weigh more than the page itself
SPOT = 4.0  # px within which two marks of a kind cannot be told apart; a shorter window draws them apart
DAYS_SHOWN = 62  # a window of as many days is divided by weeks, a longer one by months
FLAG = 24.0


class Kind(StrEnum):
    """What a mark stands for."""

    RECORD = "記録"
    VISIT = "訪問"
    CONSENT = "同意"
    TO_COME = "これから"


class Basis(StrEnum):
    """The ground of a conference, which colours its post."""

    ARTICLE_106_6 = "sealed"
    CONSENT = "consent"
    NONE = "plain"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that happened, or will, in an agency's lane. `words` is what a screen reader says."""

    lane: str
    on: date
    kind: Kind
    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A conference: its day, its flag's words, its ground, and the lanes that had a seat."""

    on: date
    words: str
    basis: Basis
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """One agency: key, short name, and from when to when it is in the team (open end: None)."""

    key: str
    name: str
    joined: date
    left: date | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """Which lane held the たすき from a day on; the next one ends it."""

    lane: str
    since: date


@dataclass(frozen=True, slots=True)
class Story:
    """Everything of one case that its reader may see, and today's date. `window` shows these days alone (both included)."""

    today: date
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...] = ()
    posts: tuple[Post, ...] = ()
    holds: tuple[Hold, ...] = ()
    window: tuple[date, date] | None = None


class _Scale:
    """From days to px and from lanes to px."""

    def __init__(self, story: Story, width: int, top: float) -> None:
        days = [mark.on for mark in story.marks] + [post.on for post in story.posts]
        days += [hold.since for hold in story.holds] + [lane.joined for lane in story.lanes] + [story.today]
        self.first, self.last = story.window or (min(days).replace(day=1), _month_after(max(days)))
        self.width, self.top = width, top
        self.rows = {lane.key: row for row, lane in enumerate(story.lanes)}
        self.bottom = top + LANE * len(story.lanes)

    def x(self, day: date) -> float:
        """Give the place of a day across."""
        part: float = (day - self.first).days / max((self.last - self.first).days, 1)
        return LABEL + part * (self.width - LABEL - RIGHT)

    def y(self, lane: str) -> float:
        """Give the middle of a lane."""
        return self.top + LANE * self.rows[lane] + LANE / 2


def timeline(story: Story, *, title: str = "経過", width: int = 634) -> Picture:
    """Draw a case from its first month to the month after its last day; `width` in px."""
    if not story.lanes:
        raise ValueError("a timeline needs a lane")
    quiet = silences(story)
    story = _within(story)
    flags = _flag_rows(story, width)
    top = 20 + (FLAG + 6) * (max((row for *_, row in flags), default=0) + 1) + 16
    scale = _Scale(story, width, top)
    height = int(scale.bottom + 26)
    parts = [
        *_grid(story, scale),
        *(_silence(start, end, lane, scale) for lane, start, end in quiet),
        _sash(story, scale),
        *_posts(story, scale, flags),
        _today(story, scale),
        *_marks(story, scale),
    ]
    return Picture(whole(parts, width=width, height=height, title=title), width, height, COLUMNS, twin(story, quiet))


def twin(story: Story, quiet: Sequence[tuple[str, date, date]]) -> tuple[tuple[str, ...], ...]:
    """List marks, conferences, hand-overs and silences in the order of time."""
    names = {lane.key: lane.name for lane in story.lanes}
    rows: list[tuple[date, tuple[str, ...]]] = []
    rows += [(one.on, (names[one.lane], str(one.kind), one.words)) for one in story.marks if one.lane in names]
    for post in story.posts:
        seats = "、".join(names[seat] for seat in post.seats if seat in names)
        rows.append((post.on, (seats, "会議", post.words)))
    rows += [(one.since, (names[one.lane], "たすき", "主担当になった")) for one in story.holds if one.lane in names]
    for lane, start, end in quiet:
        rows.append((start, (names[lane], "記録なし", f"{(end - start).days}日")))
    return tuple((day.isoformat(), *words) for day, words in sorted(rows, key=lambda row: row[0]))


def _within(story: Story) -> Story:
    """Leave what lies outside the window away; who held the たすき when it opens holds it from its first day."""
    if story.window is None:
        return story
    first, last = story.window
    ends = [one.since for one in story.holds[1:]] + [story.today]
    holds = [replace(one, since=max(one.since, first)) for one, end in zip(story.holds, ends, strict=True)
             if one.since <= last and end >= first]  # fmt: skip
    return replace(
        story, marks=tuple(one for one in story.marks if first <= one.on <= last), holds=tuple(holds),
        posts=tuple(one for one in story.posts if first <= one.on <= last),
    )  # fmt: skip


def silences(story: Story) -> list[tuple[str, date, date]]:
    """Find 30 days and more without a record, per lane, only while the agency is in the team, up to today."""
    found = []
    for lane in story.lanes:
        end = min(lane.left or story.today, story.today)
        heard = {one.on for one in story.marks if one.lane == lane.key and one.kind != Kind.TO_COME}
        heard |= {post.on for post in story.posts if lane.key in post.seats}
        days = sorted(day for day in heard | {lane.joined} if lane.joined <= day <= end)
        for start, following in zip(days, [*days[1:], end], strict=False):
            if (following - start).days >= SILENT_DAYS:
                found.append((lane.key, start, following))
    return found


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _steps(scale: _Scale) -> list[date]:
    """Give the days at which a line is drawn: Mondays in a short window, else the first of each month."""
    days = (scale.last - scale.first).days
    if days <= DAYS_SHOWN:
        monday = scale.first + timedelta(days=-scale.first.weekday() % 7)
        return [monday + timedelta(days=week) for week in range(0, (scale.last - monday).days + 1, 7)]
    months = [scale.first if scale.first.day == 1 else _month_after(scale.first)]
    while (following := _month_after(months[-1])) < scale.last:
        months.append(following)
    return months


def _grid(story: Story, scale: _Scale) -> list[str]:
    holder = story.holds[-1].lane if story.holds else ""
    right = scale.width
    parts = [line(0, scale.top, right, scale.top, "frame"), line(0, scale.bottom, right, scale.bottom, "frame")]
    for row, lane in enumerate(story.lanes):
        y = scale.top + LANE * row
        if row:
            parts.append(line(LABEL, y, right, y, "grid"))
        parts.append(_lane_name(lane.name, y + LANE / 2, "bold" if lane.key == holder else ""))
    return parts + _calendar(scale)


def _calendar(scale: _Scale) -> list[str]:
    steps, parts = _steps(scale), []
    by_week = (scale.last - scale.first).days <= DAYS_SHOWN
    every = -(-len(steps) // max(int((scale.width - LABEL) // 44), 1))
    said = steps[0].year if steps[0].year == steps[-1].year else 0
    for count, day in enumerate(steps):
        x = scale.x(day)
        parts.append(line(x, scale.top, x, scale.bottom, "grid"))
        if count % every == 0 and x < scale.width - RIGHT:
            month = f"{day.month}月" if day.year == said else wareki_short(day).rpartition(".")[0]
            parts.append(text(x, scale.bottom + 18, f"{day.month}/{day.day}" if by_week else month, "second", "start"))
            said = day.year
    return parts


def _lane_name(name: str, y: float, class_: str) -> str:
    if text_width(name, 16) <= LABEL - 4:
        return text(0, y + 6, name, f"word-16 {class_}".strip(), "start")
    rows = balanced(name, LABEL - 4, 2)
    return "".join(text(0, y - 3 + 16 * row, words, class_, "start") for row, words in enumerate(rows))


def _silence(start: date, end: date, lane: str, scale: _Scale) -> str:
    start, end = max(start, scale.first), min(end, scale.last)
    left, right, y = scale.x(start) + 8, scale.x(end) - 8, scale.y(lane)
    if right - left < 4:
        return ""
    block = element("rect", x=left, y=y - 9, width=right - left, height=18, class_="silence")
    days = f"{(end - start).days}日"
    words = next((one for one in (f"{days} 記録なし", days) if text_width(one) < right - left - 8), "")
    return block + (text((left + right) / 2, y + 5, words) if words else "")


def _sash(story: Story, scale: _Scale) -> str:
    """Draw one line at the foot of the holder's lane that crosses to the next lane at a hand-over."""
    holds = [one for one in sorted(story.holds, key=lambda one: one.since) if one.lane in scale.rows]
    if not holds:
        return ""
    points = []
    for count, hold in enumerate(holds):
        y = scale.y(hold.lane) + LANE / 2 - 4
        start = scale.x(hold.since) + (STEP / 2 if count else 0)
        end = (
            scale.x(holds[count + 1].since) - STEP / 2
            if count + 1 < len(holds)
            else scale.x(min(story.today, scale.last))
        )
        points += [f"{number(start)} {number(y)}", f"{number(max(end, start))} {number(y)}"]
    return path("M" + "L".join(points), "sash-line")


def _flag_rows(story: Story, width: int) -> list[tuple[Post, float, float, int]]:
    """Give every conference's flag a place (x, width) and a row in which it covers no other."""
    scale = _Scale(story, width, 0)
    ends: list[float] = []
    placed = []
    shown = [(scale.x(story.today), 42.0)] if _has_today(story) else []
    for post in sorted(story.posts, key=lambda one: one.on):
        wide = text_width(post.words) + 34
        left = min(max(scale.x(post.on) - wide / 2, 0), width - wide)
        row = 0
        while row < len(ends) and ends[row] > left - 4:
            row += 1
        if row == 0 and any(left < x + half / 2 + 4 and x - half / 2 - 4 < left + wide for x, half in shown):
            row = next((n for n in range(1, len(ends)) if ends[n] <= left - 4), max(len(ends), 1))
        ends += [0.0] * (row + 1 - len(ends))
        ends[row] = left + wide
        placed.append((post, left, wide, row))
    return placed


def _posts(story: Story, scale: _Scale, flags: Sequence[tuple[Post, float, float, int]]) -> list[str]:
    lines, parts = [], []
    for post, left, wide, row in flags:
        x, kind = scale.x(post.on), post.basis.value
        y = scale.top - 20 - (FLAG + 6) * row - FLAG
        lines.append(line(x, y + FLAG, x, scale.bottom, f"post-{kind}"))
        parts.append(element("rect", x=left, y=y, width=wide, height=FLAG, rx=4, class_=f"flag-{kind}"))
        parts.append(_sign(post.basis, left + 13, y + FLAG / 2))
        parts.append(text(left + 24, y + 17, post.words, f"word-{kind}", "start"))
        seats = [scale.y(seat) for seat in post.seats if seat in scale.rows]
        parts += [element("rect", x=x - 5, y=at - 5, width=10, height=10, class_=f"seat-{kind}") for at in seats]
    return lines + parts  # no line through another flag's words


def _sign(basis: Basis, x: float, y: float) -> str:
    if basis == Basis.ARTICLE_106_6:
        body = element("rect", x=x - 5, y=y - 1, width=10, height=7, rx=1, class_="post-sealed")
        return body + path(f"M{number(x - 3)} {number(y - 1)}v-2a3 3 0 0 1 6 0v2", "post-sealed")
    if basis == Basis.CONSENT:
        return path(f"M{number(x - 5)} {number(y)}l3.5 4L{number(x + 5)} {number(y - 4)}", "post-consent")
    return element("rect", x=x - 4, y=y - 4, width=8, height=8, class_="post-plain")


def _has_today(story: Story) -> bool:
    return story.window is None or story.window[0] <= story.today <= story.window[1]


def _today(story: Story, scale: _Scale) -> str:
    if not _has_today(story):
        return ""
    x, y = scale.x(story.today), scale.top - 20 - FLAG
    middle = min(x, scale.width - 21)
    flag = element("rect", x=middle - 21, y=y, width=42, height=FLAG, rx=3, class_="today-flag")
    return line(x, y + FLAG, x, scale.bottom, "today") + flag + text(middle, y + 17, "今日", "today-word")


def _marks(story: Story, scale: _Scale) -> list[str]:
    """Draw what stands on one spot once: those of a kind in one lane whose shapes would lie on each other."""
    seen: dict[tuple[str, int, Kind], list[Mark]] = {}
    for one in sorted(story.marks, key=lambda mark: (mark.on, mark.lane)):
        if one.lane in scale.rows:
            seen.setdefault((one.lane, int(scale.x(one.on) / SPOT), one.kind), []).append(one)
    spots = list(seen.values())
    return [
        *_plain([same[0] for same in spots[:-WITH_WORDS]], scale),
        *(_mark(same, scale) for same in spots[-WITH_WORDS:]),
    ]


def _plain(marks: Sequence[Mark], scale: _Scale) -> list[str]:
    """Draw the oldest of very many marks in one path for each kind: the table says them, and a shorter window links them."""
    drawn: dict[Kind, list[str]] = {}
    for one in marks:
        x, y = number(scale.x(one.on)), scale.y(one.lane)
        up = f"M{x} {number(y - 6)}l6 11h-12z" if one.kind == Kind.VISIT else f"M{x} {number(y)}h0"
        drawn.setdefault(one.kind, []).append(up)
    classes = {Kind.VISIT: "ink halo", Kind.CONSENT: "dots dots-consent"}
    return [path("".join(spots), classes.get(kind, "dots")) for kind, spots in drawn.items()]


def _mark(same: Sequence[Mark], scale: _Scale) -> str:
    one = same[0]
    x, y = scale.x(one.on), scale.y(one.lane)
    shape = {
        Kind.RECORD: element("circle", cx=x, cy=y, r=5, class_="ink halo"),
        Kind.VISIT: path(f"M{number(x)} {number(y - 6)}L{number(x + 6)} {number(y + 5)}H{number(x - 6)}Z", "ink halo"),
        Kind.CONSENT: element("circle", cx=x, cy=y, r=7, class_="consent-dot halo")
        + path(f"M{number(x - 3.5)} {number(y)}l2.5 3L{number(x + 4)} {number(y - 3)}", "consent-tick"),
        Kind.TO_COME: element("circle", cx=x, cy=y, r=5, class_="to-come"),
    }[one.kind]
    words = one.words if len(same) == 1 else f"ほか{len(same) - 1}件　{one.words}"
    said = element("title", escaped(f"{one.on.month}月{one.on.day}日 {one.kind} {words}")) + shape
    if one.href:
        return element("a", said, href=one.href, class_="mark")
    return element("g", said, class_="mark")
