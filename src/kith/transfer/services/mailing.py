"""Tells whoever imported how it ended, by e-mail, with the result workbook."""

import logging
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from kith.accounts.models import User
from kith.core.habits import count_text
from kith.transfer.models import Import
from kith.transfer.results import result_name, write_result
from kith.transfer.services.stages import options_of

LARGEST = 10 << 20
"""Bytes; what is larger many mail servers refuse, and it stays to be fetched."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
log = logging.getLogger(__name__)


def mail_result(importing: Import) -> bool:
    """Whether it was sent; that it could not be is no failure of the import."""
    to = _addresses(importing)
    if not to:
        return False
    message = EmailMessage(
        subject=_("Imported: %(file)s") % {"file": importing.filename},
        body=_summary(importing),
        to=to,
    )
    workbook = write_result(importing=importing)
    if workbook.stat().st_size <= LARGEST:
        message.attach(result_name(importing), workbook.read_bytes(), XLSX)
    try:
        return bool(message.send())
    except (SMTPException, OSError):
        log.warning("The result of import %s could not be sent.", importing.pk, exc_info=True)
        return False


def _addresses(importing: Import) -> list[str]:
    """Of those who were chosen and are still there: by the time it ends somebody may have left."""
    options = options_of(importing)
    wanted = {*options.mail_to} | ({importing.user_id or 0} if options.mail else set())
    users = User.objects.filter(pk__in=wanted, is_active=True).exclude(email="")
    return list(users.order_by("pk").values_list("email", flat=True))


def _summary(importing: Import) -> str:
    lines = (
        ("total", _("All rows")),
        ("created", _("Created")),
        ("updated", _("Updated")),
        ("valid", _("Valid")),
        ("duplicates", _("Duplicates")),
        ("invalid", _("Invalid")),
    )
    told = [f"{label}: {count_text(importing.counts.get(name, 0))}" for name, label in lines]
    return "\n".join([importing.filename, "", *told, ""])
