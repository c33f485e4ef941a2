"""The page for the minutes in which the database does not answer: what was typed comes back, and to nobody else."""

from __future__ import annotations

from html import unescape

from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from tasuki.web.away import away

LONG = '\n朝から電話に出ない。</textarea><script>alert("x")</script>\nとなりの方が気にしている。'
FORM = {
    "text": LONG,
    "place": "下谷",
    "form_key": "k-1",
    "password": "himitsu1",
    "new_password": "himitsu2",
    "code": "123456",
}


def posted(address: str = "/notices/leave/?a=1", **headers: str) -> HttpResponse:
    return away(RequestFactory(headers=headers).post(address, FORM), OperationalError())


# Faults planted: the newest line of a textarea lost; the key not given back; safe text.
def test_what_was_typed_comes_back_ready_to_be_sent_again() -> None:
    answer = posted()
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "10", "no-store")
    assert 'action="/notices/leave/?a=1"' in page
    assert '<input type="hidden" name="form_key" value="k-1">' in page
    assert '<input type="hidden" name="place" value="下谷">' in page
    assert unescape(page.split('rows="8">\n')[1].split("</textarea>")[0]) == LONG
    assert "<script>alert" not in page
    assert 'name="csrfmiddlewaretoken"' in page


# Fault planted: NEVER_SHOWN empty.
def test_no_secret_comes_back() -> None:
    page = posted().content.decode()
    for secret in ("himitsu1", "himitsu2", "123456"):
        assert secret not in page


# Fault planted: from_here() left out.
def test_a_form_of_another_site_does_not_come_back_as_ours() -> None:
    for headers in ({"Origin": "http://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        page = posted(**headers).content.decode()
        assert "朝から" not in page
        assert "<form" not in page


# Fault planted: the path as it came.
def test_the_form_goes_to_this_house_whatever_the_address() -> None:
    request = RequestFactory().post("/x/", FORM)
    request.path = "//elsewhere.example/x/"  # as a browser may ask for it: a form that went there would leave the house
    page = away(request, OperationalError()).content.decode()
    assert 'action="/%2Felsewhere.example/x/"' in page


def test_who_only_looked_is_told_to_look_again() -> None:
    page = away(RequestFactory().get("/cases/?q=1"), OperationalError()).content.decode()
    assert 'href="/cases/?q=1"' in page
    assert "何も失われていません" in page


# Faults planted: a form of short fields told that what it held stands below; the title of a form on a page that was only looked at.
def test_the_page_says_what_it_keeps() -> None:
    assert "書いたものは下にあります" in posted().content.decode()
    short = RequestFactory().post("/tasks/1/done/", {"result": "済"})
    page = away(short, OperationalError()).content.decode()
    assert "書いたものと選んだものは、この画面に残っています" in page
    assert "下にあります" not in page
    assert '<h1 tabindex="-1" data-focus>いまは保存できません</h1>' in page
    looked = away(RequestFactory().get("/cases/"), OperationalError()).content.decode()
    assert '<h1 tabindex="-1" data-focus>いまは開けません</h1>' in looked
    assert "保存できません" not in looked
