"""The workbooks of an import: the template before, the result after."""

import tempfile
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kith.accounts.requests import SignedInRequest
from kith.core.errors import Refused
from kith.transfer.access import import_for, require_act
from kith.transfer.models import Stage
from kith.transfer.pages.begin import imported_type
from kith.transfer.results import result_name, write_result
from kith.transfer.template import write_template

WITH_RESULT = (Stage.REVIEW, Stage.DONE, Stage.UNDONE, Stage.FAILED, Stage.PAUSED)


@login_required
@require_safe
def template(request: SignedInRequest) -> FileResponse:
    record_type = imported_type()
    require_act(request.user, record_type, "import")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(record_type=record_type, to=path, viewer=request.user)
        # Opened before its folder goes: the open file stays readable.
        return _download(path, "kith-template.xlsx")


@login_required
@require_safe
def result(request: SignedInRequest, pk: int) -> FileResponse:
    importing = import_for(request.user, pk)
    if importing.files_gone_at is not None:
        raise Refused(_("The files of this import were kept for their time, and are gone."))
    if importing.state not in WITH_RESULT or not importing.counts:
        raise Refused(_("There is no result yet."), code="no-result")
    return _download(write_result(importing=importing), result_name(importing))


def _download(path: Path, name: str) -> FileResponse:
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)
