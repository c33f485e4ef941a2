"""The pages of the relay: what they cost as records grow, what a hidden thing answers, what survives a mistake."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.test import Client

from tests.web.conftest import Stage


def _case(stage: Stage) -> object:
    return stage.id_of("SELECT id FROM records_case WHERE hub_id IS NOT NULL ORDER BY opened_at LIMIT 1")


def test_the_case_page_costs_the_same_when_the_records_grow(
    stage: Stage, statements: Callable[[Client, str], int]
) -> None:
    browser, address = stage.browser("hub"), f"/cases/{_case(stage)}/"
    before = statements(browser, address)
    stage.run(_copies(stage))
    assert statements(browser, address) == before


def _copies(stage: Stage) -> str:
    found = stage.value(
        "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns"
        " WHERE table_name = 'records_record' AND column_name <> 'id'"
    )
    return (
        f"INSERT INTO records_record (id, {found}) SELECT gen_random_uuid(), {found}"
        " FROM records_record, generate_series(1, 40) WHERE kind = 'NOTE'"
    )


def test_a_hidden_case_and_a_missing_one_answer_with_the_same_bytes(stage: Stage) -> None:
    who = stage.browser(str(_somebody_without_sight(stage)))
    hidden = who.get(f"/cases/{_case(stage)}/")
    missing = who.get(f"/cases/{uuid4()}/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def _somebody_without_sight(stage: Stage) -> object:
    return stage.value(
        "SELECT s.key FROM records_staff s JOIN records_post p ON p.staff_id = s.id JOIN records_agency g ON g.id = p.agency_id"
        " WHERE NOT EXISTS (SELECT FROM records_subject x WHERE x.agency_id = g.id)"
        " AND NOT EXISTS (SELECT FROM records_consentreach c WHERE c.agency_id = g.id)"
        " AND NOT EXISTS (SELECT FROM records_seat t WHERE t.staff_id = s.id) AND NOT 'CITY' = ANY(p.sets) ORDER BY s.key LIMIT 1"
    )


def test_without_a_session_every_page_leads_to_the_sign_in(stage: Stage) -> None:
    answer = Client().get("/households/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


def test_a_page_about_people_is_never_stored(stage: Stage) -> None:
    answer = stage.browser("hub").get(f"/cases/{_case(stage)}/")
    assert answer["Cache-Control"] == "no-store"
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_reading_a_case_leaves_a_footprint(stage: Stage) -> None:
    before = stage.value("SELECT count(*) FROM records_readline")
    stage.browser("hub").get(f"/cases/{_case(stage)}/")
    assert stage.value("SELECT count(*) FROM records_readline") == int(str(before)) + 1


def test_a_refused_form_keeps_what_was_typed(stage: Stage) -> None:
    browser = stage.browser("hub")
    answer = browser.post("/consultations/new/", {"note": "隣の家から水の音がずっとしている", "form_key": str(uuid4())})
    assert answer.status_code == 422
    assert "隣の家から水の音がずっとしている" in answer.content.decode()
    assert stage.value("SELECT count(*) FROM records_person WHERE name = '' AND kana = ''") == 0


def test_a_reception_sent_twice_is_received_once(stage: Stage) -> None:
    browser, key = stage.browser("hub"), str(uuid4())
    form = {"note": "電話", "topics": ["介護"], "route": "本人電話・メール", "kana": "ニジノ ハシ", "form_key": key}
    first, second = browser.post("/consultations/new/", form), browser.post("/consultations/new/", form)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert stage.value("SELECT count(*) FROM records_person WHERE kana = 'ニジノ ハシ'") == 1


def test_a_draft_is_kept_and_offered_again(stage: Stage) -> None:
    browser = stage.browser("hub")
    kept = browser.post("/drafts/?place=/consultations/new/", {"note": "書きかけの言葉が残る"})
    assert kept.status_code == 204
    assert "書きかけの言葉が残る" in browser.get("/consultations/new/").content.decode()
    assert "書きかけの言葉が残る" in browser.get("/").content.decode()


def test_two_people_who_correct_the_same_person_see_both_texts(stage: Stage) -> None:
    person = stage.id_of("SELECT person_id FROM records_caseperson WHERE case_id = %s LIMIT 1", _case(stage))
    address, form = f"/people/{person}/change/", {"version": "1", "reason": "聞き直した"}
    first, second = stage.browser("hub"), stage.browser("hub")
    assert first.post(address, {**form, "name": "先に 直した"}).status_code == 302
    answer = second.post(address, {**form, "name": "後から 直した"})
    assert answer.status_code == 409
    assert "先に 直した" in answer.content.decode()
    assert "後から 直した" in answer.content.decode()
    assert stage.value("SELECT name FROM records_person WHERE id = %s", person) == "先に 直した"


# Fault planted: every column written from the form, as it was: area, language and home empty after a corrected name.
def test_who_corrects_a_name_leaves_what_the_form_does_not_ask_as_it_is(stage: Stage) -> None:
    person = stage.id_of("SELECT person_id FROM records_caseperson WHERE case_id = %s LIMIT 1", _case(stage))
    stage.run(
        "UPDATE records_person SET area = '東圏域', language = 'ベトナム語', lives_with = false WHERE id = %s", person
    )
    answer = stage.browser("hub").post(
        f"/people/{person}/change/", {"version": "1", "name": "直した 名", "reason": "聞き直した"}
    )
    assert answer.status_code == 302
    question = "SELECT name || ' ' || area || ' ' || language || ' ' || lives_with FROM records_person WHERE id = %s"
    assert stage.value(question, person) == "直した 名 東圏域 ベトナム語 false"


# Fault planted: the reason asked by the browser alone; labels and sex drawn from the record.
def test_a_correction_without_its_reason_comes_back_as_it_was_typed(stage: Stage) -> None:
    person = stage.id_of("SELECT person_id FROM records_caseperson WHERE case_id = %s LIMIT 1", _case(stage))
    typed = {"version": "1", "name": "", "kana": "カナ ダケ", "sex": "その他", "labels": "杖\n眼鏡", "reason": " "}
    answer = stage.browser("hub").post(f"/people/{person}/change/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "理由を書いてください。" in page
    for words in ('name="name" value=""', "カナ ダケ", "<option selected>その他", "杖\n眼鏡"):
        assert words in page
