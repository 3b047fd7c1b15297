"""An import from its upload to its undo. Callers have checked that the actor may import.

Long work is a job: `import_check`, `import_run` and `import_undo` start it and come back at once;
the stages themselves are in `checking`, `running` and `undoing`, which the command line calls.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.accounts.queries import Users
from kith.core import clock
from kith.core.errors import Refused
from kith.core.kinds.kind import Context
from kith.files.storage import Kept, TooLarge, keep
from kith.jobs.models import Job, State
from kith.jobs.services import cancel, start
from kith.records.checking import Draft, check
from kith.reference.company import company
from kith.reference.queries import Options
from kith.transfer.mapping import by_field, changed, check_mapping, suggest
from kith.transfer.models import Import, Profile, Stage
from kith.transfer.options import ImportOptions, check_options, first_options
from kith.transfer.queries import samples_of, type_of
from kith.transfer.reading import workbook
from kith.transfer.reading.headings import unique_headings
from kith.transfer.services.by_command import settle_left
from kith.transfer.services.profiles import profile_for, profile_take
from kith.transfer.services.pruning import prune_files, remove_files
from kith.transfer.services.stages import actor_of, growing_for
from kith.transfer.workspace import remove_source, source_of

LONGEST_SAMPLE = 100
MANY_SAMPLES = 20
OPEN = (Stage.MAPPING, Stage.REVIEW)


def is_open(importing: Import) -> bool:
    """Whether columns and options may be chosen: also after a check that broke off."""
    broke_off = importing.state == Stage.FAILED and importing.failed_in == Stage.CHECKING
    return importing.state in OPEN or broke_off


def import_begin(*, actor: Any, record_type: str, chunks: Iterable[bytes], filename: str) -> Import:
    """Look into a file, and keep what it holds."""
    looked = import_look(actor=actor, record_type=record_type, chunks=chunks, filename=filename)
    return import_keep(importing=looked)


def import_look(*, actor: Any, record_type: str, chunks: Iterable[bytes], filename: str) -> Import:
    """Keep the file and look into it; answers within ten seconds, and the import is not stored.

    Raises reading.workbook.UnreadableFile with words for the person, whatever is the matter; then
    nothing is kept.
    """
    prune_files()
    kept = _kept(chunks)
    importing = Import(
        user_id=actor.pk,
        record_type=record_type,
        filename=filename[-255:],
        digest=kept.digest,
        size=kept.size,
        created_at=clock.now(),
    )
    book = _book_of(importing, filename)
    importing.sheets = [_sheet_json(sheet) for sheet in book.sheets]
    firm = company()
    options = first_options(type_of(importing), firm.country, firm.date_order)
    importing.options = options.as_json()
    importing.sheet = book.sheets.index(_first_choice(book))
    return importing


def _kept(chunks: Iterable[bytes]) -> Kept:
    most = settings.UPLOAD_MEGABYTES
    try:
        return keep(chunks, most=most << 20)
    except TooLarge as error:
        message = _("This file is larger than %(most)d MB. Split it into several files.")
        raise workbook.UnreadableFile(message % {"most": most}, code="too-large") from error


def _book_of(importing: Import, filename: str) -> workbook.Workbook:
    try:
        return workbook.inspect(source_of(importing), filename=filename)
    except workbook.UnreadableFile:
        remove_source(importing)
        raise


def _first_choice(book: workbook.Workbook) -> workbook.Sheet:
    """The best sheet; of a result workbook, which comes back corrected, what was left out."""
    names = [sheet.name for sheet in book.sheets]
    if names == [_("Imported"), _("Not imported")] and len(book.sheets[1].sample) > 1:
        return book.sheets[1]
    return book.best_sheet


def import_keep(*, importing: Import) -> Import:
    """Store what was looked into, with a mapping suggested."""
    return _choose(importing, importing.sheet, None)


def _sheet_json(sheet: workbook.Sheet) -> dict[str, Any]:
    sample = [[number, [_short(cell) for cell in cells]] for number, cells in sheet.sample]
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "rows": sheet.rows,
        "columns": sheet.columns,
        "heading_row": sheet.heading_row,
        "sample": sample,
    }


def _short(cell: Any) -> str:
    text = cell["d"] if isinstance(cell, dict) else "" if cell is None else str(cell)
    return text[:LONGEST_SAMPLE]


def import_choose_sheet(*, importing: Import, sheet: int, heading_row: int | None = None) -> Import:
    """Take another sheet, by its place, or another row of headings, by its number in the sheet;
    the mapping is suggested anew. Raises Refused for what the file has not, and once the import
    has moved on."""
    _must_be_open(importing)
    if not 0 <= sheet < len(importing.sheets):
        raise Refused(_("The file has no such sheet."), code="sheet-unknown")
    if heading_row and heading_row > _last_looked_at(importing.sheets[sheet]):
        message = _("There is no row %(row)d among the first of this sheet, to be its headings.")
        raise Refused(message % {"row": heading_row}, code="heading-row-unknown")
    with transaction.atomic():
        _still_so(importing)
        return _choose(importing, sheet, heading_row)


def _last_looked_at(sheet: Mapping[str, Any]) -> int:
    return max((number for number, _cells in sheet["sample"]), default=0)


def _choose(importing: Import, sheet: int, heading_row: int | None) -> Import:
    found = importing.sheets[sheet]
    importing.sheet = sheet
    importing.heading_row = heading_row or found["heading_row"]
    rows = [cells for number, cells in found["sample"] if number == importing.heading_row]
    importing.headings = unique_headings(rows[0] if rows else [], found["columns"])
    _suggest(importing)
    importing.counts = {}
    importing.state = Stage.MAPPING
    importing.save()
    return importing


def _suggest(importing: Import) -> None:
    """What was chosen for these headings before, else what they and the values look like."""
    user = actor_of(importing)
    profile = profile_for(user, importing.record_type, importing.headings)
    importing.profile = None
    importing.mapping = suggest(
        type_of(importing),
        importing.headings,
        samples_of(importing, MANY_SAMPLES),
        ImportOptions.from_json(importing.options).default_country,
    )
    if profile:
        profile_take(importing, profile)


def import_take_profile(*, importing: Import, profile: Profile) -> Import:
    """The mapping and the options of a profile. Raises Refused once the import has moved on."""
    _must_be_open(importing)
    profile_take(importing, profile)
    return _back_to_mapping(importing)


def import_map(*, importing: Import, mapping: Mapping[str, str]) -> Import:
    """Set the whole mapping {heading: field name or ""}; raises Refused."""
    _must_be_open(importing)
    importing.mapping = check_mapping(type_of(importing), importing.headings, dict(mapping))
    return _back_to_mapping(importing)


def import_map_change(*, importing: Import, wishes: Mapping[str, str]) -> Import:
    """Change some columns of the mapping; a field's other names are understood. Raises Refused."""
    _must_be_open(importing)
    importing.mapping = changed(type_of(importing), importing.mapping, wishes)
    return _back_to_mapping(importing)


