"""Addresses of the municipality room."""

from django.urls import path

from tasuki.web.municipality import views

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/<slug:key>/", views.section, name="settings-section"),
    path("settings/<slug:key>/change/", views.way, name="settings-way"),
    path("settings/<slug:key>/<str:row>/", views.entry, name="settings-entry"),
    path("settings/<slug:key>/<uuid:row>/end/", views.end, name="settings-end"),
]
