"""Files of imports that were done long ago are removed; what they imported, and that they did,
stays."""

from datetime import timedelta

from django.conf import settings

from kith.core import clock
from kith.transfer.models import Import, Stage
from kith.transfer.services.portions import delete_rows
from kith.transfer.workspace import remove_folder, remove_source

AT_ONCE = 20
OVER = (Stage.DONE, Stage.UNDONE)


def prune_files() -> int:
    """A few at a time, so that nobody has to wait; returns how many. Called when another import
    begins: there is never much to do."""
    if not settings.IMPORT_DAYS:
        return 0
    before = clock.now() - timedelta(days=settings.IMPORT_DAYS)
    old = Import.objects.filter(state__in=OVER, files_gone_at=None, finished_at__lt=before)
    found = list(old.order_by("pk")[:AT_ONCE])
    for importing in found:
        delete_rows(importing)
        remove_folder(importing)
        remove_source(importing)
        importing.files_gone_at = clock.now()
        importing.save(update_fields=["files_gone_at"])
    return len(found)
