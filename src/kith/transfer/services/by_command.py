"""Imports that the command line runs itself, without a job. A lock that the system gives back,
come what may, tells whether the command is alive: one that was killed can be finished."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

from kith.transfer.models import WORKING, Import, Stage
from kith.transfer.queries import imports_of
from kith.transfer.services.stages import Elsewhere
from kith.transfer.workspace import lock_path


@contextmanager
def at_work(importing: Import) -> Iterator[None]:
    """Raises Elsewhere when another command has this import."""
    descriptor = os.open(lock_path(importing), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _taken(descriptor):
            raise Elsewhere
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def settle_left(importing: Import) -> None:
    """Its command is gone: the import has stopped, and can go on or be taken back."""
    if not importing.is_working or importing.job_id is not None:
        return
    try:
        with at_work(importing):
            left = Import.objects.filter(pk=importing.pk, state=importing.state, job=None)
            error = _("The command that ran this import ended before its time.")
            left.update(state=Stage.FAILED, failed_in=importing.state, error=error)
    except Elsewhere:
        return
    importing.refresh_from_db()


def left_imports(actor: Any) -> list[Import]:
    """Those of this person that a command left after they had begun to change records, newest
    first. A check that broke off has changed nothing."""
    for importing in imports_of(actor).filter(state__in=WORKING, job=None):
        settle_left(importing)
    begun = (Stage.RUNNING, Stage.LINKING, Stage.UNDOING)
    return list(imports_of(actor).filter(state=Stage.FAILED, failed_in__in=begun, job=None))
