"""The static files of the site, looked for once: each test client makes its own middleware."""

from typing import Any, ClassVar

from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFiles(WhiteNoiseMiddleware):
    known: ClassVar[dict[str, Any]] = {}

    def add_files_from_finders(self) -> None:
        if not self.known:
            super().add_files_from_finders()
            self.known.update(self.files)
        self.files.update(self.known)
