"""Members that join a group on a real broker just after their topics were made, while the metadata still change."""

import contextlib
import threading
import time

import pytest
from kafka import KafkaAdminClient
from kafka.admin import NewTopic

from ingest.journal.kafka import Broker, KafkaGroup, KafkaJournal
from processors.ports import NewMessage

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(120)]

GROUPS, TOPICS, DEADLINE_S = 3, 12, 30


@pytest.mark.parametrize("round_", range(8))
def test_every_member_gets_what_lies_in_topics_made_a_moment_ago(kafka_address: str, round_: int) -> None:
    """Without `_Rejoining` one round in eight left a member without partitions (3 of 25, kafka-python 3.0.12)."""
    broker = Broker(bootstrap=kafka_address)
    topics = [f"made-{round_}-{number}" for number in range(TOPICS)]
    with contextlib.closing(KafkaAdminClient(**broker.options())) as admin:
        admin.create_topics([NewTopic(topic, 2, 1) for topic in topics])
        admin.wait_for_topics(topics)
    got: dict[str, set[str]] = {f"group-{round_}-{number}": set() for number in range(GROUPS)}
    ends_at = time.monotonic() + DEADLINE_S

    def read(group: str) -> None:
        with contextlib.closing(KafkaGroup(broker, group, topics)) as member:
            while len(got[group]) < TOPICS and time.monotonic() < ends_at:
                got[group] |= {message.topic for message in member.poll(timeout_s=0.2)}

    threads = [threading.Thread(target=read, args=(group,)) for group in got]
    for thread in threads:
        thread.start()
    with contextlib.closing(KafkaJournal(broker)) as journal:
        journal.append([NewMessage(topic=topic, key="k", value=b"x") for topic in topics])
    for thread in threads:
        thread.join()
    assert {group: len(seen) for group, seen in got.items()} == dict.fromkeys(got, TOPICS)
