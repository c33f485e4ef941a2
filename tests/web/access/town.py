"""A town with hard data: a household of twelve with long names, two hundred entries, and something on every list."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.test import Client

from tasuki.actions import case, consent, consultation, person
from tasuki.rules.calendar import JST
from tests.web.conftest import Stage
from tests.web.crowd import as_staff, offered, received, watched
from tests.web.staff.door import person as person_at_the_door

SPRING = dt.datetime(2027, 3, 2, 10, 5, tzinfo=JST)
YEAR = dt.timedelta(days=400)
FAMILY: tuple[tuple[str, str, str, str, str, list[str]], ...] = (
    ("五百旗頭霞ヶ関 勘右衛門之助", "イオキベカスミガセキ カンエモンノスケ", "1931-02-03", "男", "祖父", ["要介護4", "寝たきり"]),
    ("五百旗頭霞ヶ関 ふじ江", "イオキベカスミガセキ フジエ", "1934-11-30", "女", "祖母", ["要支援2"]),
    ("五百旗頭霞ヶ関 龍之介", "イオキベカスミガセキ リュウノスケ", "1958-07-07", "男", "父", ["休職中"]),
    ("五百旗頭霞ヶ関 𠮷乃", "イオキベカスミガセキ ヨシノ", "1961-01-19", "女", "母", ["うつ・通院"]),
    ("五百旗頭霞ヶ関 髙志郎", "イオキベカスミガセキ コウシロウ", "1984-05-25", "男", "本人", ["ひきこもり 9年"]),
    ("OKTAVIARSA RATNA PUTRI WULANDARI", "オクタフィアルサ ラトナ プトリ ウランダリ", "1988-09-02", "女", "配偶者", ["日本語 少し"]),
    ("五百旗頭霞ヶ関 さくら子", "イオキベカスミガセキ サクラコ", "1986-03-08", "女", "長女", ["別の町から戻った"]),
    ("五百旗頭霞ヶ関 源太郎", "イオキベカスミガセキ ゲンタロウ", "2009-10-10", "男", "長男", ["不登校"]),
    ("五百旗頭霞ヶ関 美鈴", "イオキベカスミガセキ ミスズ", "2011-06-01", "女", "次女", []),
    ("五百旗頭霞ヶ関 ひかり", "イオキベカスミガセキ ヒカリ", "2014-12-24", "女", "三女", ["発達の相談"]),
    ("五百旗頭霞ヶ関 隼人", "イオキベカスミガセキ ハヤト", "2018-04-04", "男", "次男", []),
    ("五百旗頭霞ヶ関 湊", "イオキベカスミガセキ ミナト", "2026-08-20", "その他", "三男", ["生後6か月"]),
)  # fmt: skip
WORDS = (
    "電話。祖母が眠れていない。母は夕方に起きてくる。学校からの手紙は封を切らずに置いてあった。",
    "訪問。玄関先で30分。「役所に行くと怒られる気がする」。次は紙を1枚だけ持って行くことにした。",
    "家計の見通し。年金2人分と児童手当で足りない月が3つある。車は手放したくない、と父。",
    "通訳をまじえて面談。配偶者の在留の更新が来月。だれが書類をそろえるかを、その場で決めた。雪のあいだは迎えを出す。連絡は朝の8時台がよい。",
)
LONG_AGENCY = "特定非営利活動法人 訪問支援はまかぜ（霞浜市委託 アウトリーチ等を通じた継続的支援事業）"
STAFF = (("elsewhere", "JOSEI", ["DESK", "FIRST"]), ("heir", "HOU3", ["FIRST"]), ("admin", "CITY", ["ADMIN"]), ("mgr", "CITY", ["MGR"]), ("priv", "CITY", ["PRIV"]))  # fmt: skip


def plant(stage: Stage) -> None:
    """Put the hard data into a played T01: long names first, since everything below repeats them."""
    stage.run("UPDATE records_agency SET name = %s WHERE key = 'OUT'", LONG_AGENCY)
    for key, agency, sets in STAFF:
        stage.appoint(key, agency, sets)
    family, people = household_of_twelve()
    two_hundred(family, people)
    on_the_lists(stage)
    at_the_table(stage, family)
    behind_the_desk(stage)


def agency_id(stage: Stage, key: str) -> UUID:
    """Return an agency's id."""
    return stage.id_of("SELECT id FROM records_agency WHERE key = %s", key)


