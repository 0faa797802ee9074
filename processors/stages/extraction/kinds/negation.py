"""What a negation makes of a cue: an own deed that did not happen is a denial, people not handed over are a refusal."""

import re
from itertools import takewhile

from processors.model import Kind, Precision, Side
from processors.stages.extraction.days.dates import Basis
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.kinds.actors import subject_of
from processors.stages.extraction.kinds.barred import barred
from processors.stages.extraction.kinds.plans_named import names_plans
from processors.stages.extraction.reading.clauses import Clause, Proposition
from processors.stages.extraction.words.units import Sentence, Unit

#: Units before a cue among which its negation stands.
_BEFORE = 2
#: Units between a verb of handing over and the list that it is about.
_REACH = 5
_PARTING = re.compile(r"[,;cq\"-]")


def negated(clause: Clause, at: int) -> bool:
    """Whether "not", "never", "nobody" stands right before the unit of the clause; "жодного обміну" takes "не" with it."""
    words = clause.sentence.words
    if clause.units[at].word.partition(" ")[0] in words.nobody | words.negators:
        return False
    before = clause.act[max(0, at - _BEFORE) : at]
    return "e" in _PARTING.split(before)[-1]


def asserted(clause: Clause, letters: str) -> bool:
    """Whether one of the cues is not negated."""
    return any(letter in letters and not negated(clause, at) for at, letter in enumerate(clause.act))


def untold(clause: Clause) -> list[Proposition]:
    """A denial by a speaker of a side without a word of denying: what they tell of did not happen."""
    speaker = clause.speaker
    if speaker is None or clause.analyst or speaker.side is None or not clause.concerned:
        return []
    if (
        ("e" not in clause.act and not clause.has("naming", "absent", "unheld", "silent"))
        or clause.asked("efSgL")
        or _ASKED.search(clause.act)
        or names_plans(clause)
        or none_bigger(clause)
    ):
        return []
    if called_off(clause) and not (_describes(clause) or not_for_now(clause)):
        return [clause.made(Kind.DENIAL, "called-off")]
    if (
        _words_named(clause, speaker.side)
        or _own_deed(clause, speaker.side)
        or _nothing_there(clause)
        or _nobody_swapped(clause)
        or _knows_of_none(clause)
        or (_no_list(clause) and not since(clause.sentence))
    ):
        return [clause.made(Kind.DENIAL, "negated")]
    return []


def _nobody_swapped(clause: Clause) -> bool:
    """ "Nobody exchanged anybody", "ніхто нікого не обмінював"."""
    nobody = clause.sentence.words.no_subject
    swapped = (match.start() for match in _SWAPPED.finditer(clause.act))
    return any(unit.word in nobody for at in swapped for unit in clause.units[max(0, at - _BY_NOBODY) : at])


#: A verb of exchanging behind a negation; units before it among which stands "nobody".
_SWAPPED, _BY_NOBODY = re.compile("(?<=e)X"), 4


def _knows_of_none(clause: Clause) -> bool:
    """ "В Кремле ничего не знают о таком обмене"."""
    words = clause.sentence.words
    if "E" not in clause.act or words.such_one.isdisjoint(
        part for unit in clause.units for part in unit.word.split()
    ):
        return False
    return any(unit.word in words.knows_nothing for unit in clause.units)


#: "Whether it was not wrecked": the question stands behind the cue.
_ASKED = re.compile("e.?[fSgE]o")


def _describes(clause: Clause) -> bool:
    """ "The exchange which was not held on the 24th was to be the largest": which one is meant, not what is told."""
    at = next((at for at, unit in enumerate(clause.units) if "unheld" in unit.classes), 0)
    return "q" in clause.act[max(0, at - _BEFORE) : at]


