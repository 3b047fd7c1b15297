"""Work on contacts that takes longer than a page may."""

from array import array
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.accounts.access import require
from kith.accounts.models import Team, User
from kith.accounts.permissions import Permission
from kith.contacts.listing.asked import Asked
from kith.contacts.listing.trash import Trash
from kith.contacts.models import ContactDocument
from kith.contacts.services.bulk import Act, Do, contacts_change
from kith.contacts.services.cities import cities_merge, city_rename
from kith.contacts.services.erasing import contacts_erase, erased_words
from kith.contacts.services.handover import handed_over_words, managed_by, managers_replace
from kith.core.habits import count_text
from kith.core.packed_ids import unpack_ids
from kith.history.models import Change, ChangeSet
from kith.jobs.progress import Progress
from kith.jobs.registry import Outcome, kind
from kith.records.resuming import in_one_set
from kith.records.statistics import statistics_renew
from kith.reference.models import City
from kith.search.tidying import index_tidy, words_tidy
from kith.transfer.models import Export
from kith.transfer.services import exports


@kind("erase-trash", permission=Permission.CONTACT_ERASE)
def erase_trash(progress: Progress) -> Outcome:
    ids = list(Trash(progress.user).in_order().values_list("pk", flat=True))
    progress.step(0, total=len(ids))
    erased = contacts_erase(actor=progress.user, ids=ids, on_step=progress.step)
    return Outcome(message=erased_words(erased))


def search_tidy() -> None:
    """What erased contacts were called is not offered as a similar spelling for ever, and the
    index of words is one again."""
    words_tidy(ContactDocument)
    index_tidy(ContactDocument)


@kind("export-contacts", permission=Permission.CONTACT_EXPORT)
def export_contacts(progress: Progress, *, export_id: int) -> Outcome:
    export = Export.objects.select_related("change_set").get(pk=export_id)
    if export.reveals:
        require(progress.user, Permission.CONTACT_SENSITIVE)
    asked = Asked.of(export)
    ids = array("q", asked.in_order(progress.user))
    progress.step(0, total=len(ids))
    exports.export_make(
        export=export,
        actor=progress.user,
        ids=ids,
        within=asked.seen(progress.user),
        report=lambda done, _total: progress.step(done),
    )
    message = ngettext("%(n)s contact is ready.", "%(n)s contacts are ready.", export.count or 0)
    shown = count_text(export.count or 0)
    return Outcome(message % {"n": shown}, f"/exports/{export.pk}/")


@kind("rename-city", permission=Permission.REFERENCE_MANAGE)
def rename_city(progress: Progress, *, city: int, name: str) -> Outcome:
    found = City.objects.get(pk=city)
    resume, step = in_one_set(progress)
    city_rename(actor=progress.user, city=found, name=name, resume=resume, on_step=step)
    return Outcome(message=_("The city is called %(name)s now.") % {"name": name})


@kind("merge-cities", permission=Permission.REFERENCE_MANAGE)
def merge_cities(progress: Progress, *, keep: int, others: list[int]) -> Outcome:
    kept = City.objects.get(pk=keep)
    gone = list(City.objects.filter(pk__in=others))
    resume, step = in_one_set(progress)
    cities_merge(actor=progress.user, keep=kept, others=gone, resume=resume, on_step=step)
    return Outcome(message=_("They are one city now: %(name)s.") % {"name": kept.name})


@kind("hand-over", permission=Permission.CONTACT_BULK)
def hand_over(
    progress: Progress, *, change_set: int, old: int, new: int | None, team: int | None
) -> Outcome:
    leaving = User.objects.get(pk=old)
    # What was handed over before this job was stopped, and is now the old one's no more.
    before = Change.objects.filter(change_set=change_set).count()
    progress.step(before, total=before + managed_by(progress.user, leaving))
    user = User.objects.get(pk=new) if new else None
    shared = Team.objects.get(pk=team) if team else None
    count, _record = managers_replace(
        actor=progress.user,
        old=leaving,
        new=user,
        team=shared,
        resume=ChangeSet.objects.get(pk=change_set),
        on_step=lambda seen: progress.step(before + seen),
    )
    return Outcome(message=handed_over_words(before + count, user or shared))


@kind("change-contacts", permission=Permission.CONTACT_BULK)
def change_contacts(
    progress: Progress, *, change_set: int, act: dict[str, Any], ids: str
) -> Outcome:
    chosen = unpack_ids(ids)
    progress.step(0, total=len(chosen))
    report = contacts_change(
        actor=progress.user,
        ids=chosen,
        act=Act(Do(act["do"]), act["field"], act["value"]),
        resume=ChangeSet.objects.get(pk=change_set),
        on_step=progress.step,
    )
    statistics_renew(report.done)
    return Outcome(message=str(report))
