"""The addresses of the front door, room by room."""

from django.urls import URLPattern, URLResolver, include, path

ROOMS = (
    "staff", "today", "consultation", "case", "person", "plan", "conference", "household", "referral", "watch", "figure",
    "resource", "audit", "disclosure", "municipality", "act",
)  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [path("", include(f"tasuki.web.{room}.urls")) for room in ROOMS]
