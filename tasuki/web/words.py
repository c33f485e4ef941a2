"""Words of the screen: every refusal code its sentence, every state and code its label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tasuki.rules.refusal import Refusal

REFUSALS = {
    "NOT_YOUR_ROLE": "この操作は、いまの立場では受け持っていません。立場を選び直すか、受け持つ人に頼んでください。",
    "NOT_A_WRITER": "いまの立場では、ケースの記録を書けません。気づいたことは「気づき」として残せます。",
    "NO_GROUND": "この人の記録を見る根拠がありません。同意、つなぎ、会議の議題のどれかが要ります。",
    "NOT_TO_BE_KEPT": "短い欄（名前・続柄・電話など）に入りきらない長さの文があるか、文字として残せないものが混じっています。長い説明は本文に移して、もう一度保存してください。",
    "GOING_ON_WITHOUT_REASON": "続けるわけを、もう少し書いてください（5文字から）。",
    "NOBODY": "その人は見つかりません。",
    "NOBODY_NAMED": "だれのことかが書かれていません。名前が分からなくても、1人を選んでください。",
    "BAR_OF_NOBODY": "だれに見せないかが選ばれていません。機関か職員を、1つ以上選んでください。",
    "ROUTE_MISSING": "どうやって届いた相談かを選んでください。",
    "TOPIC_MISSING": "困りごとを1つ以上選んでください。どれにも当たらないときは「制度の狭間」を選べます。",
    "NO_SUCH_DAY": "「{day}」という日はありません。分からない月や日は 00 と書けます。",
    "CALL_UNSAID": "番号があります。電話をかけたのか、受けたのか、つながらなかったのかを選んでください。",
    "CALL_BY_OTHER_MEANS": "方法が「{method}」になっています。電話のことなら方法を「電話」にし、そうでなければ「電話ではない」を選んでください。",
    "NO_TELEPHONE_NUMBER": "「{number}」は電話番号として読めません。数字で書いてください（例 090-0000-0000）。",
    "NUMBER_PROTECTED": "支援措置で守られている人の記録には、電話番号を残せません。番号を空にして記録してください。",
    "KIN_WITH_ONESELF": "同じ人が2回選ばれています。だれとだれの間柄かを選び直してください。",
    "KIN_TO_COME": "これから先の日です。いまの間柄を、分かる日から書いてください。",
    "CUSTODY_ELSEWHERE": "親権は、夫・妻だった二人のどちらかにだけ書けます。間柄を選び直すか、親権を空にしてください。",
    "PARENTS_KNOWN": "この人の親は、もう2人書かれています。違うときは、先にその間柄を取り消してください。",
    "OWN_ANCESTOR": "子や孫にあたる人を、親にはできません。だれの何にあたるかを確かめてください。",
    "CHILD_BEFORE_PARENT": "親より先に生まれた子になります。向きか生年月日を確かめてください。",
    "LEAD_MISSING": "単独で対応するときは、主担当の機関を選んでください。",
    "REASON_MISSING": "理由を書いてください。",
    "LEAD_BY_REFERRAL": "たすきは、相手が受けるまで動きません。ほかの機関に主担当を頼むときは、振り分けのあとで「つなぐ」を使ってください。",
    "PAST_SCREENING": "多機関協働が受けたか、中断しているケースです。振り分けはやり直せません。",
    "ONLY_THE_HOLDER_SCREENS": "振り分けられるのは、いま たすきを持つ機関だけです。",
    "CASE_ENDED": "このケースは終わっています。続けるには、まず再開してください。",
    "CASE_ENDED_OR_SUSPENDED": "このケースは終わったか、中断しています。再開してからつなげます。",
    "BEFORE_SCREENING": "つなぐ前に、振り分けを記録してください。",
    "ONLY_THE_HOLDER_REFERS": "つなげるのは、いま たすきを持つ機関だけです。",
    "ONLY_THE_HOLDER_HANDS_BACK": "つなぎもどせるのは、多機関協働か、いま たすきを持つ機関だけです。",
    "REFERRAL_UNANSWERED": "答えの出ていないつなぎが1つあります。答えを待つか、取り下げてください。",
    "REFERRAL_TO_ONESELF": "自分の機関にはつなげません。つなぎ先を選び直してください。",
    "TRIED_AND_WANTS_MISSING": "これまでに試したことと、つなぎ先に求めることを書いてください。",
    "NO_CONSENT_WITHOUT_REASON": "同意のないつなぎには、理由が要ります。",
    "NO_CONSENT_ONLY_BY_ITEM": "この町では、同意のないつなぎは、支援会議（106条の6）の議題として行います。つなぎ先も入る支援会議にかけてください。",
    "CONSENT_DOES_NOT_REACH": "同意が、この機関に届いていません。同意を取るか、同意なしの理由を書いてください。",
    "CONTRACT_ENDED": "{name}は、委託の期間か在籍の期間が終わっています。ほかの機関を選んでください。",
    "CANNOT_BE_TOLD": "この機関には伝えられません。つなぎ先を選び直してください。",
    "NOT_THE_ADDRESSEE": "このつなぎに答えられるのは、宛先の機関だけです。",
    "ALREADY_ANSWERED": "このつなぎには、もう答えが出ています。",
    "NOT_THE_SENDER": "取り下げられるのは、つないだ機関だけです。",
    "DECLINE_WITHOUT_ADVICE": "戻すときは、助言、主担当の機関、様子をきく日の3つを書いてください。",
    "HAND_BACK_BEFORE_EVALUATION": "支援決定のあるケースは、評価（つなぎもどし）と会議の議題を先に終えてください。",
    "NOT_THE_DECIDER": "決定できるのは、市の支援決定権者だけです。受託者は決定しません。",
    "NOT_ACCEPTED_YET": "多機関協働が受けてから決定します。",
    "ONLY_THE_DECIDER_CLOSES": "終結は、市の支援決定権者が確定します。",
    "CLOSE_BEFORE_EVALUATION": "終結の前に、判定が「終結」の評価を書いてください。",
    "ROLES_UNFINISHED": "まだ「導入済」「中止」になっていない役割があります。",
    "CLOSING_ITEM_MISSING": "終結評価の議題を、先に会議で扱ってください。",
    "LEAD_AFTER_MISSING": "終結後の主担当とフォローの日、または主担当を置かない理由が要ります。",
    "NOTICE_TO_PERSON_MISSING": "本人へ知らせた日を書いてください。",
    "LEAD_CANNOT_HOLD": "選んだ主担当の機関には、このケースのたすきを渡せません。ほかの機関を選んでください。",
    "CHECK_EMPTY": "確かめて分かったことを書いてください。つながらなかったときは、そう書きます。",
    "CHECK_ASKS_FOR_THE_NEXT": "中断中の確認は、「中断中の確認」に分かったことと次に確かめる日を書くと済みます。",
    "DEATH_TO_COME": "これから先の日です。亡くなった日を確かめてください。",
    "DEAD_CONSENTS_NO_MORE": "亡くなった方の同意は、新しく受けられません。生前の同意は、そのままの範囲で続きます。",
    "NEXT_CHECK_MISSING": "次に確かめる日を書いてください。",
    "NOT_SUSPENDED": "このケースは中断していません。",
    "CASE_STILL_OPEN": "このケースは終わっていないので、再開は要りません。",
    "CONSENT_UNCHECKED": "再開のときは、同意がいまどうなっているかを選んでください。",
    "CONSENT_DOES_NOT_STAND": "続いている同意がありません。取り直すか「同意なし」を選んでください。",
    "CONSENT_NOT_RENEWED": "終わった後に取り直した同意がありません。",
    "FOLLOW_UP_BEFORE_END": "フォローは、終結かつなぎもどしの後に書きます。",
    "CONSENT_BEFORE_TRANSFER": "{name}さんの同意が、いまありません。先に同意を記録するか、書類に載せないで記録してください。",
    "BASIS_MISSING": "根拠（本人同意、または法令と条）を書いてください。",
    "DAY_IS_PAST": "その日はもう過ぎています。先の日を書いてください。",
    "GUEST_NOT_IN_OFFICE": "{name}さんは、招かれた機関にいまいません。招集し直してください。",
    "GUEST_BARRED": "{name}さんは、この議題に招けません。",
    "GUEST_NO_MEMBER": "{name}さんの機関は、この会議の構成員ではありません。",
    "PLEDGE_MISSING": "{name}さんは、その日に有効な守秘義務の誓約がありません。",
    "CONSENT_DOES_NOT_REACH_GUEST": "{name}さんの機関は、同意の範囲に入っていません。",
    "ROLE_MISSING": "{name}さんの機関は、プランに役割がありません。役割を加えるか、招かない会議にしてください。",
    "NO_CASE_CONFERENCE": "この会議では、個別の事例を扱いません。ケースの会議を選んでください。",
    "BASIS_NOT_ALLOWED": "この会議では、その根拠の議題を扱いません。",
    "PLAN_MISSING": "この議題には、プランを選んでください。",
    "ALREADY_HELD": "この会議の記録は、もう済んでいます。",
    "BEFORE_ITS_TIME": "まだ開催の時刻になっていません。",
    "NOT_INVITED": "{name}さんは、招かれていません。",
    "NO_PERSON_IN_MEETING": "この会議の記録には、人を結び付けられません。",
    "ASSESSMENT_MISSING": "プランの前に、アセスメント（課題と見立て）を書いてください。",
    "USE_UNDECIDED": "市の受理・利用決定を待っています。それまではアセスメントを進められます。",
    "DIRECTION_AND_GOALS_MISSING": "支援の方向性と、目標を1つ以上書いてください。",
    "REPLAN_BEFORE_EVALUATION": "再プランの前に、判定が「再プラン」の評価を書いてください。",
    "OTHER_PLAN": "この議題は、別のプランのものです。",
    "NOT_HELD_YET": "会議がまだ開かれていません。",
    "OPINION_MISSING": "再検討とするときは、何を直すかの意見を書いてください。",
    "QUORUM_MISSING": "この会議の定足数に足りません。出たのは{here}機関で、適切と判断するには{needed}機関が要ります。会議の記録はこのままで、判断は次の会議で行えます。",
    "QUORUM_NUMBER_MISSING": "定足数を数で決めるときは、機関の数（1以上）を書いてください。",
    "AGREEMENT_MISSING": "役割を持つ{name}の同意がそろっていません。",
    "PLAN_ALREADY_DECIDED": "このプランは、もう支援決定されています。",
    "NOT_JUDGED_YET": "会議での適切性の判断が、まだ記録されていません。",
    "APPLICATION_MISSING": "本人の申込日が書かれていません。",
    "NO_SUCH_ROLE": "その役割は、このプランにありません。",
    "NO_SUCH_GOAL": "その目標は、このプランにありません。",
    "PLAN_NOT_DECIDED": "このプランは、まだ支援決定されていません。",
    "NO_CASE": "この人の開いているケースがありません。先に受け付けてください。",
    "CANNOT_BE_ASKED": "この機関には頼めません。ほかの機関を選んでください。",
    "OWN_PURPOSE_IS_ONES_OWN": "自機関の目的で始められるのは、自分の機関の訪問だけです。",
    "NOT_INVITED_TO_ITEM": "その機関は、この議題に招かれていません。",
    "OUTREACH_NOT_STARTED": "この機関のアウトリーチが、まだ始まっていません。",
    "INTERVAL_MISSING": "何日ごとに見守るかを書いてください。",
    "SIGNAL_MISSING": "どの合図かを選んでください。当てはまるものがなければ「その他」を選び、見たことを書きます。",
    "SIGNAL_WITHOUT_WORDS": "「その他」のときは、何があったかを書いてください。",
    "TRIGGER_MISSING": "どうなったら動くか（合図）を1つ以上書いてください。",
    "WATCHER_WITHOUT_GROUND": "{name}には、この人を知る根拠がありません。同意を取るか、ほかの機関を選んでください。",
    "NO_WATCH": "見守りが始まっていません。",
    "NOT_ON_ROTA": "当番を引き継げるのは、この見守りの機関です。気づいたことは「連絡を書く」から書けます。",
    "TURN_IS_YOURS": "この当番は、もう自分の機関のものです。",
    "PLAN_WITHOUT_PARTICIPATION": "参加支援は、「参加支援 要」で支援決定されたプランがあるときに始められます。",
    "PROGRAMME_NOT_RUNNING": "この人の圏域では、参加支援事業がまだ始まっていません。始まりの日と圏域は「自治体のやり方」の「事業」で決めます。",
    "ADVICE_WITH_A_NAME": "同意のない人の名前を書いて相談することはできません。名前を出さずに相談してください。",
    "REASON_TOO_SHORT": "緊急閲覧の理由を{length}字以上で書いてください。",
    "SAME_REASON_AGAIN": "2度目の緊急閲覧には、新しい理由が要ります。",
    "ALREADY_REVIEWED": "この緊急閲覧は、もう審査されています。",
    "OWN_OPENING": "自分が開いた緊急閲覧は、ほかの個人情報保護担当が審査します。",
    "GUARDED_PERSON": "守られている人の記録は、写しに入れられません。",
    "ALREADY_LIFTED": "この制限・措置は、もう終わっています。",
    "PROXY_NOT_ALLOWED": "この人は、代わりに同意することができません。ほかの人か、本人の同意を確かめてください。",
    "ACCOUNT_THERE": "この人には、もう利用者IDがあります。パスワードを忘れたときは「認証と利用停止」から、やり直しを頼めます。",
    "LOGIN_UNFIT": "利用者IDは、半角の英小文字・数字・点・下線・横線で、2文字から40文字までです。",
    "LOGIN_TAKEN": "その利用者IDは、もう使われています。別のものを書いてください。",
    "SECOND_NOT_CONFIRMED": "確かめた人のパスワードが合いません。その人が、自分のパスワードを入れてください。",
    "SAME_PERSON": "同じ人どうしは結べません。",
    "ONE_HOUSEHOLD_ALREADY": "この2人は、もう同じ世帯です。",
    "SECOND_CHECK_MISSING": "もう1人の確かめが要ります。確かめた人を選んでください。",
    "SUCCESSOR_MISSING": "担当している開いたケースが{count}件あります。引き継ぐ人を選んでください。",
    "ROLE_IN_USE": "この役割の人が{count}人います。先に「職員と在籍」で、別の役割に直してください。",
    "HUB_ONLY_SCOPE": "「多機関協働かぎり」は、多機関協働の職員だけが書けます。",
    "REASON_AND_TEXT_MISSING": "正しい記載と、直す理由を書いてください。",
    "CONSENT_WITHOUT_REACH": "同意の宛先と、情報の種類を1つ以上選んでください。",
    "NAME_MISSING": "名前を書いてください。",
    "INQUIRY_EMPTY": "だれのことを問い合わせるか、分かっていることを書いてください。",
    "NO_HUB": "この町には、問い合わせる先の多機関協働がまだありません。",
    "NEED_MISSING": "何が足りないかを書いてください。",
    "NOT_YOUR_TASK": "この約束をした機関だけが、済ませたことにできます。",
    "ALREADY_DONE": "この約束は、もう済んでいます。",
    "REQUEST_ONLY_FOR_SEALED_ITEM": "資料の依頼（106条の6第3項）ができるのは、支援会議の議題だけです。同意の議題では、同意の範囲で頼んでください。",
    "REQUEST_SCOPE_MISSING": "頼むものと、議題に要る理由を書いてください。",
    "REQUEST_ALREADY_ANSWERED": "この依頼には、もう答えています。",
    "ANSWER_EMPTY": "回答を書くか、資料にする記録を選んでください。",
    "ONLY_FROM_A_SEALED_ITEM": "まとめを残して同意に移すのは、支援会議（106条の6）の議題だけです。",
    "CONSENT_BEFORE_SUMMARY": "{name}さんの同意が、この機関にまだ届いていません。同意を受けてから、まとめを残せます。",
    "SUMMARY_MISSING": "ケースチームに伝えるまとめを書いてください。",
    "VERDICT_MISSING": "審査の結果を選んでください。",
    "LAST_FACTOR": "2つ目の認証は、1つは残しておきます。先に別のものを足してください。",
    "CODE_WRONG": "番号が合いません。アプリにいま出ている番号を入れてください。スマートフォンの時計も確かめてください。",
    "PASSKEY_WRONG": "このパスキーは足せませんでした。もう一度試すか、別の端末を使ってください。",
    "PASSWORDS_DIFFER": "2つの欄のパスワードが違います。もう一度、同じものを入れてください。",
    "PASSWORD_TOO_LONG": "パスワードは{length}文字までです。短くしてください。",
    "PASSWORD_TOO_SHORT": "パスワードは{length}文字以上にしてください。",
    "PASSWORD_TOO_KNOWN": "よく使われる言葉か、利用者IDを含むパスワードです。ほかのものにしてください。",
    "ALREADY_DONE_RESET": "このやり直しは、もう済んでいます。",
    "MOVE_ALREADY_PLANNED": "この在籍の異動は、もう入っています。変えるときは、先に取り消してください。",
    "MOVE_ALREADY_DONE": "この異動は、もう行われています。戻すときは、新しい異動を入れてください。",
    "SUCCESSOR_NOT_IN_OFFICE": "引き継ぐ人は、その日に在籍していません。別の人を選ぶか、先にその人の異動を入れてください。",
    "CASE_ARCHIVED": "このケースは保存に移っています。続きの相談は、新しく受け付けてください。",
    "CASE_STILL_OPEN_TO_KEEP": "このケースは、まだ終わっていません。",
    "ALREADY_ARCHIVED": "このケースは、もう保存に移っています。",
    "ALREADY_DISPOSED": "このケースは、もう廃棄されています。",
    "NO_SUCH_RETENTION_CLASS": "その保存区分は、いまの設定にありません。「設定」の「保存の年数」を確かめてください。",
    "RETENTION_CLASS_MISSING": "先に、保存区分を決めてください。",
    "STAYED": "保全か開示請求で止めてあります。止めた理由が済んでから、止めを外してください。",
    "REMAINS_TASK": "済んでいない約束（フォローなど）が残っています。担当の機関が済ませてから移せます。",
    "REMAINS_WATCH": "見守りが続いています。見守りが終わってから移せます。",
    "REMAINS_STRAND": "アウトリーチか参加支援が続いています。終わってから移せます。",
    "REMAINS_REFERRAL": "答えの出ていないつなぎがあります。答えが出てから移せます。",
    "REMAINS_SITTING": "招集された会議の議題に載っています。会議が済んでから移せます。",
    "REMAINS_REQUEST": "答えの出ていない資料の依頼（106条の6）があります。答えが出てから移せます。",
    "REMAINS_MATCH": "参加支援の受け入れが続いています。終わってから移せます。",
    "REMAINS_PROTECTION": "支援措置のかかっている人がいます。掛けた機関が終えてから移せます。",
    "STAY_DAY_TO_COME": "止める日は、今日か、過ぎた日を書いてください。",
    "STAY_LIFTED": "この止めは、もう外されています。",
    "NOT_ARCHIVED": "廃棄を起案できるのは、保存に移したケースだけです。",
    "MANY_EXPORTS": "作っているファイルとまだ受け取っていないファイルが{most}つあります。要らないものを「取り出したファイル」で消すか、受け取ってから、もう一度押してください。",
    "STILL_TO_BE_KEPT": "このケースは{day}まで保存します。廃棄を起案できるのは、その翌日からです。",
    "ALREADY_PROPOSED": "このケースの廃棄は、もう起案されています。承認を待っています。",
    "NOT_PROPOSED": "このケースの廃棄は、起案されていません。",
    "APPROVED_BY_THE_PROPOSER": "起案した人は、承認できません。もう1人の事業管理者が承認してください。",
    "APPROVAL_NUMBER_MISSING": "廃棄の決裁番号を書いてください。",
    "NUMBER_DIFFERS": "受付番号が合いません。消すケースの受付番号を、もう一度確かめて書いてください。",
    "PROVISION_INCOMPLETE": "提供先、根拠となる法令と条、提供した内容を書いてください。",
}  # fmt: skip

_NAMES = {
    "name": "その機関",
    "day": "その日",
    "length": "20",
    "most": "5",
    "count": "",
    "method": "ほかの方法",
    "number": "この文字",
    "here": "一部の",
    "needed": "もっと多くの",
}

STATES = {
    "INTAKE": "受付", "SCREENED": "振り分け済", "SINGLE": "単独対応", "NETWORK": "連携対応", "WATCH": "見守り",
    "REFERRED": "つなぎ中", "HUB_ACCEPTED": "多機関受理", "ASSESSING": "アセスメント", "PLAN_DRAFT": "プラン案",
    "IN_CONFERENCE": "会議付議", "PLAN_DECIDED": "支援決定", "SUPPORTING": "支援実施", "MONITORING": "モニタリング",
    "EVALUATING": "評価", "SUSPENDED": "中断", "REOPENED": "再開", "ENDED": "受付で終了", "RETURNED": "つなぎもどし",
    "CLOSED": "終結", "ARCHIVED": "保存中", "DISPOSED": "廃棄済", "OUTREACH_PRE": "同意前アウトリーチ",
}  # fmt: skip
CLOCKS = {
    "ANSWER": "つなぎに答える", "FIRST_ACTION": "はじめの一手", "SCREENING": "振り分け", "DRAFT_PLAN": "プラン案を作る",
    "MONITORING": "モニタリング", "PLAN_END": "プランの終わり（評価）",
}  # fmt: skip
STAGES = {
    "UNCLASSED": "区分を決める", "CLASSED": "保存に移すのを待つ", "KEPT": "保存中", "DUE": "保存期間が終わった", "PROPOSED": "廃棄の承認を待つ",
    "GONE": "廃棄済",
}  # fmt: skip
REMAINS = {
    "": "なし", "TASK": "済んでいない約束", "WATCH": "見守り", "STRAND": "アウトリーチか参加支援", "REFERRAL": "答え待ちのつなぎ",
    "SITTING": "招集された会議の議題", "REQUEST": "答え待ちの資料の依頼", "MATCH": "参加支援の受け入れ", "PROTECTION": "支援措置",
}  # fmt: skip
STAYS = {"PRESERVATION": "保全（訴訟・監査・調査など）", "DISCLOSURE_REQUEST": "開示請求"}
REFERRAL_STATES = {
    "OFFERED": "答え待ち", "ACCEPTED": "受けた", "JOINED": "一緒に受けた", "DECLINED": "戻した", "WITHDRAWN": "取り下げ",
}  # fmt: skip
SCREENINGS = {
    "SINGLE": "単独機関で対応", "NETWORK": "複数機関で連携", "REFER": "つなぐ（多機関協働など）", "OUTREACH": "アウトリーチ先行",
    "WATCH": "見守り", "INFO_ONLY": "情報提供で終わる", "DROPPED": "判断前に途切れた",
}  # fmt: skip
KINDS = {
    "NOTICE": "気づき", "RECEIVE": "受付", "SCREENING": "振り分け", "ASSESSMENT": "アセスメント", "NOTE": "記録",
    "AMENDMENT": "訂正", "CONSENT": "同意", "REFUSAL": "同意の拒否", "WITHDRAWAL": "同意の撤回", "REFERRAL": "つなぎ",
    "HAND_BACK": "つなぎもどし", "ANSWER": "つなぎの答え", "USE_DECISION": "受理・利用決定", "OUTREACH": "アウトリーチ開始",
    "VISIT": "訪問", "SUMMONS": "招集", "SITTING": "会議", "SUMMARY": "会議のまとめ", "PLAN": "プラン案", "JUDGEMENT": "適切性の判断",
    "DECISION": "支援決定", "PROGRESS": "役割の進み", "MONITORING": "モニタリング", "EVALUATION": "評価", "CLOSING": "終結",
    "SUSPENSION": "中断", "RESUMPTION": "中断からの再開", "REOPENING": "再開", "FOLLOW_UP": "フォロー", "TRANSFER": "転出",
    "DEATH": "死亡", "WATCH": "見守り開始", "WATCH_CHECK": "見守り確認", "WATCH_TRIGGER": "見守り発動",
    "PARTICIPATION": "参加支援", "ADVICE": "助言", "BREAK_GLASS": "緊急閲覧", "REVIEW": "緊急閲覧の審査",
    "PROVISION": "外部提供", "DISCLOSURE": "開示", "PROTECTION": "支援措置", "BAR": "閲覧制限", "LINK": "名寄せ",
    "UNLINK": "名寄せの取消", "HOUSEHOLD": "世帯の変更", "KINSHIP": "間柄", "MEETING": "会議",
}  # fmt: skip
CLASSES = {
    "BASIC": "基本", "HEALTH": "健康", "DISABILITY": "障害", "FINANCE": "経済", "WORK_EDUCATION": "就労・教育",
    "FAMILY": "家族", "CRIME": "犯罪", "DV": "DV", "CHILD_PROTECTION": "児童保護",
}  # fmt: skip
KIN = {
    "PARENT": "親子", "ADOPTER": "養親子", "TWIN": "双子", "MARRIED": "婚姻", "COMMON_LAW": "内縁", "APART": "別居", "DIVORCED": "離婚",
    "CLOSE": "親密", "DISTANT": "疎遠", "CONFLICT": "対立", "CUT_OFF": "断絶", "ABUSE": "虐待", "NONE": "取り消し",
}  # fmt: skip
SCOPES = {"CASE_TEAM": "ケースチーム", "OWN_AGENCY": "自機関かぎり", "HUB_ONLY": "多機関協働かぎり"}
BASES = {
    "CONSENT": "本人同意", "NO_CONSENT": "同意なし", "ARTICLE_106_6": "支援会議 106条の6", "OWN_PURPOSE": "自機関の目的",
    "NONE": "個人情報なし",
}  # fmt: skip
WARM = {"SENT": "送った", "CALLED": "電話した", "ACCOMPANIED": "同席した"}
VISITS = {
    "ABSENT": "不在", "LETTER": "手紙", "THROUGH_DOOR": "ドア越し", "MET": "会えた", "REFUSED": "断られた",
}  # fmt: skip
ROLE_STATES = {"NOT_STARTED": "未着手", "UNDER_WAY": "実施中", "INTRODUCED": "導入済", "STOPPED": "中止"}
PLAN_KINDS = {"HUB": "多機関協働", "OUTREACH": "アウトリーチ", "PARTICIPATION": "参加支援"}
PLAN_STATES = {"DRAFT": "案", "JUDGED": "適切と判断", "DECIDED": "支援決定", "ENDED": "終わった版"}
QUORUMS = {
    "MORE_THAN_HALF": "過半数", "HALF": "2分の1以上", "TWO_THIRDS": "3分の2以上", "THREE_QUARTERS": "4分の3以上", "ALL": "すべて",
    "NUMBER": "数で決める",
}  # fmt: skip
QUORUM_OF = {"MEMBERS": "構成機関（会議の全体で）", "INVITED": "その議題に招いた機関"}
JUDGEMENTS = {"SUITABLE": "適切", "SUITABLE_WITH_CHANGES": "修正の上適切", "RECONSIDER": "再検討"}
VERDICTS = {
    "CLOSE": "終結", "REPLAN": "再プラン（継続）", "SUSPEND": "中断", "HAND_BACK": "つなぎもどし", "WATCH": "見守りへ移行",
}  # fmt: skip
CALLS = {"MADE": "かけた", "TAKEN": "受けた", "UNANSWERED": "かけたが、つながらなかった"}
NOTE_KINDS = {"DIRECT": "直接支援", "BACKUP": "後方支援", "LIAISON": "連絡調整", "COMMUNITY": "地域・資源"}
STEPS = {
    "propose_match": "提案", "visit_host": "見学", "trial": "体験", "start_participation": "開始", "retain": "定着支援",
    "end_participation": "終了", "host_follow_up": "受け入れ先のフォロー",
}  # fmt: skip
HOLDING_REASONS = {
    "RECEIVED": "受付", "SCREENED": "振り分け", "ACCEPTED": "つなぎを受けた", "HANDED_BACK": "つなぎもどし",
    "DECIDED": "支援決定", "CLOSED": "終結後の主担当", "REOPENED": "再開", "CONTRACT_ENDED": "委託の終わり",
}  # fmt: skip


def sentence(found: Refusal) -> str:
    """Say why an act is refused, in a sentence that also says what can be done."""
    return REFUSALS[found.code].format_map({**_NAMES, **found.facts})


def refused_page(found: Refusal, path: str) -> dict[str, Any]:
    """Give the values of the page that says a refusal outside a form."""
    return {"title": "いまは行えません", "why": sentence(found), "code": found.code, "back": path}


def household(names: Sequence[str]) -> str:
    """Say a household by its people, the family's name once: 「雲居 たけ・渉」; after four 「ほか」."""
    said = [name or "名前不明" for name in names]
    family = said[0].split(" ")[0] if said else ""
    rest = [name.removeprefix(f"{family} ") for name in said[1:4]]
    return "・".join([*said[:1], *rest]) + (" ほか" if len(said) > 4 else "")


def choices(labels: dict[str, str]) -> list[tuple[str, str]]:
    """Give (code, label) pairs for a form."""
    return list(labels.items())
