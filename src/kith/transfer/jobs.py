"""The long work of imports, as jobs. Each goes on after its worker was killed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.accounts.permissions import Permission
from kith.core.habits import count_text
from kith.jobs.progress import Progress
from kith.jobs.registry import Outcome, kind
from kith.records.statistics import statistics_renew
from kith.transfer.models import Import, Stage
from kith.transfer.services import bringing_back, checking, running, undoing
from kith.transfer.services.mailing import mail_result
from kith.transfer.services.stages import Report


@kind("import-check", permission=Permission.CONTACT_IMPORT)
def check_job(progress: Progress, *, import_id: int) -> Outcome:
    importing = Import.objects.select_related("user").get(pk=import_id)
    checking.check(importing=importing, report=_report(progress, importing))
    message = ngettext(
        "%(valid)s valid, %(invalid)s invalid, %(duplicates)s duplicate",
        "%(valid)s valid, %(invalid)s invalid, %(duplicates)s duplicates",
        importing.counts.get("duplicates", 0),
    )
    return Outcome(message % _shown(importing.counts), _page(importing))


@kind("import-run", permission=Permission.CONTACT_IMPORT)
def run_job(progress: Progress, *, import_id: int, already: int = 0) -> Outcome:
    """`already`: how many rows were in when a paused import went on."""
    importing = Import.objects.select_related("user").get(pk=import_id)
    running.run(importing=importing, report=_report(progress, importing, already))
    statistics_renew(importing.counts.get("valid", 0))
    message = ngettext(
        "%(created)s created, %(updated)s updated, %(invalid)s invalid, %(duplicates)s duplicate",
        "%(created)s created, %(updated)s updated, %(invalid)s invalid, %(duplicates)s duplicates",
        importing.counts.get("duplicates", 0),
    )
    told = message % _shown(importing.counts)
    # One that was paused is not over, though its worker was killed before it could say so.
    if importing.state == Stage.DONE and mail_result(importing):
        told = _("%(told)s; the result was sent") % {"told": told}
    return Outcome(told, _page(importing))


@kind("import-undo")
def undo_job(progress: Progress, *, import_id: int) -> Outcome:
    importing = Import.objects.select_related("user").get(pk=import_id)
    report = _report(progress, importing)
    undoing.undo_import(importing=importing, actor=progress.user, report=report)
    done = importing.undo_report or undoing.NOTHING
    statistics_renew(done["undone"])
    message = _("%(undone)s changes undone, %(kept)s kept")
    return Outcome(message % _shown(done), _page(importing))


@kind("import-back", permission=Permission.CONTACT_IMPORT)
def back_job(progress: Progress, *, import_id: int) -> Outcome:
    importing = Import.objects.get(pk=import_id)

    def report(done: int, total: int | None) -> None:
        progress.step(done, total=total)

    done = bringing_back.bring_back(importing=importing, actor=progress.user, report=report)
    statistics_renew(done.undone)
    message = _("It is back: %(undone)s changes, %(kept)s left as they are.")
    counts = {"undone": done.undone, "kept": len(done.kept)}
    return Outcome(message % _shown(counts), _page(importing))


def _shown(counts: Mapping[str, Any]) -> dict[str, str]:
    return {name: count_text(count) for name, count in counts.items() if isinstance(count, int)}


def _report(progress: Progress, importing: Import, already: int = 0) -> Report:
    """The place it has come to is told as well: linking, too, gets on."""

    def report(done: int, total: int | None) -> None:
        place = {"stage": importing.state, "place": importing.place, "already": already}
        progress.step(done, total=total, checkpoint=place)

    return report


def _page(importing: Import) -> str:
    return f"/imports/{importing.pk}/"
