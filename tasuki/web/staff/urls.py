"""Addresses of the door itself."""

from django.urls import path

from tasuki.web.staff import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("posts/", views.posts, name="posts"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("health/", views.health, name="health"),
]
