"""Where a contact's picture is fetched from."""

from django.urls import reverse

from kith.files.pictures import SMALL

NAMED = 16
"""So much of a picture's name stands in its address, which thus changes with the picture."""


def picture_url(pk: int, picture: str | None, size: str = SMALL) -> str:
    """ "" where there is none."""
    if not picture:
        return ""
    return reverse("contacts:picture-file", args=[pk, f"{picture[:NAMED]}-{size}"])
