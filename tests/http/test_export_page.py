"""Export from the list: only the columns that were chosen."""

from collections.abc import Callable

import pytest
from django.test import Client

from kith.accounts.models import User
from tests.contacts import make_contact


@pytest.mark.django_db
def test_an_export_has_the_chosen_columns(
    manager: User, signed_in: Callable[[User], Client]
) -> None:
    make_contact(name="Anjali", city="Pune")
    client = signed_in(manager)
    page = client.get("/contacts/export/?q=pune").content.decode()
    assert "/contacts/labels/?q=pune" in page
    table = client.get("/contacts/export/", {"format": "csv", "columns": ["city", "name"]})
    text = b"".join(table.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert text.splitlines()[0] == "Name,City"
