"""Addresses of 会議."""

from django.urls import path

from tasuki.web.conference import views

urlpatterns = [
    path("conferences/", views.conferences, name="conferences"),
    path("sittings/<uuid:sitting_id>/", views.sitting, name="sitting"),
]
