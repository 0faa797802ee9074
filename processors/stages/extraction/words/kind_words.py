"""Function words that the rules on the kinds of claims ask for."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class KindWords:
    """Words for the kinds of claims: refusing, planning, blocking, denying, and what is none of it."""

    #: With what a verb phrase of the lexicon is negated: "nobody" beside it negates nothing more ("ніхто не приїхав").
    negators: frozenset[str] = frozenset()
    #: How words of answering begin, and words of keeping silent where an answer is owed.
    answers: frozenset[str] = frozenset()
    keeps_silent: frozenset[str] = frozenset()
    #: "Nothing" as the object of a deed ("Ukraine breached nothing").
    nothing: frozenset[str] = frozenset()
    #: What the other side has not given yet: "no confirmation of the exchange" denies none.
    confirmations: frozenset[str] = frozenset()
    #: Nouns of refusing, behind which stands who refuses ("отказ Киева", "a refusal by Kyiv").
    refusal_nouns: frozenset[str] = frozenset()
    #: What somebody is obliged to do ("should be exchanged"), and may not be planned.
    obliged: frozenset[str] = frozenset()
    #: What an ordinal may count that is no exchange ("the first step towards peace").
    steps: frozenset[str] = frozenset()
    #: Verbs of telling news, and what may stand between them and "exchange" ("announced another swap").
    announces: frozenset[str] = frozenset()
    one_more: frozenset[str] = frozenset()
    #: What is violated and is no term of an exchange.
    borders: frozenset[str] = frozenset()
    #: What the sides keep up between exchanges, and is not denied by "was never broken off".
    contacts: frozenset[str] = frozenset()
    #: By what somebody demands people, who have not come for that.
    demands: frozenset[str] = frozenset()
    #: What opens a clause of what somebody wants to happen ("щоб росіяни передали списки").
    purpose: frozenset[str] = frozenset()
    #: The day of what is ahead, which may not be known yet.
    calendar_nouns: frozenset[str] = frozenset()
    #: What somebody may have in the preparation of an exchange ("his role in arranging the swap").
    roles: frozenset[str] = frozenset()
    #: What somebody is asked.
    questions: frozenset[str] = frozenset()
    #: Beginnings of verbs of bringing people.
    brings: frozenset[str] = frozenset()
    #: Verbs of what should be ("must hold an exchange").
    ought: frozenset[str] = frozenset()
    #: Endings of verbs in the present whose subject nobody names ("преступников не меняют").
    unnamed_present: frozenset[str] = frozenset()
    #: How ready somebody is ("fully ready").
    wholly: frozenset[str] = frozenset()
    #: What puts off talk of a plan ("too early to speak of it").
    too_early: frozenset[str] = frozenset()
    #: What compares ("later than agreed").
    than: frozenset[str] = frozenset()
    #: Determiners that negate a noun ("no exchange").
    no: frozenset[str] = frozenset()
    #: What adds to an act what goes with it ("in two stages, with 500 people released in each").
    accompanied: frozenset[str] = frozenset()
    #: What makes a list ("published 65 names").
    names: frozenset[str] = frozenset()
    #: "Over the same period", by which two counts of many exchanges are compared.
    same_period: frozenset[str] = frozenset()
    #: Prepositions of what somebody is blamed for, where they are not those of a part.
    charge: frozenset[str] = frozenset()
    #: What names a cause ("is delayed due to the refusal …").
    because: frozenset[str] = frozenset()
    #: Verbs of wishing, before an infinitive.
    wants: frozenset[str] = frozenset()
    #: Several of them ("brokered several exchanges").
    exchanges: frozenset[str] = frozenset()
    #: Participles of blocking, which name nobody who does it.
    blocked: frozenset[str] = frozenset()
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
    #: Hedges that nobody answers for, and nouns for rumours.
    allegedly: frozenset[str] = frozenset()
    rumours: frozenset[str] = frozenset()
    #: What tells that those freed do something once more.
    again: frozenset[str] = frozenset()
    #: How verbs of talking over begin, whose object may stand first ("обмін обговорюють").
    discusses: frozenset[str] = frozenset()
    #: The halves of "the more …, the more …".
    the_more: frozenset[str] = frozenset()
    all_the_more: frozenset[str] = frozenset()
    #: What is said of a thing of which there was none before ("there has been no larger exchange").
    greater: frozenset[str] = frozenset()
    #: Verbs of going on with what is done already ("ready to continue exchanges").
    carries_on: frozenset[str] = frozenset()
    #: Beginnings of words for a part of an exchange that comes by itself, what marks the one to come, and how it comes.
    groups: frozenset[str] = frozenset()
    next_one: frozenset[str] = frozenset()
    will_go: frozenset[str] = frozenset()
    #: What else the next one may be called, and the whole of it ("everything begins next week").
    steps_ahead: frozenset[str] = frozenset()
    all_of_it: frozenset[str] = frozenset()
    #: What somebody proposes before those with whom to begin.
    begin_with: frozenset[str] = frozenset()
    #: What points at the exchange that others told of, and what somebody says who has not heard of it.
    such_one: frozenset[str] = frozenset()
    knows_nothing: frozenset[str] = frozenset()
    #: "Nobody", who has done nothing.
    no_subject: frozenset[str] = frozenset()
    #: Beginnings of verbs of lifting charges, of the charges, and of what has a word of its own ("procedural clearing").
    clears: frozenset[str] = frozenset()
    charges: frozenset[str] = frozenset()
    clearing: frozenset[str] = frozenset()
    #: "Those, whom", "all, whom".
    those_whom: frozenset[str] = frozenset()
    #: What stands for the list that somebody gets in return for another ("got one in return").
    one_back: frozenset[str] = frozenset()
