"""How many contacts hold each value of a field, where these are few enough to be told apart."""

from typing import Any

from django.db.models import Count, QuerySet

from kith.contacts.models import Contact
from kith.core import kinds
from kith.core.fields import Below, Field, Own
from kith.records.layout import column_of, model_of


def held(field: Field, contacts: QuerySet[Contact]) -> QuerySet[Any, Any] | None:
    """(value as stored, how many); None where what is stored is not to be counted by itself. Of a
    list of values each is counted."""
    match field.storage:
        case Own():
            return contacts.order_by().values_list(column_of(field)).annotate(Count("pk"))
        case Below(kind=kind) as below if kind and isinstance(field.kind, kinds.Choices):
            whose = {f"{below.parent}__in": contacts.order_by().values("pk")}
            rows = model_of(below.model)._base_manager.filter(kind=kind, **whose).order_by()
            return rows.values_list(below.columns[0]).annotate(Count("pk"))
    return None
