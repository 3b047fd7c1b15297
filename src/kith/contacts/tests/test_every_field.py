"""Every declared field, by one row each: it is saved, shown, exported, read back and undone.

A new field needs a row here; the last test fails without it.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kith.accounts.actors import SYSTEM
from kith.accounts.models import Division
from kith.cli.main import main
from kith.contacts.context import reading_context
from kith.contacts.fields.address import SITE_FIELDS
from kith.contacts.models import Site
from kith.contacts.record import CONTACT, SITE
from kith.core.errors import Rejected
from kith.core.kinds.kind import Context
from kith.customfields.services.fields import field_create
from kith.history.models import Change
from kith.records.checking import Draft
from kith.records.door import change_set
from kith.records.tables import load_states
from kith.records.undo import undo

TOO_LONG = "x" * 10_001
NORDVIK = "Nordvik Møbler AS"


class Sample(NamedTuple):
    """A good text, what `show` makes of it, and a bad one with the code of its problem."""

    good: str
    shown: str
    bad: Any = TOO_LONG
    code: str = "too-long"


FIELD_SAMPLES = {
    "kind": Sample("Company", "Company", "Martian", "unknown-option"),
    "salutation": Sample("dr.", "Dr."),
    "name": Sample("Jörg  Müller", "Jörg Müller"),
    "given_name": Sample("Jörg", "Jörg"),
    "family_name": Sample("van der Berg", "van der Berg"),
    "company": Sample("Nordvik Møbler AS", "Nordvik Møbler AS"),
    "designation": Sample("Export manager", "Export manager"),
    "contact_type": Sample("VENDOR", "Vendor", "Custmer", "unknown-option"),
    "manager": Sample("meera@example.com", "Meera Raval", "nobody", "unknown-user"),
    "accessibility": Sample("Meera Raval", "Meera Raval", "my dog", "unknown-option"),
    "mobile": Sample("93270 58088", "093270 58088", "call me", "phone-unreadable"),
    "office_phone": Sample("07926862513", "079 2686 2513", "12", "phone-too-short"),
    "other_phone": Sample("+47 99 24 51 10", "+47 99 24 51 10", "ask", "phone-unreadable"),
    "whatsapp": Sample("+91 93270 58088", "wa.me/919327058088"),
    "email": Sample("Anjali@Horus.in", "anjali@horus.in", "nobody@", "email-invalid"),
    "website": Sample("www.horus.in", "www.horus.in", "http://", "url-invalid"),
    "skype": Sample("anjali.s", "anjali.s"),
    "linkedin": Sample("in/anjali", "linkedin.com/in/anjali"),
    "instagram": Sample("@anjali", "instagram.com/anjali"),
    "facebook": Sample("https://facebook.com/anjali", "facebook.com/anjali"),
    "youtube": Sample("@anjali", "youtube.com/@anjali"),
    "twitter": Sample("@anjali", "x.com/anjali"),
    "site_name": Sample("Head office", "Head office"),
    "site_type": Sample("Head Office", "Head office"),
    "concerned_person": Sample("The clerk", "The clerk"),
    "address1": Sample("5, Vasupujya Bungalows", "5, Vasupujya Bungalows"),
    "address2": Sample("Nr. Jain Derasar", "Nr. Jain Derasar"),
    "area": Sample("Satellite", "Satellite"),
    "city": Sample("Đà Nẵng", "Đà Nẵng"),
    "district": Sample("Ahmedabad", "Ahmedabad"),
    "postal_code": Sample("ls1 4ap", "LS1 4AP"),
    "country": Sample("Viet Nam", "Vietnam", "Atlantis", "unknown-country"),
    "state": Sample("Somewhere", "Somewhere"),
    "site_phone": Sample("079 2686 2513", "079 2686 2513", "12", "phone-too-short"),
    "site_time_zone": Sample("IST", "Asia/Kolkata", "Atlantis", "unknown-zone"),
    "position": Sample("23.0225 N, 72.5714 E", "23.0225, 72.5714", "91, 2", "position-nowhere"),
    "tags": Sample("key, Export", "key, Export"),
    "divisions": Sample("north, South", "North, South", "Nowhere", "unknown-option"),
    "categories": Sample("Insurance", "Insurance"),
    "aliases": Sample("Anju, A. Smith", "Anju, A. Smith"),
    "priority": Sample("4", "4", "7", "out-of-range"),
    "temperature": Sample("hot", "Hot", "boiling", "unknown-option"),
    "important": Sample("yes", "Yes", "perhaps", "not-yes-or-no"),
    "industry": Sample("Finance", "Finance"),
    "segment": Sample("Microfinance", "Microfinance"),
    "reference": Sample("Campaign", "Campaign"),
    "reference_campaign": Sample("Spring fair", "Spring fair"),
    "reference_contact": Sample(
        "Nordvik Møbler AS", "Nordvik Møbler AS", "Nobody", "unknown-record"
    ),
    "reference_user": Sample("meera@example.com", "Meera Raval", "nobody", "unknown-user"),
    "reference_text": Sample("A neighbour", "A neighbour"),
    "pan": Sample("aapfu 0939f", "AAPFU0939F"),
    "aadhaar": Sample("2341 2341 2346", "•••• 2346"),
    "vid": Sample("9173 2093 8473 1234", "•••• 1234"),
    "gst_type": Sample("3", "Composition", "5", "unknown-option"),
    "gstin": Sample("27aapfu0939f1zv", "27AAPFU0939F1ZV"),
    "gst_member_type": Sample("D", "Deemed export", "X", "unknown-option"),
    "sez_type": Sample("unit", "SEZ unit", "X", "unknown-option"),
    "cin": Sample("U72200GJ2009PTC057442", "U72200GJ2009PTC057442"),
    "llpin": Sample("AAB1234", "AAB-1234"),
    "tan": Sample("PNEA06819B", "PNEA06819B"),
    "tds_applicable": Sample("yes", "Yes", "perhaps", "not-yes-or-no"),
    "transporter_id": Sample("88AAPFU0939F1ZX", "88AAPFU0939F1ZX"),
    "vat_number": Sample("DE 136695976", "DE136695976"),
    "register_number": Sample("VAT123456789", "VAT123456789"),
    "cst_number": Sample("CST987654321", "CST987654321"),
    "st_number": Sample("ST555555555", "ST555555555"),
    "customer_number": Sample("K 4711", "K 4711"),
    "vendor_number": Sample("L-12", "L-12"),
    "credit_limit": Sample("1,00,000", "1,00,000", "-5", "out-of-range"),
    "credit_days": Sample("30", "30", "0.5", "not-whole"),
    "discount": Sample("12.5%", "12.5 %", "101", "out-of-range"),
    "price_list": Sample("Bulk Buyer Price", "Bulk Buyer Price"),
    "trading_group": Sample("Export", "Export"),
    "price_class": Sample("Gold", "Gold"),
    "class_code": Sample("G1", "G1"),
    "invoice_type": Sample("service invoice", "Service Invoice"),
    "sales_lock": Sample("no", "No", "perhaps", "not-yes-or-no"),
    "payment_terms": Sample("30 Days", "30 days"),
    "payment_day": Sample("15", "15", "32", "out-of-range"),
    "default_supplier": Sample(
        "Nordvik Møbler AS", "Nordvik Møbler AS", "Nobody", "unknown-record"
    ),
    "sales_ledger": Sample("1500", "1500"),
    "purchase_ledger": Sample("2400", "2400"),
    "bank_name": Sample("Bank of Baroda", "Bank of Baroda"),
    "account_holder": Sample("Horus Pvt Ltd", "Horus Pvt Ltd"),
    "account_number": Sample("0123 4567 89", "•••• 6789"),
    "ifsc": Sample("HDFC0000001", "•••• 0001"),
    "iban": Sample("DE89 3704 0044 0532 0130 00", "•••• 3000"),
    "bic": Sample("DEUTDEFF", "•••• DEFF"),
    "time_zone": Sample("Kolkata", "Asia/Kolkata", "Atlantis", "unknown-zone"),
    "currency": Sample("Indian Rupee", "INR", "Groats", "unknown-code"),
    "language": Sample("gujarati", "Gujarati", "Klingon", "unknown-code"),
    "notify": Sample("E-mail", "E-mail", "pigeon", "unknown-option"),
    "notify_invoices": Sample("both", "E-mail and SMS", "pigeon", "unknown-option"),
    "notify_orders": Sample("sms", "SMS", "pigeon", "unknown-option"),
    "notify_tickets": Sample("none", "None", "pigeon", "unknown-option"),
    "notify_appointments": Sample("email", "E-mail", "pigeon", "unknown-option"),
    "notify_greetings": Sample("sms", "SMS", "pigeon", "unknown-option"),
    "notify_campaigns": Sample("none", "None", "pigeon", "unknown-option"),
    "client_login": Sample("on", "Yes", "perhaps", "not-yes-or-no"),
    "client_username": Sample("anjali", "anjali"),
    "birth_date": Sample("25.09.1980", "", "31.02.1980", "date-impossible"),
    "anniversary": Sample("2005-07-20", "", "soon", "date-unreadable"),
    "death_date": Sample("2020-01-01", "", "never", "date-unreadable"),
    "gender": Sample("2", "Female", "9", "unknown-option"),
    "business_type": Sample("1", "Partner", "9", "unknown-option"),
    "annual_revenue": Sample("9,00,000", "", "a lot", "not-a-number"),
    "remarks": Sample("=SUM(A1:A9)", "=SUM(A1:A9)"),
}
# One field of each kind that an administrator may make; it behaves as the built-in ones do.
CUSTOM_SAMPLES = {
    "x_text": Sample("  Size 42 ", "Size 42"),
    "x_longtext": Sample("One\nTwo", "One\nTwo"),
    "x_number": Sample("1,234.5", "1,234.5", "a lot", "not-a-number"),
    "x_money": Sample("9,00,000", "9,00,000", "a lot", "not-a-number"),
    "x_date": Sample("25.09.1980", "", "31.02.1980", "date-impossible"),
    "x_yesno": Sample("yes", "Yes", "perhaps", "not-yes-or-no"),
    "x_choice": Sample("blue", "Blue", "Puce", "unknown-option"),
    "x_choices": Sample("blue, Red", "Blue, Red", "Puce", "unknown-option"),
    "x_link": Sample("www.horus.in", "www.horus.in", "http://", "url-invalid"),
    "x_sealed": Sample("Passport Z 4711882", "•••• 1882"),
    "x_contact": Sample(NORDVIK, NORDVIK, "Nobody", "unknown-record"),
    "x_user": Sample("meera@example.com", "Meera Raval", "nobody", "unknown-user"),
}
SAMPLES = FIELD_SAMPLES | CUSTOM_SAMPLES


def save(values: dict[str, Any], pk: int | None = None) -> tuple[int, Any]:
    with change_set(actor=SYSTEM, door="screen", context=context_of_all()) as changes:
        saved = changes.save(CONTACT, Draft(values, id=pk))
    return saved, changes.record


def state_of(pk: int) -> dict[str, Any]:
    state = load_states(CONTACT, [pk], CONTACT.fields)[pk]
    return {name: value for name, value in state.items() if name != "version"}


def sites_of(pk: int) -> list[dict[str, Any]]:
    return list(Site.objects.filter(contact=pk).order_by("pk").values())


def context_of_all() -> Context:
    context = reading_context("IN", reader=SYSTEM)
    context.reveals, context.grows = True, False  # An administrator may add to every list.
    return context


@pytest.fixture
def anjali(make_user: Any) -> int:
    make_user("manager", email="meera@example.com", name="Meera Raval")
    for name in ("North", "South"):
        Division.objects.create(name=name, folded=name.lower())
    save({"name": "Nordvik Møbler AS", "kind": "company"})
    return save({"name": "Anjali Smithson"})[0]


def make_field(name: str) -> None:
    """The field of a custom sample: found, filtered and listed as far as its kind allows."""
    if name not in CUSTOM_SAMPLES:
        return
    flags = {"searchable": True, "filterable": True, "in_list": True}
    kind = name.removeprefix("x_")
    made, _change = field_create(
        actor=SYSTEM, label=kind, kind=kind, options=["Red", "Blue"], **flags
    )
    assert made == name


def test_good_values_are_saved_shown_read_back_and_undone(anjali: int) -> None:
    for name, sample in SAMPLES.items():
        make_field(name)
        field, context, before = CONTACT.field(name), context_of_all(), state_of(anjali)
        _, change = save({name: sample.good}, anjali)
        value = state_of(anjali)[name]
        assert value not in (None, []), name
        if sample.shown:
            assert field.kind.show(value, context) == sample.shown, name
        again = field.kind.clean(field.kind.export(value, context), context)
        assert field.kind.same(again, value), name
        report = undo(actor=SYSTEM, original=change)
        assert not report.kept, name
        assert state_of(anjali) == before, name


def test_bad_values_are_refused_with_their_codes(anjali: int) -> None:
    for name, sample in SAMPLES.items():
        make_field(name)
        before = state_of(anjali)
        with pytest.raises(Rejected) as refused:
            save({name: sample.bad}, anjali)
            pytest.fail(f"{name} took {sample.bad!r}")
        found = [(problem.field, problem.code) for problem in refused.value.problems]
        assert found == [(name, sample.code)]
        assert state_of(anjali) == before


def test_every_field_has_a_sample() -> None:
    declared = {field.name for field in CONTACT.fields if not field.system}
    assert declared == {*FIELD_SAMPLES}


@pytest.mark.parametrize("file_format", ["xlsx", "ods", "csv"])
def test_a_file_of_every_field_imports_back_and_changes_nothing(
    anjali: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], file_format: str
) -> None:
    for name in CUSTOM_SAMPLES:
        make_field(name)
    given = {name: sample.good for name, sample in SAMPLES.items() if name not in ("kind", "name")}
    save(given, anjali)
    save({"remarks": "+1\n=2", "address1": "@home", "area": "-5", "x_text": "=1+1"}, anjali)
    other = save({"name": "=HYPERLINK(A1)", "aliases": ["007", "1E5"], "remarks": "'quoted'"})[0]
    parts = {each.name: FIELD_SAMPLES[each.name].good for each in SITE_FIELDS}
    with change_set(actor=SYSTEM, door="screen", context=context_of_all()) as changes:
        for name, values in (("Factory", parts), ("=Yard", {"area": "-1", "city": "007"})):
            changes.save(SITE, Draft(values | {"contact": anjali, "site_name": name}))
    before = {pk: state_of(pk) | {"sites": sites_of(pk)} for pk in (anjali, other)}
    assert not [name for name in given if before[anjali][name] in (None, [], "")]
    path = tmp_path / f"all.{file_format}"
    assert main(["export", str(path)]) == 0
    for duplicates in ("fill", "overwrite"):
        capsys.readouterr()
        asked = ["--match", "code", "--duplicates", duplicates, "--json"]
        assert main(["import", str(path), *asked]) == 0
        report = json.loads(capsys.readouterr().out)
        assert not [each.values for each in Change.objects.filter(change_set__door="import")]
        assert (report["invalid"], report["created"], report["updated"]) == (0, 0, 0), report
    assert {pk: state_of(pk) | {"sites": sites_of(pk)} for pk in (anjali, other)} == before
