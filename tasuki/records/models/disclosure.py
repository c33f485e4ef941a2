"""開示と緊急: break-glass, its review, disclosure packs, what was provided outside."""

from __future__ import annotations

from tasuki.records.models.ground import Belonging, Leaf, moment, prose, to, word


class Emergency(Leaf):
    """緊急閲覧: one worker, one person, a reason, a few hours; reviewed afterwards."""

    record = to("records.Record")
    person = to("records.Person")
    staff = to("records.Staff")
    agency = to("records.Agency")
    reason = prose()
    opened_at = moment()
    until = moment()
    reviewed_at = moment(null=True)
    reviewed_by = to("records.Staff", null=True)
    verdict = word(40)


class Pack(Belonging):
    """開示請求の写し: what a person was given of their own records."""

    record = to("records.Record")
    requester = to("records.Person")
    made_at = moment()


class PackRecord(Leaf):
    """A record that stands, readable, in a pack."""

    pack = to(Pack)
    record = to("records.Record")
