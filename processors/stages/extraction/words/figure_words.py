"""Function words that the rules on figures ask for."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class FigureWords:
    """Words for figures: whom they count, whose part they are, and of what else there are numbers."""

    #: The two republics of the Donbas, one side in two parts.
    republics: frozenset[str] = frozenset()
    #: Beginnings of finite verbs of fighting, and what makes a participle a verb ("were captured").
    fought: frozenset[str] = frozenset()
    finite: frozenset[str] = frozenset()
    #: "Time", of what was done so often.
    times: frozenset[str] = frozenset()
    #: "Other", "ще": people on top of those counted.
    further: frozenset[str] = frozenset()
    #: "With", and the endings of those whom it leads.
    with_whom: frozenset[str] = frozenset()
    company: frozenset[str] = frozenset()
    #: Prepositions of those of whom some are told ("among the 75").
    among: frozenset[str] = frozenset()
    #: Words after which a bare number still counts people ("390 of them").
    behind_number: frozenset[str] = frozenset()
    #: What leads a figure that was planned and not reached ("instead of 306 people they got 233").
    in_place_of: frozenset[str] = frozenset()
    #: Beginnings of regions and of their people: who comes from one is a part of those exchanged.
    home_regions: frozenset[str] = frozenset()
    #: How nouns begin for who lives somewhere or was born there, with the region right behind.
    dwellers: frozenset[str] = frozenset()
    #: Endings of a surname that is an object ("на Медведчука").
    named_objects: frozenset[str] = frozenset()
    #: Prepositions of the time from which exchanges are counted.
    counting_since: frozenset[str] = frozenset()
    #: What else than the war exchanges are counted from ("the fourth since the incursion"), beginnings of words.
    counted_from: frozenset[str] = frozenset()
    #: How superlatives of size begin.
    greatest: frozenset[str] = frozenset()
    #: The body of one who is named.
    one_body: frozenset[str] = frozenset()
    #: "Respectively".
    respectively: frozenset[str] = frozenset()
    #: What those freed are called behind "among" or a number, and words of freeing that name no side.
    freed_ones: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()
    #: Verbs of freeing whom one holds, never one's own people.
    lets_go: frozenset[str] = frozenset()
    #: What one person is, as the object or subject of a trade ("the mayor").
    single_roles: frozenset[str] = frozenset()
    #: How the surnames of those begin whose exchange was news by itself.
    known_prisoners: frozenset[str] = frozenset()
