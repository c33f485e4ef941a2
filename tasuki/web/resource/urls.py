"""Addresses of the resource room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
