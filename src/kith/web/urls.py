"""Pages that belong to no slice."""

from django.conf import settings
from django.urls import path

from kith.web import gallery, pages

app_name = "web"
urlpatterns = [
    path("appearance/", pages.appearance, name="appearance"),
]
if settings.GALLERY:
    urlpatterns += gallery.urlpatterns
