"""A contact's picture: drawn anew, seen by who may see the contact, undone, forgotten at last."""

import io
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from kith.accounts.models import User
from kith.contacts.services.erasing import contacts_erase
from kith.files.pictures import LARGE, SMALL, picture_path
from kith.files.pruning import pictures_prune
from tests.contacts import change_contact, make_contact

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
ORIENTATION, MAKER = 0x0112, 0x010F


def photo(side: int = 60) -> bytes:
    """Red above and blue below as it should be seen; stored lying, as phones do."""
    upright = Image.new("RGB", (side, side * 2), "red")
    upright.paste("blue", (0, side, side, side * 2))
    tags = Image.Exif()
    tags[ORIENTATION], tags[MAKER] = 6, "Secret Camera"
    file = io.BytesIO()
    upright.rotate(90, expand=True).save(file, "JPEG", exif=tags, quality=95)
    return file.getvalue()


def upload(content: bytes, name: str = "face.jpg", **more: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content), **more}


def make_old(digest: str) -> None:
    for size in (LARGE, SMALL):
        os.utime(picture_path(digest, size), (0, 0))


def colour(content: bytes, down: float) -> tuple[int, ...]:
    image = Image.open(io.BytesIO(content))
    return image.getpixel((image.width // 2, int(image.height * down)))  # type: ignore[return-value]


def test_a_picture_from_upload_to_oblivion(manager: User, agent: User, signed_in: SignIn) -> None:
    contact, other = make_contact(manager), make_contact(manager, name="Somebody Else")
    client, url = signed_in(manager), f"/contacts/{contact.pk}/picture/"
    assert b"data-picture" in client.get(url).content
    client.post(url, upload(photo(), left="0", top="0", side="60"))
    contact.refresh_from_db()
    assert contact.picture
    answer = client.get(contact.picture_url)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"Secret" not in content
    assert Image.open(io.BytesIO(content)).size == (128, 128)
    assert colour(content, 0.1)[0] > 200
    assert colour(content, 0.9)[2] < 60  # The upper square only.
    for page in ("/contacts/", f"/contacts/{contact.pk}/", "/palette/?q=smithson"):
        assert contact.picture_url in client.get(page).content.decode(), page
    # By no other contact's address, nor by any other name.
    for wrong in (contact.picture_url.replace(str(contact.pk), str(other.pk), 1), url + "x-small/"):
        assert client.get(wrong).status_code == 404
    change_contact(contact, manager, accessibility="me")
    assert signed_in(agent).get(contact.picture_url).status_code == 404
    shown = client.get(f"/contacts/{contact.pk}/?tab=history").content.decode()
    assert "Picture" in shown

    first = contact.picture
    client.post(url, {"remove": "1"})
    contact.refresh_from_db()
    assert (contact.picture, contact.picture_url) == (None, "")
    make_old(first)
    assert pictures_prune() == 0  # An undo may still want it.
    undo = client.get(f"/contacts/{contact.pk}/").content.decode().partition("/undo/")[0]
    client.post(f"/changes/{undo.rpartition('/')[2]}/undo/")
    contact.refresh_from_db()
    assert contact.picture == first

    client.post(f"/contacts/{contact.pk}/delete/")
    assert pictures_prune() == 0
    contacts_erase(actor=manager, ids=[contact.pk])
    assert pictures_prune() == 1
    assert not picture_path(first, SMALL).exists()


def test_what_is_no_picture_is_refused_in_words(agent: User, signed_in: SignIn) -> None:
    contact = make_contact(agent)
    client, url = signed_in(agent), f"/contacts/{contact.pk}/picture/"
    bomb, tiny = io.BytesIO(), io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    Image.new("RGB", (4, 4)).save(tiny, "PNG")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for content, said in (
        (svg, "no picture that can be read"),
        (photo()[:300], "no picture that can be read"),
        (bomb.getvalue(), "too large"),
        (tiny.getvalue(), "too small"),
    ):
        answer = client.post(url, upload(content, "face.png"))
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert client.post(url, {}).status_code == 422
    contact.refresh_from_db()
    assert contact.picture is None


def test_a_square_beyond_the_edge_is_moved_inside(agent: User, signed_in: SignIn) -> None:
    contact = make_contact(agent)
    sent = upload(photo(), left="999999999", top="0", side="99999")
    signed_in(agent).post(f"/contacts/{contact.pk}/picture/", sent)
    contact.refresh_from_db()
    assert contact.picture
    with Image.open(picture_path(contact.picture, LARGE)) as kept:
        assert kept.size == (512, 512)
