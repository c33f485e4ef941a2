"""All addresses: the front door's."""

from django.urls import include, path

urlpatterns = [path("", include("tasuki.web.urls"))]

# What does not exist and what may not be seen answer with the same bytes.
handler404 = "tasuki.web.middleware.not_found"
# What could not be read has reached no view either.
handler400 = "tasuki.web.middleware.unreadable"
# Also where no view was reached, as when the database is away.
handler500 = "tasuki.web.middleware.failed"
