"""The tables, one file per room."""

from tasuki.records.models.case import (
    Case,
    CasePerson,
    CaseWorker,
    Holding,
    Referral,
    Strand,
    Task,
    Watch,
)
from tasuki.records.models.conference import (
    AgendaItem,
    Decision,
    ItemMaterial,
    ItemPerson,
    Opinion,
    Pledge,
    Seat,
    Sitting,
)
from tasuki.records.models.consent import Consent, ConsentExclusion, ConsentReach, ConsentRefusal
from tasuki.records.models.disclosure import Emergency, Pack, PackRecord
from tasuki.records.models.journal import Draft, JournalLine, ReadLine, SentForm
from tasuki.records.models.municipality import (
    Agency,
    Area,
    Conference,
    Department,
    Municipality,
    Programme,
    RoleName,
    Setting,
)
from tasuki.records.models.person import (
    Bar,
    Contact,
    Household,
    HouseholdMove,
    Person,
    PersonLink,
    Protection,
    SearchKey,
)
from tasuki.records.models.plan import Goal, Plan, PlanRole
from tasuki.records.models.record import Consultation, Issue, Record, Subject
from tasuki.records.models.resource import Gap, Match, Resource
from tasuki.records.models.staff import Account, Post, SignIn, Staff

__all__ = [
    "Account", "AgendaItem", "Agency", "Area", "Bar", "Case", "CasePerson", "CaseWorker", "Conference",
    "Consent", "ConsentExclusion", "ConsentReach", "ConsentRefusal", "Consultation", "Contact",
    "Decision", "Department", "Draft", "Emergency", "Gap", "Goal", "Holding", "Household",
    "HouseholdMove", "Issue", "ItemMaterial", "ItemPerson", "JournalLine", "Match", "Municipality",
    "Opinion", "Pack", "PackRecord", "Person", "PersonLink", "Plan", "PlanRole", "Pledge", "Post",
    "Programme", "Protection", "ReadLine", "Record", "Referral", "Resource", "RoleName", "SearchKey",
    "Seat", "SentForm", "Setting", "SignIn", "Sitting", "Staff", "Strand", "Subject", "Task", "Watch",
]  # fmt: skip
