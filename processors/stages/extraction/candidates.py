"""What plug-ins propose, checked against the text and put beside our own claims.

Nothing of a candidate is taken on trust. Its evidence must stand in the text, verbatim; its counts, ratio and ordinal are
read again from that evidence, its dates and names must be in the article. What does not hold is taken out and flagged;
a candidate without evidence or with a speaker whom nobody names is refused, and the record says how many were, and why.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from processors.errors import Quarantined
from processors.model import ArticleVersion, Claim, DateRange, Kind, SlotSpan, Span
from processors.ports import Candidate
from processors.stages.extraction.assembly import claim_id
from processors.stages.extraction.days.dates import find_dates
from processors.stages.extraction.numbers.recounting import Recount, lacks
from processors.stages.extraction.text.normalise import normalise
from processors.stages.extraction.words.lexicon import Speaker, matcher
from processors.stages.extraction.words.sentences import split

UNVERIFIED_COUNT = "unverified-count"
UNVERIFIED_DATE = "unverified-date"
UNVERIFIED_NAME = "unverified-name"


def add_candidates(
    article: ArticleVersion, own: tuple[Claim, ...], proposed: Mapping[str, Sequence[Candidate]]
) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """Our claims with the candidates, by plug-in, that hold; and remarks on those that were refused.

    A candidate that says no more than a claim of ours from the same words is that claim. Raises Quarantined for a plug-in
    that gives something else than candidates.
    """
    if not proposed:
        return own, ()
    check = _Check(article, own)
    refused: Counter[tuple[str, str]] = Counter()
    added: dict[str, Claim] = {}
    for name, candidates in proposed.items():
        for candidate in candidates:
            if not isinstance(candidate, Candidate):
                raise Quarantined("plugin", f"{name} gives {type(candidate).__name__}, not Candidate")
            reason = check.refusal(candidate)
            if reason:
                refused[name, reason] += 1
                continue
            claim = check.claim(candidate, name)
            if claim.id in added:
                claim = replace(claim, flags=tuple(dict.fromkeys((*added[claim.id].flags, *claim.flags))))
            if not any(_repeats(claim, other) for other in own):
                added[claim.id] = claim
    claims = sorted((*own, *added.values()), key=lambda c: (c.span.start, c.kind, c.speaker_id or ""))
    flags = [f"plugin:{name} refused {count}: {reason}" for (name, reason), count in sorted(refused.items())]
    return tuple(claims), tuple(flags)


class _Check:
    """Checks candidates against one article."""

    def __init__(self, article: ArticleVersion, own: Sequence[Claim]) -> None:
        self._article, self._own = article, own
        self._on = (article.published_at + timedelta(minutes=article.utc_offset_minutes)).date()
        named = {
            mention.date
            for span in split(article.text, article.language)
            for mention in find_dates(article.text, span, published_on=self._on, language=article.language)
        }
        self._days: set[DateRange | None] = {
            *named,
            *(day for claim in own for day in (claim.date, claim.stated)),
        }

    def refusal(self, candidate: Candidate) -> str:
        """Why the candidate cannot be taken, in a word; empty when it can."""
        if not candidate.evidence.strip() or candidate.evidence not in self._article.text:
            return "evidence"
        if candidate.speaker is not None and not self._stands(candidate.speaker):
            return "speaker"
        return ""

    def claim(self, candidate: Candidate, plugin: str) -> Claim:
        """The candidate as a claim, without what does not hold."""
        start = self._article.text.index(candidate.evidence)
        span = Span(start=start, end=start + len(candidate.evidence))
        recount = Recount(self._article.text, span, self._article.language, self._on)
        held = self._held(recount.held(candidate))
        speaker = self._speaker(held)
        speaker_id = speaker.id if speaker else None
        return Claim(
            id=claim_id(
                self._article.article_id,
                held.kind,
                speaker_id or "",
                held.returned,
                held.bodies,
                held.ratio,
                held.evidence,
            ),
            kind=held.kind,
            evidence=held.evidence,
            span=span,
            speaker=speaker.name if speaker else None,
            speaker_id=speaker_id,
            speaker_side=speaker.side if speaker else None,
            via=held.via,
            actor=held.actor,
            returned=held.returned,
            bodies=held.bodies,
            ratio=held.ratio,
            ordinal=held.ordinal,
            mediators=held.mediators,
            date=held.date,
            stated=held.stated,
            location=held.location,
            background=held.background,
            event=self._event(held.kind, span, held.date),
            flags=(f"plugin:{plugin}", *_doubts(candidate, held)),
            slots=(*recount.slots(held), *self._slot(held)),
            rule=f"plugin:{plugin}",
        )

    def _held(self, candidate: Candidate) -> Candidate:
        """The candidate without dates and names that the article does not have."""
        return replace(
            candidate,
            date=candidate.date if candidate.date in self._days else None,
            stated=candidate.stated if candidate.stated in self._days else None,
            via=tuple(name for name in candidate.via if self._stands(name)),
            mediators=tuple(name for name in candidate.mediators if self._stands(name)),
            location=candidate.location if candidate.location and self._stands(candidate.location) else None,
        )

    def _stands(self, name: str) -> bool:
        return bool(name.strip()) and name in self._article.text

    def _speaker(self, candidate: Candidate) -> Speaker | None:
        """Whom the registry knows by this name, else somebody whom it does not know."""
        if candidate.speaker is None:
            return None
        folded = normalise(candidate.speaker)
        words = folded.split()
        size, meaning = matcher(self._article.language).match(words, [False] * len(words), 0)
        known = (
            [entry for entry in meaning.entries if entry.speaker is not None] if size == len(words) else []
        )
        for entry in known:
            if entry.speaker and (entry.cls != "office" or entry.speaker.holds_office_on(self._on)):
                return entry.speaker
        return Speaker(id=f"unk:{folded}", name=candidate.speaker, side=candidate.speaker_side, type="name")

    def _slot(self, held: Candidate) -> Sequence[SlotSpan]:
        if held.speaker is None:
            return ()
        at = self._article.text.index(held.speaker)
        return (SlotSpan(slot="speaker", span=Span(start=at, end=at + len(held.speaker))),)

    def _event(self, kind: Kind, span: Span, day: DateRange | None) -> str:
        """The event of our own claim from the same words, or of our exchange of the same day; empty for one of its own."""
        beside = [claim for claim in self._own if _overlap(claim.span, span)]
        if kind is Kind.EXCHANGE and day is not None:
            beside = [claim for claim in (*beside, *self._own) if claim.kind is kind and claim.date == day]
        return beside[0].event if beside else ""


def _doubts(candidate: Candidate, held: Candidate) -> tuple[str, ...]:
    """The flags for what was taken out."""
    checks = (
        (UNVERIFIED_COUNT, lacks(candidate, held)),
        (UNVERIFIED_DATE, (candidate.date, candidate.stated) != (held.date, held.stated)),
        (
            UNVERIFIED_NAME,
            (candidate.via, candidate.mediators, candidate.location)
            != (held.via, held.mediators, held.location),
        ),
    )
    return tuple(flag for flag, doubtful in checks if doubtful)


def _repeats(claim: Claim, own: Claim) -> bool:
    """Whether a plug-in's claim says nothing that ours, from the same words, does not say."""
    if (claim.kind, claim.speaker_id) != (own.kind, own.speaker_id) or not _overlap(claim.span, own.span):
        return False
    said = (
        (claim.returned.UA, own.returned.UA),
        (claim.returned.RU, own.returned.RU),
        (claim.bodies.UA, own.bodies.UA),
        (claim.bodies.RU, own.bodies.RU),
        (claim.ratio, own.ratio),
        (claim.ordinal, own.ordinal),
        (claim.date, own.date),
    )
    return all(new is None or new == old for new, old in said)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
