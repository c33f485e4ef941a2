"""Addresses of the audit room."""

from django.urls import path

from tasuki.web.audit import views

urlpatterns = [
    path("reads/unusual/", views.unusual, name="reads-unusual"),
    path("reads/unusual/export.<str:kind>", views.unusual_export, name="reads-unusual-export"),
    path("reads/people/<uuid:person_id>/", views.report, name="access-report"),
    path("reads/people/<uuid:person_id>/report.pdf", views.report_paper, name="access-report-paper"),
    path("reads/go-on/", views.go_on, name="reads-go-on"),
]
