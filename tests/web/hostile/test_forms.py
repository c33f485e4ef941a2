"""T21: no form answers nonsense with a fault, with silence or with half an act, and what was typed comes back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from random import Random
from uuid import UUID

import pytest
from django.test import Client

from tasuki.web.act.catalogue import ACTS
from tests.web.hostile.conftest import Ground, settled
from tests.web.hostile.forms import Field, Form, forms
from tests.web.hostile.nasty import NIL, OF_THE_HOUSE, VALUES, Sent, bodies, many_wrong, one_wrong
from tests.web.test_acts import places
from tests.web.test_routes import TABLE

NIGHTLY = os.environ.get("TASUKI_NIGHTLY") == "1"
SEED = os.environ.get("TASUKI_SEED", "21")
FIELDS, TOGETHER, SHAPES = (120, 40, 99) if NIGHTLY else (2, 1, 1)


def told(form: Form, name: str) -> Iterator[Sent]:
    """Give what is sent to one form: a nasty value in each field, nasty values together, bodies that are no form."""
    chance = Random(f"{SEED} {name}")

    def key() -> str:
        return str(UUID(int=chance.getrandbits(128)))

    singles = [(one, nasty) for one in form.fields.values() if one.name not in OF_THE_HOUSE for nasty in VALUES]
    for one, nasty in some(chance, singles, FIELDS):
        yield one_wrong(form, chance, one, nasty, key())
    for _ in range(TOGETHER):
        yield many_wrong(form, chance, key())
    yield from some(chance, list(bodies(form, chance, key())), SHAPES)


def some[T](chance: Random, found: list[T], count: int) -> list[T]:
    """Choose so many by chance, or all when there are fewer."""
    return chance.sample(found, min(count, len(found)))


def opened(client: Client, address: str) -> list[Form]:
    """Return the forms of a page."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return forms(answer.content.decode())


# Faults planted: no handler400 → 400 in English; a refused act not taken back → the form's key stays
# written; the form drawn without what was typed; the offers of a field not asked when it is read → a word that no choice offers is taken.
@pytest.mark.parametrize("key", ACTS, ids=":".join)
def test_an_act_answers_whatever_is_sent_with_a_sentence(
    ground: Ground, acts: dict[tuple[str, str], tuple[str, str]], key: tuple[str, str]
) -> None:
    who, address = acts[key]
    client = ground.browser(who)
    form = next(one for one in opened(client, address) if "form_key" in one.fields)
    wrong = [said for sent in told(form, ":".join(key)) for said in ground.send(client, address, sent)]
    assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="module")
def acts(ground: Ground) -> dict[tuple[str, str], tuple[str, str]]:
    """Give for each act who may use it, and where; what it needs is there."""
    found = places(ground.stage)
    settled(ground)
    return found


# Where each other form stands, and who may send it; behind it the names of fields that its page shows to a script only.
OTHERS = {
    "/account/elsewhere/": ("hub", "/account/elsewhere/", ""),
    "/account/factors/<uuid:factor>/removal/": ("hub", f"/account/factors/{NIL}/removal/", ""),
    "/account/passkeys/": ("hub", "/account/passkeys/", "credential name label"),
    "/account/passkeys/options/": ("hub", "/account/passkeys/options/", "name"),
    "/account/password/": ("hub", "/account/password/", "old new again"),
    "/account/proof/": ("hub", "/account/proof/", "password code next"),
    "/account/recovery/": ("hub", "/account/recovery/", ""),
    "/account/totp/": ("hub", "/account/totp/", ""),
    "/consultations/new/": ("hub", "/consultations/new/", "person topics inquiry"),
    "/drafts/": ("hub", "/drafts/?place=/notices/leave/", "text place people"),
    "/drafts/<uuid:draft_id>/removal/": ("hub", f"/drafts/{NIL}/removal/", ""),
    "/exports/": ("hub", "/exports/", "form_key asked"),
    "/exports/<uuid:export_id>/end/": ("hub", f"/exports/{NIL}/end/", ""),
    "/moves/<uuid:move_id>/withdrawal/": ("admin", f"/moves/{NIL}/withdrawal/", ""),
    "/people/<uuid:person_id>/change/": ("hub", "/people/{person}/change/", ""),
    "/posts/": ("hub", "/posts/?next=/", "post next"),
    "/posts/secrecy/": ("hub", "/posts/secrecy/?next=/", "next"),
    "/reads/go-on/": ("hub", "/reads/go-on/", "reason next"),
    "/session/kept/": ("hub", "/session/kept/", ""),
    "/settings/<slug:key>/<str:row>/": ("admin", "/settings/agencies/new/", ""),
    "/settings/<slug:key>/<uuid:row>/end/": ("admin", "/settings/agencies/{agency}/end/", ""),
    "/settings/<slug:key>/change/": ("admin", "/settings/clocks/", ""),
    "/sign-in/": ("hub", "/sign-in/", ""),
    "/sign-in/passkey/": ("hub", "/sign-in/passkey/", "credential next"),
    "/sign-in/passkey/options/": ("hub", "/sign-in/passkey/options/", "login"),
    "/sign-in/second/": ("hub", "/sign-in/second/", "code next"),
    "/sign-out/": ("hub", "/sign-out/", ""),
    "/sittings/<uuid:sitting_id>/": ("hub", "/sittings/{sitting}/", ""),
    "/sought/": ("hub", "/sought/", "to q"),
    "/staff/": ("admin", "/staff/", "text"),
    "/staff/accounts/": ("admin", "/staff/accounts/", "login name staff post"),
    "/staff/closing/": ("admin", "/staff/closing/", "account staff reason"),
    "/staff/resets/": ("admin", "/staff/resets/", "account reason staff"),
    "/staff/resets/<uuid:reset_id>/agreement/": ("admin", f"/staff/resets/{NIL}/agreement/", "reason"),
}  # fmt: skip
ALONE = {"person": "SELECT id FROM records_person ORDER BY born LIMIT 1", "agency": "SELECT id FROM records_agency WHERE key = 'OUT'",
         "sitting": "SELECT id FROM records_sitting ORDER BY at LIMIT 1"}  # fmt: skip


# Fault planted: a POST route left out of OTHERS.
def test_every_form_of_the_house_is_tried() -> None:
    of_acts = {
        pattern
        for pattern, route in TABLE.items()
        if route["name"].replace("-", ":", 1) in {":".join(key) for key in ACTS}
    }
    assert {pattern for pattern, route in TABLE.items() if "POST" in route["methods"]} - of_acts == set(OTHERS)


# Faults planted: the labels of a person drawn from the record → what was typed is gone.
@pytest.mark.usefixtures("acts")
@pytest.mark.parametrize("pattern", OTHERS)
def test_every_other_form_as_well(ground: Ground, pattern: str) -> None:
    who, address, more = OTHERS[pattern]
    address = address.format(**{name: ground.stage.value(question) for name, question in ALONE.items()})
    client = ground.browser(who)
    page = client.get(address)
    shown = forms(page.content.decode()) if page.status_code == 200 else []
    writes = frozenset({"records_draft"}) if pattern == "/drafts/" else frozenset()
    wrong = []
    for form in shown or [Form("")]:
        form.fields |= {name: Field(name, "hidden") for name in more.split() if name not in form.fields}
        for sent in told(form, pattern):
            wrong += ground.send(client, form.action or address, sent, writes=writes)
    assert not wrong, "\n".join(wrong)
