"""What an article version adds to what was known: at most one development a claim.

The first rule that holds decides. *Others* are the rows of the exchange from other articles, and from this article further up.

1. The version before made the claim with the same values: nothing. With other values: changed.
2. The same voice was read with the same values: corroborated "by outlet"; nothing if the outlet has told it or recalls it.
3. Another voice says what cannot hold together with it, or denies it, or is denied by it: contradicted.
4. The claim is recalled as background and the exchange is known already: nothing.
5. The same voice was read with a claim of this kind: changed when it now gives other values, else corroborated "by outlet".
6. Another voice says the same or something that fits: corroborated.
7. Else: created.

A claim that the new version no longer makes is retracted.
"""

from collections.abc import Sequence
from datetime import datetime

from processors.model import (
    Claim,
    Claimant,
    ClaimId,
    Development,
    DevelopmentId,
    DevelopmentType,
    ExchangeId,
    Kind,
    Verdict,
    VerdictType,
    VersionId,
    content_id,
)
from processors.stages.corroboration.facts import sides, voice
from processors.stages.corroboration.quantities import text_of
from processors.stages.corroboration.verdicts import (
    compare,
    contradictions,
    denial_text,
    denied_by,
    speakers,
    values,
    voice_of,
    who,
)

_CREATED, _CORROBORATED = DevelopmentType.CREATED, DevelopmentType.CORROBORATED
_CHANGED, _CONTRADICTED, _RETRACTED = (
    DevelopmentType.CHANGED,
    DevelopmentType.CONTRADICTED,
    DevelopmentType.RETRACTED,
)

Finding = tuple[DevelopmentType, Sequence[Claimant], str]


def developed(
    exchange_id: ExchangeId, new: Claimant, others: Sequence[Claimant], at: datetime
) -> Development | None:
    """What a claim that no version of its article made before is to the others, None when it adds nothing."""
    finding = _finding(new, others)
    return None if finding is None else _development(exchange_id, new, finding, at)


def changed(exchange_id: ExchangeId, new: Claimant, old: Claimant, at: datetime) -> Development | None:
    """What the outlet's new version says otherwise, None where the values are the same or fewer."""
    difference = _change(old.claim, new.claim)
    if not difference:
        return None
    said = f"Text changed by {new.outlet}. Now according to {who(new)}: {difference}."
    return _development(exchange_id, new, (_CHANGED, [old], said), at)


def retracted(exchange_id: ExchangeId, old: Claimant, by: VersionId, at: datetime) -> Development:
    """The outlet's new version no longer makes the claim."""
    said = f"Text changed by {old.outlet}, which no longer has this claim of {who(old)}."
    return Development(
        id=DevelopmentId(content_id("development", "retracted", old.claim.id, by)),
        type=_RETRACTED,
        exchange_id=exchange_id,
        claimant=old,
        other_ids=(old.claim.id,),
        explanation=said,
        occurred_at=at,
    )


def revised(
    new: Sequence[Claimant], old: Sequence[Claimant]
) -> tuple[dict[ClaimId, Claimant], list[Claimant]]:
    """Two versions of an article compared: what claims of the new one were before, and claims that are gone."""
    before: dict[ClaimId, Claimant] = {}
    left = list(old)
    for alike in (_same_values, _same_event, _same_kind):
        for claimant in new:
            match = next((other for other in left if alike(claimant, other)), None)
            if claimant.claim.id not in before and match is not None:
                before[claimant.claim.id] = match
                left.remove(match)
    return before, left


def _same_kind(a: Claimant, b: Claimant) -> bool:
    return voice_of(a) == voice_of(b) and a.claim.kind is b.claim.kind and a.claim.actor is b.claim.actor


def _same_event(a: Claimant, b: Claimant) -> bool:
    return _same_kind(a, b) and a.claim.event == b.claim.event


def _same_values(a: Claimant, b: Claimant) -> bool:
    return _same_kind(a, b) and values(a.claim) == values(b.claim)


def _development(exchange_id: ExchangeId, claimant: Claimant, finding: Finding, at: datetime) -> Development:
    kind, others, explanation = finding
    return Development(
        id=DevelopmentId(content_id("development", claimant.claim.id, claimant.version_id)),
        type=kind,
        exchange_id=exchange_id,
        claimant=claimant,
        other_ids=_ids(others),
        explanation=explanation,
        occurred_at=at,
    )


def _ids(claimants: Sequence[Claimant]) -> tuple[ClaimId, ...]:
    return tuple(dict.fromkeys(claimant.claim.id for claimant in claimants))


