"""The language of a document, by its letters and its function words.

Letters tell Ukrainian (і ї є ґ) from Russian (ы э ъ ё) within a sentence; function words decide between languages of one
script. Half a megabyte of code and no model: 97.8 % on short sentences (research/extraction.md, 2.6), and a document is longer.
"""

from processors.model import Language

_SAMPLE = 4000
_CYRILLIC = "оаеитнсрвл"
_LATIN = "etaoinsrhl"
_UK_LETTERS, _RU_LETTERS, _PL_LETTERS = "іїєґ", "ыэъё", "ąęłśżźćń"
_OTHER_CYRILLIC = "ўјљњђћџәғқңөұүһӣӯ"
_WORDS: dict[Language, frozenset[str]] = {
    Language.EN: frozenset("the of and to in a is that for it was on with as by are be at from this has have not were said its who which".split()),
    Language.UK: frozenset("і й та в у на з із за до що про як не від але це був були було його які який під час після також для".split()),
    Language.RU: frozenset("и в на с по за что это как не от но был были было его которые который при после также для из о он".split()),
    Language.PL: frozenset("i w na z że do się nie o od po za jest to są był była oraz dla przez jak ale tym które który".split()),
}
#: Least share of a document's words that are function words of its language: English text has about 0.35, German 0.03.
_LEAST = {Language.EN: 0.12, Language.PL: 0.10, Language.UK: 0.04, Language.RU: 0.04}
_SHORT = 12


def detect(text: str) -> Language:
    """The language of most of the text's first 4000 characters; OTHER for one that has no lexicon, and for no text."""
    sample = text[:_SAMPLE].lower()
    cyrillic, latin = _count(sample, _CYRILLIC), _count(sample, _LATIN)
    if cyrillic + latin < max(3, len(sample) // 10):
        return Language.OTHER
    tokens = [token.strip(".,:;!?«»“”\"'()–—-") for token in sample.split()]
    return _cyrillic(sample, tokens, cyrillic) if cyrillic >= latin else _latin(sample, tokens)


def _cyrillic(sample: str, tokens: list[str], letters: int) -> Language:
    if _count(sample, _OTHER_CYRILLIC) * 100 > letters:
        return Language.OTHER
    ukrainian = 3 * _count(sample, _UK_LETTERS) + 10 * _share(tokens, Language.UK) * len(tokens)
    russian = 3 * _count(sample, _RU_LETTERS) + 10 * _share(tokens, Language.RU) * len(tokens)
    best = Language.UK if ukrainian > russian else Language.RU
    own = _count(sample, _UK_LETTERS if best is Language.UK else _RU_LETTERS.replace("ъ", ""))
    if len(tokens) > _SHORT and (_share(tokens, best) < _LEAST[best] or own * 200 < letters):
        return Language.OTHER
    return best


def _latin(sample: str, tokens: list[str]) -> Language:
    polish, english = _share(tokens, Language.PL), _share(tokens, Language.EN)
    marks = _count(sample, _PL_LETTERS)
    best = Language.PL if polish + marks / max(len(sample), 1) * 5 > english else Language.EN
    if len(tokens) <= _SHORT:
        return Language.PL if best is Language.PL and marks else (Language.EN if sample.isascii() or english else Language.OTHER)
    return best if max(polish if best is Language.PL else english, 0) >= _LEAST[best] else Language.OTHER


def _share(tokens: list[str], language: Language) -> float:
    return sum(map(_WORDS[language].__contains__, tokens)) / max(len(tokens), 1)


def _count(sample: str, letters: str) -> int:
    return sum(map(sample.count, letters))
