"""What a field's new shape asks of the records, done while people go on."""

from kith.core.record_types import registry
from kith.customfields.services.indexing import field_index
from kith.jobs.progress import Progress
from kith.jobs.registry import Outcome, kind


@kind("field-index")
def index_job(progress: Progress, *, record_type: str, name: str, documents: bool) -> Outcome:
    shaped = registry.get(record_type)
    progress.step(0, total=shaped.model._base_manager.count())
    field_index(record_type=shaped, name=name, documents=documents, on_step=progress.step)
    return Outcome()
