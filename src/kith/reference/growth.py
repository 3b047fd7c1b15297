"""Who adds to a list, by a form or a sheet."""

from kith.core.kinds import Choice, Choices
from kith.core.kinds.choices import may_grow
from kith.core.kinds.kind import Context
from kith.core.record_types import registry
from kith.reference.company import company
from kith.reference.lists import CODES


def everybody_adds(list_name: str) -> bool:
    """Whether everybody who changes contacts does, or only those who keep the lists."""
    context = Context(growing=company().growing)
    kinds = [each.kind for record_type in registry for each in record_type.fields]
    choosing = [each for each in kinds if isinstance(each, Choice | Choices)]
    of_list = [each for each in choosing if each.list_name == list_name]
    return any(may_grow(each, context) for each in of_list) or (
        list_name in CODES and context.growing.get(list_name, True)
    )
