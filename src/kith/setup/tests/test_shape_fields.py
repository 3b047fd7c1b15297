"""The settings of fields, as an administrator goes through them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kith.accounts.models import User
from kith.contacts.record import CONTACT
from kith.core.shapes import shapes
from kith.customfields.models import Definition
from kith.history.models import ChangeSet
from kith.reference.models import Option
from tests.contacts import make_contact

pytestmark = pytest.mark.django_db
HERE = "/settings/fields/"


@pytest.fixture
def client(administrator: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(administrator)


def text(client: Client, url: str = HERE) -> str:
    return client.get(url).content.decode()


def names(section: str) -> list[str]:
    shapes.look_again()
    return [each.name for each in CONTACT.shape.shown_in(section)]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("number", "42", "many"),
        ("date", "4 Mar 2026", "soon"),
        ("yesno", "yes", "perhaps"),
        ("choice", "red", "Purple"),
        ("choices", "Red, blue", "Red, Purple"),
    ],
)
def test_what_new_forms_begin_with_can_be_read(
    client: Client, kind: str, good: str, bad: str
) -> None:
    sent = {"label": "Mine", "section": "card", "options": "Red\nBlue"}
    assert client.post(f"{HERE}new/?kind={kind}", {**sent, "first": bad}).status_code == 422
    twice = client.post(f"{HERE}new/?kind=text", {**sent, "first": "1", "is_unique": "on"})
    assert "all begin with it" in twice.content.decode()
    assert client.post(f"{HERE}new/?kind={kind}", {**sent, "first": good}).status_code == 302
    # What was stored before it was looked at is shown, and refused when it is saved.
    Definition.objects.update(first=bad)
    shapes.look_again()
    assert bad in text(client, f"{HERE}x_mine/")
    assert client.post(f"{HERE}x_mine/", {**sent, "first": bad}).status_code == 422


def test_a_field_is_made_changed_hidden_and_shown(client: Client) -> None:
    assert "?kind=choices" in text(client, f"{HERE}new/")
    sent: dict[str, Any] = {"label": "Colour", "section": "card", "options": "Red\nBlue\n\nred"}
    sent |= {"required_for": ["person"], "filterable": "on", "in_list": "on", "help": "Of the car"}
    assert client.post(f"{HERE}new/?kind=choice", sent).status_code == 302
    options = Option.objects.filter(list_name="custom-x_colour").order_by("position")
    assert [each.name for each in options] == ["Red", "Blue"]
    page = text(client)
    assert "Required: People" in page
    assert "Colour" in text(client, "/settings/lists/custom-x_colour/")
    again = client.post(f"{HERE}new/?kind=text", {"label": "colour"})
    assert (again.status_code, "called “Colour” already" in again.content.decode()) == (422, True)
    assert 'value="Of the car"' in text(client, f"{HERE}x_colour/")
    changed = client.post(f"{HERE}x_colour/", {"label": "Paint", "section": "card"})
    assert changed.status_code == 302
    field = CONTACT.field("x_colour")
    assert (str(field.label), field.required_for, field.filter) == ("Paint", (), False)
    client.post(f"{HERE}x_colour/", {"label": "Paint", "section": "card", "required_for": "always"})
    assert CONTACT.field("x_colour").required_for == ("always",)
    client.post(reverse("contacts:undo", args=[ChangeSet.objects.latest("pk").pk]))
    assert CONTACT.field("x_colour").required_for == ()
    assert "A column of the list" not in text(client, f"{HERE}new/?kind=sealed")
    make_contact(x_colour="Red")
    assert "1 contact holds something" in text(client, f"{HERE}x_colour/hide/")
    client.post(f"{HERE}x_colour/hide/")
    assert "1 hidden field" in text(client)
    client.post(reverse("contacts:undo", args=[ChangeSet.objects.latest("pk").pk]))
    assert "1 hidden field" not in text(client)
    client.post(f"{HERE}x_colour/hide/")
    client.post(f"{HERE}x_colour/show/")
    assert names("card")[-1] == "x_colour"


def test_fields_and_sections_are_ordered_by_buttons(client: Client) -> None:
    before = names("more")
    moved = client.post(
        f"{HERE}{before[1]}/move/", {"by": "-1"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert moved.index(f"up-{before[1]}") < moved.index(f"up-{before[0]}")
    # Dragged: further than by one, and back by Undo.
    client.post(f"{HERE}{before[1]}/move/", {"by": "3"}, headers={"HX-Request": "true"})
    assert names("more")[3] == before[1]
    client.post(reverse("contacts:undo", args=[ChangeSet.objects.latest("pk").pk]))
    assert client.post(f"{HERE}{before[1]}/move/", {"by": "0"}).status_code == 404
    assert names("more")[:2] == [before[1], before[0]]
    assert client.post(f"{HERE}sections/new/", {"label": "Sport"}).status_code == 302
    shapes.look_again()
    last, own = CONTACT.sections[-2][0], CONTACT.sections[-1][0]
    assert client.post(f"{HERE}sections/new/", {"label": "sport"}).status_code == 422
    client.post(f"{HERE}sections/{own}/move/", {"by": "-1"})
    client.post(f"{HERE}sections/{own}/", {"label": "Games"})
    client.post(f"{HERE}sections/{last}/", {"label": "Further"})
    shapes.look_again()
    assert [str(label) for _name, label in CONTACT.sections[-2:]] == ["Games", "Further"]
    client.post(f"{HERE}priority/", {"section": own, "label": "Stars"})
    assert names(own) == ["priority"]
    assert client.post(f"{HERE}sections/{own}/remove/").status_code == 400
    client.post(f"{HERE}priority/", {"section": "more", "label": ""})
    client.post(f"{HERE}sections/{own}/remove/")
    client.post(f"{HERE}sections/{last}/", {"label": ""})
    shapes.look_again()
    assert CONTACT.sections == CONTACT.declared.sections
    assert str(CONTACT.field("priority").label) == "Priority"


def test_what_can_not_be_is_said(client: Client) -> None:
    assert client.post(f"{HERE}name/hide/").status_code == 400
    for missing in ("nothing", "code", "relation"):
        assert client.get(f"{HERE}{missing}/").status_code == 404
    assert client.post(f"{HERE}priority/", {"section": "attic"}).status_code == 422
