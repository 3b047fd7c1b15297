"""What the review says of options that lists do not have yet, and what a person makes of them."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kith.accounts.requests import SignedInRequest
from kith.core.errors import Refused
from kith.core.text import fold
from kith.reference.queries import Options
from kith.transfer.access import import_for
from kith.transfer.models import Import
from kith.transfer.news import MOST_TOLD, list_labels
from kith.transfer.pages.steps import number, url
from kith.transfer.queries import type_of
from kith.transfer.services.imports import import_check, import_set_options
from kith.transfer.services.profiles import profile_learn
from kith.transfer.services.stages import options_of

Spelt = dict[str, dict[str, int | None]]
LONGEST = 200


def news_form(importing: Import, viewer: Any) -> dict[str, Any]:
    """Those that the import would add, and before them what was settled already."""
    options, labels = Options(viewer=viewer), list_labels(type_of(importing))
    lines = [*_settled(importing, options), *importing.news]
    for line in lines:
        line["label"] = labels.get(line["list"], line["list"])
        line["rows"] = number(line["rows"]) if line.get("rows") else ""
    lists = dict.fromkeys(line["list"] for line in lines)
    count = importing.counts.get("news", 0)
    return {
        "lines": lines,
        "books": [(name, options.labels(name)) for name in lists],
        "count": number(count),
        "more": number(count - MOST_TOLD) if count > MOST_TOLD else "",
    }


def _settled(importing: Import, options: Options) -> list[dict[str, Any]]:
    lines = []
    for list_name, meant in options_of(importing).spelt.items():
        for text, option_id in meant.items():
            entry = options.get(option_id) if option_id else None
            use = entry.name if entry else ""
            lines.append({"list": list_name, "text": text, "use": use, "out": option_id is None})
    return lines


@login_required
@require_POST
def import_spell(request: SignedInRequest, pk: int) -> HttpResponse:
    """New options become ones that there are, or nothing; all rows are checked again."""
    importing = import_for(request.user, pk)
    spelt = _spelt(importing, request.POST)
    options = replace(options_of(importing), spelt=spelt)
    import_set_options(importing=importing, options=options)
    profile_learn(actor=request.user, importing=importing)
    import_check(importing=importing, actor=request.user)
    return HttpResponseRedirect(url("show", importing))


def _spelt(importing: Import, posted: QueryDict) -> Spelt:
    """By list and text: the option that is meant, or None to leave the value out."""
    labels, options = list_labels(type_of(importing)), Options()
    found: Spelt = defaultdict(dict)
    told = zip(posted.getlist("list"), posted.getlist("text"), posted.getlist("use"), strict=False)
    for place, (list_name, text, use) in enumerate(told):
        if list_name not in labels or not fold(text) or len(text) > LONGEST:
            continue
        if f"out-{place}" in posted:
            found[list_name][text] = None
        elif use.strip():
            option_id = options.find(list_name, use)
            if option_id is None:
                message = _("“%(text)s” is not an option of %(list)s; choose one that there is.")
                raise Refused(message % {"text": use[:60], "list": labels[list_name]})
            found[list_name][text] = option_id
    return dict(found)
