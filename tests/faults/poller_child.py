"""A process that polls one feed into a journal until nothing waits: to be killed by the test.

python poller_child.py JOURNAL FEED_URL
"""

import random
import sys
from datetime import UTC, datetime
from pathlib import Path

from ingest.connect import Dialer
from ingest.fetch import Fetcher
from ingest.journal.sqlite import SqliteStore
from ingest.poll_state import SqlitePollState
from ingest.poller import Poller, PollerOptions
from ingest.sources import Feed
from processors.addresses import parse_allowance


def main(path: Path, url: str) -> None:
    def clock() -> datetime:
        return datetime.now(UTC)

    store = SqliteStore(path)
    poller = Poller(
        feeds=[Feed(url=url, outlet="Outlet", interval_s=0.01)],
        fetcher=Fetcher(
            dialer=Dialer(allowed=(parse_allowance("127.0.0.1"),)), user_agent="obmin/test", clock=clock
        ),
        journal=store,
        state=SqlitePollState(store),
        clock=clock,
        chance=random.random,
        options=PollerOptions(host_delay_s=0, retry_base_s=0.01, pages_per_round=4),
    )
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while poller.poll_once().pending:
        pass
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
