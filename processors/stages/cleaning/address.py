"""One address for one article, whatever links to it add."""

import re
from urllib.parse import urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|yclid|dclid|msclkid|twclid|igshid|mc_cid|mc_eid|_openstat|ysclid|cmpid|ref_src|ref_url|at_medium|at_campaign)(?:=|$)",
    re.IGNORECASE,
)
_PORTS = {"http": ":80", "https": ":443"}


def canonical_url(url: str) -> str:
    """The URL with lower-case scheme and host, without fragment, default port, user, tracking parameters and empty query.

    A URL that cannot be split is returned stripped, as it is.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    scheme = parts.scheme.lower()
    host = parts.netloc.rpartition("@")[2].lower().removesuffix(_PORTS.get(scheme, ":80")).rstrip(".")
    query = "&".join(item for item in parts.query.split("&") if item and not _TRACKING.match(item))
    return urlunsplit((scheme, host, parts.path or "/", query, ""))
