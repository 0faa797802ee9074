"""The table of fields in docs/reference/query-language.md is the one in search/fields.py."""

import re
from pathlib import Path

from search.fields import ALIASES, FIELDS, FieldType

PAGE = (Path(__file__).resolve().parents[3] / "docs/reference/query-language.md").read_text(encoding="utf-8")


def test_every_field_of_every_collection_is_documented_under_its_type() -> None:
    for collection, fields in FIELDS.items():
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| {collection} |"))
        cells = [re.findall(r"`(\w+)`", cell) for cell in row.split("|")[2:-1]]
        expected = [
            sorted(name for name, field in fields.items() if field.type is kind) for kind in FieldType
        ]
        assert cells == expected, collection


def test_every_alias_is_documented() -> None:
    assert [alias for alias in ALIASES if f"`{alias}`" not in PAGE] == []
