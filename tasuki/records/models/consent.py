"""同意: per person, to whom, which data, until when; refusal and withdrawal."""

from __future__ import annotations

from django.db import models

from tasuki.records.models.ground import Belonging, Leaf, day, moment, to, word


class Consent(Belonging):
    """One consent (F04) of one person. Consents add up."""

    record = to("records.Record")
    person = to("records.Person")
    form = word(10)
    proxy = to("records.Person", null=True)
    given_at = moment()
    until = day(null=True)


class ConsentReach(Leaf):
    """One agency and one data class that a consent reaches, until it ends, is withdrawn or refused."""

    consent = to(Consent)
    person = to("records.Person", indexed=False)
    agency = to("records.Agency")
    data_class = word(20)
    since = moment()
    until = day(null=True)
    ended_at = moment(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "agency", "data_class"])]


class ConsentExclusion(Leaf):
    """An agency or staff member who gets nothing by this consent although their agency is named."""

    consent = to(Consent)
    agency = to("records.Agency", null=True)
    staff = to("records.Staff", null=True)


class ConsentRefusal(Leaf):
    """A refusal or withdrawal, honoured and kept."""

    record = to("records.Record")
    person = to("records.Person")
    agency = to("records.Agency", null=True)
    kind = word(10)
    at = moment()
