"""The function words and endings that the grammar asks for, from the table `words` of a language's lexicon."""

from dataclasses import dataclass, fields
from functools import cache

from processors.model import Language
from processors.stages.extraction.text.normalise import normalise
from processors.stages.extraction.words.draft_words import DraftWords
from processors.stages.extraction.words.figure_words import FigureWords
from processors.stages.extraction.words.kind_words import KindWords
from processors.stages.extraction.words.speaker_words import SpeakerWords
from processors.stages.extraction.words.vocabulary import section


@dataclass(frozen=True, kw_only=True)
class FunctionWords(SpeakerWords, KindWords, FigureWords, DraftWords):
    """Each is a set of lower-case words, `*_endings` of endings, `under`, `year_scope`, `articles`, `source` of phrases."""

    #: The speaker's own side, the other side, and who was spoken of.
    we: frozenset[str] = frozenset()
    they: frozenset[str] = frozenset()
    #: Those who were spoken of, as an object ("refuses to take them").
    them: frozenset[str] = frozenset()
    he: frozenset[str] = frozenset()
    she: frozenset[str] = frozenset()
    #: Endings of verbs whose subject may be unnamed ("у Києві гальмують").
    plural_verbs: frozenset[str] = frozenset()
    #: What a committee or ministry is for, written large before a name ("the Duma Committee on Defense Andrei Krasov").
    fields_of_work: frozenset[str] = frozenset()
    #: What tells how long before or after another matter a day was ("on 15 September, a week before the swap").
    apart: frozenset[str] = frozenset()
    #: Given names of men with the ending of women's.
    men_in_a: frozenset[str] = frozenset()
    #: Endings of patronymics, which no land has, and of the genitives of lands ("глава Калмыкии").
    patronymics: frozenset[str] = frozenset()
    genitives_of_lands: frozenset[str] = frozenset()
    #: What is planned of an exchange before it is held; gatherings that have a day of their own.
    planned_things: frozenset[str] = frozenset()
    gatherings: frozenset[str] = frozenset()
    #: How what never ceases is done ("constantly").
    at_all_times: frozenset[str] = frozenset()
    #: How what is done now and then is told, and on no day ("it happens", "буває").
    habitual: frozenset[str] = frozenset()
    #: Verbs of saying whose object is who hears it.
    told: frozenset[str] = frozenset()
    #: What a verb cannot follow: behind it its form is a participle ("despite repeated appeals").
    attributive: frozenset[str] = frozenset()
    #: What somebody claims as a noun, its articles, what opens a sentence before it, and verbs with which it is made.
    claims: frozenset[str] = frozenset()
    claim_articles: frozenset[str] = frozenset()
    in_claim: frozenset[str] = frozenset()
    made: frozenset[str] = frozenset()
    #: Possessives of them ("her lawyer said").
    whose: frozenset[str] = frozenset()
    #: Nouns of being held, which somebody comes out of.
    captivity: frozenset[str] = frozenset()
    #: What opens "together with" ("вместе со 157 военными").
    along: frozenset[str] = frozenset()
    #: Names of a people that mean its state ("the Russians refused").
    peoples: frozenset[str] = frozenset()
    #: What makes all that follows a condition ("if the swap goes ahead").
    condition: frozenset[str] = frozenset()
    #: Those and pronouns that leave nobody out ("none since then", "нікого не міняють").
    nobody: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    #: Prepositions of travelling to and from.
    toward: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()
    #: Prepositions of the place where something happens.
    where: frozenset[str] = frozenset()
    #: Beginnings of words whose date is that of a capture ("captured in 2024").
    capture: frozenset[str] = frozenset()
    #: Prepositions that date a paper or an exchange ("заява від 11 серпня"), elsewhere "since".
    dated: frozenset[str] = frozenset()
    #: Whose the mediation is that a mediator speaks of ("with our mediation").
    own_mediation: frozenset[str] = frozenset()
    #: What says where somebody is ("are in Belarus").
    being: frozenset[str] = frozenset()
    #: Words that end a description to the left and to the right.
    determiners: frozenset[str] = frozenset()
    after_noun: frozenset[str] = frozenset()
    #: What parts a number from its whole ("eight of the 106").
    part_of: frozenset[str] = frozenset()
    #: "Let us", with which somebody proposes.
    hortative: frozenset[str] = frozenset()
    #: Verbs of saying that go with an infinitive as "to go on".
    going_on: frozenset[str] = frozenset()
    subordinate: frozenset[str] = frozenset()
    compared: frozenset[str] = frozenset()
    that: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()
    #: "As", before a verb of saying and its subject ("як заявляє Москалькова").
    like_as: frozenset[str] = frozenset()
    #: Endings of the names of a state with which something is done ("обмін з Україною").
    instrumentals: frozenset[str] = frozenset()
    #: Endings of the names of a state that is given something ("Україні передали 76").
    datives: frozenset[str] = frozenset()
    #: Names of a state whose people they are, behind the noun.
    state_genitives: frozenset[str] = frozenset()
    #: Stems of what else has ordinals ("the 36th brigade").
    numbered: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    for_whom: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
    since: frozenset[str] = frozenset()
    infinitive_marker: frozenset[str] = frozenset()
    infinitive_endings: frozenset[str] = frozenset()
    oblique_endings: frozenset[str] = frozenset()
    #: Endings of the adjective of a subject ("украинские власти").
    nominative_endings: frozenset[str] = frozenset()
    #: What is said of exchanges in general: that they "go on".
    go_on: frozenset[str] = frozenset()
    will_be: frozenset[str] = frozenset()
    genitives: frozenset[str] = frozenset()
    #: Bodies whose names have one form for all cases: "минобороны".
    indeclinable: frozenset[str] = frozenset()
    plural_endings: frozenset[str] = frozenset()
    source: frozenset[str] = frozenset()
    under: frozenset[str] = frozenset()
    #: What dates by an event ("on the eve of the summit").
    timed_by: frozenset[str] = frozenset()
    #: Those of the speaker, who are given somebody ("we were handed 248", said of themselves: "їм передали").
    to_us: frozenset[str] = frozenset()
    #: Endings of what may stand before a description ("высокопоставленный"), any word where there are none.
    modifier_endings: frozenset[str] = frozenset()
    #: What leads a figure lower than was asked or offered ("agreed to take only 279").
    only: frozenset[str] = frozenset()
    #: Prepositions of what is spoken of ("про обмін розповіли …").
    about: frozenset[str] = frozenset()
    #: Prepositions of what somebody is an expert on ("who lectures on Russia").
    topics: frozenset[str] = frozenset()
    #: Endings of the participle that opens an insertion ("просивший не называть его").
    participles: frozenset[str] = frozenset()
    #: Ending of a verb whose unnamed subject is the body behind "in" ("підтвердили в адміністрації").
    plural_past: frozenset[str] = frozenset()
    year_scope: frozenset[str] = frozenset()
    #: What opens an indirect question.
    whether: frozenset[str] = frozenset()
    #: What says that nobody is left out ("all the Russians for all the Ukrainians").
    everyone: frozenset[str] = frozenset()
    #: "Called for"; how words of telling beforehand begin; "did likewise"; "must not", "be part of"; "larger".
    calls_for: frozenset[str] = frozenset()
    notifies: frozenset[str] = frozenset()
    likewise: frozenset[str] = frozenset()
    barring: frozenset[str] = frozenset()
    taking_part: frozenset[str] = frozenset()
    bigger: frozenset[str] = frozenset()
    #: "Our" people, those of the subject itself ("своих"), and of the other ("її").
    ours: frozenset[str] = frozenset()
    reflexive: frozenset[str] = frozenset()
    #: Vague numbers of as many as come home in one exchange.
    dozens: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()
    #: Verbs that may follow an offer's first one behind "and", and how such adverbial participles end.
    goes_on: frozenset[str] = frozenset()
    gerunds: frozenset[str] = frozenset()
    #: Groups and lists out of which some are taken; "any", "whatever"; what an exchange is judged to be.
    pools: frozenset[str] = frozenset()
    whatever: frozenset[str] = frozenset()
    judged_as: frozenset[str] = frozenset()
    #: "Both" as the subject of a verb.
    both: frozenset[str] = frozenset()
    #: What leads the headline of another text ("Read also").
    see_also: frozenset[str] = frozenset()


@cache
def function_words(language: Language) -> FunctionWords:
    """Those of the language; all empty where its lexicon has none."""
    table = section(language, "words")
    return FunctionWords(
        **{f.name: frozenset(map(normalise, table.get(f.name, ()))) for f in fields(FunctionWords)}
    )
