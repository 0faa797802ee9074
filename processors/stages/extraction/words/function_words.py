"""The function words and endings that the grammar asks for, from the table `words` of a language's lexicon."""

from dataclasses import dataclass, fields
from functools import cache

from processors.model import Language
from processors.stages.extraction.text.normalise import normalise
from processors.stages.extraction.words.vocabulary import section


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionWords:
    """Each is a set of lower-case words, `*_endings` of endings, `under`, `year_scope`, `articles`, `source` of phrases."""

    #: The speaker's own side, the other side, and who was spoken of.
    we: frozenset[str] = frozenset()
    they: frozenset[str] = frozenset()
    #: Those who were spoken of, as an object ("refuses to take them").
    them: frozenset[str] = frozenset()
    he: frozenset[str] = frozenset()
    she: frozenset[str] = frozenset()
    #: Endings of the genitive plural of nouns ("офіцерів").
    genitive_plurals: frozenset[str] = frozenset()
    #: References to whose figures are told ("за його даними"), which a ministry has as well as a man.
    own_data: frozenset[str] = frozenset()
    #: With what a verb phrase of the lexicon is negated: "nobody" beside it negates nothing more ("ніхто не приїхав").
    negators: frozenset[str] = frozenset()
    #: Plurals that stand for both sides at once ("делегації"): nobody's word.
    both_parties: frozenset[str] = frozenset()
    #: What parts a body from the one above it ("the centre under the council").
    parent: frozenset[str] = frozenset()
    #: Cities that also stand for a state, which a dateline names ("Kyiv: …").
    filed_from: frozenset[str] = frozenset()
    #: The warring states together ("the two countries").
    both_states: frozenset[str] = frozenset()
    #: Endings of verbs whose subject may be unnamed ("у Києві гальмують").
    plural_verbs: frozenset[str] = frozenset()
    #: Verbs of a medium that passes on words ("ці слова цитує агентство").
    quoting: frozenset[str] = frozenset()
    #: What the other side has not given yet: "no confirmation of the exchange" denies none.
    confirmations: frozenset[str] = frozenset()
    #: Nouns of refusing, behind which stands who refuses ("отказ Киева", "a refusal by Kyiv").
    refusal_nouns: frozenset[str] = frozenset()
    #: The two republics of the Donbas, one side in two parts.
    republics: frozenset[str] = frozenset()
    #: What a committee or ministry is for, written large before a name ("the Duma Committee on Defense Andrei Krasov").
    fields_of_work: frozenset[str] = frozenset()
    #: What tells how long before or after another matter a day was ("on 15 September, a week before the swap").
    apart: frozenset[str] = frozenset()
    #: Given names of men with the ending of women's.
    men_in_a: frozenset[str] = frozenset()
    #: Endings of patronymics, which no land has, and of the genitives of lands ("глава Калмыкии").
    patronymics: frozenset[str] = frozenset()
    genitives_of_lands: frozenset[str] = frozenset()
    #: What somebody is obliged to do ("should be exchanged"), and may not be planned.
    obliged: frozenset[str] = frozenset()
    #: What an ordinal may count that is no exchange ("the first step towards peace").
    steps: frozenset[str] = frozenset()
    #: Verbs of telling news, and what may stand between them and "exchange" ("announced another swap").
    announces: frozenset[str] = frozenset()
    one_more: frozenset[str] = frozenset()
    #: What is planned of an exchange before it is held; gatherings that have a day of their own.
    planned_things: frozenset[str] = frozenset()
    gatherings: frozenset[str] = frozenset()
    #: What is violated and is no term of an exchange.
    borders: frozenset[str] = frozenset()
    #: What the sides keep up between exchanges, and is not denied by "was never broken off".
    contacts: frozenset[str] = frozenset()
    #: By what somebody demands people, who have not come for that.
    demands: frozenset[str] = frozenset()
    #: How what never ceases is done ("constantly").
    at_all_times: frozenset[str] = frozenset()
    #: What opens a clause of what somebody wants to happen ("щоб росіяни передали списки").
    purpose: frozenset[str] = frozenset()
    #: Verbs of saying whose object is who hears it.
    told: frozenset[str] = frozenset()
    #: The day of what is ahead, which may not be known yet.
    calendar_nouns: frozenset[str] = frozenset()
    #: What somebody may have in the preparation of an exchange ("his role in arranging the swap").
    roles: frozenset[str] = frozenset()
    #: What opens the name that somebody gives a thing ("in what both called the largest swap").
    whats: frozenset[str] = frozenset()
    #: What opens an indirect question ("explained why …"), whose subject is not who speaks.
    asking: frozenset[str] = frozenset()
    #: What a verb cannot follow: behind it its form is a participle ("despite repeated appeals").
    attributive: frozenset[str] = frozenset()
    #: Verbs of telling that something will be or was held, and beginnings of their participles before its name.
    announcing: frozenset[str] = frozenset()
    announced_things: frozenset[str] = frozenset()
    #: With what a name ends that is no person's ("Kerch Strait").
    geography: frozenset[str] = frozenset()
    #: Verbs of a medium that tells something; and those of them behind which it stands ("пишет «Коммерсантъ»").
    media_say: frozenset[str] = frozenset()
    inverted_media: frozenset[str] = frozenset()
    #: "Which" behind a preposition ("a video in which he said").
    in_which: frozenset[str] = frozenset()
    #: What somebody claims as a noun, its articles, what opens a sentence before it, and verbs with which it is made.
    claims: frozenset[str] = frozenset()
    claim_articles: frozenset[str] = frozenset()
    in_claim: frozenset[str] = frozenset()
    made: frozenset[str] = frozenset()
    #: What somebody has who tells it otherwise ("has another version").
    versions: frozenset[str] = frozenset()
    #: Nouns of a deal that are no word of agreeing.
    deals: frozenset[str] = frozenset()
    #: What a source or a body is called.
    it: frozenset[str] = frozenset()
    #: Possessives of them ("her lawyer said").
    whose: frozenset[str] = frozenset()
    #: What somebody is asked.
    questions: frozenset[str] = frozenset()
    #: Beginnings of verbs of bringing people.
    brings: frozenset[str] = frozenset()
    #: Nouns of being held, which somebody comes out of.
    captivity: frozenset[str] = frozenset()
    #: Verbs of what should be ("must hold an exchange").
    ought: frozenset[str] = frozenset()
    #: Endings of verbs in the present whose subject nobody names ("преступников не меняют").
    unnamed_present: frozenset[str] = frozenset()
    #: What opens "together with" ("вместе со 157 военными").
    along: frozenset[str] = frozenset()
    #: How ready somebody is ("fully ready").
    wholly: frozenset[str] = frozenset()
    #: Names of a people that mean its state ("the Russians refused").
    peoples: frozenset[str] = frozenset()
    #: What puts off talk of a plan ("too early to speak of it").
    too_early: frozenset[str] = frozenset()
    #: What compares ("later than agreed").
    than: frozenset[str] = frozenset()
    #: Determiners that negate a noun ("no exchange").
    no: frozenset[str] = frozenset()
    #: What adds to an act what goes with it ("in two stages, with 500 people released in each").
    accompanied: frozenset[str] = frozenset()
    #: What makes all that follows a condition ("if the swap goes ahead").
    condition: frozenset[str] = frozenset()
    #: What makes a list ("published 65 names").
    names: frozenset[str] = frozenset()
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
    #: Beginnings of finite verbs of fighting, and what makes a participle a verb ("were captured").
    fought: frozenset[str] = frozenset()
    finite: frozenset[str] = frozenset()
    #: Beginnings of words for one kind of those freed: of a unit, officers, women, the convicted.
    some_kinds: frozenset[str] = frozenset()
    #: "Time", of what was done so often.
    times: frozenset[str] = frozenset()
    #: "Other", "ще": people on top of those counted.
    further: frozenset[str] = frozenset()
    #: "With", and the endings of those whom it leads.
    with_whom: frozenset[str] = frozenset()
    company: frozenset[str] = frozenset()
    #: Prepositions of those of whom some are told ("among the 75").
    among: frozenset[str] = frozenset()
    #: Beginnings of words which say that an exchange took more days than one ("completed", "in three stages").
    completed: frozenset[str] = frozenset()
    #: Prepositions that date a paper or an exchange ("заява від 11 серпня"), elsewhere "since".
    dated: frozenset[str] = frozenset()
    #: Whose the mediation is that a mediator speaks of ("with our mediation").
    own_mediation: frozenset[str] = frozenset()
    #: What says where somebody is ("are in Belarus").
    being: frozenset[str] = frozenset()
    #: Words that end a description to the left and to the right.
    determiners: frozenset[str] = frozenset()
    after_noun: frozenset[str] = frozenset()
    #: Words after which a bare number still counts people ("390 of them").
    behind_number: frozenset[str] = frozenset()
    #: What parts a number from its whole ("eight of the 106").
    part_of: frozenset[str] = frozenset()
    #: An exchange as the object of a verb, by its ending ("в МИД обмен приветствовали").
    objects: frozenset[str] = frozenset()
    #: "It is expected", which nobody says.
    expected: frozenset[str] = frozenset()
    #: "Just as" before the day of something else that is compared.
    like: frozenset[str] = frozenset()
    #: "Let us", with which somebody proposes.
    hortative: frozenset[str] = frozenset()
    #: Verbs of saying that go with an infinitive as "to go on".
    going_on: frozenset[str] = frozenset()
    subordinate: frozenset[str] = frozenset()
    compared: frozenset[str] = frozenset()
    that: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()
    #: Pronouns and verbs of who speaks of their own deeds ("we", "повертаємо").
    first_person: frozenset[str] = frozenset()
    #: "As", before a verb of saying and its subject ("як заявляє Москалькова").
    like_as: frozenset[str] = frozenset()
    #: Unnamed informants, and officials of whatever office: whom a text calls so again ("the source added").
    sources: frozenset[str] = frozenset()
    officials: frozenset[str] = frozenset()
    #: "Глава государства", and the titles of those whom it may mean.
    heads_of_state: frozenset[str] = frozenset()
    presidents: frozenset[str] = frozenset()
    #: Endings of the names of a state with which something is done ("обмін з Україною").
    instrumentals: frozenset[str] = frozenset()
    #: Endings of the names of a state that is given something ("Україні передали 76").
    datives: frozenset[str] = frozenset()
    #: "Over the same period", by which two counts of many exchanges are compared.
    same_period: frozenset[str] = frozenset()
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
    #: Prepositions of what somebody is blamed for, where they are not those of a part.
    charge: frozenset[str] = frozenset()
    #: What begins a remark on how near a source is ("близкий к делегации").
    close: frozenset[str] = frozenset()
    #: Endings of a description to which or with which somebody speaks ("сообщил корреспонденту").
    recipient_endings: frozenset[str] = frozenset()
    #: Endings of the adjective of a subject ("украинские власти").
    nominative_endings: frozenset[str] = frozenset()
    #: Endings of a plural that is no subject ("родинам", "с родственниками").
    oblique_plural: frozenset[str] = frozenset()
    #: Endings of a woman's description, which means no man ("дипломатка").
    feminine_endings: frozenset[str] = frozenset()
    #: Endings of verbs in the past by the gender of who did it.
    feminine_past: frozenset[str] = frozenset()
    masculine_past: frozenset[str] = frozenset()
    #: Endings of surnames in the genitive and, behind ">", in the nominative.
    surnames: frozenset[str] = frozenset()
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
    #: What names a cause ("is delayed due to the refusal …").
    because: frozenset[str] = frozenset()
    #: Words of the day before the one reported, on which another exchange may have been.
    eve: frozenset[str] = frozenset()
    #: "It is about", said of an exchange with the number of its people ("йдеться про 314 полонених").
    concerns: frozenset[str] = frozenset()
    #: What leads a figure that was planned and not reached ("instead of 306 people they got 233").
    in_place_of: frozenset[str] = frozenset()
    #: Those of the speaker, who are given somebody ("we were handed 248", said of themselves: "їм передали").
    to_us: frozenset[str] = frozenset()
    #: Endings of what may stand before a description ("высокопоставленный"), any word where there are none.
    modifier_endings: frozenset[str] = frozenset()
    #: Words by which a medium names its own source.
    citing: frozenset[str] = frozenset()
    #: Beginnings of regions and of their people: who comes from one is a part of those exchanged.
    home_regions: frozenset[str] = frozenset()
    #: How nouns begin for who lives somewhere or was born there, with the region right behind.
    dwellers: frozenset[str] = frozenset()
    #: What a text is said to tell of ("йдеться у матеріалі").
    goes_about: frozenset[str] = frozenset()
    #: Stems of words for those who belong to a state.
    citizens: frozenset[str] = frozenset()
    #: Verbs of wishing, before an infinitive.
    wants: frozenset[str] = frozenset()
    #: Endings of a surname that is an object ("на Медведчука").
    named_objects: frozenset[str] = frozenset()
    #: What leads a figure lower than was asked or offered ("agreed to take only 279").
    only: frozenset[str] = frozenset()
    #: Prepositions of what is spoken of ("про обмін розповіли …").
    about: frozenset[str] = frozenset()
    #: Prepositions of where somebody works ("X of the Tartu Defence Forum").
    employing: frozenset[str] = frozenset()
    #: Prepositions of what somebody is an expert on ("who lectures on Russia").
    topics: frozenset[str] = frozenset()
    #: Endings of the participle that opens an insertion ("просивший не называть его").
    participles: frozenset[str] = frozenset()
    #: Beginnings of words that tell the side of a speaker without its name: relatives of captives, war bloggers, nations.
    of_ua: frozenset[str] = frozenset()
    of_ru: frozenset[str] = frozenset()
    of_third: frozenset[str] = frozenset()
    #: The side of a description that tells none ("речниця прикордонної служби").
    home: frozenset[str] = frozenset()
    #: Ending of a verb whose unnamed subject is the body behind "in" ("підтвердили в адміністрації").
    plural_past: frozenset[str] = frozenset()
    year_scope: frozenset[str] = frozenset()
    #: Prepositions of the time from which exchanges are counted.
    counting_since: frozenset[str] = frozenset()
    #: What else than the war exchanges are counted from ("the fourth since the incursion"), beginnings of words.
    counted_from: frozenset[str] = frozenset()
    #: Verbs of saying without a subject that open a sentence ("зазначається").
    noted: frozenset[str] = frozenset()
    #: Endings of the genitive in a description, each with that of the nominative ("ника>ник").
    genitives_of_roles: frozenset[str] = frozenset()
    #: What opens an indirect question.
    whether: frozenset[str] = frozenset()
    #: How superlatives of size begin.
    greatest: frozenset[str] = frozenset()
    #: What a remark on the exchange told before begins with: "this swap was the third".
    points_back: frozenset[str] = frozenset()
    #: What an exchange told before may be called, and the verbs by which the next sentence says when it is.
    the_event: frozenset[str] = frozenset()
    came_about: frozenset[str] = frozenset()
    #: What says that nobody is left out ("all the Russians for all the Ukrainians").
    everyone: frozenset[str] = frozenset()
    #: "Tomorrow", which is any day where somebody would be glad to exchange people.
    any_day: frozenset[str] = frozenset()
    #: What parts another exchange from the one told ("in a separate deal").
    separate: frozenset[str] = frozenset()
    #: What makes of "which" the time or place of a whole clause ("during which Moscow accused Kyiv").
    inside: frozenset[str] = frozenset()
    #: Several of them ("brokered several exchanges").
    exchanges: frozenset[str] = frozenset()
    #: Participles of blocking, which name nobody who does it.
    blocked: frozenset[str] = frozenset()
    #: "Called for"; how words of telling beforehand begin; "did likewise"; "must not", "be part of"; "larger".
    calls_for: frozenset[str] = frozenset()
    notifies: frozenset[str] = frozenset()
    likewise: frozenset[str] = frozenset()
    barring: frozenset[str] = frozenset()
    taking_part: frozenset[str] = frozenset()
    bigger: frozenset[str] = frozenset()
    #: What joins an exchange that was held to those who come home in it ("as a result of which").
    outcome: frozenset[str] = frozenset()
    #: Verbs of blocking, which for weeks on end make a pause.
    blocking: frozenset[str] = frozenset()
    #: Participles that name an exchange, and adverbs before one ("the previously agreed swap").
    agreed_ones: frozenset[str] = frozenset()
    earlier_told: frozenset[str] = frozenset()
    #: "Such an exchange", "nothing of the kind": the one just told, since when there was none.
    such: frozenset[str] = frozenset()
    #: Preparations, and what tells that they are over ("took a long time").
    preparations: frozenset[str] = frozenset()
    lasted: frozenset[str] = frozenset()
    #: "Our" people, those of the subject itself ("своих"), and of the other ("її").
    ours: frozenset[str] = frozenset()
    reflexive: frozenset[str] = frozenset()
    #: Vague numbers of as many as come home in one exchange.
    dozens: frozenset[str]
    theirs: frozenset[str] = frozenset()
    #: Verbs that may follow an offer's first one behind "and", and how such adverbial participles end.
    goes_on: frozenset[str] = frozenset()
    gerunds: frozenset[str] = frozenset()
    #: The body of one who is named.
    one_body: frozenset[str] = frozenset()
    #: "Respectively".
    respectively: frozenset[str] = frozenset()
    #: What those freed are called behind "among" or a number, and words of freeing that name no side.
    freed_ones: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()
    #: Verbs of freeing whom one holds, never one's own people.
    lets_go: frozenset[str] = frozenset()
    #: How verbs of taking somebody off a list begin.
    strikes: frozenset[str] = frozenset()
    #: Groups and lists out of which some are taken; "any", "whatever"; what an exchange is judged to be.
    pools: frozenset[str] = frozenset()
    whatever: frozenset[str] = frozenset()
    judged_as: frozenset[str] = frozenset()
    #: Verbs of confirming, what is confirmed behind or before them, figures among it, and what undoes them.
    confirms: frozenset[str] = frozenset()
    confirmed_things: frozenset[str] = frozenset()
    confirmed_before: frozenset[str] = frozenset()
    confirmed_figures: frozenset[str] = frozenset()
    unconfirming: frozenset[str] = frozenset()
    #: "Both" as the subject of a verb.
    both: frozenset[str] = frozenset()
    #: What one person is, as the object or subject of a trade ("the mayor").
    single_roles: frozenset[str] = frozenset()
    #: How the surnames of those begin whose exchange was news by itself.
    known_prisoners: frozenset[str] = frozenset()
    #: Hedges that nobody answers for, and nouns for rumours.
    allegedly: frozenset[str] = frozenset()
    rumours: frozenset[str] = frozenset()
    #: What tells that those freed do something once more.
    again: frozenset[str] = frozenset()
    #: How verbs of talking over begin, whose object may stand first ("обмін обговорюють").
    discusses: frozenset[str] = frozenset()
    #: What leads the headline of another text ("Read also").
    see_also: frozenset[str] = frozenset()
    #: The halves of "the more …, the more …".
    the_more: frozenset[str] = frozenset()
    all_the_more: frozenset[str] = frozenset()
    #: What is said of a thing of which there was none before ("there has been no larger exchange").
    greater: frozenset[str] = frozenset()
    #: "Or": what leaves two days open.
    alternatives: frozenset[str] = frozenset()


@cache
def function_words(language: Language) -> FunctionWords:
    """Those of the language; all empty where its lexicon has none."""
    table = section(language, "words")
    return FunctionWords(
        **{f.name: frozenset(map(normalise, table.get(f.name, ()))) for f in fields(FunctionWords)}
    )
