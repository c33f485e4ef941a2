"""Addresses of the household room."""

from django.urls import path

from tasuki.web.household import views

urlpatterns = [
    path("households/", views.households, name="households"),
    path("households/export.<str:kind>", views.export, name="households-export"),
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="search-suggest"),
]
