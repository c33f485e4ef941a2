"""Addresses of the disclosure room."""

from django.urls import path

from tasuki.web.disclosure import views

urlpatterns = [
    path("emergencies/", views.emergencies, name="emergencies"),
    path("packs/", views.packs, name="packs"),
    path("packs/<uuid:pack_id>/", views.pack, name="pack"),
    path("reads/", views.reads, name="reads"),
    path("reads/export.<str:kind>", views.export, name="reads-export"),
]
