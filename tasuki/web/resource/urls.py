"""Addresses of the resource room."""

from django.urls import path

from tasuki.web.resource import views

urlpatterns = [
    path("resources/", views.resources, name="resources"),
    path("resources/export.<str:kind>", views.export, name="resources-export"),
]
