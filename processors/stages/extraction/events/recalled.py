"""What the text recalls of what was said and done, once every draft has its day: old words, ended pauses, replies to them."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from processors.model import DateRange, Kind, Precision
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.drafts.draft import MAIN, Draft
from processors.stages.extraction.drafts.reported import long_ago, marked
from processors.stages.extraction.words.units import Unit

#: Units that a day may be behind the word that opens what is recalled.
OPENING = 5
#: Units before and behind a verb of saying among which "earlier" stands.
_BESIDE, _BEHIND = 2, 1
#: An exchange held so many days before the text is its news.
_NEWS = timedelta(days=3)
#: Day of the month by which "early" and "mid-" have ended.
_ENDS = {Basis.EARLY: 12, Basis.MIDDLE: 22}


def look_at_what_was_said(found: Sequence[Draft], main: DateRange | None, published_on: date) -> None:
    """Mark the words and deeds that are recalled, then what answers them, in the order of the text."""
    for draft in found:
        if _is_old(draft, main, published_on) or _below_other_news(draft, found[0], main, published_on):
            draft.background = True
    if main is not None and _is_news(found, main, published_on):
        _before_the_exchange(found, main, published_on)
    for before, draft in pairwise(found):
        _unanswered(before, draft, published_on)
        if before.background and (_replies(draft, before) or _answered_there(draft, before)):
            draft.background = True
        elif draft.background and _answered_there(before, draft):
            before.background = True


def is_of_today(opening: Sequence[Unit], published_on: date) -> bool:
    """ "Earlier on Thursday …": earlier on the day of the news."""
    return any(
        unit.day is not None and unit.day.start_on == unit.day.end_on == published_on for unit in opening
    )


def _is_old(draft: Draft, main: DateRange | None, published_on: date) -> bool:
    said_before = draft.stated is not None and _said_before(draft, main, published_on)
    earlier = _said_earlier(draft, published_on) or _opens_earlier(draft, published_on)
    return said_before or earlier or _recalls(draft) or _part_ago(draft, published_on)


def _said_before(draft: Draft, main: DateRange | None, published_on: date) -> bool:
    """What was said long ago, "earlier", or before the day of the news and of no day of its own, is recalled."""
    said_on = draft.stated.end_on if draft.stated else published_on
    earlier = main is not None and draft.date is None and said_on < main.start_on
    return earlier or long_ago(draft.stated, published_on)


def _said_earlier(draft: Draft, published_on: date) -> bool:
    """ "Medinsky had earlier announced that …", "Путин ранее говорил": told of before, and not "earlier on Thursday"."""
    voice = draft.voice
    if voice is None or voice.carried or voice.verb < 0 or draft.kind is Kind.EXCHANGE:
        return False
    units = draft.sentence.units
    for at in range(max(0, voice.verb - _BESIDE), min(len(units), voice.verb + 1 + _BEHIND)):
        if units[at].classes & _THEN and at != voice.verb:
            return not is_of_today(units[at : at + OPENING], published_on)
    return False


#: "Earlier", and the "then" of what was told before.
_THEN = frozenset(("background_head", "then_cue"))


def _opens_earlier(draft: Draft, published_on: date) -> bool:
    """ "The ombudswoman earlier made public a list", "as far back as March Kyiv had offered …": no day but an old one."""
    if draft.kind not in _PUT or draft.days or draft.stated is not None:
        return False
    units = draft.sentence.units[:_OPENS]
    if draft.voice is None and any("background_head" in unit.classes for unit in units):
        return not is_of_today(units, published_on)
    days = [unit.day for unit in units if unit.day is not None and unit.basis != Basis.SINCE]
    return bool(days) and all(long_ago(day, published_on) for day in days)


#: Units in which a sentence opens with the time of what it tells.
_OPENS = 6


def _recalls(draft: Draft) -> bool:
    """ "Lubinets recalled that Russia had ignored the offer", «нагадав про пропозицію»: an act by a verb of recalling."""
    voice = draft.voice
    if voice is None or voice.carried or voice.verb < 0 or draft.kind not in _ACTS:
        return False
    return "past_cue" in draft.sentence.units[voice.verb].classes


_ACTS = frozenset((Kind.OFFER, Kind.REFUSAL))


def _part_ago(draft: Draft, published_on: date) -> bool:
    """ "In early November Moscow proposed …", in December: done long ago, though the month is not."""
    day = draft.date
    if day is None or day.precision is not Precision.MONTH or draft.kind is Kind.EXCHANGE:
        return False
    units = draft.sentence.units
    ends = [
        _ENDS[Basis(units[at].basis)]
        for at in draft.days
        if units[at].day == day and units[at].basis in _ENDS
    ]
    return bool(ends) and day.end_on < published_on and long_ago(_until(day, ends[0]), published_on)


def _until(month: DateRange, last: int) -> DateRange:
    on = month.start_on.replace(day=last)
    return DateRange(start_on=on, end_on=on, precision=Precision.DAY)


def _below_other_news(draft: Draft, first: Draft, main: DateRange | None, published_on: date) -> bool:
    """What was said some time in a month, and the exchange that the outlet adds, below the news that the text begins with."""
    if draft.sentence.paragraph <= first.sentence.paragraph:
        return False
    if draft.kind is Kind.EXCHANGE:
        return _added(draft, first, main, published_on)
    return draft.stated is not None and draft.stated.precision is Precision.MONTH


def _added(draft: Draft, first: Draft, main: DateRange | None, published_on: date) -> bool:
    """ "Kyiv blames Moscow. … The day before, 200 came home": an exchange gone by in a text on words, or on one to come."""
    if draft.speaker is not None or draft.date is None or first.kind in {Kind.EXCHANGE, Kind.ASSESSMENT}:
        return False
    if first.kind is Kind.AGREEMENT:
        staged = main is not None and main.precision is not Precision.DAY
        return (
            not staged and draft.date.precision is Precision.DAY and draft.date.end_on < published_on - _EVE
        )
    return draft.date.end_on < published_on


#: What was planned may have been held on the day before the text.
_EVE = timedelta(days=1)


def _is_news(found: Sequence[Draft], main: DateRange, published_on: date) -> bool:
    """Whether people came home in the exchange of that day, which the text begins with."""
    fresh = main.end_on >= published_on - _NEWS
    return fresh and any(
        draft.kind is Kind.EXCHANGE
        and draft.event == MAIN
        and draft.figures.returned
        and not draft.background
        for draft in found[:_BEGINNING]
    )


_BEGINNING = 3


def _before_the_exchange(found: Sequence[Draft], main: DateRange, published_on: date) -> None:
    """The pause that the exchange ended, and the deal that the outlet tells it to rest on, are no news beside it."""
    pauses = {id(draft.sentence) for draft in found if _is_pause(draft, published_on)}
    for draft in found:
        if draft.kind in _STOPPED and id(draft.sentence) in pauses and draft.stated is None:
            draft.background = True
        elif _is_basis(draft, found[0], published_on):
            draft.background, draft.date = True, draft.date or main


#: "Exchanges stood still, since Moscow blocked them": a pause with who is blamed for it.
_STOPPED = frozenset((Kind.SUSPENSION, Kind.REFUSAL))


def _is_pause(draft: Draft, published_on: date) -> bool:
    """A pause, and not one to come: "one of them is moved to Thursday, 19 June"."""
    to_come = any(unit.day is not None and unit.day.start_on > published_on for unit in draft.units)
    return draft.kind is Kind.SUSPENSION and draft.stated is None and not to_come


def _is_basis(draft: Draft, first: Draft, published_on: date) -> bool:
    """ "Under the deal announced last week 306 were to go back", told by the outlet below the news."""
    to_come = draft.date is not None and draft.date.end_on > published_on
    below = draft.sentence.paragraph > first.sentence.paragraph
    told = draft.kind is Kind.AGREEMENT and draft.speaker is None and not to_come
    return told and below and draft.sentence.has("agree", "agree_noun")


def _unanswered(offer: Draft, draft: Draft, published_on: date) -> None:
    """ "In October Kyiv proposed …, she said, and there is still no answer": as new as the silence that its voice tells of."""
    pair = offer.kind in _PUT and draft.kind is Kind.REFUSAL and not draft.background and _near(offer, draft)
    same = offer.speaker is not None and offer.speaker is draft.speaker
    old_by_words = marked(offer) or offer.stated is not None or _said_earlier(offer, published_on)
    if pair and same and not old_by_words and not _recalls(offer):
        offer.background = False


_PUT = frozenset((Kind.OFFER, Kind.LIST))


def _replies(draft: Draft, before: Draft) -> bool:
    """ "Peskov brushed that aside": what another voice answers to what is recalled is recalled too."""
    own = draft.voice is not None and not draft.voice.carried and draft.speaker is not before.speaker
    undated = not draft.days and draft.stated is None
    return draft.kind in _REPLIES and own and undated and _near(before, draft)


_REPLIES = frozenset((Kind.DENIAL, Kind.REFUSAL))


def _answered_there(draft: Draft, before: Draft) -> bool:
    """ "In February Kyiv proposed …; the Republics declined": offer and answer in one sentence."""
    one = draft.sentence is before.sentence and draft.speaker is before.speaker
    return one and before.kind in _PUT and draft.kind is Kind.REFUSAL and not draft.days


def _near(before: Draft, draft: Draft) -> bool:
    return draft.sentence.paragraph == before.sentence.paragraph
