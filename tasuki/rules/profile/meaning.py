"""What a well-written profile must also mean: starts, counts, legal bases and chains that hold together."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tasuki.rules.profile.shapes import Fault, Spot

type Whole = Mapping[str, Any]


def meaning(whole: Whole, *, own: bool = True) -> Iterator[Fault]:
    """List every contradiction in a profile on its base; spots are counted from the top of the profile.

    `own` is False for the file of the defaults, which needs no municipality around it.
    """
    for rule in _RULES if own else ():
        yield from rule(whole)


def _programmes(whole: Whole) -> Iterator[Fault]:
    told_without_dates = whole["source"]["seed"] in ("S3", "S4")
    for number, entry in enumerate(whole.get("programmes", [])):
        begun = "from" in entry or "starts" in entry
        if entry["status"] == "未実施" and begun:
            yield Fault(("programmes", number), f"第{entry['item']}号: 未実施なのに開始日があります")
        excused = entry.get("assumed") or told_without_dates
        if entry["status"] == "実施" and not begun and not excused:
            yield Fault(("programmes", number), f"第{entry['item']}号: 実施なのに開始日がありません")


def _bodies(whole: Whole) -> Iterator[Fault]:
    for number, body in enumerate(whole.get("bodies", [])):
        spot: Spot = ("bodies", number)
        counted = body.get("count", {}).get("n")
        if "mode_counts" in body and sum(body["mode_counts"].values()) != counted:
            yield Fault(spot, f"{body['id']}: 実施方式ごとの数の合計が、数と合いません")
        listed = len(body.get("agencies", []))
        if counted is not None and listed > 1 and listed != counted:
            yield Fault(spot, f"{body['id']}: 機関は{listed}、数は{counted}です")


def _parts(whole: Whole) -> Iterator[Fault]:
    """List bodies that carry out what they planned themselves, or what nobody plans."""
    bodies = whole.get("bodies", [])
    makers = {(item, agency) for item, agency, part in _roles_in(bodies) if part == "PLAN_MAKER"}
    planned = {item for item, _ in makers}
    for number, body in enumerate(bodies):
        if body.get("part") != "EXECUTOR":
            continue
        for item in body["items"]:
            if item not in planned:
                yield Fault(("bodies", number), f"{body['id']}: 第{item}号のプランを作る側（PLAN_MAKER）がありません")
            both = [agency for agency in body.get("agencies", []) if (item, agency) in makers]
            if both:
                yield Fault(("bodies", number), f"{body['id']}: {both[0]} がプランを作る側と行う側の両方にいます")


def _roles_in(bodies: list[Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for body in bodies:
        for item in body["items"]:
            for agency in body.get("agencies", []) or [""]:
                yield item, agency, body.get("part", "")


def _conferences(whole: Whole) -> Iterator[Fault]:
    for key, entry in whole.get("conferences", {}).items():
        spot: Spot = ("conferences", key)
        cases = "CASE" in entry["purposes"]
        if cases and not entry["bases"]:
            yield Fault(spot, f"{key}: ケースの会議には根拠（bases）が要ります")
        if not cases and entry["bases"]:
            yield Fault(spot, f"{key}: ケースを扱わない会議に根拠があります")
        if "ARTICLE_106_6" in entry["bases"] and not entry.get("secrecy"):
            yield Fault(spot, f"{key}: 106条の6の会議には守秘義務（secrecy）が要ります")
        if "quorum" in entry and not _is_quorum(entry["quorum"]):
            yield Fault(
                (*spot, "quorum"), f"{key}: 定足数は、割合（share）か数（number、1以上）のどちらか1つで書きます"
            )
        stray = set(entry.get("kinds_by_basis", {})) - set(entry["bases"]) - {"NONE"}
        if stray:
            yield Fault(spot, f"{key}: 根拠に無いもの（{'・'.join(sorted(stray))}）の議題の種類があります")


def _is_quorum(said: Mapping[str, Any]) -> bool:
    return ("share" in said) != ("number" in said) and said.get("number", 1) >= 1


def _chains(whole: Whole) -> Iterator[Fault]:
    areas = whole.get("areas", {})
    trees: list[tuple[Spot, Mapping[str, Mapping[str, Any]], str]] = [
        (("departments",), whole.get("departments", {}), "parent"),
        (("conferences",), whole.get("conferences", {}), "parent"),
        (("agencies",), whole.get("agencies", {}), "inside"),
        (("areas", "list"), {entry["key"]: entry for entry in areas.get("list", [])}, "parent"),
        (("areas", "levels"), {entry["key"]: entry for entry in areas.get("levels", [])}, "parent"),
    ]
    for spot, tree, up in trees:
        for key in tree:
            if _runs_in_a_circle(tree, key, up):
                yield Fault((*spot, key), f"「{key}」の上をたどると、自分に戻ります")


def _runs_in_a_circle(tree: Mapping[str, Mapping[str, Any]], key: str, up: str) -> bool:
    seen = {key}
    above = tree[key].get(up)
    while above in tree:
        if above in seen:
            return True
        seen.add(str(above))
        above = tree[str(above)].get(up)
    return False


def _periods(whole: Whole) -> Iterator[Fault]:
    spans: list[tuple[Spot, Any, Any]] = [
        *(
            (("phases", number), entry.get("from"), entry.get("until"))
            for number, entry in enumerate(whole.get("phases", []))
        ),
        *(
            (("agencies", key), entry.get("valid_from"), entry.get("valid_until"))
            for key, entry in whole.get("agencies", {}).items()
        ),
    ]
    period = whole.get("plan", {}).get("period", {})
    spans.append((("plan", "period"), period.get("from"), period.get("to")))
    for spot, begin, end in spans:
        if begin is not None and end is not None and end < begin:
            yield Fault(spot, f"終わり（{end}）が始め（{begin}）より前です")
    begun = [entry.get("from", "") for entry in whole.get("phases", [])]
    for number in range(1, len(begun)):
        if begun[number] and begun[number] < begun[number - 1]:
            yield Fault(("phases", number), "前の段階より早く始まっています")


def _indicators(whole: Whole) -> Iterator[Fault]:
    for number, entry in enumerate(whole.get("indicators", [])):
        spot: Spot = ("indicators", number)
        if entry["source"] == "SURVEY" and "survey" in entry:
            questions = whole["surveys"][entry["survey"]].get("questions", {})
            if "question" in entry and entry["question"] not in questions:
                yield Fault(spot, f"アンケート {entry['survey']} に問い {entry['question']} がありません")
        for year, target in entry.get("targets", {}).items():
            if target["kind"] == "NUMBER" and "value" not in target:
                yield Fault((*spot, "targets", year), "目標の数（value）がありません")


def _site_forms(whole: Whole) -> Iterator[Fault]:
    forms = {entry["key"]: entry for entry in whole.get("site_forms", [])}
    for number, body in enumerate(whole.get("bodies", [])):
        form = body.get("site_form")
        if form is None:
            continue
        if form not in forms:
            yield Fault(("bodies", number, "site_form"), f"{body['id']}: 設置形態「{form}」がありません")
            continue
        if "SINGLE_ITEM" in forms[form].get("checks", ()) and len(body["items"]) != 1:
            yield Fault(("bodies", number), f"{body['id']}: {form}は、第1号のうち1つだけを行います")


def _tables(whole: Whole) -> Iterator[Fault]:
    plan = whole.get("plan", {})
    for number, table in enumerate(plan.get("tables", [])):
        if table["rows"] == "all" or table["of"] == "items":
            continue
        name = {"bodies": "id", "indicators": "id", "site_forms": "key"}.get(table["of"], "item")
        source = (plan if table["of"] in ("sections", "chapters") else whole).get(table["of"], [])
        known = set(source) if isinstance(source, dict) else {entry.get(name) for entry in source}
        for row in table["rows"]:
            key = row["id"] if isinstance(row, dict) else row
            if key not in known:
                yield Fault(("plan", "tables", number), f"表{table['n']}: 行「{key}」がありません")


_RULES: tuple[Callable[[Whole], Iterator[Fault]], ...] = (
    _programmes,
    _bodies,
    _parts,
    _conferences,
    _chains,
    _periods,
    _indicators,
    _site_forms,
    _tables,
)
