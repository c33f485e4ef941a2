"""Addresses of 受付."""

from django.urls import path

from tasuki.web.consultation import views

urlpatterns = [
    path("consultations/", views.receptions, name="consultations"),
    path("consultations/export.<str:kind>", views.export, name="consultations-export"),
    path("consultations/new/", views.note, name="consultation-new"),
    path("consultations/prompts/", views.prompts, name="consultation-prompts"),
    path("notices/", views.notices, name="notices"),
    path("notices/export.<str:kind>", views.notices_export, name="notices-export"),
]
