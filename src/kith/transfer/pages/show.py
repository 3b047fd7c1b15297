"""One import wherever it stands: at work, in review, done, stopped or undone."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from kith.accounts.requests import SignedInRequest
from kith.transfer.access import import_for
from kith.transfer.models import Import, Outcome, Stage
from kith.transfer.pages.options_form import PROSPECT
from kith.transfer.pages.rows import SHOWN, nothing_to_show, table
from kith.transfer.pages.speed import speed
from kith.transfer.pages.spelling import news_form
from kith.transfer.pages.steps import number, steps, tiles, url
from kith.transfer.queries import rows_of
from kith.transfer.services.bringing_back import can_bring_back
from kith.transfer.services.imports import import_settle, is_open, resumable
from kith.transfer.services.stages import options_of
from kith.web.shell import registry

MOST_COUNTED = 100_000


@login_required
@require_safe
def import_show(request: SignedInRequest, pk: int) -> HttpResponse:
    importing = import_for(request.user, pk)
    import_settle(importing=importing)
    if importing.state == Stage.MAPPING:
        return HttpResponseRedirect(url("columns", importing))
    if importing.is_working:
        return render(request, "transfer/working.html", _working(importing))
    shown, after = request.GET.get("show", ""), request.GET.get("after", "")
    page = _result(
        importing,
        shown if shown in SHOWN else _first_look(importing),
        int(after) if after.isdecimal() and len(after) < 10 else 0,
        request.GET.get("q", "").strip()[:200],
    )
    if importing.state == Stage.REVIEW and (importing.news or options_of(importing).spelt):
        page["new_options"] = news_form(importing, request.user)
    page["news"] = importing.job if importing.user_id == request.user.pk else None
    return render(request, f"transfer/{_template(importing)}.html", page)


def _template(importing: Import) -> str:
    return "review" if importing.state == Stage.REVIEW else "done"


def _first_look(importing: Import) -> str:
    """A review opens on what has to be put right, if anything has."""
    troubled = importing.state == Stage.REVIEW and importing.counts.get("invalid")
    return "invalid" if troubled else "all"


@login_required
@require_safe
def import_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The progress bar, asked for each second; when the work has ended the page is shown anew."""
    importing = import_for(request.user, pk)
    import_settle(importing=importing)
    if not importing.is_working:
        if request.htmx:
            return HttpResponseClientRefresh()
        return HttpResponseRedirect(url("show", importing))
    return render(request, "transfer/_progress.html", _working(importing))


def _working(importing: Import) -> dict[str, Any]:
    job = importing.job
    done, total = (job.done, job.total) if job else (0, None)
    titles = {
        Stage.CHECKING: _("Checking the rows"),
        Stage.RUNNING: _("Importing"),
        Stage.LINKING: _("Linking people and companies"),
        Stage.UNDOING: _("Taking the import back"),
    }
    return {
        "importing": importing,
        "steps": steps(importing),
        "title": titles[Stage(importing.state)],
        "done": done,
        "total": total,
        "poll_url": url("progress", importing),
        **speed(job, done, total),
    }


def _result(importing: Import, shown: str, after: int, text: str) -> dict[str, Any]:
    found, counts = table(importing, shown, after, text), importing.counts
    further = {"show": shown, "after": found["next"], **({"q": text} if text else {})}
    return {
        "importing": importing,
        "steps": steps(importing),
        "tiles": tiles(importing, _counted(importing), shown),
        "table": found,
        "shown": shown,
        "nothing": nothing_to_show()[shown],
        "text": text,
        "next_url": f"?{urlencode(further)}" if found["next"] else "",
        "valid": number(counts.get("valid", 0)),
        "there": number(counts.get("there", 0)),
        "compared": number(counts.get("there", 0) - counts.get("unasked", 0)),
        "bared": number(counts["bared"]) if counts.get("bared") else "",
        "list_url": _list_url(importing),
        "resumable": resumable(importing),
        "open": is_open(importing),
        "may_come_back": can_bring_back(importing),
        "undoable": _undoable(importing),
        "undone": _undone(importing.undo_report or {}),
    }


def _counted(importing: Import) -> list[tuple[str, str, str]]:
    """(count, what it is called, the rows it shows)"""
    review, ready = importing.state == Stage.REVIEW, ("valid", _("Ready"), "valid")
    return [
        ("total", _("All rows"), "all"),
        *([ready, *_there(importing)] if review else _outcomes(importing)),
        ("duplicates", _("Duplicates"), "duplicate"),
        *_same(importing),
        ("invalid", _("Invalid"), "invalid"),
        ("cautions", _("With a remark"), "warned"),
    ]


def _list_url(importing: Import) -> str:
    """Where what was just imported is listed, to be changed together; not so of prospects."""
    changed = importing.change_set_id and importing.state in (Stage.DONE, Stage.PAUSED)
    if not changed or importing.files_gone_at or importing.options["values"].get(PROSPECT):
        return ""
    return f"{registry.search_url}?{urlencode({'q': f'import:{importing.pk}'})}"


def _there(importing: Import) -> list[tuple[str, str, str]]:
    """Only said of imports that change what is stored. Where not all could be compared, the others
    may change something or not."""
    counts = importing.counts
    if not counts.get("there"):
        return []
    stays = ("unchanging", _("Nothing new"), "stays")
    if counts.get("unasked"):
        return [("there", _("Here already"), "there"), stays]
    counts["changing"] = counts["there"] - counts.get("unchanging", 0)  # For the tile.
    return [("changing", _("Will change"), "changes"), stays]


def _undoable(importing: Import) -> str:
    if not importing.can_undo:
        return _("It has changed nothing.")
    return _("It can be undone as a whole; what somebody has changed since would be kept.")


def _same(importing: Import) -> list[tuple[str, str, str]]:
    """Of the duplicates, those that might have changed something, and had nothing new to say."""
    if importing.state == Stage.REVIEW or not options_of(importing).updates:
        return []
    found = rows_of(importing, Outcome.DUPLICATE, same=True)[:MOST_COUNTED].count()
    importing.counts["same"] = found  # For the tile; nobody stores it.
    return [("same", _("Of these, nothing new"), "same")] * bool(found)


def _undone(report: dict[str, Any]) -> str:
    count, kept = report.get("undone", 0), report.get("kept", 0)
    told = ngettext(
        "%(n)s change was taken back, links among them.",
        "%(n)s changes were taken back, links among them.",
        count,
    ) % {"n": number(count)}
    if not kept:
        return told
    rest = ngettext(
        "%(n)s was kept: changed since, used elsewhere, or not yours to see.",
        "%(n)s were kept: changed since, used elsewhere, or not yours to see.",
        kept,
    ) % {"n": number(kept)}
    return f"{told} {rest}"


def _outcomes(importing: Import) -> list[tuple[str, str, str]]:
    if importing.state == Stage.UNDONE:
        return [
            ("created", _("Still there"), "created"),
            ("updated", _("Still changed"), "updated"),
        ]
    return [
        ("created", _("Created"), "created"),
        ("updated", _("Updated"), "updated"),
        ("valid", _("Valid"), "valid"),
    ]
