"""Fields that an administrator made: a sheet fills them as it fills built-in ones."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kith.accounts.actors import SYSTEM
from kith.contacts.context import reading_context
from kith.contacts.forms.contact import ContactForm
from kith.contacts.models import Contact, CustomKey
from kith.contacts.record import CONTACT
from kith.contacts.services.trading import contact_trade
from kith.core.errors import Rejected
from kith.customfields.services.fields import field_create
from kith.reference.models import Option
from kith.transfer.template import write_template
from tests.contacts import make_contact

pytestmark = pytest.mark.django_db


def make(label: str, kind: str, **more: Any) -> str:
    return field_create(actor=SYSTEM, label=label, kind=kind, filterable=True, **more)[0]


def test_a_sheet_fills_them(kith: Any, sheet: Any) -> None:
    club = make("Club number", "text", is_unique=True, required_for=["always"])
    size, since = make("Shoe size", "number"), make("Member since", "date")
    colours = make("Shirt colours", "choices", options=["Red", "Blue"])
    friend = make("Introduced by", "contact")
    meera = make_contact(name="Meera Raval")
    report = kith(
        "import",
        sheet(
            ("Name", "Club Number", "Shoe Size", "Member Since", "Shirt Colours", "Introduced By"),
            ("Anjali", "A 7", "42.5", "2024-03-01", "red, Blue", f"C-{meera.pk:06d}"),
            ("Bina", "", "", "", "", "Meera Raval"),
            ("Chetan", "á 7", "40"),
            ("Dilip", "B", "large"),
            ("Esha", "C", "40", "", "Puce"),
        ),
    )
    assert report["mapping"]["Club Number"] == club
    assert [row["outcome"] for row in report["rows"]] == [
        "created", "created", "invalid", "invalid", "invalid",
    ]  # fmt: skip
    codes = [problem["code"] for row in report["rows"] for problem in row["errors"]]
    assert codes == ["not-unique", "not-a-number", "unknown-option"]
    red, blue = Option.objects.filter(list_name="custom-x_shirt_colours").order_by("position")
    anjali, bina = Contact.objects.exclude(pk=meera.pk).order_by("pk")
    assert anjali.custom == {
        club: "A 7", size: "42.5", since: "2024-03-01", colours: [red.pk, blue.pk],
        friend: meera.pk,
    }  # fmt: skip
    assert bina.custom == {friend: meera.pk}
    assert CustomKey.objects.filter(contact=anjali).count() == 6


def test_old_customer_numbers_are_kept_and_the_series_goes_on_above(
    kith: Any, sheet: Any, make_user: Any
) -> None:
    hidden = make_contact(name="Hathor", accessibility="me", actor=make_user("agent"))
    contact_trade(actor=SYSTEM, pk=hidden.pk, role="customer")
    rows = (
        ("Name", "Customer Number", "Supplier Code"),
        ("Anjali", "CUST-00120", "V7"),
        ("Bina", "OLD 5", ""),
        ("Chetan", "CUST-00120", ""),
        ("Dilip", "CUST-00001", ""),
    )
    report = kith("import", sheet(*rows))
    assert [row["outcome"] for row in report["rows"]] == ["created", "created", *["invalid"] * 2]
    anjali, bina = Contact.objects.exclude(pk=hidden.pk).order_by("pk")
    assert (anjali.customer_number, anjali.vendor_number) == ("CUST-00120", "V7")
    assert bina.customer_number == "OLD 5"
    other = make_contact(name="Esha")
    assert contact_trade(actor=SYSTEM, pk=other.pk, role="customer")[0] == "CUST-00121"
    assert "customer_number" not in ContactForm(context=reading_context(), kind="person").controls
    with pytest.raises(Rejected) as refused:
        make_contact(make_user("agent"), name="Farida", customer_number="CUST-00001")
    assert str(refused.value.problems[0].message) == "Another record has this value already."


def test_the_template_has_them(tmp_path: Path) -> None:
    make("Shirt colours", "choices", options=["Red", "Blue"])
    write_template(record_type=CONTACT, to=tmp_path / "template.xlsx")
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "template.xlsx").read_bytes()))
    first, permitted = book.worksheets[0], book.worksheets[1]
    headings = [cell.value for cell in first[1]]
    assert {"Shirt colours", "Site 2 Name", "Site 3 City", "Site at company", "Link 1 To"} <= {
        *headings
    }
    column = next(each for each in permitted.iter_cols() if each[0].value == "Shirt colours")
    assert [cell.value for cell in column[1:3]] == ["Red", "Blue"]
