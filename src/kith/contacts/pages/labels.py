"""Labels and envelopes for what is listed, or ticked."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.contacts.context import reading_context
from kith.contacts.labels import FIELDS, MOST, PAPERS, label_lines, labels_pdf
from kith.contacts.record import CONTACT
from kith.core import clock
from kith.core.errors import Refused
from kith.records.bulk import steps
from kith.records.tables import load_states
from kith.reference.company import company


def labels_file(
    user: Any, ids: Iterable[int], within: Any, *, paper: str, start: str
) -> HttpResponse:
    """Raises Refused for a sheet that there is not, for too many and for none."""
    if paper not in PAPERS:
        raise Refused(_("Choose a sheet of labels, or an envelope."))
    wanted = list(islice(ids, MOST + 1))
    if len(wanted) > MOST:
        message = _("These are more than %(most)d labels. Choose fewer contacts.")
        raise Refused(message % {"most": MOST})
    addresses = list(_addresses(user, wanted, within))
    if not addresses:
        raise Refused(_("There is nobody to write to."))
    first = int(start) if start.isdecimal() and len(start) < 4 else 1
    pdf = labels_pdf(addresses, PAPERS[paper], first)
    name = f"labels-{timezone.localdate(clock.now())}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _addresses(user: Any, ids: list[int], within: Any) -> Iterator[list[str]]:
    fields = [CONTACT.field(name) for name in FIELDS if name in CONTACT.by_name]
    home, context = company().country, reading_context(reader=user)
    for portion in steps(ids):
        seen = list(within.filter(pk__in=portion).values_list("pk", flat=True))
        states = load_states(CONTACT, seen, fields, viewer=user)
        for pk in portion:
            if pk in states:
                title = CONTACT.field("salutation").kind.show(states[pk]["salutation"], context)
                yield label_lines(states[pk], title, home)
