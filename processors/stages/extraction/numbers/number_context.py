"""What the words around a number say: how it is bounded, what it counts, whether it is said of both sides."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import StrEnum

from processors.model import Span
from processors.stages.extraction.words.numerals import NumberMention
from processors.stages.extraction.words.quantity_words import TOKEN, QuantityWords

#: Words (and marks) that are looked at before and after a number.
_LEFT, _RIGHT = 10, 12
#: Words between a number and "from each side".
_NEAR = 5
_OLDEST = 100
#: Of a month.
_LAST_DAY = 31
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
DASHES = frozenset("-‑–—")
_OPENERS = frozenset('"«“„(')
_SYMBOLS = {"%": "percent", "$": "money", "€": "money", "£": "money", "₴": "money", "₽": "money"}


class Role(StrEnum):
    """What a number counts. Only `count` can be a number of people; the others say why it is none."""

    COUNT = "count"
    VAGUE = "vague"
    YEAR = "year"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    AGE = "age"
    PERCENT = "percent"
    MONEY = "money"
    MEASURE = "measure"
    REFERENCE = "reference"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Bound:
    """What the words before a number say of it (`over`, `at_least`, `up_to`, `under`, `about`), and how many they are."""

    name: str = ""
    size: int = 0
    each: bool = False


@dataclass(slots=True)
class Around:
    """A number with the words before and after it; `glued` when no blank stands before it ("T-72", "$200")."""

    number: NumberMention
    left: list[str]
    right: list[str]
    #: Where the words of `left` begin, and where those of `right` end, in the text.
    left_starts: list[int]
    right_ends: list[int]
    glued: bool

    def start(self, size: int) -> int:
        """Where the last `size` words before the number begin, or the number itself."""
        return self.left_starts[-size] if size else self.number.span.start

    @property
    def skip(self) -> int:
        """1 when a dash joins the number to what follows."""
        return 1 if self.right and self.right[0] in DASHES else 0


class Context:
    """The words of one span, whose text `folded` is, and the questions about its numbers."""

    def __init__(self, folded: str, text: str, span: Span, words: QuantityWords) -> None:
        self._text, self._begin, self._is = text, span.start, words
        found = list(TOKEN.finditer(folded))
        self._words = [match[0] for match in found]
        self._starts = [span.start + match.start() for match in found]
        self._ends = [span.start + match.end() for match in found]

    def around(self, number: NumberMention) -> Around:
        """The words around a number of the span."""
        first = bisect_left(self._starts, number.span.start)
        last = bisect_left(self._starts, number.span.end, lo=first)
        low, high = max(0, first - _LEFT), last + _RIGHT
        return Around(
            number=number,
            left=self._words[low:first],
            right=self._words[last:high],
            left_starts=self._starts[low:first],
            right_ends=self._ends[last:high],
            glued=first > 0 and self._ends[first - 1] == number.span.start,
        )

    def between(self, start: int, end: int) -> list[str]:
        """The words from one place of the text to another."""
        first = bisect_left(self._starts, start)
        return self._words[first : bisect_left(self._starts, end, lo=first)]

    def bound(self, around: Around) -> Bound:
        """The bound in the words right before: "more than", "майже", and "по" with a bound before it."""
        left = around.left
        if around.glued and left[-1] not in _OPENERS:
            return Bound()
        end = len(left)
        while end and left[end - 1] in _OPENERS:
            end -= 1
        bound = self._bound_before(left, end)
        return replace(bound, size=bound.size + len(left) - end) if bound.size else bound

    def _bound_before(self, left: list[str], end: int) -> Bound:
        skipped, size, name = 0, 0, ""
        if bridge := self._is.bridge.before(left, end)[0]:
            size, name = self._is.bounds.before(left, end - bridge)
            # "Больше на 20" tells by how many; "более чем на 20" how many there are.
            governed = name in {"about", "at_least"} or (name == "over" and size > 1)
            return Bound(name) if governed else Bound()  # the preposition tells of its verb too
        for _ in range(3):
            size, name = self._is.bounds.before(left, end - skipped)
            filler = 0 if size else self._is.filler.before(left, end - skipped)[0]
            if not filler:
                break
            skipped += filler
        if not size or (name == "over" and self._is.not_over.before(left, end - skipped - size)[0]):
            return Bound()
        if name == "under" and skipped:  # "under the 146 for 146 formula"
            return Bound()
        if name != "each_before":
            return Bound(name, size + skipped)
        outer = self._bound_before(left, end - skipped - size)
        return Bound(outer.name, outer.size + size + skipped, each=True)

    def bound_after(self, around: Around) -> tuple[str, int]:
        """The bound right behind ("or more", "-odd", "+"), and where it ends."""
        right, ends = around.right, around.right_ends
        if right and right[0] == "+" and ends[0] == around.number.span.end + 1:
            return "over", ends[0]
        size, name = self._is.after.at(right, around.skip)
        return (name.removesuffix("_after"), ends[around.skip + size - 1]) if size else ("", 0)

    def sides(self, around: Around) -> tuple[bool, bool, int]:
        """Whether "each" and whether "from both sides" follows within a few words, and where "each" ends."""
        right, end = around.right, around.number.span.end
        for index in range(min(_NEAR, len(right))):
            size, name = self._is.sides.at(right, index)
            if size:
                each = name == "each_after"
                return each, not each, around.right_ends[size - 1] if each and not index else end
            if not right[index][0].isalpha():
                break
        return False, False, end

    def role(self, around: Around) -> Role:
        """What the number counts."""
        number = around.number
        bare = number.digits and number.span.end - number.span.start == 4
        if bare and _FIRST_YEAR <= number.value <= _LAST_YEAR and self._is_year(around):
            return Role.YEAR
        if role := self._role_after(around) or self._role_before(around):
            return Role(role)
        if number.value >= _OLDEST:
            return Role.COUNT
        if self._is_age(around):
            return Role.AGE
        item = number.digits and number.span.start == self._begin
        return Role.REFERENCE if item and self._text[number.span.end :][:2] in {". ", ") "} else Role.COUNT

    def _role_after(self, around: Around) -> str:
        right, skip = around.right, around.skip
        if not right:
            return ""
        if role := _SYMBOLS.get(right[0]) or self._is.role_after.at(right, skip)[1]:
            return role
        if around.number.value <= _LAST_DAY and self._is_date(right, skip):
            return Role.DATE
        if right[0] == ":" and right[1:2] and right[1].isdecimal():
            return Role.TIME
        if self._is_duration(right, skip):
            return Role.DURATION
        while right[1:2] and right[1].isdecimal() and right[0] not in self._is.counted:
            right = right[2:]  # "30 и 93 бригад"
        if self._is.military_unit.isdisjoint(right[:4]):
            return ""
        near = next((at for at, word in enumerate(right[:4]) if self._ends_a_unit(word)), 4)
        if self._is.military_unit.isdisjoint(right[:near]):
            return ""
        return "" if self._of_men(right[max(0, near - 1) : near + 1]) else Role.UNIT

    def _of_men(self, words: list[str]) -> bool:
        """ "95 Ukrainian army prisoners": whose they are stands before those counted, and is no 95th army."""
        return len(words) > 1 and words[0] in self._is.military_unit and words[1] in self._is.counted

    def _ends_a_unit(self, word: str) -> bool:
        """Nine soldiers of an army are nine soldiers, and no ninth army."""
        return not word[0].isalpha() or word in self._is.counted

    def _is_duration(self, right: list[str], skip: int) -> bool:
        """ "Three days", "24-hour", "three long weeks"."""
        if not self._is.duration.isdisjoint(right[skip : skip + 1]):
            return True
        rate = not self._is.apart.at(right, skip)[0]
        if not rate or len(right) < skip + 2 or not right[skip].isalpha() or right[skip] in self._is.counted:
            return False
        return right[skip + 1] in self._is.duration

    def _is_date(self, right: list[str], skip: int) -> bool:
        """ "25 May", "25 of May", and the first figure of "25–27 May" and "7 and 8 June"."""
        months = self._is.months
        if right[0] in months or (right[1:2] and right[1] in months and right[0].isalpha()):
            return True
        joined = skip or self._is.between_and.at(right, 0)[0] or self._is.end.at(right, 0)[0]
        second = right[joined : joined + 2] if joined else []
        return len(second) == 2 and second[0].isdecimal() and second[1] in months

    def _role_before(self, around: Around) -> str:
        left = around.left
        if not left:
            return ""
        last = left[-1]
        if last in _SYMBOLS and last != "%":
            return Role.MONEY
        if around.glued and last == ":" and left[-2:-1] and left[-2].isdecimal():
            return Role.TIME
        if last in "#№§/" or (around.glued and self._is_model(around.number.span.start)) or _is_phone(left):
            return Role.REFERENCE
        end = len(left) - (1 if last == "." else 0)
        return self._is.role_before.before(left, end)[1] or self._month_before(around, end)

    def _month_before(self, around: Around, end: int) -> str:
        """ "May 25", and the second figure of "May 25 and 26"."""
        left = around.left
        joint = self._is.between_and.before(left, end)[0] or self._is.end.before(left, end)[0]
        if joint and left[end - joint - 1 : end - joint] and left[end - joint - 1].isdecimal():
            end -= joint + 1
        month = end > 0 and left[end - 1] in self._is.months_before
        return Role.DATE if month and around.number.value <= _LAST_DAY else ""

    def _is_year(self, around: Around) -> bool:
        """Four bare digits are a year unless they count something ("2000 prisoners", "over 2000")."""
        if not self._is.year_after.isdisjoint(around.right[around.skip : around.skip + 1]):
            return True
        last = around.left[-2:-1] if around.left[-1:] == [","] else around.left[-1:]
        if not self._is.year_before.isdisjoint(last):
            return True
        return not (self._counted(around) or self.bound(around).name)

    def _counted(self, around: Around) -> bool:
        return not self._is.counted.isdisjoint(around.right[:3])

    def _is_age(self, around: Around) -> bool:
        """ "Soldiers under 25": a people word and a bound right before the number, and no people after it; "ей 31,"."""
        left, right = around.left, around.right
        bounded = len(left) > 1 and left[-1] in self._is.ages and left[-2] in self._is.counted
        own = bool(left) and left[-1] in self._is.age_of and not (right and right[0][0].isalpha())
        return (bounded and not self._counted(around)) or own

    def _is_model(self, start: int) -> bool:
        """ "T-", "Ту" or "Shahed-" before a number, "+" before "380"."""
        if (name := _NAME.search(self._text, max(0, start - _LONGEST_NAME), start)) is not None:
            return name[1].isupper()
        before = self._text[max(0, start - 3) : start]
        if before[-1] in DASHES:
            return any(letter.isupper() for letter in before)
        return before[-1] == "+" or before[-1].isalpha()


#: A word that a hyphen joins to the number behind it, by its first letter.
_NAME, _LONGEST_NAME = re.compile(r"(?<!\w)([^\W\d_])[^\W\d_]{3,}[-‑]$"), 20


def _is_phone(left: list[str]) -> bool:
    """Groups of digits behind a plus."""
    digits = 0
    while digits < len(left) and left[-1 - digits].isdecimal():
        digits += 1
    return 0 < digits < len(left) and left[-1 - digits] == "+"
