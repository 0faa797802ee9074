"""Clauses of a stretch, each a place where one thing is asserted."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from processors.model import Kind, Side
from processors.stages.extraction.reading.confirmed import goes_on_behind_confirming
from processors.stages.extraction.words.lexicon import Speaker
from processors.stages.extraction.words.units import Sentence, Unit

#: Cues that assert something by themselves.
_STRONG = re.compile(r"[ldWASfFγygğkLX]|[NP].*T|T.*[NP]|N.{0,6}[GV]|[GV].{0,6}N|E.*%|%.*E|e.{0,3}[TX]")

#: Units between "before" and the other matter that it dates by ("перед новым пакетом санкций").
_BESIDE = 4
#: "Proposed that …": what is proposed stands in the clause to come.
_TO_COME = re.compile(r"[FyJk],?$")
#: What an exchange is told by, besides its name.
_ABOUT = re.compile(r"[EXCB%*1LTtGV]")

#: What names an exchange or those who are exchanged.
EXCHANGED = ("exchange_noun", "exchange_verb", "captive", "bodies")


@dataclass(slots=True)
class Proposition:
    """One kind asserted by units `start` to `end`; `actor` is the side that does it."""

    kind: Kind
    rule: str
    start: int
    end: int
    actor: Side | None = None


@dataclass(slots=True)
class Clause:
    """A clause with who speaks it and whether the sentences around are about an exchange; `voiced` is where they are named."""

    sentence: Sentence
    low: int
    high: int
    speaker: Speaker | None
    near: bool
    voiced: range = range(0)
    # Cut out once, for the rules ask a clause for them 160 times.
    act: str = field(init=False)
    content: str = field(init=False)
    units: list[Unit] = field(init=False)
    features: frozenset[str] = field(init=False)
    #: The classes of the clause and of what names its speaker.
    cues: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        low, high, sentence = self.low, self.high, self.sentence
        self.act, self.content, self.units = (
            sentence.act[low:high],
            sentence.content[low:high],
            sentence.units[low:high],
        )
        self.features = self.cues = frozenset[str]().union(*[unit.classes for unit in self.units])
        if not (low <= self.voiced.start and self.voiced.stop <= high):
            self.cues = self.features.union(*[unit.classes for unit in self._voice])

    @property
    def about(self) -> bool:
        return _ABOUT.search(self.act) is not None or not set(self.content).isdisjoint("EX")

    @property
    def concerned(self) -> bool:
        """Whether it is about an exchange, or the sentences around are and it names no other matter ("refused a truce")."""
        return self.about or (self.near and not self._of_another_matter)

    @property
    def _of_another_matter(self) -> bool:
        """Another matter is named, and not only as what the clause dates by ("on the eve of the summit")."""
        if not self.has("other_matter"):
            return False
        units, timed_by = self.units, self.sentence.words.timed_by
        return any(
            "other_matter" in unit.classes
            and not any(
                before.word in timed_by and after.day is None
                for before, after in pairwise(units[max(0, at - _BESIDE) : at + 1])
            )
            for at, unit in enumerate(units)
        )

    @property
    def analyst(self) -> bool:
        return self.speaker is not None and self.speaker.analyst

    @property
    def side(self) -> Side | None:
        """The side of who speaks it."""
        return self.speaker.side if self.speaker else None

    def has(self, *classes: str) -> bool:
        return not self.features.isdisjoint(classes)

    def spoken(self, cls: str) -> bool:
        """Whether what names the speaker is of the class: the verb of saying is one of offering, of thinking."""
        return cls in self.cues and any(cls in unit.classes for unit in self._voice)

    @property
    def _voice(self) -> list[Unit]:
        """What names the speaker, perhaps in another clause."""
        return self.sentence.units[max(self.voiced.start, 0) : max(self.voiced.stop, 0)]

    def asked(self, letters: str) -> bool:
        """ "It is not known whether the exchange will take place", "if it does, …": question and condition stand before."""
        if self.low > 0 and "o" in self.sentence.act[:2]:
            return True
        whether = self.sentence.words.whether
        if not self.sentence.says(whether):
            return False
        first = next((at for at, letter in enumerate(self.act) if letter in letters), 0)
        return any(unit.word in whether for unit in self.units[:first])

    def conditional(self, letters: str) -> bool:
        """ "If the swap goes ahead, 200 will be freed": a condition before the first cue, or one that opens the sentence."""
        units, conditions = self.sentence.units, self.sentence.words.condition
        if not self.sentence.says(conditions):
            return False
        first = next((at for at, letter in enumerate(self.act) if letter in letters), 0)
        leads = self.low > 0 or " " in units[0].word  # "were the swap to happen": the cue is in the condition
        opens = leads and units[0].word in conditions
        return opens or any(unit.word in conditions for unit in self.units[:first])

    def infinitive(self, at: int) -> bool:
        """Whether the unit of the clause is an infinitive."""
        return is_infinitive(self.sentence, self.low + at)

    def made(self, kind: Kind, rule: str, actor: Side | None = None) -> Proposition:
        """A proposition of the whole clause."""
        return Proposition(kind, rule, self.low, self.high, actor)


def is_infinitive(sentence: Sentence, at: int, *more_endings: str) -> bool:
    """Whether the unit has the marker of an infinitive ("to free") or one of its endings."""
    words, word = sentence.words, sentence.units[at].word
    before = sentence.units[at - 1].word if at else ""
    marked = not words.infinitive_marker.isdisjoint((before.rpartition(" ")[2], word.split()[0]))
    return marked or word.endswith((*words.infinitive_endings, *more_endings))


def has_phrase(units: Sequence[Unit], phrases: Iterable[str]) -> bool:
    """Whether the units hold one of the phrases in whole words."""
    text = f" {' '.join([unit.word for unit in units])} "
    return any(f" {phrase} " in text for phrase in phrases)


def cut_clauses(sentence: Sentence, start: int, end: int, inserted: range) -> list[tuple[int, int]]:
    """Cut where both parts hold a cue of their own."""
    cuts: list[tuple[int, int]] = []
    low = start
    for at in _joints(sentence, start + 1, end):
        if at not in inserted and _parts(sentence, low, at, end):
            cuts.append((low, at))
            low = at
    cuts.append((low, end))
    return cuts


#: "The exchange planned for the 24th, …" and what became of it: one clause.
_PLANNED_ONE = re.compile("E[^;]{0,5},q?[^,;]{0,5}[kg][^,;]*(?:,.)?$")
#: "…, was called off": what became of it, behind its comma.
_FELL_THROUGH = re.compile("[,c-]{1,2}[^,;q]{0,4}[fS]")
#: "An exchange is agreed", "is being prepared"; "and will take place on Saturday": its next verb, of one clause with it.
_PREPARED, _WILL_BE_HELD = (
    re.compile("E[^;,]{0,6}[kg][^;,EXTGKMp]{0,3}$"),
    re.compile("c[.φ]{0,2}k(?![^,;]*[EXTGNKM])"),
)
#: "(Told him of) a swap that is scheduled for the 19th": the relative clause only says that it is planned.
_SCHEDULED = re.compile("Eq[.]{0,2}k")
#: "The list – 640 names – was handed over": its verb is still to come.
_LIST_TO_COME = re.compile("[^TGVX]*L[^TGVX]*")
#: "Kyiv and Moscow".
BOTH_STATES = re.compile("[KM]c[KM]")
#: Who is a side of an exchange, in the `act` view.
PARTY = re.compile("[KMp]")
_JOINING = frozenset(",;c")
#: ", and today 300", "; the third – 12".
_ANOTHER_DAY = re.compile(r"[,;c]{1,2}.?(?:D(?:.{0,2}|[.]{3},)|O-.?)[N%]|[,;c]{1,2}[.]?%[-.]{0,2}D")


def begins_another_day(sentence: Sentence, at: int) -> bool:
    """ ", and today 300": a mark, a day and a figure; ", затем по 307": the next stage with a figure for each side."""
    view = sentence.content
    if view[at : at + 1] not in _JOINING:
        return False
    return _ANOTHER_DAY.match(view, at) is not None or begins_another_stage(sentence, at)


def begins_another_stage(sentence: Sentence, at: int) -> bool:
    """ ", затем по 307", ", 307 for 307": another figure for each side."""
    ratio = sentence.units[at + 1].ratio if sentence.content[at - 1 : at + 2 : 2] == "%%" else None
    if ratio is not None and (ratio[0] or 0) > _FEW:
        return True
    behind = sentence.units[at + 1 : at + 1 + _TO_FIGURE]
    each = next((unit.each for unit in behind if unit.quantity is not None or unit.ratio is not None), False)
    return each and any("sequel" in unit.classes for unit in behind)


def begins_others(sentence: Sentence, low: int, at: int) -> bool:
    """ ", and another 31 for 15" behind "246 each" or "200 for X"; ", а ще 22 – поза обміном": a figure of others behind one."""
    view = sentence.content
    if view[at] not in _JOINING or set(view[low:at]).isdisjoint("N%"):
        return False
    of_each = any(unit.each or unit.ratio for unit in sentence.units[low:at])
    if (of_each or "b" in view[low:at] or _TRADED.search(view, low, at)) and _TRADE.match(view, at):
        return True
    if view[at] == ";" and _CAME.search(view, low, at) and _TRADE.match(view, at):
        return True
    led = "besides" in sentence.units[low].classes and _BESIDES.fullmatch(view, low, at) is not None
    if led and _OTHERS_MOVE.match(view, at):
        return True
    figure = _APART.match(view, at)
    return figure is not None and "others" in sentence.units[figure.end()].classes


#: "200 for one politician"; "five commanders for 55 Russians", "а за 55 россиян — пятерых командиров".
_TRADED = re.compile("N[^,;]*[/<]|[/<][^,;]*N")
_TRADE = re.compile("[,;c]{1,2}[.]{0,2}(?:N[^,;NT]{0,4}[/<][^,;N]{0,3}N|[/<]N[^,;N]{0,3}-N)")
#: "246 came home; 31 wounded were swapped for 15".
_CAME = re.compile("N[^,;]*[TVG]|[TVG][^,;]*N")
#: "Besides the 246 whom each side exchanged, Kyiv received 31", "besides the swap of 175 for 175".
_BESIDES, _OTHERS_MOVE = (
    re.compile("[^N;]{1,3}N[^N;]*[XTGV][^N;]*|[^N;,]{1,3}%[^N;,]*"),
    re.compile(",[^N,;]{0,4}[XTGV][^N,;]{0,4}N"),
)
_APART = re.compile(r"[,;c]{1,2}[.]{0,2}N[PCURB.]{0,2}-(?=.)")
#: "Two for two, three for three" is how exchanges go, and none that was held.
_FEW = 5
#: Units between the mark and the figure of the next stage.
_TO_FIGURE = 4


_PARTING, _OPENERS = frozenset(";-,qc"), frozenset(("others", "conj"))


def _joints(sentence: Sentence, start: int, end: int) -> list[int]:
    """The units at which a clause may begin: every fifth."""
    act, content, units = sentence.act, sentence.content, sentence.units
    opened = sentence.has(*_OPENERS)
    return [
        at
        for at in range(start, end)
        if act[at] in _PARTING
        or content[at] in _JOINING
        or (opened and not units[at].classes.isdisjoint(_OPENERS))
    ]


def _parts(sentence: Sentence, low: int, at: int, end: int) -> bool:
    """Whether the unit begins a clause of its own: a mark or conjunction, or "others" with another figure."""
    if (
        "others" in sentence.units[at].classes
        and "N" in sentence.content[low : at - 1]  # "he and 55 others" goes on
        and "N" in sentence.content[at:end]
    ):
        return True
    counted = not set(sentence.content[low:at]).isdisjoint("N%")
    if counted and begins_others(sentence, low, at):
        return True
    if counted and begins_another_day(sentence, at):
        dated = not set(sentence.content[low:at]).isdisjoint("DO")
        return dated or begins_another_stage(sentence, at)
    view = sentence.act
    parting = view[at] in ";-,qc" or "conj" in sentence.units[at].classes
    if view[at] == "c" and (BOTH_STATES.fullmatch(view[at - 1 : at + 2]) or _joins_people(sentence, low, at)):
        return False
    if _predicate_to_come(view, low, at):
        return False
    if not parting or _is_to_come(sentence, low, at) or _SCHEDULED.match(view, at - 1):
        return False
    if view[at] in ",c" and (_goes_on_to(sentence, low, at, end) or _offered_too(sentence, low, at)):
        return False
    if _of_the_planned(view, low, at, end):
        return False
    if goes_on_behind_confirming(sentence, low, at, end):
        return True
    own = _main_clause(sentence, at, end) if view[at] == "c" else end
    told = _STRONG.search(view, low, at) is not None or (view[at] == ";" and took_place(sentence, low, at))
    return told and _STRONG.search(view, at, own) is not None


def _of_the_planned(view: str, low: int, at: int, end: int) -> bool:
    """Whether the mark leads on to what becomes of the one exchange that is planned before it."""
    fell_through = _PLANNED_ONE.search(view, low, at) and _FELL_THROUGH.match(view, at)
    will_be_held = _PREPARED.search(view, low, at) and _WILL_BE_HELD.match(view, at, end)
    return bool(fell_through or will_be_held)


def _predicate_to_come(view: str, low: int, at: int) -> bool:
    """ "The list – 640 names – was handed over", "Обмін «1000 на 1000» — на фінішній прямій": its verb or what stands for it."""
    if view[at] in "-," and _LIST_TO_COME.fullmatch(view, low, at):
        return True
    return "E" in view[low:at] and _PREDICATE.match(view, at) is not None


#: Where a plan stands, behind a dash in place of a verb.
_PREDICATE = re.compile("-k[.]{0,2}(?:,|$)")


def took_place(sentence: Sentence, low: int, at: int) -> bool:
    """ "The last exchange took place on Friday; …": as good as a figure, before a semicolon."""
    named = "E" in sentence.act[low:at]
    return named and any("happened" in unit.classes for unit in sentence.units[low:at])


def _joins_people(sentence: Sentence, low: int, at: int) -> bool:
    """ "Exchanged 270 soldiers and 120 civilians, followed by a swap": what "and" joins has no verb of its own."""
    view = sentence.content
    if _OF_WHOM.search(view, low, at) and _OF_WHOM_TOO.match(view, at + 1):
        return True  # "обмен пленными и телами погибших сорвал Киев"
    return _COUNTED.search(view, low, at) is not None and _COUNTED_TOO.match(view, at + 1) is not None


#: An exchange of somebody, and whom else it is of, in whatever case but with no number and no verb.
_OF_WHOM, _OF_WHOM_TOO = re.compile("E[CPURur]*$"), re.compile("[BCPUR][^N,;]")
_COUNTED = re.compile("N[^N,;]{0,3}[PCUR]+$")
_COUNTED_TOO = re.compile("N[^N,;cEXTGV]{0,3}[PCUR]+[,;]")


def _is_to_come(sentence: Sentence, low: int, at: int) -> bool:
    """ "Proposed that …", "it is expected that 1,200 will be freed": what is proposed or expected stands behind the comma."""
    relative = at + (sentence.act[at] == ",")
    if sentence.act[relative : relative + 1] != "q" or not _TO_COME.search(sentence.act, low, at):
        return False
    return (
        sentence.act[low:at].rstrip(",")[-1:] != "k" or sentence.units[relative].word in sentence.words.that
    )


def _goes_on_to(sentence: Sentence, low: int, at: int, end: int) -> bool:
    """ "Had agreed in Minsk, at a meeting of envoys, to exchange 225 captives": what is agreed is still to come.

    "Is ready to pardon two men, in order to exchange them for …": so is what somebody is ready for something else for.
    """
    purpose = sentence.act[at + 1 : at + 2] == "J" and _READY.search(sentence.act, low, at)
    if not (purpose or _LEFT_OPEN.search(sentence.act, low, at)):
        return False
    match = _NAMED_NEXT.search(sentence.act, at, end)
    if match is None or match[0] not in "EXTGV":
        return False
    named = match.start()
    verb = named - 1 if sentence.act[named] == "E" else named  # "to hold exchanges"
    return is_infinitive(sentence, named) or is_infinitive(sentence, verb)


def _offered_too(sentence: Sentence, low: int, at: int) -> bool:
    """ "Offered to hand over ten and get 27 back", "предложил получить 27, отдав взамен десятерых": one offer of two deeds.

    "Is expected to hand over eleven and take back eight": so is one plan.
    """
    if not (_OFFERED.search(sentence.act, low, at) or _to_be_moved(sentence, low, at)):
        return False
    verb = _NEXT_DEED.match(sentence.content, at)
    if verb is None:
        return False
    words, deed = sentence.words, sentence.units[verb.end() - 1].word
    if deed in words.goes_on or deed.endswith(tuple(words.gerunds) or " "):
        return True
    return is_infinitive(sentence, verb.end() - 1)


def _to_be_moved(sentence: Sentence, low: int, at: int) -> bool:
    """ "Мав передати 306 людей", "должен был передать 306": who was to hand them over, and they are counted behind it."""
    units = sentence.units
    planned = next((i for i in range(low, at) if not units[i].classes.isdisjoint(_MEANT)), at)
    deed = next((i for i in range(planned, min(at, planned + _LED)) if "give_verb" in units[i].classes), at)
    return "N" in sentence.content[deed:at]


#: What says that somebody is to do something, and units from it to the deed.
_MEANT, _LED = frozenset(("plan", "due")), 4


#: Who offers something that is counted; behind the mark the next deed, with its figure.
_OFFERED = re.compile("[Fykφ][^;EX]*[GVT][^;EX]*N")
_NEXT_DEED = re.compile("[,c]{1,2}[.<]{0,2}[GVT](?=[^;,KMp]{0,5}N)")


#: What somebody agrees to, offers or is ready for; of receiving, with whom it is counted.
_NAMED_NEXT = re.compile("[EXTGfSFygdAW]|V(?=[^,;]{0,5}N)")
#: A word of offering or being ready, and nobody moved by it yet.
_READY = re.compile("[Fy][^EXTGV]*$")
#: A word of agreeing, offering or being ready with nothing that it is about.
_LEFT_OPEN = re.compile("[gFy][^EXCBTtGVN%*1]*$")


def _main_clause(sentence: Sentence, at: int, end: int) -> int:
    """Where a relative clause begins: in "a truce and a swap, which Kyiv rejected" the cue is not of the second noun."""
    relative = sentence.act.find(",q", at + 1, end)
    if relative < 0 or sentence.units[relative + 1].word in sentence.words.that:
        return end
    return relative
