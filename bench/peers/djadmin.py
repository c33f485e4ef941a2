"""Django's own admin over the product's tables: unmanaged models, lists, a change page with inlines, a search, a form.

It is made as a sensible admin would be: no N+1 queries (select_related, prefetch_related), raw ids instead of drop-downs of
thousands, cached templates. It lacks the law (what a worker sees is read from `peers.sees`), the footprint, the refusals and
the figures; whoever is signed in may write anything. Its own tables stand in the schema `peers`; the role is that of
bench.peers. Its people are superusers of the *admin*, so that it asks for no permissions of Django's.

Served by the product's own server: `granian bench.peers.djadmin:application`; BENCH_DSN names the database.
"""

import os
import uuid
from typing import Any

import django
from django.apps import AppConfig
from django.conf import settings
from psycopg.conninfo import conninfo_to_dict

LABEL = "peer"
_AT = conninfo_to_dict(os.environ["BENCH_DSN"])


class Peer(AppConfig):
    """The one app, which is this file."""

    name = __name__
    label = LABEL
    path = os.path.dirname(__file__)


settings.configure(
    SECRET_KEY=os.environ.get("BENCH_SECRET", "made up for one run"),
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
        "django.contrib.messages", f"{__name__}.Peer",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware", "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware", "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
        "OPTIONS": {"context_processors": [
            "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ]},
    }],
    DATABASES={"default": {
        "ENGINE": "django.db.backends.postgresql", "NAME": _AT["dbname"], "USER": _AT["user"], "PASSWORD": _AT["password"],
        "HOST": _AT["host"], "PORT": _AT["port"], "OPTIONS": {
            "options": "-c search_path=peers", "pool": {"min_size": 2, "max_size": 8},  # as the product's
        },
    }},
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    STATIC_URL="/static/", TIME_ZONE="Asia/Tokyo", USE_TZ=True, LANGUAGE_CODE="ja",
)  # fmt: skip
django.setup()

from django.contrib import admin  # noqa: E402  Django first
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.db.models import Exists, OuterRef, QuerySet  # noqa: E402
from django.urls import path  # noqa: E402


def _to(model: str, **more: Any) -> Any:
    return models.ForeignKey(model, on_delete=models.DO_NOTHING, **more)


def _table(name: str) -> str:
    """Name a table of the product, which stands in another schema than the admin's own."""
    return f'public"."records_{name}'


class Row(models.Model):
    """A row of the product's: Django neither makes nor changes its table."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
        managed = False
        app_label = LABEL


class Named(Row):
    """Something with a name."""

    name = models.TextField()

    class Meta(Row.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name


class Agency(Named):
    class Meta(Row.Meta):
        db_table = _table("agency")


class Staff(Named):
    class Meta(Row.Meta):
        db_table = _table("staff")


class Person(Named):
    kana = models.TextField()
    born = models.CharField(max_length=10)
    sex = models.CharField(max_length=10)
    area = models.CharField(max_length=60)
    registered_at = models.DateTimeField(editable=False)

    class Meta(Row.Meta):
        db_table = _table("person")


class SearchKey(Row):
    person = _to("Person")
    key = models.TextField()
    kind = models.CharField(max_length=8)

    class Meta(Row.Meta):
        db_table = _table("searchkey")


class Case(Row):
    municipality_id = models.UUIDField()
    agency = _to("Agency")
    state = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=40, blank=True)
    next_check_on = models.DateField(null=True, blank=True)

    class Meta(Row.Meta):
        db_table = _table("case")


class CasePerson(Row):
    case = _to("Case", related_name="people")
    person = _to("Person")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta(Row.Meta):
        db_table = _table("caseperson")


class Record(Row):
    municipality_id = models.UUIDField()
    kind = models.CharField(max_length=30, default="NOTE")
    agency = _to("Agency")
    staff = _to("Staff")
    case = _to("Case")
    written_at = models.DateTimeField()
    data_class = models.CharField(max_length=20, default="BASIC")
    scope = models.CharField(max_length=12, default="CASE_TEAM")
    informant_confidential = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    fact = models.TextField(blank=True)
    opinion = models.TextField(blank=True)
    method = models.CharField(max_length=30, blank=True)
    note_kind = models.CharField(max_length=12, blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta(Row.Meta):
        db_table = _table("record")


class Subject(Row):
    municipality_id = models.UUIDField()
    record = _to("Record")
    person = _to("Person")
    agency = _to("Agency")
    kind = models.CharField(max_length=30, default="NOTE")

    class Meta(Row.Meta):
        db_table = _table("subject")


class Sees(models.Model):
    """Who sees which row: what the product's law would say."""

    pk = models.CompositePrimaryKey("staff", "row")
    staff = models.UUIDField()
    row = models.UUIDField()

    class Meta:
        managed = False
        app_label = LABEL
        db_table = "sees"


