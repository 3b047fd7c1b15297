"""What an installation has from its first start on, beside what the migrations put in."""

import subprocess
import sys

from kith.config import defaults
from kith.contacts.services.built_in import built_in_ensure
from kith.contacts.services.states import states_put_right
from kith.reference.models import City


def ensure(*, upgraded: bool) -> None:
    """Quick when all of it is there. `upgraded`: the database has just been brought up to date."""
    built_in_ensure()
    if upgraded:
        states_put_right()
    if defaults.CITIES and not City.objects.filter(people__gt=0).exists():
        # In a process of its own: what reading the cities takes is given back when it ends.
        subprocess.run([sys.executable, "-m", "kith", "cities"], check=False)
