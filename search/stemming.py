"""Words to stems: Snowball for English and Russian, a light stemmer of our own for Ukrainian, which Snowball lacks.

A stem stands for the forms of one word; it need not be a word. Input is a folded word (lower case, one apostrophe, `ё` as
`е`; see `search.analysis`). English is the classic Porter algorithm and Russian the Snowball one, as in the analyzers of
Elasticsearch, with what it gets wrong of our trade put right. Pure.
"""

from functools import lru_cache

import Stemmer

from processors.model import Language

_VOWELS = frozenset("аеєиіїоуюя")
_RUSSIAN_VOWELS = frozenset("аеиоуыэюя")
_SHORTEST_STEM = 3

#: Longest first. Declension of nouns and adjectives, past tense and infinitive, present tense.
_ENDINGS_BY_KIND = (
    "а я о е є у ю и і ї ь й",
    "ами ями ові еві єві ого ому ої ою ею єю ими іми ій ий их іх им ім ом ем єм ам ям ах ях ів їв ей",
    "ія ії ію ією ість ості істю остей остям остями остях",
    "ти ати яти ити іти ути ав яв ив ув іла ала яла ила ула іло ало яло ило уло или али яли іли ули",
    "ить ять ють уть ає яє ує ють ають яють ують",
    "ння нню нням нні ань янь ень інь",
)
_ENDINGS = tuple(sorted(" ".join(_ENDINGS_BY_KIND).split(), key=lambda ending: (-len(ending), ending)))
#: What a noun on -ння keeps of its ending, so that its genitive plural (-нь) has the same stem.
_VERBAL_NOUN = frozenset(("ння", "нню", "нням", "нні", "ань", "янь", "ень", "інь"))
_IRREGULAR = {
    form: stem
    for stem, forms in {
        "києв": "київ",
        "харков": "харків харкові",
        "львов": "львів",
        "чернігов": "чернігів чернігові",
        "миколаєв": "миколаїв миколаєві",
        "канев": "канів",
        "дн": "день дня дні днів дню днем днями днях",
        "держав": "держав",
        # plurals that look like infinitives and past tenses
        "солдат": "солдати",
        "депутат": "депутати",
        "делегат": "делегати",
        "емірат": "емірати",
        "результат": "результати",
        "адвокат": "адвокати",
        "кандидат": "кандидати",
        "генерал": "генерали генерала",
        "матеріал": "матеріали матеріала",
        "журнал": "журнали журнала",
        "канал": "канали канала",
        "госпітал": "госпіталі госпіталь госпіталя",
        "січн": "січень",
        "березн": "березень",
        "квітн": "квітень",
        "травн": "травень",
        "червн": "червень",
        "липн": "липень",
        "серпн": "серпень",
        "вересн": "вересень",
        "жовтн": "жовтень",
        "грудн": "грудень",
    }.items()
    for form in forms.split()
}

#: What Snowball gets wrong of the words of this trade: it takes `обмен` for a participle.
_RUSSIAN = {
    form: stem
    for stem, forms in {
        "обмен": "обмен обмена обмену обменом обмене обмены обменов обменам обменами обменах",
        "списк": "список",
        "дн": "день дня дню днем дне дни дней дням днями днях",
    }.items()
    for form in forms.split()
}

_SNOWBALL = {Language.EN: Stemmer.Stemmer("porter", 0), Language.RU: Stemmer.Stemmer("russian", 0)}


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            stem = word[: -len(ending)]
            if ending in _VERBAL_NOUN:
                return stem + (ending[0] if ending[0] in _VOWELS else "") + "н"
            return stem
    return word


def _settled(stem: str) -> str:
    """Undo what declension does to the end of a stem: doubled consonants and vowels that come and go."""
    if len(stem) <= _SHORTEST_STEM:
        return stem
    if stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        stem = stem[:-1]
    if len(stem) > 4 and stem[-2:] == "ок" and stem[-3] not in _VOWELS:
        return stem[:-2] + "к"
    if stem.endswith("ец") and stem[-3] not in _VOWELS:
        return stem[:-2] + "ц"
    return stem


def ukrainian(word: str) -> str:
    """Light stem of a folded Ukrainian word; short words stay as they are."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > _SHORTEST_STEM + 2 and word.endswith(("ся", "сь")):
        word = word[:-2]
    return _settled(_without_ending(word))


def russian(word: str) -> str:
    """Snowball's stem of a folded Russian word, with the vowel of -ец that comes and goes (боец, Лубинец) left out."""
    if word in _RUSSIAN:
        return _RUSSIAN[word]
    found = str(_SNOWBALL[Language.RU].stemWord(word))
    if (
        len(found) > 5
        and found.endswith("ец")
        and found[-3] not in _RUSSIAN_VOWELS
        and found[-4] in _RUSSIAN_VOWELS
    ):
        found = found[:-2] + "ц"
    return found[:-2] + "ц" if found.endswith("ьц") else found


@lru_cache(maxsize=200_000)
def stem(word: str, language: Language) -> str:
    """Stem of a folded word in `language`; the word itself for a language without a stemmer."""
    if language is Language.UK:
        return ukrainian(word)
    if language is Language.RU:
        return russian(word)
    if language is Language.EN:
        word = word.removesuffix("'s")
    snowball = _SNOWBALL.get(language)
    return str(snowball.stemWord(word)) if snowball else word
