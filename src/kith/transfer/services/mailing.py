"""Tells whoever imported how it ended, by e-mail, with the result workbook."""

import logging
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from kith.transfer.models import Import
from kith.transfer.results import write_result

LARGEST = 10 << 20
"""Bytes; what is larger many mail servers refuse, and it stays to be fetched."""
log = logging.getLogger(__name__)


def mail_result(importing: Import) -> bool:
    """Whether it was sent; that it could not be is no failure of the import."""
    if importing.user is None or not importing.user.email:
        return False
    message = EmailMessage(
        subject=_("Imported: %(file)s") % {"file": importing.filename},
        body=_summary(importing),
        to=[importing.user.email],
    )
    workbook = write_result(importing=importing)
    if workbook.stat().st_size <= LARGEST:
        message.attach_file(str(workbook))
    try:
        return bool(message.send())
    except (SMTPException, OSError):
        log.warning("The result of import %s could not be sent.", importing.pk, exc_info=True)
        return False


def _summary(importing: Import) -> str:
    lines = (
        ("total", _("All rows")),
        ("created", _("Created")),
        ("updated", _("Updated")),
        ("duplicates", _("Duplicates")),
        ("invalid", _("Invalid")),
    )
    told = [f"{label}: {importing.counts.get(name, 0):,}" for name, label in lines]
    return "\n".join([importing.filename, "", *told, ""])
