"""The たすき never drops (P17): the database itself refuses a second holder, and history leaves no gap."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tasuki.actions import case, consultation, referral
from tasuki.records.asker import Invisible
from tasuki.records.pen import Refused
from tests.records.troupe import DAY, SPRING, Troupe

HOLD = (
    "INSERT INTO records_holding (id, municipality_id, case_id, agency_id, since, until, reason)"
    " VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, 'RECEIVED')"
)
DROPPED = """
    SELECT c.id FROM records_case c LEFT JOIN LATERAL (
        SELECT min(h.since) AS first, count(*) FILTER (WHERE h.until IS NULL) AS now,
               count(*) FILTER (WHERE h.until IS NOT NULL AND NOT EXISTS (
                   SELECT FROM records_holding n WHERE n.case_id = c.id AND n.since = h.until)) AS gaps
        FROM records_holding h WHERE h.case_id = c.id) x ON true
    WHERE x.now IS DISTINCT FROM 1 OR x.gaps > 0 OR x.first IS DISTINCT FROM c.opened_at
"""


def held(troupe: Troupe) -> UUID:
    """Receive somebody, and return the case that hou3 now holds."""
    return troupe.receive("hou3", troupe.register("hou3", "A"))


def holder(troupe: Troupe, of: UUID) -> str:
    """Return the key of the agency that holds the case now."""
    (key,) = troupe.truth(
        "SELECT g.key FROM records_holding h JOIN records_agency g ON g.id = h.agency_id WHERE h.case_id = %s AND h.until IS NULL",
        of,
    )
    return str(key)


# Fault planted: the constraint one_holder_now dropped from the copy.
def test_a_second_holder_is_refused_by_the_database(troupe: Troupe) -> None:
    of = held(troupe)
    with pytest.raises(psycopg.IntegrityError):
        troupe.change(HOLD, troupe.town, of, troupe.agencies["HUB"], SPRING + 90 * DAY, None)


# Fault planted: the constraint one_holder_at_every_instant dropped from the copy.
def test_an_overlap_in_the_past_is_refused_by_the_database(troupe: Troupe) -> None:
    of = held(troupe)
    troupe.change("UPDATE records_holding SET until = since + interval '10 days' WHERE case_id = %s", of)
    (end,) = troupe.truth("SELECT until FROM records_holding WHERE case_id = %s", of)
    with pytest.raises(psycopg.errors.ExclusionViolation):
        troupe.change(HOLD, troupe.town, of, troupe.agencies["HUB"], end - dt.timedelta(microseconds=1), None)
    troupe.change(HOLD, troupe.town, of, troupe.agencies["HUB"], end, None)


# Fault planted: the composite foreign keys of records/keys.py left out.
def test_nobody_holds_a_case_of_another_municipality(troupe: Troupe) -> None:
    of = held(troupe)
    troupe.change("UPDATE records_holding SET until = since + interval '10 days' WHERE case_id = %s", of)
    troupe.change("INSERT INTO records_municipality VALUES (%s, 'elsewhere', '', '', '', '')", troupe.agencies["HUB"])
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        troupe.change(HOLD, troupe.agencies["HUB"], of, troupe.agencies["HUB"], SPRING + 90 * DAY, None)


# Fault planted: pass_sash() called in refer().
def test_an_offer_leaves_the_tasuki_where_it_is_until_the_other_side_accepts(troupe: Troupe) -> None:
    of = held(troupe)
    troupe.act("hou3", consultation.screen, case=of, result="REFER", reason="世帯全体の課題")
    offer = troupe.refer("hou3", of, "HUB", basis="NO_CONSENT", no_consent_reason="会えない")
    assert holder(troupe, of) == "HOU3"
    troupe.act("hub", referral.accept, referral=offer.pk)
    assert holder(troupe, of) == "HUB"
    assert troupe.truth(DROPPED) == []


# Fault planted: since=now + 1 second in pass_sash().
def test_one_holding_ends_at_the_instant_at_which_the_next_begins(troupe: Troupe) -> None:
    of = held(troupe)
    troupe.act("hou3", consultation.screen, case=of, result="REFER", reason="世帯全体の課題")
    offer = troupe.refer("hou3", of, "HUB", basis="NO_CONSENT", no_consent_reason="会えない")
    troupe.act("hub", referral.accept, referral=offer.pk)
    rows = troupe.truth("SELECT since, until FROM records_holding WHERE case_id = %s ORDER BY since", of)
    assert len(rows) == 2
    assert rows[0][1] == rows[1][0] == troupe.last
    assert rows[1][1] is None


def likely(troupe: Troupe, of: UUID, dice: random.Random) -> tuple[str, UUID]:
    """Return who acts next (mostly who holds the case or is asked to) and the latest offer."""
    (offer,) = troupe.truth(
        "SELECT coalesce((SELECT id FROM records_referral ORDER BY sent_at DESC LIMIT 1), gen_random_uuid())"
    )
    asked = troupe.truth(
        "SELECT lower(g.key) FROM records_referral r JOIN records_agency g ON g.id = r.receiver_id WHERE r.id = %s",
        offer,
    )
    near = [holder(troupe, of).lower(), *asked]
    return dice.choice(near if dice.random() < 0.85 else ["hou3", "hub", "jiritsu", "out", "city", "hou1"]), offer


def anything(troupe: Troupe, of: UUID, dice: random.Random) -> None:
    """Let somebody try some act on the case; what is refused changes nothing."""
    who, offer = likely(troupe, of, dice)
    to = troupe.agencies[dice.choice(["HOU3", "HUB", "JIRITSU", "OUT", "HOU1"])]
    sheet = referral.Sheet(wants="面談", tried="電話", basis="NO_CONSENT", no_consent_reason="会えない")
    day = (troupe.last + 30 * DAY).date()
    acts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (consultation.screen, {"case": of, "result": dice.choice(["SINGLE", "NETWORK", "REFER", "WATCH"]), "lead": to}),
        (referral.refer, {"case": of, "to": to, "sheet": sheet}),
        (referral.refer, {"case": of, "to": to, "sheet": sheet}),
        (referral.accept, {"referral": offer}),
        (referral.accept, {"referral": offer}),
        (referral.accept_jointly, {"referral": offer}),
        (referral.decline, {"referral": offer, "advice": "先に電話を", "lead": to, "follow_up": day}),
        (referral.withdraw_referral, {"referral": offer}),
        (referral.hand_back, {"case": of, "to": to, "reason": "分野が違う"}),
        (case.suspend, {"case": of, "reason": "連絡不能", "next_check": day}),
        (case.resume, {"case": of}),
        (case.reopen, {"case": of, "reason": "再相談", "consent": "NONE"}),
        (case.resume, {"case": of}),
        (case.transfer_out, {"case": of, "to": "大朧市", "basis": "本人同意" if dice.random() < 0.2 else ""}),
    ]
    action, values = dice.choice(acts)
    try:
        troupe.act(who, action, **values)
    except (Refused, Invisible):
        return


# Fault planted: pass_sash() made to end the old holding without beginning the new one every fifth time.
@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_every_case_has_exactly_one_holder_at_every_instant(troupe: Troupe, seed: int) -> None:
    of, dice = held(troupe), random.Random(seed)
    troupe.act("hou3", consultation.screen, case=of, result="REFER", reason="世帯全体の課題")
    for _ in range(60):
        anything(troupe, of, dice)
        assert troupe.truth(DROPPED) == []
    assert troupe.truth("SELECT count(*) > 1 FROM records_holding WHERE case_id = %s", of) == [True]
