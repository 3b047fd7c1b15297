"""Merging and renaming options that many records hold."""

from django.utils.translation import ngettext

from kith.accounts.permissions import Permission
from kith.core.habits import count_text
from kith.jobs.progress import Progress
from kith.jobs.registry import Outcome, kind
from kith.records.resuming import in_one_set
from kith.reference.models import Option
from kith.reference.services.merging import options_merge
from kith.reference.services.renaming import option_index
from kith.reference.usage import usage


@kind("merge-options", permission=Permission.REFERENCE_MANAGE)
def run_merge(progress: Progress, *, keep: int, others: list[int]) -> Outcome:
    kept = Option.objects.get(pk=keep)
    resume, step = in_one_set(progress)
    found = list(Option.objects.filter(pk__in=others))
    options_merge(actor=progress.user, keep=kept, others=found, resume=resume, on_step=step)
    done = (progress.checkpoint or {"done": 0})["done"]
    said = ngettext("%(n)s record now says %(name)s.", "%(n)s records now say %(name)s.", done)
    return Outcome(message=said % {"n": count_text(done), "name": kept.name})


@kind("option-index")
def run_option_index(progress: Progress, *, option: int) -> Outcome:
    """What was deleted meanwhile is held by nothing."""
    found = Option.objects.filter(pk=option).first()
    if found:
        progress.step(0, total=usage(found.list_name, [option]).total())
        option_index(option=found, on_step=progress.step)
    return Outcome()
