"""Exports: a small one is written while its person waits, a large one by a job.

Callers have checked that the actor may export. Who took what is kept for good; the file of a large
export only for a while.
"""

import shutil
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.core import clock
from kith.core.collecting import few_collections
from kith.core.habits import count_text
from kith.core.record_types import RecordType
from kith.jobs.models import Job
from kith.jobs.services import cancel, start
from kith.transfer.exporting import ENDINGS, check_format, write_records
from kith.transfer.models import Export
from kith.transfer.recording import remember
from kith.transfer.services.stages import Report, no_report

MOST_AT_ONCE = 3_000
"""Records; who wants more is not kept waiting for an answer."""
PRUNED_AT_ONCE = 100


def export_of(
    *,
    actor: Any,
    record_type: RecordType,
    file_format: str,
    fields: Iterable[str] = (),
    reveals: bool = False,
    title: str = "",
    query: str = "",
    ids: list[int] | None = None,
    asked: dict[str, Any] | None = None,
) -> Export:
    """What somebody wants to have; nothing is kept of it yet. Raises Refused.

    `fields`: names of the columns; all that there are, unless given. `reveals`: sensitive values
    stand in it in the clear, which history remembers of each record; else their masks.
    """
    check_format(file_format)
    return Export(
        user_id=actor.pk,
        record_type=record_type.name,
        file_format=file_format,
        title=(title or str(record_type.label_plural))[:100],
        query=query,
        ids=ids,
        asked=asked or {},
        fields=list(fields),
        reveals=reveals,
        created_at=clock.now(),
    )


def export_now(
    *,
    export: Export,
    actor: Any,
    to: Path,
    ids: Sequence[int] | None = None,
    within: QuerySet[Any] | None = None,
    report: Report = no_report,
) -> int:
    """Write the file to a place of the caller's; returns how many records it holds."""
    export.at_once = True
    export.count = write_records(
        export=export, actor=actor, to=to, ids=ids, within=within, report=report
    )
    _finish(export, actor, to)
    return export.count


@transaction.atomic
def export_later(*, export: Export, actor: Any, kind: str, total: int | None) -> Job:
    """A job of this kind is to call `export_make` with the records."""
    export.save()
    title = _("Export: %(what)s (.%(ending)s)")
    told = {"what": export.title, "ending": ending_of(export)}
    export.job = start(kind, title=title % told, user=actor, total=total, export_id=export.pk)
    export.save(update_fields=["job"])
    return export.job


def export_make(
    *,
    export: Export,
    actor: Any,
    ids: Sequence[int],
    within: QuerySet[Any],
    report: Report,
) -> None:
    """In its job. A file can't be gone on with: an export that broke off begins anew."""
    if export.finished_at is not None:
        return
    to, export.file_gone_at = path_of(export), None
    shutil.rmtree(to.parent, ignore_errors=True)
    to.parent.mkdir(parents=True, mode=0o700)
    with few_collections():
        export.count = write_records(
            export=export, actor=actor, to=to, ids=ids, within=within, report=report
        )
    to.chmod(0o600)
    _finish(export, actor, to)


@transaction.atomic
def _finish(export: Export, actor: Any, to: Path) -> None:
    remember(export, actor)
    export.size = to.stat().st_size
    export.finished_at = clock.now()
    export.save()


def export_stop(*, export: Export) -> None:
    """At its next step; nothing, where it has no job."""
    if export.job:
        cancel(export.job)


def export_discard(*, export: Export) -> None:
    """Remove the file, or what there is of it; that there was one stays."""
    shutil.rmtree(path_of(export).parent, ignore_errors=True)
    if not (export.at_once or export.is_working or export.file_gone_at):
        export.file_gone_at = clock.now()
        export.save(update_fields=["file_gone_at"])


def exports_prune() -> int:
    """Remove the files that were kept for their time, and what was left by exports that a crash
    has ended; returns how many."""
    if not settings.EXPORT_DAYS:
        return 0
    before = clock.now() - timedelta(days=settings.EXPORT_DAYS)
    over = Q(finished_at__lt=before) | Q(finished_at=None, created_at__lt=before)
    old = Export.objects.filter(over, at_once=False, file_gone_at=None).select_related("job")
    found = [each for each in old.order_by("pk")[:PRUNED_AT_ONCE] if not each.is_working]
    for export in found:
        export_discard(export=export)
    return len(found)


def cut_texts(export: Export) -> str:
    """What has to be known of a file that does not hold everything whole."""
    if not export.cut:
        return ""
    told = ngettext(
        "%(n)s text is longer than the 32,767 characters of an Excel cell, and was cut: the last"
        " sheet says where. .ods and .csv hold all of it.",
        "%(n)s texts are longer than the 32,767 characters of an Excel cell, and were cut: the"
        " last sheet says where. .ods and .csv hold all of them.",
        export.cut,
    )
    return told % {"n": count_text(export.cut)}


def ending_of(export: Export) -> str:
    """Of the file's name, without the dot."""
    return ENDINGS.get(export.file_format, export.file_format)


def name_of(export: Export) -> str:
    """What the file is called for who downloads it."""
    day = timezone.localdate(export.created_at)
    return f"{export.record_type}s-{day}.{ending_of(export)}"


def path_of(export: Export) -> Path:
    """Where the file is, will be, or was."""
    folder = Path(settings.DATA_DIR) / "exports" / str(export.pk)
    return folder / f"export.{ending_of(export)}"
