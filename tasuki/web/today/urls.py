"""The address of 今日."""

from django.urls import path

from tasuki.web.today import views

urlpatterns = [
    path("", views.today, name="today"),
    path("first-steps/", views.first_steps, name="first-steps"),
]
