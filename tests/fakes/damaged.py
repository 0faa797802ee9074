"""Predictions made from a gold file by damaging every slot in turn, the same in every run."""

from copy import deepcopy
from typing import Any

_DAMAGE: tuple[dict[str, Any], ...] = (
    {},
    {"speaker": None},
    {"speaker": "Russian sources"},
    {"speaker": "Лубінець"},
    {"speaker": "Минобороны"},
    {"kind": "offer"},
    {"returned": {"UA": 5, "RU": None}},
    {"returned": {"UA": {"min": None, "max": None}}},
    {"date": "2024-01"},
    {"date": None},
    {"mediators": ["ОАЭ"]},
    {"via": ["Інститут вивчення війни"]},
    {"location": "Belarus border"},
    {"background": True},
    {"event": None},
    {"event": "one"},
    {"evidence": ""},
    {"evidence": "prisoners were swapped in an exchange"},
)


def damaged(documents: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Claims by document: most with one slot changed, some left out, some twice; one document in nine is left out."""
    predictions: dict[str, list[dict[str, Any]]] = {}
    step = 0
    for number, document in enumerate(documents):
        if number % 9 == 5:
            continue
        claims = predictions.setdefault(document["id"], [])
        for gold in document["claims"]:
            step += 1
            if step % 7 == 0:
                continue
            claim = {key: value for key, value in deepcopy(gold).items() if key != "speaker_aliases"}
            claim |= _DAMAGE[step % len(_DAMAGE)]
            claims += [claim, deepcopy(claim)] if step % 11 == 0 else [claim]
    return predictions
