"""The three pictures of the case page, from the plain values of its queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tasuki.pictures.ecomap import Tie, ecomap
from tasuki.pictures.family import Member
from tasuki.pictures.genogram import genogram
from tasuki.pictures.kinship import from_relations
from tasuki.pictures.svg import Picture
from tasuki.pictures.timeline import Basis, Hold, Kind, Lane, Mark, Post, Story, timeline
from tasuki.queries import case as queries
from tasuki.rules.calendar import age_words, day_of, era_year, read_date
from tasuki.web.case.lines import text, what

ELDERS = frozenset({"父", "母", "祖父", "祖母"})
CHILDREN = frozenset({"長男", "次男", "三男", "長女", "次女", "三女", "子", "孫"})
QUIET = frozenset({"SUMMONS", "SITTING", "BREAK_GLASS", "REVIEW", "DISCLOSURE"})


STEPS = (("いま", 0), ("3か月前", 91), ("半年前", 182), ("1年前", 365))


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


def family_picture(members: Sequence[queries.Member], today: dt.date) -> Picture:
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
    return genogram(from_relations(people))


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
    members: Sequence[queries.Member], holder: str | None, records: Sequence[queries.RecordLine],
    consents: Sequence[queries.ConsentLine],
) -> Picture:  # fmt: skip
    """Draw the agencies around the household: who works with it, who only may know."""
    working = dict.fromkeys([holder] if holder else [])
    working |= dict.fromkeys(line.agency for line in records)
    known = dict.fromkeys(line.agency for line in consents if line.ended_at is None)
    ties = [Tie(name, formal=True) for name in list(working)[:10]]
    ties += [Tie(name, formal=True, planned=True) for name in known if name not in working][:4]
    return ecomap([m.name.split(" ")[-1] for m in members[:3]], ties)


def story_picture(
    case: queries.CaseHead, holdings: Sequence[queries.HoldingLine], records: Sequence[queries.RecordLine],
    items: Sequence[queries.ItemLine], tasks: Sequence[queries.TaskLine], today: dt.date,
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
        Mark(str(r.agency_id), day_of(r.at), _mark(r.kind), f"{what(r)} {text(r)[:40]}", f"#r-{r.id}")
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
    return timeline(Story(today, tuple(lanes), tuple(marks), tuple(posts), holds))


def _mark(kind: str) -> Kind:
    return {"VISIT": Kind.VISIT, "CONSENT": Kind.CONSENT}.get(kind, Kind.RECORD)
