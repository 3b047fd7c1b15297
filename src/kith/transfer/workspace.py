"""Where an import keeps its files: the sheet as it came, its rows, and the rows as checked."""

import shutil
from pathlib import Path

from django.conf import settings

from kith.files.storage import path_of
from kith.transfer.models import Import


def source_of(importing: Import) -> Path:
    return path_of(importing.digest)


def folder_of(importing: Import) -> Path:
    folder = Path(settings.DATA_DIR) / "imports" / str(importing.pk)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def rows_path(importing: Import) -> Path:
    """The rows of the chosen sheet below the chosen heading row, as the reader writes them."""
    return folder_of(importing) / f"rows-{importing.sheet}-{importing.heading_row or 0}.jsonl"


def checked_path(importing: Import) -> Path:
    """The valid rows, their values in wire form."""
    return folder_of(importing) / "checked.jsonl"


def later_path(importing: Import) -> Path:
    """What valid rows say of other rows, to be resolved when all are in."""
    return folder_of(importing) / "later.jsonl"


def wishes_path(importing: Import) -> Path:
    """What somebody has put right or chosen for single rows, while these are checked anew."""
    return folder_of(importing) / "wishes.json"


def keys_path(importing: Import) -> Path:
    return folder_of(importing) / "keys.sqlite3"


def result_path(importing: Import) -> Path:
    return folder_of(importing) / "result.xlsx"


def lock_path(importing: Import) -> Path:
    """Held by the command that runs the import."""
    return folder_of(importing) / "at-work"


def remove_folder(importing: Import) -> None:
    shutil.rmtree(folder_of(importing), ignore_errors=True)


def remove_source(importing: Import) -> None:
    """The sheet as it came, unless the same one came for another import as well."""
    others = Import.objects.filter(digest=importing.digest, files_gone_at=None)
    if not others.exclude(pk=importing.pk).exists():
        source_of(importing).unlink(missing_ok=True)
