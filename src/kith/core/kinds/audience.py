"""Who may see a record: everybody, only me, or chosen users, teams and divisions."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kith.core.kinds.kind import Caution, Context, Invalid, Kind, cell_text
from kith.core.kinds.texts import check_count, join_list, split_list
from kith.core.text import fold, plain

EVERYONE = 1
"""The id of the audience that holds everybody."""
ALL, ME = "all", "me"
TO_EVERYBODY = "audience-everybody"
"""The caution about a record that was meant for some, and that everybody will see."""
_ALL_WORDS = ("all", "all users", "public", "everyone", "everybody", "no")
_ME_WORDS = ("me", "only me", "private", "yes")
_TOKEN = re.compile(r"(?:user|team|division):\d{1,18}", re.ASCII)
MOST = 500


class Audience(Kind):
    """The id of an audience, or {"new": members} of one that is made when it is stored.

    Raw input is "all", "me", or members: tokens ("user:3", "team:2", "division:1"), names,
    e-mails and employee codes. {"members": […], "sure": true} says that whoever gives it need
    not be among them.
    """

    widget = "audience"

    def clean(self, raw: Any, context: Context) -> Any:
        if isinstance(raw, int) and not isinstance(raw, bool) and not context.from_sheet:
            return self._known(raw, context)
        sure = False
        if isinstance(raw, dict):
            # What `clean` has made once needs no second thought.
            sure, raw = bool(raw.get("sure") or "new" in raw), raw.get("members", raw.get("new"))
            if raw == []:
                raise Invalid("nobody", _("Choose at least one user, team or division."))
        texts = self._texts(raw, context)
        if not texts:
            return None
        if any(each == ALL or fold(each) in _ALL_WORDS for each in texts):
            return EVERYONE
        tokens = self._tokens(texts, context)
        if not tokens:
            return EVERYONE
        if not sure:
            _warn_outsider(tokens, context)
        known = context.audiences.known(tokens) if context.audiences else None
        return known or {"new": sorted(tokens)}

    def _known(self, pk: int, context: Context) -> int:
        if pk != EVERYONE and context.audiences and context.audiences.members(pk) is None:
            raise Invalid("unknown-option", _("There is no such choice."), pk)
        return pk

    def _texts(self, raw: Any, context: Context) -> list[str]:
        if isinstance(raw, list | tuple):
            return [text for each in raw if (text := plain(cell_text(each)))]
        text = plain(cell_text(raw))
        if not text or fold(text) in (*_ALL_WORDS, *_ME_WORDS) or _find(text, context):
            return [text] if text else []
        return [plain(each) for each in split_list(text, ",;\n")]

    def _tokens(self, texts: Iterable[str], context: Context) -> set[str]:
        """In a sheet what nobody is called is left out, and said; elsewhere it is refused."""
        found: set[str] = set()
        for text in texts:
            token = _me(context) if fold(text) in _ME_WORDS else _find(text, context)
            if token:
                found.add(token)
            elif context.from_sheet:
                message = _("“{text}” is no user, team or division; left out.")
                context.warn("audience-unknown", format_lazy(message, text=text[:60]), text[:100])
            else:
                message = _("“{text}” is not an option here: name users, teams or divisions.")
                raise Invalid("unknown-option", format_lazy(message, text=text[:60]), text[:100])
        check_count(found, MOST)
        return found or self._nobody(context)

    def _nobody(self, context: Context) -> set[str]:
        """What comes of it is said before who it was that is not known."""
        if context.shuts:
            only = Caution("audience-shut", _("Nobody is left, so only you will see it."))
            context.cautions.insert(0, only)
            return {_me(context)}
        all_ = Caution(TO_EVERYBODY, _("Nobody is left, so everybody will see it."))
        context.cautions.insert(0, all_)
        return set()

    def show(self, value: Any, context: Context) -> str:
        if value is None or value == EVERYONE:
            return str(_("All users")) if value else ""
        tokens = self.members(value, context)
        if not tokens:
            return str(_("Only Kith") if context.reader else _("Only me"))
        if tokens == {_me(context)}:
            return str(_("Only me"))
        names = [_label(each, context) for each in tokens]
        return join_list(sorted(filter(None, names), key=fold)) or str(_("Others"))

    def members(self, value: Any, context: Context) -> set[str]:
        """The tokens of a value in wire form; none of everybody's."""
        if isinstance(value, dict):
            return set(value["new"])
        if value in (None, EVERYONE) or context.audiences is None:
            return set()
        return set(context.audiences.members(value) or ())

    def to_db(self, value: Any) -> Any:
        return value or EVERYONE

    def alters(self, before: Any, value: Any) -> bool:
        return bool((before or EVERYONE) != (value or EVERYONE))


def _me(context: Context) -> str:
    return f"user:{context.reader}" if context.reader else ME


def _find(text: str, context: Context) -> str | None:
    if context.audiences is None:
        return text if _TOKEN.fullmatch(text) else None
    if _TOKEN.fullmatch(text):
        return text if not context.from_sheet and _label(text, context) else None
    return context.audiences.find(text)


def _label(token: str, context: Context) -> str:
    if token == ME or context.audiences is None:
        return str(_("Only me")) if token == ME else token
    return context.audiences.label(token)


def _warn_outsider(tokens: set[str], context: Context) -> None:
    """A person who is not among them would lose sight of the record: asked once more."""
    if context.reader is None or context.audiences is None:
        return
    if context.audiences.holds(tokens, context.reader):
        return
    if context.from_sheet:
        context.warn("locks-you-out", _("You will not see this contact yourself."))
        return
    message = _("You would no longer see this contact yourself. Save again if that is meant.")
    raise Invalid("locks-you-out", message)
