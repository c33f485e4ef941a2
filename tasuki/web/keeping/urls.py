"""Addresses of the room of keeping."""

from django.urls import path

from tasuki.web.keeping import views

urlpatterns = [
    path("keepings/", views.keepings, name="keepings"),
    path("keepings/export.<str:kind>", views.export, name="keepings-export"),
    path("keepings/<uuid:case_id>/", views.keeping, name="keeping"),
]
