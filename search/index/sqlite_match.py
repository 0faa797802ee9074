"""The query language compiled to FTS5 and SQL. Pure: strings in, strings and parameters out.

The index holds, for each word, its surface form (`prisoners`) and, at the same place of another column, its stem under the
text's language (`en:prison`), and each keyword as one token (`kind=denial`, `kind~denial`) in a column of its own. Nothing that
a user writes reaches FTS5 but as a quoted string of such tokens.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.analysis import STEMMED, stems
from search.fields import ALL, ANY, Field, FieldType
from search.language import And, Everything, Keyword, Node, Not, Or, Words
from search.query import Collection
from search.ranges import Range

#: Separates tokens, in columns and in the strings of expressions.
UNIT = "\x1f"
#: The tokenizer folds A to Z and a keyword keeps its case: its capitals are written as controls, its controls as blanks. In
#: UTF-8 no other character has such bytes, and translating bytes takes a hundredth of the time.
_CAPITALS = bytes(range(ord("A"), ord("Z") + 1))
_LOW = bytes(capital - 64 for capital in _CAPITALS)
_UNITS = bytes.maketrans(bytes(range(31)) + _CAPITALS, b" " * 31 + _LOW)
_READ = bytes.maketrans(_LOW, _CAPITALS)


def units(keywords: Sequence[str]) -> str:
    """Keywords as tokens, joined."""
    joined = UNIT.join(keywords)
    if joined.count(UNIT) >= max(1, len(keywords)):
        joined = UNIT.join([keyword.replace(UNIT, " ") for keyword in keywords])
    return joined.encode().translate(_UNITS).decode()


def read(token: str) -> str:
    """The keyword that a token stands for."""
    return token.encode().translate(_READ).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fts:
    """An expression of FTS5."""

    expression: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sql:
    """A condition on `d`, the table of documents."""

    condition: str
    parameters: tuple[str | int | float, ...] = ()


def table(collection: Collection) -> str:
    """The full-text table of a collection."""
    return f"fts_{collection.value}"


def _quoted(tokens: Iterable[str], *, prefix: bool = False) -> str:
    escaped = UNIT.join(tokens).replace('"', '""')
    return f'"{escaped}"*' if prefix else f'"{escaped}"'


def keyword(token: str, *, prefix: bool = False) -> str:
    """The expression that finds one keyword."""
    return f"keywords : {_quoted([units([token])], prefix=prefix)}"


def _stemmed(names: Sequence[str], node: Words) -> str:
    """Words in the columns of these names: all of them as they are, or all by their stems in one language."""
    exact = f"{{{' '.join(names)}}} : {_quoted(node.words, prefix=node.prefix)}"
    if node.prefix:
        return exact
    by_word = [stems(word) for word in node.words]
    forms = [_quoted(f"{language}:{word[language]}" for word in by_word) for language in STEMMED]
    return f"({exact} OR {{{' '.join(f'{name}_stems' for name in names)}}} : ({' OR '.join(forms)}))"


def _named(name: str, node: Words) -> str:
    last = len(node.words) - 1
    parts = [keyword(f"{name}~{word}", prefix=node.prefix and n == last) for n, word in enumerate(node.words)]
    return f"({' AND '.join(parts)})"


def _words(node: Words) -> str:
    if node.field is None:
        return f"({_stemmed(('title', 'text'), node)} OR {_named(ANY, node)})"
    if node.field.type is FieldType.TEXT:
        return _stemmed((node.field.name,), node)
    return _named(node.field.name, node)


def _in(collection: Collection, part: Fts | Sql) -> Sql:
    if isinstance(part, Sql):
        return part
    name = table(collection)
    return Sql(
        condition=f"d.rowid IN (SELECT rowid FROM {name} WHERE {name} MATCH ?)",  # noqa: S608  an enum's name
        parameters=(part.expression,),
    )


def _combined(collection: Collection, operator: str, nodes: Iterable[Node]) -> Fts | Sql:
    parts = [compiled(node, collection) for node in nodes]
    words = [part for part in parts if isinstance(part, Fts)]
    if words:
        joined = Fts(expression=f"({f' {operator} '.join(part.expression for part in words)})")
        parts = [joined, *(part for part in parts if isinstance(part, Sql))]
    if len(parts) == 1:
        return parts[0]
    rows = [_in(collection, part) for part in parts]
    return Sql(
        condition=f"({f' {operator} '.join(row.condition for row in rows)})",
        parameters=tuple(parameter for row in rows for parameter in row.parameters),
    )


def _negated(part: Fts | Sql) -> Fts | Sql:
    if isinstance(part, Fts):
        # FTS5's NOT takes two sides; every document has the token ALL.
        return Fts(expression=f"({keyword(ALL)} NOT {part.expression})")
    return Sql(condition=f"NOT {part.condition}", parameters=part.parameters)


def _overlaps(field: Field, low: int, high: int) -> Sql:
    return Sql(
        condition="EXISTS (SELECT 1 FROM document_range r"
        " WHERE r.document = d.rowid AND r.field = ? AND r.low <= ? AND r.high >= ?)",
        parameters=(field.name, high, low),
    )


def compiled(node: Node, collection: Collection) -> Fts | Sql:
    """A tree as one FTS5 expression where it is all words and keywords, else as an SQL condition."""
    match node:
        case Everything():
            return Fts(expression=keyword(ALL))
        case Words():
            return Fts(expression=_words(node))
        case Keyword():
            return Fts(expression=keyword(f"{node.field.name}~{node.value}", prefix=node.prefix))
        case Range():
            return _overlaps(node.field, node.low, node.high)
        case Not():
            return _negated(compiled(node.part, collection))
        case And():
            return _combined(collection, "AND", node.parts)
        case Or():
            return _combined(collection, "OR", node.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What selects the documents of a query: an FTS5 expression and an SQL condition, either may be empty."""

    expression: str
    condition: Sql


def selection(node: Node, where: Mapping[str, str], collection: Collection) -> Selection:
    """The tree and the exact filters, with as much of both as FTS5 can decide in its expression."""
    parts = node.parts if isinstance(node, And) else (node,)
    done = [compiled(part, collection) for part in parts if not isinstance(part, Everything)]
    expressions = [part.expression for part in done if isinstance(part, Fts)]
    expressions += [keyword(f"{name}={value}") for name, value in sorted(where.items())]
    rest = [part for part in done if isinstance(part, Sql)]
    return Selection(
        expression=" AND ".join(expressions),
        condition=Sql(
            condition=" AND ".join(part.condition for part in rest) or "1",
            parameters=tuple(parameter for part in rest for parameter in part.parameters),
        ),
    )
