"""Pages that belong to no slice."""

import os

from django.conf import settings
from django.urls import path

from kith.web import gallery, pages

app_name = "web"
urlpatterns = [
    path("appearance/", pages.appearance, name="appearance"),
]
if settings.DEBUG or os.environ.get("KITH_GALLERY") == "1":
    urlpatterns += gallery.urlpatterns
