"""Function words that the rules on drafts and their events ask for."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class DraftWords:
    """Words for drafts and their events: what repeats, confirms, completes or goes on with what was told."""

    #: Beginnings of words for one kind of those freed: of a unit, officers, women, the convicted.
    some_kinds: frozenset[str] = frozenset()
    #: Beginnings of words which say that an exchange took more days than one ("completed", "in three stages").
    completed: frozenset[str] = frozenset()
    #: Beginnings of verbs for how long somebody had been held ("провели в плену больше года").
    were_held: frozenset[str] = frozenset()
    #: How a phrase ends that says where those of the other side went ("went the other way").
    other_way: frozenset[str] = frozenset()
    #: Words of the day before the one reported, on which another exchange may have been.
    eve: frozenset[str] = frozenset()
    #: "It is about", said of an exchange with the number of its people ("йдеться про 314 полонених").
    concerns: frozenset[str] = frozenset()
    #: Stems of words for those who belong to a state.
    citizens: frozenset[str] = frozenset()
    #: What a remark on the exchange told before begins with: "this swap was the third".
    points_back: frozenset[str] = frozenset()
    #: What an exchange told before may be called, and the verbs by which the next sentence says when it is.
    the_event: frozenset[str] = frozenset()
    came_about: frozenset[str] = frozenset()
    #: How long an exchange in stages took, and what says that a day was its first.
    over_two_days: frozenset[str] = frozenset()
    over_three_days: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()
    #: What a proposal does that nobody has answered ("is on the table").
    lying: frozenset[str] = frozenset()
    #: Which of the days of an exchange in stages.
    first_day: frozenset[str] = frozenset()
    second_day: frozenset[str] = frozenset()
    third_day: frozenset[str] = frozenset()
    last_day: frozenset[str] = frozenset()
    #: How what is told of the last exchange begins.
    last_ones: frozenset[str] = frozenset()
    #: Just before an exchange, or on the way to it.
    last_moment: frozenset[str] = frozenset()
    #: What parts a plan from what became of it ("but").
    contrasts: frozenset[str] = frozenset()
    #: What says that a pause is over ("ended", "урвав", "до вчерашнего дня").
    pause_over: frozenset[str] = frozenset()
    #: What parts another exchange from the one told ("in a separate deal").
    separate: frozenset[str] = frozenset()
    #: How verbs of taking somebody off a list begin.
    strikes: frozenset[str] = frozenset()
    #: Verbs of confirming, what is confirmed behind or before them, figures among it, and what undoes them.
    confirms: frozenset[str] = frozenset()
    confirmed_things: frozenset[str] = frozenset()
    confirmed_before: frozenset[str] = frozenset()
    confirmed_figures: frozenset[str] = frozenset()
    #: Figures that are those told before ("gave the same figures").
    same_figures: frozenset[str] = frozenset()
    unconfirming: frozenset[str] = frozenset()
    #: "Or": what leaves two days open.
    alternatives: frozenset[str] = frozenset()
    #: What a remark is on ("called it …", "welcomed the news"), and beginnings of what it is called ("spoke of a good sign").
    what_happened: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()
    #: That an offer or a list has not been answered.
    no_answer: frozenset[str] = frozenset()
    #: That no exchange followed: as a phrase, or what tells of the time since and what of silence.
    nothing_followed: frozenset[str] = frozenset()
    since_then: frozenset[str] = frozenset()
    quiet: frozenset[str] = frozenset()
