"""The embedded runner: one batch, one transaction; a bad record is one dead letter."""

import threading
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from processors.codec import decode
from processors.errors import Quarantined, Retry, Stop
from processors.model import ArticleVersion, CopyLink, DeadLetter, Outcome, OutcomeStatus
from processors.ports import NewMessage, Store
from processors.runners.embedded import Consumer, EmbeddedRunner
from processors.runners.pool import InlinePool
from processors.topology import ARTICLES, CAPTURES, CLAIMS, COPIES, DEAD_LETTERS, OUTCOMES, Topic
from tests.fakes.journal import MemoryStore
from tests.fakes.toys import T0, TOY, captured


def _clock() -> datetime:
    return datetime(2030, 1, 1, tzinfo=UTC)


class Recorder:
    """A sink that keeps what it got and refuses on demand."""

    def __init__(self) -> None:
        self.got: list[object] = []
        self.calls = 0
        self.errors: list[Exception] = []
        self.poison: str | None = None
        self.error: Exception = ValueError("cannot index this")

    def apply(self, records: Iterable[object]) -> None:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        for record in records:
            if self.poison and isinstance(record, ArticleVersion) and self.poison in record.text:
                raise self.error
            self.got.append(record)


def _runner(store: Store, *consumers: Consumer) -> EmbeddedRunner:
    return EmbeddedRunner(store, TOY, consumers, InlinePool(TOY, _clock), _clock)


def _all(store: Store, topic: Topic) -> list:
    return [decode(topic.type, m.value) for m in store.read(topic.name, after=0, limit=10_000)]


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def test_a_capture_becomes_an_article_and_its_claims(store: MemoryStore) -> None:
    store.append([captured(1), captured(2)])
    _runner(store).run_until_idle()
    assert [a.url for a in _all(store, ARTICLES)] == ["https://toy.example/1", "https://toy.example/2"]
    assert [c.words for c in _all(store, CLAIMS)] == [3, 4]


def test_folds_see_the_state_that_earlier_records_left(store: MemoryStore) -> None:
    store.append([captured(n) for n in range(21)])
    _runner(store).run_until_idle()
    assert [link.distance for link in _all(store, COPIES)] == [1] * 7 + [2] * 7
    assert dict(store.state("total")) == {"ArticleClaims": b"21", "CopyLink": b"14"}


def test_a_second_runner_goes_on_where_the_first_ended(store: MemoryStore) -> None:
    store.append([captured(n) for n in range(10)])
    _runner(store).run_until_idle()
    store.append([captured(n) for n in range(10, 21)])
    _runner(store).run_until_idle()
    assert len(_all(store, ARTICLES)) == 21
    assert [link.distance for link in _all(store, COPIES)] == [1] * 7 + [2] * 7


@pytest.mark.parametrize(
    ("body", "status", "reason", "letters"),
    [
        ("filter", OutcomeStatus.FILTERED, "wall", 0),
        ("quarantine", OutcomeStatus.QUARANTINED, "too_deep", 1),
        ("noclaims", OutcomeStatus.QUARANTINED, "claims", 1),
        ("raise", OutcomeStatus.QUARANTINED, "crash", 1),
    ],
)
def test_a_refused_capture_is_one_outcome_and_the_rest_go_on(
    store: MemoryStore, body: str, status: OutcomeStatus, reason: str, letters: int
) -> None:
    bad = captured(1, body)
    store.append([captured(0), bad, captured(2)])
    _runner(store).run_until_idle()
    (outcome,) = _all(store, OUTCOMES)
    expected = Outcome(
        url="https://toy.example/1", outlet="Toy Times", status=status, reason=reason, at=outcome.at
    )
    assert (outcome, outcome.at > T0) == (expected, True)
    found = _all(store, DEAD_LETTERS)
    assert [(d.topic, d.payload, d.reason, d.url) for d in found] == [
        ("captures", bad.value, reason, "https://toy.example/1")
    ] * letters
    assert len(_all(store, ARTICLES)) == len(_all(store, CLAIMS)) == 2


def test_a_capture_that_cannot_be_decoded_is_a_dead_letter(store: MemoryStore) -> None:
    store.append(
        [NewMessage(topic="captures", key="x", value=b'{"url": "https://a.example", "schema": "no"}')]
    )
    store.append([NewMessage(topic="captures", key="x", value=b"\xff\x00")])
    _runner(store).run_until_idle()
    assert [(d.reason, d.url, d.at) for d in _all(store, DEAD_LETTERS)] == [
        ("undecodable", "https://a.example", _clock()),
        ("undecodable", "", _clock()),
    ]


def test_a_record_that_a_fold_refuses_changes_no_state(store: MemoryStore) -> None:
    store.append([captured(1, "a b c d e f g h i j k l m"), captured(2)])
    _runner(store).run_until_idle()
    (letter,) = _all(store, DEAD_LETTERS)
    assert (letter.stage, letter.topic, letter.reason) == ("total", "claims", "crash")
    assert letter.detail.startswith("KeyError: 'thirteen'\n  toys.py:")
    assert dict(store.state("total")) == {"ArticleClaims": b"1"}
    assert "words 13" not in store.state("count")


