"""How much the days of two mentions, and those on which they were told, speak for one event."""

from processors.stages.corroboration.facts import Days, Facts

#: Days by which accounts of one held exchange may be apart, at a price.
SLACK_DAYS = 3
#: Days by which plans for one exchange may be apart.
PLAN_DAYS = 10
#: An undated mention can be about something dated this many days before, or after, its publication; fresh is better.
BEFORE_DAYS, AFTER_DAYS = 31, 7
FRESH_DAYS = 14
#: Two undated mentions published further apart than this are not compared.
TALK_DAYS = 31
#: What happened longer before it was told is recalled, and no talk of its day.
LONG_PAST_DAYS = 100
#: What happened, or was told, so many days ago is news: two plans, or exchanges held, are rather one.
NEWS_DAYS = 3
#: A veto.
NEVER = -99.0
#: Points for being dated by the same days.
_ONE_DAY = 3.0


def when(a: Facts, b: Facts) -> float:
    """By the days of the event where both have any; talk (what is not held yet) also by when it was published."""
    points = _dates(a, b) if (a.precise or a.vague) and (b.precise or b.vague) else _told_about(a, b)
    talk = _of_the_day(a) and _of_the_day(b) and not both_dated(a, b)
    return max(points, _told_together(a, b)) if talk else points


def _of_the_day(facts: Facts) -> bool:
    """Whether it is talk, and of no time long past: in 2025 one may recall the pause of 2023."""
    spans = facts.precise or facts.vague
    return bool(facts.published) and all(facts.published - span.last <= LONG_PAST_DAYS for span in spans)


def both_held(a: Facts, b: Facts) -> bool:
    """Whether both tell of an exchange that was held."""
    return "held" in a.families and "held" in b.families


def both_dated(a: Facts, b: Facts) -> bool:
    """Whether both name their days, no month or season."""
    return bool(a.precise and b.precise)


def hull(facts: Facts) -> Days:
    """From the first to the last of the days that are named."""
    return Days(min(span.first for span in facts.precise), max(span.last for span in facts.precise))


def _dates(a: Facts, b: Facts) -> float:
    if both_dated(a, b):
        if _deal(a, b) or _deal(b, a):
            return max(_both_precise(x, y, held=False) for x in a.precise for y in b.precise)
        held = "held" in a.families or "held" in b.families
        best = max(_both_precise(x, y, held=held) for x in a.precise for y in b.precise)
        return best + (best == _ONE_DAY and both_held(a, b))
    if a.precise or b.precise:
        sure, loose = (a, b) if a.precise else (b, a)
        return max(_inside(x, y) for x in sure.precise for y in loose.vague)
    return max(_both_vague(x, y) for x in a.vague for y in b.vague)


def _deal(plan: Facts, held: Facts) -> bool:
    """The one is a deal, the other an exchange held after it."""
    if "held" not in held.families or "held" in plan.families or "planned" not in plan.families:
        return False
    return hull(plan).last < hull(held).first


def _told_about(a: Facts, b: Facts) -> float:
    """At most one of the two is dated."""
    dated, other = (a, b) if a.precise or a.vague else (b, a)
    held = both_held(a, b)
    near = [_around(span, other.published, held=held) for span in dated.precise]
    near += [
        0.0 if _gap(span, Days(other.published, other.published)) <= AFTER_DAYS else NEVER
        for span in dated.vague
    ]
    return max(near, default=NEVER)


def _told_together(a: Facts, b: Facts) -> float:
    apart = abs(a.published - b.published)
    if apart > TALK_DAYS:
        return NEVER
    if apart <= NEWS_DAYS and "planned" in a.families and "planned" in b.families:
        return 1.5
    return 0.5 if apart <= 10 else -0.5


def _gap(a: Days, b: Days) -> int:
    """Days between two stretches, 0 where they touch or overlap."""
    return max(0, a.first - b.last, b.first - a.last)


def _both_precise(a: Days, b: Days, *, held: bool) -> float:
    gap = _gap(a, b)
    if a == b:
        return _ONE_DAY
    if gap <= 1:
        return 1.0
    if gap <= SLACK_DAYS:
        return -1.5
    return NEVER if held or gap > PLAN_DAYS else -1.0


def _inside(sure: Days, loose: Days) -> float:
    gap = _gap(sure, loose)
    return 0.0 if gap == 0 else -1.0 if gap <= SLACK_DAYS else NEVER


def _around(sure: Days, published: int, *, held: bool) -> float:
    """What is told without a day while the other is news; two exchanges held are then rather one."""
    after = published - sure.last
    if not -AFTER_DAYS <= after <= BEFORE_DAYS:
        return NEVER
    fresh = 1.5 if held else 0.5
    return fresh if -1 <= after <= NEWS_DAYS else 0.0 if after <= FRESH_DAYS else -0.5


def _both_vague(a: Days, b: Days) -> float:
    if _gap(a, b):
        return NEVER
    return 1.5 if a == b else 1.0
