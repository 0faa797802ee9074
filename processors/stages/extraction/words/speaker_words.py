"""Function words that the rules on who speaks ask for."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SpeakerWords:
    """Words for who speaks: pronouns, media, offices, endings of names."""

    #: Endings of the genitive plural of nouns ("офіцерів").
    genitive_plurals: frozenset[str] = frozenset()
    #: References to whose figures are told ("за його даними"), which a ministry has as well as a man.
    own_data: frozenset[str] = frozenset()
    #: Plurals that stand for both sides at once ("делегації"): nobody's word.
    both_parties: frozenset[str] = frozenset()
    #: What parts a body from the one above it ("the centre under the council").
    parent: frozenset[str] = frozenset()
    #: Cities that also stand for a state, which a dateline names ("Kyiv: …").
    filed_from: frozenset[str] = frozenset()
    #: The warring states together ("the two countries").
    both_states: frozenset[str] = frozenset()
    #: Verbs of a medium that passes on words ("ці слова цитує агентство").
    quoting: frozenset[str] = frozenset()
    #: What opens the name that somebody gives a thing ("in what both called the largest swap").
    whats: frozenset[str] = frozenset()
    #: What opens an indirect question ("explained why …"), whose subject is not who speaks.
    asking: frozenset[str] = frozenset()
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
    #: What somebody has who tells it otherwise ("has another version").
    versions: frozenset[str] = frozenset()
    #: Counts behind which a description stands in the genitive ("кілька телеграм-каналів").
    several: frozenset[str] = frozenset()
    #: What an outlet calls itself as a subject ("нагадує видання").
    outlets: frozenset[str] = frozenset()
    #: "Learned" of a medium, and from whom it did.
    learned: frozenset[str] = frozenset()
    learned_from: frozenset[str] = frozenset()
    #: Impersonal verbs of telling behind "there" ("там же указано").
    told_there: frozenset[str] = frozenset()
    there: frozenset[str] = frozenset()
    #: "Whose", where it opens a relative clause.
    of_whom: frozenset[str] = frozenset()
    #: Endings that only verbs have, and no noun or adjective, which end a description of somebody.
    finite_endings: frozenset[str] = frozenset()
    #: Beginnings of words for how somebody sees or sums up a thing ("is sceptical: …").
    outlooks: frozenset[str] = frozenset()
    #: Nouns of a deal that are no word of agreeing.
    deals: frozenset[str] = frozenset()
    #: What a source or a body is called.
    it: frozenset[str] = frozenset()
    #: An exchange as the object of a verb, by its ending ("в МИД обмен приветствовали").
    objects: frozenset[str] = frozenset()
    #: "It is expected", which nobody says.
    expected: frozenset[str] = frozenset()
    #: "Just as" before the day of something else that is compared.
    like: frozenset[str] = frozenset()
    #: Pronouns and verbs of who speaks of their own deeds ("we", "повертаємо").
    first_person: frozenset[str] = frozenset()
    #: Unnamed informants, and officials of whatever office: whom a text calls so again ("the source added").
    sources: frozenset[str] = frozenset()
    officials: frozenset[str] = frozenset()
    #: "Глава государства", and the titles of those whom it may mean.
    heads_of_state: frozenset[str] = frozenset()
    presidents: frozenset[str] = frozenset()
    #: What begins a remark on how near a source is ("близкий к делегации").
    close: frozenset[str] = frozenset()
    #: Endings of a description to which or with which somebody speaks ("сообщил корреспонденту").
    recipient_endings: frozenset[str] = frozenset()
    #: Endings of a plural that is no subject ("родинам", "с родственниками").
    oblique_plural: frozenset[str] = frozenset()
    #: Endings of a woman's description, which means no man ("дипломатка").
    feminine_endings: frozenset[str] = frozenset()
    #: Endings of verbs in the past by the gender of who did it.
    feminine_past: frozenset[str] = frozenset()
    masculine_past: frozenset[str] = frozenset()
    #: Endings of surnames in the genitive and, behind ">", in the nominative.
    surnames: frozenset[str] = frozenset()
    #: The same of given names and of surnames behind "according to", of men and of women.
    given_names: frozenset[str] = frozenset()
    mens_surnames: frozenset[str] = frozenset()
    womens_surnames: frozenset[str] = frozenset()
    #: Words by which a medium names its own source.
    citing: frozenset[str] = frozenset()
    #: What a text is said to tell of ("йдеться у матеріалі").
    goes_about: frozenset[str] = frozenset()
    #: Prepositions of where somebody works ("X of the Tartu Defence Forum").
    employing: frozenset[str] = frozenset()
    #: Beginnings of words that tell the side of a speaker without its name: relatives of captives, war bloggers, nations.
    of_ua: frozenset[str] = frozenset()
    of_ru: frozenset[str] = frozenset()
    of_third: frozenset[str] = frozenset()
    #: The side of a description that tells none ("речниця прикордонної служби").
    home: frozenset[str] = frozenset()
    #: Verbs of saying without a subject that open a sentence ("зазначається").
    noted: frozenset[str] = frozenset()
    #: Endings of the genitive in a description, each with that of the nominative ("ника>ник").
    genitives_of_roles: frozenset[str] = frozenset()
    #: "Tomorrow", which is any day where somebody would be glad to exchange people.
    any_day: frozenset[str] = frozenset()
    #: What makes of "which" the time or place of a whole clause ("during which Moscow accused Kyiv").
    inside: frozenset[str] = frozenset()
    #: What analysts publish day by day, in which others are quoted ("сказано в сводке").
    dispatches: frozenset[str] = frozenset()
    #: What stands beside the name of a channel under its posts.
    subscribe: frozenset[str] = frozenset()
