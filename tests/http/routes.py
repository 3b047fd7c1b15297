"""Every route of the site, read from the URLconf, and real objects to fill its parameters."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

METHODS = ("GET", "POST")
# The kit shows itself there, to developers only.
GALLERY = "web:gallery"


@dataclass(frozen=True)
class Route:
    name: str
    parameters: tuple[str, ...]

    def url(self, given: dict[str, object]) -> str:
        kwargs = {name: given[name] for name in self.parameters}
        return reverse(self.name, kwargs=kwargs)


def all_routes() -> list[Route]:
    found = [route for route in _walk(get_resolver(), "") if not route.name.startswith(GALLERY)]
    return sorted(found, key=lambda route: route.name)


def _walk(resolver: URLResolver, namespace: str) -> Iterator[Route]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            inner = f"{namespace}{part.namespace}:" if part.namespace else namespace
            yield from _walk(part, inner)
        elif isinstance(part, URLPattern):
            name = f"{namespace}{part.name or part.pattern}"
            yield Route(name, tuple(part.pattern.converters))
