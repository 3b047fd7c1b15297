"""Work on contacts that takes longer than a page may."""

from kith.contacts.listing.trash import Trash
from kith.contacts.services.erasing import contacts_erase, erased_words
from kith.jobs.progress import Progress
from kith.jobs.registry import Outcome, kind


@kind("erase-trash")
def erase_trash(progress: Progress) -> Outcome:
    ids = list(Trash(progress.user).in_order().values_list("pk", flat=True))
    progress.step(0, total=len(ids))
    erased = contacts_erase(actor=progress.user, ids=ids, on_step=progress.step)
    return Outcome(message=erased_words(erased))
