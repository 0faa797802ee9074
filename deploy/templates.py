"""Writes deploy/topics.json and deploy/indices.json from the code, for operators who create them by their own tools.

`python deploy/templates.py` renews them; tests/unit/deploy/test_deploy_files.py fails when they are out of date.
"""

import json
from pathlib import Path
from typing import Any

from ingest.journal.kafka import Broker, Topics
from search.index.elastic_mapping import mapping, settings
from search.query import Collection

HERE = Path(__file__).resolve().parent


def topics() -> list[dict[str, Any]]:
    """Name, partitions and configuration of each topic, as `obmin topics create` makes them by default."""
    return list(Topics(Broker(bootstrap="unused")).described())


def indices() -> dict[str, Any]:
    """Settings and mapping of each index, by its alias, as `obmin indices create` makes them by default."""
    return {
        f"obmin-{collection.value.replace('_', '-')}": {
            "settings": settings(shards=1, replicas=1, refresh_interval="1s"),
            "mappings": mapping(collection),
        }
        for collection in Collection
    }


def main() -> None:
    """Renew both files."""
    for name, content in (("topics.json", topics()), ("indices.json", indices())):
        (HERE / name).write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
