"""The forms of dates: patterns over the class letters of words, the same for all languages.

Each alternative is named after the reader of `dates` that resolves it. The letters are those of `calendar_words`.
"""

import re

#: A year behind a day, month or season: "2023", "of last year", "торік".
_OF_YEAR = r"(?:O?,?[YZ]y?|[pi]?O?[LHX]y)"
#: A month, with the stop of an abbreviation only where more follows.
_MONTH = r"M(?:\.(?=,?[DY]))?"
#: What tells before a month or a season which one is meant: "last", "at the end of", "last year in", "in 2024 in".
_WHICH = r"(?:[LHX]|(?<!f)[LXY]y,?[pi]|Z,?[pi]|e-?[OA]{0,2})"
_WHICH_SEASON = rf"(?:{_WHICH}|(?<!f)[LX]y|Z,?)"
#: "Last year, on 16 April", "торік, шістнадцятого квітня".
_YEAR_BEFORE = r"(?:(?:Z|(?<!f)[LX]y),?[pi]?)"
#: Patterns over class letters; the leftmost match counts, and at one place the first alternative.
PATTERN = re.compile(
    r"(?=[-AYDFHLMSVWXZbcefhkmntuy])(?:"  # most letters begin no date
    r"(?P<numeric>F)"
    rf"|(?P<nth_weekday>DWO?A?{_MONTH}{_OF_YEAR}?)"
    rf"|(?P<edge>[LD]uO?A?{_MONTH}{_OF_YEAR}?)"
    rf"|(?P<days>[fb]?(?:n?D,){{0,4}}n?D,?[-o&r]n?DO?{_MONTH}{_OF_YEAR}?)"
    rf"|(?P<month_number>{_MONTH},DN)"
    rf"|(?P<month_days>{_MONTH}D(?:,D){{0,4}},?[-o&r]D(?!O?M)(?:,?Y)?)"
    rf"|(?P<day>{_YEAR_BEFORE}?n?-?DO?{_MONTH}{_OF_YEAR}?)"
    rf"|(?P<month_day>(?:{_YEAR_BEFORE}|(?<!i)){_MONTH}D(?!O?M)(?:,?Y)?)"
    r"|(?P<weekday_of_week>W[,pOA]{0,3}[LHX]u|[LHX]u,?[pi]?W)"
    r"|(?P<weekday>[LHX]?W)"
    r"|(?P<today>t)"
    r"|(?P<context>c)"
    r"|(?P<same_month>m)"
    r"|(?P<shifted>(?:[nDA][uy]|(?<!A)u),?k)"
    r"|(?P<after>[hk][nD]?[uy])"
    r"|(?P<ago>(?:[nDA]A?)?[uy]a)"
    rf"|(?P<month>{_WHICH}?{_MONTH}{_OF_YEAR}?)"
    rf"|(?P<season>{_WHICH_SEASON}?S{_OF_YEAR}?)"
    r"|(?P<day_of_unit>DO[LHX]u)"
    rf"|(?P<holiday>V{_OF_YEAR}?)"
    r"|(?P<numbered>DN|(?<=,)D(?=-[nD]))"
    r"|(?P<unit>(?:e[OA]{0,2})?[LHX][uy]|e[OA]{0,2}[uy])"
    r"|(?P<weekend>(?<=[pA])u)"
    r"|(?P<year>e[-,]?[OA]{0,2}[YZ]y?|(?<=[pifobO&])Yy?|Yy|(?<=[YSM]-)Y|Z))"
)
