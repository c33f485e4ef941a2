"""The three pictures of the case page, from the plain values of its queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasuki.pictures.ecomap import Strength, Tie, ecomap
from tasuki.pictures.family import Member
from tasuki.pictures.genogram import genogram
from tasuki.pictures.kinship import from_relations
from tasuki.pictures.svg import Picture
from tasuki.pictures.timeline import Basis, Hold, Kind, Lane, Mark, Post, Story, timeline
from tasuki.queries import case as queries
from tasuki.queries.record import MarkLine
from tasuki.rules.calendar import age_words, day_of, era_year, read_date, wareki_short
from tasuki.rules.kinship import Kin, KinLine, standing
from tasuki.web import words

ELDERS = frozenset({"父", "母", "祖父", "祖母"})
CHILDREN = frozenset({"長男", "次男", "三男", "長女", "次女", "三女", "子", "孫"})
QUIET = frozenset({"SUMMONS", "SITTING", "BREAK_GLASS", "REVIEW", "DISCLOSURE"})


OFTEN, OFTEN_DAYS, SILENT_DAYS = 4, 90, 180
STEPS = (("いま", 0), ("3か月前", 91), ("半年前", 182), ("1年前", 365))


SPANS = (("", "はじめから", 0), ("year", "1年", 365), ("season", "3か月", 91), ("month", "1か月", 31))


@dataclass(frozen=True)
class Span:
    """How much of the timeline is shown: the choices, the window (None: all), and the days to move it to."""

    chosen: str
    choices: list[tuple[str, str]]
    window: tuple[dt.date, dt.date] | None
    earlier: str = ""
    later: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """What an address says to ask for the same part."""
        return {"span": self.chosen, "until": self.window[1].isoformat()} if self.window else {}


def span_shown(chosen: str, until: str, today: dt.date, opened: dt.date) -> Span:
    """Read which part of the timeline is asked for; what cannot be read shows everything, or the part that ends today."""
    days = next((length for key, _, length in SPANS if key == chosen), 0)
    choices = [(key, word) for key, word, _ in SPANS]
    if not days:
        return Span("", choices, None)
    newest = today + dt.timedelta(days=days // 3)  # what is to come stands beside what was
    read = read_date(until) if until else newest
    last = min(read, newest) if isinstance(read, dt.date) else newest
    first = last - dt.timedelta(days=days)
    earlier = (last - dt.timedelta(days=days // 2)).isoformat() if first > opened else ""
    later = min(last + dt.timedelta(days=days // 2), newest).isoformat() if last < newest else ""
    return Span(chosen, choices, (first, last), earlier, later)


@dataclass(frozen=True)
class Then:
    """The day that the family picture shows: the steps to choose from, what was typed, why it could not be read."""

    day: dt.date
    today: dt.date
    steps: list[tuple[str, str, bool]]
    typed: str = ""
    trouble: str = ""

    @property
    def past(self) -> bool:
        """Whether another day than today is shown."""
        return self.day != self.today


def day_shown(typed: str, today: dt.date, opened: dt.date) -> Then:
    """Read which day is asked for; what cannot be read, a coming day too, shows today and says why."""
    read = read_date(typed) if typed.strip() else today
    day = read if isinstance(read, dt.date) else today
    trouble = "" if isinstance(read, dt.date) else "日付として読めません。いまの図を出しています。"
    if day > today:
        day, trouble = today, "これからの日の図は出せません。いまの図を出しています。"
    days = [(word, today - dt.timedelta(days=back)) for word, back in STEPS]
    days = [one for one in days if one[1] >= opened] + [("受付の日", opened)]
    steps = [(word, step.isoformat() if step != today else "", step == day) for word, step in dict(days).items()]
    return Then(day, today, steps, typed if trouble or day != today else "", trouble)


def family_picture(
    members: Sequence[queries.Member], today: dt.date, kinship: Sequence[queries.KinshipLine], *, feelings: bool = False
) -> Picture:
    """Draw the family of a day as far as its viewer sees it; nothing betrays that somebody is left out."""
    if not members:
        return Picture("", 0, 0, (), ())
    subject = _whose_words(members)
    people = [
        Member(
            id=str(m.id), name=m.name.replace("　", " ") or "名前不明", kana=m.kana, sex=m.sex, born=m.born,
            died=_died(m.died_on, today), age_text=age_words(m.born, today).removesuffix("歳") if m.born else "?", relation=m.relation,
            states=tuple(m.labels[:2]), is_subject=m.id == subject, key_person=m.key_person, lives_here=m.lives_with,
        )
        for m in members
    ]  # fmt: skip
    written = [KinLine(one.first, one.second, Kin(one.kin), one.since, one.custody) for one in kinship]
    return genogram(from_relations(people, standing(written, today)), feelings=feelings)


def _died(on: str, day: dt.date) -> str:
    """Say a death under the shape, 「令和8年没」, from its day on."""
    return f"{era_year(dt.date.fromisoformat(on))}没" if on and on <= day.isoformat() else ""


def _whose_words(members: Sequence[queries.Member]) -> object:
    """The one to whom the others' 続柄 are said: who has a father or grandmother here is not the grandmother."""
    own = next((m for m in members if m.relation == "本人"), None)
    first = own or next((m for m in members if m.in_case), None)
    if own is None and any(m.relation in ELDERS for m in members if m is not first):
        first = next((m for m in members if m.relation in CHILDREN), first)
    return first.id if first else None


