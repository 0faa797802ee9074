"""Speech in single quotes ('Our people are home,' he wrote) gets the marks of other speech. Length-preserving and linear."""

#: What an opening mark stands behind, and a closing one.
_BEFORE_OPENING, _BEFORE_CLOSING = ' ([—-"', ".,!?…"


def speech_marks(normal: str) -> str:
    """The normalised text with double quotes for the single ones of speech; apostrophes, and quotes in quotes, are left."""
    if "'" not in normal:
        return normal
    lines = normal.split("\n")
    return "\n".join(_of_line(line) if line.count("'") > 1 else line for line in lines)


def _of_line(line: str) -> str:
    marks, opened, quoted = list(line), -1, False
    for at, letter in enumerate(line):
        if letter == '"':
            opened, quoted = -1, not quoted
        elif letter != "'":
            continue
        elif opened < 0 and not quoted and _opens(line, at):
            opened = at
        elif opened >= 0 and line[at - 1] in _BEFORE_CLOSING and not line[at + 1 : at + 2].isalnum():
            marks[opened] = marks[at] = '"'
            opened = -1
    return "".join(marks)


def _opens(line: str, at: int) -> bool:
    """At the beginning of a word."""
    before, after = line[at - 1 : at] if at else " ", line[at + 1 : at + 2]
    return before in _BEFORE_OPENING and after.isalpha()
