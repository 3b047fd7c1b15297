"""A form that makes something makes it once, however often it is posted.

A slow network, an impatient click or the button back posts a form again. So each form that is
drawn has a token, `{% once %}`; what was posted with it is remembered by its digest, in the same
transaction that makes the record: of two posts at the same moment one waits for the other, and is
led to where the other one went. Something else posted with the same token is another wish.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kith.core import clock
from kith.core.errors import KithError
from kith.web.models import PostedForm

FIELD = "once"
KEPT = timedelta(days=3)


class PostedBefore(KithError):
    """`url` is where the first post of this form led to; `web.errors` leads there again."""

    code = "posted-before"
    status = 409
    default_message = _("This form had been sent already; nothing was made a second time.")

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url


@dataclass
class Making:
    """To be told the address of what was made, which a second post is led to."""

    url: str = ""


def token() -> str:
    return secrets.token_urlsafe(16)


def check_new(request: HttpRequest) -> None:
    """Raises PostedBefore. A page asks before it judges what was typed: what the first post has
    made would stand in the way of the second."""
    before = PostedForm.objects.filter(key=_key(request)).first()
    if before:
        raise PostedBefore(before.url)


@contextmanager
def made_once(request: HttpRequest) -> Iterator[Making]:
    """A transaction around the making. Raises PostedBefore. A post without a token is let pass."""
    key, making = _key(request), Making()
    with transaction.atomic():
        if key:
            _take(key)
        yield making
        if key:
            PostedForm.objects.filter(key=key).update(url=making.url)


def _take(key: str) -> None:
    """Waits here for another post of the same form that has not ended yet."""
    try:
        with transaction.atomic():
            PostedForm.objects.create(key=key, posted_at=clock.now())
    except IntegrityError:
        raise PostedBefore(PostedForm.objects.get(key=key).url) from None


def _key(request: HttpRequest) -> str:
    """A digest of what is posted, by whom, with which token; "" without a token. Of a file only the
    name and the size count."""
    if not request.POST.get(FIELD):
        return ""
    typed = [each for each in request.POST.lists() if each[0] != "csrfmiddlewaretoken"]
    uploads = (file for name in request.FILES for file in request.FILES.getlist(name))
    files = [(file.name, file.size) for file in uploads]
    said = repr((request.user.pk, sorted(typed), files))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def forget_posted() -> None:
    """Once a day: nobody sends a form again after so long."""
    PostedForm.objects.filter(posted_at__lt=clock.now() - KEPT).delete()
