"""The cells of a fold behave as one dict, whatever is kept, dropped, written or forgotten."""

from hypothesis import given
from hypothesis import strategies as st

from processors.runners.cells import Cells

_names = st.sampled_from("abcd")
_changes = st.dictionaries(_names, st.none() | st.binary(max_size=2), max_size=3)
_deeds = st.lists(st.tuples(st.sampled_from(("keep", "drop", "write", "forget")), _changes), max_size=12)


def _apply(cells: dict[str, bytes], changes: dict[str, bytes | None]) -> dict[str, bytes]:
    merged = {**cells, **changes}
    return {name: value for name, value in merged.items() if value is not None}


@given(stored=st.dictionaries(_names, st.binary(max_size=2)), deeds=_deeds)
def test_cells_are_the_stored_ones_with_all_that_was_kept(stored: dict[str, bytes], deeds) -> None:
    cells = Cells(stored)
    batch = dict(stored)
    for deed, changes in deeds:
        cells.put(changes)
        seen = _apply(batch, changes)
        assert (dict(cells), list(cells), len(cells)) == (seen, sorted(seen), len(seen))
        assert [cells.get(name) for name in "abcd"] == [seen.get(name) for name in "abcd"]
        if deed == "drop":
            cells.drop()
            continue
        cells.keep()
        batch = seen
        if deed == "write":
            written = _apply(stored, dict(cells.take()))
            stored.clear()
            stored.update(written)
            assert stored == batch
        elif deed == "forget":
            cells.forget()
            batch = dict(stored)
        assert dict(cells) == batch


def test_a_stored_cell_is_looked_up_once() -> None:
    class Counting(dict[str, bytes]):
        looked_up = 0

        def __getitem__(self, name: str) -> bytes:
            self.looked_up += 1
            return super().__getitem__(name)

        def get(self, name: str, default: object = None) -> bytes | None:  # type: ignore[override]
            self.looked_up += 1
            return super().get(name)

    stored = Counting(a=b"1")
    cells = Cells(stored)
    assert [cells["a"], cells["a"], cells.get("b"), cells.get("b")] == [b"1", b"1", None, None]
    assert stored.looked_up == 2
