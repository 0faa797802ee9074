"""Scores of predicted claims against a gold file, as the codebook of the corpus defines them.

Four questions: does a document have any claim (relevance); are the claims of a document found, with the right kind
(kind), and with the right speaker, figures and date (strict); are the slots of aligned claims filled alike (slots); are
claims about one event in one cluster, over the whole set (events, B-cubed). Claims are mappings in the gold file's form.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from obmin.names import fold, same_name

ClaimForm = Mapping[str, Any]

SLOTS = (
    "speaker", "speaker_side", "via", "actor", "returned", "bodies", "ratio", "ordinal", "mediators", "date", "stated",
    "location", "background",
)  # fmt: skip
STRICT = ("speaker", "returned", "date")

#: What two claims are aligned by, besides their evidence; together with 1 for the kind.
_WEIGHTS = {"speaker": 3, "returned": 4, "date": 3, "ratio": 1, "ordinal": 1, "actor": 1}
_EVIDENCE_WEIGHT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Precision, recall and F1 of what was found, out of what there is and what was predicted."""

    p: float
    r: float
    f1: float
    gold: int
    predicted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All scores of a set of documents; `mistakes` are lines for the reader."""

    documents: int
    relevance: Score
    kind: Score
    strict: Score
    slots: Score
    slot: Mapping[str, Score]
    events: Score
    mistakes: tuple[str, ...] = field(default=(), repr=False)

    def line(self, name: str) -> str:
        """One line for a terminal."""
        figures = "  ".join(
            f"{key} {getattr(self, key).f1:.3f}" for key in ("relevance", "kind", "strict", "slots", "events")
        )
        return f"{name:8} docs {self.documents:4}  {figures}"


class _Tally:
    """Right, predicted and gold, counted up."""

    def __init__(self) -> None:
        self.right = self.predicted = self.gold = 0

    def add(self, right: int, predicted: int, gold: int) -> None:
        self.right += right
        self.predicted += predicted
        self.gold += gold

    def score(self) -> Score:
        p = self.right / self.predicted if self.predicted else float(not self.gold)
        r = self.right / self.gold if self.gold else float(not self.predicted)
        return Score(p=round(p, 4), r=round(r, 4), f1=_f1(p, r), gold=self.gold, predicted=self.predicted)


def _f1(p: float, r: float) -> float:
    return round(2 * p * r / (p + r), 4) if p + r else 0.0


def score(golds: Mapping[str, Sequence[ClaimForm]], predicted: Mapping[str, Sequence[ClaimForm]]) -> Report:
    """Score predictions by document id. A gold document that has no prediction counts as predicted without claims."""
    relevance, kind, strict = _Tally(), _Tally(), _Tally()
    slots = {slot: _Tally() for slot in SLOTS}
    events: list[tuple[str, str]] = []
    mistakes: list[str] = []
    for document, gold in golds.items():
        found = predicted.get(document, ())
        pairs = align(gold, found)
        relevance.add(bool(gold and found), bool(found), bool(gold))
        kind.add(len(pairs), len(found), len(gold))
        right = [not any(not same(slot, gold[i], found[j]) for slot in STRICT) for i, j in pairs]
        strict.add(sum(right), len(found), len(gold))
        for i, j in pairs:
            _count_slots(slots, gold[i], found[j])
            events.append((str(gold[i].get("event")), str(found[j].get("event") or f"{document}/{j}")))
        mistakes += _mistakes(document, gold, found, pairs)
    whole = _Tally()
    for tally in slots.values():
        whole.add(tally.right, tally.predicted, tally.gold)
    return Report(
        documents=len(golds),
        relevance=relevance.score(),
        kind=kind.score(),
        strict=strict.score(),
        slots=whole.score(),
        slot={slot: tally.score() for slot, tally in slots.items()},
        events=b_cubed(events),
        mistakes=tuple(mistakes),
    )


def _count_slots(slots: Mapping[str, _Tally], gold: ClaimForm, found: ClaimForm) -> None:
    for slot, tally in slots.items():
        there, said = filled(slot, gold.get(slot)), filled(slot, found.get(slot))
        tally.add(there and said and same(slot, gold, found), said, there)


def _mistakes(
    document: str, gold: Sequence[ClaimForm], found: Sequence[ClaimForm], pairs: Sequence[tuple[int, int]]
) -> Iterable[str]:
    for i, j in pairs:
        wrong = [
            f"{slot} {gold[i].get(slot)!r}, got {found[j].get(slot)!r}"
            for slot in STRICT
            if not same(slot, gold[i], found[j])
        ]
        if wrong:
            yield f"{document}: {gold[i]['kind']}: {'; '.join(wrong)} | {_quote(gold[i])}"
    aligned_gold, aligned_found = {i for i, _ in pairs}, {j for _, j in pairs}
    yield from (
        f"{document}: missed {claim['kind']} | {_quote(claim)}"
        for i, claim in enumerate(gold)
        if i not in aligned_gold
    )
    yield from (
        f"{document}: spurious {claim['kind']} | {_quote(claim)}"
        for j, claim in enumerate(found)
        if j not in aligned_found
    )


def _quote(claim: ClaimForm) -> str:
    return str(claim.get("evidence") or "")[:160]


def b_cubed(pairs: Sequence[tuple[str, str]]) -> Score:
    """B-cubed over aligned claims, each with its gold and its predicted event."""
    if not pairs:
        return Score(p=0.0, r=0.0, f1=0.0, gold=0, predicted=0)
    both, golds, predicted = Counter(pairs), Counter(g for g, _ in pairs), Counter(p for _, p in pairs)
    precision = sum(count * count / predicted[p] for (_, p), count in both.items()) / len(pairs)
    recall = sum(count * count / golds[g] for (g, _), count in both.items()) / len(pairs)
    return Score(
        p=round(precision, 4),
        r=round(recall, 4),
        f1=_f1(precision, recall),
        gold=len(golds),
        predicted=len(predicted),
    )


def filled(slot: str, value: object) -> bool:
    """True when the slot says anything."""
    if slot in ("returned", "bodies"):
        return bool(_counts(value))
    return bool(value) if slot == "background" else value not in (None, "", [], {}, ())


def same(slot: str, gold: ClaimForm, found: ClaimForm) -> bool:
    """True when both claims fill the slot alike, or neither fills it."""
    wanted, got = gold.get(slot), found.get(slot)
    if not filled(slot, wanted) or not filled(slot, got):
        return filled(slot, wanted) == filled(slot, got)
    compare: Callable[[Any, Any], bool] = _COMPARE.get(slot, _same_text)
    if slot == "speaker":
        return same_name(got, wanted, gold.get("speaker_aliases") or ())
    return compare(wanted, got)


def _counts(value: Any) -> dict[str, tuple[int | None, int | None]]:  # noqa: ANN401
    sides = {side: _count((value or {}).get(side)) for side in ("UA", "RU")}
    return {side: count for side, count in sides.items() if count is not None}


def _count(value: Any) -> tuple[int | None, int | None] | None:  # noqa: ANN401
    if not value:
        return None
    if isinstance(value, int):
        return value, value
    low, high = value.get("min"), value.get("max")
    return None if low is None and high is None else (low, high)


def _same_text(wanted: object, got: object) -> bool:
    return str(wanted) == str(got)


def _same_names(wanted: Sequence[str], got: Sequence[str]) -> bool:
    return len(wanted) == len(got) and all(any(same_name(x, y) for y in got) for x in wanted)


_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "via": _same_names,
    "mediators": _same_names,
    "returned": lambda wanted, got: _counts(wanted) == _counts(got),
    "bodies": lambda wanted, got: _counts(wanted) == _counts(got),
    "location": same_name,
}


def agreement(gold: ClaimForm, found: ClaimForm) -> float:
    """How well two claims fit, 0 (other kinds) to 1."""
    if gold["kind"] != found["kind"]:
        return 0.0
    points = 1.0 + sum(weight for slot, weight in _WEIGHTS.items() if same(slot, gold, found))
    total = 1 + sum(_WEIGHTS.values())
    wanted, got = (set(fold(str(claim.get("evidence") or "")).split()) for claim in (gold, found))
    if (gold.get("evidence") or "").strip() and (found.get("evidence") or "").strip():
        points += _EVIDENCE_WEIGHT * len(wanted & got) / max(1, len(wanted | got))
        total += _EVIDENCE_WEIGHT
    return points / total


def align(golds: Sequence[ClaimForm], found: Sequence[ClaimForm]) -> list[tuple[int, int]]:
    """The one-to-one alignment with the best total agreement; claims of unlike kinds are never aligned."""
    if not golds or not found:
        return []
    size = max(len(golds), len(found))
    cost = [[0.0] * size for _ in range(size)]
    for i, gold in enumerate(golds):
        for j, claim in enumerate(found):
            cost[i][j] = -agreement(gold, claim)
    return [
        (i, j)
        for j, i in enumerate(_assignment(cost))
        if i < len(golds) and j < len(found) and cost[i][j] < 0
    ]


def _assignment(cost: Sequence[Sequence[float]]) -> list[int]:
    """Row of each column in the cheapest assignment (Hungarian algorithm with potentials, cubic in the size)."""
    size = len(cost)
    row_of = [-1] * (size + 1)  # the last column is a dummy that holds the row to be placed
    rows, columns = [0.0] * size, [0.0] * (size + 1)
    for row in range(size):
        row_of[size] = row
        column = size
        least, came_from, used = [float("inf")] * size, [size] * size, [False] * (size + 1)
        while row_of[column] != -1:
            used[column] = True
            at = row_of[column]
            for other in range(size):
                slack = cost[at][other] - rows[at] - columns[other]
                if not used[other] and slack < least[other]:
                    least[other], came_from[other] = slack, column
            nearest = min((other for other in range(size) if not used[other]), key=lambda other: least[other])
            delta = least[nearest]
            for other in range(size + 1):
                if used[other]:
                    rows[row_of[other]] += delta
                    columns[other] -= delta
                elif other < size:
                    least[other] -= delta
            column = nearest
        while column != size:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    return row_of[:size]