def send(client: Client, address: str, **values: Any) -> None:
    """Send a form that must succeed."""
    answer = client.post(address, {"form_key": str(uuid4()), **values})
    assert answer.status_code == 302, (address, answer.status_code, answer.content.decode()[-6000:])


def household_of_twelve() -> tuple[UUID, list[UUID]]:
    """Receive twelve people of one household at the desk of the west, a year ago; returns (case, people)."""
    then = SPRING - YEAR
    with transaction.atomic():
        by = as_staff("hou3", then)
        made: list[UUID] = []
        home = None
        for name, kana, born, sex, relation, labels in FAMILY:
            who = person.Identity(
                name=name, kana=kana, born=born, sex=sex, relation=relation, labels=labels, area="西圏域",
                address="霞浜市入江3丁目7番1号 入江ハイツ東棟1204号室", phone="090-0000-4120",
            )  # fmt: skip
            one = person.register_person(by=by, now=then, who=who, household=home)
            home, made = one.household_id, [*made, one.pk]
        heard = consultation.Reception(route="本人電話・メール", topics=["介護", "ひきこもり"], text=WORDS[0])
        record = consultation.receive(by=by, now=then, people=made, heard=heard).record
    assert record.case_id is not None
    with transaction.atomic():
        by = as_staff("hou3", then)
        consultation.screen(by=by, now=then, case=record.case_id, result="REFER", reason="ひとつの機関では足りない")
    return record.case_id, made


def two_hundred(family: UUID, people: list[UUID]) -> None:
    """Let everybody of the house consent, hand the case to the hub, and write two hundred entries of three agencies."""
    then = SPRING - YEAR + dt.timedelta(hours=2)
    with transaction.atomic():
        by = as_staff("hou3", then)
        from tasuki.records.models import Agency

        there = dict(Agency.objects.using("owner").filter(municipality_id=by.municipality).values_list("key", "pk"))
        reach = [there[key] for key in ("HUB", "HOU3", "JIRITSU", "OUT", "PAR")]
        form = consent.ConsentForm(to=reach, classes=["BASIC", "HEALTH", "FINANCE"], until=dt.date(2027, 12, 31))
        for one in people:
            consent.consent_get(by=by, now=then, person=one, form=form, case=family)
    for number in range(200):
        at = then + dt.timedelta(days=number * 1.98, hours=number % 5)
        with transaction.atomic():
            by = as_staff("hou3" if number % 5 else "hub" if number % 2 else "out", at)
            what = case.Note(
                text=WORDS[number % 4], fact="玄関の灯りはついていた" if number % 7 == 0 else "", method="訪問"
            )
            case.note(by=by, now=at, case=family, people=[people[number % 12]], what=what)


def on_the_lists(stage: Stage) -> None:
    """Put something on every list: つなぎ to answer and answered, watches late and quiet, resources, gaps, notices, drafts."""
    hou3, hub = stage.browser("hou3", SPRING), stage.browser("hub", SPRING)
    for number in range(6):
        at = SPRING - dt.timedelta(days=40 - number * 6, hours=3)
        received_case, who = received(number, at)
        if number % 2:
            offered(received_case, at + dt.timedelta(hours=1))
        watched(received_case, who, at, (7, 14, 30)[number % 3])
    guarded, who = received(7, SPRING - dt.timedelta(days=9))
    kikan = agency_id(stage, "KIKAN")
    send(hou3, f"/cases/{guarded}/protection/", people=who, tell_nothing=kikan, review_on="R9.6.1", text="避難している")
    send(hou3, f"/cases/{guarded}/bars/", people=who, agencies=kikan, text="本人の申し出")
    send(
        hou3,
        f"/cases/{guarded}/provisions/",
        people=who,
        to="霞浜地方裁判所",
        basis="民事訴訟法第226条",
        what="訪問した日の一覧",
    )
    long = "夕方から夜にかけて、幼い弟や妹の世話をしている子どもが、宿題をしたり温かいものを食べたりできる場所"
    send(hou3, "/gaps/register/", need=long, area="西圏域")
    send(hub, "/gaps/register/", need="通訳", area="東圏域")
    send(hub, "/resources/register/", name="入江の縁側（コミュニティ食堂・学習支援・フードパントリー）", kind="居場所", area="西圏域",
         slots="12", conditions="第2・第4土曜の10時から14時。車での送迎は相談のうえ", host="host")  # fmt: skip
    send(hou3, "/notices/leave/", text="川沿いの2軒、雨戸が3日開いていない", place="入江3丁目")
    hou3.post(
        "/drafts/?place=/consultations/new/", {"note": "電話の途中。母の声が小さい。折り返しは夕方", "kana": "いお"}
    )


