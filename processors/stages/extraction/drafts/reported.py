"""Which day the text reports: that of the exchange which is its news, from what dates it first."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from processors.model import DateRange, Kind, Precision
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.drafts.repeats import conflict
from processors.stages.extraction.speakers.other_days import is_filing_day, of_capture
from processors.stages.extraction.words.units import Sentence

#: A statement or act that lies further back than this is recalled, not reported.
_RECENT = timedelta(days=10)
#: A marked exchange in one of so many first sentences is still the one reported ("the last exchange of the year").
LEAD = 3
#: An exchange dated for the first time so many paragraphs below the first is an earlier one.
_FAR = 2
#: Days over which one exchange is held in stages.
_STAGES = timedelta(days=4)
#: Units in which a word of agreeing stands before the day of the deal.
_DEAL = 5


def reported_day(
    found: Sequence[Draft], sentences: Sequence[Sentence], published_on: date
) -> DateRange | None:
    """The day of the exchange that the text reports: the first one dated and not marked as earlier."""
    exchanges = [draft for draft in found if draft.kind is Kind.EXCHANGE and draft.rule != "described"]
    if day := _first_dated(exchanges, sentences[:LEAD], published_on):
        return _whole(exchanges, day, published_on) or _exact(exchanges, day) or day
    told = (d for d in exchanges if d.rule in {"counted", "held", "mediated"} and not d.background)
    first = next((d for d in told if not marked(d)), None)
    if first is None:
        return None
    before = _named_before(first, sentences, published_on)
    news = _news(exchanges)
    eve = {
        id(draft.sentence)
        for draft in exchanges
        if _on_the_eve(draft, exchanges[0]) or _of_others(draft, news, published_on)
    }
    told_of_it = [sentence for sentence in sentences if id(sentence) not in eve]
    return before or day_told(told_of_it, published_on)


def _first_dated(
    exchanges: Sequence[Draft], lead: Sequence[Sentence], published_on: date
) -> DateRange | None:
    """The recent day that an exchange has for the first time, neither marked as earlier nor gone by and told far below."""
    leading = {id(sentence) for sentence in lead}
    news = _news(exchanges)
    for draft in exchanges:
        far = draft.sentence.paragraph > exchanges[0].sentence.paragraph + _FAR
        fresh = not (draft.background or marked(draft)) or id(draft.sentence) in leading
        day = draft.date
        far = far or _on_the_eve(draft, exchanges[0]) or _of_others(draft, news, published_on)
        if day and fresh and _recently(day, published_on) and not (far and day.end_on < published_on):
            return day
    return None


def _news(exchanges: Sequence[Draft]) -> Draft | None:
    """The first exchange with a figure that no word marks as earlier."""
    return next((d for d in exchanges if d.figures.given and not (d.background or marked(d))), None)


def _of_others(draft: Draft, news: Draft | None, published_on: date) -> bool:
    """ "86 for 86 were swapped. … On 24 March ten went for ten": an earlier day of other people than those of the news."""
    if news is None or news.date is not None or draft.date is None or draft.date.end_on >= published_on:
        return False
    told_whole = all(len(one.figures.returned) == _SIDES for one in (draft, news))
    return told_whole and conflict(draft, news) and not draft.has("stage")


_SIDES = 2


def _on_the_eve(draft: Draft, first: Draft) -> bool:
    """ "103 came home. It is the second swap in two days. Напередодні — 49": other people than those of the news."""
    words = draft.sentence.words.eve
    dated = any(draft.sentence.units[at].word in words for at in draft.days)
    return dated and draft.speaker is first.speaker and conflict(draft, first)


def _whole(exchanges: Sequence[Draft], day: DateRange, published_on: date) -> DateRange | None:
    """The days of the exchange of which that day was a stage, where the text tells of all of them."""
    return next(
        (
            span
            for draft in exchanges
            if (span := draft.date) is not None
            and span.precision is Precision.RANGE
            and _is_in(day, span)
            and span.end_on <= published_on
            and span.end_on - span.start_on <= _STAGES
            and draft.figures.returned
        ),
        None,
    )


def _exact(exchanges: Sequence[Draft], week: DateRange) -> DateRange | None:
    """ "Swapped prisoners this week. … The exchange was held on Wednesday": the day in the week that the text begins with."""
    if week.end_on - week.start_on <= _STAGES:
        return None
    days = (draft.date for draft in exchanges if not (draft.background or marked(draft)))
    return next((day for day in days if day and day.precision is Precision.DAY and _is_in(day, week)), None)


def _is_in(day: DateRange, span: DateRange) -> bool:
    return span.start_on <= day.start_on <= day.end_on <= span.end_on


def _named_before(first: Draft, sentences: Sequence[Sentence], published_on: date) -> DateRange | None:
    """The day that the paragraph of the first exchange names last before it."""
    before: DateRange | None = None
    for sentence in sentences:
        if sentence is first.sentence:
            break
        if sentence.paragraph == first.sentence.paragraph:
            before = next(_recent_days(sentence, published_on), before)
    return before


def _recent_days(sentence: Sentence, published_on: date) -> Iterator[DateRange]:
    for at, unit in enumerate(sentence.units):
        if (
            unit.day
            and unit.basis in _NAMED
            and unit.day.precision is Precision.DAY
            and _recently(unit.day, published_on)
            and not of_the_deal(sentence, at)
            and not is_filing_day(sentence, at)
            and not of_capture(sentence, at)
        ):
            yield unit.day


def of_the_deal(sentence: Sentence, at: int) -> bool:
    """ "Swapped under a deal reached on 2 June", "after the talks of 23 July", "after the 2 June deal": the day of that."""
    day = sentence.units[at].day
    row = (
        day is not None and day.precision is Precision.RANGE
    )  # "Swaps under the accords ran from 9 to 12 June"
    if not row and _AGREED.search(sentence.act, max(0, at - _DEAL), at) is not None:
        return True
    if sentence.units[at].basis == Basis.EPITHET:
        return False
    if sentence.units[at + 1 : at + 2] and sentence.units[at + 1].classes & _MET - {"meeting"}:
        return True
    low = max(0, at - _DEAL)
    made = _MET - {"agree_noun"} if row else _MET
    met = [where for where in range(low, at) if sentence.units[where].classes & made]
    return bool(met) and set(sentence.content[met[-1] : at]).isdisjoint("EXTGtV,;")


_MET = frozenset(("talk", "meeting", "agree_noun"))


_AGREED = re.compile("[gğř][^EXTGt,;]*$")


def long_ago(day: DateRange | None, published_on: date) -> bool:
    """Whether a day is so far back that the text recalls it."""
    return day is not None and day.end_on < published_on - _RECENT


def _recently(day: DateRange, published_on: date) -> bool:
    past = day.start_on <= published_on
    return past and day.precision in {Precision.DAY, Precision.RANGE} and not long_ago(day, published_on)


def day_told(sentences: Sequence[Sentence], published_on: date) -> DateRange | None:
    """A recent day in a sentence on exchanges or returns ("who came back today"), or any about the publication's in the lead."""
    lead = sentences[: LEAD + 1]
    below = [sentence for sentence in sentences if sentence.paragraph <= _FAR + 1]
    said = [day for sentence in lead if _tells(sentence) for day in _recent_days(sentence, published_on)]
    said += [
        day
        for sentence in lead
        for day in (unit.day for at, unit in enumerate(sentence.units) if _is_day(sentence, at))
        if day and abs((published_on - day.start_on).days) <= 1
    ]
    said += [day for sentence in below if _tells(sentence) for day in _recent_days(sentence, published_on)]
    return next(iter(said), None)


def _tells(sentence: Sentence) -> bool:
    return sentence.has("exchange_noun", "exchange_verb", "return_verb") and not sentence.has("past_cue")


_NAMED = frozenset((Basis.RELATIVE, Basis.WEEKDAY, Basis.HOLIDAY, Basis.EXPLICIT))


def _is_day(sentence: Sentence, at: int) -> bool:
    unit = sentence.units[at]
    single = unit.day is not None and unit.day.precision is Precision.DAY
    return single and unit.basis not in _NO_NEWS and not is_filing_day(sentence, at)


#: What is of another day than the news may be: "since", the night before the text, the feast that something is called after.
_NO_NEWS = frozenset((Basis.SINCE, Basis.NIGHT, Basis.EPITHET))


def marked(draft: Draft) -> bool:
    """Whether the words themselves say that this was earlier ("the previous exchange", "Нагадаємо")."""
    if not draft.has("past_cue"):
        return False
    units, compared = draft.units, draft.sentence.words.compared
    return any(
        "past_cue" in unit.classes and not any(u.word in compared for u in units[max(0, at - 2) : at])
        for at, unit in enumerate(units)
    )