def support_picture(
    members: Sequence[queries.Member], around: queries.Surroundings, marks: Sequence[MarkLine], day: dt.date
) -> Picture:  # fmt: skip
    """Draw the agencies around the household on a day: who works with it how often, who worked, who only may know."""
    if not members:
        return Picture("", 0, 0, (), ())
    holder = next((one.agency for one in reversed(around.holdings) if day_of(one.since) <= day), "")
    wrote: dict[str, list[dt.date]] = {holder: []} if holder else {}
    for mark in reversed(marks):
        if (on := day_of(mark.at)) <= day:
            wrote.setdefault(mark.agency, []).append(on)
    known = [one for one in around.consents if day_of(one.since) <= day]
    ended = {one.agency: one.ended_at for one in known}  # the latest of an agency stands first
    ended |= {one.agency: None for one in known if one.ended_at is None or day_of(one.ended_at) > day}
    ties = [
        _tie(name, days, None if name == holder else ended.get(name), day, name == holder)
        for name, days in wrote.items()
    ]
    ties += [Tie(name, formal=True, planned=True) for name, at in ended.items() if name not in wrote and at is None]
    return ecomap([m.name.split(" ")[-1] for m in members[:3]], ties[:14])


def _tie(name: str, days: Sequence[dt.date], ended: dt.datetime | None, day: dt.date, holds: bool) -> Tie:  # noqa: FBT001
    """Say a tie by what was written: often within three months is strong, nothing for half a year is weak."""
    recent = sum(1 for on in days if (day - on).days <= OFTEN_DAYS)
    silent = bool(days) and (day - max(days)).days > SILENT_DAYS
    strength = Strength.STRONG if recent >= OFTEN else Strength.WEAK if silent and not holds else Strength.NORMAL
    return Tie(name, formal=True, strength=strength, ended_on=wareki_short(day_of(ended)) if ended else "")


def story_picture(
    case: queries.CaseHead, holdings: Sequence[queries.HoldingLine], records: Sequence[MarkLine],
    items: Sequence[queries.ItemLine], tasks: Sequence[queries.TaskLine], today: dt.date,
    window: tuple[dt.date, dt.date] | None = None,
) -> Picture:  # fmt: skip
    """Draw what happened, a lane per agency, conferences as posts, the たすき along the foot of its holder's lane."""
    names = {h.agency_id: h.agency for h in holdings} | {r.agency_id: r.agency for r in records}
    by_name = {name: str(key) for key, name in names.items()}
    joined = {str(key): today for key in names}
    for key, day in [(str(r.agency_id), day_of(r.at)) for r in records] + [
        (str(h.agency_id), day_of(h.since)) for h in holdings
    ]:
        joined[key] = min(joined[key], day)
    lanes = [Lane(key, name, joined[key]) for name, key in sorted(by_name.items(), key=lambda one: joined[one[1]])]
    marks = [
        Mark(str(r.agency_id), day_of(r.at), _mark(r.kind), _said(r), f"#r-{r.id}")
        for r in records
        if r.kind not in QUIET
    ]
    marks += [
        Mark(by_name[t.agency], t.due_on, Kind.TO_COME, t.text[:40])
        for t in tasks
        if t.due_on and t.agency in by_name and t.due_on >= today
    ]
    posts = [
        Post(
            day_of(i.at), i.conference, Basis.ARTICLE_106_6 if i.basis == "ARTICLE_106_6" else Basis.CONSENT,
            tuple({str(s["agency"]) for s in i.seats if str(s["agency"]) in joined}),
        )
        for i in items
        if i.state == "HELD"
    ]  # fmt: skip
    holds = tuple(Hold(str(h.agency_id), day_of(h.since)) for h in holdings)
    drawn = timeline(Story(today, tuple(lanes), tuple(marks), tuple(posts), holds, window))
    return replace(drawn, rows=tuple((wareki_short(dt.date.fromisoformat(on)), *said) for on, *said in drawn.rows))


def _said(one: MarkLine) -> str:
    """Say what kind of record it is, unless the mark says so already, and how it begins."""
    kind = words.KINDS.get(one.kind, one.kind)
    return one.begins if kind == _mark(one.kind) else f"{kind} {one.begins}"


def _mark(kind: str) -> Kind:
    return {"VISIT": Kind.VISIT, "CONSENT": Kind.CONSENT}.get(kind, Kind.RECORD)
