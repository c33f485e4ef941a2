"""Addresses of the resource room."""

from django.urls import path

from tasuki.web.resource import views

urlpatterns = [
    path("gaps/", views.gaps, name="gaps"),
    path("gaps/export.<str:kind>", views.gaps_export, name="gaps-export"),
    path("resources/", views.resources, name="resources"),
    path("resources/export.<str:kind>", views.export, name="resources-export"),
]
