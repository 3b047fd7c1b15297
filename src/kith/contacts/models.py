"""The tables of contacts. Written through `kith.records` only.

What only some contacts have stands in `models_beside`.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kith.contacts.models_beside import (
    Identifier,
    Origin,
    Preferences,
    Statutory,
    TradingTerms,
    option_key,
)
from kith.contacts.picture_address import picture_url
from kith.core.kinds.audience import EVERYONE
from kith.search.models import Document, Vocabulary

__all__ = ["Identifier", "Origin", "Preferences", "Statutory", "TradingTerms"]


class ContactKind(models.TextChoices):
    PERSON = "person", _("Person")
    COMPANY = "company", _("Company")


LISTED = models.Q(trashed_at=None, is_prospect=False)


def _list_index(name: str, *columns: str) -> models.Index:
    """An order of the list. It also holds what tells who may see a contact, and leaves out the
    trash and the prospects, so that counting and skipping need not look at the rows."""
    return models.Index(fields=[*columns, "id", "reach"], name=name, condition=LISTED)


def _value_index(name: str, column: str) -> models.Index:
    """By what is filtered and sorted, though many contacts have none: these cost it nothing."""
    filled = models.Q(**{f"{column}__isnull": False})
    return models.Index(fields=[column], name=name, condition=filled)


class Contact(models.Model):
    """A person or a company. `name` is what people call it, `sort_name` its folded form."""

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=400)
    given_name = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    salutation = option_key()
    designation = option_key()
    contact_type = option_key()
    industry = option_key()
    reference = option_key()
    temperature = option_key()
    segment = option_key()
    customer_number = models.CharField(max_length=30, null=True, unique=True)
    vendor_number = models.CharField(max_length=30, null=True, unique=True)
    reach = models.ForeignKey(
        "accounts.Audience",
        default=EVERYONE,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    is_prospect = models.BooleanField(default=False)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    birth_date = models.DateField(null=True)
    anniversary = models.DateField(null=True)
    death_date = models.DateField(null=True)
    gender = models.CharField(max_length=10, blank=True)
    business_type = models.CharField(max_length=10, blank=True)
    priority = models.SmallIntegerField(null=True)
    important = models.BooleanField(default=False)
    annual_revenue = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    remarks = models.TextField(blank=True)
    picture = models.CharField(max_length=64, null=True)
    custom = models.JSONField(null=True)
    trashed_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~models.Q(name=""), name="contacts_contact_has_name"),
            models.CheckConstraint(
                condition=models.Q(priority__isnull=True) | models.Q(priority__range=(0, 5)),
                name="contacts_contact_priority",
            ),
        )
        indexes = (
            _list_index("contacts_by_name", "sort_name"),
            _list_index("contacts_by_created", "created_at"),
            _list_index("contacts_by_updated", "updated_at"),
            _list_index("contacts_by_manager", "manager", "sort_name"),
            _list_index("contacts_by_type", "contact_type", "sort_name"),
            _list_index("contacts_by_kind", "kind", "sort_name"),
            _value_index("contacts_by_designation", "designation"),
            _value_index("contacts_by_industry", "industry"),
            _value_index("contacts_by_segment", "segment"),
            _value_index("contacts_by_temperature", "temperature"),
            _value_index("contacts_by_priority", "priority"),
            _value_index("contacts_by_birth_date", "birth_date"),
            _value_index("contacts_by_revenue", "annual_revenue"),
            models.Index(
                fields=["important"],
                name="contacts_important",
                condition=models.Q(important=True),
            ),
            # The few that not everybody sees, and the prospects: to be taken off what is counted.
            models.Index(
                fields=["reach", "id"],
                name="contacts_restricted",
                condition=LISTED & models.Q(reach__gt=EVERYONE),
            ),
            models.Index(
                fields=["sort_name", "id", "reach"],
                name="contacts_prospects",
                condition=models.Q(trashed_at=None, is_prospect=True),
            ),
            models.Index(
                fields=["trashed_at"],
                name="contacts_trashed",
                condition=models.Q(trashed_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def picture_url(self) -> str:
        return picture_url(self.pk, self.picture)


class Site(models.Model):
    """A place of a contact, of which each has exactly one main one. What that holds are fields of
    the contact; the further ones are records of their own. `position`: "latitude,longitude"."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    is_main = models.BooleanField(default=False, db_default=False)
    name = models.CharField(max_length=100, default="main")
    site_type = option_key()
    concerned_person = models.CharField(max_length=200, blank=True)
    address1 = models.CharField(max_length=200, blank=True)
    address2 = models.CharField(max_length=200, blank=True)
    area = models.CharField(max_length=100, blank=True)
    city = models.CharField(max_length=100, blank=True)
    city_folded = models.CharField(max_length=200, blank=True)
    district = models.CharField(max_length=100, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=2, blank=True)
    phone = models.CharField(max_length=60, blank=True, default="")
    time_zone = models.CharField(max_length=64, blank=True, default="")
    position = models.CharField(max_length=40, blank=True, default="")
    version = models.IntegerField(default=1, db_default=1)
    created_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["contact"], condition=models.Q(is_main=True), name="contacts_site_one_main"
            ),
        )
        indexes = (
            models.Index(fields=["city_folded"], name="contacts_site_city"),
            models.Index(fields=["country", "state"], name="contacts_site_country"),
        )


