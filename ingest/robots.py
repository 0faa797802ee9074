"""What a site's robots.txt permits, after RFC 9309. Pure."""

from dataclasses import dataclass

from protego import Protego

_MAX_BYTES = 512 * 1024
_MAX_DELAY_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The rules of one origin. `rules` None means that there are none: everything is allowed."""

    rules: Protego | None = None

    def allows(self, url: str, user_agent: str) -> bool:
        """True when the user agent may fetch the URL."""
        return self.rules is None or bool(self.rules.can_fetch(url, user_agent))

    def delay_s(self, user_agent: str) -> float:
        """Crawl-delay in seconds, 0 if there is none, at most a minute."""
        delay = None if self.rules is None else self.rules.crawl_delay(user_agent)
        return min(max(float(delay or 0.0), 0.0), _MAX_DELAY_S)


#: Of an origin whose robots.txt does not exist (any 4xx).
ALLOW_ALL = Robots()


def parse_robots(body: bytes) -> Robots:
    """The rules in the first 512 KiB of a robots.txt; text that makes no sense allows everything."""
    text = body[:_MAX_BYTES].decode("utf-8-sig", "replace").replace("\x00", "")
    return Robots(rules=Protego.parse(text))
