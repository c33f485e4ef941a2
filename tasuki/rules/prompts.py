"""聞き取りの手がかり: what a worker outside their field does well to ask; a town rewrites it in its settings.

The questions are of this house, for the topics of the consultation sheet (様 F01). They are offered, never required.
"""

from collections.abc import Mapping, Sequence

SECTION = "prompts"
PROMPTS: Mapping[str, list[str]] = {
    "病気や健康・障害": [
        "かかっている病院と、最後に行った日",
        "飲んでいる薬は足りているか",
        "手帳や障害福祉サービスを使っているか",
    ],
    "住まい": ["持ち家か借家か、名義はだれか", "いつまで住めるか（立ち退き・契約の期限）", "今夜眠れる場所があるか"],
    "収入・生活費": [
        "手元にいくらあり、次の収入はいつか",
        "電気・ガス・水道は止まっていないか",
        "だれの収入で暮らしているか",
    ],
    "家賃やローンの支払い": [
        "何か月分たまっているか",
        "大家・保証会社・銀行と話したか",
        "裁判所からの書面が来ていないか",
    ],
    "税金や公共料金等の支払い": [
        "どこに、いくらたまっているか",
        "差し押さえの知らせが来ていないか",
        "分けて払う相談をしたか",
    ],
    "債務": ["何社から、いくらか", "取り立てで困っていないか", "家族の名前で借りていないか"],
    "仕事探し・就職": [
        "最後に働いたのはいつ、何をしていたか",
        "どんな働き方なら続けられそうか",
        "働くのを難しくしていること",
    ],
    "仕事上の不安やトラブル": [
        "いまも働いているか、休んでいるか",
        "職場のだれかに話したか",
        "体や眠りに出ていることはないか",
    ],
    "地域との関係": [
        "困っているのは本人か、まわりの人か",
        "いつから、どんな時に起きるか",
        "間に入ってくれる人がいるか",
    ],
    "家族との関係": [
        "いっしょに住んでいる人はだれか",
        "頼れる人、会っていない人はだれか",
        "家の中でこわい思いをしていないか",
    ],
    "子育て": ["子どもの年齢と、通っているところ", "世話を手伝う人がいるか", "親の眠りと食事はとれているか"],
    "介護": ["だれが、だれを介護しているか", "認定を受けているか、ケアマネジャーはいるか", "介護する人は休めているか"],
    "ひきこもり・不登校": [
        "いつから、何がきっかけだったか",
        "家の中で話せる人、できていること",
        "本人はどうしたいと言っているか",
    ],
    "DV・虐待": [
        "いま安全に話せる場所にいるか",
        "けがや、逃げる先があるか",
        "連絡してよい時間と方法（相手に知られない方法）",
    ],
    "食べるものがない": ["最後に食べたのはいつか", "いっしょに住む子どもや高齢の人がいるか", "火や水が使えるか"],
    "制度の狭間": [
        "これまで、どこに相談して何と言われたか",
        "本人がいちばん困っていること",
        "使えなかった制度と、その理由",
    ],
    "その他": ["本人がいちばん困っていること", "いつから続いているか", "これまでに試したこと"],
}


def prompts_for(topics: Sequence[str], own: Mapping[str, object]) -> list[tuple[str, list[str]]]:
    """Return (topic, questions) for the topics that have some; `own` is the town's section and goes before the house's."""
    whole = {**PROMPTS, **own}
    found = [(topic, whole.get(topic)) for topic in dict.fromkeys(topics)]
    return [(topic, [str(one) for one in asked]) for topic, asked in found if isinstance(asked, list) and asked]
