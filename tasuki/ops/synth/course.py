"""One household's course through support: its clock, its holders and offers, and how a record of it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tasuki.ops.synth.homes import Home
from tasuki.ops.synth.rows import Rows
from tasuki.ops.synth.world import DAY, NINE, OFFICE_HOURS, Desk, World

_DEFAULTS: dict[str, Any] = {
    "text": "", "fact": "", "opinion": "", "method": "", "note_kind": "", "minutes": None, "addressee": None, "sitting": None,
    "data_class": "BASIC", "details": "{}",
}  # fmt: skip


@dataclass
class Offer:
    """A つなぎ or つなぎもどし, as it stands in the end."""

    record: str
    kind: str
    sender: Desk
    receiver: Desk
    sent: int
    sheet: str
    basis: str = "CONSENT"
    reason: str = ""
    state: str = "OFFERED"
    answered: int | None = None
    by: str | None = None
    advice: str = ""
    closed: int | None = None


@dataclass
class Course:
    """A case while it is made: `desk` and `worker` received it, `helpers` are (agency, worker) who work on it too."""

    world: World
    number: int
    dice: Random
    rows: Rows
    home: Home
    desk: Desk
    worker: str
    helpers: list[tuple[Desk, str]]
    id: str
    clock: int
    opened: int
    state: str = "INTAKE"
    before: str = ""
    screened: str = ""
    hub_worker: str = ""
    hub_since: int | None = None
    consented: bool = False
    ended: int | None = None
    reason: str = ""
    check_on: str | None = None
    holdings: list[tuple[Desk, int, str]] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    records: int = 0

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of everybody for whom the case was received."""
        return self.home.people

    def new_id(self) -> str:
        """Throw an id."""
        return f"{self.dice.getrandbits(128):032x}"

    def after(self, least: int, most: int) -> int | None:
        """Go on by so many open days, to some moment within office hours; None when that day has not come yet."""
        day = self.clock // DAY + self.dice.randint(least, most)
        if day >= self.world.past:
            return None
        self.clock = max(day * DAY + NINE + self.dice.randrange(OFFICE_HOURS), self.clock + 1)
        return self.clock

    def write(self, kind: str, at: int, by: tuple[Desk, str], people: Sequence[str], **columns: Any) -> str:
        """Write one record with everybody whom it is about; `columns` are those of _DEFAULTS."""
        record, (desk, staff) = self.new_id(), by
        rest = {**_DEFAULTS, **columns}
        self.rows.add("record", record, kind, desk.id, staff, self.id, self.world.moment(at), *rest.values())
        for person in people:
            self.rows.add("subject", self.new_id(), record, person, desk.id, kind)
        self.records += 1
        return record

    def hold(self, desk: Desk, at: int, reason: str) -> None:
        """Pass the たすき to an agency, unless it has it already."""
        if not self.holdings or self.holdings[-1][0] is not desk:
            self.holdings.append((desk, at, reason))

    def finish(self, at: int, state: str, reason: str) -> None:
        """End the case: the hub's ground ends with it."""
        self.state, self.ended, self.reason = state, at, reason
        for offer in self.offers:
            if offer.receiver is self.world.hub and offer.state in {"ACCEPTED", "JOINED"}:
                offer.closed = at

    def put_down(self) -> None:
        """Write what is known only in the end: the case itself, who held it, who worked on it, its offers."""
        self._case()
        self._holdings()
        self._workers()
        for offer in self.offers:
            self._offer(offer)

    def _said(self, at: int | None) -> str | None:
        return None if at is None else self.world.moment(at)

    def _case(self) -> None:
        opened, hub = self.world.moment(self.opened), self.world.hub.id if self.hub_since is not None else None
        self.rows.add(
            "case", self.id, self.home.household, self.desk.id, self.state, self.before, self.screened, hub,
            self._said(self.hub_since), opened, self._said(self.ended), self.reason, self.check_on,
        )  # fmt: skip
        for person in self.people:
            self.rows.add("caseperson", self.new_id(), self.id, person, opened)

    def _holdings(self) -> None:
        until = [at for _, at, _ in self.holdings[1:]] + [None]
        for (desk, since, reason), end in zip(self.holdings, until, strict=True):
            self.rows.add("holding", self.new_id(), self.id, desk.id, self.world.moment(since), self._said(end), reason)

    def _workers(self) -> None:
        opened = self.world.moment(self.opened)
        # Two of the helpers share the case with the one who received it (BENCH: three workers a case).
        for desk, staff in [(self.desk, self.worker), *self.helpers[:2]]:
            self.rows.add("caseworker", self.new_id(), self.id, staff, desk.id, opened, None)
        if self.hub_since is not None:
            since, hub = self.world.moment(self.hub_since), self.world.hub.id
            self.rows.add("caseworker", self.new_id(), self.id, self.hub_worker, hub, since, self._said(self.ended))

    def _offer(self, one: Offer) -> None:
        wants, warm = (
            self.dice.choice(("会議付議", "同行訪問", "助言", "面談")),
            self.dice.choice(("SENT", "CALLED", "ACCOMPANIED")),
        )
        declined = one.state == "DECLINED" and one.answered is not None
        self.rows.add(
            "referral", self.new_id(), one.record, self.id, one.kind, one.sender.id, one.receiver.id, one.basis, one.reason,
            one.sheet, wants, "訪問と電話で様子を確かめた", warm, one.state, self.world.moment(one.sent),
            f"{self.world.days[one.sent // DAY + 1]} 17:15+09", self._said(one.answered), one.by, one.advice,
            one.sender.id if declined else None, self.world.day(one.answered or 0, 30) if declined else None,
            self._said(one.closed),
        )  # fmt: skip
