"""見守り: light, long, with a promise of how often; with or without a case (T27, T28)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker, Invisible, ask
from tasuki.records.journal import note_act
from tasuki.records.models import Record, Subject, Task, Watch
from tasuki.records.pen import agency_facts, contract_ended, need_known, refuse, setting, today, write_record
from tasuki.rules.codes import Kind
from tasuki.rules.permission import READERS, WRITERS, why_not_role
from tasuki.rules.refusal import refused_if
from tasuki.rules.support import (
    OTHER_SIGNAL,
    OpenTurn,
    Watcher,
    turn_after,
    turn_of,
    why_not_take_turn,
    why_not_trigger,
    why_not_watch,
)


def _facts(now: dt.datetime, agencies: Iterable[UUID], people: Sequence[UUID]) -> list[Watcher]:
    found = []
    for agency in dict.fromkeys(agencies):
        body = agency_facts(agency)
        found.append(
            Watcher(
                name=body.name,
                in_office=not contract_ended(body, today(now)),
                city_section=body.mode == "直営",
                barred=any(ask("agency_is_barred", agency, p) for p in people),
                knows=all(ask("agency_knows", agency, p) for p in people),
            )
        )
    return found


@transaction.atomic
def watch(  # noqa: PLR0913  the watch card (F17)
    *,
    by: Asker,
    now: dt.datetime,
    people: Sequence[UUID],
    watchers: Sequence[UUID],
    every_days: int,
    triggers: Sequence[str],
    first_responder: UUID,
    case: UUID | None = None,
    text: str = "",
) -> Watch:
    """T27 見守り開始: who looks in, how often, what calls for help, who goes first."""
    refuse(why_not_role(by.sets, WRITERS))
    need_known(people)
    facts = _facts(now, [*watchers, first_responder], people)
    refuse(why_not_watch(facts, every_days=every_days, triggers=len(triggers)))
    record = write_record(by, now, Kind.WATCH, people, case=case, text=text)
    made = Watch.objects.create(
        municipality_id=by.municipality, record=record, case_id=case, watchers=list(watchers),
        first_responder_id=first_responder, every_days=every_days, triggers=list(triggers), started_at=now,
    )  # fmt: skip
    note_act(by, now, "watch", record.pk, case)
    return made


def _of(people: Sequence[UUID]) -> list[Watch]:
    about = Subject.objects.filter(person_id__in=list(people), kind=Kind.WATCH).values("record_id")
    return list(Watch.objects.select_for_update(of=("self",)).filter(record_id__in=about, ended_at=None).order_by("pk"))


def _look_in(
    by: Asker, now: dt.datetime, kind: Kind, people: Sequence[UUID], result: str, case: UUID | None, **said: str
) -> tuple[Record, list[Watch]]:
    refuse(why_not_role(by.sets, READERS))
    need_known(people)
    running = _of(people)
    refuse(refused_if(not ask("is_watched", list(people)), "NO_WATCH"))
    record = write_record(by, now, kind, people, case=case, text=result, details=said)
    for one in running:
        _pass_on(by, now, one)
    return record, running


def _open_turn(of: Watch) -> OpenTurn:
    return turn_of(of.watchers or [of.first_responder_id], of.turn_id, of.taken_from_id)


def _pass_on(by: Asker, now: dt.datetime, of: Watch) -> None:
    """The days of silence start anew, and the turn goes on among those whose contract has not ended."""
    in_office = [one for one in of.watchers if not contract_ended(agency_facts(one), today(now))]
    turn = turn_after(in_office, _open_turn(of), by.agency)
    on_card = by.agency in of.watchers or by.agency == of.first_responder_id
    of.last_contact_at, of.turn_id, of.taken_from_id = now, turn.agency, turn.taken_from
    # Who is not on the card is not named there: that somebody knows this person may itself be what must not be told.
    of.last_by_id = by.agency if on_card else None
    of.save(update_fields=["last_contact_at", "turn_id", "taken_from_id", "last_by_id"])


@transaction.atomic
def watch_check(
    *, by: Asker, now: dt.datetime, people: Sequence[UUID], result: str, case: UUID | None = None
) -> Record:
    """見守り確認: somebody looked in; the days of silence start anew."""
    record, _ = _look_in(by, now, Kind.WATCH_CHECK, people, result, case)
    note_act(by, now, "watch_check", record.pk, case)
    return record


@transaction.atomic
def watch_trigger(
    *, by: Asker, now: dt.datetime, people: Sequence[UUID], signal: str, result: str = "", case: UUID | None = None
) -> Record:
    """T28 発動: which signal has fired, of the card or of those that are known everywhere; the first responder's clock starts."""
    card = [str(one) for watch in _of(people) for one in watch.triggers]
    refuse(why_not_trigger(signal=signal, card=card, words=result))
    record, running = _look_in(by, now, Kind.WATCH_TRIGGER, people, result, case, signal=signal)
    hours = int(setting(by.municipality, "clocks").get("trigger_first_response_hours", 24))
    for one in running:
        Task.objects.create(
            municipality_id=by.municipality, case_id=one.case_id, record=record, agency_id=one.first_responder_id,
            text=result if signal in (OTHER_SIGNAL, result) else f"{signal}　{result}".strip(), kind="FIRST_RESPONSE", due_on=today(now + dt.timedelta(hours=hours)), opened_at=now,
        )  # fmt: skip
    note_act(by, now, "watch_trigger", record.pk, case)
    return record


@transaction.atomic
def take_turn(*, by: Asker, now: dt.datetime, watch: UUID) -> Watch:
    """当番を引き継ぐ: the open turn becomes the asker's; whose it was has the turn after as planned."""
    found = Watch.objects.select_for_update(of=("self",)).filter(pk=watch).first()
    if found is None:
        raise Invisible
    refuse(why_not_role(by.sets, READERS))
    turn = _open_turn(found)
    on_card = by.agency in found.watchers or by.agency == found.first_responder_id
    refuse(why_not_take_turn(ended=found.ended_at is not None, on_card=on_card, has_turn=turn.agency == by.agency))
    whose = turn.taken_from or turn.agency
    found.turn_id, found.taken_from_id = by.agency, None if whose == by.agency else whose
    found.save(update_fields=["turn_id", "taken_from_id"])
    note_act(by, now, "take_turn", watch, found.case_id)
    return found


@transaction.atomic
def end_watch(*, by: Asker, now: dt.datetime, watch: UUID, reason: str) -> Watch:
    """見守りを終える, with a reason."""
    found = Watch.objects.select_for_update(of=("self",)).filter(pk=watch).first()
    if found is None:
        raise Invisible
    refuse(why_not_role(by.sets, WRITERS))
    refuse(refused_if(not reason, "REASON_MISSING"))
    refuse(refused_if(found.ended_at is not None, "NO_WATCH"))
    found.ended_at, found.end_reason = now, reason
    found.save(update_fields=["ended_at", "end_reason"])
    note_act(by, now, "end_watch", watch, found.case_id)
    return found
