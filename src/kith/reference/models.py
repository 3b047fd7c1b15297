"""Reference lists: the options of the dropdowns, kept by administrators."""

from functools import lru_cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from kith.core.kinds.audience import EVERYONE
from kith.core.text import fold


@lru_cache(maxsize=8_192)
def folded_name(name: str) -> str:
    """By what an option is found again, however its name is spelt."""
    return fold(name)[:200]


class List(models.TextChoices):
    """The lists there are. A list may grow when a form or a sheet names a new option."""

    SALUTATION = "salutation", _("Salutations")
    DESIGNATION = "designation", _("Designations")
    CONTACT_TYPE = "contact_type", _("Types of contact")
    CATEGORY = "category", _("Categories")
    TAG = "tag", _("Tags")
    INDUSTRY = "industry", _("Industries")
    REFERENCE = "reference", _("References")
    TEMPERATURE = "temperature", _("Temperature levels")
    SITE_TYPE = "site_type", _("Types of address")
    RELATION = "relation", _("Relations")
    SEGMENT = "segment", _("Industry segments")
    CAMPAIGN = "campaign", _("Campaigns and activities")
    PRICE_LIST = "price_list", _("Price lists")
    TRADING_GROUP = "trading_group", _("Sales and purchase groups")
    PRICE_CLASS = "price_class", _("Classes")
    INVOICE_TYPE = "invoice_type", _("Invoice types")
    PAYMENT_TERMS = "payment_terms", _("Payment terms")
    CURRENCY = "currency", _("Currencies in use")


class Option(models.Model):
    """One option. `attributes` holds what its list gives a meaning to:

    see `kith.reference.lists`. One that was merged into another, or that is the former name of
    one, stays as an archived row with `same_as`: whoever writes it means the other.
    """

    list_name = models.CharField(max_length=32, choices=List.choices)
    name = models.CharField(max_length=100)
    folded = models.CharField(max_length=200)
    position = models.IntegerField(default=0)
    attributes = models.JSONField(default=dict)
    archived = models.BooleanField(default=False)
    # Who is offered it: one that a contact brought is for those who may see that contact.
    reach = models.ForeignKey(
        "accounts.Audience",
        default=EVERYONE,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["list_name", "folded"], name="reference_option_once"),
        )

    def __str__(self) -> str:
        return self.name


class NumberSeries(models.Model):
    """The numbers that one kind of thing gets, in their order: CUST-00001, CUST-00002 …"""

    name = models.CharField(max_length=32, unique=True)
    prefix = models.CharField(max_length=20, blank=True)
    digits = models.SmallIntegerField(default=5)
    next_number = models.BigIntegerField(default=1)
    version = models.IntegerField(default=1, db_default=1)
    created_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(next_number__gte=1, digits__range=(1, 12)),
                name="reference_number_series",
            ),
        )

    def __str__(self) -> str:
        return self.name


class City(models.Model):
    """A city of the master list, which addresses take their spelling from.

    `state` is a code of ISO 3166-2 where it is known; `people` is 0 for one that somebody added.
    """

    name = models.CharField(max_length=100)
    folded = models.CharField(max_length=200)
    country = models.CharField(max_length=2, blank=True)
    state = models.CharField(max_length=100, blank=True)
    people = models.IntegerField(default=0)
    time_zone = models.CharField(max_length=64, blank=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["folded", "country", "state"], name="reference_city_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class CityName(models.Model):
    """Another name of a city, by which it is offered (Bombay: Mumbai).

    With `merged` it is replaced wherever it is typed: an administrator has said that both are one.
    """

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    folded = models.CharField(max_length=200)
    merged = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["folded"], name="reference_city_name"),)


class CompanySettings(models.Model):
    """The firm itself: one row, made when something is first set. What is empty is as the
    installation's environment has it, or as each reader's language has it."""

    name = models.CharField(max_length=120, blank=True)
    logo = models.CharField(max_length=64, blank=True)
    country = models.CharField(max_length=2, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    date_format = models.CharField(max_length=12, blank=True)
    number_format = models.CharField(max_length=12, blank=True)
    first_weekday = models.SmallIntegerField(null=True)
    # By list, whether everybody who changes contacts adds to it; where it is silent, as declared.
    growing = models.JSONField(default=dict)
    # Whether an imported row stays out that is the same as a contact hidden from who imports it.
    holds_hidden = models.BooleanField(default=False, db_default=False)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
