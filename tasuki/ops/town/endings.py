"""What becomes of the households of the made-up town: the endings that are dealt to them, and this week's sittings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tasuki.actions import conference as conference_acts
from tasuki.ops.town.arrivals import (
    at_the_hub,
    declined,
    handed_back,
    handing_back,
    joined,
    just_received,
    moved_away,
    network,
    passed_away,
    single,
    suspended,
    told_only,
    unscreened,
    waiting,
    waiting_too_long,
    waiting_without_consent,
)
from tasuki.ops.town.relay import Course
from tasuki.ops.town.sidelines import opened_in_need, outreach, sealed_this_week, silent, triggered, watched
from tasuki.ops.town.stage import Stage, Story, doing
from tasuki.ops.town.supports import (
    assessed,
    closed,
    decided,
    disclosed,
    drafted,
    followed_up,
    monitored,
    on_the_agenda,
    reopened,
    replanned,
    taking_part,
    under_evaluation,
    unmonitored,
    withdrawn,
)

type Ending = Callable[[Stage, Course], Story[None]]

# The states in the order in which households are dealt to them; a small town has the first ones.
ENDINGS: tuple[Ending, ...] = (
    waiting, silent, on_the_agenda, unmonitored, closed, outreach, just_received, decided, sealed_this_week,
    taking_part, waiting_too_long, opened_in_need, declined, joined, at_the_hub, assessed, drafted, on_the_agenda,
    monitored, handed_back, handing_back, reopened, suspended, triggered, unscreened, replanned, single, network,
    under_evaluation, withdrawn, followed_up, waiting_without_consent, told_only, moved_away, watched, disclosed,
    passed_away, just_received,
)  # fmt: skip


def sittings_this_week(stage: Stage) -> Story[None]:
    """Two days ago the hub summoned everything that is ripe: by consent in one sitting, sealed in the other."""
    hub = stage.worker(stage.hub)
    at = stage.at(3, 16, 30)
    yield doing(
        at,
        hub,
        conference_acts.summon,
        conference=stage.consent_conference,
        at=stage.at(-2, 10),
        place="第1会議室",
        items=stage.consent_items,
    )
    if stage.sealed_items:
        yield doing(
            at + dt.timedelta(minutes=20),
            hub,
            conference_acts.summon,
            conference=stage.sealed_conference,
            at=stage.at(-3, 13),
            place="小会議室",
            items=stage.sealed_items,
        )
