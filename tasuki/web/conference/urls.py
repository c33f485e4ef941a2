"""Addresses of 会議."""

from django.urls import path

from tasuki.web.conference import views

urlpatterns = [
    path("conferences/", views.conferences, name="conferences"),
    path("conferences/export.<str:kind>", views.export, name="conferences-export"),
    path("sittings/<uuid:sitting_id>/", views.sitting, name="sitting"),
]
