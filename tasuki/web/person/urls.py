"""Addresses of a person."""

from django.urls import path

from tasuki.web.person import views

urlpatterns = [
    path("people/<uuid:person_id>/", views.person, name="person"),
    path("people/<uuid:person_id>/change/", views.change, name="person-change"),
]
