"""Names of speakers, mediators and places compared across spellings and scripts, for scoring alone.

Lenient on purpose: a prediction must not lose for writing Zelenskyy where the gold file has Зеленський. The extractor
resolves names by its registry, not by this.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

_TRANSLITERATION = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu",
    "я": "ia", "ё": "e", "ы": "y", "э": "e", "ъ": "",
}  # fmt: skip

#: Names of one body that no folding makes equal.
_GROUPS = (
    ("United Arab Emirates", "UAE", "Emirates", "ОАЭ", "ОАЕ", "Об'єднані Арабські Емірати", "Объединённые Арабские Эмираты",
     "Эмираты", "Емірати", "Abu Dhabi", "Абу-Даби", "Абу-Дабі"),
    ("Turkey", "Türkiye", "Turkiye", "Туреччина", "Турция"),
    ("Saudi Arabia", "Riyadh", "Саудівська Аравія", "Саудовская Аравия", "Эр-Рияд", "Ер-Ріяд"),
    ("ISW", "Institute for the Study of War", "Інститут вивчення війни", "Институт изучения войны"),
    ("Russian Ministry of Defense", "Russian Ministry of Defence", "Russian MoD", "MoD", "Russian defense ministry",
     "Russian defence ministry", "Russia's defence ministry", "Russia's defense ministry",
     "Ministry of Defence of the Russian Federation", "Минобороны", "Минобороны РФ", "Минобороны России",
     "Министерство обороны РФ", "Министерство обороны России", "Міноборони РФ", "Міноборони Росії"),
    ("Coordination Headquarters", "Coordination Headquarters for the Treatment of Prisoners of War", "Coordination HQ",
     "Ukrainian Coordination Headquarters", "Ukraine's Coordination Headquarters", "Координаційний штаб", "Координационный штаб",
     "Коордштаб", "Координаційний штаб з питань поводження з військовополоненими",
     "Координационный штаб по вопросам обращения с военнопленными"),
    ("Vatican", "Holy See", "Ватикан", "Святий Престол"),
    ("ICRC", "Red Cross", "International Committee of the Red Cross", "МККК", "Червоний Хрест", "Красный Крест"),
    ("UN", "United Nations", "ООН"),
    ("United States", "US", "USA", "США", "Сполучені Штати", "Соединённые Штаты", "Соединенные Штаты"),
)  # fmt: skip

#: Last words of offices and groups. A name that ends in one is no surname: most of its words must agree.
_OFFICES = frozenset({
    "defense", "defence", "ministry", "headquarters", "office", "service", "sources", "source", "officials", "official",
    "channels", "media", "council", "committee", "government", "authorities", "spokesperson", "spokesman",
    "spokeswoman", "parliament", "agency", "staff", "intelligence", "president", "ombudsman", "commissioner", "family",
    "relatives", "milbloggers", "bloggers", "experts", "analysts", "side", "sbu", "fsb", "gur", "hur",
})  # fmt: skip

_SAME_WORDS = 0.6
_SAME_SURNAME = 0.6


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """The name in lower-case Latin letters and digits, without accents or punctuation."""
    text = unicodedata.normalize("NFC", name).casefold()
    text = "".join(_TRANSLITERATION.get(letter, letter) for letter in text)
    text = "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", text).split())


def _bare(name: str) -> str:
    return re.sub(r"\bthe ", "", fold(name))


_CANONICAL = {_bare(name): _bare(group[0]) for group in _GROUPS for name in group}


@lru_cache(maxsize=8192)
def _canonical(name: str) -> str:
    bare = _bare(name)
    return _CANONICAL.get(bare, bare)


def same_name(a: str | None, b: str | None, aliases: Iterable[str] = ()) -> bool:
    """True when `a` is `b`, or one of its aliases, in another spelling or script. Two missing names are the same."""
    if not a or not b:
        return not a and not b
    mine = _canonical(a)
    return any(_same(mine, _canonical(other)) for other in (b, *aliases))


def _same(mine: str, other: str) -> bool:
    if mine == other:
        return True
    if not mine or not other:
        return False
    words, others = mine.split(), other.split()
    last, other_last = words[-1], others[-1]
    if {last, other_last} & _OFFICES:
        return len({*words} & {*others}) / len({*words} | {*others}) > _SAME_WORDS
    skeleton = _skeleton(last)
    return (
        len(skeleton) >= 2
        and skeleton == _skeleton(other_last)
        and SequenceMatcher(None, last, other_last).ratio() >= _SAME_SURNAME
    )


_SPELLINGS = (
    ("iu", "u"), ("ia", "a"), ("ie", "e"), ("yu", "u"), ("ya", "a"), ("ts", "c"), ("g", "h"), ("w", "v"), ("ph", "f"),
    ("kh", "h"),
)  # fmt: skip


def _skeleton(word: str) -> str:
    """Consonants of a transliterated word: Zelenskyy, Zelensky and Zelenskii agree; Lubinets and Lubinec too."""
    for spelling, plain in _SPELLINGS:
        word = word.replace(spelling, plain)
    return re.sub(r"[aeiouyj]", "", word)
