"""Addresses of the referral room."""

from django.urls import path

from tasuki.web.referral import views

urlpatterns = [
    path("referrals/", views.referrals, name="referrals"),
    path("referrals/export.<str:kind>", views.export, name="referrals-export"),
]
