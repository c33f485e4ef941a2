"""Addresses of the referral room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
