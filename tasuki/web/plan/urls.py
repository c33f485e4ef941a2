"""The address of a plan."""

from django.urls import path

from tasuki.web.plan import views

urlpatterns = [path("plans/<uuid:plan_id>/", views.plan, name="plan")]
