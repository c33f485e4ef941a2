"""`tasuki first-administrator`: the first way into a town just loaded; everybody else is let in by that person on screen."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from tasuki.ops import Unfit
from tasuki.ops.database import city_name, city_server, disconnect

OWNER = "owner"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the town, the person's name and their login."""
    parser.add_argument("--municipality", metavar="KEY", required=True, help="自治体の記号")
    parser.add_argument("--name", required=True, help="氏名")
    parser.add_argument("--login", required=True, help="利用者ID（半角の英小文字と数字）。前に自治体の記号が付く")


def run(options: argparse.Namespace) -> int:
    """Make the person, their post and their account, and print what is handed over, once."""
    with city_server() as server:
        if city_name() not in server.names():
            raise Unfit("データベースがまだありません。先に tasuki migrate を実行してください。")
        server.point(city_name())
        try:
            handed = make(options.municipality, options.name.strip(), options.login.strip().lower())
        finally:
            disconnect()
    print(
        f"利用者ID　{handed.login}\nはじめてのパスワード　{handed.password}\n7日のうちに入り、自分のパスワードに変えてください。"
    )
    return 0


def make(key: str, name: str, login: str, now: dt.datetime | None = None) -> Any:
    """Let the first administrator of a town in. Raises Unfit where there is one already, or no such town."""
    from django.contrib.auth.hashers import make_password
    from django.db import transaction

    from tasuki.records.door import Handed, first_password
    from tasuki.records.models import Account, Municipality, Post, RoleName, Staff
    from tasuki.rules.sign_in import FIRST_PASSWORD, LOGIN_NAME

    moment = now or dt.datetime.now(dt.UTC)
    town = Municipality.objects.using(OWNER).filter(key=key).first()
    if town is None:
        raise Unfit(f"自治体「{key}」がありません。先に tasuki load-profile で読み込んでください。")
    if not name or not LOGIN_NAME.fullmatch(login):
        raise Unfit("氏名と、半角の英小文字・数字で2文字以上の利用者IDが要ります。")
    there = Post.objects.using(OWNER).filter(municipality=town, sets__contains=["ADMIN"], until=None)
    if there.exclude(staff__account=None).exists():
        raise Unfit(f"{town.name}には、もうシステム管理者がいます。その人が画面から利用者IDを作れます。")
    roles = list(RoleName.objects.using(OWNER).filter(municipality=town, sets__contains=["ADMIN"]).order_by("key")[:1])
    handed = Handed(name, f"{key}.{login}", first_password(), moment + FIRST_PASSWORD)
    with transaction.atomic(using=OWNER):
        account = Account.objects.using(OWNER).create(
            login=handed.login, name=name, password=make_password(handed.password), first_until=handed.until
        )
        staff = Staff.objects.using(OWNER).create(municipality=town, key=login, name=name, account=account.pk)
        Post.objects.using(OWNER).create(
            municipality=town, staff=staff, agency_id=_office(town), since=moment, roles=[one.key for one in roles],
            sets=sorted({"ADMIN", *(s for one in roles for s in one.sets)}),
        )  # fmt: skip
    return handed


def _office(town: Any) -> Any:
    from tasuki.records.models import Agency

    offices = Agency.objects.using(OWNER).filter(municipality=town)
    found = offices.filter(kind="CITY_OFFICE").first() or offices.filter(is_hub=True).order_by("key").first()
    if found is None:
        raise Unfit("本庁の課も多機関協働もないので、管理者の所属を決められません。設定ファイルを確かめてください。")
    return found.pk
