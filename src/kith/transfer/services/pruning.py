"""Files of imports that were done long ago are removed; what they imported, and that they did,
stays. Imports that were prepared and never begun are forgotten: a sheet of persons must not lie
about because somebody closed a page."""

from datetime import datetime, timedelta

from django.conf import settings

from kith.core import clock
from kith.transfer.models import WORKING, Import, Stage
from kith.transfer.services.portions import delete_rows
from kith.transfer.workspace import remove_folder, remove_source

AT_ONCE = 20
OVER = (Stage.DONE, Stage.UNDONE)


def prune_files() -> int:
    """A few at a time, so that nobody has to wait; returns how many. Called when another import
    begins: there is never much to do. One that stopped halfway keeps its files, to go on."""
    if not settings.IMPORT_DAYS:
        return 0
    before = clock.now() - timedelta(days=settings.IMPORT_DAYS)
    old = Import.objects.filter(state__in=OVER, files_gone_at=None, finished_at__lt=before)
    found = list(old.order_by("pk")[:AT_ONCE])
    for importing in found:
        remove_files(importing)
        importing.files_gone_at = clock.now()
        importing.save(update_fields=["files_gone_at"])
    return len(found) + _forget_unbegun(before)


def _forget_unbegun(before: datetime) -> int:
    unbegun = Import.objects.filter(change_set=None, created_at__lt=before)
    found = list(unbegun.exclude(state__in=(*OVER, *WORKING)).order_by("pk")[:AT_ONCE])
    for importing in found:
        remove_files(importing)
        importing.delete()
    return len(found)


def remove_files(importing: Import) -> None:
    """All that is kept of its sheet: the file as it came, its rows, what was made of them."""
    delete_rows(importing)
    remove_folder(importing)
    remove_source(importing)
