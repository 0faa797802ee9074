"""Drafts become claims: merged by speaker, kind and event, dates spread over an event, ids and spans given."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date as calendar_day
from typing import TypeVar

from processors.model import (
    ArticleId,
    BySide,
    Claim,
    ClaimId,
    DateRange,
    Kind,
    Precision,
    Quantity,
    Side,
    content_id,
)
from processors.stages.extraction.days.calendar_ranges import month_range
from processors.stages.extraction.drafts.alleged import DENIED
from processors.stages.extraction.drafts.carried import carry_figures, side_old_formulas
from processors.stages.extraction.drafts.civilians import with_civilians
from processors.stages.extraction.drafts.draft import REMAINS, Draft
from processors.stages.extraction.drafts.echoed import only_touched_on, without_echoes
from processors.stages.extraction.drafts.recounted import recount
from processors.stages.extraction.drafts.repeats import Repeats
from processors.stages.extraction.drafts.some_of_them import without_parts
from processors.stages.extraction.drafts.untied import without_untied
from processors.stages.extraction.events.clashes import flag_date_clashes
from processors.stages.extraction.events.denials import point_denials
from processors.stages.extraction.events.fell_through import date_fallen_through
from processors.stages.extraction.events.last_moment import date_last_moments
from processors.stages.extraction.events.placing import place
from processors.stages.extraction.events.restated import restated
from processors.stages.extraction.events.spans import Days, slot_spans
from processors.stages.extraction.events.spread import spread_days
from processors.stages.extraction.events.stories import tell_stories
from processors.stages.extraction.events.sub_deals import with_sub_deals
from processors.stages.extraction.events.to_come import planned_ones
from processors.stages.extraction.figures.ratios import is_exact, ratio_of
from processors.stages.extraction.words.units import Sentence


def assemble(
    text: str,
    found: Sequence[Draft],
    sentences: Sequence[Sentence],
    *,
    article_id: ArticleId,
    published_on: calendar_day,
) -> tuple[Claim, ...]:
    """The claims of the drafts, in the order of their evidence."""
    _without_days_to_come(found, published_on)
    carry_figures(found)
    recount(found)
    found = with_civilians(without_untied(found, sentences))
    found = without_echoes(place(found, sentences, published_on))
    without_parts(found)
    side_old_formulas(found, published_on)
    repeats: dict[tuple[str, Kind, str], dict[Side | None, Repeats]] = defaultdict(dict)
    for draft in found:
        if draft.kind is Kind.AGREEMENT and _of_remains(draft):
            draft.event += REMAINS
        _by(repeats[draft.speaker.id if draft.speaker else "", draft.kind, draft.event], draft.actor).put(
            draft
        )
    groups = [group for acts in repeats.values() for same in acts.values() for group in same.groups]
    days = Days(sentences)

    def claim_of(group: list[Draft]) -> Claim:
        return _claim(text, group, article_id, days)

    made = sorted(((claim_of(group), group) for group in groups), key=_in_order)
    groups = [drafts for _, drafts in made]
    made = sorted(restated(list(zip(tell_stories(made), groups, strict=True)), claim_of), key=_in_order)
    groups = [drafts for _, drafts in made]
    made = date_last_moments(made, days)
    told = list(zip(spread_days(made, days), groups, strict=True))
    told = date_fallen_through(told, published_on, days)
    told = planned_ones(told, published_on, _renamed)
    if len(told) > 1:
        told = [one for one in told if not only_touched_on(*one)]
    return point_denials(flag_date_clashes(with_sub_deals(_distinct(told))))


def _distinct(told: Iterable[tuple[Claim, list[Draft]]]) -> list[tuple[Claim, list[Draft]]]:
    """Each with an id of its own, also where one sentence tells of the same act by either side."""
    seen = set[ClaimId]()
    kept: list[tuple[Claim, list[Draft]]] = []
    for claim, drafts in told:
        own = claim
        if claim.id in seen:
            own = replace(claim, id=ClaimId(content_id(claim.id, claim.actor or "")))
        seen.add(own.id)
        kept.append((own, drafts))
    return kept


def _by(acts: dict[Side | None, Repeats], actor: Side | None) -> Repeats:
    """The claims of an act by that side: "Kyiv handed over its lists, and Moscow gave other ones" are two.

    What is said of nobody goes with what was said of somebody, in either order.
    """
    if actor is None:
        return next(iter(acts.values()), None) or acts.setdefault(None, Repeats())
    if None in acts:
        acts[actor] = acts.pop(None)
    return acts.setdefault(actor, Repeats())


def _renamed(claim: Claim) -> Claim:
    """The claim with an id of its new kind."""
    return replace(claim, id=ClaimId(content_id(claim.id, claim.kind)))


def _in_order(one: tuple[Claim, list[Draft]]) -> tuple[int, bool, Kind, str]:
    """In the order of the text; what a sentence quotes to deny it before the denial, which is of its event."""
    claim = one[0]
    return claim.span.start, claim.rule != DENIED, claim.kind, claim.speaker_id or ""


def _of_remains(draft: Draft) -> bool:
    """Whether only remains are agreed on, counted for a side or not."""
    content = draft.sentence.content[draft.start : draft.end]
    view = set(content)
    only_named = "B" in view and view.isdisjoint("CUR*") and not _OF_OTHERS.search(content)
    return not draft.figures.returned and (bool(draft.figures.bodies) or only_named)


#: An exchange that is not one of bodies: "the repatriation, like the exchanges, is planned".
_OF_OTHERS = re.compile("(?<!B)E(?!.{0,2}B)")


def _without_days_to_come(found: Sequence[Draft], published_on: calendar_day) -> None:
    """ "Told him that tomorrow …": nothing is said on a day after the text."""
    for draft in found:
        if draft.stated is not None and draft.stated.start_on > published_on:
            draft.stated = None


def _said_on(day: DateRange | None) -> DateRange | None:
    """The day of a statement, its month where a week is told ("said last week"); a season or a year is none."""
    if day is None or day.precision in _SAID:
        return day
    month = (day.start_on.year, day.start_on.month) == (day.end_on.year, day.end_on.month)
    length = (day.end_on - day.start_on).days
    if day.precision is not Precision.RANGE or not month or length > _WEEK:
        return None
    return day if length == 1 else month_range(day.start_on.year, day.start_on.month)


_SAID, _WEEK = frozenset((Precision.DAY, Precision.MONTH)), 6


_T = TypeVar("_T")


def _told(values: Iterable[_T | None]) -> _T | None:
    """What the first draft that tells it says."""
    return next((value for value in values if value), None)


def _claim(text: str, group: list[Draft], article_id: ArticleId, days: Days) -> Claim:
    """One claim of drafts that repeat each other: the fullest gives the words, the others what it leaves out."""
    best = max(group, key=_filled)
    first = [best, *[draft for draft in group if draft is not best]]
    span = best.sentence.span
    evidence = text[span.start : span.end]
    speaker = best.speaker
    returned, bodies = _merged(first, "returned"), _merged(first, "bodies")
    ratio = _told(d.figures.ratio for d in first)
    ratio = ratio or _in_return(returned, group) or _in_return(bodies, group)
    date = _told(d.date for d in first)
    stated = _told(_said_on(d.stated) for d in first)
    where = _told(d.location for d in first)
    return Claim(
        id=claim_id(
            article_id,
            best.kind,
            speaker.id if speaker else "",
            returned,
            bodies,
            ratio,
            evidence,
            best.stage,
        ),
        kind=best.kind,
        evidence=evidence,
        span=span,
        speaker=speaker.name if speaker else None,
        speaker_id=speaker.id if speaker else None,
        speaker_side=speaker.side if speaker else None,
        via=best.via,
        actor=_told(d.actor for d in first),
        returned=returned,
        bodies=bodies,
        ratio=ratio,
        ordinal=_ordinal(first, date),
        mediators=tuple(dict.fromkeys(m for d in first for m in d.mediators)),
        date=date,
        stated=stated,
        location=text[where.start : where.end] if where else None,
        background=all(d.background for d in group),
        event=best.event,
        slots=slot_spans(first, text, days, date=date, stated=stated),
        rule=best.rule,
    )


def _ordinal(group: list[Draft], on: DateRange | None) -> int | None:
    """The number of the exchange; "the third" is one in the first weeks of the invasion alone."""
    early = on is not None and _INVASION <= on.start_on <= _FIRST_WEEKS
    return _told(d.figures.ordinal for d in group) or (
        _told(d.figures.early for d in group) if early else None
    )


_INVASION, _FIRST_WEEKS = calendar_day(2022, 2, 24), calendar_day(2022, 4, 13)


def claim_id(
    article_id: ArticleId,
    kind: Kind,
    speaker_id: str,
    returned: BySide,
    bodies: BySide,
    ratio: str | None,
    evidence: str,
    stage: int = 0,
) -> ClaimId:
    """The id of a claim: a hash of the article, who says it, what, in which words, and which of several stages."""
    told = [evidence, str(stage)] if stage else [evidence]
    return ClaimId(content_id(article_id, kind, speaker_id, repr(returned), repr(bodies), ratio or "", *told))


def _merged(group: list[Draft], name: str) -> BySide:
    """The figures of all the drafts, of two for one side the firmer."""
    ua = ru = None
    for draft in group:
        values = draft.figures.values(name)
        ua, ru = _firmer(ua, values.get(Side.UA)), _firmer(ru, values.get(Side.RU))
    return BySide(UA=ua, RU=ru)


def _filled(draft: Draft) -> int:
    """How much a draft tells; figures weigh double."""
    figures = draft.figures
    return (
        2 * len(figures.returned)
        + 2 * len(figures.bodies)
        + bool(figures.ratio)
        + bool(figures.ordinal)
        + len(draft.mediators)
        + bool(draft.date)
    )


def _in_return(figures: BySide, group: list[Draft]) -> str | None:
    """The ratio that "in return" between two exact figures makes."""
    ua, ru = figures.UA, figures.RU
    if not any(draft.sentence.has("inreturn") for draft in group) or ua is None or ru is None:
        return None
    return ratio_of(ua, ru)


def _firmer(kept: Quantity | None, other: Quantity | None) -> Quantity | None:
    """The first figure, but "230" rather than "some 230", and "106" rather than "more than 100"."""
    if kept is None or other is None:
        return kept or other
    open_ended = (kept.min is None) is not (kept.max is None)
    return other if (kept.approx and not other.approx) or (open_ended and is_exact(other)) else kept
