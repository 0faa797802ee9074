"""A fetcher whose answers are written down beforehand: no socket, no time."""

from collections.abc import Callable

from ingest.fetch import Fetched
from processors.errors import Filtered

#: A body, an error to raise, or a function of the number of earlier requests that gives one of them.
Scripted = bytes | Exception | Callable[[int], bytes | Exception]


class ScriptedFetcher:
    """Answers by URL; what is not written down is 404. `asked` are the URLs in the order of the requests."""

    user_agent = "obmin/test (+https://example.org)"

    def __init__(self, answers: dict[str, Scripted]) -> None:
        self.answers, self.asked = answers, []

    def get(self, url: str, *, max_bytes: int, etag: str = "", last_modified: str = "") -> Fetched:
        found = self.answers.get(url, Filtered("status_404", "not there"))
        if callable(found):
            found = found(self.asked.count(url))
        self.asked.append(url)
        if isinstance(found, Exception):
            raise found
        return Fetched(url=url, final_url=url, status=200, content_type="text/html", body=found)
