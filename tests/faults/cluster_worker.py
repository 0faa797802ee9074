"""A worker process for the fault tests: `python -m tests.faults.cluster_worker BOOTSTRAP DATA_DIR SESSION_TIMEOUT_S [HOP…]`."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from ingest.journal.kafka import Broker, KafkaJournal
from processors.runners.changelog import Changelog
from processors.runners.faust_app import FaustRunner, FaustSettings
from processors.runners.pool import InlinePool
from processors.topology import PIPELINE


def main(bootstrap: str, data_dir: str, session_timeout_s: str, *hops: str) -> None:
    """Work until killed."""
    broker = Broker(bootstrap=bootstrap)
    Path(data_dir).mkdir(parents=True, exist_ok=True)

    def clock() -> datetime:
        return datetime.now(UTC)

    runner = FaustRunner(
        FaustSettings(
            bootstrap=bootstrap, data_dir=Path(data_dir), session_timeout_s=float(session_timeout_s)
        ),
        PIPELINE,
        pool=InlinePool(PIPELINE, clock),
        journal=KafkaJournal(broker),
        changelog=Changelog(KafkaJournal(broker, transactional_id="obmin-folds"), PIPELINE.folds),
        clock=clock,
    )
    runner.add(hops or ("maps", "folds"))
    runner.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