def at_the_table(stage: Stage, family: UUID) -> None:
    """Call two sittings that have not been held: one by consent, one sealed with material asked for."""
    hub = stage.browser("hub", SPRING)
    case_id = stage.id_of("SELECT id FROM records_case WHERE hub_id IS NOT NULL ORDER BY opened_at LIMIT 1")
    seats = [agency_id(stage, key) for key in ("HOU3", "OUT")]
    staff = stage.column("SELECT id FROM records_staff WHERE key IN ('hou3', 'out')")
    people = stage.column("SELECT id FROM records_person WHERE household_id = (SELECT household_id FROM records_case WHERE id = %s)", case_id)  # fmt: skip
    for conference, basis, day in (("JUSO", "CONSENT", "R9.3.9 10:00"), ("SHIEN", "ARTICLE_106_6", "R9.3.10 13:30")):
        which = stage.id_of("SELECT id FROM records_conference WHERE key = %s", conference)
        values = {"conference": which, "at": day, "place": "市役所本庁舎3階 大会議室2（西側）", "basis": basis, "people": people,
                  "reason": "父の泊まりの回数を増やすか、娘さんの朝市の日を増やすか、どちらを先にするかを決めたい"}  # fmt: skip
        form = hub.get(f"/cases/{case_id}/agenda/").content.decode()
        kind = "情報共有・支援体制検討"
        assert kind in form
        invited = staff if f'value="{staff[0]}"' in form else seats
        send(hub, f"/cases/{case_id}/agenda/", kind=kind, invited=invited, **values)
    item = stage.id_of("SELECT i.id FROM records_agendaitem i JOIN records_sitting s ON s.id = i.sitting_id WHERE i.basis = 'ARTICLE_106_6' ORDER BY s.at DESC LIMIT 1")  # fmt: skip
    send(
        hub,
        f"/items/{item}/requests/",
        agency=agency_id(stage, "HOU3"),
        scope="この1年の受診のようす",
        reason="順番を決めるため",
    )


def behind_the_desk(stage: Stage) -> None:
    """Leave work for those who guard and run the town: an emergency, a copy for a person, a move, an account to make."""
    who = {"name": "潮騒原 源造", "born": "S17.9.14"}
    send(
        stage.browser("hou2", SPRING),
        "/emergencies/open/",
        **who,
        reason="倒れていて返事がない。救急隊が入口で待っている。",
    )
    priv = stage.browser("priv", SPRING)
    send(priv, "/packs/make/", **who, text="受付番号17。運転免許証で確かめた")
    over, _ = received(8, SPRING - dt.timedelta(days=30))
    said = "福祉用具の窓口を案内して足りた"
    send(stage.browser("hou3", SPRING), f"/cases/{over}/screening/", result="INFO_ONLY", reason=said)
    send(priv, f"/keepings/{over}/class/", **{"class": "CASE"})
    send(priv, f"/keepings/{over}/stays/", kind="DISCLOSURE_REQUEST", reason="開示請求 受付3号", since="R9.2.1")
    post = stage.value("SELECT p.id FROM records_post p JOIN records_staff s ON s.id = p.staff_id WHERE s.key = 'hou3' AND p.until IS NULL")  # fmt: skip
    admin, heir = stage.browser("admin", SPRING), stage.id_of("SELECT id FROM records_staff WHERE key = 'heir'")
    assert admin.post("/staff/", {"step": "one", "on": "R9.4.1", "post": post, "heir": heir}).status_code == 302
    person_at_the_door(stage, "hou2")
    lost = stage.id_of("SELECT id FROM records_staff WHERE key = 'hou2'")
    told = {"staff": lost, "what": "FACTORS", "reason": "端末を川に落とした。職員証で確かめた"}
    assert admin.post("/staff/resets/", told).status_code == 302
