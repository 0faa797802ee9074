"""Length-preserving normalisation: position i of the result stands for position i of the article's text."""

_QUOTES = dict.fromkeys("«»“”„‟\u2033\u275d\u275e", '"')
_APOSTROPHES = dict.fromkeys("’ʼ`ʹ‘´", "'")
_BLANKS = dict.fromkeys("\u00a0\u2009\u202f\u2007\t\u200b\u00ad", " ")
_DASHES = dict.fromkeys("–—―", "—") | dict.fromkeys("‑‐−", "-")
_WRITTEN = _QUOTES | _APOSTROPHES | _BLANKS | _DASHES | {"ё": "е"}


def normalise(text: str) -> str:
    """Lower case, one kind of quote, apostrophe, blank and dash, ё as е; exactly as long as `text`."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    for written, plain in _WRITTEN.items():
        if written in lowered:  # to look for each takes a thirtieth of the time of translating every letter
            lowered = lowered.replace(written, plain)
    return lowered


def same_word(one: str, other: str, *, ending: int = 3) -> bool:
    """Whether two normalised words are one, perhaps in different cases ("гарбуз", "гарбузом"), which so many letters end."""
    if one == other:
        return True
    shortest = min(len(one), len(other))
    common = next((at for at in range(shortest) if one[at] != other[at]), shortest)
    return common >= _STEM and max(len(one), len(other)) - common <= ending


#: Letters that the cases of a word share at least.
_STEM = 3
