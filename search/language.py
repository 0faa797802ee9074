"""The query language: text to a tree that every backend compiles (docs/reference/query-language.md). Pure.

Punctuation that is no syntax reads as space, so that any sentence can be pasted. What is syntax but makes no sense raises
`QueryError` with the column. Length, nesting and number of conditions are bounded before anything recurses.
"""

import difflib
import re
from dataclasses import dataclass

from search.analysis import fold, words
from search.fields import ALIASES, FIELDS, Field, FieldType, field
from search.query import Collection, QueryError
from search.ranges import Range, comparison, interval, value_range

MAX_LENGTH = 1000
MAX_CONDITIONS = 64
MAX_NESTING = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """Matches all documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words in this order next to each other, in one field or (None) in any text or name.

    `prefix`: the last word only begins so.
    """

    field: Field | None
    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """A folded value, or (`prefix`) the beginning of one."""

    field: Field
    value: str
    prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """All of them."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """Any of them."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """Everything else."""

    part: "Node"


Node = Everything | Words | Keyword | Range | And | Or | Not

_SPACE = re.compile(r"\s*")
_CHUNK = re.compile(r'[^\s()"]+')
_FIELD = re.compile(r"([A-Za-z_]+):(?=\S)")
_OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s()\"]|$)")
_COMPARISON = re.compile(r"(>=|<=|>|<)")
_INTERVAL = re.compile(r"([\[{])\s*(\S+)\s+TO\s+([^\s\]}]+)\s*([\]}])")
_STAR_INSIDE = re.compile(r"\*+[^\W_]")


def parse(text: str, collection: Collection) -> Node:
    """The tree of a query on one collection. Raises QueryError."""
    if len(text) > MAX_LENGTH:
        raise QueryError(MAX_LENGTH, f"the query is longer than {MAX_LENGTH} characters")
    parser = _Parser(text.replace("\x00", " "), collection)
    return parser.whole()


def _joined(kind: type[And] | type[Or], parts: list[Node]) -> Node:
    """One node of the parts; nothing at all asks for nothing, so it matches everything."""
    told = [part for part in parts if not isinstance(part, Everything)]
    if not told:
        return Everything()
    return told[0] if len(told) == 1 else kind(parts=tuple(told))


class _Parser:
    def __init__(self, text: str, collection: Collection) -> None:
        self._text = text
        self._collection = collection
        self._at = 0
        self._nesting = 0
        self._conditions = 0

    def whole(self) -> Node:
        node = self._either(None)
        if self._at < len(self._text):
            raise QueryError(self._at + 1, "there is no ( for this )")
        return node

    def _skip(self) -> None:
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _next(self, *strings: str) -> bool:
        return self._text.startswith(strings, self._at)

    def _operator(self) -> str:
        self._skip()
        found = _OPERATOR.match(self._text, self._at)
        return found.group(1) if found else ""

    def _ended(self) -> bool:
        self._skip()
        return self._at >= len(self._text) or self._text[self._at] == ")"

    def _count(self) -> None:
        self._conditions += 1
        if self._conditions > MAX_CONDITIONS:
            raise QueryError(self._at + 1, f"the query has more than {MAX_CONDITIONS} conditions")

    def _either(self, scope: Field | None) -> Node:
        parts = [self._every(scope)]
        while self._operator() == "OR":
            column = self._at + 1
            self._at += 2
            if self._ended():
                raise QueryError(
                    column, "OR needs something to its right; write or in lower case for the word"
                )
            parts.append(self._every(scope))
        return _joined(Or, parts)

    def _every(self, scope: Field | None) -> Node:
        parts: list[Node] = []
        while not self._ended():
            operator = self._operator()
            if operator == "OR":
                break
            if operator == "AND":
                column = self._at + 1
                self._at += 3
                if not parts or self._ended() or self._operator() in ("AND", "OR"):
                    raise QueryError(
                        column, "AND needs something on both sides; write and in lower case for the word"
                    )
            parts.append(self._one(scope))
        if not parts and self._operator() == "OR":
            raise QueryError(
                self._at + 1, "OR needs something to its left; write or in lower case for the word"
            )
        return _joined(And, parts)

    def _one(self, scope: Field | None) -> Node:
        negated, column = False, self._at + 1
        while True:
            if self._operator() == "NOT":
                self._at += 3
                if self._ended():
                    raise QueryError(
                        column, "NOT needs something to its right; write not in lower case for the word"
                    )
            elif self._next("-") and re.match(r"-+[^\s)-]", self._text[self._at :]):
                self._at += 1
            else:
                break
            negated = not negated
        if self._operator() in ("AND", "OR"):
            raise QueryError(column, "NOT needs something to its right; write not in lower case for the word")
        node = self._primary(scope)
        if not negated or isinstance(node, Everything):
            return node
        return node.part if isinstance(node, Not) else Not(part=node)

    def _primary(self, scope: Field | None) -> Node:
        if self._next("("):
            return self._group(scope)
        found = _FIELD.match(self._text, self._at)
        if found and scope is None:
            entry = self._field(found.group(1))
            if entry is not None:
                self._at = found.end()
                return self._group(entry) if self._next("(") else self._value(entry)
        return self._value(scope)

    def _group(self, scope: Field | None) -> Node:
        column = self._at + 1
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise QueryError(column, f"parentheses are nested more than {MAX_NESTING} deep")
        self._at += 1
        node = self._either(scope)
        if not self._next(")"):
            raise QueryError(column, "this ( is not closed")
        self._at += 1
        self._nesting -= 1
        return node

    def _field(self, name: str) -> Field | None:
        """The field of that name, None when the name is better read as a word."""
        entry = field(self._collection, name)
        if entry is not None:
            return entry
        known = sorted({*FIELDS[self._collection], *ALIASES})
        elsewhere = any(name.lower() in fields for fields in FIELDS.values()) or name.lower() in ALIASES
        if elsewhere or difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.8):
            names = ", ".join(sorted(FIELDS[self._collection]))
            raise QueryError(self._at + 1, f"{self._collection} have no field {name}; there are {names}")
        return None

    def _value(self, scope: Field | None) -> Node:
        self._count()
        if scope is not None and scope.type in (FieldType.NUMBER, FieldType.DATE):
            return self._range(scope)
        column = self._at + 1
        if self._next('"'):
            return self._leaf(scope, self._quoted(), prefix=False, column=column)
        found = _CHUNK.match(self._text, self._at)
        chunk = found.group() if found else ""
        self._at += len(chunk)
        if scope is not None and chunk[:1] in ("[", "{", ">", "<"):
            raise QueryError(column, f"{scope.name} has no order; ranges go with numbers and dates")
        if _STAR_INSIDE.search(chunk):
            raise QueryError(column, "a * may only stand at the end of a word")
        return self._leaf(scope, chunk, prefix=chunk.rstrip(").,;:!?").endswith("*"), column=column)

    def _quoted(self) -> str:
        end = self._text.find('"', self._at + 1)
        if end < 0:
            raise QueryError(self._at + 1, "this quotation mark is not closed")
        phrase = self._text[self._at + 1 : end]
        self._at = end + 1
        return phrase

    def _leaf(self, scope: Field | None, text: str, *, prefix: bool, column: int) -> Node:
        found = words(text)
        if scope is not None and scope.type is FieldType.KEYWORD:
            value = text.removesuffix("*") if prefix else text
            return Keyword(field=scope, value=fold(value), prefix=prefix)
        if found:
            return Words(field=scope, words=found, prefix=prefix)
        if scope is None:
            return Everything()
        if prefix and scope.type is FieldType.NAME:
            return Keyword(field=scope, value="", prefix=True)
        raise QueryError(column, f"{scope.name}: needs a word")

    def _range(self, scope: Field) -> Range:
        column = self._at + 1
        found = _INTERVAL.match(self._text, self._at)
        if found:
            self._at = found.end()
            opening, low, high, closing = found.groups()
            return interval(scope, low, high, (opening == "{", closing == "}"), column)
        if self._next("[", "{"):
            raise QueryError(column, f"write a range as {scope.name}:[LOW TO HIGH]")
        operator = _COMPARISON.match(self._text, self._at)
        if operator:
            self._at = operator.end()
        if self._next('"'):
            value = self._quoted()
        else:
            chunk = _CHUNK.match(self._text, self._at)
            value = chunk.group() if chunk else ""
            self._at += len(value)
        if operator:
            return comparison(scope, operator.group(), value, column)
        return value_range(scope, value, column)
