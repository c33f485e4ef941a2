"""Addresses of the disclosure room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
