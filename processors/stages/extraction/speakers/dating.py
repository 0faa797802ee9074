"""Which dates of a sentence are those of the event that a clause tells of, and which is the day of the statement."""

import re

from processors.model import DateRange, Kind, Precision
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.reading.clauses import Proposition, has_phrase
from processors.stages.extraction.speakers.other_days import of_something_else
from processors.stages.extraction.speakers.told_days import is_day_of_telling, stands_before_verb
from processors.stages.extraction.speakers.voice import Voice
from processors.stages.extraction.words.units import Sentence


def dates_of(
    sentence: Sentence, one: Proposition, voice: Voice | None, low: int
) -> tuple[list[int], DateRange | None]:
    """The units that may date the event, and the day of the statement; `low` is where the stretch begins."""
    said = said_on(sentence, voice, low) if voice is not None else []
    said += [at for at in range(low, min(one.end, _OPENS)) if is_day_of_telling(sentence, at, one)]
    low = _day_before(sentence, low)
    events = [
        at
        for at in range(low, _end(sentence, one))
        if at not in said
        and sentence.units[at].day is not None
        and not of_something_else(sentence, at, one)
        and (not is_since(sentence, at) or _when(sentence, at) or _lies_since(sentence, one))
        and not (voice and not voice.carried and _of_speech(sentence, at, voice))
    ]
    stated = min(
        (sentence.units[at] for at in said), key=lambda unit: unit.basis != Basis.EXPLICIT, default=None
    )
    inside = [at for at in events if at >= one.start]
    return inside or _leading(sentence, one, events), stated.day if stated else None


def _lies_since(sentence: Sentence, one: Proposition) -> bool:
    """ "The proposal has been on the table since September", "лежит у Лубинца с осени": the day on which it was made."""
    return one.kind is Kind.OFFER and has_phrase(
        sentence.units[one.start : _end(sentence, one)], sentence.words.lying
    )


def _day_before(sentence: Sentence, low: int) -> int:
    """ "Since 18 October, when, as the staff recalled, 95 came home": the day that an insertion parts from its clause."""
    when = _DAY_WHEN.search(sentence.content, 0, low)
    return when.start() if when and _when(sentence, when.start()) else low


_DAY_WHEN = re.compile("D,(?:[cq],)?$")


def _end(sentence: Sentence, one: Proposition) -> int:
    """ "Wrecked the exchange, which was to be held on 12 February": the day of what is refused stands behind it."""
    if one.kind is Kind.DENIAL and (denied := _THAT.match(sentence.act, one.end)):
        return denied.end()
    if one.rule == "offer-refused" and (made := _SENT.match(sentence.act, one.end)):
        return made.end()
    if one.kind is Kind.OFFER and (lying := _LIES.match(sentence.act, one.end)):
        told = has_phrase(sentence.units[one.end : lying.end()], sentence.words.lying)
        return lying.end() if told else one.end
    if one.kind is Kind.AGREEMENT and (further := _GOES_ON.match(sentence.act, one.end)):
        return further.end()
    refused = one.kind in _STOPPED and _AN_EXCHANGE.search(sentence.act, one.start, one.end)
    planned = (
        _WHICH.match(sentence.act, one.end) or _PLANNED.match(sentence.act, one.end) if refused else None
    )
    return planned.end() if planned else one.end


