"""A soldier's call sign between given name and surname (Денис «Редіс» Прокопенко): the name is read without it."""

from processors.stages.extraction.words.lexicon import Matcher
from processors.stages.extraction.words.units import Unit

#: Tokens of a call sign and its quotes; letters that a given name has at least.
_QUOTED, _GIVEN_NAME = 3, 3


def without_call_signs(text: str, tokens: list[Unit], matcher: Matcher) -> list[Unit]:
    """The tokens without quoted words between two words of a name."""
    if '"' not in [token.word for token in tokens]:
        return tokens
    kept: list[Unit] = []
    at = 0
    while at < len(tokens):
        if kept and _is_call_sign(text, kept, tokens[at : at + _QUOTED + 1], matcher):
            at += _QUOTED
        kept.append(tokens[at])
        at += 1
    return kept


def _is_call_sign(text: str, before: list[Unit], ahead: list[Unit], matcher: Matcher) -> bool:
    """Whether one word in quotes that no list knows, no body's name, stands before a surname and behind a given name."""
    if len(ahead) <= _QUOTED or not ahead[0].word == ahead[2].word == '"':
        return False
    given, opening, sign, surname = before[-1], *ahead[:2], ahead[3]
    if opening.end != sign.start or given.end == opening.start:  # "«Азов» Денис «Редіс» …": it closes
        return False
    written = text[given.start : given.end]
    named = given.capital and surname.capital and not written.isupper() and len(written) >= _GIVEN_NAME
    opens = len(before) == 1 and not _is_unknown(given, matcher)
    return named and sign.capital and not opens and _is_unknown(sign, matcher)


def _is_unknown(token: Unit, matcher: Matcher) -> bool:
    return matcher.match([token.word], [token.possessive], 0)[0] == 0
