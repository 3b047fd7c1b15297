"""The URLs of the whole site; each slice keeps its own."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

# In the order they are asked; slices bring their own `urls` with full paths from the root.
SLICES = ("contacts", "transfer", "views", "records", "jobs", "setup", "web")


def _slice_urls() -> list[URLPattern | URLResolver]:
    names = [f"kith.{name}.urls" for name in SLICES if find_spec(f"kith.{name}.urls")]
    return [path("", include(import_module(name))) for name in names]


urlpatterns = _slice_urls()

handler400 = "kith.web.errors.bad_request"
handler403 = "kith.web.errors.forbidden"
handler404 = "kith.web.errors.not_found"
handler500 = "kith.web.errors.broke"
