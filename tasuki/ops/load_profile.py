"""`tasuki load-profile`: checks a municipality's file, shows what it would change, and writes it in one transaction."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tasuki.ops import Unfit
from tasuki.ops.database import city_name, city_server, disconnect
from tasuki.ops.files import profile_data
from tasuki.rules.profile.merging import BASE

if TYPE_CHECKING:
    from tasuki.records.town_plan import Change, Written

JAPAN = ZoneInfo("Asia/Tokyo")
WRITER = "tasuki load-profile"
NOT_WRITTEN = 1
_SECTIONS = {
    "municipality": "自治体", "areas": "圏域", "departments": "部署", "agencies": "支援機関", "programmes": "事業",
    "roles": "役割", "conferences": "会議", "settings": "そのほかの設定",
}  # fmt: skip
_WORDS = {"ADDED": "加わる", "CHANGED": "変わる", "ENDED": "終わる"}
_COLUMNS = {
    "name": "名前", "prefecture": "都道府県", "kind": "種類", "profile": "ひな形", "level": "段", "parent": "上位",
    "position": "並び順", "field": "分野", "mode": "運営", "contractor": "受託者", "department": "部署",
    "functions": "機能", "areas": "担当圏域", "is_hub": "多機関協働", "is_welfare": "福祉の機関",
    "valid_from": "始まり", "valid_until": "終わり", "contract_until": "契約の終わり", "status": "状態",
    "sets": "権限", "purposes": "目的", "bases": "根拠", "secretariat": "事務局", "members": "構成員",
    "chair": "会長", "frequency": "開催", "content": "内容", "quorum": "定足数", "quorum_number": "定足数の数", "quorum_of": "定足数で数えるもの", "quorum_source": "定足数の根拠", "ended_on": "終わり",
}  # fmt: skip
# What the settings of a section are called; the sections with tables of their own are kept whole there too.
_SETTINGS = {
    "words": "呼び名", "clocks": "期限", "decision": "決定のしかた", "routing": "流れ", "retention": "保存年限",
    "plan": "実施計画", "bodies": "実施体制の表", "indicators": "評価指標", "surveys": "アンケート", "source": "出典",
    "phases": "事業の段階", "meetings": "既存の会議", "watch": "見守り", "follow_up": "終結後のフォロー",
    "assessment": "アセスメント", "limits": "利用の規模", "resources": "社会資源", "themes": "共通の課題",
    "pilots": "モデル地区", "handover": "引継ぎ", "contacts": "連絡先の種類", "site_forms": "拠点の形",
    "centres": "総合相談支援センター", "trainings": "研修", "schedule": "日程", "history": "経過", "weaknesses": "課題",
    "effects": "効果", "reference": "参考", "plan_steps": "計画の手順", "bridge": "地域への橋渡し", "grant": "交付金",
    "partners": "連携先の目的", "outreach_inventory": "訪問の現状", "targets": "対象", "funds": "財源",
    "results_required": "求められる成果",
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file, the municipality that it is written to, and how to answer."""
    parser.add_argument("file", type=Path, metavar="FILE", help="自治体の設定ファイル(YAML)")
    parser.add_argument("--municipality", metavar="KEY", help="書き込む自治体の記号(既定はファイルの profile)")
    parser.add_argument("--yes", action="store_true", help="尋ねずに反映する")
    parser.add_argument("--json", action="store_true", help="変わるところを JSON で出す")


def run(options: argparse.Namespace) -> int:
    """Show and write; 0 when the database is as the file says, 1 when it was not written, 2 when it cannot be."""
    profile = profile_data(options.file)
    if profile.get("profile") == BASE:
        raise Unfit(f"{options.file} は既定値のファイルで、自治体のものではありません。")
    key = options.municipality or str(profile["profile"])
    with city_server() as server:
        if city_name() not in server.names():
            raise Unfit("データベースがまだありません。先に tasuki migrate を実行してください。")
        server.point(city_name())
        try:
            return _load(profile, key, yes=options.yes, as_json=options.json)
        finally:
            disconnect()


