"""Addresses of the files that are made beside the pages."""

from django.urls import path

from tasuki.web.export import views

urlpatterns = [
    path("exports/", views.exports, name="exports"),
    path("exports/<uuid:export_id>/", views.export, name="export"),
    path("exports/<uuid:export_id>/progress/", views.progress, name="export-progress"),
    path("exports/<uuid:export_id>/file", views.file, name="export-file"),
    path("exports/<uuid:export_id>/end/", views.end, name="export-end"),
]
