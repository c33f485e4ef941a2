"""Addresses of the acts, made from the catalogue: an act is a resource of its noun."""

from __future__ import annotations

from django.urls import URLPattern, path

from tasuki.web.act import views
from tasuki.web.act.catalogue import ACTS

STANDALONE = {
    "emergencies:open",
    "pledges:sign",
    "meetings:record",
    "resources:register",
    "gaps:register",
    "inquiries:ask",
    "notices:leave",
    "packs:make",
}


def _address(noun: str, slug: str) -> URLPattern:
    where = f"{noun}/{slug}/" if f"{noun}:{slug}" in STANDALONE else f"{noun}/<uuid:target_id>/{slug}/"
    return path(where, views.act, {"noun": noun, "slug": slug}, name=f"{noun}-{slug}")


urlpatterns = [_address(noun, slug) for noun, slug in ACTS]
urlpatterns += [
    path("drafts/", views.keep_draft, name="drafts"),
    path("drafts/<uuid:draft_id>/removal/", views.drop_draft, name="draft-removal"),
    path("days/", views.read_day, name="days"),
]