def import_set_options(*, importing: Import, options: ImportOptions) -> Import:
    """Raises Refused for a choice that there is not."""
    _must_be_open(importing)
    check_options(type_of(importing), options)
    _check_values(importing, options)
    _check_dated(importing, options)
    importing.options = options.as_json()
    return _back_to_mapping(importing)


def _check_values(importing: Import, options: ImportOptions) -> None:
    """Those that every row gets: a user that there is not would make all of them invalid."""
    growing = growing_for(actor_of(importing))
    context = Context(options=Options(), users=Users(), growing=growing)
    every = Draft({**options.values, **options.added})
    checked = check(type_of(importing), every, context)
    if checked.problems:
        raise Refused(checked.problems[0].message, code=checked.problems[0].code)


def check_named(importing: Import) -> None:
    """Said once, and not for each row: nothing could come of any of them. Raises Refused."""
    record_type, options = type_of(importing), ImportOptions.from_json(importing.options)
    mapped = by_field(importing.mapping)
    if not options.updates and not any(name in mapped for name in record_type.named_by):
        names = ", ".join(str(record_type.field(name).label) for name in record_type.named_by)
        message = _("No column looks like a name. Choose one for at least one of: %(fields)s.")
        raise Refused(message % {"fields": names}, code="name-needed")


def _check_dated(importing: Import, options: ImportOptions) -> None:
    record_type = type_of(importing)
    if options.by_age and record_type.dated_by not in by_field(importing.mapping):
        message = _("Choose the column of “%(field)s”: it says whether the row is the newer one.")
        told = {"field": record_type.field(record_type.dated_by).label}
        raise Refused(message % told, code="date-needed")


@transaction.atomic
def _back_to_mapping(importing: Import) -> Import:
    """What was checked under another mapping or with other options counts no more."""
    _still_so(importing)
    importing.state = Stage.MAPPING
    importing.save(update_fields=["mapping", "options", "state", "profile"])
    return importing