def test_a_replayed_dead_letter_is_refused_with_the_same_id(store: MemoryStore) -> None:
    store.append([captured(1, "raise")])
    _runner(store).run_until_idle()
    (letter,) = _all(store, DEAD_LETTERS)
    store.append([NewMessage(topic=letter.topic, key=letter.key, value=letter.payload)])
    _runner(store).run_until_idle()
    assert _all(store, DEAD_LETTERS) == [letter, letter]


def test_a_sink_gets_the_records_of_its_topics_once(store: MemoryStore) -> None:
    sink = Recorder()
    consumer = Consumer(name="index", topics=(ARTICLES, COPIES), sink=sink)
    store.append([captured(n) for n in range(100)])
    _runner(store, consumer).run_until_idle()
    _runner(store, consumer).run_until_idle()
    assert [r for r in sink.got if isinstance(r, ArticleVersion)] == _all(store, ARTICLES)
    assert [r for r in sink.got if isinstance(r, CopyLink)] == _all(store, COPIES)
    assert store.offset("index", "articles") == 100


def test_a_new_sink_gets_everything_from_the_start(store: MemoryStore) -> None:
    store.append([captured(n) for n in range(600)])
    _runner(store).run_until_idle()
    sink = Recorder()
    _runner(store, Consumer(name="late", topics=(ARTICLES,), sink=sink)).run_until_idle()
    assert len(sink.got) == 600


@pytest.mark.parametrize(
    ("error", "reason"), [(ValueError("cannot"), "crash"), (Quarantined("mapping", "400"), "mapping")]
)
def test_a_record_that_a_sink_cannot_take_is_a_dead_letter_and_the_rest_are_taken(
    store: MemoryStore, error: Exception, reason: str
) -> None:
    sink = Recorder()
    sink.poison, sink.error = "page 3", error
    store.append([captured(n) for n in range(6)])
    _runner(store, Consumer(name="index", topics=(ARTICLES,), sink=sink)).run_until_idle()
    (letter,) = _all(store, DEAD_LETTERS)
    assert (letter.stage, letter.topic, letter.reason) == ("index", "articles", reason)
    assert decode(ArticleVersion, letter.payload) == _all(store, ARTICLES)[3]
    assert {r.url[-1] for r in sink.got if isinstance(r, ArticleVersion)} == set("01245")


def test_a_record_that_cannot_be_decoded_never_reaches_a_sink(store: MemoryStore) -> None:
    sink = Recorder()
    store.append([NewMessage(topic="articles", key="x", value=b"{}")])
    _runner(store, Consumer(name="index", topics=(ARTICLES,), sink=sink)).run_until_idle()
    assert ([d.reason for d in _all(store, DEAD_LETTERS)], sink.got) == (["undecodable"], [])


def test_a_sink_out_of_reach_undoes_the_batch_and_the_next_try_makes_the_same(store: MemoryStore) -> None:
    sink = Recorder()
    sink.errors = [Retry("index", "away")]
    runner = _runner(store, Consumer(name="index", topics=(ARTICLES,), sink=sink))
    store.append([captured(n) for n in range(21)])
    with pytest.raises(Retry):
        runner.run_until_idle()
    assert (store.end("articles"), dict(store.state("count"))) == (0, {})
    runner.run_until_idle()
    assert len(sink.got) == len(_all(store, ARTICLES)) == 21
    assert [link.distance for link in _all(store, COPIES)] == [1] * 7 + [2] * 7


def test_stop_of_a_sink_ends_the_run(store: MemoryStore) -> None:
    sink = Recorder()
    sink.errors = [Stop("the disk is full")]
    store.append([captured(1)])
    with pytest.raises(Stop, match="disk is full"):
        _runner(store, Consumer(name="index", topics=(ARTICLES,), sink=sink)).run(threading.Event())


def test_running_takes_what_others_append_until_it_is_stopped(store: MemoryStore) -> None:
    stop, sink = threading.Event(), Recorder()
    sink.errors = [Retry("index", "away", after_s=0.01)]
    runner = _runner(store, Consumer(name="index", topics=(ARTICLES,), sink=sink))
    thread = threading.Thread(target=runner.run, args=(stop,))
    thread.start()
    for number in range(5):
        seen = store.wait(-1, 0)
        store.append([captured(number)])
        while len(sink.got) <= number:
            seen = store.wait(seen, 5)
    stop.set()
    thread.join(10)
    assert (thread.is_alive(), len(sink.got)) == (False, 5)


def test_the_order_of_batches_changes_nothing(store: MemoryStore) -> None:
    other = MemoryStore()
    store.append([captured(n) for n in range(50)])
    _runner(store).run_until_idle()
    for number in range(50):
        other.append([captured(number)])
        _runner(other).run_until_idle()
    for topic in (ARTICLES, CLAIMS, COPIES):
        assert store.read(topic.name, after=0, limit=999) == other.read(topic.name, after=0, limit=999)


def test_dead_letters_say_when_the_page_was_fetched_not_when_it_failed(store: MemoryStore) -> None:
    store.append([captured(5, "raise")])
    _runner(store).run_until_idle()
    (letter,) = _all(store, DEAD_LETTERS)
    assert isinstance(letter, DeadLetter)
    assert letter.at.minute == 5


def test_captures_of_the_toy_pipeline_are_of_its_entry() -> None:
    assert (TOY.entry, [t.name for t in TOY.fold_entries]) == (CAPTURES, ["subscriptions", "claims"])
