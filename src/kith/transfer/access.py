"""Loaders check, services trust. Somebody else's import looks like none at all."""

from typing import Any

from kith.core.errors import Forbidden, NotFound
from kith.core.record_types import RecordType
from kith.transfer.models import Export, Import
from kith.transfer.queries import imports_of, type_of


def import_for(user: Any, pk: int) -> Import:
    """Raises NotFound or Forbidden."""
    importing = imports_of(user).filter(pk=pk).first()
    if importing is None:
        raise NotFound
    require_act(user, type_of(importing), "import")
    return importing


def export_for(user: Any, pk: int) -> Export:
    """Only one's own: what somebody else took is theirs. Raises NotFound or Forbidden."""
    export = Export.objects.select_related("user", "job").filter(pk=pk, user=user.pk).first()
    if export is None:
        raise NotFound
    require_act(user, type_of(export), "export")
    return export


def require_act(user: Any, record_type: RecordType, action: str) -> None:
    """Raises Forbidden unless the user may "import", "export" or "edit" records of this type."""
    permission = record_type.permissions.get(action)
    if permission is None or not user.may(permission):
        raise Forbidden