class Channel(models.Model):
    """A way to reach a contact. The first of each kind is the primary one.

    `value` is the normal form (E.164, e-mail address, URL), `text` what was typed, `key` the
    folded form that duplicates are found by; an empty key matches nothing.
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=16)
    position = models.SmallIntegerField()
    value = models.CharField(max_length=500)
    text = models.CharField(max_length=500, blank=True)
    label = models.CharField(max_length=50, blank=True)
    key = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["contact", "kind", "position"], name="contacts_channel_place"
            ),
        )
        # Over all keys: an engine takes a partial index only when the query repeats its condition.
        indexes = (models.Index(fields=["key"], name="contacts_channel_key"),)


class Alias(models.Model):
    """Another name of a contact, found by every search."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+", db_index=False)
    position = models.SmallIntegerField()
    name = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["contact", "position"], name="contacts_alias_place"),
        )


class Label(models.Model):
    """A category or a tag that a contact carries (`kind` says which)."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    option = models.ForeignKey("reference.Option", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["contact", "kind", "option"], name="contacts_label_once"
            ),
        )


class CustomKey(models.Model):
    """Under which keys the custom fields of a contact are found. `sole` is filled where no two
    contacts may hold the same."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+", db_index=False)
    field = models.CharField(max_length=32)
    key = models.CharField(max_length=200)
    sole = models.CharField(max_length=240, null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["contact", "field", "key"], name="contacts_customkey_once"
            ),
            # Nearly all rows hold none, and each of those would stand in the index as well.
            models.UniqueConstraint(
                fields=["sole"],
                condition=models.Q(sole__isnull=False),
                name="contacts_customkey_sole",
            ),
        )
        indexes = (models.Index(fields=["field", "key", "contact"], name="contacts_customkey_by"),)


class ContactDivision(models.Model):
    """A division of the firm itself that a contact belongs to."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+", db_index=False)
    division = models.ForeignKey(
        "accounts.Division", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["contact", "division"], name="contacts_division_once"),
        )
        indexes = (models.Index(fields=["division", "contact"], name="contacts_by_division"),)


class Link(models.Model):
    """A relation between two contacts, read from `contact` to `other`: Anjali works at Horus."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    relation = models.ForeignKey(
        "reference.Option", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    site = models.ForeignKey(
        Site, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    job_title = models.CharField(max_length=100, blank=True)
    is_primary = models.BooleanField(default=False)
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(contact=models.F("other")), name="contacts_link_not_to_itself"
            ),
            models.UniqueConstraint(
                fields=["contact", "other", "relation"], name="contacts_link_once"
            ),
            models.UniqueConstraint(
                fields=["contact"],
                condition=models.Q(is_primary=True),
                name="contacts_link_one_primary",
            ),
        )
        # The database asks for each site that goes whether somebody still sits there.
        indexes = (
            models.Index(
                fields=["site"],
                condition=models.Q(site__isnull=False),
                name="contacts_link_at_site",
            ),
            models.Index(
                fields=["to_date"],
                condition=models.Q(is_primary=True, to_date__isnull=False),
                name="contacts_link_ends",
            ),
        )


class ContactWord(Vocabulary):
    """The words of all contacts."""


class ContactDocument(Document):
    """What the search box looks through, for each contact that is not in the trash."""

    vocabulary = ContactWord


class BuiltIn(models.Model):
    """A contact that every installation has, by the name the program knows it by."""

    name = models.CharField(max_length=20, unique=True)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
