"""What the SQLite store promises beyond the contract: one file, one writer, and errors that say what to do."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from ingest.journal.sqlite import RETRIES, STOPS, SqliteStore, translated
from processors.errors import Retry, Stop
from processors.ports import NewMessage
from tests.fakes.journal import undone

#: apsw's errors that only a fault of the program brings about: they must stay as they are, with their traceback.
BUGS = {
    "AbortError", "AuthError", "BindingsError", "ConnectionClosedError", "ConnectionNotClosedError", "ConstraintError",
    "CursorClosedError", "EmptyError", "Error", "ExecutionCompleteError", "ExtensionLoadingError", "ForkingViolationError",
    "IncompleteExecutionError", "InternalError", "InterruptError", "InvalidContextError", "MismatchError", "MisuseError",
    "NoFTS5Error", "NoLFSError", "NotFoundError", "ProtocolError", "RangeError", "SQLError", "SchemaChangeError",
    "ThreadingViolationError", "TooBigError", "VFSFileClosedError", "VFSNotImplementedError",
}  # fmt: skip


def _new(value: str) -> list[NewMessage]:
    return [NewMessage(topic="captures", key="k", value=value.encode())]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "obmin.db"


def _values(store: SqliteStore) -> list[str]:
    return [m.value.decode() for m in store.read("captures", after=0, limit=999)]


def test_every_error_of_apsw_is_sorted_into_stop_retry_or_bug() -> None:
    errors = {name: kind for name, kind in vars(apsw).items() if name.endswith("Error")}
    sorted_in = BUGS | {kind.__name__ for kind in (*STOPS, *RETRIES)}
    assert sorted_in == set(errors)


@pytest.mark.parametrize("kind", sorted(STOPS, key=lambda kind: kind.__name__))
def test_an_error_that_needs_an_operator_stops_and_says_what_to_do(kind: type[Exception]) -> None:
    with (
        pytest.raises(Stop, match=r"The database /x/obmin\.db .*\. ") as caught,
        translated(Path("/x/obmin.db")),
    ):
        raise kind("why")
    assert "why" in str(caught.value)


@pytest.mark.parametrize("kind", RETRIES)
def test_a_lock_of_another_program_is_tried_again(kind: type[Exception]) -> None:
    with pytest.raises(Retry, match="locked"), translated(Path("/x/obmin.db")):
        raise kind("why")


def test_what_was_appended_is_there_after_closing_and_opening(path: Path) -> None:
    store = SqliteStore(path)
    store.append(_new("a"))
    store.commit_offset("index", "captures", 1)
    store.put_state("match", {"s": b"1"})
    store.close()
    store = SqliteStore(path)
    assert (_values(store), store.offset("index", "captures"), dict(store.state("match"))) == (
        ["a"],
        1,
        {"s": b"1"},
    )
    store.close()


def test_the_file_is_durable_and_shared_by_readers(path: Path) -> None:
    store = SqliteStore(path)
    assert [store.connection.pragma(name) for name in ("journal_mode", "synchronous")] == ["wal", 2]
    store.append(_new("a"))
    reader = SqliteStore(path, readonly=True)
    assert _values(reader) == ["a"]
    store.append(_new("b"))
    assert _values(reader) == ["a", "b"]
    reader.close()
    store.close()


def test_tables_of_others_commit_and_roll_back_with_the_journal(path: Path) -> None:
    store = SqliteStore(path)
    store.connection.execute("CREATE TABLE document (id TEXT)")
    with undone(store):
        store.append(_new("a"))
        with store.connection:
            store.connection.execute("INSERT INTO document VALUES ('a')")
    assert (store.connection.execute("SELECT count(*) FROM document").get, _values(store)) == (0, [])
    store.close()


def test_a_reader_cannot_write(path: Path) -> None:
    SqliteStore(path).close()
    reader = SqliteStore(path, readonly=True)
    with pytest.raises(Stop, match="cannot be written"):
        reader.append(_new("a"))
    reader.close()


def test_a_reader_of_a_missing_file_is_told_how_to_make_it(path: Path) -> None:
    with pytest.raises(Stop, match=r"no database .*obmin\.db yet\. Start `obmin run`"):
        SqliteStore(path, readonly=True)
    assert not path.exists()


def test_a_second_writer_is_refused_and_told_who_the_first_is(path: Path) -> None:
    store = SqliteStore(path)
    with pytest.raises(Stop, match=rf"in use by another obmin \(process {os.getpid()}\)\. Stop that one"):
        SqliteStore(path)
    store.append(_new("a"))
    store.close()
    SqliteStore(path).close()


def test_a_killed_writer_leaves_no_lock_and_no_loss(path: Path) -> None:
    code = (
        "import sys, pathlib; from ingest.journal.sqlite import SqliteStore; from processors.ports import NewMessage\n"
        "store = SqliteStore(pathlib.Path(sys.argv[1]))\n"
        "store.append([NewMessage(topic='captures', key='k', value=b'kept')])\n"
        "with store.transaction():\n"
        "    store.append([NewMessage(topic='captures', key='k', value=b'not committed')])\n"
        "    print('ready', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        with pytest.raises(Stop, match="in use"):
            SqliteStore(path)
        writer.send_signal(signal.SIGKILL)
    reader = SqliteStore(path, readonly=True)
    assert _values(reader) == ["kept"]
    reader.close()
    store = SqliteStore(path)
    assert _values(store) == ["kept"]
    store.close()


def test_a_newer_schema_is_refused_and_left_alone(path: Path) -> None:
    store = SqliteStore(path)
    store.connection.pragma("user_version", 99)
    store.close()
    before = path.read_bytes()
    for readonly in (False, True):
        with pytest.raises(Stop, match=r"schema version 99, this obmin knows 1\. Install"):
            SqliteStore(path, readonly=readonly)
    assert path.read_bytes() == before


def test_an_older_schema_is_brought_up_to_date_by_the_writer_alone(path: Path) -> None:
    with apsw.Connection(str(path)) as old:
        old.pragma("application_id", 0x6F626D69)
        old.execute(
            "CREATE TABLE topic_captures (offset INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT, value BLOB)"
        )
        old.execute("INSERT INTO topic_captures VALUES (1, 'k', 'old')")
    with pytest.raises(Stop, match=r"schema version 0, this obmin needs 1\. Start `obmin run` once"):
        SqliteStore(path, readonly=True)
    store = SqliteStore(path)
    store.commit_offset("index", "captures", 1)
    assert (store.connection.pragma("user_version"), store.end("captures")) == (1, 1)
    store.close()


def _text_file(path: Path) -> None:
    path.write_text("These are my notes, not a database.\n" * 100)


def _other_database(path: Path) -> None:
    with apsw.Connection(str(path)) as other:
        other.execute("CREATE TABLE mine (x)")


def _damaged(path: Path) -> None:
    store = SqliteStore(path)
    store.append([NewMessage(topic="captures", key="k", value=bytes(100_000))])
    store.close()
    raw = bytearray(path.read_bytes())
    raw[100:8192] = os.urandom(8092)
    path.write_bytes(raw)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_text_file, "is not a database of obmin"),
        (_other_database, "is not a database of obmin"),
        (_damaged, "is damaged. Keep it"),
        (Path.mkdir, "cannot be opened. Check that"),
    ],
)
def test_a_file_that_is_no_journal_is_refused_and_left_as_it_is(path: Path, spoil, message: str) -> None:
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(Stop, match=message):
        SqliteStore(path)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_path_that_cannot_be_written_stops_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(Stop, match=r"cannot be opened\. Check that the file and its directory exist"):
        SqliteStore(tmp_path / "missing" / "obmin.db")


def test_a_full_disk_stops_the_writer_and_keeps_what_was_committed(path: Path) -> None:
    store = SqliteStore(path)
    store.append(_new("kept"))
    store.connection.pragma("max_page_count", store.connection.pragma("page_count") + 4)
    large = NewMessage(topic="captures", key="k", value=bytes(1 << 20))
    with pytest.raises(Stop, match=r"the disk is full\. Free some space"):
        store.append([*_new("lost"), large])
    assert _values(store) == ["kept"]
    store.connection.pragma("max_page_count", 1 << 30)
    store.append(_new("after"))
    assert _values(store) == ["kept", "after"]
    store.close()


def test_a_lock_of_another_program_is_a_retry(path: Path) -> None:
    store = SqliteStore(path)
    store.connection.set_busy_timeout(10)
    other = apsw.Connection(str(path))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Retry, match="another program holds"):
        store.append(_new("a"))
    other.execute("ROLLBACK")
    store.append(_new("b"))
    assert _values(store) == ["b"]
    other.close()
    store.close()


@pytest.mark.parametrize("topic", ["", "Captures", "a b", "x; DROP TABLE cell", "1a"])
def test_a_name_that_is_no_topic_is_a_fault_of_the_program(path: Path, topic: str) -> None:
    store = SqliteStore(path)
    with pytest.raises(ValueError, match="not a topic"):
        store.read(topic, after=0, limit=1)
    store.close()


def test_waiting_ends_when_the_store_is_closed(path: Path) -> None:
    store = SqliteStore(path)
    store.close()
    assert store.wait(0, 60) == 0
