"""A broker that goes away in the middle of a transaction: the writer is told in the end, and the next one goes on."""

import contextlib
from collections.abc import Iterator

import pytest

from ingest.journal.kafka import Broker, KafkaJournal, Topics
from processors.errors import Retry
from processors.ports import NewMessage
from processors.topology import STATE_TOPIC
from tests import servers
from tests.conftest import missing

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(300)]


@pytest.fixture
def server() -> Iterator[servers.Kafka]:
    try:
        server = servers.Kafka()
    except servers.Unavailable as error:
        missing("kafka", str(error))
        return
    with contextlib.closing(server):
        server.start()
        yield server


def _said(value: bytes) -> NewMessage:
    return NewMessage(topic=STATE_TOPIC, key="k", value=value)


def test_a_transaction_that_an_outage_cuts_off_is_given_up_and_the_next_writer_goes_on(
    server: servers.Kafka,
) -> None:
    """kafka-python 3.0.12 waits without end for a flush in a transaction and for its abort, even with the broker back."""
    broker = Broker(bootstrap=server.address)
    Topics(broker).create()
    with contextlib.closing(KafkaJournal(broker, transactional_id="folds")) as journal:
        journal.begin()
        journal.append([_said(b"before")])
        server.stop()
        with pytest.raises(Retry):
            journal.append([_said(b"cut off")])
        server.start()
        journal.begin()
        journal.append([_said(b"after")])
        assert [message.value for message in journal.scan(STATE_TOPIC)] == [b"before", b"after"]
