"""Which event each word or deed is about: what it follows, answers, plans or stops."""

from collections.abc import Sequence
from datetime import date, timedelta

from processors.model import DateRange, Kind, Precision
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.drafts.draft import MAIN, Draft
from processors.stages.extraction.drafts.reported import long_ago
from processors.stages.extraction.words.units import Sentence

_FOLLOWERS = frozenset((Kind.DENIAL, Kind.ACCUSATION, Kind.ASSESSMENT, Kind.VIOLATION))
_ACTS = frozenset((Kind.OFFER, Kind.REFUSAL, Kind.LIST, Kind.SUSPENSION))
#: The event of acts that no figure tells apart.
_UNNUMBERED = "proposal-"
#: A refusal so many paragraphs below is that of another exchange than the planned one.
_FAR = 5
#: Characters from an offer to what answers it.
_NEXT = 500


def follow_strands(
    found: Sequence[Draft], main: DateRange | None, series: DateRange | None, published_on: date
) -> None:
    """Claims on words and deeds take the event of what they follow, and often its day; judgements that of a `series`."""
    strands = _Strands(found, main, series or main, published_on)
    for draft in found:
        strands.place(draft)
    _agreements(found, main, published_on)


class _Strands:
    """The event that the text is at, draft by draft.

    `main` is the day of the exchange that it reports, `judged` what an assessment of it is about.
    """

    def __init__(
        self, found: Sequence[Draft], main: DateRange | None, judged: DateRange | None, published_on: date
    ) -> None:
        self._main, self._judged, self._published_on = main, judged, published_on
        self._current, self._day = MAIN, main
        self._reported = any(draft.days for draft in found if draft.kind in {Kind.EXCHANGE, Kind.AGREEMENT})
        self._broken = False  # A breach, and what answers it, has a day of its own.
        self._offer: Draft | None = None
        self._planned: Draft | None = None
        self._answered: Draft | None = None
        self._told: dict[tuple[str, Kind, bool], str] = {}

    def place(self, draft: Draft) -> None:
        """Give the draft its event, and move on to it."""
        if draft.kind is Kind.EXCHANGE:
            if not draft.background:
                self._current, self._day = draft.event, draft.date
        elif draft.kind is Kind.AGREEMENT:
            self._agreement(draft)
        elif draft.kind in _ACTS:
            self._act(draft)
        elif draft.kind in _FOLLOWERS:
            self._follower(draft)
        if draft.kind is not Kind.DENIAL:
            self._answered = draft

    def _agreement(self, draft: Draft) -> None:
        held = self._main is not None and draft.date == self._main
        draft.event = MAIN if held else "agreed-" + (draft.date.iso() if draft.date else "")
        self._current, self._day = draft.event, draft.date
        if _is_planned(draft, self._published_on):
            self._planned = draft

    def _act(self, draft: Draft) -> None:
        _place_act(draft, self._offer, self._published_on)
        self._tell_again(draft)
        if self._planned is not None and self._offer is None and _thwarts(draft, self._planned):
            draft.event = self._planned.event
            draft.date = self._planned.date if draft.kind is Kind.REFUSAL else draft.date
        if draft.kind is Kind.LIST and self._offer is not None and _goes_with(draft, self._offer):
            draft.date = self._offer.date
        if draft.kind is Kind.OFFER:
            self._offer = draft
        self._current, self._day = draft.event, None

    def _tell_again(self, draft: Draft) -> None:
        """A speaker who comes back to an act without a figure, or gives the figure only now, means the same act."""
        key = (draft.speaker.id if draft.speaker else "", draft.kind, draft.background)
        plain = not draft.figures.given
        if key in self._told and (plain or self._told[key] == _UNNUMBERED):
            draft.event = self._told[key]
        self._told[key] = draft.event

    def _follower(self, draft: Draft) -> None:
        self._broken = self._broken or draft.kind is Kind.VIOLATION
        if self._main is not None and _judges_an_exchange(draft):
            exact = draft.date is not None and draft.date.precision is Precision.DAY
            draft.date, draft.event = draft.date if exact else self._judged, MAIN
            return
        draft.event = self._current
        judged = self._planned.date if self._planned and draft.kind is Kind.ASSESSMENT else None
        draft.date = draft.date or ((self._day or judged) if self._reported and not self._broken else None)
        if draft.kind is Kind.DENIAL and self._answered is not None and self._answered.background:
            draft.background = _near(draft, self._answered)


def _goes_with(listed: Draft, offer: Draft) -> bool:
    """ "In April we proposed to swap 23 for 87, the list was sent": in one sentence of one voice."""
    one = listed.sentence is offer.sentence and listed.speaker is offer.speaker
    return one and listed.date is None and not listed.days


def _judges_an_exchange(draft: Draft) -> bool:
    """An assessment of why an exchange was held, not of a list, a pause or a refusal."""
    act = draft.sentence.act
    named, acts = set(act) & set("EX"), set(act[draft.start : draft.end]) & set("LSf")
    return draft.kind is Kind.ASSESSMENT and bool(named) and not acts