def _finding(new: Claimant, others: Sequence[Claimant]) -> Finding | None:
    same_voice = [
        other for other in others if voice_of(other) == voice_of(new) and other.claim.kind is new.claim.kind
    ]
    known = any(other.article_id != new.article_id for other in others)
    told = [other for other in same_voice if values(other.claim) == values(new.claim)]
    if told:
        return None if new.claim.background else _by_outlet(new, told, "the same statement, no new voice")
    against = _against(new, [other for other in speakers(others) if voice_of(other) != voice_of(new)])
    if against or (new.claim.background and known):
        return against
    if same_voice:
        return _again(new, same_voice)
    return _support(new, others) or (_CREATED, [], _first(new, known=bool(others)))


def _against(new: Claimant, others: Sequence[Claimant]) -> Finding | None:
    found: list[tuple[Claimant, str]] = []
    for other in others:
        found.extend((other, verdict.explanation) for verdict in contradictions(compare(other, new)))
    denied = denied_by(new, [*others, new]) if new.claim.kind is Kind.DENIAL else []
    found.extend((other, denial_text(new, other)) for other in denied)
    denials = [
        other
        for other in others
        if other.claim.kind is Kind.DENIAL and new in denied_by(other, [*others, new])
    ]
    found.extend((other, denial_text(other, new)) for other in denials)
    return (_CONTRADICTED, [other for other, _ in found], found[0][1]) if found else None


def _again(new: Claimant, same_voice: Sequence[Claimant]) -> Finding | None:
    """The voice was read with other values: the latest account of it by publication is what is compared."""
    last = max(same_voice, key=lambda other: (other.published_at, other.claim.id))
    difference = _change(last.claim, new.claim)
    if difference and new.published_at >= last.published_at and last.article_id != new.article_id:
        return _CHANGED, [last], f"Now according to {who(new)}: {difference}."
    return _by_outlet(new, same_voice, "the same voice, with less or no other detail")


def _by_outlet(new: Claimant, told: Sequence[Claimant], how: str) -> Finding | None:
    if any(other.outlet == new.outlet for other in told):
        return None
    return _CORROBORATED, told, f"Corroborated by outlet {new.outlet} for {who(new)}: {how}."


def _change(old: Claim, new: Claim) -> str:
    """What the new claim has otherwise, in words; empty when it only says less."""
    for slot, noun in (("returned", ""), ("bodies", "bodies ")):
        before, after = dict(sides(getattr(old, slot))), dict(sides(getattr(new, slot)))
        for side, quantity in after.items():
            what = f"{text_of(quantity)} {noun}returned to {'Ukraine' if side == 'UA' else 'Russia'}"
            if side not in before:
                return what
            if before[side] != quantity:
                return f"{what}, earlier {text_of(before[side])}"
    if new.ordinal is not None and old.ordinal != new.ordinal:
        return f"exchange no. {new.ordinal}"
    if new.date is not None and old.date is not None and new.date != old.date:
        return f"dated {new.date.iso()}, earlier {old.date.iso()}"
    return ""


def _support(new: Claimant, others: Sequence[Claimant]) -> Finding | None:
    """Independent: another speaker, or an outlet in its own voice other than the one whose article it is."""
    comparable = [other for other in speakers(others) if other.claim.kind is new.claim.kind]
    independent = [other for other in comparable if _independent(new, other)]
    verdicts: list[tuple[Claimant, Verdict]] = []
    for other in independent:
        verdicts.extend((other, verdict) for verdict in compare(other, new) if verdict.slot != "returned")
    agreeing = [pair for pair in verdicts if pair[1].verdict is VerdictType.AGREES] or verdicts
    if agreeing:
        return _CORROBORATED, [other for other, _ in agreeing], agreeing[0][1].explanation
    if independent and not _has_value(new.claim):
        names = ", ".join(dict.fromkeys(who(other) for other in independent[:3]))
        return _CORROBORATED, independent, f"Also according to {who(new)}, after {names}."
    return None


def _independent(new: Claimant, other: Claimant) -> bool:
    if voice_of(new) == voice_of(other):
        return False
    own_voice = not voice(new.claim) or not voice(other.claim)
    return not (own_voice and new.article_id == other.article_id)


def _has_value(claim: Claim) -> bool:
    return bool(sides(claim.returned) or sides(claim.bodies) or claim.ordinal is not None or claim.ratio)


def _first(new: Claimant, *, known: bool) -> str:
    figures = [
        f"{text_of(quantity)} returned to {'Ukraine' if side == 'UA' else 'Russia'}"
        for side, quantity in sides(new.claim.returned)
    ]
    what = f"{new.claim.kind.value}, {' and '.join(figures)}" if figures else new.claim.kind.value
    return (
        f"First claim of {who(new)} here: {what}."
        if known
        else f"First report: {what}, according to {who(new)}."
    )