def seen(found: QuerySet[Any], request: Any) -> QuerySet[Any]:
    """Narrow to what the one who is signed in sees; their name is the id of the staff member."""
    return found.filter(Exists(Sees.objects.filter(staff=request.user.username, row=OuterRef("pk"))))


class CasePersonInline(admin.TabularInline):
    model = CasePerson
    raw_id_fields = ("person",)
    extra = 0


class RecordInline(admin.TabularInline):
    model = Record
    fields = ("written_at", "kind", "agency", "staff", "text", "fact", "opinion", "data_class")
    readonly_fields = ("agency", "staff")
    ordering = ("-written_at", "id")
    extra = 0

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        return seen(super().get_queryset(request).select_related("agency", "staff"), request)


@admin.register(Case)
class CaseAdmin(admin.ModelAdmin):
    list_display = ("names", "state", "agency", "opened_at", "ended_at", "next_check_on")
    list_select_related = ("agency",)
    list_per_page = 50
    raw_id_fields = ("agency",)
    inlines = (CasePersonInline, RecordInline)

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        """Order as the product's list: by the first key of the first person who is seen."""
        here = CasePerson.objects.filter(case=OuterRef("pk"), left_at=None).order_by(
            "joined_at", "person__registered_at", "person"
        )
        first = here.filter(Exists(Sees.objects.filter(staff=request.user.username, row=OuterRef("person"))))
        key = SearchKey.objects.filter(person=OuterRef("first"), kind="KANA").order_by("key")
        found = super().get_queryset(request).annotate(first=models.Subquery(first.values("person")[:1]))
        found = found.annotate(kana=models.Subquery(key.values("key")[:1]))
        return (
            seen(found, request)
            .prefetch_related("people__person")
            .order_by(models.F("kana").asc(nulls_last=True), "-opened_at", "pk")
        )

    def names(self, case: Case) -> str:
        return "・".join(one.person.name for one in case.people.all())  # type: ignore[attr-defined]  # the related name


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ("name", "kana", "born", "sex", "area")
    search_fields = ("searchkey__key",)
    ordering = ("kana", "id")
    list_per_page = 100

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        return seen(super().get_queryset(request), request)


class SubjectInline(admin.TabularInline):
    model = Subject
    raw_id_fields = ("person", "agency")
    extra = 0


@admin.register(Record)
class RecordAdmin(admin.ModelAdmin):
    list_display = ("kind", "written_at", "text")
    search_fields = ("text", "fact", "opinion")
    raw_id_fields = ("agency", "staff", "case")
    ordering = ("-written_at", "id")
    list_per_page = 50
    inlines = (SubjectInline,)

    def get_search_results(self, request: Any, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        """Narrow what is found; the list without a search shows whoever wrote that it is there now."""
        found, twice = super().get_search_results(request, queryset, search_term)
        return (seen(found, request) if search_term else found), twice


urlpatterns = [path("admin/", admin.site.urls)]


def make_ready(password: str, people: list[str]) -> None:
    """Make the admin's own tables, and everybody who may sign in."""
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for one in people:
        User.objects.create_superuser(one, password=password)


application = get_wsgi_application()