def called_off(clause: Clause) -> bool:
    """ "The exchange planned for the 24th did not take place", "обмена в пятницу не будет": one, of a day or a plan named."""
    if not (clause.has("unheld") or _WILL_NOT_BE.search(clause.act)) or "o" in clause.act:
        return False
    planned = (clause.has("unheld") and clause.sentence.has("plan")) or any(
        unit.day is not None and unit.day.precision is Precision.DAY and unit.basis != Basis.SINCE
        for unit in clause.sentence.units
    )
    return planned and not since(clause.sentence)


#: "There will be no exchange", with the day between or behind.
_WILL_NOT_BE = re.compile("E[^,;]{0,5}eφ|eφ[^,;]{0,3}E")


def not_for_now(clause: Clause) -> bool:
    """ "The exchange planned for today is currently not taking place": put off, and not denied."""
    return clause.has("for_now") and called_off(clause)


def _words_named(clause: Clause, side: Side) -> bool:
    """ "He called Moscow's statements self-deception": what the other side says is given another name."""
    if not clause.has("naming") or "A" in clause.act or not clause.has("statement"):
        return False
    letters = "MrR" if side is Side.UA else "KuU"
    return side in OTHER_SIDE and not set(clause.content).isdisjoint(letters)


def _of_nothing(clause: Clause) -> bool:
    """ "Ukraine breached nothing", "blocked no exchange": each deed has no object."""
    none = clause.sentence.words.nothing
    return all(
        clause.units[at + 1 : at + 2] and clause.units[at + 1].word in none
        for at, letter in enumerate(clause.act)
        if letter in "fSWw"
    )


def _own_deed(clause: Clause, side: Side) -> bool:
    """ "Ukraine did not block the swap", "has never violated the agreements", said by Ukraine."""
    blamed = re.search("[fSWw]", clause.act)
    if (
        blamed is None
        or (asserted(clause, "fSWw") and not _of_nothing(clause))
        or not clause.concerned
        or clause.sentence.has("hope")
    ):
        return False
    # "Work on exchanges does not stop for a day", "has never stopped being ready"
    if blamed.group() == "S" and clause.has("talk", "ready"):
        return False
    return subject_of(clause, blamed.start()) is side


def _nothing_there(clause: Clause) -> bool:
    """ "There was no exchange today", "the dates agreed do not exist", "no such swap was discussed"."""
    if not clause.sentence.words.confirmations.isdisjoint(unit.word for unit in clause.units):
        return False  # "There was no confirmation of the exchange from Moscow"
    if no_exchange(clause):
        return not (since(clause.sentence) or goes_on_for_long(clause) or none_of_several(clause))
    if never_again(clause):
        return False
    if clause.has("absent") and _none_of_it(clause):
        return not since(clause.sentence)
    if not set(clause.content).isdisjoint("N%"):
        return False
    agreed_not = _NOT_AGREED.search(clause.act) or none_agreed(clause)
    if agreed_not and clause.has("list", "day", "plan", "exchange_noun", "bodies", "captive"):
        return True
    return "S" not in clause.act and _no(clause, _NO_EXCHANGE)


def none_bigger(clause: Clause) -> bool:
    """ "No larger swap has been held since the war began", "більшого обміну ще не було": this one is the largest."""
    words, units = clause.sentence.words, clause.units
    if not clause.sentence.says(words.bigger) or not set(clause.act).isdisjoint("φkgFyf"):
        return False
    none = any("neg" in unit.classes or not words.no.isdisjoint(unit.word.split()) for unit in units)
    return none and any(
        unit.word in words.bigger and "E" in clause.content[max(0, at - 1) : at + _OF_SIZE]
        for at, unit in enumerate(units)
    )


#: Units from "larger" among which the exchange stands.
_OF_SIZE = 4


def goes_on_for_long(clause: Clause) -> bool:
    """ "Уже полгода обмены не проводятся", "обмена не было четыре месяца": a state that lasts, beside the word for none."""
    absent = next((at for at, unit in enumerate(clause.units) if "absent" in unit.classes), 0)
    behind = takewhile(lambda unit: "mark" not in unit.classes, clause.units[absent : absent + _REACH])
    return any("lasting" in unit.classes for unit in (*clause.units[:absent], *behind))


