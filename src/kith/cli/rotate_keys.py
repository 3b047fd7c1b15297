"""`kith rotate-keys`: a new key for sensitive values, and all of them under it."""

import argparse

from django.conf import settings

from kith.cli.errors import Failed
from kith.cli.output import Bar
from kith.core.sealing import new_key, ring, write_keys
from kith.records.resealing import Resealing, reseal
from kith.transfer.models import WORKING, Import, Stage


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = subcommands.add_parser(
        "rotate-keys", help="seal all sensitive values with a new key; goes on where it stopped"
    )
    command.add_argument(
        "--drop-old", action="store_true", help="afterwards forget the keys that are not needed"
    )
    command.set_defaults(run=run_rotate)


def run_rotate(options: argparse.Namespace) -> None:
    """What an earlier run has left undone comes first, and then there is no need of a new key."""
    done = _reseal()
    if not done.renewed and not options.drop_old:
        _add_key()
        done = _reseal()
    print(f"{done.seen:,} rows hold sensitive values; {done.renewed:,} were sealed anew.")
    if done.broken:
        raise Failed(f"{done.broken:,} rows can't be opened: their key is missing.")
    if options.drop_old:
        _drop_old()


def _reseal() -> Resealing:
    with Bar("Sealing") as bar:
        return reseal(lambda seen: bar(seen, None))


def _add_key() -> None:
    if settings.SEALING_KEYS:
        print("The newest key of KITH_SEALING_KEYS is in use. Put a new one before it to rotate.")
    else:
        write_keys(settings.SEALING_KEY_FILE, [new_key(), *ring().keys])


def _drop_old() -> None:
    """Rows that were checked, and wait to be imported, lie in files under the key of that day."""
    waiting = Import.objects.filter(state__in=[*WORKING, Stage.REVIEW, Stage.PAUSED, Stage.FAILED])
    if waiting.exists():
        raise Failed("Some imports are not finished. Finish or discard them, then run this again.")
    if settings.SEALING_KEYS:
        print("Nothing needs the older keys of KITH_SEALING_KEYS any more: take them out.")
    else:
        write_keys(settings.SEALING_KEY_FILE, ring().keys[:1])
        print("The older keys are gone.")
