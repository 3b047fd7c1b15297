"""The firm's name and logo, as the frame of every page shows them."""

from collections.abc import Sequence

from django.urls import reverse

from kith.history.models import Change
from kith.reference.company import company
from kith.reference.models import CompanySettings
from kith.web.shell import Brand

NAMED = 16


def brand() -> Brand:
    known = company()
    logo = f"{reverse('setup:logo')}?{known.logo[:NAMED]}" if known.logo else ""
    return Brand(known.name or "Kith", logo)


def logos_in_use(digests: Sequence[str]) -> set[str]:
    """The present one, and those that an undo could bring back."""
    present = CompanySettings.objects.filter(logo__in=digests).values_list("logo", flat=True)
    former = Change.objects.filter(record_type="company").values_list("values", flat=True)
    said = " ".join(str(values) for values in former)
    return {*present, *(digest for digest in digests if digest in said)}