def _place_act(draft: Draft, offer: Draft | None, published_on: date) -> None:
    """The event of an act is that of its figure or formula; without either, that of the offer before it."""
    figures = draft.figures
    count = next((q.min or q.max for q in (*figures.returned.values(), *figures.bodies.values())), None)
    if offer and draft.kind is Kind.REFUSAL and not count and not figures.ratio and _answers(draft, offer):
        figures.ratio = offer.figures.ratio if offer.figures.ratio == "all:all" else None
    draft.event = f"{_UNNUMBERED}{count or figures.ratio or ''}"
    if not count and not figures.ratio and offer:
        draft.event = offer.event
    if draft.kind is Kind.OFFER and draft.date is None and _utters(draft):
        made = draft.stated if draft.stated and draft.stated.precision in _MADE else None
        draft.date = made if made and made.start_on < published_on else None
    draft.background = draft.background or long_ago(draft.date, published_on)


def _utters(draft: Draft) -> bool:
    """Whether the offer is made by being said: "Zelensky proposed", "said he was ready", and no word on an offer made before."""
    voice = draft.voice
    verb = draft.sentence.units[voice.verb].classes if voice and not voice.carried else frozenset()
    return "ready" in draft.sentence.features or "offer" in verb or draft.rule in _UTTERED


_UTTERED = frozenset(("proposes", "promise", "on-condition", "sought"))
_MADE = frozenset((Precision.DAY, Precision.MONTH))


def _answers(draft: Draft, offer: Draft) -> bool:
    """A refusal in the sentence of the offer or the next two."""
    return 0 <= draft.sentence.span.start - offer.sentence.span.start < _NEXT


def _near(draft: Draft, before: Draft) -> bool:
    return draft.sentence.paragraph - before.sentence.paragraph <= 1


def _is_planned(draft: Draft, published_on: date) -> bool:
    return (
        draft.date is not None
        and not draft.background
        and draft.date.end_on >= published_on - timedelta(days=1)
    )


def _thwarts(draft: Draft, planned: Draft) -> bool:
    """A refusal or a pause that stopped the exchange which the text says was planned."""
    return (
        draft.kind in {Kind.REFUSAL, Kind.SUSPENSION}
        and draft.date in {None, planned.date}
        and not draft.background
        and draft.sentence.has("exchange_noun", "exchange_verb")
        and draft.sentence.paragraph - planned.sentence.paragraph <= _FAR
    )


def _agreements(found: Sequence[Draft], main: DateRange | None, published_on: date) -> None:
    """An agreement that the text dates once dates all that is said of it."""
    agreed = [draft for draft in found if draft.kind is Kind.AGREEMENT]
    dated = [(draft, draft.date) for draft in agreed if draft.date]
    for draft, day in dated:
        draft.background = draft.background or long_ago(day, published_on)
    fresh = next((draft for draft, _ in dated if not draft.background), None)
    if fresh is None and (
        said := next((d for d in agreed if d.stated and _struck(d) and not d.background), None)
    ):
        said.date, fresh = said.stated, said
    if main is not None:
        _deals(found, dated, main)
    for draft in agreed:
        if draft.date is not None or draft.background or draft.has("soon"):
            continue
        if main is not None and _foretells(draft, main):
            draft.date, draft.event = main, MAIN
        elif fresh is not None:
            draft.date, draft.event = fresh.date, fresh.event
        elif main is not None and _is_deal(draft):
            draft.date, draft.event = main, MAIN


def _foretells(draft: Draft, main: DateRange) -> bool:
    """ "The evening before, bloggers had written of a swap being prepared": that of the day after."""
    told_on = draft.said_on
    eve = told_on is not None and main.start_on - told_on.start_on == timedelta(days=1)
    return eve and draft.has("plan") and not draft.has("also")


def _deals(found: Sequence[Draft], dated: Sequence[tuple[Draft, DateRange]], main: DateRange) -> None:
    """What was agreed before the exchange that the text reports is recalled; planned for its month, it takes its day."""
    held = any(draft.event == MAIN and draft.kind is Kind.EXCHANGE for draft in found)
    for draft, day in dated:
        draft.background = draft.background or day.end_on < main.start_on
        if held and _holds(day, main) and _settled(draft):
            draft.date, draft.event = main, MAIN


def _struck(draft: Draft) -> bool:
    """A deal that was made at talks, and so perhaps on the day of the statement, not an exchange that is being prepared."""
    return draft.rule != "future" and not draft.has("plan") and _after_talks(draft.sentence)


def _after_talks(sentence: Sentence) -> bool:
    """ "After the meeting in Ankara", "following the talks"."""
    units, after = sentence.units, sentence.words.timed_by
    met = (at for at, unit in enumerate(units) if unit.classes & {"talk", "meeting"})
    return any(unit.word in after for at in met for unit in units[max(0, at - 3) : at])


def _settled(draft: Draft) -> bool:
    """The sides agreed, and neither on the whole of the captives nor on one more exchange."""
    of_now = any(draft.sentence.units[at].basis == Basis.RELATIVE for at in draft.days)
    agreed = draft.sentence.has("agree") and not draft.has("also") and not of_now
    return agreed and draft.figures.ratio != "all:all"


def _holds(day: DateRange, main: DateRange) -> bool:
    """ "By the end of the year" for the exchange of 29 December."""
    vague = day.precision in {Precision.MONTH, Precision.YEAR}
    return vague and day.start_on <= main.start_on and main.end_on <= day.end_on


def _is_deal(draft: Draft) -> bool:
    """ "The sides agreed to exchange 314 prisoners", not "the next exchange is being prepared"."""
    return draft.has("agree") and not draft.has("plan")
