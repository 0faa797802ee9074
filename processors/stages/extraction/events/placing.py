"""Which event a claim is about, when it was, and whether the text only recalls it."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from processors.model import DateRange, Kind, Precision, Quantity, Side
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.drafts.dated_after import days_behind
from processors.stages.extraction.drafts.draft import MAIN, Draft
from processors.stages.extraction.drafts.own_dates import of_that_time, own_date
from processors.stages.extraction.drafts.quoted_days import quoted_of
from processors.stages.extraction.drafts.repeats import conflict
from processors.stages.extraction.drafts.reported import (
    LEAD,
    day_told,
    long_ago,
    marked,
    reported_day,
)
from processors.stages.extraction.events.clashes import gives_another_day
from processors.stages.extraction.events.ended_pauses import bound_pauses
from processors.stages.extraction.events.last_before import date_last_ones
from processors.stages.extraction.events.lasting import date_lasting, date_nth_days
from processors.stages.extraction.events.recalled import OPENING, is_of_today, look_at_what_was_said
from processors.stages.extraction.events.same_figures import date_by_figures
from processors.stages.extraction.events.series import date_stages, days_in_a_row
from processors.stages.extraction.events.sharper_days import sharpen_days
from processors.stages.extraction.events.strands import follow_strands
from processors.stages.extraction.kinds.elided import IT
from processors.stages.extraction.kinds.trades import names_a_trade
from processors.stages.extraction.kinds.unheld import several
from processors.stages.extraction.words.units import Sentence

#: No exchange is planned so far ahead: a month this far away is a past one of something else.
_AHEAD = timedelta(days=120)


def place(found: Sequence[Draft], sentences: Sequence[Sentence], published_on: date) -> list[Draft]:
    """Give every draft its date, its background flag and the label of its event; those that assert nothing fall away."""
    found = [draft for at, draft in enumerate(found) if _is_of_something(draft, found[at - 1 : at])]
    behind = days_behind(found, sentences)
    for draft in found:
        draft.date = own_date(draft, published_on) or of_that_time(draft)
        if draft.date is None and draft.kind in _OF_A_DAY and not draft.has("past_cue"):
            draft.date = behind.get(id(draft.sentence))
        if draft.kind is Kind.EXCHANGE and draft.date and draft.date.start_on > published_on + _AHEAD:
            draft.date = None
        if draft.kind is Kind.EXCHANGE and draft.date and draft.date.start_on > published_on:
            draft.kind, draft.rule = Kind.AGREEMENT, "ahead"
    sharpen_days(found, sentences)
    date_last_ones(found)
    stages = date_stages(found, published_on)
    _look_back(found, sentences, published_on)
    main = stages or reported_day(found, sentences, published_on)
    date_lasting(found, main, published_on)
    date_nth_days(found, main)
    bound_pauses(found, main, published_on)
    _recall(found, published_on)
    date_by_figures(found, main)
    _exchanges(found, main, published_on)
    lead = {id(sentence) for sentence in sentences[:LEAD]} | {id(draft.sentence) for draft in found[:1]}
    reported = main is not None or any(_reports(draft) for draft in found)
    new = {id(draft) for at, draft in enumerate(found) if at == 0 or not _points_back(draft)}
    kept = [
        draft
        for draft in found
        if not _is_empty(draft, reported, early=id(draft) in new and id(draft.sentence) in lead)
    ]
    _spread_statements(kept)
    _breaches(kept, sentences, published_on)
    follow_strands(kept, main, days_in_a_row(found, published_on), published_on)
    look_at_what_was_said(kept, main, published_on)
    return kept


def _is_of_something(draft: Draft, before: Sequence[Draft]) -> bool:
    """Whether "it took place on Tuesday" stands behind an exchange, and not behind talks; `before` is the draft before."""
    return draft.rule != IT or any(
        one.kind is Kind.EXCHANGE and draft.sentence.paragraph - one.sentence.paragraph <= 1 for one in before
    )


def _breaches(found: Sequence[Draft], sentences: Sequence[Sentence], published_on: date) -> None:
    """ "Their return is a breach of the agreement": on the day for which the text tells of the return."""
    for draft in found:
        returned = draft.rule == "violation" and draft.sentence.has("return_noun")
        if draft.kind is Kind.VIOLATION and draft.date is None and returned:
            draft.date = day_told(sentences, published_on)


def _recall(found: Sequence[Draft], published_on: date) -> None:
    """Mark what the words, or the first ones of the paragraph, say was earlier."""
    recalled = -1
    for draft in found:
        sentence = draft.sentence
        opening = [u for u in sentence.units[:OPENING] if u.classes - {"quote", "mark"}]
        if opening and "background_head" in opening[0].classes and not is_of_today(opening, published_on):
            recalled = sentence.paragraph
        draft.background = draft.background or sentence.paragraph == recalled or marked(draft)


def _look_back(found: Sequence[Draft], sentences: Sequence[Sentence], published_on: date) -> None:
    """Mark the exchanges of days gone by that a text on other news tells of below its lead."""
    leading = {id(sentence) for sentence in sentences[:LEAD]}
    if not found or found[0].kind in _REPORTED:
        return
    for draft in found:
        gone = draft.date is not None and draft.date.end_on < published_on - _FRESH
        if draft.kind in _TOLD_BACK and gone and id(draft.sentence) not in leading:
            draft.background = True


_OF_A_DAY = frozenset((Kind.EXCHANGE, Kind.AGREEMENT, Kind.OFFER))
_TOLD_BACK = frozenset((Kind.EXCHANGE, Kind.AGREEMENT))
#: What a text that begins with it reports, or judges.
_REPORTED = frozenset((Kind.EXCHANGE, Kind.AGREEMENT, Kind.ASSESSMENT))
#: What happened no longer ago than this may be news below the lead.
_FRESH = timedelta(days=1)


def _exchanges(found: Sequence[Draft], main: DateRange | None, published_on: date) -> None:
    before: Draft | None = None
    told: dict[str, Draft] = {}
    figures = set[tuple[Side, Quantity]]()
    for draft in found:
        if draft.kind is Kind.EXCHANGE:
            voice = draft.speaker.id if draft.speaker else ""
            if not figures.isdisjoint(draft.figures.returned.items()) and not marked(draft):
                draft.background = False  # "Earlier, the ministry reported the return of 84": of the news.
            undated = draft.date is None
            _place_exchange(draft, main, published_on, told.get(voice))
            if undated:
                _follow(draft, before)
            if before and gives_another_day(before, draft):
                draft.event, draft.background = before.event, before.background
            before = before if before and _is_remark(draft) else draft
            if draft.event == MAIN and draft.figures.returned:
                told[voice] = draft
                figures.update(draft.figures.returned.items())
        elif draft.kind is Kind.AGREEMENT and draft.date and long_ago(draft.date, published_on):
            before = draft


def _place_exchange(draft: Draft, main: DateRange | None, published_on: date, told: Draft | None) -> None:
    said_on = draft.said_on
    if draft.date is None and said_on is not None and (main is None or said_on.end_on < main.start_on):
        draft.date = said_on  # What was said before the day of the news is no news of it.
    if draft.date is None:
        if draft.background and (main is not None or draft.rule != "held"):
            draft.event = f"earlier-{draft.sentence.span.start}"
        elif main is None and (day := _history(draft, published_on)):
            draft.date, draft.event, draft.background = day, day.iso(), True
        else:
            draft.date, draft.event = main, MAIN
        return
    if main is not None:
        held_then = _within(main, draft) and not (told and conflict(draft, told))
        if draft.date == main or held_then or quoted_of(draft, main, published_on):
            draft.date, draft.event, draft.background = main, MAIN, False
            return
        draft.background = draft.background or _before(draft.date, main)
    else:
        draft.background = draft.background or long_ago(draft.date, published_on)
    draft.event = draft.date.iso()


def _history(draft: Draft, published_on: date) -> DateRange | None:
    """ "21 September 2022: the boldest bargain. 215 people came back": the old day named before, where no news have one."""
    day = draft.sentence.before
    told = draft.figures.given and not draft.has("anew")
    return day if told and long_ago(day, published_on) else None


def _follow(draft: Draft, before: Draft | None) -> None:
    """ "Then the sides handed over …", "under the deal": the exchange of the sentence before, or the one agreed on there."""
    opening = draft.sentence.units[max(0, draft.start - 2) : draft.start + 3]
    follows = any(unit.classes & {"then_cue", "inreturn"} for unit in opening)
    follows = follows or (before is not None and _goes_on(draft, before))
    if before and not draft.days and follows:
        draft.date, draft.background = before.date, before.background or before.kind is Kind.AGREEMENT
        draft.event = before.event or (before.date.iso() if before.date else MAIN)


def _goes_on(draft: Draft, before: Draft) -> bool:
    """The paragraph that recalls an earlier exchange goes on about it, and not about "a new one"."""
    apart = draft.sentence.paragraph - before.sentence.paragraph
    near = draft.sentence is not before.sentence and (apart == 0 or (apart == 1 and _adds(draft)))
    known = (
        before.kind is Kind.EXCHANGE and before.date is not None and (bool(before.days) or before.background)
    )
    recalled = before.background or draft.background
    return near and known and recalled and not (marked(draft) or draft.has("anew"))


def _adds(draft: Draft) -> bool:
    """ "Separately, five commanders were exchanged …": on top of those just told."""
    return bool(draft.sentence.units) and "also" in draft.sentence.units[0].classes


def _before(day: DateRange, main: DateRange) -> bool:
    vague = day.precision in {Precision.MONTH, Precision.YEAR}
    return (day.start_on if vague else day.end_on) < main.start_on


#: First and last day of the month that "early", "mid-" and "late" leave open.
_PARTS = {Basis.EARLY: (1, 12), Basis.MIDDLE: (9, 22), Basis.LATE: (19, 31)}


def _within(day: DateRange, draft: Draft) -> bool:
    """A vaguer date that holds the day ("in January", "this week" for the exchange of 3 January)."""
    span = draft.date
    if span is None or not (span.precision in {Precision.MONTH, Precision.YEAR} or _is_week(span)):
        return False
    dating = (draft.sentence.units[at] for at in draft.days)
    basis = next((Basis(unit.basis) for unit in dating if unit.day == span), Basis.MONTH)
    first, last = _PARTS.get(basis, (1, 31))
    return span.start_on <= day.start_on <= span.end_on and first <= day.start_on.day <= last


def _is_week(span: DateRange) -> bool:
    return span.precision is Precision.RANGE and span.end_on - span.start_on == _SIX_DAYS


_SIX_DAYS = timedelta(days=6)


def _reports(draft: Draft) -> bool:
    """An exchange with figures, told as news."""
    figured = draft.figures.returned or draft.figures.ratio
    return draft.kind is Kind.EXCHANGE and bool(figured) and not draft.background


def _is_empty(draft: Draft, reported: bool, *, early: bool) -> bool:
    """A mere mention of returns: by a voice only beside a reported exchange, by the outlet never."""
    figures = draft.figures
    if draft.kind is Kind.AGREEMENT:
        named = draft.speaker is not None or draft.days or draft.stated or draft.mediators or early
        return not (named or figures.given)
    if draft.kind is not Kind.EXCHANGE or figures.given or figures.ordinal:
        return False
    exchanged = draft.speaker is None and draft.sentence.has("exchange_noun", "exchange_verb")
    if draft.rule == "held" or (draft.rule == "counted" and exchanged):
        vague = draft.background and draft.date and draft.date.precision is not Precision.DAY
        vague = vague and not (draft.days and (_between_both(draft) or _trades(draft) or _of_a_month(draft)))
        bare = not (_names_when(draft) or draft.stated or early or draft.mediators)
        return draft.speaker is None and bool(vague or bare)
    if draft.rule in {"spoke-of", "described", "counted"}:
        if _brings_home(draft):
            return draft.background
        known = draft.speaker is not None and draft.speaker.known
        if early and (_dozens_came(draft) or (known and _came_by_one(draft))):
            return draft.background
        return not reported or draft.background or not known or _is_running_total(draft)
    return draft.rule == "others" or (draft.rule == "the-freed" and (draft.background or not reported))


def _trades(draft: Draft) -> bool:
    """ "In May 2016 Savchenko was exchanged for two officers": who is traded tells which exchange it was."""
    return _names_when(draft) and names_a_trade(draft.sentence.content[draft.start : draft.end])


def _is_remark(draft: Draft) -> bool:
    """Whether all that a draft tells is how the exchange before compares."""
    return _points_back(draft) and not (draft.figures.given or _names_when(draft))


def _points_back(draft: Draft) -> bool:
    """ "It was the first swap this year", "этот обмен стал третьим": a remark on the exchange that was told before."""
    return any(unit.word in draft.sentence.words.points_back for unit in draft.units[:2])


def _names_when(draft: Draft) -> bool:
    """Whether it names a day or a month; a year only tells among which exchanges it is "the third", "at night" nothing."""
    units = (draft.sentence.units[at] for at in draft.days)
    days = (unit.day for unit in units if unit.basis != Basis.NIGHT)
    return any(day is not None and day.precision is not Precision.YEAR for day in days)


def _brings_home(draft: Draft) -> bool:
    """ "Five of our region came home, its ombudsman said": some of those freed, told by whoever is near them."""
    speaker = draft.speaker
    if draft.rule != "counted" or speaker is None or speaker.known or speaker.type != "person":
        return False
    return {"T", "C"} <= set(draft.sentence.content[draft.start : draft.end])


def _dozens_came(draft: Draft) -> bool:
    """ "Dozens of Ukrainians returned from captivity": so many as come in one exchange, and no running total."""
    words = draft.sentence.words
    if not any("quantity" in unit.classes and unit.word in words.dozens for unit in draft.units):
        return False
    if draft.has("odd") or any(unit.word in words.only for unit in draft.units):
        return False  # "in a year and a half only some dozens"
    return draft.has("captive") and draft.has("return_verb") and not _is_running_total(draft)


def _came_by_one(draft: Draft) -> bool:
    """ "Ukrainian soldiers came home in a swap, Yermak said": news by itself, though it counts and dates nobody."""
    sentence = draft.sentence
    one = any("exchange_noun" in unit.classes and not several(sentence, unit) for unit in draft.units)
    return (
        one
        and _HOME_IN.search(sentence.content, draft.start, draft.end) is not None
        and not _is_running_total(draft)
    )


_HOME_IN = re.compile("[PCUR][^,;]*T[^,;]*E|T[^,;]*[PCUR][^,;]*E|E[^,;]*T[^,;]*[PCUR]")


def _between_both(draft: Draft) -> bool:
    """ "The last exchange between Ukraine and Donetsk was held in 2017": whose it was, beside when."""
    return _PARTIES.search(draft.sentence.content, draft.start, draft.end) is not None


_PARTIES = re.compile("E[^;]{0,4}[KM]c[KM]")


def _of_a_month(draft: Draft) -> bool:
    """ "He was exchanged in February 2023", "the last exchange was held in mid-October": as good as a day."""
    if (
        draft.date is None
        or not (draft.has("exchange_noun") or draft.has("exchange_verb"))
        or _points_back(draft)
    ):
        return False
    part = draft.date.end_on - draft.date.start_on
    return draft.date.precision is Precision.MONTH or (
        draft.date.precision is Precision.RANGE and _SIX_DAYS < part < _MOST_OF_A_MONTH
    )


_MOST_OF_A_MONTH = timedelta(days=20)


def _is_running_total(draft: Draft) -> bool:
    """ "Since March 2022 they have held talks on exchanges": counted over years, and none of them."""
    return draft.rule == "counted" and any(
        unit.basis == Basis.SINCE or "cumulative" in unit.classes for unit in draft.sentence.units
    )


def _spread_statements(found: Sequence[Draft]) -> None:
    """ "She added": what a speaker goes on to say was said on the same day."""
    last: dict[str, Draft] = {}
    for draft in found:
        if draft.speaker is None:
            continue
        earlier = last.get(draft.speaker.id)
        if earlier is not None and draft.sentence.paragraph - earlier.sentence.paragraph <= 1:
            draft.stated, draft.via = draft.stated or earlier.stated, draft.via or earlier.via
        last[draft.speaker.id] = draft
