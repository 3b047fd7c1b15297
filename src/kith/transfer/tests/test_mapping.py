"""Which column feeds which field, by the headings of several systems."""

import pytest

from kith.core.errors import Refused
from kith.core.record_types import registry
from kith.transfer.mapping import changed, check_mapping, suggest


def suggested(*headings: str) -> dict[str, str]:
    return suggest(registry.get("contact"), headings)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Title", "salutation"),
        ("Name", "name"),
        ("Zip / Pin Code", "postal_code"),
        ("E-Mail Adress", "email"),
        ("mobile no.", "mobile"),
        ("MOBILE_NUMBER", "mobile"),
        ("Type Of Address", "site_type"),
        ("PAN Number", "pan"),
        ("VAT Number", "vat_number"),
        ("Class Name", "price_class"),
        ("Privacy", "accessibility"),
        ("primary_address_street", "address1"),
        ("MailingCity", "city"),
        ("E-mail 3 Address", "email"),
        ("Assigned User Name", "manager"),
        ("Is Important", "important"),
        ("", ""),
    ],
)
def test_a_heading_finds_its_field(heading: str, field: str) -> None:
    assert suggested(heading) == {heading: field}


def test_a_single_field_is_fed_once_and_by_the_best_heading() -> None:
    assert suggested("Full Name", "Name") == {"Full Name": "", "Name": "name"}


def test_a_list_is_fed_by_several_columns_in_their_order() -> None:
    headings = ["Mobile Number", "Mobile Number1", "Phone (2)"]
    assert suggested(*headings) == dict.fromkeys(headings, "mobile")


def test_a_wish_takes_a_single_field_from_another_column() -> None:
    contact = registry.get("contact")
    mapping = changed(contact, {"A": "name", "B": "", "C": "email"}, {"b": "Full name", "C": ""})
    assert mapping == {"A": "", "B": "name", "C": ""}


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({"A": "name", "B": "name"}, "field-twice"),
        ({"A": "trashed_at"}, "field-unknown"),
        ({"Z": "name"}, "column-unknown"),
        ({}, "nothing-mapped"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(mapping, code) -> None:
    with pytest.raises(Refused) as refused:
        check_mapping(registry.get("contact"), ["A", "B"], mapping)
    assert refused.value.code == code


def test_a_column_may_feed_several_fields() -> None:
    contact = registry.get("contact")
    mapping = check_mapping(contact, ["A", "B"], {"A": "Full Name, Alias", "B": "email"})
    assert mapping == {"A": "name,aliases", "B": "email"}
    assert changed(contact, mapping, {"B": "name"}) == {"A": "aliases", "B": "name"}


def test_values_say_what_a_heading_does_not() -> None:
    samples = {
        "Kontakt": ["a@example.com", "b@example.com"],
        "Where": ["India", "Norway"],
        "Ring": ["+47 22 22 55 55", "93270 58088"],
        "Shoe size": ["38", "39"],
        "One": ["c@example.com"],
    }
    found = suggest(registry.get("contact"), list(samples), samples, "IN")
    assert list(found.values()) == ["email", "country", "mobile", "", ""]
