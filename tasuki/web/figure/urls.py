"""Addresses of the figure room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