def import_check(*, importing: Import, actor: Any) -> Job:
    """Read and check all rows, without changing any record; then the import is in review. Raises
    Refused where the mapping does not do, and once the import has moved on."""
    _must_be_open(importing)
    check_mapping(type_of(importing), importing.headings, importing.mapping)
    check_named(importing)
    title = _("Check %(file)s") % {"file": importing.filename}
    return _start(importing, "import-check", Stage.CHECKING, title, actor, total=None)


def import_run(*, importing: Import, actor: Any) -> Job:
    """Import the valid rows; also goes on with an import that failed or was stopped. Raises
    Refused for any other that is not in review."""
    stage = resumable(importing) or Stage.RUNNING
    if not resumable(importing) and importing.state != Stage.REVIEW:
        raise _moved_on()
    title = _("Import %(file)s") % {"file": importing.filename}
    total = importing.counts.get("valid", 0)
    already = importing.job.done if resumable(importing) and importing.job else 0
    return _start(importing, "import-run", stage, title, actor, total=total, already=already)


def resumable(importing: Import) -> Stage | None:
    """The stage in which a failed import may go on."""
    goes_on = (Stage.RUNNING, Stage.LINKING)
    if importing.state in (Stage.FAILED, Stage.PAUSED) and importing.failed_in in goes_on:
        return Stage(importing.failed_in)
    return None


def import_undo(*, importing: Import, actor: Any) -> Job:
    """Take back what was imported; what somebody changed since is kept, and reported. Raises
    Refused when nothing was, or it was taken back, and while the import is at work."""
    if not importing.can_undo:
        raise Refused(_("There is nothing to undo."), code="not-undoable")
    title = _("Undo %(file)s") % {"file": importing.filename}
    back = reverse("transfer:back", args=[importing.pk]) if importing.finished_at else ""
    return _start(importing, "import-undo", Stage.UNDOING, title, actor, total=None, undo=back)


@transaction.atomic
def _start(
    importing: Import,
    kind: str,
    stage: Stage,
    title: str,
    actor: Any,
    *,
    total: int | None,
    undo: str = "",
    **further: int,
) -> Job:
    _still_so(importing)
    arguments = {"import_id": importing.pk, **further}
    job = start(kind, title=title, user=actor, total=total, undo=undo, **arguments)
    begin(importing, stage, job)
    return job


def begin(importing: Import, stage: Stage, job: Job | None = None) -> None:
    """Enter a stage of work; the same stage again goes on where it was left."""
    importing.state, importing.job = stage, job
    importing.error = importing.failed_in = ""
    importing.save(update_fields=["state", "job", "error", "failed_in"])


def import_stop(*, importing: Import) -> None:
    """Stop the running job at its next step. What was imported stays, and can be undone."""
    if importing.job is not None and importing.job.is_active:
        cancel(importing.job)
    import_settle(importing=importing)


def import_settle(*, importing: Import) -> None:
    """An import whose job ended without a word to it has stopped: the job was cancelled before
    it began, or was given up because it killed its worker again and again. So has one whose
    command was killed."""
    job = importing.job
    if job is None:
        settle_left(importing)
        return
    if not importing.is_working or job.is_active:
        return
    left = Import.objects.filter(pk=importing.pk, state=importing.state, job=job)
    error = job.message or _("Stopped before the end.")
    paused = job.state == State.CANCELLED and importing.state in (Stage.RUNNING, Stage.LINKING)
    state = Stage.PAUSED if paused else Stage.FAILED
    left.update(state=state, failed_in=importing.state, error="" if paused else error)
    importing.refresh_from_db()


def import_discard(*, importing: Import) -> None:
    """Forget an import that changed nothing, with its files. Raises Refused for any other, and
    while it is at work."""
    if importing.change_set_id is not None or importing.is_working:
        raise Refused(_("This import can't be discarded any more."), code="not-discardable")
    remove_files(importing)
    importing.delete()


def _must_be_open(importing: Import) -> None:
    if not is_open(importing):
        raise _moved_on()


def _still_so(importing: Import) -> None:
    """Inside a transaction: two clicks may come at once, and only the first one counts."""
    current = Import.objects.select_for_update().filter(pk=importing.pk).first()
    if current is None or current.state != importing.state:
        raise _moved_on()


def _moved_on() -> Refused:
    return Refused(_("The import has moved on; look at it again."), code="wrong-stage")
