"""More households than a story has: each received, screened, some handed to the hub, some watched over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from tasuki.actions import consultation, person, referral, watch
from tasuki.records.asker import Asker, bind_rehearsal
from tasuki.records.models import Agency, Staff

NAMES = (
    ("雲居 たけ", "クモイ タケ"), ("夕凪坂 しのぶ", "ユウナギザカ シノブ"), ("白露野 かな江", "シラツユノ カナエ"), ("鉈目 﨑雄", "ナタメ サキオ"),
    ("𠮷霞 廉", "ヨシガスミ レン"), ("朧沢 澪", "オボロザワ ミオ"), ("縹沼 こずえ", "ハナダヌマ コズエ"), ("薄氷 剛", "ウスライ ツヨシ"),
    ("OKTAVIARSA RATNA PUTRI WULANDARI", "オクタフィアルサ ラトナ"), ("葛霞 さより", "クズガスミ サヨリ"),
)  # fmt: skip
AREAS = ("西圏域", "東圏域", "中央圏域")


def as_staff(key: str, now: dt.datetime) -> Asker:
    """Bind somebody of the town inside the running transaction."""
    who = Staff.objects.using("owner").get(key=key)
    by = bind_rehearsal(who.pk, now)
    assert by is not None
    return by


def received(number: int, now: dt.datetime, by: str = "hou3") -> tuple[UUID, UUID]:
    """Receive one household and screen it for the hub; returns (case, person)."""
    name, kana = NAMES[number % len(NAMES)]
    who = person.Identity(
        name=name, kana=kana, born=f"19{30 + number % 60}-0{1 + number % 9}-15", sex="女" if number % 2 else "男",
        area=AREAS[number % len(AREAS)], address=f"霞浜市凪町{number}番地", phone=f"090-0000-{number:04}",
    )  # fmt: skip
    with transaction.atomic():
        asker = as_staff(by, now)
        made = person.register_person(by=asker, now=now, who=who)
        heard = consultation.Reception(route="本人電話・メール", topics=["介護"], text="電話で相談があった")
        case = consultation.receive(by=asker, now=now, people=[made.pk], heard=heard).record.case_id
    assert case is not None
    with transaction.atomic():
        asker = as_staff(by, now)
        consultation.screen(by=asker, now=now, case=case, result="REFER", reason="ひとつの機関では足りない")
    return case, made.pk


def two_of_a_household(by: Asker, now: dt.datetime) -> tuple[UUID, UUID]:
    """Put a mother and her son on the register, at one address."""
    mother = person.Identity(name="雲居 たけ", kana="クモイ タケ", born="1943-05-02", address="霞浜市凪町1番地")
    son = person.Identity(name="雲居 渉", kana="クモイ ワタル", born="1972-08-09", relation="長男", labels=["夜勤明け"])
    first = person.register_person(by=by, now=now, who=mother)
    second = person.register_person(by=by, now=now, who=son, household=first.household_id)
    return first.pk, second.pk


def offered(case: UUID, now: dt.datetime, by: str = "hou3", to: str = "HUB", people: Sequence[UUID] = ()) -> UUID:
    """Offer a case to an agency without consent; returns the つなぎ."""
    with transaction.atomic():
        asker = as_staff(by, now)
        receiver = Agency.objects.using("owner").get(key=to, municipality_id=asker.municipality).pk
        sheet = referral.Sheet(
            wants="会議付議", tried="訪問3回。母は扉越し", text="窓口で2回。夜の世話と父の介護が重なる", basis="NO_CONSENT",
            no_consent_reason="働きかけ中", warm="CALLED",
        )  # fmt: skip
        return referral.refer(by=asker, now=now, case=case, to=receiver, sheet=sheet, people=people).pk


def watched(case: UUID, who: UUID, now: dt.datetime, every: int, by: str = "hou3") -> UUID:
    """Let the agency itself look in on somebody; returns the watch."""
    with transaction.atomic():
        asker = as_staff(by, now)
        return watch.watch(
            by=asker, now=now, people=[who], watchers=[asker.agency], every_days=every, triggers=["電話に出ない"],
            first_responder=asker.agency, case=case,
        ).pk  # fmt: skip
