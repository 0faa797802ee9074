"""The sink that fills the index from the topics."""

from collections.abc import Iterable

from search.mapping import documents
from search.query import Index


class IndexSink:
    """`Sink` on an `Index`. Raises Retry when the index is out of reach."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def apply(self, records: Iterable[object]) -> None:
        """Write the documents of the records; applying one twice changes nothing."""
        self._index.apply([document for record in records for document in documents(record)])
