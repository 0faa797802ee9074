"""A draft goes to the first claim whose every figure can be the same number, as if each were tried in turn."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from processors.model import Kind, Quantity, Side
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.drafts.repeats import Repeats
from processors.stages.extraction.figures.tally import Figures

NUMBERS = st.integers(0, 12) | st.sampled_from([10**9, 2 * 10**9])
QUANTITIES = st.builds(Quantity, min=st.none() | NUMBERS, max=st.none() | NUMBERS).filter(
    lambda q: q.min is None or q.max is None or q.min <= q.max
)
BY_SIDE = st.dictionaries(st.sampled_from([Side.UA, Side.RU]), QUANTITIES)


def draft(returned, bodies):
    # "Also" says that the figures come on top, so that none is a part of another.
    sentence = SimpleNamespace(units=[SimpleNamespace(classes={"also"})], features={"also"})
    figures = Figures(returned=dict(returned), bodies=dict(bodies))
    return Draft(Kind.EXCHANGE, sentence, "counted", None, figures=figures, event="main", end=1)


def can_be_one(left, right):
    for values, others in ((left.returned, right.returned), (left.bodies, right.bodies)):
        for side in values.keys() & others.keys():
            one, two = values[side], others[side]
            if max(one.min or 0, two.min or 0) > min(one.max or 10**9, two.max or 10**9):
                return False
    return True


@given(st.lists(st.tuples(BY_SIDE, BY_SIDE), max_size=30))
def test_the_first_claim_that_fits_takes_the_draft(figures):
    repeats, tried = Repeats(), []
    for returned, bodies in figures:
        one = draft(returned, bodies)
        repeats.put(one)
        fitting = (g for g in tried if all(can_be_one(one.figures, other.figures) for other in g))
        group = next(fitting, None)
        if group is None:
            tried.append(group := [])
        group.append(one)
    assert repeats.groups == tried
    events = [{one.event for one in group} for group in repeats.groups]
    assert events == [{"main" if at == 1 else f"main-{at}"} for at in range(1, len(events) + 1)]