def none_of_several(clause: Clause) -> bool:
    """ "Обмінів між Україною та Росією в липні не було": none of those that might have been, and no day of one."""
    words, units = clause.sentence.words, clause.units
    named = [at for at, unit in enumerate(units) if "exchange_noun" in unit.classes]
    if not named:
        return False
    headed = named[0] == 0 or bool(
        units[named[0] - 1].classes - {"quote"}
    )  # not "of the schedule of exchanges"
    plural = all(not words.exchanges.isdisjoint(units[at].word.split()) for at in named)
    single = any(unit.day is not None and unit.day.precision is Precision.DAY for unit in units)
    return headed and plural and not single


def of_the_kind(clause: Clause) -> bool:
    """ "There had been no such exchange for five months", "ничего подобного не было": a remark on the one just told."""
    absent = next((at for at, unit in enumerate(clause.units) if unit.classes & {"absent", "untrue"}), 0)
    led = clause.units[max(0, absent - _REACH) : absent + _REACH]
    return any(unit.word in clause.sentence.words.such for unit in led)


def _none_of_it(clause: Clause) -> bool:
    """ "Никаких решений на этот счет нет", "жодної дати не існує": what there would be before an exchange, and is not."""
    no = [at for at, unit in enumerate(clause.units) if unit.word in clause.sentence.words.no]
    return any("prelude" in unit.classes for at in no for unit in clause.units[at + 1 : at + _REACH])


def none_agreed(clause: Clause) -> bool:
    """ "No date for the repatriation of the bodies had been agreed"."""
    return _no(clause, _NONE_AGREED)


def _no(clause: Clause, pattern: re.Pattern[str]) -> bool:
    """Whether the negation that the pattern begins with is a determiner."""
    found = pattern.finditer(clause.act)
    return any(clause.units[match.start()].word in clause.sentence.words.no for match in found)


_NOT_AGREED = re.compile(r"e.{0,2}g")
_NO_LIST = re.compile("e.?L")
_NO_EXCHANGE = re.compile("e.?E")
_NONE_AGREED = re.compile("e[^,;qgř]{0,10}[gř]|eğ")


def no_exchange(clause: Clause) -> bool:
    """ "There was no exchange", "dates that were agreed do not exist": what is absent stands beside the word for it."""
    if not clause.has("absent") or "o" in clause.act or clause.sentence.text.rstrip().endswith("?"):
        return False
    for at, unit in enumerate(clause.units):
        around = clause.act[max(0, at - _REACH) : at] + clause.act[at + 1 : at + 3]
        if "absent" not in unit.classes:
            continue
        if any(
            other.word in clause.sentence.words.greater
            for other in clause.units[max(0, at - _REACH) : at + 3]
        ):
            return False  # "Більшого обміну ще не було"
        resumed = "suspend" in unit.classes and clause.sentence.has("exchange_noun")
        led = _LED.search(clause.act, 0, at) is not None
        named = "ğ" in clause.act[max(0, at - _REACH) : at]  # "такої домовленості не було"
        led_by = clause.units[clause.act.rfind(",", 0, at) + 1 : at]  # "жодного обміну" is one unit, and no E
        named = named or any(unit.classes >= _NO_SUCH for unit in led_by)
        if resumed or led or named or not set(around).isdisjoint("EgF"):  # resumed: "…, but it was not held"
            return not _counts(clause, at)
    return False


#: "Жодного обміну".
_NO_SUCH = frozenset(("exchange_noun", "suspend"))
#: "Exchanges of prisoners between Russia and Ukraine in July (there were none)".
_LED = re.compile("EC?(?:[.]?[KMD]|c){1,8}$")


def _counts(clause: Clause, at: int) -> bool:
    """Whether a figure stands with what is absent, no mark between."""
    low = clause.content.rfind(",", 0, at) + 1
    high = clause.content.find(",", at)
    return not set(clause.content[low : high if high >= 0 else None]).isdisjoint("N%")