#: "Is being prepared | and may take place as early as July", "the next one | , under that formula, could be held in July".
_GOES_ON = re.compile(
    "(?:,[^,;EXTGNqKMd]{1,8}(?=,))?[,c]{1,2}[^,;EXTGNqKMpd]{0,2}"
    "(?:k[^,;EXTGNqKMpd]{0,5}D|D[^,;EXTGNqKMpd]{0,2}k)"
)
#: "Left unanswered a proposal | , sent back in April".
_SENT = re.compile(",.?[Gq][^,;EXTp]{0,4}D")
#: "Ready to hand over 47, | and the proposal has been on the table since autumn".
_LIES = re.compile(",?c[^,;EXTp]{0,3}F[^,;EXTp]{0,6}D")
_STOPPED = frozenset((Kind.REFUSAL, Kind.SUSPENSION, Kind.DENIAL))
#: "Denied | that an exchange had been agreed for Sunday".
_THAT = re.compile(",?[.]?q[^,;]*")
_AN_EXCHANGE = re.compile("E[^EXTGKMp,;]{0,3}$")
_WHICH = re.compile(",[.]?q[^,;]*")
#: "Сорвала обмен, запланированный на субботу".
_PLANNED = re.compile(",[.]?k[^,;]*")


def _leading(sentence: Sentence, one: Proposition, events: list[int]) -> list[int]:
    """Of a happening the last date before its clause; of an offer only a vague one ("Back in May, Kyiv proposed …")."""
    if one.kind is Kind.OFFER:
        events = [
            at for at in events if (day := sentence.units[at].day) and day.precision is not Precision.DAY
        ]
    dated = one.kind in _HAPPENINGS or one.kind is Kind.OFFER or one.rule == "called-off"
    return events[-1:] if dated or _denies_report(sentence, one) else []


def _denies_report(sentence: Sentence, one: Proposition) -> bool:
    """ "The information that an exchange will be held on Saturday, | is untrue"."""
    reported = one.kind is Kind.DENIAL and not sentence.units[0].classes.isdisjoint(_REPORTS)
    return reported and _TOLD_THAT.search(sentence.act, 0, one.start) is not None


_TOLD_THAT = re.compile("^[^,;]{1,5},.?q[^;d]*$")
_REPORTS = frozenset(("message", "statement", "tidings", "rumour"))


def said_on(sentence: Sentence, voice: Voice, low: int) -> list[int]:
    """The units that name the day of the statement; `low` is where the stretch begins."""
    if voice.carried or voice.rule == "headline" or "day" not in sentence.features:
        return []
    high = min(max(voice.verb + _BEHIND_VERB, voice.end), len(sentence.units))
    return [
        at
        for at in range(low, high)
        if (day := sentence.units[at].day) is not None
        and sentence.units[at].basis not in _OF_DEEDS
        and (day.precision is Precision.DAY or _month_said(sentence, at, voice))
        and not is_since(sentence, at)
        and (
            _leads(sentence, at, voice)
            or _beside_verb(sentence, at, voice)
            or stands_before_verb(sentence, at, voice)
        )
        and not _of_deed(sentence, at, voice)
    ]


#: What dates no words: the night before the text, and what an exchange is called after.
_OF_DEEDS = frozenset((Basis.NIGHT, Basis.EPITHET))


def _of_speech(sentence: Sentence, at: int, voice: Voice) -> bool:
    return _beside_verb(sentence, at, voice) and not _of_deed(sentence, at, voice)


def _of_deed(sentence: Sentence, at: int, voice: Voice) -> bool:
    """ "Reported Tuesday's handover", "on 19 April, Kyiv said, 277 came home": the day of what is told."""
    noun = "E" in sentence.content[at + 1 : at + 2] and sentence.units[at].basis == Basis.WEEKDAY
    low, high = sorted((voice.mention.start, voice.verb))
    inserted = sentence.content[at + 1 : low] == "," and _is_inserted(sentence, low, high)
    return noun or (inserted and at < _OPENS)


def _is_inserted(sentence: Sentence, low: int, high: int) -> bool:
    """ "And, he added, on Friday two came home": between commas, so that what stands beside it belongs to the clause."""
    return low > 0 and sentence.content[low - 1] == "," and sentence.content[high + 1 : high + 2] == ","


