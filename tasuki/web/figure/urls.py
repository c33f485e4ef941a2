"""Addresses of the figure room."""

from django.urls import path

from tasuki.web.figure import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/export.<str:kind>", views.export, name="figures-export"),
    path("figures/<slug:code>/", views.one, name="figure"),
]
