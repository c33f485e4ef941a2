"""The addresses of the front door, room by room."""

from django.urls import URLPattern, URLResolver, include, path

from tasuki.web.sought import look_for

ROOMS = (
    "staff", "today", "consultation", "case", "person", "plan", "conference", "household", "referral", "watch", "figure",
    "resource", "audit", "disclosure", "keeping", "export", "municipality", "act",
)  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [
    path("sought/", look_for, name="sought"),
    *(path("", include(f"tasuki.web.{room}.urls")) for room in ROOMS),
]
