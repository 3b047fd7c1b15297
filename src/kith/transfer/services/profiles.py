"""Choices of columns and options that are kept for the next sheet with the same headings."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kith.accounts.actors import SYSTEM
from kith.core.errors import Refused
from kith.core.text import fold
from kith.transfer.models import Import, Profile

LONGEST = 100


def key_of(headings: Sequence[str]) -> str:
    """The same for the same headings, in whatever order."""
    folded = sorted(filter(None, map(fold, headings)))
    return hashlib.sha256("\n".join(folded).encode()).hexdigest()


def profiles_of(user: Any, record_type: str) -> QuerySet[Profile]:
    """A person's own, and those that others share."""
    profiles = Profile.objects.filter(record_type=record_type).order_by("name", "pk")
    return profiles if user is SYSTEM else profiles.filter(Q(user=user.pk) | Q(shared=True))


def profile_for(user: Any, record_type: str, headings: Sequence[str]) -> Profile | None:
    """The last one for these headings, one's own before others'."""
    found = list(profiles_of(user, record_type).filter(key=key_of(headings)).order_by("-pk"))
    return next((each for each in found if each.user_id == user.pk), found[0] if found else None)


def profile_named(user: Any, record_type: str, name: str) -> Profile:
    """One that the user may take, whatever the case. Raises Refused."""
    found = profiles_of(user, record_type).filter(name__iexact=name.strip()).first()
    if found is None:
        raise Refused(_("There is no profile “%(name)s”.") % {"name": name}, code="no-profile")
    return found


def profile_save(*, actor: Any, importing: Import, name: str, shared: bool) -> Profile:
    """Keep the choices of an import; the actor's own profile of this name is replaced. Raises
    Refused without a name."""
    name = " ".join(name.split())[:LONGEST]
    if not name:
        raise Refused(_("Give the profile a name."), code="name-needed")
    profile, _made = Profile.objects.update_or_create(
        user_id=actor.pk,
        record_type=importing.record_type,
        name=name,
        defaults={
            "shared": shared,
            "key": key_of(importing.headings),
            "mapping": importing.mapping,
            "options": importing.options,
        },
    )
    importing.profile = profile
    importing.save(update_fields=["profile"])
    return profile


def profile_learn(*, actor: Any, importing: Import) -> None:
    """The review comes after a profile was kept: what is settled there of new options goes into
    it, if it is one's own."""
    profile = importing.profile
    if profile is not None and profile.user_id == actor.pk:
        profile.options = {**profile.options, "spelt": importing.options["spelt"]}
        profile.save(update_fields=["options"])


def profile_take(importing: Import, profile: Profile) -> None:
    """Its choices, for the columns that this sheet has too. Saves nothing."""
    wishes = {fold(heading): mapped for heading, mapped in profile.mapping.items()}
    importing.mapping = {each: wishes.get(fold(each), "") for each in importing.headings}
    importing.options = {**importing.options, **profile.options}
    importing.profile = profile
