"""The button beside a masked value, for who may see what is behind it."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kith.accounts.permissions import Permission
from kith.contacts.card import Card
from kith.core.fields import Field


def reveal_button(card: Card, field: Field) -> SafeString:
    if field.kind.widget != "sealed" or not card.state.get(field.name):
        return SafeString("")
    if not card.may(Permission.CONTACT_SENSITIVE):
        return SafeString("")
    said = _("Show %(label)s") % {"label": field.label}
    return format_html(
        '<form method="post" action="{0}" hx-post="{0}" hx-target="#fact-{1}" hx-swap="outerHTML" '
        'class="k-reveal"><input type="hidden" name="csrfmiddlewaretoken" value="{2}">'
        '<button class="k-link" aria-label="{3}">{4}</button></form>',
        reverse("contacts:reveal", args=[card.contact.pk, field.name]),
        field.name, card.csrf_token, said, _("Show"),
    )  # fmt: skip
