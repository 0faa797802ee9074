"""Class letters: the three strings in which the grammar reads a sentence, one letter a unit.

`content` shows figures, people and what happens to them; `voice` shows who may be speaking; `act` shows what is
asserted. A unit with several classes shows the first one of the view's order.
"""

from functools import lru_cache

LETTERS = {
    "topic_off": "_", "all": "*", "one": "1", "each": "b", "same": "=", "inreturn": "<", "cumulative": "Σ", "total": "τ",
    "subset": "⊂", "held": "h", "list": "L", "bodies": "B", "captive": "C", "ua_people": "U", "ru_people": "R",
    "deny": "d", "untrue": "l", "violate": "W",
    "breach": "w", "accuse": "A", "smear": "A", "suspend": "S", "refuse": "f", "offer": "F", "ready": "y",
    "agree": "g", "agree_noun": "ğ", "reached": "ř", "future": "φ", "success": "★", "plan": "k",
    "exchange_verb": "X", "exchange_noun": "E", "return_verb": "T",
    "return_noun": "t", "give_verb": "G", "receive_verb": "V", "person": "P",
    "say": "s", "accord": "a",
    "accord_ref": "a", "opine": "j", "likely": "j", "aim": "J", "analyst": "Y", "role": "n", "title": "n", "media": "w",
    "pronoun": "H", "ua_adj": "u", "ru_adj": "r", "ua_state": "K", "ru_state": "M", "foreign": "Z", "own": "I",
    "neg": "e", "hedge": "?", "hypothetical": "o",
    "conj": "c",
    "rel": "q", "ratioword": "/", "quantity": "N", "ordinal": "O", "day": "D", "speaker": "p",
    "name": "p", "capital": "Q", "mediator": "m", "medium": "m", "odd": "0", "ratio": "%",
    "message": "H", "mark": ",", "quote": '"', "dash": "-", "semicolon": ";",
    "sides": "σ", "together": "c", "with_them": "c", "remain": "h",
    "gesture": "γ",
}  # fmt: skip

#: The classes that a view shows, the telling ones first.
_SHOWN = {
    "content": (
        "topic_off ratio odd all one quantity ordinal day each same inreturn bodies exchange_verb exchange_noun "
        "return_verb remain captive ua_people ru_people return_noun give_verb receive_verb person list subset held cumulative "
        "total ua_adj ru_adj ua_state ru_state foreign ratioword own neg mark quote dash semicolon conj together with_them rel "
        "mediator speaker sides name"
    ),
    "voice": (
        "speaker name topic_off ratio day quantity odd mark quote dash semicolon accord accord_ref deny accuse say opine "
        "pronoun message media medium analyst role title capital ua_adj ru_adj ua_state ru_state neg conj rel"
    ),
    "act": (
        "topic_off ratio odd all one untrue deny violate breach accuse smear suspend refuse list offer gesture ready "
        "agree agree_noun reached plan exchange_verb "
        "exchange_noun return_verb return_noun give_verb receive_verb future success ua_state ru_state "
        "speaker neg hedge hypothetical aim "
        "opine likely captive bodies quote mark semicolon dash conj rel day quantity ua_adj ru_adj ua_people ru_people person"
    ),
}
_ORDERS = {view: classes.split() for view, classes in _SHOWN.items()}


@lru_cache(maxsize=20_000)
def letters(classes: frozenset[str]) -> tuple[str, str, str]:
    """The letters of a unit with these classes in `content`, `voice` and `act`; a full stop where it shows none."""
    return _letter(classes, "content"), _letter(classes, "voice"), _letter(classes, "act")


def _letter(classes: frozenset[str], view: str) -> str:
    return next((LETTERS[cls] for cls in _ORDERS[view] if cls in classes), ".")