def since(sentence: Sentence) -> bool:
    """ "There were no exchanges since August", "… since then": a pause."""
    return sentence.has("since_then") or any(map(is_since, sentence.units))


def is_since(unit: Unit) -> bool:
    """ "Since August", "since then"."""
    return "since_then" in unit.classes or (unit.day is not None and unit.basis == Basis.SINCE)


def _no_list(clause: Clause) -> bool:
    """ "Nobody handed us that list"."""
    return any(
        negated(clause, at)
        and not clause.infinitive(at)
        and ("L" in clause.act[max(0, at - _REACH) : at + _REACH] or _no(clause, _NO_LIST))
        for at, unit in enumerate(clause.units)
        if unit.classes & _HANDED
    )


_HANDED = frozenset(("publish", "give_verb", "agree"))


def withheld(clause: Clause) -> list[Proposition]:
    """A refusal without a word of refusing: "Russia did not hand over twelve wounded", "they will not take their own"."""
    if "e" not in clause.act or clause.analyst or set(clause.content).isdisjoint("NUPRCBI*E"):
        return []
    for at, unit in enumerate(clause.units):
        gives = clause.act[at] == "G" or "take_verb" in unit.classes
        told = gives and negated(clause, at) and not clause.infinitive(at)
        actor = subject_of(clause, at) if told else None
        if actor in OTHER_SIDE and actor is not clause.side:
            return [clause.made(Kind.REFUSAL, "withheld", actor)]
    return []


def never_again(clause: Clause) -> bool:
    """ "Жодного обміну не буде", which is no pause."""
    return _NO_FUTURE.search(clause.act) is not None


_NO_FUTURE = re.compile("[ES]eφ|eφ.?[ES]")


def will_not(clause: Clause) -> list[Proposition]:
    """ "We will not exchange conscripts", "обміну не буде": a refusal by the side that says so."""
    if clause.near and not clause.analyst and (who := _never_trades(clause) or barred(clause)):
        return [clause.made(Kind.REFUSAL, "never-traded", who)]
    if not clause.near or clause.analyst or clause.sentence.has("hope"):
        return []
    if not (_WILL_NOT.search(clause.act) or _never_to_move(clause)):
        return []
    actor = subject_of(clause, len(clause.units)) or clause.side
    return [clause.made(Kind.REFUSAL, "will-not", actor)] if actor in OTHER_SIDE else []


def _never_to_move(clause: Clause) -> bool:
    """ "Не обмінюватимемо військових на цивільних", "не отдадут": a verb of moving people, in the future by its ending."""
    return not set(clause.content).isdisjoint("CPURNB*") and any(
        "plan" in unit.classes
        and not unit.classes.isdisjoint(_MOVING)
        and negated(clause, at)
        and "o" not in clause.act[:at]
        for at, unit in enumerate(clause.units)
    )


_MOVING = frozenset(("exchange_verb", "give_verb"))


def _never_trades(clause: Clause) -> Side | None:
    """ "Военных преступников не меняют", said by an official: his side keeps them, unless they are of his own nation."""
    traded = _NOT_TRADED.search(clause.act)
    if traded is None or clause.side not in OTHER_SIDE or clause.sentence.has(*_OF_ALL):
        return None
    word = clause.units[traded.end() - 1].word
    if not word.endswith(tuple(clause.sentence.words.unnamed_present) or "?") or since(clause.sentence):
        return None
    own = "U" if clause.side is Side.UA else "R"
    return OTHER_SIDE[clause.side] if own in clause.content else clause.side


#: For months nobody is traded; nobody else's prisoners are; no law lets civilians be.
_OF_ALL = ("lasting", "foreign", "civilian")
#: Nobody named who does it.
_NOT_TRADED = re.compile("^[^KMp]*eX")
#: "Will not hand them over", or no exchange to come.
_WILL_NOT = re.compile(rf"[XG][^,;]{{0,6}}eφ|eφ.?[XG]|φe.?[XG]|{_NO_FUTURE.pattern}")
