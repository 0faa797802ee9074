"""What the words around a date say of when: "will", "took place", "was called off"."""

from bisect import bisect_left
from collections.abc import Sequence

from processors.stages.extraction.days.calendar_words import AIMED, TENSES, Token

#: Words behind a date among which "will" or the like still tells of it.
_CUE_WORDS = 8


class Tenses:
    """The words of tense of one span, asked about one date after the other."""

    def __init__(self, tokens: Sequence[Token], letters: str) -> None:
        self._letters = letters
        self._told: dict[str, list[int]] = {tense: [] for tense in (*TENSES, AIMED)}
        for index, token in enumerate(tokens):
            if token.tense:
                self._told[token.tense].append(index)
        #: Where the date that is being read begins, where the one before ended, and whether that was in the future.
        self.first, self._previous, self._was_future = 0, 0, False

    def go_on(self, tokens: Sequence[Token]) -> None:
        """The date is read: what comes is judged from its end on."""
        self._was_future = self.future(tokens)
        self._previous = self.first + len(tokens)

    def future(self, tokens: Sequence[Token]) -> bool:
        """Whether "will" or the like stands between the date before and this one, or soon after one that leads.

        What was planned for a day and did not happen ("the swap due on Friday did not take place") lies in the past.
        """
        between = self._letters[self._previous : self.first]
        goes_on = self._previous and self._was_future and len(between) <= 3 and set(between) <= set("&,po-A")
        last = self.first + len(tokens)
        if self.around("failed", tokens):
            return False
        part = max(self._previous, self._letters.rfind(",", 0, self.first) + 1)
        if goes_on or self._cue("future", self._previous, self.first) or self._cue("ready", part, self.first):
            return True
        return self._cue("future", last, last + (_CUE_WORDS if self._opens_clause() else 1))

    def aimed(self) -> bool:
        """ "An exchange for Sunday", "обмін на неділю": whether something is meant for the date."""
        return self._cue(AIMED, self.first - 1, self.first)

    def held(self, tokens: Sequence[Token]) -> bool:
        """ "Запланований на суботу обмін відбувся": whether the words behind the date say that it happened."""
        last = self.first + len(tokens)
        return self._cue("past", last, last + _CUE_WORDS)

    def _opens_clause(self) -> bool:
        """Whether the date stands at the head of the sentence or right behind a comma, "that" and "on" perhaps between."""
        return self.first <= 1 or "," in self._letters[max(0, self.first - 3) : self.first]

    def past(self, tokens: Sequence[Token]) -> bool:
        """Whether the words around say that it happened or did not."""
        return self.around("past", tokens) or self.around("failed", tokens)

    def around(self, tense: str, tokens: Sequence[Token]) -> bool:
        """Whether a word of the tense stands before the date, behind the last one, or soon after it."""
        return self._cue(tense, self._previous, self.first + len(tokens) + _CUE_WORDS)

    def _cue(self, tense: str, start: int, end: int) -> bool:
        """Whether a word of the tense stands between two tokens."""
        told = self._told[tense]
        at = bisect_left(told, start)
        return at < len(told) and told[at] < end
