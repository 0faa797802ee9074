"""What was said before: closes references ("he", "the ministry", a bare surname) and carries open quotes."""

from bisect import bisect_right
from collections.abc import Sequence

from processors.model import Span
from processors.stages.extraction.figures.sides import OTHER_SIDE
from processors.stages.extraction.speakers.about import SUBJECT, Quotations, about
from processors.stages.extraction.speakers.introductions import (
    ROLE_STEM,
    analyst_near,
    body_of,
    gender_by_verb,
    gender_of,
    is_governed,
    nominative,
    nominative_description,
    office_words,
    presides,
    roles_around,
    side_around,
    title_behind,
)
from processors.stages.extraction.speakers.mentions import Mention, first_mention, mentions
from processors.stages.extraction.speakers.pronouns import Known, Named, by_pronoun
from processors.stages.extraction.text.normalise import normalise, same_word
from processors.stages.extraction.words.function_words import FunctionWords
from processors.stages.extraction.words.lexicon import Speaker
from processors.stages.extraction.words.units import Sentence, Unit

#: Speakers further back are not referred to any more.
_MOST_KNOWN = 40


class Discourse:
    """The speakers of a document so far, the last one last."""

    def __init__(self, sentences: Sequence[Sentence] = ()) -> None:
        self._sentences = sentences
        named = (s for sentence in sentences for unit in sentence.units for _, s in unit.speakers)
        #: The persons of the registry whom the whole text names, in order.
        self._persons = list({one.id: one for one in named if one.type == "person"}.values())
        #: Full names below the first sentence, for a headline that gives the surname alone.
        named_units = [unit for sentence in sentences[1:] for unit in sentence.units if " " in unit.word]
        self._full = [(u.word, who) for u in named_units for kind, who in u.speakers if kind == "person"]
        self._known: list[Known] = []
        #: Persons and bodies of the registry that were named without speaking.
        self._seen: list[Known] = []
        self._named: dict[str, Speaker] = {}
        #: Those who were named in full, by the stem of the surname.
        self._surnames: dict[str, tuple[str, Speaker]] = {}
        #: Where the sentence at hand names those of the registry, by their id; whom the one before names.
        self._here: dict[str, int] = {}
        self._before: frozenset[str] = frozenset()
        #: The person whom the last sentence was about, where nobody spoke in it.
        self._subject: Speaker | None = None
        self._quotations = Quotations()

    def resolve(self, sentence: Sentence, mention: Mention) -> Speaker | None:
        """Whom the mention means, None for a pronoun or office that nobody before fits."""
        speaker = self._meaning(sentence, mention)
        if speaker is not None:
            self._remember(sentence, mention, speaker)
        return speaker

    def recognise(self, sentence: Sentence) -> None:
        """Read the bare surname of somebody introduced in full ("added Harbuz") as a name."""
        if sentence.paragraph == 0:
            self._recognise_label(sentence)
        if not self._surnames or "capital" not in sentence.features:
            return
        for at, unit in enumerate(sentence.units):
            if "capital" in unit.classes and unit.word[:_STEM] in self._surnames:
                surname, speaker = self._surnames[unit.word[:_STEM]]
                if same_word(surname, unit.word):
                    sentence.recognise(at, speaker)

    def _recognise_label(self, sentence: Sentence) -> None:
        """ "Herashchenko: Kyiv is ready …" in the headline: the text gives the name in full only below."""
        units = sentence.units
        if len(units) < _LABELLED or units[1].word != ":" or units[0].speakers or not units[0].capital:
            return
        fitting = (who for name, who in self._full if same_word(name.rpartition(" ")[2], units[0].word))
        if (who := next(fitting, None)) is not None:
            sentence.recognise(0, who)

    def guest(self, sentences: Sequence[Sentence]) -> tuple[Speaker, Span] | None:
        """Whom the lead of an interview introduces, and where: a person named first, else a body, else who is described last."""
        found = [(s, mention) for s in sentences for mention in mentions(s, 0, len(s.units))]
        named = [one for one in found if one[1].type in {"person", "name"}]
        described = [one for one in reversed(found) if one[1].type in {"noun", "org"}]
        meant = [(self._meaning(*one), where(*one)) for one in (*named, *described)]
        known = [(speaker, span) for speaker, span in meant if speaker is not None]
        return min(known, key=lambda one: _GUESTS.index(one[0].type), default=None)

    def notice(self, sentence: Sentence) -> None:
        """Remember whom a sentence names, for "the president" or "they" where none of the speakers is one."""
        self._before, self._here = frozenset(self._here), {}
        if sentence.features.isdisjoint({"speaker", "name"}):
            return
        for at, unit in enumerate(sentence.units):
            if unit.speakers and unit.speakers[0][1].type in {"person", "org"}:
                speaker = unit.speakers[0][1]
                if speaker.type == "person" and unit.capital:
                    self._introduce(unit.word, speaker)
                self._here.setdefault(speaker.id, at)
                words = {w[:ROLE_STEM] for w in unit.word.split()}
                words |= roles_around(sentence, at, at + 1) if speaker.type == "person" else set()
                self._seen = [*self._seen[-_MOST_KNOWN:], Known(speaker, words | office_words(speaker.id))]
            elif "name" in unit.classes and (words := roles_around(sentence, at, at + 1)):
                speaker = self._name(sentence, Mention(at, at + 1, at, "name"))
                self._seen = [*self._seen[-_MOST_KNOWN:], Known(speaker, words)]

    def close(self, sentence: Sentence, *, spoken: bool) -> tuple[Mention, Speaker] | None:
        """At the end of a sentence: whom "he" in the next one means, if it was about somebody and `spoken` by nobody."""
        if self._quotations.holds(sentence) and not (spoken or sentence.has("say")):
            return None
        first = None if spoken else about(sentence)
        self._subject = (first.speaker or self._meaning(sentence, first)) if first is not None else None
        return (first, self._subject) if first is not None and self._subject is not None else None

    def _meaning(self, sentence: Sentence, mention: Mention) -> Speaker | None:
        if mention.type == "short":
            judges = mention.speaker is not None and mention.speaker.analyst
            last = self.last_analyst() if judges else self._last_such(mention.speaker)
            return last or self._described(sentence, mention)
        if mention.speaker is not None:
            return mention.speaker
        if mention.type == "message":
            return self._known[-1].speaker if self._known else None
        if mention.type == "pronoun":
            return by_pronoun(sentence, mention, self._named_so_far()) or self._told_next(sentence, mention)
        if mention.type == "name":
            return self._name(sentence, mention)
        return self._noun(sentence, mention)

    def _told_next(self, sentence: Sentence, mention: Mention) -> Speaker | None:
        """ "«…», she said. Moskalkova spoke to reporters": who opens the sentence behind, if nobody was named before."""
        words = set(sentence.units[mention.head].word.split())
        she, he = words & sentence.words.she, words & sentence.words.he
        at = bisect_right(self._sentences, sentence.span.start, key=lambda one: one.span.start)
        behind = next(iter(self._sentences[at : at + 1]), None)
        if not (she or he) or behind is None or behind.paragraph != sentence.paragraph or behind.has("deny"):
            return None
        first = first_mention(behind, 0, min(SUBJECT, len(behind.units)))
        if first is None or first.type not in {"person", "name"}:
            return None
        who = first.speaker or self._name(behind, first)
        return who if who.gender in {"", "f" if she else "m"} else None

    def _named_so_far(self) -> Named:
        return Named(self._known, self._seen, self._here, self._before, self._subject)

    def _last_such(self, body: Speaker | None) -> Speaker | None:
        """Whose ministry a bare "the defence ministry" is: of the side whose one spoke last, else the usual one."""
        if body is None:
            return None
        kind = body.id.rpartition("-")[2]
        spoken = [known.speaker for known in reversed(self._known)]
        return self._nearest([*(one for one in spoken if one.id.rpartition("-")[2] == kind), body])

    def _name(self, sentence: Sentence, mention: Mention) -> Speaker:
        """A person whom the registry does not know; the first mention tells their side."""
        unit = sentence.units[mention.head]
        name = _without_possessive(sentence.written(unit.start, unit.end))
        name = nominative(name, sentence.words, governed=is_governed(sentence, mention))
        key = normalise(name)
        if key not in self._named or self._titled_now(self._named[key], mention):
            self._named[key] = Speaker(
                id=f"unk:{key}",
                name=name,
                side=side_around(sentence, mention),
                type="person",
                gender=gender_of(unit.word, sentence.words),
                analyst=analyst_near(sentence, mention),
            )
            self._introduce(unit.word, self._named[key])
        return self._named[key]

    def _titled_now(self, noticed: Speaker, mention: Mention) -> bool:
        """Whether somebody noticed in passing is now named with their titles, which tell their side."""
        titled = mention.end - mention.start > 1
        return titled and not any(known.speaker is noticed for known in self._known)

    def _introduce(self, words: str, speaker: Speaker) -> None:
        """Keep the surname of a name in full."""
        given, _, surname = words.rpartition(" ")
        if surname != words:
            self._surnames[surname[:_STEM]] = surname, speaker
            if " " not in given:
                self._surnames.setdefault(given[:_STEM], (given, speaker))

    def _noun(self, sentence: Sentence, mention: Mention) -> Speaker | None:
        """Whom a description means: somebody named before where it is definite and bare, else a new speaker."""
        inside = sentence.units[mention.start : mention.end]
        words = [unit.word for unit in inside]
        head = sentence.units[mention.head]
        before = sentence.units[mention.start - 1].word if mention.start else ""
        definite = bool({before, words[0]} & sentence.words.definite)
        if head.classes & _SPEAK_FOR and (owner := self._owner(inside, sentence.words)) is not None:
            return owner
        plain = not any(
            unit.classes & {"ua_adj", "ru_adj", "ua_state", "ru_state", "capital"} or _of_somebody(unit)
            for unit in inside
            if "office" not in unit.classes
        )
        if plain and len(words) <= 2 and (definite or mention.end - mention.start == 1):
            gender = gender_by_verb(sentence, mention)
            earlier = (
                self._whose_spokesperson(head)
                or self._by_role(head, sentence.words, gender)
                or self._by_kind(head, sentence.words, gender, mention.head)
            )
            if earlier is not None or "office" in head.classes:
                return earlier
        elif plain and len(words) == 2 and (earlier := self._by_role(head, sentence.words)):
            return earlier
        elif len(words) == 2 and (inside[1].medium or "media" in inside[1].classes):
            if (unnamed := self._unnamed(head, sentence.words)) is not None:
                return unnamed  # "собеседник агентства"
        elif (definite or not sentence.words.definite & _DEFINITE) and (
            compatriot := self._compatriot(sentence, mention, head)
        ):
            return compatriot
        return self._described(sentence, mention)

    def _owner(self, inside: Sequence[Unit], words: FunctionWords) -> Speaker | None:
        """ "The press service of the Headquarters", "Telegram-канал президента": the body or the office that is named."""
        for unit in inside:
            if unit.speakers and unit.speakers[0][1].type == "org":
                return unit.speakers[0][1]
        last = inside[-1]
        titled = "posted" in inside[0].classes and "title" in last.classes
        return self._by_role(last, words) if titled else None

    def _compatriot(self, sentence: Sentence, mention: Mention, head: Unit) -> Speaker | None:
        """ "The Russian presidential aide": the last person of that side and role who was named before."""
        inside = sentence.units[mention.start : mention.end]
        if "anaphor" not in head.classes or inside[-1] is not head:
            return None
        side = side_around(sentence, mention)
        if head.word in sentence.words.officials:
            last = next((k.speaker for k in reversed(self._known) if k.speaker.side is side), None)
            return last if last and last.type == "person" else None
        stem = head.word[:ROLE_STEM]
        for known in (*reversed(self._known), *reversed(self._seen)):
            who = known.speaker
            if who.type == "person" and who.side is side and stem in known.words | office_words(who.id):
                return who
        return None

    def _whose_spokesperson(self, head: Unit) -> Speaker | None:
        """ "The ministry denied it. …, a spokesman said": the last body, or person in that role."""
        if "spokesperson" not in head.classes:
            return None
        stem = head.word[:ROLE_STEM]
        fitting = (k.speaker for k in reversed(self._known) if k.speaker.type == "org" or stem in k.words)
        return next(fitting, None)

    def last_analyst(self) -> Speaker | None:
        """Who judged last, or was named who judges: "the analysts of the institute"."""
        analysts = (k.speaker for k in (*reversed(self._known), *reversed(self._seen)) if k.speaker.analyst)
        return next(analysts, None)

    def _unnamed(self, head: Unit, words: FunctionWords) -> Speaker | None:
        """ "The source added": the last informant whom only a description names."""
        if head.word not in words.sources:
            return None
        unnamed = (k.speaker for k in reversed(self._known) if k.speaker.type == "noun" and not k.body)
        return next(unnamed, None)

    def _by_kind(self, head: Unit, words: FunctionWords, gender: str, at: int) -> Speaker | None:
        """ "The experts" are the last analysts, "the diplomat" the last person, "the source" who has no name."""
        if (unnamed := self._unnamed(head, words)) is not None:
            return unnamed
        if head.classes & {"analyst", "office"} and (found := self.last_analyst()) is not None:
            return found
        if "anaphor" in head.classes:
            known = [k.speaker for k in reversed(self._known or self._seen) if k.speaker.type == "person"]
            before = (one for one in known if self._here.get(one.id, -1) < at)  # no "premier, who met Putin"
            return next((one for one in before if _may_be(one, gender)), None)
        return None

    def _by_role(self, head: Unit, words: FunctionWords, gender: str = "") -> Speaker | None:
        """The last speaker introduced with that role; for an office also the last body."""
        if head.word in words.heads_of_state:
            stems = {title[:ROLE_STEM] for title in words.presidents}
            earlier = (k.speaker for k in reversed(self._known) if not stems.isdisjoint(k.words))
            return next(earlier, self._president(words))
        fitting: list[Speaker] = []
        for known in reversed(self._known):
            office = office_words(known.speaker.id) if "anaphor" in head.classes else frozenset[str]()
            named = head.word[:ROLE_STEM] in known.words or head.word[:ROLE_STEM] in office
            if named and _may_be(known.speaker, gender):
                fitting.append(known.speaker)
        if fitting:
            return self._nearest(fitting) if "anaphor" not in head.classes else fitting[0]
        if "anaphor" in head.classes:
            seen = (k.speaker for k in reversed(self._seen) if head.word[:ROLE_STEM] in k.words)
            return next(seen, self._further_on(head, words, gender))
        return self._last_body(head.word[:ROLE_STEM]) if "office" in head.classes else None

    def _last_body(self, stem: str) -> Speaker | None:
        """The last body that spoke, else one that the text names by that word, or in the sentence before."""
        spoken = [k.speaker for k in reversed(self._known) if k.speaker.type == "org"]
        bodies = [k for k in reversed(self._seen) if k.speaker.type == "org"]
        named = [k.speaker for k in bodies if stem in k.words or k.speaker.id in self._before]
        return self._nearest(spoken, stem) or next(iter(named), None)

    def _nearest(self, bodies: Sequence[Speaker], stem: str = "") -> Speaker | None:
        """Of several bodies, the last first, that of the side which spoke last; also that for which the last person speaks."""
        spoke = (k.speaker for k in reversed(self._known) if k.speaker.type != "state")
        last = next((one for one in spoke if one.side in OTHER_SIDE), None)
        own = [body_of(last.id, stem)] if last is not None and stem else []
        of_side = (one for one in (*bodies, *own) if one and last is not None and one.side is last.side)
        return next(of_side, next(iter(bodies), None))

    def _president(self, words: FunctionWords) -> Speaker | None:
        """The head of a warring state whom the text names first, be it only further on; of its own state rather."""
        heads = [one for one in self._persons if one.side in OTHER_SIDE and presides(one.id, words)]
        ours = (one for one in heads if one.side is not None and one.side.value.lower() in words.home)
        return next(ours, next(iter(heads), None))

    def _further_on(self, head: Unit, words: FunctionWords, gender: str) -> Speaker | None:
        """ "…, the ombudsman wrote": whom in that office the text names only below."""
        if head.word in words.presidents:
            return self._president(words)
        fitting = (
            p for p in self._persons if head.word[:ROLE_STEM] in office_words(p.id) and _may_be(p, gender)
        )
        return next(fitting, None)

    def _described(self, sentence: Sentence, mention: Mention) -> Speaker | None:
        """A speaker whom only a description names ("a Russian official")."""
        start, end = sentence.units[mention.start].start, sentence.units[mention.end - 1].end
        name = sentence.written(start, end).strip(" ,")
        for article in sorted(sentence.words.articles, key=len, reverse=True):
            if name.lower().startswith(article):
                name = name[len(article) :]
        name = title_behind(sentence, mention) or _without_possessive(name)
        if not name:
            return None
        before = sentence.units[mention.start - 1] if mention.start else None
        governing = sentence.words.toward | sentence.words.several | sentence.words.learned_from
        if before is not None and ("accord" in before.classes or before.word in governing):
            name = nominative_description(name, mention.head - mention.start + 1, sentence.words)
        key = f"unk:{normalise(name)}"
        word, head = sentence.units[mention.head].word, sentence.units[mention.head].classes
        if word == name.lower() and word in sentence.words.both_parties:
            return None
        kind = "org" if "office" in head and "spokesperson" not in head else "noun"
        side = side_around(sentence, mention)
        gender = "f" if word.endswith(tuple(sentence.words.feminine_endings) or "?") else ""
        return Speaker(id=key, name=name, side=side, type=kind, gender=gender, analyst="analyst" in head)

    def _remember(self, sentence: Sentence, mention: Mention, speaker: Speaker) -> None:
        """Make them the last speaker, known by all the roles in which they were named."""
        words = roles_around(sentence, mention.start, mention.end)
        offices = sentence.units[mention.start : mention.end] if mention.speaker is not None else []
        words.update(word[:ROLE_STEM] for unit in offices for word in unit.word.split() if len(word) > 3)
        earlier = next((known.words for known in self._known if known.speaker.id == speaker.id), set[str]())
        others = [known for known in self._known[-_MOST_KNOWN:] if known.speaker.id != speaker.id]
        head, noun = sentence.units[mention.head], speaker.type == "noun"
        body = not head.classes.isdisjoint({"office", "media"})
        many = head.word.endswith(tuple(sentence.words.plural_endings) or "?")
        self._known = [*others, Known(speaker, words | earlier, body and noun, many and noun)]


def _may_be(speaker: Speaker, gender: str) -> bool:
    return not gender or not speaker.gender or speaker.gender == gender


#: Who is interviewed, the likeliest first; `state` ends the types of speakers.
_GUESTS = ("person", "org", "noun", "state")


def _of_somebody(unit: Unit) -> bool:
    """ "Budanov's deputy": whose deputy he is tells him from others."""
    return unit.possessive and bool(unit.speakers)


def _without_possessive(name: str) -> str:
    return name.removesuffix("'s").removesuffix("’s")


def where(sentence: Sentence, mention: Mention) -> Span:
    """The words that name the speaker."""
    units = sentence.units[mention.start : mention.end]
    return Span(start=units[0].start, end=units[-1].end)


#: Where a language has it, a description without it is a new one.
_DEFINITE = frozenset({"the"})
#: First letters of a surname by which it is looked up.
_STEM = 4
#: Units of the shortest sentence under a label.
_LABELLED = 4
#: Nouns that speak for whoever is named behind them: spokespeople and channels.
_SPEAK_FOR = frozenset({"spokesperson", "posted"})
