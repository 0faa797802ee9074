"""How many went the other way, told by a number alone behind those who came: "Україна забрала двадцятьох. Назад повезли 14"."""

from collections.abc import Sequence

from processors.model import Kind
from processors.stages.extraction.drafts.draft import Draft
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.figures.tally import Figures
from processors.stages.extraction.speakers.readings import Reading
from processors.stages.extraction.words.units import Sentence


def went_back(reading: Reading, before: Draft | None, made: list[Draft]) -> list[Draft]:
    """What the sentence tells, with its one number for the side that the sentence before does not count."""
    sentence = reading.sentence
    if before is None or not _tells_a_half(before) or before.sentence.paragraph != sentence.paragraph:
        return made
    at = _number_alone(sentence) if reading.near and reading.unattributed else None
    if at is None or not _the_other_way(sentence):
        return made
    side = OTHER_SIDE[next(iter(before.figures.returned))]
    if made:
        _turn(made, before)
        return made
    figures, quantity = Figures(), sentence.units[at].quantity
    if quantity is None:
        return made
    figures.returned[side] = quantity
    figures.note("returned", side, sentence.units[at])
    size = len(sentence.units)
    return [
        Draft(
            Kind.EXCHANGE,
            sentence,
            "counted",
            before.speaker,
            before.voice,
            figures,
            end=size,
            via=before.via,
        )
    ]


def _tells_a_half(draft: Draft) -> bool:
    """Whether an exchange is told with the people of one side alone."""
    figures = draft.figures
    return (
        draft.kind is Kind.EXCHANGE and len(figures.returned) == 1 and not (figures.bodies or figures.ratio)
    )


def _turn(made: Sequence[Draft], before: Draft) -> None:
    """ "Fourteen went the other way" was counted for the side of those before."""
    one = made[0]
    again = (
        len(made) == 1
        and one.kind is Kind.EXCHANGE
        and one.figures.returned.keys() == before.figures.returned.keys()
    )
    if again and one.speaker is None:
        one.figures.turn("returned")
        one.speaker, one.voice = before.speaker, before.voice


def _number_alone(sentence: Sentence) -> int | None:
    """Where the one number of a short sentence stands, which tells of nothing else."""
    if len(sentence.units) > _LONGEST or sentence.has(*_OF_ANOTHER_MATTER):
        return None
    numbers = [at for at, unit in enumerate(sentence.units) if unit.quantity is not None]
    return numbers[0] if len(numbers) == 1 and "odd" not in sentence.units[numbers[0]].classes else None


def _the_other_way(sentence: Sentence) -> bool:
    """Whether it says that they went the other way, or in return."""
    ways = tuple(sentence.words.other_way)
    opens = any("inreturn" in unit.classes for unit in sentence.units[:_OPENING])
    return opens or any(
        "outbound" in unit.classes or unit.word in ways or unit.word.endswith(ways or "?")
        for unit in sentence.units
    )


#: Units of such a sentence, and those with which it opens.
_LONGEST, _OPENING = 14, 2
_OF_ANOTHER_MATTER = (
    "cumulative", "held", "remain", "neg", "foreign", "bodies", "future", "plan", "refuse", "offer", "list", "day", "ratio",
    "subset", "hypothetical",
)  # fmt: skip
