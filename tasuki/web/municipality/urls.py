"""Addresses of the municipality room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
