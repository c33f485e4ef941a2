"""Addresses of the watch room."""

from django.urls import path

from tasuki.web.watch import views

urlpatterns = [
    path("watches/", views.watches, name="watches"),
    path("watches/export.<str:kind>", views.export, name="watches-export"),
]
