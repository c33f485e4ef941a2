"""The steps of a scenario, read in order: what each may carry, and what it may name at its moment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tasuki.rules.contract.town import Town
from tasuki.rules.contract.town_verbs import PLAN_VERBS, VERBS
from tasuki.rules.contract.verbs import Verb
from tasuki.rules.profile.shapes import Fault, Spot, day_exists, faults, mentions

type Step = Mapping[str, Any]

FIRM_DAYS = frozenset({"due", "until", "applied", "notified", "follow_up", "next_check", "at", "when"})
"""Days that must exist even in a refused step."""

NEEDS_A_CASE = frozenset(
    [
        "screen",
        "refer",
        "accept",
        "accept_jointly",
        "decline",
        "withdraw_referral",
        "hand_back",
        "close",
        "suspend",
        "reopen",
        "follow_up",
        "note",
        "transfer_out",
        "classify",
        "archive",
        "stay",
        "propose_disposal",
        "withdraw_proposal",
        "dispose",
    ]
)
"""Acts on one case: in a file with several households they must say which."""

_CALLED = {
    "agency": "機関",
    "staff": "職員",
    "person": "人",
    "conference": "会議",
    "step": "手順",
    "item": "議題",
    "thing": "資源・不足・場所",
    "meeting": "会議体",
    "theme": "主題",
    "issue": "地区の課題",
    "out": "OUT",
}


def step_faults(step: Any) -> Iterator[Fault]:
    """List what is wrong with one step taken by itself (its spot is relative to the step)."""
    if not isinstance(step, dict):
        yield Fault((), "手順は「項目: 値」の形で書きます")
        return
    act = step.get("do")
    if not isinstance(act, str) or act not in VERBS:
        yield Fault(("do",), f"知らない動詞「{act}」です")
        return
    refused = step.get("refused") is True
    for found in faults(VERBS[act].shape, step):
        if not (found.soft and refused and not FIRM_DAYS & set(found.spot)):
            yield found
    if not refused:
        yield from _needs(step, VERBS[act])
    elif "why" not in step:
        yield Fault((), "拒まれる手順には、なぜか（why）を書きます")


def _needs(step: Step, verb: Verb) -> Iterator[Fault]:
    for group in verb.needs:
        if not any(name in step for name in group):
            yield Fault((), f"項目「{'か'.join(group)}」がありません")
    if step["do"] == "refer" and step.get("basis") == "NO_CONSENT" and "reason" not in step:
        yield Fault((), "同意なしのつなぎには項目「reason」が要ります")


@dataclass
class Course:
    """What the steps read so far have made. Feed every step, in order, to `follow`."""

    town: Town
    made: dict[str, str] = field(default_factory=dict)
    at: dict[str, str] = field(default_factory=dict)
    items: set[str] = field(default_factory=set)
    summons: dict[str, str] = field(default_factory=dict)
    last: str = ""

    def follow(self, step: Step) -> Iterator[Fault]:
        """List what is wrong with a well-shaped step at its place; then it counts as done."""
        yield from self._moment(step)
        yield from self._references(step)
        yield from self._persons(step)
        yield from self._pointing(step)
        yield from self._conference(step)
        yield from self._name(step)
        yield from self._which_case(step)
        if step.get("refused") is not True:
            self._make(step)

    def _moment(self, step: Step) -> Iterator[Fault]:
        if step["at"] <= self.last:
            yield Fault(("at",), f"{step['at']} は前の手順（{self.last}）より後ではありません")
        self.last = step["at"]

    def _references(self, step: Step) -> Iterator[Fault]:
        refused = step.get("refused") is True
        for said in mentions(VERBS[step["do"]].shape, step):
            if refused and not said.firm:
                continue
            if not any(self._knows(kind, said.key) for kind in said.kind.split("|")):
                called = "か".join(_CALLED[kind] for kind in said.kind.split("|"))
                yield Fault(said.spot, f"知らない{called}「{said.key}」です")

    def _knows(self, kind: str, key: str) -> bool:
        if kind == "step":
            return key in self.made
        if kind == "item":
            return key in self.items
        return self.town.knows(kind, key)

    def _persons(self, step: Step) -> Iterator[Fault]:
        if step["do"] == "consent_get" and len(step["who"]) != 1:
            yield Fault(("who",), "同意は1人ずつ書きます")
        for person in step.get("who", []):
            born = self.town.persons.get(person, ({}, ""))[0].get("born", "")
            if born and "-00" not in born and not day_exists(born) and step.get("refused") is not True:
                yield Fault(("who",), f"{person} の生年月日 {born} は暦に無いので、この手順は拒まれるはずです")

    def _pointing(self, step: Step) -> Iterator[Fault]:
        wanted = VERBS[step["do"]].of
        made_by = self.made.get(step.get("of", ""), "")
        if wanted and made_by and made_by not in wanted:
            yield Fault(("of",), f"「{step['of']}」は {made_by} の手順で、{'・'.join(wanted)} ではありません")
        if self.made.get(step.get("plan", ""), "draft_plan") not in PLAN_VERBS:
            yield Fault(("plan",), f"「{step['plan']}」はプランではありません")

    def _conference(self, step: Step) -> Iterator[Fault]:
        if step["do"] == "hold" and step["at"] < self.summons.get(step["of"], ""):
            yield Fault(("at",), "招集された日時より前に開催しています")
        if step["do"] != "summon":
            return
        if step["when"] <= step["at"]:
            yield Fault(("when",), "開催の日時が招集より後ではありません")
        names = [item["id"] for item in step["items"]]
        for number, name in enumerate(names):
            if step.get("refused") is not True and (name in self.items or name in names[:number]):
                yield Fault(("items", number), f"議題「{name}」が2度あります")

    def _name(self, step: Step) -> Iterator[Fault]:
        plan = step["do"] in PLAN_VERBS
        if plan and "id" not in step:
            yield Fault((), "プランには id が要ります")
        if "id" not in step:
            return
        if step.get("refused") is True and not plan:
            yield Fault(("id",), "拒まれる手順は何も作らないので、id を持ちません")
        if step["id"] in self.made:
            yield Fault(("id",), f"手順「{step['id']}」が2度あります")

    def _which_case(self, step: Step) -> Iterator[Fault]:
        if step["do"] in NEEDS_A_CASE and self.town.households > 1 and not {"who", "case", "of", "plan"} & step.keys():
            yield Fault((), "世帯がいくつもあります。どのケースかを who・case・of・plan で書きます")

    def _make(self, step: Step) -> None:
        if "id" in step:
            self.made[step["id"]] = step["do"]
            self.at[step["id"]] = step["at"]
        if step["do"] == "summon":
            self.items |= {item["id"] for item in step["items"]}
            if "id" in step:
                self.summons[step["id"]] = step["when"]
        for name in ("resource", "gap", "place", "meeting", "theme", "issue"):
            made = step.get(name)
            if isinstance(made, dict):
                kind = name if name in ("meeting", "theme", "issue") else "thing"
                self.town.things.setdefault(kind, set()).add(made["key"])


def under(spot: Spot, found: Fault) -> Fault:
    """Give the same fault, its spot counted from the top of the file."""
    return found._replace(spot=(*spot, *found.spot))
