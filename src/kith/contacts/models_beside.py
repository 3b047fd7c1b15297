"""The tables of what only some contacts have: rows that are there once something stands in them."""

from django.conf import settings
from django.db import models

CONTACT = "contacts.Contact"


def option_key() -> "models.ForeignKey[int | None, int | None]":
    return models.ForeignKey(
        "reference.Option", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )


class Identifier(models.Model):
    """An official number of a contact; `kind` is the field's name, one row for each.

    `key` is the number without what stands between its parts: duplicates are found by it.
    """

    contact = models.ForeignKey(CONTACT, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=24)
    value = models.CharField(max_length=60)
    verified = models.BooleanField(null=True)
    key = models.CharField(max_length=60)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["contact", "kind"], name="contacts_identifier_once"),
        )
        indexes = (models.Index(fields=["key"], name="contacts_identifier_key"),)


def _of_contact() -> "models.OneToOneField[int, int]":
    """The row beside a contact that is only there when something stands in it."""
    return models.OneToOneField(
        CONTACT, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )


def _other_contact() -> "models.ForeignKey[int | None, int | None]":
    return models.ForeignKey(CONTACT, null=True, on_delete=models.SET_NULL, related_name="+")


class Origin(models.Model):
    """Who or what led to a contact: the second choice of its reference."""

    contact = _of_contact()
    campaign = option_key()
    by_contact = _other_contact()
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField(max_length=200, blank=True)


class Statutory(models.Model):
    """A contact's standing under GST and tax deduction, and what of a person is sealed; the other
    numbers are Identifiers."""

    contact = _of_contact()
    gst_type = models.CharField(max_length=16, blank=True)
    gst_member_type = models.CharField(max_length=16, blank=True)
    sez_type = models.CharField(max_length=16, blank=True)
    tds_applicable = models.BooleanField(null=True)
    aadhaar = models.TextField(blank=True)
    # By which an equal number is found, without any being opened.
    aadhaar_digest = models.CharField(max_length=40, blank=True)
    vid = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["aadhaar_digest"], name="contacts_aadhaar"),)


class TradingTerms(models.Model):
    """On what terms a customer or a vendor trades, and, sealed, through which bank."""

    contact = _of_contact()
    credit_limit = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    credit_days = models.SmallIntegerField(null=True)
    discount = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    price_list = option_key()
    trading_group = option_key()
    price_class = option_key()
    class_code = models.CharField(max_length=50, blank=True)
    invoice_type = option_key()
    sales_lock = models.BooleanField(null=True)
    payment_terms = option_key()
    payment_day = models.SmallIntegerField(null=True)
    default_supplier = _other_contact()
    sales_ledger = models.CharField(max_length=50, blank=True)
    purchase_ledger = models.CharField(max_length=50, blank=True)
    bank_name = models.CharField(max_length=100, blank=True)
    account_holder = models.CharField(max_length=200, blank=True)
    account_number = models.TextField(blank=True)
    ifsc = models.TextField(blank=True)
    iban = models.TextField(blank=True)
    bic = models.TextField(blank=True)


class Preferences(models.Model):
    """How a contact wishes to be dealt with. The `notify_` columns are kinds of notification."""

    contact = _of_contact()
    time_zone = models.CharField(max_length=64, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    language = models.CharField(max_length=16, blank=True)
    notify = models.CharField(max_length=8, blank=True)
    notify_invoices = models.CharField(max_length=8, blank=True)
    notify_orders = models.CharField(max_length=8, blank=True)
    notify_tickets = models.CharField(max_length=8, blank=True)
    notify_appointments = models.CharField(max_length=8, blank=True)
    notify_greetings = models.CharField(max_length=8, blank=True)
    notify_campaigns = models.CharField(max_length=8, blank=True)
    client_login = models.BooleanField(null=True)
    client_username = models.CharField(max_length=150, blank=True)