def _load(profile: Mapping[str, Any], key: str, *, yes: bool, as_json: bool) -> int:
    seen = load(profile, key, keep=False)
    if not as_json:
        print("\n".join(described(seen, key)), flush=True)
    wanted = not seen.changes or yes or _is_wanted(as_json)
    if wanted and seen.changes:
        load(profile, key)
    if as_json:
        print(json.dumps(_as_record(seen, key, written=wanted), ensure_ascii=False), flush=True)
    elif seen.changes:
        print("反映しました。" if wanted else "何も変えていません。反映するには --yes を付けてください。", flush=True)
    return 0 if wanted else NOT_WRITTEN


def load(profile: Mapping[str, Any], key: str, *, keep: bool = True, now: dt.datetime | None = None) -> Written:
    """Write a checked profile on its base to the municipality `key` of the database that Django leads to.

    With `keep` False nothing is written; what would change is told all the same. Raises Unfit for a value too long.
    """
    from django.db import DataError

    from tasuki.records.town_plan import plan_of, write_town

    moment = now or dt.datetime.now(JAPAN)
    today = moment.astimezone(JAPAN).date()
    try:
        return write_town(plan_of(profile), key=key, at=moment, today=today, by=WRITER, keep=keep)
    except DataError as trouble:
        raise Unfit(
            f"長すぎる値があり、書き込めません。何も変えていません。（{trouble}）".replace("\n", " ")
        ) from trouble


def described(seen: Written, key: str) -> Iterable[str]:
    """Give the changes in Japanese, section by section, one a line."""
    yield f"{seen.town.name}（{key}）"
    if not seen.changes:
        yield "変わるところはありません。"
    for section, name in _SECTIONS.items():
        here = [one for one in seen.changes if one.section == section]
        if here:
            yield f"\n{name}: " + "、".join(_counts(here))
            yield from (_line(one) for one in here)
    if held := _held_by_ended(seen):
        yield f"\n注意: 終わる機関がたすきを持っています（{'、'.join(held)}）。先に、つなぐか担当を決めてください。"


def _counts(here: list[Change]) -> Iterable[str]:
    for what, word in _WORDS.items():
        if count := sum(one.what == what for one in here):
            yield f"{word} {count}"


def _line(one: Change) -> str:
    name = one.name
    if one.section == "settings":
        name = _SETTINGS.get(name) or f"{_SECTIONS.get(name, name)}の全文"
    columns = "、".join(_COLUMNS.get(column, column) for column in one.columns)
    return f"  {_WORDS[one.what]}  {name}" + (f"（{columns}）" if columns else "")


def _held_by_ended(seen: Written) -> list[str]:
    from tasuki.ops.replay.prompt import look

    ended = [one.name for one in seen.changes if one.section == "agencies" and one.what == "ENDED"]
    if not ended:
        return []
    rows = look(
        "SELECT g.name || ' ' || count(*) || '件' FROM records_holding h JOIN records_agency g ON g.id = h.agency_id"
        " JOIN records_case c ON c.id = h.case_id WHERE g.municipality_id = %s AND g.name = ANY(%s) AND h.until IS NULL"
        " AND c.ended_at IS NULL GROUP BY g.name ORDER BY g.name",
        [seen.town.pk, ended],
    )
    return [row[0] for row in rows]


def _as_record(seen: Written, key: str, *, written: bool) -> dict[str, Any]:
    rows = [
        {"section": one.section, "what": one.what, "name": one.name, "columns": list(one.columns)}
        for one in seen.changes
    ]
    return {
        "municipality": key, "name": seen.town.name, "written": written and bool(seen.changes), "changes": rows
    }  # fmt: skip


def _is_wanted(as_json: bool) -> bool:  # noqa: FBT001  the one flag of a question
    if as_json or not sys.stdin.isatty():
        return False
    try:
        return input("反映しますか。[y/N] ").strip().lower() in {"y", "yes", "はい"}
    except EOFError:
        return False
