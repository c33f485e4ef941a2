"""What each figure is called, what it counts, in which unit, and which causes stand before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One number of a figure: its key in the figure ("" for the figure itself), its word and its unit."""

    key: str
    word: str
    unit: str = "件"


@dataclass(frozen=True)
class Definition:
    """A figure: its code (domain 5), name, what exactly is counted, its numbers; `of` makes the first a share.

    `chain` are the counted causes that come before it: each a code and a key, from the need to the result.
    """

    code: str
    name: str
    counts: str
    parts: Sequence[Part]
    chain: Sequence[tuple[str, str, str]] = ()
    of: str = ""
    next_step: str = ""


_COUNT = (Part("", ""),)
DEFINITIONS = (
    Definition("N01", "新規相談受付", "受付日が年度内の受付。続いているケースへの重ねての相談は数えない。", _COUNT,
               next_step="受付が書かれているかを、窓口ごとに確かめる。"),
    Definition("N03", "相談・支援の延べ件数", "年度内に書かれた支援の記録を、種別ごとに数える。", (
        Part("DIRECT", "直接支援"), Part("BACKUP", "後方支援"), Part("LIAISON", "連絡調整"), Part("COMMUNITY", "地域・資源"),
    ), (("N01", "", "新しい相談を受けた"),), next_step="支援の記録が書かれているかを確かめる。"),
    Definition("N04", "多機関協働 新規受理", "多機関協働がつなぎを受けた（一緒に受けたを含む）日が年度内の件数。", _COUNT,
               (("N01", "", "新しい相談を受けた"),), next_step="窓口で、つなぐ目安と つなぐシートの出し方を確かめる。"),
    Definition("N05", "つなぎ元別の受理", "新規受理を、つないだ機関の分野ごとに分けたもの。", (
        Part("高齢", "高齢"), Part("障害", "障害"), Part("子ども", "子ども"), Part("困窮", "困窮"), Part("庁内", "庁内"), Part("その他", "その他"),
    ), (("N01", "", "新しい相談を受けた"), ("N04", "", "多機関協働が受けた"))),
    Definition("N06", "支援会議", "106条の6の議題が1つ以上ある会議を1回、その議題を1件、出た人を延べで数える。事務局は数えない。", (
        Part("meetings", "開催", "回"), Part("items", "事例"), Part("attendance", "出席者", "延べ人"),
    ), (("N01", "", "新しい相談を受けた"), ("N04", "", "多機関協働が受けた")), next_step="同意のない事例で止まっているものを、支援会議に諮れないか見る。"),
    Definition("N07", "重層的支援会議", "本人同意の議題（プラン、再プラン、終結評価、つなぎもどし）がある会議と、その議題を数える。", (
        Part("meetings", "開催", "回"), Part("items", "事例"), Part("plan", "うち初回プラン"), Part("replan", "うち再プラン"),
        Part("close", "うち終結評価"),
    ), (("N04", "", "多機関協働が受けた"), ("N09", "", "アセスメントをした")), next_step="プラン案を、次の会議の議題にのせる。"),
    Definition("N08", "プラン作成", "支援決定日が年度内のプラン。案は数えない。", (
        Part("first", "初回"), Part("replan", "再プラン"), Part("hub", "多機関協働"), Part("outreach", "アウトリーチ"),
        Part("participation", "参加支援"),
    ), (("N04", "", "多機関協働が受けた"), ("N09", "", "アセスメントをした"), ("N07", "items", "会議で扱った")),
        next_step="判断のあったプランの支援決定が済んでいるかを確かめる。"),
    Definition("N09", "直接アセスメント", "多機関協働の職員が自ら行ったアセスメントの記録。", _COUNT,
               (("N04", "", "多機関協働が受けた"),), next_step="受けたケースで、直接会って確かめたいことを決める。"),
    Definition("N10", "アウトリーチ", "対象者は年度内に始まったか訪問のあった人。応答は、ドア越し・会えた・断られたの訪問。", (
        Part("persons", "対象者", "人"), Part("visits", "訪問", "延べ回"), Part("responses", "応答のあった訪問", "回"),
    ), (("N04", "", "多機関協働が受けた"), ("N06", "items", "支援会議で扱った")), next_step="会えていない人の訪問を、だれが始めるか決める。"),
    Definition("N11", "アウトリーチからの同意", "アウトリーチの機関が年度内に得た本人同意。", (Part("consents", "同意"),),
               (("N10", "persons", "アウトリーチの対象になった"), ("N10", "visits", "訪問した"), ("N10", "responses", "応答があった"))),
    Definition("N12", "参加支援", "対象者は提案のあった人、成立は受け入れ先での開始、協力事業者は登録のある受け入れ先。", (
        Part("started", "マッチング成立"), Part("persons", "対象者", "人"), Part("hosts", "協力事業者", "か所"),
    ), (("N08", "first", "プランを決定した"), ("N12", "hosts", "受け入れ先がある"), ("N12", "persons", "提案した")),
        next_step="提案した人の見学・体験の日を決める。"),
    Definition("N13", "終結・つなぎもどし・中断", "年度内に終結・転出したケース、受けられたつなぎもどし、中断の記録。", (
        Part("closed", "終結"), Part("handed_back", "つなぎもどし"), Part("suspended", "中断"),
    ), (("N15", "", "多機関協働で続いている"), ("N07", "close", "終結評価を会議で扱った")), next_step="役割がすべて済んだケースの終結評価を、会議にのせる。"),
    Definition("N14", "再開", "終わったケースを開き直した件数。新規相談受付には数えない。", (Part("reopened", "再開"),),
               (("N13", "closed", "終結した"),)),
    Definition("N15", "継続", "年度の終わり（今年度はいま）に、多機関協働が受けたまま続いているケース。", _COUNT,
               (("N04", "", "多機関協働が受けた"),)),
    Definition("N16", "地域づくり", "年度内に登録された社会資源と、始めた資源開発。", (
        Part("resources", "新しい資源"), Part("projects", "資源開発"),
    ), (("K12", "gaps", "足りない資源の届けがあった"),), next_step="届けのあった「足りない資源」の担当を決める。"),
    Definition("N20", "機関どうしの助言", "年度内に、ほかの機関にたずねた助言。", (Part("advice", "助言"),)),
    Definition("N21", "見守り", "年度内に見守りのあった人、確認の記録、合図の記録。", (
        Part("checks", "確認", "回"), Part("persons", "見守り", "人"), Part("triggers", "合図", "回"),
    ), (("N21", "persons", "見守りをしている"),), next_step="当番に、連絡を書く場所を伝える。"),
    Definition("K5", "プランの目標に届いた", "評価した目標のうち、達成と一部達成の割合。", (
        Part("attained", "届いた目標"), Part("evaluated", "評価した目標"),
    ), (("N08", "first", "プランを決定した"), ("K5", "evaluated", "目標を評価した")), of="evaluated", next_step="期間の終わるプランの評価を書く。"),
    Definition("K6", "変化が見られた", "評価のうち「変化なし」以外の変化が1つ以上あったものの割合。", (
        Part("improved", "変化のあった評価"), Part("evaluations", "評価"),
    ), (("N08", "first", "プランを決定した"), ("K6", "evaluations", "評価をした")), of="evaluations", next_step="期間の終わるプランの評価を書く。"),
    Definition("K9", "終結後の主担当が決まった", "終結のうち、終わった後の主担当の機関が決まっているものの割合。", (
        Part("with_lead", "主担当のある終結"), Part("closings", "終結"),
    ), (("N15", "", "多機関協働で続いている"), ("K9", "closings", "終結した")), of="closings"),
    Definition("K12", "不足から生まれた資源", "年度内に登録され、「足りない資源」の届けから生まれた資源。", (
        Part("resources", "生まれた資源"), Part("gaps", "足りない資源の届け"),
    ), (("K12", "gaps", "足りない資源の届けがあった"), ("N16", "projects", "資源開発に進んだ")), next_step="届けの担当と期限を、次の会議で決める。"),
)  # fmt: skip
BY_CODE = {one.code: one for one in DEFINITIONS}
