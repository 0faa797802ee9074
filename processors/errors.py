"""One tree of errors; the class says what happens next.

ObminError
├── Retry            try the same thing again later; nothing is lost meanwhile
├── Reject           this record ends here, the rest go on
│   ├── Filtered     … as not wanted (robots, not an article): counted, nothing kept
│   └── Quarantined  … as broken or hostile: counted, kept whole as a dead letter for replay
└── Stop             an operator must act: the process ends with this message
    ├── ConfigError  … on the configuration: names the file, the key and the line
    └── InUse        … on another process that holds what this one needs

Vendor errors are translated into these where they enter. Programming errors stay as they are.
"""


class ObminError(Exception):
    """Base of all errors that obmin raises on purpose. The message says what to do."""


class Retry(ObminError):
    """Try again later. `after_s` is the least number of seconds to wait, None for the caller's own schedule."""

    def __init__(self, reason: str, detail: str = "", *, after_s: float | None = None) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
        self.after_s = after_s


class Reject(ObminError):
    """This record ends here. `reason` is one word for counting, `detail` a sentence for the reader."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class Filtered(Reject):
    """Not wanted: counted as filtered, nothing is kept."""


class Quarantined(Reject):
    """Broken or hostile: counted as quarantined, kept whole as a dead letter."""


class Stop(ObminError):
    """An operator must act. The command line prints the message and exits with status 2."""


class ConfigError(Stop):
    """The configuration is wrong."""


class InUse(Stop):
    """Another obmin holds the database."""
