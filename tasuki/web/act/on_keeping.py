"""Acts of the end of a case's life: its class, stays, putting away, and the disposal by two people (T32, T33)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tasuki.actions import keeping
from tasuki.queries import keeping as queries
from tasuki.queries.choices import Target
from tasuki.records.asker import Asker
from tasuki.rules.calendar import wareki_short
from tasuki.rules.permission import P
from tasuki.web import words
from tasuki.web.act import offers
from tasuki.web.act.act import Act
from tasuki.web.act.fields import Field

Values = dict[str, Any]
OFFICER, MANAGER = frozenset({P.PRIV}), frozenset({P.MGR})


def _id(target: Target) -> UUID:
    return target.id or UUID(int=0)


def _about(by: Asker, case: UUID, today: dt.date) -> Sequence[tuple[str, str]]:
    """Say which case a form is about, in what everybody of the room may know."""
    found = queries.keeping(by, case)
    until = wareki_short(found.keep_until) if found.keep_until else "保存区分を決めると決まります"
    return [
        ("受付番号", found.number or "（番号なし）"), ("受け付けた機関", found.agency), ("終わった日", wareki_short(found.ended_on)),
        ("保存区分", f"{found.class_name}（{found.years}年）" if found.class_name else "まだ決めていません"), ("保存する最後の日", until),
    ]  # fmt: skip


def _classify(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    keeping.classify(by=by, now=now, case=_id(target), retention_class=v["class"])


def _archive(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    keeping.archive(by=by, now=now, case=_id(target))


def _stay(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    keeping.stay(by=by, now=now, case=_id(target), kind=v["kind"], reason=v["reason"], since=v["since"])


def _lift(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    keeping.lift_stay(by=by, now=now, stay=_id(target), reason=v["reason"])


def _propose(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    keeping.propose_disposal(by=by, now=now, case=_id(target))


def _withdraw(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    keeping.withdraw_proposal(by=by, now=now, case=_id(target))


def _dispose(by: Asker, now: dt.datetime, target: Target, v: Values) -> None:
    keeping.dispose(by=by, now=now, case=_id(target), approval=v["approval"], number=v["number"])


ACTS = [
    Act("keepings", "class", "保存区分を決める", "保存区分を決める", [
        Field("class", "保存区分", "select", required=True, offers=offers.retention_classes, support="年数は「設定」の「保存の年数」で、この町の文書管理規程に合わせます。"),
    ], _classify, "保存区分を決めました。", OFFICER, about=_about,
        support="終わった日の属する年度の終わりから数えます。区分を決めると、その年度が終わった後、たすきが保存に移します。"),
    Act("keepings", "archive", "保存に移す", "保存に移す", [], _archive, "保存に移しました。担当の機関の画面からは、もう見えません。", OFFICER, about=_about,
        support="移すと、書けなくなり、個人情報保護担当だけが読めます。担当の機関に戻すことはできません。続きの相談は、新しい受付になります。"),
    Act("keepings", "stays", "廃棄を止める（保全・開示請求）", "止める", [
        Field("kind", "止めるわけ", "radio", required=True, offers=words.choices(words.STAYS)),
        Field("reason", "くわしい理由（人の名前は書きません）", "textarea", required=True, rows=3, hint="例 開示請求 受付3号"),
        Field("since", "いつから", "date", required=True, values="date"),
    ], _stay, "止めました。外すまで、保存に移すことも廃棄もできません。", OFFICER, about=_about),
    Act("stays", "lift", "止めを外す", "止めを外す", [
        Field("reason", "外す理由", "textarea", required=True, rows=2),
    ], _lift, "止めを外しました。", OFFICER),
    Act("keepings", "proposal", "廃棄を起案する", "廃棄を起案する", [], _propose, "起案しました。事業管理者の承認を待ちます。", OFFICER, about=_about,
        support="保存期間の終わったケースについて、記録を消すことを起案します。消すのは、もう1人（事業管理者）が決裁番号を書いて承認したときです。"),
    Act("keepings", "withdrawal", "廃棄の起案を取り下げる", "取り下げる", [], _withdraw, "起案を取り下げました。ケースは保存されたままです。", OFFICER | MANAGER, about=_about),
    Act("keepings", "disposal", "廃棄を承認する", "承認して、消す", [
        Field("approval", "廃棄の決裁番号", required=True, hint="例 令和14年度 福第12号"),
        Field("number", "消すケースの受付番号（もう一度）", required=True, support="上の番号を、見ながら書き写してください。別のケースを消さないためです。"),
    ], _dispose, "廃棄しました。番号と日付だけの記録が残っています。", MANAGER, about=_about,
        support="承認すると、このケースの記録、人の名前・住所・連絡先を、すぐに消します。元に戻せません。ほかのケースで支援している人は残ります。"),
]  # fmt: skip
