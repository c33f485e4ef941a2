"""A mother and child in hiding (T03, T04, T05): neither where they are nor that they are here is told by any door."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tasuki.ops.database import Server
from tasuki.rules.calendar import JST
from tests.web.conftest import STORY, Stage, open_stage, played_once
from tests.web.crawl import addresses, told

SUMMER = dt.datetime(2026, 6, 23, 9, 0, tzinfo=JST)
HIDING = STORY.with_name("T05.yaml")
HIDDEN = ("ひかげ町", "0000-4527", "00004527")
PROTECTS = "josei"
WATCHING = ("hub", "jutaku", "jiritsu2", "city", "admin", "priv")
NIGHTLY = os.environ.get("TASUKI_NIGHTLY") == "1"


@pytest.fixture(scope="session")
def hiding_played(server: Server, template: str, django_db_blocker: DjangoDbBlocker) -> str:
    """Play the story of the mother and child once for all workers."""
    return played_once(server, template, django_db_blocker, "template_hiding", HIDING)


@pytest.fixture
def hiding(server: Server, hiding_played: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """Give a copy of the played story, with people who have no part in it."""
    with open_stage(server, hiding_played, django_db_blocker) as stage:
        yield stage


def person(stage: Stage, name: str) -> UUID:
    """Return somebody by name."""
    return stage.id_of("SELECT id FROM records_person WHERE name = %s", name)


# Fault planted: sees_address() without the protection.
@pytest.mark.parametrize("who", WATCHING)
def test_a_protected_address_is_on_no_page_file_paper_or_header_of_anybody_else(hiding: Stage, who: str) -> None:
    client = hiding.browser(who, SUMMER)
    looked = [(address, *told(client, address)) for address in addresses(hiding, forms=99 if NIGHTLY else 1)]
    assert sum(status == 200 for _, status, _ in looked) > 15
    assert [address for address, _, said in looked if any(one in said for one in HIDDEN)] == []
    assert [address for address, status, _ in looked if status >= 500] == []


# Fault planted: sees_address() that lets nobody see a protected address.
def test_the_agency_that_protects_sees_it_on_the_page_and_in_no_file(hiding: Stage) -> None:
    client = hiding.browser(PROTECTS, SUMMER)
    mother = person(hiding, "月白瀬 さやこ")
    assert "ひかげ町" in told(client, f"/people/{mother}/")[1]
    for kind in ("csv", "xlsx"):
        assert not any(one in told(client, f"/households/export.{kind}")[1] for one in HIDDEN)


MOTHER = "月白瀬 さやこ"
ASKED = "/emergencies/open/"


def ways(stage: Stage) -> dict[str, str]:
    """Return the twelve ways in which somebody who looks for her could learn that she is here (T04)."""
    mother, husband = person(stage, MOTHER), person(stage, "月白瀬 隆造")
    case = stage.id_of("SELECT case_id FROM records_caseperson WHERE person_id = %s", mother)
    ids = {
        "referral": stage.id_of("SELECT id FROM records_referral LIMIT 1"),
        "plan": stage.id_of("SELECT id FROM records_plan LIMIT 1"),
        "consent": stage.id_of("SELECT id FROM records_consent WHERE person_id = %s", mother),
        "sitting": stage.id_of("SELECT id FROM records_sitting ORDER BY at LIMIT 1"),
        "his": stage.id_of("SELECT case_id FROM records_caseperson WHERE person_id = %s", husband),
    }
    return {
        "her page": f"/people/{mother}/", "the case": f"/cases/{case}/", "who sees what": f"/cases/{case}/sight/",
        "the sheet": f"/referrals/{ids['referral']}/sheet.pdf", "the plan": f"/plans/{ids['plan']}/plan.pdf",
        "the consent": f"/consents/{ids['consent']}/form.pdf", "the conference": f"/sittings/{ids['sitting']}/",
        "search by name": "/search/?q=月白瀬", "search by telephone": "/search/?q=4527",
        "suggestions": "/search/suggest/", "the list": "/households/?q=月白瀬&open=",
        "his own family's picture": f"/cases/{ids['his']}/",
    }  # fmt: skip


# Fault planted: the bar left out of grounds_of_person(), grounds_of_record() and grounds_of_case().
@pytest.mark.parametrize("who", ["jiritsu", "jiritsu2"])
def test_twelve_ways_to_find_her_find_nobody(hiding: Stage, who: str) -> None:
    # A consent that reaches the barred agency by mistake: only the bar hides her now, and it is stronger.
    hiding.run("DELETE FROM records_consentexclusion")
    hiding.run(
        "INSERT INTO records_consentreach SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'agency_id',"
        " j.id))).* FROM records_consentreach r JOIN records_agency h ON h.id = r.agency_id AND h.key = 'HUB', records_agency j"
        " WHERE j.key = 'JIRITSU'"
    )
    client = hiding.browser(who, SUMMER)
    client.defaults["HTTP_X_SOUGHT"] = urlencode({"kana": "ツキシロセ サ"})
    tried = ways(hiding)
    assert len(tried) == 12
    for way, address in tried.items():
        _, said = told(client, address)
        for word in ("さやこ", "サヤコ", "とわ", "トワ", *HIDDEN):
            assert word not in said, (way, word)


# Fault planted: break_glass() that refuses who is barred by another sentence.
def test_break_glass_answers_for_her_as_for_somebody_who_was_never_here(hiding: Stage) -> None:
    client = hiding.browser("jiritsu2", SUMMER)
    reason = "来所した方のご家族の無事を、いますぐ確かめなければならないため"
    said = []
    for name, born in ((MOTHER, "H5.8.30"), ("架空沢 いない", "H5.8.30")):
        answer = client.post(ASKED, {"name": name, "born": born, "reason": reason, "form_key": str(uuid4())})
        assert answer.status_code == 422
        said.append(plain(answer.content.decode().replace(name, "")))
    assert said[0] == said[1]


TOKENS = re.compile(r'[0-9a-f]{8}-[0-9a-f-]{27}|"[A-Za-z0-9]{64}"|受[0-9]+(?:-[0-9]+)+')


def plain(page: str) -> str:
    """Return a page without what differs by chance: ids, tokens, running numbers."""
    return TOKENS.sub("", page)


@pytest.fixture(scope="session")
def alone_played(
    server: Server, template: str, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Play the husband's part of the story alone: a town in which she never arrived."""
    his = ("key: X", "id: s2,", "id: sc2,", "of: X", "by: jiritsu2, do: pledge")
    lines = HIDING.read_text(encoding="utf-8").split("\n")
    kept = [one for one in lines if not one.startswith("  - {") or any(mark in one for mark in his)]
    kept.insert(kept.index("count:") + 1, "  - {fiscal_year: 2026, N01: 1}")
    story = tmp_path_factory.mktemp("alone") / "T05.yaml"
    story.write_text("\n".join(kept), encoding="utf-8")
    return played_once(server, template, django_db_blocker, "template_alone", story)


def test_a_town_with_her_and_one_without_look_the_same_to_who_may_not_know(
    server: Server, hiding_played: str, alone_played: str, django_db_blocker: DjangoDbBlocker
) -> None:
    looked = ("/", "/households/?open=", "/search/?q=月白瀬", "/search/?q=ツキシロセ", "/search/?q=4527", "/referrals/",
              "/search/suggest/", "/consultations/", "/conferences/", "/watches/", "/households/export.csv",
              "/provisions/", "/inquiries/ask/")  # fmt: skip
    seen: list[dict[str, str]] = []
    for name in (hiding_played, alone_played):
        with open_stage(server, name, django_db_blocker) as stage:
            client = stage.browser("jiritsu2", SUMMER)
            client.defaults["HTTP_X_SOUGHT"] = urlencode({"kana": "ツキシロセ"})
            seen.append({address: plain(told(client, address)[1]) for address in looked})
    for address in looked:
        assert seen[0][address] == seen[1][address], address