def _month_said(sentence: Sentence, at: int, voice: Voice) -> bool:
    """ "The ombudsman in November maintained", "told the agency last week that", "In May Peskov said": beside the verb."""
    day = sentence.units[at].day
    if day is None or day.precision is Precision.YEAR:
        return False
    low = min(voice.mention.head, voice.verb)
    between = sentence.voice[at + 1 : low]
    if at < _OPENS and day.precision is Precision.MONTH:
        between = between.removeprefix(",")
    leads = at < low and not set(between) & set(',;-"')
    return leads or low < at


#: The units with which a sentence begins, so that the day among them is set off by a comma.
_OPENS = 3


def is_since(sentence: Sentence, at: int) -> bool:
    """ "since the start of the invasion in February"."""
    if sentence.units[at].basis == Basis.SINCE:
        return not _dates_a_noun(sentence, at)
    near = sentence.units[max(0, at - _SINCE) : at]
    words = [unit.word for unit in near]
    cue = next((place for place, word in enumerate(words) if word in sentence.words.since), None)
    if cue is None or "," in words[cue:]:
        return False
    return all(unit.day is None for unit in near[cue:])  # "Since Monday they claim that on 11 April …".


def _dates_a_noun(sentence: Sentence, at: int) -> bool:
    """ "Заява від 11 серпня", "обмін від 19 квітня", not "the first exchange since": the day of what stands before."""
    noun, preposition = sentence.units[at - 2], sentence.units[at - 1]
    first = sentence.content[at - 3 : at - 2] == "O"
    return (
        at > 1
        and not first
        and preposition.word in sentence.words.dated
        and not noun.classes.isdisjoint(_DATED)
        and "suspend" not in noun.classes  # "Обмінів немає від 7 серпня"
    )


_DATED = frozenset(("message", "statement", "list", "exchange_noun", "agree_noun"))


def _when(sentence: Sentence, at: int) -> bool:
    """ "since 7 August, when 22 men were brought home", "in which"."""
    found = _WHEN.match(sentence.content, at + 1)
    if found is None:
        return False
    return found[0][-1] == "q" or sentence.units[found.end() - 1].word in sentence.words.subordinate


_WHEN = re.compile(",c|,.?q")


#: Units from "since" to the day that it counts from.
_SINCE = 9
_HAPPENINGS = frozenset((Kind.EXCHANGE, Kind.AGREEMENT, Kind.SUSPENSION))

#: Units behind a verb of saying among which the day of the statement may stand.
_BEHIND_VERB = 10


def _beside_verb(sentence: Sentence, at: int, voice: Voice) -> bool:
    """Beside the verb of saying ("said on Friday", "заявив у вівторок секретар", "told a briefing in Moscow on Friday")."""
    low, high = sorted((voice.mention.head, _last_verb(sentence, voice)))
    if low <= at <= high:
        return all(unit.word not in sentence.words.that for unit in sentence.units[low:at])
    if at > high and _is_inserted(sentence, low, high):
        return False
    if voice.rule == "said-x" and at > voice.verb:
        return set(sentence.content[voice.verb : at]).isdisjoint("EXT")
    between = set(sentence.content[high + 1 : at])
    return high < at < high + _BEHIND_VERB and between.isdisjoint('EXTtGVCBNfqc,;"')


def _last_verb(sentence: Sentence, voice: Voice) -> int:
    """ "Was quoted as saying on Wednesday": of two verbs of saying the second."""
    behind = sentence.units[voice.verb + 1 : voice.verb + 3]
    doubled = len(behind) > 1 and "conj" in behind[0].classes and "say" in behind[1].classes
    return voice.verb + 2 if doubled else voice.verb


def _leads(sentence: Sentence, at: int, voice: Voice) -> bool:
    """ "On Friday, …, the ministry said", "про це в середу після зустрічі написав …": the day before who says it."""
    return (
        (voice.rule == "x-said" or sentence.has("backfill"))
        and at < min(voice.mention.start, voice.verb)
        and sentence.voice[:at].count('"') % 2 == 0
        and set(sentence.content[: voice.mention.start]).isdisjoint("EXTtGVCBN")
    )
