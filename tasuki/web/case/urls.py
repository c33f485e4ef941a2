"""Addresses of a case and of a household."""

from django.urls import path

from tasuki.web.case import found, sight, views

urlpatterns = [
    path("cases/<uuid:case_id>/", views.case, name="case"),
    path("cases/<uuid:case_id>/story/", views.story, name="case-story"),
    path("cases/<uuid:case_id>/sight/", sight.sight, name="case-sight"),
    path("households/<uuid:household_id>/", views.household, name="household"),
    path("records/", found.records, name="records"),
    path("records/export.<str:kind>", found.export, name="records-export"),
    path("records/<uuid:record_id>/", views.record, name="record"),
]
