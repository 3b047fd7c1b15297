"""Pages for the printer: typst sets them in a child process, from a template of ours and data."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.utils.translation import gettext as _

from kith.core.child_process import ChildFailed, ask
from kith.core.errors import Refused

SECONDS = 120


@dataclass(frozen=True)
class Typeset:
    """`missing`: the characters for which no font has a shape."""

    content: bytes
    missing: str = ""


class NotTypeset(Refused):
    """The pages could not be made; the message says so in words."""

    status = 422


def typeset(
    template: Path,
    data: Mapping[str, Any],
    *,
    form: Literal["pdf", "png"] = "pdf",
    ppi: int = 100,
    check: Sequence[str] = (),
) -> Typeset:
    """Fill a template of ours. `data` reaches it as JSON, never as markup.

    A PNG is of the first page; `check` are texts whose missing characters are wanted as well.
    Raises NotTypeset.
    """
    with tempfile.TemporaryDirectory(prefix="kith-typeset-") as folder:
        to = Path(folder) / "pages"
        request = {
            "template": template.read_text(encoding="utf-8"),
            "data": json.dumps(data, ensure_ascii=False),
            "check": json.dumps({"check": list(check)}, ensure_ascii=False) if check else "",
            "form": form,
            "ppi": ppi,
            "fonts": [str(own_fonts())] if own_fonts().is_dir() else [],
            "to": str(to),
        }
        answer = _ask(request)
        return Typeset(to.read_bytes(), answer["missing"])


def own_fonts() -> Path:
    """Where an administrator puts fonts, beside those of the machine."""
    return Path(settings.MEDIA_ROOT).parent / "fonts"


def _ask(request: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        return ask("kith.files.typesetting_child", request, seconds=SECONDS)
    except ChildFailed:
        raise NotTypeset(
            _("The pages could not be made. Try with fewer contacts."), code="not-typeset"
        ) from None
