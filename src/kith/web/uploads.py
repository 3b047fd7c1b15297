"""Refuses a request that is larger than any file may be, before it is written to the disk.

Django keeps whatever comes in a temporary file first, for strangers too: the check of the CSRF
token reads the form before anybody asks who sent it. So that is asked here: a stranger has no file
to bring.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

ROOM = 2 << 20
"""Bytes of the rest of a form. A file that is only a little too large is told so on its page."""


class UploadLimit(FileUploadHandler):
    """Keeps nothing itself; stands before the handlers that do."""

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002
        META: Any,  # noqa: ARG002, N803
        content_length: int,
        boundary: Any,  # noqa: ARG002
        encoding: Any = None,  # noqa: ARG002
    ) -> None:
        user = getattr(self.request, "user", None)
        known = user is not None and user.is_authenticated
        if content_length > (settings.UPLOAD_MEGABYTES << 20 if known else 0) + ROOM:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers that follow make the file."""
