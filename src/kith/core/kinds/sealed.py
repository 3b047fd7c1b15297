"""A sensitive value of any kind: only its sealed form ever leaves `clean`."""

from dataclasses import replace
from typing import Any

import orjson
from django.utils.translation import gettext_lazy as _

from kith.core.kinds.kind import Cell, Context, Invalid, Kind, is_blank
from kith.core.sealing import SealBroken, is_sealed, ring

BULLETS = "••••"
LEGIBLE, LEAST = 4, 8
"""So many characters of the end stay legible, of values that have at least `LEAST`."""


class Sealed(Kind):
    """Wire form {"sealed": token, "mask": "•••• 2346", "digest": hmac}; None when empty.

    Stored as JSON in a text column (or inside a JSON one), so that rows, history, working data
    of imports and undo never hold the value itself. `inner` reads and shows the opened value.
    """

    widget = "sealed"

    def __init__(self, inner: Kind) -> None:
        self.inner = inner

    def clean(self, raw: Any, context: Context) -> dict[str, str] | None:
        if is_sealed(raw):
            return self._checked(raw)
        if is_blank(raw):
            return None
        if isinstance(raw, str) and BULLETS in raw:
            self._refuse_mask(context)
            return None
        value = self._read(raw, context)
        return None if value in (None, "", []) else self._seal(value)

    def _seal(self, value: Any) -> dict[str, str]:
        text = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
        keys = ring()
        return {"sealed": keys.seal(text), "mask": self._mask(value), "digest": keys.digest(text)}

    def _read(self, raw: Any, context: Context) -> Any:
        """What is wrong or doubtful is told without the value."""
        known = len(context.cautions)
        try:
            return self.inner.clean(raw, context)
        except Invalid as error:
            raise Invalid(error.code, error.message) from None
        finally:
            context.cautions[known:] = [
                replace(each, value=None) for each in context.cautions[known:]
            ]

    def _refuse_mask(self, context: Context) -> None:
        """An exported sheet holds masks: they come back as cells that say nothing."""
        if not context.from_sheet:
            raise Invalid("masked", _("Write the whole value; what you see of it is masked."))

    def _checked(self, raw: dict[str, Any]) -> dict[str, str]:
        """A sealed value that came round is taken as it is, if it is one of ours."""
        try:
            text = ring().open(str(raw["sealed"]))
        except SealBroken as error:
            raise Invalid(error.code, error.message) from None
        own = {"sealed": str(raw["sealed"]), "mask": self._mask(orjson.loads(text))}
        return {**own, "digest": ring().digest(text)}

    def accept(self, value: Any) -> Any:
        return value and self._seal(self.inner.accept(self.opened(value)))

    def _mask(self, value: Any) -> str:
        letters = "".join(c for c in self.inner.show(value, Context()) if c.isalnum())
        return f"{BULLETS} {letters[-LEGIBLE:]}" if len(letters) >= LEAST else BULLETS

    def opened(self, value: Any) -> Any:
        """The wire form of `inner`. Only for who may see it. Raises SealBroken."""
        return orjson.loads(ring().open(value["sealed"])) if value else self.inner.empty()

    def reveal(self, value: Any, context: Context) -> str:
        """The value in words, for who may see it. Record that it was shown. Raises SealBroken."""
        return self.inner.show(self.opened(value), context) if value else ""

    def show(self, value: Any, context: Context) -> str:
        return str(value["mask"]) if value else ""

    def export(self, value: Any, context: Context) -> Cell:
        if value and context.reveals:
            return self.inner.export(self.opened(value), context)
        return self.show(value, context) or None

    def told(self, raw: Any) -> Any:
        return BULLETS if raw not in (None, "") else raw

    def to_db(self, value: Any) -> Any:
        return orjson.dumps(value).decode() if value else ""

    def from_db(self, stored: Any) -> Any:
        if isinstance(stored, str):
            return orjson.loads(stored) if stored else None
        return stored or None

    def same(self, one: Any, other: Any) -> bool:
        """By their digests; those made under different keys are opened to be compared."""
        if not one or not other:
            return not one and not other
        if one["digest"] == other["digest"]:
            return True
        try:
            return bool(self.opened(one) == self.opened(other))
        except SealBroken:
            return False

    def alters(self, before: Any, value: Any) -> bool:
        return not self.same(before, value)


def digest_of(value: Any) -> str:
    """For a column beside the value, by which equal ones are found."""
    return str(value["digest"]) if value else ""
