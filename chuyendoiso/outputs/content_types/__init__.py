"""The registry of the outputs of each content type."""

from collections.abc import Mapping
from typing import Any

from chuyendoiso.model.content_types import ITEM_TYPES
from chuyendoiso.model.items import Item
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.outputs.content_types.consultation import ConsultationOutputs
from chuyendoiso.outputs.content_types.document import DocumentOutputs
from chuyendoiso.outputs.content_types.item_outputs import ItemOutputs
from chuyendoiso.outputs.content_types.news import NewsOutputs
from chuyendoiso.outputs.content_types.question import QuestionOutputs
from chuyendoiso.outputs.content_types.training import TrainingOutputs

OUTPUTS: Mapping[Kind, ItemOutputs[Any]] = {
    Kind.NEWS: NewsOutputs(),
    Kind.DOCUMENT: DocumentOutputs(),
    Kind.TRAINING: TrainingOutputs(),
    Kind.QUESTION: QuestionOutputs(),
    Kind.CONSULTATION: ConsultationOutputs(),
}
if missing := ITEM_TYPES.keys() - OUTPUTS.keys():
    raise AssertionError(f"content types without outputs: {sorted(missing)}")


def outputs_of(item: Item) -> ItemOutputs[Any]:
    """Return the outputs of an item's type."""
    return OUTPUTS[item.kind]
