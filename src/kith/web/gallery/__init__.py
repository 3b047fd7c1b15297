"""Every part of the kit with believable, empty and overlong data; for developers only."""

from kith.web.gallery.urls import urlpatterns

__all__ = ["urlpatterns"]
